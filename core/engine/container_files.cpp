// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_files.h"

#include "core/container/lifecycle.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <charconv>

#include <fcntl.h>
#include <poll.h>

namespace coracle::engine {
namespace {

constexpr int kHoldFd = 3;  // in the runtime
constexpr int kEndLimitMs = 10'000;
constexpr std::string_view kFiles = "files";
constexpr std::string_view kImage = "image";

/// The container's own document without what only a program needs, and without namespaces of others: files
/// look the same whatever the network is. What remains is the root, the mounts and the map of ids.
Result<std::string> filesOnly(const std::string& text, const std::string& rootfs, bool withoutMounts) {
    TRY_ASSIGN(nlohmann::json document, json::parse(text));
    if (withoutMounts) {
        document["mounts"] = nlohmann::json::array();
    }
    document["root"]["path"] = rootfs;
    document.erase("hooks");
    auto& linux = document["linux"];
    for (const char* member : {"resources", "cgroupsPath", "sysctl", "seccomp", "intelRdt", "personality"}) {
        linux.erase(member);
    }
    if (linux.contains("namespaces") && linux["namespaces"].is_array()) {
        for (auto& space : linux["namespaces"]) {
            if (space.is_object() && space.value("type", "") != "user") {
                space.erase("path");
            }
        }
    }
    auto& process = document["process"];
    process["terminal"] = false;
    for (const char* member : {"rlimits", "oomScoreAdj", "apparmorProfile", "selinuxLabel", "scheduler",
                               "ioPriority", "execCPUAffinity"}) {
        process.erase(member);
    }
    process["args"] = {"/"};
    process["cwd"] = "/";
    return json::toText(document);
}

/// The same layers below an upper folder of our own, in which nobody has written.
Result<std::string> withoutUpper(const std::string& text, const std::string& bundle) {
    TRY_ASSIGN(nlohmann::json document, json::parse(text));
    document["copyUp"] = nlohmann::json::array();
    document.erase("ownedMounts");
    document.erase("overlayMounts");
    document["overlay"]["upper"] = bundle + "/upper";
    document["overlay"]["work"] = bundle + "/work";
    return json::toText(document);
}

Result<> runRuntime(const std::string& root, const std::vector<std::string>& words,
                    std::vector<std::pair<int, int>> fds) {
    TRY_ASSIGN(std::string program, sys::findHelper("coracle-runtime"));
    TRY_ASSIGN(const sys::UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    TRY_ASSIGN(const sys::UniqueFd said, sys::memoryFile(""));
    sys::SpawnOptions options;
    options.argv = {std::move(program), "--root", root};
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    options.fds = std::move(fds);
    options.fds.insert(options.fds.end(), {{null.get(), 0}, {null.get(), 1}, {said.get(), 2}});
    options.workingDirectory = "/";
    TRY_ASSIGN(sys::Subprocess process, sys::Subprocess::spawn(options));
    TRY_ASSIGN(const sys::ExitStatus status, process.wait());
    if (status.success()) {
        return {};
    }
    std::string text = sys::contentOf(said.get(), 4096);
    text.erase(text.find_last_not_of('\n') + 1);
    return Error(ErrorKind::Unavailable, text.empty() ? "the runtime failed" : text);
}

Result<sys::UniqueFd> openRecorded(const std::string& pidFile) {
    TRY_ASSIGN(const std::string text, sys::readFile(pidFile));
    pid_t pid = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), pid);
    if (pid <= 0) {
        return Error(ErrorKind::Corrupt, "'" + pidFile + "' holds no process number");
    }
    TRY_ASSIGN(const auto identity, sys::identifyProcess(pid));
    return sys::openProcess(identity);
}

}  // namespace

Result<std::unique_ptr<ContainerFiles>> ContainerFiles::open(EngineContext& context,
                                                             const KnownContainer& known) {
    std::unique_ptr<ContainerFiles> files(new ContainerFiles(known));  // the constructor is private
    KnownContainer current = known;
    if (!current.facts.isAlive()) {
        TRY_ASSIGN(files->m_lock, container::lockOperation(known.paths, "cp"));
        TRY_ASSIGN(current, loadContainer(context, known.record.id));  // it may have been started meanwhile
    }
    if (current.facts.status == types::ContainerStatus::Restarting) {
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is restarting")
            .withHint("wait until it runs, or stop it first");
    }
    if (current.facts.isAlive()) {
        files->m_lock.reset();
        TRY_ASSIGN(files->m_process, sys::openProcess(current.facts.process));
        return files;
    }
    TRY(files->hold(current, kFiles));
    return files;
}

Result<std::unique_ptr<ContainerFiles>> ContainerFiles::openImage(const KnownContainer& known) {
    std::unique_ptr<ContainerFiles> files(new ContainerFiles(known));  // as above
    TRY(files->hold(known, kImage));
    return files;
}

/// Under the runtime's name of the container and a word, so that what a kill of an earlier one left is found.
Result<> ContainerFiles::hold(const KnownContainer& known, std::string_view word) {
    TRY_ASSIGN(const std::string config, sys::readFile(known.paths.config(), json::kMaxDocumentBytes));
    TRY_ASSIGN(const std::string overlay, sys::readFile(known.paths.overlay(), json::kMaxDocumentBytes));
    const bool imageOnly = word == kImage;
    m_heldId = m_id + "-" + std::string(word);
    m_bundle = known.paths.runDir + "/" + std::string(word);
    const std::string rootfs = imageOnly ? m_bundle + "/rootfs" : known.paths.rootfs();
    TRY_ASSIGN(const std::string document, filesOnly(config, rootfs, imageOnly));
    TRY_ASSIGN(const std::string layers, imageOnly ? withoutUpper(overlay, m_bundle) : Result(overlay));
    (void)runRuntime(m_runtimeRoot, {"delete", "--force", m_heldId}, {});  // mostly there is none
    TRY(sys::removeTree(m_bundle));
    TRY(sys::makeDirectories(m_bundle));
    if (imageOnly) {
        for (const char* folder : {"/rootfs", "/upper", "/work"}) {
            TRY(sys::makeDirectories(m_bundle + folder));
        }
    }
    TRY(sys::replaceFile(m_bundle + "/config.json", document, 0600, sys::Durability::Process));
    TRY(sys::replaceFile(m_bundle + "/coracle.json", layers, 0600, sys::Durability::Process));
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    TRY(runRuntime(m_runtimeRoot,
                   {"create", "--bundle", m_bundle, "--pid-file", m_bundle + "/pid", "--hold",
                    std::to_string(kHoldFd), m_heldId},
                   {{pipe.readEnd.get(), kHoldFd}}));
    m_holder = std::move(pipe.writeEnd);
    TRY_ASSIGN(m_process, openRecorded(m_bundle + "/pid"));
    return {};
}

/// The end of its process is waited for, since its mounts hold the container's folders until then.
ContainerFiles::~ContainerFiles() {
    if (m_bundle.empty()) {
        return;
    }
    m_holder.reset();
    if (m_process) {
        pollfd ended{m_process.get(), POLLIN, 0};
        (void)::poll(&ended, 1, kEndLimitMs);  // --force does the rest
    }
    (void)runRuntime(m_runtimeRoot, {"delete", "--force", m_heldId}, {});
    (void)sys::removeTree(m_bundle);
}

}  // namespace coracle::engine
