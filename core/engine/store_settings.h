// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/store_settings.h"
#include "rootless/sys/result.h"

#include <string>

namespace coracle::engine {

/// The user's settings file; empty when no home folder is known.
std::string storeSettingsFile();

/// The user's. A missing file is none. Errors: Corrupt naming file, line and member.
Result<types::StoreSettings> loadStoreSettings();
/// Of a file; an empty name is none.
Result<types::StoreSettings> loadStoreSettings(const std::string& file);

/// Replace the file by one that has all settings; whole or not at all. Errors: by errno; InvalidArgument for
/// values that loading would refuse.
Result<> saveStoreSettings(const std::string& file, const types::StoreSettings& settings);

}  // namespace coracle::engine
