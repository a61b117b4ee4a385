// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/tar_parser.h"

#include "core/store/helper/limits.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace coracle::store::tar {
namespace {

using helper::kMaxMetaBytes;
using helper::kMaxSparseSegments;

struct Field {
    std::size_t at;
    std::size_t length;
};
// Offsets of the ustar header, pax(1), "ustar Interchange Format".
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUid{108, 8};
constexpr Field kGid{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kMtime{136, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kTypeAt = 156;
constexpr Field kLinkName{157, 100};
constexpr Field kMagic{257, 8};
constexpr Field kMajor{329, 8};
constexpr Field kMinor{337, 8};
constexpr Field kPrefix{345, 155};
constexpr Field kStarPrefix{345, 131};
constexpr Field kStarTrailer{508, 4};
// Old GNU sparse header: four descriptors of 24 bytes, "more" flag, real size; extension: 21 descriptors,
// flag.
constexpr Field kSparse{386, 96};
constexpr std::size_t kSparseMoreAt = 482;
constexpr Field kRealSize{483, 12};
constexpr Field kSparseExtension{0, 504};
constexpr std::size_t kExtensionMoreAt = 504;

std::string_view fieldOf(std::string_view block, Field field) {
    return block.substr(field.at, field.length);
}

std::string textOf(std::string_view block, Field field) {
    const std::string_view raw = fieldOf(block, field);
    return std::string(raw.substr(0, raw.find('\0')));
}

/// Both sums are accepted: old writers added the bytes with a sign. Source: tar(5), "checksum".
bool checksumMatches(std::string_view block) {
    std::int64_t asUnsigned = 0;
    std::int64_t asSigned = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const bool inField = i >= kChecksum.at && i < kChecksum.at + kChecksum.length;
        const char c = inField ? ' ' : block[i];
        asUnsigned += static_cast<unsigned char>(c);
        asSigned += static_cast<signed char>(c);
    }
    const auto stored = parseNumber(fieldOf(block, kChecksum));
    return stored && (*stored == asUnsigned || *stored == asSigned);
}

/// Up to INT64_MAX: sizes and offsets become off_t.
std::optional<std::uint64_t> decimal(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value > INT64_MAX) {
        return std::nullopt;
    }
    return value;
}

/// Type letter to our type; none: no meaning in a layer.
std::optional<EntryType> typeOf(char letter) {
    switch (letter) {
    case '0':
    case '\0':
    case '7':
    case 'S':
        return EntryType::File;
    case '1':
        return EntryType::Hardlink;
    case '2':
        return EntryType::Symlink;
    case '3':
        return EntryType::CharDevice;
    case '4':
        return EntryType::BlockDevice;
    case '5':
        return EntryType::Directory;
    case '6':
        return EntryType::Fifo;
    default:
        return std::nullopt;
    }
}

bool isMeta(char letter) {
    return letter == 'x' || letter == 'g' || letter == 'L' || letter == 'K';
}

std::string_view textOfBytes(std::span<const std::byte> bytes) {
    return {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()};
}

std::uint64_t paddingOf(std::uint64_t size) {
    return (512 - size % 512) % 512;
}

}  // namespace

Error Parser::corrupt(const std::string& what) const {
    return {ErrorKind::Corrupt, "layer archive at byte " + std::to_string(m_offset) + ": " + what};
}

