// SPDX-License-Identifier: Apache-2.0
#include "core/engine/removal_order.h"

#include "core/engine/store_settings.h"
#include "core/engine/trash.h"

#include <algorithm>

#include <sys/statvfs.h>

namespace coracle::engine {
namespace {

/// Below a twentieth of the disk, but at most this, a removal gives its room back at once.
constexpr std::uint64_t kPlentyBytes = 1ULL << 30U;
constexpr std::uint64_t kLowShare = 20;

bool isNearlyFull(const std::string& root) {
    struct statvfs disk {};
    if (::statvfs(root.c_str(), &disk) != 0) {
        return false;
    }
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    const std::uint64_t all = std::uint64_t{disk.f_blocks} * disk.f_frsize;
    return free < std::min(all / kLowShare, kPlentyBytes);
}

}  // namespace

Result<store::RemovalOrder> orderFor(EngineContext& context, const std::string& batch) {
    TRY_ASSIGN(const types::StoreSettings settings, loadStoreSettings());
    const bool off = settings.trashDays == 0 || settings.trashPercent == 0;
    const bool kept = !off && !isNearlyFull(context.places().root);
    return store::RemovalOrder{kept ? store::Fate::Kept : store::Fate::Deleted,
                               batch.empty() ? newRemovalBatch() : batch};
}

void lookAfterTrash(EngineContext& context, const store::RemovalOrder& order) {
    if (order.fate == store::Fate::Kept) {
        context.tidyTrashLater();
    } else if (const auto store = context.store()) {
        (void)(*store)->trash().purgeInBackground();  // the next removal takes along what this one leaves
    }
}

}  // namespace coracle::engine
