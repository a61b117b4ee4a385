// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/types/health_check.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::image {

/// What the distribution specification lets a client count on: registries take manifests of 4 MB
/// (distribution-spec 1.1, "Pushing Manifests"). What is larger is refused before it is parsed.
inline constexpr std::size_t kMaxManifestBytes = 4U << 20U;
/// Most of a configuration is history and labels; a real one of 8 MiB does not come up, a hostile one is
/// stopped here.
inline constexpr std::size_t kMaxConfigBytes = 8U << 20U;
/// Far above what builders make; bounds the work that one manifest can ask for.
inline constexpr std::size_t kMaxLayers = 512;

/// How a layer's blob is packed. The diff ID is over what is inside, so the packing is not a part of a
/// layer's identity.
enum class Compression : std::uint8_t { None, Gzip, Zstd };
/// "none", "gzip", "zstd".
std::string_view toText(Compression compression);

/// Operating system and processor in Go's words: "linux", "amd64", variant "v8" or empty. Other spellings
/// are turned into these by parse() and by the comparison in Index::select(), not by the members.
struct Platform {
    std::string os;
    std::string architecture;
    std::string variant;

    /// Of this computer, by uname(2): the kernel's processor. A 32-bit personality (setarch(8)) shows
    /// through.
    static Platform host();
    /// "linux/arm64/v8". Errors: InvalidArgument.
    static Result<Platform> parse(std::string_view text);
    /// The form that parse() reads.
    std::string text() const;
    friend bool operator==(const Platform&, const Platform&) = default;
};

/// Names content by its digest. The digest decides what the content is; media type and size are what the
/// document that holds the descriptor promises, and are checked against the content. Source: OCI
/// image-spec 1.1, descriptor.md.
struct Descriptor {
    std::string mediaType;
    Digest digest;
    std::uint64_t size = 0;
    std::optional<Platform> platform;
    std::map<std::string, std::string> annotations{};
};

/// One image for one platform. At most kMaxLayers layers; sizes are checked to be sane, not to be true.
/// Source: OCI image-spec 1.1, manifest.md.
struct Manifest {
    std::string mediaType;
    Descriptor config;
    std::vector<Descriptor> layers;  ///< from the base upward
};

/// The manifests of one image for several platforms. Source: OCI image-spec 1.1, image-index.md.
struct Index {
    std::string mediaType;
    std::vector<Descriptor> manifests;

    /// The entry for a platform, with the usual fall-backs of variants (arm64 v8, arm v7 down to v6).
    /// Errors: NotFound naming the platforms there are.
    Result<Descriptor> select(const Platform& wanted) const;
};

/// What a document turned out to be. Documents that are both, or whose mediaType contradicts their content,
/// are Corrupt (security.md A12).
struct ManifestOrIndex {
    std::optional<Manifest> manifest;
    std::optional<Index> index;
};

/// `mediaType` is the one that the descriptor or the Content-Type header promised; empty when nobody promised
/// one. Accepts OCI and Docker schema 2. Errors: Corrupt; Unsupported for schema 1 and artifacts.
Result<ManifestOrIndex> parseManifest(std::string_view json, std::string_view mediaType);

/// By the media type alone; the content of a blob is never guessed at. The non-distributable types are
/// layers like others here: a registry that has the blob may be asked for it. Errors: Unsupported with
/// the media type.
Result<Compression> layerCompression(std::string_view mediaType);

/// Whose words a manifest is written in.
enum class ManifestStyle : std::uint8_t { Oci, Docker };
std::string manifestMediaType(ManifestStyle style);
std::string configMediaType(ManifestStyle style);
std::string layerMediaType(Compression compression, ManifestStyle style = ManifestStyle::Oci);

inline constexpr const char* kOciManifestType = "application/vnd.oci.image.manifest.v1+json";
inline constexpr const char* kOciIndexType = "application/vnd.oci.image.index.v1+json";
inline constexpr const char* kOciConfigType = "application/vnd.oci.image.config.v1+json";

/// The document of a manifest. The same parts always give the same bytes.
std::string manifestText(const Descriptor& config, const std::vector<Descriptor>& layers,
                         ManifestStyle style = ManifestStyle::Oci);

/// An image of a docker-archive, from its manifest.json; names of files are the archive's.
struct DockerArchiveImage {
    std::string config;
    std::vector<std::string> names;
    std::vector<std::string> layers;  ///< from the base upward
};
/// Source: docker image specification 1.2, "Combined Image JSON + Filesystem Changeset Format".
/// Errors: Corrupt.
Result<std::vector<DockerArchiveImage>> parseDockerArchive(std::string_view json);

/// One line of `history`: only for the eye. Its steps are not tied to the layers by anything but their
/// order.
struct HistoryStep {
    std::string createdBy;
    std::string created;
    std::string comment;
    bool emptyLayer = false;
    std::string author{};
};

/// Source: OCI image-spec 1.1, config.md. All of it is content that a stranger controls.
struct ImageConfig {
    Platform platform;
    std::string created;  ///< RFC 3339 as it came
    std::vector<std::string> env;
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::string workingDirectory;
    std::string user;
    std::string stopSignal;
    std::vector<std::string> exposedPorts;  ///< "80/tcp"
    std::vector<std::string> volumes;       ///< paths inside the container
    std::map<std::string, std::string> labels;
    std::vector<Digest> diffIds;  ///< of the uncompressed layers, from the base upward
    std::vector<HistoryStep> history;
    types::HealthPlan health;  ///< docker's extension
};

/// Pure. Numbers of entries are limited, texts hold no NUL where a C function would end at it, digests
/// are whole; what a text means (a path, a user, a port) is checked where it is used. Errors: Corrupt,
/// with the field at fault.
Result<ImageConfig> parseConfig(std::string_view json);

/// Identity of a stack of layers. chainId(L0) = diffId(L0); chainId(L0..n) = sha256(chainId(L0..n-1) + " " +
/// diffId(Ln)). Source: OCI image-spec 1.1, config.md, "Layer ChainID".
std::vector<Digest> chainIds(const std::vector<Digest>& diffIds);

}  // namespace coracle::image
