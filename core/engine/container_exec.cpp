// SPDX-License-Identifier: Apache-2.0
#include "core/container/process_document.h"
#include "core/engine/local_containers.h"
#include "core/engine/local_secrets.h"
#include "core/engine/monitor_session.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>

namespace coracle::engine {
namespace {

using oci::monitor::Connection;
using oci::monitor::Frame;

/// Errors of ours must not look like those of the program (exit codes 126 and 127).
Error aboutUs(Error error) {
    if (error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::PermissionDenied) {
        return Error(ErrorKind::Unavailable, error.message(), error.sysErrno()).withHint(error.hint());
    }
    return error;
}

Result<std::string> makeSessionFolder(const container::ContainerPaths& paths) {
    const std::string folder = paths.runDir + "/exec-" + sys::randomHex(12);
    TRY(sys::makeDirectories(folder));
    return folder;
}

/// A program that lives long gets no child to reap: --background lets the monitor go on in a child of its
/// own, and the wait here is for its first process, which ends at once.
Result<Connection> spawn(const std::string& settingsPath, bool background,
                         const std::vector<int>& preservedFds) {
    TRY_ASSIGN(const auto program, sys::findHelper("coracle-monitor"));
    TRY_ASSIGN(auto sockets, sys::makeSocketPair(sys::SocketType::SeqPacket));
    TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    sys::SpawnOptions options;
    options.argv = {program, "--exec", settingsPath};
    if (background) {
        options.argv.emplace_back("--background");
    }
    options.newSession = true;
    options.workingDirectory = "/";
    options.fds = {
        {sockets.second.get(), oci::monitor::kControlFd}, {null.get(), 0}, {null.get(), 1}, {null.get(), 2}};
    oci::monitor::passPreserved(options, preservedFds);
    TRY_ASSIGN(auto monitor, sys::Subprocess::spawn(options));
    if (background) {
        TRY(monitor.wait());
    } else {
        monitor.detach();
    }
    return Connection(std::move(sockets.first));
}

/// Other frames before Started are not for the starter and are passed over.
Result<> awaitStart(Connection& connection) {
    while (true) {
        TRY_ASSIGN(const auto message, connection.receive());
        if (!message) {
            return Error(ErrorKind::Unavailable, "the monitor ended before the program started");
        }
        if (message->frame == Frame::Failed) {
            return oci::monitor::decodeFailure(message->payload);
        }
        if (message->frame == Frame::Started) {
            return {};
        }
    }
}

}  // namespace

/// The process object is built from the container's own config.json, so an exec has the capabilities,
/// limits and filters of the container, whatever the caller's computer says by now.
Result<std::unique_ptr<Session>> LocalContainers::exec(const std::string& id, const ExecSpec& spec) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (known.facts.status == types::ContainerStatus::Restarting) {
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is restarting")
            .withHint("wait until it runs");
    }
    if (!known.facts.isAlive()) {
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is not running")
            .withHint("start it with 'coracle start " + known.record.name + "'");
    }
    if (known.facts.status == types::ContainerStatus::Paused) {
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is paused")
            .withHint("let it go on with 'coracle unpause " + known.record.name + "'");
    }
    container::ExecRequest request;
    request.command = spec.command;
    request.tty = spec.tty;
    request.privileged = spec.privileged;
    request.env = spec.env;
    request.workingDirectory = spec.workingDirectory;
    const std::string user = spec.user.value_or(known.details.user);
    auto database = readUsers(m_context, known);
    if (!database) {
        return aboutUs(std::move(database).error());
    }
    auto resolved = container::resolveUser(user, *database);
    if (!resolved) {  // docker: the program cannot be run, which is 126
        const Error& error = resolved.error();
        return Error(ErrorKind::PermissionDenied, error.message()).withHint(error.hint());
    }
    request.user = *std::move(resolved);
    request.defaultEnv = known.details.env;
    TRY_ASSIGN(const auto secrets, secretEnvironment(known));
    for (const auto& [name, content] : secrets) {
        request.defaultEnv.push_back(name + "=" + content);
    }
    auto config = sys::readFile(known.paths.config(), json::kMaxDocumentBytes);
    if (!config) {
        return aboutUs(std::move(config).error());
    }
    TRY_ASSIGN(const auto process, container::buildExecProcess(*config, request));
    TRY_ASSIGN(const auto folder, makeSessionFolder(known.paths));
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    const nlohmann::json settings{{"id", known.record.id},
                                  {"runtime", runtime},
                                  {"runtimeArgs", {"--root", known.paths.runtimeRoot()}},
                                  {"runDir", folder},
                                  {"process", folder + "/process.json"},
                                  {"tty", spec.tty},
                                  {"openStdin", spec.interactive},
                                  {"detach", spec.detach}};
    TRY(sys::replaceFile(folder + "/process.json", process, 0600, sys::Durability::Process));
    TRY(sys::replaceFile(folder + "/exec.json", json::toText(settings), 0600, sys::Durability::Process));
    auto connection =
        spawn(folder + "/exec.json", m_context.lifetime() == Lifetime::LongLived, spec.preservedFds);
    if (!connection) {
        (void)sys::removeTree(folder);
        return aboutUs(std::move(connection).error());
    }
    const auto started = awaitStart(*connection);
    (void)sys::removeTree(folder);  // both files were read; a leftover goes with the container
    if (!started) {
        return Error(started.error());
    }
    if (spec.detach) {
        return std::unique_ptr<Session>();
    }
    return std::unique_ptr<Session>(std::make_unique<MonitorSession>(*std::move(connection)));
}

}  // namespace coracle::engine
