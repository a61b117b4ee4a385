// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

class QWidget;

namespace coracle::gui {

class EngineState;
class Prompt;
class TaskList;
struct TaskWords;
class ToastHost;

/// What a container is about to become: shown at once, confirmed or taken back by the next list.
enum class Pending : std::uint8_t { None, Starting, Stopping, Restarting, Pausing, Resuming };

/// Start, stop, restart, kill, rename and delete, with the questions, toasts and tasks that belong to them.
/// One for the window, so that a list and a container's own page agree on what is under way.
class ContainerActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        EngineService& engine;
        EngineState& state;
        TaskList& tasks;
        ToastHost& toasts;
        Prompt& prompt;
        QWidget& window;  ///< over which questions appear
    };
    explicit ContainerActions(Parts parts, QObject* parent = nullptr);

    using Ids = std::vector<std::string>;
    /// Those that do not run yet.
    void start(const Ids& ids);
    /// Stops work: asks once, naming what stops, unless the person said not to.
    void stop(const Ids& ids);
    /// Those that run.
    void restart(const Ids& ids);
    void kill(const Ids& ids);
    /// Those that run and are not paused.
    void pause(const Ids& ids);
    /// Those that are paused.
    void resume(const Ids& ids);
    /// Stopped ones: gone at once, with Undo. Any running one: asks first.
    void remove(const Ids& ids);
    /// Asks for the new name; says at once what cannot be one.
    void rename(const std::string& id);
    /// Show it in the browser: https for the ports that usually mean it, else http.
    void openPort(const net::PortMapping& mapping);
    /// The whole id, to the clipboard.
    void copyId(const std::string& id);
    /// The command line that makes the same container; asks the engine first, a failure shows as a toast.
    void copyCommand(const std::string& id);

    /// What is under way for it; it ends with the list that shows the result, or with a failure.
    Pending pending(const std::string& id) const;
    bool isRunning(const std::string& id) const { return !running({id}).empty(); }
    /// As the last list says.
    bool isPaused(const std::string& id) const;
    /// Deleted as far as the person sees; the next list no longer has it.
    bool hidden(const std::string& id) const { return m_hidden.contains(id); }
    /// Whether stop() asks; the person may turn it off in the question itself.
    void setAskBeforeStop(bool ask) { m_askBeforeStop = ask; }
    bool askBeforeStop() const { return m_askBeforeStop; }
    /// Whether remove() asks also for containers that do not run, which Undo brings back.
    void setAskBeforeDelete(bool ask) { m_askBeforeDelete = ask; }

signals:
    /// A pending state or the hidden set changed.
    void changed();
    void askBeforeStopChanged(bool ask);

private:
    struct Work {
        Pending pending = Pending::None;
        bool answered = false;  ///< the engine is done; waits for a list that shows it
    };

    void run(const Ids& ids, Pending pending, const QString& iconName,
             Request (EngineService::*call)(QObject*, const std::string&, Done<void>));
    void stopNow(const Ids& ids);
    void begin(const std::string& id, Pending pending);
    void answered(const std::string& id, const QString& failedTitle, const Result<>& result);
    void askToRemove(const Ids& ids, const Ids& active, bool kept);
    void removeAll(const Ids& ids, const Ids& active, bool asked);
    void removeOne(const std::string& id, engine::Force force, const std::string& batch,
                   const std::function<void(bool removed)>& ended);
    void setHidden(const Ids& ids, bool hidden);
    void onList();
    QString name(const std::string& id) const;
    QString names(const Ids& ids) const;
    /// Those of `ids` that run.
    Ids running(const Ids& ids) const;
    TaskWords words(Pending pending, const std::string& id) const;
    static QString doneWords(Pending pending, const QString& name);

    Parts m_parts;
    std::map<std::string, Work> m_work;
    std::set<std::string> m_hidden;
    bool m_askBeforeStop = true;
    bool m_askBeforeDelete = false;
};

}  // namespace coracle::gui
