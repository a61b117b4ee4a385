// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/parent.h"

#include "rootless/mounts/mount_plan.h"
#include "rootless/overlay/driver.h"
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/id_mapped_mounts.h"
#include "rootless/runtime/init.h"
#include "rootless/runtime/joined_namespaces.h"
#include "rootless/runtime/labels.h"
#include "rootless/runtime/mount_overlays.h"
#include "rootless/runtime/namespace_plan.h"
#include "rootless/runtime/seccomp_agent.h"
#include "rootless/runtime/secret_files.h"
#include "rootless/runtime/self_protection.h"
#include "rootless/runtime/shared_namespaces.h"
#include "rootless/runtime/spare_namespaces.h"
#include "rootless/runtime/sysctl.h"
#include "rootless/runtime/volume_owner.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/tuning.h"
#include "rootless/sys/unix_socket.h"
#include "rootless/userns/map_writer.h"
#include "rootless/userns/mirror.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <memory>

#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using sys::UniqueFd;

constexpr std::uint32_t kTtyGroup = 5;  // the group of terminals in Debian and Fedora alike

std::string rootPathOf(const oci::Bundle& bundle) {
    const std::string& path = bundle.config.rootPath;
    return path.starts_with('/') ? path : bundle.path + "/" + path;
}

/// The id maps of the container's own namespace; outside ids are those of the namespace the parent stands in.
Result<userns::IdMaps> chooseMaps(const oci::Bundle& bundle, const userns::IdMaps& kept, uid_t ownUid,
                                  gid_t ownGid) {
    if (bundle.extension) {
        return userns::containerMaps(bundle.extension->userNamespace, kept, {ownUid, ownGid});
    }
    if (bundle.config.idMaps) {
        return *bundle.config.idMaps;
    }
    TRY_ASSIGN(userns::AvailableMaps available, userns::findAvailableMaps());
    return std::move(available.maps);
}

/// Kills and reaps the first process unless the container is kept. By number: it is our child and not yet
/// reaped, so the number is its own; in its pid namespace its end ends all others.
class ChildGuard {
public:
    explicit ChildGuard(pid_t pid) : m_pid(pid) {}
    ChildGuard(const ChildGuard&) = delete;
    ChildGuard& operator=(const ChildGuard&) = delete;
    ~ChildGuard() { end(); }
    /// SIGKILL to the first process ends the whole pid namespace (pid_namespaces(7)); it is reaped here so
    /// that the group is empty when it is removed.
    void end() {
        if (m_pid > 0) {
            (void)::kill(m_pid, SIGKILL);
            (void)sys::waitForChild(m_pid);  // ignored: it is our child
            m_pid = -1;
        }
    }
    void release() noexcept { m_pid = -1; }

private:
    pid_t m_pid;
};

/// One creation, from the bundle to the running process. The members are declared in the order in which
/// they are made; destructors undo them in reverse, after the process has been killed.
class Creation {
public:
    Creation(const StateStore& store, const CreateOptions& options, StartMode mode)
        : m_store(store), m_options(options), m_mode(mode) {}

