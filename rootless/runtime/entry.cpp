// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/program.h"

int main(int argc, char** argv) {
    return coracle::runtime::runtimeMain({argv + 1, argv + argc});
}
