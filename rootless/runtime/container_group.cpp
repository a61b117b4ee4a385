// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/container_group.h"

#include "rootless/cgroup/report.h"
#include "rootless/cgroup/subtree.h"
#include "rootless/sys/file.h"
#include "rootless/userns/keeper.h"

#include <algorithm>

#include <sys/sysinfo.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

using cgroup::Effort;
using cgroup::Group;

/// Name of the group with the processes, below one with the limits: version 2 lets only groups without
/// processes hand controllers on. Source: Documentation/admin-guide/cgroup-v2.rst, "No Internal Process
/// Constraint".
constexpr const char* kInnerLeaf = "container";

/// A fork bomb takes the desktop with it, so an engine's container is bounded where that can be had for
/// nothing (security.md, D6; podman has the same number). `--pids-limit -1` lifts it.
constexpr std::int64_t kDefaultProcesses = 2048;

/// What the desktop keeps of its memory, whatever one engine's container takes.
constexpr std::uint64_t kKeptShare = 4;

std::string recordFile(const std::string& folder) {
    return folder + "/cgroup";
}

/// The first limit that `controller` would hold, for the message.
std::string firstFile(const cgroup::WritePlan& plan, const std::string& controller) {
    const auto found = std::find_if(plan.begin(), plan.end(), [&](const cgroup::FileWrite& write) {
        return write.controller == controller && !write.isDefault;
    });
    return found == plan.end() ? controller : found->file;
}

Error missing(const cgroup::WritePlan& plan, const std::string& controller) {
    return cgroup::missingController(cgroup::gatherHostFacts(), controller, firstFile(plan, controller));
}

}  // namespace

/// A container that was not finished leaves no group. `m_keep` hands it over to `delete`, which finds it
/// by the record.
ContainerGroup::~ContainerGroup() {
    if (m_keep || !m_group) {
        return;
    }
    (void)removeGroupOf(m_folder);  // what is left is removed by the next one of this id
}

/// Swap: docker's meaning for containers of the engine (as much again as memory), the specification's for
/// bundles of others (unlimited).
/// An engine's container asks for a group also when it has no limit, at small effort, for statistics and
/// pause; only a limit makes the effort worth a wait for systemd.
Result<> ContainerGroup::choose(const oci::Bundle& bundle, const Settings& settings) {
    const auto swap = bundle.extension ? cgroup::SwapDefault::AsMuchMemory : cgroup::SwapDefault::Unlimited;
    TRY_ASSIGN(m_plan, cgroup::planWrites(bundle.config.resources, swap));
    const auto needed = cgroup::neededControllers(m_plan);
    const std::string& path = bundle.config.cgroupsPath;
    const bool scoped = settings.systemd && path.find(':') != std::string::npos;
    m_relativePath = "coracle-" + settings.id;
    if (scoped) {
        TRY_ASSIGN(m_scope, cgroup::parseScopeName(path));
    } else if (!path.empty()) {
        TRY_ASSIGN(m_relativePath, cgroup::cleanGroupPath(path));
    }
    m_boundProcesses = bundle.extension && !bundle.config.resources.pidsLimit;
    m_boundMemory = bundle.extension && !bundle.config.resources.memoryLimit &&
                    bundle.config.resources.unified.count("memory.high") == 0;
    m_writable = bundle.extension && bundle.extension->writableCgroup;
    auto root = cgroup::openHierarchy();
    if (!root) {
        m_scope.reset();
        return needed.empty() ? Result<>() : Result<>(missing(m_plan, needed.front()));
    }
    m_root = *std::move(root);
    if (scoped) {
        if (!cgroup::hasUserManager()) {
            m_scope.reset();
            return needed.empty() ? Result<>() : Result<>(missing(m_plan, needed.front()));
        }
        return {};
    }
    cgroup::SubtreeRequest request;
    request.effort = needed.empty() ? Effort::Cheap : Effort::Full;
    if (bundle.extension) {
        request.keeperDir = bundle.extension->keeperDir;
        if (cgroup::hasUserManager()) {
            TRY(userns::ensureKeeper(request.keeperDir));
        }
    }
    auto subtree = cgroup::findSubtree(m_root.get(), request);
    if (!subtree) {
        return needed.empty() ? Result<>() : Result<>(missing(m_plan, needed.front()));
    }
    const auto available = subtree->controllers();
    for (const std::string& controller : needed) {
        if (std::find(available.begin(), available.end(), controller) == available.end()) {
            return missing(m_plan, controller);
        }
    }
    m_subtree = *std::move(subtree);
    return {};
}

/// Checked again here, although choose() did: the controllers a group really has are known only when it
/// exists. The sets of processors and memory nodes are compared with what the parent has, because the
/// kernel takes a set beyond it without a word.
Result<> ContainerGroup::setLimits(const Group& parent, const Group& group) const {
    const auto enabled = parent.enable(parent.controllers());
    const auto needed = cgroup::neededControllers(m_plan);
    if (!enabled && !needed.empty()) {
        return enabled.error();
    }
    const auto available = group.controllers();
    for (const std::string& controller : needed) {
        if (std::find(available.begin(), available.end(), controller) == available.end()) {
            return missing(m_plan, controller);
        }
    }
    for (const cgroup::FileWrite& write : m_plan) {
        if (write.file == "cpuset.cpus" || write.file == "cpuset.mems") {
            const auto allowed = parent.read(write.file + ".effective");
            TRY(cgroup::checkSet(write.file, write.value, allowed ? *allowed : ""));
        }
    }
    TRY(cgroup::apply(group, m_plan, cgroup::Moment::Start));
    if (m_boundProcesses && group.has("pids.max")) {
        TRY(group.write("pids.max", std::to_string(kDefaultProcesses)));
    }
    if (m_boundMemory && group.has("memory.high")) {
        TRY(group.write("memory.high", defaultMemoryHigh()));
    }
    return {};
}

