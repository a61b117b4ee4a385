// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/mount_options.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <linux/mount.h>
//
#include <sys/mount.h>

namespace coracle::mounts {
namespace {

/// What a word sets and clears among MOUNT_ATTR_*.
struct AttributeWord {
    std::string_view word;
    std::uint64_t set;
    std::uint64_t clear;
};

// TABLE: mount words and what they do to the mount; each also exists as "r" + word for everything below.
constexpr std::array kAttributes = std::to_array<AttributeWord>({
    {"ro", MOUNT_ATTR_RDONLY, 0},
    {"rw", 0, MOUNT_ATTR_RDONLY},
    {"nosuid", MOUNT_ATTR_NOSUID, 0},
    {"suid", 0, MOUNT_ATTR_NOSUID},
    {"nodev", MOUNT_ATTR_NODEV, 0},
    {"dev", 0, MOUNT_ATTR_NODEV},
    {"noexec", MOUNT_ATTR_NOEXEC, 0},
    {"exec", 0, MOUNT_ATTR_NOEXEC},
    {"nodiratime", MOUNT_ATTR_NODIRATIME, 0},
    {"diratime", 0, MOUNT_ATTR_NODIRATIME},
    {"noatime", MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME},
    {"relatime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
    {"norelatime", 0, MOUNT_ATTR__ATIME},
    {"strictatime", MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME},
    {"nostrictatime", 0, MOUNT_ATTR__ATIME},
    {"atime", 0, MOUNT_ATTR__ATIME},
    {"nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, 0},
    {"symfollow", 0, MOUNT_ATTR_NOSYMFOLLOW},
});

void merge(sys::MountAttributes& into, const AttributeWord& word) {
    // A later word wins over an earlier one.
    into.set = (into.set & ~word.clear) | word.set;
    into.clear = (into.clear & ~word.set) | word.clear;
}

/// A word with 'r' in front is the same for all mounts below (runtime-spec config.md, "Linux mount
/// options").
bool takeAttribute(MountOptions& options, std::string_view word) {
    for (const AttributeWord& known : kAttributes) {
        if (word == known.word) {
            merge(options.attributes, known);
            return true;
        }
        if (word.size() == known.word.size() + 1 && word.front() == 'r' && word.substr(1) == known.word) {
            merge(options.recursiveAttributes, known);
            return true;
        }
    }
    if (const auto propagation = findPropagation(word)) {
        options.propagation.push_back(*propagation);
        return true;
    }
    return false;
}

/// Words without a meaning for a mount made this way: defaults of mount(8), and the relabelling and
/// chowning words of podman and docker (z, Z, U), which are the engine's business.
constexpr std::array kIgnored =
    std::to_array<std::string_view>({"defaults", "async", "nomand", "loud", "silent", "U", "z", "Z"});
/// Mandatory locks are gone from the kernel since Linux 5.15; a container that asked for them would lock
/// nothing.
constexpr std::array kRefused = std::to_array<std::string_view>({"mand"});

}  // namespace

/// Source: mount_namespaces(7), "SHARED SUBTREES".
std::optional<Propagation> findPropagation(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, std::uint64_t>, 4> kKinds{
        {{"private", MS_PRIVATE}, {"slave", MS_SLAVE}, {"shared", MS_SHARED}, {"unbindable", MS_UNBINDABLE}}};
    const bool below = !word.empty() && word.front() == 'r';
    word.remove_prefix(below ? 1 : 0);
    for (const auto& [name, kind] : kKinds) {
        if (word == name) {
            return Propagation{kind, below ? sys::Recursive::Yes : sys::Recursive::No};
        }
    }
    return std::nullopt;
}

/// For `features`; sorted, each once.
std::vector<std::string> optionWords() {
    std::vector<std::string> words{"bind",  "defaults", "dirsync",   "idmap",     "iversion", "lazytime",
                                   "rbind", "remount",  "ridmap",    "silent",    "loud",     "sync",
                                   "async", "nomand",   "tmpcopyup", "nolazytime"};
    for (const AttributeWord& known : kAttributes) {
        words.emplace_back(known.word);
        words.push_back("r" + std::string(known.word));
    }
    for (const char* kind : {"private", "slave", "shared", "unbindable"}) {
        words.emplace_back(kind);
        words.push_back(std::string("r") + kind);
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

/// Later words win over earlier ones, as for mount(8). A word that is not known goes to the file system as
/// it is, which refuses what it does not know.
Result<MountOptions> parseOptions(const std::vector<std::string>& words) {
    MountOptions options;
    for (const std::string& word : words) {
        if (word.empty() || std::find(kIgnored.begin(), kIgnored.end(), word) != kIgnored.end()) {
            continue;
        }
        if (std::find(kRefused.begin(), kRefused.end(), word) != kRefused.end()) {
            return Error(ErrorKind::Unsupported, "mount option '" + word + "' cannot be applied");
        }
        if (word == "bind" || word == "rbind") {
            options.bind = true;
            options.recursive = word == "rbind";
        } else if (word == "remount") {
            options.remount = true;
        } else if (word == "idmap" || word == "ridmap") {
            options.idMapping = word == "idmap" ? IdMapping::Top : IdMapping::Below;
        } else if (word == "tmpcopyup") {
            options.copyUp = true;
        } else if (!takeAttribute(options, word)) {
            const auto equals = std::min(word.find('='), word.size());
            options.data.emplace_back(word.substr(0, equals),
                                      equals < word.size() ? word.substr(equals + 1) : std::string());
        }
    }
    return options;
}

}  // namespace coracle::mounts
