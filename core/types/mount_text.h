// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace coracle::types {

/// What `-v` takes: `[SOURCE:]TARGET[:OPTIONS]`. A source with a '/' or a leading '.' is a host path, made
/// absolute with `workingDirectory`; anything else names a volume; none makes an anonymous volume.
/// Errors: InvalidArgument; Unsupported for idmap.
Result<MountSpec> parseVolumeFlag(std::string_view text, const std::string& workingDirectory);

/// What `--mount` takes: `type=bind,source=/a,target=/b,readonly`. An image is read-only unless it says
/// `rw=true`. CSV as docker reads it: a field with a
/// comma or quote is written in double quotes, a quote doubled. Options of one type
/// alone are kept by their key ("volume-opt=type=tmpfs"). Errors: as parseVolumeFlag(); Unsupported also for
/// types and keys of docker and podman that cannot be had.
Result<MountSpec> parseMountFlag(std::string_view text, const std::string& workingDirectory);

/// What `--tmpfs` takes: `/path[:OPTIONS]`. Options are size, mode, uid and gid of tmpfs(5) and the words
/// that -v takes. Errors: InvalidArgument, Unsupported.
Result<MountSpec> parseTmpfsFlag(std::string_view text);

/// The part of an image or volume that is mounted, without a '/' in front; empty: all of it.
std::string subpathOf(const MountSpec& mount);

/// Whether two paths inside are the same place as text: "/a", "/a/" and "/b/../a" are.
bool isSamePlace(std::string_view one, std::string_view other);

/// The flag and its value that give this mount: {"-v", "data:/data:ro"}. `--mount` where `-v` cannot say it.
std::vector<std::string> toMountFlag(const MountSpec& mount);

}  // namespace coracle::types
