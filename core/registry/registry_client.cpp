// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_client.h"

#include "core/registry/blob_stream.h"
#include "core/text/escape.h"

namespace coracle::registry {
namespace {

/// All types that image::parseManifest reads. A registry may convert a manifest to another type when the
/// wanted one is missing here, and its digest would not be the one that is looked for.
constexpr const char* kManifestTypes =
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json";
/// Asks for reading one repository and nothing else: a token that leaks is worth that much. Source: the
/// distribution project's "Token Scope Documentation".
std::string pullScope(const image::Reference& reference) {
    return "repository:" + reference.repository() + ":pull";
}

std::string imageSubject(const image::Reference& reference) {
    return "image '" + reference.familiarText() + "'";
}

/// A digest that the registry states beside the content has to be that of the content (security.md B4).
Result<> checkStatedDigest(const HttpResponse& response, const image::Digest& own) {
    const auto stated = response.find("docker-content-digest");
    if (stated && stated->starts_with("sha256:") && *stated != own.text()) {
        return Error(ErrorKind::Corrupt, "the registry says that the manifest is '" +
                                             text::excerptForTerminal(*stated, 80) + "', but it is '" +
                                             own.text() + "'");
    }
    return {};
}

}  // namespace

Result<> RegistryClient::checkLogin(std::stop_token stop) {
    TextSink sink(1U << 20U);
    auto response =
        m_session.request({HttpMethod::Get, "/v2/", {}, {}, "the registry's interface (/v2/)"}, sink, stop);
    return response ? Result<>() : Result<>(std::move(response).error());
}

Result<std::optional<image::Digest>> RegistryClient::headManifest(const image::Reference& reference,
                                                                  std::stop_token stop) {
    TextSink sink(0);
    const Ask ask{HttpMethod::Head,
                  "/v2/" + reference.repository() + "/manifests/" + reference.tag().value_or("latest"),
                  pullScope(reference),
                  {{"Accept", kManifestTypes}},
                  imageSubject(reference)};
    TRY_ASSIGN(const HttpResponse response, m_session.request(ask, sink, stop));
    const auto stated = response.find("docker-content-digest");
    auto digest = image::Digest::parse(stated.value_or(""));
    return digest ? std::optional(*std::move(digest)) : std::nullopt;
}

Result<FetchedManifest> RegistryClient::fetchManifest(const image::Reference& reference,
                                                      const std::optional<image::Digest>& digest,
                                                      std::stop_token stop) {
    const auto& wanted = digest ? digest : reference.digest();
    const std::string name = wanted ? wanted->text() : reference.tag().value_or("latest");
    TextSink sink(image::kMaxManifestBytes);
    const Ask ask{HttpMethod::Get,
                  "/v2/" + reference.repository() + "/manifests/" + name,
                  pullScope(reference),
                  {{"Accept", kManifestTypes}},
                  imageSubject(reference)};
    auto response = m_session.request(ask, sink, stop);
    if (!response) {
        return response.error().kind() == ErrorKind::Corrupt
                   ? std::move(response).error().context("fetch the manifest")
                   : std::move(response).error();
    }
    FetchedManifest fetched{sink.take(), std::string(response->find("content-type").value_or("")),
                            image::Digest::of("")};
    fetched.digest = image::Digest::of(fetched.bytes);
    TRY(checkStatedDigest(*response, fetched.digest));
    if (wanted && fetched.digest != *wanted) {
        return Error(ErrorKind::Corrupt, "the manifest '" + wanted->text() + "' came with the digest '" +
                                             fetched.digest.text() + "'");
    }
    return fetched;
}

Result<std::string> RegistryClient::fetchDocument(const image::Reference& reference,
                                                  const image::Descriptor& descriptor, std::stop_token stop) {
    std::string text;
    TRY(fetchBlob(
        reference, descriptor,
        [&text](std::string_view bytes) {
            text += bytes;
            return Result<>();
        },
        stop));
    if (const auto own = image::Digest::of(text); own != descriptor.digest) {
        return Error(ErrorKind::Corrupt,
                     "blob '" + descriptor.digest.text() + "' came with the digest '" + own.text() + "'");
    }
    return text;
}

Result<> RegistryClient::fetchBlob(const image::Reference& reference, const image::Descriptor& descriptor,
                                   const std::function<Result<>(std::string_view)>& write,
                                   std::stop_token stop) {
    BlobStream stream(descriptor, write);
    Ask ask{HttpMethod::Get,
            "/v2/" + reference.repository() + "/blobs/" + descriptor.digest.text(),
            pullScope(reference),
            {},
            "blob '" + descriptor.digest.text() + "'"};
    int attempt = 0;
    while (!stream.complete()) {
        ask.headers = {{"Accept-Encoding", "identity"}};
        if (stream.offset() > 0) {
            ask.headers.push_back({"Range", "bytes=" + std::to_string(stream.offset()) + "-"});
        }
        const std::uint64_t before = stream.offset();
        SuccessSink successSink(stream);
        const HttpOutcome outcome = m_session.exchange(ask, successSink, stop);
        const auto* failure = std::get_if<HttpFailure>(&outcome);
        const bool refused = failure != nullptr && failure->fault == HttpFault::SinkRefused;
        if (stream.complete() && !refused) {
            break;  // a connection that breaks after the last byte does not matter; a byte too many does
        }
        const bool ended = isSuccess(outcome);
        const bool again = ended || isPassing(outcome);
        // A connection that brings something each time is worth any number of them: the size bounds it.
        attempt = stream.offset() - before >= kWorthwhileBytes ? 0 : attempt + 1;
        if (!again || attempt > m_session.options().retry.retries) {
            return ended ? stream.truncated() : m_session.errorFor(outcome, successSink.errorBody(), ask);
        }
        if (attempt > 0) {
            TRY(m_session.pause(attempt, outcome, stop));
        }
    }
    return {};
}

}  // namespace coracle::registry