/// Pieces may end anywhere, also within a header. Every turn takes at least a byte or changes the state.
/// After the end of the archive the rest is passed over, as tar(1) does, but is still hashed by the
/// caller.
Result<> Parser::feed(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        std::size_t taken = bytes.size();
        switch (m_state) {
        case State::Header:
        case State::SparseHeader:
        case State::SparseMap: {
            taken = std::min(taken, kBlock - m_blockFill);
            const auto text = textOfBytes(bytes.first(taken));
            std::copy(text.begin(), text.end(), m_block.begin() + static_cast<std::ptrdiff_t>(m_blockFill));
            m_blockFill += taken;
            m_offset += taken;
            if (m_blockFill == kBlock) {
                m_blockFill = 0;
                TRY(header());
            }
            break;
        }
        case State::Meta:
            taken = static_cast<std::size_t>(std::min<std::uint64_t>(taken, m_left));
            m_meta.append(textOfBytes(bytes.first(taken)));
            m_left -= taken;
            m_offset += taken;
            if (m_left == 0) {
                TRY(endMeta());
            }
            break;
        case State::Data:
            taken = static_cast<std::size_t>(std::min<std::uint64_t>(taken, m_left));
            TRY(content(bytes.first(taken)));
            m_left -= taken;
            m_offset += taken;
            if (m_left == 0) {
                TRY(endData());
            }
            break;
        case State::Padding:
            taken = static_cast<std::size_t>(std::min<std::uint64_t>(taken, m_padding));
            m_padding -= taken;
            m_offset += taken;
            if (m_padding == 0) {
                m_state = State::Header;
            }
            break;
        case State::Ended:
            m_offset += taken;
            break;
        }
        bytes = bytes.subspan(taken);
    }
    return {};
}

/// An archive without its two zero blocks is taken, as Go's reader takes it; one that ends within an entry
/// is not.
Result<> Parser::finish() {
    // Without the padding of its last file an archive is whole for Go's reader, and umoci 0.4 writes such
    // ones.
    const bool clean = m_state == State::Ended || m_state == State::Padding ||
                       (m_state == State::Header && m_blockFill == 0);
    if (!clean) {
        return corrupt("it ends in the middle of an entry");
    }
    if (m_overrides.path || m_overrides.linkPath || m_overrides.size) {
        return corrupt("it ends after an extended header");
    }
    return {};
}

/// Two blocks of zeros end an archive; what follows them is padding and not looked at. A single one in the
/// middle is refused, for one tool goes on there and another stops.
Result<> Parser::header() {
    const std::string_view block(m_block.data(), m_block.size());
    if (m_state == State::SparseHeader) {
        return oldSparseBlock(fieldOf(block, kSparseExtension), block[kExtensionMoreAt] != '\0');
    }
    if (m_state == State::SparseMap) {
        return sparseMap();
    }
    if (block.find_first_not_of('\0') == std::string_view::npos) {
        if (m_zeroBlock) {
            m_state = State::Ended;
        }
        m_zeroBlock = true;
        return {};
    }
    if (m_zeroBlock) {
        return corrupt("an entry follows an end mark");
    }
    if (!checksumMatches(block)) {
        return corrupt("wrong header checksum");
    }
    const auto size = parseNumber(fieldOf(block, kSize));
    if (!size || *size < 0) {
        return corrupt("malformed size");
    }
    const char type = block[kTypeAt];
    if (isMeta(type)) {
        return startMeta(type, static_cast<std::uint64_t>(*size));
    }
    return startEntry(type, static_cast<std::uint64_t>(*size));
}

/// The content of an extended header is kept in memory, hence the limit.
Result<> Parser::startMeta(char type, std::uint64_t size) {
    if (size > kMaxMetaBytes) {
        return corrupt("an extended header of " + std::to_string(size) + " bytes, more than " +
                       std::to_string(kMaxMetaBytes));
    }
    m_metaType = type;
    m_meta.clear();
    m_left = size;
    m_padding = paddingOf(size);
    m_state = State::Meta;
    return size == 0 ? endMeta() : Result<>();
}

Result<> Parser::endMeta() {
    m_state = m_padding > 0 ? State::Padding : State::Header;
    switch (m_metaType) {
    case 'L':
        m_overrides.path = m_meta.substr(0, m_meta.find('\0'));
        return {};
    case 'K':
        m_overrides.linkPath = m_meta.substr(0, m_meta.find('\0'));
        return {};
    case 'x':
        return paxRecords(m_meta);
    default:
        return {};  // a global header says nothing about files: Go's reader passes it over, too
    }
}

