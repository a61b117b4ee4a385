// SPDX-License-Identifier: Apache-2.0
#include "core/registry/puller.h"

#include "core/registry/layer_fetch.h"
#include "core/registry/pull_reporter.h"
#include "core/registry/registry_client.h"
#include "core/text/escape.h"

#include <algorithm>

namespace coracle::registry {
namespace {

using image::Digest;
using types::LayerState;

/// An index may name an index (image-spec image-index.md, "manifests"); one level is usual. A registry could
/// make a chain without end, whose documents all have correct digests.
constexpr int kMaxIndexDepth = 3;

/// A document and where it came from.
struct Document {
    std::string bytes;
    std::string mediaType;
    Digest digest;
    bool present = false;  ///< the target had it
};

/// What a person calls an image, and the place that it is had from.
struct Names {
    const image::Reference& wanted;
    const image::Reference& place;
};

/// One pull from one registry or mirror.
class Pull {
public:
    Pull(RegistryClient& client, const Names& names, const image::Platform& platform, PullTarget& target,
         PullReporter& reporter, std::stop_token stop)
        : m_client(client)
        , m_reference(names.wanted)
        , m_place(names.place)
        , m_platform(platform)
        , m_target(target)
        , m_reporter(reporter)
        , m_stop(std::move(stop)) {}

    // Everything small: documents are fetched or found, and the plan is made. Each step goes down by a
    // digest that the verified document before it names, so a registry can only choose what a tag means.
    // Nothing is written.
    Result<> resolve();
    // Everything large: layers are filled, documents stored, and all is committed at the end. A failure
    // before commit() leaves nothing that a reader of the store sees.
    Result<PulledImage> fetch(unsigned parallelLayers);

private:
    Result<Document> loadSource();
    Result<Document> loadManifest(const Digest& digest, const std::string& mediaType);
    Result<> readConfig();
    Result<> planLayers();
    Result<std::vector<LayerFetch>> beginLayers();

    RegistryClient& m_client;
    const image::Reference& m_reference;
    const image::Reference& m_place;
    const image::Platform& m_platform;
    PullTarget& m_target;
    PullReporter& m_reporter;
    const std::stop_token m_stop;

