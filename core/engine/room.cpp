// SPDX-License-Identifier: Apache-2.0
#include "core/engine/room.h"

#include "core/engine/store_settings.h"

#include <algorithm>

#include <sys/statvfs.h>

namespace coracle::engine {

Result<> requireRoom(const store::Store& store, std::uint64_t bytes, const std::string& what,
                     const std::stop_token& stop) {
    constexpr std::uint64_t kHundred = 100;
    TRY_ASSIGN(const types::StoreSettings settings, loadStoreSettings());
    store::Store::RoomLimits limits{.reservedBytes = settings.reserveBytes,
                                    .quotaBytes = settings.quotaBytes};
    struct statvfs disk {};
    if (settings.reservePercent > 0 && ::statvfs(store.layout().root().c_str(), &disk) == 0) {
        const std::uint64_t all = std::uint64_t{disk.f_blocks} * disk.f_frsize;
        limits.reservedBytes = std::max(limits.reservedBytes,
                                        all / kHundred * static_cast<std::uint64_t>(settings.reservePercent));
    }
    return store.requireSpace(bytes, what, limits, stop);
}

}  // namespace coracle::engine
