// SPDX-License-Identifier: Apache-2.0
#include "core/store/store.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/helper_stream.h"
#include "core/store/references.h"
#include "core/store/secrets.h"
#include "core/text/units.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <cerrno>
#include <ctime>
#include <set>

#include <sys/stat.h>

namespace coracle::store {
namespace {

/// A pull makes layers and blobs visible before the image that needs them, and a container's folder comes
/// before its row: garbage is what has been so for longer than any of them takes.
constexpr std::int64_t kGarbageSeconds = 24LL * 3600;
/// What lies in the trash for longer was left there by somebody who was killed.
constexpr std::int64_t kStaleTrashSeconds = 60;

bool isContainerId(const std::string& name) {
    return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::int64_t ageInSeconds(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? std::time(nullptr) - status.st_mtim.tv_sec : 0;
}

}  // namespace

struct Store::State {
    State(const StorePaths& paths, IdMapping mapping)
        : context(paths, mapping)
        , blobs(context)
        , layers(context)
        , images(context)
        , containers(context)
        , volumes(context)
        , trash(context)
        , removals(context)
        , protections(context)
        , usage(context)
        , events(context.layout.eventsFile())
        , packing(context) {}

    Result<std::set<std::string>> firstColumn(const char* sql) const {
        std::set<std::string> values;
        TRY(context.database.read([&]() -> Result<> {
            TRY_ASSIGN(Statement row, context.database.prepare(sql));
            TRY_ASSIGN(const auto found, texts(row));
            values.insert(found.begin(), found.end());
            return {};
        }));
        return values;
    }

    Result<std::set<std::string>> knownBlobs() const;
    Result<> collectLayers(GarbageReport& report) const;
    Result<> collectBlobs(GarbageReport& report) const;
    Result<> collectContainers(GarbageReport& report) const;
    Result<bool> moveContainer(const std::string& id) const;

