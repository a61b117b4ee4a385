// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/profile.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <sys/utsname.h>

namespace coracle::seccomp {
namespace {

using Json = nlohmann::json;

template <typename Value, std::size_t Count>
Result<Value> lookUp(const std::array<std::pair<std::string_view, Value>, Count>& table,
                     const std::string& word, const char* what) {
    const auto* found =
        std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == word; });
    if (found == table.end()) {
        return Error(ErrorKind::Unsupported, "seccomp " + std::string(what) + " '" + word + "' is not known");
    }
    return found->second;
}

Result<Action> parseAction(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, Action>, 9> kActions = {{
        {"SCMP_ACT_ALLOW", Action::Allow},
        {"SCMP_ACT_ERRNO", Action::Errno},
        {"SCMP_ACT_KILL", Action::KillThread},
        {"SCMP_ACT_KILL_THREAD", Action::KillThread},
        {"SCMP_ACT_KILL_PROCESS", Action::KillProcess},
        {"SCMP_ACT_TRAP", Action::Trap},
        {"SCMP_ACT_LOG", Action::Log},
        {"SCMP_ACT_TRACE", Action::Trace},
        {"SCMP_ACT_NOTIFY", Action::Notify},
    }};
    return lookUp(kActions, word, "action");
}

Result<Compare> parseCompare(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, Compare>, 7> kCompares = {{
        {"SCMP_CMP_NE", Compare::NotEqual},
        {"SCMP_CMP_LT", Compare::Less},
        {"SCMP_CMP_LE", Compare::LessEqual},
        {"SCMP_CMP_EQ", Compare::Equal},
        {"SCMP_CMP_GE", Compare::GreaterEqual},
        {"SCMP_CMP_GT", Compare::Greater},
        {"SCMP_CMP_MASKED_EQ", Compare::MaskedEqual},
    }};
    return lookUp(kCompares, word, "comparison");
}

/// Argument values use all 64 bits, which the signed getters of json.h do not give.
Result<std::uint64_t> unsignedMember(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        return std::uint64_t{0};
    }
    const auto* value = found->get_ptr<const Json::number_unsigned_t*>();
    if (value == nullptr) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an unsigned integer");
    }
    return *value;
}

Result<std::uint16_t> errnoMember(const Json& object, const char* key, std::uint16_t fallback) {
    TRY_ASSIGN(const auto value, json::findInteger(object, key));
    constexpr std::int64_t kMaxErrno = 4095;  // MAX_ERRNO of the kernel
    if (value && (*value < 0 || *value > kMaxErrno)) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an error number");
    }
    return value ? static_cast<std::uint16_t>(*value) : fallback;
}

Result<ArgumentTest> parseTest(const Json& object) {
    ArgumentTest test;
    TRY_ASSIGN(const std::uint64_t index, unsignedMember(object, "index"));
    if (index > 5) {
        return Error(ErrorKind::Corrupt, "a system call has no argument " + std::to_string(index));
    }
    test.index = static_cast<unsigned>(index);
    TRY_ASSIGN(test.value, unsignedMember(object, "value"));
    TRY_ASSIGN(test.valueTwo, unsignedMember(object, "valueTwo"));
    TRY_ASSIGN(const std::string word, json::loadString(object, "op"));
    TRY_ASSIGN(test.compare, parseCompare(word));
    return test;
}

bool isNativeArchitecture(const std::string& name) {
#if defined(__x86_64__)
    return name == "amd64" || name == "x86_64" || name == "SCMP_ARCH_X86_64";
#elif defined(__aarch64__)
    return name == "arm64" || name == "aarch64" || name == "SCMP_ARCH_AARCH64";
#elif defined(__riscv)
    return name == "riscv64" || name == "SCMP_ARCH_RISCV64";
#else
    return false;
#endif
}

/// "4.8" against the running kernel's "6.1.0-13-amd64".
bool kernelIsAtLeast(const std::string& wanted) {
    utsname names{};
    if (::uname(&names) != 0) {
        return false;
    }
    const auto parse = [](std::string_view text) {
        std::pair<unsigned, unsigned> version{0, 0};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version.first);
        if (error == std::errc{} && end < text.data() + text.size()) {
            (void)std::from_chars(end + 1, text.data() + text.size(), version.second);
        }
        return version;
    };
    return parse(names.release) >= parse(wanted);
}

