// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/mount_draft.h"

#include "core/types/run_command.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace coracle::gui {
namespace {

struct MountText {
    Q_DECLARE_TR_FUNCTIONS(MountText)
};

constexpr int kMaxTemporaryMb = 1 << 20;

MountVerdict judgeTarget(const std::vector<MountDraft>& drafts, std::size_t row) {
    const auto target = drafts[row].target.trimmed();
    if (target.isEmpty()) {
        return MountVerdict::NoTarget;
    }
    if (!target.startsWith(QLatin1Char('/'))) {
        return MountVerdict::RelativeTarget;
    }
    const auto clean = QDir::cleanPath(target);
    if (clean == QLatin1String("/")) {
        return MountVerdict::RootTarget;
    }
    for (std::size_t other = 0; other < drafts.size(); ++other) {
        if (other != row && QDir::cleanPath(drafts[other].target.trimmed()) == clean) {
            return MountVerdict::DuplicateTarget;
        }
    }
    return MountVerdict::Fine;
}

MountVerdict judgeFolder(const MountDraft& draft, const QString& home,
                         const std::optional<FolderFacts>& facts) {
    const auto typed = draft.source.trimmed();
    if (typed.isEmpty()) {
        return MountVerdict::NoSource;
    }
    const auto path = expandHome(typed, home);
    if (!path.startsWith(QLatin1Char('/'))) {
        return MountVerdict::RelativeSource;
    }
    if (path.startsWith(QLatin1String("/run/user/")) &&
        path.section(QLatin1Char('/'), 4, 4) == QLatin1String("doc")) {
        return MountVerdict::PortalPath;
    }
    if (!facts) {
        return MountVerdict::Checking;
    }
    if (!facts->exists) {
        return MountVerdict::MissingSource;
    }
    if (!facts->canEnter) {
        return MountVerdict::ClosedSource;
    }
    if (path == QDir::cleanPath(home)) {
        return MountVerdict::WholeHome;
    }
    if (path.startsWith(QDir::cleanPath(home) + QStringLiteral("/."))) {
        return MountVerdict::HiddenFolder;
    }
    return MountVerdict::Fine;
}

MountVerdict judgeVolume(const MountDraft& draft, const std::vector<QString>& volumes) {
    const auto name = draft.source.trimmed();
    if (name.isEmpty()) {
        return MountVerdict::EmptyVolume;
    }
    if (!types::isObjectName(name.toStdString())) {
        return MountVerdict::BadVolumeName;
    }
    return std::find(volumes.begin(), volumes.end(), name) == volumes.end() ? MountVerdict::NewVolume
                                                                            : MountVerdict::Fine;
}

}  // namespace

bool isWarning(MountVerdict verdict) {
    return verdict == MountVerdict::WholeHome || verdict == MountVerdict::HiddenFolder;
}

bool blocksRun(MountVerdict verdict) {
    return verdict >= MountVerdict::NoSource;
}

bool concernsTarget(MountVerdict verdict) {
    return verdict >= MountVerdict::NoTarget;
}

QString expandHome(const QString& path, const QString& home) {
    QString full = path.trimmed();
    if (full == QLatin1String("~") || full.startsWith(QLatin1String("~/"))) {
        full.replace(0, 1, home);
    }
    return full.isEmpty() ? full : QDir::cleanPath(full);
}

types::MountSpec toMount(const MountDraft& draft, const QString& home) {
    types::MountSpec mount;
    mount.target = draft.target.trimmed().toStdString();
    mount.readOnly = draft.readOnly;
    mount.options = draft.options;
    switch (draft.type) {
    case MountType::Folder:
        mount.kind = types::MountSpec::Kind::Bind;
        mount.source = expandHome(draft.source, home).toStdString();
        break;
    case MountType::Volume:
        mount.kind = types::MountSpec::Kind::Volume;
        mount.source = draft.source.trimmed().toStdString();
        break;
    case MountType::Temporary:
        mount.kind = types::MountSpec::Kind::Tmpfs;
        if (!draft.sizeMb.trimmed().isEmpty()) {
            mount.options.insert(mount.options.begin(), "size=" + draft.sizeMb.trimmed().toStdString() + "m");
        }
        break;
    case MountType::Image:
        mount.kind = types::MountSpec::Kind::Image;
        mount.source = draft.source.trimmed().toStdString();
        break;
    }
    return mount;
}

