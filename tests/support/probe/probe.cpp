// SPDX-License-Identifier: Apache-2.0
// Run inside containers by the functional tests: prints what the process has and can as JSON, without a
// shell, a library or an image. `probe` prints the state; `probe try NAME...` makes forbidden calls and
// prints their errno; `probe exchange A B COUNT` swaps two names in a volume; `probe snoop COUNT` looks into
// processes that appear; `probe orphan` leaves a child to process 1; `probe connect
// ADDRESS PORT` asks a server for /secret; `probe exit CODE` ends.
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace {

std::string readText(const char* path) {
    std::string text;
    if (FILE* file = std::fopen(path, "re")) {
        std::array<char, 4096> buffer{};
        for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), file)) > 0;) {
            text.append(buffer.data(), got);
        }
        (void)std::fclose(file);
    }
    return text;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
        }
        if (letter == '\n') {
            out += "\\n";
        } else if (letter == '\t') {
            out += "\\t";
        } else {
            out += letter;
        }
    }
    return out + "\"";
}

std::string statusField(const std::string& status, const char* name) {
    const std::string key = std::string(name) + ":\t";
    const auto at = status.find(key);
    const auto end = status.find('\n', at);
    return at == std::string::npos ? "" : status.substr(at + key.size(), end - at - key.size());
}

std::string openDescriptors() {
    std::string list;
    DIR* listing = ::opendir("/proc/self/fd");
    while (const dirent* entry = listing != nullptr ? ::readdir(listing) : nullptr) {
        const int number = std::atoi(entry->d_name);
        if (entry->d_name[0] != '.' && number != ::dirfd(listing)) {
            list += (list.empty() ? "" : ",") + std::string(entry->d_name);
        }
    }
    if (listing != nullptr) {
        (void)::closedir(listing);
    }
    return "[" + list + "]";
}

int printState(char** env) {
    const std::string status = readText("/proc/self/status");
    utsname names{};
    (void)::uname(&names);
    rlimit files{};
    rlimit core{};
    (void)::getrlimit(RLIMIT_NOFILE, &files);
    (void)::getrlimit(RLIMIT_CORE, &core);
    std::array<char, 4096> here{};
    std::string variables;
    for (char** entry = env; *entry != nullptr; ++entry) {
        variables += (variables.empty() ? "" : ",") + quoted(*entry);
    }
    std::string out = "{";
    for (const char* name : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp",
                             "Seccomp_filters", "Groups", "Uid", "Gid"}) {
        out += quoted(name) + ":" + quoted(statusField(status, name)) + ",";
    }
    out += "\"pid\":" + std::to_string(::getpid()) + ",\"sid\":" + std::to_string(::getsid(0));
    out += ",\"uidMap\":" + quoted(readText("/proc/self/uid_map"));
    out += ",\"gidMap\":" + quoted(readText("/proc/self/gid_map"));
    out += ",\"mounts\":" + quoted(readText("/proc/self/mountinfo"));
    out += ",\"oomScoreAdj\":" + quoted(readText("/proc/self/oom_score_adj"));
    out +=
        ",\"hostname\":" + quoted(names.nodename) + ",\"cwd\":" + quoted(::getcwd(here.data(), here.size()));
    out += ",\"nofile\":[" + std::to_string(files.rlim_cur) + "," + std::to_string(files.rlim_max) + "]";
    out += ",\"ioPriority\":" + std::to_string(::syscall(SYS_ioprio_get, 1, 0));
    out += ",\"core\":" + std::to_string(core.rlim_max);
    out += ",\"fds\":" + openDescriptors() + ",\"env\":[" + variables + "]}";
    return std::puts(out.c_str()) < 0 ? 1 : 0;
}

// TABLE: one forbidden thing a name.
long attempt(std::string_view name) {
    char letter = 'x';
    constexpr unsigned long kHighBits = 1UL << 32U;
    if (name == "tiocsti") {
        return ::syscall(SYS_ioctl, 0, static_cast<unsigned long>(TIOCSTI), &letter);
    }
    if (name == "tiocsti-high-bits") {
        return ::syscall(SYS_ioctl, 0, static_cast<unsigned long>(TIOCSTI) | kHighBits, &letter);
    }
    if (name == "tioclinux") {
        return ::syscall(SYS_ioctl, 0, static_cast<unsigned long>(TIOCLINUX), &letter);
    }
    if (name == "tiocgwinsz") {
        winsize size{};
        return ::ioctl(0, TIOCGWINSZ, &size);
    }
    if (name == "unshare-user") {
        return ::syscall(SYS_unshare, CLONE_NEWUSER);
    }
    if (name == "clone-user") {
        return ::syscall(SYS_clone, CLONE_NEWUSER | 17, nullptr, nullptr, nullptr, nullptr);
    }
    if (name == "clone3") {
        return ::syscall(SYS_clone3, nullptr, 0);
    }
    if (name == "keyctl") {
        return ::syscall(SYS_keyctl, 0, -3, 0);
    }
    if (name == "add-key") {
        return ::syscall(SYS_add_key, "user", "x", "y", 1, -3);
    }
    if (name == "bpf") {
        return ::syscall(SYS_bpf, 0, nullptr, 0);
    }
    if (name == "mount") {
        return ::syscall(SYS_mount, "none", "/", "tmpfs", 0, nullptr);
    }
    if (name == "setns") {
        return ::syscall(SYS_setns, ::open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC), 0);
    }
    if (name == "userfaultfd") {
        return ::syscall(SYS_userfaultfd, 1);
    }
    if (name == "perf") {
        return ::syscall(SYS_perf_event_open, nullptr, 0, 0, 0, 0);
    }
    if (name == "pivot-root") {
        return ::syscall(SYS_pivot_root, ".", ".");
    }
    if (name == "open-by-handle") {
        return ::syscall(SYS_open_by_handle_at, -1, nullptr, 0);
    }
    if (name == "chroot") {
        return ::chroot("/");
    }
    if (name == "core-pattern") {
        return ::open("/proc/sys/kernel/core_pattern", O_WRONLY | O_CLOEXEC);
    }
    if (name == "no-randomize") {
        return ::syscall(SYS_personality, 0x0040000UL);
    }
    if (name == "io-uring") {
        return ::syscall(SYS_io_uring_setup, 1, nullptr);
    }
    if (name == "unknown") {
        return ::syscall(999);
    }
    if (name == "vsock") {
        return ::socket(AF_VSOCK, SOCK_STREAM, 0);
    }
    if (name == "alg") {
        return ::socket(AF_ALG, SOCK_SEQPACKET, 0);
    }
    if (name == "packet") {
        return ::socket(AF_PACKET, SOCK_RAW, 0);
    }
    if (name == "netlink-audit") {
        return ::socket(AF_NETLINK, SOCK_RAW, 9);
    }
    if (name == "netlink-audit-high-bits") {
        return ::syscall(SYS_socket, static_cast<unsigned long>(AF_NETLINK),
                         static_cast<unsigned long>(SOCK_RAW), 9UL | kHighBits);
    }
    if (name == "netlink") {
        return ::socket(AF_NETLINK, SOCK_RAW, 0);
    }
    if (name == "inet") {
        return ::socket(AF_INET, SOCK_STREAM, 0);
    }
