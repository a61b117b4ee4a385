// SPDX-License-Identifier: Apache-2.0
#include "net/port_check.h"
#include "net/slirp_api.h"
#include "net/user_net.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <chrono>
#include <optional>

#include <fcntl.h>
#include <sys/epoll.h>

namespace coracle::net {
namespace {

using std::chrono::milliseconds;

constexpr const char* kSocketName = "slirp.sock";
constexpr const char* kLogName = "slirp.log";
/// slirp4netns refuses more than 65521; large packets are what makes it fast (performance.md 4).
constexpr const char* kMtu = "65520";
constexpr int kReadyFd = 3;
constexpr int kExitFd = 4;
constexpr std::chrono::seconds kReadyLimit{10};
constexpr milliseconds kStopCheck{50};
constexpr int kFreePortAttempts = 8;

std::vector<std::string> commandLine(const std::string& program, const UserNetConfig& config) {
    // The host's loopback is closed to the container and the helper confines itself: it parses packets that a
    // hostile container makes. Source: security.md 2E, E1 and E6.
    std::vector<std::string> argv{program,
                                  "--configure",
                                  std::string("--mtu=") + kMtu,
                                  "--disable-host-loopback",
                                  "--enable-sandbox",
                                  "--enable-seccomp",
                                  std::string("--api-socket=") + kSocketName,
                                  "--ready-fd=" + std::to_string(kReadyFd),
                                  "--exit-fd=" + std::to_string(kExitFd)};
    if (config.ipv6) {
        argv.emplace_back("--enable-ipv6");
    }
    argv.push_back(std::to_string(config.pid));
    argv.emplace_back("tap0");
    return argv;
}

Result<> checkTunDevice() {
    const auto tun = sys::openAt(AT_FDCWD, "/dev/net/tun", O_RDWR);
    if (tun) {
        return {};
    }
    const bool missing = tun.error().kind() == ErrorKind::NotFound || tun.error().sysErrno() == ENODEV ||
                         tun.error().sysErrno() == ENXIO;
    return Error(ErrorKind::Unavailable, tun.error().message(), tun.error().sysErrno())
        .withHint(missing ? "load the kernel module: sudo modprobe tun"
                          : "let everybody use it: sudo chmod 0666 /dev/net/tun");
}

/// What slirp4netns said last before it gave up.
std::string lastLine(const std::string& logPath) {
    const auto text = sys::readFile(logPath);
    if (!text) {
        return {};
    }
    std::string last;
    for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        if (end > at) {
            last = text->substr(at, end - at);
        }
        at = end + 1;
    }
    return last;
}

Error diedEarly(const UserNetConfig& config) {
    const std::string said = lastLine(config.runDir + "/" + kLogName);
    return Error(ErrorKind::Unavailable,
                 "start network with slirp4netns: " + (said.empty() ? "it ended at once" : said))
        .withHint("`coracle doctor` shows what is missing; `--network none` starts without a network");
}

/// Wait until the interface is configured. Ready is one byte; the end without it means that the helper is
/// gone.
Result<> waitUntilReady(const UserNetConfig& config, sys::UniqueFd ready, const std::stop_token& stop) {
    TRY_ASSIGN(auto loop, sys::EventLoop::create());
    enum class Answer : std::uint8_t { None, Ready, Gone };
    Answer answer = Answer::None;
    TRY(loop.watch(ready.get(), EPOLLIN, [&](std::uint32_t) {
        char byte = 0;
        answer = ::read(ready.get(), &byte, 1) == 1 ? Answer::Ready : Answer::Gone;
    }));
    const auto deadline = sys::EventLoop::Clock::now() + kReadyLimit;
    while (answer == Answer::None) {
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "start network: cancelled");
        }
        if (sys::EventLoop::Clock::now() >= deadline) {
            return Error(ErrorKind::Unavailable, "start network with slirp4netns: it is not ready after " +
                                                     std::to_string(kReadyLimit.count()) + " seconds");
        }
        TRY(loop.runOnce(kStopCheck));
    }
    loop.unwatch(ready.get());
    return answer == Answer::Ready ? Result<>() : Result<>(diedEarly(config));
}