    std::vector<Document> m_documents;  ///< from the source down to the configuration
    image::Manifest m_manifest{{}, {{}, Digest::of(""), 0, {}}, {}};
    image::ImageConfig m_config;
    std::vector<LayerRequest> m_layers;
};

/// From the target when it has the document: its name is its digest, so it cannot be an old one.
Result<Document> Pull::loadManifest(const Digest& digest, const std::string& mediaType) {
    if (auto bytes = m_target.readDocument(digest, image::kMaxManifestBytes)) {
        return Document{*std::move(bytes), mediaType, digest, true};
    }
    TRY_ASSIGN(FetchedManifest fetched, m_client.fetchManifest(m_place, digest, m_stop));
    return Document{std::move(fetched.bytes), std::move(fetched.mediaType), std::move(fetched.digest), false};
}

/// A digest in the reference is the whole answer. A tag that was never pulled is fetched at once; HEAD
/// first would cost a round trip for nothing. For a tag that was pulled HEAD says whether it moved; its
/// answer is only a digest to look for, what is then read is verified against it.
Result<Document> Pull::loadSource() {
    if (m_reference.digest()) {
        return loadManifest(*m_reference.digest(), {});
    }
    if (const auto last = m_target.lastSource(m_reference)) {
        TRY_ASSIGN(const auto now, m_client.headManifest(m_place, m_stop));
        if (now) {
            return loadManifest(*now, {});
        }
    }
    TRY_ASSIGN(FetchedManifest fetched, m_client.fetchManifest(m_place, std::nullopt, m_stop));
    return Document{std::move(fetched.bytes), std::move(fetched.mediaType), std::move(fetched.digest), false};
}

Result<> Pull::resolve() {
    TRY_ASSIGN(Document document, loadSource());
    for (int depth = 0;; ++depth) {
        TRY_ASSIGN(auto parsed, image::parseManifest(document.bytes, document.mediaType));
        m_documents.push_back(std::move(document));
        if (parsed.manifest) {
            m_manifest = *std::move(parsed.manifest);
            break;
        }
        if (depth == kMaxIndexDepth) {
            return Error(ErrorKind::Corrupt, "image index within an index, more than " +
                                                 std::to_string(kMaxIndexDepth) + " deep");
        }
        TRY_ASSIGN(const image::Descriptor entry, parsed.index->select(m_platform));
        TRY_ASSIGN(document, loadManifest(entry.digest, entry.mediaType));
        if (document.bytes.size() != entry.size) {
            return Error(ErrorKind::Corrupt, "manifest '" + entry.digest.text() + "' is " +
                                                 std::to_string(document.bytes.size()) +
                                                 " bytes long, the index says " + std::to_string(entry.size));
        }
        // What the index calls it counts as a promise beside the header (security.md A12).
        if (!entry.mediaType.empty()) {
            document.mediaType = entry.mediaType;
        }
    }
    TRY(readConfig());
    return planLayers();
}

Result<> Pull::readConfig() {
    const image::Descriptor& descriptor = m_manifest.config;
    auto bytes = m_target.readDocument(descriptor.digest, image::kMaxConfigBytes);
    const bool present = bytes.has_value();
    if (!present) {
        TRY_ASSIGN(bytes, m_client.fetchDocument(m_place, descriptor, m_stop));
    }
    if (bytes->size() != descriptor.size) {
        return Error(ErrorKind::Corrupt, "image configuration is " + std::to_string(bytes->size()) +
                                             " bytes long, the manifest says " +
                                             std::to_string(descriptor.size));
    }
    TRY_ASSIGN(m_config, image::parseConfig(*bytes));
    m_documents.push_back({*std::move(bytes), descriptor.mediaType, descriptor.digest, present});
    const image::Platform& made = m_config.platform;
    if (!made.os.empty() && made.os != m_platform.os) {
        return Error(ErrorKind::Unsupported, "the image is for " + text::excerptForTerminal(made.text(), 60) +
                                                 ", not for " + m_platform.text());
    }
    if (!made.architecture.empty() && made.architecture != m_platform.architecture) {
        m_reporter.status("warning: the image is for " + text::excerptForTerminal(made.text(), 60) +
                          ", not for " + m_platform.text());
    }
    return {};
}

/// The configuration's diff IDs are over the unpacked content, the manifest's digests over the blobs; both
/// lists are in the same order, the base first (image-spec config.md, "rootfs"). A list that is longer
/// than the other would leave a layer without its check.
Result<> Pull::planLayers() {
    if (m_config.diffIds.size() != m_manifest.layers.size()) {
        return Error(ErrorKind::Corrupt, "the manifest has " + std::to_string(m_manifest.layers.size()) +
                                             " layers, the configuration names " +
                                             std::to_string(m_config.diffIds.size()));
    }
    const auto chain = image::chainIds(m_config.diffIds);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const image::Descriptor& blob = m_manifest.layers[i];
        TRY_ASSIGN(const image::Compression compression, image::layerCompression(blob.mediaType));
        m_layers.push_back({blob, m_config.diffIds[i], chain[i],
                            i > 0 ? std::optional(chain[i - 1]) : std::nullopt, compression,
                            static_cast<std::uint32_t>(i)});
    }
    m_reporter.resolved(m_documents[m_documents.size() - 2].digest, m_manifest.layers);
    return {};
}

Result<std::vector<LayerFetch>> Pull::beginLayers() {
    // A blob counts once as fetched, however many layers it makes, and not at all when it is already here.
    std::vector<const LayerRequest*> missing;
    std::uint64_t fetchedBytes = 0;
    std::uint64_t layerBytes = 0;
    std::vector<Digest> counted;
    for (const LayerRequest& layer : m_layers) {
        TRY_ASSIGN(const bool present, m_target.hasLayer(layer.chainId));
        if (present) {
            m_reporter.layer(layer.index, LayerState::AlreadyPresent, layer.blob.size);
            continue;
        }
        missing.push_back(&layer);
        m_reporter.layer(layer.index, LayerState::Waiting, 0);
        const bool again = std::find(counted.begin(), counted.end(), layer.blob.digest) != counted.end();
        if (!again && !m_target.hasBlob(layer.blob.digest)) {
            fetchedBytes += layer.blob.size;
        }
        layerBytes += layer.blob.size;
        counted.push_back(layer.blob.digest);
    }
    std::vector<LayerFetch> fetches;
    if (missing.empty()) {
        return fetches;
    }
    // Before the first byte: a disk that runs full in the middle of a pull hurts everything else on it.
    TRY(m_target.requireSpace(fetchedBytes, layerBytes));
    for (const LayerRequest* layer : missing) {
        if (m_stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        if (m_target.isBeingMade(layer->chainId)) {
            m_reporter.status("layer " + std::to_string(layer->index + 1) +
                              " is being fetched by another command, waiting for it");
        }
        TRY_ASSIGN(auto sink, m_target.beginLayer(*layer, m_stop));
        if (sink == nullptr) {
            m_reporter.layer(layer->index, LayerState::AlreadyPresent, layer->blob.size);
            continue;
        }
        fetches.push_back({*layer, std::move(sink)});
    }
    return fetches;
}

Result<PulledImage> Pull::fetch(unsigned parallelLayers) {
    TRY_ASSIGN(std::vector<LayerFetch> fetches, beginLayers());
    LayerFetcher fetcher(m_client, m_place, m_target, m_reporter);
    TRY(fetcher.run(fetches, parallelLayers, m_stop));
    if (m_stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    for (const Document& document : m_documents) {
        if (!document.present) {
            TRY(m_target.putDocument(document.digest, document.bytes));
        }
    }
    std::vector<PulledLayer> layers;
    for (const LayerRequest& layer : m_layers) {
        layers.push_back({layer.blob, layer.diffId, layer.chainId});
    }
    PulledImage pulled{m_reference,
                       m_manifest.config.digest,
                       m_documents.front().digest,
                       m_documents[m_documents.size() - 2].digest,
                       m_manifest.mediaType,
                       m_config,
                       std::move(layers)};
    std::vector<std::unique_ptr<LayerSink>> sinks;
    for (LayerFetch& fetch : fetches) {
        sinks.push_back(std::move(fetch.sink));
    }
    TRY(m_target.commit(pulled, std::move(sinks)));
    m_reporter.done(pulled.id);
    return pulled;
}

}  // namespace

Result<PulledImage> Puller::pull(const image::Reference& reference, const image::Platform& platform,
                                 PullTarget& target, const types::PullProgress& progress,
                                 std::stop_token stop) {
    PullReporter reporter(progress);
    // A session for each place: the login, the token and the certificates belong to it and are not shown to
    // the next one.
    const auto attempt = [&](const image::Reference& place) -> Result<PulledImage> {
        TRY_ASSIGN(SessionOptions options, sessionOptions(place));
        options.status = [&reporter](const std::string& text) { reporter.status(text); };
        RegistryClient client(m_http, std::move(options));
        Pull pull(client, {reference, place}, platform, target, reporter, stop);
        TRY(pull.resolve());
        return pull.fetch(std::max(1U, m_options.parallelLayers));
    };
    const auto run = [&]() -> Result<PulledImage> {
        TRY_ASSIGN(const auto endpoints, m_config.endpointsFor(reference));
        for (const Endpoint& endpoint : endpoints) {
            auto pulled = attempt(endpoint.reference);
            // Io is our own disk: another server would not help. Everything else may be the mirror's fault,
            // also Corrupt.
            if (pulled || !endpoint.mirror || pulled.error().kind() == ErrorKind::Cancelled ||
                pulled.error().kind() == ErrorKind::Io) {
                return pulled;
            }
            reporter.status("mirror '" + endpoint.reference.registry() +
                            "' did not help: " + pulled.error().message());
        }
        return Error(ErrorKind::Internal, "no place to pull from");
    };
    auto pulled = run();
    if (!pulled) {
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "pull '" + reference.familiarText() + "': cancelled");
        }
        return std::move(pulled).error().context("pull '" + reference.familiarText() + "'");
    }
    return pulled;
}