MountDraft toDraft(const types::MountSpec& mount) {
    MountDraft draft;
    draft.source = QString::fromStdString(mount.source);
    draft.target = QString::fromStdString(mount.target);
    draft.readOnly = mount.readOnly;
    draft.type = mount.kind == types::MountSpec::Kind::Bind     ? MountType::Folder
                 : mount.kind == types::MountSpec::Kind::Volume ? MountType::Volume
                 : mount.kind == types::MountSpec::Kind::Image  ? MountType::Image
                                                                : MountType::Temporary;
    for (const auto& option : mount.options) {
        const auto text = QString::fromStdString(option);
        bool megabytes = false;
        if (draft.type == MountType::Temporary && text.startsWith(QLatin1String("size=")) &&
            text.endsWith(QLatin1Char('m'))) {
            (void)text.mid(5, text.size() - 6).toInt(&megabytes);
        }
        if (megabytes) {
            draft.sizeMb = text.mid(5, text.size() - 6);
        } else {
            draft.options.push_back(option);
        }
    }
    return draft;
}

MountVerdict judge(const std::vector<MountDraft>& drafts, std::size_t row, const MountSurroundings& around,
                   const std::optional<FolderFacts>& facts) {
    const MountDraft& draft = drafts[row];
    MountVerdict source = MountVerdict::Fine;
    if (draft.type == MountType::Folder) {
        source = judgeFolder(draft, around.home, facts);
    } else if (draft.type == MountType::Volume) {
        source = judgeVolume(draft, around.volumes);
    } else if (draft.type == MountType::Image) {
        source = draft.source.trimmed().isEmpty() ? MountVerdict::NoImage : MountVerdict::Fine;
    } else if (!draft.sizeMb.trimmed().isEmpty()) {
        bool ok = false;
        const int size = draft.sizeMb.trimmed().toInt(&ok);
        source = ok && size > 0 && size <= kMaxTemporaryMb ? MountVerdict::Fine : MountVerdict::BadSize;
    }
    if (blocksRun(source)) {
        return source;
    }
    const auto target = judgeTarget(drafts, row);
    return target == MountVerdict::Fine ? source : target;
}

QString mountText(MountVerdict verdict, const MountDraft& draft) {
    switch (verdict) {
    case MountVerdict::Fine:
        return {};
    case MountVerdict::Checking:
        return MountText::tr("Looking at the folder");
    case MountVerdict::NewVolume:
        return MountText::tr("There is no volume %1 yet: it is made when the container is created")
            .arg(draft.source.trimmed());
    case MountVerdict::EmptyVolume:
        return MountText::tr("Without a name the volume goes when the container is removed");
    case MountVerdict::WholeHome:
        return MountText::tr("This is your whole home folder with all keys, mail and settings in it");
    case MountVerdict::HiddenFolder:
        return MountText::tr("Hidden folders often hold keys and passwords");
    case MountVerdict::NoSource:
        return MountText::tr("Choose a folder");
    case MountVerdict::RelativeSource:
        return MountText::tr("The folder must start with / or ~/");
    case MountVerdict::MissingSource:
        return MountText::tr("There is no such folder: %1").arg(draft.source.trimmed());
    case MountVerdict::ClosedSource:
        return MountText::tr("You may not open this folder yourself");
    case MountVerdict::PortalPath:
        return MountText::tr("This path is lent by a file dialog and is not there later; type the real one");
    case MountVerdict::BadVolumeName:
        return MountText::tr("Volume names have letters, digits, dots, dashes and underscores");
    case MountVerdict::NoImage:
        return MountText::tr("Type the name of the image whose files are shown");
    case MountVerdict::BadSize:
        return MountText::tr("The size is a number of megabytes");
    case MountVerdict::NoTarget:
        return MountText::tr("Type the path where the container sees it");
    case MountVerdict::RelativeTarget:
        return MountText::tr("The path inside must start with /");
    case MountVerdict::RootTarget:
        return MountText::tr("The path inside cannot be / itself");
    case MountVerdict::DuplicateTarget:
        break;
    }
    return MountText::tr("Another row has the same path inside");
}

QString mountSummary(const std::vector<MountVerdict>& verdicts) {
    const auto missing = std::count(verdicts.begin(), verdicts.end(), MountVerdict::MissingSource);
    const auto blocked = std::count_if(verdicts.begin(), verdicts.end(),
                                       [](MountVerdict verdict) { return blocksRun(verdict); });
    if (blocked == 0) {
        return {};
    }
    if (missing == blocked) {
        return missing == 1 ? MountText::tr("One folder does not exist")
                            : MountText::tr("%n folders do not exist", nullptr, static_cast<int>(missing));
    }
    return blocked == 1
               ? MountText::tr("One storage row is not complete")
               : MountText::tr("%n storage rows are not complete", nullptr, static_cast<int>(blocked));
}

}  // namespace coracle::gui
