// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/extension.h"
#include "rootless/oci/resources.h"
#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// config.json of an OCI bundle as values. Reading is strict: a member that this runtime does not act
/// upon but that would weaken the container if left out is an error, because "if a property cannot be
/// applied, a new container must not be created". Members that the specification does not know are
/// ignored. Source: OCI runtime-spec 1.1, runtime.md, "Create"; config.md, "Extensibility".
/// Who writes it: an engine, from what an image and a user say. It is parsed by json.h, so depth, size
/// and doubled keys are judged before it gets here; lists are bounded by kMax... where each entry costs
/// more than its bytes. Nothing in this folder touches the host except loadBundle(), which reads the two
/// files.
namespace coracle::oci {

/// Of config.json and coracle.json each; an engine writes some ten KiB, more with a profile for seccomp.
inline constexpr std::size_t kMaxConfigBytes = 8U << 20U;
/// Each is a handful of system calls and a mount, of which a namespace has 100,000 by default
/// (fs.mount-max).
inline constexpr std::size_t kMaxMounts = 4096;

/// The five sets, as bit masks over capability numbers.
struct Capabilities {
    /// Each set has bit N for capability number N.
    std::uint64_t bounding = 0;
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
    std::uint64_t ambient = 0;
};

/// setrlimit(2) for the process; 2^64-1 is no limit.
struct ResourceLimit {
    int resource = 0;  ///< RLIMIT_*
    std::string name;
    /// In the kernel's units; RLIM_INFINITY is the largest number.
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;
};

/// Ids inside of the container. umask none: 0022.
struct User {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    /// Ids inside the container.
    std::vector<std::uint32_t> additionalGids;
    /// none: the runtime's default, 022.
    std::optional<std::uint32_t> umask;
};

/// sched_setattr(2) for the process. Source: OCI runtime-spec 1.1, config.md, "scheduler".
struct Scheduler {
    std::uint32_t policy = 0;  ///< SCHED_*
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t flags = 0;  ///< SCHED_FLAG_*
    /// Nanoseconds, as the next two; for SCHED_DEADLINE (sched(7)).
    std::uint64_t runtime = 0;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

/// ioprio_set(2) for the process. Source: OCI runtime-spec 1.1, config.md, "ioPriority".
struct IoPriority {
    int level = 0;  ///< 1 real time, 2 best effort, 3 idle
    /// 0 (the most) to 7 within the level.
    int priority = 0;
};

/// Source: OCI runtime-spec 1.1, config.md, "Process".
struct Process {
    bool terminal = false;
    /// Characters; 0: the size is left as it is.
    std::uint16_t consoleColumns = 0;
    std::uint16_t consoleRows = 0;
    User user;
    std::vector<std::string> args;
    std::vector<std::string> env;
    /// Absolute, inside the container.
    std::string cwd = "/";
    /// none: the configuration says nothing about them.
    std::optional<Capabilities> capabilities;
    std::vector<ResourceLimit> limits;
    /// No program below this one gains rights by setuid bits or capabilities of files (prctl(2),
    /// PR_SET_NO_NEW_PRIVS).
    bool noNewPrivileges = false;
    /// -1000 to 1000 (proc_pid_oom_score_adj(5)); without CAP_SYS_RESOURCE it can only be raised.
    std::optional<std::int64_t> oomScoreAdj;
    /// Name of a profile that is loaded in the kernel; empty: the one of the runtime stays.
    std::string apparmorProfile;
    std::string selinuxLabel;
    std::optional<Scheduler> scheduler;
    std::optional<IoPriority> ioPriority;
    std::vector<std::string> warnings;   ///< what was asked for and cannot be, without harm
    std::vector<unsigned> execAffinity;  ///< processors of a process of `exec`; empty: as they come
};

/// Source: OCI runtime-spec 1.1, config.md, "Mounts".
struct Mount {
    /// Absolute, inside the container; links in the image are followed inside its root.
    std::string destination;
    /// Name of a file system for a new one; of no meaning for bind mounts.
    std::string type;
    /// Host path of a bind mount; else a name that only /proc/mounts shows.
    std::string source;
    /// Words as mount(8) has them, read by mounts::parseOptions().
    std::vector<std::string> options;
    std::optional<userns::IdMaps> idMaps;  ///< of an idmapped mount
};

/// Source: OCI runtime-spec 1.1, config-linux.md, "Devices".
struct Device {
    std::string path;
    char type = 'c';  ///< 'c', 'b' or 'p'
    /// Numbers as the host has them; a device is bound from the host, only a FIFO is made.
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::optional<std::uint32_t> mode;  ///< permission bits
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
};

/// Source: OCI runtime-spec 1.1, config-linux.md, "Namespaces".
struct Namespace {
    int flag = 0;      ///< CLONE_NEW*
    std::string path;  ///< empty: a new one
};

/// Shift of a clock in a time namespace. Source: time_namespaces(7).
struct ClockOffset {
    std::string clock;  ///< "monotonic" or "boottime"
    /// Added to the clock as the namespace shows it; may be negative.
    std::int64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
};

/// A program to run at a point of the life of a container.
struct Hook {
    std::string path;  ///< absolute
    std::vector<std::string> args;
    std::vector<std::string> env;
    int timeoutSeconds = 0;  ///< 0: none
};

/// Source: OCI runtime-spec 1.1, config.md, "POSIX-platform Hooks".
struct Hooks {
    /// The runtime's namespaces, after the container's are made and before its root is changed.
    /// Deprecated by the specification; runs before createRuntime.
    std::vector<Hook> prestart;
    /// The runtime's namespaces, at the same point.
    std::vector<Hook> createRuntime;
    /// The container's namespaces, before its root is changed.
    std::vector<Hook> createContainer;
    /// The container's namespaces and root, as part of `start`, before the program.
    std::vector<Hook> startContainer;
    /// The runtime's namespaces, after the program was started.
    std::vector<Hook> poststart;
    /// The runtime's namespaces, after the container was deleted.
    std::vector<Hook> poststop;
};

/// What linux.seccomp asks for besides rules.
struct SeccompUse {
    std::uint32_t flags = 0;  ///< SECCOMP_FILTER_FLAG_*
    bool notifies = false;    ///< a rule hands its calls to an agent
    /// Host path of the agent's stream socket; set when `notifies` is.
    std::string listenerPath;
    /// Handed to the agent as it is.
    std::string listenerMetadata;
};

/// What this runtime acts upon.
struct Config {
    std::string version;
    Process process;
    /// As written: relative to the bundle or absolute.
    std::string rootPath;
    bool rootReadonly = false;
    std::string hostname;
    /// The NIS domain name (setdomainname(2)), which has nothing to do with DNS.
    std::string domainname;
    /// In the order in which they are mounted.
    std::vector<Mount> mounts;
    std::vector<Namespace> namespaces;
    std::optional<userns::IdMaps> idMaps;
    std::vector<Device> devices;
    /// Name with dots and value; only those of namespaces of the container's own are set
    /// (runtime/sysctl.h).
    std::map<std::string, std::string> sysctl;
    std::string seccompProfile;  ///< JSON text of linux.seccomp; empty when absent
    /// "private", "rslave" and the like; empty: as the runtime makes it.
    std::string rootfsPropagation;
    /// SELinux context for the container's mounts; empty: none.
    std::string mountLabel;
    std::optional<unsigned long> personality;  ///< for personality(2)
    std::vector<ClockOffset> clockOffsets;
    Hooks hooks;
    /// Absolute paths that are covered; one that is missing is none to cover.
    std::vector<std::string> maskedPaths;
    /// Absolute paths that are bound over themselves read-only.
    std::vector<std::string> readonlyPaths;
    std::map<std::string, std::string> annotations;
    Resources resources;
    std::string cgroupsPath;  ///< as written; empty when absent
};

/// Whether the annotations ask, in crun's words, that the process keeps the additional groups of who starts
/// it.
bool keepsGroups(const std::map<std::string, std::string>& annotations);

/// The new or given namespace of this CLONE_NEW* kind that is asked for; null: none. Lives as long as
/// `config`.
const Namespace* findNamespace(const Config& config, int flag);

/// Read config.json. Pure. Errors: Corrupt for a wrong type or form, Unsupported for something that
/// cannot be applied here, InvalidArgument for a value that no container can have. They name the member.
Result<Config> parseConfig(std::string_view text);

/// CLONE_NEWTIME. COMPAT(glibc < 2.37): sched.h lacks it. Source: clone3(2).
inline constexpr int kCloneNewTime = 0x80;

/// Hooks by name of their kind; also the form of the saved state. Errors: Corrupt.
Result<Hooks> parseHooks(const nlohmann::json& object);
/// The two kinds that are run after `create` has ended.
nlohmann::json lateHooksToJson(const Hooks& hooks);

/// Read what a profile (text of linux.seccomp) asks for besides rules. Errors: Corrupt for a listener that is
/// missing or has no absolute path, Unsupported for an unknown flag or a rule that would block the hand-over.
Result<SeccompUse> parseSeccompUse(std::string_view profile);

/// The `process` object; also the form of `exec --process FILE` and of the saved state. Errors: as
/// parseConfig().
Result<Process> parseProcess(const nlohmann::json& object);
/// The object that parseProcess() reads as the same process, but for the size of its terminal and its
/// warnings.
nlohmann::json toJson(const Process& process);

/// A bundle folder read whole.
struct Bundle {
    std::string path;  ///< absolute
    Config config;
    /// none: the bundle is another engine's and follows the specification alone.
    std::optional<Extension> extension;
};

/// Read the configuration and, if there is one, coracle.json. Sources of bind mounts become absolute.
/// configName: a file of the bundle, or an absolute path. Errors: NotFound, Corrupt, Unsupported,
/// InvalidArgument, with the file.
Result<Bundle> loadBundle(const std::string& path, const std::string& configName = "config.json");

}  // namespace coracle::oci
