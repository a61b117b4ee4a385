// SPDX-License-Identifier: Apache-2.0
#include "gui/engine_service.h"

#include "core/engine/inspection.h"
#include "core/engine/registries.h"
#include "core/engine/sharing.h"
#include "core/engine/trash.h"
#include "core/engine/upkeep.h"
#include "gui/engine_service_calls.h"
#include "gui/models/change_set.h"

#include <QMetaObject>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace coracle::gui {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kQuickThreads = 3;
constexpr int kLongThreads = 4;
constexpr int kOwnThreads = 64;  // each sleeps in the kernel while its log is quiet

}  // namespace

void Request::cancel() {
    if (m_state == nullptr || m_state->finished) {
        return;
    }
    m_state->cancelled = true;
    m_state->stop.request_stop();
    if (m_state->giveUp) {
        m_state->giveUp();
    }
}

bool Request::finished() const {
    return m_state == nullptr || m_state->finished;
}

EngineService::EngineService(std::shared_ptr<engine::Engine> engine, QObject* parent)
    : QObject(parent)
    , m_engine(std::move(engine))
    , m_link(std::make_shared<Link>())
    , m_quick(std::make_unique<QThreadPool>())
    , m_long(std::make_unique<QThreadPool>())
    , m_own(std::make_unique<QThreadPool>()) {
    m_link->target = this;
    m_quick->setMaxThreadCount(kQuickThreads);
    m_long->setMaxThreadCount(kLongThreads);
    m_own->setMaxThreadCount(kOwnThreads);
}

EngineService::~EngineService() {
    (void)shutdown(milliseconds(200));
}  // what still hangs goes with the process

bool EngineService::shutdown(milliseconds wait) {
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->target = nullptr;
    }
    m_watchStop.request_stop();
    for (const auto& weak : m_requests) {
        if (const auto state = weak.lock()) {
            state->stop.request_stop();
            state->finished = true;
            state->giveUp = nullptr;
        }
    }
    m_requests.clear();
    bool clean = true;
    for (auto* pool : {&m_quick, &m_long, &m_own}) {
        if (*pool == nullptr) {
            continue;
        }
        (*pool)->clear();
        if (!(*pool)->waitForDone(int(wait.count()))) {
            // Deleting the pool would wait for ever; the threads hold only shared state.
            (void)pool->release();  // NOLINT(bugprone-unused-return-value): left to the end of the process
            clean = false;
        }
    }
    return clean;
}

void EngineService::runIn(Lane lane, std::function<void()> job) {
    QThreadPool* pool = lane == Lane::Quick ? m_quick.get() : lane == Lane::Long ? m_long.get() : m_own.get();
    if (pool != nullptr) {
        pool->start(std::move(job));
    }
}

Request EngineService::prepare(QObject* context) {
    Request request;
    request.m_state = std::make_shared<Request::State>();
    request.m_state->context = context;
    track(request);
    connect(context, &QObject::destroyed, this, [weak = std::weak_ptr(request.m_state)] {
        if (const auto alive = weak.lock()) {
            alive->stop.request_stop();
        }
    });
    return request;
}

void EngineService::track(const Request& request) {
    std::erase_if(m_requests, [](const auto& weak) {
        const auto state = weak.lock();
        return state == nullptr || state->finished;
    });
    m_requests.push_back(request.m_state);
}

std::function<void(std::function<void()>)> EngineService::poster() const {
    return [link = m_link](std::function<void()> call) { link->post(std::move(call)); };
}

void EngineService::startWatching() {
    if (m_watching) {
        return;
    }
    m_watching = true;
    emit watchingChanged(true, {});
    // From this moment on and not from when the thread gets to run: what changes in between may come after
    // the lists were read.
    const types::EventRange range{.since = std::chrono::system_clock::now(), .until = {}};
    runIn(Lane::Own, [this, link = m_link, engine = m_engine, range, stop = m_watchStop.get_token()] {
        // `this` is used only inside posted calls, which run while the service lives.
        const auto result = engine->system().events(
            range,
            [this, &link](const types::Event& event) {
                link->post([this, event] { emit eventArrived(event); });
            },
            stop);
        if (!stop.stop_requested()) {
            const QString reason = result ? QString() : QString::fromStdString(result.error().message());
            link->post([this, reason] {
                m_watching = false;
                emit watchingChanged(false, reason);
            });
        }
    });
}

