// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/mounts/mount_options.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/self.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace coracle::runtime {
namespace {

/// What depends on the kernel is asked of it; AppArmor and SELinux are "enabled" as the code is there, not
/// as the host has them.
Result<int> printFeatures() {
    using Document = nlohmann::ordered_json;
    // TABLE: what this runtime does, and no member that 1.1 does not have. Source: OCI runtime-spec 1.1,
    // features.md, features-linux.md.
    Document options = mounts::optionWords();
    const Document document{
        {"ociVersionMin", "1.0.0"},
        {"ociVersionMax", "1.1.0"},
        {"hooks",
         {"prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"}},
        {"mountOptions", std::move(options)},
        {"linux",
         {{"namespaces", {"cgroup", "ipc", "mount", "network", "pid", "time", "user", "uts"}},
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
            {"archs",
             {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM", "SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64",
              "SCMP_ARCH_MIPS64N32", "SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32",
              "SCMP_ARCH_PARISC", "SCMP_ARCH_PARISC64", "SCMP_ARCH_PPC", "SCMP_ARCH_PPC64",
              "SCMP_ARCH_PPC64LE", "SCMP_ARCH_RISCV64", "SCMP_ARCH_S390", "SCMP_ARCH_S390X", "SCMP_ARCH_X32",
              "SCMP_ARCH_X86", "SCMP_ARCH_X86_64"}},
            {"knownFlags",
             {"SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_TSYNC",
              "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}},
            {"supportedFlags", Document(sys::supportedFilterFlags())}}},
          {"apparmor", {{"enabled", true}}},
          {"selinux", {{"enabled", true}}},
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
