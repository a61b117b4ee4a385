// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/pipeline.h"

#include "core/store/helper/limits.h"
#include "rootless/sys/thread.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <unistd.h>

namespace coracle::store::helper {
namespace {

/// Four MiB in all: enough for the two threads to run apart when one meets a large file and the other a
/// run of small ones.
constexpr std::size_t kBuffers = 8;
constexpr std::size_t kBufferBytes = 512U << 10U;
constexpr std::size_t kInputBytes = 256U << 10U;

struct Buffer {
    std::vector<std::byte> bytes = std::vector<std::byte>(kBufferBytes);
    std::size_t used = 0;
};

/// Buffers go round between the two threads. Either end may close: the reader at the end of the input, the
/// consumer when it failed.
class Ring {
public:
    Ring() {
        for (Buffer& buffer : m_buffers) {
            m_free.push_back(&buffer);
        }
    }

    /// null: the consumer has given up.
    /// Waits for the consumer; so the producer is never more than the ring ahead.
    Buffer* takeFree() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_abandoned || !m_free.empty(); });
        return m_abandoned ? nullptr : pop(m_free);
    }
    /// null: the end.
    Buffer* takeFull() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_ended || !m_full.empty(); });
        return m_full.empty() ? nullptr : pop(m_full);
    }
    void putFree(Buffer* buffer) {
        buffer->used = 0;
        put(m_free, buffer);
    }
    void putFull(Buffer* buffer) { put(m_full, buffer); }
    void end() { raise(m_ended); }
    void abandon() { raise(m_abandoned); }

private:
    static Buffer* pop(std::deque<Buffer*>& queue) {
        Buffer* buffer = queue.front();
        queue.pop_front();
        return buffer;
    }
    void put(std::deque<Buffer*>& queue, Buffer* buffer) {
        {
            const std::lock_guard lock(m_mutex);
            queue.push_back(buffer);
        }
        m_changed.notify_all();
    }
    void raise(bool& flag) {
        {
            const std::lock_guard lock(m_mutex);
            flag = true;
        }
        m_changed.notify_all();
    }

    std::array<Buffer, kBuffers> m_buffers;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Buffer*> m_free;
    std::deque<Buffer*> m_full;
    bool m_ended = false;
    bool m_abandoned = false;
};

/// The first thread: read and inflate. Bombs are met here, where both sizes are known: what comes out is
/// compared with what went in before it is handed on.
class Producer {
public:
    Producer(int fd, Inflater& inflater, Ring& ring) : m_fd(fd), m_inflater(inflater), m_ring(ring) {}

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
                return Error::fromErrno("read the layer");
            }
            if (got == 0) {
                TRY(inflate({}));
                flush();
                return m_stopped || m_inflater.complete()
                           ? Result<>()
                           : Result<>(Error(ErrorKind::Corrupt, "the layer is truncated"));
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
        if (tarBytes > kMaxUnpackedBytes) {
            return Error(ErrorKind::Corrupt, "the layer unpacks to more than " +
                                                 std::to_string(kMaxUnpackedBytes >> 30U) + " GiB");
        }
        if (tarBytes > kInflationFreeBytes && tarBytes / kMaxInflationRatio > compressedBytes) {
            return Error(ErrorKind::Corrupt, "the layer unpacks to more than " +
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
    Ring& m_ring;
    Buffer* m_buffer = nullptr;
    bool m_stopped = false;
};

/// The second thread: hash and parse.
class Consumer {
public:
    Consumer(tar::Sink& sink, Ring& ring) : m_parser(sink), m_ring(ring) {}

    void run() {
        while (Buffer* buffer = m_ring.takeFull()) {
            const auto bytes = std::span<const std::byte>(buffer->bytes).first(buffer->used);
            hasher.update(bytes);
            outcome = m_parser.feed(bytes);
            if (!outcome) {
                m_ring.abandon();
                return;
            }
            m_ring.putFree(buffer);
        }
    }
    Result<> finish() { return m_parser.finish(); }

    image::Hasher hasher;
    Result<> outcome;

private:
    tar::Parser m_parser;
    Ring& m_ring;
};

/// The digest of the archive, or the announced one when only zero blocks of the last record are missing. An
/// archive means the same with them, and it is still the hash that decides: nothing else can pass for it.
image::Digest digestOf(image::Hasher& hasher, const std::optional<image::Digest>& announced) {
    constexpr std::array<std::byte, 512> kZeros{};
    image::Digest digest = hasher.soFar();
    if (!announced || digest == *announced) {
        return digest;
    }
    for (int block = 0; block < kMaxMissingBlocks; ++block) {
        hasher.update(kZeros);
        if (hasher.soFar() == *announced) {
            return *announced;
        }
    }
    return digest;
}

}  // namespace

Result<StreamReport> unpackStream(int inputFd, Inflater& inflater, tar::Sink& sink,
                                  const std::optional<image::Digest>& announced) {
    const auto ring = std::make_unique<Ring>();
    Producer producer(inputFd, inflater, *ring);
    Consumer consumer(sink, *ring);
    auto worker = sys::tryStartThread([&consumer] { consumer.run(); });
    if (!worker) {
        return Error(ErrorKind::Unavailable, "unpack: no second thread can be started")
            .withHint("the limit of processes of this user may be reached (ulimit -u)");
    }
    auto produced = producer.run();
    ring->end();
    worker->join();
    // What the parser found is the more telling one of two failures: a truncated stream ends both.
    TRY(std::move(consumer.outcome));
    TRY(std::move(produced));
    TRY(consumer.finish());
    return StreamReport{digestOf(consumer.hasher, announced), producer.compressedBytes, producer.tarBytes};
}

}  // namespace coracle::store::helper
