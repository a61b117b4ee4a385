// SPDX-License-Identifier: Apache-2.0
// What a container that exists shares with this computer: `update --publish` and `--volume`.
#include "core/engine/local_sharing.h"

#include "core/container/bundle_mounts.h"
#include "core/container/lifecycle.h"
#include "core/container/run_spec_json.h"
#include "core/engine/engine.h"
#include "core/engine/mount_planning.h"
#include "net/user_net.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace coracle::engine {
namespace {

using net::PortMapping;
using types::MountSpec;
using types::SharedPort;

bool isUdp(const SharedPort& port) {
    return port.asked.protocol == net::Protocol::Udp;
}

/// What was asked for beside what is published now; a port that is not published yet is its own.
std::vector<SharedPort> portsOf(const KnownContainer& known) {
    const auto requested = requestedPorts(known);
    std::vector<PortMapping> published =
        known.facts.isAlive() ? container::publishedPorts(known.paths, requested) : requested;
    std::vector<SharedPort> ports;
    for (const PortMapping& asked : requested) {
        const auto found = std::find_if(published.begin(), published.end(), [&](const PortMapping& port) {
            return port.hostIp == asked.hostIp && types::coversPort(asked, port);
        });
        ports.push_back({asked, found == published.end() ? asked : *found});
        if (found != published.end()) {
            published.erase(found);
        }
    }
    return ports;
}

/// The ports of a container that runs. The destructor puts back what was changed, unless it is to stay: the
/// first error counts.
class LivePorts {
public:
    explicit LivePorts(const KnownContainer& known) : m_known(known), m_net(net::makeSlirp4netns()) {}
    ~LivePorts() {
        for (const PortMapping& port : m_added) {
            (void)m_net->removePort(m_known.paths.runDir, port);
        }
        for (const PortMapping& port : m_removed) {
            (void)m_net->addPort(m_known.paths.runDir, port);
        }
    }
    LivePorts(const LivePorts&) = delete;
    LivePorts& operator=(const LivePorts&) = delete;

    /// slirp4netns names the address of all addresses by none.
    Result<> remove(PortMapping port) {
        port.hostIp = port.hostIp == "0.0.0.0" ? "" : port.hostIp;
        auto removed = m_net->removePort(m_known.paths.runDir, port);
        if (removed) {
            m_removed.push_back(std::move(port));
        }
        // It was to be published at the next start.
        return !removed && removed.error().kind() == ErrorKind::NotFound ? Result<>() : std::move(removed);
    }

    Result<PortMapping> add(const PortMapping& port) {
        TRY_ASSIGN(auto added, m_net->addPort(m_known.paths.runDir, port));
        m_added.push_back(added);
        return added;
    }

    void keep() {
        m_added.clear();
        m_removed.clear();
    }

private:
    const KnownContainer& m_known;
    std::unique_ptr<net::UserNet> m_net;
    std::vector<PortMapping> m_added;
    std::vector<PortMapping> m_removed;
};

/// The wishes for ports in the place of the old ones. -P is spelled out once one of its ports is gone.
void keepPorts(types::RunSpec& spec, const std::vector<SharedPort>& before,
               const std::vector<SharedPort>& after, const types::SharingChange& change) {
    const bool spelled = spec.publishAll && !change.removePorts.empty();
    const auto isOwn = [&](const SharedPort& port) {
        const bool fromAll = spec.publishAll &&
                             std::find(spec.ports.begin(), spec.ports.end(), port.asked) == spec.ports.end();
        return spelled || !fromAll || std::find(before.begin(), before.end(), port) == before.end();
    };
    std::vector<PortMapping> ports;
    for (const SharedPort& port : after) {
        if (isOwn(port)) {
            ports.push_back(port.asked);
        }
    }
    spec.ports = std::move(ports);
    spec.publishAll = spec.publishAll && !spelled;
}

nlohmann::json textsOf(const std::vector<SharedPort>& ports) {
    nlohmann::json texts = nlohmann::json::array();
    for (const SharedPort& port : ports) {
        texts.push_back(net::toText(port.published));
    }
    return texts;
}

/// By the clean path inside, which is what the documents say.
bool isAt(const std::string& target, const std::string& wanted) {
    return container::cleanPath(target) == container::cleanPath(wanted);
}

/// One change of one container, whose operation lock is held. Everything is checked and made ready first;
/// then ports of the running network, which may be refused by whoever has them; then the documents of the
/// next start; then the record. A kill on the way leaves what is shared and not recorded, and the same change
/// can be made again. The destructor takes back what was not finished.
class SharingChanger {
public:
    SharingChanger(EngineContext& context, const store::Store& store, KnownContainer known,
                   const types::SharingChange& change)
        : m_context(context)
        , m_store(store)
        , m_known(std::move(known))
        , m_change(change)
        , m_live(m_known)
        , m_before(portsOf(m_known)) {}
    ~SharingChanger() {
        for (const std::string& volume : m_newVolumes) {
            (void)m_store.volumes().remove(volume);  // the first error counts; prune finds it
        }
    }
    SharingChanger(const SharingChanger&) = delete;
    SharingChanger& operator=(const SharingChanger&) = delete;

