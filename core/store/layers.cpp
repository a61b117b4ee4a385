// SPDX-License-Identifier: Apache-2.0
#include "core/store/layers.h"

#include "core/store/context.h"
#include "core/store/helper_stream.h"
#include "core/store/layer_index.h"
#include "core/store/references.h"
#include "rootless/sys/file.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>

namespace coracle::store {
namespace {

/// Compressed bytes that the pipe to the helper holds; as large as an unprivileged user may have it.
constexpr int kPipeBytes = 1 << 20;
/// The helper makes no progress: its disk hangs. The network is on our side of the pipe.
constexpr int kNoProgressMs = 60'000;
/// What an image layer unpacks to at least, for the look at the disk before the work.
constexpr std::uint64_t kUsualInflation = 2;
/// Another process that makes the same layer may take as long as a download does.
constexpr std::chrono::hours kLayerTimeout{24};

/// Writing to a pipe whose reader died must be an error and not the end of the program, whatever the program
/// does with SIGPIPE. Source: signal(7); a synchronous signal is pending for this thread only.
class PipeGuard {
public:
    PipeGuard() {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        (void)::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~PipeGuard() {
        const timespec now{0, 0};
        if (sigismember(&m_before, SIGPIPE) == 0) {
            while (::sigtimedwait(&m_pipe, nullptr, &now) == SIGPIPE) {
            }
        }
        (void)::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    PipeGuard(const PipeGuard&) = delete;
    PipeGuard& operator=(const PipeGuard&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
};

constexpr const char* kColumns =
    "SELECT chainId, diffId, parent, blobDigest, blobBytes, tarBytes, unpackedBytes, entries, squashed, "
    "createdAt "
    "FROM layers ";

Result<std::optional<image::Digest>> findDigest(const Statement& row, int column) {
    const auto text = row.findText(column);
    if (!text) {
        return std::optional<image::Digest>();
    }
    TRY_ASSIGN(image::Digest digest, image::Digest::parse(*text));
    return std::optional<image::Digest>(std::move(digest));
}

std::optional<std::string> textOf(const std::optional<image::Digest>& digest) {
    return digest ? std::optional<std::string>(digest->text()) : std::nullopt;
}

Result<LayerRecord> recordOf(const Statement& row) {
    TRY_ASSIGN(image::Digest chainId, image::Digest::parse(row.text(0)));
    TRY_ASSIGN(image::Digest diffId, image::Digest::parse(row.text(1)));
    LayerRecord record{std::move(chainId), std::move(diffId), {}, {}, 0, 0, 0, 0, false, {}};
    TRY_ASSIGN(record.parent, findDigest(row, 2));
    TRY_ASSIGN(record.blobDigest, findDigest(row, 3));
    record.blobBytes = static_cast<std::uint64_t>(row.number(4));
    record.tarBytes = static_cast<std::uint64_t>(row.number(5));
    record.unpackedBytes = static_cast<std::uint64_t>(row.number(6));
    record.entries = static_cast<std::uint64_t>(row.number(7));
    record.squashedOwners = row.number(8) != 0;
    record.createdAt = fromNanoseconds(row.number(9));
    return record;
}

Result<> insertLayer(Database& database, const LayerPlan& plan, const UnpackedLayer& unpacked) {
    TRY_ASSIGN(
        Statement row,
        database.prepare(
            "INSERT INTO layers VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10) ON CONFLICT (chainId) DO UPDATE SET"
            " blobDigest=?4, blobBytes=?5, tarBytes=?6, unpackedBytes=?7, entries=?8, squashed=?9,"
            " createdAt=?10"));
    row.bind(1, plan.chainId.text()).bind(2, plan.diffId.text()).bind(3, textOf(plan.parent));
    row.bind(4, textOf(plan.blobDigest)).bind(5, static_cast<std::int64_t>(unpacked.compressedBytes));
    row.bind(6, static_cast<std::int64_t>(unpacked.tarBytes));
    row.bind(7, static_cast<std::int64_t>(unpacked.unpackedBytes));
    row.bind(8, static_cast<std::int64_t>(unpacked.entries)).bind(9, std::int64_t{unpacked.squashedOwners});
    row.bind(10, toNanoseconds(std::chrono::system_clock::now()));
    TRY_ASSIGN(const auto changed, row.run());
    (void)changed;
    return {};
}

}  // namespace

LayerWriter::LayerWriter(const StoreContext& context, LayerPlan plan, StoreLock lock, StagingEntry staging)
    : m_context(&context), m_plan(std::move(plan)), m_lock(std::move(lock)), m_staging(std::move(staging)) {}

LayerWriter::LayerWriter(LayerWriter&&) noexcept = default;
LayerWriter& LayerWriter::operator=(LayerWriter&&) noexcept = default;

LayerWriter::~LayerWriter() {
    m_input.reset();
    m_helper.reset();  // killed before its folder goes to the trash
}

/// The helper's working folder is "/", so that it holds no folder of the user's; its input is a pipe and
/// not the network, so it needs no socket.
Result<> LayerWriter::start() {
    if (m_helper) {
        return {};
    }
    const std::string diff = m_staging.path() + "/diff";
    TRY(sys::makeDirectories(diff, 0755));
    if (::chmod(diff.c_str(), 0755) != 0) {  // whatever the umask made of it: it is the container's "/"
        return Error::fromErrno("set mode of '" + diff + "'");
    }
    TRY_ASSIGN(sys::Pipe input, sys::makePipe());
    TRY_ASSIGN(sys::Pipe output, sys::makePipe());
    TRY_ASSIGN(sys::Pipe errors, sys::makePipe());
    (void)::fcntl(input.writeEnd.get(), F_SETPIPE_SZ, kPipeBytes);  // a smaller pipe is only slower
    sys::SpawnOptions options;
    TRY_ASSIGN(options.argv, helperWords(*m_context));
    options.argv.insert(options.argv.end(),
                        {"unpack", "--compression", std::string(toText(m_plan.compression)), "--diff-id",
                         m_plan.diffId.text(), "--index", "yes", diff});
    TRY_ASSIGN(const sys::UniqueFd index,
               sys::openAt(AT_FDCWD, m_staging.path() + "/index", O_WRONLY | O_CREAT | O_EXCL, 0600));
    options.fds = {{input.readEnd.get(), 0},
                   {output.writeEnd.get(), 1},
                   {errors.writeEnd.get(), 2},
                   {index.get(), kStreamFd}};
    options.workingDirectory = "/";
    TRY_ASSIGN(m_helper, sys::Subprocess::spawn(options));
    // Writing must not block for ever, so the writer polls.
    if (::fcntl(input.writeEnd.get(), F_SETFL, O_NONBLOCK) != 0) {
        return Error::fromErrno("set up the pipe to the store's helper");
    }
    m_input = std::move(input.writeEnd);
    m_output = std::move(output.readEnd);
    m_errors = std::move(errors.readEnd);
    return {};
}

/// Non-blocking, with a limit: a helper whose disk hangs must not hang the pull without a word. Waiting
/// for the network is not counted, since it happens in the caller.
Result<> LayerWriter::write(std::string_view bytes) {
    TRY(start());
    const PipeGuard guard;
    while (!bytes.empty()) {
        const ssize_t put = ::write(m_input.get(), bytes.data(), bytes.size());
        if (put >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
            continue;
        }
        if (errno == EPIPE) {
            return helperError();
        }
        if (errno != EAGAIN && errno != EINTR) {
            return Error::fromErrno("feed the store's helper");
        }
        pollfd polled{m_input.get(), POLLOUT, 0};
        if (::poll(&polled, 1, kNoProgressMs) == 0) {
            return Error(ErrorKind::Unavailable, "unpack a layer: no progress for a minute")
                .withHint("the disk may hang");
        }
    }
    return {};
}

/// Why the helper is gone.
Error LayerWriter::helperError() {
    m_input.reset();
    auto text = sys::readAll(m_errors.get());
    const auto status = m_helper->wait();
    m_helper.reset();
    if (!text) {
        return std::move(text).error();
    }
    return status ? helperFailure(*status, *text) : parseErrorLine(*text);
}

Result<UnpackedLayer> LayerWriter::finish(std::stop_token stop) {
    TRY(start());
    m_input.reset();
    // The helper prints one line when it is done; with a long one it waits for a reader, so read before
    // reaping.
    std::stop_callback onStop(stop, [this] { (void)m_helper->kill(SIGKILL); });
    auto line = sys::readAll(m_output.get(), kMaxResultBytes);
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    if (!line) {
        return std::move(line).error();
    }
    if (line->empty()) {
        return helperError();
    }
    TRY_ASSIGN(const sys::ExitStatus status, m_helper->wait());
    if (!status.success()) {
        return Error(ErrorKind::Internal, "the store's helper failed after its work");
    }
    TRY_ASSIGN(UnpackedLayer unpacked, parseUnpackedLayer(*line));
    if (unpacked.diffId != m_plan.diffId) {
        return Error(ErrorKind::Corrupt, "the layer unpacks to " + unpacked.diffId.text() +
                                             " instead of the announced " + m_plan.diffId.text());
    }
    m_unpacked = unpacked;
    return unpacked;
}

/// The row and the folder: a store that was partly deleted by hand gets the layer again.
Result<bool> Layers::has(const image::Digest& chainId) const {
    bool known = false;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, m_context.database.prepare("SELECT 1 FROM layers WHERE chainId = ?"));
        row.bind(1, chainId.text());
        TRY_ASSIGN(known, row.step());
        return {};
    }));
    return known && sys::pathExists(path(chainId));
}

