// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string_view>

/// The only way YAML enters Coracle: as the JSON that it stands for. A short text may stand for a huge
/// document (aliases of aliases) or for one that overflows the stack of whoever walks it, so what an alias
/// repeats is counted before it is copied, and the depth is that of json::parse(). The library's own tree is
/// not used: it would be built before anything could be counted.
namespace coracle::text {

/// Values of all kinds and keys, those that aliases repeat included.
inline constexpr std::size_t kMaxYamlNodes = 200'000;

/// Read one document. Plain words mean what they mean to Go's reader, which the tools that write these files
/// are made with: null, true, false, numbers (a leading 0 is octal), else texts. A key may be any of them and
/// is taken as its text. Errors: Corrupt with line and column for a syntax error, a duplicate key, a second
/// document, and for too many bytes or values or too deep nesting; Unsupported for a tag of the file's own
/// and for `<<`. Source: YAML 1.2, 10.3.2 "Tag Resolution".
Result<nlohmann::json> parseYaml(std::string_view text, std::size_t maxBytes);

}  // namespace coracle::text
