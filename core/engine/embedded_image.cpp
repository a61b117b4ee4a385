// SPDX-License-Identifier: Apache-2.0
#include "core/engine/embedded_image.h"

#include "core/engine/image_import.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <cstdlib>
#include <vector>

namespace coracle::engine {
namespace {

/// The same steps as a pull's and into the same target, so that an image that came with the installation
/// cannot differ from one that was fetched; $CORACLE_DATADIR may name another folder, so the layout is
/// believed no more than a registry.
Result<std::string> import(const std::string& folder, const image::Platform& platform,
                           const image::Reference& reference, registry::PullTarget& target,
                           const types::PullProgress& progress, const std::stop_token& stop) {
    TRY_ASSIGN(const store::Archive layout, store::Archive::openFolder(folder));
    TRY_ASSIGN(const store::ArchivePiece piece, layout.load("index.json"));
    TRY_ASSIGN(const std::string text, piece.read(image::kMaxManifestBytes));
    TRY_ASSIGN(const auto index, image::parseManifest(text, image::kOciIndexType));
    if (!index.index) {
        return Error(ErrorKind::Corrupt, "index.json is not an index");
    }
    TRY_ASSIGN(const auto descriptor, index.index->select(platform));
    TRY_ASSIGN(ImageSource source, readOciImage(layout, descriptor, platform));
    source.reference = reference;
    TRY(importImage(source, target, progress, stop));
    return source.id.text();
}

/// share/coracle beside the programs: in a build tree, and in an installation.
Result<std::string> findEmbedded() {
    std::vector<std::string> candidates;
    if (const char* own = std::getenv("CORACLE_DATADIR")) {  // NOLINT(concurrency-mt-unsafe): not set by us
        candidates.push_back(std::string(own) + "/welcome");
    }
    TRY_ASSIGN(const auto helper, sys::findHelper("coracle-store"));
    const std::string folder = helper.substr(0, helper.rfind('/'));
    for (const char* up : {"/../share/coracle", "/../../share/coracle"}) {
        candidates.push_back(folder + up + "/welcome");
    }
    for (const auto& candidate : candidates) {
        if (sys::pathExists(candidate + "/index.json")) {
            return candidate;
        }
    }
    return Error(ErrorKind::NotFound, "the embedded image 'welcome' is not installed")
        .withHint("expected it in '" + candidates.front() + "'");
}

}  // namespace

bool isEmbedded(const image::Reference& reference) {
    return reference.text() == "docker.io/library/welcome:latest";
}

Result<std::string> importLayout(const std::string& folder, const image::Platform& platform,
                                 const image::Reference& reference, registry::PullTarget& target,
                                 const types::PullProgress& progress, std::stop_token stop) {
    auto imported = import(folder, platform, reference, target, progress, stop);
    if (!imported) {
        return std::move(imported).error().context("import '" + folder + "'");
    }
    return imported;
}

Result<std::string> importEmbedded(const image::Platform& platform, const image::Reference& reference,
                                   registry::PullTarget& target, const types::PullProgress& progress,
                                   std::stop_token stop) {
    TRY_ASSIGN(const auto folder, findEmbedded());
    return importLayout(folder, platform, reference, target, progress, std::move(stop));
}

}  // namespace coracle::engine
