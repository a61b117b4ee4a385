// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/tar_parser.h"
#include "core/store/helper/tree_packer.h"
#include "core/store/layer_index.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace coracle::store::helper {

/// What an entry says of its file, under this path; without a hash of its content.
types::ImageFile fileOf(const tar::Entry& entry, std::string path);

/// Hash of a file's content, holes as the zeros that they stand for, so that it does not depend on how the
/// file came.
class ContentHash {
public:
    ContentHash();
    ~ContentHash();
    ContentHash(const ContentHash&) = delete;
    ContentHash& operator=(const ContentHash&) = delete;

    void begin();
    /// Offsets ascend; what lies between two pieces is zeros.
    void add(std::uint64_t offset, std::span<const std::byte> bytes);
    /// size: of the whole file; the rest is zeros.
    std::array<std::uint8_t, 16> finish(std::uint64_t size);

private:
    void addZeros(std::uint64_t count);

    struct State;
    std::unique_ptr<State> m_state;
    std::uint64_t m_position = 0;
};

/// Passes the entries of an archive on to the one who unpacks them, and lists those that it took.
class ListingSink final : public tar::Sink {
public:
    /// Both are borrowed.
    ListingSink(tar::Sink& unpacker, LayerIndexWriter& index) : m_unpacker(unpacker), m_index(index) {}

    Result<> beginEntry(const tar::Entry& entry) override;
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override;
    Result<> endEntry() override;

    /// After the last entry. A layer with more names than a list may have gets none, and its index no end.
    Result<> finish();

private:
    Result<> list(const types::ImageFile& file);

    tar::Sink& m_unpacker;
    LayerIndexWriter& m_index;
    ContentHash m_hash;
    types::ImageFile m_file;
    bool m_listed = false;
    bool m_full = false;
};

/// Lists the files of a layer that was unpacked before, or made by us.
class ListingPackSink final : public PackSink {
public:
    explicit ListingPackSink(LayerIndexWriter& index) : m_index(index) {}

    Result<> entry(const tar::Entry& entry, int contentFd) override;
    Result<> whiteout(const std::string& path) override;
    Result<> opaque(const std::string& path) override;

private:
    LayerIndexWriter& m_index;
    ContentHash m_hash;
};

}  // namespace coracle::store::helper
