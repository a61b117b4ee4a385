// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/pack_stream.h"

#include "core/store/helper/buffer_ring.h"
#include "core/store/helper/holes.h"
#include "core/store/tar_writer.h"
#include "rootless/sys/file.h"
#include "rootless/sys/thread.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include <isa-l/igzip_lib.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

Error gaveUp() {
    return {ErrorKind::Io, "the archive's reader has gone"};
}

/// Where compressed bytes go.
class Deflater {
public:
    virtual ~Deflater() = default;
    virtual Result<> write(std::span<const std::byte> bytes) = 0;
    virtual Result<> finish() = 0;
    std::uint64_t writtenBytes = 0;
};

class PlainDeflater final : public Deflater {
public:
    explicit PlainDeflater(int fd) : m_fd(fd) {}
    Result<> write(std::span<const std::byte> bytes) override {
        writtenBytes += bytes.size();
        return sys::writeAll(
            m_fd, {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()});
    }
    Result<> finish() override { return {}; }

private:
    int m_fd;
};

/// gzip by ISA-L. Its header holds neither a time nor a name.
class GzipDeflater final : public Deflater {
public:
    explicit GzipDeflater(int fd) : m_fd(fd) {
        ::isal_deflate_init(m_stream.get());
        m_stream->level = 1;
        m_stream->level_buf = m_levelBuffer.data();
        m_stream->level_buf_size = static_cast<std::uint32_t>(m_levelBuffer.size());
        m_stream->gzip_flag = IGZIP_GZIP;
        m_stream->flush = NO_FLUSH;
    }

    Result<> write(std::span<const std::byte> bytes) override {
        // NOLINTNEXTLINE(*-const-cast): the library does not write to its input
        auto* next = const_cast<std::byte*>(bytes.data());
        m_stream->next_in = static_cast<std::uint8_t*>(static_cast<void*>(next));
        m_stream->avail_in = static_cast<std::uint32_t>(bytes.size());
        return run();
    }
    Result<> finish() override {
        m_stream->end_of_stream = 1;
        m_stream->avail_in = 0;
        return run();
    }

private:
    Result<> run() {
        do {
            m_stream->next_out = m_output.data();
            m_stream->avail_out = static_cast<std::uint32_t>(m_output.size());
            if (::isal_deflate(m_stream.get()) != COMP_OK) {
                return Error(ErrorKind::Internal, "compress the archive");
            }
            const std::size_t size = m_output.size() - m_stream->avail_out;
            writtenBytes += size;
            TRY(sys::writeAll(m_fd,
                              {static_cast<const char*>(static_cast<const void*>(m_output.data())), size}));
        } while (m_stream->avail_out == 0);
        return {};
    }

    int m_fd;
    std::unique_ptr<isal_zstream> m_stream = std::make_unique<isal_zstream>();
    std::vector<std::uint8_t> m_levelBuffer = std::vector<std::uint8_t>(ISAL_DEF_LVL1_DEFAULT);
    std::vector<std::uint8_t> m_output = std::vector<std::uint8_t>(256U << 10U);
};

/// The second thread: hash and compress.
class Consumer {
public:
    Consumer(Deflater& deflater, BufferRing& ring) : m_deflater(deflater), m_ring(ring) {}

    void run() {
        while (Buffer* buffer = m_ring.takeFull()) {
            const auto bytes = std::span<const std::byte>(buffer->bytes).first(buffer->used);
            hasher.update(bytes);
            tarBytes += bytes.size();
            outcome = m_deflater.write(bytes);
            if (!outcome) {
                m_ring.abandon();
                return;
            }
            m_ring.putFree(buffer);
        }
        outcome = m_deflater.finish();
    }

    image::Hasher hasher;
    std::uint64_t tarBytes = 0;
    Result<> outcome;

private:
    Deflater& m_deflater;
    BufferRing& m_ring;
};

/// Turns entries into an archive in the ring's buffers.
class TarSink final : public PackSink {
public:
    TarSink(BufferRing& ring, Holes holes) : m_ring(ring), m_holes(holes) {}

    Result<> entry(const tar::Entry& entry, int contentFd) override {
        if (contentFd >= 0 && m_holes == Holes::Keep && entry.size > kLeastHoleBytes) {
            tar::Entry sparse = entry;
            TRY_ASSIGN(sparse.segments, piecesOf(contentFd, entry.size));
            sparse.sparse = bytesOf(sparse.segments) + kLeastHoleBytes <= entry.size;
            if (sparse.sparse) {
                return put(sparse, contentFd);
            }
        }
        return put(entry, contentFd);
    }
    Result<> whiteout(const std::string& path) override {
        const std::size_t slash = path.rfind('/') + 1;
        return mark(path.substr(0, slash) + ".wh." + path.substr(slash));
    }
    Result<> opaque(const std::string& path) override { return mark(path + "/.wh..wh..opq"); }

