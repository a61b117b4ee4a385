// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"
#include "core/text/escape.h"

#include <algorithm>
#include <array>
#include <set>

#include <sys/utsname.h>

namespace coracle::image {
namespace {

/// Another tool's word and what it means; the variant counts when none is said.
struct Alias {
    std::string_view name;
    std::string_view architecture;
    std::string_view variant;
};

/// What other tools call the processors, in Go's words. Source: OCI image-spec 1.1, image-index.md, "Platform
/// Variants"; uname(2) machine names.
constexpr std::array<Alias, 12> kAliases{{{"x86_64", "amd64", ""},
                                          {"x86-64", "amd64", ""},
                                          {"i386", "386", ""},
                                          {"i486", "386", ""},
                                          {"i586", "386", ""},
                                          {"i686", "386", ""},
                                          {"aarch64", "arm64", ""},
                                          {"armhf", "arm", "v7"},
                                          {"armv7l", "arm", "v7"},
                                          {"armel", "arm", "v6"},
                                          {"armv6l", "arm", "v6"},
                                          {"loongarch64", "loong64", ""}}};

/// One spelling for each platform: arm64 without a variant is v8, arm is v7, amd64 v1 is plain amd64.
Platform normalized(Platform platform) {
    for (const Alias& alias : kAliases) {
        if (platform.architecture == alias.name) {
            platform.architecture = alias.architecture;
            if (platform.variant.empty()) {
                platform.variant = alias.variant;
            }
        }
    }
    if (platform.architecture == "arm64" && platform.variant.empty()) {
        platform.variant = "v8";
    } else if (platform.architecture == "arm" && platform.variant.empty()) {
        platform.variant = "v7";
    } else if (platform.architecture == "amd64" && platform.variant == "v1") {
        platform.variant.clear();
    }
    return platform;
}

/// Variants that a processor of the wanted one runs, best first: itself and every lower one. The lowest
/// that exist are arm v5, arm64 v8 and, for amd64, v2, below which comes the plain one.
std::vector<std::string> runnableVariants(const Platform& wanted) {
    std::vector<std::string> variants{wanted.variant};
    if (wanted.variant.size() == 2 && wanted.variant.front() == 'v') {
        const char lowest = wanted.architecture == "arm64" ? '8' : wanted.architecture == "arm" ? '5' : '2';
        for (char number = static_cast<char>(wanted.variant[1] - 1); number >= lowest; --number) {
            variants.push_back(std::string("v") + number);
        }
    }
    if (wanted.architecture == "amd64" && !wanted.variant.empty()) {
        variants.emplace_back();
    }
    return variants;
}

/// What can stand in a message, a path and a file's name without any further thought.
bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

}  // namespace

Platform Platform::host() {
    utsname name{};
    (void)::uname(&name);  // fails only for a bad pointer
    return normalized({"linux", name.machine, ""});
}

Result<Platform> Platform::parse(std::string_view text) {
    std::vector<std::string> words;
    for (std::string_view rest = text;;) {
        const auto slash = rest.find('/');
        words.emplace_back(rest.substr(0, slash));
        if (slash == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(slash + 1);
    }
    if (words.size() < 2 || words.size() > 3 || !std::all_of(words.begin(), words.end(), isWord)) {
        return Error(ErrorKind::InvalidArgument,
                     "platform '" + text::excerptForTerminal(text, 60) + "' is not OS/ARCHITECTURE[/VARIANT]")
            .withHint("for example linux/arm64");
    }
    return normalized({words[0], words[1], words.size() == 3 ? words[2] : std::string()});
}

std::string Platform::text() const {
    return os + "/" + architecture + (variant.empty() ? std::string() : "/" + variant);
}

/// In the order of preference and not of the index: "arm v7" takes v7 before v6 wherever they stand. Of
/// two entries for the same platform the first wins (image-index.md, "manifests"). Only the exact
/// operating system and processor count; an image that would need emulation is never chosen by itself.
Result<Descriptor> Index::select(const Platform& wanted) const {
    const Platform target = normalized(wanted);
    for (const std::string& variant : runnableVariants(target)) {
        for (const Descriptor& entry : manifests) {
            if (!entry.platform) {
                continue;
            }
            const Platform offered = normalized(*entry.platform);
            if (offered == Platform{target.os, target.architecture, variant}) {
                return entry;
            }
        }
    }
    // An index of one image that names no platform leaves it to the image's configuration.
    if (manifests.size() == 1 && !manifests.front().platform) {
        return manifests.front();
    }
    std::set<std::string> offered;
    for (const Descriptor& entry : manifests) {
        // "unknown/unknown" is what buildx calls its attestations.
        if (entry.platform && entry.platform->os != "unknown") {
            offered.insert(text::excerptForTerminal(entry.platform->text(), 60));
        }
    }
    std::string names;
    for (const std::string& name : offered) {
        names += (names.empty() ? "" : ", ") + name;
        if (names.size() > 400) {
            names += ", ...";
            break;
        }
    }
    return Error(ErrorKind::NotFound, "the image has no variant for " + wanted.text() +
                                          (names.empty() ? std::string() : "; there is " + names));
}

}  // namespace coracle::image
