// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_images.h"

#include "core/engine/embedded_image.h"
#include "core/engine/inspect_document.h"
#include "core/engine/removal_order.h"
#include "core/engine/store_pull_target.h"
#include "core/engine/store_push_source.h"
#include "core/registry/puller.h"
#include "core/text/time.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::engine {
namespace {

using types::PullPolicy;

/// Words that may be the beginning of an image id.
bool mayBeId(std::string_view text) {
    if (text.substr(0, 7) == "sha256:") {
        text.remove_prefix(7);
    }
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<image::Platform> platformOf(const std::optional<std::string>& text) {
    return text ? image::Platform::parse(*text) : Result<image::Platform>(image::Platform::host());
}

/// Names as people write them; one that does not parse is shown as it is stored.
types::ImageSummary summarise(const store::ImageRecord& record) {
    types::ImageSummary summary;
    summary.id = record.id.text();
    for (const auto& text : record.references) {
        const auto reference = image::Reference::parse(text);
        summary.references.push_back(reference ? reference->familiarText() : text);
    }
    for (const auto& text : record.repoDigests) {
        const auto reference = image::Reference::parse(text);
        summary.repoDigests.push_back(reference ? reference->familiarText() : text);
    }
    summary.createdAt = record.createdAt;
    summary.sizeBytes = record.sizeBytes;
    summary.sharedBytes = record.sharedBytes;
    summary.platform = record.platform;
    summary.usedBy = record.usedBy;
    return summary;
}

/// The steps with the sizes of the layers they made, as far as both are told of.
std::vector<types::ImageStep> historyOf(const std::vector<types::ImageLayer>& layers,
                                        const image::ImageConfig& config) {
    const auto made = static_cast<std::size_t>(
        std::count_if(config.history.begin(), config.history.end(),
                      [](const image::HistoryStep& step) { return !step.emptyLayer; }));
    std::vector<types::ImageStep> steps;
    if (made != layers.size()) {
        for (const auto& layer : layers) {
            steps.push_back({std::nullopt, layer.createdBy, "", "", layer.unpackedBytes, false});
        }
        return steps;
    }
    std::size_t layer = 0;
    for (const auto& step : config.history) {
        const auto time = text::parseTime(step.created);
        steps.push_back({time ? std::optional(*time) : std::nullopt, step.createdBy, step.comment,
                         step.author, step.emptyLayer ? 0 : layers[layer].unpackedBytes, step.emptyLayer});
        layer += step.emptyLayer ? 0 : 1;
    }
    return steps;
}

std::vector<types::ImageLayer> layersOf(const store::Store& store, const store::ImageRecord& record,
                                        const image::ImageConfig& config) {
    std::vector<std::string> steps;
    for (const auto& step : config.history) {
        if (!step.emptyLayer) {
            steps.push_back(step.createdBy);
        }
    }
    std::vector<types::ImageLayer> layers;
    for (std::size_t i = 0; i < record.chainIds.size(); ++i) {
        types::ImageLayer layer;
        if (i < record.layerDigests.size()) {
            layer.digest = record.layerDigests[i].text();
        }
        if (i < config.diffIds.size()) {
            layer.diffId = config.diffIds[i].text();
        }
        if (const auto row = store.layers().load(record.chainIds[i])) {
            layer.blobBytes = row->blobBytes;
            layer.blobKept = row->blobDigest && store.blobs().has(*row->blobDigest);
            layer.unpackedBytes = row->unpackedBytes;
        }
        if (steps.size() == record.chainIds.size()) {
            layer.createdBy = steps[i];
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

/// Of an index the entries that are images: builders put attestations beside them, for no platform at all.
std::vector<types::ImagePlatform> platformsOf(const store::Store& store, const store::ImageRecord& record) {
    std::vector<types::ImagePlatform> platforms;
    if (const auto known = findIndex(store, record, {})) {
        for (const image::Descriptor& entry : known->index.manifests) {
            if (entry.platform && entry.platform->os != "unknown") {
                platforms.push_back(
                    {entry.platform->text(), entry.digest.text(), entry.digest == record.manifestDigest});
            }
        }
    }
    const bool told = std::any_of(platforms.begin(), platforms.end(),
                                  [](const auto& platform) { return platform.available; });
    if (!told) {
        platforms.push_back({record.platform, record.manifestDigest.text(), true});
    }
    return platforms;
}

/// The store knows the whole name of an image, and the person what was typed.
Error asTyped(const Error& error, const std::string& key, const std::string& typed) {
    std::string message = error.message();
    if (const auto at = message.find("'" + key + "'"); at != std::string::npos) {
        message.replace(at + 1, key.size(), typed);
    }
    return Error(error.kind(), std::move(message), error.sysErrno()).withHint(error.hint());
}

}  // namespace

/// What the store may know it by, the likeliest first. Errors: InvalidArgument for what is neither name nor
/// id.
Result<std::vector<std::string>> LocalImages::keysOf(const std::string& nameOrId) const {
    std::vector<std::string> keys;
    auto reference = image::Reference::parse(nameOrId);
    if (reference) {
        keys.push_back(reference->digest() ? reference->name() + "@" + reference->digest()->text()
                                           : reference->text());
    }
    if (mayBeId(nameOrId)) {
        keys.push_back(nameOrId);
    }
    return keys.empty() ? Result<std::vector<std::string>>(std::move(reference).error()) : keys;
}

/// The keys are tried in order: a name wins over an id that begins like it.
Result<std::optional<store::ImageRecord>> LocalImages::find(const std::string& nameOrId,
                                                            store::Images::Relations relations) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto keys, keysOf(nameOrId));
    for (const auto& key : keys) {
        TRY_ASSIGN(auto found, store->images().find(key, relations));
        if (found) {
            return found;
        }
    }
    return std::optional<store::ImageRecord>();
}

Error LocalImages::withNamesake(Error error, const std::string& name) {
    const auto found = name.find('/') == std::string::npos
                           ? find("localhost/" + name)
                           : Result<std::optional<store::ImageRecord>>(std::nullopt);
    if (!found || !*found) {
        return error;
    }
    const std::string rest = error.hint().empty() ? "" : "; " + error.hint();
    return std::move(error).withHint("there is an image 'localhost/" + name + "'" + rest);
}

Error LocalImages::noImage(const std::string& name) {
    auto error = Error(ErrorKind::NotFound, "no image '" + name + "' on this computer")
                     .withHint("fetch it with 'coracle pull " + name + "'");
    return withNamesake(std::move(error), name);
}

Result<store::ImageRecord> LocalImages::load(const std::string& nameOrId) {
    TRY_ASSIGN(auto found, find(nameOrId));
    if (!found) {
        return noImage(nameOrId);
    }
    return *std::move(found);
}

/// With --platform an image of another platform does not count as present.
Result<store::ImageRecord> LocalImages::ensure(const types::RunSpec& spec,
                                               const types::PullProgress& progress, std::stop_token stop) {
    if (spec.pull != PullPolicy::Always) {
        TRY_ASSIGN(auto found, find(spec.image, store::Images::Relations::Skip));
        TRY_ASSIGN(const auto wanted, platformOf(spec.platform));
        const bool fits = found && (!spec.platform || found->platform == wanted.text());
        if (fits) {
            return *std::move(found);
        }
        if (spec.pull == PullPolicy::Never) {
            return noImage(spec.image);
        }
    }
    // The embedded image is there at once: nothing to tell.
    const auto reference = image::Reference::parse(spec.image);
    const bool quiet = reference && isEmbedded(*reference);
    auto id = pull(spec.image, {spec.platform}, quiet ? types::PullProgress() : progress, std::move(stop));
    if (!id) {
        return withNamesake(std::move(id).error(), spec.image);
    }
    return load(*id);
}

/// Each pull has its own connections and reads the settings anew: a program that lives long sees changes.
Result<std::string> LocalImages::pull(const std::string& name, const PullOptions& options,
                                      const types::PullProgress& progress, std::stop_token stop) {
    TRY_ASSIGN(const auto reference, image::Reference::parse(name));
    TRY_ASSIGN(const auto platform, platformOf(options.platform));
    TRY_ASSIGN(const auto* store, m_context.store());
    StorePullTarget target(*store);
    if (isEmbedded(reference)) {
        return importEmbedded(platform, reference, target, progress, stop);
    }
    TRY_ASSIGN(const auto http, m_context.http());
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    const auto logins = registry::AuthFile::ofUser();
    registry::Puller puller(*http, config, logins);
    const auto pulled = puller.pull(reference, platform, target, progress, std::move(stop));
    // The pull's outcome counts, not that of cleaning up. What came whole before the network failed stays
    // for a day, so that the next try does not fetch it again. An image that was given up or is damaged has
    // no use for it, nor has a full disk.
    if (!pulled && pulled.error().kind() != ErrorKind::Unavailable) {
        (void)target.dropBlobs();
    }
    (void)store->trash().purgeInBackground();  // what this one or a killed one began
    if (!pulled) {
        return Error(pulled.error());
    }
    store->events().append("image", "pull", pulled->id.text(), {{"name", reference.familiarText()}});
    return pulled->id.text();
}

Result<std::vector<types::ImageSummary>> LocalImages::list() {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto records, store->images().list());
    std::vector<types::ImageSummary> summaries;
    summaries.reserve(records.size());
    for (const auto& record : records) {
        summaries.push_back(summarise(record));
    }
    return summaries;
}

Result<types::ImageDetails> LocalImages::inspect(const std::string& name) {
    TRY_ASSIGN(const auto record, load(name));
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto text, store->blobs().read(record.id, image::kMaxConfigBytes));
    TRY_ASSIGN(const auto config, image::parseConfig(text));
    types::ImageDetails details;
    details.summary = summarise(record);
    details.platforms = platformsOf(*store, record);
    details.layers = layersOf(*store, record, config);
    details.history = historyOf(details.layers, config);
    details.env = config.env;
    details.entrypoint = config.entrypoint;
    details.command = config.command;
    details.workingDirectory = config.workingDirectory;
    details.user = config.user;
    details.exposedPorts = config.exposedPorts;
    details.volumes = config.volumes;
    details.labels = config.labels;
    const auto document = imageDocument(
        {details, config.stopSignal, record.manifestDigest.text(), record.manifestMediaType, text,
         store->layers().path(record.chainIds.empty() ? record.id : record.chainIds.back())});
    details.inspectJson = json::toText(document, 4);
    return details;
}

