<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Deletion</name>
    <message numerus="yes">
        <source>in the trash for %n days</source>
        <translation>
            <numerusform>in the trash for %n day</numerusform>
            <numerusform>in the trash for %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MountText</name>
    <message numerus="yes">
        <source>%n folders do not exist</source>
        <translation>
            <numerusform>%n folder does not exist</numerusform>
            <numerusform>%n folders do not exist</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n storage rows are not complete</source>
        <translation>
            <numerusform>%n storage row is not complete</numerusform>
            <numerusform>%n storage rows are not complete</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PermissionList</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filters are active in the kernel now</source>
        <translation>
            <numerusform>%n filter is active in the kernel now</numerusform>
            <numerusform>%n filters are active in the kernel now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortText</name>
    <message numerus="yes">
        <source>%n port rows are not complete</source>
        <translation>
            <numerusform>%n port row is not complete</numerusform>
            <numerusform>%n port rows are not complete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports are already taken</source>
        <translation>
            <numerusform>%n port is already taken</numerusform>
            <numerusform>%n ports are already taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports need the system to allow low ports</source>
        <translation>
            <numerusform>%n port needs the system to allow low ports</numerusform>
            <numerusform>%n ports need the system to allow low ports</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ChoiceBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerActions</name>
    <message numerus="yes">
        <source>%n containers deleted</source>
        <translation>
            <numerusform>%n container deleted</numerusform>
            <numerusform>%n containers deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers?</source>
        <translation>
            <numerusform>Delete %n container?</numerusform>
            <numerusform>Delete %n containers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n containers?</source>
        <translation>
            <numerusform>Stop %n container?</numerusform>
            <numerusform>Stop %n containers?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainersPage</name>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers</source>
        <translation>
            <numerusform>Delete %n container</numerusform>
            <numerusform>Delete %n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskCleaner</name>
    <message numerus="yes">
        <source>%Ln containers</source>
        <translation>
            <numerusform>%Ln container</numerusform>
            <numerusform>%Ln containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln protected</source>
        <translation>
            <numerusform>%Ln protected</numerusform>
            <numerusform>%Ln protected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things</source>
        <translation>
            <numerusform>%Ln thing</numerusform>
            <numerusform>%Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things removed</source>
        <translation>
            <numerusform>%Ln thing removed</numerusform>
            <numerusform>%Ln things removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln volumes</source>
        <translation>
            <numerusform>%Ln volume</numerusform>
            <numerusform>%Ln volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Goes to the trash first, where it can be brought back for %n days.</source>
        <translation>
            <numerusform>Goes to the trash first, where it can be brought back for %n day.</numerusform>
            <numerusform>Goes to the trash first, where it can be brought back for %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash and can be brought back for %n days.</source>
        <translation>
            <numerusform>It goes to the trash and can be brought back for %n day.</numerusform>
            <numerusform>It goes to the trash and can be brought back for %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::EnvironmentEditor</name>
    <message numerus="yes">
        <source>%n more from the image: %1</source>
        <translation>
            <numerusform>%n more from the image: %1</numerusform>
            <numerusform>%n more from the image: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set here</source>
        <translation>
            <numerusform>%n set here</numerusform>
            <numerusform>%n set here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilesTab</name>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln added</numerusform>
            <numerusform>%Ln added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln added files are deleted for good</source>
        <translation>
            <numerusform>%Ln added file is deleted for good</numerusform>
            <numerusform>%Ln added files are deleted for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted</source>
        <translation>
            <numerusform>%Ln deleted</numerusform>
            <numerusform>%Ln deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted files come back</source>
        <translation>
            <numerusform>%Ln deleted file comes back</numerusform>
            <numerusform>%Ln deleted files come back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files found</source>
        <translation>
            <numerusform>%Ln file found</numerusform>
            <numerusform>%Ln files found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified</source>
        <translation>
            <numerusform>%Ln modified</numerusform>
            <numerusform>%Ln modified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified files lose what was changed</source>
        <translation>
            <numerusform>%Ln modified file loses what was changed</numerusform>
            <numerusform>%Ln modified files lose what was changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths differ from the image</source>
        <translation>
            <numerusform>%Ln path differs from the image</numerusform>
            <numerusform>%Ln paths differ from the image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln files?</source>
        <translation>
            <numerusform>Replace %Ln file?</numerusform>
            <numerusform>Replace %Ln files?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln files found; there are more</source>
        <translation>
            <numerusform>The first %Ln file found; there are more</numerusform>
            <numerusform>The first %Ln files found; there are more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Writable layer: %1 in %Ln paths</source>
        <translation>
            <numerusform>Writable layer: %1 in %Ln path</numerusform>
            <numerusform>Writable layer: %1 in %Ln paths</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::FirstRunDialog</name>
    <message numerus="yes">
        <source>%n checks passed</source>
        <translation>
            <numerusform>%n check passed</numerusform>
            <numerusform>%n checks passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Coracle checked what this computer can do. %n things do not work yet.</source>
        <translation>
            <numerusform>Coracle checked what this computer can do. %n thing does not work yet.</numerusform>
            <numerusform>Coracle checked what this computer can do. %n things do not work yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer is ready for containers. %n things would work better.</source>
        <translation>
            <numerusform>This computer is ready for containers. %n thing would work better.</numerusform>
            <numerusform>This computer is ready for containers. %n things would work better.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::HealthCard</name>
    <message numerus="yes">
        <source>%1 of the last %n checks passed</source>
        <translation>
            <numerusform>%1 of the last %n check passed</numerusform>
            <numerusform>%1 of the last %n checks passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the last %n checks passed</source>
        <translation>
            <numerusform>%n check passed</numerusform>
            <numerusform>the last %n checks passed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::HealthTab</name>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ready, %n suggestions</source>
        <translation>
            <numerusform>ready, %n suggestion</numerusform>
            <numerusform>ready, %n suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::HistoryDialog</name>
    <message numerus="yes">
        <source>%Ln layers</source>
        <translation>
            <numerusform>%Ln layer</numerusform>
            <numerusform>%Ln layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln steps</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagePage</name>
    <message numerus="yes">
        <source>%Ln paths</source>
        <translation>
            <numerusform>%Ln path</numerusform>
            <numerusform>%Ln paths</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used by %n containers</source>
        <translation>
            <numerusform>used by %n container</numerusform>
            <numerusform>used by %n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagesPage</name>
    <message numerus="yes">
        <source>%n images deleted</source>
        <translation>
            <numerusform>%n image deleted</numerusform>
            <numerusform>%n images deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names of images deleted</source>
        <translation>
            <numerusform>%n name of an image deleted</numerusform>
            <numerusform>%n names of images deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images?</source>
        <translation>
            <numerusform>Delete %n image?</numerusform>
            <numerusform>Delete %n images?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images…</source>
        <translation>
            <numerusform>Delete %n image…</numerusform>
            <numerusform>Delete %n images…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n names of images?</source>
        <translation>
            <numerusform>Delete %n name of an image?</numerusform>
            <numerusform>Delete %n names of images?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>It goes to the trash, from where Undo brings it back for %n day. A full disk may shorten that.</numerusform>
            <numerusform>It goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>They go to the trash, from where Undo brings them back for %n day. A full disk may shorten that.</numerusform>
            <numerusform>They go to the trash, from where Undo brings them back for %n days. A full disk may shorten that.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonModel</name>
    <message numerus="yes">
        <source> … %Ln items </source>
        <translation>
            <numerusform> … %Ln item </numerusform>
            <numerusform> … %Ln items </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogsTab</name>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines are hidden</source>
        <translation>
            <numerusform>%Ln line is hidden</numerusform>
            <numerusform>%Ln lines are hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new lines</source>
        <translation>
            <numerusform>%Ln new line</numerusform>
            <numerusform>%Ln new lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::NetworkEditor</name>
    <message numerus="yes">
        <source>A host name has at most %n letters</source>
        <translation>
            <numerusform>A host name has at most %n letter</numerusform>
            <numerusform>A host name has at most %n letters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Publishing ports needs a network of its own: the %n ports are left out.</source>
        <translation>
            <numerusform>Publishing ports needs a network of its own: the %n port is left out.</numerusform>
            <numerusform>Publishing ports needs a network of its own: the %n ports are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::OverviewTab</name>
    <message numerus="yes">
        <source>All %n</source>
        <translation>
            <numerusform>All %n</numerusform>
            <numerusform>All %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::OwnersCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::PermissionsTab</name>
    <message numerus="yes">
        <source>%Ln dropped, among them %1.</source>
        <translation>
            <numerusform>%Ln dropped, among them %1.</numerusform>
            <numerusform>%Ln dropped, among them %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wide open</source>
        <translation>
            <numerusform>%n wide open</numerusform>
            <numerusform>%n wide open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ResourceEditor</name>
    <message numerus="yes">
        <source>Of %n cores on this computer</source>
        <translation>
            <numerusform>Of %n core on this computer</numerusform>
            <numerusform>Of %n cores on this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::RestartBox</name>
    <message numerus="yes">
        <source>Restart on failure, at most %n times</source>
        <translation>
            <numerusform>Restart on failure, at most %n time</numerusform>
            <numerusform>Restart on failure, at most %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunBasics</name>
    <message numerus="yes">
        <source>%n arguments</source>
        <translation>
            <numerusform>%n argument</numerusform>
            <numerusform>%n arguments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::SectionList</name>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::StatusStrip</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::SystemPage</name>
    <message numerus="yes">
        <source>%n lines want attention</source>
        <translation>
            <numerusform>%n line wants attention</numerusform>
            <numerusform>%n lines want attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::TerminalTab</name>
    <message numerus="yes">
        <source>Paste %Ln lines?</source>
        <translation>
            <numerusform>Paste %Ln line?</numerusform>
            <numerusform>Paste %Ln lines?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::Tray</name>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>%n more…</numerusform>
            <numerusform>%n more…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumeFiles</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumesPage</name>
    <message numerus="yes">
        <source>%n volumes chosen</source>
        <translation>
            <numerusform>%n volume chosen</numerusform>
            <numerusform>%n volumes chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes deleted</source>
        <translation>
            <numerusform>%n volume deleted</numerusform>
            <numerusform>%n volumes deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes?</source>
        <translation>
            <numerusform>Delete %n volume?</numerusform>
            <numerusform>Delete %n volumes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes…</source>
        <translation>
            <numerusform>Delete %n volume…</numerusform>
            <numerusform>Delete %n volumes…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash with all its data, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>It goes to the trash with all its data, from where Undo brings it back for %n day. A full disk may shorten that.</numerusform>
            <numerusform>It goes to the trash with all its data, from where Undo brings it back for %n days. A full disk may shorten that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash with all their data, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>They go to the trash with all their data, from where Undo brings them back for %n day. A full disk may shorten that.</numerusform>
            <numerusform>They go to the trash with all their data, from where Undo brings them back for %n days. A full disk may shorten that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What is in it goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>What is in it goes to the trash, from where Undo brings it back for %n day. A full disk may shorten that.</numerusform>
            <numerusform>What is in it goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>delete %n volumes</source>
        <translation>
            <numerusform>delete %n volume</numerusform>
            <numerusform>delete %n volumes</numerusform>
        </translation>
    </message>
</context>
</TS>
