// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/profile.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
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

/// SCMP_ACT_KILL is the old name of KILL_THREAD (seccomp_init(3)).
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

/// The error number as `numberKey`, or by name ("EPERM") as `nameKey`, which podman writes besides.
Result<std::uint16_t> errnoMember(const Json& object, const char* numberKey, const char* nameKey) {
    constexpr std::int64_t kMaxErrno = 4095;  // MAX_ERRNO of the kernel
    constexpr int kMaxNamed = 133;            // EHWPOISON, the last one with a name
    TRY_ASSIGN(const auto value, json::findInteger(object, numberKey));
    if (value && (*value < 0 || *value > kMaxErrno)) {
        return Error(ErrorKind::Corrupt, std::string("member '") + numberKey + "' is not an error number");
    }
    TRY_ASSIGN(const auto name, json::findString(object, nameKey));
    if (value || !name || name->empty()) {
        return static_cast<std::uint16_t>(value.value_or(1));
    }
    for (int number = 1; number <= kMaxNamed; ++number) {
        const char* known = ::strerrorname_np(number);
        if (known != nullptr && *name == known) {
            return static_cast<std::uint16_t>(number);
        }
    }
    return Error(ErrorKind::Corrupt, "error name '" + *name + "' is not known");
}

/// System calls have six arguments on every processor (syscall(2)).
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

/// "4.8" against the running kernel's "6.1.0-13-amd64": major and minor number alone.
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

/// A filter object of docker's format ("includes", "excludes"), compared with what there is.
struct Condition {
    bool allCapabilities = true;
    bool anyCapability = false;
    std::optional<bool> architecture;
    std::optional<bool> kernel;
    std::optional<bool> feature;
};

/// Facts about one "includes" or "excludes"; what they mean differs between the two, see applies().
/// Source: docker's profile format (moby, profiles/seccomp).
Result<Condition> judge(const Json& filter, const ProfileContext& context) {
    TRY_ASSIGN(const auto capabilities, json::findStrings(filter, "caps"));
    TRY_ASSIGN(const auto architectures, json::findStrings(filter, "arches"));
    TRY_ASSIGN(const auto kernel, json::findString(filter, "minKernel"));
    TRY_ASSIGN(const auto features, json::findStrings(filter, "features"));
    Condition condition;
    for (const std::string& name : capabilities) {
        const bool has = context.capabilities.count(name) > 0;
        condition.allCapabilities = condition.allCapabilities && has;
        condition.anyCapability = condition.anyCapability || has;
    }
    if (!architectures.empty()) {
        condition.architecture =
            std::any_of(architectures.begin(), architectures.end(), isNativeArchitecture);
    }
    if (kernel) {
        condition.kernel = kernelIsAtLeast(*kernel);
    }
    if (!features.empty()) {
        condition.feature = std::any_of(features.begin(), features.end(), [&](const std::string& name) {
            return context.features.count(name) > 0;
        });
    }
    return condition;
}

/// Architectures and features of a list are alternatives; the capabilities of "includes" must all be
/// there, and one of "excludes" is enough to drop the rule. Source: moby,
/// profiles/seccomp/seccomp_linux.go.
Result<bool> applies(const Json& object, const ProfileContext& context) {
    if (const Json* includes = json::findObject(object, "includes")) {
        TRY_ASSIGN(const Condition wanted, judge(*includes, context));
        if (!wanted.allCapabilities || !wanted.architecture.value_or(true) || !wanted.kernel.value_or(true) ||
            !wanted.feature.value_or(true)) {
            return false;
        }
    }
    if (const Json* excludes = json::findObject(object, "excludes")) {
        TRY_ASSIGN(const Condition unwanted, judge(*excludes, context));
        return !unwanted.anyCapability && !unwanted.architecture.value_or(false) &&
               !unwanted.kernel.value_or(false) && !unwanted.feature.value_or(false);
    }
    return true;
}

/// "architectures", and docker's "archMap", which names those that go with the native one.
Result<std::vector<std::string>> parseArchitectures(const Json& document, const ProfileContext& context) {
    TRY_ASSIGN(auto names, json::findStrings(document, "architectures"));
    const Json* maps = json::findArray(document, "archMap");
    for (std::size_t i = 0; maps != nullptr && i < maps->size(); ++i) {
        TRY_ASSIGN(const bool wanted, applies((*maps)[i], context));
        TRY_ASSIGN(const std::string native, json::loadString((*maps)[i], "architecture"));
        TRY_ASSIGN(const auto others, json::findStrings((*maps)[i], "subArchitectures"));
        if (wanted && isNativeArchitecture(native)) {
            names.insert(names.end(), others.begin(), others.end());
        }
    }
    return names;
}

/// "name" is the form before "names"; both may stand.
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
    TRY_ASSIGN(rule.errnoValue, errnoMember(object, "errnoRet", "errno"));
    if (const Json* tests = json::findArray(object, "args")) {
        for (const Json& test : *tests) {
            TRY_ASSIGN(auto parsed, parseTest(test));
            rule.tests.push_back(parsed);
        }
    }
    return rule;
}

/// Several tests of one argument cannot all hold for what profiles mean by them: each becomes a rule.
void addRule(std::vector<Rule>& rules, Rule rule) {
    std::array<unsigned, 6> uses{};
    for (const ArgumentTest& test : rule.tests) {
        ++uses.at(test.index);
    }
    if (std::all_of(uses.begin(), uses.end(), [](unsigned count) { return count <= 1; })) {
        rules.push_back(std::move(rule));
        return;
    }
    for (const ArgumentTest& test : rule.tests) {
        rules.push_back({rule.names, rule.action, rule.errnoValue, {test}});
    }
}

}  // namespace

/// Whether the profile itself lets i386 calls through: the deny filter then has to know them too.
bool allows32Bit(const Profile& profile) {
#if defined(__x86_64__)
    return std::any_of(profile.architectures.begin(), profile.architectures.end(), [](const auto& name) {
        return name == "SCMP_ARCH_X86" || name == "x86" || name == "i386";
    });
#else
    (void)profile;  // the deny filter knows no other pair of architectures
    return false;
#endif
}

/// docker's default set (moby, oci/caps/defaults.go).
std::set<std::string> dockerCapabilities() {
    return {"CAP_AUDIT_WRITE", "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
            "CAP_KILL",        "CAP_MKNOD",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",   "CAP_SETFCAP",
            "CAP_SETGID",      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
}

/// The words that resources/seccomp/default.json uses for the parts that are docker's only.
ProfileContext dockerContext(const std::set<std::string>& capabilities) {
    ProfileContext context{capabilities, {"docker"}};
#if defined(__x86_64__)
    context.features.insert("32bit");
#endif
    for (const std::string& name : capabilities) {
        context.features.insert("docker:" + name);
    }
    return context;
}

/// The profile is the user's or the engine's. A limit on its rules bounds the time of compiling.
Result<Profile> parseProfile(std::string_view text, const ProfileContext& context) {
    TRY_ASSIGN(const Json document, json::parse(text, kMaxProfileBytes));
    Profile profile;
    TRY_ASSIGN(const std::string action, json::loadString(document, "defaultAction"));
    TRY_ASSIGN(profile.defaultAction, parseAction(action));
    TRY_ASSIGN(profile.defaultErrno, errnoMember(document, "defaultErrnoRet", "defaultErrno"));
    TRY_ASSIGN(profile.architectures, parseArchitectures(document, context));
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
        addRule(profile.rules, *std::move(rule));
    }
    return profile;
}

}  // namespace coracle::seccomp
