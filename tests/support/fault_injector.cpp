// SPDX-License-Identifier: Apache-2.0
// Lets one system call of a program, or of a process it starts, fail or be the last one.
//   fault_injector list REPORT -- COMMAND...
//       writes each call of the product's processes: "<process> <program> <call> <number> <path or ->"
//   fault_injector fail ERRNO|kill PROCESS CALL NUMBER REPORT -- COMMAND...
//       the NUMBER-th CALL of PROCESS is answered with that error, or its process is killed at it
// A process is named by its way from the command: 0, its second child 0.1. Both modes go on until the command
// and, as far as the point was not met, its processes have ended or are idle; the exit code is the command's
// (125: 'list' or 'fail' itself went wrong, 124: the command did not end in time). Only programs named
// coracle* count: whatever else is executed, a container's program above all, is let go. Setuid programs are
// let go before they are executed, since a traced one has no rights.
#include <seccomp.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int kLimitSeconds = 20;
constexpr int kIdleMs =
    300;  ///< a process that outlives the command and makes no call for so long waits for others
constexpr int kOwnFailure = 125;
constexpr int kTimedOut = 124;

volatile std::sig_atomic_t alarmed = 0;

struct Point {
    std::string process;
    std::string call;
    long number = 0;
    int error = 0;  ///< 0: kill
};

struct Tracee {
    std::string name;
    std::string program = "?";
    std::map<long, long> calls;  ///< number of the system call -> how often
    int children = 0;
    bool inCall = false;
    bool ours = false;
    std::optional<long> answer;  ///< what the call that is under way will return
};

std::string callName(long number) {
    char* const found = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86_64, static_cast<int>(number));
    std::string name = found != nullptr ? found : std::to_string(number);
    std::free(found);
    return name;
}

std::string readString(pid_t pid, std::uintptr_t address) {
    std::string text(PATH_MAX, '\0');
    std::size_t got = 0;
    // A page at a time: the next one need not be mapped.
    while (got < text.size()) {
        const std::size_t part = std::min<std::size_t>(text.size() - got, 4096 - (address + got) % 4096);
        iovec local{text.data() + got, part};
        iovec remote{reinterpret_cast<void*>(address + got), part};  // NOLINT: an address of another process
        const ssize_t bytes = ::process_vm_readv(pid, &local, 1, &remote, 1, 0);
        if (bytes <= 0 || std::memchr(text.data() + got, 0, static_cast<std::size_t>(bytes)) != nullptr) {
            break;
        }
        got += static_cast<std::size_t>(bytes);
    }
    return text.c_str();
}

std::string pathArgument(pid_t pid, std::string_view call, const user_regs_struct& regs) {
    for (const std::string_view first :
         {"open", "stat", "lstat", "access", "unlink", "mkdir", "rmdir", "rename", "readlink", "execve",
          "chmod", "mount", "umount2", "chdir"}) {
        if (call == first) {
            return readString(pid, regs.rdi);
        }
    }
    for (const std::string_view second :
         {"openat", "openat2", "newfstatat", "statx", "unlinkat", "mkdirat", "renameat", "renameat2",
          "readlinkat", "faccessat", "faccessat2", "mknodat", "symlinkat", "fchmodat", "open_tree",
          "move_mount", "fsopen"}) {
        if (call == second) {
            return readString(pid, call == "fsopen" ? regs.rdi : regs.rsi);
        }
    }
    return "";
}

bool isSetuid(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_ISUID | S_ISGID)) != 0;
}

std::string linkOf(const std::string& link) {
    std::string path(PATH_MAX, '\0');
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
    path.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return path;
}

std::string programOf(pid_t pid) {
    const std::string path = linkOf("/proc/" + std::to_string(pid) + "/exe");
    return path.substr(path.rfind('/') + 1);
}

class Injector {
public:
    Injector(std::optional<Point> point, std::FILE* report) : m_point(std::move(point)), m_report(report) {}

