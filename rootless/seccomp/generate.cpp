// SPDX-License-Identifier: Apache-2.0
// Build tool: coracle-seccomp-generate PROFILE.json OUTPUT.inc writes the compiled profile as rows of
// sock_filter.
#include "rootless/seccomp/compiler.h"
#include "rootless/sys/file.h"

#include <cstdio>

namespace coracle::seccomp {
namespace {

Result<> generate(const std::string& profilePath, const std::string& outputPath) {
    TRY_ASSIGN(const std::string text, sys::readFile(profilePath, kMaxProfileBytes));
    TRY_ASSIGN(const Profile profile, parseProfile(text, {}));
    TRY_ASSIGN(const auto program, compile(profile));
    std::string rows = "// Generated from resources/seccomp/default.json.\n";
    for (const sock_filter& row : program) {
        rows += "{" + std::to_string(row.code) + ", " + std::to_string(row.jt) + ", " +
                std::to_string(row.jf) + ", " + std::to_string(row.k) + "u},\n";
    }
    return sys::replaceFile(outputPath, rows, 0644, sys::Durability::Process);
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
