// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/warnings.h"

#include "rootless/sys/file.h"

#include <unistd.h>

namespace coracle::runtime {

void warn(const Log& log, const std::vector<std::string>& warnings) {
    for (const std::string& warning : warnings) {
        if (log.path.empty()) {
            (void)sys::writeAll(STDERR_FILENO,
                                "coracle-runtime: warning: " + warning + "\n");  // nobody to tell
        }
        writeLog(log, "warning", warning);
    }
}

}  // namespace coracle::runtime
