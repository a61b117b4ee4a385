// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/store/staging.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// Part of an open file: a file of an archive. `fd` is borrowed from the Archive, or owned.
class ArchivePiece {
public:
    ArchivePiece(int fd, std::uint64_t offset, std::uint64_t size)
        : m_fd(fd), m_offset(offset), m_size(size) {}
    ArchivePiece(sys::UniqueFd owned, std::uint64_t size)
        : m_owned(std::move(owned)), m_fd(m_owned.get()), m_size(size) {}

    std::uint64_t size() const noexcept { return m_size; }
    /// All of it. Errors: Corrupt beyond maxBytes.
    Result<std::string> read(std::size_t maxBytes) const;
    /// Its first bytes; fewer when it is shorter.
    Result<std::string> head(std::size_t bytes) const;
    /// All of it in order, in pieces. Errors: Cancelled; Corrupt when the file ends before; the sink's.
    Result<> stream(const std::function<Result<>(std::string_view)>& sink, const std::stop_token& stop) const;

private:
    sys::UniqueFd m_owned;
    int m_fd;
    std::uint64_t m_offset = 0;
    std::uint64_t m_size;
};

/// A stranger's archive, or a folder that holds what such an archive does, open for reading by name.
///
/// An archive is looked through by the helper and never by us: it is unpacked from its compression into
/// staging/ where it has one or cannot seek, and its table of contents is made by `coracle-store index`. What
/// is read here are ranges of one plain file. In a folder every name is opened below it without following
/// links.
class Archive {
public:
    /// inputFd: borrowed for as long as the archive lives; a file, read from its beginning, or a pipe.
    /// Errors: Corrupt for what is no archive; Io on a full disk; Cancelled.
    static Result<Archive> openStream(const StoreContext& context, int inputFd, const std::stop_token& stop);
    static Result<Archive> openFolder(const std::string& path);

    /// none: there is no such file. Errors: Corrupt for a link that leads nowhere or is not a file.
    Result<std::optional<ArchivePiece>> find(const std::string& name) const;
    /// Errors: Corrupt naming what is missing, or as find().
    Result<ArchivePiece> load(const std::string& name) const;

private:
    struct Place {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::string link;
    };
    Archive() = default;

    std::optional<StagingEntry> m_staging;  ///< before the descriptor of what is in it
    sys::UniqueFd m_owned;
    int m_fd = -1;
    bool m_isFolder = false;
    std::map<std::string, Place> m_places;
};

/// How data with these first bytes is compressed; none: not in a way that a layer may be.
std::optional<image::Compression> sniffCompression(std::string_view head);

}  // namespace coracle::store
