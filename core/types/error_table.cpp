// SPDX-License-Identifier: Apache-2.0
#include "core/types/error_table.h"

namespace coracle::types {

const ErrorRow& errorRow(ErrorKind kind) {
    // docker gives 125 for words that it cannot use and 1 for what its daemon answers; 130 is 128 +
    // SIGINT, as a shell reports it. 499 is what servers use for a client that went away; HTTP itself has
    // no status for it.
    static constexpr ErrorRow kInvalid{125, 400, Severity::Warning, "invalid argument"};
    static constexpr ErrorRow kNotFound{1, 404, Severity::Warning, "not found"};
    static constexpr ErrorRow kExists{1, 409, Severity::Warning, "already exists"};
    static constexpr ErrorRow kConflict{1, 409, Severity::Warning, "conflict"};
    static constexpr ErrorRow kDenied{1, 403, Severity::Error, "permission denied"};
    static constexpr ErrorRow kLogin{1, 401, Severity::Warning, "login needed"};
    static constexpr ErrorRow kUnavailable{1, 503, Severity::Error, "unavailable"};
    static constexpr ErrorRow kUnsupported{1, 501, Severity::Error, "unsupported"};
    static constexpr ErrorRow kCorrupt{1, 500, Severity::Error, "corrupt"};
    static constexpr ErrorRow kCancelled{130, 499, Severity::Notice, "cancelled"};
    static constexpr ErrorRow kIo{1, 500, Severity::Error, "input/output error"};
    static constexpr ErrorRow kInternal{1, 500, Severity::Error, "internal error"};
    switch (kind) {
    case ErrorKind::InvalidArgument:
        return kInvalid;
    case ErrorKind::NotFound:
        return kNotFound;
    case ErrorKind::AlreadyExists:
        return kExists;
    case ErrorKind::Conflict:
        return kConflict;
    case ErrorKind::PermissionDenied:
        return kDenied;
    case ErrorKind::Unauthenticated:
        return kLogin;
    case ErrorKind::Unavailable:
        return kUnavailable;
    case ErrorKind::Unsupported:
        return kUnsupported;
    case ErrorKind::Corrupt:
        return kCorrupt;
    case ErrorKind::Cancelled:
        return kCancelled;
    case ErrorKind::Io:
        return kIo;
    case ErrorKind::Internal:
        return kInternal;
    }
    return kInternal;
}

}  // namespace coracle::types
