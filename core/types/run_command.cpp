// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_command.h"

#include "core/types/mount_text.h"
#include "core/types/namespace_text.h"
#include "core/types/resource_text.h"
#include "core/types/run_options.h"
#include "core/types/similar_word.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

// The parser and its inverse. Both go through the whole of RunSpec: a member that one of them forgets breaks
// the promise of toArguments(). Words after the image are the container's and are never looked at, whatever
// they look like.
namespace coracle::types {
namespace {

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

Error unknownOption(const std::string& shown, std::string_view name) {
    auto error = invalid("unknown option '" + shown + "'");
    std::vector<std::string_view> names;
    for (const auto& option : runOptions()) {
        names.push_back(option.help.name);
    }
    const auto similar = similarWord(name, names);
    if (!similar) {
        return std::move(error).withHint("options come before the image; see 'coracle run --help'");
    }
    return std::move(error).withHint("did you mean '--" + std::string(*similar) + "'?");
}

/// The values that Go's strconv.ParseBool takes, which is what scripts write after `--rm=`.
Result<std::string> boolText(const std::string& shown, const std::string& value) {
    for (const auto* yes : {"1", "t", "T", "true", "TRUE", "True"}) {
        if (value == yes) {
            return std::string("true");
        }
    }
    for (const auto* no : {"0", "f", "F", "false", "FALSE", "False"}) {
        if (value == no) {
            return std::string("false");
        }
    }
    return invalid("option '" + shown + "' is true or false, not '" + value + "'");
}

/// Reads the words from left to right, once. `m_at` is the next word that nothing has taken yet.
class Parser {
public:
    Parser(const std::vector<std::string>& words, const RunCommandContext& context)
        : m_words(words), m_context(context) {}

    /// `--help` ends the parsing at once, as nothing after it matters. A lone "-" is a word and no option.
    Result<ParsedRunCommand> parse() {
        while (m_at < m_words.size()) {
            const auto& word = m_words[m_at];
            if (word == "--") {
                ++m_at;
                break;
            }
            if (word.size() < 2 || word.front() != '-') {
                break;
            }
            ++m_at;
            TRY(word[1] == '-' ? parseLong(word) : parseCluster(word));
            if (m_parsed.help) {
                return m_parsed;
            }
        }
        if (m_at == m_words.size() || m_words[m_at].empty()) {
            m_parsed.withoutImage = true;
            return m_parsed;
        }
        TRY(checkResources(m_parsed.spec.resources));
        TRY(checkSharing(m_parsed.spec));
        if (m_parsed.spec.detach && !m_parsed.spec.attach.empty()) {
            return invalid("conflicting options: cannot specify both --attach and --detach");
        }
        if (m_parsed.spec.removeWhenStopped && m_parsed.spec.restart.policy != "no") {
            return invalid("conflicting options: --rm and --restart=" + m_parsed.spec.restart.policy)
                .withHint("a container that is removed at its end cannot be started again; leave one out");
        }
        if (m_parsed.spec.noHosts && !m_parsed.spec.addHosts.empty()) {
            return invalid("conflicting options: --no-hosts and --add-host");
        }
        if (m_parsed.spec.noHosts && !m_parsed.spec.links.empty()) {
            return invalid("conflicting options: --no-hosts and --link");
        }
        addReadOnlyTmpfs();
        m_parsed.spec.image = m_words[m_at];
        m_parsed.spec.command.assign(m_words.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_words.end());
        return m_parsed;
    }

private:
    /// podman's folders. What the person mounts there counts more.
    void addReadOnlyTmpfs() {
        auto& spec = m_parsed.spec;
        for (const char* target : {"/run", "/tmp", "/var/tmp"}) {
            const bool taken =
                std::any_of(spec.mounts.begin(), spec.mounts.end(),
                            [&](const MountSpec& mount) { return isSamePlace(mount.target, target); });
            if (m_parsed.readOnlyTmpfs && spec.readOnly && !taken) {
                spec.mounts.push_back({MountSpec::Kind::Tmpfs, {}, target, false, {}});
            }
        }
    }

