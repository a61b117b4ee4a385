// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/types/access.h"
#include "core/types/confinement.h"
#include "core/types/container_edit.h"
#include "core/types/login_place.h"
#include "core/types/push.h"
#include "core/types/registry_settings.h"
#include "core/types/removal.h"
#include "core/types/store_settings.h"
#include "core/types/upkeep.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

class QThreadPool;

namespace coracle::gui {
struct ImageContent;
struct ImageComparison;
using ImageContentPtr = std::shared_ptr<const ImageContent>;  // models/image_content.h
class ChangeSet;
using ChangeSetPtr = std::shared_ptr<const ChangeSet>;              // models/change_set.h
using ImageComparisonPtr = std::shared_ptr<const ImageComparison>;  // the same
}  // namespace coracle::gui

/// The only place of the desktop app that calls the engine.
///
/// The window lives on one thread that never waits. Each call here returns at once with a Request; the engine
/// runs it on a worker, and the answer comes back to the window's thread as a call of `done`.
///  - short questions (list, inspect, start) run on a small pool, long work (pull, stop, measure) on a second
///    one, so that ten pulls cannot keep a list waiting; following a log has a thread of its own.
///  - `context` is the object that wants the answer: when it is deleted, the request is cancelled and the
///    answer dropped. An answer is delivered once or never.
///  - a request that was cancelled delivers no value and no progress, not even what was on its way.
///  - each request has a deadline. When it passes, `done` gets Unavailable and a late answer is dropped.
///  - changes made by anybody (this window, the command line) arrive through System::watch, which sleeps in
///    the kernel: nothing is polled.
/// Closing the window does not wait for calls that hang: workers share the engine and go with the process.
namespace coracle::gui {

/// A call under way. A copyable handle; dropping it does not cancel.
class Request {
public:
    Request() = default;
    /// Ask the engine to stop. `done` is still called, unless the context is gone, and always with an error:
    /// Cancelled, or what the engine ended with before.
    void cancel();
    /// True once `done` was called, and for a handle that stands for nothing.
    bool finished() const;

private:
    friend class EngineService;
    struct State;
    std::shared_ptr<State> m_state;  // shared by the handle, the worker and the deadline
};

template <typename T>
/// Called once on the window's thread with the value or the error, or never when the context is gone.
using Done = std::function<void(Result<T>)>;

/// Lines of a log on their way to the window; immutable, so it may cross threads.
using LogBatch = std::shared_ptr<const std::vector<types::LogLine>>;

class EngineService : public QObject {
    Q_OBJECT
public:
    /// engine: shared with the workers, because a call that hangs must not outlive what it uses.
    explicit EngineService(std::shared_ptr<engine::Engine> engine, QObject* parent = nullptr);
    ~EngineService() override;

    /// Begin to watch for events. Emits watching(true) or an error, and tries again when asked.
    void startWatching();
    /// Cancel everything and wait for the workers for a moment. False: some still hang.
    bool shutdown(std::chrono::milliseconds wait);