    /// What prepare() has made goes with this object, in reverse order of its members: the group before
    /// the reservation that names it.
    std::variant<CreatedContainer, Failure> run() {
        auto prepared = prepare();
        if (!prepared) {
            return Failure{std::move(prepared).error()};
        }
        return launch();
    }

private:
    /// Everything that can be decided or refused without making anything but the reservation.
    Result<> prepare() {
        TRY(keepSpare());
        TRY_ASSIGN(m_bundle, oci::loadBundle(m_options.bundle, m_options.config));
        if (m_options.holdFd >= 0 && m_bundle.extension) {
            m_bundle.extension->shared.reset();  // files look the same whoever else runs
        }
        TRY_ASSIGN(m_namespaces, planNamespaces(m_bundle, ::geteuid()));
        TRY(checkLabels(m_bundle.config.process, m_bundle.config.mountLabel));
        if (m_namespaces.newTime && sys::kernelVersion() < sys::KernelVersion{6, 1}) {
            return Error(ErrorKind::Unsupported,
                         "this kernel makes no time namespace for a program that is started")
                .withHint("Linux 6.1 and later do; leave the namespace out");
        }
        TRY(settleConsole(m_bundle.config.process, m_options.console));
        if (m_bundle.extension) {
            TRY_ASSIGN(m_secrets, openSecrets(m_bundle.extension->secrets));
            addVariables(m_bundle.config.process.env, m_secrets);
        }
        const auto& extension = m_bundle.extension;
        // A bundle of another engine that names no profile wants none; ours says so in coracle.json.
        const bool wantsNone = !extension && m_bundle.config.seccompProfile.empty();
        m_seccomp = {wantsNone   ? std::string(oci::kUnconfined)
                     : extension ? extension->seccomp
                                 : "default",
                     m_bundle.config.seccompProfile};
        TRY_ASSIGN(m_filters,
                   prepareFilters(m_seccomp, m_bundle.config.process, m_store.root() + "/.seccomp"));
        if (!mayTakeSpare()) {
            m_spare.reset();
        }
        TRY(m_group.choose(m_bundle, {m_options.id, m_options.systemdCgroup}));
        m_state = {m_bundle.config.version, m_options.id, m_bundle.path, m_bundle.config.annotations};
        TRY_ASSIGN(m_hooks, HookRunner::start(m_bundle.config, m_state));
        if (m_namespaces.useKeeper) {
            TRY_ASSIGN(m_starter, enterKeptAndProtect(m_bundle.extension->keeperDir));
        } else {
            TRY(protectByCopy());
        }
        if (m_hooks) {
            m_hooks->keep();
        }
        TRY_ASSIGN(auto reservation, m_store.reserve(m_options.id));
        m_reservation.emplace(std::move(reservation));
        TRY(m_group.make(m_reservation->folder()));
        TRY_ASSIGN(m_console, connectConsole(m_bundle.config.process, m_options.console));
        if (m_mode == StartMode::AtOnce) {
            TRY_ASSIGN(m_agent, SeccompAgent::connect(m_filters.use));
        } else {
            TRY_ASSIGN(m_listener,
                       sys::listenUnix(m_reservation->folder() + "/start.sock", sys::SocketType::SeqPacket));
        }
        return enterNamespaces();
    }

    /// What is handed on to other programs must not keep the offer open.
    Result<> keepSpare() {
        if (m_options.spareFd >= 0) {
            m_spare = UniqueFd(m_options.spareFd);
            TRY(sys::setCloseOnExec(m_spare.get()));
        }
        return {};
    }

    /// Only what a container of ours mostly is. Hooks and fuse-overlayfs stand in the caller's namespaces,
    /// which the parent leaves by taking the offer; and who shares the pids of this computer would see a
    /// parent that has no more rights than it.
    bool mayTakeSpare() const {
        const oci::Hooks& hooks = m_bundle.config.hooks;
        const std::uint64_t needed = spareNamespaces() | CLONE_NEWPID;
        return m_bundle.extension && m_bundle.extension->overlay &&
               m_bundle.extension->overlay->driver == oci::OverlayDriver::Kernel && m_namespaces.useKeeper &&
               !m_namespaces.helperMaps && m_namespaces.join.empty() && m_namespaces.shared == 0 &&
               (m_namespaces.create & needed) == needed && !hasBuildHooks(hooks) &&
               hooks.startContainer.empty() && hooks.poststart.empty() && hooks.poststop.empty();
    }

    /// Namespaces that the bundle names are joined by the parent, so the first process is born in them.
    /// The maps are chosen after that, as they depend on the namespace that the parent then stands in.
    Result<> enterNamespaces() {
        userns::IdMaps kept;
        if (m_namespaces.useKeeper) {
            TRY_ASSIGN(kept, userns::readOwnMaps());
        }
        TRY_ASSIGN(const auto joined, openNamespaces(m_namespaces));
        std::uint64_t own = m_namespaces.create;
        for (const OpenNamespace& wanted : joined) {
            own |= wanted.isCallers ? 0 : static_cast<std::uint64_t>(wanted.flag);
        }
        if (m_namespaces.shared != 0) {
            TRY_ASSIGN(m_shared, SharedWith::open(m_store, *m_bundle.extension));
            own |= m_shared->namespaces();
            m_owned |= m_shared->namespaces();
        }
        TRY(checkSysctls(m_bundle.config.sysctl, own));
        TRY(joinNamespaces(joined));
        if (!m_namespaces.useKeeper && (m_namespaces.create & CLONE_NEWUSER) == 0) {
            TRY_ASSIGN(kept, userns::readOwnMaps());
            TRY(checkJoinedMaps(kept));
        }
        if (m_shared) {
            m_maps = m_shared->maps();
        } else {
            TRY_ASSIGN(m_maps, chooseMaps(m_bundle, kept, m_starter.uid, m_starter.gid));
            TRY(userns::checkSize(m_maps));
        }
        m_plainMaps = kept;
        if (m_bundle.extension) {
            if ((m_namespaces.create & CLONE_NEWNET) != 0) {
                allowPing(m_maps.gids.empty() ? m_plainMaps.gids : m_maps.gids, m_bundle.config.sysctl);
            }
            TRY(giveNewVolumes(m_bundle, m_maps));
            TRY(giveOwnedMounts(m_bundle, m_maps));
        }
        for (const OpenNamespace& wanted : joined) {
            const bool shown = (m_namespaces.create & CLONE_NEWUSER) == 0 && !wanted.isCallers;
            m_owned |=
                shown && sys::isOwnedByCaller(wanted.fd.get()) ? static_cast<std::uint64_t>(wanted.flag) : 0;
        }
        return planTree();
    }

