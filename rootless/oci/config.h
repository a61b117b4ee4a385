// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// config.json of an OCI bundle as values. Reading is strict: a member that this runtime does not act upon
/// but that would weaken the container if left out is an error, because "if a property cannot be applied, a
/// new container must not be created". Source: OCI runtime-spec 1.1, runtime.md, "Create".
namespace coracle::oci {

inline constexpr std::size_t kMaxConfigBytes = 8U << 20U;
inline constexpr std::size_t kMaxMounts = 4096;

/// The five sets, as bit masks over capability numbers.
struct Capabilities {
    std::uint64_t bounding = 0;
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
    std::uint64_t ambient = 0;
};

struct ResourceLimit {
    int resource = 0;  ///< RLIMIT_*
    std::string name;
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;
};

struct User {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> additionalGids;
    std::optional<std::uint32_t> umask;
};

struct Process {
    bool terminal = false;
    std::uint16_t consoleColumns = 0;
    std::uint16_t consoleRows = 0;
    User user;
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::string cwd = "/";
    std::optional<Capabilities> capabilities;
    std::vector<ResourceLimit> limits;
    bool noNewPrivileges = false;
    std::optional<std::int64_t> oomScoreAdj;
};

struct Mount {
    std::string destination;
    std::string type;
    std::string source;
    std::vector<std::string> options;
};

struct Device {
    std::string path;
    char type = 'c';  ///< 'c', 'b' or 'p'
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
};

struct Namespace {
    int flag = 0;      ///< CLONE_NEW*
    std::string path;  ///< empty: a new one
};

struct Config {
    std::string version;
    Process process;
    std::string rootPath;
    bool rootReadonly = false;
    std::string hostname;
    std::string domainname;
    std::vector<Mount> mounts;
    std::vector<Namespace> namespaces;
    std::optional<userns::IdMaps> idMaps;
    std::vector<Device> devices;
    std::map<std::string, std::string> sysctl;
    std::string seccompProfile;  ///< JSON text of linux.seccomp; empty when absent
    std::string rootfsPropagation;
    std::vector<std::string> maskedPaths;
    std::vector<std::string> readonlyPaths;
    std::map<std::string, std::string> annotations;
};

/// Whether a new or given namespace of this CLONE_NEW* kind is asked for.
const Namespace* findNamespace(const Config& config, int flag);

/// Errors: Corrupt for a wrong type or form, Unsupported for something that cannot be applied here.
Result<Config> parseConfig(std::string_view text);

/// The `process` object; also the form of `exec --process FILE` and of the saved state.
Result<Process> parseProcess(const nlohmann::json& object);
nlohmann::json toJson(const Process& process);

enum class OverlayDriver : std::uint8_t { Kernel, Fuse };

struct Overlay {
    OverlayDriver driver = OverlayDriver::Kernel;
    std::vector<std::string> lower;  ///< topmost first
    std::string upper;
    std::string work;
    bool isVolatile = false;
    std::string fuseProgram;
};

enum class SeccompChoice : std::uint8_t { Default, Unconfined };

/// coracle.json: what OCI has no word for, written by the engine beside config.json.
struct Extension {
    std::optional<Overlay> overlay;
    userns::Mode userNamespace = userns::Mode::Default;
    std::string keeperDir;
    std::vector<std::string> copyUp;
    SeccompChoice seccomp = SeccompChoice::Default;
};

/// Errors: Corrupt, InvalidArgument for a path that is not absolute.
Result<Extension> parseExtension(std::string_view text);

/// A bundle folder read whole.
struct Bundle {
    std::string path;  ///< absolute
    Config config;
    std::optional<Extension> extension;
};

/// Read config.json and, if there is one, coracle.json. Errors: NotFound, Corrupt, Unsupported.
Result<Bundle> loadBundle(const std::string& path);

}  // namespace coracle::oci
