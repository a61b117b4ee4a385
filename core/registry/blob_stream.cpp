// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blob_stream.h"

#include "core/text/escape.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace coracle::registry {
namespace {

/// The whole text as a decimal number; none for a sign, a space or anything after the digits.
std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

Error BlobStream::wrong(const std::string& what) const {
    return {ErrorKind::Corrupt, "blob '" + m_descriptor.digest.text() + "' " + what};
}

Error BlobStream::truncated() const {
    return wrong("ends after " + std::to_string(m_offset) + " of " + std::to_string(m_descriptor.size) +
                 " bytes");
}

Result<> BlobStream::begin(const HttpResponse& response) {
    m_skip = 0;
    if (response.status == 206) {
        // "bytes FIRST-LAST/SIZE". Source: RFC 9110 14.4.
        const std::string_view range = response.find("content-range").value_or("");
        const std::string expected = "bytes " + std::to_string(m_offset) + "-";
        const auto slash = range.find('/');
        const auto size = slash == std::string_view::npos ? std::nullopt : numberOf(range.substr(slash + 1));
        const bool sizeFits =
            slash != std::string_view::npos && (range.substr(slash + 1) == "*" || size == m_descriptor.size);
        if (!range.starts_with(expected) || !sizeFits) {
            return wrong("came as range '" + text::excerptForTerminal(range, 60) + "', wanted from " +
                         std::to_string(m_offset) + " of " + std::to_string(m_descriptor.size) + " bytes");
        }
        return {};
    }
    if (response.status != 200) {
        return wrong("came with status " + std::to_string(response.status));
    }
    if (const auto length = response.find("content-length");
        length && numberOf(*length) != m_descriptor.size) {
        return wrong("is " + text::excerptForTerminal(*length, 30) + " bytes long, the manifest says " +
                     std::to_string(m_descriptor.size));
    }
    m_skip = m_offset;
    return {};
}

Result<> BlobStream::write(std::string_view bytes) {
    const std::size_t known = static_cast<std::size_t>(std::min<std::uint64_t>(m_skip, bytes.size()));
    m_skip -= known;
    bytes.remove_prefix(known);
    if (bytes.empty()) {
        return {};
    }
    if (bytes.size() > m_descriptor.size - m_offset) {
        return wrong("is longer than the " + std::to_string(m_descriptor.size) +
                     " bytes that the manifest says");
    }
    TRY(m_write(bytes));
    m_offset += bytes.size();
    return {};
}

}  // namespace coracle::registry
