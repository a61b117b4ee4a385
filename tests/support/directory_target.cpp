// SPDX-License-Identifier: Apache-2.0
#include "tests/support/directory_target.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>

namespace coracle::test {
namespace {

class DirectorySink : public registry::LayerSink {
public:
    DirectorySink(const DirectoryTarget& target, registry::LayerRequest request, sys::UniqueFd fd,
                  std::string partial)
        : m_target(target)
        , m_request(std::move(request))
        , m_fd(std::move(fd))
        , m_partial(std::move(partial)) {}
    ~DirectorySink() override { (void)sys::removeFile(m_partial); }

    Result<> write(std::string_view bytes) override {
        m_hasher.update(bytes);
        m_bytes += bytes.size();
        return sys::writeAll(m_fd.get(), bytes);
    }
    Result<> finish(std::stop_token /*stop*/) override {
        const image::Digest own = m_hasher.finish();
        if (m_bytes != m_request.blob.size || own != m_request.blob.digest) {
            return Error(ErrorKind::Corrupt, "blob '" + m_request.blob.digest.text() +
                                                 "' came with the digest '" + own.text() + "'");
        }
        return sys::renamePath(m_partial, m_target.blobPath(m_request.blob.digest));
    }
    Result<> fillFromBlob(std::stop_token /*stop*/) override {
        if (!sys::pathExists(m_target.blobPath(m_request.blob.digest))) {
            return Error(ErrorKind::Internal, "blob '" + m_request.blob.digest.text() + "' is not there");
        }
        return {};
    }
    const registry::LayerRequest& request() const { return m_request; }

private:
    const DirectoryTarget& m_target;
    registry::LayerRequest m_request;
    sys::UniqueFd m_fd;
    std::string m_partial;
    image::Hasher m_hasher;
    std::uint64_t m_bytes = 0;
};

}  // namespace

Result<DirectoryTarget> DirectoryTarget::open(const std::string& path) {
    for (const char* folder : {"/blobs/sha256", "/layers", "/partial", "/tags"}) {
        TRY(sys::makeDirectories(path + folder));
    }
    TRY(sys::replaceFile(path + "/oci-layout", R"({"imageLayoutVersion":"1.0.0"})", 0600,
                         sys::Durability::Process));
    return DirectoryTarget(path);
}

std::string DirectoryTarget::blobPath(const image::Digest& digest) const {
    return m_path + "/blobs/sha256/" + std::string(digest.hex());
}

std::string DirectoryTarget::layerPath(const image::Digest& chainId) const {
    return m_path + "/layers/" + std::string(chainId.hex());
}

std::optional<image::Digest> DirectoryTarget::lastSource(const image::Reference& reference) {
    const auto text =
        sys::readFile(m_path + "/tags/" + std::string(image::Digest::of(reference.text()).hex()));
    auto digest = image::Digest::parse(text ? *text : "");
    return digest ? std::optional(*std::move(digest)) : std::nullopt;
}

std::optional<std::string> DirectoryTarget::readDocument(const image::Digest& digest, std::size_t maxBytes) {
    auto text = sys::readFile(blobPath(digest), maxBytes);
    const bool good = text && image::Digest::of(*text) == digest;
    return good ? std::optional(*std::move(text)) : std::nullopt;
}

Result<> DirectoryTarget::putDocument(const image::Digest& digest, std::string_view bytes) {
    return sys::replaceFile(blobPath(digest), bytes, 0600, sys::Durability::Process);
}

Result<bool> DirectoryTarget::hasLayer(const image::Digest& chainId) {
    return sys::pathExists(layerPath(chainId));
}

bool DirectoryTarget::hasBlob(const image::Digest& digest) {
    return sys::pathExists(blobPath(digest));
}

Result<> DirectoryTarget::requireSpace(std::uint64_t fetchedBytes, std::uint64_t /*layerBytes*/) {
    if (fetchedBytes > freeBytes) {
        return Error(
            ErrorKind::Io,
            "needs " + std::to_string(fetchedBytes) + " bytes, " + std::to_string(freeBytes) + " are free",
            ENOSPC);
    }
    return {};
}

Result<std::unique_ptr<registry::LayerSink>> DirectoryTarget::beginLayer(
    const registry::LayerRequest& request, std::stop_token /*stop*/) {
    const std::string partial = partialFolder() + "/" + sys::randomHex(16);
    TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, partial, O_WRONLY | O_CREAT | O_EXCL, 0600));
    return std::unique_ptr<registry::LayerSink>(
        std::make_unique<DirectorySink>(*this, request, std::move(fd), partial));
}

Result<> DirectoryTarget::commit(const registry::PulledImage& image,
                                 std::vector<std::unique_ptr<registry::LayerSink>> layers) {
    for (const auto& sink : layers) {
        const auto& request = dynamic_cast<const DirectorySink&>(*sink).request();
        if (request.parent && !sys::pathExists(layerPath(*request.parent))) {
            return Error(ErrorKind::Internal, "layers are not committed from the base upward");
        }
        TRY(sys::replaceFile(layerPath(request.chainId), request.diffId.text(), 0600,
                             sys::Durability::Process));
    }
    TRY_ASSIGN(const std::string manifest, sys::readFile(blobPath(image.manifestDigest)));
    const nlohmann::json index = {{"schemaVersion", 2},
                                  {"manifests",
                                   {{{"mediaType", image.manifestMediaType},
                                     {"digest", image.manifestDigest.text()},
                                     {"size", manifest.size()},
                                     {"annotations", {{"org.opencontainers.image.ref.name", "latest"}}}}}}};
    TRY(sys::replaceFile(m_path + "/index.json", json::toText(index), 0600, sys::Durability::Process));
    const std::string tag = m_path + "/tags/" + std::string(image::Digest::of(image.reference->text()).hex());
    return sys::replaceFile(tag, image.sourceDigest.text(), 0600, sys::Durability::Process);
}

}  // namespace coracle::test