    /// The maps of a user namespace that exists cannot be chosen any more; they have to be those asked for.
    Result<> checkJoinedMaps(const userns::IdMaps& found) const {
        if (m_bundle.config.idMaps && !(*m_bundle.config.idMaps == found)) {
            return Error(ErrorKind::Conflict,
                         "the id mappings are not those of the user namespace that is joined")
                .withHint("leave 'linux.uidMappings' and 'linux.gidMappings' out");
        }
        return {};
    }

    /// What the plan needs to know of the host and the namespaces is found here, so that planning itself
    /// is pure.
    Result<> planTree() {
        mounts::PlanFacts facts;
        facts.newNamespaces = m_namespaces.create | m_owned;
        facts.writableCgroup = m_group.isWritable();
        const bool own = (m_namespaces.create & CLONE_NEWUSER) != 0 || (m_shared && !m_maps.uids.empty());
        facts.ttyGroupMapped = userns::isMapped(own ? m_maps.gids : m_plainMaps.gids, kTtyGroup) ||
                               (!own && m_plainMaps.gids.empty());
        if (const auto cgroup = sys::openAt(AT_FDCWD, "/sys/fs/cgroup", O_PATH | O_DIRECTORY)) {
            const auto magic = sys::realKernel().filesystemMagic(cgroup->get());
            facts.hostHasCgroup2 = magic && *magic == CGROUP2_SUPER_MAGIC;
        }
        static const std::vector<std::string> kNone;
        TRY_ASSIGN(m_tree,
                   mounts::planMounts(m_bundle.config,
                                      m_bundle.extension ? m_bundle.extension->copyUp : kNone, facts));
        if (m_bundle.extension) {
            nameOwners();
            nameParts(m_tree, *m_bundle.extension);
        }
        if (m_shared) {
            m_shared->shareMounts(m_tree);
        }
        TRY_ASSIGN(m_idMaps, openIdMaps(m_tree, own ? m_maps : m_plainMaps));
        return prepareOverlay();
    }

    /// What comes into an owned mount from inside (the image's files in a new volume, an overlay) is given to
    /// the user there; the rest was given from outside.
    void nameOwners() {
        const auto& owned = m_bundle.extension->owned;
        const auto& overlays = m_bundle.extension->mountOverlays;
        for (mounts::MountStep& step : m_tree.mounts) {
            const bool isOwned = std::find(owned.begin(), owned.end(), step.destination) != owned.end();
            const bool covered = std::any_of(overlays.begin(), overlays.end(), [&](const auto& overlay) {
                return overlay.destination == step.destination;
            });
            if (isOwned && (step.copyUp || covered)) {
                step.owner.emplace(m_bundle.config.process.user.uid, m_bundle.config.process.user.gid);
            }
        }
    }

    /// fuse-overlayfs is mounted by the parent, in a mount namespace of its own for it: its server must
    /// not stand in the container's namespaces. The kernel's overlay is mounted by the first process.
    Result<> prepareOverlay() {
        if (!m_bundle.extension || !m_bundle.extension->overlay) {
            return {};
        }
        const oci::Overlay& overlay = *m_bundle.extension->overlay;
        m_driver = overlay::makeDriver(overlay.driver, overlay.fuseProgram);
        m_overlay = {overlay.lower,
                     overlay.upper,
                     overlay.work,
                     rootPathOf(m_bundle),
                     overlay.isVolatile,
                     userns::toOverlayMapping(m_maps.uids, m_plainMaps.uids),
                     userns::toOverlayMapping(m_maps.gids, m_plainMaps.gids)};
        TRY_ASSIGN(m_mountOverlays, prepareMountOverlays(*m_bundle.extension, m_overlay));
        if (m_driver->place() == overlay::Place::Parent) {
            TRY(sys::unshareNamespaces(CLONE_NEWNS));
            TRY(sys::makeMountsSlave());
            TRY(m_driver->mount(m_overlay));
            for (const overlay::MountRequest& request : m_mountOverlays) {
                TRY(m_driver->mount(request));
            }
        }
        return {};
    }

