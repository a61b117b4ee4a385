// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/mounts/mount_options.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/sys/self.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace coracle::runtime {
namespace {

/// What depends on the kernel is asked of it; AppArmor and SELinux are "enabled" as the code is there, not
/// as the host has them.
Result<int> printFeatures() {
    using Document = nlohmann::ordered_json;
    // TABLE: what this runtime does, and nothing more. Source: OCI runtime-spec 1.1, features.md.
    Document namespaces{"cgroup", "ipc", "mount", "network", "pid", "user", "uts"};
    if (sys::pathExists("/proc/self/ns/time")) {
        namespaces.insert(namespaces.begin() + 5, "time");
    }
    Document options = mounts::optionWords();
    const Document document{
        {"ociVersionMin", "1.0.0"},
        {"ociVersionMax", "1.1.0"},
        {"hooks",
         {"prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"}},
        {"mountOptions", std::move(options)},
        {"linux",
         {{"namespaces", std::move(namespaces)},
          {"capabilities", caps::namesOf(std::numeric_limits<std::uint64_t>::max())},
          {"cgroup",
           {{"v1", false}, {"v2", true}, {"systemd", false}, {"systemdUser", true}, {"rdma", true}}},
          {"seccomp",
           {{"enabled", true},
            {"actions",
             {"SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS",
              "SCMP_ACT_KILL_THREAD", "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP"}},
            {"operators",
             {"SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_LE", "SCMP_CMP_LT", "SCMP_CMP_MASKED_EQ",
              "SCMP_CMP_NE"}},
            {"knownFlags",
             {"SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_TSYNC",
              "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}},
            {"supportedFlags", Document(sys::supportedFilterFlags())}}},
          {"apparmor", {{"enabled", true}}},
          {"selinux", {{"enabled", true}}},
          {"intelRdt", {{"enabled", false}}},
          {"mountExtensions", {{"idmap", {{"enabled", true}}}}}}},
        {"annotations", {{"org.coracle.version", CORACLE_VERSION}}}};
    TRY(print(document.dump(2) + "\n"));
    return 0;
}

}  // namespace

Outcome featuresVerb(const Invocation& /*invocation*/) {
    return toOutcome(printFeatures());
}

}  // namespace coracle::runtime
