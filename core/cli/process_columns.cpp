// SPDX-License-Identifier: Apache-2.0
#include "core/cli/process_columns.h"

#include "core/types/similar_word.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string_view>

namespace coracle::cli {
namespace {

using types::ProcessInfo;
using Text = std::string (*)(const ProcessInfo&);

std::string twoDigits(long number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string decimal(double number, int digits) {
    std::array<char, 64> text{};
    (void)std::snprintf(text.data(), text.size(), "%.*f", digits, number);
    return text.data();
}

/// Of one processor, over its whole life, as ps counts.
double processorPercent(const ProcessInfo& info) {
    const auto seconds = std::max<std::int64_t>(info.elapsed.count(), 1);
    return static_cast<double>(info.processorTime.count()) / 10.0 / static_cast<double>(seconds);
}

/// The time of the day, or the day of a process that is older than one.
std::string startText(const ProcessInfo& info, bool blank) {
    constexpr std::chrono::hours kDay{24};
    const std::time_t moment = std::chrono::system_clock::to_time_t(info.startedAt);
    std::tm local{};
    (void)::localtime_r(&moment, &local);
    std::array<char, 64> text{};
    if (info.elapsed < kDay) {
        (void)std::strftime(text.data(), text.size(), "%H:%M", &local);
    } else if (blank) {
        (void)std::strftime(text.data(), text.size(), "%b %d", &local);
    } else {
        (void)std::strftime(text.data(), text.size(), "%b%d", &local);
    }
    return text.data();
}

std::string cumulativeTime(const ProcessInfo& info) {
    const long seconds = static_cast<long>(info.processorTime.count() / 1000);
    const long days = seconds / 86400;
    return (days > 0 ? std::to_string(days) + "-" : std::string()) + twoDigits(seconds / 3600 % 24) + ":" +
           twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
}

std::string minutesTime(const ProcessInfo& info) {
    const long seconds = static_cast<long>(info.processorTime.count() / 1000);
    return std::to_string(seconds / 60) + ":" + twoDigits(seconds % 60);
}

/// Source: ps(1), "PROCESS STATE CODES".
std::string statText(const ProcessInfo& info) {
    std::string text(1, info.state);
    text += info.nice < 0 ? "<" : info.nice > 0 ? "N" : "";
    text += info.session == info.pid ? "s" : "";
    text += info.threads > 1 ? "l" : "";
    text += info.foreground ? "+" : "";
    return text;
}

std::string argumentsText(const ProcessInfo& info) {
    if (!info.arguments.empty()) {
        return info.arguments;
    }
    return "[" + info.command + "]" + (info.state == 'Z' ? " <defunct>" : "");
}

std::string inKilobytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 10U);
}

struct Column {
    std::string_view names;  ///< separated by '|', the first is ps's own
    const char* heading;
    Text text;
};

// TABLE
constexpr std::array kColumns = std::to_array<Column>({
    {"pid|tgid", "PID", [](const ProcessInfo& p) { return std::to_string(p.pid); }},
    {"ppid", "PPID", [](const ProcessInfo& p) { return std::to_string(p.parent); }},
    {"pgid|pgrp", "PGID", [](const ProcessInfo& p) { return std::to_string(p.group); }},
    {"sid|sess|session", "SID", [](const ProcessInfo& p) { return std::to_string(p.session); }},
    {"user|euser|uname|ruser", "USER", [](const ProcessInfo& p) { return p.user; }},
    {"uid|euid|ruid", "UID",
     [](const ProcessInfo& p) { return std::to_string(p.insideUid >= 0 ? p.insideUid : p.uid); }},
    {"group|egroup|rgroup", "GROUP", [](const ProcessInfo& p) { return p.userGroup; }},
    {"gid|egid|rgid", "GID",
     [](const ProcessInfo& p) { return std::to_string(p.insideGid >= 0 ? p.insideGid : p.gid); }},
    {"comm|ucmd|ucomm", "COMMAND", [](const ProcessInfo& p) { return p.command; }},
    {"args|cmd|command", "COMMAND", argumentsText},
    {"tty|tt|tname", "TT", [](const ProcessInfo& p) { return p.terminal; }},
    {"stat", "STAT", statText},
    {"s|state", "S", [](const ProcessInfo& p) { return std::string(1, p.state); }},
    {"time|cputime", "TIME", cumulativeTime},
    {"etime", "ELAPSED", [](const ProcessInfo& p) { return elapsedText(p.elapsed); }},
    {"etimes", "ELAPSED", [](const ProcessInfo& p) { return std::to_string(p.elapsed.count()); }},
    {"stime|start_time", "STIME", [](const ProcessInfo& p) { return startText(p, false); }},
    {"start|bsdstart", "START", [](const ProcessInfo& p) { return startText(p, true); }},
    {"pcpu|%cpu", "%CPU", [](const ProcessInfo& p) { return decimal(processorPercent(p), 1); }},
    {"c", "C", [](const ProcessInfo& p) { return decimal(processorPercent(p), 0); }},
    {"pmem|%mem", "%MEM", [](const ProcessInfo& p) { return decimal(p.memoryPercent, 1); }},
    {"vsz|vsize", "VSZ", [](const ProcessInfo& p) { return inKilobytes(p.virtualBytes); }},
    {"rss|rssize|rsz", "RSS", [](const ProcessInfo& p) { return inKilobytes(p.residentBytes); }},
    {"nlwp|thcount", "NLWP", [](const ProcessInfo& p) { return std::to_string(p.threads); }},
    {"ni|nice", "NI", [](const ProcessInfo& p) { return std::to_string(p.nice); }},
});

// TABLE. podman's words; "pid" and "ppid" are the container's numbers there.
constexpr std::array kWords = std::to_array<Column>({
    {"user", "USER", [](const ProcessInfo& p) { return p.user; }},
    {"group", "GROUP", [](const ProcessInfo& p) { return p.userGroup; }},
    {"pid", "PID", [](const ProcessInfo& p) { return std::to_string(p.insidePid); }},
    {"ppid", "PPID", [](const ProcessInfo& p) { return std::to_string(p.insideParent); }},
    {"hpid", "HPID", [](const ProcessInfo& p) { return std::to_string(p.pid); }},
    {"huser", "HUSER", [](const ProcessInfo& p) { return std::to_string(p.uid); }},
    {"hgroup", "HGROUP", [](const ProcessInfo& p) { return std::to_string(p.gid); }},
    {"pcpu", "%CPU", [](const ProcessInfo& p) { return decimal(processorPercent(p), 3); }},
    {"etime", "ELAPSED", [](const ProcessInfo& p) { return elapsedText(p.elapsed); }},
    {"tty", "TTY", [](const ProcessInfo& p) { return p.terminal; }},
    {"time", "TIME", cumulativeTime},
    {"args", "COMMAND", argumentsText},
    {"comm", "COMMAND", [](const ProcessInfo& p) { return p.command; }},
    {"state", "STATE", [](const ProcessInfo& p) { return std::string(1, p.state); }},
    {"pgid", "PGID", [](const ProcessInfo& p) { return std::to_string(p.group); }},
    {"nice", "NI", [](const ProcessInfo& p) { return std::to_string(p.nice); }},
    {"rss", "RSS", [](const ProcessInfo& p) { return inKilobytes(p.residentBytes); }},
    {"vsz", "VSZ", [](const ProcessInfo& p) { return inKilobytes(p.virtualBytes); }},
    {"stime", "STIME", [](const ProcessInfo& p) { return startText(p, false); }},
});

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
        if (end > start) {
            parts.push_back(text.substr(start, end - start));
        }
        start = end + 1;
    }
    return parts;
}

