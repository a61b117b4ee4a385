// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/console.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/hooks.h"
#include "rootless/runtime/state.h"
#include "rootless/sys/unique_fd.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

/// Theory of operation. Two processes make a container.
///
///   parent (this page)                           first process (init.h)
///   read and check the bundle, plan the mounts
///   reserve the id, connect the console
///   enter the kept user namespace
///   join the namespaces given by path; look at the container that shares its own
///   start fuse-overlayfs, if it is the driver
///   enter the other container's namespaces, if it shares them
///   take what was made of them ahead (spare_namespaces.h)
///   or, for a foreign bundle, enter the mirror of the user's ids (userns/mirror.h)
///   clone3 with all other new namespaces ------> waits
///   write the id maps -------------------------> mapped
///                                                sources, overlay, mounts
///   hooks of the caller's namespaces <---------- built, if there are hooks
///   done --------------------------------------> hooks of the container's namespaces
///                                                masks, pivot_root, user
///   record the state <-------------------------- ready, or one failure with its exit code
///   exit (create) or say start (run) ----------> saved / start
///                                                filters, capabilities, execve
///
/// With `run` the process says that it is ready before it becomes the user and looks its command up, so that
/// the state is recorded meanwhile; what fails then is told after `start`, as a failed execve(2) is.
///
/// Who waits for whom is always visible to the kernel: each side ends when the other's socket closes, so a
/// killed parent leaves no process, and mounts live in namespaces that end with their last process. What a
/// failed create has made is undone by destructors in reverse order: the process is killed, then the
/// reservation removed. A created container waits on `<root>/<id>/start.sock`. `start` connects and learns
/// from the connection whether the program was executed: it closes by execve(2), or a failure comes through
/// it.
namespace coracle::runtime {

/// What `create` and `run` are told; paths are the caller's.
struct CreateOptions {
    std::string id;
    /// Folder with config.json and, when Coracle made it, coracle.json.
    std::string bundle = ".";
    std::string config = "config.json";  ///< the name of that file, for who has another one
    ConsoleRequest console;
    std::string pidFile;
    /// Descriptors 3 and up that the program inherits from the caller.
    std::vector<int> preservedFds;
    /// The container is made for its files alone: no program is looked for or run, and its process ends when
    /// the other end of this pipe is closed. -1: it has a program.
    int holdFd = -1;
    int spareFd = -1;            ///< socket of namespaces made ahead (spare_namespaces.h); -1: there are none
    bool systemdCgroup = false;  ///< cgroupsPath names a slice and a scope
};

/// Which of the two verbs makes the container.
enum class StartMode : std::uint8_t {
    Wait,    ///< create: somebody calls start later
    AtOnce,  ///< run: the program is running when this returns
};

/// A container whose process exists; the caller reaps it or leaves it to whoever reaps orphans.
struct CreatedContainer {
    pid_t pid = 0;
    /// Of the first process, which is the caller's child: it stays a zombie until the caller waits for
    /// it.
    sys::UniqueFd pidFd;
    sys::UniqueFd terminal;  ///< controlling end of its terminal; empty: there is none, or it is not for us
    std::vector<std::string> warnings;
    std::unique_ptr<HookRunner> hooks;  ///< for the hooks after its end; none: there are none
};

/// Create a container and leave its process waiting or running. Blocks on hooks, on the console socket
/// and on the agent. Single-threaded; changes the caller's user namespace and possibly mount namespace
/// for good, and may execute the program anew before anything is made (self_protection.h).
/// On failure nothing is left. Exit codes of a failure: 127 no such command, 126 a command that cannot be
/// run, 1 anything else.
std::variant<CreatedContainer, Failure> createContainer(const StateStore& store, const CreateOptions& options,
                                                        StartMode mode);

}  // namespace coracle::runtime
