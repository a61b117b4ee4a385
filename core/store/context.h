// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.h"
#include "core/store/layout.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

/// What the parts of a store share; owned by Store, at an address that does not change.
struct StoreContext {
    StoreContext(StorePaths paths, IdMapping ids)
        : layout(std::move(paths)), mapping(ids), database(layout) {}

    Layout layout;
    IdMapping mapping;
    mutable Database database;  ///< guards itself
};

/// Words of a helper command line up to the verb. Errors: NotFound when the program is missing.
Result<std::vector<std::string>> helperWords(const StoreContext& context);

/// Run the helper to its end; what it printed. Errors: its own, Cancelled.
Result<std::string> runHelper(const StoreContext& context, const std::vector<std::string>& words,
                              std::stop_token stop = {});

/// The same with text on its standard input.
Result<std::string> runHelperWithInput(const StoreContext& context, const std::vector<std::string>& words,
                                       const std::string& input, std::stop_token stop = {});

/// Fail when the file system of the store cannot take so many more bytes.
Result<> requireDiskSpace(const Layout& layout, std::uint64_t bytes, const std::string& what);

}  // namespace coracle::store
