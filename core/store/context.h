// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.h"
#include "core/store/layout.h"
#include "core/store/lookup_cache.h"
#include "core/store/pending_containers.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

/// What the parts of a store share; owned by Store, at an address that does not change.
struct StoreContext {
    StoreContext(StorePaths paths, IdMapping ids)
        : layout(std::move(paths))
        , mapping(ids)
        , lookups(layout)
        , pending(layout)
        , database(layout, pending) {}

    Layout layout;
    IdMapping mapping;
    LookupCache lookups;
    PendingContainers pending;
    mutable Database database;  ///< guards itself
};

/// Words of a helper command line up to the verb. Errors: NotFound when the program is missing.
Result<std::vector<std::string>> helperWords(const StoreContext& context);

/// Run the helper to its end; what it printed. Blocks; on a stop request the helper is ended. Errors: its
/// own, Cancelled, NotFound for a missing program.
Result<std::string> runHelper(const StoreContext& context, const std::vector<std::string>& words,
                              std::stop_token stop = {});

/// The same with text on its standard input. For verbs that print little: the output is read when the
/// helper has ended.
Result<std::string> runHelperWithInput(const StoreContext& context, const std::vector<std::string>& words,
                                       const std::string& input, std::stop_token stop = {});

/// Left for the rest of the computer in any case.
constexpr std::uint64_t kReservedBytes = 32ULL << 20U;

/// Fail when the file system of the store cannot take so many more bytes and keep a reserve. A look
/// before the work, no reservation: the disk may still fill up. Errors: Io with both numbers and a hint.
Result<> requireDiskSpace(const Layout& layout, std::uint64_t bytes, const std::string& what,
                          std::uint64_t reservedBytes = kReservedBytes);

/// After a deletion, before the free space is asked for: some file systems count what was deleted only when
/// so many bytes are wanted. Does what it can.
void settleFreeSpace(const Layout& layout, std::uint64_t bytes);

}  // namespace coracle::store
