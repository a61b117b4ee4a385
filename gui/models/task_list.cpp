// SPDX-License-Identifier: Apache-2.0
#include "gui/models/task_list.h"

#include "gui/format.h"

#include <algorithm>

namespace coracle::gui {

Task::Task(TaskWords words, QString iconName, std::function<void()> cancel, QObject* parent)
    : QObject(parent), m_words(std::move(words)), m_icon(std::move(iconName)), m_cancel(std::move(cancel)) {
    m_clock.start();
}

void Task::setStep(const QString& step) {
    if (running() && step != m_step) {
        m_step = step;
        emit changed();
    }
}

void Task::setProgress(quint64 done, quint64 total) {
    const int percent = total == 0 ? -1 : int(std::min<quint64>(100, done * 100 / total));
    if (running() && percent != m_percent) {
        m_percent = percent;
        emit changed();
    }
}

void Task::endWith(const Error& error) {
    if (error.kind() == ErrorKind::Cancelled) {
        finishCancelled();
    } else {
        fail(format::sentence(error.message()), format::sentence(error.hint()));
    }
}

void Task::cancel() {
    if (running() && m_cancel) {
        setStep(tr("Cancelling"));
        m_cancel();
    }
}

void Task::finish(const QString& result) {
    if (running()) {
        m_step = result;
        m_percent = 100;
        end(State::Done);
    }
}

void Task::fail(const QString& message, const QString& hint) {
    if (running()) {
        m_step = message;
        m_hint = hint;
        end(State::Failed);
    }
}

void Task::finishCancelled() {
    if (running()) {
        m_step = tr("Cancelled");
        end(State::Cancelled);
    }
}

void Task::end(State state) {
    m_state = state;
    m_cancel = nullptr;
    emit changed();
    emit ended();
}

Task* TaskList::add(const TaskWords& words, const QString& iconName, std::function<void()> cancel) {
    auto* task = new Task(words, iconName, std::move(cancel), this);
    m_tasks.push_back(task);
    connect(task, &Task::changed, this, [this, task] { emit changed(task); });
    connect(task, &Task::ended, this, [this, task] { emit ended(task); });
    emit added(task);
    return task;
}

Task* TaskList::newestRunning() const {
    const auto found =
        std::find_if(m_tasks.rbegin(), m_tasks.rend(), [](const Task* task) { return task->running(); });
    return found == m_tasks.rend() ? nullptr : *found;
}

int TaskList::runningCount() const {
    return int(
        std::count_if(m_tasks.begin(), m_tasks.end(), [](const Task* task) { return task->running(); }));
}

void TaskList::clearEnded() {
    std::erase_if(m_tasks, [](Task* task) {
        if (task->running()) {
            return false;
        }
        task->deleteLater();
        return true;
    });
    emit cleared();
}

}  // namespace coracle::gui