template <std::size_t N>
const Column* find(const std::array<Column, N>& table, std::string_view name) {
    for (const Column& column : table) {
        const auto names = split(column.names, "|");
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            return &column;
        }
    }
    return nullptr;
}

Error unknown(std::string_view word) {
    std::vector<std::string_view> names;
    std::string all;
    for (const Column& column : kColumns) {
        for (const auto name : split(column.names, "|")) {
            names.push_back(name);
        }
        all += (all.empty() ? "" : ", ") + std::string(split(column.names, "|").front());
    }
    const auto similar = types::similarWord(word, names);
    return Error(ErrorKind::InvalidArgument, "there is no column '" + std::string(word) + "'")
        .withHint(similar ? "did you mean '" + std::string(*similar) + "'?" : "the columns are " + all);
}

ProcessColumn renamed(const Column& column, const char* heading) {
    return {heading, column.text};
}

/// "pid,comm=NAME": after '=' everything is the heading, as ps has it.
Result<> addList(std::string_view list, std::vector<ProcessColumn>& columns) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(", ="), list.size());
        const std::string_view name = list.substr(0, end);
        std::optional<std::string> heading;
        if (end < list.size() && list[end] == '=') {
            heading = std::string(list.substr(end + 1));
            list = {};
        } else {
            list.remove_prefix(std::min(end + 1, list.size()));
        }
        if (name.empty()) {
            continue;
        }
        const Column* column = find(kColumns, name);
        if (column == nullptr) {
            return unknown(name);
        }
        columns.push_back({heading.value_or(column->heading), column->text});
    }
    return {};
}