    Request listContainers(QObject* context, Done<std::vector<types::ContainerSummary>> done);
    Request inspectContainer(QObject* context, const std::string& id, Done<types::ContainerDetails> done);
    /// The text of the file that the runtime obeys. Unavailable when a restart of the computer took it.
    Request runtimeConfig(QObject* context, const std::string& id, Done<std::string> done);
    /// What holds it back: from the runtime's documents, and from the kernel while it runs.
    Request readConfinement(QObject* context, const std::string& id, Done<types::Confinement> done);
    /// Whether its user gets to a file of a mount, and what would help. path: inside the container.
    Request explainAccess(QObject* context, const std::string& id, const std::string& path,
                          Done<types::AccessReport> done);
    /// No deadline, because it may pull first; `progress` comes on the window's thread.
    Request createContainer(QObject* context, const types::RunSpec& spec, types::PullProgress progress,
                            Done<engine::CreatedContainer> done);
    /// Start only; nothing is attached to it.
    Request startContainer(QObject* context, const std::string& id, Done<void> done);
    /// No deadline but the time that the container has; cancelling leaves it as it is.
    Request stopContainer(QObject* context, const std::string& id, const engine::StopOptions& options,
                          Done<void> done);
    /// Stop and start; a failure of the first leaves the second undone.
    Request restartContainer(QObject* context, const std::string& id, Done<void> done);
    Request killContainer(QObject* context, const std::string& id, const std::string& signal,
                          Done<void> done);
    Request removeContainer(QObject* context, const std::string& id,
                            const engine::RemoveContainerOptions& options, Done<void> done);
    Request renameContainer(QObject* context, const std::string& id, const std::string& newName,
                            Done<void> done);
    /// Change what the edit names: limits, variables, restart policy, name, and what it shares, in this
    /// order. An error ends it; what was changed before stays, and the same edit may be sent again but for
    /// the name. Warnings of the engine.
    Request editContainer(QObject* context, const std::string& id, const types::ContainerEdit& edit,
                          Done<std::vector<std::string>> done);
    /// Freeze all its processes; they keep their memory. Unsupported where nothing can freeze them.
    Request pauseContainer(QObject* context, const std::string& id, Done<void> done);
    Request unpauseContainer(QObject* context, const std::string& id, Done<void> done);
    /// What these containers, as listed, have taken up to now. One that cannot be read is left out.
    Request readStats(QObject* context, std::vector<types::ContainerSummary> rows,
                      Done<std::vector<types::ContainerStats>> done);
    /// Its processes as they are now, the first one first. Fails with Conflict when it does not run.
    Request listProcesses(QObject* context, const std::string& id,
                          Done<std::vector<types::ProcessInfo>> done);
    /// Signal one of its processes: never another one that has its number by now.
    Request signalProcess(QObject* context, const std::string& id, const types::ProcessInfo& process,
                          const std::string& signal, Done<void> done);
    /// Deliver the log in batches, at most every 30 ms, then `done`. No deadline while it follows.
    Request readLog(QObject* context, const std::string& id, const types::LogOptions& options,
                    std::function<void(LogBatch)> batch, Done<void> done);

    /// `progress` is called on the window's thread, at most ten times a second for each layer.
    Request pullImage(QObject* context, const std::string& reference, const engine::PullOptions& options,
                      types::PullProgress progress, Done<std::string> done);
    Request listImages(QObject* context, Done<std::vector<types::ImageSummary>> done);
    Request inspectImage(QObject* context, const std::string& reference, Done<types::ImageDetails> done);
    Request tagImage(QObject* context, const std::string& source, const std::string& target, Done<void> done);
    Request removeImage(QObject* context, const std::string& reference,
                        const engine::RemoveImageOptions& options, Done<engine::RemovedImage> done);
    /// Asks the registry, and then the keyring, which may ask the person. Stored when both say yes.
    Request login(QObject* context, const std::string& registry, const engine::Credentials& credentials,
                  types::KeepLogin keep, Done<void> done);
    /// Where a login can be kept; waits for the keyring to answer.
    Request loginPlaces(QObject* context, const std::string& registry, Done<types::LoginPlaces> done);
    /// Forget a login; Conflict when another program's is left.
    Request logout(QObject* context, const std::string& registry, Done<void> done);
    /// Asks credential helpers, which may ask the person.
    Request registryLogins(QObject* context, Done<std::vector<types::RegistryLogin>> done);
    /// What is set for registries, as the command line obeys it, too.
    Request registrySettings(QObject* context, Done<std::vector<types::RegistrySettings>> done);
    /// replaced: the name that the row had before; empty: its own.
    Request setRegistrySettings(QObject* context, const types::RegistrySettings& settings,
                                const std::string& replaced, Done<void> done);
    Request forgetRegistrySettings(QObject* context, const std::string& name, Done<void> done);

