// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// A seccomp profile as values. Whoever may name a profile may write it, so its text is untrusted: its
/// size and number of rules are bounded, and what is not understood is an error, because a rule that is
/// passed over could be the one that refuses.
namespace coracle::seccomp {

/// The built-in profile has 22 KiB.
inline constexpr std::size_t kMaxProfileBytes = 1U << 20U;
/// Each rule takes at least one of the 4096 instructions that a program may have (seccomp(2),
/// BPF_MAXINSNS).
inline constexpr std::size_t kMaxRules = 4096;

/// What happens to a call. Source: OCI runtime-spec 1.1, config-linux.md, "Seccomp"; seccomp(2),
/// SECCOMP_RET_*.
enum class Action : std::uint8_t { Allow, Errno, KillThread, KillProcess, Trap, Log, Trace, Notify };

/// How an argument is compared, in 64 bits without a sign.
enum class Compare : std::uint8_t { NotEqual, Less, LessEqual, Equal, GreaterEqual, Greater, MaskedEqual };

/// A condition on one argument of a system call. MaskedEqual: (argument & value) == valueTwo.
struct ArgumentTest {
    unsigned index = 0;  ///< 0 to 5
    /// For MaskedEqual the mask; the argument and the mask together are compared with `valueTwo`.
    std::uint64_t value = 0;
    std::uint64_t valueTwo = 0;
    Compare compare = Compare::Equal;
};

/// Calls, an action, and conditions that all have to hold. Names that this processor does not have are
/// skipped.
struct Rule {
    /// System calls that share the action and the tests. Names that this processor does not have are
    /// passed over.
    std::vector<std::string> names;
    Action action = Action::Allow;
    /// For Errno what the call fails with, EPERM by default; for Trace what the tracer is told.
    std::uint16_t errnoValue = 1;
    /// All of them have to hold.
    std::vector<ArgumentTest> tests;
};

/// A whole filter; what no rule names gets the default action.
struct Profile {
    /// For every call that no rule names.
    Action defaultAction = Action::Errno;
    std::uint16_t defaultErrno = 1;
    std::vector<std::string> architectures;  ///< "SCMP_ARCH_X86"; empty: native only
    std::vector<Rule> rules;
};

/// What decides about conditional rules of docker's format.
struct ProfileContext {
    std::set<std::string> capabilities;  ///< "CAP_SYS_ADMIN", the container's bounding set
    std::set<std::string> features;      ///< words of the built-in profile alone; one of a list is enough
};

/// Whether programs of the 32-bit ABI of this processor may run; the deny filter has to know, for it
/// judges them by other numbers.
bool allows32Bit(const Profile& profile);

/// The capabilities that docker gives, for which its program is built in.
std::set<std::string> dockerCapabilities();

/// What the built-in profile is read with to do as docker does for a container with these capabilities.
ProfileContext dockerContext(const std::set<std::string>& capabilities);

/// Read a profile: docker's and podman's format (includes and excludes by capability, architecture and
/// kernel, and archMap, are decided here) as well as linux.seccomp of the OCI runtime specification. Several
/// tests of one argument are alternatives, as libseccomp-golang and so docker read them. Errors: Corrupt with
/// the rule at fault; Unsupported for an unknown action, as the specification wants an error and no weaker
/// filter. Source: https://docs.docker.com/engine/security/seccomp/; OCI runtime-spec 1.1, config-linux.md,
/// "Seccomp".
Result<Profile> parseProfile(std::string_view json, const ProfileContext& context);

}  // namespace coracle::seccomp
