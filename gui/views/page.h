// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <QString>
#include <QWidget>

class QMenu;
class QVBoxLayout;

namespace coracle::gui {

class AppSettings;
class ContainerActions;
class EngineService;
class EngineState;
class PageHeader;
class Prompt;
class TaskList;
struct TaskWords;
class Theme;
class ToastHost;
class UsageMonitor;

/// Where the person is: a page, the object on it, its tab. Kept for back and forward.
struct Place {
    QString page;  ///< "containers", "container", "images", ...
    QString id;    ///< of the object, for pages about one
    QString tab;

    friend bool operator==(const Place&, const Place&) = default;
};

/// What pages may ask of the window.
class Navigator {
public:
    virtual ~Navigator() = default;
    /// Go there and remember where we were. Nothing for a page that does not exist.
    virtual void open(const Place& place) = 0;
    /// To the place before; from a page about one object to its list when there is none.
    virtual void back() = 0;
    /// The page tells on which tab it is, so that back returns there.
    virtual void noteTab(const QString& tab) = 0;
    /// A number beside a page's name that wants attention, in the colour of a warning; 0: none any more.
    virtual void noteAttention(const QString& page, int count) {
        Q_UNUSED(page)
        Q_UNUSED(count)
    }
    /// Where everything can be found by its name.
    virtual void openCommandPalette() {}
    /// Open the run dialog with what is known already; an empty spec starts from nothing.
    virtual void openRunDialog(const types::RunSpec& prefill) = 0;
    /// False while no such dialog is registered: hide what would open it.
    virtual bool canRun() const = 0;
    /// Over the window, for a container that exists. section: "ports", "storage", "resources" or empty.
    /// Nothing where editing is not available.
    virtual void openEditDialog(const std::string& id, const QString& section = {}) {
        Q_UNUSED(id)
        Q_UNUSED(section)
    }
    /// Over the window; the name may be empty.
    virtual void openPullDialog(const QString& reference) = 0;
    /// False while no such dialog is registered.
    virtual bool canPull() const = 0;
    /// The menu behind the button at the end of each page head.
    virtual QMenu* applicationMenu() = 0;
    /// Over the window, for an image that is here. Nothing where pushing is not available.
    virtual void openPushDialog(const QString& reference) { Q_UNUSED(reference) }
};

/// What a page is given instead of singletons. All of it outlives the page.
struct PageContext {
    EngineService& engine;
    EngineState& state;
    TaskList& tasks;
    ToastHost& toasts;
    Prompt& prompt;
    Navigator& navigator;
    Theme& theme;
    ContainerActions& containers;
    UsageMonitor& usage;
    AppSettings& settings;
};

/// The run dialog with the settings of this container, but for its name, which the container keeps.
void openRunCopy(const PageContext& context, QObject* receiver, const std::string& id);

/// The property of a bar at the foot of a page or a tab: what pops up in the corner leaves it free.
inline constexpr const char* kPageFoot = "pageFoot";

/// Say where a file went, with a way to its folder.
void noteSaved(const PageContext& context, const QString& title, const QString& path);

/// One page of the window: a head of 52 pixels and whatever the page puts below it. Made when it is first
/// shown. Object name: `page.<name>`.
class Page : public QWidget {
    Q_OBJECT
public:
    Page(const QString& name, const PageContext& context);

    const QString& name() const { return m_name; }
    /// Words for the window's title: "Containers", "api".
    virtual QString title() const = 0;
    /// Show the object and the tab of this place; called before each time the page is shown.
    virtual void enter(const Place& place) { Q_UNUSED(place) }
    /// The page is no longer shown: stop what costs.
    virtual void leave() {}
    /// F5.
    virtual void refresh() {}
    /// Ctrl+F.
    virtual void focusFilter() {}
    /// One of the page's own actions by its name, as the palette offers it; id: of the object it is for,
    /// which enter() has shown. Nothing for a name that the page does not know.
    virtual void perform(const QString& action, const QString& id) {
        Q_UNUSED(action)
        Q_UNUSED(id)
    }
    /// The widget that gets the focus when the page is entered; null: the page itself.
    virtual QWidget* mainWidget() { return nullptr; }

signals:
    /// title() says something else now.
    void titleChanged();

protected:
    const PageContext& context() const { return m_context; }
    PageHeader& header() { return *m_header; }
    QVBoxLayout& body() { return *m_body; }

private:
    QString m_name;
    PageContext m_context;
    PageHeader* m_header;
    QVBoxLayout* m_body;
};

}  // namespace coracle::gui
