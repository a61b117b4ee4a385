// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/registry/http.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace coracle::registry {

/// A connection that brought less than this counts as a failed attempt.
inline constexpr std::uint64_t kWorthwhileBytes = 4096;

/// Puts the answers to one request and its range requests together to one stream of exactly the promised
/// size. The receiver never sees a byte twice nor a byte too many, so it keeps its state over broken
/// connections.
class BlobStream : public HttpSink {
public:
    BlobStream(const image::Descriptor& descriptor, const std::function<Result<>(std::string_view)>& write)
        : m_descriptor(descriptor), m_write(write) {}

    /// Bytes that the receiver got, counted over all connections: where the next range request begins.
    std::uint64_t offset() const noexcept { return m_offset; }
    /// Whether the receiver got exactly what the descriptor promises. What the bytes are is for the
    /// digest to say.
    bool complete() const noexcept { return m_offset == m_descriptor.size; }

    /// For an answer that ended well and short, again and again.
    Error truncated() const;

    /// A server may ignore the range and begin anew (200): what is known is skipped then.
    /// Errors: Corrupt when the length or the range stated is not the one promised.
    Result<> begin(const HttpResponse& response) override;
    /// Pass on what is new. Errors: Corrupt for the first byte beyond the promised size, so a server that
    /// sends for ever is cut off at the size that the manifest states; those of the receiver.
    Result<> write(std::string_view bytes) override;

private:
    Error wrong(const std::string& what) const;

    /// Both belong to the caller of RegistryClient::fetchBlob(), whose call the stream does not outlive.
    const image::Descriptor& m_descriptor;
    const std::function<Result<>(std::string_view)>& m_write;
    std::uint64_t m_offset = 0;
    std::uint64_t m_skip = 0;
};

}  // namespace coracle::registry
