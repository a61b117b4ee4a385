// SPDX-License-Identifier: Apache-2.0
#include "gui/models/permission_list.h"

#include "gui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

namespace coracle::gui {

namespace {

struct PermissionList {
    Q_DECLARE_TR_FUNCTIONS(PermissionList)
};

using types::SharedPath;
using Test = std::function<bool(const SharedPath&)>;

bool isBelow(std::string_view path, std::string_view folder) {
    return path == folder || folder == "/" ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

std::string_view lastPart(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Sockets of programs that start containers: who reaches one can start any container of yours.
bool controlsContainers(const SharedPath& path) {
    constexpr std::array kNames{"docker.sock", "podman.sock", "containerd.sock", "coracle.sock"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view name) { return lastPart(path.source) == name; });
}

bool isScreen(const SharedPath& path) {
    return isBelow(path.source, "/tmp/.X11-unix") || lastPart(path.source).starts_with("wayland-");
}

bool isSound(const SharedPath& path) {
    return lastPart(path.source).starts_with("pipewire-") || path.source.ends_with("/pulse/native") ||
           lastPart(path.source) == "pulse" || isBelow(path.source, "/dev/snd");
}

bool isGraphics(const SharedPath& path) {
    return isBelow(path.source, "/dev/dri") || lastPart(path.source).starts_with("nvidia");
}

QString words(const SharedPath& path) {
    const QString source = format::homePath(path.source);
    return path.readOnly ? PermissionList::tr("%1, read only").arg(source) : source;
}

std::vector<const SharedPath*> those(const types::Confinement& confinement, const Test& test) {
    std::vector<const SharedPath*> found;
    for (const SharedPath& path : confinement.shared) {
        if (test(path)) {
            found.push_back(&path);
        }
    }
    return found;
}

/// Say of these paths what they are; the first one stands in the row, all in the tooltip.
void describe(ReachRow& row, const std::vector<const SharedPath*>& paths, Reach reach) {
    if (paths.empty()) {
        return;
    }
    row.reach = reach;
    row.text = words(*paths.front());
    if (paths.size() > 1) {
        row.text = PermissionList::tr("%1 and %n more", nullptr, int(paths.size() - 1)).arg(row.text);
    }
    for (const SharedPath* path : paths) {
        row.details.append(words(*path) + QStringLiteral(" → ") + format::text(path->target));
    }
}

ReachRow internet(const types::Confinement& confinement, const std::string& network) {
    ReachRow row{.key = QStringLiteral("internet"),
                 .iconName = QStringLiteral("globe"),
                 .title = PermissionList::tr("Internet"),
                 .text = PermissionList::tr("Any address, also of your local network"),
                 .state = PermissionList::tr("allowed"),
                 .reach = Reach::Open,
                 .details = {}};
    const auto& host = confinement.hostNamespaces;
    if (std::find(host.begin(), host.end(), "network") != host.end()) {
        row.text = PermissionList::tr("The network of this computer, with all services that listen on it");
        row.state = PermissionList::tr("this computer’s");
        row.reach = Reach::Wide;
    } else if (network == "none") {
        row.text = PermissionList::tr("It has no network at all");
        row.state = PermissionList::tr("none");
        row.reach = Reach::Closed;
    }
    return row;
}

ReachRow simple(const char* key, const char* icon, const QString& title, const QString& closed) {
    return {.key = QLatin1String(key),
            .iconName = QLatin1String(icon),
            .title = title,
            .text = closed,
            .state = PermissionList::tr("not shared"),
            .reach = Reach::Closed,
            .details = {}};
}

ReachRow homeFolder(const types::Confinement& confinement, const std::string& home, const Test& isVolume) {
    ReachRow row = simple("home", "home", PermissionList::tr("Your home folder"),
                          PermissionList::tr("Nothing from it is shared"));
    const auto whole = those(confinement, [&](const SharedPath& path) { return isBelow(home, path.source); });
    const auto parts = those(confinement, [&](const SharedPath& path) {
        return isBelow(path.source, home) && path.source != home && !isVolume(path);
    });
    if (!whole.empty()) {
        describe(row, whole, Reach::Wide);
        row.state = PermissionList::tr("all of it");
    } else if (!parts.empty()) {
        describe(row, parts, Reach::Open);
        row.state = PermissionList::tr("a part");
    }
    return row;
}

/// Files of the kernel for processes inside: who writes there changes what its container may.
void addPathRows(std::vector<IsolationRow>& rows, const types::Confinement& confinement) {
    const int masked = int(confinement.maskedPaths.size());
    const int readOnly = int(confinement.readOnlyPaths.size());
    QStringList paths;
    for (const std::string& path : confinement.maskedPaths) {
        paths.append(format::text(path));
    }
    rows.push_back({.key = QStringLiteral("masks"),
                    .text = masked > 0 ? PermissionList::tr("%1 parts of /proc and /sys hidden, %2 read only")
                                             .arg(masked)
                                             .arg(readOnly)
                                       : PermissionList::tr("Nothing of /proc and /sys is hidden"),
                    .reach = masked > 0 ? Reach::Closed : Reach::Wide,
                    .detail = paths.join(QLatin1Char('\n'))});
    if (confinement.writableSys) {
        rows.push_back({.key = QStringLiteral("sys"),
                        .text = PermissionList::tr("It may write to /sys where you may"),
                        .reach = Reach::Wide,
                        .detail = {}});
    }
    if (confinement.writableControlGroup) {
        rows.push_back({.key = QStringLiteral("cgroup"),
                        .text = PermissionList::tr("It may divide its own limits among its processes"),
                        .reach = Reach::Open,
                        .detail = PermissionList::tr("writable control group")});
    }
    if (confinement.readOnlyRoot) {
        rows.push_back({.key = QStringLiteral("root"),
                        .text = PermissionList::tr("The files of its image cannot be changed"),
                        .reach = Reach::Closed,
                        .detail = PermissionList::tr("read-only root")});
    }
    if (!confinement.appArmorProfile.empty()) {
        rows.push_back(
            {.key = QStringLiteral("apparmor"),
             .text = PermissionList::tr("AppArmor profile %1").arg(format::text(confinement.appArmorProfile)),
             .reach = Reach::Closed,
             .detail = {}});
    }
}

IsolationRow filterRow(const types::Confinement& confinement) {
    IsolationRow row{.key = QStringLiteral("filter"), .text = {}, .reach = Reach::Closed, .detail = {}};
    const QString word = format::text(confinement.systemCallFilter);
    row.detail = PermissionList::tr("seccomp profile “%1”").arg(word);
    if (confinement.systemCallFilter == "unconfined") {
        row.text = PermissionList::tr("System calls are not filtered but for those that attack your session");
        row.reach = Reach::Wide;
    } else if (confinement.systemCallFilter == "custom") {
        row.text = PermissionList::tr("System call filter on, with a profile of yours");
        row.reach = Reach::Open;
    } else if (word.contains(QLatin1Char('+'))) {
        row.text =
            PermissionList::tr("System call filter on, opened for %1")
                .arg(word.section(QLatin1Char('+'), 1).replace(QLatin1Char('+'), QStringLiteral(", ")));
        row.reach = Reach::Open;
    } else {
        row.text = PermissionList::tr("System call filter on, the rest refused");
    }
    if (confinement.observed) {
        row.detail +=
            QLatin1Char('\n') + PermissionList::tr("%n filters are active in the kernel now", nullptr,
                                                   int(confinement.observed->systemCallFilters));
        if (confinement.observed->systemCallFilters == 0) {
            row.text = PermissionList::tr("No system call filter is active in the kernel");
            row.reach = Reach::Wide;
        }
    }
    return row;
}

void addNamespaceRows(std::vector<IsolationRow>& rows, const types::Confinement& confinement) {
    const auto& host = confinement.hostNamespaces;
    const bool user = std::find(host.begin(), host.end(), "user") == host.end();
    rows.push_back({.key = QStringLiteral("user"),
                    .text = user ? PermissionList::tr("Own users, mapped to you and your subordinate ids")
                                 : PermissionList::tr("It has no users of its own"),
                    .reach = user ? Reach::Closed : Reach::Open,
                    .detail = PermissionList::tr("user namespace")});
    QStringList shared;
    for (const std::string& kind : host) {
        if (kind != "user") {
            shared.append(format::text(kind));
        }
    }
    if (!shared.isEmpty()) {
        rows.push_back(
            {.key = QStringLiteral("namespaces"),
             .text =
                 PermissionList::tr("Shared with this computer: %1").arg(shared.join(QStringLiteral(", "))),
             .reach = Reach::Wide,
             .detail = PermissionList::tr("namespaces of this computer")});
    } else {
        rows.push_back({.key = QStringLiteral("namespaces"),
                        .text = PermissionList::tr("Sees only its own processes, mounts and names"),
                        .reach = Reach::Closed,
                        .detail = PermissionList::tr("own namespaces: %1").arg([&] {
                            QStringList own;
                            for (const std::string& kind : confinement.ownNamespaces) {
                                own.append(format::text(kind));
                            }
                            return own.join(QStringLiteral(", "));
                        }())});
    }
}

}  // namespace

QString capabilityWord(const std::string& name) {
    constexpr std::string_view kPrefix = "CAP_";
    return format::text(name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name).toLower();
}

std::vector<ReachRow> reachRows(const types::Confinement& confinement, const types::ContainerDetails& details,
                                const std::string& home) {
    const Test isVolume = [&details](const SharedPath& path) {
        const auto& mounts = details.summary.mounts;
        return std::any_of(mounts.begin(), mounts.end(), [&path](const types::MountSpec& mount) {
            return mount.kind == types::MountSpec::Kind::Volume && mount.target == path.target;
        });
    };
    std::vector<ReachRow> rows{internet(confinement, details.spec.network),
                               homeFolder(confinement, home, isVolume)};
    types::Confinement named = confinement;  // a volume is known by its name, not by where the store keeps it
    for (SharedPath& path : named.shared) {
        for (const types::MountSpec& mount : details.summary.mounts) {
            if (mount.kind == types::MountSpec::Kind::Volume && mount.target == path.target) {
                path.source = mount.source;
            }
        }
    }
    const auto add = [&](ReachRow row, const Test& test, Reach reach, const QString& open) {
        const bool volumes = row.key == QLatin1String("volumes");
        const auto paths = those(volumes ? named : confinement, test);
        if (!paths.empty()) {
            describe(row, paths, reach);
            row.state = open;
        }
        rows.push_back(std::move(row));
        return int(paths.size());
    };
    const Test folder = [&isVolume](const SharedPath& path) {
        return !path.device && !isVolume(path) && !isScreen(path) && !isSound(path) &&
               !controlsContainers(path);
    };
    add(simple("folders", "folder", PermissionList::tr("Folders you added"),
               PermissionList::tr("No folder of this computer")),
        folder, Reach::Open,
        PermissionList::tr("%n folders", nullptr, int(those(confinement, folder).size())));
    add(simple("volumes", "volume", PermissionList::tr("Volumes"),
               PermissionList::tr("Everything it writes stays in the container")),
        isVolume, Reach::Open,
        PermissionList::tr("%n volumes", nullptr, int(those(confinement, isVolume).size())));
    add(simple("screen", "monitor", PermissionList::tr("Screen and keyboard"),
               PermissionList::tr("No display is passed in")),
        isScreen, Reach::Wide, PermissionList::tr("shared"));
    add(simple("sound", "audio", PermissionList::tr("Sound and microphone"),
               PermissionList::tr("No audio socket is passed in")),
        isSound, Reach::Open, PermissionList::tr("shared"));
    add(simple("graphics", "gpu", PermissionList::tr("Graphics card"),
               PermissionList::tr("/dev/dri is hidden")),
        isGraphics, Reach::Open, PermissionList::tr("shared"));
    const Test device = [](const SharedPath& path) {
        return path.device && !isGraphics(path) && !isSound(path);
    };
    add(simple("devices", "usb", PermissionList::tr("Devices"),
               PermissionList::tr("Only the standard ones: null, zero, full, random, urandom, tty")),
        device, Reach::Open,
        PermissionList::tr("%n devices", nullptr, int(those(confinement, device).size())));
    if (!those(confinement, controlsContainers).empty()) {
        add(simple("control", "container", PermissionList::tr("Your other containers"), {}),
            controlsContainers, Reach::Wide, PermissionList::tr("may control them"));
    }
    return rows;
}

std::vector<IsolationRow> isolationRows(const types::Confinement& confinement) {
    std::vector<IsolationRow> rows;
    addNamespaceRows(rows, confinement);
    rows.push_back(filterRow(confinement));
    const bool noNew =
        confinement.observed ? confinement.observed->noNewPrivileges : confinement.noNewPrivileges;
    rows.push_back(
        {.key = QStringLiteral("setuid"),
         .text = noNew ? PermissionList::tr("No new privileges: setuid programs do nothing")
                       : PermissionList::tr("Setuid programs inside may give the rights of root inside"),
         .reach = noNew ? Reach::Closed : Reach::Open,
         .detail = QStringLiteral("no_new_privs")});
    addPathRows(rows, confinement);
    if (confinement.observed && (confinement.observed->capabilities != confinement.capabilities ||
                                 confinement.observed->noNewPrivileges != confinement.noNewPrivileges)) {
        rows.push_back({.key = QStringLiteral("changed"),
                        .text = PermissionList::tr("What is set applies after a restart"),
                        .reach = Reach::Open,
                        .detail = PermissionList::tr("the running process was started with other settings")});
    }
    return rows;
}

}  // namespace coracle::gui
