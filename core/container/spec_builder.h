// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/cdi.h"
#include "core/container/container_paths.h"
#include "core/container/env_file.h"
#include "core/container/log_settings.h"
#include "core/container/resource_document.h"
#include "core/container/security_plan.h"
#include "core/container/user_database.h"
#include "core/image/manifest.h"
#include "core/types/run_spec.h"
#include "core/types/secret_text.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// From what a person asked and what an image says to the documents that a runtime and a monitor obey. Pure.
///
/// Two kinds of input meet here (security.md 1.3). The RunSpec is the user's will. The image's config is a
/// stranger's content: it may say what runs inside (program, arguments, environment, user, working directory,
/// stop signal) and that a path inside wants a volume, and it never gets to name a host path, a device, a
/// namespace, a network, a hook, the log or the runtime. Nothing of it goes into coracle.json but the
/// destinations of volumes, and into monitor.json but nothing.
namespace coracle::container {

/// What the builder has to know about this computer.
struct HostFacts {
    std::string overlayDriver = "overlay";  ///< or "fuse-overlayfs"
    std::string fuseProgram;                ///< path of fuse-overlayfs when that is the driver
    std::string runtime;                    ///< path of coracle-runtime
    std::uint64_t openFilesHard = 1024;     ///< our own hard limit, which a container cannot exceed
    std::string resolvConf;                 ///< text of /etc/resolv.conf
    std::string hosts;                      ///< text of /etc/hosts, used with the host's network
    std::string hostname;
    bool unifiedCgroups = false;  ///< version 2 is what is mounted at /sys/fs/cgroup
    std::uint32_t uid = 0;        ///< of the user, outside
    std::uint32_t gid = 0;
    SecurityFacts security;
    std::vector<std::string> privilegedDevices;  ///< what --privileged gives: those the user may open
    std::string gateway;  ///< this computer's address as `--add-host NAME:host-gateway` means it
    std::string init;     ///< path of coracle-init; empty: not asked for
};

/// A mount whose source is known: volumes have become directories.
struct PlannedMount {
    types::MountSpec mount;
    std::string hostPath;    ///< absolute; empty for tmpfs
    std::string volumeName;  ///< empty when it is none
    bool copyUp = false;     ///< fill it from the image while it is empty
    /// Where its changes go instead of into `hostPath`; absolute. Empty: no overlay.
    std::string changes = {};
    /// Of an image: folders of its layers, the topmost first, in the place of `hostPath`.
    std::vector<std::string> layers = {};
    /// Of an image what it was resolved to; empty for all else.
    std::string imageId = {};
    std::string chainId = {};
};

/// What runs, after image and user were combined by docker's rules.
struct ProcessPlan {
    std::vector<std::string> arguments;  ///< never empty
    std::vector<std::string> env;        ///< "K=V", each name once
    std::string workingDirectory;
    std::string user;  ///< as text; resolved against the image's files by the caller
    std::string hostname;
    std::string stopSignal;  ///< "SIGTERM"
    std::int64_t stopTimeoutSeconds = 10;
    std::map<std::string, std::string> labels;
    std::vector<std::uint16_t> exposedPorts;  ///< tcp, from the image and the options
    std::vector<std::string> exposed;         ///< all of them: "53/udp"
    SecurityPlan security;
    types::HealthPlan health;
};

/// Combine. `id` gives the host name when nobody chose one.
/// Errors: InvalidArgument (no program, bad capability, bad signal, unknown security option).
Result<ProcessPlan> planProcess(const types::RunSpec& spec, const image::ImageConfig& image,
                                const EnvList& fileEnv, const std::string& id, const HostFacts& host);

/// Paths that the image declares as volumes and that no mount of the user covers; clean and absolute.
std::vector<std::string> anonymousVolumeTargets(const types::RunSpec& spec, const image::ImageConfig& image);

/// Other containers, some of whose namespaces the new one has instead of its own.
struct SharedContainer {
    std::string id;        ///< of the one whose ids the new one has, too; empty: there is none
    std::string hostname;  ///< of the one whose name it has
    ContainerPaths paths;  ///< of the one whose network it has
    /// Whose each is; empty: its own.
    std::string pid;
    std::string ipc;
    std::string uts;
    std::string network;
    types::RunSpec spec;  ///< what it says about ids holds for both
    std::uint32_t sliceFirst = 0;
    std::uint32_t sliceSize = 0;
};

/// All that the documents depend on.
struct BundleInput {
    std::string id;
    std::string name;
    types::RunSpec spec;
    ProcessPlan process;
    ResolvedUser user;
    HostFacts host;
    ContainerPaths paths;
    std::vector<std::string> lowerDirs;  ///< top first
    /// In the order of mounting.
    std::vector<PlannedMount> mounts;
    std::uint32_t sliceFirst = 0;  ///< the container's own ids with `--userns auto`, in the kept namespace
    /// 0: the container has no slice of its own.
    std::uint32_t sliceSize = 0;
    DeviceNumbers devices;  ///< of the disks that limits name
    SharedContainer shared;
    /// Addresses of the containers it has links to, and their names with spaces between.
    std::vector<std::pair<std::string, std::string>> linkedHosts;
    std::vector<ChosenDevice> cdi;  ///< devices by description; what they say about variables is in `process`
    std::vector<Hook> hooks;        ///< those of `--hooks-dir` that are for this container
    std::vector<types::SecretUse> secrets;  ///< their content lies in paths.secret(), in this order
};

/// Texts of the bundle's documents.
struct BundleDocuments {
    std::string config;   ///< config.json
    std::string overlay;  ///< coracle.json
    std::string hosts;
    std::string hostname;
    std::string resolvConf;
    std::string healthProcess;  ///< health-process.json; empty: no check
};

/// Write the documents. Errors: InvalidArgument for a mount or an id map that cannot be, Corrupt for a
/// seccomp profile that is no JSON.
Result<BundleDocuments> buildBundle(const BundleInput& input);

/// The monitor's settings for one start.
struct MonitorInput {
    std::string id;
    std::string name;
    std::string image;
    int stopSignal = 15;
    std::int64_t stopTimeoutSeconds = 10;  ///< negative: never killed
    bool sharesPids = false;               ///< its processes do not end with the first of them
    bool autoRemove = false;               ///< the exit record need not survive a power cut
    bool tty = false;
    bool openStdin = false;
    /// false: the monitor waits for Start, since a network has to be made before the program begins.
    bool autoStart = true;
    ContainerPaths paths;
    std::string runtime;
    /// Started by the monitor after the end; empty: nobody has to look after the container.
    std::vector<std::string> exitCommand;
    std::string trash;  ///< where the starter will move the bundle; empty: it will not
    types::RestartSpec restart;
    types::HealthPlan health;
    std::vector<std::string> networkCommand;  ///< what makes the network when no starter is there
    LogSettings log;
    std::map<std::string, std::string> logAttributes;
};
/// Text of monitor.json (rootless/oci/monitor_protocol.h).
std::string buildMonitor(const MonitorInput& input);

/// The number of a signal as people write it: "SIGTERM", "term", "15", "RTMIN+3". Errors: InvalidArgument.
Result<int> signalNumber(const std::string& text);

/// Collapse "//", "." and ".." of an absolute path without looking at the disk.
std::string cleanPath(const std::string& path);

}  // namespace coracle::container
