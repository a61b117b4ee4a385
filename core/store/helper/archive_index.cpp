// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/archive_index.h"

#include "core/store/helper/entry_policy.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/tar_parser.h"

#include <array>
#include <cerrno>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr std::size_t kReadBytes = 64U << 10U;

Error refused(std::string_view name, const std::string& why) {
    return {ErrorKind::Corrupt, "archive entry '" + shown(name) + "': " + why};
}

/// The name that a symbolic link in `folder` leads to, by words alone: an archive has no other links on the
/// way.
Result<std::string> resolve(const LayerPath& link, const std::string& target) {
    LayerPath path(link.begin(), link.end() - 1);
    if (target.starts_with('/')) {
        return refused(textOf(link), "its target is outside of the archive");
    }
    for (std::size_t start = 0; start < target.size();) {
        const std::size_t end = std::min(target.find('/', start), target.size());
        const std::string part = target.substr(start, end - start);
        start = end + 1;
        if (part == "..") {
            if (path.empty()) {
                return refused(textOf(link), "its target is outside of the archive");
            }
            path.pop_back();
        } else if (!part.empty() && part != ".") {
            path.push_back(part);
        }
    }
    return textOf(path);
}

class Collector : public tar::Sink {
public:
    explicit Collector(std::uint64_t fileBytes) : m_fileBytes(fileBytes) {}

    Result<> beginEntry(const tar::Entry& entry) override {
        if (++m_entries > kMaxArchiveEntries) {
            return Error(ErrorKind::Corrupt,
                         "the archive has more than " + std::to_string(kMaxArchiveEntries) + " entries");
        }
        TRY_ASSIGN(const LayerPath path, parsePath(entry.path));
        if (entry.type == tar::EntryType::Directory || path.empty()) {
            return {};
        }
        ArchiveEntry found;
        found.name = textOf(path);
        switch (entry.type) {
        case tar::EntryType::File:
            if (entry.sparse) {
                return Error(ErrorKind::Unsupported,
                             "archive entry '" + shown(found.name) + "': it is a sparse file")
                    .withHint("make the archive without --sparse");
            }
            found.offset = parser->offset();
            found.size = entry.size;
            if (found.offset > m_fileBytes || entry.size > m_fileBytes - found.offset) {
                return refused(found.name, "the archive ends in the middle of it");
            }
            break;
        case tar::EntryType::Symlink: {
            TRY_ASSIGN(found.link, resolve(path, entry.linkTarget));
            break;
        }
        case tar::EntryType::Hardlink: {
            TRY_ASSIGN(const LayerPath target, parsePath(entry.linkTarget));
            found.link = textOf(target);
            break;
        }
        default:
            return {};  // nothing that an image could need
        }
        if (!m_names.insert(found.name).second) {
            return refused(found.name, "the archive has it twice");
        }
        index.entries.push_back(std::move(found));
        return {};
    }
    Result<> data(std::uint64_t /*offset*/, std::span<const std::byte> /*bytes*/) override { return {}; }
    Result<> endEntry() override { return {}; }

    ArchiveIndex index;
    const tar::Parser* parser = nullptr;  ///< who calls us; says where we are

private:
    std::uint64_t m_fileBytes;
    std::uint64_t m_entries = 0;
    std::set<std::string> m_names;
};

}  // namespace

Result<ArchiveIndex> indexArchive(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) {
        return Error::fromErrno("stat the archive");
    }
    Collector collector(static_cast<std::uint64_t>(status.st_size));
    tar::Parser parser(collector);
    collector.parser = &parser;
    std::array<std::byte, kReadBytes> buffer{};
    std::uint64_t position = 0;
    while (true) {
        const ssize_t got = ::pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(position));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read the archive");
        }
        if (got == 0) {
            break;
        }
        auto bytes = std::span<const std::byte>(buffer).first(static_cast<std::size_t>(got));
        // A block at a time, so that content is seen coming before it is read.
        while (!bytes.empty() && parser.contentLeft() == 0) {
            const auto piece = bytes.first(std::min<std::size_t>(bytes.size(), 512 - position % 512));
            TRY(parser.feed(piece));
            position += piece.size();
            bytes = bytes.subspan(piece.size());
        }
        const std::uint64_t content = parser.contentLeft();
        TRY(parser.skipContent());
        position += content;
    }
    TRY(parser.finish());
    return std::move(collector.index);
}

}  // namespace coracle::store::helper
