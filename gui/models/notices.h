// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/event.h"
#include "gui/models/app_settings.h"
#include "gui/notifier.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace coracle::gui {

class ContainerActions;
class EngineState;
class Task;
class TaskList;

/// Decides what is worth a message of the desktop: a container that ended with an error by itself, ran out of
/// memory or became unhealthy, and long work that ended while nobody looked. What the person stopped, here or
/// in a terminal, is none of that. Sleeps but for events.
class Notices : public QObject {
    Q_OBJECT
public:
    struct Parts {
        EngineState& state;
        TaskList& tasks;
        ContainerActions& actions;
        AppSettings& settings;
        Notifier& notifier;
        std::function<bool()> watched;  ///< whether the person looks at the window
        std::function<void(const std::string& id, const QString& tab)> open;  ///< a container's page
        std::function<void()> present;                                        ///< the window
    };
    explicit Notices(Parts parts, QObject* parent = nullptr);

    /// How long an end waits for the word that somebody wanted it. For tests.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }
    /// Work that took less is never told. For tests.
    void setLongWork(std::chrono::milliseconds least) { m_longWork = least; }

private:
    struct End {
        types::Event event;
        bool outOfMemory = false;
        int read = 0;  ///< the first list of the containers that knows of it
    };

    bool wanted() const;
    void onEvent(const types::Event& event);
    int nextList() const;
    void judge(const End& end);
    void tell(const std::string& id, const char* kind, const QString& title, const QString& text,
              bool urgent);
    void onTask(const Task& task);
    QString name(const types::Event& event) const;

    Parts m_parts;
    std::chrono::milliseconds m_patience{1500};
    std::chrono::milliseconds m_longWork{10'000};
    std::set<std::string> m_outOfMemory;                                   ///< since the last start
    std::map<std::string, std::chrono::system_clock::time_point> m_asked;  ///< a stop or a signal
    std::map<std::string, QElapsedTimer> m_told;                           ///< by kind and id
    int m_lists = 0;                                                       ///< of the containers, up to now
};

}  // namespace coracle::gui
