// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::oci {

/// Who stacks the layers (rootless/overlay/driver.h).
enum class OverlayDriver : std::uint8_t { Kernel, Fuse };

/// How the root of a container is stacked; see rootless/overlay/driver.h. Paths are absolute.
struct Overlay {
    OverlayDriver driver = OverlayDriver::Kernel;
    std::vector<std::string> lower;  ///< topmost first
    std::string upper;
    std::string work;
    bool isVolatile = false;
    std::string fuseProgram;
};

/// An overlay that a mount shows instead of its source, by the driver of the root. Its bundle binds
/// `folder`/merged. Of an image: ids are those of the image and translated as those of the root are, and what
/// was written goes at the next start.
struct MountOverlay {
    std::string destination;         ///< of the mount, inside
    std::vector<std::string> lower;  ///< topmost first; the first gives its owner and mode to the whole
    std::string folder;              ///< the container's own, where changes go; made when it is missing
    bool ofImage = false;            ///< `lower` are layers of an image
    std::string subpath;             ///< the part that is shown, walked in the overlay's root; empty: all
};

/// Of a bind mount the part that is shown.
struct MountPart {
    std::string destination;  ///< of the mount, inside
    std::string subpath;      ///< walked in the source, out of which no link leads
};

/// The word that stands for no profile; others are names of built-in ones (rootless/seccomp/filter.h).
inline constexpr std::string_view kUnconfined = "unconfined";

/// Another container of this runtime, whose namespaces this one has instead of its own.
struct SharedNamespaces {
    std::string container;         ///< id; it has to run when this one is made
    std::uint64_t namespaces = 0;  ///< CLONE_NEW* of pid, ipc, uts and network
};

/// A small text that the container gets in memory, or in its environment.
struct SecretFile {
    std::string file;      ///< of the user's, absolute
    std::string variable;  ///< name of the variable; empty: it is a file
    /// Absolute path inside, with its owner and mode there.
    std::string target;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint32_t mode = 0444;
};

/// coracle.json: what OCI has no word for, written by the engine beside config.json.
struct Extension {
    std::optional<Overlay> overlay;
    userns::MapRequest userNamespace;
    std::optional<SharedNamespaces> shared;
    /// Further containers, whose user namespace this one is not in; only with `shared`.
    std::vector<SharedNamespaces> alsoShared;
    std::vector<SecretFile> secrets;
    /// Folder of the user namespace keeper (userns/keeper.h) that the container's namespaces are made in.
    std::string keeperDir;
    /// Destinations of empty volumes that are filled with what the image has there.
    std::vector<std::string> copyUp;
    /// Destinations whose files are given to the user of the first process.
    std::vector<std::string> owned;
    std::vector<MountOverlay> mountOverlays;  ///< only with `overlay`
    std::vector<MountPart> parts;
    std::string seccomp = "default";  ///< a word of seccomp::builtInProfile(), or kUnconfined
    bool writableCgroup = false;      ///< the container may make groups below its own
};

/// Read coracle.json. Pure. Errors: Corrupt, InvalidArgument for a path that is not absolute or an
/// unknown word.
Result<Extension> parseExtension(std::string_view text);

}  // namespace coracle::oci