Request EngineService::listContainers(QObject* context, Done<std::vector<types::ContainerSummary>> done) {
    return submit<std::vector<types::ContainerSummary>>(
        context, Lane::Quick, kQuickDeadline, "list containers",
        [](engine::Engine& e, const std::stop_token&) { return e.containers().list(); }, std::move(done));
}

Request EngineService::inspectContainer(QObject* context, const std::string& id,
                                        Done<types::ContainerDetails> done) {
    return submit<types::ContainerDetails>(
        context, Lane::Quick, kQuickDeadline, "inspect the container",
        [id](engine::Engine& e, const std::stop_token&) { return e.containers().inspect(id); },
        std::move(done));
}

Request EngineService::runtimeConfig(QObject* context, const std::string& id, Done<std::string> done) {
    return submit<std::string>(
        context, Lane::Quick, kQuickDeadline, "read the runtime's document",
        [id](engine::Engine& e, const std::stop_token&) { return e.inspection().runtimeConfig(id); },
        std::move(done));
}

Request EngineService::readConfinement(QObject* context, const std::string& id,
                                       Done<types::Confinement> done) {
    return submit<types::Confinement>(
        context, Lane::Quick, kQuickDeadline, "read what holds the container back",
        [id](engine::Engine& e, const std::stop_token&) { return e.inspection().confinement(id); },
        std::move(done));
}

Request EngineService::explainAccess(QObject* context, const std::string& id, const std::string& path,
                                     Done<types::AccessReport> done) {
    return submit<types::AccessReport>(
        context, Lane::Quick, kQuickDeadline, "look at the way to the file",
        [id, path](engine::Engine& e, const std::stop_token&) {
            return e.inspection().explainAccess(id, path, std::nullopt);
        },
        std::move(done));
}

Request EngineService::createContainer(QObject* context, const types::RunSpec& spec,
                                       types::PullProgress progress, Done<engine::CreatedContainer> done) {
    const Request request = prepare(context);
    send<engine::CreatedContainer>(
        request, Lane::Long, kNoDeadline, "create the container",
        [spec, forward = forwarded(request, std::move(progress))](engine::Engine& e,
                                                                  const std::stop_token& stop) {
            return e.containers().create(spec, forward, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::startContainer(QObject* context, const std::string& id, Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kActionDeadline, "start the container",
        [id](engine::Engine& e, const std::stop_token&) -> Result<> {
            auto session = e.containers().start(id, std::nullopt);
            if (!session) {
                return std::move(session).error();
            }
            return {};
        },
        std::move(done));
}

Request EngineService::stopContainer(QObject* context, const std::string& id,
                                     const engine::StopOptions& options, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kNoDeadline, "stop the container",
        [id, options](engine::Engine& e, const std::stop_token& stop) {
            return e.containers().stop(id, options, stop);
        },
        std::move(done));
}

Request EngineService::restartContainer(QObject* context, const std::string& id, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kNoDeadline, "restart the container",
        [id](engine::Engine& e, const std::stop_token& stop) -> Result<> {
            TRY(e.containers().stop(id, {}, stop));
            auto session = e.containers().start(id, std::nullopt);
            if (!session) {
                return std::move(session).error();
            }
            return {};
        },
        std::move(done));
}

Request EngineService::killContainer(QObject* context, const std::string& id, const std::string& signal,
                                     Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kActionDeadline, "signal the container",
        [id, signal](engine::Engine& e, const std::stop_token&) { return e.containers().kill(id, signal); },
        std::move(done));
}

Request EngineService::pauseContainer(QObject* context, const std::string& id, Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kActionDeadline, "pause the container",
        [id](engine::Engine& e, const std::stop_token&) { return e.resources().pause(id); }, std::move(done));
}

