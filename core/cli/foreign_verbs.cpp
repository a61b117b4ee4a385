// SPDX-License-Identifier: Apache-2.0
#include "core/cli/foreign_verbs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace coracle::cli {
namespace {

struct Foreign {
    std::string_view words;  ///< the beginning of a command, or an option
    std::string_view why;
    std::string_view hint;
};

constexpr std::string_view kNoBuild = "images are not built here";
constexpr std::string_view kBuild =
    "buildah bud -t NAME . && buildah push NAME oci-archive:FILE, then coracle load -i FILE";
constexpr std::string_view kNoSwarm = "there is no swarm of computers";
constexpr std::string_view kSwarm = "containers run on this computer: coracle run";
constexpr std::string_view kNoPods = "there are no pods here";
constexpr std::string_view kPods =
    "containers share what those of a pod do: run --network container:NAME --ipc container:NAME";
constexpr std::string_view kNoMount = "files of containers and images are not mounted for this computer";
constexpr std::string_view kMount =
    "coracle cp NAME:/PATH . copies them, coracle image files IMAGE lists those of an image";
constexpr std::string_view kNoCheckpoint = "the memory of a container cannot be saved without root";
constexpr std::string_view kCheckpoint = "coracle pause holds its processes, coracle commit keeps its files";
constexpr std::string_view kNoMachine = "there is no virtual machine; containers run on this kernel";
constexpr std::string_view kNoDaemon = "there is no daemon to connect to";
constexpr std::string_view kDaemon = "every command works on the containers of this user on this computer";
constexpr std::string_view kNoSigning = "images are not signed here";
constexpr std::string_view kSigning = "images are checked against their digests: pull NAME@sha256:...";
constexpr std::string_view kNoLists = "indexes of several platforms are not made here";
constexpr std::string_view kLists = "buildah manifest makes them; coracle push sends an image that has one";
constexpr std::string_view kNoService = "no API of docker's is served";
constexpr std::string_view kNoUnits = "no units of systemd are written";
constexpr std::string_view kUnits =
    "run --restart always, and coracle system enable-restart for the time after a start of the computer";

// TABLE
constexpr std::array kVerbs = std::to_array<Foreign>({
    {"artifact", "files in registries that are no images are not fetched", "skopeo and oras do it"},
    {"auto-update", "nothing is updated by itself", "coracle pull IMAGE, then coracle run --replace ..."},
    {"build", kNoBuild, kBuild},
    {"builder", kNoBuild, kBuild},
    {"buildx", kNoBuild, kBuild},
    {"checkpoint", kNoCheckpoint, kCheckpoint},
    {"compose", "stacks of several containers are not run from one file",
     "each service is a coracle run; containers reach each other by published ports"},
    {"config", kNoSwarm, "a file is given with run -v FILE:/PATH:ro"},
    {"container checkpoint", kNoCheckpoint, kCheckpoint},
    {"container init", "a container is prepared when it starts", "coracle start NAME"},
    {"container mount", kNoMount, kMount},
    {"container restore", kNoCheckpoint, kCheckpoint},
    {"container runlabel", "commands that an image brings along are not run on this computer",
     "coracle image inspect -f '{{json .Config.Labels}}' IMAGE shows them"},
    {"container umount", kNoMount, kMount},
    {"container unmount", kNoMount, kMount},
    {"context create", kNoDaemon, kDaemon},
    {"context export", kNoDaemon, kDaemon},
    {"context import", kNoDaemon, kDaemon},
    {"context inspect", kNoDaemon, kDaemon},
    {"context rm", kNoDaemon, kDaemon},
    {"context update", kNoDaemon, kDaemon},
    {"farm", kNoBuild, kBuild},
    {"generate kube", kNoPods, kPods},
    {"generate spec", kNoPods, kPods},
    {"generate systemd", kNoUnits, kUnits},
    {"generate", kNoPods, kPods},
    {"image build", kNoBuild, kBuild},
    {"image mount", kNoMount, kMount},
    {"image scp", "images are not sent to another computer by ssh",
     "coracle save IMAGE | ssh HOST coracle load"},
    {"image sign", kNoSigning, kSigning},
    {"image trust", kNoSigning, kSigning},
    {"image umount", kNoMount, kMount},
    {"image unmount", kNoMount, kMount},
    {"init", "a container is prepared when it starts", "coracle start NAME"},
    {"kube", kNoPods, kPods},
    {"machine", kNoMachine, "coracle doctor tells what this computer can do"},
    {"manifest add", kNoLists, kLists},
    {"manifest annotate", kNoLists, kLists},
    {"manifest create", kNoLists, kLists},
    {"manifest exists", kNoLists, kLists},
    {"manifest push", kNoLists, kLists},
    {"manifest remove", kNoLists, kLists},
    {"manifest rm", kNoLists, kLists},
    {"mount", kNoMount, kMount},
    {"network", "containers have no network in common here",
     "run -p publishes a port, run --network container:NAME shares the network of another"},
    {"node", kNoSwarm, kSwarm},
    {"play", kNoPods, kPods},
    {"plugin", "there are no plugins", "volumes have the driver 'local', logs json-file, local and journald"},
    {"pod", kNoPods, kPods},
    {"quadlet", kNoUnits, kUnits},
    {"scan", "images are not searched for holes", "coracle save IMAGE gives the archive that scanners read"},
    {"scout", "images are not searched for holes", "coracle save IMAGE gives the archive that scanners read"},
    {"service", kNoSwarm, kSwarm},
    {"stack", kNoSwarm, kSwarm},
    {"swarm", kNoSwarm, kSwarm},
    {"system connection", kNoDaemon, kDaemon},
    {"system dial-stdio", kNoDaemon, kDaemon},
    {"system migrate", "the store is brought up to date by itself",
     "coracle system check looks whether it is whole"},
    {"system renumber", "containers have no numbered locks",
     "coracle system check looks whether the store is whole"},
    {"system reset", "not everything goes at once",
     "coracle rm -f --all; coracle system prune -a --volumes; coracle trash empty"},
    {"system service", kNoService, "scripts call this program; coracle ps --format json is for them"},
    {"trust", kNoSigning, kSigning},
    {"umount", kNoMount, kMount},
    {"unmount", kNoMount, kMount},
    {"unshare", "no shell is opened with the ids of containers",
     "coracle cp, coracle volume export and coracle volume rm work on files that belong to them"},
    {"volume mount", kNoMount, "coracle volume inspect -f '{{.Mountpoint}}' NAME prints where its files are"},
    {"volume reload", "there are no plugins", "all volumes are listed by coracle volume ls"},
    {"volume unmount", kNoMount,
     "coracle volume inspect -f '{{.Mountpoint}}' NAME prints where its files are"},
    {"volume update", kNoSwarm, "options of a volume stay; make another and fill it: coracle volume clone"},
});

// TABLE
constexpr std::array kGlobals = std::to_array<Foreign>({
    {"--cgroup-manager", "control groups are handed over by systemd, or used where they may be written",
     "leave it out"},
    {"--config", "there is no folder of settings to name",
     "DOCKER_CONFIG=FOLDER in the environment is where logins are"},
    {"--conmon", "a container is watched by coracle-monitor", "leave it out"},
    {"--connection", kNoDaemon, kDaemon},
    {"--context", kNoDaemon, kDaemon},
    {"-c", kNoDaemon, kDaemon},
    {"--events-backend", "events are kept in a file of Coracle's", "leave it out"},
    {"--hooks-dir", "hooks belong to a container",
     "give it behind the command: coracle run --hooks-dir FOLDER"},
    {"--host", kNoDaemon, kDaemon},
    {"-H", kNoDaemon, kDaemon},
    {"--identity", kNoDaemon, kDaemon},
    {"--imagestore", "images are below --root", "leave it out"},
    {"--module", "there are no modules of settings", "leave it out"},
    {"--network-cmd-path", "slirp4netns is found in PATH", "leave it out"},
    {"--noout", "the output is not thrown away", "append >/dev/null"},
    {"--out", "the output is not redirected", "append >FILE"},
    {"--remote", kNoDaemon, kDaemon},
    {"-r", kNoDaemon, kDaemon},
    {"--runtime", "containers are run by coracle-runtime", "leave it out"},
    {"--runtime-flag", "containers are run by coracle-runtime", "leave it out"},
    {"--ssh", kNoDaemon, kDaemon},
    {"--storage-driver", "the driver is chosen by a live test", "coracle info tells which"},
    {"--storage-opt", "the driver is chosen by a live test", "coracle info tells which"},
    {"--syslog", "messages go to standard error", "append 2>&1 | logger"},
    {"--tls", kNoDaemon, kDaemon},
    {"--tlscacert", kNoDaemon, kDaemon},
    {"--tlscert", kNoDaemon, kDaemon},
    {"--tlskey", kNoDaemon, kDaemon},
    {"--tlsverify", kNoDaemon, kDaemon},
    {"--tmpdir", "temporary files are below --root and --runroot", "leave it out"},
    {"--transient-store", "what is volatile is below --runroot anyway", "leave it out"},
    {"--url", kNoDaemon, kDaemon},
    {"--volumepath", "volumes are below --root", "leave it out"},
});

bool beginsWith(const Words& words, std::string_view beginning) {
    std::string joined;
    for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 2); ++i) {
        joined += (i == 0 ? "" : " ") + words[i];
    }
    return joined == beginning || joined.starts_with(std::string(beginning) + " ");
}

Error errorOf(const std::string& what, const Foreign& row) {
    return Error(ErrorKind::Unsupported, what + " is not available: " + std::string(row.why))
        .withHint(std::string(row.hint));
}

}  // namespace

/// Rows of two words stand before those of their first word.
std::optional<Error> foreignVerb(const Words& words) {
    const auto row = std::find_if(kVerbs.begin(), kVerbs.end(),
                                  [&](const Foreign& known) { return beginsWith(words, known.words); });
    return row == kVerbs.end() ? std::nullopt
                               : std::optional(errorOf("'coracle " + std::string(row->words) + "'", *row));
}

std::optional<Error> foreignGlobal(const std::string& name) {
    const auto row = std::find_if(kGlobals.begin(), kGlobals.end(),
                                  [&](const Foreign& known) { return known.words == name; });
    return row == kGlobals.end() ? std::nullopt : std::optional(errorOf("option '" + name + "'", *row));
}

}  // namespace coracle::cli
