// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/settings.h"
#include "rootless/monitor/supervisor.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/runtime/program.h"
#include "rootless/runtime/spare_namespaces.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/file.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/standby.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::monitor {
namespace {

constexpr int kUsageError = 2;

/// The command line: who starts it and with what is in rootless/oci/monitor_protocol.h.
struct Arguments {
    Mode mode = Mode::Container;
    std::string path;
    bool await = false;  ///< the path comes with the first frame
    bool background = false;
    std::string
        keeperDir;  ///< of the kept user namespace, below which namespaces are made ahead; empty: none are
    std::vector<int> preserved;  ///< what the program has kPreservedFd and those after it as
    Supervisor::Adopt adopt = Supervisor::Adopt::No;
};

/// Started by the engine only, so there are neither short forms nor explanations.
std::optional<Arguments> parseArguments(const std::vector<std::string_view>& words) {
    Arguments arguments;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--background") {
            arguments.background = true;
        } else if (words[i] == "--await") {
            arguments.await = true;
        } else if (words[i] == "--adopt") {
            arguments.adopt = Supervisor::Adopt::Yes;
        } else if (words[i] == "--ahead" && i + 1 < words.size()) {
            arguments.keeperDir = words[++i];
        } else if (words[i] == "--preserve" && i + 1 < words.size()) {
            auto preserved = oci::monitor::parsePreserved(words[++i]);
            if (!preserved) {
                return std::nullopt;
            }
            arguments.preserved = *std::move(preserved);
        } else if ((words[i] == "--config" || words[i] == "--exec") && i + 1 < words.size() &&
                   arguments.path.empty()) {
            arguments.mode = words[i] == "--exec" ? Mode::Exec : Mode::Container;
            arguments.path = words[++i];
        } else {
            return std::nullopt;
        }
    }
    return arguments.path.empty() != arguments.await ? std::nullopt : std::optional(arguments);
}

/// All from `first` on but those that are for the program.
Result<> letGoOfDescriptors(int first, const std::vector<int>& preserved) {
    if (preserved.empty()) {
        sys::closeFrom(first);
        return {};
    }
    const int end = oci::monitor::kPreservedFd + static_cast<int>(preserved.size());
    for (int fd = oci::monitor::kPreservedFd; fd < end; ++fd) {
        TRY(sys::setCloseOnExec(fd));
    }
    sys::closeFrom(end);
    sys::closeRange(first, oci::monitor::kPreservedFd - 1);
    return {};
}

/// The starter's terminal and whatever it has open must not be held for the life of a container: a shell
/// that reads `$(coracle run -d ..)` waits until the last writer is gone.
/// Order: descriptors first, while the starter still waits for us; then the background, so that the
/// starter's wait(2) returns; then the session, which a leader of a process group could not start. SIGXFSZ
/// is ignored because a log beyond the user's file size limit must be an error of write(2), not the end of
/// the monitor.
Result<sys::UniqueFd> letGoOfStarter(const Arguments& arguments) {
    TRY(sys::setCloseOnExec(oci::monitor::kControlFd));
    const bool kept = arguments.mode == Mode::Container && sys::isPipe(oci::monitor::kKeptFd) &&
                      sys::setCloseOnExec(oci::monitor::kKeptFd);
    TRY(letGoOfDescriptors(kept ? oci::monitor::kKeptFd + 1 : oci::monitor::kKeptFd, arguments.preserved));
    if (arguments.background) {
        TRY(sys::goOnInBackground());
    }
    (void)::setsid();  // fails when the starter has done it
    sys::ignoreSignals({SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ});
    TRY(sys::redirectStandardStreamsToNull());
    return sys::UniqueFd(kept ? oci::monitor::kKeptFd : -1);
}