std::vector<ProcessColumn> fullFormat() {
    std::vector<ProcessColumn> columns{renamed(*find(kColumns, "user"), "UID")};
    for (const char* name : {"pid", "ppid", "c", "stime"}) {
        columns.push_back(renamed(*find(kColumns, name), find(kColumns, name)->heading));
    }
    columns.push_back(renamed(*find(kColumns, "tty"), "TTY"));
    columns.push_back(renamed(*find(kColumns, "time"), "TIME"));
    columns.push_back(renamed(*find(kColumns, "args"), "CMD"));
    return columns;
}

std::vector<ProcessColumn> userFormat() {
    std::vector<ProcessColumn> columns;
    for (const char* name : {"user", "pid", "%cpu", "%mem", "vsz", "rss"}) {
        columns.push_back(renamed(*find(kColumns, name), find(kColumns, name)->heading));
    }
    columns.push_back(renamed(*find(kColumns, "tty"), "TTY"));
    columns.push_back(renamed(*find(kColumns, "stat"), "STAT"));
    columns.push_back(renamed(*find(kColumns, "start"), "START"));
    columns.push_back({"TIME", minutesTime});
    columns.push_back(renamed(*find(kColumns, "args"), "COMMAND"));
    return columns;
}

std::vector<ProcessColumn> shortFormat() {
    std::vector<ProcessColumn> columns;
    columns.push_back(renamed(*find(kColumns, "pid"), "PID"));
    columns.push_back(renamed(*find(kColumns, "tty"), "TTY"));
    columns.push_back(renamed(*find(kColumns, "time"), "TIME"));
    columns.push_back(renamed(*find(kColumns, "comm"), "CMD"));
    return columns;
}

/// What letters of ps(1) ask for beside -o.
struct Letters {
    bool full = false;
    bool user = false;
};

/// A cluster: letters that choose processes say nothing, as all of the container's are shown; 'o' takes the
/// rest, or the next word. Gives whether the next word was used.
Result<bool> addCluster(std::string_view cluster, const std::string* next, Letters& letters,
                        std::vector<ProcessColumn>& columns) {
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        switch (cluster[i]) {
        case 'e':
        case 'A':
        case 'a':
        case 'x':
        case 'w':
        case 'h':
            break;
        case 'f':
        case 'F':
            letters.full = true;
            break;
        case 'u':
            letters.user = true;
            break;
        case 'o':
        case 'O':
            if (i + 1 < cluster.size()) {
                TRY(addList(cluster.substr(i + 1), columns));
                return false;
            }
            if (next == nullptr) {
                return Error(ErrorKind::InvalidArgument, "'-o' needs a list of columns");
            }
            TRY(addList(*next, columns));
            return true;
        default:
            return Error(ErrorKind::InvalidArgument,
                         "'" + std::string(cluster) + "' is no option of ps that is known here")
                .withHint("use -ef, aux or -o with a list of columns");
        }
    }
    return false;
}

std::optional<std::vector<ProcessColumn>> podmanColumns(const std::vector<std::string>& words) {
    std::vector<ProcessColumn> columns;
    for (const std::string& word : words) {
        for (const auto name : split(word, ",")) {
            const Column* column = find(kWords, name);
            if (column == nullptr) {
                return std::nullopt;
            }
            columns.push_back({column->heading, column->text});
        }
    }
    return columns;
}

}  // namespace

std::string elapsedText(std::chrono::seconds span) {
    const long seconds = static_cast<long>(span.count());
    const long days = seconds / 86400;
    const long hours = seconds / 3600 % 24;
    std::string text = days > 0 ? std::to_string(days) + "-" : std::string();
    if (days > 0 || hours > 0) {
        text += twoDigits(hours) + ":";
    }
    return text + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
}

Result<std::vector<ProcessColumn>> parseTopColumns(const std::vector<std::string>& words) {
    if (words.empty()) {
        return fullFormat();
    }
    if (auto columns = podmanColumns(words)) {
        return *std::move(columns);
    }
    std::vector<ProcessColumn> columns;
    Letters letters;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const std::string* next = i + 1 < words.size() ? &words[i + 1] : nullptr;
        if (word == "--format" && next != nullptr) {
            TRY(addList(*next, columns));
            ++i;
        } else if (word.starts_with("--format=")) {
            TRY(addList(std::string_view(word).substr(9), columns));
        } else if (word.starts_with("--")) {
            return addCluster(word, nullptr, letters, columns).error();
        } else {
            TRY_ASSIGN(const bool used,
                       addCluster(std::string_view(word).substr(word.starts_with('-') ? 1 : 0), next, letters,
                                  columns));
            i += used ? 1 : 0;
        }
    }
    if (!columns.empty()) {
        return columns;
    }
    return letters.user ? userFormat() : letters.full ? fullFormat() : shortFormat();
}

}  // namespace coracle::cli
