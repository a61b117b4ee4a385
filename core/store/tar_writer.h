// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Writing what tar_parser.h reads. Pure. The same entry always gives the same bytes, whoever writes it and
/// wherever: no names of users, no time of writing, extended headers only where the plain one does not do.
/// Source: pax(1), "pax Interchange Format".
namespace coracle::store::tar {

inline constexpr std::size_t kBlockBytes = 512;

/// The header blocks of an entry; a file's content of storedBytes() follows: of a sparse file its pieces, one
/// behind the other, and the map of them is a part of the header. Errors: InvalidArgument for a NUL in a name
/// or pieces that are not inside of the file. Source: GNU tar manual, "Storing Sparse Files", "PAX Format,
/// Version 1.0".
Result<std::string> headerOf(const Entry& entry);

/// What a file takes in the archive.
std::uint64_t storedBytes(const Entry& entry);

/// Zeros up to the next whole block.
std::string paddingAfter(std::uint64_t contentBytes);

/// What ends an archive.
std::string endMark();

}  // namespace coracle::store::tar