/// Whether a filter object of docker's format ("includes") is fulfilled; for "excludes" the caller negates.
Result<bool> allFulfilled(const Json& filter, const ProfileContext& context) {
    TRY_ASSIGN(const auto capabilities, json::findStrings(filter, "caps"));
    TRY_ASSIGN(const auto architectures, json::findStrings(filter, "arches"));
    TRY_ASSIGN(const auto kernel, json::findString(filter, "minKernel"));
    const bool caps = std::all_of(capabilities.begin(), capabilities.end(),
                                  [&](const auto& name) { return context.capabilities.count(name) > 0; });
    const bool arch = architectures.empty() ||
                      std::any_of(architectures.begin(), architectures.end(), isNativeArchitecture);
    return caps && arch && (!kernel || kernelIsAtLeast(*kernel));
}

Result<bool> anyFulfilled(const Json& filter, const ProfileContext& context) {
    TRY_ASSIGN(const auto capabilities, json::findStrings(filter, "caps"));
    TRY_ASSIGN(const auto architectures, json::findStrings(filter, "arches"));
    TRY_ASSIGN(const auto kernel, json::findString(filter, "minKernel"));
    return std::any_of(capabilities.begin(), capabilities.end(),
                       [&](const auto& name) { return context.capabilities.count(name) > 0; }) ||
           std::any_of(architectures.begin(), architectures.end(), isNativeArchitecture) ||
           (kernel && kernelIsAtLeast(*kernel));
}

Result<bool> applies(const Json& object, const ProfileContext& context) {
    if (const Json* includes = json::findObject(object, "includes")) {
        TRY_ASSIGN(const bool wanted, allFulfilled(*includes, context));
        if (!wanted) {
            return false;
        }
    }
    if (const Json* excludes = json::findObject(object, "excludes")) {
        TRY_ASSIGN(const bool unwanted, anyFulfilled(*excludes, context));
        return !unwanted;
    }
    return true;
}

Result<Rule> parseRule(const Json& object) {
    Rule rule;
    TRY_ASSIGN(rule.names, json::findStrings(object, "names"));
    TRY_ASSIGN(const auto name, json::findString(object, "name"));
    if (name) {
        rule.names.push_back(*name);
    }
    if (rule.names.empty()) {
        return Error(ErrorKind::Corrupt, "a rule names no system call");
    }
    TRY_ASSIGN(const std::string action, json::loadString(object, "action"));
    TRY_ASSIGN(rule.action, parseAction(action));
    TRY_ASSIGN(rule.errnoValue, errnoMember(object, "errnoRet", 1));
    if (const Json* tests = json::findArray(object, "args")) {
        for (const Json& test : *tests) {
            TRY_ASSIGN(auto parsed, parseTest(test));
            rule.tests.push_back(parsed);
        }
    }
    return rule;
}

}  // namespace

Result<Profile> parseProfile(std::string_view text, const ProfileContext& context) {
    TRY_ASSIGN(const Json document, json::parse(text, kMaxProfileBytes));
    Profile profile;
    TRY_ASSIGN(const std::string action, json::loadString(document, "defaultAction"));
    TRY_ASSIGN(profile.defaultAction, parseAction(action));
    TRY_ASSIGN(profile.defaultErrno, errnoMember(document, "defaultErrnoRet", 1));
    TRY_ASSIGN(profile.architectures, json::findStrings(document, "architectures"));
    const Json* rules = json::findArray(document, "syscalls");
    if (rules == nullptr) {
        return profile;
    }
    if (rules->size() > kMaxRules) {
        return Error(ErrorKind::Corrupt,
                     "seccomp profile has more than " + std::to_string(kMaxRules) + " rules");
    }
    for (std::size_t i = 0; i < rules->size(); ++i) {
        const std::string where = "seccomp rule " + std::to_string(i + 1);
        auto wanted = applies((*rules)[i], context);
        if (!wanted) {
            return std::move(wanted).error().context(where);
        }
        if (!*wanted) {
            continue;
        }
        auto rule = parseRule((*rules)[i]);
        if (!rule) {
            return std::move(rule).error().context(where);
        }
        profile.rules.push_back(*std::move(rule));
    }
    return profile;
}

}  // namespace coracle::seccomp
