// SPDX-License-Identifier: Apache-2.0
#include "core/cli/foreign_verbs.h"
#include "core/cli/verb.h"

#include <algorithm>
#include <array>

namespace coracle::cli {
namespace {

struct GlobalParse {
    GlobalOptions options;
    std::size_t used = 0;  ///< words before the verb
    bool help = false;
    bool version = false;
};

/// There is one context: scripts that name it are right.
bool namesDefault(const Words& words, std::size_t next, std::size_t equals) {
    return equals != std::string::npos ? words[next - 1].substr(equals + 1) == "default"
                                       : next < words.size() && words[next] == "default";
}

/// Options before the verb are few and stop at the first word, so a loop serves: a parser's library would
/// be most of the time that `--version` takes.
Result<GlobalParse> parseGlobal(const Words& words) {
    GlobalParse result;
    while (result.used < words.size()) {
        const std::string& word = words[result.used];
        if (word.empty() || word[0] != '-') {
            return result;
        }
        ++result.used;
        if (word == "--help" || word == "-h") {
            result.help = true;
            continue;
        }
        if (word == "--version" || word == "-v") {
            result.version = true;
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        std::string* target = nullptr;
        if (name == "--root") {
            target = &result.options.root;
        } else if (name == "--runroot") {
            target = &result.options.runRoot;
        } else if (name == "--log-level" || name == "-l") {
            target = &result.options.logLevel;
        } else if ((name == "--context" || name == "-c") && namesDefault(words, result.used, equals)) {
            result.used += equals == std::string::npos ? 1 : 0;
            continue;
        } else if (name == "--debug" || name == "-D") {
            result.options.logLevel = "debug";
            continue;
        } else {
            auto foreign = foreignGlobal(name);
            return foreign ? *std::move(foreign)
                           : Error(ErrorKind::InvalidArgument, "unknown flag: " + word)
                                 .withHint("see 'coracle --help'");
        }
        if (equals != std::string::npos) {
            *target = word.substr(equals + 1);
        } else if (result.used < words.size()) {
            *target = words[result.used++];
        } else {
            return Error(ErrorKind::InvalidArgument, "flag needs an argument: " + word)
                .withHint("see 'coracle --help'");
        }
    }
    return result;
}

Result<> checkLogLevel(const std::string& level) {
    static constexpr std::array<std::string_view, 7> kLevels{"",     "trace",   "debug", "info",
                                                             "warn", "warning", "error"};
    if (std::find(kLevels.begin(), kLevels.end(), level) == kLevels.end()) {
        return Error(ErrorKind::InvalidArgument, "log level '" + level + "' is not known")
            .withHint("use debug, info, warning or error");
    }
    return {};
}

/// What docker answers to a word that is no command; 125 is for failures of the engine.
constexpr int kUnknownCommand = 1;

int unknownCommand(Console& console, const Words& words, std::size_t used) {
    const std::string group = words[used];
    if (auto foreign = foreignVerb(Words(words.begin() + static_cast<std::ptrdiff_t>(used), words.end()))) {
        return reportError(console, *foreign, kUnknownCommand);
    }
    const std::string text = groupOverview(group);
    if (text.empty()) {
        return reportError(console,
                           Error(ErrorKind::InvalidArgument, "'" + group + "' is not a coracle command")
                               .withHint(suggestion("", group)),
                           kUnknownCommand);
    }
    if (used + 1 == words.size() || words[used + 1] == "--help" || words[used + 1] == "-h") {
        console.out(text);
        return 0;
    }
    return reportError(
        console,
        Error(ErrorKind::InvalidArgument, "'" + group + " " + words[used + 1] + "' is not a coracle command")
            .withHint(suggestion(group, words[used + 1])),
        kUnknownCommand);
}

}  // namespace

Result<engine::Engine*> Context::engine() {
    if (!m_engine) {
        TRY_ASSIGN(m_engine, m_open(m_global));
    }
    return m_engine.get();
}

Result<> Context::needNetwork() {
    if (!m_goOnline) {
        return {};
    }
    m_console.flush();
    if (m_engine) {
        m_engine->containers().forgetPreparedStart();
    }
    return m_goOnline();
}

int runCommandLine(Console& console, const Words& words, const Program& program) {
    auto global = parseGlobal(words);
    if (!global) {
        return reportError(console, global.error(), kEngineFailed);
    }
    if (const auto level = checkLogLevel(global->options.logLevel); !level) {
        return reportError(console, level.error(), kEngineFailed);
    }
    if (global->version) {
        console.out("coracle version " CORACLE_VERSION "\n");
        return 0;
    }
    if (global->help || global->used == words.size()) {
        console.out(overview());
        return 0;
    }
    Words rest(words.begin() + static_cast<std::ptrdiff_t>(global->used), words.end());
    if (rest[0] == "help") {
        rest.erase(rest.begin());
        rest.emplace_back("--help");
        return runCommandLine(console, rest, program);
    }
    const FoundVerb found = findVerb(rest);
    if (found.verb == nullptr) {
        return unknownCommand(console, words, global->used);
    }
    std::string name = "coracle";
    for (std::size_t i = 0; i < found.words; ++i) {
        name += " " + rest[i];
    }
    const Words arguments(rest.begin() + static_cast<std::ptrdiff_t>(found.words), rest.end());
    Context context(console, std::move(global->options), program.open, program.goOnline);
    if (found.verb->network == Network::Yes) {
        if (const auto online = context.needNetwork(); !online) {
            return reportError(console, online.error(), kEngineFailed);
        }
    }
    return found.verb->run(context, name, arguments);
}

}  // namespace coracle::cli
