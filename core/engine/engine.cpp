// SPDX-License-Identifier: Apache-2.0
#include "core/engine/engine.h"

namespace coracle::engine {
namespace {

Error unsupported() {
    return {ErrorKind::Unsupported, "this engine has no control groups"};
}

Error noArchives() {
    return {ErrorKind::Unsupported, "this engine has no archives"};
}

}  // namespace

Result<> Images::untag(const std::string& /*reference*/, const std::vector<std::string>& /*names*/) {
    return Error(ErrorKind::Unsupported, "this engine cannot take names away");
}

Result<std::string> Images::manifest(const std::string& /*reference*/, std::stop_token /*stop*/) {
    return Error(ErrorKind::Unsupported, "this engine shows no manifests");
}

Result<> Archives::save(const std::vector<std::string>& /*names*/, types::ArchiveFormat /*format*/,
                        const types::OutputPlace& /*place*/, std::stop_token /*stop*/) {
    return noArchives();
}

Result<> Archives::load(const types::InputPlace& /*place*/, const types::PullProgress& /*progress*/,
                        const std::function<void(const types::LoadedImage&)>& /*loaded*/,
                        std::stop_token /*stop*/) {
    return noArchives();
}

Result<types::MadeImage> Archives::commit(const std::string& /*container*/,
                                          const types::CommitOptions& /*options*/, std::stop_token /*stop*/) {
    return noArchives();
}

Result<> Archives::exportFiles(const std::string& /*container*/, const types::OutputPlace& /*place*/,
                               std::stop_token /*stop*/) {
    return noArchives();
}

Result<types::MadeImage> Archives::importFiles(const types::InputPlace& /*place*/,
                                               const types::ImportOptions& /*options*/,
                                               std::stop_token /*stop*/) {
    return noArchives();
}

Result<types::CopyReport> Archives::copy(const types::CopyPlace& /*from*/, const types::CopyPlace& /*to*/,
                                         const types::CopyOptions& /*options*/,
                                         const std::function<void(std::uint64_t)>& /*moved*/,
                                         std::stop_token /*stop*/) {
    return noArchives();
}

Result<std::vector<types::ImageFile>> Archives::listFolder(const std::string& /*container*/,
                                                           const std::string& /*path*/,
                                                           std::stop_token /*stop*/) {
    return noArchives();
}

Result<types::FoundFiles> Archives::findFiles(const std::string& /*container*/, const std::string& /*words*/,
                                              std::stop_token /*stop*/) {
    return noArchives();
}

Result<std::string> Archives::readFileStart(const std::string& /*container*/, const std::string& /*path*/,
                                            types::FileVersion /*version*/, std::stop_token /*stop*/) {
    return noArchives();
}

Result<> Archives::restorePaths(const std::string& /*container*/, const std::vector<std::string>& /*paths*/,
                                std::stop_token /*stop*/) {
    return noArchives();
}

Result<std::vector<types::Change>> Archives::containerChanges(const std::string& /*container*/,
                                                              std::stop_token /*stop*/) {
    return noArchives();
}

Result<std::vector<types::Change>> Archives::imageChanges(const std::string& /*image*/,
                                                          const std::string& /*base*/,
                                                          std::stop_token /*stop*/) {
    return noArchives();
}

Result<std::vector<types::LayerFiles>> Archives::imageFiles(const std::string& /*image*/,
                                                            std::stop_token /*stop*/) {
    return noArchives();
}

Archives& Engine::archives() {
    static Archives none;
    return none;
}

Result<std::vector<types::ProcessInfo>> Resources::processes(const std::string& /*id*/) {
    return unsupported();
}

Result<> Resources::setRestart(const std::string& /*id*/, const types::RestartSpec& /*restart*/) {
    return unsupported();
}

Result<int> Resources::checkHealth(const std::string& /*id*/) {
    return unsupported();
}

Result<types::ContainerStats> Resources::stats(const std::string& /*id*/) {
    return unsupported();
}

Result<types::ContainerStats> Resources::statsOf(const types::ContainerSummary& summary) {
    return stats(summary.id);
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
