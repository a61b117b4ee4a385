// SPDX-License-Identifier: Apache-2.0
#include "gui/models/container_actions.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/deletion.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/widgets/toast_host.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace coracle::gui {

namespace {

constexpr int kMaxNames = 5;

bool runs(types::ContainerStatus status) {
    return status == types::ContainerStatus::Running || status == types::ContainerStatus::Paused ||
           status == types::ContainerStatus::Starting || status == types::ContainerStatus::Stopping ||
           status == types::ContainerStatus::Restarting;
}

}  // namespace

ContainerActions::ContainerActions(Parts parts, QObject* parent) : QObject(parent), m_parts(parts) {
    connect(&m_parts.state, &EngineState::containersChanged, this, &ContainerActions::onList);
}

Pending ContainerActions::pending(const std::string& id) const {
    const auto found = m_work.find(id);
    return found == m_work.end() ? Pending::None : found->second.pending;
}

QString ContainerActions::name(const std::string& id) const {
    const types::ContainerSummary* row = m_parts.state.container(id);
    return row == nullptr ? format::shortId(id) : format::text(row->name);
}

QString ContainerActions::names(const Ids& ids) const {
    QStringList list;
    for (const std::string& id : ids) {
        if (list.size() == kMaxNames) {
            list << tr("%n more", nullptr, int(ids.size()) - kMaxNames);
            break;
        }
        list << name(id);
    }
    return list.join(QStringLiteral(", "));
}

ContainerActions::Ids ContainerActions::running(const Ids& ids) const {
    Ids result;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(result), [this](const std::string& id) {
        const types::ContainerSummary* row = m_parts.state.container(id);
        return row != nullptr && runs(row->status);
    });
    return result;
}

TaskWords ContainerActions::words(Pending pending, const std::string& id) const {
    switch (pending) {
    case Pending::Starting:
        return {tr("Starting %1").arg(name(id)), tr("Could not start %1").arg(name(id))};
    case Pending::Stopping:
        return {tr("Stopping %1").arg(name(id)), tr("Could not stop %1").arg(name(id))};
    case Pending::Restarting:
        return {tr("Restarting %1").arg(name(id)), tr("Could not restart %1").arg(name(id))};
    case Pending::Pausing:
        return {tr("Pausing %1").arg(name(id)), tr("Could not pause %1").arg(name(id))};
    case Pending::Resuming:
        return {tr("Resuming %1").arg(name(id)), tr("Could not resume %1").arg(name(id))};
    case Pending::None:
        break;
    }
    return {name(id), name(id)};
}

QString ContainerActions::doneWords(Pending pending, const QString& name) {
    switch (pending) {
    case Pending::Starting:
        return tr("%1 runs").arg(name);
    case Pending::Stopping:
        return tr("%1 is stopped").arg(name);
    case Pending::Restarting:
        return tr("%1 is restarted").arg(name);
    case Pending::Pausing:
        return tr("%1 is paused").arg(name);
    case Pending::Resuming:
        return tr("%1 goes on").arg(name);
    case Pending::None:
        break;
    }
    return name;
}

void ContainerActions::begin(const std::string& id, Pending pending) {
    m_work[id] = {.pending = pending, .answered = false};
    emit changed();
}

void ContainerActions::answered(const std::string& id, const QString& failedTitle, const Result<>& result) {
    if (!result) {
        m_work.erase(id);
        emit changed();
        if (result.error().kind() != ErrorKind::Cancelled) {
            m_parts.toasts.showError(failedTitle, format::error(result.error()));
        }
    } else if (const auto found = m_work.find(id); found != m_work.end()) {
        found->second.answered = true;
    }
    m_parts.state.refreshContainers();
}

void ContainerActions::onList() {
    const std::size_t before = m_work.size();
    std::erase_if(m_work, [](const auto& entry) { return entry.second.answered; });
    const std::size_t hiddenBefore = m_hidden.size();
    std::erase_if(m_hidden, [this](const std::string& id) {
        return !m_parts.state.containers().error && m_parts.state.container(id) == nullptr;
    });
    if (before != m_work.size() || hiddenBefore != m_hidden.size()) {
        emit changed();
    }
}

void ContainerActions::run(const Ids& ids, Pending pending, const QString& iconName,
                           Request (EngineService::*call)(QObject*, const std::string&, Done<void>)) {
    for (const std::string& id : ids) {
        if (this->pending(id) != Pending::None) {
            continue;
        }
        begin(id, pending);
        auto request = std::make_shared<Request>();  // shared by the task's cancel button and this call
        Task* task = m_parts.tasks.add(words(pending, id), iconName, [request] { request->cancel(); });
        const QString done = doneWords(pending, name(id));
        *request = (m_parts.engine.*call)(this, id, [this, id, task, done](const Result<>& result) {
            result ? task->finish(done) : task->finishCancelled();  // a failure has its own toast
            answered(id, task->failedTitle(), result);
        });
    }
}

