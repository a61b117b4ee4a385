// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/probe_host.h"

#include "rootless/seccomp/filter.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/sys/subprocess.h"

#include <array>

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// For a machine that swaps; one that cannot start closes its end of the pipe and is not waited for.
constexpr int kReadyTimeoutMs = 3000;
constexpr int kReadyFd = 3;
constexpr int kExitFd = 4;

HostProbe answer(const Result<>& result) {
    return result ? HostProbe{true, {}, {}}
                  : HostProbe{false, result.error().message(), result.error().hint()};
}

/// AppArmor lets the namespace be made and takes its powers away, so something has to be done in it.
Result<> mountInNamespace() {
    TRY(sys::unshareNamespaces(CLONE_NEWUSER | CLONE_NEWNS));
    TRY(sys::makeMountsSlave());
    TRY(sys::realKernel().newFilesystem("tmpfs", "tmpfs", {}, 0));
    return {};
}

/// This process is over after its answer, so that the filters stay does no harm.
Result<> installFilters() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return Error::fromErrno("prctl(PR_SET_NO_NEW_PRIVS)");
    }
    TRY(sys::installFilter(seccomp::denyFilter()));
    return sys::installFilter(seccomp::defaultFilter());
}

/// Map the caller to root in the namespace of `pid`. Source: user_namespaces(7), "Defining user and group ID
/// mappings: writing to uid_map and gid_map".
Result<> mapOneId(pid_t pid) {
    const std::string folder = "/proc/" + std::to_string(pid);
    TRY(sys::writeControlFile(folder + "/setgroups", "deny"));
    TRY(sys::writeControlFile(folder + "/uid_map", "0 " + std::to_string(::geteuid()) + " 1"));
    return sys::writeControlFile(folder + "/gid_map", "0 " + std::to_string(::getegid()) + " 1");
}

/// Start slirp4netns as a container gets it and wait until it says that it is ready.
Result<> startSlirp(const std::string& program, pid_t pid) {
    TRY(mapOneId(pid));
    TRY_ASSIGN(auto ready, sys::makePipe());
    TRY_ASSIGN(auto exit, sys::makePipe());
    TRY_ASSIGN(auto messages, sys::makePipe());
    sys::SpawnOptions options;
    options.argv = {program,
                    "--configure",
                    "--mtu=65520",
                    "--disable-host-loopback",
                    "--enable-sandbox",
                    "--enable-seccomp",
                    "--ready-fd=" + std::to_string(kReadyFd),
                    "--exit-fd=" + std::to_string(kExitFd),
                    std::to_string(pid),
                    "tap0"};
    options.fds = {{ready.writeEnd.get(), kReadyFd},
                   {exit.readEnd.get(), kExitFd},
                   {messages.writeEnd.get(), STDOUT_FILENO},
                   {messages.writeEnd.get(), STDERR_FILENO}};
    TRY_ASSIGN(auto helper, sys::Subprocess::spawn(options));
    ready.writeEnd.reset();
    messages.writeEnd.reset();
    pollfd poll{ready.readEnd.get(), POLLIN, 0};
    char byte = 0;
    const bool isReady = ::poll(&poll, 1, kReadyTimeoutMs) == 1 && ::read(ready.readEnd.get(), &byte, 1) == 1;
    (void)helper.kill(SIGKILL);  // it served its purpose
    if (isReady) {
        return {};
    }
    const auto text = sys::readAll(messages.readEnd.get());
    return Error(ErrorKind::Unavailable,
                 "slirp4netns: " + (text && !text->empty() ? text->substr(0, text->find_last_not_of('\n') + 1)
                                                           : "did not become ready"));
}

/// The child exists for its namespaces only. It dies with this program (PR_SET_PDEATHSIG), so a probe that
/// is killed leaves nothing.
Result<> tryNetwork(const std::string& program) {
    TRY_ASSIGN(auto child, sys::cloneProcess(CLONE_NEWUSER | CLONE_NEWNET));
    if (child.pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (true) {
            ::pause();
        }
    }
    auto started = startSlirp(program, child.pid);
    (void)::kill(child.pid, SIGKILL);  // our own child, not yet reaped: nobody else has its number
    (void)sys::waitForChild(child.pid);
    return started;
}

}  // namespace

/// Each probe does the real thing once, in a process of its own: no file of the kernel says reliably
/// whether it is allowed (sysctls, AppArmor profiles and seccomp filters of an outer container all have a
/// say).
Result<HostProbe> probeHost(const std::vector<std::string>& words) {
    const std::string name = words.empty() ? "" : words[0];
    if (name == "userns") {
        return answer(sys::unshareNamespaces(CLONE_NEWUSER));
    }
    if (name == "userns-admin") {
        return answer(mountInNamespace());
    }
    if (name == "seccomp") {
        return answer(installFilters());
    }
    if (name == "network" && words.size() == 2) {
        return answer(tryNetwork(words[1]));
    }
    return Error(ErrorKind::InvalidArgument, "there is no probe '" + name + "'");
}

}  // namespace coracle::runtime
