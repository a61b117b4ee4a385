// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_engine.h"

#include "core/engine/engine_context.h"
#include "core/engine/local_archives.h"
#include "core/engine/local_containers.h"
#include "core/engine/local_images.h"
#include "core/engine/local_inspection.h"
#include "core/engine/local_registries.h"
#include "core/engine/local_resources.h"
#include "core/engine/local_secrets.h"
#include "core/engine/local_sharing.h"
#include "core/engine/local_system.h"
#include "core/engine/local_trash.h"
#include "core/engine/local_upkeep.h"
#include "core/engine/local_volume_contents.h"
#include "core/engine/local_volumes.h"
#include "rootless/sys/file.h"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace coracle::engine {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it while we run
    return value == nullptr ? "" : value;
}

class LocalEngine final : public Engine {
public:
    LocalEngine(store::StorePaths places, const LocalEngineOptions& options)
        : m_context(std::move(places), options.lifetime, options.makeHttp)
        , m_images(m_context)
        , m_volumes(m_context)
        , m_containers(m_context, m_images)
        , m_system(m_context)
        , m_resources(m_context)
        , m_archives(m_context, m_images, m_resources)
        , m_registries(m_context, m_images)
        , m_inspection(m_context)
        , m_trash(m_context, m_images)
        , m_upkeep(m_context, *this)
        , m_secrets(m_context)
        , m_sharing(m_context)
        , m_volumeContents(m_context, m_volumes) {}

    Containers& containers() override { return m_containers; }
    Images& images() override { return m_images; }
    Volumes& volumes() override { return m_volumes; }
    System& system() override { return m_system; }
    Resources& resources() override { return m_resources; }
    Archives& archives() override { return m_archives; }
    Registries& registries() override { return m_registries; }
    Inspection& inspection() override { return m_inspection; }
    Trash& trash() override { return m_trash; }
    Upkeep& upkeep() override { return m_upkeep; }
    Secrets& secrets() override { return m_secrets; }
    Sharing& sharing() override { return m_sharing; }
    VolumeContents& volumeContents() override { return m_volumeContents; }

private:
    EngineContext m_context;
    LocalImages m_images;
    LocalVolumes m_volumes;
    LocalContainers m_containers;
    LocalSystem m_system;
    LocalResources m_resources;
    LocalArchives m_archives;
    LocalRegistries m_registries;
    LocalInspection m_inspection;
    LocalTrash m_trash;
    LocalUpkeep m_upkeep;
    LocalSecrets m_secrets;
    LocalSharing m_sharing;
    LocalVolumeContents m_volumeContents;
};

/// The option, our variable, the XDG base directory, its default. Empty variables count as not set,
/// relative ones are passed over (XDG Base Directory Specification).
Result<std::string> chooseRoot(const std::string& asked) {
    if (!asked.empty()) {
        return asked;
    }
    if (const std::string own = environment("CORACLE_ROOT"); !own.empty()) {
        return own;
    }
    if (const std::string data = environment("XDG_DATA_HOME"); !data.empty() && data[0] == '/') {
        return data + "/coracle";
    }
    const std::string home = environment("HOME");
    if (home.empty() || home[0] != '/') {
        return Error(ErrorKind::Unavailable, "there is no home directory to keep images and containers in")
            .withHint("set HOME, or say where with --root");
    }
    return home + "/.local/share/coracle";
}

Result<std::string> chooseRunRoot(const std::string& asked) {
    if (!asked.empty()) {
        return asked;
    }
    if (const std::string own = environment("CORACLE_RUNROOT"); !own.empty()) {
        return own;
    }
    std::string runtime = environment("XDG_RUNTIME_DIR");
    if (runtime.empty() || runtime[0] != '/') {
        runtime = "/run/user/" + std::to_string(::getuid());
        if (::access(runtime.c_str(), W_OK) != 0) {
            // A folder below /tmp could be another user's trap (security.md H3).
            return Error(ErrorKind::Unavailable, "there is no runtime directory (XDG_RUNTIME_DIR is not set)")
                .withHint("log in through a session that sets it, or give a private folder with --runroot");
        }
    }
    return runtime + "/coracle";
}

/// Paths go into records and to other programs, which have other working directories.
Result<> requireAbsolute(const std::string& path, const char* option) {
    if (path.empty() || path[0] != '/') {
        return Error(ErrorKind::InvalidArgument,
                     std::string(option) + " '" + path + "' is not an absolute path");
    }
    return {};
}

/// A person may keep the folder on another disk behind a link, and on some systems /home itself is one.
/// Below, links in paths are refused, because there they could only be somebody's trap.
std::string withoutLinks(const std::string& path) {
    if (auto real = sys::realPath(path)) {
        return *std::move(real);
    }
    std::error_code failed;  // it does not exist yet, or not all of it
    const auto resolved = std::filesystem::weakly_canonical(path, failed);
    return failed ? path : resolved.string();  // whoever uses it says what is wrong with it
}

}  // namespace

Result<std::unique_ptr<Engine>> openLocalEngine(const LocalEngineOptions& options) {
    store::StorePaths places;
    TRY_ASSIGN(places.root, chooseRoot(options.root));
    TRY_ASSIGN(places.runRoot, chooseRunRoot(options.runRoot));
    TRY(requireAbsolute(places.root, "--root"));
    TRY(requireAbsolute(places.runRoot, "--runroot"));
    places.root = withoutLinks(places.root);
    places.runRoot = withoutLinks(places.runRoot);
    return std::unique_ptr<Engine>(std::make_unique<LocalEngine>(std::move(places), options));
}

}  // namespace coracle::engine
