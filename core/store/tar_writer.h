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

/// The header blocks of an entry; a file's content of `entry.size` bytes follows. Errors: InvalidArgument for
/// a NUL in a name or what no header can hold, such as a sparse file.
Result<std::string> headerOf(const Entry& entry);

/// Zeros up to the next whole block.
std::string paddingAfter(std::uint64_t contentBytes);

/// What ends an archive.
std::string endMark();

}  // namespace coracle::store::tar
