// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/watch_error.h"

#include <utility>

namespace coracle::sys {

Error watchError(const std::string& folder, int err) {
    Error error = Error::fromErrno("watch '" + folder + "'", err);
    if (err == ENOSPC) {
        return std::move(error).withHint("raise fs.inotify.max_user_watches");
    }
    if (err == EMFILE) {
        return std::move(error).withHint("raise fs.inotify.max_user_instances");
    }
    return error;
}

}  // namespace coracle::sys
