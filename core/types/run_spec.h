// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health_check.h"
#include "core/types/resource_spec.h"
#include "net/port_mapping.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coracle::types {

/// One mount that a person asked for.
struct MountSpec {
    enum class Kind : std::uint8_t {
        Bind,    ///< source is an absolute host path
        Volume,  ///< source is a volume name; empty: an anonymous volume
        Tmpfs,   ///< no source; options as tmpfs(5) knows them
        Image,   ///< source is an image as typed; "subpath=DIR" of the options is the part that is shown
    };
    Kind kind = Kind::Bind;
    std::string source;
    std::string target;  ///< absolute path inside the container
    bool readOnly = false;
    std::vector<std::string> options;  ///< what remains of the option list: "size=64m", "nocopy", "z"

    friend bool operator==(const MountSpec&, const MountSpec&) = default;
};

/// What becomes of the folders that an image declares as volumes: an anonymous volume each, a folder in
/// memory, or what the image has there.
enum class ImageVolumes : std::uint8_t { Anonymous, Tmpfs, Ignore };

/// When the image is fetched: if it is not here, in any case, or not at all.
enum class PullPolicy : std::uint8_t { Missing, Always, Never };

/// What becomes of a container that has ended. Source: docker run(1), "--restart".
struct RestartSpec {
    std::string policy = "no";    ///< "no", "always", "unless-stopped", "on-failure"
    std::int64_t maxRetries = 0;  ///< of on-failure; 0: no limit

    friend bool operator==(const RestartSpec&, const RestartSpec&) = default;
};

/// Everything `run` and `create` can be told about a container: what the user said, nothing filled in from
/// the image. The command line, the run dialog and the API all produce this value; core/types/run_command.h
/// turns it into a command line and back without loss.
struct RunSpec {
    std::string image;                 ///< as typed
    std::vector<std::string> command;  ///< words after the image; empty: the image's own
    std::string name;                  ///< empty: one is made up

    /// The command line does not stay; kept because `inspect` prints the command that was given.
    bool detach = false;
    /// "stdin", "stdout", "stderr": what the command line connects itself to; empty: all of them.
    std::vector<std::string> attach;
    bool interactive = false;  ///< keep standard input open
    bool tty = false;
    bool removeWhenStopped = false;

    std::vector<std::pair<std::string, std::string>> env;  ///< in order; later ones win
    /// Paths as typed; read when the container is created, before `env` is applied.
    std::vector<std::string> envFiles;
    /// Names of variables that nobody but the person may set, and whether all of the image's are left out.
    std::vector<std::string> unsetEnv;
    bool unsetAllEnv = false;
    std::vector<std::pair<std::string, std::string>> labels;
    std::vector<std::string> labelFiles;  ///< as envFiles, before `labels`
    std::vector<std::string> hooksDirs;   ///< paths as typed; read when the container is created
    /// Only for programs that look into the bundle; ours obeys none that a person gives.
    std::vector<std::pair<std::string, std::string>> annotations;
    std::vector<net::PortMapping> ports;
    bool publishAll = false;          ///< every exposed port, too, on a free port of this computer
    std::vector<std::string> expose;  ///< "80", "7000-7010/udp"; beside the image's
    std::vector<MountSpec> mounts;
    ImageVolumes imageVolumes = ImageVolumes::Anonymous;

    /// none: the image's own, as for `user`, `entrypoint` and `stopSignal`.
    std::optional<std::string> workingDirectory;
    std::optional<std::string> user;                     ///< "uid[:gid]" or names from the image
    std::optional<std::vector<std::string>> entrypoint;  ///< an empty list clears the image's entrypoint
    /// none: the first twelve digits of the id; the host's name with network "host".
    std::optional<std::string> hostname;
    std::string network = "slirp4netns";  ///< "none", "host", "slirp4netns" or "container:NAME"
    /// Whose namespaces (types/namespace_text.h); empty: its own, ipc being shareable.
    std::string pid;
    std::string ipc;
    std::string uts;
    std::optional<std::string> domainname;
    /// Name and address of a line of /etc/hosts; the address may be "host-gateway".
    std::vector<std::pair<std::string, std::string>> addHosts;
    /// Other container (its id once this one is made) and the name by which it is reached.
    std::vector<std::pair<std::string, std::string>> links;
    bool noHosts = false;                ///< /etc/hosts is the image's; not with `addHosts`
    std::vector<std::string> dns;        ///< addresses of resolvers; empty: those of the network
    std::vector<std::string> dnsSearch;  ///< "." alone: none
    std::vector<std::string> dnsOptions;
    std::optional<std::string> timeZone;   ///< "Europe/Vienna" or "local"; none: the image's
    std::vector<std::string> volumesFrom;  ///< "CONTAINER[:ro]"; their mounts are in `mounts` once it is made

    std::vector<std::string> secrets;  ///< "NAME[,target=...]", as types::parseSecretUse reads them

    bool readOnly = false;
    std::vector<std::string> capAdd;  ///< names with or without CAP_, or ALL
    std::vector<std::string> capDrop;
    std::vector<std::string>
        securityOpt;  ///< "no-new-privileges", "seccomp=unconfined", ... (types/isolation.h)
    bool privileged = false;
    std::vector<std::string> devices;   ///< "/dev/fuse", as types::parseDevice reads them
    std::vector<std::string> groupAdd;  ///< names or numbers; "keep-groups" alone

    ResourceSpec resources;
    std::optional<std::int64_t> oomScoreAdj;
    std::optional<std::int64_t> umask;  ///< none: that of whoever starts it
    std::vector<UlimitSpec> ulimits;
    std::optional<std::int64_t> shmSizeBytes;  ///< of /dev/shm
    /// Name and value; checked by the runtime, which knows whose namespaces they belong to.
    std::vector<std::pair<std::string, std::string>> sysctls;
    std::string cgroupns;      ///< empty or "private"; "host"
    std::string cgroupParent;  ///< path below the group that is handed to the user, or "NAME.slice"

    RestartSpec restart;
    HealthOptions health;
    std::optional<std::string> logDriver;  ///< "json-file", "local", "none", "journald"; none: json-file
    std::vector<std::pair<std::string, std::string>> logOptions;

    /// A small init is the first process: it passes signals on and collects orphans.
    bool init = false;
    std::optional<std::string> stopSignal;
    /// -1: never killed; none: ten seconds.
    std::optional<std::int64_t> stopTimeoutSeconds;
    std::optional<std::string> platform;  ///< "linux/arm64"
    std::string userns;                   ///< as types::parseUserNamespace reads it
    std::vector<std::string> uidMap;      ///< as types::parseIdMapping reads them; not with `userns`
    std::vector<std::string> gidMap;
    PullPolicy pull = PullPolicy::Missing;

    friend bool operator==(const RunSpec&, const RunSpec&) = default;
};

}  // namespace coracle::types
