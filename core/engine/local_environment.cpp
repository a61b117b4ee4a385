// SPDX-License-Identifier: Apache-2.0
// Variables of a container that exists: `update --env` and `--unsetenv`.
#include "core/container/bundle_environment.h"
#include "core/container/lifecycle.h"
#include "core/container/run_spec_json.h"
#include "core/engine/local_sharing.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <algorithm>

namespace coracle::engine {
namespace {

/// NUL ends a variable for the kernel, '=' its name; environ(7).
Result<> checkVariables(const types::EnvironmentChange& change) {
    constexpr char kNul = '\0';
    for (const auto& [name, value] : change.set) {
        if (name.empty() || name.find('=') != std::string::npos || name.find(kNul) != std::string::npos ||
            value.find(kNul) != std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "environment variable '" + name + "' is not allowed")
                .withHint("a name has no '=', and neither name nor value has a zero byte");
        }
    }
    return {};
}

/// What the person asked for: a variable of the image, once unset, comes back in a copy of the container.
void changeAsked(types::RunSpec& spec, const types::EnvironmentChange& change) {
    const auto isOf = [](const std::string& name) {
        return [&name](const auto& variable) { return variable.first == name; };
    };
    for (const std::string& name : change.unset) {
        std::erase_if(spec.env, isOf(name));
    }
    for (const auto& [name, value] : change.set) {
        const auto place = std::find_if(spec.env.begin(), spec.env.end(), isOf(name));
        if (place == spec.env.end()) {
            spec.env.emplace_back(name, value);
        } else {
            place->second = value;
        }
    }
}

}  // namespace

Result<std::vector<std::string>> Sharing::changeEnvironment(const std::string& /*id*/,
                                                            const types::EnvironmentChange& /*change*/) {
    return Error(ErrorKind::Unsupported, "this engine does not change the variables of containers");
}

/// Read again under the lock, as changeSharing() does. The document of the next start goes first: a kill in
/// between leaves it ahead of the record, and the same change can be made again.
Result<std::vector<std::string>> LocalSharing::changeEnvironment(const std::string& id,
                                                                 const types::EnvironmentChange& change) {
    TRY(checkVariables(change));
    TRY_ASSIGN(const auto found, loadContainer(m_context, id));
    TRY_ASSIGN(const auto lock, container::lockOperation(found.paths, "update"));
    TRY_ASSIGN(auto known, loadContainer(m_context, found.record.id));
    if (known.damaged) {
        return Error(ErrorKind::Corrupt, "the record of container '" + known.record.name + "' is damaged")
            .withHint("remove it and make it again");
    }
    known.details.env = container::changeVariables(std::move(known.details.env), change);
    changeAsked(known.spec, change);
    TRY_ASSIGN(const auto config, sys::readFile(known.paths.config(), json::kMaxDocumentBytes));
    TRY_ASSIGN(const auto changed, container::replaceVariables(config, known.details.env));
    TRY(sys::replaceFile(known.paths.config(), changed, 0600, sys::Durability::Disk));
    known.record.specJson = container::toJsonText(known.spec);
    known.record.detailsJson = container::toJsonText(known.details);
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->containers().update(known.record));
    store->events().append("container", "update", known.record.id,
                           {{"image", known.record.image}, {"name", known.record.name}});
    std::vector<std::string> warnings;
    if (known.facts.isAlive() || known.facts.status == types::ContainerStatus::Restarting) {
        warnings.push_back("variables change, and its own files stay, when '" + known.record.name +
                           "' is started again: coracle restart " + known.record.name);
    }
    return warnings;
}

}  // namespace coracle::engine