Request EngineService::unpauseContainer(QObject* context, const std::string& id, Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kActionDeadline, "resume the container",
        [id](engine::Engine& e, const std::stop_token&) { return e.resources().unpause(id); },
        std::move(done));
}

Request EngineService::readStats(QObject* context, std::vector<types::ContainerSummary> rows,
                                 Done<std::vector<types::ContainerStats>> done) {
    return submit<std::vector<types::ContainerStats>>(
        context, Lane::Quick, kQuickDeadline, "read what containers take",
        [rows = std::move(rows)](engine::Engine& e,
                                 const std::stop_token& stop) -> Result<std::vector<types::ContainerStats>> {
            std::vector<types::ContainerStats> all;
            for (const types::ContainerSummary& row : rows) {
                if (stop.stop_requested()) {
                    return Error(ErrorKind::Cancelled, "cancelled");
                }
                if (auto stats = e.resources().statsOf(row)) {
                    all.push_back(*std::move(stats));
                }
            }
            return all;
        },
        std::move(done));
}

Request EngineService::removeContainer(QObject* context, const std::string& id,
                                       const engine::RemoveContainerOptions& options, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "delete the container",
        [id, options](engine::Engine& e, const std::stop_token&) {
            return e.containers().remove(id, options);
        },
        std::move(done));
}

Request EngineService::renameContainer(QObject* context, const std::string& id, const std::string& newName,
                                       Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kQuickDeadline, "rename the container",
        [id, newName](engine::Engine& e, const std::stop_token&) {
            return e.containers().rename(id, newName);
        },
        std::move(done));
}

namespace {

Result<std::vector<std::string>> applyEdit(engine::Engine& engine, const std::string& id,
                                           const types::ContainerEdit& edit) {
    std::vector<std::string> warnings;
    const auto take = [&](Result<std::vector<std::string>> done) -> Result<> {
        TRY_ASSIGN(const auto more, std::move(done));
        warnings.insert(warnings.end(), more.begin(), more.end());
        return {};
    };
    if (edit.limits) {
        TRY(take(engine.resources().update(id, *edit.limits)));
    }
    if (!edit.environment.isEmpty()) {
        TRY(take(engine.sharing().changeEnvironment(id, edit.environment)));
    }
    if (edit.restart) {
        TRY(engine.resources().setRestart(id, *edit.restart));
    }
    if (edit.name) {
        TRY(engine.containers().rename(id, *edit.name));
    }
    if (!edit.sharing.isEmpty()) {
        TRY(take(engine.sharing().changeSharing(id, edit.sharing)));
    }
    return warnings;
}

}  // namespace

Request EngineService::editContainer(QObject* context, const std::string& id,
                                     const types::ContainerEdit& edit, Done<std::vector<std::string>> done) {
    return submit<std::vector<std::string>>(
        context, Lane::Long, kActionDeadline, "change the container",
        [id, edit](engine::Engine& e, const std::stop_token&) { return applyEdit(e, id, edit); },
        std::move(done));
}

namespace {

constexpr std::size_t kBatchLines = 2000;
constexpr int kMaxBatchesInFlight = 8;
constexpr milliseconds kFlushInterval{30};

/// Batches that the window has not taken yet. At most kMaxBatchesInFlight wait; then the worker does, so that
/// a flood of output costs a bounded amount of memory.
struct Backlog {
    std::mutex mutex;
    std::condition_variable_any room;
    int batches = 0;

    void add() {
        const std::lock_guard lock(mutex);
        ++batches;
    }
    void take() {
        {
            const std::lock_guard lock(mutex);
            --batches;
        }
        room.notify_one();
    }
    void waitForRoom(const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        (void)room.wait(lock, stop, [this] { return batches < kMaxBatchesInFlight; });  // or a stop request
    }
};

/// Runs on the worker: gathers lines and hands them on when the batch is full or 30 ms old.
class LogPump {
public:
    LogPump(std::function<void(LogBatch)> post, std::shared_ptr<Backlog> backlog)
        : m_post(std::move(post))
        , m_backlog(std::move(backlog))
        , m_flusher([this](const std::stop_token& end) { flushLoop(end); }) {}

