// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/store.h"
#include "tests/support/tar_builder.h"

#include <optional>
#include <string>
#include <vector>

/// Small things to have in a store.
namespace coracle::test {

inline const store::Time kSomeDay = std::chrono::system_clock::from_time_t(1'700'000'000);

/// An image of layers that have one file each, with these contents. Errors: of the store.
inline Result<image::Digest> addImage(const store::Store& store, const std::string& name,
                                      const std::vector<std::string>& contents) {
    std::vector<image::Digest> diffIds;
    std::vector<std::string> archives;
    for (const auto& content : contents) {
        archives.push_back(TarBuilder().file("file", content).finish());
        diffIds.push_back(image::Digest::of(archives.back()));
    }
    const auto chains = image::chainIds(diffIds);
    std::vector<image::Digest> blobs;
    for (std::size_t i = 0; i < contents.size(); ++i) {
        TRY_ASSIGN(image::Digest blob, store.blobs().put(archives[i]));
        const auto parent = i > 0 ? std::optional<image::Digest>(chains[i - 1]) : std::nullopt;
        TRY_ASSIGN(auto writer,
                   store.layers().begin({chains[i], diffIds[i], parent, image::Compression::None, blob, 0}));
        blobs.push_back(std::move(blob));
        if (writer) {
            TRY(writer->write(archives[i]));
            TRY(writer->finish());
            std::vector<store::LayerWriter> writers;
            writers.push_back(std::move(*writer));
            TRY(store.layers().publish(std::move(writers)));
        }
    }
    TRY_ASSIGN(const image::Digest id, store.blobs().put("config of " + name));
    TRY_ASSIGN(const image::Digest manifest, store.blobs().put("manifest of " + name));
    TRY(store.images().put(
        {id, manifest, "type", "linux/amd64", chains, blobs, kSomeDay, kSomeDay, {name}, {}, 0, 0, {}}));
    return id;
}

}  // namespace coracle::test
