// SPDX-License-Identifier: Apache-2.0
#include "core/types/preserved_fds.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace coracle::types {
namespace {

constexpr int kFirst = 3;
/// More than any process has open (fs.nr_open is a million, and nobody hands that many on).
constexpr int kMaxNumber = 65536;

std::optional<int> parseNumber(std::string_view text) {
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = fault == std::errc() && end == text.data() + text.size();
    return good && number >= 0 && number <= kMaxNumber ? std::optional(number) : std::nullopt;
}

}  // namespace

Result<std::vector<int>> parsePreservedCount(std::string_view text) {
    const auto count = parseNumber(text);
    if (!count) {
        return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is no number of descriptors")
            .withHint("2 hands descriptors 3 and 4 on");
    }
    std::vector<int> fds;
    for (int fd = kFirst; fd < kFirst + *count; ++fd) {
        fds.push_back(fd);
    }
    return fds;
}

Result<std::vector<int>> parsePreservedList(std::string_view text) {
    std::vector<int> fds;
    while (true) {
        const auto comma = std::min(text.find(','), text.size());
        const auto fd = parseNumber(text.substr(0, comma));
        if (!fd || *fd < kFirst) {
            return Error(ErrorKind::InvalidArgument,
                         "'" + std::string(text.substr(0, comma)) + "' is no descriptor from 3 on")
                .withHint("descriptors are listed with commas: 3,5; 0 to 2 are the standard streams");
        }
        fds.push_back(*fd);
        if (comma == text.size()) {
            break;
        }
        text.remove_prefix(comma + 1);
    }
    std::vector<int> sorted;
    addPreserved(sorted, fds);
    return sorted;
}

void addPreserved(std::vector<int>& fds, const std::vector<int>& more) {
    fds.insert(fds.end(), more.begin(), more.end());
    std::sort(fds.begin(), fds.end());
    fds.erase(std::unique(fds.begin(), fds.end()), fds.end());
}

std::string toText(const std::vector<int>& preservedFds) {
    std::string text;
    for (const int fd : preservedFds) {
        text += (text.empty() ? "" : ",") + std::to_string(fd);
    }
    return text;
}

}  // namespace coracle::types
