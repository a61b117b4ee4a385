// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <set>
#include <string>
#include <utility>

namespace coracle::store {

struct StoreContext;
class Database;

/// Things that must not be removed until somebody says otherwise: containers and images by id, volumes by
/// name. Removals look here within their transaction. All methods may be called from any thread.
class Protections {
public:
    explicit Protections(const StoreContext& context) : m_context(context) {}

    /// Either twice is success.
    Result<> protect(RemovedKind kind, const std::string& objectId) const;
    Result<> unprotect(RemovedKind kind, const std::string& objectId) const;

    /// As requireUnprotected(), in a transaction of its own: what it says may be over at once.
    Result<> require(RemovedKind kind, const std::string& objectId, const std::string& name) const;

    using Set = std::set<std::pair<RemovedKind, std::string>>;
    Result<Set> list() const;

private:
    const StoreContext& m_context;
};

/// Within a transaction. Errors: Conflict when it is protected; `name` is for the message.
Result<> requireUnprotected(Database& database, RemovedKind kind, const std::string& objectId,
                            const std::string& name);

}  // namespace coracle::store
