// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pusher.h"

#include "core/registry/push_reporter.h"
#include "core/registry/registry_error.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace coracle::registry {
namespace {

using image::Digest;
using types::PushState;

constexpr int kMaxIndexDepth = 3;
constexpr std::size_t kMaxAnswerBytes = 65536;

struct Document {
    Digest digest;
    std::string mediaType;
    std::string bytes;
};

/// One push.
class Push {
public:
    Push(RegistrySession& session, const image::Reference& destination, PushSource& source,
         PushReporter& reporter, const PusherOptions& options, std::stop_token stop)
        : m_session(session)
        , m_destination(destination)
        , m_source(source)
        , m_reporter(reporter)
        , m_options(options)
        , m_stop(std::move(stop)) {}

    /// Read what is to be sent.
    Result<> plan(const image::Descriptor& root) {
        TRY(add(root.digest, root.mediaType, 0));
        m_reporter.resolved(m_destination.name(), m_layers);
        return {};
    }
    Result<> sendLayers();
    Result<> sendDocuments();
    const Document& root() const { return m_manifests.back(); }

private:
    Result<> add(const Digest& digest, const std::string& mediaType, int depth);
    Result<> sendLayer(std::size_t index, const std::stop_token& stop);
    Result<> sendBlob(const image::Descriptor& blob, int fd, std::optional<std::size_t> row,
                      const std::stop_token& stop);
    Result<> sendConfig(const image::Descriptor& config);
    Result<> putManifest(const Document& document, const std::string& name);
    Result<bool> hasBlob(const image::Descriptor& blob, const std::stop_token& stop);
    Ask ask(HttpMethod method, const std::string& tail, const std::string& subject) const;

    RegistrySession& m_session;
    const image::Reference& m_destination;
    PushSource& m_source;
    PushReporter& m_reporter;
    const PusherOptions& m_options;
    const std::stop_token m_stop;

