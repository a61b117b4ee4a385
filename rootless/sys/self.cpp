// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/self.h"

#include "rootless/sys/file.h"
#include "rootless/sys/own_terminal.h"

#include <array>
#include <cstring>

#include <fcntl.h>
#include <grp.h>
#include <link.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/magic.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <net/if.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace coracle::sys {
namespace {

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string& text : texts) {
        pointers.push_back(const_cast<char*>(text.c_str()));  // execve(2) does not write through them
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// EINVAL of the set*id calls means one thing only: the id is not mapped in this user namespace. Source:
/// setresuid(2), EINVAL.
Error userError(const char* what, unsigned id) {
    const int err = errno;
    Error error = Error::fromErrno(std::string(what) + " " + std::to_string(id), err);
    if (err == EINVAL) {
        return Error(ErrorKind::InvalidArgument,
                     std::string(what) + " " + std::to_string(id) +
                         ": this id does not exist in the container's user namespace",
                     err)
            .withHint("give this user more subordinate ids in /etc/subuid and /etc/subgid (package uidmap)");
    }
    return error;
}

/// The kernel says of the whole list that one of it does not exist; asked for each alone, it says of which.
Error groupsError(const std::vector<gid_t>& groups) {
    const int err = errno;
    if (err == EPERM) {
        return Error(ErrorKind::InvalidArgument, "additional groups cannot be set here", EPERM)
            .withHint(
                "the kernel forbids it to a user without subordinate ids; give this user some in "
                "/etc/subuid and /etc/subgid (package uidmap)");
    }
    gid_t wrong = groups.empty() ? 0 : groups.front();
    for (const gid_t group : groups) {
        if (::setgroups(1, &group) != 0) {
            wrong = group;
            break;
        }
    }
    errno = err;
    return userError("set additional group", wrong);
}

}  // namespace

void forbidTracing() {
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // cannot fail for this value
}

void allowTracing() {
    (void)::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);  // cannot fail for this value
}

/// A monitor lives as long as its container and sleeps nearly always; its code is shared with the page
/// cache, so what is given back costs a page fault when it is needed and nothing otherwise.
void releaseMemory() {
    const auto release = [](dl_phdr_info* program, std::size_t /*size*/, void* /*unused*/) {
        const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        for (const auto& part : std::span(program->dlpi_phdr, program->dlpi_phnum)) {
            if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0) {
                continue;  // what could be written to may differ from the file
            }
            const std::uintptr_t begin = (program->dlpi_addr + part.p_vaddr) & ~(page - 1);
            const std::uintptr_t end = program->dlpi_addr + part.p_vaddr + part.p_memsz;
            // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives addresses as numbers
            (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);  // only memory
        }
        return 1;  // the first is the program itself
    };
    (void)::malloc_trim(0);
    (void)::dl_iterate_phdr(release, nullptr);
}

void endWithParent() {
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);  // cannot fail for this value
}

void setCloseOnExecFrom(int first) {
    (void)::close_range(static_cast<unsigned>(first), ~0U,
                        CLOSE_RANGE_CLOEXEC);  // cannot fail for this range
}

void setCloseOnExecBut(const std::vector<int>& kept) {
    setCloseOnExecFrom(STDERR_FILENO + 1);
    for (const int fd : kept) {
        (void)::fcntl(fd, F_SETFD, 0);  // one that is not open is none to hand on
    }
}

/// Up to 63, not to the last capability the headers know: a newer kernel may have more, and an unknown one
/// must not stay. The kernel's EINVAL says where its own list ends.
Result<> limitBoundingSet(std::uint64_t keep) {
    for (unsigned number = 0; number < 64; ++number) {
        if ((keep >> number & 1U) != 0) {
            continue;
        }
        if (::prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0) {
            if (errno == EINVAL) {
                break;  // beyond the last capability of this kernel
            }
            return Error::fromErrno("limit capabilities");
        }
    }
    return {};
}

Result<> setCapabilities(const CapabilitySets& sets) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    for (unsigned half = 0; half < 2; ++half) {
        data[half].effective = static_cast<std::uint32_t>(sets.effective >> (32U * half));
        data[half].permitted = static_cast<std::uint32_t>(sets.permitted >> (32U * half));
        data[half].inheritable = static_cast<std::uint32_t>(sets.inheritable >> (32U * half));
    }
    if (::syscall(SYS_capset, &header, data.data()) != 0) {
        return Error::fromErrno("set capabilities");
    }
    return {};
}

