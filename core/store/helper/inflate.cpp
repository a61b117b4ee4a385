// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/inflate.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include <isa-l/igzip_lib.h>

namespace coracle::store::helper {
namespace {

/// gzip by ISA-L, three times as fast as zlib. A layer may consist of several members (pigz, eStargz).
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

class ZstdInflater : public Inflater {
public:
    ZstdInflater() : m_stream(::ZSTD_createDStream()) {}
    ~ZstdInflater() override { (void)::ZSTD_freeDStream(m_stream); }
    ZstdInflater(const ZstdInflater&) = delete;
    ZstdInflater& operator=(const ZstdInflater&) = delete;

    Result<InflateStep> step(std::span<const std::byte> input, std::span<std::byte> output) override {
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        const std::size_t outcome = ::ZSTD_decompressStream(m_stream, &out, &in);
        if (::ZSTD_isError(outcome) != 0) {
            return Error(ErrorKind::Corrupt,
                         std::string("malformed zstd data: ") + ::ZSTD_getErrorName(outcome));
        }
        if (in.pos > 0 || out.pos > 0) {
            m_complete = outcome == 0;
        }
        return InflateStep{in.pos, out.pos};
    }

    bool complete() const override { return m_complete; }

private:
    ZSTD_DStream* m_stream;
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

}  // namespace

Result<std::unique_ptr<Inflater>> makeInflater(std::string_view name) {
    if (name == "gzip") {
        return std::unique_ptr<Inflater>(std::make_unique<GzipInflater>());
    }
    if (name == "zstd") {
        return std::unique_ptr<Inflater>(std::make_unique<ZstdInflater>());
    }
    if (name == "none") {
        return std::unique_ptr<Inflater>(std::make_unique<PlainInflater>());
    }
    return Error(ErrorKind::InvalidArgument, "unknown compression '" + std::string(name) + "'");
}

}  // namespace coracle::store::helper
