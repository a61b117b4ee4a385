// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

/// The text of docker's json-file log. Pure.
namespace coracle::monitor {

/// Which output of the container an entry is of.
enum class Stream : std::uint8_t { Stdout, Stderr };

/// RFC 3339 in UTC with nine fraction digits: "2006-01-02T15:04:05.000000000Z".
std::string timeText(std::int64_t nanosecondsSinceEpoch);

/// Append one entry and its line end to `out`. `text` may hold any bytes; what is not UTF-8 becomes U+FFFD,
/// one for each bad byte. Source: RFC 8259 7.
/// `attributes` is what attributesText() made, or empty.
void appendEntry(std::string& out, std::string_view text, Stream stream, std::string_view time,
                 std::string_view attributes = {});

/// The member "attrs" of an entry, with the comma before it; empty for no attributes.
std::string attributesText(const std::map<std::string, std::string>& attributes);

/// Longest prefix of at most `limit` bytes that does not cut a UTF-8 character in two; never 0 for a text and
/// a limit that are not.
std::size_t wholeCharacters(std::string_view text, std::size_t limit);

}  // namespace coracle::monitor
