// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/spec_builder.h"
#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/image/manifest.h"
#include "core/types/run_spec.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::engine {

/// Makes one container from a local image: bundle first, row last, so that a kill in between leaves
/// garbage without a name. The destructor undoes what was not committed.
/// The steps: read the image's config; decide (core/container, pure); make volumes; write the bundle;
/// insert the row, which is where the name is won or lost. The operation lock of the run folder is held
/// from before the bundle exists, by which sweepers know that it has an owner. One object for one
/// container, one thread.
class ContainerCreator {
public:
    ContainerCreator(EngineContext& context, const store::Store& store, const types::RunSpec& spec)
        : m_context(context), m_store(store), m_spec(spec) {}
    ~ContainerCreator();
    ContainerCreator(const ContainerCreator&) = delete;
    ContainerCreator& operator=(const ContainerCreator&) = delete;

    /// Make it; what it is called, and what was asked for and is not so. Blocks on the disk. Errors:
    /// InvalidArgument, NotFound (bind source, env file, user), AlreadyExists (name), Corrupt (image),
    /// Unsupported (a limit that cannot be held).
    Result<CreatedContainer> create(const store::ImageRecord& image);
    /// What create() has made, as loadContainer() would give it. Call it once, at last.
    KnownContainer takeCreated();

private:
    Result<> loadImage(const store::ImageRecord& image);
    Result<container::EnvList> readEnvFiles() const;
    Result<> addLabelFiles(types::RunSpec& spec) const;
    Result<> takeVolumesFrom();
    Result<> followImage(const container::RecordDetails& other, types::MountSpec& mount) const;
    Result<> chooseShared();
    Result<> followNames();
    Result<std::vector<container::RecordDetails>> detailsOfAll() const;
    Result<> chooseLinks();
    void addLinkVariables();
    std::vector<std::pair<std::string, std::string>> linkedHosts() const;
    types::RunSpec idsOf() const;
    void warnOfPorts();
    void warnOfMounts(const container::ResolvedUser& user);
    Result<> readSecrets();
    Result<> writeSecrets() const;
    Result<container::PlannedMount> planTimeZone() const;
    Result<container::ResolvedUser> findUser() const;
    Result<> readSeccompProfile();
    Result<> checkDevices();
    Result<> readDescribedDevices();
    Result<> readHooks();
    Result<> checkDescribed(const container::ChosenDevice& device);
    Result<> chooseSlice(container::BundleInput& input);
    Result<> introduceUser();
    Result<> planMounts();
    Result<> takeMount(const types::MountSpec& mount);
    Result<> writeBundle(const container::BundleDocuments& documents);
    Result<> insertRow(const store::ImageRecord& image);

    EngineContext& m_context;
    const store::Store& m_store;
    types::RunSpec m_spec;
    std::string m_id;
    container::ContainerPaths m_paths;
    image::ImageConfig m_image;
    container::ProcessPlan m_process;
    container::HostFacts m_host;
    std::vector<std::string> m_lowerDirs;
    std::vector<container::PlannedMount> m_mounts;
    store::ContainerRecord m_record;
    container::RecordDetails m_details;
    std::vector<std::string> m_newVolumes;  ///< anonymous ones that nobody else knows yet
    std::string m_name;
    std::vector<std::string> m_warnings;
    container::SharedContainer m_shared;
    struct Linked {
        KnownContainer other;
        std::string address;
        std::string alias;
    };
    std::vector<Linked> m_linked;
    std::vector<container::LinkUse> m_links;
    struct Secret {
        types::SecretUse use;
        std::string content;
    };
    std::vector<Secret> m_secrets;
    std::vector<container::ChosenDevice> m_described;
    std::vector<container::Hook> m_hooks;
    std::uint32_t m_sliceFirst = 0;
    std::uint32_t m_sliceSize = 0;
    std::optional<sys::FileLock> m_lock;       ///< tells sweepers that the folder has an owner
    std::optional<sys::FileLock> m_linkLock;   ///< the same for the numbers of links
    std::optional<sys::FileLock> m_sliceLock;  ///< held from the choice of a slice until its row exists
    bool m_dataExists = false;
    bool m_committed = false;
};

/// What the spec builder has to know about this computer; `context` says where the overlay is to lie.
/// Reads files and may start the storage probe. Errors: as chooseStorageDriver().
Result<container::HostFacts> gatherHostFacts(const EngineContext& context, const types::RunSpec& spec);

}  // namespace coracle::engine