    /// From the clone on there is a process that has to be ended on every way out but the good one: the
    /// guard does it. What is kept (reservation, group) is released last, when nothing can fail any more.
    std::variant<CreatedContainer, Failure> launch() {
        auto sync = sys::makeSocketPair(sys::SocketType::SeqPacket);
        if (!sync) {
            return Failure{std::move(sync).error()};
        }
        if (m_shared) {
            if (auto entered = m_shared->enter(); !entered) {
                return Failure{std::move(entered).error()};
            }
        }
        // An offer that nothing came of leaves all to the clone.
        if (m_spare && takeSpareNamespaces(std::move(m_spare), m_maps)) {
            m_taken = spareNamespaces();
        }
        // As late as can be: what has been opened and made by now was the caller's doing in every respect.
        m_mirrored = mayUseMirror() && userns::enterMirror(userns::usualKeeperDir(), m_maps);
        // The root of a cgroup namespace is where its maker is, so one with a group makes it from inside.
        const std::uint64_t late = m_group.isOwn() ? CLONE_NEWCGROUP : 0;
        auto child = sys::cloneProcess(m_namespaces.create & ~late & ~m_taken, m_group.cloneFd());
        // Out of reach in another container's user namespace; it goes with this program then.
        const bool mountedHere = m_driver && m_driver->place() == overlay::Place::Parent && !m_shared;
        if (child && child->pid == 0) {
            // What only the parent talks to is out of reach for whatever this process becomes.
            sync->first.reset();
            m_agent = SeccompAgent();
            m_console.receiver.reset();
            if (m_hooks) {
                m_hooks->forget();
            }
            runInit(initPlan(sync->second.get()));
        }
        // The container's namespace has its copy of the mount now; ours would keep the file system alive.
        const auto detached = mountedHere ? detachOverlays() : Result<>();
        if (!child) {
            return Failure{std::move(child).error()};
        }
        ChildGuard guard(child->pid);
        sync->second.reset();
        auto failure = accompany(child->pid, sync->first.get());
        if (!failure && !detached) {
            failure = Failure{detached.error()};
        }
        m_console.sender.reset();
        auto terminal = !failure && m_console.receiver ? sys::receiveDescriptor(m_console.receiver.get())
                                                       : Result<UniqueFd>(UniqueFd());
        if (!failure && !terminal) {
            failure = Failure{std::move(terminal).error()};
        }
        if (failure) {
            guard.end();
            if (m_hooks && m_hooked) {
                // "the container MUST be destroyed ... the poststop hooks MUST be invoked": each says itself
                // what went wrong with it.
                (void)m_hooks->run(HookPoint::Poststop, Status::Stopped, 0);
            }
            return *std::move(failure);
        }
        guard.release();
        m_reservation->keep();
        m_group.keep();
        return CreatedContainer{child->pid, std::move(child->pidFd), *std::move(terminal),
                                m_bundle.config.process.warnings, std::move(m_hooks)};
    }

    /// All of them, whatever happens to one; the first failure.
    Result<> detachOverlays() const {
        Result<> outcome = sys::detachMount(m_overlay.target);
        for (const overlay::MountRequest& request : m_mountOverlays) {
            auto detached = sys::detachMount(request.target);
            outcome = outcome ? std::move(detached) : std::move(outcome);
        }
        return outcome;
    }

    /// Everything for the first process, by value or as descriptors that it inherits: it shares nothing
    /// with the parent after the clone.
    InitPlan initPlan(int syncFd) const {
        InitPlan plan{m_bundle.config, m_tree, rootPathOf(m_bundle)};
        if (m_driver && m_driver->place() == overlay::Place::Container) {
            plan.overlay = m_driver.get();
            plan.overlayRequest = m_overlay;
            plan.mountOverlays = m_mountOverlays;
        }
        plan.newUserNamespace = (m_namespaces.create & ~m_taken & CLONE_NEWUSER) != 0;
        plan.newNetwork = (m_namespaces.create & CLONE_NEWNET) != 0;
        plan.newCgroup = m_group.isOwn() && (m_namespaces.create & CLONE_NEWCGROUP) != 0;
        plan.newTime = m_namespaces.newTime;
        plan.secrets = &m_secrets.files;
        plan.state = m_state;
        plan.filters = m_filters;
        plan.actingUid = userns::actingId(m_maps.uids);
        plan.actingGid = userns::actingId(m_maps.gids);
        plan.syncFd = syncFd;
        plan.listenFd = m_listener.get();
        plan.consoleFd = m_console.sender.get();
        plan.preservedFds = m_options.preservedFds;
        plan.holdFd = m_options.holdFd;
        return plan;
    }

