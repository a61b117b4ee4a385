// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_processes.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/process_identity.h"

#include <array>
#include <charconv>

#include <signal.h>

namespace coracle::runtime {
namespace {

struct SignalName {
    std::string_view name;
    int number;
};

// TABLE: names of signal(7) without SIG.
constexpr std::array kSignals = std::to_array<SignalName>({
    {"HUP", SIGHUP},       {"INT", SIGINT},   {"QUIT", SIGQUIT},   {"ILL", SIGILL},   {"TRAP", SIGTRAP},
    {"ABRT", SIGABRT},     {"BUS", SIGBUS},   {"FPE", SIGFPE},     {"KILL", SIGKILL}, {"USR1", SIGUSR1},
    {"SEGV", SIGSEGV},     {"USR2", SIGUSR2}, {"PIPE", SIGPIPE},   {"ALRM", SIGALRM}, {"TERM", SIGTERM},
    {"STKFLT", SIGSTKFLT}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT},   {"STOP", SIGSTOP}, {"TSTP", SIGTSTP},
    {"TTIN", SIGTTIN},     {"TTOU", SIGTTOU}, {"URG", SIGURG},     {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ},
    {"VTALRM", SIGVTALRM}, {"PROF", SIGPROF}, {"WINCH", SIGWINCH}, {"IO", SIGIO},     {"PWR", SIGPWR},
    {"SYS", SIGSYS},
});

/// _NSIG of the kernel's generic table, signal(7), "Real-time signals".
constexpr int kHighestSignal = 64;

/// A number, a name with or without SIG in any case, or a real-time signal.
Result<int> parseSignal(const std::string& text) {
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc() && end == text.data() + text.size() && number > 0 && number <= kHighestSignal) {
        return number;
    }
    std::string upper;
    for (const char letter : text) {
        upper += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    const std::string_view bare =
        upper.starts_with("SIG") ? std::string_view(upper).substr(3) : std::string_view(upper);
    for (const SignalName& known : kSignals) {
        if (bare == known.name) {
            return known.number;
        }
    }
    // Real-time signals count from both ends: RTMIN+3, RTMAX-1.
    for (const auto& [name, base] : {std::pair("RTMIN", SIGRTMIN), std::pair("RTMAX", SIGRTMAX)}) {
        if (!bare.starts_with(name)) {
            continue;
        }
        const std::string_view rest = bare.substr(5);
        int offset = 0;
        const char* const from = rest.data() + (rest.starts_with('+') ? 1 : 0);
        const auto parsed = std::from_chars(from, rest.data() + rest.size(), offset);
        const bool whole = parsed.ec == std::errc() && parsed.ptr == rest.data() + rest.size();
        if ((rest.empty() || whole) && base + offset >= SIGRTMIN && base + offset <= SIGRTMAX) {
            return base + offset;
        }
    }
    return Error(ErrorKind::InvalidArgument, "unknown signal '" + text + "'");
}

/// Without --all the signal goes to the first process alone, which is what the specification asks for
/// (runtime-spec runtime.md, "Kill").
Result<int> killContainer(const Invocation& invocation) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>({{"--all", 'a', false}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    if (arguments.words.empty() || arguments.words.size() > 2) {
        return Error(ErrorKind::InvalidArgument, "usage: coracle-runtime kill [--all] ID [SIGNAL]");
    }
    TRY_ASSIGN(const int signal, parseSignal(arguments.words.size() == 2 ? arguments.words[1] : "TERM"));
    TRY_ASSIGN(const ContainerState state, invocation.store.load(arguments.words[0]));
    if (arguments.has("--all")) {
        TRY(signalAll(state, signal));
        return 0;
    }
    // Through a pidfd that was checked: the number may belong to a stranger by now.
    auto process = sys::openProcess(state.process);
    if (!process) {
        return Error(ErrorKind::Conflict, "container '" + state.id + "' is not running");
    }
    TRY(sys::signalProcess(process->get(), signal));
    return 0;
}

}  // namespace

Outcome killVerb(const Invocation& invocation) {
    return toOutcome(killContainer(invocation));
}

}  // namespace coracle::runtime
