// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/filter.h"

#include "rootless/seccomp/compiler.h"
#include "rootless/sys/file.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <optional>

namespace coracle::seccomp {
namespace {

struct BuiltIn {
    std::string_view word;
    std::span<const sock_filter> rows;
    bool allows32Bit;
};

// kBuiltIns, the first being the default one, and kProfileText.
#include "built_in_filters.inc"

/// Changes whenever the compiler's output for the same text may change, so that old cache entries are not
/// used.
constexpr std::string_view kCacheVersion = "coracle-seccomp-3";

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

/// Cached bytes: 'y' or 'n' for the 32-bit ABI, then the rows.
std::optional<Program> programFrom(std::string_view bytes) {
    if (bytes.size() < 1 + sizeof(sock_filter) || (bytes.size() - 1) % sizeof(sock_filter) != 0) {
        return std::nullopt;
    }
    Program program;
    program.allows32Bit = bytes.front() == 'y';
    program.rows.resize((bytes.size() - 1) / sizeof(sock_filter));
    std::memcpy(program.rows.data(), bytes.data() + 1, bytes.size() - 1);
    return program;
}

}  // namespace

std::span<const sock_filter> defaultFilter() {
    return kBuiltIns[0].rows;
}

/// Compiled when the program is built, so the usual container does not wait for it. docker's
/// profile depends on the capabilities: only for the usual set there is a compiled one.
Result<Program> builtInProfile(std::string_view word, const std::set<std::string>& capabilities,
                               const std::string& cacheDirectory) {
    if (word == "docker" && capabilities != dockerCapabilities()) {
        return loadProfile(kProfileText, dockerContext(capabilities), cacheDirectory);
    }
    for (const BuiltIn& known : kBuiltIns) {
        if (known.word == word) {
            return Program{{known.rows.begin(), known.rows.end()}, known.allows32Bit};
        }
    }
    if (word.find("32bit") != std::string_view::npos) {
        return Error(ErrorKind::Unsupported, "seccomp profile '" + std::string(word) + "' is for x86-64");
    }
    return Error(ErrorKind::InvalidArgument, "unknown seccomp profile '" + std::string(word) + "'");
}

/// The whole input is the head of the cached file and compared, so a collision of the hash or a file of
/// another version is a miss. The folder is the user's own: who can write there can change the bundle as
/// well.
Result<Program> loadProfile(std::string_view profileJson, const ProfileContext& context,
                            const std::string& cacheDirectory) {
    std::string key(kCacheVersion);
    for (const auto* names : {&context.capabilities, &context.features}) {
        for (const std::string& name : *names) {
            key += " " + name;
        }
        key += "\n";
    }
    key += std::string(profileJson) + "\n";
    const std::string path = cacheDirectory + "/" + hashOf(key) + ".bpf";
    if (!cacheDirectory.empty()) {
        const auto kept = sys::readFile(path, kMaxProfileBytes * 2);
        if (kept && kept->starts_with(key)) {
            if (auto program = programFrom(std::string_view(*kept).substr(key.size()))) {
                return *std::move(program);
            }
        }
    }
    TRY_ASSIGN(const Profile profile, parseProfile(profileJson, context));
    Program program;
    TRY_ASSIGN(program.rows, compile(profile));
    program.allows32Bit = allows32Bit(profile);
    if (!cacheDirectory.empty() && sys::makeDirectories(cacheDirectory)) {
        std::string entry = key + (program.allows32Bit ? 'y' : 'n');
        entry.append(reinterpret_cast<const char*>(program.rows.data()),
                     program.rows.size() * sizeof(sock_filter));
        (void)sys::replaceFile(path, entry, 0600, sys::Durability::Process);  // compiled again next time
    }
    return program;
}

}  // namespace coracle::seccomp
