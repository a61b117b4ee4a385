// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/program.h"

/// The whole program is runtimeMain(), because coracle-monitor links it as well and runs it in a fork of
/// its own (program.h).
int main(int argc, char** argv) {
    return coracle::runtime::runtimeMain({argv + 1, argv + argc});
}