    int run(char** command) {
        int gate[2];
        if (::pipe(gate) != 0 || (m_root = ::fork()) < 0) {
            return kOwnFailure;
        }
        if (m_root == 0) {
            char byte = 0;
            (void)::close(gate[1]);
            (void)!::read(gate[0], &byte, 1);
            (void)::close(gate[0]);
            ::execvp(command[0], command);
            ::_exit(127);
        }
        constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                                  PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
        if (::ptrace(PTRACE_SEIZE, m_root, nullptr, kOptions) != 0 ||
            ::ptrace(PTRACE_INTERRUPT, m_root, nullptr, nullptr) != 0) {
            std::perror("fault_injector: trace");
            return kOwnFailure;
        }
        m_tracees[m_root].name = "0";
        (void)::close(gate[0]);
        (void)::close(gate[1]);
        setTimer(kLimitSeconds * 1000);
        return follow();
    }

private:
    static void setTimer(int ms) {
        const itimerval timer{{0, 0}, {ms / 1000, (ms % 1000) * 1000}};
        (void)::setitimer(ITIMER_REAL, &timer, nullptr);
    }

    int follow() {
        while (true) {
            int status = 0;
            if (m_exit) {
                if (m_done) {
                    return *m_exit;
                }
                setTimer(kIdleMs);
            }
            const pid_t pid = ::waitpid(-1, &status, __WALL);
            if (pid < 0) {
                if (errno == EINTR && alarmed == 0) {
                    continue;
                }
                return m_exit ? *m_exit : timedOut();
            }
            if (WIFEXITED(status) || WIFSIGNALED(status)) {
                m_tracees.erase(pid);
                if (pid == m_root) {
                    m_exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
                }
                continue;
            }
            stopped(pid, status);
        }
    }

    int timedOut() {
        (void)std::fprintf(m_report, "hang\n");
        for (const auto& [pid, tracee] : m_tracees) {
            (void)std::fprintf(m_report, "  %d %s %s\n", pid, tracee.name.c_str(), programOf(pid).c_str());
            (void)::kill(pid, SIGKILL);
        }
        (void)::kill(m_root, SIGKILL);
        return kTimedOut;
    }

