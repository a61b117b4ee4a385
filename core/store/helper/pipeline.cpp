// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/pipeline.h"

#include "core/store/helper/buffer_ring.h"
#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"
#include "rootless/sys/thread.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr std::size_t kInputBytes = 256U << 10U;

/// The first thread: read and inflate. Bombs are met here, where both sizes are known: what comes out is
/// compared with what went in before it is handed on.
class Producer {
public:
    Producer(int fd, Inflater& inflater, BufferRing& ring, StreamLimits limits)
        : m_fd(fd), m_inflater(inflater), m_ring(ring), m_limits(std::move(limits)) {}

    /// Ends at the end of the input, at an error, or when the consumer has given up; the input is not
    /// drained then, so the sender gets EPIPE.
    Result<> run() {
        std::vector<std::byte> input(kInputBytes);
        while (!m_stopped) {
            const ssize_t got = ::read(m_fd, input.data(), input.size());
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return Error::fromErrno("read the " + m_limits.what);
            }
            if (got == 0) {
                TRY(inflate({}));
                flush();
                return m_stopped || m_inflater.complete()
                           ? Result<>()
                           : Result<>(Error(ErrorKind::Corrupt, "the " + m_limits.what + " is truncated"));
            }
            compressedBytes += static_cast<std::uint64_t>(got);
            TRY(inflate(std::span(input).first(static_cast<std::size_t>(got))));
        }
        return {};
    }

    std::uint64_t compressedBytes = 0;
    std::uint64_t tarBytes = 0;

private:
    /// Fills buffers until the input is used up. A step that neither takes nor gives anything would go on
    /// for ever: it is malformed data.
    Result<> inflate(std::span<const std::byte> input) {
        while (!m_stopped) {
            if (m_buffer == nullptr) {
                m_buffer = m_ring.takeFree();
                if (m_buffer == nullptr) {
                    m_stopped = true;
                    return {};
                }
            }
            const auto room = std::span(m_buffer->bytes).subspan(m_buffer->used);
            TRY_ASSIGN(const InflateStep step, m_inflater.step(input, room));
            input = input.subspan(step.consumed);
            m_buffer->used += step.produced;
            tarBytes += step.produced;
            TRY(checkRatio());
            const bool full = step.produced == room.size();
            if (full) {
                flush();
            } else if (input.empty() || (step.consumed == 0 && step.produced == 0)) {
                return input.empty() ? Result<>() : Result<>(Error(ErrorKind::Corrupt, "malformed data"));
            }
        }
        return {};
    }

    /// A real layer rarely gets smaller than a tenth; a text of one letter reaches a thousand (gzip) or
    /// more (zstd). The first 64 MiB are free, for a small layer of zeros is no danger.
    Result<> checkRatio() const {
        if (tarBytes > m_limits.maxBytes) {
            return Error(ErrorKind::Corrupt, "the " + m_limits.what + " unpacks to more than " +
                                                 std::to_string(m_limits.maxBytes >> 30U) + " GiB");
        }
        if (tarBytes > kInflationFreeBytes && tarBytes / kMaxInflationRatio > compressedBytes) {
            return Error(ErrorKind::Corrupt, "the " + m_limits.what + " unpacks to more than " +
                                                 std::to_string(kMaxInflationRatio) +
                                                 " times its size: it is a decompression bomb");
        }
        return {};
    }

    void flush() {
        if (m_buffer != nullptr && m_buffer->used > 0) {
            m_ring.putFull(m_buffer);
            m_buffer = nullptr;
        }
    }

    int m_fd;
    Inflater& m_inflater;
    BufferRing& m_ring;
    StreamLimits m_limits;
    Buffer* m_buffer = nullptr;
    bool m_stopped = false;
};

/// The second thread: hash, and hand on.
class Consumer {
public:
    using Take = std::function<Result<>(std::span<const std::byte>)>;
    Consumer(Take take, BufferRing& ring) : m_take(std::move(take)), m_ring(ring) {}

