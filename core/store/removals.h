// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "core/store/references.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;
class Database;

/// What was removed and can be brought back: rows of the table `removals`, and folders in removed/.
///
/// A removal is one transaction (row away, removal noted), then one rename of the folder, whatever its size.
/// An image has no folder: its layers and blobs are shared, so they stay where they are, kept by the removal
/// as an image would keep them. To undo is one transaction the other way, in which the folder is renamed back
/// first; to purge is one transaction that forgets the removal, then a rename into trash/. All of them move
/// folders under the lock of the database, after a look at the rows, so a removal is brought back or purged
/// and never both, and what a kill leaves in between is put right by whoever comes next: a folder at its old
/// place with a removal goes to removed/ (settle), one in removed/ without a removal goes to trash/ (sweep).
/// All methods may be called from any thread.
class Removals {
public:
    explicit Removals(const StoreContext& context) : m_context(context) {}

    /// Newest first, with the bytes that are freed when each is purged after all that are older, so their sum
    /// is what emptying the trash frees. Measures nothing: see measure().
    Result<std::vector<RemovalRecord>> list() const;

    /// Move the folder of a removed thing to removed/: for the remover, once nobody writes into it any more.
    /// No such removal, or nothing to move, is success.
    Result<> settle(std::int64_t id) const;

    /// What bringing something back came to.
    struct Restored {
        RemovalRecord removal;
        std::string name;                     ///< it has now; may be empty for an image
        std::vector<std::string> names;       ///< of an image: all that it got back
        std::vector<std::string> takenNames;  ///< of an image: those that another image has now
    };
    /// Bring one back, under another name if one is given; it is no removal any more when this returns. What
    /// an emptied volume held goes back into it; nothing may run in it meanwhile.
    /// Errors: NotFound; AlreadyExists when its name is taken or the volume has files again, Corrupt when its
    /// data is gone.
    Result<Restored> restore(std::int64_t id, const std::string& newName) const;

    /// Give up these for ever; what was deleted. The folders are moved to trash/, for Trash::purge(). Those
    /// that are not there are passed over.
    Result<FreedContent> purge(const std::vector<std::int64_t>& ids) const;

    /// Measure what has no size yet: folders of removals, and layers of the store. Walks their trees.
    /// Errors: the helper's, Cancelled.
    Result<> measure(std::stop_token stop = {}) const;

    /// Put right what kills and power cuts left: folders of removed/ without a removal, removals whose
    /// folder is at its old place.
    Result<> sweep() const;

    /// Whether the volume's or container's folder is kept by a removal; then it was moved to removed/. Under
    /// the lock of the database. For whoever finds a folder without a row.
    static Result<bool> settlePlace(const StoreContext& context, RemovedKind kind, const std::string& name);

    /// Whether it had a folder that is nowhere any more.
    static bool hasLostItsData(const StoreContext& context, const RemovalRecord& removal);

    /// Where the folder of a removed volume is, or that with the content of an emptied one.
    static std::string keptVolume(const Layout& layout, std::int64_t id);

private:
    Result<> requireEmptyPlace(std::int64_t id) const;
    const StoreContext& m_context;
};

/// Within Database::write() or erase(): note a removal with what it keeps. Its number.
Result<std::int64_t> noteRemoval(Database& database, const RemovalRecord& removal,
                                 const std::set<std::string>& layers, const std::set<std::string>& blobs);

/// Within a transaction: forget a removal and the layers that it alone kept; what may be deleted now is added
/// to `freed`. Its folder is moved to removed/ before, if need be. false: there is no such removal.
Result<bool> forgetRemoval(const StoreContext& context, std::int64_t id, FreedContent& freed);

}  // namespace coracle::store
