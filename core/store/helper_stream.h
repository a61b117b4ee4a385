// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

struct StoreContext;
class Layout;

/// Words of a helper that unpacks the compression of a stream. A large window of a stranger's is a nameless
/// file among what is being made.
std::vector<std::string> inflateWords(const Layout& layout, std::string_view compression);

/// Descriptors of a helper that turns one stream into another; borrowed, -1: /dev/null.
struct StreamEnds {
    int input = -1;
    int output = -1;  ///< the helper's kStreamFd
};

/// Run the helper with a stream on either side, to its end; what it printed. Errors: its own, Cancelled.
Result<std::string> runHelperOnStreams(const StoreContext& context, const std::vector<std::string>& words,
                                       const StreamEnds& ends, std::stop_token stop);

/// The same with a pipe from it to us: `sink` gets the bytes as they come. inputFd: as in StreamEnds.
/// Errors: also the sink's, upon which the helper is killed.
Result<std::string> readFromHelper(const StoreContext& context, const std::vector<std::string>& words,
                                   int inputFd, const std::function<Result<>(std::string_view)>& sink,
                                   std::stop_token stop);

/// The same with a pipe from us to it: what inputFd gives is handed on, and `moved` hears the bytes so far,
/// from this thread. Errors: also those of reading.
Result<std::string> writeToHelper(const StoreContext& context, const std::vector<std::string>& words,
                                  int inputFd, const std::function<void(std::uint64_t)>& moved,
                                  const std::stop_token& stop);

}  // namespace coracle::store