    Result<> finish() {
        TRY(put(tar::endMark()));
        if (m_buffer != nullptr) {
            m_ring.putFull(m_buffer);
            m_buffer = nullptr;
        }
        return {};
    }

    std::uint64_t changedFiles = 0;

private:
    /// A whiteout is an empty file; when the name went is not known.
    Result<> mark(const std::string& path) {
        tar::Entry entry;
        entry.path = path;
        TRY_ASSIGN(const std::string header, tar::headerOf(entry));
        return put(header);
    }

    Result<> put(const tar::Entry& entry, int contentFd) {
        TRY_ASSIGN(const std::string header, tar::headerOf(entry));
        TRY(put(header));
        if (contentFd < 0) {
            return {};
        }
        if (!entry.sparse) {
            TRY(content(contentFd, 0, entry.size));
        }
        for (const auto& [offset, length] : entry.segments) {
            TRY(content(contentFd, offset, offset + length));
        }
        return put(tar::paddingAfter(tar::storedBytes(entry)));
    }

    /// Room in a buffer.
    Result<std::span<std::byte>> room() {
        if (m_buffer != nullptr && m_buffer->used == m_buffer->bytes.size()) {
            m_ring.putFull(m_buffer);
            m_buffer = nullptr;
        }
        if (m_buffer == nullptr) {
            m_buffer = m_ring.takeFree();
            if (m_buffer == nullptr) {
                return gaveUp();
            }
        }
        return std::span(m_buffer->bytes).subspan(m_buffer->used);
    }

    Result<> put(std::string_view bytes) {
        while (!bytes.empty()) {
            TRY_ASSIGN(const auto space, room());
            const std::size_t size = std::min(space.size(), bytes.size());
            std::memcpy(space.data(), bytes.data(), size);
            m_buffer->used += size;
            bytes.remove_prefix(size);
        }
        return {};
    }

    /// As many bytes as the header says, whatever becomes of the file meanwhile.
    Result<> content(int fd, std::uint64_t from, std::uint64_t end) {
        bool ended = false;
        for (std::uint64_t done = from; done < end;) {
            TRY_ASSIGN(const auto space, room());
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(space.size(), end - done));
            ssize_t got = 0;
            if (!ended) {
                got = ::pread(fd, space.data(), wanted, static_cast<off_t>(done));
            }
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return Error::fromErrno("read a file");
            }
            if (got == 0) {
                changedFiles += ended ? 0 : 1;
                ended = true;
                std::memset(space.data(), 0, wanted);
                got = static_cast<ssize_t>(wanted);
            }
            m_buffer->used += static_cast<std::size_t>(got);
            done += static_cast<std::uint64_t>(got);
        }
        return {};
    }

    BufferRing& m_ring;
    Holes m_holes;
    Buffer* m_buffer = nullptr;
};

}  // namespace

Result<PackedStream> packStream(const std::vector<int>& rootFds, const PackOptions& options,
                                std::string_view compression, int outputFd, Holes holes) {
    return packWalk([&](PackSink& sink) { return packTree(rootFds, options, sink); }, compression, outputFd,
                    holes);
}

Result<PackedStream> packWalk(const Walk& walk, std::string_view compression, int outputFd, Holes holes) {
    std::unique_ptr<Deflater> deflater;
    if (compression == "gzip") {
        deflater = std::make_unique<GzipDeflater>(outputFd);
    } else if (compression == "none") {
        deflater = std::make_unique<PlainDeflater>(outputFd);
    } else {
        return Error(ErrorKind::InvalidArgument, "cannot compress by '" + std::string(compression) + "'");
    }
    const auto ring = std::make_unique<BufferRing>();
    Consumer consumer(*deflater, *ring);
    TarSink sink(*ring, holes);
    auto worker = sys::tryStartThread([&consumer] { consumer.run(); });
    if (!worker) {
        return Error(ErrorKind::Unavailable, "pack: no second thread can be started")
            .withHint("the limit of processes of this user may be reached (ulimit -u)");
    }
    auto packed = walk(sink);
    Result<> finished = packed ? sink.finish() : Result<>();
    ring->end();
    worker->join();
    // A reader that has gone is why the walk could not go on.
    TRY(std::move(consumer.outcome));
    if (!packed) {
        return std::move(packed).error();
    }
    TRY(std::move(finished));
    return PackedStream{consumer.hasher.finish(), consumer.tarBytes, deflater->writtenBytes,
                        sink.changedFiles, *packed};
}

}  // namespace coracle::store::helper
