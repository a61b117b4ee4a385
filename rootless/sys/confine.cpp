// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/confine.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace coracle::sys {
namespace {

// The number of a call means another call under another architecture (i386 has its own table), so the
// filter looks at the architecture before the number. Source: seccomp(2), "arch".
#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#elif defined(__riscv)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_RISCV64;
#else
#error "name the audit architecture of this machine"
#endif

sock_filter statement(std::uint16_t code, std::uint32_t value) {
    return {code, 0, 0, value};
}

/// Skip the next statement unless the loaded word equals `value`.
sock_filter unlessEqualSkipOne(std::uint32_t value) {
    return {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value};
}

}  // namespace

Result<> dropAllPrivileges() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    if (::syscall(SYS_capset, &header, none.data()) != 0) {
        return Error::fromErrno("drop capabilities");
    }
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return Error::fromErrno("drop privileges");
    }
    return {};
}

Result<> allowOnlyCalls(std::span<const int> calls, OtherCalls others) {
    // The x32 variants of x86-64 have numbers of their own, so a comparison with the native ones refuses
    // them.
    std::vector<sock_filter> program{
        statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, kArchitecture},
        statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
    };
    // One comparison and one verdict for each call: the list is short, and the calls made most often
    // stand first.
    for (const int call : calls) {
        program.push_back(unlessEqualSkipOne(static_cast<std::uint32_t>(call)));
        program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    }
    const std::uint32_t refusal =
        others == OtherCalls::Kill ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | std::uint32_t{EPERM};
    program.push_back(statement(BPF_RET | BPF_K, refusal));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) {
        return Error(ErrorKind::Unsupported, "load seccomp filter", errno);
    }
    return {};
}

}  // namespace coracle::sys
