// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>

namespace coracle::types {

/// How loudly a client with windows reports it: a notice passes by itself, an error asks to be read.
enum class Severity : std::uint8_t { Notice, Warning, Error };

/// What each client makes of an error kind. This is the only such table.
struct ErrorRow {
    int exitCode;    ///< of the command line, outside `run` and `exec` which have docker's 125 to 127
    int httpStatus;  ///< of the REST API
    Severity severity;
    /// For people: names the kind where only the kind is known.
    const char* word;
};

const ErrorRow& errorRow(ErrorKind kind);

}  // namespace coracle::types