    void stopped(pid_t pid, int status) {
        if (!m_tracees.contains(pid)) {
            m_early.insert(pid);  // its parent's word comes next
            return;
        }
        const int signal = WSTOPSIG(status);
        const int event = status >> 16;
        int pass = 0;
        if (signal == (SIGTRAP | 0x80)) {
            if (atCall(pid)) {
                return;
            }
        } else if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE) {
            unsigned long child = 0;
            (void)::ptrace(PTRACE_GETEVENTMSG, pid, nullptr, &child);
            born(pid, static_cast<pid_t>(child));
        } else if (event == PTRACE_EVENT_EXEC) {
            Tracee& tracee = m_tracees[pid];
            tracee.program = programOf(pid);
            tracee.ours = tracee.program.starts_with("coracle");
            if (!tracee.ours) {
                (void)::ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
                m_tracees.erase(pid);
                return;
            }
        } else if (event == PTRACE_EVENT_STOP) {
            if (signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU) {
                (void)::ptrace(PTRACE_LISTEN, pid, nullptr, nullptr);
                return;
            }
        } else if (event == 0) {
            pass = signal;
        }
        (void)::ptrace(m_done ? PTRACE_CONT : PTRACE_SYSCALL, pid, nullptr, pass);
    }

    void born(pid_t parent, pid_t child) {
        Tracee& old = m_tracees[parent];
        Tracee& young = m_tracees[child];
        young.name = old.name + "." + std::to_string(old.children++);
        young.program = old.program;
        young.ours = old.ours;
        if (m_early.erase(child) > 0) {
            (void)::ptrace(m_done ? PTRACE_CONT : PTRACE_SYSCALL, child, nullptr, 0);
        }
    }

    /// Whether the process was taken care of here.
    bool atCall(pid_t pid) {
        __ptrace_syscall_info info{};
        if (::ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) <= 0) {
            return false;
        }
        Tracee& tracee = m_tracees[pid];
        if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
            if (tracee.answer) {
                user_regs_struct regs{};
                (void)::ptrace(PTRACE_GETREGS, pid, nullptr, &regs);
                regs.rax = static_cast<unsigned long long>(*tracee.answer);
                (void)::ptrace(PTRACE_SETREGS, pid, nullptr, &regs);
                tracee.answer.reset();
                m_done = true;
            }
            return false;
        }
        if (info.op != PTRACE_SYSCALL_INFO_ENTRY || m_done) {
            return false;
        }
        const auto number = static_cast<long>(info.entry.nr);
        const long count = ++tracee.calls[number];
        const std::string name = callName(number);
        user_regs_struct regs{};
        (void)::ptrace(PTRACE_GETREGS, pid, nullptr, &regs);
        if (!m_point && tracee.ours) {
            const std::string path = pathArgument(pid, name, regs);
            (void)std::fprintf(m_report, "%s %s %s %ld %s\n", tracee.name.c_str(), tracee.program.c_str(),
                               name.c_str(), count, path.empty() ? "-" : path.c_str());
        }
        if (m_point && tracee.ours && count == m_point->number && name == m_point->call &&
            tracee.name == m_point->process && !cannotFail(pid, name, regs)) {
            return inject(pid, tracee, name, regs);
        }
        if (name == "execve" && isSetuid(readString(pid, regs.rdi))) {
            (void)::ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
            m_tracees.erase(pid);
            return true;
        }
        return false;
    }

    /// A write to an eventfd with room and the end of a record lock fail in no kernel, and who waits for them
    /// would wait for ever. Source: eventfd(2), fcntl(2).
    bool cannotFail(pid_t pid, const std::string& name, const user_regs_struct& regs) const {
        if (m_point->error == 0) {
            return false;
        }
        if (name == "fcntl" && (regs.rsi == F_SETLK || regs.rsi == F_SETLKW || regs.rsi == F_OFD_SETLK)) {
            struct flock lock {};
            iovec local{&lock, sizeof lock};
            iovec remote{reinterpret_cast<void*>(regs.rdx), sizeof lock};  // NOLINT: of another process
            return ::process_vm_readv(pid, &local, 1, &remote, 1, 0) == sizeof lock && lock.l_type == F_UNLCK;
        }
        return name == "write" && linkOf("/proc/" + std::to_string(pid) + "/fd/" +
                                         std::to_string(regs.rdi)) == "anon_inode:[eventfd]";
    }

    bool inject(pid_t pid, Tracee& tracee, const std::string& name, user_regs_struct& regs) {
        (void)std::fprintf(m_report, "met %s %s\n", tracee.program.c_str(),
                           pathArgument(pid, name, regs).c_str());
        (void)std::fflush(m_report);
        if (m_point->error == 0) {
            m_done = true;
            (void)::kill(pid, SIGKILL);
            return true;
        }
        tracee.answer = -m_point->error;
        // close(2) gives its number back whatever it answers; everything else has not happened.
        if (name != "close") {
            regs.orig_rax = static_cast<unsigned long long>(-1);
            (void)::ptrace(PTRACE_SETREGS, pid, nullptr, &regs);
        }
        return false;
    }

    std::optional<Point> m_point;
    std::FILE* m_report;
    std::map<pid_t, Tracee> m_tracees;
    std::set<pid_t> m_early;
    pid_t m_root = -1;
    std::optional<int> m_exit;
    bool m_done = false;
};

int errorNumber(std::string_view word) {
    static const std::map<std::string_view, int> kErrors{
        {"kill", 0},      {"ENOSPC", ENOSPC}, {"EIO", EIO},    {"EPERM", EPERM},
        {"EINTR", EINTR}, {"EMFILE", EMFILE}, {"ESRCH", ESRCH}};
    const auto found = kErrors.find(word);
    return found == kErrors.end() ? -1 : found->second;
}

int usage() {
    (void)std::fputs(
        "usage: fault_injector list REPORT -- COMMAND...\n"
        "       fault_injector fail ERRNO|kill PROCESS CALL NUMBER REPORT -- COMMAND...\n",
        stderr);
    return kOwnFailure;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view mode = argc > 1 ? argv[1] : "";
    const int words = mode == "list" ? 3 : 7;
    if ((mode != "list" && mode != "fail") || argc < words + 2 || std::string_view(argv[words]) != "--") {
        return usage();
    }
    std::optional<Point> point;
    if (mode == "fail") {
        point = Point{argv[3], argv[4], std::atol(argv[5]), errorNumber(argv[2])};
        if (point->error < 0) {
            return usage();
        }
    }
    std::FILE* const report = std::fopen(argv[words - 1], "we");
    if (report == nullptr) {
        std::perror("fault_injector: report");
        return kOwnFailure;
    }
    struct sigaction action {};
    action.sa_handler = [](int) { alarmed = 1; };
    (void)::sigaction(SIGALRM, &action, nullptr);
    const int code = Injector(std::move(point), report).run(argv + words + 1);
    (void)std::fclose(report);
    return code;
}
