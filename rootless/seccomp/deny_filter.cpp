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

// The fixed filter. What it stops, and why it has to:
//   ioctl TIOCSTI, TIOCLINUX  put characters into the input of the terminal the container was started on,
//                              which the user's shell then executes (CVE-2016-7545, CVE-2017-5226)
//   add_key, request_key,      the session's keyring is inherited by the container and may hold the user's
//   keyctl                     secrets
//   socket(AF_NETLINK, audit)  EINVAL is what programs with optional auditing take for "not there"
//   x32                        a second table of numbers that no profile's rules speak of
// It compares the request of ioctl(2) in 32 bits, as the kernel does: a rule over 64 bits is passed by a
// value with something in the upper half (CVE-2019-10063).
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

constexpr sock_filter skipIfEqual(std::uint32_t value, std::uint8_t distance) {
    return {BPF_JMP | BPF_JEQ | BPF_K, distance, 0, value};
}

/// The calls of one ABI that this filter looks at.
struct Calls {
    std::uint32_t ioctl;
    std::uint32_t addKey;
    std::uint32_t requestKey;
    std::uint32_t keyctl;
    std::uint32_t socket;
};
constexpr Calls kNative{__NR_ioctl, __NR_add_key, __NR_request_key, __NR_keyctl, __NR_socket};
#if defined(__x86_64__)
// Source: arch/x86/entry/syscalls/syscall_32.tbl.
constexpr Calls k32Bit{54, 286, 287, 288, 359};
#endif

/// Rows that judge a call whose number is loaded, and end. Distances count the rows to skip after the
/// next one; each pair below is read from the top.
/// Rows that judge a call whose number is loaded, and end.
void appendRules(std::vector<sock_filter>& rows, const Calls& calls, std::uint32_t keyAnswer) {
    const auto rules = std::to_array<sock_filter>({
        unlessEqualSkip(calls.ioctl, 5),
        load(low32(1)),
        skipIfEqual(TIOCSTI, 1),
        unlessEqualSkip(TIOCLINUX, 1),
        answer(errnoAnswer(EPERM)),
        answer(SECCOMP_RET_ALLOW),

        skipIfEqual(calls.addKey, 2),
        skipIfEqual(calls.requestKey, 1),
        unlessEqualSkip(calls.keyctl, 1),
        answer(keyAnswer),

        unlessEqualSkip(calls.socket, 5),
        load(low32(0)),
        unlessEqualSkip(AF_NETLINK, 3),
        load(low32(2)),
        unlessEqualSkip(NETLINK_AUDIT, 1),
        answer(errnoAnswer(EINVAL)),
        answer(SECCOMP_RET_ALLOW),
    });
    rows.insert(rows.end(), rules.begin(), rules.end());
}

}  // namespace

/// The rows: which architecture; for i386, where it is allowed, its own list; anything but the native one
/// dies; then numbers of x32, which share the native architecture, get ENOSYS; then the list. Jumps are
/// counted in 8 bits, so a list may have 255 rows at most.
std::vector<sock_filter> denyFilter(DenyOptions options) {
    const std::uint32_t keyAnswer = errnoAnswer(options.keysAbsent ? ENOSYS : EPERM);
    std::vector<sock_filter> native{
        load(offsetof(seccomp_data, nr)),
        {BPF_JMP | BPF_JGE | BPF_K, 0, 1, kX32Bit},
        answer(errnoAnswer(ENOSYS)),
    };
    appendRules(native, kNative, keyAnswer);
    std::vector<sock_filter> rows{load(offsetof(seccomp_data, arch))};
#if defined(__x86_64__)
    if (options.allow32Bit) {
        std::vector<sock_filter> other{load(offsetof(seccomp_data, nr))};
        appendRules(other, k32Bit, keyAnswer);
        rows.push_back(unlessEqualSkip(AUDIT_ARCH_I386, static_cast<std::uint8_t>(other.size())));
        rows.insert(rows.end(), other.begin(), other.end());
    }
#endif
    rows.push_back(skipIfEqual(kNativeArchitecture, 1));
    rows.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    rows.insert(rows.end(), native.begin(), native.end());
    return rows;
}

}  // namespace coracle::seccomp