Result<std::uint64_t> permittedCapabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0) {
        return Error::fromErrno("read capabilities");
    }
    return std::uint64_t{data[1].permitted} << 32U | data[0].permitted;
}

Result<> setAmbient(std::uint64_t mask) {
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) {
        return Error::fromErrno("clear ambient capabilities");
    }
    for (unsigned number = 0; number < 64; ++number) {
        if ((mask >> number & 1U) != 0 && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0) != 0) {
            return Error::fromErrno("raise ambient capability " + std::to_string(number));
        }
    }
    return {};
}

Result<> changeUser(uid_t uid, gid_t gid, const std::vector<gid_t>& groups, Groups which) {
    // EPERM: a namespace with a single id has setgroups(2) forbidden and no group to add to its own.
    const bool onlyOwn = groups.empty() || groups == std::vector<gid_t>{gid};
    if (which == Groups::Replace && ::setgroups(groups.size(), groups.data()) != 0 &&
        (errno != EPERM || !onlyOwn)) {
        return groupsError(groups);
    }
    // Without it the change from user 0 to another clears the permitted set, and what the container was
    // promised could not be given. Cleared by execve(2). Source: capabilities(7), "Effect of user ID
    // changes on capabilities".
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) {
        return Error::fromErrno("keep capabilities");
    }
    if (::setresgid(gid, gid, gid) != 0) {
        return userError("become group", gid);
    }
    if (::setresuid(uid, uid, uid) != 0) {
        return userError("become user", uid);
    }
    forbidTracing();  // a change of user resets it
    return {};
}

Result<> setNoNewPrivileges() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return Error::fromErrno("set no-new-privileges");
    }
    return {};
}

Result<> installFilter(std::span<const sock_filter> program, std::uint32_t flags) {
    const sock_fprog filter{static_cast<unsigned short>(program.size()),
                            const_cast<sock_filter*>(program.data())};
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter) != 0) {
        return Error::fromErrno("load seccomp filter");
    }
    return {};
}

Result<UniqueFd> installListeningFilter(std::span<const sock_filter> program, std::uint32_t flags) {
    const sock_fprog filter{static_cast<unsigned short>(program.size()),
                            const_cast<sock_filter*>(program.data())};
    const long fd = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                              flags | unsigned{SECCOMP_FILTER_FLAG_NEW_LISTENER}, &filter);
    if (fd < 0) {
        return Error::fromErrno("load seccomp filter");
    }
    return UniqueFd(static_cast<int>(fd));
}

std::vector<std::string> supportedFilterFlags() {
    constexpr std::array<std::pair<const char*, unsigned long>, 4> kFlags{
        {{"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
         {"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
         {"SECCOMP_FILTER_FLAG_TSYNC", SECCOMP_FILTER_FLAG_TSYNC},
         {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 1UL << 5U}}};
    std::vector<std::string> names;
    for (const auto& [name, flag] : kFlags) {
        // A filter at no address: the kernel looks at the flags first (EINVAL), then for the filter (EFAULT).
        const unsigned long listener = flag == 1UL << 5U ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
        if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flag | listener, nullptr) != 0 &&
            errno == EFAULT) {
            names.emplace_back(name);
        }
    }
    return names;
}

Result<> setResourceLimit(int resource, std::uint64_t soft, std::uint64_t hard, const std::string& name) {
    const rlimit limit{soft, hard};
    if (::setrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) {
        Error error = Error::fromErrno("set limit " + name);
        if (error.sysErrno() == EPERM) {
            return std::move(error).withHint("the hard limit of this user is lower; ask for less");
        }
        return error;
    }
    return {};
}

Result<> setHostName(const std::string& name) {
    if (::sethostname(name.data(), name.size()) != 0) {
        return Error::fromErrno("set host name '" + name + "'");
    }
    return {};
}

Result<> setDomainName(const std::string& name) {
    if (::setdomainname(name.data(), name.size()) != 0) {
        return Error::fromErrno("set domain name '" + name + "'");
    }
    return {};
}

