// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace coracle::store::helper {

/// Receives what a walk over a container's folders finds, in the order of an archive: a folder before what is
/// in it, names by their bytes.
class PackSink {
public:
    virtual ~PackSink() = default;
    /// contentFd: of a file, borrowed; -1 for everything else.
    virtual Result<> entry(const tar::Entry& entry, int contentFd) = 0;
    /// `path` of the layers below is gone.
    virtual Result<> whiteout(const std::string& path) = 0;
    /// What the layers below have in the folder is gone.
    virtual Result<> opaque(const std::string& path) = 0;
};

enum class PackMode : std::uint8_t {
    Layer,    ///< one folder or several, as one layer: whiteouts are told
    Flatten,  ///< a stack of folders, as a container sees it
};

struct PackOptions {
    PackMode mode = PackMode::Layer;
    /// Files ".wh.NAME" are whiteouts, as fuse-overlayfs makes them where it has no better way. Otherwise a
    /// container's own files of such a name cannot be in a layer and are left out.
    bool namedWhiteouts = false;
    /// Where something was mounted: what is there is empty and was made for the mount.
    std::set<std::string> mountPoints;
    /// The layers below, top first, which say whether a folder is only there for a mount.
    std::vector<int> below;
    /// File systems of the kernel's own (proc, sys, cgroups, terminals) are told of as empty folders.
    bool skipKernelFiles = false;
};

/// What was left out, or did not hold still.
struct PackReport {
    std::uint64_t entries = 0;
    std::uint64_t sockets = 0;
    std::uint64_t reservedNames = 0;  ///< files called ".wh.*"
};

/// Walk folders and hand their content to a sink. Theory of operation.
///
/// The tree is a stranger's and may change while it is read: every name is opened from its folder's
/// descriptor without following links, pipes and devices are never opened, what went away meanwhile is left
/// out. Owners are those of the namespace we are in, which are the container's own. The result depends on the
/// tree alone: not on the order of its folders, on holes of its files, on the disk or on the person. Holes
/// become zeros: the sparse files of GNU tar are not read alike by all (OCI image-spec 1.1, layer.md, "Sparse
/// files"; podman 4.3 cannot save a layer that has one), and whoever unpacks zeros may leave holes. A sink
/// that is asked to keep holes (pack_stream.h) writes for readers that know of them.
///
/// rootFds: top first. Errors: by errno; Unsupported for a tree that no layer can hold
/// (depth, length of a path).
Result<PackReport> packTree(const std::vector<int>& rootFds, const PackOptions& options, PackSink& sink);

/// Header of a file, folder or link by its status; type, target and attributes are the caller's to set.
tar::Entry entryOf(const std::string& path, const struct stat& status);
/// Put the attributes that an archive may have into an entry, sorted. path: for messages.
Result<> readXattrs(int fd, const std::string& path, tar::Entry& entry);

}  // namespace coracle::store::helper