/// Our own runtime is linked in; any other is a program to start. None for what has to be started.
/// Compared by device and inode, for the path may lead through links.
Supervisor::Runtime ownRuntime(const Settings& settings) {
    const auto known = sys::findHelper("coracle-runtime");
    struct stat ours {};
    struct stat wanted {};
    const bool same = known && ::stat(known->c_str(), &ours) == 0 &&
                      ::stat(settings.runtime.c_str(), &wanted) == 0 && ours.st_dev == wanted.st_dev &&
                      ours.st_ino == wanted.st_ino;
    if (!same || !runtime::mayForkInto()) {
        return {};
    }
    return runtime::runtimeMain;
}

/// none: the starter needs no monitor. One byte more than PATH_MAX for the frame's kind.
std::optional<std::string> awaitPath(int control) {
    std::array<char, 4097> buffer{};
    const auto packet = sys::receivePacket(control, buffer, sys::Blocking::Yes);
    if (!packet || packet->transfer != sys::Transfer::Done) {
        return std::nullopt;
    }
    const auto message = oci::monitor::decode(std::string_view(buffer.data(), packet->size));
    if (!message || message->frame != oci::monitor::Frame::Begin) {
        return std::nullopt;
    }
    return std::string(message->payload);
}

std::vector<Preserved> takePreserved(const std::vector<int>& numbers) {
    std::vector<Preserved> preserved;
    int at = oci::monitor::kPreservedFd;
    for (const int number : numbers) {
        preserved.push_back({sys::UniqueFd(at++), number});
    }
    return preserved;
}

/// What a start needs of the runtime and what does not depend on the container. What cannot be made is left
/// to the start.
Supervisor::Ahead makeAhead(const std::string& keeperDir) {
    Supervisor::Ahead ahead;
    if (auto offer = runtime::offerNamespaces(keeperDir)) {
        ahead.namespaces = *std::move(offer);
    }
    if (auto made = sys::Standby::make("coracle-runtime", runtime::runtimeMain)) {
        ahead.runtime = *std::move(made);
    }
    return ahead;
}

/// A failure before the supervisor took the connection over is told here, as one of ours: NotFound and the
/// like would be taken for the container's program.
int superviseOrTell(Arguments arguments, sys::UniqueFd kept) {
    sys::UniqueFd control(oci::monitor::kControlFd);
    Supervisor::Ahead ahead;
    if (arguments.await) {
        if (!arguments.keeperDir.empty() && runtime::mayForkInto()) {
            ahead = makeAhead(arguments.keeperDir);
        }
        const auto path = awaitPath(control.get());
        if (!path) {
            return 0;
        }
        arguments.path = *path;
    }
    auto supervise = [&]() -> Result<int> {
        TRY_ASSIGN(const Settings settings, loadSettings(arguments.path, arguments.mode));
        TRY_ASSIGN(sys::EventLoop loop, sys::EventLoop::create());
        return Supervisor(loop, settings, ownRuntime(settings), takePreserved(arguments.preserved),
                          std::move(ahead))
            .run(std::move(control), std::move(kept), arguments.adopt);
    };
    auto code = supervise();
    if (code) {
        return *code;
    }
    if (control) {
        const Error& error = code.error();
        const Error told = Error(ErrorKind::Internal, error.message()).withHint(error.hint());
        (void)oci::monitor::sendFrame(control.get(), oci::monitor::Frame::Failed,
                                      oci::monitor::encodeFailure(told), sys::Blocking::No);
    }
    return 1;
}

int monitorMain(const std::vector<std::string_view>& words) {
    const auto arguments = parseArguments(words);
    if (!arguments) {
        (void)std::fputs(
            "usage: coracle-monitor [--background] [--adopt] [--preserve LIST] --config FILE | --exec FILE | "
            "--await [--ahead DIR]\n",
            stderr);
        return kUsageError;
    }
    auto ready = letGoOfStarter(*arguments);
    if (!ready) {
        (void)std::fprintf(stderr, "coracle-monitor: %s\n", ready.error().message().c_str());
        return kUsageError;
    }
    return superviseOrTell(*arguments, *std::move(ready));
}

}  // namespace
}  // namespace coracle::monitor

int main(int argc, char** argv) {
    return coracle::monitor::monitorMain({argv, argv + argc});
}
