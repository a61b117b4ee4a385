// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"

#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <array>

// The reader of what registries send. Everything here is a stranger's text: it comes over the net from a
// server that may be anybody's, and a digest only says that it is the text that another stranger named.
// The rules: a size limit before the parser, a limit for every count, one meaning for a document or none,
// and no text in a message that is not escaped. Members that are not known are passed over, as the
// specification asks of readers (image-spec considerations.md, "Extensibility").
namespace coracle::image {
namespace {

using Json = nlohmann::json;

enum class Kind : std::uint8_t { Manifest, Index };

/// The four types and what they are. OCI's and docker's documents have the same members, so one reader
/// serves both.
struct KnownType {
    std::string_view mediaType;
    Kind kind;
};

constexpr std::array<KnownType, 4> kDocumentTypes{
    {{"application/vnd.oci.image.manifest.v1+json", Kind::Manifest},
     {"application/vnd.docker.distribution.manifest.v2+json", Kind::Manifest},
     {"application/vnd.oci.image.index.v1+json", Kind::Index},
     {"application/vnd.docker.distribution.manifest.list.v2+json", Kind::Index}}};

/// Other types in this place make the document an artifact (manifest.md, "Guidelines for Artifact Usage").
constexpr std::array<std::string_view, 2> kConfigTypes{"application/vnd.oci.image.config.v1+json",
                                                       "application/vnd.docker.container.image.v1+json"};

/// What a server says that knows nothing about images: no promise at all.
constexpr std::array<std::string_view, 4> kMeaninglessTypes{"application/json", "application/octet-stream",
                                                            "text/plain", "text/json"};

/// No layer is larger than this; a size above is a lie that would only overflow sums (security.md A14).
constexpr std::int64_t kMaxLayerBytes = std::int64_t{1} << 42;
/// An index of 4 MiB could hold more; each would be compared with the wanted platform several times.
constexpr std::size_t kMaxIndexEntries = 4096;

Error corrupt(const std::string& what) {
    return {ErrorKind::Corrupt, "image manifest: " + what};
}

/// The one way in which a text of the document gets into a message.
std::string inQuotes(std::string_view untrusted) {
    return "'" + text::excerptForTerminal(untrusted, 100) + "'";
}

/// "type/subtype" of a Content-Type value: without parameters, in lower case.
std::string bareType(std::string_view value) {
    value = value.substr(0, value.find(';'));
    std::string bare;
    for (const char c : value) {
        if (c != ' ' && c != '\t') {
            bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    for (const auto meaningless : kMeaninglessTypes) {
        if (bare == meaningless) {
            return {};
        }
    }
    return bare;
}

/// Without "os" or "architecture" the entry fits no wanted platform: texts that are missing are empty
/// ones.
Result<std::optional<Platform>> parsePlatform(const Json& entry) {
    const Json* object = json::findObject(entry, "platform");
    if (object == nullptr) {
        return std::optional<Platform>();
    }
    TRY_ASSIGN(auto system, json::findString(*object, "os"));
    TRY_ASSIGN(auto architecture, json::findString(*object, "architecture"));
    TRY_ASSIGN(auto variant, json::findString(*object, "variant"));
    return std::optional<Platform>(
        Platform{system.value_or(""), architecture.value_or(""), variant.value_or("")});
}

/// `name` is for messages: "layer 3". Inline "data" is not used: the blob is fetched and verified like any
/// other.
Result<Descriptor> parseDescriptor(const Json& entry, std::int64_t maxBytes, const std::string& name) {
    if (!entry.is_object()) {
        return corrupt(name + " is not an object");
    }
    const auto parse = [&]() -> Result<Descriptor> {
        TRY_ASSIGN(std::string mediaType, json::loadString(entry, "mediaType"));
        TRY_ASSIGN(const std::string digestText, json::loadString(entry, "digest"));
        TRY_ASSIGN(const std::int64_t size, json::loadInteger(entry, "size"));
        TRY_ASSIGN(auto platform, parsePlatform(entry));
        auto digest = Digest::parse(digestText);
        if (!digest) {
            return Error(ErrorKind::Corrupt, "digest " + inQuotes(digestText) +
                                                 " is not 'sha256:' and 64 lower-case hexadecimal digits");
        }
        if (size < 0 || size > maxBytes) {
            return Error(ErrorKind::Corrupt, "size " + std::to_string(size) + " is not between 0 and " +
                                                 std::to_string(maxBytes));
        }
        TRY_ASSIGN(auto annotations, json::findStringMap(entry, "annotations"));
        return Descriptor{std::move(mediaType), *std::move(digest), static_cast<std::uint64_t>(size),
                          std::move(platform), std::move(annotations)};
    };
    auto descriptor = parse();
    if (!descriptor) {
        return corrupt(name + ": " + descriptor.error().message());
    }
    return descriptor;
}

/// Which kind it is by all that is said about it. Contradictions are Corrupt: a document that one program
/// reads as an index and another as a manifest lets an image differ from what was checked (CVE-2021-41190).
Result<KnownType> classify(const Json& document, const std::string& promised) {
    TRY_ASSIGN(const auto stated, json::findString(document, "mediaType"));
    if (stated && !promised.empty() && *stated != promised) {
        return corrupt("it says it is " + inQuotes(*stated) + " but was announced as " + inQuotes(promised));
    }
    const bool manifestLike = document.contains("layers") || document.contains("config");
    const bool indexLike = document.contains("manifests");
    if (manifestLike && indexLike) {
        return corrupt("it is both an index and a manifest");
    }
    const std::string mediaType = stated.value_or(promised);
    if (mediaType.empty()) {
        if (!manifestLike && !indexLike) {
            return corrupt("it has neither 'layers' nor 'manifests'");
        }
        return manifestLike ? kDocumentTypes[0] : kDocumentTypes[2];
    }
    for (const KnownType& known : kDocumentTypes) {
        if (mediaType != known.mediaType) {
            continue;
        }
        if ((known.kind == Kind::Index) != indexLike) {
            return corrupt(std::string("the type ") + inQuotes(mediaType) + " needs '" +
                           (known.kind == Kind::Index ? "manifests'" : "config' and 'layers'"));
        }
        return known;
    }
    return Error(ErrorKind::Unsupported, "image manifest of type " + inQuotes(mediaType));
}

/// An artifact (a signature, a list of packages) has the form of an image and nothing that can run; it
/// says so by "artifactType" or by its configuration's type, and is refused before its layers are looked
/// at.
Result<Manifest> parseImageManifest(const Json& document, std::string_view mediaType) {
    TRY_ASSIGN(const auto artifactType, json::findString(document, "artifactType"));
    const Json* configEntry = json::findObject(document, "config");
    const Json* layers = json::findArray(document, "layers");
    if (configEntry == nullptr) {
        return corrupt("'config' is missing");
    }
    TRY_ASSIGN(const auto configType, json::findString(*configEntry, "mediaType"));
    bool isImage = !artifactType || artifactType->empty();
    isImage = isImage && (configType == kConfigTypes[0] || configType == kConfigTypes[1]);
    if (!isImage) {
        const std::string type =
            artifactType && !artifactType->empty() ? *artifactType : configType.value_or("");
        return Error(ErrorKind::Unsupported,
                     "it is an artifact of type " + inQuotes(type) + ", not a container image");
    }
    TRY_ASSIGN(Descriptor config,
               parseDescriptor(*configEntry, static_cast<std::int64_t>(kMaxConfigBytes), "config"));
    Manifest manifest{std::string(mediaType), std::move(config), {}};
    if (layers == nullptr) {
        return corrupt("'layers' is missing");
    }
    if (layers->size() > kMaxLayers) {
        return corrupt("it has " + std::to_string(layers->size()) + " layers, more than " +
                       std::to_string(kMaxLayers));
    }
    for (const Json& entry : *layers) {
        const std::string name = "layer " + std::to_string(manifest.layers.size() + 1);
        TRY_ASSIGN(Descriptor layer, parseDescriptor(entry, kMaxLayerBytes, name));
        manifest.layers.push_back(std::move(layer));
    }
    return manifest;
}

Result<Index> parseIndex(const Json& document, std::string_view mediaType) {
    Index index{std::string(mediaType), {}};
    const Json* entries = json::findArray(document, "manifests");
    if (entries == nullptr) {
        return corrupt("'manifests' is not an array");
    }
    if (entries->size() > kMaxIndexEntries) {
        return corrupt("it has " + std::to_string(entries->size()) + " entries, more than " +
                       std::to_string(kMaxIndexEntries));
    }
    for (const Json& entry : *entries) {
        const std::string name = "entry " + std::to_string(index.manifests.size() + 1);
        TRY_ASSIGN(Descriptor manifest,
                   parseDescriptor(entry, static_cast<std::int64_t>(kMaxManifestBytes), name));
        index.manifests.push_back(std::move(manifest));
    }
    return index;
}

}  // namespace

Result<ManifestOrIndex> parseManifest(std::string_view text, std::string_view mediaType) {
    auto parsed = json::parse(text, kMaxManifestBytes);
    if (!parsed) {
        return std::move(parsed).error().context("image manifest");
    }
    if (!parsed->is_object()) {
        return corrupt("it is not a JSON object");
    }
    TRY_ASSIGN(const auto version, json::findInteger(*parsed, "schemaVersion"));
    if (version == 1) {
        return Error(ErrorKind::Unsupported, "image manifest of schema version 1")
            .withHint("the image was pushed by a docker from before 2017; push it again with a current one");
    }
    if (version != 2) {
        return corrupt("'schemaVersion' is not 2");
    }
    TRY_ASSIGN(const KnownType known, classify(*parsed, bareType(mediaType)));
    ManifestOrIndex result;
    if (known.kind == Kind::Index) {
        TRY_ASSIGN(result.index, parseIndex(*parsed, known.mediaType));
    } else {
        TRY_ASSIGN(result.manifest, parseImageManifest(*parsed, known.mediaType));
    }
    return result;
}

std::string_view toText(Compression compression) {
    switch (compression) {
    case Compression::None:
        return "none";
    case Compression::Gzip:
        return "gzip";
    case Compression::Zstd:
        return "zstd";
    }
    return "none";
}

std::string manifestMediaType(ManifestStyle style) {
    return style == ManifestStyle::Oci ? kOciManifestType
                                       : "application/vnd.docker.distribution.manifest.v2+json";
}

std::string configMediaType(ManifestStyle style) {
    return style == ManifestStyle::Oci ? kOciConfigType : "application/vnd.docker.container.image.v1+json";
}

std::string layerMediaType(Compression compression, ManifestStyle style) {
    if (style == ManifestStyle::Docker) {
        const std::string docker = "application/vnd.docker.image.rootfs.diff.tar";
        return compression == Compression::None ? docker : docker + "." + std::string(toText(compression));
    }
    const std::string plain = "application/vnd.oci.image.layer.v1.tar";
    return compression == Compression::None ? plain : plain + "+" + std::string(toText(compression));
}

Result<Compression> layerCompression(std::string_view mediaType) {
    struct Row {
        std::string_view mediaType;
        Compression compression;
    };
    constexpr std::array<Row, 11> kRows{{
        {"application/vnd.oci.image.layer.v1.tar", Compression::None},
        {"application/vnd.oci.image.layer.v1.tar+gzip", Compression::Gzip},
        {"application/vnd.oci.image.layer.v1.tar+zstd", Compression::Zstd},
        {"application/vnd.oci.image.layer.nondistributable.v1.tar", Compression::None},
        {"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", Compression::Gzip},
        {"application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", Compression::Zstd},
        {"application/vnd.docker.image.rootfs.diff.tar", Compression::None},
        {"application/vnd.docker.image.rootfs.diff.tar.gzip", Compression::Gzip},
        {"application/vnd.docker.image.rootfs.diff.tar.zstd", Compression::Zstd},
        {"application/vnd.docker.image.rootfs.foreign.diff.tar", Compression::None},
        {"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Compression::Gzip},
    }};
    for (const Row& row : kRows) {
        if (row.mediaType == mediaType) {
            return row.compression;
        }
    }
    return Error(ErrorKind::Unsupported, "image layer of type " + inQuotes(mediaType));
}

}  // namespace coracle::image
