// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::seccomp {

inline constexpr std::size_t kMaxProfileBytes = 1U << 20U;
inline constexpr std::size_t kMaxRules = 4096;

enum class Action : std::uint8_t { Allow, Errno, KillThread, KillProcess, Trap, Log, Trace, Notify };

enum class Compare : std::uint8_t { NotEqual, Less, LessEqual, Equal, GreaterEqual, Greater, MaskedEqual };

/// A condition on one argument of a system call. MaskedEqual: (argument & value) == valueTwo.
struct ArgumentTest {
    unsigned index = 0;  ///< 0 to 5
    std::uint64_t value = 0;
    std::uint64_t valueTwo = 0;
    Compare compare = Compare::Equal;
};

/// All tests have to hold. Names that this processor does not have are skipped.
struct Rule {
    std::vector<std::string> names;
    Action action = Action::Allow;
    std::uint16_t errnoValue = 1;
    std::vector<ArgumentTest> tests;
};

struct Profile {
    Action defaultAction = Action::Errno;
    std::uint16_t defaultErrno = 1;
    std::vector<std::string> architectures;  ///< "SCMP_ARCH_X86"; empty: native only
    std::vector<Rule> rules;
};

/// What decides about conditional rules of docker's format.
struct ProfileContext {
    std::set<std::string> capabilities;  ///< "CAP_SYS_ADMIN", the container's bounding set
};

/// Read a profile: docker's and podman's format (includes and excludes by capability, architecture and kernel
/// are decided here) as well as linux.seccomp of the OCI runtime specification. Errors: Corrupt with the rule
/// at fault; Unsupported for an unknown action, as the specification wants an error and no weaker filter.
Result<Profile> parseProfile(std::string_view json, const ProfileContext& context);

}  // namespace coracle::seccomp
