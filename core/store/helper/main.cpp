// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/verbs.h"
#include "core/store/helper_protocol.h"

#include <cstdio>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/stat.h>

#ifdef CORACLE_SANITIZED
/// The search for leaks at the end of the program stops it from a second process by ptrace(2) and reads
/// /proc, neither of which there is behind the walls. The unit tests look for leaks in the same code.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer's name for it
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}
#endif

/// umask 0: modes are the archive's. No message goes anywhere but to the two streams, whose form is
/// helper_protocol.h.
int main(int argc, char** argv) {
    using namespace coracle;
    (void)::umask(0);
    (void)::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of write(2)
    const std::vector<std::string> words(argv + 1, argv + argc);
    const auto printed = store::helper::runVerb(words);
    if (!printed) {
        std::fprintf(stderr, "%s\n", store::toLine(printed.error()).c_str());
        return 1;
    }
    if (!printed->empty()) {
        std::printf("%s\n", printed->c_str());
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}
