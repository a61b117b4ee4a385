// SPDX-License-Identifier: Apache-2.0
// coracle-portd PID ADDRESS PORT...: relays published UDP ports ("127.0.0.1:53:53/udp") to ADDRESS in the
// network namespace of PID.
//
// It binds the host's sockets, enters the container's namespaces, gives up all privileges and system calls
// but the few it needs, writes one byte to descriptor 3 and works until the other end of descriptor 4 is
// closed. A failure is one line on standard error. It is single-threaded, as entering a user namespace
// demands.
#include "net/port_mapping.h"
#include "net/udp_relay.h"
#include "rootless/sys/confine.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/udp_socket.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <sched.h>
#include <sys/epoll.h>
#include <sys/syscall.h>

// Order, and why: the host's sockets first, while this is a process of the host's network; then the
// container's namespaces, in which every later socket is made; then confinement, because from the first
// datagram on strangers write into this program's buffers; then the byte, so that nobody is sent here
// before it listens.
// Security. Who can send to a published port, and the server in the container, choose every byte that is
// read here. The program does not look into a datagram. What is left to somebody who takes it over
// anyway: the sockets it has, UDP sockets in the container's network, and no file, process or capability.
namespace coracle::net {
namespace {

/// The numbers are slirp4netns' options --ready-fd and --exit-fd, so that one function starts both
/// programs.
constexpr int kReadyFd = 3;
constexpr int kExitFd = 4;
constexpr int kUsageError = 2;

/// What the loop, the sockets and the allocator call.
Result<> confine() {
    constexpr std::array kCalls{
        SYS_epoll_pwait,
#ifdef SYS_epoll_wait
        SYS_epoll_wait,
#endif
        SYS_recvmsg,     SYS_sendmsg,      SYS_sendto,         SYS_socket,        SYS_connect,
        SYS_epoll_ctl,   SYS_close,        SYS_write,          SYS_clock_gettime, SYS_brk,
        SYS_mmap,        SYS_munmap,       SYS_mremap,         SYS_madvise,       SYS_futex,
        SYS_exit_group,  SYS_rt_sigreturn, SYS_restart_syscall};
    TRY(sys::dropAllPrivileges());
    return sys::allowOnlyCalls(kCalls);
}

/// The order is the point: the host's ports are bound before the container's network is joined and the
/// container's sockets are opened after it, so one process stands with a foot on each side. Then it
/// confines itself, since what it reads from now on comes from strangers, and only then it says that it is
/// ready.
Result<> relay(const std::vector<std::string>& words) {
    pid_t pid = 0;
    (void)std::from_chars(words[1].data(), words[1].data() + words[1].size(),
                          pid);  // judged by the next call
    TRY_ASSIGN(const auto process, sys::identifyProcess(pid));
    TRY_ASSIGN(const auto pidFd, sys::openProcess(process));
    TRY_ASSIGN(auto loop, sys::EventLoop::create());
    std::vector<std::unique_ptr<UdpRelay>> relays;
    for (std::size_t i = 3; i < words.size(); ++i) {
        TRY_ASSIGN(const auto ports, parsePortMappings(words[i]));
        for (const PortMapping& port : ports) {
            TRY_ASSIGN(auto socket, sys::bindUdp(port.hostIp, port.hostPort));
            relays.push_back(
                std::make_unique<UdpRelay>(loop, std::move(socket), words[2], port.containerPort));
        }
    }
    // No event is asked for: the hang-up, which is always reported, is what says that the container is
    // gone.
    TRY(loop.watch(kExitFd, 0, [&loop](std::uint32_t) { loop.stop(); }));
    TRY(sys::joinNamespaces(pidFd.get(), CLONE_NEWUSER | CLONE_NEWNET));
    for (const auto& one : relays) {
        TRY(one->start());
    }
    TRY(confine());
    TRY(sys::writeAll(kReadyFd, "1"));
    return loop.run();
}

}  // namespace
}  // namespace coracle::net

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    if (words.size() < 4) {
        (void)std::fputs("usage: coracle-portd PID ADDRESS PORT...\n", stderr);
        return coracle::net::kUsageError;
    }
    if (const auto done = coracle::net::relay(words); !done) {
        const std::string line = "coracle-portd: " + done.error().message() + "\n";
        (void)coracle::sys::writeAll(STDERR_FILENO, line);  // there is no other place to tell it
        return 1;
    }
    return 0;
}
