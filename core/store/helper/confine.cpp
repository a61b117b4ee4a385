// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/confine.h"

#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"
#include "rootless/sys/landlock.h"
#include "rootless/sys/namespaces.h"
#include "rootless/userns/keeper.h"
#include "rootless/userns/map_writer.h"

#include <seccomp.h>

#include <algorithm>
#include <array>
#include <memory>

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

/// Keep what it takes to make files of any owner, mode and file capability.
Result<> dropCapabilities() {
    constexpr std::array<unsigned, 5> kKept{CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP};
    std::array<__user_cap_data_struct, 2> sets{};
    for (const unsigned capability : kKept) {
        auto& set = sets.at(capability / 32);
        set.permitted |= 1U << (capability % 32);
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> current{};
    if (::syscall(SYS_capget, &header, current.data()) != 0) {
        return Error::fromErrno("read capabilities");
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
        sets[i].permitted &= current[i].permitted;
        sets[i].effective = sets[i].permitted;
    }
    if (::syscall(SYS_capset, &header, sets.data()) != 0) {
        return Error::fromErrno("drop capabilities");
    }
    return {};
}

/// Memory is bounded because a decompressor's bug may ask for all there is; core files because they would
/// hold a stranger's bytes and ours, in a place that is shown to others.
Result<> limitResources() {
    struct rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = std::min<rlim_t>(files.rlim_max, 65536);
        (void)::setrlimit(RLIMIT_NOFILE, &files);  // walks use fewer descriptors then
    }
#ifndef CORACLE_SANITIZED
    const struct rlimit memory { kMaxAddressSpace, kMaxAddressSpace };
    if (::setrlimit(RLIMIT_AS, &memory) != 0) {
        return Error::fromErrno("limit memory");
    }
#endif
    const struct rlimit core { 0, 0 };
    if (::setrlimit(RLIMIT_CORE, &core) != 0) {
        return Error::fromErrno("limit core files");
    }
    return {};
}

// TABLE
/// What reading, writing, making and deleting files takes, and what the C library, the allocator and two
/// threads need. No call makes a socket, a process, a namespace or a mount, or reaches another process.
constexpr int kAllowedCalls[] = {SCMP_SYS(read),
                                 SCMP_SYS(write),
                                 SCMP_SYS(pread64),
                                 SCMP_SYS(pwrite64),
                                 SCMP_SYS(readv),
                                 SCMP_SYS(writev),
                                 SCMP_SYS(close),
                                 SCMP_SYS(lseek),
                                 SCMP_SYS(dup),
                                 SCMP_SYS(fcntl),
                                 SCMP_SYS(poll),
                                 SCMP_SYS(ppoll),
                                 SCMP_SYS(fstat),
                                 SCMP_SYS(newfstatat),
                                 SCMP_SYS(statx),
                                 SCMP_SYS(fstatfs),
                                 SCMP_SYS(openat),
                                 SCMP_SYS(openat2),
                                 SCMP_SYS(getdents64),
                                 SCMP_SYS(mkdirat),
                                 SCMP_SYS(mknodat),
                                 SCMP_SYS(symlinkat),
                                 SCMP_SYS(linkat),
                                 SCMP_SYS(unlinkat),
                                 SCMP_SYS(renameat),
                                 SCMP_SYS(renameat2),
                                 SCMP_SYS(readlinkat),
                                 SCMP_SYS(faccessat),
                                 SCMP_SYS(faccessat2),
                                 SCMP_SYS(fchown),
                                 SCMP_SYS(fchownat),
                                 SCMP_SYS(fchmod),
                                 SCMP_SYS(fchmodat),
                                 SCMP_SYS(utimensat),
                                 SCMP_SYS(fsetxattr),
                                 SCMP_SYS(fgetxattr),
                                 SCMP_SYS(flistxattr),
                                 SCMP_SYS(fremovexattr),
                                 SCMP_SYS(ftruncate),
                                 SCMP_SYS(fallocate),
                                 SCMP_SYS(copy_file_range),
                                 SCMP_SYS(sync_file_range),
                                 SCMP_SYS(syncfs),
                                 SCMP_SYS(fsync),
                                 SCMP_SYS(fadvise64),
                                 SCMP_SYS(mmap),
                                 SCMP_SYS(munmap),
                                 SCMP_SYS(mremap),
                                 SCMP_SYS(mprotect),
                                 SCMP_SYS(madvise),
                                 SCMP_SYS(brk),
                                 SCMP_SYS(futex),
                                 SCMP_SYS(set_robust_list),
                                 SCMP_SYS(rseq),
                                 SCMP_SYS(exit),
                                 SCMP_SYS(exit_group),
                                 SCMP_SYS(rt_sigaction),
                                 SCMP_SYS(rt_sigprocmask),
                                 SCMP_SYS(rt_sigreturn),
                                 SCMP_SYS(sigaltstack),
                                 SCMP_SYS(sched_yield),
                                 SCMP_SYS(sched_getaffinity),
                                 SCMP_SYS(clock_gettime),
                                 SCMP_SYS(clock_nanosleep),
                                 SCMP_SYS(getrandom),
                                 SCMP_SYS(gettid),
                                 SCMP_SYS(getpid),
                                 SCMP_SYS(getuid),
                                 SCMP_SYS(geteuid),
                                 SCMP_SYS(getgid),
                                 SCMP_SYS(getegid),
                                 SCMP_SYS(umask),
                                 SCMP_SYS(restart_syscall),
                                 SCMP_SYS(prlimit64)};

