// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/compiler.h"

#include "rootless/seccomp/range_tree.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unique_fd.h"

#include <seccomp.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include <sys/mman.h>
#include <unistd.h>

namespace coracle::seccomp {
namespace {

using Context = std::unique_ptr<void, void (*)(scmp_filter_ctx)>;

Error refused(const std::string& what, int result) {
    return {ErrorKind::Unsupported, "libseccomp refuses " + what + ": " + std::strerror(-result), -result};
}

/// A value that is none of them kills: a mistake must not open a filter.
std::uint32_t actionCode(Action action, std::uint16_t errnoValue) {
    switch (action) {
    case Action::Allow:
        return SCMP_ACT_ALLOW;
    case Action::Errno:
        return SCMP_ACT_ERRNO(errnoValue);
    case Action::KillThread:
        return SCMP_ACT_KILL_THREAD;
    case Action::KillProcess:
        return SCMP_ACT_KILL_PROCESS;
    case Action::Trap:
        return SCMP_ACT_TRAP;
    case Action::Log:
        return SCMP_ACT_LOG;
    case Action::Trace:
        return SCMP_ACT_TRACE(errnoValue);
    case Action::Notify:
        return SCMP_ACT_NOTIFY;
    }
    return SCMP_ACT_KILL_PROCESS;
}

scmp_compare compareCode(Compare compare) {
    switch (compare) {
    case Compare::NotEqual:
        return SCMP_CMP_NE;
    case Compare::Less:
        return SCMP_CMP_LT;
    case Compare::LessEqual:
        return SCMP_CMP_LE;
    case Compare::Equal:
        return SCMP_CMP_EQ;
    case Compare::GreaterEqual:
        return SCMP_CMP_GE;
    case Compare::Greater:
        return SCMP_CMP_GT;
    case Compare::MaskedEqual:
        break;
    }
    return SCMP_CMP_MASKED_EQ;
}

/// A rule for a call that this processor or this libseccomp does not know is left out: the call then gets the
/// default action.
Result<> addRule(scmp_filter_ctx context, const Rule& rule, std::uint32_t defaultCode) {
    const std::uint32_t code = actionCode(rule.action, rule.errnoValue);
    if (code == defaultCode) {
        return {};  // libseccomp calls a rule that repeats the default an error
    }
    std::vector<scmp_arg_cmp> tests;
    for (const ArgumentTest& test : rule.tests) {
        tests.push_back({test.index, compareCode(test.compare), test.value, test.valueTwo});
    }
    for (const std::string& name : rule.names) {
        const int number = ::seccomp_syscall_resolve_name(name.c_str());
        if (number == __NR_SCMP_ERROR) {
            continue;  // of another processor, or newer than this libseccomp: the default action holds
        }
        const int result = ::seccomp_rule_add_array(context, code, number,
                                                    static_cast<unsigned>(tests.size()), tests.data());
        // EDOM: the call does not exist on one of the filter's architectures.
        if (result != 0 && result != -EDOM) {
            return refused("the rule for '" + name + "'", result);
        }
    }
    return {};
}

/// Names of the specification ("SCMP_ARCH_X86") and of docker's archMap ("x86") alike.
Result<> addArchitectures(scmp_filter_ctx context, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        constexpr std::string_view kPrefix = "SCMP_ARCH_";
        std::string word = name.substr(name.starts_with(kPrefix) ? kPrefix.size() : 0);
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const std::uint32_t token = ::seccomp_arch_resolve_name(word.c_str());
        if (token == 0) {
            return Error(ErrorKind::Unsupported, "seccomp architecture '" + name + "' is not known");
        }
        const int result = ::seccomp_arch_add(context, token);
        // EDOM: of the other byte order; such programs cannot run here.
        if (result != 0 && result != -EEXIST && result != -EDOM) {
            return refused("the architecture '" + name + "'", result);
        }
    }
    return {};
}

/// Through a file in memory: libseccomp 2.5 writes to a descriptor only.
Result<std::vector<sock_filter>> exportProgram(scmp_filter_ctx context) {
    const sys::UniqueFd file(::memfd_create("seccomp", MFD_CLOEXEC));
    if (!file) {
        return Error::fromErrno("create memory file");
    }
    if (const int result = ::seccomp_export_bpf(context, file.get()); result != 0) {
        return refused("to write the program", result);
    }
    if (::lseek(file.get(), 0, SEEK_SET) != 0) {
        return Error::fromErrno("rewind memory file");
    }
    TRY_ASSIGN(const std::string bytes, sys::readAll(file.get(), BPF_MAXINSNS * sizeof(sock_filter)));
    std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
    std::memcpy(program.data(), bytes.data(), program.size() * sizeof(sock_filter));
    return program;
}

}  // namespace

/// What comes out is the kernel's own form and is installed without the library.
Result<std::vector<sock_filter>> translate(const Profile& profile) {
    const std::uint32_t defaultCode = actionCode(profile.defaultAction, profile.defaultErrno);
    const Context context(::seccomp_init(defaultCode), ::seccomp_release);
    if (!context) {
        return Error(ErrorKind::Unsupported, "libseccomp refuses the default action");
    }
    // 2: binary tree. A wrong architecture would otherwise only get an error and could be tried for ever.
    (void)::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    if (const int result = ::seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        result != 0) {
        return refused("the action for other architectures", result);
    }
    TRY(addArchitectures(context.get(), profile.architectures));
    for (const Rule& rule : profile.rules) {
        TRY(addRule(context.get(), rule, defaultCode));
    }
    return exportProgram(context.get());
}

Result<std::vector<sock_filter>> compile(const Profile& profile) {
    TRY_ASSIGN(const auto program, translate(profile));
    return asRangeTree(program);
}

}  // namespace coracle::seccomp
