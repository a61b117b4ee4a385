// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <optional>
#include <string>

namespace coracle::userns {

/// What keeper.json says of the namespace that the keeper holds beside its own (mirror.h).
struct MirrorRecord {
    int fd = -1;  ///< number of its descriptor in the keeper
    IdMaps maps;
    std::string limits;  ///< namespaceLimits() of its maker
};

/// keeper.json: which process the keeper is, and what it gives.
struct KeeperRecord {
    sys::ProcessIdentity process;
    bool single = false;  ///< one id only
    std::string reason;   ///< why it is single
    std::optional<MirrorRecord> mirror;
};

/// Read it. Errors: by errno, Corrupt. That it is there says nothing about the process.
Result<KeeperRecord> readKeeperRecord(const std::string& keeperDir);

/// Put it in place of what is there. The folder is in the run folder: nothing needs to reach a disk.
Result<> writeKeeperRecord(const std::string& keeperDir, const KeeperRecord& record);

}  // namespace coracle::userns