/// "LENGTH KEY=VALUE\n", the length counting itself. It has to be exact: a reader that searches for the
/// newline instead would see other records in the same bytes.
Result<> Parser::paxRecords(std::string_view text) {
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const auto length = decimal(text.substr(0, space));
        if (space == std::string_view::npos || !length || *length > text.size() || *length < space + 3) {
            return corrupt("malformed extended header");
        }
        const std::string_view record = text.substr(space + 1, *length - space - 1);
        const std::size_t equals = record.find('=');
        if (record.back() != '\n' || equals == std::string_view::npos || equals == 0) {
            return corrupt("malformed extended header");
        }
        const std::string_view value = record.substr(equals + 1, record.size() - equals - 2);
        TRY(paxRecord(record.substr(0, equals), value));
        text.remove_prefix(*length);
    }
    return {};
}

/// Keys that are not known are passed over, as pax(1) asks.
Result<> Parser::paxRecord(std::string_view key, std::string_view value) {
    constexpr std::string_view kXattr = "SCHILY.xattr.";
    if (key.starts_with(kXattr)) {
        if (m_overrides.xattrs.size() >= helper::kMaxXattrs) {
            return corrupt("more than " + std::to_string(helper::kMaxXattrs) + " extended attributes");
        }
        m_overrides.xattrs.emplace_back(key.substr(kXattr.size()), value);
        return {};
    }
    if (key.starts_with("GNU.sparse.")) {
        return paxSparse(key.substr(11), value);
    }
    if (key == "path" || key == "linkpath") {
        if (value.find('\0') != std::string_view::npos) {
            return corrupt("a name with a NUL in it");
        }
        (key == "path" ? m_overrides.path : m_overrides.linkPath) = std::string(value);
        return {};
    }
    if (key == "mtime") {
        m_overrides.mtime = parsePaxTime(value);
        return m_overrides.mtime ? Result<>() : Result<>(corrupt("malformed mtime"));
    }
    if (key == "size" || key == "uid" || key == "gid") {
        const auto number = decimal(value);
        if (!number) {
            return corrupt("malformed " + std::string(key));
        }
        (key == "size" ? m_overrides.size : key == "uid" ? m_overrides.uid : m_overrides.gid) = *number;
    }
    return {};
}

