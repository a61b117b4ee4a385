// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace coracle::text {

/// Source: RFC 4648 4, with padding.
std::string encodeBase64(std::string_view bytes);

/// none: not base64. Padding may be missing; other characters, also white space, are refused.
std::optional<std::string> decodeBase64(std::string_view text);

/// Everything but the unreserved characters of RFC 3986 2.3 as %XX, for one part of a query. A space
/// becomes %20 and not '+', which is a space only in forms.
std::string encodeUrlPart(std::string_view text);

}  // namespace coracle::text
