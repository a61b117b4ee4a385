// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/state.h"

#include "rootless/cgroup/group.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unix_socket.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::runtime {
namespace {

/// Leaves room for "coracle-" in front of it, the name of its control group, in the 255 bytes of a name.
constexpr std::size_t kMaxIdBytes = 200;

/// What it takes to end a container: whose process it is, and whether its end is that of all.
Result<ContainerState> parseProcess(const nlohmann::json& document) {
    ContainerState state;
    TRY_ASSIGN(const auto pid, json::loadInteger(document, "pid"));
    TRY_ASSIGN(const auto ticks, json::loadInteger(document, "startTicks"));
    TRY_ASSIGN(state.process.bootId, json::loadString(document, "bootId"));
    state.process.pid = static_cast<pid_t>(pid);
    state.process.startTicks = static_cast<std::uint64_t>(ticks);
    TRY_ASSIGN(const auto namespaces, json::loadInteger(document, "namespaces"));
    state.namespaces = static_cast<std::uint64_t>(namespaces);
    TRY_ASSIGN(const auto shared, json::findInteger(document, "sharedNamespaces"));
    state.shared = static_cast<std::uint64_t>(shared.value_or(0));
    return state;
}

/// The file is ours and in a folder that only the user may write; it is read with the same care as any
/// other document, as a disk may damage it.
Result<ContainerState> parseState(const std::string& text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    TRY_ASSIGN(ContainerState state, parseProcess(document));
    TRY_ASSIGN(state.id, json::loadString(document, "id"));
    TRY_ASSIGN(state.bundle, json::loadString(document, "bundle"));
    TRY_ASSIGN(state.version, json::loadString(document, "ociVersion"));
    TRY_ASSIGN(state.createdAt, json::loadInteger(document, "createdAt"));
    TRY_ASSIGN(const auto keeperDir, json::findString(document, "keeperDir"));
    state.keeperDir = keeperDir.value_or("");
    TRY_ASSIGN(state.annotations, json::findStringMap(document, "annotations"));
    TRY_ASSIGN(state.seccomp.word, json::loadString(document, "seccomp"));
    TRY_ASSIGN(const auto profile, json::findString(document, "seccompProfile"));
    state.seccomp.profile = profile.value_or("");
    TRY_ASSIGN(const auto actingUid, json::findInteger(document, "actingUid"));
    TRY_ASSIGN(const auto actingGid, json::findInteger(document, "actingGid"));
    state.actingUid = static_cast<std::uint32_t>(actingUid.value_or(0));
    state.actingGid = static_cast<std::uint32_t>(actingGid.value_or(0));
    const auto* process = json::findObject(document, "process");
    if (process == nullptr) {
        return Error(ErrorKind::Corrupt, "member 'process' is missing");
    }
    TRY_ASSIGN(state.defaults, oci::parseProcess(*process));
    if (const auto* hooks = json::findObject(document, "hooks")) {
        TRY_ASSIGN(state.hooks, oci::parseHooks(*hooks));
    }
    TRY_ASSIGN(const auto personality, json::findInteger(document, "personality"));
    if (personality) {
        state.personality = static_cast<unsigned long>(*personality);
    }
    return state;
}

}  // namespace

const char* toWord(Status status) {
    switch (status) {
    case Status::Creating:
        return "creating";
    case Status::Created:
        return "created";
    case Status::Running:
        return "running";
    case Status::Paused:
        return "paused";
    case Status::Stopped:
        return "stopped";
    }
    return "unknown";
}

/// The id becomes the name of a folder: no '/' and no leading '.', so neither "..", nor a hidden entry; no
/// leading '-', since ids are words of command lines.
Result<> checkId(const std::string& id) {
    const auto good = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '_' || letter == '+' || letter == '-' ||
               letter == '.';
    };
    if (id.empty() || id.size() > kMaxIdBytes || !std::all_of(id.begin(), id.end(), good) ||
        id.front() == '.' || id.front() == '-') {
        return Error(ErrorKind::InvalidArgument, "container id '" + id + "' is not allowed")
            .withHint("use letters, digits and _ + - . in it, 200 at most, and none of - and . in front");
    }
    return {};
}

StateStore::Reservation::~Reservation() {
    if (!m_folder.empty()) {
        (void)sys::removeTree(m_folder);  // ignored: the next start with this id takes it over
    }
}

