// SPDX-License-Identifier: Apache-2.0
// coracle-init PROGRAM [ARGUMENT...]: the first process of a container that was asked for with --init.
//
// Theory of operation. Process 1 of a pid namespace inherits every orphan and has no default signal actions,
// which few programs expect. So this one starts the program, passes every signal on to it, collects whatever
// ends, and ends as the program did: the kernel then kills the rest. It has one thread, allocates nothing and
// stands in the container with the container's own powers; its file is mounted read-only. Source:
// pid_namespaces(7); docker run(1), "--init".
#include <cerrno>
#include <csignal>
#include <cstring>
#include <initializer_list>

#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Exit codes of a shell, by which callers tell a program that failed from one that never ran.
constexpr int kCannotRun = 126;
constexpr int kNotFound = 127;
constexpr int kUsageError = 2;
constexpr int kSignalBase = 128;

void say(const char* text) {
    (void)!::write(STDERR_FILENO, text, std::strlen(text));  // nobody left to tell
}

[[noreturn]] void becomeProgram(char** arguments, const sigset_t& mask) {
    // A group of its own, in the foreground of the terminal if there is one: Ctrl+C is for the program.
    // SIGTTOU is still blocked, as tcsetpgrp(3) demands of a process in the background.
    (void)::setpgid(0, 0);                        // cannot fail for a new child
    (void)::tcsetpgrp(STDIN_FILENO, ::getpid());  // fails without a terminal, as it should
    (void)::sigprocmask(SIG_SETMASK, &mask, nullptr);
    ::execvp(arguments[0], arguments);
    const int err = errno;
    say("coracle-init: run '");
    say(arguments[0]);
    say("': ");
    say(std::strerror(err));
    say("\n");
    ::_exit(err == ENOENT ? kNotFound : kCannotRun);
}

/// Collect everything that ended; the exit code once the program is among it, else -1.
int collect(pid_t program) {
    int code = -1;
    int status = 0;
    for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        if (ended == program) {
            code = WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
        }
    }
    return code;
}

}  // namespace

/// All signals are blocked before the fork, so none is lost between the program's start and the wait for
/// them; the program gets the mask of before. It is the first process of a pid namespace: orphans come to
/// it and are collected, and when it ends the kernel kills the rest.
int main(int argc, char** argv) {
    if (argc < 2) {
        say("usage: coracle-init PROGRAM [ARGUMENT...]\n");
        return kUsageError;
    }
    sigset_t all;
    sigset_t before;
    (void)::sigfillset(&all);
    // What the kernel raises for a fault of this very program must not be blocked: what happens then is
    // undefined. Source: sigprocmask(2), NOTES.
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS}) {
        (void)::sigdelset(&all, fault);
    }
    (void)::sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t program = ::fork();
    if (program < 0) {
        say("coracle-init: no further process can be started\n");
        return kCannotRun;
    }
    if (program == 0) {
        becomeProgram(argv + 1, before);
    }
    while (true) {
        siginfo_t signal{};
        if (::sigwaitinfo(&all, &signal) < 0) {
            continue;  // interrupted by a debugger
        }
        if (signal.si_signo == SIGCHLD) {
            const int code = collect(program);
            if (code >= 0) {
                return code;
            }
        } else {
            (void)::kill(program, signal.si_signo);  // it may have ended just now
        }
    }
}