    std::vector<Document> m_manifests;  ///< an index after those in it, the root last
    std::vector<image::Descriptor> m_configs;
    std::vector<image::Descriptor> m_layers;
    std::set<Digest> m_seen;
};

Result<> Push::add(const Digest& digest, const std::string& mediaType, int depth) {
    if (depth > kMaxIndexDepth) {
        return Error(ErrorKind::Corrupt,
                     "image index within an index, more than " + std::to_string(kMaxIndexDepth) + " deep");
    }
    if (!m_seen.insert(digest).second) {
        return {};
    }
    TRY_ASSIGN(std::string bytes, m_source.readDocument(digest, image::kMaxManifestBytes));
    TRY_ASSIGN(const auto parsed, image::parseManifest(bytes, mediaType));
    if (parsed.index) {
        for (const image::Descriptor& entry : parsed.index->manifests) {
            TRY(add(entry.digest, entry.mediaType, depth + 1));
        }
        m_manifests.push_back({digest, parsed.index->mediaType, std::move(bytes)});
        return {};
    }
    for (const image::Descriptor& layer : parsed.manifest->layers) {
        if (m_seen.insert(layer.digest).second) {
            m_layers.push_back(layer);
        }
    }
    if (m_seen.insert(parsed.manifest->config.digest).second) {
        m_configs.push_back(parsed.manifest->config);
    }
    m_manifests.push_back({digest, parsed.manifest->mediaType, std::move(bytes)});
    return {};
}

Ask Push::ask(HttpMethod method, const std::string& tail, const std::string& subject) const {
    Ask ask;
    ask.method = method;
    ask.path = "/v2/" + m_destination.repository() + tail;
    ask.scope = "repository:" + m_destination.repository() + ":pull,push";
    ask.subject = subject;
    return ask;
}

/// A blob of another length under this name cannot be the one: it is sent then, and the registry has to say
/// which it keeps.
Result<bool> Push::hasBlob(const image::Descriptor& blob, const std::stop_token& stop) {
    TextSink sink(0);
    const auto response = m_session.request(ask(HttpMethod::Head, "/blobs/" + blob.digest.text(),
                                                "repository '" + m_destination.repository() + "'"),
                                            sink, stop);
    if (!response) {
        return response.error().kind() == ErrorKind::NotFound ? Result<bool>(false) : response.error();
    }
    const auto length = response->find("content-length");
    return !length || *length == std::to_string(blob.size);
}

Result<> Push::sendBlob(const image::Descriptor& blob, int fd, std::optional<std::size_t> row,
                        const std::stop_token& stop) {
    const std::function<void(std::uint64_t)> sent = [&](std::uint64_t bytes) {
        if (row) {
            m_reporter.layer(*row, PushState::Pushing, bytes);
        }
    };
    auto from = m_source.repositoriesWith(m_destination.registry(), blob.digest);
    std::erase(from, m_destination.repository());
    sent(0);
    BlobUpload upload(m_session, m_destination.repository(), blob, fd, sent, m_options.limits);
    TRY_ASSIGN(const auto mounted, upload.run(from, stop));
    if (row && mounted) {
        m_reporter.layer(*row, PushState::Mounted, blob.size, *mounted);
    } else if (row) {
        m_reporter.layer(*row, PushState::Pushed, blob.size);
    }
    return {};
}

Result<> Push::sendLayer(std::size_t index, const std::stop_token& stop) {
    const image::Descriptor& layer = m_layers[index];
    const auto send = [&]() -> Result<> {
        m_reporter.layer(index, PushState::Preparing, 0);
        TRY_ASSIGN(const bool there, hasBlob(layer, stop));
        if (there) {
            m_reporter.layer(index, PushState::AlreadyThere, layer.size);
            return {};
        }
        TRY_ASSIGN(const auto fd, m_source.openBlob(layer.digest));
        return sendBlob(layer, fd.get(), index, stop);
    };
    auto done = send();
    if (!done && done.error().kind() != ErrorKind::Cancelled && !stop.stop_requested()) {
        m_reporter.layer(index, PushState::Failed, 0);
    }
    return done;
}

Result<> Push::sendLayers() {
    std::vector<std::size_t> order(m_layers.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(),
                     [this](std::size_t a, std::size_t b) { return m_layers[a].size > m_layers[b].size; });
    std::stop_source all;
    const std::stop_callback<std::function<void()>> forward(m_stop, [&all] { (void)all.request_stop(); });
    std::mutex mutex;
    std::optional<Error> firstError;
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t at = next++; at < order.size() && !all.stop_requested(); at = next++) {
            if (auto done = sendLayer(order[at], all.get_token()); !done) {
                const std::lock_guard lock(mutex);
                if (!firstError) {
                    firstError = std::move(done).error();
                }
                all.request_stop();
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t count = std::min<std::size_t>(m_options.parallelLayers, order.size());
        for (std::size_t i = 1; i < count; ++i) {
            workers.emplace_back(work);
        }
        work();
    }
    if (m_stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    return firstError ? Result<>(*firstError) : Result<>();
}

Result<> Push::sendConfig(const image::Descriptor& config) {
    TRY_ASSIGN(const bool there, hasBlob(config, m_stop));
    if (there) {
        return {};
    }
    // An artifact's may be anything; it is sent as it is.
    TRY_ASSIGN(const auto fd, m_source.openBlob(config.digest));
    return sendBlob(config, fd.get(), std::nullopt, m_stop);
}

Result<> Push::putManifest(const Document& document, const std::string& name) {
    Ask put = ask(HttpMethod::Put, "/manifests/" + name, "repository '" + m_destination.repository() + "'");
    TextSource body(document.bytes);
    put.upload = &body;
    put.headers = {{"Content-Type", document.mediaType}};
    TextSink sink(kMaxAnswerBytes);
    TRY_ASSIGN(const HttpResponse response, m_session.request(put, sink, m_stop));
    return checkStored(response, document.digest);
}

Result<> Push::sendDocuments() {
    for (const image::Descriptor& config : m_configs) {
        TRY(sendConfig(config));
    }
    for (const Document& document : m_manifests) {
        const bool last = &document == &m_manifests.back();
        TRY(putManifest(document, last ? m_destination.tag().value_or("latest") : document.digest.text()));
    }
    return {};
}

}  // namespace

Result<types::PushedImage> Pusher::push(const image::Reference& destination, const image::Descriptor& root,
                                        PushSource& source, const types::PushProgress& progress,
                                        std::stop_token stop) {
    PushReporter reporter(progress);
    const auto run = [&]() -> Result<types::PushedImage> {
        TRY_ASSIGN(const auto endpoints, m_config.endpointsFor(destination));
        const image::Reference& place = endpoints.back().reference;
        SessionOptions options;
        options.registryName = place.registry();
        TRY_ASSIGN(options.host, m_config.find(place.registry()));
        options.tls = [this](const Url& url) {
            auto settings = m_config.find(url.authority());
            return settings ? std::move(settings->tls) : TlsSettings();
        };
        options.credentials = [&](const std::stop_token& helperStop) {
            return m_logins.find(place.registry(), place.repository(), helperStop);
        };
        options.retry = m_options.retry;
        options.status = [&reporter](const std::string& text) { reporter.status(text); };
        RegistrySession session(m_http, std::move(options));
        Push push(session, place, source, reporter, m_options, stop);
        TRY(push.plan(root));
        TRY(push.sendLayers());
        TRY(push.sendDocuments());
        return types::PushedImage{destination.familiarText(), push.root().digest.text(),
                                  push.root().bytes.size()};
    };
    auto pushed = run();
    const std::string what = "push '" + destination.familiarText() + "'";
    if (!pushed && stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, what + ": cancelled");
    }
    return pushed ? std::move(pushed) : Result<types::PushedImage>(std::move(pushed).error().context(what));
}

}  // namespace coracle::registry