std::string Layers::path(const image::Digest& chainId) const {
    return m_context.layout.layerDiff(chainId);
}

Result<LayerRecord> Layers::load(const image::Digest& chainId) const {
    std::optional<LayerRecord> record;
    TRY(m_context.database.read([&]() -> Result<> {
        const std::string sql = std::string(kColumns) + "WHERE chainId = ?";
        TRY_ASSIGN(Statement row, m_context.database.prepare(sql.c_str()));
        row.bind(1, chainId.text());
        TRY_ASSIGN(const bool found, row.step());
        if (found) {
            TRY_ASSIGN(record, recordOf(row));
        }
        return {};
    }));
    if (!record) {
        return Error(ErrorKind::NotFound, "no layer " + chainId.text());
    }
    return std::move(*record);
}

Result<std::vector<LayerRecord>> Layers::list() const {
    std::vector<LayerRecord> records;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, m_context.database.prepare(kColumns));
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) {
                return {};
            }
            TRY_ASSIGN(LayerRecord record, recordOf(row));
            records.push_back(std::move(record));
        }
    }));
    return records;
}

/// From the top down, as an overlay's lowerdir wants them.
Result<std::vector<std::string>> Layers::stackPaths(const image::Digest& topChainId) const {
    std::vector<std::string> paths;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(const auto stack, layerStack(m_context.database, topChainId.text()));
        for (const StackedLayer& layer : stack) {
            TRY_ASSIGN(const image::Digest digest, image::Digest::parse(layer.chainId));
            paths.push_back(path(digest));
        }
        return {};
    }));
    return paths;
}

