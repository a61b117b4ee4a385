// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"

#include <QString>

#include <string>

class QWidget;

namespace coracle::gui {

/// One tab of a container's page. Made when it is first looked at; it asks the engine only while it is
/// active, and says what it cannot show and why. All calls come on the window's thread.
class ContainerTab {
public:
    virtual ~ContainerTab() = default;
    /// The widget below the tab bar; owned by the page.
    virtual QWidget* widget() = 0;
    /// Another container: forget what was known. Called before the first showSummary().
    virtual void setContainer(const std::string& id) = 0;
    /// Just before setActive(true). Not asked: a key turned the tabs, maybe on the way to another one.
    virtual void arrive(bool /*asked*/) {}
    /// Whether the person looks at it. Inactive tabs must cost nothing.
    virtual void setActive(bool active) = 0;
    /// What the list knows; called for each new list, and once before setActive(true).
    virtual void showSummary(const types::ContainerSummary& /*row*/) {}
    /// What only inspect knows; comes later than the summary, and again after each change.
    virtual void showDetails(const types::ContainerDetails& /*details*/) {}
    /// What only inspect knows could not be had; the page says why, in these words. Empty: it could, after
    /// all.
    virtual void showDetailsProblem(const QString& /*words*/) {}
    /// Relative times are older.
    virtual void tick() {}
    /// F5: look again at what is shown, beside what the page asks for anyway.
    virtual void refresh() {}
    /// What gets the focus when the tab is entered; null: the tab bar keeps it.
    virtual QWidget* mainWidget() { return nullptr; }
    /// Ctrl+F. False: this tab has nothing to search.
    virtual bool focusSearch() { return false; }
};

}  // namespace coracle::gui
