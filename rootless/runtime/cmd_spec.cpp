// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/defaults.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/userns/map_writer.h"

#include <nlohmann/json.hpp>

#include <array>

namespace coracle::runtime {
namespace {

using Document = nlohmann::ordered_json;

Document mapToJson(const userns::IdMap& map) {
    Document array = Document::array();
    for (const userns::IdRange& range : map) {
        array.push_back({{"containerID", range.inside}, {"hostID", range.outside}, {"size", range.count}});
    }
    return array;
}

// TABLE: the file systems of a container.
Document defaultMounts() {
    return Document::array(
        {{{"destination", "/proc"},
          {"type", "proc"},
          {"source", "proc"},
          {"options", {"nosuid", "noexec", "nodev"}}},
         {{"destination", "/dev"},
          {"type", "tmpfs"},
          {"source", "tmpfs"},
          {"options", {"nosuid", "strictatime", "mode=755", "size=65536k"}}},
         {{"destination", "/dev/pts"},
          {"type", "devpts"},
          {"source", "devpts"},
          {"options", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}}},
         {{"destination", "/dev/shm"},
          {"type", "tmpfs"},
          {"source", "shm"},
          {"options", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}}},
         {{"destination", "/dev/mqueue"},
          {"type", "mqueue"},
          {"source", "mqueue"},
          {"options", {"nosuid", "noexec", "nodev"}}},
         {{"destination", "/sys"},
          {"type", "sysfs"},
          {"source", "sysfs"},
          {"options", {"nosuid", "noexec", "nodev", "ro"}}}});
}

/// A bundle that runs for the calling user as it is: with all ids that can be mapped, the engine's default
/// capabilities, and the paths the engine masks. An existing file is never overwritten.
Result<int> writeSpec(const Invocation& invocation) {
    static constexpr std::array kOptions =
        std::to_array<OptionSpec>({{"--bundle", 'b', true}, {"--rootless", '\0', false}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const userns::AvailableMaps available, userns::findAvailableMaps());
    Document namespaces = Document::array();
    for (const char* type : {"pid", "network", "ipc", "uts", "mount", "cgroup", "user"}) {
        namespaces.push_back({{"type", type}});
    }
    const Document document{{"ociVersion", "1.1.0"},
                            {"process",
                             {{"terminal", false},
                              {"user", {{"uid", 0}, {"gid", 0}}},
                              {"args", {"sh"}},
                              {"env", {oci::kPathVariable}},
                              {"cwd", "/"},
                              {"capabilities",
                               {{"bounding", oci::kCapabilities},
                                {"effective", oci::kCapabilities},
                                {"permitted", oci::kCapabilities}}},
                              {"noNewPrivileges", true}}},
                            {"root", {{"path", "rootfs"}, {"readonly", false}}},
                            {"hostname", "coracle"},
                            {"mounts", defaultMounts()},
                            {"linux",
                             {{"uidMappings", mapToJson(available.maps.uids)},
                              {"gidMappings", mapToJson(available.maps.gids)},
                              {"namespaces", namespaces},
                              {"maskedPaths", oci::kMaskedPaths},
                              {"readonlyPaths", oci::kReadonlyPaths}}}};
    const std::string path = arguments.value("--bundle", ".") + "/config.json";
    if (sys::pathExists(path)) {
        return Error(ErrorKind::AlreadyExists, "'" + path + "' already exists");
    }
    TRY(sys::replaceFile(path, document.dump(2) + "\n", 0644, sys::Durability::Process));
    return 0;
}

}  // namespace

Outcome specVerb(const Invocation& invocation) {
    return toOutcome(writeSpec(invocation));
}

}  // namespace coracle::runtime