void ContainerActions::start(const Ids& ids) {
    Ids still = ids;
    std::erase_if(still, [this](const std::string& id) { return isRunning(id); });
    run(still, Pending::Starting, QStringLiteral("play"), &EngineService::startContainer);
}

void ContainerActions::stop(const Ids& ids) {
    const Ids affected = running(ids);
    if (affected.empty()) {
        return;
    }
    if (!m_askBeforeStop) {
        stopNow(affected);
        return;
    }
    Question question;
    question.title = affected.size() == 1 ? tr("Stop %1?").arg(name(affected.front()))
                                          : tr("Stop %n containers?", nullptr, int(affected.size()));
    question.text =
        affected.size() == 1
            ? tr("It is asked to end and killed when it has not after its time, usually ten seconds.")
            : tr("Each is asked to end and killed when it has not after its time, usually ten seconds.");
    if (affected.size() > 1) {
        question.points << names(affected);
    }
    question.confirm = affected.size() == 1 ? tr("Stop container") : tr("Stop containers");
    question.option = tr("Do not ask again before stopping");
    m_parts.prompt.ask(&m_parts.window, question, [this, affected](Reply reply) {
        if (!reply.accepted) {
            return;
        }
        if (reply.optionOn) {
            m_askBeforeStop = false;
            emit askBeforeStopChanged(false);
        }
        stopNow(affected);
    });
}

void ContainerActions::stopNow(const Ids& ids) {
    for (const std::string& id : ids) {
        if (pending(id) != Pending::None) {
            continue;
        }
        begin(id, Pending::Stopping);
        auto request = std::make_shared<Request>();  // shared by the task's cancel button and this call
        Task* task = m_parts.tasks.add(words(Pending::Stopping, id), QStringLiteral("stop"),
                                       [request] { request->cancel(); });
        const QString done = doneWords(Pending::Stopping, name(id));
        *request = m_parts.engine.stopContainer(this, id, {}, [this, id, task, done](const Result<>& result) {
            result ? task->finish(done) : task->finishCancelled();  // a failure has its own toast
            answered(id, task->failedTitle(), result);
        });
    }
}

void ContainerActions::restart(const Ids& ids) {
    run(running(ids), Pending::Restarting, QStringLiteral("restart"), &EngineService::restartContainer);
}

bool ContainerActions::isPaused(const std::string& id) const {
    const types::ContainerSummary* row = m_parts.state.container(id);
    return row != nullptr && row->status == types::ContainerStatus::Paused;
}

void ContainerActions::pause(const Ids& ids) {
    Ids awake = running(ids);
    std::erase_if(awake, [this](const std::string& id) { return isPaused(id); });
    run(awake, Pending::Pausing, QStringLiteral("pause"), &EngineService::pauseContainer);
}

void ContainerActions::resume(const Ids& ids) {
    Ids paused = ids;
    std::erase_if(paused, [this](const std::string& id) { return !isPaused(id); });
    run(paused, Pending::Resuming, QStringLiteral("play"), &EngineService::unpauseContainer);
}

void ContainerActions::kill(const Ids& ids) {
    const Ids affected = running(ids);
    if (affected.empty()) {
        return;
    }
    Question question;
    question.title = tr("Kill %1?").arg(names(affected));
    question.text = tr("It ends at once, without a chance to save its work.");
    question.confirm = tr("Kill");
    m_parts.prompt.ask(&m_parts.window, question, [this, affected](Reply reply) {
        if (!reply.accepted) {
            return;
        }
        for (const std::string& id : affected) {
            begin(id, Pending::Stopping);
            m_parts.engine.killContainer(this, id, "SIGKILL", [this, id](const Result<>& result) {
                answered(id, tr("Could not kill %1").arg(name(id)), result);
            });
        }
    });
}

void ContainerActions::remove(const Ids& ids) {
    const Ids active = running(ids);
    if (ids.empty()) {
        return;
    }
    if (active.empty() && !m_askBeforeDelete) {
        removeAll(ids, active, false);
        return;
    }
    m_parts.engine.storeSettings(this, [this, ids, active](const Result<types::StoreSettings>& settings) {
        askToRemove(ids, active, !settings || keptDays(*settings) > 0);
    });
}

void ContainerActions::askToRemove(const Ids& ids, const Ids& active, bool kept) {
    Question question;
    question.title = ids.size() == 1 ? tr("Delete %1?").arg(name(ids.front()))
                                     : tr("Delete %n containers?", nullptr, int(ids.size()));
    question.text = kept ? tr("What was written inside goes to the trash, from where Undo brings it back.")
                         : tr("What was written inside and not to a volume or a folder is deleted.");
    for (const std::string& id : active) {
        if (question.points.size() == kMaxNames) {
            question.points << tr("%n more", nullptr, int(active.size()) - kMaxNames);
            break;
        }
        question.points << tr("%1 is running and is killed").arg(name(id));
    }
    question.confirm = ids.size() == 1 ? tr("Delete container") : tr("Delete containers");
    question.losesData = !active.empty() || !kept;
    m_parts.prompt.ask(&m_parts.window, question, [this, ids, active](Reply reply) {
        if (reply.accepted) {
            removeAll(ids, active, true);
        }
    });
}

