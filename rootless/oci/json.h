// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The only way JSON enters Coracle. nlohmann/json alone accepts any depth (and then overflows the stack
/// when it copies), lets the last of two equal keys win, and converts numbers that do not fit; a
/// stranger's document may do all three. Two readers that disagree about a doubled key are an attack of
/// their own: one checks the first, the other acts upon the second. Source: security.md 0.10, seen with
/// nlohmann/json 3.11.
namespace coracle::json {

/// The formats read here nest about ten levels.
inline constexpr std::size_t kMaxDepth = 64;
/// Where the caller knows no closer bound.
inline constexpr std::size_t kMaxDocumentBytes = 8U << 20U;

/// Read a document. Bytes that are not UTF-8 are a syntax error. Errors: Corrupt with the offset for a syntax
/// error, a duplicate key, too deep nesting or too many bytes.
Result<nlohmann::json> parse(std::string_view text, std::size_t maxBytes = kMaxDocumentBytes);

/// Getters for a member of an object. `find...` gives none (or an empty list) when the member is missing
/// or null; all answer Corrupt naming the member when the type is wrong or a number is not an integer in
/// range. Strings must not hold NUL: as a path or an argument they would end there for the kernel and go
/// on for us.
Result<std::optional<std::string>> findString(const nlohmann::json& object, const char* key);
Result<std::optional<std::int64_t>> findInteger(const nlohmann::json& object, const char* key);
Result<std::optional<bool>> findBool(const nlohmann::json& object, const char* key);
Result<std::vector<std::string>> findStrings(const nlohmann::json& object, const char* key);
Result<std::map<std::string, std::string>> findStringMap(const nlohmann::json& object, const char* key);

/// A member that has to be there. Errors: Corrupt.
Result<std::string> loadString(const nlohmann::json& object, const char* key);
Result<std::int64_t> loadInteger(const nlohmann::json& object, const char* key);

/// The member when it is an object or array of the document, else null. The pointer lives as long as the
/// document.
const nlohmann::json* findObject(const nlohmann::json& object, const char* key);
const nlohmann::json* findArray(const nlohmann::json& object, const char* key);

/// The same, but a member of another type is an error: what is wrongly written must not count as left out.
/// Errors: Corrupt.
Result<const nlohmann::json*> loadObjectIfAny(const nlohmann::json& object, const char* key);
Result<const nlohmann::json*> loadArrayIfAny(const nlohmann::json& object, const char* key);

/// Take away the members of an object that `find...` reads as it reads one that is missing: empty lists,
/// objects and strings, and false.
void dropEmpty(nlohmann::json& object);

/// Text of a document of ours; bytes that are not UTF-8 become U+FFFD. indent: spaces, negative for one line.
std::string toText(const nlohmann::json& document, int indent = -1);

}  // namespace coracle::json
