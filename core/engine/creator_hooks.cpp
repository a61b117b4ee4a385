// SPDX-License-Identifier: Apache-2.0
// Programs that the runtime runs around a container's life: --hooks-dir.
#include "core/container/hook_files.h"
#include "core/engine/container_creator.h"
#include "core/engine/trusted_file.h"

#include <algorithm>
#include <map>

namespace coracle::engine {

/// Now and not at each start: the container keeps what it was made with. A file of a later folder takes the
/// place of one of its name, and all run in the order of their names, as podman has it.
Result<> ContainerCreator::readHooks() {
    if (m_spec.hooksDirs.empty()) {
        return {};
    }
    std::map<std::string, std::string> files;
    for (const std::string& folder : m_spec.hooksDirs) {
        auto list = filesOfFolder(folder, {".json"}, container::kMaxHookFiles, "descriptions of hooks");
        if (!list) {
            return std::move(list).error().context("folder of hooks");
        }
        for (const std::string& file : *list) {
            files[file.substr(file.rfind('/') + 1)] = file;
        }
    }
    container::HookSubject subject;
    subject.program = m_process.arguments.front();
    subject.annotations = m_spec.annotations;
    subject.hasBindMounts = std::any_of(m_spec.mounts.begin(), m_spec.mounts.end(), [](const auto& mount) {
        return mount.kind == types::MountSpec::Kind::Bind;
    });
    for (const auto& [name, file] : files) {
        TRY_ASSIGN(const auto text,
                   readTrustedFile(file, container::kMaxHookFileBytes, "the description of a hook"));
        TRY_ASSIGN(const auto described, container::parseHookFile(file, text));
        if (container::isFor(described.when, subject)) {
            m_hooks.insert(m_hooks.end(), described.hooks.begin(), described.hooks.end());
        }
    }
    return {};
}

}  // namespace coracle::engine
