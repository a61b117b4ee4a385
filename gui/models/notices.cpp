// SPDX-License-Identifier: Apache-2.0
#include "gui/models/notices.h"

#include "gui/format.h"
#include "gui/models/container_actions.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"

#include <QTimer>

#include <utility>

namespace coracle::gui {
namespace {

using namespace std::chrono_literals;

/// One that ends sooner was just started by somebody who looks.
constexpr auto kLeastRun = 10s;
/// A container that ends again and again is told of once in this time.
constexpr qint64 kQuietMs = 60'000;
/// A word that somebody wanted an end counts for ends this close to it.
constexpr auto kAskedFor = 30s;

std::string attribute(const types::Event& event, const char* key) {
    const auto found = event.attributes.find(key);
    return found == event.attributes.end() ? std::string() : found->second;
}

}  // namespace

Notices::Notices(Parts parts, QObject* parent) : QObject(parent), m_parts(std::move(parts)) {
    connect(&m_parts.state, &EngineState::eventSeen, this, &Notices::onEvent);
    connect(&m_parts.state, &EngineState::containersChanged, this, [this] { ++m_lists; });
    connect(&m_parts.tasks, &TaskList::ended, this, [this](const Task* task) { onTask(*task); });
}

bool Notices::wanted() const {
    switch (m_parts.settings.notifyWhen()) {
    case NotifyWhen::Never:
        return false;
    case NotifyWhen::InBackground:
        return !m_parts.watched();
    case NotifyWhen::Always:
        break;
    }
    return true;
}

QString Notices::name(const types::Event& event) const {
    const std::string known = attribute(event, "name");
    if (!known.empty()) {
        return format::text(known);
    }
    const types::ContainerSummary* row = m_parts.state.container(event.id);
    return row == nullptr ? format::shortId(event.id) : format::text(row->name);
}

void Notices::onEvent(const types::Event& event) {
    if (event.type != "container") {
        return;
    }
    if (event.action == "start") {
        m_outOfMemory.erase(event.id);
    } else if (event.action == "destroy") {
        m_outOfMemory.erase(event.id);
        m_asked.erase(event.id);
    } else if (event.action == "kill" || event.action == "stop" || event.action == "restart") {
        m_asked[event.id] = event.time;
    } else if (event.action == "oom") {
        m_outOfMemory.insert(event.id);
    } else if (event.action == "health_status: unhealthy") {
        tell(event.id, "health", tr("%1 is unhealthy").arg(name(event)),
             tr("Its health check fails again and again."), false);
    } else if (event.action == "die") {
        const Pending pending = m_parts.actions.pending(event.id);
        const bool ours = pending == Pending::Stopping || pending == Pending::Restarting ||
                          m_parts.actions.hidden(event.id);
        if (!ours && attribute(event, "exitCode") != "0") {
            // Who stopped it elsewhere says so after the end.
            QTimer::singleShot(
                m_patience, this,
                [this, end = End{event, m_outOfMemory.contains(event.id), nextList()}] { judge(end); });
        }
    }
}

/// The number of the next list that is begun: one that is under way may be of before.
int Notices::nextList() const {
    return m_lists + (m_parts.state.containers().reading ? 2 : 1);
}

void Notices::judge(const End& end) {
    if (m_lists < end.read) {  // what is known is of before the end
        connect(
            &m_parts.state, &EngineState::containersChanged, this, [this, end] { judge(end); },
            Qt::SingleShotConnection);
        return;
    }
    const types::ContainerSummary* row = m_parts.state.container(end.event.id);
    const auto asked = m_asked.find(end.event.id);
    const bool isAsked = asked != m_asked.end() && asked->second > end.event.time - kAskedFor;
    if (row == nullptr || (isAsked && !end.outOfMemory)) {
        return;  // it removes itself, or somebody wanted it
    }
    const bool again = row->status == types::ContainerStatus::Running ||
                       row->status == types::ContainerStatus::Restarting ||
                       row->status == types::ContainerStatus::Starting;
    if (!again && !end.outOfMemory && row->startedAt && end.event.time - *row->startedAt < kLeastRun) {
        return;
    }
    const QString next = again ? tr("It is started again.") : tr("It stays stopped.");
    if (end.outOfMemory) {
        tell(end.event.id, "end", tr("%1 ran out of memory").arg(name(end.event)),
             tr("The kernel ended it at its limit. %1").arg(next), true);
    } else {
        tell(end.event.id, "end",
             tr("%1 ended with code %2").arg(name(end.event), format::text(attribute(end.event, "exitCode"))),
             next, true);
    }
}

void Notices::tell(const std::string& id, const char* kind, const QString& title, const QString& text,
                   bool urgent) {
    if (!wanted()) {
        return;
    }
    QElapsedTimer& last = m_told[std::string(kind) + ' ' + id];
    if (last.isValid() && last.elapsed() < kQuietMs) {
        return;
    }
    last.start();
    Notice notice;
    notice.key = QLatin1String(kind) + QLatin1Char(' ') + format::text(id);
    notice.title = title;
    notice.text = text;
    notice.urgent = urgent;
    notice.actions = {{QStringLiteral("logs"), tr("Show logs")}};
    notice.chosen = [open = m_parts.open, id](const QString& action) {
        open(id, action == QLatin1String("logs") ? action : QString());
    };
    m_parts.notifier.show(notice);
}

/// Work of this window: the person waits for it elsewhere.
void Notices::onTask(const Task& task) {
    const bool done = task.state() == Task::State::Done;
    if ((!done && task.state() != Task::State::Failed) || task.elapsedMs() < m_longWork.count() ||
        m_parts.watched() || !wanted()) {
        return;
    }
    Notice notice;
    notice.key = QStringLiteral("task ") + task.title();
    notice.title = done ? task.title() : task.failedTitle();
    notice.text = done && task.step().isEmpty() ? tr("Done") : task.step();
    notice.urgent = !done;
    notice.chosen = [present = m_parts.present](const QString&) { present(); };
    m_parts.notifier.show(notice);
}

}  // namespace coracle::gui
