// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace coracle::gui {

/// What a piece of work is called.
struct TaskWords {
    QString doing;   ///< "Deleting y"
    QString failed;  ///< "Could not delete y"
};

/// One piece of long work: a pull, a start of many containers. Owned by the TaskList; stays in it after its
/// end until the person clears it.
class Task : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Running, Done, Failed, Cancelled };

    const QString& title() const { return m_words.doing; }
    /// The title of what tells that it failed.
    const QString& failedTitle() const { return m_words.failed; }
    const QString& iconName() const { return m_icon; }
    /// What it does now, or its result or error once it has ended.
    const QString& step() const { return m_step; }
    /// 0 to 100, or -1 while the amount is not known.
    int percent() const { return m_percent; }
    State state() const { return m_state; }
    bool running() const { return m_state == State::Running; }
    /// Whether cancel() does anything.
    bool cancellable() const { return bool(m_cancel); }
    /// Whether a dialog that is open tells how it ends, so that nothing else needs to.
    bool watched() const { return m_watched; }
    void setWatched(bool watched) { m_watched = watched; }
    /// Whether its result is told however short it was: nothing in the window shows it, as for a file.
    bool announced() const { return m_announced; }
    void setAnnounced() { m_announced = true; }
    /// Milliseconds since it was added.
    qint64 elapsedMs() const { return m_clock.elapsed(); }

    /// Words for what it does now; emits changed().
    void setStep(const QString& step);
    /// Total 0: the amount is not known and the bar is busy.
    void setProgress(quint64 done, quint64 total);
    /// Ask the owner to stop; the state changes when the work has answered.
    void cancel();

    /// The first of these three calls ends it; later ones do nothing.
    void finish(const QString& result = {});
    void fail(const QString& message, const QString& hint = {});
    void finishCancelled();
    /// fail() with the words of an error, or finishCancelled() when it is that.
    void endWith(const Error& error);
    const QString& hint() const { return m_hint; }

signals:
    void changed();
    void ended();

private:
    friend class TaskList;
    Task(TaskWords words, QString iconName, std::function<void()> cancel, QObject* parent);
    void end(State state);

    TaskWords m_words;
    QString m_icon;
    QString m_step;
    QString m_hint;
    int m_percent = -1;
    bool m_watched = false;
    bool m_announced = false;
    State m_state = State::Running;
    std::function<void()> m_cancel;
    QElapsedTimer m_clock;
};

/// Everything long that this window started. The status bar shows the newest, a click shows all.
class TaskList : public QObject {
    Q_OBJECT
public:
    /// Work shorter than this is never shown.
    static constexpr int kShowAfterMs = 400;

    using QObject::QObject;
    /// Begin a task; it belongs to the list. cancel: called when the person wants it to stop;
    /// empty: it cannot be stopped.
    Task* add(const TaskWords& words, const QString& iconName, std::function<void()> cancel = {});
    /// Newest last.
    const std::vector<Task*>& tasks() const { return m_tasks; }
    /// The newest running task, or null.
    Task* newestRunning() const;
    /// Tasks that have not ended, shown or not.
    int runningCount() const;
    /// Delete all that have ended; pointers to them end here.
    void clearEnded();

signals:
    void added(coracle::gui::Task* task);
    void changed(coracle::gui::Task* task);
    void ended(coracle::gui::Task* task);
    void cleared();

private:
    std::vector<Task*> m_tasks;
};

}  // namespace coracle::gui