/// Replaces the file in one step, so a reader sees the old or the new state. Not forced to the disk: a
/// state does not outlive the boot.
Result<sys::StagedFile> StateStore::Reservation::stage(const ContainerState& state) const {
    nlohmann::json document{{"ociVersion", state.version},
                            {"id", state.id},
                            {"bundle", state.bundle},
                            {"pid", state.process.pid},
                            {"startTicks", state.process.startTicks},
                            {"bootId", state.process.bootId},
                            {"createdAt", state.createdAt},
                            {"namespaces", state.namespaces},
                            {"actingUid", state.actingUid},
                            {"actingGid", state.actingGid},
                            {"seccomp", state.seccomp.word},
                            {"process", oci::toJson(state.defaults)}};
    if (state.shared != 0) {
        document["sharedNamespaces"] = state.shared;
    }
    if (!state.keeperDir.empty()) {
        document["keeperDir"] = state.keeperDir;
    }
    if (!state.annotations.empty()) {
        document["annotations"] = state.annotations;
    }
    if (!state.seccomp.profile.empty()) {
        document["seccompProfile"] = state.seccomp.profile;
    }
    if (const auto hooks = oci::lateHooksToJson(state.hooks); !hooks.empty()) {
        document["hooks"] = hooks;
    }
    if (state.personality) {
        document["personality"] = *state.personality;
    }
    return sys::StagedFile::write(m_folder + "/state.json", json::toText(document) + "\n", 0600);
}

/// The lock is what reserves; the folder may be left from a creator that was killed and is used again
/// then. state.json is looked for under the lock, since it is what makes a container exist.
Result<StateStore::Reservation> StateStore::reserve(const std::string& id) const {
    TRY(checkId(id));
    const std::string folder = m_root + "/" + id;
    TRY(sys::makeDirectories(folder, 0700));
    TRY_ASSIGN(auto lock, sys::FileLock::tryAcquire(folder + "/lock", sys::LockMode::Exclusive, "create"));
    if (!lock || sys::pathExists(folder + "/state.json")) {
        return Error(ErrorKind::AlreadyExists, "container '" + id + "' already exists");
    }
    (void)sys::removeFile(folder + "/start.sock");  // ignored: of a creator that was killed
    return Reservation(folder, *std::move(lock));
}

Result<ContainerState> StateStore::load(const std::string& id) const {
    TRY(checkId(id));
    const auto text = sys::readFile(m_root + "/" + id + "/state.json");
    if (!text && text.error().kind() == ErrorKind::NotFound) {
        return Error(ErrorKind::NotFound, "container '" + id + "' does not exist");
    }
    TRY(text);
    auto state = parseState(*text);
    if (!state) {
        return std::move(state).error().context("read state of container '" + id + "'");
    }
    return state;
}

Result<ContainerState> StateStore::loadProcess(const std::string& id) const {
    TRY(checkId(id));
    TRY_ASSIGN(const std::string text, sys::readFile(m_root + "/" + id + "/state.json"));
    TRY_ASSIGN(const auto document, json::parse(text));
    TRY_ASSIGN(ContainerState state, parseProcess(document));
    state.id = id;
    return state;
}

/// Nothing is stored about the status: it follows from what lives at this moment, so it cannot be out of
/// date. A group that cannot be read counts as not frozen.
Status StateStore::statusOf(const ContainerState& state) const {
    if (!sys::isAlive(state.process)) {
        return Status::Stopped;
    }
    // The waiting process listens; its socket closes by the very execve(2) that starts the container, or when
    // it is ended.
    if (const std::string path = socketPath(state.id); sys::pathExists(path)) {
        if (sys::connectUnix(path, sys::SocketType::SeqPacket)) {
            return Status::Created;
        }
        if (sys::isEnding(state.process)) {
            return Status::Stopped;
        }
    }
    const auto entry = cgroup::readGroupRecord(folder(state.id));
    if (entry) {
        const auto root = cgroup::openHierarchy();
        const auto group =
            root ? cgroup::Group::open(root->get(), entry->path) : Result<cgroup::Group>(root.error());
        if (group && group->isFrozen()) {
            return Status::Paused;
        }
    }
    return Status::Running;
}

Result<> StateStore::remove(const std::string& id) const {
    TRY(checkId(id));
    return sys::removeTree(m_root + "/" + id);
}

/// Names that are no ids (the cache of filters) are passed over.
Result<std::vector<std::string>> StateStore::list() const {
    auto names = sys::listDirectory(m_root);
    if (!names && names.error().kind() == ErrorKind::NotFound) {
        return std::vector<std::string>{};
    }
    TRY(names);
    std::erase_if(*names, [](const std::string& name) { return !checkId(name); });
    std::sort(names->begin(), names->end());
    return names;
}

}  // namespace coracle::runtime