    /// The parent's half of the conversation. none: the container is as wanted.
    std::optional<Failure> accompany(pid_t pid, int fd) {
        if (auto adopted = m_group.adopt(pid); !adopted) {
            return Failure{std::move(adopted).error().context("make the control group")};
        }
        if ((m_namespaces.create & ~m_taken & CLONE_NEWUSER) != 0) {
            const bool byHelpers = m_namespaces.helperMaps && !m_mirrored && needsHelpers();
            auto written =
                byHelpers ? userns::writeMapsByHelpers(pid, m_maps) : userns::writeMapsDirectly(pid, m_maps);
            if (written) {
                written = say(fd, kMapped);
            }
            if (!written) {
                return Failure{std::move(written).error().context("map ids")};
            }
        }
        if (hasBuildHooks(m_bundle.config.hooks)) {
            if (auto failure = runBuildHooks(pid, fd)) {
                return failure;
            }
        }
        // Written while the process builds, seen when it is ready.
        auto records = stageRecords(pid);
        if (!records) {
            return Failure{std::move(records).error()};
        }
        if (auto failure = listen(fd, kReady)) {
            return failure;
        }
        m_hooked = true;  // from here on there is a container, and its end is the end of one
        for (sys::StagedFile& record : *records) {
            if (auto published = record.publish(); !published) {
                return Failure{std::move(published).error()};
            }
        }
        if (m_mode == StartMode::Wait) {
            auto said = say(fd, kSaved);
            return said ? std::nullopt : std::optional(Failure{std::move(said).error()});
        }
        if (auto said = say(fd, kStart); !said) {
            return Failure{std::move(said).error()};
        }
        if (auto failure = awaitProgram(fd, m_agent, m_state, pid)) {
            return failure;
        }
        if (!m_seccomp.profile.empty()) {
            const auto process = sys::identifyProcess(pid);
            if (auto failure = process ? endBeforeProgram(*process) : std::nullopt) {
                return failure;
            }
        }
        if (m_hooks) {
            (void)m_hooks->run(HookPoint::Poststart, Status::Running,
                               pid);  // each says itself what went wrong
        }
        return std::nullopt;
    }

    /// The tree is built and the old root still in its place.
    std::optional<Failure> runBuildHooks(pid_t pid, int fd) {
        if (auto failure = listen(fd, kBuilt)) {
            return failure;
        }
        m_hooked = true;
        for (const HookPoint point : {HookPoint::Prestart, HookPoint::CreateRuntime}) {
            auto done = m_hooks ? m_hooks->run(point, Status::Creating, pid) : Result<>();
            if (!done) {
                return Failure{std::move(done).error()};
            }
        }
        auto said = say(fd, kHooked);
        return said ? std::nullopt : std::optional(Failure{std::move(said).error()});
    }

    /// A single own id may be mapped without the setuid helpers, and so may anything by root of the parent
    /// namespace.
    bool needsHelpers() const {
        const auto own = [](const userns::IdMap& map, std::uint32_t id) {
            return map.size() == 1 && map.front().count == 1 && map.front().outside == id;
        };
        return ::geteuid() != 0 && !(own(m_maps.uids, ::geteuid()) && own(m_maps.gids, ::getegid()));
    }

    /// Only where newuidmap(1) is what it takes the place of. A namespace that is joined by path belongs to
    /// another user namespace, over which the mirror would give no right.
    bool mayUseMirror() const {
        return m_namespaces.helperMaps && m_namespaces.join.empty() && needsHelpers();
    }

    /// A packet of the conversation with the first process. Errors: Unavailable when it has ended.
    static Result<> say(int fd, std::string_view packet) {
        TRY_ASSIGN(const auto sent, sys::sendPacket(fd, packet, "", sys::Blocking::Yes));
        if (sent != sys::Transfer::Done) {
            return Error(ErrorKind::Unavailable, "the container's process ended early");
        }
        return {};
    }

