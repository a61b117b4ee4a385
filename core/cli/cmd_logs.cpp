// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/text/moment.h"
#include "core/text/time.h"

#include <charconv>

namespace coracle::cli {
namespace {

/// The words of `logs`: what goes to the engine and what only the printing needs.
struct LogWords {
    bool timestamps = false;
    bool details = false;
    bool latest = false;
    std::string tail = "all";
    std::optional<std::string> since;
    std::optional<std::string> until;
    types::LogOptions options;
    Words names;
};

/// docker's form: "key=value,key=value " with what a URL escapes escaped.
std::string detailsOf(const types::LogLine& line) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto escape = [&](const std::string& text) {
        std::string escaped;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (kPlain.find(c) != std::string_view::npos) {
                escaped += c;
            } else if (c == ' ') {
                escaped += '+';
            } else {
                escaped += '%';
                escaped += kDigits[byte >> 4U];
                escaped += kDigits[byte & 0xFU];
            }
        }
        return escaped;
    };
    std::string text;
    for (const auto& [key, value] : line.attributes) {
        text += (text.empty() ? "" : ",") + escape(key) + "=" + escape(value);
    }
    return text + " ";
}

/// Turn the texts into values. Relative times count from one moment, so --since 10m --until 5m is five
/// minutes long. A negative --tail is all lines, as docker has it.
Result<> complete(LogWords& words) {
    const auto now = std::chrono::system_clock::now();
    if (words.since) {
        TRY_ASSIGN(words.options.since, text::parseMoment(*words.since, now));
    }
    if (words.until) {
        TRY_ASSIGN(words.options.until, text::parseMoment(*words.until, now));
    }
    if (words.tail == "all" || words.tail.rfind('-', 0) == 0) {
        return {};
    }
    std::size_t lines = 0;
    const auto* end = words.tail.data() + words.tail.size();
    const auto parsed = std::from_chars(words.tail.data(), end, lines);
    if (parsed.ec != std::errc() || parsed.ptr != end) {
        return Error(ErrorKind::InvalidArgument, "'" + words.tail + "' is not a number of lines");
    }
    words.options.tail = lines;
    return {};
}

}  // namespace

int cmdLogs(Context& context, const std::string& name, const Words& arguments) {
    LogWords words;
    VerbParser parser(name, "[OPTIONS] CONTAINER", "Fetch the logs of a container");
    parser.flag("-f,--follow", words.options.follow, "Go on with what comes")
        .flag("-t,--timestamps", words.timestamps, "Begin each line with its time")
        .flag("--details", words.details, "Show what --log-opt labels=, env= and tag= added")
        .option("-n,--tail", words.tail, "LINES", "Only the last lines, or all")
        .option("--since", words.since, "TIME", "Only what came after: 10m, 2024-01-02T03:04:05Z")
        .option("--until", words.until, "TIME", "Only what came before")
        .flag("-l,--latest", words.latest, kLatestHelp)
        .words(words.names, 1, 1)
        .fewerWords([&] { return words.latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (auto completed = complete(words); !completed) {
        return reportError(context.console(), completed.error(), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, words.latest, words.names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const Interrupt interrupt;
    auto& console = context.console();
    // A log is a program's own output: it is passed on as it is, colours included, as docker does.
    const auto sink = [&](const types::LogLine& line) {
        std::string text = words.timestamps ? text::formatTime(line.time) + " " : "";
        if (words.details) {
            text += detailsOf(line);
        }
        text += line.text;
        if (!line.partial) {
            text += '\n';
        }
        if (line.stream == types::LogStream::Stderr) {
            console.err(text);
        } else {
            console.out(text);
            if (words.options.follow) {
                console.flush();
            }
        }
        return true;
    };
    const auto read = engine.containers().logs(words.names[0], words.options, sink, interrupt.token());
    if (!read && read.error().kind() != ErrorKind::Cancelled) {
        return reportError(console, read.error());
    }
    return 0;
}

}  // namespace coracle::cli