/// One query without reading the record: it is on the way of every `run`.
Result<bool> LocalImages::exists(const std::string& name) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto keys, keysOf(name));
    for (const auto& key : keys) {
        TRY_ASSIGN(const bool found, store->images().has(key));
        if (found) {
            return true;
        }
    }
    return false;
}

Result<> LocalImages::tag(const std::string& source, const std::string& target) {
    TRY_ASSIGN(const auto record, load(source));
    TRY_ASSIGN(const auto reference, image::Reference::parseNewName(target));
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->images().tag(record.id, reference.text()));
    store->events().append("image", "tag", record.id.text(), {{"name", reference.familiarText()}});
    return {};
}

Result<> LocalImages::untag(const std::string& name, const std::vector<std::string>& names) {
    TRY_ASSIGN(const auto record, load(name));
    TRY_ASSIGN(const auto* store, m_context.store());
    std::vector<std::string> targets;
    for (const auto& text : names) {
        TRY_ASSIGN(const auto reference, image::Reference::parse(text));
        if (std::find(record.references.begin(), record.references.end(), reference.text()) ==
            record.references.end()) {
            return Error(ErrorKind::NotFound, "image '" + name + "' has no name '" + text + "'");
        }
        targets.push_back(reference.text());
    }
    for (const auto& target : names.empty() ? record.references : targets) {
        TRY(store->images().untag(target));
        const auto reference = image::Reference::parse(target);
        store->events().append("image", "untag", record.id.text(),
                               {{"name", reference ? reference->familiarText() : target}});
    }
    return {};
}

