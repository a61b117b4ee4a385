// SPDX-License-Identifier: Apache-2.0
#include "core/engine/engine.h"

namespace coracle::engine {
namespace {

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine has no control groups"};
}

}  // namespace

Result<types::ContainerStats> Resources::stats(const std::string& /*id*/) {
    return unsupported();
}

Result<std::vector<std::string>> Resources::update(const std::string& /*id*/,
                                                   const types::ResourceSpec& /*change*/) {
    return unsupported();
}

Result<> Resources::pause(const std::string& /*id*/) {
    return unsupported();
}

Result<> Resources::unpause(const std::string& /*id*/) {
    return unsupported();
}

Result<types::ContainerSize> Containers::measure(const std::string& /*id*/, std::stop_token /*stop*/) {
    return Error(ErrorKind::Unsupported, "this engine does not know the size of containers");
}

Result<> System::events(const types::EventRange& /*range*/,
                        const std::function<void(const types::Event&)>& sink, std::stop_token stop) {
    return watch(sink, std::move(stop));
}

Resources& Engine::resources() {
    static Resources none;
    return none;
}

}  // namespace coracle::engine
