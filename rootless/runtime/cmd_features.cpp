// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/runtime/verbs.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace coracle::runtime {
namespace {

Result<int> printFeatures() {
    using Document = nlohmann::ordered_json;
    // TABLE: what this runtime does, and nothing more. Source: OCI runtime-spec 1.1, features.md.
    const Document document{
        {"ociVersionMin", "1.0.0"},
        {"ociVersionMax", "1.1.0"},
        {"hooks", Document::array()},
        {"mountOptions", {"bind",        "rbind",      "ro",       "rw",          "nosuid",     "suid",
                          "nodev",       "dev",        "noexec",   "exec",        "noatime",    "relatime",
                          "strictatime", "nodiratime", "diratime", "nosymfollow", "private",    "rprivate",
                          "slave",       "rslave",     "shared",   "rshared",     "unbindable", "runbindable",
                          "rro",         "rnosuid",    "rnodev",   "rnoexec",     "tmpcopyup"}},
        {"linux",
         {{"namespaces", {"cgroup", "ipc", "mount", "network", "pid", "user", "uts"}},
          {"capabilities", caps::namesOf(std::numeric_limits<std::uint64_t>::max())},
          {"cgroup", {{"v1", false}, {"v2", false}, {"systemd", false}, {"systemdUser", false}}},
          {"seccomp",
           {{"enabled", true},
            {"actions",
             {"SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS",
              "SCMP_ACT_KILL_THREAD", "SCMP_ACT_LOG", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP"}},
            {"operators",
             {"SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_LE", "SCMP_CMP_LT", "SCMP_CMP_MASKED_EQ",
              "SCMP_CMP_NE"}}}},
          {"apparmor", {{"enabled", false}}},
          {"selinux", {{"enabled", false}}},
          {"intelRdt", {{"enabled", false}}}}},
        {"annotations", {{"org.coracle.version", CORACLE_VERSION}}}};
    TRY(print(document.dump(2) + "\n"));
    return 0;
}

}  // namespace

Outcome featuresVerb(const Invocation& /*invocation*/) {
    return toOutcome(printFeatures());
}

}  // namespace coracle::runtime