    bool add(const types::LogLine& line, const std::stop_token& stop) {
        std::size_t size = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_open.push_back(line);
            size = m_open.size();
        }
        if (size == 1) {
            m_wake.notify_one();
        } else if (size >= kBatchLines) {
            flush();
            m_backlog->waitForRoom(stop);
        }
        return !stop.stop_requested();
    }

    void finish() {
        m_flusher.request_stop();
        m_flusher.join();
        flush();
    }

private:
    void flush() {
        std::vector<types::LogLine> full;
        {
            const std::lock_guard lock(m_mutex);
            full.swap(m_open);
        }
        if (!full.empty()) {
            m_backlog->add();
            m_post(std::make_shared<const std::vector<types::LogLine>>(std::move(full)));
        }
    }

    void flushLoop(const std::stop_token& end) {
        std::unique_lock lock(m_mutex);
        // Sleeps without a timer until a first line comes, then once for the interval.
        while (m_wake.wait(lock, end, [this] { return !m_open.empty(); })) {
            (void)m_wake.wait_for(lock, end, kFlushInterval, [] { return false; });  // the pause itself
            lock.unlock();
            flush();
            lock.lock();
        }
    }

    std::function<void(LogBatch)> m_post;
    std::shared_ptr<Backlog> m_backlog;  // shared with the posted calls, which may outlive the pump
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<types::LogLine> m_open;
    std::jthread m_flusher;  // last: starts when everything else is made
};

}  // namespace

Request EngineService::listProcesses(QObject* context, const std::string& id,
                                     Done<std::vector<types::ProcessInfo>> done) {
    return submit<std::vector<types::ProcessInfo>>(
        context, Lane::Quick, kQuickDeadline, "list the processes",
        [id](engine::Engine& e, const std::stop_token&) { return e.resources().processes(id); },
        std::move(done));
}

Request EngineService::signalProcess(QObject* context, const std::string& id,
                                     const types::ProcessInfo& process, const std::string& signal,
                                     Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kQuickDeadline, "signal the process",
        [id, process, signal](engine::Engine& e, const std::stop_token&) {
            return e.inspection().signalProcess(id, process, signal);
        },
        std::move(done));
}

Request EngineService::readLog(QObject* context, const std::string& id, const types::LogOptions& options,
                               std::function<void(LogBatch)> batch, Done<void> done) {
    auto sink = std::make_shared<std::function<void(LogBatch)>>(std::move(batch));
    const Request request = prepare(context);
    send<void>(
        request, Lane::Own, kNoDeadline, "read the log",
        [link = m_link, id, options, state = request.m_state, sink](engine::Engine& e,
                                                                    const std::stop_token& stop) {
            auto backlog = std::make_shared<Backlog>();
            LogPump pump(
                [&link, state, sink, backlog](LogBatch full) {
                    link->post([state, sink, backlog, full = std::move(full)] {
                        backlog->take();
                        if (state->listens()) {
                            (*sink)(full);
                        }
                    });
                },
                backlog);
            auto result = e.containers().logs(
                id, options, [&](const types::LogLine& line) { return pump.add(line, stop); }, stop);
            pump.finish();
            return result;
        },
        std::move(done));
    return request;
}