    StoreContext context;
    Blobs blobs;
    Layers layers;
    Images images;
    Containers containers;
    Volumes volumes;
    Trash trash;
    Removals removals;
    Protections protections;
    Usage usage;
    Events events;
    Packing packing;
};

/// Cleaning is part of opening, since there is no daemon that could do it: what killed commands left is
/// swept by the next one.
Result<Store> Store::open(const StorePaths& paths, IdMapping mapping) {
    auto state = std::make_unique<State>(paths, mapping);
    if (auto prepared = prepareLayout(state->context.layout); !prepared) {
        Error error = std::move(prepared).error();
        const bool refused = error.kind() == ErrorKind::PermissionDenied && error.hint().empty();
        return refused ? std::move(error).withHint(
                             "images, containers and volumes are kept there: let that folder belong to you "
                             "and be "
                             "writable, or name another one by CORACLE_ROOT or --root")
                       : std::move(error);
    }
    TRY_ASSIGN(const std::size_t swept, sweepStaging(state->context.layout));
    TRY_ASSIGN(const bool empty, state->trash.empty());
    if (!empty && (swept > 0 || ageInSeconds(state->context.layout.trashDir()) > kStaleTrashSeconds)) {
        (void)state->trash.purgeInBackground();  // the store works with a full trash
    }
    return Store(std::move(state));
}

Result<> Store::tidy() const {
    return m_state->context.database.writeLogBack();
}

bool Store::wantsTidying() const {
    return m_state->context.database.hasLongLog();
}

Store::Store(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const Layout& Store::layout() const noexcept {
    return m_state->context.layout;
}
const Blobs& Store::blobs() const noexcept {
    return m_state->blobs;
}
const Layers& Store::layers() const noexcept {
    return m_state->layers;
}
const Images& Store::images() const noexcept {
    return m_state->images;
}
const Containers& Store::containers() const noexcept {
    return m_state->containers;
}
const Volumes& Store::volumes() const noexcept {
    return m_state->volumes;
}
const Trash& Store::trash() const noexcept {
    return m_state->trash;
}
const Removals& Store::removals() const noexcept {
    return m_state->removals;
}
const Protections& Store::protections() const noexcept {
    return m_state->protections;
}
const Usage& Store::usage() const noexcept {
    return m_state->usage;
}
const Events& Store::events() const noexcept {
    return m_state->events;
}
const Packing& Store::packing() const noexcept {
    return m_state->packing;
}

Result<> Store::requireSpace(std::uint64_t bytes, const std::string& what, const RoomLimits& limits,
                             const std::stop_token& stop) const {
    auto room = requireDiskSpace(m_state->context.layout, bytes, what, limits.reservedBytes);
    if (!room) {
        TRY_ASSIGN(const bool nothingToDelete, m_state->trash.empty());
        if (!nothingToDelete) {
            TRY(m_state->trash.purge(stop));
        }
        // Also when there was nothing to delete: what another process just deleted may not count as free yet.
        settleFreeSpace(m_state->context.layout, bytes + std::max(limits.reservedBytes, kReservedBytes));
        room = requireDiskSpace(m_state->context.layout, bytes, what, limits.reservedBytes);
    }
    TRY(std::move(room));
    if (limits.quotaBytes == 0 || bytes == 0) {
        return {};
    }
    TRY_ASSIGN(const std::uint64_t taken, m_state->usage.images(stop));
    if (taken <= limits.quotaBytes && limits.quotaBytes - taken >= bytes) {
        return {};
    }
    return Error(ErrorKind::Io,
                 what + ": images take " + text::humanSize(taken) + " and may take " +
                     text::humanSize(limits.quotaBytes) + ", this one needs about " + text::humanSize(bytes),
                 EDQUOT)
        .withHint("remove images with 'image prune', empty the trash, or raise 'quota' in store.json");
}

Result<Archive> Store::openArchive(int inputFd, const std::stop_token& stop) const {
    return Archive::openStream(m_state->context, inputFd, stop);
}

Result<std::uint64_t> Store::inflateLayer(const image::Digest& blob, image::Compression compression,
                                          const image::Digest& diffId, int outputFd,
                                          const std::stop_token& stop) const {
    TRY_ASSIGN(const sys::UniqueFd input, m_state->blobs.open(blob));
    std::vector<std::string> words = inflateWords(m_state->context.layout, toText(compression));
    words.insert(words.end(), {"--diff-id", diffId.text()});
    TRY_ASSIGN(const std::string line,
               runHelperOnStreams(m_state->context, words, {input.get(), outputFd}, stop));
    TRY_ASSIGN(const StreamSummary summary, parseStreamSummary(line));
    if (summary.digest != diffId) {
        return Error(ErrorKind::Corrupt, "the blob " + blob.text() + " unpacks to " + summary.digest.text() +
                                             " instead of " + diffId.text())
            .withHint("pull or load the image again");
    }
    return summary.plainBytes;
}

/// Two kinds: rows that nothing refers to (since a day), and folders without a row. A layer that is being
/// made is told by its lock. The set of rows is read under each lock anew, because a layer may have been
/// published while the one before was looked at.
Result<> Store::State::collectLayers(GarbageReport& report) const {
    OrphanFilter filter;
    filter.createdBefore = toNanoseconds(std::chrono::system_clock::now()) - kGarbageSeconds * 1'000'000'000;
    std::vector<OrphanLayer> orphans;
    TRY(context.database.erase(Database::Sync::Yes, "collect garbage", [&]() -> Result<> {
        TRY_ASSIGN(orphans, deleteOrphanLayers(context.database, filter));
        return {};
    }));
    for (const OrphanLayer& orphan : orphans) {
        report.freedBytes += orphan.bytes;
    }
    TRY_ASSIGN(const auto names, sys::listDirectory(context.layout.layersDir()));
    for (const std::string& name : names) {
        TRY_ASSIGN(const auto lock,
                   StoreLock::tryAcquire(context.layout, LockKind::Layer, name, "collect garbage"));
        if (!lock) {
            continue;  // somebody makes it
        }
        TRY_ASSIGN(const auto known, firstColumn("SELECT chainId FROM layers"));
        if (!known.contains("sha256:" + name)) {
            TRY(trash.moveToTrash(context.layout.layersDir() + "/" + name));
            ++report.layers;
        }
    }
    return {};
}

Result<std::set<std::string>> Store::State::knownBlobs() const {
    return firstColumn(kNamedBlobs);
}

/// The time of last use is compared under the lock that removals take: a blob that somebody asked for
/// since is not ours to drop.
Result<> Store::dropBlobs(const std::map<image::Digest, Time>& blobs) const {
    TRY_ASSIGN(const StoreLock lock,
               StoreLock::acquire(m_state->context.layout, LockKind::Image, "", "remove what is not wanted"));
    TRY_ASSIGN(const auto known, m_state->knownBlobs());
    for (const auto& [digest, stored] : blobs) {
        if (!known.contains(digest.text()) && m_state->blobs.lastUse(digest) == stored) {
            TRY(sys::removeFile(m_state->blobs.path(digest)));
        }
    }
    return {};
}

/// Only old files: a pull stores blobs before the rows that name them.
Result<> Store::State::collectBlobs(GarbageReport& report) const {
    TRY_ASSIGN(const auto known, knownBlobs());
    TRY_ASSIGN(const auto names, sys::listDirectory(context.layout.blobsDir()));
    for (const std::string& name : names) {
        const std::string path = context.layout.blobsDir() + "/" + name;
        struct stat status {};
        if (known.contains("sha256:" + name) || ageInSeconds(path) < kGarbageSeconds ||
            ::lstat(path.c_str(), &status) != 0) {
            continue;
        }
        TRY(sys::removeFile(path));
        report.freedBytes += static_cast<std::uint64_t>(status.st_size);
        ++report.blobs;
    }
    return {};
}

/// Under the lock under which a removal is brought back: a folder whose row is not there yet is not moved.
Result<bool> Store::State::moveContainer(const std::string& id) const {
    bool moved = false;
    TRY(context.database.write(Database::Sync::No, "collect garbage", [&]() -> Result<> {
        TRY_ASSIGN(Statement row, context.database.prepare("SELECT 1 FROM containers WHERE id = ?"));
        TRY_ASSIGN(const bool alive, row.bind(1, id).step());
        if (alive) {
            return {};
        }
        moved = true;
        TRY_ASSIGN(const bool kept, Removals::settlePlace(context, RemovedKind::Container, id));
        return kept ? Result<>() : trash.moveToTrash(context.layout.container(id));
    }));
    return moved;
}

Result<> Store::State::collectContainers(GarbageReport& report) const {
    TRY_ASSIGN(auto names, sys::listDirectory(context.layout.containersDir()));
    // A folder of a run may be left without its container: when it could not be deleted, or its monitor was
    // killed while it deleted it.
    const std::string states = context.layout.runRoot() + "/runtime/";
    for (const std::string& folder : {context.layout.runRoot() + "/containers", states}) {
        const auto left = sys::listDirectory(folder);
        for (const std::string& name : left ? *left : std::vector<std::string>()) {
            if (folder != states || isContainerId(name)) {
                names.push_back(name);
            }
        }
    }
    TRY_ASSIGN(const auto known, firstColumn("SELECT id FROM containers"));
    for (const std::string& name : std::set(names.begin(), names.end())) {
        const std::string runDir = context.layout.runRoot() + "/containers/" + name;
        if (known.contains(name) || sys::FileLock::mayBeHeld(runDir + "/lock")) {
            continue;
        }
        // Whoever makes a container holds this lock from before its folder is there until after its row is.
        std::optional<sys::FileLock> lock;
        if (sys::pathExists(runDir)) {
            auto taken = sys::FileLock::tryAcquire(runDir + "/operation.lock", sys::LockMode::Exclusive,
                                                   "collect garbage");
            if (!taken || !*taken) {
                continue;  // in use, or going away at this moment
            }
            lock = *std::move(taken);
        }
        TRY_ASSIGN(const bool moved, moveContainer(name));
        if (!moved) {
            continue;
        }
        (void)sys::removeTree(states + name);
        (void)sys::removeTree(runDir);  // the next sweep finds either
        ++report.containers;
    }
    return {};
}

Result<> Store::sweepContainers() const {
    GarbageReport report;
    TRY(m_state->collectContainers(report));
    return {};
}

Result<> Store::check(const CheckOptions& options, const std::function<void(const Finding&)>& told,
                      const std::stop_token& stop) const {
    TRY(Check(m_state->context).run(options, told, stop));
    if (options.repair) {
        TRY(collectGarbage());
    }
    return {};
}

/// Layers before blobs, as a layer's row keeps its blob.
Result<GarbageReport> Store::collectGarbage() const {
    const Layout& places = m_state->context.layout;
    TRY_ASSIGN(const StoreLock lock, StoreLock::acquire(places, LockKind::Image, "", "collect garbage"));
    GarbageReport report;
    TRY_ASSIGN(const std::size_t swept, sweepStaging(places));
    (void)swept;
    TRY(m_state->collectLayers(report));
    TRY(m_state->collectBlobs(report));
    TRY(m_state->collectContainers(report));
    TRY(m_state->removals.sweep());
    TRY(Secrets(places).sweep());
    TRY(m_state->trash.purgeInBackground());
    return report;
}

}  // namespace coracle::store
