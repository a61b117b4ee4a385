// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/oci/config.h"
#include "rootless/overlay/driver.h"
#include "rootless/runtime/oci_state.h"
#include "rootless/runtime/process_setup.h"
#include "rootless/runtime/secret_files.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::runtime {

/// Packets between the parent and the container's first process.
inline constexpr std::string_view kMapped = "mapped";  ///< parent: the id maps are written
inline constexpr std::string_view kBuilt = "built";  ///< process: the tree is there, the hooks may look at it
inline constexpr std::string_view kHooked = "hooked";  ///< parent: its hooks are done
inline constexpr std::string_view kReady =
    "ready";  ///< process: everything but the program itself is in place
inline constexpr std::string_view kSaved = "saved";  ///< parent: the state is recorded; wait for a starter
inline constexpr std::string_view kStart = "start";  ///< parent or starter: run the program
/// Process to the starter it has accepted. One whose connection waits in the queue behind it, and is closed
/// by the execve(2) of the program, would else take that for its own success.
inline constexpr std::string_view kAccepted = "accepted";

/// All that the first process needs, decided and opened before it is made: afterwards it stands in
/// namespaces where the same names may mean something else. Descriptors and references are borrowed from
/// the parent's Creation, of which the process has a copy.
struct InitPlan {
    const oci::Config& config;
    mounts::MountPlan tree;
    std::string rootPath;  ///< host path of the root or of its mount point
    const overlay::Driver* overlay =
        nullptr;  ///< to be mounted by the first process; none: the root is ready
    overlay::MountRequest overlayRequest;
    std::vector<overlay::MountRequest> mountOverlays;  ///< by the same driver, as sources of mounts
    /// The process waits until its ids are mapped before it does anything.
    bool newUserNamespace = false;
    /// Loopback is there and down in a new network namespace, and has to be brought up.
    bool newNetwork = false;
    const std::vector<OpenSecret>* secrets = nullptr;  ///< to be placed in the tree
    bool newCgroup = false;                            ///< make the cgroup namespace here
    /// The time namespace is entered by the execve(2): unshare(2) of one counts for children and, from
    /// Linux 6.1 on, for the program that is started.
    bool newTime = false;
    OciState state;               ///< what hooks are told
    std::uint32_t actingUid = 0;  ///< of whom builds the tree
    std::uint32_t actingGid = 0;
    Filters filters;
    int syncFd = -1;                ///< packet socket to the parent
    int listenFd = -1;              ///< socket of the starter; -1: the parent itself starts
    int consoleFd = -1;             ///< connected console socket; -1: no terminal
    std::vector<int> preservedFds;  ///< descriptors from 3 on that the program inherits
    int holdFd = -1;                ///< wait for its end instead of running a program; -1: there is a program
};

/// Whether anything runs between the building of the tree and the change of the root.
inline bool hasBuildHooks(const oci::Hooks& hooks) {
    return !hooks.prestart.empty() || !hooks.createRuntime.empty() || !hooks.createContainer.empty();
}

/// Body of the container's first process: build the tree, become the user, report, wait for the start,
/// become the program. The order of the steps is what security rests on:
/// - sources of the host are opened first, as the calling user, who may reach them;
/// - then the acting user of the container builds, so that what it creates belongs to the container and a
///   path of the host that only the user may read cannot be reached by a link of the image;
/// - masks and the pivot come after the last hook that may look at the old root;
/// - the user changes before the command is looked up, so that it is found with that user's rights;
/// - filters and capabilities are set last, because the steps before need more than the program may.
/// Not dumpable until execve(2), except while it waits for `start`, when nothing of the image runs.
/// Reports a failure through the socket it came up to and ends; a socket that closes ends it as well.
[[noreturn]] void runInit(const InitPlan& plan);

}  // namespace coracle::runtime
