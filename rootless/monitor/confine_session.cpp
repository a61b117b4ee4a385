// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/confine_session.h"

#include "rootless/sys/confine.h"
#include "rootless/sys/file.h"
#include "rootless/sys/landlock.h"
#include "rootless/sys/self.h"

#include <array>

#include <sys/syscall.h>

namespace coracle::monitor {

#ifndef CORACLE_SANITIZED
namespace {

/// All that reading, writing, waiting, noting and ending take. The descriptors are those it has: pidfds,
/// sockets and terminals are not opened any more, so signals reach nothing but the session's process.
constexpr std::array kCalls{
#ifdef SYS_epoll_wait
    SYS_epoll_wait,
#endif
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_unlink
    SYS_unlink,        SYS_rmdir,
#endif
    SYS_epoll_pwait,   SYS_epoll_ctl,
    SYS_ppoll,         SYS_read,
    SYS_write,         SYS_readv,
    SYS_writev,        SYS_sendto,
    SYS_sendmsg,       SYS_recvfrom,
    SYS_recvmsg,       SYS_shutdown,
    SYS_close,         SYS_lseek,
    SYS_ioctl,         SYS_fcntl,
    SYS_fstat,         SYS_newfstatat,
    SYS_openat,        SYS_openat2,
    SYS_unlinkat,      SYS_pidfd_send_signal,
    SYS_wait4,         SYS_waitid,
    SYS_clock_gettime, SYS_gettimeofday,
    SYS_getpid,        SYS_brk,
    SYS_mmap,          SYS_munmap,
    SYS_mremap,        SYS_mprotect,
    SYS_madvise,       SYS_futex,
    SYS_rt_sigaction,  SYS_rt_sigprocmask,
    SYS_rt_sigreturn,  SYS_restart_syscall,
    SYS_exit,          SYS_exit_group,
};

}  // namespace

Result<> confineSession(const std::string& runDir) {
    TRY_ASSIGN(const sys::UniqueFd folder, sys::openDirectory(runDir));
    TRY(sys::setCapabilities({}));
    TRY(sys::setNoNewPrivileges());
    const std::array rules{sys::FileRule{folder.get(), sys::FileAccess::Write}};
    TRY(sys::restrictFiles(rules));
    return sys::allowOnlyCalls(kCalls, sys::OtherCalls::Fail);
}
#else
Result<> confineSession(const std::string& /*runDir*/) {
    return {};  // the checks of an instrumented program make calls of their own
}
#endif

}  // namespace coracle::monitor
