// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/keeper.h"

#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
    using namespace coracle;
    if (argc == 2 && std::string_view(argv[1]) == "userns-hold") {
        const auto held = userns::holdNamespace(3);
        std::fprintf(stderr, "coracle-runtime: %s\n", held.error().message().c_str());
        return 1;
    }
    if (argc == 3 && std::string_view(argv[1]) == "userns-ensure") {
        const auto state = userns::ensureKeeper(argv[2]);
        if (!state) {
            std::fprintf(stderr, "coracle-runtime: %s\n", state.error().message().c_str());
            return 1;
        }
        return 0;
    }
    std::fprintf(stderr, "usage: coracle-runtime userns-hold\n");
    return 2;
}
