// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Theory of operation. A container's root is a stack of read-only layers below one writable folder. Two
/// drivers build it:
///
///   overlay          the kernel's, mounted by the container's first process in its own namespaces
///                    (option `userxattr`, Linux 5.11). Nothing has to be cleaned up: the mount goes with
///                    the mount namespace.
///   fuse-overlayfs   a program. The parent starts it in a mount namespace between host and container,
///                    the container's namespace copies the mount, and the parent unmounts its own copy. So
///                    the last user of the file system is the container, and the program ends when the
///                    container does, whoever is killed.
///
/// Kernel overlay shows ids as they are on disk. Where the container's map is not that of the store, only
/// fuse-overlayfs can translate. Source: Documentation/filesystems/overlayfs.rst; fuse-overlayfs(1).
/// Invariants: lower layers are shared by containers and never written to; `upper` and `work` belong to
/// one container, lie on one file system and are used by one mount at a time, for what two of them would
/// do is not defined (overlayfs.rst, "Sharing and copying layers").
/// What may fail: the kernel refuses overlay in user namespaces (before 5.11, or by a security module),
/// or the store's file system as an upper layer. probe() finds out by doing it, and says which.
namespace coracle::overlay {

/// One stack. Paths are absolute and of the host; `target` is an empty folder, or one that is to be
/// covered.
struct MountRequest {
    std::vector<std::string> lower;  ///< topmost first
    /// Where writes go. Absolute and on one file system with `work`; the kernel refuses the mount
    /// otherwise.
    std::string upper;
    /// An empty folder of the overlay's own, beside `upper` and not in it (overlayfs.rst).
    std::string work;
    /// The folder that the mount covers; exists already.
    std::string target;
    bool isVolatile = false;  ///< skip all syncs; the upper folder is worth nothing after a crash
    std::string uidMapping;   ///< userns::toOverlayMapping; empty: ids as on disk
    std::string gidMapping;
};

/// Where `mount` has to be called.
enum class Place : std::uint8_t {
    Container,  ///< in the container's namespaces
    Parent,     ///< in a mount namespace of the parent, as root of the kept user namespace
};

/// One way to stack layers. Without state: a driver may mount any number of stacks.
class Driver {
public:
    Driver() = default;
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;
    virtual ~Driver() = default;

    /// The word of coracle.json for it.
    virtual std::string_view name() const = 0;
    /// Where mount() has to be called.
    virtual Place place() const = 0;
    /// Mount the stack on request.target. Blocks until it can be used. Errors: Unsupported with the
    /// reason and a hint when this host refuses, NotFound for a missing program, by errno.
    virtual Result<> mount(const MountRequest& request) const = 0;
};

/// The driver of a kind. program: of fuse-overlayfs, looked up in PATH when it has no slash.
std::unique_ptr<Driver> makeDriver(oci::OverlayDriver kind, const std::string& program = "fuse-overlayfs");

/// What a live probe of one driver found.
struct ProbeResult {
    bool works = false;
    std::string reason;  ///< why not, one line
    std::string hint;
};

/// Try the driver for real below `folder`: mount, look through, write, see the lower folder unchanged.
/// Needs a mount namespace of the caller's own in the kept user namespace; leaves nothing behind. The
/// folder is to be one of the store, whose file system decides.
ProbeResult probe(const Driver& driver, const std::string& folder);

}  // namespace coracle::overlay
