// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/runtime/oci_state.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

/// Theory of operation. Hooks are programs that the configuration names; who may write the configuration may
/// run programs anyway. What has to be right is where each one runs and what it holds.
///   prestart, createRuntime, poststart, poststop   in the namespaces of whoever called the runtime
///   createContainer                                in the container's namespaces, before the root is changed
///   startContainer                                 in the container, as the container's process
/// The runtime itself leaves the caller's namespaces while it makes a container, and a process cannot go back
/// to an outer user namespace. So a helper is forked before the first step and runs the first kind on demand;
/// it ends with the runtime.
///
/// Security. The file of a startContainer hook comes from the image: it gets the user, the capabilities, the
/// filters and the root of the container's process and nothing else. Every hook gets standard streams alone:
/// a descriptor of the host in the hands of a program of the image would be a way out (CVE-2024-21626).
namespace coracle::runtime {

/// Run one hook with the state on its standard input. `execute` replaces the forked child by the program
/// and returns only when it cannot. Blocks until the hook ends or its `timeout` is over (none: without
/// limit). The caller has one thread.
/// Errors: Unavailable with the exit code and the last line the hook printed, or that its time is over;
/// it is killed then, with everything in its process group.
Result<> runHook(const oci::Hook& hook, const std::string& state, const std::function<Error()>& execute);

/// All hooks of a kind in their order, as programs of the namespaces the caller stands in, started in
/// `folder` where that can be entered. The first that fails ends it. Errors: as runHook().
Result<> runHooks(const std::vector<oci::Hook>& hooks, const std::string& state, const std::string& folder);

/// Hooks whose failure is no reason to stop: each failure is said on standard error and the next one runs.
/// Source: OCI runtime-spec 1.1, runtime.md, "Lifecycle", steps 9 and 13.
void runLateHooks(const std::vector<oci::Hook>& hooks, const std::string& state, const std::string& folder);

/// Where in the life of a container a hook of the caller's namespaces runs.
enum class HookPoint : std::uint8_t { Prestart, CreateRuntime, Poststart, Poststop };

/// The helper that stays in the caller's namespaces: a fork of this process that answers one request at a
/// time over a packet socket. It ends when the socket closes, and with this process.
class HookRunner {
public:
    /// none when no hook needs it. After this program has executed itself anew it is the helper from before.
    static Result<std::unique_ptr<HookRunner>> start(const oci::Config& config, const OciState& state);
    HookRunner(const HookRunner&) = delete;
    HookRunner& operator=(const HookRunner&) = delete;
    ~HookRunner();

    /// This program will not execute itself any more: nothing else inherits the helper.
    void keep();
    /// In a forked child: let go of the helper, which stays the parent's.
    void forget() noexcept;
    /// Let the helper run the hooks of a point; blocks until they have ended. Poststart and Poststop
    /// never fail: their hooks say themselves what went wrong. Errors: as runHooks(), Unavailable when
    /// the helper is gone.
    Result<> run(HookPoint point, Status status, pid_t pid) const;

private:
    HookRunner(sys::UniqueFd socket, pid_t pid) : m_socket(std::move(socket)), m_pid(pid) {}
    sys::UniqueFd m_socket;
    pid_t m_pid;
};

}  // namespace coracle::runtime
