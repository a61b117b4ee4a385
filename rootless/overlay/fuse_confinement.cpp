// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/fuse_confinement.h"

#include "rootless/seccomp/filter.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/landlock.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/sys/subprocess.h"

#include <array>
#include <cstddef>

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
//
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coracle::overlay {
namespace {

using sys::FileAccess;
using sys::UniqueFd;

/// Where programs and their libraries are; what does not exist is passed over.
constexpr std::array kSystemFolders{"/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache",
                                    "/nix", "/gnu"};

constexpr std::uint64_t bit(unsigned capability) {
    return std::uint64_t{1} << capability;
}

/// Making files of any owner and reading those of all ids (CHOWN, DAC_*, FOWNER, FSETID), whiteouts
/// (MKNOD: a character device 0/0), capabilities of files (SETFCAP).
constexpr std::uint64_t kKept = bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE) | bit(CAP_DAC_READ_SEARCH) |
                                bit(CAP_FOWNER) | bit(CAP_FSETID) | bit(CAP_MKNOD) | bit(CAP_SETFCAP);

std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

/// Everything becomes read-only but the folder that holds `upper` and `work`: renames between them have to
/// stay within one mount.
Result<> makeView(const MountRequest& request) {
    sys::Kernel& kernel = sys::realKernel();
    const std::string folder = parentOf(request.upper);
    TRY(sys::unshareNamespaces(CLONE_NEWNS));
    TRY(sys::makeMountsSlave());
    // Its own copy of the mount would keep the file system, and so the program, alive for ever.
    TRY(sys::detachMount(request.target));
    TRY_ASSIGN(const UniqueFd writable, kernel.cloneTree(AT_FDCWD, folder, sys::Recursive::No));
    TRY_ASSIGN(const UniqueFd root, kernel.openChild(AT_FDCWD, "/", O_PATH | O_DIRECTORY));
    TRY(kernel.setAttributes(root.get(), {MOUNT_ATTR_RDONLY, 0, 0}, sys::Recursive::Yes));
    TRY_ASSIGN(const UniqueFd place, sys::openDirectory(folder));
    return kernel.attach(writable.get(), place.get());
}

/// fuse-overlayfs parses what a container does to its files and runs as the user; confined, a bug in it
/// reaches the container's own layers and not the user's home.
Result<> restrictFiles(const FuseRun& run) {
    std::vector<UniqueFd> fds;
    std::vector<sys::FileRule> rules;
    const auto allow = [&](const std::string& path, FileAccess access) -> Result<> {
        TRY_ASSIGN(UniqueFd fd, sys::openAt(AT_FDCWD, path, O_PATH));
        rules.push_back({fd.get(), access});
        fds.push_back(std::move(fd));
        return {};
    };
    for (const char* path : kSystemFolders) {
        (void)allow(path, FileAccess::Execute);  // not there
    }
    TRY(allow(parentOf(run.program), FileAccess::Execute));
    TRY(allow("/dev/null", FileAccess::Write));
    // It reopens descriptors by /proc/self/fd, which counts as what they are of, so /proc itself stays
    // closed.
    TRY(allow("/proc/sys/kernel/overflowuid", FileAccess::Read));
    TRY(allow("/proc/sys/kernel/overflowgid", FileAccess::Read));
    for (const std::string& path : run.request->lower) {
        TRY(allow(path, FileAccess::Read));
    }
    TRY(allow(run.request->upper, FileAccess::Write));
    TRY(allow(run.request->work, FileAccess::Write));
    return sys::restrictFiles(rules);
}

/// What the containers' filters allow and a file system has no use for: reaching other processes and the
/// network. EPERM and not a kill, for the program may try one of them on a way that does not matter.
std::vector<sock_filter> moreRefusals() {
    constexpr std::array kCalls{SYS_socket,
                                SYS_socketpair,
                                SYS_connect,
                                SYS_bind,
                                SYS_ptrace,
                                SYS_process_vm_readv,
                                SYS_process_vm_writev,
                                SYS_kill,
                                SYS_tgkill,
                                SYS_pidfd_open,
                                SYS_chroot};
    std::vector<sock_filter> rows{{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)}};
    for (const int call : kCalls) {
        rows.push_back({BPF_JMP | BPF_JEQ | BPF_K, 0, 1, static_cast<std::uint32_t>(call)});
        rows.push_back({BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM});
    }
    rows.push_back({BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW});
    return rows;
}

/// The view while CAP_SYS_ADMIN is still there; then the bounding set, which needs CAP_SETPCAP; then
/// no-new-privileges, with which Landlock and the filters load without capabilities.
Result<> confine(const FuseRun& run) {
    TRY(makeView(*run.request));
    TRY(sys::limitBoundingSet(kKept));
    TRY(sys::setNoNewPrivileges());
    TRY(restrictFiles(run));
    TRY(sys::setCapabilities({kKept, kKept, 0}));
    TRY(sys::setAmbient(0));
    // Another architecture ends the process in the first one already, so the others need not look at it.
    TRY(sys::installFilter(moreRefusals()));
    TRY(sys::installFilter(seccomp::denyFilter()));
    return sys::installFilter(seccomp::defaultFilter());
}

/// Only the device goes along, under its own number, which its arguments name.
Result<> useDescriptors(const FuseRun& run, int outputFd) {
    TRY_ASSIGN(const UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    for (const auto& [from, to] : {std::pair{null.get(), 0}, {outputFd, 1}, {outputFd, 2}}) {
        if (::dup2(from, to) < 0) {
            return Error::fromErrno("set up standard streams");
        }
    }
    sys::setCloseOnExecFrom(3);
    if (::fcntl(run.deviceFd, F_SETFD, 0) != 0) {
        return Error::fromErrno("pass the device on");
    }
    return {};
}

[[noreturn]] void becomeProgram(const FuseRun& run, int outputFd) {
    const auto attempt = [&]() -> Result<> {
        TRY(sys::startSession());
        TRY(useDescriptors(run, outputFd));
        if (::chdir("/") != 0) {
            return Error::fromErrno("enter '/'");
        }
        TRY(confine(run));
        std::vector<std::string> env;  // as it came: nothing in it is a secret from who runs as the user
        for (char** variable = environ; *variable != nullptr; ++variable) {
            env.emplace_back(*variable);
        }
        return sys::execute(run.program, run.arguments, env);
    };
    const auto done = attempt();
    (void)!::write(STDERR_FILENO, done.error().message().data(), done.error().message().size());
    ::_exit(1);
}

}  // namespace

/// The program goes to the background by itself once the mount stands; the exit of its first process is
/// the answer.
Result<> runConfined(const FuseRun& run) {
    TRY_ASSIGN(sys::Pipe output, sys::makePipe());
    TRY_ASSIGN(const sys::CloneResult child, sys::cloneProcess(0));
    if (child.pid == 0) {
        becomeProgram(run, output.writeEnd.get());
    }
    output.writeEnd.reset();
    // It ends when the program has gone to the background, with its streams closed.
    const auto said = sys::readAll(output.readEnd.get());
    TRY_ASSIGN(const int status, sys::waitForChild(child.pid));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        const std::string text = said ? *said : "";
        return Error(
            ErrorKind::Unsupported,
            "mount fuse-overlayfs: " + (text.empty() ? "it ended at once" : text.substr(0, text.find('\n'))));
    }
    return {};
}

}  // namespace coracle::overlay
