// SPDX-License-Identifier: Apache-2.0
// Run inside containers by the functional tests: prints what the process has and can as JSON, without a
// shell, a library or an image. `probe` prints the state; `probe try NAME` makes one forbidden call and
// prints its errno.
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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
    (void)::getrlimit(RLIMIT_NOFILE, &files);
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
    if (argc >= 3 && std::strcmp(argv[1], "exit") == 0) {
        return std::atoi(argv[2]);
    }
    return printState(env);
}
