// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "gui/dialogs/folder_facts.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a person typed into one row of the storage editor, and what can be said about it. Pure: what the disk
/// holds comes in as FolderFacts.
namespace coracle::gui {

/// What is mounted.
enum class MountType : std::uint8_t { Folder, Volume, Temporary, Image };

/// A row of the form as typed; it may make no sense yet.
struct MountDraft {
    MountType type = MountType::Folder;
    QString source;  ///< folder as typed ("~/src" is understood), or the name of a volume or image
    QString sizeMb;  ///< of a temporary one; empty: no limit of its own
    QString target;
    bool readOnly = false;
    /// What the command line said besides, which the form does not show and keeps.
    std::vector<std::string> options = {};

    friend bool operator==(const MountDraft&, const MountDraft&) = default;
};

/// What is to be said of a row; the worst of what applies.
enum class MountVerdict : std::uint8_t {
    Checking,
    Fine,
    NewVolume,     ///< the volume will be made
    EmptyVolume,   ///< no name: an anonymous volume
    WholeHome,     ///< warning: the home folder itself
    HiddenFolder,  ///< warning: keys and settings live in dot folders of the home folder
    NoSource,
    RelativeSource,
    MissingSource,
    ClosedSource,  ///< it is there, but this user may not enter it
    PortalPath,    ///< a path that a sandbox portal lent us, gone tomorrow
    BadVolumeName,
    NoImage,
    BadSize,
    NoTarget,
    RelativeTarget,
    RootTarget,
    DuplicateTarget,
};

/// Whether the container could not be made with this.
bool blocksRun(MountVerdict verdict);
/// Whether it works and should be thought about.
bool isWarning(MountVerdict verdict);
/// Whether the fault lies in the path inside rather than in the source.
bool concernsTarget(MountVerdict verdict);

/// "~" and "~/x" with `home` in its place, cleaned of "." and doubled separators.
QString expandHome(const QString& path, const QString& home);

/// What the engine is given for a draft that blocks nothing.
types::MountSpec toMount(const MountDraft& draft, const QString& home);
MountDraft toDraft(const types::MountSpec& mount);

struct MountSurroundings {
    QString home;
    std::vector<QString> volumes;  ///< names that exist
};

/// `facts` of the draft's folder; none: not known yet.
MountVerdict judge(const std::vector<MountDraft>& drafts, std::size_t row, const MountSurroundings& around,
                   const std::optional<FolderFacts>& facts);

/// The line below a row; empty when there is nothing to say.
QString mountText(MountVerdict verdict, const MountDraft& draft);

/// One line for the foot of the dialog; empty when nothing blocks.
QString mountSummary(const std::vector<MountVerdict>& verdicts);

}  // namespace coracle::gui