    /// As pullImage(). destination: where it goes; none: where its name says.
    Request pushImage(QObject* context, const std::string& reference,
                      const std::optional<std::string>& destination, types::PushProgress progress,
                      Done<types::PushedImage> done);
    /// Take names away; the image stays, with the others or without one.
    Request untagImage(QObject* context, const std::string& reference, const std::vector<std::string>& names,
                       Done<void> done);
    /// Write images to a file that appears when it is complete. No deadline.
    Request saveImages(QObject* context, const std::vector<std::string>& names, types::ArchiveFormat format,
                       const std::string& path, Done<void> done);
    /// Bring in the images of a file or folder. Those before one that fails stay. No deadline.
    Request loadImages(QObject* context, const std::string& path, Done<std::vector<types::LoadedImage>> done);
    /// Make an image of the files of a tar. No deadline.
    Request importImage(QObject* context, const std::string& path, const types::ImportOptions& options,
                        Done<types::MadeImage> done);
    /// What a container did to its image, in the order of paths; walks what it wrote. No deadline.
    Request containerChanges(QObject* context, const std::string& id, Done<ChangeSetPtr> done);

    /// What a container wrote, in bytes; walks the tree of it, so there is no deadline.
    Request measureContainer(QObject* context, const std::string& id, Done<types::ContainerSize> done);

    /// What is in a folder of a container, not below it. For one that does not run it makes a process.
    Request listFolder(QObject* context, const std::string& id, const std::string& path,
                       Done<std::vector<types::ImageFile>> done);
    /// Files that are meant by words, wherever they are in a container. No deadline.
    Request findFiles(QObject* context, const std::string& id, const std::string& words,
                      Done<types::FoundFiles> done);
    /// The first MiB of a file, as it is or as the image has it.
    Request readContainerFile(QObject* context, const std::string& id, const std::string& path,
                              types::FileVersion version, Done<std::string> done);
    /// Between this computer and a container; `moved` bytes come on the window's thread. No deadline.
    Request copyFiles(QObject* context, const types::CopyPlace& from, const types::CopyPlace& to,
                      std::function<void(const std::uint64_t&)> moved, Done<types::CopyReport> done);
    /// Make paths what they are in the image. No deadline.
    Request restorePaths(QObject* context, const std::string& id, const std::vector<std::string>& paths,
                         Done<void> done);
    /// An image of the container as it is now. No deadline.
    Request commitContainer(QObject* context, const std::string& id, const types::CommitOptions& options,
                            Done<types::MadeImage> done);
    /// The files of an image, layer by layer, and what they come to. May read layers: no deadline.
    Request imageContent(QObject* context, const std::string& reference, Done<ImageContentPtr> done);
    /// How another image becomes this one. No deadline.
    Request compareImages(QObject* context, const std::string& from, ImageContentPtr to,
                          Done<ImageComparisonPtr> done);

    Request createVolume(QObject* context, const engine::VolumeOptions& options,
                         Done<types::VolumeSummary> done);
    Request listVolumes(QObject* context, Done<std::vector<types::VolumeSummary>> done);
    Request removeVolume(QObject* context, const std::string& name,
                         const engine::RemoveVolumeOptions& options, Done<void> done);
    /// Write its files to a tar that appears when it is complete. No deadline, as for the next two.
    Request exportVolume(QObject* context, const std::string& name, const std::string& path,
                         std::function<void(const std::uint64_t&)> moved, Done<void> done);
    /// Make a new volume of a tar. When that fails there is none.
    Request importVolume(QObject* context, const std::string& name, const std::string& path,
                         std::function<void(const std::uint64_t&)> moved, Done<types::VolumeSummary> done);
    /// What is in a folder of a volume, not below it.
    Request listVolumeFolder(QObject* context, const std::string& name, const std::string& path,
                             Done<std::vector<types::ImageFile>> done);
    /// Copy a file or folder out of a volume and into a folder of one. No deadlines.
    Request copyOutOfVolume(QObject* context, const std::string& name, const std::string& path,
                            const std::string& target, std::function<void(const std::uint64_t&)> moved,
                            Done<types::CopyReport> done);
    Request copyIntoVolume(QObject* context, const std::string& name, const std::string& source,
                           const std::string& folder, std::function<void(const std::uint64_t&)> moved,
                           Done<types::CopyReport> done);
    /// A new folder in one that is there.
    Request makeVolumeFolder(QObject* context, const std::string& name, const std::string& path,
                             Done<void> done);
    /// A file or folder of a volume, for good.
    Request eraseVolumeFile(QObject* context, const std::string& name, const std::string& path,
                            Done<void> done);
    /// A new volume with the files and labels of another.
    Request cloneVolume(QObject* context, const std::string& source, const std::string& name,
                        std::function<void(const std::uint64_t&)> moved, Done<types::VolumeSummary> done);
    /// Take everything out of a volume, as a removal of this name; whether undo() brings it back.
    Request emptyVolume(QObject* context, const std::string& name, const std::string& batch,
                        Done<types::EmptiedVolume> done);
    /// Walks the tree of the volume; no deadline.
    Request measureVolume(QObject* context, const std::string& name, Done<std::uint64_t> done);