Result<> ContainerGroup::record(const std::string& path, const std::string& keep) const {
    return sys::replaceFile(recordFile(m_folder), path + "\n" + keep + "\n", 0600, sys::Durability::Process);
}

/// Above memory.high the kernel takes memory back and slows the container down, and kills nobody: a container
/// that needs more goes on, the desktop beside it too (security.md, D6). Rounded as the kernel rounds it.
std::string defaultMemoryHigh() {
    struct sysinfo info {};
    if (::sysinfo(&info) != 0) {
        return "max";
    }
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t all = static_cast<std::uint64_t>(info.totalram) * info.mem_unit;
    return std::to_string((all - all / kKeptShare) / page * page);
}

/// The record is written before the group is made: a creator that is killed in between leaves a record of
/// nothing, which is harmless, and never a group that nobody knows of.
Result<> ContainerGroup::make(const std::string& folder) {
    m_folder = folder;
    TRY(removeGroupOf(folder));  // of a creator that was killed
    if (!m_subtree) {
        return {};
    }
    const std::string& above = m_subtree->path();
    TRY(record((above.empty() ? "" : above + "/") + m_relativePath, above));
    // Controllers reach a child only through every group on the way.
    for (auto slash = m_relativePath.find('/'); slash != std::string::npos;
         slash = m_relativePath.find('/')) {
        TRY(m_subtree->enable(m_subtree->controllers()));
        TRY_ASSIGN(m_subtree, m_subtree->makeChild(m_relativePath.substr(0, slash)));
        m_relativePath.erase(0, slash + 1);
    }
    TRY_ASSIGN(m_group, m_subtree->makeChild(m_relativePath));
    TRY(setLimits(*m_subtree, *m_group));
    if (m_writable) {
        TRY(m_group->enable(m_group->controllers()));
        TRY_ASSIGN(m_inner, m_group->makeChild(kInnerLeaf));
    }
    return {};
}

/// The first process is born in its group (CLONE_INTO_CGROUP), so there is no moment in which it is not
/// limited. -1: in the caller's.
int ContainerGroup::cloneFd() const noexcept {
    return m_inner ? m_inner->fd() : m_group ? m_group->fd() : -1;
}

/// For systemd's way: a scope holds processes from its beginning, so it can only be made when the process
/// exists, and the limits come a moment after it. Nothing of the container's own runs by then. A host whose
/// systemd answers no call runs the container without a group, unless something was to be limited.
Result<> ContainerGroup::adopt(pid_t pid) {
    if (!m_scope) {
        return {};
    }
    auto scope = cgroup::makeScope(m_root.get(), *m_scope, pid);
    if (!scope) {
        if (!cgroup::neededControllers(m_plan).empty()) {
            return std::move(scope).error();
        }
        m_scope.reset();  // it runs without, as on a host that has no systemd
        return {};
    }
    const std::string& path = scope->path();
    TRY(record(path + "/" + kInnerLeaf, path.substr(0, std::min(path.rfind('/'), path.size()))));
    TRY_ASSIGN(m_group, scope->makeChild(kInnerLeaf));
    TRY(m_group->add(pid));
    return setLimits(*scope, *m_group);
}

std::optional<std::string> groupPathOf(const std::string& folder) {
    const auto entry = cgroup::readGroupRecord(folder);
    return entry ? std::optional(entry->path) : std::nullopt;
}

/// The hint depends on the host: with controllers that can be used the container just has none because it
/// asked for none.
Result<Group> openGroupOf(const std::string& folder, const std::string& id) {
    const auto path = groupPathOf(folder);
    if (!path) {
        const auto states = cgroup::judgeControllers(cgroup::gatherHostFacts());
        const bool possible = states.front().usable;
        return Error(ErrorKind::Unsupported, "container '" + id + "' has no control group of its own")
            .withHint(possible ? "start it with a limit, such as --pids-limit 4096" : states.front().hint);
    }
    TRY_ASSIGN(const sys::UniqueFd root, cgroup::openHierarchy());
    return Group::open(root.get(), *path);
}

/// The record goes last, so a removal that fails half way can be done again. No record: nothing was ever
/// made.
Result<> removeGroupOf(const std::string& folder) {
    const auto entry = cgroup::readGroupRecord(folder);
    if (!entry) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd root, cgroup::openHierarchy());
    TRY(cgroup::removeGroup(root.get(), entry->path, entry->keep));
    return sys::removeFile(recordFile(folder));
}

/// The group of the first process and not the recorded one: an init such as systemd moves itself into a
/// group below, and the kernel refuses processes in the one above that hands out controllers (cgroups(7),
/// "no internal processes").
Result<sys::UniqueFd> groupForExec(const std::string& folder, pid_t firstProcess,
                                   const std::string& keeperDir) {
    if (!groupPathOf(folder)) {
        return sys::UniqueFd();
    }
    TRY_ASSIGN(const sys::UniqueFd root, cgroup::openHierarchy());
    if (!keeperDir.empty()) {
        TRY(cgroup::findSubtree(root.get(), {keeperDir, Effort::Full}));
    }
    TRY_ASSIGN(const std::string path, cgroup::groupOf(firstProcess));
    TRY_ASSIGN(const Group group, Group::open(root.get(), path));
    return sys::duplicateFd(group.fd());
}

}  // namespace coracle::runtime
