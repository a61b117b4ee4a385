// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/filter.h"

#include "rootless/seccomp/compiler.h"
#include "rootless/sys/file.h"

#include <array>
#include <cstdio>
#include <cstring>

namespace coracle::seccomp {
namespace {

constexpr sock_filter kDefaultProgram[] = {
#include "default_filter.inc"
};

/// Changes whenever the compiler's output for the same text may change, so that old cache entries are not
/// used.
constexpr std::string_view kCacheVersion = "coracle-seccomp-1";

/// FNV-1a; collisions do not matter for safety because the entry holds the whole key and is compared.
std::string hashOf(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    std::array<char, 17> digits{};
    (void)std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

std::vector<sock_filter> programFrom(std::string_view bytes) {
    std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
    std::memcpy(program.data(), bytes.data(), program.size() * sizeof(sock_filter));
    return program;
}

}  // namespace

std::span<const sock_filter> defaultFilter() {
    return kDefaultProgram;
}

Result<std::vector<sock_filter>> loadProfile(std::string_view profileJson,
                                             const std::set<std::string>& capabilities,
                                             const std::string& cacheDirectory) {
    std::string key(kCacheVersion);
    for (const std::string& name : capabilities) {
        key += " " + name;
    }
    key += "\n" + std::string(profileJson) + "\n";
    const std::string path = cacheDirectory + "/" + hashOf(key) + ".bpf";
    if (!cacheDirectory.empty()) {
        const auto kept = sys::readFile(path, kMaxProfileBytes * 2);
        if (kept && kept->starts_with(key) && kept->size() > key.size()) {
            return programFrom(std::string_view(*kept).substr(key.size()));
        }
    }
    TRY_ASSIGN(const Profile profile, parseProfile(profileJson, {capabilities}));
    TRY_ASSIGN(auto program, compile(profile));
    if (!cacheDirectory.empty() && sys::makeDirectories(cacheDirectory)) {
        std::string entry = key;
        entry.append(reinterpret_cast<const char*>(program.data()), program.size() * sizeof(sock_filter));
        (void)sys::replaceFile(path, entry, 0600, sys::Durability::Process);  // compiled again next time
    }
    return program;
}

}  // namespace coracle::seccomp
