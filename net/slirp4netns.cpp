// SPDX-License-Identifier: Apache-2.0
#include "net/port_check.h"
#include "net/slirp_api.h"
#include "net/user_net.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

// The network of one container by two programs. slirp4netns enters the container's network namespace,
// makes the interface tap0 there and speaks for it with sockets of the host; coracle-portd does so for
// published UDP ports. Both end when the monitor's end of `exitFd` closes, however the monitor ends;
// nothing else keeps track of them. What is published is asked of slirp4netns itself over its socket, and
// UDP ports, which are fixed for a run, stand in a file.
namespace coracle::net {
namespace {

using std::chrono::milliseconds;

constexpr const char* kSocketName = "slirp.sock";
constexpr const char* kOpenFolder = "open";
constexpr const char* kLogName = "slirp.log";
constexpr const char* kRelayLogName = "portd.log";
constexpr const char* kUdpPortsName = "udp-ports";
/// slirp4netns refuses more than 65521; large packets are what makes it fast (performance.md 4).
constexpr const char* kMtu = "65520";
constexpr int kReadyFd = 3;
constexpr int kExitFd = 4;
/// Configuring the interface takes milliseconds; a machine under load gets more.
constexpr std::chrono::seconds kReadyLimit{10};
/// How late a request to stop is noticed while a helper starts.
constexpr milliseconds kStopCheck{50};
/// Time for a program to end whose container has; and for one that has ended to close its files.
constexpr std::chrono::duration<int, std::milli> kEndLimit{5000};
constexpr std::chrono::duration<int, std::milli> kClosing{20};
/// Each attempt that fails means that another process was given the very port between two system calls.
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

/// slirp4netns opens it inside of the container's user namespace and its own message does not say what to
/// do.
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

/// A program that works for one container and reports like slirp4netns: one byte to kReadyFd when it is
/// ready, and it ends when the other end of kExitFd is closed.
struct Helper {
    const char* name;
    const char* logName;
    std::vector<std::string> argv;
    std::string folder;  ///< below the run folder, to work in; empty: that one
};

/// What a helper said last before it gave up, without the warnings slirp4netns greets with and without the
/// line of its parent process, which only says that the child has failed.
std::string lastLine(const std::string& logPath) {
    const auto text = sys::readFile(logPath);
    if (!text) {
        return {};
    }
    std::string last;
    for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        const std::string_view line = std::string_view(*text).substr(at, end - at);
        if (!line.empty() && !line.starts_with("WARNING: ") && !line.starts_with("child failed")) {
            last = line;
        }
        at = end + 1;
    }
    return last;
}

/// The last line of its log is mostly the reason.
Error diedEarly(const UserNetConfig& config, const Helper& helper) {
    const std::string said = lastLine(config.runDir + "/" + helper.logName);
    return Error(ErrorKind::Unavailable, "start network with " + std::string(helper.name) + ": " +
                                             (said.empty() ? "it ended at once" : said))
        .withHint("`coracle doctor` shows what is missing; `--network none` starts without a network");
}

/// Wait until the interface is configured. Ready is one byte; the end without it means that the helper is
/// gone, for it has the only other copy of the pipe's end.
Result<> waitUntilReady(const UserNetConfig& config, const Helper& helper, sys::UniqueFd ready,
                        const std::stop_token& stop) {
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
            return Error(ErrorKind::Unavailable, "start network with " + std::string(helper.name) +
                                                     ": it is not ready after " +
                                                     std::to_string(kReadyLimit.count()) + " seconds");
        }
        TRY(loop.runOnce(kStopCheck));
    }
    loop.unwatch(ready.get());
    return answer == Answer::Ready ? Result<>() : Result<>(diedEarly(config, helper));
}

/// Start a helper in the run folder, where names are short enough for a socket address, and wait for it. A
/// session of its own, so that Ctrl-C in the starter's terminal does not take the network away. On failure
/// the helper is killed by its owner's destructor.
Result<sys::Subprocess> startHelper(const UserNetConfig& config, const Helper& helper,
                                    const std::stop_token& stop) {
    TRY_ASSIGN(const auto log, sys::openAt(AT_FDCWD, config.runDir + "/" + helper.logName,
                                           O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0600));
    TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDONLY));
    TRY_ASSIGN(auto ready, sys::makePipe());
    sys::SpawnOptions options;
    options.argv = helper.argv;
    options.workingDirectory = config.runDir + (helper.folder.empty() ? "" : "/" + helper.folder);
    options.newSession = true;
    options.fds = {{null.get(), 0},
                   {log.get(), 1},
                   {log.get(), 2},
                   {ready.writeEnd.get(), kReadyFd},
                   {config.exitFd, kExitFd}};
    TRY_ASSIGN(auto process, sys::Subprocess::spawn(options));
    ready.writeEnd.reset();
    TRY(waitUntilReady(config, helper, std::move(ready.readEnd), stop));
    return process;
}

