// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_archives.h"

#include "core/engine/archive_images.h"
#include "core/engine/image_save.h"
#include "core/engine/store_pull_target.h"
#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::engine {
namespace {

/// "alpine" without tag and digest stands for all names of that repository, as docker has it.
bool isRepository(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    return name.find_first_of(":@", slash == std::string::npos ? 0 : slash) == std::string::npos;
}

/// What of the image's names the word means. Empty: the word is an id.
std::vector<std::string> namesMeant(const store::ImageRecord& record, const std::string& word) {
    std::vector<std::string> names;
    const auto reference = image::Reference::parse(word);
    if (!reference) {
        return names;
    }
    for (const std::string& text : record.references) {
        const auto own = image::Reference::parse(text);
        const bool same =
            text == reference->text() || (isRepository(word) && own && own->name() == reference->name());
        if (same) {
            names.push_back(text);
        }
    }
    return names;
}

void addImage(std::vector<SavedImage>& images, const store::ImageRecord& record,
              const std::vector<std::string>& names) {
    auto known = std::find_if(images.begin(), images.end(),
                              [&](const SavedImage& image) { return image.record.id == record.id; });
    if (known == images.end()) {
        images.push_back({record, {}});
        known = std::prev(images.end());
    }
    for (const std::string& name : names) {
        if (std::find(known->names.begin(), known->names.end(), name) == known->names.end()) {
            known->names.push_back(name);
        }
    }
}

Result<bool> isWhole(const store::Store& store, const store::ImageRecord& record) {
    for (const image::Digest& chainId : record.chainIds) {
        TRY_ASSIGN(const bool present, store.layers().has(chainId));
        if (!present) {
            return false;
        }
    }
    return store.blobs().read(record.id, image::kMaxConfigBytes).has_value();
}

std::string describe(const types::InputPlace& place) {
    return place.path.empty() ? "standard input" : "'" + place.path + "'";
}

}  // namespace

Result<> LocalArchives::save(const std::vector<std::string>& names, types::ArchiveFormat format,
                             const types::OutputPlace& place, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    std::vector<SavedImage> images;
    for (const std::string& name : names) {
        bool found = false;
        if (isRepository(name) && image::Reference::parse(name)) {
            TRY_ASSIGN(const auto all, store->images().list());
            for (const auto& record : all) {
                const auto meant = namesMeant(record, name);
                found = found || !meant.empty();
                if (!meant.empty()) {
                    addImage(images, record, meant);
                }
            }
        }
        if (!found) {
            TRY_ASSIGN(const auto record, m_images.load(name));
            addImage(images, record, namesMeant(record, name));
        }
    }
    auto saved = saveImages(*store, images, format, place, stop);
    if (!saved) {
        return std::move(saved).error().context(
            "save " + (place.path.empty() ? std::string("the images") : "'" + place.path + "'"));
    }
    for (const SavedImage& image : images) {
        store->events().append("image", "save", image.record.id.text(), {{"name", image.record.id.text()}});
    }
    return {};
}

Result<types::LoadedImage> LocalArchives::loadOne(const store::Store& store, const ImageSource& source,
                                                  const types::PullProgress& progress,
                                                  const std::stop_token& stop) {
    types::LoadedImage loaded;
    loaded.id = source.id.text();
    for (const auto& name : source.names) {
        loaded.names.push_back(name.familiarText());
        TRY_ASSIGN(const auto before, store.images().find(name.text()));
        if (before && before->id != source.id) {
            loaded.taken.emplace_back(name.familiarText(), before->id.text());
        }
    }
    TRY_ASSIGN(const auto known, store.images().find(source.id.text()));
    const bool present = known.has_value();
    bool whole = false;
    if (present) {
        TRY_ASSIGN(whole, isWhole(store, *known));
    }
    if (whole) {
        for (const auto& name : source.names) {
            TRY(store.images().tag(source.id, name.text()));
        }
    } else {
        StorePullTarget target(store);
        auto imported = importImage(source, target, progress, stop);
        if (!imported) {
            (void)target.dropBlobs();  // the archive is still there: nothing is lost with them
            return std::move(imported).error();
        }
    }
    store.events().append("image", "load", loaded.id,
                          {{"name", loaded.names.empty() ? loaded.id : loaded.names.front()}});
    return loaded;
}

Result<> LocalArchives::load(const types::InputPlace& place, const types::PullProgress& progress,
                             const std::function<void(const types::LoadedImage&)>& loaded,
                             std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    const auto work = [&]() -> Result<> {
        struct stat status {};
        const bool folder =
            !place.path.empty() && ::stat(place.path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        sys::UniqueFd file;
        if (!place.path.empty() && !folder) {
            TRY_ASSIGN(file, sys::openAt(AT_FDCWD, place.path, O_RDONLY | O_NOCTTY));
        }
        auto opened = folder ? store::Archive::openFolder(place.path)
                             : store->openArchive(file ? file.get() : place.fd, stop);
        TRY_ASSIGN(const store::Archive archive, std::move(opened));
        return eachImage(archive, *store, image::Platform::host(), stop,
                         [&](const ImageSource& source) -> Result<> {
                             TRY_ASSIGN(const auto image, loadOne(*store, source, progress, stop));
                             loaded(image);
                             return {};
                         });
    };
    auto done = work();
    (void)store->trash().purgeInBackground();  // what this one or a killed one began
    if (!done) {
        return std::move(done).error().context("load " + describe(place));
    }
    return {};
}

}  // namespace coracle::engine