    /// `--name`, `--name value`, `--name=value`.
    Result<> parseLong(const std::string& word) {
        const auto equals = word.find('=');
        const auto name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const auto shown = "--" + name;
        std::optional<std::string> value;
        if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        }
        for (const auto& option : runOptions()) {
            if (option.help.name == name) {
                return apply(option, shown, value);
            }
        }
        for (const auto& option : foreignOptions()) {
            if (option.name == name) {
                return passOver(option, shown, value);
            }
        }
        return unknownOption(shown, name);
    }

    /// `-it`, `-p 80`, `-p80`, `-p=80`: letters up to the first that takes a value, which is the rest.
    Result<> parseCluster(const std::string& word) {
        for (std::size_t i = 1; i < word.size(); ++i) {
            const std::string shown = {'-', word[i]};
            std::optional<std::string> rest;
            if (i + 1 < word.size() && word[i + 1] == '=') {
                rest = word.substr(i + 2);
            }
            const auto* option = findShort(word[i]);
            if (option == nullptr) {
                return shortProblem(word[i], shown);
            }
            if (option->isSwitch()) {
                TRY(apply(*option, shown, rest));
                if (rest) {
                    return {};
                }
                continue;
            }
            if (!rest && i + 1 < word.size()) {
                rest = word.substr(i + 1);
            }
            return apply(*option, shown, rest);
        }
        return {};
    }

    static const RunOption* findShort(char letter) {
        for (const auto& option : runOptions()) {
            if (option.help.shortName == letter) {
                return &option;
            }
        }
        return nullptr;
    }

    static Error shortProblem(char letter, const std::string& shown) {
        for (const auto& option : foreignOptions()) {
            if (option.shortName == letter) {
                return {ErrorKind::Unsupported,
                        "option '" + shown + "' (--" + std::string(option.name) + ") is not supported yet"};
            }
        }
        return unknownOption(shown, {});
    }

    Result<std::string> takeValue(const std::string& shown, const std::optional<std::string>& value) {
        if (value) {
            return *value;
        }
        if (m_at == m_words.size()) {
            return invalid("option '" + shown + "' needs a value");
        }
        return m_words[m_at++];
    }

    Result<> apply(const RunOption& option, const std::string& shown,
                   const std::optional<std::string>& value) {
        if (option.isSwitch()) {
            TRY_ASSIGN(const auto text, boolText(shown, value.value_or("true")));
            return option.apply(m_parsed, text, m_context);
        }
        TRY_ASSIGN(const auto text, takeValue(shown, value));
        if (auto applied = option.apply(m_parsed, text, m_context); !applied) {
            return std::move(applied).error().context("option '" + shown + "'");
        }
        return {};
    }

    // Options that only docker's daemon or other kernels act on are taken with a warning, so that old scripts
    // run; those that would change what the container is are refused, because a container that is silently
    // not what was asked for is worse than none.
    Result<> passOver(const ForeignOption& option, const std::string& shown,
                      const std::optional<std::string>& value) {
        const std::string reason(foreignReason(option.name));
        if (option.name == "runtime") {
            TRY_ASSIGN(const auto runtime, takeValue(shown, value));
            return chooseRuntime(shown, runtime);
        }
        if (!option.ignored) {
            Error error(ErrorKind::Unsupported, reason.empty()
                                                    ? "option '" + shown + "' is not supported yet"
                                                    : "option '" + shown + "' cannot be had: " + reason);
            const std::string hint(foreignHint(option.name));
            return hint.empty() ? error : std::move(error).withHint(hint);
        }
        if (!option.isSwitch) {
            TRY(takeValue(shown, value));
        }
        m_parsed.warnings.push_back("option '" + shown + "' has no effect" +
                                    (reason.empty() ? "" : ": " + reason));
        return {};
    }

    // Those that do what our own one does are passed over; one that is chosen for what it does besides is
    // not.
    Result<> chooseRuntime(const std::string& shown, const std::string& runtime) {
        static constexpr std::array<std::string_view, 6> kAlike{
            "runc", "crun", "youki", "oci", "io.containerd.runc.v2", "coracle-runtime"};
        if (runtime.empty()) {
            return {};
        }
        const std::string name = runtime.substr(runtime.rfind('/') + 1);
        if (std::find(kAlike.begin(), kAlike.end(), name) != kAlike.end()) {
            if (name != "coracle-runtime") {
                m_parsed.warnings.push_back("option '" + shown +
                                            "' has no effect: " + std::string(foreignReason("runtime")) +
                                            ", not by '" + name + "'");
            }
            return {};
        }
        Error error(ErrorKind::Unsupported,
                    "runtime '" + runtime + "' is not available: " + std::string(foreignReason("runtime")));
        return name == "nvidia" ? std::move(error).withHint("--gpus all gives a container the graphics cards")
                                : error;
    }

