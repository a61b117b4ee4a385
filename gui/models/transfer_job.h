// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/layer_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <optional>
#include <utility>

namespace coracle::gui {

class Task;
class TaskList;
struct TaskWords;

/// One pull or push under way: what both have in common. Belongs to the task list, so that it goes on when
/// its dialog is closed, and deletes itself at its end. Blocks nothing; lives on the window's thread.
class TransferJob : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Running, Cancelling, Done, Failed, Cancelled };

    const QString& reference() const { return m_reference; }
    LayerModel& layers() { return m_layers; }
    State state() const { return m_state; }
    bool running() const { return m_state == State::Running || m_state == State::Cancelling; }
    /// Digest of the manifest; empty until it is known.
    const QString& digest() const { return m_digest; }
    /// What the engine says it is doing: "retrying in 2 s"; mostly empty.
    const QString& note() const { return m_note; }
    /// Why it failed; none in all other states.
    const std::optional<Error>& error() const { return m_error; }
    /// Bytes a second over the last seconds; 0: not known.
    std::uint64_t bytesPerSecond() const;
    /// "21.4 MB/s · about 4 s left"; empty while nothing can be said.
    QString rateText() const;
    /// Answers within a second, also when the engine does not.
    void cancel();
    /// Whether a dialog shows it and says itself why it fails.
    void setWatched(bool watched);

signals:
    /// Layers, note or rate changed; at most ten times a second.
    void progressed();
    /// Emitted once, in its last state; the job deletes itself after this.
    void ended();

protected:
    /// words, iconName: of the task that stands in the list.
    TransferJob(TaskList& tasks, const QString& reference, LayerModel::Direction direction,
                const TaskWords& words, const QString& iconName);

    /// The window tells that it went well, however little time it took: its dialog closes then.
    void announceEnd();
    void setRequest(const Request& request) { m_request = request; }
    void setDigest(const QString& digest) { m_digest = digest; }
    void setNote(const QString& note) { m_note = note; }
    /// The layers have moved on; `step` says how far ("%1 to fetch"), with the amount in its place.
    void moved(const QString& step);
    /// The engine has answered; none: it went well. result: what the list says then.
    void answered(const std::optional<Error>& error, const QString& result);

private:
    void end(State state, const QString& result = {});

    QString m_reference;
    QString m_digest;
    QString m_note;
    LayerModel m_layers;
    Request m_request;
    QPointer<Task> m_task;
    State m_state = State::Running;
    std::optional<Error> m_error;
    QElapsedTimer m_clock;
    QTimer m_cancelTimeout;
    std::deque<std::pair<qint64, std::uint64_t>> m_samples;  ///< time in ms and bytes moved
};

}  // namespace coracle::gui