/// GNU's three formats (GNU tar manual, "Storing Sparse Files"): offset and numbytes by turns (0.0), one
/// map (0.1), a map in front of the content (1.0).
Result<> Parser::paxSparse(std::string_view key, std::string_view value) {
    m_overrides.sparse = true;
    if (key == "name") {
        m_overrides.sparseName = std::string(value);
        return value.find('\0') == std::string_view::npos ? Result<>()
                                                          : Result<>(corrupt("a name with a NUL in it"));
    }
    if (key == "map") {
        std::vector<std::uint64_t> numbers;
        while (!value.empty()) {
            const std::size_t comma = std::min(value.find(','), value.size());
            const auto number = decimal(value.substr(0, comma));
            if (!number || numbers.size() >= 2 * kMaxSparseSegments) {
                return corrupt("malformed sparse map");
            }
            numbers.push_back(*number);
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
        if (numbers.size() % 2 != 0) {
            return corrupt("malformed sparse map");
        }
        m_overrides.segments.clear();
        for (std::size_t i = 0; i < numbers.size(); i += 2) {
            m_overrides.segments.push_back({numbers[i], numbers[i + 1]});
        }
        return {};
    }
    const auto number = decimal(value);
    if (!number) {
        return corrupt("malformed sparse header");
    }
    if (key == "major") {
        m_overrides.sparseMajor = *number;
    } else if (key == "minor") {
        m_overrides.sparseMinor = *number;
    } else if (key == "size" || key == "realsize") {
        m_overrides.sparseRealSize = *number;
    } else if (key == "offset") {
        m_overrides.pendingOffset = *number;
    } else if (key == "numbytes") {
        if (!m_overrides.pendingOffset || m_overrides.segments.size() >= kMaxSparseSegments) {
            return corrupt("malformed sparse map");
        }
        m_overrides.segments.push_back({*m_overrides.pendingOffset, *number});
        m_overrides.pendingOffset.reset();
    }
    return {};
}

/// What extended headers say wins over the header; of two that say the same the later one does.
Result<> Parser::readCommon(Entry& entry, std::uint64_t& size) {
    const std::string_view block(m_block.data(), m_block.size());
    entry.path = textOf(block, kName);
    entry.linkTarget = textOf(block, kLinkName);
    if (fieldOf(block, kMagic) == std::string_view("ustar\00000", 8)) {
        const bool star = fieldOf(block, kStarTrailer) == std::string_view("tar\0", 4);
        const std::string prefix = textOf(block, star ? kStarPrefix : kPrefix);
        if (!prefix.empty()) {
            entry.path = prefix + "/" + entry.path;
        }
    }
    const auto mode = parseNumber(fieldOf(block, kMode));
    const auto uid = parseNumber(fieldOf(block, kUid));
    const auto gid = parseNumber(fieldOf(block, kGid));
    const auto mtime = parseNumber(fieldOf(block, kMtime));
    if (!mode || *mode < 0 || !uid || *uid < 0 || !gid || *gid < 0 || !mtime) {
        return corrupt("malformed number in the header of '" + entry.path.substr(0, 100) + "'");
    }
    entry.mode = static_cast<std::uint32_t>(*mode & 07777);
    entry.uid = m_overrides.uid.value_or(static_cast<std::uint64_t>(*uid));
    entry.gid = m_overrides.gid.value_or(static_cast<std::uint64_t>(*gid));
    entry.mtimeSeconds = *mtime;
    if (m_overrides.mtime) {
        std::tie(entry.mtimeSeconds, entry.mtimeNanoseconds) = *m_overrides.mtime;
    }
    if (m_overrides.path) {
        entry.path = *m_overrides.path;
    }
    if (m_overrides.linkPath) {
        entry.linkTarget = *m_overrides.linkPath;
    }
    size = m_overrides.size.value_or(size);
    entry.xattrs = std::move(m_overrides.xattrs);
    return {};
}

Result<> Parser::startEntry(char type, std::uint64_t size) {
    const std::string_view block(m_block.data(), m_block.size());
    m_entry = Entry{};
    TRY(readCommon(m_entry, size));
    const auto kind = typeOf(type);
    if (!kind) {
        return Error(ErrorKind::Unsupported, "layer archive entry '" + m_entry.path.substr(0, 100) +
                                                 "' has the unknown type " +
                                                 std::to_string(static_cast<int>(type)));
    }
    m_entry.type = *kind;
    if (m_entry.type == EntryType::File && type != 'S' && m_entry.path.ends_with('/')) {
        m_entry.type = EntryType::Directory;  // how archives older than ustar mark a directory
    }
    if (m_entry.type == EntryType::CharDevice || m_entry.type == EntryType::BlockDevice) {
        const auto major = parseNumber(fieldOf(block, kMajor));
        const auto minor = parseNumber(fieldOf(block, kMinor));
        if (!major || !minor || *major < 0 || *minor < 0 || *major > UINT32_MAX || *minor > UINT32_MAX) {
            return corrupt("malformed device number");
        }
        m_entry.deviceMajor = static_cast<std::uint32_t>(*major);
        m_entry.deviceMinor = static_cast<std::uint32_t>(*minor);
    }
    // Only files have content, whatever the header of another type says (Go, archive/tar, isHeaderOnlyType).
    m_left = m_entry.type == EntryType::File ? size : 0;
    m_padding = paddingOf(m_left);
    m_entry.size = m_left;
    if (m_entry.type == EntryType::File && (type == 'S' || m_overrides.sparse)) {
        return readSparse(m_entry, type);
    }
    return announce();
}

/// The map is checked before anything is written: segments in order, inside of the file, and together as
/// long as the content.
Result<> Parser::readSparse(Entry& entry, char type) {
    const std::string_view block(m_block.data(), m_block.size());
    entry.sparse = true;
    if (type == 'S') {
        const auto realSize = parseNumber(fieldOf(block, kRealSize));
        if (!realSize || *realSize < 0) {
            return corrupt("malformed size of a sparse file");
        }
        entry.size = static_cast<std::uint64_t>(*realSize);
        return oldSparseBlock(fieldOf(block, kSparse), block[kSparseMoreAt] != '\0');
    }
    if (m_overrides.sparseName) {
        entry.path = *m_overrides.sparseName;
    }
    if (!m_overrides.sparseRealSize) {
        return corrupt("sparse file without its size");
    }
    entry.size = *m_overrides.sparseRealSize;
    if (m_overrides.sparseMajor == 1 && m_overrides.sparseMinor == 0) {
        m_mapText.clear();
        m_state = State::SparseMap;
        return {};
    }
    entry.segments = std::move(m_overrides.segments);
    TRY(checkSparse(entry.segments, entry.size, m_left));
    return announce();
}

Result<> Parser::oldSparseBlock(std::string_view descriptors, bool more) {
    for (; descriptors.size() >= 24; descriptors.remove_prefix(24)) {
        if (descriptors.front() == '\0') {
            break;
        }
        const auto offset = parseNumber(descriptors.substr(0, 12));
        const auto length = parseNumber(descriptors.substr(12, 12));
        if (!offset || !length || *offset < 0 || *length < 0 ||
            m_entry.segments.size() >= kMaxSparseSegments) {
            return corrupt("malformed sparse map");
        }
        m_entry.segments.push_back(
            {static_cast<std::uint64_t>(*offset), static_cast<std::uint64_t>(*length)});
    }
    m_state = State::SparseHeader;
    if (more) {
        return {};
    }
    TRY(checkSparse(m_entry.segments, m_entry.size, m_left));
    return announce();
}

/// Format 1.0: decimal numbers, a line each, in whole blocks before the content: count, then offset and
/// length.
Result<> Parser::sparseMap() {
    if (m_left < kBlock) {
        return corrupt("truncated sparse map");
    }
    m_left -= kBlock;
    m_mapText.append(m_block.data(), m_block.size());
    std::vector<std::uint64_t> numbers;
    std::string_view text = m_mapText;
    while (numbers.empty() || numbers.size() < 1 + 2 * numbers.front()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            return m_mapText.size() <= kMaxMetaBytes ? Result<>() : Result<>(corrupt("sparse map too long"));
        }
        const auto number = decimal(text.substr(0, end));
        if (!number || (numbers.empty() && *number > kMaxSparseSegments)) {
            return corrupt("malformed sparse map");
        }
        numbers.push_back(*number);
        text.remove_prefix(end + 1);
    }
    for (std::size_t i = 1; i + 1 < numbers.size(); i += 2) {
        m_entry.segments.push_back({numbers[i], numbers[i + 1]});
    }
    TRY(checkSparse(m_entry.segments, m_entry.size, m_left));
    return announce();
}