    /// What takes how much. Walks containers and volumes; no deadline.
    Request diskUsage(QObject* context, Done<types::DiskUsage> done);
    /// What a clean-up would take, exactly; nothing is removed. No deadline.
    Request planPrune(QObject* context, const types::PruneOptions& options, Done<types::PrunePlan> done);
    /// Remove what the plan says and is still unused, as one removal that undo() brings back.
    Request prune(QObject* context, const types::PrunePlan& plan, Done<types::Pruned> done);
    /// How the store keeps house, as the command line obeys it, too.
    Request storeSettings(QObject* context, Done<types::StoreSettings> done);
    Request setStoreSettings(QObject* context, const types::StoreSettings& settings, Done<void> done);
    /// What was removed and can be brought back, newest first.
    Request listTrash(QObject* context, Done<std::vector<types::Removal>> done);
    /// Delete for good what the trash holds.
    Request emptyTrash(QObject* context, Done<types::EmptiedTrash> done);
    /// Bring back what was removed; without names all of the last removal.
    Request undo(QObject* context, const types::UndoOptions& options,
                 Done<std::vector<types::Restored>> done);

    Request hostInfo(QObject* context, Done<types::HostInfo> done);
    /// All checks, each in a process of its own.
    Request doctor(QObject* context, Done<std::vector<types::HealthCheck>> done);
    /// Fast enough for each edit; never fails but by its deadline.
    Request checkPort(QObject* context, const net::PortMapping& mapping, Done<engine::PortCheck> done);

    /// For the other parts of this layer (engine_terminal.h): the engine, and how a worker reaches the
    /// window's thread; calls that are posted after the service is gone are dropped.
    std::shared_ptr<engine::Engine> engine() const { return m_engine; }
    std::function<void(std::function<void()>)> poster() const;

signals:
    /// Something changed; from System::watch, on the window's thread.
    void eventArrived(const coracle::types::Event& event);
    /// True when events arrive again, false when the watch broke: lists may be stale until then.
    void watchingChanged(bool watching, const QString& reason);

private:
    enum class Lane : std::uint8_t { Quick, Long, Own };
    struct Link;

    /// A request that has not been sent yet; what it reports on the way can be tied to it.
    Request prepare(QObject* context);
    template <typename T, typename Work>
    void send(const Request& request, Lane lane, std::chrono::milliseconds deadline, const char* what,
              Work work, Done<T> done);
    /// Prepare and send one that reports nothing on the way.
    template <typename T, typename Work>
    Request submit(QObject* context, Lane lane, std::chrono::milliseconds deadline, const char* what,
                   Work work, Done<T> done);
    template <typename Event>
    std::function<void(const Event&)> forwarded(const Request& request,
                                                std::function<void(const Event&)> progress);
    void track(const Request& request);
    void runIn(Lane lane, std::function<void()> job);

    std::shared_ptr<engine::Engine> m_engine;
    std::shared_ptr<Link> m_link;  // shared with the workers, which post their answers through it
    std::unique_ptr<QThreadPool> m_quick;
    std::unique_ptr<QThreadPool> m_long;
    std::unique_ptr<QThreadPool> m_own;
    std::stop_source m_watchStop;
    bool m_watching = false;
    std::vector<std::weak_ptr<Request::State>> m_requests;
};

}  // namespace coracle::gui
