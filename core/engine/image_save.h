// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/archive_output.h"
#include "core/store/store.h"
#include "core/types/archive.h"
#include "rootless/sys/result.h"

#include <stop_token>
#include <string>
#include <vector>

namespace coracle::engine {

/// An image of the store and the names it is to have in the archive, complete ("docker.io/library/a:1").
struct SavedImage {
    store::ImageRecord record;
    std::vector<std::string> names;
};

/// Write images as one archive. Theory of operation:
///  - A docker-archive holds each layer unpacked from its compression, under its diff id, with manifest.json;
///  it
///    is an OCI layout at the same time (as docker 25 writes it), so that every tool can read it.
///  - An OCI layout holds the blobs as the store has them, and the manifest as it came, unless it is docker's
///  or
///    names a blob that the store has in another form: then it is written anew.
/// All bytes are verified on the way. The same images give the same bytes. Documents come first, then layers.
/// Errors: NotFound for a layer whose blob is gone, Corrupt, Io, Cancelled; nothing is left then.
Result<> saveImages(const store::Store& store, const std::vector<SavedImage>& images,
                    types::ArchiveFormat format, const types::OutputPlace& place,
                    const std::stop_token& stop);

}  // namespace coracle::engine