#if defined(__x86_64__)
    if (name == "int80") {
        long result = -1;
        // getpid of the 32-bit table.
        __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
        return result;
    }
#endif
    std::fprintf(stderr, "unknown attempt\n");
    std::exit(2);
}

int exchange(const char* first, const char* second, long count) {
    long done = 0;
    for (; done < count; ++done) {
        if (::syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2U) != 0) {  // RENAME_EXCHANGE
            std::perror("renameat2");
            return 1;
        }
    }
    std::printf("%ld\n", done);
    return 0;
}

/// Look `count` times at /proc/PID of others; what could be read of a process that is not yet its program is
/// what no container may see.
int snoop(long count) {
    long looks = 0;
    long seen = 0;
    while (looks < count) {
        DIR* listing = ::opendir("/proc");
        while (const dirent* entry = listing != nullptr ? ::readdir(listing) : nullptr) {
            const int pid = std::atoi(entry->d_name);
            if (pid <= 1 || pid == ::getpid()) {
                continue;
            }
            ++looks;
            const std::string folder = std::string("/proc/") + entry->d_name;
            std::array<char, 256> target{};
            const auto length = ::readlink((folder + "/exe").c_str(), target.data(), target.size() - 1);
            const bool ours = length > 0 && std::strstr(target.data(), "coracle-runtime") != nullptr;
            if (ours) {
                std::printf("exe %s\n", target.data());
                ++seen;
            }
            const int memory = ours ? ::open((folder + "/mem").c_str(), O_RDWR | O_CLOEXEC) : -1;
            if (memory >= 0) {
                std::printf("memory of %d\n", pid);
                (void)::close(memory);
            }
        }
        if (listing != nullptr) {
            (void)::closedir(listing);
        }
    }
    std::printf("seen %ld\n", seen);
    return 0;
}

/// Connect to a numeric address and print what the other side sends, or why it cannot be reached. Not by the
/// C library's resolver: a static program cannot use it.
int connectTo(const char* address, const char* port) {
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
    const timeval patience{5, 0};
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    (void)::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::inet_pton(AF_INET, address, &target.sin_addr) != 1 ||
        ::connect(fd, reinterpret_cast<const sockaddr*>(&target), sizeof target) != 0) {
        std::printf("not reached: %s\n", std::strerror(errno));
        return 1;
    }
    constexpr std::string_view kRequest = "GET /secret HTTP/1.0\r\n\r\n";
    std::array<char, 4096> answer{};
    std::string all;
    (void)!::write(fd, kRequest.data(), kRequest.size());
    for (ssize_t got = 0; (got = ::read(fd, answer.data(), answer.size())) > 0;) {
        all.append(answer.data(), static_cast<std::size_t>(got));
    }
    std::printf("reached: %s\n", all.c_str());
    return 0;
}

/// Ends at once and leaves a child behind that ends a moment later; prints the child's number.
int leaveOrphan() {
    const pid_t child = ::fork();
    if (child == 0) {
        (void)::execl("/proc/self/exe", "probe", "exit", "0", nullptr);
        ::_exit(1);
    }
    std::printf("%d\n", child);
    return 0;
}

}  // namespace

int main(int argc, char** argv, char** env) {
    if (argc >= 3 && std::strcmp(argv[1], "try") == 0) {
        for (int i = 2; i < argc; ++i) {
            errno = 0;
            const long result = attempt(argv[i]);
            std::printf("%s %s\n", argv[i], result < 0 ? std::strerror(errno) : "allowed");
            (void)std::fflush(stdout);
        }
        return 0;
    }
    if (argc >= 5 && std::strcmp(argv[1], "exchange") == 0) {
        return exchange(argv[2], argv[3], std::atol(argv[4]));
    }
    if (argc >= 3 && std::strcmp(argv[1], "snoop") == 0) {
        return snoop(std::atol(argv[2]));
    }
    if (argc >= 4 && std::strcmp(argv[1], "connect") == 0) {
        return connectTo(argv[2], argv[3]);
    }
    if (argc >= 2 && std::strcmp(argv[1], "orphan") == 0) {
        return leaveOrphan();
    }
    if (argc >= 3 && std::strcmp(argv[1], "exit") == 0) {
        return std::atoi(argv[2]);
    }
    return printState(env);
}