Result<std::uint64_t> Layers::stackBytes(const image::Digest& topChainId) const {
    std::uint64_t sum = 0;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(const auto stack, layerStack(m_context.database, topChainId.text()));
        for (const StackedLayer& layer : stack) {
            sum += layer.unpackedBytes;
        }
        return {};
    }));
    return sum;
}

namespace {

/// It takes another room now, and is measured again.
Result<> forgetSize(Database& database, const image::Digest& chainId) {
    return database.write(Database::Sync::No, "forget a size", [&]() -> Result<> {
        TRY_ASSIGN(Statement row, database.prepare("DELETE FROM layerSizes WHERE chainId = ?"));
        TRY(row.bind(1, chainId.text()).run());
        return {};
    });
}

}  // namespace

/// A layer of a store that is older than indexes has none, and one that a person damaged is made again: the
/// folder is what counts.
Result<std::vector<types::ImageFile>> Layers::files(const image::Digest& chainId,
                                                    const std::stop_token& stop) const {
    const std::string path = m_context.layout.layerIndex(chainId);
    auto known = readLayerIndex(path);
    if (known) {
        return known;
    }
    TRY_ASSIGN(const StagingEntry staging, StagingEntry::create(m_context.layout, "list a layer"));
    TRY_ASSIGN(const sys::UniqueFd made,
               sys::openAt(AT_FDCWD, staging.path(), O_WRONLY | O_CREAT | O_EXCL, 0600));
    TRY(runHelperOnStreams(m_context, {"list", m_context.layout.layerDiff(chainId)}, {-1, made.get()}, stop));
    TRY(sys::renamePath(staging.path(), path));
    TRY(forgetSize(m_context.database, chainId));
    return readLayerIndex(path);
}

bool Layers::isBeingMade(const image::Digest& chainId) const {
    const auto lock = StoreLock::tryAcquire(m_context.layout, LockKind::Layer, std::string(chainId.hex()),
                                            "look whether a layer is being unpacked");
    return lock && !*lock;
}

/// The look is taken twice, before and under the lock: mostly the layer is there, and then no lock is
/// needed; the second look finds what another process made while we waited.
Result<std::optional<LayerWriter>> Layers::begin(const LayerPlan& plan, std::stop_token stop) const {
    const std::string name(plan.chainId.hex());
    TRY_ASSIGN(bool present, has(plan.chainId));
    if (present) {
        return std::optional<LayerWriter>();
    }
    TRY_ASSIGN(StoreLock lock, StoreLock::acquire(m_context.layout, LockKind::Layer, name, "unpack a layer",
                                                  kLayerTimeout, stop));
    TRY_ASSIGN(present, has(plan.chainId));
    if (present) {
        return std::optional<LayerWriter>();
    }
    TRY(requireDiskSpace(m_context.layout, plan.blobBytes * kUsualInflation, "unpack a layer"));
    // A folder without a row: its maker died in between. A row without a folder: somebody deleted it.
    const std::string stale = m_context.layout.layer(plan.chainId);
    if (sys::pathExists(stale)) {
        TRY(sys::renamePath(stale, m_context.layout.trashDir() + "/" + sys::randomHex(24)));
    }
    TRY_ASSIGN(StagingEntry staging, StagingEntry::create(m_context.layout, "unpack a layer"));
    return std::optional<LayerWriter>(LayerWriter(m_context, plan, std::move(lock), std::move(staging)));
}

