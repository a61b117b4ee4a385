// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/inflate.h"

#include "core/store/helper/limits.h"
#include "core/store/helper/window_memory.h"

// What chooses where a window is kept (ZSTD_customMem) is not declared without it.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <zstd_errors.h>

namespace coracle::store::helper {
namespace {

/// gzip by ISA-L, three times as fast as zlib. A layer may consist of several members (pigz, eStargz). The
/// state is 80 KiB, so it lives on the heap.
class GzipInflater : public Inflater {
public:
    GzipInflater() { startMember(); }

    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        if (m_state->block_state == ISAL_BLOCK_FINISH && !input.empty()) {
            if (!m_padding && input.front() != std::byte{0}) {
                startMember();
            } else {
                return skipPadding(input);
            }
        }
        // NOLINTNEXTLINE(*-const-cast): the library does not write to its input
        auto* next = const_cast<std::byte*>(input.data());
        m_state->next_in = static_cast<std::uint8_t*>(static_cast<void*>(next));
        m_state->avail_in = static_cast<std::uint32_t>(input.size());
        m_state->next_out = static_cast<std::uint8_t*>(static_cast<void*>(output.data()));
        m_state->avail_out = static_cast<std::uint32_t>(output.size());
        const int outcome = ::isal_inflate(m_state.get());
        if (outcome < 0) {
            return Error(ErrorKind::Corrupt, outcome == ISAL_INCORRECT_CHECKSUM
                                                 ? "gzip data does not match its checksum"
                                                 : "malformed gzip data");
        }
        return InflateStep{input.size() - m_state->avail_in, output.size() - m_state->avail_out};
    }

    bool complete() const override { return m_state->block_state == ISAL_BLOCK_FINISH; }

private:
    void startMember() {
        ::isal_inflate_init(m_state.get());
        m_state->crc_flag = ISAL_GZIP;
    }

    /// gzip(1): zeros after the last member are padding; anything else after them is not a gzip file.
    Result<InflateStep> skipPadding(std::span<const std::byte> input) {
        m_padding = true;
        if (std::any_of(input.begin(), input.end(), [](std::byte b) { return b != std::byte{0}; })) {
            return Error(ErrorKind::Corrupt, "garbage after the gzip data");
        }
        return InflateStep{input.size(), 0};
    }

    std::unique_ptr<inflate_state> m_state = std::make_unique<inflate_state>();
    bool m_padding = false;
};

/// Any number of frames, skippable ones (zstd:chunked, pzstd) among them.
class ZstdInflater : public Inflater {
public:
    static Result<std::unique_ptr<Inflater>> create(std::unique_ptr<WindowMemory> memory) {
        const ZSTD_customMem hooks{allocate, release, memory.get()};
        std::unique_ptr<ZSTD_DStream, StreamRelease> stream(::ZSTD_createDStream_advanced(hooks));
        if (!stream || ::ZSTD_isError(::ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax,
                                                               kMaxZstdWindowLog)) != 0) {
            return Error(ErrorKind::Internal, "set up zstd");
        }
        return std::unique_ptr<Inflater>(new ZstdInflater(std::move(memory), std::move(stream)));
    }

    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        TRY(checkMagic(input));
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        const std::size_t outcome = ::ZSTD_decompressStream(m_stream.get(), &out, &in);
        if (::ZSTD_isError(outcome) != 0) {
            return errorOf(outcome);
        }
        m_memory->written(out.pos);
        if (in.pos > 0 || out.pos > 0) {
            m_complete = outcome == 0;
            m_magicSeen = m_complete ? 0 : std::min(kMagicBytes, m_magicSeen + in.pos);
        }
        return InflateStep{in.pos, out.pos};
    }

    bool complete() const override { return m_complete; }

