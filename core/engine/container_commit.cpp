// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_commit.h"

#include "core/engine/archive_images.h"
#include "core/engine/archive_input.h"
#include "core/engine/archive_output.h"
#include "core/engine/container_links.h"
#include "core/engine/local_archives.h"
#include "core/engine/store_pull_target.h"
#include "core/text/time.h"
#include "core/types/exposed_ports.h"
#include "core/types/secret_text.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace coracle::engine {
namespace {

constexpr std::size_t kMaxBundleBytes = 8U << 20U;

std::string nameOf(const std::string& assignment) {
    return assignment.substr(0, assignment.find('='));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// Holds a container's processes for as long as it lives.
class Pause {
public:
    static Result<Pause> hold(Resources& resources, const KnownContainer& known, bool wanted) {
        Pause pause(resources, known.record.id);
        const bool runs = known.facts.isAlive() && known.facts.status != types::ContainerStatus::Paused;
        if (wanted && runs) {
            TRY(resources.pause(known.record.id));
            pause.m_held = true;
        }
        return pause;
    }
    Pause(Pause&& other) noexcept
        : m_resources(other.m_resources)
        , m_id(std::move(other.m_id))
        , m_held(std::exchange(other.m_held, false)) {}
    Pause& operator=(Pause&&) = delete;
    ~Pause() {
        if (m_held) {
            (void)m_resources.unpause(m_id);  // it may have ended meanwhile
        }
    }

private:
    Pause(Resources& resources, std::string id) : m_resources(resources), m_id(std::move(id)) {}
    Resources& m_resources;
    std::string m_id;
    bool m_held = false;
};

/// What the image of the container says; of one that was removed since then only its layers are left.
Result<image::ConfigEditor> openBase(const store::Store& store, const store::ContainerRecord& record,
                                     const std::vector<image::Digest>& chainIds, image::ImageConfig& base) {
    const auto id = image::Digest::parse(record.imageId);
    const auto text = id ? store.blobs().read(*id, image::kMaxConfigBytes) : Result<std::string>(id.error());
    if (text) {
        TRY_ASSIGN(base, image::parseConfig(*text));
        if (base.diffIds.size() == chainIds.size()) {
            return image::ConfigEditor::open(*text);
        }
    }
    base = {};
    auto editor = image::ConfigEditor::blank(image::Platform::host());
    for (const image::Digest& chainId : chainIds) {
        TRY_ASSIGN(const auto layer, store.layers().load(chainId));
        editor.addLayer(layer.diffId, {});
    }
    return editor;
}

/// Chain ids of a container's layers, from the base upward.
Result<std::vector<image::Digest>> chainOf(const store::Store& store, const store::ContainerRecord& record) {
    std::vector<image::Digest> chain;
    std::optional<image::Digest> at = record.chainId;
    while (at) {
        TRY_ASSIGN(const auto layer, store.layers().load(*at));
        chain.push_back(*at);
        at = layer.parent;
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

/// The container's own layer with those of its image, instead of the difference. Mount points are folders
/// and files like others then.
void showAll(store::PackRequest& request) {
    request.folders.insert(request.folders.end(), request.below.begin(), request.below.end());
    request.below.clear();
    request.mountPoints.clear();
    request.whole = true;
}

std::vector<std::string> warningsOf(const store::PackedTree& tree) {
    std::vector<std::string> warnings;
    if (tree.reservedNames > 0) {
        warnings.push_back(std::to_string(tree.reservedNames) +
                           " files whose names begin with '.wh.' are left out: a layer cannot hold them");
    }
    if (tree.changedFiles > 0) {
        warnings.push_back(std::to_string(tree.changedFiles) +
                           " files became shorter while they were read; --pause holds the container");
    }
    return warnings;
}

}  // namespace

Result<std::optional<image::Reference>> newImageName(const std::string& text) {
    if (text.empty()) {
        return std::optional<image::Reference>();
    }
    TRY_ASSIGN(auto reference, image::Reference::parseNewName(text));
    return std::optional(std::move(reference));
}

Result<store::PackRequest> packRequestOf(const store::Store& store, const KnownContainer& known) {
    store::PackRequest request;
    request.folders = {known.paths.upper()};
    if (known.record.chainId) {
        TRY_ASSIGN(request.below, store.layers().stackPaths(*known.record.chainId));
    }
    request.namedWhiteouts = known.details.overlayDriver == "fuse-overlayfs";
    TRY_ASSIGN(const auto text, sys::readFile(known.paths.config(), kMaxBundleBytes));
    TRY_ASSIGN(const auto document, json::parse(text));
    if (const auto* mounts = json::findArray(document, "mounts")) {
        for (const auto& mount : *mounts) {
            TRY_ASSIGN(const auto destination, json::loadString(mount, "destination"));
            request.mountPoints.push_back(destination);
        }
    }
    for (const auto& secret : known.spec.secrets) {
        const auto use = types::parseSecretUse(secret);
        if (use && !use->asEnvironment) {
            request.mountPoints.push_back(use->target);
            request.mountPoints.emplace_back(types::kSecretFolder);
        }
    }
    return request;
}

void takeOverRun(image::ConfigEditor& editor, const image::ImageConfig& base, const types::RunSpec& spec,
                 const std::vector<std::string>& env) {
    static constexpr std::array<std::string_view, 3> kOurs{"HOSTNAME", "TERM", "PATH"};
    std::set<std::string> asked;
    for (const std::string& assignment : base.env) {
        asked.insert(nameOf(assignment));
    }
    for (const auto& [name, value] : spec.env) {
        asked.insert(name);
    }
    std::vector<std::string> kept;
    for (const std::string& assignment : env) {
        const std::string name = nameOf(assignment);
        if (asked.contains(name) || std::find(kOurs.begin(), kOurs.end(), name) == kOurs.end()) {
            kept.push_back(assignment);
        }
    }
    if (!kept.empty()) {
        editor.setEnv(kept);
    }
    if (spec.entrypoint) {
        editor.setEntrypoint(*spec.entrypoint);
    }
    if (!spec.command.empty() || spec.entrypoint) {
        editor.setCommand(spec.command);
    }
    for (const auto& [key, value] :
         {std::pair{"User", &spec.user}, std::pair{"WorkingDir", &spec.workingDirectory},
          std::pair{"StopSignal", &spec.stopSignal}}) {
        if (*value) {
            editor.setText(key, **value);
        }
    }
    for (const auto& [name, value] : spec.labels) {
        editor.addLabel(name, value);
    }
    for (const auto& port : types::exposedPorts({}, spec.expose)) {
        editor.addKey("ExposedPorts", port);
    }
    for (const auto& port : spec.ports) {
        editor.addKey("ExposedPorts",
                      std::to_string(port.containerPort) + "/" + std::string(net::toText(port.protocol)));
    }
}

Result<std::string> enterImage(const store::Store& store, const NewImage& image,
                               const std::stop_token& stop) {
    TRY_ASSIGN(image::ImageConfig config, image::parseConfig(image.configText));
    const auto stored = store.blobs().lastUse(image.layer.blob);
    std::vector<LayerSource> layers;
    for (std::size_t i = 0; i < image.chainIds.size(); ++i) {
        TRY_ASSIGN(const auto blob, findLayerBlob(store, image.chainIds[i], std::nullopt));
        if (!blob) {
            return Error(ErrorKind::NotFound, "the archive of layer " + std::to_string(i + 1) +
                                                  " of the image is not in the store any more")
                .withHint("pull or load the image again");
        }
        layers.push_back(
            {{image::layerMediaType(blob->compression, image.style), blob->digest, blob->size, {}, {}},
             blob->compression,
             {}});
    }
    layers.push_back({{image::layerMediaType(image.layer.compression, image.style),
                       image.layer.blob,
                       image.layer.blobBytes,
                       {},
                       {}},
                      image.layer.compression,
                      {}});
    std::vector<image::Descriptor> blobs;
    for (const LayerSource& layer : layers) {
        blobs.push_back(layer.blob);
    }
    const image::Digest id = image::Digest::of(image.configText);
    std::string manifest = image::manifestText(
        {image::configMediaType(image.style), id, image.configText.size(), {}, {}}, blobs, image.style);
    image::Digest manifestDigest = image::Digest::of(manifest);
    ImageSource source{id,
                       std::move(manifestDigest),
                       std::move(manifest),
                       image::manifestMediaType(image.style),
                       image.configText,
                       std::move(config),
                       std::move(layers),
                       {},
                       {}};
    if (image.name) {
        source.names.push_back(*image.name);
    }
    StorePullTarget target(store);
    auto entered = importImage(source, target, {}, stop);
    (void)store.trash().purgeInBackground();  // what this one or a killed one began
    if (!entered) {
        if (stored) {
            (void)store.dropBlobs(
                {{image.layer.blob, store.blobs().lastUse(image.layer.blob).value_or(*stored)}});
        }
        return std::move(entered).error();
    }
    return id.text();
}

Result<types::MadeImage> LocalArchives::commit(const std::string& container,
                                               const types::CommitOptions& options, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const KnownContainer known, loadContainer(m_context, container));
    const auto work = [&]() -> Result<types::MadeImage> {
        NewImage made{
            {},
            {image::Digest::of(""), 0, image::Compression::Gzip, {image::Digest::of(""), 0, 0, 0, 0, 0, 0}},
            {},
            {},
            image::ManifestStyle::Oci};
        made.style = options.dockerManifest ? image::ManifestStyle::Docker : image::ManifestStyle::Oci;
        TRY_ASSIGN(made.name, newImageName(options.name));
        TRY_ASSIGN(made.chainIds, chainOf(*store, known.record));
        image::ImageConfig base;
        TRY_ASSIGN(image::ConfigEditor editor, openBase(*store, known.record, made.chainIds, base));
        takeOverRun(editor, base, known.spec, withoutLinkVariables(known.details));
        for (const std::string& change : options.changes) {
            TRY(editor.apply(change));
        }
        TRY_ASSIGN(store::PackRequest request, packRequestOf(*store, known));
        if (options.squash) {
            showAll(request);
            made.chainIds.clear();
            editor.dropLayers();
        }
        {
            TRY_ASSIGN(const Pause pause, Pause::hold(m_resources, known, options.pause));
            TRY_ASSIGN(made.layer, store->packing().makeLayer(request, stop));
        }
        const std::string now = text::formatTime(std::chrono::system_clock::now());
        if (!options.author.empty()) {
            editor.setAuthor(options.author);
        }
        editor.setCreated(now);
        editor.addLayer(made.layer.tree.diffId, {joined(known.details.command), now, options.message, false},
                        options.author);
        made.configText = editor.text();
        TRY_ASSIGN(std::string id, enterImage(*store, made, stop));
        store->events().append("container", "commit", known.record.id, {{"name", known.record.name}});
        return types::MadeImage{std::move(id), warningsOf(made.layer.tree)};
    };
    auto made = work();
    if (!made) {
        return std::move(made).error().context("commit '" + container + "'");
    }
    return made;
}

Result<> LocalArchives::exportFiles(const std::string& container, const types::OutputPlace& place,
                                    std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const KnownContainer known, loadContainer(m_context, container));
    const auto work = [&]() -> Result<> {
        TRY_ASSIGN(store::PackRequest request, packRequestOf(*store, known));
        showAll(request);
        TRY_ASSIGN(OutputFile file, OutputFile::open(place));
        TRY(store->packing().flatten(request, file.fd(), stop));
        return file.commit();
    };
    auto done = work();
    if (!done) {
        return std::move(done).error().context("export '" + container + "'");
    }
    store->events().append("container", "export", known.record.id, {{"name", known.record.name}});
    return {};
}

Result<types::MadeImage> LocalArchives::importFiles(const types::InputPlace& place,
                                                    const types::ImportOptions& options,
                                                    std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    const std::string from = place.path.empty() ? "-" : place.path;
    const auto work = [&]() -> Result<types::MadeImage> {
        image::Platform platform = image::Platform::host();
        if (!options.platform.empty()) {
            TRY_ASSIGN(platform, image::Platform::parse(options.platform));
        }
        auto editor = image::ConfigEditor::blank(platform);
        for (const std::string& change : options.changes) {
            TRY(editor.apply(change));
        }
        TRY_ASSIGN(const auto name, newImageName(options.name));
        TRY_ASSIGN(ArchiveInput input, ArchiveInput::open(m_context, place, stop));
        auto taken = store->packing().takeArchive(input.fd(), stop);
        if (!taken) {
            return input.causeOf(std::move(taken).error());
        }
        TRY(input.finish());
        store::PackedBlob layer = std::move(*taken);
        const std::string now = text::formatTime(std::chrono::system_clock::now());
        editor.setCreated(now);
        const std::string comment = options.message.empty() ? "Imported from " + from : options.message;
        editor.addLayer(layer.tree.diffId, {"", now, comment, false});
        TRY_ASSIGN(
            std::string id,
            enterImage(*store, {{}, std::move(layer), editor.text(), name, image::ManifestStyle::Oci}, stop));
        store->events().append("image", "import", id, {{"name", name ? name->familiarText() : id}});
        return types::MadeImage{std::move(id), {}};
    };
    auto made = work();
    if (!made) {
        return std::move(made).error().context("import '" + from + "'");
    }
    return made;
}

}  // namespace coracle::engine
