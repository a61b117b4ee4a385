// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/kernel.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::mounts {

/// One change of how mount events spread; they are applied one after the other.
struct Propagation {
    std::uint64_t kind = 0;  ///< MS_SHARED and the like
    sys::Recursive recursive = sys::Recursive::No;
};

/// A word of the four kinds, alone or with an "r" in front. none: it is another word.
std::optional<Propagation> findPropagation(std::string_view word);

/// Whether ids of the mount, or also of those below it, are translated.
enum class IdMapping : std::uint8_t { None, Top, Below };

/// The options of one OCI mount, taken apart by who understands them: the mount (attributes), the file
/// system (data), or this runtime.
struct MountOptions {
    sys::MountAttributes attributes;
    sys::MountAttributes recursiveAttributes;  ///< "rro" and the like: for all mounts below too
    sys::FilesystemOptions data;               ///< what the file system itself understands
    /// In the order of the words.
    std::vector<Propagation> propagation;
    IdMapping idMapping = IdMapping::None;  ///< idmap, ridmap
    bool remount = false;                   ///< change the mount that is there
    bool bind = false;
    bool recursive = false;  ///< rbind
    bool copyUp = false;     ///< tmpcopyup
};

/// Every word that parseOptions() understands, sorted, each once; for `features`. Source: OCI
/// runtime-spec 1.1, features.md, "mountOptions".
std::vector<std::string> optionWords();

/// Take the options of a mount apart; a later word wins over an earlier one. A word that is not known
/// here is passed to the file system, whose own error then says what it does not take. Pure.
/// Source: OCI runtime-spec 1.1, config.md, "Linux mount options". Errors: Unsupported for an option that
/// the kernel has no attribute for and that must not be passed on.
Result<MountOptions> parseOptions(const std::vector<std::string>& options);

}  // namespace coracle::mounts