/// Overrides hold for one entry only.
Result<> Parser::announce() {
    m_overrides = Overrides{};
    m_segment = 0;
    m_segmentDone = 0;
    TRY(m_sink.beginEntry(m_entry));
    m_state = State::Data;
    return m_left == 0 ? endData() : Result<>();
}

Result<> Parser::endData() {
    m_state = m_padding > 0 ? State::Padding : State::Header;
    return m_sink.endEntry();
}

Result<> Parser::skipContent() {
    const std::uint64_t skipped = contentLeft();
    if (skipped == 0) {
        return {};
    }
    m_offset += skipped;
    m_left = 0;
    return endData();
}

/// The place of the bytes comes from the checked map, so it is never beyond the file's size.
Result<> Parser::content(std::span<const std::byte> bytes) {
    if (!m_entry.sparse) {
        return m_sink.data(m_entry.size - m_left, bytes);
    }
    while (!bytes.empty()) {
        const SparseSegment& segment = m_entry.segments[m_segment];
        const auto part =
            static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), segment.length - m_segmentDone));
        if (part > 0) {
            TRY(m_sink.data(segment.offset + m_segmentDone, bytes.first(part)));
        }
        m_segmentDone += part;
        bytes = bytes.subspan(part);
        if (m_segmentDone == segment.length) {
            ++m_segment;
            m_segmentDone = 0;
        }
    }
    return {};
}

}  // namespace coracle::store::tar
