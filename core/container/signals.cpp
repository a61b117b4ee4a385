// SPDX-License-Identifier: Apache-2.0
#include "core/container/spec_builder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include <signal.h>

namespace coracle::container {
namespace {

// TABLE
constexpr std::array<std::pair<std::string_view, int>, 34> kSignals{{
    {"ABRT", SIGABRT},     {"ALRM", SIGALRM},   {"BUS", SIGBUS},   {"CHLD", SIGCHLD}, {"CLD", SIGCHLD},
    {"CONT", SIGCONT},     {"FPE", SIGFPE},     {"HUP", SIGHUP},   {"ILL", SIGILL},   {"INT", SIGINT},
    {"IO", SIGIO},         {"IOT", SIGABRT},    {"KILL", SIGKILL}, {"PIPE", SIGPIPE}, {"POLL", SIGIO},
    {"PROF", SIGPROF},     {"PWR", SIGPWR},     {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"STKFLT", SIGSTKFLT},
    {"STOP", SIGSTOP},     {"SYS", SIGSYS},     {"TERM", SIGTERM}, {"TRAP", SIGTRAP}, {"TSTP", SIGTSTP},
    {"TTIN", SIGTTIN},     {"TTOU", SIGTTOU},   {"URG", SIGURG},   {"USR1", SIGUSR1}, {"USR2", SIGUSR2},
    {"VTALRM", SIGVTALRM}, {"WINCH", SIGWINCH}, {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ},
}};

/// What glibc and Go call RTMIN: the C library keeps the first two for itself (signal(7), "Real-time
/// signals").
constexpr int kFirstRealtime = 34;  // what glibc and Go call RTMIN
constexpr int kLastRealtime = 64;

bool parseNumber(std::string_view text, int& value) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

/// Numbers 34 to 64 as glibc gives them: the kernel's 32 and 33 are its own (signal(7), "Real-time
/// signals").
int realtime(std::string_view name) {
    int offset = 0;
    if (name == "RTMIN") {
        return kFirstRealtime;
    }
    if (name == "RTMAX") {
        return kLastRealtime;
    }
    if (name.substr(0, 6) == "RTMIN+" && parseNumber(name.substr(6), offset) && offset >= 0 && offset <= 30) {
        return kFirstRealtime + offset;
    }
    if (name.substr(0, 6) == "RTMAX-" && parseNumber(name.substr(6), offset) && offset >= 0 && offset <= 30) {
        return kLastRealtime - offset;
    }
    return 0;
}

}  // namespace

/// As docker reads them: a number, or a name in any case with or without SIG.
Result<int> signalNumber(const std::string& text) {
    int number = 0;
    if (parseNumber(text, number)) {
        if (number >= 1 && number <= kLastRealtime) {
            return number;
        }
        return Error(ErrorKind::InvalidArgument, "there is no signal " + text);
    }
    std::string name = text;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (name.rfind("SIG", 0) == 0) {
        name.erase(0, 3);
    }
    for (const auto& [known, value] : kSignals) {
        if (known == name) {
            return value;
        }
    }
    if (const int value = realtime(name); value != 0) {
        return value;
    }
    return Error(ErrorKind::InvalidArgument, "there is no signal '" + text + "'")
        .withHint("use a name such as SIGTERM or a number from 1 to 64");
}

}  // namespace coracle::container