Result<SessionOptions> Puller::sessionOptions(const image::Reference& place) const {
    SessionOptions options;
    options.registryName = place.registry();
    TRY_ASSIGN(options.host, m_config.find(place.registry()));
    options.tls = [this](const Url& url) {
        auto settings = m_config.find(url.authority());
        return settings ? std::move(settings->tls) : TlsSettings();
    };
    options.credentials = [this, registry = place.registry(),
                           repository = place.repository()](const std::stop_token& stop) {
        return m_logins.find(registry, repository, stop);
    };
    options.retry = m_options.retry;
    return options;
}

Result<std::string> Puller::fetchManifest(const image::Reference& reference, std::stop_token stop) {
    const auto run = [&]() -> Result<std::string> {
        TRY_ASSIGN(SessionOptions options, sessionOptions(reference));
        RegistryClient client(m_http, std::move(options));
        TRY_ASSIGN(FetchedManifest fetched,
                   client.fetchManifest(reference, reference.digest(), std::move(stop)));
        TRY(image::parseManifest(fetched.bytes, fetched.mediaType));
        return std::move(fetched.bytes);
    };
    auto manifest = run();
    if (!manifest) {
        return std::move(manifest).error().context("manifest of '" + reference.familiarText() + "'");
    }
    return manifest;
}

Result<> Puller::checkLogin(const std::string& registry, const Credential& credential, std::stop_token stop) {
    SessionOptions options;
    options.registryName = registry;
    TRY_ASSIGN(options.host, m_config.find(registry));
    options.credentials = [&credential](const std::stop_token&) {
        return Result<std::optional<Credential>>(std::optional(credential));
    };
    options.retry = m_options.retry;
    RegistryClient client(m_http, std::move(options));
    auto done = client.checkLogin(std::move(stop));
    if (!done && done.error().kind() == ErrorKind::Unauthenticated) {
        return Error(ErrorKind::Unauthenticated,
                     "log in to '" + registry + "': the name or the password is wrong");
    }
    return done ? std::move(done) : Result<>(std::move(done).error().context("log in to '" + registry + "'"));
}

}  // namespace coracle::registry