/// Before a command line: the program makes files that all may use, as it belongs to another user by then.
/// posix_spawn(3) cannot set the umask.
const std::vector<std::string> kWithOpenMask{"/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"};

/// What can be said about a port before any process is started: slirp4netns itself answers a taken port
/// with one sentence for every reason.
Result<> checkPublishable(const PortMapping& port) {
    if (port.hostIp.find(':') != std::string::npos) {
        return Error(ErrorKind::Unsupported,
                     "publish port '" + toText(port) + "': slirp4netns forwards no IPv6 ports")
            .withHint("publish it on an IPv4 address, or on all by leaving the address out");
    }
    TRY_ASSIGN(const PortCheck check, checkPort(port));
    return check.state == PortState::Free ? Result<>() : Result<>(toError(port, check));
}

/// Whether this user has an id in the user namespace of `pid`. Lines of uid_map are "inside outside count"
/// (user_namespaces(7)), the second one as the reader sees it. Of a process that has ended: yes.
bool isUserMapped(pid_t pid) {
    const auto map = sys::readFile("/proc/" + std::to_string(pid) + "/uid_map");
    if (!map) {
        return true;
    }
    std::istringstream lines(*map);
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
    const std::uint64_t user = ::geteuid();
    while (lines >> inside >> outside >> count) {
        if (user >= outside && user - outside < count) {
            return true;
        }
    }
    return false;
}

/// slirp4netns makes its socket after it has gone into the container's user namespace. Where this user has no
/// id, it may write into a folder that is open to all, in the run folder, which is not. Errors: by errno.
Result<> makeOpenFolder(const std::string& runDir) {
    const std::string folder = runDir + "/" + kOpenFolder;
    TRY(sys::makeDirectories(folder));
    constexpr mode_t kOpen = 0777;
    return ::chmod(folder.c_str(), kOpen) == 0 ? Result<>()
                                               : Result<>(Error::fromErrno("open '" + folder + "' to all"));
}