    /// Wait for a packet.
    static std::optional<Failure> listen(int fd, std::string_view wanted) {
        std::array<char, 4096> buffer{};
        const auto got = sys::receivePacket(fd, buffer, sys::Blocking::Yes);
        if (!got) {
            return Failure{got.error()};
        }
        const bool gone = got->transfer == sys::Transfer::PeerGone;
        const std::string_view packet(buffer.data(), gone ? 0 : got->size);
        if (!gone && packet == wanted) {
            return std::nullopt;
        }
        if (auto failure = decodeFailure(packet)) {
            return failure;
        }
        return Failure{Error(ErrorKind::Unavailable, "the container's process ended early")};
    }

    /// They take their places while the process waits: a container that has no state never runs a program.
    /// Other commands see it from there on. The state comes first.
    Result<std::vector<sys::StagedFile>> stageRecords(pid_t pid) {
        ContainerState state;
        state.id = m_options.id;
        state.bundle = m_bundle.path;
        state.version = m_bundle.config.version;
        TRY_ASSIGN(state.process, sys::identifyProcess(pid));
        state.createdAt =
            std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
        state.namespaces = m_namespaces.create;
        state.namespaces |= m_namespaces.newTime ? std::uint64_t{oci::kCloneNewTime} : 0;
        state.hooks = m_bundle.config.hooks;
        state.personality = m_bundle.config.personality;
        for (const auto& [flag, path] : m_namespaces.join) {
            state.namespaces |= static_cast<std::uint64_t>(flag);
        }
        if (m_shared) {
            state.shared = m_shared->namespaces();
            state.namespaces |= m_shared->entered();
        }
        if (m_namespaces.useKeeper) {
            state.keeperDir = m_bundle.extension->keeperDir;
        }
        state.actingUid = userns::actingId(m_maps.uids);
        state.actingGid = userns::actingId(m_maps.gids);
        state.defaults = m_bundle.config.process;
        removeVariables(state.defaults.env, m_secrets);
        state.seccomp = m_seccomp;
        state.annotations = m_bundle.config.annotations;
        std::vector<sys::StagedFile> records;
        TRY_ASSIGN(auto stateFile, m_reservation->stage(state));
        records.push_back(std::move(stateFile));
        if (!m_options.pidFile.empty()) {
            auto pidFile = sys::StagedFile::write(m_options.pidFile, std::to_string(pid), 0644);
            if (!pidFile) {
                return std::move(pidFile).error().context("write the pid file '" + m_options.pidFile + "'");
            }
            records.push_back(*std::move(pidFile));
        }
        return records;
    }

    const StateStore& m_store;
    const CreateOptions& m_options;
    StartMode m_mode;
    oci::Bundle m_bundle;
    NamespacePlan m_namespaces;
    Starter m_starter;  ///< set with a keeper
    SeccompSettings m_seccomp;
    Filters m_filters;
    Secrets m_secrets;
    std::optional<SharedWith> m_shared;
    std::uint64_t m_owned = 0;  ///< namespaces that are joined and can be shown by file systems of their own
    UniqueFd m_spare;           ///< of namespaces that were made ahead
    std::uint64_t m_taken = 0;  ///< those of them that the parent stands in
    bool m_mirrored = false;    ///< the parent stands in the mirror (userns/mirror.h)
    userns::IdMaps m_maps;
    userns::IdMaps m_plainMaps;  ///< of the namespace the parent stands in; empty without a keeper
    mounts::MountPlan m_tree;
    overlay::MountRequest m_overlay;
    std::vector<overlay::MountRequest> m_mountOverlays;
    std::unique_ptr<overlay::Driver> m_driver;
    OciState m_state;
    std::unique_ptr<HookRunner> m_hooks;  ///< none when no hook needs it
    bool m_hooked = false;                ///< poststop hooks have something to undo
    SeccompAgent m_agent;
    std::vector<UniqueFd> m_idMaps;  ///< user namespaces of mounts that translate ids
    ConsoleEnds m_console;
    UniqueFd m_listener;
    std::optional<StateStore::Reservation> m_reservation;
    ContainerGroup m_group;  ///< goes before the reservation, whose folder names it
};

}  // namespace

std::variant<CreatedContainer, Failure> createContainer(const StateStore& store, const CreateOptions& options,
                                                        StartMode mode) {
    return Creation(store, options, mode).run();
}

}  // namespace coracle::runtime
