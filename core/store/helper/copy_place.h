// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>

/// docker's rules for the two paths of `cp`. Pure. Source: docker-cp(1), the list of cases after "The cp
/// command behaves like the Unix cp -a command in that directories are copied recursively".
namespace coracle::store::helper {

/// A path of the command line, taken apart by its words.
struct CopyPath {
    std::string folder;         ///< that the last name is in; "/" for the root
    std::string leaf;           ///< empty: the path is a folder's content as such ("/", "/a/.", "/a/..")
    bool mustBeFolder = false;  ///< it ends with a slash, or has no last name
    std::string whole;          ///< without slashes at its end
};
/// Errors: InvalidArgument for a path that is not absolute or too long.
Result<CopyPath> splitCopyPath(std::string_view path);

/// What is copied.
struct CopySource {
    bool isFolder = false;
    bool contentOnly = false;  ///< "DIR/."
    std::string name;
};

/// What the other path is now; links are followed.
struct CopyDestination {
    bool exists = false;
    bool isFolder = false;
    bool mustBeFolder = false;  ///< it was written with a slash at its end
    std::string path;           ///< for messages
};

/// Where the source goes.
enum class CopyPlacement : std::uint8_t {
    Inside,   ///< below the destination, under its own name
    As,       ///< it becomes the destination
    Content,  ///< its files into the destination, which exists
};
/// Errors: Conflict for a folder onto a file; NotFound for a file into a folder that is not there.
Result<CopyPlacement> placeCopy(const CopySource& source, const CopyDestination& destination);

}  // namespace coracle::store::helper