struct FilterRelease {
    void operator()(void* filter) const noexcept { ::seccomp_release(filter); }
};

/// Everything not named fails with EPERM, but for calls that nothing in here could have meant, which kill.
/// EPERM, because libraries try calls that they can do without.
Result<> filterSystemCalls() {
    const std::unique_ptr<void, FilterRelease> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter) {
        return Error(ErrorKind::Internal, "make a seccomp filter");
    }
    int outcome = 0;
    for (const int call : kAllowedCalls) {
        outcome |= ::seccomp_rule_add_exact(filter.get(), SCMP_ACT_ALLOW, call, 0);
    }
    // A new thread, never a process. clone3 hides its flags in memory; glibc falls back when it is not there.
    outcome |= ::seccomp_rule_add(
        filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_NEWUSER, static_cast<scmp_datum_t>(CLONE_THREAD)));
    outcome |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
#ifdef CORACLE_SANITIZED
    // The sanitizers find out by a pipe whether memory can be read.
    outcome |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(pipe), 0);
    outcome |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(pipe2), 0);
#else
    for (const int call :
         {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(socket), SCMP_SYS(connect),
          SCMP_SYS(mount), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(keyctl),
          SCMP_SYS(io_uring_setup), SCMP_SYS(process_vm_writev)}) {
        outcome |= ::seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0);
    }
#endif
    if (outcome != 0) {
        return Error(ErrorKind::Internal, "build the seccomp filter");
    }
    if (const int loaded = ::seccomp_load(filter.get()); loaded != 0) {
        return Error::fromErrno("load the seccomp filter", -loaded);
    }
    return {};
}

/// A namespace with the user's own id as 0 and nothing else: for users without subordinate ids. Needs no
/// setuid helper (user_namespaces(7), "Defining user and group ID mappings").
Result<> enterSingle() {
    const auto uid = static_cast<std::uint32_t>(::geteuid());
    const auto gid = static_cast<std::uint32_t>(::getegid());
    TRY(sys::unshareNamespaces(CLONE_NEWUSER));
    userns::IdMaps maps;
    maps.uids = {{0, uid, 1}};
    maps.gids = {{0, gid, 1}};
    TRY(userns::writeMapsDirectly(::getpid(), maps));
    return sys::becomeNamespaceRoot();
}

}  // namespace

Result<Namespace> parseNamespace(const std::string& word) {
    if (word == "kept") {
        return Namespace::Kept;
    }
    if (word == "single") {
        return Namespace::Single;
    }
    if (word == "current") {
        return Namespace::Current;
    }
    return Error(ErrorKind::InvalidArgument, "coracle-store: unknown namespace '" + word + "'");
}

/// Current is for tests and for a caller that stands in the namespace already.
Result<> enterNamespace(Namespace which, const std::string& keeperDir) {
    switch (which) {
    case Namespace::Kept:
        return userns::enterKeptNamespace(keeperDir);
    case Namespace::Single:
        return enterSingle();
    case Namespace::Current:
        return {};
    }
    return {};
}

Result<OwnIds> readOwnIds() {
    TRY_ASSIGN(const std::string uids, sys::readFile("/proc/self/uid_map"));
    TRY_ASSIGN(const std::string gids, sys::readFile("/proc/self/gid_map"));
    return OwnIds{IdRanges::parse(uids), IdRanges::parse(gids)};
}

/// chroot(2) while CAP_SYS_CHROOT is still there; capabilities before the filter, whose loading needs
/// no-new-privileges; Landlock before the filter, which does not allow its calls.
Result<> confine(int rootFd, const std::vector<Reachable>& folders) {
    TRY(limitResources());
    if (rootFd >= 0) {
        if (::fchdir(rootFd) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0) {
            return Error::fromErrno("make the layer's folder the root");
        }
    }
    TRY(dropCapabilities());
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return Error::fromErrno("set no_new_privs");
    }
    std::vector<sys::FileRule> rules;
    for (const Reachable& folder : folders) {
        rules.push_back(
            {folder.fd, folder.access == Access::Write ? sys::FileAccess::Write : sys::FileAccess::Read});
    }
    TRY(sys::restrictFiles(rules));
    return filterSystemCalls();
}

}  // namespace coracle::store::helper
