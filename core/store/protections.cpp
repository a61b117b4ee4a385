// SPDX-License-Identifier: Apache-2.0
#include "core/store/protections.h"

#include "core/store/context.h"
#include "core/store/removal_record.h"

namespace coracle::store {

Result<> requireUnprotected(Database& database, RemovedKind kind, const std::string& objectId,
                            const std::string& name) {
    TRY_ASSIGN(Statement row, database.prepare("SELECT 1 FROM protections WHERE kind = ? AND objectId = ?"));
    TRY_ASSIGN(const bool found, row.bind(1, toText(kind)).bind(2, objectId).step());
    if (!found) {
        return {};
    }
    return Error(ErrorKind::Conflict, std::string(toText(kind)) + " '" + name + "' is protected")
        .withHint("'coracle unprotect " + name + "' lets it be removed");
}

Result<> Protections::protect(RemovedKind kind, const std::string& objectId) const {
    return m_context.database.write(Database::Sync::Yes, "protect", [&]() -> Result<> {
        TRY_ASSIGN(Statement row,
                   m_context.database.prepare("INSERT OR IGNORE INTO protections VALUES (?,?)"));
        TRY(row.bind(1, toText(kind)).bind(2, objectId).run());
        return {};
    });
}

Result<> Protections::unprotect(RemovedKind kind, const std::string& objectId) const {
    return m_context.database.write(Database::Sync::Yes, "unprotect", [&]() -> Result<> {
        TRY_ASSIGN(Statement row,
                   m_context.database.prepare("DELETE FROM protections WHERE kind = ? AND objectId = ?"));
        TRY(row.bind(1, toText(kind)).bind(2, objectId).run());
        return {};
    });
}

Result<> Protections::require(RemovedKind kind, const std::string& objectId, const std::string& name) const {
    return m_context.database.read(
        [&]() -> Result<> { return requireUnprotected(m_context.database, kind, objectId, name); });
}

Result<Protections::Set> Protections::list() const {
    Set found;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, m_context.database.prepare("SELECT kind, objectId FROM protections"));
        while (true) {
            TRY_ASSIGN(const bool more, row.step());
            if (!more) {
                return {};
            }
            TRY_ASSIGN(const RemovedKind kind, parseRemovedKind(row.text(0)));
            found.emplace(kind, row.text(1));
        }
    }));
    return found;
}

}  // namespace coracle::store
