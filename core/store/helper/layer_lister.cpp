// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/layer_lister.h"

#include "core/store/helper/entry_policy.h"

#include <algorithm>
#include <array>
#include <vector>

#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace coracle::store::helper {
namespace {

constexpr std::size_t kReadBytes = 128U << 10U;

types::ImageFileKind kindOf(tar::EntryType type) {
    switch (type) {
    case tar::EntryType::File:
        return types::ImageFileKind::File;
    case tar::EntryType::Directory:
        return types::ImageFileKind::Folder;
    case tar::EntryType::Symlink:
        return types::ImageFileKind::Symlink;
    case tar::EntryType::Hardlink:
        return types::ImageFileKind::Hardlink;
    case tar::EntryType::Fifo:
        return types::ImageFileKind::Fifo;
    case tar::EntryType::CharDevice:
    case tar::EntryType::BlockDevice:
        break;
    }
    return types::ImageFileKind::Device;
}

/// A stranger's time may be beyond what nanoseconds since 1970 can say.
std::int64_t nanoseconds(const tar::Entry& entry) {
    constexpr std::int64_t kPerSecond = 1'000'000'000;
    constexpr std::int64_t kMost = INT64_MAX / kPerSecond - 1;
    return std::clamp(entry.mtimeSeconds, -kMost, kMost) * kPerSecond + entry.mtimeNanoseconds;
}

types::ImageFile markOf(types::ImageFileKind kind, std::string path) {
    types::ImageFile mark;
    mark.kind = kind;
    mark.path = std::move(path);
    return mark;
}

}  // namespace

types::ImageFile fileOf(const tar::Entry& entry, std::string path) {
    types::ImageFile file;
    file.kind = kindOf(entry.type);
    file.mode = entry.mode & 07777U;
    file.uid = static_cast<std::uint32_t>(std::min<std::uint64_t>(entry.uid, UINT32_MAX));
    file.gid = static_cast<std::uint32_t>(std::min<std::uint64_t>(entry.gid, UINT32_MAX));
    file.size = entry.type == tar::EntryType::File ? entry.size : 0;
    file.mtimeNs = nanoseconds(entry);
    file.path = std::move(path);
    file.link = entry.linkTarget;
    return file;
}

struct ContentHash::State {
    XXH3_state_t hash;
};

ContentHash::ContentHash() : m_state(std::make_unique<State>()) {
    begin();
}

ContentHash::~ContentHash() = default;

void ContentHash::begin() {
    (void)XXH3_128bits_reset(&m_state->hash);  // fails for a null pointer only, as does the update
    m_position = 0;
}

void ContentHash::addZeros(std::uint64_t count) {
    static constexpr std::array<std::byte, kReadBytes> kZeros{};
    while (count > 0) {
        const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(count, kZeros.size()));
        (void)XXH3_128bits_update(&m_state->hash, kZeros.data(), piece);
        count -= piece;
    }
}

void ContentHash::add(std::uint64_t offset, std::span<const std::byte> bytes) {
    addZeros(offset - std::min(offset, m_position));
    (void)XXH3_128bits_update(&m_state->hash, bytes.data(), bytes.size());
    m_position = offset + bytes.size();
}

std::array<std::uint8_t, 16> ContentHash::finish(std::uint64_t size) {
    addZeros(size - std::min(size, m_position));
    XXH128_canonical_t text{};
    XXH128_canonicalFromHash(&text, XXH3_128bits_digest(&m_state->hash));
    std::array<std::uint8_t, 16> out{};
    std::copy(std::begin(text.digest), std::end(text.digest), out.begin());
    return out;
}

Result<> ListingSink::list(const types::ImageFile& file) {
    auto added = m_full ? Result<>() : m_index.add(file);
    if (!added && added.error().kind() == ErrorKind::Unsupported) {
        m_full = true;
        return {};
    }
    return added;
}

Result<> ListingSink::finish() {
    return m_full ? Result<>() : m_index.finish();
}

/// The unpacker first: it refuses what must not be listed either.
Result<> ListingSink::beginEntry(const tar::Entry& entry) {
    m_listed = false;
    TRY(m_unpacker.beginEntry(entry));
    TRY_ASSIGN(const LayerPath path, parsePath(entry.path));
    TRY_ASSIGN(const Whiteout reserved, classify(path));
    const std::string folder = path.size() > 1 ? parentOf(path) : std::string();
    switch (reserved.kind) {
    case Whiteout::Kind::Ignored:
        return {};
    case Whiteout::Kind::Opaque:
        return list(markOf(types::ImageFileKind::Opaque, folder.empty() ? "." : folder));
    case Whiteout::Kind::Name:
        return list(markOf(types::ImageFileKind::Whiteout,
                           folder.empty() ? reserved.name : folder + "/" + reserved.name));
    case Whiteout::Kind::None:
        break;
    }
    if (path.empty()) {
        return {};  // the root itself is no path of the image
    }
    m_file = fileOf(entry, textOf(path));
    if (entry.type == tar::EntryType::Hardlink) {
        TRY_ASSIGN(const LayerPath target, parsePath(entry.linkTarget));
        m_file.link = textOf(target);
    }
    m_listed = true;
    m_hash.begin();
    return {};
}

Result<> ListingSink::data(std::uint64_t offset, std::span<const std::byte> bytes) {
    if (m_listed && m_file.kind == types::ImageFileKind::File) {
        m_hash.add(offset, bytes);
    }
    return m_unpacker.data(offset, bytes);
}

Result<> ListingSink::endEntry() {
    TRY(m_unpacker.endEntry());
    if (!m_listed) {
        return {};
    }
    if (m_file.kind == types::ImageFileKind::File) {
        m_file.contentHash = m_hash.finish(m_file.size);
    }
    return list(m_file);
}

/// The file may change or go while it is read, and nothing here is proof of anything: what was read is
/// listed.
Result<> ListingPackSink::entry(const tar::Entry& entry, int contentFd) {
    if (entry.path == ".") {
        return {};
    }
    types::ImageFile file = fileOf(entry, entry.path);
    if (file.kind == types::ImageFileKind::File && contentFd >= 0) {
        m_hash.begin();
        std::vector<std::byte> buffer(kReadBytes);
        std::uint64_t offset = 0;
        while (offset < file.size) {
            const ssize_t got = ::pread(contentFd, buffer.data(), buffer.size(), static_cast<off_t>(offset));
            if (got < 0) {
                return Error::fromErrno("read '" + shown(entry.path) + "'");
            }
            if (got == 0) {
                break;
            }
            m_hash.add(offset, std::span(buffer).first(static_cast<std::size_t>(got)));
            offset += static_cast<std::uint64_t>(got);
        }
        file.contentHash = m_hash.finish(file.size);
    }
    return m_index.add(file);
}

Result<> ListingPackSink::whiteout(const std::string& path) {
    return m_index.add(markOf(types::ImageFileKind::Whiteout, path));
}

Result<> ListingPackSink::opaque(const std::string& path) {
    return m_index.add(markOf(types::ImageFileKind::Opaque, path));
}

}  // namespace coracle::store::helper
