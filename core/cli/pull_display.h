// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/layer_display.h"
#include "core/types/progress.h"
#include "core/types/push.h"

namespace coracle::cli {

/// Shows a pull.
class PullDisplay {
public:
    using Style = LayerDisplay::Style;
    PullDisplay(Console& console, Style style) : m_display(console, style) {}

    static Style styleFor(const Console& console, bool quiet) {
        return LayerDisplay::styleFor(console, quiet);
    }
    void show(const types::PullEvent& event);
    types::PullProgress sink() {
        return [this](const types::PullEvent& event) { show(event); };
    }

private:
    LayerDisplay m_display;
};

/// Shows a push, in docker's words.
class PushDisplay {
public:
    PushDisplay(Console& console, LayerDisplay::Style style) : m_display(console, style) {}

    void show(const types::PushEvent& event);
    types::PushProgress sink() {
        return [this](const types::PushEvent& event) { show(event); };
    }
    void finish() { m_display.finish(); }

private:
    LayerDisplay m_display;
};

}  // namespace coracle::cli