Request EngineService::pullImage(QObject* context, const std::string& reference,
                                 const engine::PullOptions& options, types::PullProgress progress,
                                 Done<std::string> done) {
    const Request request = prepare(context);
    send<std::string>(
        request, Lane::Long, kNoDeadline, "pull the image",
        [reference, options, forward = forwarded(request, std::move(progress))](engine::Engine& e,
                                                                                const std::stop_token& stop) {
            return e.images().pull(reference, options, forward, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::listImages(QObject* context, Done<std::vector<types::ImageSummary>> done) {
    return submit<std::vector<types::ImageSummary>>(
        context, Lane::Quick, kQuickDeadline, "list images",
        [](engine::Engine& e, const std::stop_token&) { return e.images().list(); }, std::move(done));
}

Request EngineService::inspectImage(QObject* context, const std::string& reference,
                                    Done<types::ImageDetails> done) {
    return submit<types::ImageDetails>(
        context, Lane::Quick, kQuickDeadline, "inspect the image",
        [reference](engine::Engine& e, const std::stop_token&) { return e.images().inspect(reference); },
        std::move(done));
}

Request EngineService::tagImage(QObject* context, const std::string& source, const std::string& target,
                                Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kQuickDeadline, "tag the image",
        [source, target](engine::Engine& e, const std::stop_token&) {
            return e.images().tag(source, target);
        },
        std::move(done));
}

Request EngineService::removeImage(QObject* context, const std::string& reference,
                                   const engine::RemoveImageOptions& options,
                                   Done<engine::RemovedImage> done) {
    return submit<engine::RemovedImage>(
        context, Lane::Long, kActionDeadline, "remove the image",
        [reference, options](engine::Engine& e, const std::stop_token&) {
            return e.images().remove(reference, options);
        },
        std::move(done));
}

Request EngineService::pushImage(QObject* context, const std::string& reference,
                                 const std::optional<std::string>& destination, types::PushProgress progress,
                                 Done<types::PushedImage> done) {
    const Request request = prepare(context);
    send<types::PushedImage>(
        request, Lane::Long, kNoDeadline, "push the image",
        [reference, destination, forward = forwarded(request, std::move(progress))](
            engine::Engine& e, const std::stop_token& stop) {
            return e.registries().push(reference, {.platform = std::nullopt, .destination = destination},
                                       forward, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::untagImage(QObject* context, const std::string& reference,
                                  const std::vector<std::string>& names, Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kQuickDeadline, "take the name away",
        [reference, names](engine::Engine& e, const std::stop_token&) {
            return e.images().untag(reference, names);
        },
        std::move(done));
}

Request EngineService::saveImages(QObject* context, const std::vector<std::string>& names,
                                  types::ArchiveFormat format, const std::string& path, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kNoDeadline, "save the images",
        [names, format, path](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().save(names, format, {.path = path, .fd = -1}, stop);
        },
        std::move(done));
}

Request EngineService::loadImages(QObject* context, const std::string& path,
                                  Done<std::vector<types::LoadedImage>> done) {
    return submit<std::vector<types::LoadedImage>>(
        context, Lane::Long, kNoDeadline, "load the images",
        [path](engine::Engine& e, const std::stop_token& stop) -> Result<std::vector<types::LoadedImage>> {
            std::vector<types::LoadedImage> loaded;
            TRY(e.archives().load(
                {.path = path, .fd = -1}, {},
                [&](const types::LoadedImage& image) { loaded.push_back(image); }, stop));
            return loaded;
        },
        std::move(done));
}

Request EngineService::containerChanges(QObject* context, const std::string& id, Done<ChangeSetPtr> done) {
    return submit<ChangeSetPtr>(
        context, Lane::Long, kNoDeadline, "compare the container with its image",
        [id](engine::Engine& e, const std::stop_token& stop) -> Result<ChangeSetPtr> {
            TRY_ASSIGN(auto changes, e.archives().containerChanges(id, stop));
            return std::make_shared<const ChangeSet>(std::move(changes));  // with the window's thread
        },
        std::move(done));
}

Request EngineService::createVolume(QObject* context, const engine::VolumeOptions& options,
                                    Done<types::VolumeSummary> done) {
    return submit<types::VolumeSummary>(
        context, Lane::Quick, kQuickDeadline, "create the volume",
        [options](engine::Engine& e, const std::stop_token&) { return e.volumes().create(options); },
        std::move(done));
}

Request EngineService::listVolumes(QObject* context, Done<std::vector<types::VolumeSummary>> done) {
    return submit<std::vector<types::VolumeSummary>>(
        context, Lane::Quick, kQuickDeadline, "list volumes",
        [](engine::Engine& e, const std::stop_token&) { return e.volumes().list(); }, std::move(done));
}

Request EngineService::removeVolume(QObject* context, const std::string& name,
                                    const engine::RemoveVolumeOptions& options, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "delete the volume",
        [name, options](engine::Engine& e, const std::stop_token&) {
            return e.volumes().remove(name, options);
        },
        std::move(done));
}

Request EngineService::measureVolume(QObject* context, const std::string& name, Done<std::uint64_t> done) {
    return submit<std::uint64_t>(
        context, Lane::Long, kNoDeadline, "measure the volume",
        [name](engine::Engine& e, const std::stop_token& stop) { return e.volumes().measure(name, stop); },
        std::move(done));
}

Request EngineService::diskUsage(QObject* context, Done<types::DiskUsage> done) {
    return submit<types::DiskUsage>(
        context, Lane::Long, kNoDeadline, "measure what is used",
        [](engine::Engine& e, const std::stop_token& stop) { return e.upkeep().diskUsage(stop); },
        std::move(done));
}

Request EngineService::planPrune(QObject* context, const types::PruneOptions& options,
                                 Done<types::PrunePlan> done) {
    return submit<types::PrunePlan>(
        context, Lane::Long, kNoDeadline, "look for what nobody uses",
        [options](engine::Engine& e, const std::stop_token& stop) {
            return e.upkeep().planPrune(options, stop);
        },
        std::move(done));
}

Request EngineService::prune(QObject* context, const types::PrunePlan& plan, Done<types::Pruned> done) {
    return submit<types::Pruned>(
        context, Lane::Long, kNoDeadline, "clean up",
        [plan](engine::Engine& e, const std::stop_token& stop) { return e.upkeep().prune(plan, stop); },
        std::move(done));
}

Request EngineService::storeSettings(QObject* context, Done<types::StoreSettings> done) {
    return submit<types::StoreSettings>(
        context, Lane::Quick, kQuickDeadline, "read the settings",
        [](engine::Engine& e, const std::stop_token&) { return e.upkeep().settings(); }, std::move(done));
}

Request EngineService::setStoreSettings(QObject* context, const types::StoreSettings& settings,
                                        Done<void> done) {
    return submit<void>(
        context, Lane::Quick, kQuickDeadline, "write the settings",
        [settings](engine::Engine& e, const std::stop_token&) { return e.upkeep().setSettings(settings); },
        std::move(done));
}

Request EngineService::emptyTrash(QObject* context, Done<types::EmptiedTrash> done) {
    return submit<types::EmptiedTrash>(
        context, Lane::Long, kNoDeadline, "empty the trash",
        [](engine::Engine& e, const std::stop_token& stop) { return e.trash().empty({}, stop); },
        std::move(done));
}

Request EngineService::undo(QObject* context, const types::UndoOptions& options,
                            Done<std::vector<types::Restored>> done) {
    return submit<std::vector<types::Restored>>(
        context, Lane::Long, kNoDeadline, "bring back what was removed",
        [options](engine::Engine& e, const std::stop_token&) { return e.trash().undo(options); },
        std::move(done));
}

Request EngineService::hostInfo(QObject* context, Done<types::HostInfo> done) {
    return submit<types::HostInfo>(
        context, Lane::Quick, kQuickDeadline, "ask about this computer",
        [](engine::Engine& e, const std::stop_token&) { return e.system().info(); }, std::move(done));
}

Request EngineService::doctor(QObject* context, Done<std::vector<types::HealthCheck>> done) {
    return submit<std::vector<types::HealthCheck>>(
        context, Lane::Long, kActionDeadline, "check this computer",
        [](engine::Engine& e, const std::stop_token& stop) { return e.system().doctor(stop); },
        std::move(done));
}

Request EngineService::checkPort(QObject* context, const net::PortMapping& mapping,
                                 Done<engine::PortCheck> done) {
    return submit<engine::PortCheck>(
        context, Lane::Quick, kQuickDeadline, "check the port",
        [mapping](engine::Engine& e, const std::stop_token&) -> Result<engine::PortCheck> {
            return e.system().checkPort(mapping);
        },
        std::move(done));
}

}  // namespace coracle::gui
