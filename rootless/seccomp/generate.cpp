// SPDX-License-Identifier: Apache-2.0
// Build tool: coracle-seccomp-generate PROFILE.json OUTPUT.inc compiles the profile with each set of features
// and writes rows of sock_filter, their table and the profile's text.
#include "rootless/seccomp/compiler.h"
#include "rootless/sys/file.h"

#include <cstdio>

namespace coracle::seccomp {
namespace {

struct Variant {
    std::string word;
    ProfileContext context;
};

/// All combinations of the profile words: eight on x86-64, four elsewhere, and docker's.
std::vector<Variant> variants() {
    std::vector<Variant> all;
    for (unsigned bits = 0; bits < 8; ++bits) {
        Variant variant{"default", {}};
        for (const auto& [bit, name] : {std::pair{1U, "nested"}, {2U, "debug"}, {4U, "32bit"}}) {
            if ((bits & bit) != 0) {
                variant.word += "+" + std::string(name);
                variant.context.features.insert(name);
            }
        }
#if !defined(__x86_64__)
        if ((bits & 4U) != 0) {
            continue;
        }
#endif
        all.push_back(std::move(variant));
    }
    all.push_back({"docker", dockerContext(dockerCapabilities())});
    return all;
}

/// A raw string literal may not be longer than 65,536 characters; this one is a quarter of that.
std::string literalOf(const std::string& text) {
    return "constexpr std::string_view kProfileText = R\"json(" + text + ")json\";\n";
}

/// Runs on the machine that builds: the programs are for its processor, so a cross build needs a generator
/// that was made for the target.
Result<> generate(const std::string& profilePath, const std::string& outputPath) {
    TRY_ASSIGN(const std::string text, sys::readFile(profilePath, kMaxProfileBytes));
    std::string output = "// Generated from resources/seccomp/default.json.\n" + literalOf(text);
    std::string table = "constexpr BuiltIn kBuiltIns[] = {\n";
    unsigned count = 0;
    for (const Variant& variant : variants()) {
        TRY_ASSIGN(const Profile profile, parseProfile(text, variant.context));
        TRY_ASSIGN(const auto program, compile(profile));
        const std::string name = "kProgram" + std::to_string(count++);
        output += "constexpr sock_filter " + name + "[] = {\n";
        for (const sock_filter& row : program) {
            output += "{" + std::to_string(row.code) + ", " + std::to_string(row.jt) + ", " +
                      std::to_string(row.jf) + ", " + std::to_string(row.k) + "u},\n";
        }
        output += "};\n";
        table +=
            "{\"" + variant.word + "\", " + name + ", " + (allows32Bit(profile) ? "true" : "false") + "},\n";
    }
    return sys::replaceFile(outputPath, output + table + "};\n", 0644, sys::Durability::Process);
}

}  // namespace
}  // namespace coracle::seccomp

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: coracle-seccomp-generate PROFILE.json OUTPUT.inc\n", stderr);
        return 2;
    }
    const auto done = coracle::seccomp::generate(argv[1], argv[2]);
    if (!done) {
        std::fprintf(stderr, "coracle-seccomp-generate: %s\n", done.error().message().c_str());
        return 1;
    }
    return 0;
}
