// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"
#include "core/types/progress.h"

#include <chrono>
#include <string>
#include <vector>

namespace coracle::cli {

/// Shows a pull. On a terminal: one line a layer with a bar, the rate and the time left, redrawn in place.
/// Else: a plain line when a layer begins or ends. Calls come from worker threads, one at a time.
class PullDisplay {
public:
    /// How much is shown: bars that are redrawn, a line for each change, or nothing.
    enum class Style : std::uint8_t { Bars, Lines, Quiet };
    PullDisplay(Console& console, Style style) : m_console(console), m_style(style) {}

    /// Bars when standard error is a terminal.
    static Style styleFor(const Console& console, bool quiet);

    /// Take an event of the pull. Prints to standard error only: standard output is for the result.
    void show(const types::PullEvent& event);
    types::PullProgress sink() {
        return [this](const types::PullEvent& event) { show(event); };
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Layer {
        std::string name;
        types::LayerState state = types::LayerState::Waiting;
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        std::uint64_t firstDone = 0;  ///< when the download began; what was there counts for no rate
        Clock::time_point began;
    };
    void line(const std::string& text);
    void showLayer(const types::PullEvent& event);
    void redraw();
    std::string describe(const Layer& layer) const;

    Console& m_console;
    Style m_style;
    std::vector<Layer> m_layers;
    std::size_t m_drawn = 0;
    Clock::time_point m_lastDraw;
};

/// "[=====>    ]" with `width` columns between the brackets.
std::string progressBar(std::uint64_t done, std::uint64_t total, std::size_t width);

}  // namespace coracle::cli