Result<std::string> LocalImages::manifest(const std::string& name, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto record, find(name));
    if (record) {
        // What the name stands for in the registry, of which the manifest may be one part of several.
        StorePullTarget target(*store);
        const auto reference = image::Reference::parse(name);
        const auto source = reference ? target.lastSource(*reference) : std::nullopt;
        for (const auto& digest : {source.value_or(record->manifestDigest), record->manifestDigest}) {
            auto text = store->blobs().read(digest, image::kMaxManifestBytes);
            if (text) {
                return text;
            }
        }
    }
    TRY_ASSIGN(const auto reference, image::Reference::parse(name));
    TRY_ASSIGN(const auto http, m_context.http());
    TRY_ASSIGN(const auto config, registry::RegistryConfig::load());
    const auto logins = registry::AuthFile::ofUser();
    registry::Puller puller(*http, config, logins);
    return puller.fetchManifest(reference, std::move(stop));
}

Result<RemovedImage> LocalImages::remove(const std::string& name, const RemoveImageOptions& options) {
    TRY_ASSIGN(const auto found, find(name));
    if (!found) {
        return Error(ErrorKind::NotFound, "no image '" + name + "' on this computer")
            .withHint("'coracle images' lists those that are there");
    }
    const store::ImageRecord& record = *found;
    TRY_ASSIGN(const auto* store, m_context.store());
    // The name decides whether one reference goes or the image: give the store its own spelling.
    std::string key = record.id.text();
    if (const auto reference = image::Reference::parse(name)) {
        const auto text = reference->text();
        if (std::find(record.references.begin(), record.references.end(), text) != record.references.end()) {
            key = text;
        }
    }
    const auto force = options.force == Force::Yes ? store::Images::Force::Yes : store::Images::Force::No;
    TRY_ASSIGN(const auto order, orderFor(m_context, options.batch));
    const auto outcome = store->images().remove(key, force, order);
    if (!outcome) {
        return asTyped(outcome.error(), key, name);
    }
    const auto& removed = *outcome;
    RemovedImage result;
    for (const auto& text : removed.untagged) {
        const auto reference = image::Reference::parse(text);
        result.untagged.push_back(reference ? reference->familiarText() : text);
        store->events().append("image", "untag", record.id.text(), {{"name", result.untagged.back()}});
    }
    if (removed.deletedImage) {
        result.deleted.push_back(removed.deletedImage->text());
        store->events().append("image", "delete", record.id.text(), {});
    }
    for (const auto& layer : removed.deletedLayers) {
        result.deleted.push_back(layer.text());
    }
    result.freedBytes = removed.freedBytes;
    if (removed.deletedImage) {
        TRY(store->collectGarbage());
    }
    lookAfterTrash(m_context, order);
    return result;
}

}  // namespace coracle::engine
