// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/engine/local_images.h"
#include "core/engine/trash.h"

namespace coracle::engine {

/// The trash of this computer's store. Thread-safe: holds nothing but references.
class LocalTrash final : public Trash {
public:
    LocalTrash(EngineContext& context, LocalImages& images) : m_context(context), m_images(images) {}

    Result<std::vector<types::Removal>> list(std::stop_token stop) override;
    Result<std::vector<types::Restored>> undo(const types::UndoOptions& options) override;
    Result<types::EmptiedTrash> empty(const std::vector<std::int64_t>& numbers,
                                      std::stop_token stop) override;
    Result<> tidy(std::stop_token stop) override;
    Result<types::ObjectKind> setProtected(const std::string& nameOrId, bool isProtected) override;

private:
    Result<types::Restored> restore(const store::Store& store, const store::RemovalRecord& record,
                                    const std::string& newName);
    EngineContext& m_context;
    LocalImages& m_images;
};

/// A removal as people see it.
types::Removal describe(const store::RemovalRecord& record);

}  // namespace coracle::engine
