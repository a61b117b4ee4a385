// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/registry_settings.h"
#include "rootless/sys/result.h"

#include <string>

namespace coracle::registry {

/// Write one row of a file of registry settings, in place of the one that is called `replaced`; empty: of its
/// own name. The other rows stay as they are. The file is read, changed and replaced atomically under a lock,
/// with mode 0600; a reader sees the old or the new one. Blocks up to 5 s for the lock.
/// Errors: InvalidArgument for a row that could not be read again, or a file that it names and is not there;
/// AlreadyExists when a row of another name would be lost; Corrupt when the file has a mistake, which is left
/// alone; Unavailable when another one holds the lock; by errno.
Result<> saveRegistry(const std::string& file, const types::RegistrySettings& settings,
                      const std::string& replaced);

/// Take a row away. Errors: NotFound; as above.
Result<> forgetRegistry(const std::string& file, const std::string& name);

}  // namespace coracle::registry