/// What can be said about a port before any process is started.
Result<> checkPublishable(const PortMapping& port) {
    if (port.hostIp.find(':') != std::string::npos) {
        return Error(ErrorKind::Unsupported,
                     "publish port '" + toText(port) + "': slirp4netns forwards no IPv6 ports")
            .withHint("publish it on an IPv4 address, or on all by leaving the address out");
    }
    TRY_ASSIGN(const PortCheck check, checkPort(port));
    return check.state == PortState::Free ? Result<>() : Result<>(toError(port, check));
}

class Slirp4netns final : public UserNet {
public:
    Result<RunningNet> start(const UserNetConfig& config, std::stop_token stop) override {
        const auto program = sys::findProgram("slirp4netns");
        if (!program) {
            return Error(ErrorKind::Unavailable, "start network: slirp4netns is not installed")
                .withHint("install the package slirp4netns, or use --network none or host");
        }
        TRY(checkTunDevice());
        for (const PortMapping& port : config.ports) {
            TRY(checkPublishable(port));
        }
        TRY_ASSIGN(auto ready, sys::makePipe());
        TRY_ASSIGN(auto helper, spawn(*program, config, ready.writeEnd.get()));
        ready.writeEnd.reset();
        TRY(waitUntilReady(config, std::move(ready.readEnd), stop));
        RunningNet net;
        for (const PortMapping& port : config.ports) {
            TRY_ASSIGN(PortMapping added, addPort(config.runDir, port));
            net.ports.push_back(std::move(added));
        }
        net.helperPid = helper.pid();
        net.address = kSlirpAddress;
        net.gateway = kSlirpGateway;
        net.nameServer = kSlirpNameServer;
        helper.detach();  // ends by itself when the monitor closes the other end of exitFd
        return net;
    }

    Result<PortMapping> addPort(const std::string& runDir, const PortMapping& wanted) override {
        PortMapping port = wanted;
        for (int attempt = 0;; ++attempt) {
            if (wanted.hostPort == 0) {
                TRY_ASSIGN(port.hostPort, chooseFreePort(wanted));
            }
            TRY_ASSIGN(const std::string answer, slirp::call(socketIn(runDir), slirp::addRequest(port)));
            const auto added = slirp::parseAdded(answer);
            if (added) {
                return port;
            }
            if (wanted.hostPort == 0 && attempt < kFreePortAttempts) {
                continue;  // somebody took it between the probe and now
            }
            TRY(checkPublishable(port));  // says more when the port is taken
            return Error(added.error()).context("publish port '" + toText(port) + "'");
        }
    }

    Result<std::vector<PortMapping>> ports(const std::string& runDir) override {
        TRY_ASSIGN(const auto forwards, list(runDir));
        std::vector<PortMapping> ports;
        for (const auto& forward : forwards) {
            ports.push_back(forward.port);
        }
        return ports;
    }

    Result<> removePort(const std::string& runDir, const PortMapping& port) override {
        TRY_ASSIGN(const auto forwards, list(runDir));
        for (const auto& forward : forwards) {
            if (forward.port == port) {
                TRY_ASSIGN(const std::string answer,
                           slirp::call(socketIn(runDir), slirp::removeRequest(forward.id)));
                return slirp::parseRemoved(answer);
            }
        }
        return Error(ErrorKind::NotFound, "port '" + toText(port) + "' is not published");
    }

private:
    static std::string socketIn(const std::string& runDir) { return runDir + "/" + kSocketName; }

    static Result<std::vector<slirp::Forward>> list(const std::string& runDir) {
        TRY_ASSIGN(const std::string answer, slirp::call(socketIn(runDir), slirp::listRequest()));
        return slirp::parseList(answer);
    }

    /// The socket's name is relative to the run folder, whose own may be too long for a socket address.
    static Result<sys::Subprocess> spawn(const std::string& program, const UserNetConfig& config, int ready) {
        TRY(sys::removeFile(socketIn(config.runDir)));
        TRY_ASSIGN(const auto log, sys::openAt(AT_FDCWD, config.runDir + "/" + kLogName,
                                               O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0600));
        TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDONLY));
        sys::SpawnOptions options;
        options.argv = commandLine(program, config);
        options.workingDirectory = config.runDir;
        options.newSession = true;
        options.fds = {
            {null.get(), 0}, {log.get(), 1}, {log.get(), 2}, {ready, kReadyFd}, {config.exitFd, kExitFd}};
        return sys::Subprocess::spawn(options);
    }
};

}  // namespace

std::unique_ptr<UserNet> makeSlirp4netns() {
    return std::make_unique<Slirp4netns>();
}

}  // namespace coracle::net
