// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A strict tar reader for image layers. Pure: bytes in, entries out, no system call, so that it can be
/// fuzzed as it is.
///
/// It follows what Go's archive/tar does wherever dialects differ (sizes of entries without data, prefix
/// field, order of pax over header), because that is what the tools that make images read their own work
/// with; where Go is lenient and the lenience is ambiguous it refuses. Known: ustar, pax (path, linkpath,
/// size, uid, gid, mtime, SCHILY.xattr), GNU long names, base-256 numbers, GNU sparse files old and 0.0
/// to 1.0. Source: pax(1), "pax Interchange Format"; tar(5); GNU tar manual, "Storing Sparse Files".
namespace coracle::store::tar {

/// What a layer may hold.
enum class EntryType : std::uint8_t { File, Directory, Symlink, Hardlink, CharDevice, BlockDevice, Fifo };

/// A piece of a sparse file that has content.
struct SparseSegment {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// One entry, not checked for where its names lead.
struct Entry {
    EntryType type = EntryType::File;
    std::string path;
    std::string linkTarget;
    std::uint32_t mode = 0;  ///< permission bits with setuid, setgid, sticky
    std::uint64_t uid = 0;
    std::uint64_t gid = 0;
    std::int64_t mtimeSeconds = 0;
    std::uint32_t mtimeNanoseconds = 0;
    std::uint64_t size = 0;  ///< of the file, holes included
    std::uint32_t deviceMajor = 0;
    std::uint32_t deviceMinor = 0;
    std::vector<std::pair<std::string, std::string>> xattrs;
    bool sparse = false;
    std::vector<SparseSegment> segments;  ///< of a sparse file, ascending
};

/// Receives what the parser finds. An error stops the parser.
class Sink {
public:
    virtual ~Sink() = default;
    /// The entry stays valid up to endEntry().
    virtual Result<> beginEntry(const Entry& entry) = 0;
    /// Content at an offset of the file; ascending, without overlap.
    virtual Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
    /// All content of the entry was given.
    virtual Result<> endEntry() = 0;
};

/// Push parser: feed it the archive in pieces of any size. Memory is bounded by limits.h: one block, one
/// extended header and one sparse map at a time. After an error it must not be fed again.
class Parser {
public:
    explicit Parser(Sink& sink) : m_sink(sink) {}

    /// Errors: Corrupt with the offset, Unsupported for a type that has no meaning in a layer, or the sink's.
    Result<> feed(std::span<const std::byte> bytes);
    /// The end of the input. Errors: Corrupt when it is in the middle of an entry.
    Result<> finish();

    /// Bytes of the archive taken so far, for messages.
    std::uint64_t offset() const noexcept { return m_offset; }

    /// Stored bytes of content that come next; 0 outside of content.
    std::uint64_t contentLeft() const noexcept { return m_state == State::Data ? m_left : 0; }
    /// Pass over all of contentLeft(): the caller has done so in the input, and the sink does not see it.
    Result<> skipContent();

private:
    enum class State : std::uint8_t { Header, SparseHeader, Meta, SparseMap, Data, Padding, Ended };
    static constexpr std::size_t kBlock = 512;
    using Block = std::array<char, kBlock>;

    /// What pax and GNU headers say about the entry that follows them.
    struct Overrides {
        std::optional<std::string> path;
        std::optional<std::string> linkPath;
        std::optional<std::uint64_t> size;
        std::optional<std::uint64_t> uid;
        std::optional<std::uint64_t> gid;
        std::optional<std::pair<std::int64_t, std::uint32_t>> mtime;
        std::vector<std::pair<std::string, std::string>> xattrs;
        std::optional<std::string> sparseName;
        std::optional<std::uint64_t> sparseRealSize;
        std::uint64_t sparseMajor = 0;
        std::uint64_t sparseMinor = 0;
        bool sparse = false;
        std::vector<SparseSegment> segments;
        std::optional<std::uint64_t> pendingOffset;  ///< pax 0.0 gives offset and length in two records
    };

    Result<> header();
    Result<> startMeta(char type, std::uint64_t size);
    Result<> endMeta();
    Result<> startEntry(char type, std::uint64_t size);
    Result<> readCommon(Entry& entry, std::uint64_t& size);
    Result<> readSparse(Entry& entry, char type);
    Result<> oldSparseBlock(std::string_view descriptors, bool more);
    Result<> sparseMap();
    Result<> announce();
    Result<> endData();
    Result<> paxRecords(std::string_view text);
    Result<> paxRecord(std::string_view key, std::string_view value);
    Result<> paxSparse(std::string_view key, std::string_view value);
    Result<> content(std::span<const std::byte> bytes);
    Error corrupt(const std::string& what) const;

    Sink& m_sink;
    State m_state = State::Header;
    Block m_block{};
    std::size_t m_blockFill = 0;
    bool m_zeroBlock = false;
    std::uint64_t m_offset = 0;
    char m_metaType = 0;
    std::string m_meta;
    std::string m_mapText;
    std::uint64_t m_left = 0;     ///< stored bytes still to come for the entry or meta header
    std::uint64_t m_padding = 0;  ///< bytes up to the next block after them
    Overrides m_overrides;
    Entry m_entry;
    std::size_t m_segment = 0;
    std::uint64_t m_segmentDone = 0;
};

/// Check a sparse map: ascending, within the file, with exactly `storedBytes` of content. Pure.
Result<> checkSparse(const std::vector<SparseSegment>& segments, std::uint64_t realSize,
                     std::uint64_t storedBytes);

/// Numbers of a tar header field: octal with blanks, or base-256. Pure. none: neither, or out of range.
std::optional<std::int64_t> parseNumber(std::string_view field);
/// "1700000000.123456789", also negative. none: malformed.
std::optional<std::pair<std::int64_t, std::uint32_t>> parsePaxTime(std::string_view text);

}  // namespace coracle::store::tar
