// SPDX-License-Identifier: Apache-2.0
#include "core/cli/go_online.h"

#include "rootless/sys/subprocess.h"

#include <unistd.h>

namespace coracle::cli {

Error goOnline(char* const* argv) {
    const auto program = sys::findHelper("coracle-online");
    if (!program) {
        return program.error();
    }
    (void)::execv(program->c_str(), argv);
    return Error::fromErrno("execute '" + *program + "'");
}

}  // namespace coracle::cli