    const std::vector<std::string>& m_words;
    const RunCommandContext& m_context;
    ParsedRunCommand m_parsed;
    std::size_t m_at = 0;
};

/// Collects words; a pair is left out when there is nothing to say.
class Printer {
public:
    void flag(bool on, const char* name) {
        if (on) {
            m_words.emplace_back(name);
        }
    }
    void value(const char* name, const std::string& text) {
        m_words.emplace_back(name);
        m_words.push_back(text);
    }
    void value(const char* name, const std::optional<std::string>& text) {
        if (text) {
            value(name, *text);
        }
    }
    void values(const char* name, const std::vector<std::string>& texts) {
        for (const auto& text : texts) {
            value(name, text);
        }
    }
    void pairs(const char* name, const std::vector<std::pair<std::string, std::string>>& pairs) {
        for (const auto& [key, text] : pairs) {
            value(name, key + "=" + text);
        }
    }
    std::vector<std::string>& words() { return m_words; }

private:
    std::vector<std::string> m_words;
};

}  // namespace

Result<ParsedRunCommand> parseRunCommand(const std::vector<std::string>& words,
                                         const RunCommandContext& context) {
    return Parser(words, context).parse();
}

namespace {

void printLimits(Printer& out, const RunSpec& spec) {
    for (const auto& [name, text] : toResourceFlags(spec.resources)) {
        out.value(name.c_str(), text);
    }
    if (spec.oomScoreAdj) {
        out.value("--oom-score-adj", std::to_string(*spec.oomScoreAdj));
    }
    if (spec.umask) {
        out.value("--umask", octalText(*spec.umask));
    }
    for (const UlimitSpec& limit : spec.ulimits) {
        out.value("--ulimit", toText(limit));
    }
    if (spec.shmSizeBytes) {
        out.value("--shm-size", std::to_string(*spec.shmSizeBytes));
    }
    out.pairs("--sysctl", spec.sysctls);
    if (!spec.cgroupns.empty()) {
        out.value("--cgroupns", spec.cgroupns);
    }
    if (!spec.cgroupParent.empty()) {
        out.value("--cgroup-parent", spec.cgroupParent);
    }
}

}  // namespace

namespace {

/// The shortest text that setHealthCommand() reads as these words.
std::string healthText(const std::vector<std::string>& test) {
    const bool shell = test.size() == 2 && test.front() == "CMD-SHELL";
    const auto plain = shell ? parseEntrypoint(test[1]) : std::vector<std::string>();
    if (shell && plain.size() == 1 && plain.front() == test[1] && test[1] != "none") {
        return test[1];
    }
    return entrypointText(test);
}

void printHealth(Printer& out, const HealthOptions& health) {
    if (health.test && health.test->front() == "NONE") {
        out.flag(true, "--no-healthcheck");
    } else if (health.test) {
        out.value("--health-cmd", healthText(*health.test));
    }
    out.value("--health-interval", health.interval);
    out.value("--health-timeout", health.timeout);
    out.value("--health-start-period", health.startPeriod);
    out.value("--health-start-interval", health.startInterval);
    if (health.retries) {
        out.value("--health-retries", std::to_string(*health.retries));
    }
}

void printSharing(Printer& out, const RunSpec& spec) {
    for (const auto& [name, mode] :
         {std::pair{"--pid", &spec.pid}, {"--ipc", &spec.ipc}, {"--uts", &spec.uts}}) {
        if (!mode->empty()) {
            out.value(name, *mode);
        }
    }
    out.values("--secret", spec.secrets);
}

void printNames(Printer& out, const RunSpec& spec) {
    for (const auto& [name, address] : spec.addHosts) {
        out.value("--add-host", name + ":" + address);
    }
    for (const auto& [other, alias] : spec.links) {
        out.value("--link", other + ":" + alias);
    }
    out.flag(spec.noHosts, "--no-hosts");
    out.value("--domainname", spec.domainname);
    out.values("--dns", spec.dns);
    out.values("--dns-search", spec.dnsSearch);
    out.values("--dns-option", spec.dnsOptions);
    out.value("--tz", spec.timeZone);
}

}  // namespace

