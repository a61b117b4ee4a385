// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::image {

inline constexpr std::size_t kMaxManifestBytes = 4U << 20U;
inline constexpr std::size_t kMaxConfigBytes = 8U << 20U;
inline constexpr std::size_t kMaxLayers = 512;

enum class Compression : std::uint8_t { None, Gzip, Zstd };

/// Operating system and processor in Go's words: "linux", "amd64", variant "v8" or empty.
struct Platform {
    std::string os;
    std::string architecture;
    std::string variant;

    /// Of this computer.
    static Platform host();
    /// "linux/arm64/v8". Errors: InvalidArgument.
    static Result<Platform> parse(std::string_view text);
    std::string text() const;
    friend bool operator==(const Platform&, const Platform&) = default;
};

/// Source: OCI image-spec 1.1, descriptor.md.
struct Descriptor {
    std::string mediaType;
    Digest digest;
    std::uint64_t size = 0;
    std::optional<Platform> platform;
};

struct Manifest {
    std::string mediaType;
    Descriptor config;
    std::vector<Descriptor> layers;  ///< from the base upward
};

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

/// Errors: Unsupported with the media type.
Result<Compression> layerCompression(std::string_view mediaType);

struct HistoryStep {
    std::string createdBy;
    std::string created;
    std::string comment;
    bool emptyLayer = false;
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
};

/// Errors: Corrupt, with the field at fault.
Result<ImageConfig> parseConfig(std::string_view json);

/// Identity of a stack of layers. chainId(L0) = diffId(L0); chainId(L0..n) = sha256(chainId(L0..n-1) + " " +
/// diffId(Ln)). Source: OCI image-spec 1.1, config.md, "Layer ChainID".
std::vector<Digest> chainIds(const std::vector<Digest>& diffIds);

}  // namespace coracle::image