class Slirp4netns final : public UserNet {
public:
    /// TCP ports are added after the start, one request each; a failure ends both programs, since neither
    /// is detached before all is done.
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
        TRY(sys::removeFile(socketIn(config.runDir)));
        Helper slirp{"slirp4netns", kLogName, commandLine(*program, config), {}};
        if (!isUserMapped(config.pid)) {
            TRY(makeOpenFolder(config.runDir));
            TRY(sys::removeFile(socketIn(config.runDir)));
            slirp.folder = kOpenFolder;
            slirp.argv.insert(slirp.argv.begin(), kWithOpenMask.begin(), kWithOpenMask.end());
        }
        TRY_ASSIGN(auto helper, startHelper(config, slirp, stop));
        RunningNet net;
        std::vector<PortMapping> relayed;
        for (const PortMapping& port : config.ports) {
            const bool udp = port.protocol == Protocol::Udp;
            TRY_ASSIGN(PortMapping published, udp ? withHostPort(port) : addPort(config.runDir, port));
            if (udp) {
                relayed.push_back(published);
            }
            net.ports.push_back(std::move(published));
        }
        TRY_ASSIGN(net.relayPid, relay(config, relayed, stop));
        net.helperPid = helper.pid();
        net.address = kSlirpAddress;
        net.gateway = kSlirpGateway;
        net.nameServer = kSlirpNameServer;
        helper.detach();  // ends by itself when the monitor closes the other end of exitFd
        return net;
    }

    /// With port 0 the kernel is asked for a free one, which somebody else may take before slirp4netns
    /// binds it: so it is asked again. A port that was named is tried once.
    Result<PortMapping> addPort(const std::string& runDir, const PortMapping& wanted) override {
        if (wanted.protocol == Protocol::Udp) {
            return udpIsFixed(wanted);
        }
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

    /// TCP ports are asked for from slirp4netns itself; those of the UDP relay, which answers nobody,
    /// stand in a file that was written when it began.
    Result<std::vector<PortMapping>> ports(const std::string& runDir) override {
        TRY_ASSIGN(const auto forwards, list(runDir));
        std::vector<PortMapping> ports;
        for (const auto& forward : forwards) {
            ports.push_back(forward.port);
        }
        const auto udp = sys::readFile(runDir + "/" + kUdpPortsName);
        std::string_view rest = udp ? std::string_view(*udp) : std::string_view();
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            TRY_ASSIGN(const auto parsed, parsePortMappings(rest.substr(0, end)));
            ports.insert(ports.end(), parsed.begin(), parsed.end());
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return ports;
    }

    /// By the number that slirp4netns gave the forwarding, so it is looked for in its list first.
    Result<> removePort(const std::string& runDir, const PortMapping& port) override {
        if (port.protocol == Protocol::Udp) {
            return udpIsFixed(port);
        }
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
    static std::string socketIn(const std::string& runDir) {
        const std::string open = runDir + "/" + kOpenFolder;
        return (sys::pathExists(open) ? open : runDir) + "/" + kSocketName;
    }

    static Result<std::vector<slirp::Forward>> list(const std::string& runDir) {
        TRY_ASSIGN(const std::string answer, slirp::call(socketIn(runDir), slirp::listRequest()));
        return slirp::parseList(answer);
    }

    static Error udpIsFixed(const PortMapping& port) {
        return {ErrorKind::Unsupported,
                "port '" + toText(port) + "': udp ports are published when the container starts"};
    }

    /// A port that is chosen here may be taken before the relay binds it, and the start fails then.
    static Result<PortMapping> withHostPort(PortMapping port) {
        if (port.hostPort == 0) {
            TRY_ASSIGN(port.hostPort, chooseFreePort(port));
        }
        return port;
    }

    /// slirp4netns drops the answers to a UDP client on 127.0.0.1 when the host's loopback is closed, because
    /// it takes them for an attempt to reach it. So coracle-portd carries UDP.
    static Result<pid_t> relay(const UserNetConfig& config, const std::vector<PortMapping>& ports,
                               const std::stop_token& stop) {
        std::string list;
        for (const PortMapping& port : ports) {
            list += toText(port) + "\n";
        }
        TRY(sys::replaceFile(config.runDir + "/" + kUdpPortsName, list, 0600, sys::Durability::Process));
        if (ports.empty()) {
            return pid_t{0};
        }
        TRY_ASSIGN(std::string program, sys::findHelper("coracle-portd"));
        Helper portd{
            "coracle-portd", kRelayLogName, {std::move(program), std::to_string(config.pid), kSlirpAddress}};
        for (const PortMapping& port : ports) {
            portd.argv.push_back(toText(port));
        }
        TRY_ASSIGN(auto process, startHelper(config, portd, stop));
        const pid_t pid = process.pid();
        process.detach();  // ends like slirp4netns
        return pid;
    }
};

}  // namespace

namespace {

/// The process whose network a program with these arguments makes; 0: it is none of ours.
pid_t servedBy(const std::vector<std::string>& argv) {
    const std::string name = argv.empty() ? "" : argv.front().substr(argv.front().rfind('/') + 1);
    std::string number;
    if (name == "slirp4netns" && argv.size() > 2) {
        number = argv.at(argv.size() - 2);
    } else if (name == "coracle-portd" && argv.size() > 1) {
        number = argv.at(1);
    }
    pid_t pid = 0;
    const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), pid);
    return error == std::errc{} && stop == number.data() + number.size() ? pid : 0;
}

/// A process that ends has no arguments any more before it closes what it has open.
bool isLeftOver(pid_t pid) {
    const auto text = sys::readFile("/proc/" + std::to_string(pid) + "/cmdline");
    if (!text || text->empty()) {
        return true;
    }
    std::vector<std::string> argv;
    std::istringstream words(*text);
    for (std::string word; std::getline(words, word, '\0');) {
        argv.push_back(std::move(word));
    }
    const pid_t served = servedBy(argv);
    const auto container = sys::identifyProcess(served);
    return served > 1 && (!container || sys::isEnding(*container));
}

}  // namespace

bool hasLetGo(const PortHolder& holder) {
    if (holder.pid == 0) {
        // Its files are closed one by one after they are gone from its folder in /proc, which has no event.
        return holder.uid == ::geteuid() && ::poll(nullptr, 0, kClosing.count()) == 0;
    }
    const auto identity = sys::identifyProcess(holder.pid);
    const auto process = identity ? sys::openProcess(*identity) : Result<sys::UniqueFd>(identity.error());
    if (!process) {
        return process.error().kind() == ErrorKind::NotFound;
    }
    if (!isLeftOver(holder.pid)) {
        return false;
    }
    pollfd end{process->get(), POLLIN, 0};
    return ::poll(&end, 1, kEndLimit.count()) > 0;
}

std::unique_ptr<UserNet> makeSlirp4netns() {
    return std::make_unique<Slirp4netns>();
}

}  // namespace coracle::net
