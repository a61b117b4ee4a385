// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/filter.h"

#include <array>
#include <cerrno>
#include <cstddef>

#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace coracle::seccomp {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kNativeArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kNativeArchitecture = AUDIT_ARCH_AARCH64;
#elif defined(__riscv) && __riscv_xlen == 64
constexpr std::uint32_t kNativeArchitecture = AUDIT_ARCH_RISCV64;
#else
#error "the deny filter does not know this processor"
#endif

/// Calls of the x32 ABI have this bit in their number and the x86-64 architecture; no distribution uses them.
/// Source: arch/x86/include/uapi/asm/unistd.h, __X32_SYSCALL_BIT.
constexpr std::uint32_t kX32Bit = 0x40000000;

constexpr std::uint32_t low32(unsigned argument) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + argument * 8;  // little endian
}

constexpr sock_filter load(std::uint32_t offset) {
    return {BPF_LD | BPF_W | BPF_ABS, 0, 0, offset};
}

/// Skip `otherwise` instructions unless the loaded word equals `value`.
constexpr sock_filter unlessEqualSkip(std::uint32_t value, std::uint8_t otherwise) {
    return {BPF_JMP | BPF_JEQ | BPF_K, 0, otherwise, value};
}

constexpr sock_filter answer(std::uint32_t code) {
    return {BPF_RET | BPF_K, 0, 0, code};
}

constexpr std::uint32_t errnoAnswer(int value) {
    return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(value);
}

// TABLE
constexpr auto kProgram = std::to_array<sock_filter>({
    load(offsetof(seccomp_data, arch)),
    {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, kNativeArchitecture},
    answer(SECCOMP_RET_KILL_PROCESS),

    load(offsetof(seccomp_data, nr)),
    {BPF_JMP | BPF_JGE | BPF_K, 0, 1, kX32Bit},
    answer(errnoAnswer(ENOSYS)),

    unlessEqualSkip(__NR_ioctl, 5),
    load(low32(1)),
    {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, TIOCSTI},
    unlessEqualSkip(TIOCLINUX, 1),
    answer(errnoAnswer(EPERM)),
    answer(SECCOMP_RET_ALLOW),

    unlessEqualSkip(__NR_clone3, 1),
    answer(errnoAnswer(ENOSYS)),
    {BPF_JMP | BPF_JEQ | BPF_K, 2, 0, __NR_add_key},
    {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, __NR_request_key},
    unlessEqualSkip(__NR_keyctl, 1),
    answer(errnoAnswer(EPERM)),

    unlessEqualSkip(__NR_socket, 5),
    load(low32(0)),
    unlessEqualSkip(AF_NETLINK, 3),
    load(low32(2)),
    unlessEqualSkip(NETLINK_AUDIT, 1),
    answer(errnoAnswer(EINVAL)),
    answer(SECCOMP_RET_ALLOW),
});

}  // namespace

std::span<const sock_filter> denyFilter() {
    return kProgram;
}

}  // namespace coracle::seccomp
