// SPDX-License-Identifier: Apache-2.0
#include "core/store/layer_index.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace coracle::store {
namespace {

constexpr std::string_view kHead = "coracle layer index 1\n";
constexpr std::size_t kFlushBytes = 256U << 10U;
/// kind, mode, uid, gid, size, mtime, hash, length of the path.
constexpr std::size_t kFixedBytes = 1 + 4 + 4 + 4 + 8 + 8 + 16 + 2;
constexpr std::string_view kKinds = "fdlhpcwo";

template <typename Number>
void put(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFFU));
    }
}

/// Takes numbers off the front; the caller has made sure that they are there.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    template <typename Number>
    Number take() {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(m_bytes[i])} << (8 * i);
        }
        m_bytes.remove_prefix(sizeof(Number));
        return static_cast<Number>(value);
    }
    std::string_view takeBytes(std::size_t count) {
        const auto taken = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return taken;
    }
    std::size_t left() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
};

Error damaged(const std::string& why) {
    return {ErrorKind::Corrupt, "the index of the layer is damaged: " + why};
}

/// A path that a list may show and that no caller can be led astray by when it is joined to another.
bool isPlainPath(std::string_view path) {
    if (path == ".") {
        return true;
    }
    if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) {
        return false;
    }
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        const auto name = path.substr(0, end);
        if (name.empty() || name == "." || name == "..") {
            return false;
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return true;
}

Result<types::ImageFile> parseFile(std::string_view record) {
    if (record.size() < kFixedBytes) {
        return damaged("an entry is too short");
    }
    Reader reader(record);
    types::ImageFile file;
    const char kind = reader.take<char>();
    if (kKinds.find(kind) == std::string_view::npos) {
        return damaged("an entry has an unknown kind");
    }
    file.kind = types::ImageFileKind{kind};
    file.mode = reader.take<std::uint32_t>() & 07777U;
    file.uid = reader.take<std::uint32_t>();
    file.gid = reader.take<std::uint32_t>();
    file.size = reader.take<std::uint64_t>();
    file.mtimeNs = reader.take<std::int64_t>();
    std::memcpy(file.contentHash.data(), reader.takeBytes(file.contentHash.size()).data(),
                file.contentHash.size());
    const auto length = reader.take<std::uint16_t>();
    if (length > reader.left()) {
        return damaged("a path is cut off");
    }
    file.path = reader.takeBytes(length);
    if (!isPlainPath(file.path)) {
        return damaged("an entry has no path");
    }
    file.link = reader.takeBytes(reader.left());
    return file;
}

}  // namespace

LayerIndexWriter::LayerIndexWriter(int fd) : m_fd(fd), m_buffer(kHead) {}

Result<> LayerIndexWriter::flush() {
    TRY(sys::writeAll(m_fd, m_buffer));
    m_written += m_buffer.size();
    m_buffer.clear();
    return {};
}

Result<> LayerIndexWriter::add(const types::ImageFile& file) {
    const std::size_t length = kFixedBytes + file.path.size() + file.link.size();
    if (m_written + m_buffer.size() + length > kMaxIndexBytes || file.path.size() > UINT16_MAX) {
        return Error(ErrorKind::Unsupported, "the layer has too many names to list");
    }
    put(m_buffer, static_cast<std::uint32_t>(length));
    put(m_buffer, static_cast<char>(file.kind));
    put(m_buffer, file.mode);
    put(m_buffer, file.uid);
    put(m_buffer, file.gid);
    put(m_buffer, file.size);
    put(m_buffer, file.mtimeNs);
    m_buffer.append(reinterpret_cast<const char*>(file.contentHash.data()), file.contentHash.size());
    put(m_buffer, static_cast<std::uint16_t>(file.path.size()));
    m_buffer += file.path;
    m_buffer += file.link;
    return m_buffer.size() < kFlushBytes ? Result<>() : flush();
}

Result<> LayerIndexWriter::finish() {
    put(m_buffer, std::uint32_t{0});
    return flush();
}

Result<std::vector<types::ImageFile>> parseLayerIndex(std::string_view bytes) {
    if (!bytes.starts_with(kHead)) {
        return damaged("it does not begin like one");
    }
    bytes.remove_prefix(kHead.size());
    std::vector<types::ImageFile> files;
    files.reserve(bytes.size() / (2 * kFixedBytes));
    while (bytes.size() >= sizeof(std::uint32_t)) {
        Reader reader(bytes);
        const auto length = reader.take<std::uint32_t>();
        if (length == 0) {
            return reader.left() == 0
                       ? Result<std::vector<types::ImageFile>>(std::move(files))
                       : Result<std::vector<types::ImageFile>>(damaged("something follows its end"));
        }
        if (length > reader.left()) {
            break;
        }
        TRY_ASSIGN(types::ImageFile file, parseFile(reader.takeBytes(length)));
        files.push_back(std::move(file));
        bytes.remove_prefix(sizeof length + length);
    }
    return damaged("it has no end");
}

Result<std::vector<types::ImageFile>> readLayerIndex(const std::string& path) {
    TRY_ASSIGN(const std::string bytes, sys::readFile(path, kMaxIndexBytes));
    return parseLayerIndex(bytes);
}

}  // namespace coracle::store