    Result<std::vector<std::string>> run() {
        TRY(planPorts());
        TRY(planMounts());
        TRY(changeLivePorts());
        TRY(writeDocuments());
        TRY(writeRecord());
        m_live.keep();
        m_newVolumes.clear();
        TRY(writePorts());
        return std::move(m_warnings);
    }

private:
    Result<> planPorts();
    Result<> removeMounts();
    Result<> checkTargets() const;
    Result<> planMounts();
    Result<> changeLivePorts();
    Result<> writeDocuments();
    Result<> writeRecord();
    Result<> writePorts() const;
    void warnOfStart(const std::string& what) {
        m_warnings.push_back(what + " when '" + m_known.record.name + "' is started again: coracle restart " +
                             m_known.record.name);
    }

    EngineContext& m_context;
    const store::Store& m_store;
    KnownContainer m_known;
    const types::SharingChange& m_change;
    LivePorts m_live;
    std::vector<SharedPort> m_before;
    std::vector<SharedPort> m_after;
    std::optional<std::vector<SharedPort>> m_published;  ///< none: as before
    container::MountDocuments m_documents;               ///< empty: they stay as they are
    std::vector<std::string> m_newVolumes;               ///< anonymous ones that nobody else knows yet
    std::vector<std::string> m_warnings;
};

Result<> SharingChanger::planPorts() {
    TRY_ASSIGN(m_after, types::changePorts(m_before, m_change));
    if (m_change.addPorts.empty() && m_change.removePorts.empty()) {
        return {};
    }
    if (m_known.spec.network != "slirp4netns") {
        return Error(ErrorKind::Conflict, "container '" + m_known.record.name +
                                              "' has no network of its own whose ports could be published: "
                                              "--network " +
                                              m_known.spec.network)
            .withHint("ports belong to containers with the network slirp4netns");
    }
    keepPorts(m_known.spec, m_before, m_after, m_change);
    return {};
}

Result<> SharingChanger::removeMounts() {
    auto& volumes = m_known.details.volumes;
    for (const std::string& target : m_change.removeTargets) {
        const auto asked =
            std::erase_if(m_known.spec.mounts, [&](const auto& mount) { return isAt(mount.target, target); });
        const auto volume = std::find_if(volumes.begin(), volumes.end(),
                                         [&](const auto& use) { return isAt(use.target, target); });
        if (asked == 0 && volume == volumes.end()) {
            return Error(ErrorKind::NotFound, "container '" + m_known.record.name +
                                                  "' has no folder or volume at '" + target + "'");
        }
        if (volume != volumes.end()) {
            m_warnings.push_back("volume '" + volume->name + "' stays, with its files");
            volumes.erase(volume);
        }
        std::erase_if(m_known.details.images, [&](const auto& use) { return isAt(use.target, target); });
    }
    return {};
}

Result<> SharingChanger::checkTargets() const {
    const auto& added = m_change.addMounts;
    for (auto mount = added.begin(); mount != added.end(); ++mount) {
        const auto same = [&](const auto& other) { return isAt(other.target, mount->target); };
        const auto& spec = m_known.spec.mounts;
        const auto& volumes = m_known.details.volumes;
        if (std::any_of(spec.begin(), spec.end(), same) ||
            std::any_of(volumes.begin(), volumes.end(), same) || std::any_of(added.begin(), mount, same)) {
            return Error(ErrorKind::AlreadyExists, "container '" + m_known.record.name +
                                                       "' has a folder or volume at '" + mount->target +
                                                       "' already")
                .withHint("take that one away first: --volume-rm " + mount->target);
        }
    }
    return {};
}

Result<> SharingChanger::planMounts() {
    if (m_change.addMounts.empty() && m_change.removeTargets.empty()) {
        return {};
    }
    TRY(removeMounts());
    TRY(checkTargets());
    std::vector<container::PlannedMount> planned;
    for (const MountSpec& mount : m_change.addMounts) {
        TRY_ASSIGN(auto one, planMount(m_context, m_known.paths, mount));
        if (isAnonymousVolume(mount)) {
            m_newVolumes.push_back(one.volumeName);
        }
        if (!one.volumeName.empty()) {
            m_known.details.volumes.push_back({one.volumeName, mount.target});
        }
        if (auto use = imageUse(one)) {
            m_known.details.images.push_back(*std::move(use));
        }
        m_known.spec.mounts.push_back(mount);
        planned.push_back(std::move(one));
    }
    std::vector<std::string> removed;
    for (const std::string& target : m_change.removeTargets) {
        removed.push_back(container::cleanPath(target));
    }
    container::MountDocuments documents;
    TRY_ASSIGN(documents.config, sys::readFile(m_known.paths.config(), json::kMaxDocumentBytes));
    TRY_ASSIGN(documents.overlay, sys::readFile(m_known.paths.overlay(), json::kMaxDocumentBytes));
    TRY_ASSIGN(m_documents, container::changeMounts(documents, removed, planned));
    if (m_known.facts.isAlive() || m_known.facts.status == types::ContainerStatus::Restarting) {
        warnOfStart("folders and volumes change, and its own files stay,");
    }
    return {};
}

/// slirp4netns takes ports at any time; the relay of UDP is given its ports when it is started.
Result<> SharingChanger::changeLivePorts() {
    if (!m_known.facts.isAlive()) {
        return {};
    }
    bool udp = false;
    for (const SharedPort& port : m_before) {
        if (std::find(m_after.begin(), m_after.end(), port) == m_after.end()) {
            udp = udp || isUdp(port);
            TRY(isUdp(port) ? Result<>() : m_live.remove(port.published));
        }
    }
    std::vector<SharedPort> running;
    for (SharedPort& port : m_after) {
        const bool isNew = std::find(m_before.begin(), m_before.end(), port) == m_before.end();
        if (isNew && !isUdp(port)) {
            TRY_ASSIGN(port.published, m_live.add(port.asked));
        }
        udp = udp || (isNew && isUdp(port));
        if (!isNew || !isUdp(port)) {
            running.push_back(port);
        }
    }
    if (udp) {
        warnOfStart("udp ports change");
    }
    if (m_after != m_before) {
        m_published = std::move(running);
    }
    return {};
}

/// Last, as it is only for show: without it the ports that were asked for are shown.
Result<> SharingChanger::writePorts() const {
    return m_published ? sys::replaceFile(m_known.paths.ports(), json::toText(textsOf(*m_published)), 0600,
                                          sys::Durability::Process)
                       : Result<>();
}

/// What copies from the image goes first: a kill in between leaves a word about a mount that is not there.
Result<> SharingChanger::writeDocuments() {
    if (m_documents.config.empty()) {
        return {};
    }
    TRY(sys::replaceFile(m_known.paths.overlay(), m_documents.overlay, 0600, sys::Durability::Disk));
    return sys::replaceFile(m_known.paths.config(), m_documents.config, 0600, sys::Durability::Disk);
}

Result<> SharingChanger::writeRecord() {
    m_known.record.specJson = container::toJsonText(m_known.spec);
    m_known.record.detailsJson = container::toJsonText(m_known.details);
    m_known.record.volumes.clear();
    for (const auto& use : m_known.details.volumes) {
        m_known.record.volumes.push_back(use.name);
    }
    TRY_ASSIGN(m_known.record.images, mountedImages(m_known.details));
    TRY(m_store.containers().update(m_known.record));
    m_store.events().append("container", "update", m_known.record.id,
                            {{"image", m_known.record.image}, {"name", m_known.record.name}});
    return {};
}

}  // namespace

Result<std::vector<std::string>> Sharing::changeSharing(const std::string& /*id*/,
                                                        const types::SharingChange& /*change*/) {
    return Error(ErrorKind::Unsupported, "this engine does not change what containers share");
}

Sharing& Engine::sharing() {
    static Sharing kNone;
    return kNone;
}

/// Read again under the lock: two changes at once do not undo each other.
Result<std::vector<std::string>> LocalSharing::changeSharing(const std::string& id,
                                                             const types::SharingChange& change) {
    TRY_ASSIGN(const auto found, loadContainer(m_context, id));
    TRY_ASSIGN(const auto lock, container::lockOperation(found.paths, "update"));
    TRY_ASSIGN(auto known, loadContainer(m_context, found.record.id));
    if (known.damaged) {
        return Error(ErrorKind::Corrupt, "the record of container '" + known.record.name + "' is damaged")
            .withHint("remove it and make it again");
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    return SharingChanger(m_context, *store, std::move(known), change).run();
}

}  // namespace coracle::engine
