// SPDX-License-Identifier: Apache-2.0
#include "core/cli/exists_verbs.h"
#include "core/cli/verb_helpers.h"

#include <algorithm>
#include <functional>

namespace coracle::cli {
namespace {

/// Ask for one object by its name. `find`: success, NotFound, or why it is not known.
int answer(Context& context, const std::string& name, const char* what, const Words& arguments,
           const std::function<Result<>(engine::Engine&, const std::string&)>& find) {
    std::string upper = what;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    Words names;
    VerbParser parser(name, upper, std::string("Whether there is this ") + what + ": exit code 0 or 1");
    parser.words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto found = find(engine, names[0]);
    if (!found && found.error().kind() != ErrorKind::NotFound) {
        return reportError(context.console(), found.error(), kEngineFailed);
    }
    return found ? 0 : 1;
}

/// What was found does not matter.
template <typename Value>
Result<> without(const Result<Value>& result) {
    return result ? Result<>() : Result<>(result.error());
}

}  // namespace

int cmdContainerExists(Context& context, const std::string& name, const Words& arguments) {
    return answer(context, name, "container", arguments, [](engine::Engine& engine, const std::string& id) {
        return without(engine.containers().inspect(id));
    });
}

int cmdImageExists(Context& context, const std::string& name, const Words& arguments) {
    return answer(context, name, "image", arguments,
                  [](engine::Engine& engine, const std::string& reference) {
                      return without(engine.images().inspect(reference));
                  });
}

int cmdVolumeExists(Context& context, const std::string& name, const Words& arguments) {
    return answer(context, name, "volume", arguments, [](engine::Engine& engine, const std::string& volume) {
        return without(engine.volumes().inspect(volume));
    });
}

}  // namespace coracle::cli