    void run() {
        while (Buffer* buffer = m_ring.takeFull()) {
            const auto bytes = std::span<const std::byte>(buffer->bytes).first(buffer->used);
            hasher.update(bytes);
            outcome = m_take(bytes);
            if (!outcome) {
                m_ring.abandon();
                return;
            }
            m_ring.putFree(buffer);
        }
    }

    image::Hasher hasher;
    Result<> outcome;

private:
    Take m_take;
    BufferRing& m_ring;
};

constexpr std::array<std::byte, 512> kZeroBlock{};

/// Run both ends to the end of the input. What the consumer found is the more telling one of two failures: a
/// truncated stream ends both.
Result<StreamReport> run(Producer& producer, Consumer& consumer, BufferRing& ring,
                         const std::optional<image::Digest>& announced) {
    auto worker = sys::tryStartThread([&consumer] { consumer.run(); });
    if (!worker) {
        return Error(ErrorKind::Unavailable, "unpack: no second thread can be started")
            .withHint("the limit of processes of this user may be reached (ulimit -u)");
    }
    auto produced = producer.run();
    ring.end();
    worker->join();
    TRY(std::move(consumer.outcome));
    TRY(std::move(produced));
    StreamReport report{consumer.hasher.soFar(), producer.compressedBytes, producer.tarBytes};
    if (!announced || report.diffId == *announced) {
        return report;
    }
    // An archive without the zero blocks of its last record means the same as with them, and it is still the
    // hash that decides: nothing else can pass for it.
    for (std::uint64_t block = 1; block <= kMaxMissingBlocks; ++block) {
        consumer.hasher.update(kZeroBlock);
        if (consumer.hasher.soFar() == *announced) {
            report.diffId = *announced;
            report.missingBytes = block * kZeroBlock.size();
            break;
        }
    }
    return report;
}

/// Look at the disk now and then: what others need stays free.
Result<> checkRoom(int fd) {
    struct stat status {};
    struct statvfs disk {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || ::fstatvfs(fd, &disk) != 0) {
        return {};
    }
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    if (free >= kFreeSpaceReserve) {
        return {};
    }
    return Error(ErrorKind::Io, "no space left on the disk: " + std::to_string(free >> 20U) + " MiB are free",
                 ENOSPC)
        .withHint("free some space on the disk, or prune images that are not used");
}

}  // namespace

Result<StreamReport> unpackStream(int inputFd, Inflater& inflater, tar::Sink& sink,
                                  const std::optional<image::Digest>& announced, const StreamLimits& limits) {
    const auto ring = std::make_unique<BufferRing>();
    tar::Parser parser(sink);
    Producer producer(inputFd, inflater, *ring, limits);
    Consumer consumer([&parser](std::span<const std::byte> bytes) { return parser.feed(bytes); }, *ring);
    TRY_ASSIGN(StreamReport report, run(producer, consumer, *ring, announced));
    TRY(parser.finish());
    return report;
}

Result<StreamReport> copyStream(int inputFd, Inflater& inflater, int outputFd, const StreamLimits& limits,
                                const std::optional<image::Digest>& announced) {
    const auto ring = std::make_unique<BufferRing>();
    Producer producer(inputFd, inflater, *ring, limits);
    std::uint64_t toSpaceCheck = 0;
    const auto write = [&](std::span<const std::byte> bytes) -> Result<> {
        if (toSpaceCheck < bytes.size()) {
            TRY(checkRoom(outputFd));
            toSpaceCheck = kFreeSpaceCheckBytes;
        }
        toSpaceCheck -= std::min<std::uint64_t>(toSpaceCheck, bytes.size());
        return sys::writeAll(
            outputFd, {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()});
    };
    Consumer consumer(write, *ring);
    TRY_ASSIGN(StreamReport report, run(producer, consumer, *ring, announced));
    for (std::uint64_t done = 0; done < report.missingBytes; done += kZeroBlock.size()) {
        TRY(write(kZeroBlock));
    }
    return report;
}

}  // namespace coracle::store::helper
