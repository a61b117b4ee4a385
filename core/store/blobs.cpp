// SPDX-License-Identifier: Apache-2.0
#include "core/store/blobs.h"

#include "core/store/context.h"
#include "core/store/database.h"
#include "rootless/sys/file.h"

#include <array>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::store {
namespace {

/// Written back in the background in pieces of this size, so that little is left to do for the sync at the
/// end.
constexpr std::uint64_t kFlushBytes = 8U << 20U;

Error diskError(Error error) {
    const int err = error.sysErrno();
    if (err == ENOSPC || err == EDQUOT) {
        return std::move(error).withHint("free some space on the disk, or prune images that are not used");
    }
    return error;
}

}  // namespace

BlobWriter::BlobWriter(const StoreContext& context, StagingEntry staging, sys::UniqueFd fd,
                       std::uint64_t expectedBytes)
    : m_context(&context)
    , m_staging(std::move(staging))
    , m_fd(std::move(fd))
    , m_expectedBytes(expectedBytes) {}

Result<> BlobWriter::write(std::span<const std::byte> bytes) {
    return write(
        std::string_view(static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()));
}

/// Refuses the first byte too many, hashes on the way, and starts to write back in portions, so that the
/// sync at the end does not have to write everything at once.
Result<> BlobWriter::write(std::string_view bytes) {
    if (bytes.size() > m_expectedBytes - m_written) {
        return Error(ErrorKind::Corrupt, "the content is longer than the " + std::to_string(m_expectedBytes) +
                                             " bytes announced");
    }
    if (auto written = sys::writeAll(m_fd.get(), bytes); !written) {
        return diskError(std::move(written).error()).context("write a blob");
    }
    m_hasher.update(bytes);
    m_written += bytes.size();
    if (m_written - m_flushed >= kFlushBytes) {
        // Only a start; the sync at the end is what counts. What is on the disk by now is let go of, since
        // nobody reads a blob soon: its pages serve the next bytes, which costs less than getting new ones,
        // and a large image does not push out what others have in memory.
        (void)::sync_file_range(m_fd.get(), static_cast<off64_t>(m_flushed),
                                static_cast<off64_t>(m_written - m_flushed), SYNC_FILE_RANGE_WRITE);
        (void)::posix_fadvise(m_fd.get(), 0, static_cast<off_t>(m_flushed), POSIX_FADV_DONTNEED);
        m_flushed = m_written;
    }
    return {};
}

/// The order is the layout's: content, then its name, then the folder that holds the name. The descriptor
/// is closed before the rename, and the staging entry is given up last, when there is nothing left at its
/// place to throw away.
Result<> BlobWriter::commit(const image::Digest& expected) {
    if (m_written != m_expectedBytes) {
        return Error(ErrorKind::Corrupt, "the content has " + std::to_string(m_written) +
                                             " bytes instead of the " + std::to_string(m_expectedBytes) +
                                             " announced");
    }
    const image::Digest found = m_hasher.finish();
    if (found != expected) {
        return Error(ErrorKind::Corrupt,
                     "the content has digest " + found.text() + " instead of " + expected.text());
    }
    return publish(expected);
}

Result<image::Digest> BlobWriter::seal() {
    image::Digest digest = m_hasher.finish();
    TRY(publish(digest));
    return digest;
}

Result<> BlobWriter::publish(const image::Digest& digest) {
    if (auto synced = sys::syncFd(m_fd.get(), "a blob"); !synced) {
        return diskError(std::move(synced).error());
    }
    m_fd.reset();
    TRY(sys::renamePath(m_staging.path(), m_context->layout.blob(digest)));
    TRY(sys::syncDirectory(m_context->layout.blobsDir()));
    m_staging.abandon();
    return {};
}

void BlobWriter::abandon() {
    m_fd.reset();
    m_staging.abandon();
}

/// The touch is what keeps collectGarbage() away from a blob that a pull relies on and that no row names
/// yet.
bool Blobs::has(const image::Digest& digest) const {
    const std::string file = path(digest);
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    (void)::utimensat(AT_FDCWD, file.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);  // an old age is not a failure
    return true;
}

/// The time of modification stands for the last use: nobody changes the content of a blob.
std::optional<Time> Blobs::lastUse(const image::Digest& digest) const {
    struct stat status {};
    if (::lstat(path(digest).c_str(), &status) != 0) {
        return std::nullopt;
    }
    return fromNanoseconds(status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec);
}

std::string Blobs::path(const image::Digest& digest) const {
    return m_context.layout.blob(digest);
}

Result<BlobWriter> Blobs::create(std::uint64_t expectedBytes) const {
    TRY(requireDiskSpace(m_context.layout, expectedBytes, "store a blob"));
    TRY_ASSIGN(StagingEntry staging, StagingEntry::create(m_context.layout, "store a blob"));
    TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, staging.path(), O_WRONLY | O_CREAT | O_EXCL, 0644));
    return BlobWriter(m_context, std::move(staging), std::move(fd), expectedBytes);
}

Result<BlobWriter> Blobs::createUpTo(std::uint64_t maxBytes) const {
    TRY(requireDiskSpace(m_context.layout, 0, "store a blob"));
    TRY_ASSIGN(StagingEntry staging, StagingEntry::create(m_context.layout, "store a blob"));
    TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, staging.path(), O_WRONLY | O_CREAT | O_EXCL, 0644));
    return BlobWriter(m_context, std::move(staging), std::move(fd), maxBytes);
}

std::optional<std::uint64_t> Blobs::size(const image::Digest& digest) const {
    struct stat status {};
    if (::lstat(path(digest).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(status.st_size);
}

/// One that is there but damaged is written anew: the new file takes the name of the old.
Result<image::Digest> Blobs::put(std::string_view bytes) const {
    const image::Digest digest = image::Digest::of(bytes);
    if (has(digest)) {
        const auto known = read(digest, bytes.size());
        if (known) {
            return digest;
        }
    }
    TRY_ASSIGN(BlobWriter writer, create(bytes.size()));
    TRY(writer.write(bytes));
    TRY(writer.commit(digest));
    return digest;
}

/// Verified with each reading: small documents decide what else is trusted, and hashing them costs
/// nothing.
Result<std::string> Blobs::read(const image::Digest& digest, std::size_t maxBytes) const {
    auto bytes = sys::readFile(path(digest), maxBytes);
    if (!bytes) {
        return std::move(bytes).error();
    }
    if (image::Digest::of(*bytes) != digest) {
        return Error(ErrorKind::Corrupt, "the blob " + digest.text() + " is damaged")
            .withHint("pull the image again");
    }
    return bytes;
}

Result<sys::UniqueFd> Blobs::open(const image::Digest& digest) const {
    return sys::openAt(AT_FDCWD, path(digest), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}

}  // namespace coracle::store
