// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fcntl.h>
#include <regex.h>
#include <unistd.h>

namespace coracle::cli {

int forEachPrinting(Context& context, const Words& names,
                    const std::function<Result<std::string>(const std::string&)>& action) {
    int exitCode = 0;
    for (const auto& name : names) {
        auto done = action(name);
        if (done) {
            if (!done->empty()) {
                context.console().out(*done + "\n");
            }
            continue;
        }
        // As docker does: 125 is for a command line that is wrong whatever the names are.
        const int code = done.error().kind() == ErrorKind::InvalidArgument
                             ? reportError(context.console(), done.error(), 1)
                             : reportError(context.console(), done.error());
        exitCode = exitCode == 0 ? code : exitCode;
    }
    return exitCode;
}

int forEach(Context& context, const Words& names, const std::function<Result<>(const std::string&)>& action) {
    return forEachPrinting(context, names, [&](const std::string& name) -> Result<std::string> {
        TRY(action(name));
        return name;
    });
}

Result<Words> chosenVolumes(engine::Engine& engine, const std::string& verb, const Words& names, bool all) {
    if (all == !names.empty()) {
        return all ? Error(ErrorKind::InvalidArgument, "'--all' and names of volumes exclude each other")
                   : Error(ErrorKind::InvalidArgument, "'" + verb + "' takes at least 1 argument")
                         .withHint("usage: " + verb + " [OPTIONS] VOLUME [VOLUME...]; see '" + verb +
                                   " --help'");
    }
    if (!all) {
        return names;
    }
    TRY_ASSIGN(const auto volumes, engine.volumes().list());
    Words every;
    std::transform(volumes.begin(), volumes.end(), std::back_inserter(every),
                   [](const auto& volume) { return volume.name; });
    std::sort(every.begin(), every.end());
    return every;
}

std::optional<int> refuseTerminal(Console& console, const types::OutputPlace& place) {
    if (!place.path.empty() || !console.outIsTerminal()) {
        return std::nullopt;
    }
    return reportError(console, Error(ErrorKind::InvalidArgument, "an archive is not for a terminal")
                                    .withHint("name a file with --output, or redirect the output"));
}

std::optional<int> refuseTerminal(Console& console, const types::InputPlace& place,
                                  const std::string& option) {
    if (!place.path.empty() || !console.inIsTerminal()) {
        return std::nullopt;
    }
    return reportError(console, Error(ErrorKind::InvalidArgument, "an archive does not come from a terminal")
                                    .withHint("name a file" + (option.empty() ? "" : " with " + option) +
                                              ", or redirect the input"));
}

int reportMade(Console& console, const Result<types::MadeImage>& made) {
    if (!made) {
        return reportError(console, made.error());
    }
    for (const auto& warning : made->warnings) {
        console.err("warning: " + warning + "\n");
    }
    console.out(made->id + "\n");
    return 0;
}

std::pair<std::string, std::string> splitAssignment(const std::string& text) {
    const std::size_t equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
}

Result<std::vector<std::pair<std::string, std::string>>> parseFilters(const Words& filters) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& filter : filters) {
        if (filter.find('=') == std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "filter '" + filter + "' is not of the form KEY=VALUE");
        }
        result.push_back(splitAssignment(filter));
    }
    return result;
}

Error unknownFilter(const std::string& key, std::span<const std::string_view> known) {
    std::string names;
    for (const std::string_view name : known) {
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return Error(ErrorKind::InvalidArgument, "invalid filter '" + key + "'").withHint("filters are " + names);
}

Result<bool> filterBool(const std::string& key, const std::string& value) {
    constexpr std::array<std::string_view, 6> kTrue = {"1", "t", "T", "true", "TRUE", "True"};
    constexpr std::array<std::string_view, 6> kFalse = {"0", "f", "F", "false", "FALSE", "False"};
    const bool yes = std::find(kTrue.begin(), kTrue.end(), value) != kTrue.end();
    if (!yes && std::find(kFalse.begin(), kFalse.end(), value) == kFalse.end()) {
        return Error(ErrorKind::InvalidArgument, "invalid filter '" + key + "=[" + value + "]'");
    }
    return yes;
}

Pattern::Pattern(std::string text) : m_text(std::move(text)) {
    auto compiled = std::make_unique<regex_t>();
    if (::regcomp(compiled.get(), m_text.c_str(), REG_EXTENDED | REG_NOSUB) == 0) {
        m_compiled = std::shared_ptr<const regex_t>(compiled.release(), [](const regex_t* expression) {
            auto owned = std::unique_ptr<regex_t>(const_cast<regex_t*>(expression));
            ::regfree(owned.get());
        });
    }
}

bool Pattern::matches(const std::string& text) const {
    const auto* expression = static_cast<const regex_t*>(m_compiled.get());
    return text == m_text ||
           (expression != nullptr && ::regexec(expression, text.c_str(), 0, nullptr, 0) == 0);
}

bool hasLabel(const std::map<std::string, std::string>& labels, const std::string& wanted) {
    const auto [key, value] = splitAssignment(wanted);
    const auto found = labels.find(key);
    return found != labels.end() && (wanted.find('=') == std::string::npos || found->second == value);
}

std::string labelText(const std::map<std::string, std::string>& labels) {
    std::string text;
    for (const auto& [key, value] : labels) {
        text += (text.empty() ? "" : ",") + key + "=" + value;
    }
    return text;
}

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Empty when the folder is gone or its path is longer than PATH_MAX (getcwd(3)): a relative path is an
/// error then.
std::string currentDirectory() {
    std::array<char, 4096> buffer{};
    return ::getcwd(buffer.data(), buffer.size()) == nullptr ? "" : buffer.data();
}

/// What this program opens itself is closed in the programs that it starts.
Result<> requireHandedOn(const std::vector<int>& descriptors) {
    for (const int fd : descriptors) {
        const int flags = ::fcntl(fd, F_GETFD);
        if (flags < 0 || (flags & FD_CLOEXEC) != 0) {
            const std::string number = std::to_string(fd);
            return Error(ErrorKind::InvalidArgument, "descriptor " + number + " is not open")
                .withHint("a shell hands a file on like this: coracle run --preserve-fds 1 ... 3<FILE");
        }
    }
    return {};
}

}  // namespace coracle::cli