std::vector<std::string> toArguments(const RunSpec& spec) {
    Printer out;
    out.flag(spec.detach, "-d");
    out.flag(spec.interactive && spec.tty, "-it");
    out.flag(spec.interactive && !spec.tty, "-i");
    out.flag(spec.tty && !spec.interactive, "-t");
    out.values("-a", spec.attach);
    out.flag(spec.removeWhenStopped, "--rm");
    if (spec.restart.policy != "no") {
        out.value("--restart", spec.restart.policy + (spec.restart.maxRetries > 0
                                                          ? ":" + std::to_string(spec.restart.maxRetries)
                                                          : std::string()));
    }
    printHealth(out, spec.health);
    out.value("--log-driver", spec.logDriver);
    out.pairs("--log-opt", spec.logOptions);
    if (!spec.name.empty()) {
        out.value("--name", spec.name);
    }
    for (const auto& port : spec.ports) {
        out.value("-p", net::toText(port));
    }
    out.flag(spec.publishAll, "-P");
    out.values("--expose", spec.expose);
    for (const auto& mount : spec.mounts) {
        auto words = toMountFlag(mount);
        std::move(words.begin(), words.end(), std::back_inserter(out.words()));
    }
    if (spec.imageVolumes != ImageVolumes::Anonymous) {
        out.value("--image-volume",
                  std::string(spec.imageVolumes == ImageVolumes::Tmpfs ? "tmpfs" : "ignore"));
    }
    out.values("--unsetenv", spec.unsetEnv);
    out.flag(spec.unsetAllEnv, "--unsetenv-all");
    out.pairs("-e", spec.env);
    out.values("--env-file", spec.envFiles);
    out.value("-w", spec.workingDirectory);
    out.value("-u", spec.user);
    if (spec.entrypoint) {
        out.value("--entrypoint", entrypointText(*spec.entrypoint));
    }
    out.value("-h", spec.hostname);
    out.values("--label-file", spec.labelFiles);
    out.pairs("-l", spec.labels);
    out.pairs("--annotation", spec.annotations);
    out.values("--hooks-dir", spec.hooksDirs);
    printNames(out, spec);
    out.values("--volumes-from", spec.volumesFrom);
    if (spec.network != RunSpec{}.network) {
        out.value("--network", spec.network);
    }
    printSharing(out, spec);
    out.flag(spec.readOnly, "--read-only");
    out.values("--cap-add", spec.capAdd);
    out.values("--cap-drop", spec.capDrop);
    out.values("--security-opt", spec.securityOpt);
    out.flag(spec.privileged, "--privileged");
    out.values("--device", spec.devices);
    out.values("--group-add", spec.groupAdd);
    if (!spec.userns.empty()) {
        out.value("--userns", spec.userns);
    }
    out.values("--uidmap", spec.uidMap);
    out.values("--gidmap", spec.gidMap);
    printLimits(out, spec);
    out.flag(spec.init, "--init");
    out.value("--stop-signal", spec.stopSignal);
    if (spec.stopTimeoutSeconds) {
        out.value("--stop-timeout", std::to_string(*spec.stopTimeoutSeconds));
    }
    out.value("--platform", spec.platform);
    if (spec.pull != PullPolicy::Missing) {
        out.value("--pull", std::string(spec.pull == PullPolicy::Always ? "always" : "never"));
    }
    if (!spec.image.empty() && spec.image.front() == '-') {
        out.words().emplace_back("--");
    }
    out.words().push_back(spec.image);
    out.words().insert(out.words().end(), spec.command.begin(), spec.command.end());
    return std::move(out.words());
}

std::vector<std::string> toCommand(const RunSpec& spec) {
    auto words = toArguments(spec);
    words.insert(words.begin(), {"coracle", "run"});
    return words;
}

std::string octalText(std::int64_t mask) {
    std::string text = "0";
    for (const int shift : {6, 3, 0}) {
        text += static_cast<char>('0' + ((mask >> shift) & 7));
    }
    return text;
}

bool isObjectName(std::string_view name) {
    const auto isWordLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !name.empty() && isWordLetter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return isWordLetter(c) || c == '_' || c == '.' || c == '-';
    });
}

}  // namespace coracle::types
