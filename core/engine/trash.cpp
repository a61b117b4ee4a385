// SPDX-License-Identifier: Apache-2.0
#include "core/engine/trash.h"

#include "core/engine/engine.h"
#include "rootless/sys/file.h"

namespace coracle::engine {
namespace {

constexpr std::size_t kBatchDigits = 16;

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine has no trash"};
}

}  // namespace

Result<std::vector<types::Removal>> Trash::list(std::stop_token /*stop*/) {
    return unsupported();
}

Result<std::vector<types::Restored>> Trash::undo(const types::UndoOptions& /*options*/) {
    return unsupported();
}

Result<types::EmptiedTrash> Trash::empty(const std::vector<std::int64_t>& /*numbers*/,
                                         std::stop_token /*stop*/) {
    return unsupported();
}

Result<> Trash::tidy(std::stop_token /*stop*/) {
    return unsupported();
}

Result<types::ObjectKind> Trash::setProtected(const std::string& /*nameOrId*/, bool /*isProtected*/) {
    return unsupported();
}

Trash& Engine::trash() {
    static Trash none;
    return none;
}

std::string newRemovalBatch() {
    return sys::randomHex(kBatchDigits);
}

}  // namespace coracle::engine
