// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/lifecycle.h"
#include "core/container/spec_builder.h"
#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/engine/local_images.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::engine {

/// Containers of this computer. Thread-safe: holds nothing but references.
class LocalContainers final : public Containers {
public:
    LocalContainers(EngineContext& context, LocalImages& images) : m_context(context), m_images(images) {}

    Result<CreatedContainer> create(const types::RunSpec& spec, const types::PullProgress& progress,
                                    std::stop_token stop) override;
    void prepareStart(const std::vector<int>& preservedFds) override;
    void forgetPreparedStart() override;
    Result<std::unique_ptr<Session>> start(const std::string& id,
                                           const std::optional<AttachOptions>& attach) override;
    Result<std::unique_ptr<Session>> attach(const std::string& id, const AttachOptions& options) override;
    Result<std::unique_ptr<Session>> exec(const std::string& id, const ExecSpec& spec) override;
    Result<> stop(const std::string& id, const StopOptions& options, std::stop_token stop) override;
    Result<> kill(const std::string& id, const std::string& signal) override;
    Result<> remove(const std::string& id, const RemoveContainerOptions& options) override;
    Result<> restart(const std::string& id, const StopOptions& options, std::stop_token stop) override;
    Result<int> wait(const std::string& id, std::stop_token stop) override;
    Result<int> waitFor(const std::string& id, WaitFor condition, std::stop_token stop) override;
    Result<std::vector<types::ContainerSummary>> list() override;
    Result<types::ContainerDetails> inspect(const std::string& id) override;
    Result<> logs(const std::string& id, const types::LogOptions& options,
                  const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) override;
    Result<> rename(const std::string& id, const std::string& newName) override;
    Result<types::ContainerSize> measure(const std::string& id, std::stop_token stop) override;
    Result<> cleanUp(const std::string& id) override;
    Result<> connectNetwork(const std::string& id, int pid, int exitFd) override;

private:
    Result<KnownContainer> load(const std::string& id);
    Result<std::vector<std::string>> ownCommand(std::vector<std::string> words) const;
    Result<container::MonitorInput> monitorInput(const KnownContainer& known) const;
    Result<std::unique_ptr<Session>> startLocked(KnownContainer& known,
                                                 const std::optional<AttachOptions>& attach);
    Result<oci::monitor::Connection> connectStarted(const KnownContainer& known, bool attached);
    Result<> noteWish(const KnownContainer& known, const std::string& state);
    Result<> awaitHealthy(const KnownContainer& known, std::stop_token stop);
    Result<> awaitNextStart(const std::string& id, std::stop_token stop);
    Result<> checkPorts(const types::RunSpec& spec);
    /// The images that it mounts, pulled as the spec's policy says.
    Result<> ensureMounted(const types::RunSpec& spec, const types::PullProgress& progress,
                           const std::stop_token& stop);
    Result<> checkShared(const KnownContainer& known);
    /// All that a container's network is, for the process that waits for it.
    Result<> makeNetwork(const KnownContainer& known, const std::vector<net::PortMapping>& ports, int pid,
                         int exitFd, std::stop_token stop);
    Result<std::optional<std::int64_t>> removeKnown(const KnownContainer& known, bool anonymousVolumes,
                                                    const store::RemovalOrder& order);

    EngineContext& m_context;
    LocalImages& m_images;
    std::mutex m_mutex;
    std::optional<container::WaitingMonitor> m_waiting;  ///< guarded by m_mutex
    std::vector<int> m_preservedFds;                     ///< of the next start; guarded by m_mutex
    /// By this command, which goes on with it: guarded by m_mutex.
    std::optional<KnownContainer> m_created;
};

}  // namespace coracle::engine
