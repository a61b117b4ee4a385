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

/// What parseOptions() gives a meaning of its own.
constexpr std::array kActions =
    std::to_array<std::string_view>({"bind", "rbind", "remount", "idmap", "ridmap", "tmpcopyup"});
/// What is so without a word. A change counter of inodes is kept, or not, by each file system that can be
/// mounted without root as it likes, and the mount calls have no word for it any more.
constexpr std::array kIgnored = std::to_array<std::string_view>(
    {"async", "defaults", "iversion", "loud", "noiversion", "nomand", "silent"});
/// The kernel's own words for any file system. Source: fs/fs_context.c, common_set_sb_flag.
constexpr std::array kSuperblock =
    std::to_array<std::string_view>({"dirsync", "lazytime", "nolazytime", "sync"});
/// Words of other engines for what they do themselves.
constexpr std::array kForeign = std::to_array<std::string_view>({"U", "z", "Z"});
constexpr std::array kRefused = std::to_array<std::string_view>({"mand"});

template <std::size_t Count>
bool isAmong(const std::array<std::string_view, Count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

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
    std::vector<std::string> words(kActions.begin(), kActions.end());
    words.insert(words.end(), kIgnored.begin(), kIgnored.end());
    words.insert(words.end(), kSuperblock.begin(), kSuperblock.end());
    for (const AttributeWord& known : kAttributes) {
        words.emplace_back(known.word);
        words.push_back("r" + std::string(known.word));
    }
    for (const char* kind : {"private", "slave", "shared", "unbindable"}) {
        words.emplace_back(kind);
        words.push_back(std::string("r") + kind);
    }
    std::sort(words.begin(), words.end());
    return words;
}

/// Later words win over earlier ones, as for mount(8). A word that is not known goes to the file system as
/// it is, which refuses what it does not know.
Result<MountOptions> parseOptions(const std::vector<std::string>& words) {
    MountOptions options;
    for (const std::string& word : words) {
        if (word.empty() || isAmong(kIgnored, word) || isAmong(kForeign, word)) {
            continue;
        }
        if (isAmong(kRefused, word)) {
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
