// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

class QWidget;

namespace coracle::gui {

/// One tab of the System page. All calls come on the window's thread.
class SystemTab {
public:
    virtual ~SystemTab() = default;
    /// The widget below the tab bar; owned by the page.
    virtual QWidget* widget() = 0;
    /// What stands in the head of the page while this tab is shown, from the reading side on; owned by the
    /// head.
    virtual std::vector<QWidget*> tools() = 0;
    /// What stands right beside the title meanwhile.
    virtual std::vector<QWidget*> besideTitle() { return {}; }
    /// The person looks at it now: ask for what was never asked.
    virtual void enter() = 0;
    /// F5.
    virtual void refresh() = 0;
    /// What gets the focus when the tab is entered.
    virtual QWidget* mainWidget() = 0;
};

}  // namespace coracle::gui
