// SPDX-License-Identifier: Apache-2.0
#include "core/store/archive.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/helper_stream.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::store {
namespace {

constexpr std::size_t kReadBytes = 1U << 20U;
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kMagicAt = 257;
constexpr int kMaxLinks = 8;

Error noFile(const std::string& name) {
    return {ErrorKind::Corrupt, "the archive has no file '" + text::excerptForTerminal(name, 200) + "'"};
}

/// Whether it is a file that can be read as it is: an archive without compression.
bool isPlainArchive(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    std::array<char, kHeaderBytes> block{};
    const ssize_t got = ::pread(fd, block.data(), block.size(), 0);
    return got == static_cast<ssize_t>(block.size()) &&
           std::string_view(block.data(), block.size()).substr(kMagicAt, 5) == "ustar";
}

}  // namespace

Result<std::string> ArchivePiece::read(std::size_t maxBytes) const {
    if (m_size > maxBytes) {
        return Error(ErrorKind::Corrupt, "it is " + std::to_string(m_size) + " bytes long, more than " +
                                             std::to_string(maxBytes));
    }
    std::string text;
    text.reserve(static_cast<std::size_t>(m_size));
    TRY(stream(
        [&text](std::string_view bytes) -> Result<> {
            text.append(bytes);
            return {};
        },
        {}));
    return text;
}

Result<std::string> ArchivePiece::head(std::size_t bytes) const {
    std::string text(std::min<std::uint64_t>(bytes, m_size), '\0');
    const ssize_t got = ::pread(m_fd, text.data(), text.size(), static_cast<off_t>(m_offset));
    if (got < 0) {
        return Error::fromErrno("read the archive");
    }
    text.resize(static_cast<std::size_t>(got));
    return text;
}

Result<> ArchivePiece::stream(const std::function<Result<>(std::string_view)>& sink,
                              const std::stop_token& stop) const {
    std::string buffer(static_cast<std::size_t>(std::min<std::uint64_t>(kReadBytes, m_size)), '\0');
    for (std::uint64_t done = 0; done < m_size;) {
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        const std::size_t wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_size - done));
        const ssize_t got = ::pread(m_fd, buffer.data(), wanted, static_cast<off_t>(m_offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read the archive");
        }
        if (got == 0) {
            return Error(ErrorKind::Corrupt, "the archive became shorter while it was read");
        }
        TRY(sink(std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
        done += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<Archive> Archive::openStream(const StoreContext& context, int inputFd, const std::stop_token& stop) {
    Archive archive;
    archive.m_fd = inputFd;
    if (!isPlainArchive(inputFd)) {
        TRY_ASSIGN(archive.m_staging, StagingEntry::create(context.layout, "read an archive"));
        TRY_ASSIGN(archive.m_owned,
                   sys::openAt(AT_FDCWD, archive.m_staging->path(), O_RDWR | O_CREAT | O_EXCL, 0600));
        archive.m_fd = archive.m_owned.get();
        TRY_ASSIGN(
            const std::string printed,
            runHelperOnStreams(context, inflateWords(context.layout, "auto"), {inputFd, archive.m_fd}, stop));
        (void)printed;
    }
    TRY_ASSIGN(const std::string line, runHelperOnStreams(context, {"index"}, {archive.m_fd, -1}, stop));
    TRY_ASSIGN(ArchiveIndex index, parseArchiveIndex(line));
    if (index.entries.empty()) {
        return Error(ErrorKind::Corrupt, "the archive is empty");
    }
    for (ArchiveEntry& entry : index.entries) {
        archive.m_places[entry.name] = {entry.offset, entry.size, std::move(entry.link)};
    }
    return archive;
}

Result<Archive> Archive::openFolder(const std::string& path) {
    Archive archive;
    archive.m_isFolder = true;
    TRY_ASSIGN(archive.m_owned, sys::openDirectory(path));
    archive.m_fd = archive.m_owned.get();
    return archive;
}

Result<std::optional<ArchivePiece>> Archive::find(const std::string& name) const {
    if (m_isFolder) {
        auto file = sys::openBeneath(m_fd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
        if (!file && file.error().kind() == ErrorKind::NotFound) {
            return std::optional<ArchivePiece>();
        }
        struct stat status {};
        if (!file || ::fstat(file->get(), &status) != 0 || !S_ISREG(status.st_mode)) {
            return Error(ErrorKind::Corrupt,
                         "'" + text::excerptForTerminal(name, 200) + "' in the folder is not a plain file");
        }
        return std::optional<ArchivePiece>(
            ArchivePiece(std::move(*file), static_cast<std::uint64_t>(status.st_size)));
    }
    std::string at = name;
    for (int step = 0; step < kMaxLinks; ++step) {
        const auto found = m_places.find(at);
        if (found == m_places.end()) {
            return step == 0 ? Result<std::optional<ArchivePiece>>(std::optional<ArchivePiece>())
                             : Result<std::optional<ArchivePiece>>(noFile(at));
        }
        if (found->second.link.empty()) {
            return std::optional<ArchivePiece>(ArchivePiece(m_fd, found->second.offset, found->second.size));
        }
        at = found->second.link;
    }
    return Error(ErrorKind::Corrupt,
                 "the archive's links go round in a circle at '" + text::excerptForTerminal(name, 200) + "'");
}

Result<ArchivePiece> Archive::load(const std::string& name) const {
    TRY_ASSIGN(auto piece, find(name));
    if (!piece) {
        return noFile(name);
    }
    return *std::move(piece);
}

std::optional<image::Compression> sniffCompression(std::string_view head) {
    if (head.starts_with(std::string_view("\x1f\x8b", 2))) {
        return image::Compression::Gzip;
    }
    if (head.starts_with(std::string_view("\x28\xb5\x2f\xfd", 4))) {
        return image::Compression::Zstd;
    }
    const bool other = head.starts_with(std::string_view("\xfd"
                                                         "7zXZ\0",
                                                         6)) ||
                       head.starts_with("BZh");
    return other ? std::nullopt : std::optional(image::Compression::None);
}

}  // namespace coracle::store