/// One that removes itself at its end never comes to the trash: only inspect tells which those are, and they
/// cannot be among those that do not run.
void ContainerActions::removeAll(const Ids& ids, const Ids& active, bool asked) {
    setHidden(ids, true);
    Deletion deletion;
    deletion.title = ids.size() == 1 ? tr("%1 deleted").arg(name(ids.front()))
                                     : tr("%n containers deleted", nullptr, int(ids.size()));
    deletion.text = ids.size() == 1 ? QString() : names(ids);
    deletion.asked = asked;
    deletion.spared = [this, ids] { setHidden(ids, false); };
    deletion.restored = [this, ids] {
        setHidden(ids, false);
        m_parts.state.refreshContainers();
    };
    deletion.remove = [this, ids, active](const std::string& batch,
                                          const std::function<void(Deletion::Ended)>& ended) {
        const auto count = gatherRemovals(ids.size(), ended);
        for (const std::string& id : ids) {
            if (std::find(active.begin(), active.end(), id) == active.end()) {
                removeOne(id, engine::Force::No, batch, [count](bool removed) { count(removed, true); });
                continue;
            }
            m_parts.engine.inspectContainer(
                this, id, [this, id, batch, count](const Result<types::ContainerDetails>& details) {
                    const bool kept = details && !details->spec.removeWhenStopped;
                    removeOne(id, engine::Force::Yes, batch,
                              [count, kept](bool removed) { count(removed, kept); });
                });
        }
    };
    deleteWithUndo(m_parts.engine, m_parts.toasts, deletion);
}

void ContainerActions::removeOne(const std::string& id, engine::Force force, const std::string& batch,
                                 const std::function<void(bool removed)>& ended) {
    const QString title = tr("Could not delete %1").arg(name(id));
    m_parts.engine.removeContainer(this, id, {.force = force, .anonymousVolumes = false, .batch = batch},
                                   [this, id, title, ended](const Result<>& result) {
                                       if (!result) {
                                           setHidden({id}, false);
                                       }
                                       answered(id, title, result);
                                       ended(result.has_value());
                                   });
}

void ContainerActions::setHidden(const Ids& ids, bool hidden) {
    for (const std::string& id : ids) {
        hidden ? (void)m_hidden.insert(id) : (void)m_hidden.erase(id);
    }
    emit changed();
}

void ContainerActions::rename(const std::string& id) {
    TextQuestion question;
    question.title = tr("Rename %1").arg(name(id));
    question.label = tr("New name");
    question.text = name(id);
    question.confirm = tr("Rename");
    question.problem = [this, id](const QString& text) -> QString {
        static const QRegularExpression valid(QStringLiteral("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"));
        if (!valid.match(text).hasMatch()) {
            return text.isEmpty() ? QString() : tr("Letters, digits, dot, dash and underscore only");
        }
        for (const types::ContainerSummary& row : m_parts.state.containers().rows) {
            if (row.id != id && format::text(row.name) == text) {
                return tr("Another container has this name");
            }
        }
        return {};
    };
    m_parts.prompt.askText(&m_parts.window, question, [this, id](const std::optional<QString>& text) {
        if (text && *text != name(id)) {
            m_parts.engine.renameContainer(this, id, text->toStdString(), [this, id](const Result<>& result) {
                answered(id, tr("Could not rename %1").arg(name(id)), result);
            });
        }
    });
}

void ContainerActions::openPort(const net::PortMapping& mapping) {
    const bool secure = mapping.containerPort == 443 || mapping.containerPort == 8443;
    const bool any = mapping.hostIp.empty() || mapping.hostIp == "0.0.0.0" || mapping.hostIp == "::";
    QUrl url;
    url.setScheme(secure ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(any ? QStringLiteral("localhost") : format::text(mapping.hostIp));
    url.setPort(mapping.hostPort);
    url.setPath(QStringLiteral("/"));
    m_parts.prompt.openUrl(url);
}

void ContainerActions::copyId(const std::string& id) {
    m_parts.prompt.copyText(format::text(id));
}

void ContainerActions::copyCommand(const std::string& id) {
    m_parts.engine.inspectContainer(this, id, [this](const Result<types::ContainerDetails>& result) {
        if (result) {
            m_parts.prompt.copyText(format::commandLine(result->runCommand));
        } else {
            m_parts.toasts.showError(tr("The command could not be read"), format::error(result.error()));
        }
    });
}

}  // namespace coracle::gui