private:
    struct StreamRelease {
        void operator()(ZSTD_DStream* stream) const noexcept { (void)::ZSTD_freeDStream(stream); }
    };
    static constexpr std::size_t kMagicBytes = 4;

    ZstdInflater(std::unique_ptr<WindowMemory> memory, std::unique_ptr<ZSTD_DStream, StreamRelease> stream)
        : m_memory(std::move(memory)), m_stream(std::move(stream)) {}

    static void* allocate(void* memory, std::size_t size) {
        return static_cast<WindowMemory*>(memory)->allocate(size);
    }
    static void release(void* memory, void* block) { static_cast<WindowMemory*>(memory)->release(block); }

    /// The library also reads the formats of before 2016, whose decoders nobody looks after any more and
    /// which no layer is written in: a frame is a zstd frame or one to skip. Source: RFC 8878 3.1.
    Result<> checkMagic(std::span<const std::byte> input) const {
        constexpr std::array<std::uint8_t, kMagicBytes> kFrame{0x28, 0xB5, 0x2F, 0xFD};
        constexpr std::array<std::uint8_t, kMagicBytes> kSkippable{0x50, 0x2A, 0x4D, 0x18};
        for (std::size_t i = m_magicSeen; i < kMagicBytes && i - m_magicSeen < input.size(); ++i) {
            const auto byte = std::to_integer<std::uint8_t>(input[i - m_magicSeen]);
            const auto skippable = static_cast<std::uint8_t>(i == 0 ? byte & 0xF0U : byte);
            if (byte != kFrame.at(i) && skippable != kSkippable.at(i)) {
                return Error(ErrorKind::Corrupt, "not zstd data");
            }
        }
        return {};
    }

    static Error errorOf(std::size_t outcome) {
        if (::ZSTD_getErrorCode(outcome) == ZSTD_error_frameParameter_windowTooLarge) {
            return {ErrorKind::Unsupported, "the zstd data needs a window of more than " +
                                                std::to_string((1U << kMaxZstdWindowLog) >> 20U) + " MiB"};
        }
        if (::ZSTD_getErrorCode(outcome) == ZSTD_error_checksum_wrong) {
            return {ErrorKind::Corrupt, "zstd data does not match its checksum"};
        }
        return {ErrorKind::Corrupt, std::string("malformed zstd data: ") + ::ZSTD_getErrorName(outcome)};
    }

    std::unique_ptr<WindowMemory> m_memory;
    std::unique_ptr<ZSTD_DStream, StreamRelease> m_stream;  ///< its memory is in m_memory
    std::size_t m_magicSeen = 0;  ///< bytes of the magic number of the frame that is being read
    bool m_complete = false;
};

/// Any number of streams with zeros between them, as xz(1) reads them.
class XzInflater : public Inflater {
public:
    static Result<std::unique_ptr<Inflater>> create() {
        auto inflater = std::unique_ptr<XzInflater>(new XzInflater());
        TRY(inflater->startStream());
        return std::unique_ptr<Inflater>(std::move(inflater));
    }
    ~XzInflater() override { ::lzma_end(&m_stream); }
    XzInflater(const XzInflater&) = delete;
    XzInflater& operator=(const XzInflater&) = delete;

    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        std::size_t padding = 0;
        if (m_complete) {
            while (padding < input.size() && input[padding] == std::byte{0}) {
                ++padding;
            }
            if (padding == input.size()) {
                return InflateStep{padding, 0};
            }
            TRY(startStream());
        }
        const auto data = input.subspan(padding);
        m_stream.next_in = static_cast<const std::uint8_t*>(static_cast<const void*>(data.data()));
        m_stream.avail_in = data.size();
        m_stream.next_out = static_cast<std::uint8_t*>(static_cast<void*>(output.data()));
        m_stream.avail_out = output.size();
        const lzma_ret outcome = ::lzma_code(&m_stream, LZMA_RUN);
        m_complete = outcome == LZMA_STREAM_END;
        if (outcome == LZMA_MEMLIMIT_ERROR) {
            return Error(ErrorKind::Unsupported, "the xz data needs more than " +
                                                     std::to_string(kMaxXzMemory >> 20U) + " MiB of memory");
        }
        if (outcome != LZMA_OK && outcome != LZMA_STREAM_END && outcome != LZMA_BUF_ERROR) {
            return Error(ErrorKind::Corrupt, "malformed xz data");
        }
        return InflateStep{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out};
    }
    bool complete() const override { return m_complete; }

