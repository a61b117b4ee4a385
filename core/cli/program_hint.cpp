// SPDX-License-Identifier: Apache-2.0
#include "core/cli/program_hint.h"

#include <utility>

namespace coracle::cli {
namespace {

bool isAboutProgram(const Error& error) {
    return error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::PermissionDenied;
}

}  // namespace

Error withProgramHint(Error error, const Words& command, const std::string& before) {
    if (command.empty() || !isAboutProgram(error)) {
        return error;
    }
    const std::string& program = command.front();
    if (program.starts_with('-')) {
        return std::move(error).withHint("options come before " + before +
                                         "; what comes after it is the program");
    }
    if (program.find(' ') != std::string::npos) {
        return std::move(error).withHint(
            "a program and its arguments are words of their own: leave out the quotes, "
            "or let a shell read them: sh -c '" +
            program + "'");
    }
    return error;
}

Error withEntrypointHint(Error error, const Words& entrypoint) {
    const bool several = entrypoint.size() == 1 && entrypoint.front().find(' ') != std::string::npos;
    return several && isAboutProgram(error)
               ? std::move(error).withHint(
                     "an entrypoint is one program: its arguments come after the image, or all "
                     "of it is a list: --entrypoint '[\"sh\",\"-c\"]'")
               : error;
}

}  // namespace coracle::cli
