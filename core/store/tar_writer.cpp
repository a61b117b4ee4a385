// SPDX-License-Identifier: Apache-2.0
#include "core/store/tar_writer.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>

namespace coracle::store::tar {
namespace {

constexpr std::size_t kNameBytes = 100;
constexpr std::uint64_t kMaxOctal7 = 07777777;       // seven digits: uid, gid
constexpr std::uint64_t kMaxOctal11 = 077777777777;  // eleven digits: size, mtime

/// Sorted, so that their order is one thing less that could differ.
using Records = std::map<std::string, std::string>;

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void putText(std::string& block, std::size_t at, std::size_t length, std::string_view text) {
    std::copy_n(text.begin(), std::min(text.size(), length), block.begin() + static_cast<std::ptrdiff_t>(at));
}

/// `digits` octal digits and a NUL. A value that does not fit is in the extended header.
void putOctal(std::string& block, std::size_t at, std::size_t digits, std::uint64_t value) {
    for (std::size_t i = digits; i > 0; --i) {
        block[at + i - 1] = static_cast<char>('0' + (value & 7U));
        value >>= 3U;
    }
}

std::string blockOf(std::string_view name, char type, const Entry& entry, std::uint64_t size) {
    std::string block(kBlockBytes, '\0');
    const bool timeFits =
        entry.mtimeSeconds >= 0 && static_cast<std::uint64_t>(entry.mtimeSeconds) <= kMaxOctal11;
    putText(block, 0, kNameBytes, name);
    putOctal(block, 100, 7, entry.mode & 07777U);
    putOctal(block, 108, 7, entry.uid <= kMaxOctal7 ? entry.uid : 0);
    putOctal(block, 116, 7, entry.gid <= kMaxOctal7 ? entry.gid : 0);
    putOctal(block, 124, 11, size <= kMaxOctal11 ? size : 0);
    putOctal(block, 136, 11, timeFits ? static_cast<std::uint64_t>(entry.mtimeSeconds) : 0);
    block[156] = type;
    putText(block, 157, kNameBytes, entry.linkTarget);
    putText(block, 257, 8, std::string_view("ustar\00000", 8));
    putOctal(block, 329, 7, entry.deviceMajor);
    putOctal(block, 337, 7, entry.deviceMinor);
    putText(block, 148, 8, "        ");
    std::uint64_t sum = 0;
    for (const char c : block) {
        sum += static_cast<unsigned char>(c);
    }
    putOctal(block, 148, 6, sum);
    block[154] = '\0';
    return block;
}

/// "LENGTH KEY=VALUE\n", where LENGTH counts itself.
std::string recordText(const std::string& key, const std::string& value) {
    const std::size_t rest = key.size() + value.size() + 3;
    std::size_t length = rest + std::to_string(rest).size();
    length = rest + std::to_string(length).size();
    return std::to_string(length) + " " + key + "=" + value + "\n";
}

/// "1700000000.25": no zeros at the end, which mean nothing.
std::string timeText(const Entry& entry) {
    std::int64_t seconds = entry.mtimeSeconds;
    std::uint32_t nanoseconds = entry.mtimeNanoseconds;
    const bool negative = seconds < 0;
    if (negative && nanoseconds > 0) {
        ++seconds;
        nanoseconds = 1'000'000'000U - nanoseconds;
    }
    std::string text = (negative && seconds == 0 ? "-" : "") + std::to_string(seconds);
    if (nanoseconds > 0) {
        std::string fraction = std::to_string(nanoseconds);
        fraction.insert(0, 9 - fraction.size(), '0');
        fraction.erase(fraction.find_last_not_of('0') + 1);
        text += "." + fraction;
    }
    return text;
}

char letterOf(EntryType type) {
    constexpr std::array<char, 7> kLetters{'0', '5', '2', '1', '3', '4', '6'};
    return kLetters.at(static_cast<std::size_t>(type));
}

std::string_view baseName(std::string_view path) {
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return path.substr(path.rfind('/') + 1);
}

Records recordsOf(const Entry& entry, const std::string& path, std::uint64_t size) {
    Records records;
    if (path.size() > kNameBytes || !isPlain(path)) {
        records["path"] = path;
    }
    if (entry.linkTarget.size() > kNameBytes || !isPlain(entry.linkTarget)) {
        records["linkpath"] = entry.linkTarget;
    }
    if (size > kMaxOctal11) {
        records["size"] = std::to_string(size);
    }
    if (entry.uid > kMaxOctal7) {
        records["uid"] = std::to_string(entry.uid);
    }
    if (entry.gid > kMaxOctal7) {
        records["gid"] = std::to_string(entry.gid);
    }
    if (entry.mtimeSeconds < 0 || entry.mtimeNanoseconds != 0 ||
        static_cast<std::uint64_t>(entry.mtimeSeconds) > kMaxOctal11) {
        records["mtime"] = timeText(entry);
    }
    for (const auto& [name, value] : entry.xattrs) {
        records["SCHILY.xattr." + name] = value;
    }
    return records;
}

/// Format 1.0: how many pieces, then where each begins and how long it is, in whole blocks. A hole at the end
/// is told of by an empty piece, as GNU tar does it.
Result<std::string> sparseMap(const Entry& entry) {
    if (entry.type != EntryType::File) {
        return Error(ErrorKind::InvalidArgument, "only a file has holes");
    }
    std::vector<SparseSegment> pieces = entry.segments;
    std::uint64_t end = 0;
    for (const auto& [offset, length] : pieces) {
        if (offset < end || length > entry.size || offset > entry.size - length) {
            return Error(ErrorKind::InvalidArgument, "pieces of a file that are out of order");
        }
        end = offset + length;
    }
    if (end < entry.size || pieces.empty()) {
        pieces.push_back({entry.size, 0});
    }
    std::string map = std::to_string(pieces.size()) + "\n";
    for (const auto& [offset, length] : pieces) {
        map += std::to_string(offset) + "\n" + std::to_string(length) + "\n";
    }
    return map + paddingAfter(map.size());
}

bool holdsNul(const std::string& text) {
    return text.find('\0') != std::string::npos;
}

}  // namespace

Result<std::string> headerOf(const Entry& entry) {
    std::string path = entry.path;
    if (entry.type == EntryType::Directory && !path.ends_with('/')) {
        path += "/";
    }
    if (path.empty() || holdsNul(path) || holdsNul(entry.linkTarget)) {
        return Error(ErrorKind::InvalidArgument, "an archive entry needs a name without NUL");
    }
    for (const auto& [name, value] : entry.xattrs) {
        if (holdsNul(name) || name.find('=') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "an extended attribute's name holds '=' or NUL");
        }
    }
    std::uint64_t size = entry.type == EntryType::File ? entry.size : 0;
    Records sparse;
    std::string map;
    if (entry.sparse) {
        TRY_ASSIGN(map, sparseMap(entry));
        sparse = {{"GNU.sparse.major", "1"},
                  {"GNU.sparse.minor", "0"},
                  {"GNU.sparse.name", path},
                  {"GNU.sparse.realsize", std::to_string(size)}};
        const std::string_view base = baseName(path);
        path = path.substr(0, path.size() - base.size()) + "GNUSparseFile.0/" + std::string(base);
        size = map.size() + storedBytes(entry);
    }
    Records records = recordsOf(entry, path, size);
    records.merge(sparse);
    std::string text;
    if (!records.empty()) {
        std::string body;
        for (const auto& [key, value] : records) {
            body += recordText(key, value);
        }
        const std::string name = "PaxHeaders.0/" + std::string(baseName(path));
        text = blockOf(name, 'x', Entry{}, body.size()) + body + paddingAfter(body.size());
    }
    return text + blockOf(path, letterOf(entry.type), entry, size) + map;
}

std::uint64_t storedBytes(const Entry& entry) {
    if (!entry.sparse) {
        return entry.size;
    }
    return std::accumulate(entry.segments.begin(), entry.segments.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const SparseSegment& piece) { return sum + piece.length; });
}

std::string paddingAfter(std::uint64_t contentBytes) {
    return std::string(static_cast<std::size_t>((kBlockBytes - contentBytes % kBlockBytes) % kBlockBytes),
                       '\0');
}

std::string endMark() {
    return std::string(2 * kBlockBytes, '\0');
}

}  // namespace coracle::store::tar
