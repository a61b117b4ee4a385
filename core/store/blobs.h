// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/store/records.h"
#include "core/store/staging.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace coracle::store {

struct StoreContext;

/// A blob on its way in. Bytes are hashed as they are written; nothing is visible before commit(). One
/// thread at a time. The destructor abandons what was not committed.
/// Security: bytes and digest come from a registry. The size is what was announced and the writer takes
/// not one byte more, so a source that never ends fills nothing; the digest is computed here and compared
/// before the blob has a name, so what stands under a name is what the name says, whoever sent it.
class BlobWriter {
public:
    /// Append; blocks on the disk. Errors: Corrupt as soon as more than the expected bytes arrive (the
    /// source lies and may never end), Io with a hint when the disk is full.
    Result<> write(std::string_view bytes);
    Result<> write(std::span<const std::byte> bytes);

    /// Bytes taken so far.
    std::uint64_t writtenBytes() const noexcept { return m_written; }

    /// Compare with what was promised, sync, and give the blob its name; durable when it returns. A blob
    /// of that name that is there already is replaced by the same bytes. Errors: Corrupt for another
    /// digest or size, Io.
    Result<> commit(const image::Digest& expected);

    /// The same for a blob whose digest and size nobody knew before (Blobs::createUpTo). Its digest.
    Result<image::Digest> seal();

    /// Drop what was written.
    void abandon();

private:
    friend class Blobs;
    BlobWriter(const StoreContext& context, StagingEntry staging, sys::UniqueFd fd, std::uint64_t maxBytes);
    Result<> publish(const image::Digest& digest);

    const StoreContext* m_context;
    StagingEntry m_staging;
    sys::UniqueFd m_fd;
    image::Hasher m_hasher;
    std::uint64_t m_expectedBytes;
    std::uint64_t m_written = 0;
    std::uint64_t m_flushed = 0;
};

/// Content by digest. All methods may be called from any thread.
class Blobs {
public:
    explicit Blobs(const StoreContext& context) : m_context(context) {}

    /// Whether the blob is there. An answer of true also keeps collectGarbage() away from a blob that has no
    /// image yet, for a day.
    bool has(const image::Digest& digest) const;
    /// When somebody stored the blob or asked has() for it last, by the file's time of modification;
    /// none: not there.
    std::optional<Time> lastUse(const image::Digest& digest) const;
    /// Where the blob is or would be.
    std::string path(const image::Digest& digest) const;

    /// Begin a blob of exactly `expectedBytes`. Errors: Io when the disk has not that much room, with both
    /// numbers in the message.
    Result<BlobWriter> create(std::uint64_t expectedBytes) const;

    /// Begin a blob that we make ourselves, so that its digest and size come out at the end, with at most so
    /// many bytes.
    Result<BlobWriter> createUpTo(std::uint64_t maxBytes) const;

    /// Store a small document (manifest, config); durable when it returns. Its digest. One that is there
    /// and whole is not written again.
    Result<image::Digest> put(std::string_view bytes) const;

    /// Whole content, verified against the digest. Errors: NotFound; Corrupt when it is longer than maxBytes
    /// or damaged.
    Result<std::string> read(const image::Digest& digest, std::size_t maxBytes) const;

    /// Bytes of a blob that is there; none: it is not.
    std::optional<std::uint64_t> size(const image::Digest& digest) const;

    /// For reading in pieces; not verified, so the reader has to hash what it acts upon. Errors:
    /// NotFound, by errno.
    Result<sys::UniqueFd> open(const image::Digest& digest) const;

private:
    const StoreContext& m_context;
};

}  // namespace coracle::store