Result<LayerWriter> Layers::rebuild(const LayerPlan& plan, int blobFd, std::stop_token stop) const {
    const std::string name(plan.chainId.hex());
    TRY_ASSIGN(StoreLock lock, StoreLock::acquire(m_context.layout, LockKind::Layer, name, "compare a layer",
                                                  kLockTimeout, stop));
    TRY(requireDiskSpace(m_context.layout, plan.blobBytes * kUsualInflation, "compare a layer"));
    TRY_ASSIGN(StagingEntry staging, StagingEntry::create(m_context.layout, "compare a layer"));
    LayerWriter writer(m_context, plan, std::move(lock), std::move(staging));
    std::string buffer(std::size_t{kPipeBytes}, '\0');
    while (true) {
        const ssize_t got = ::read(blobFd, buffer.data(), buffer.size());
        if (got < 0 && errno != EINTR) {
            return Error::fromErrno("read the blob of a layer");
        }
        if (got == 0) {
            break;
        }
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        if (got > 0) {
            TRY(writer.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
        }
    }
    TRY(writer.finish(std::move(stop)));
    TRY(writer.complete());
    return writer;
}

/// Complete before, so publishing needs no more of the layers below. A kill after the rename leaves a row
/// without a folder, which the next pull makes anew.
Result<> Layers::replace(LayerWriter layer) const {
    layer.m_unpacked->fixups = {};
    const std::string place = m_context.layout.layer(layer.plan().chainId);
    if (sys::pathExists(place)) {
        TRY(sys::renamePath(place, m_context.layout.trashDir() + "/" + sys::randomHex(24)));
    }
    TRY(forgetSize(m_context.database, layer.plan().chainId));
    std::vector<LayerWriter> layers;
    layers.push_back(std::move(layer));
    return publish(std::move(layers));
}

/// Let the layers below supply what the archive left to them.
Result<> LayerWriter::complete() {
    if (m_unpacked->fixups.empty() || !m_plan.parent) {
        if (!m_unpacked->fixups.links.empty()) {
            return Error(ErrorKind::Corrupt, "layer entry '" + m_unpacked->fixups.links.front().first +
                                                 "': the target of the hard link is not a file of the image");
        }
        return {};
    }
    std::vector<std::string> words{"complete"};
    TRY_ASSIGN(const auto lowers, Layers(*m_context).stackPaths(*m_plan.parent));
    for (const std::string& lower : lowers) {
        words.insert(words.end(), {"--lower", lower});
    }
    words.push_back(m_staging.path() + "/diff");
    TRY_ASSIGN(const std::string printed, runHelperWithInput(*m_context, words, toLine(m_unpacked->fixups)));
    (void)printed;
    return {};
}

Result<> Layers::publish(std::vector<LayerWriter> layers) const {
    if (layers.empty()) {
        return {};
    }
    // A layer with fixups needs those below it under their final names, so what is before it goes first.
    std::size_t start = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!layers[i].m_unpacked) {
            return Error(ErrorKind::Internal, "publish a layer that is not finished");
        }
        if (!layers[i].m_unpacked->fixups.empty() && i > start) {
            TRY(publishRange(std::span(layers).subspan(start, i - start)));
            start = i;
        }
        TRY(layers[i].complete());
    }
    return publishRange(std::span(layers).subspan(start));
}

/// The order of layout.h: content on the disk, names, folder, rows. A kill after the renames leaves
/// folders without rows, which the next begin() of the same layer moves away.
Result<> Layers::publishRange(std::span<LayerWriter> layers) const {
    TRY_ASSIGN(const sys::UniqueFd folder,
               sys::openAt(AT_FDCWD, m_context.layout.layersDir(), O_RDONLY | O_DIRECTORY));
    if (::syncfs(folder.get()) != 0) {
        return Error::fromErrno("sync the layers to the disk");
    }
    for (LayerWriter& layer : layers) {
        TRY(sys::renamePath(layer.m_staging.path(), m_context.layout.layer(layer.m_plan.chainId)));
    }
    TRY(sys::syncFd(folder.get(), "the folder of layers"));
    const auto insert = [&]() -> Result<> {
        for (const LayerWriter& layer : layers) {
            TRY(insertLayer(m_context.database, layer.m_plan, *layer.m_unpacked));
        }
        return {};
    };
    TRY(m_context.database.write(Database::Sync::Yes, "add layers", insert));
    for (LayerWriter& layer : layers) {
        layer.m_staging.abandon();
    }
    return {};
}

}  // namespace coracle::store
