// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a layer may ask for. Pure rules over names and values that a stranger wrote; the unpacker acts on
/// their answers only. Each rule refuses what is ambiguous instead of guessing, because another tool,
/// which scanned the image, may have guessed differently.
namespace coracle::store::helper {

/// A path inside the layer: plain components, none of them ".." or empty; no components: the layer's root.
using LayerPath = std::vector<std::string>;

/// Take a name of an archive apart. Leading slashes and "." components are dropped, as every image tool does.
/// Errors: Corrupt for "..", and beyond kMaxPathBytes, kMaxNameBytes or kMaxDepth.
Result<LayerPath> parsePath(std::string_view name);

/// "a/b/c"; "." for the root.
std::string textOf(const LayerPath& path);
/// Path without its last component, as textOf() writes it.
std::string parentOf(const LayerPath& path);

/// A name for messages: nothing in it that a terminal could obey, at most 200 bytes. Every name of a
/// stranger that is printed goes through it.
std::string shown(std::string_view name);

/// What a path says by the names that OCI reserves. Source: OCI image-spec 1.1, layer.md, "Whiteouts".
struct Whiteout {
    /// What the entry stands for; only None is a file of the image.
    enum class Kind : std::uint8_t {
        None,
        Name,    ///< `name` of the lower layers disappears
        Opaque,  ///< everything in the directory of the lower layers disappears
        Ignored  ///< a relic of aufs
    };
    Kind kind = Kind::None;
    std::string name;
};
/// Take a path by its reserved words. Errors: Corrupt when the name behind the prefix is none, or a
/// parent has a reserved name.
Result<Whiteout> classify(const LayerPath& path);

/// The value with which an extended attribute of an archive may be set; none: it is left out.
/// user.* passes but for the words that overlay file systems and other engines obey; security.capability
/// passes when it is well-formed, without its namespace's root id, so that the kernel puts in ours.
/// Source: capabilities(7), "File capability extended attribute versioning"; overlayfs.rst, "userxattr".
std::optional<std::string> allowedXattr(std::string_view name, std::string_view value);

/// Ids that a user namespace knows. Source: user_namespaces(7), uid_map.
class IdRanges {
public:
    /// Text of /proc/self/uid_map or gid_map, which is the kernel's.
    static IdRanges parse(std::string_view map);
    /// Whether a file may belong to the id.
    bool contains(std::uint64_t id) const;
    /// One id alone: owners cannot be kept.
    bool single() const;
    /// Who acts for the namespace: 0, or the lowest id where there is no 0.
    std::uint64_t acting() const;
    /// How many there are.
    std::uint64_t count() const;

private:
    struct Range {
        std::uint64_t first;
        std::uint64_t count;
    };
    std::vector<Range> m_ranges;
};

}  // namespace coracle::store::helper