private:
    XzInflater() = default;
    Result<> startStream() {
        m_complete = false;
        if (::lzma_stream_decoder(&m_stream, kMaxXzMemory, 0) != LZMA_OK) {
            return Error(ErrorKind::Internal, "set up xz");
        }
        return {};
    }

    lzma_stream m_stream = LZMA_STREAM_INIT;
    bool m_complete = false;
};

class PlainInflater : public Inflater {
public:
    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        const std::size_t size = std::min(input.size(), output.size());
        if (size > 0) {
            std::memcpy(output.data(), input.data(), size);
        }
        return InflateStep{size, size};
    }
    bool complete() const override { return true; }
};

/// Waits for as many bytes as tell the formats apart.
class SniffingInflater : public Inflater {
public:
    explicit SniffingInflater(int folder) : m_memory(std::make_unique<WindowMemory>(folder)) {}
    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        if (!m_chosen) {
            const std::size_t taken = std::min(input.size(), kMagicBytes - m_head.size());
            m_head.insert(m_head.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(taken));
            if (m_head.size() < kMagicBytes && !input.empty()) {
                return InflateStep{taken, 0};
            }
            const std::string_view name = compressionOf(m_head);
            TRY_ASSIGN(m_chosen,
                       name == "zstd" ? ZstdInflater::create(std::move(m_memory)) : makeInflater(name));
            return giveHead(taken, output);
        }
        if (m_given < m_head.size()) {
            return giveHead(0, output);
        }
        return m_chosen->step(input, output);
    }
    bool complete() const override { return !m_chosen || m_chosen->complete(); }

private:
    static constexpr std::size_t kMagicBytes = 6;

    /// The bytes that were kept back go first, all of them unless the output is full.
    Result<InflateStep> giveHead(std::size_t taken, std::span<std::byte> output) {
        InflateStep sum{taken, 0};
        while (m_given < m_head.size() && sum.produced < output.size()) {
            TRY_ASSIGN(const InflateStep step,
                       m_chosen->step(std::span(m_head).subspan(m_given), output.subspan(sum.produced)));
            if (step.consumed == 0 && step.produced == 0) {
                return Error(ErrorKind::Corrupt, "malformed compressed data");
            }
            m_given += step.consumed;
            sum.produced += step.produced;
        }
        return sum;
    }

    std::unique_ptr<WindowMemory> m_memory;  ///< for the one format that may need it
    std::vector<std::byte> m_head;
    std::size_t m_given = 0;
    std::unique_ptr<Inflater> m_chosen;
};

}  // namespace

std::string_view compressionOf(std::span<const std::byte> head) {
    struct Magic {
        std::string_view name;
        std::string_view bytes;
    };
    constexpr std::array<Magic, 3> kMagics{{{"gzip", std::string_view("\x1f\x8b", 2)},
                                            {"zstd", std::string_view("\x28\xb5\x2f\xfd", 4)},
                                            {"xz", std::string_view("\xfd"
                                                                    "7zXZ\0",
                                                                    6)}}};
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(head.data())), head.size());
    for (const Magic& magic : kMagics) {
        if (text.starts_with(magic.bytes)) {
            return magic.name;
        }
    }
    return "none";
}

/// The names are those of the helper's command line.
Result<std::unique_ptr<Inflater>> makeInflater(std::string_view name, int folder) {
    if (name == "gzip") {
        return std::unique_ptr<Inflater>(std::make_unique<GzipInflater>());
    }
    if (name == "zstd") {
        return ZstdInflater::create(std::make_unique<WindowMemory>(folder));
    }
    if (name == "xz") {
        return XzInflater::create();
    }
    if (name == "auto") {
        return std::unique_ptr<Inflater>(std::make_unique<SniffingInflater>(folder));
    }
    if (name == "none") {
        return std::unique_ptr<Inflater>(std::make_unique<PlainInflater>());
    }
    return Error(ErrorKind::InvalidArgument, "unknown compression '" + std::string(name) + "'");
}

}  // namespace coracle::store::helper