Result<> bringUpLoopback() {
    const UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::memcpy(request.ifr_name, "lo", 3);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (!fd || ::ioctl(fd.get(), SIOCSIFFLAGS, &request) != 0) {
        return Error::fromErrno("bring up the loopback interface");
    }
    return {};
}

void resetSignals() {
    for (int number = 1; number < NSIG; ++number) {
        (void)::signal(number, SIG_DFL);  // SIGKILL and SIGSTOP refuse, which is right
    }
    sigset_t none{};
    (void)::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

Result<> startSession() {
    if (::setsid() < 0) {
        return Error::fromErrno("start session");
    }
    return {};
}

Result<> takeTerminal(int terminalFd) {
    if (::ioctl(terminalFd, TIOCSCTTY, 0) != 0) {
        return Error::fromErrno("take the terminal");
    }
    return {};
}

/// The container controls what is mounted at /dev/pts, and its image what "ptmx" is there. A file that
/// looks like a terminal could be anybody's descriptor; so only the kernel's own file system is believed.
Result<Terminal> openTerminal(int devptsFd) {
    struct statfs found {};
    if (::fstatfs(devptsFd, &found) != 0 || found.f_type != DEVPTS_SUPER_MAGIC) {
        return Error(ErrorKind::PermissionDenied, "open terminal: the container has no devpts file system")
            .withHint("mount devpts on /dev/pts, or run without a terminal");
    }
    // The file system's magic says that "ptmx" is the kernel's own: nothing else can exist in a devpts.
    TRY_ASSIGN(UniqueFd master, openAt(devptsFd, "ptmx", O_RDWR | O_NOCTTY | O_NOFOLLOW));
    int unlock = 0;
    if (::ioctl(master.get(), TIOCSPTLCK, &unlock) != 0) {
        return Error::fromErrno("unlock terminal");
    }
    TRY_ASSIGN(UniqueFd slave, openSlave(master.get()));
    return Terminal{std::move(master), std::move(slave)};
}

Result<> useAsStandardStreams(int fd) {
    for (int number = 0; number < 3; ++number) {
        if (::dup2(fd, number) < 0) {
            return Error::fromErrno("set up standard streams");
        }
    }
    return {};
}

void ownStandardPipes(uid_t uid) {
    for (int number = 0; number < 3; ++number) {
        struct stat status {};
        if (::fstat(number, &status) == 0 && S_ISFIFO(status.st_mode) && status.st_uid != uid) {
            (void)!::fchown(number, uid, static_cast<gid_t>(-1));  // ignored: only a convenience
        }
    }
}

Error execute(const std::string& program, const std::vector<std::string>& argv,
              const std::vector<std::string>& env) {
    const auto arguments = pointersTo(argv);
    const auto environment = pointersTo(env);
    (void)::execve(program.c_str(), arguments.data(), environment.data());
    return Error::fromErrno("run '" + program + "'");
}

Error executeFd(int programFd, const std::vector<std::string>& argv, const std::vector<std::string>& env) {
    const auto arguments = pointersTo(argv);
    const auto environment = pointersTo(env);
    (void)::execveat(programFd, "", arguments.data(), environment.data(), AT_EMPTY_PATH);
    return Error::fromErrno("run this program again");
}

/// sendfile(2) moves at most 2 GiB at a time and may do less, hence the loop. F_SEAL_WRITE is refused
/// (EBUSY) while somebody has a writable mapping, and F_SEAL_SEAL keeps the set as it is: a file that is
/// sealed with success never changes again.
Result<UniqueFd> sealedCopy(int fd) {
    UniqueFd copy(::memfd_create("coracle-runtime", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!copy) {
        return Error::fromErrno("create file in memory");
    }
    while (true) {
        const ssize_t moved = ::sendfile(copy.get(), fd, nullptr, std::size_t{1} << 30U);
        if (moved == 0) {
            break;
        }
        if (moved < 0 && errno != EINTR) {
            return Error::fromErrno("copy program into memory");
        }
    }
    if (::fcntl(copy.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) {
        return Error::fromErrno("seal program in memory");
    }
    return copy;
}

}  // namespace coracle::sys
