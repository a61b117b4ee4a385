// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace coracle::cli {

/// Shows layers that move. On a terminal: one line a layer with a bar, the rate and the time left, redrawn in
/// place. Else: a plain line when a layer begins or ends. On standard error. Calls may come from any thread,
/// one at a time.
class LayerDisplay {
public:
    enum class Style : std::uint8_t { Bars, Lines, Quiet };
    LayerDisplay(Console& console, Style style) : m_console(console), m_style(style) {}

    /// Bars when standard error is a terminal.
    static Style styleFor(const Console& console, bool quiet);

    /// Where a layer is now.
    struct Position {
        std::size_t index = 0;
        std::string digest;
        std::string words;       ///< "Downloading"
        bool moving = false;     ///< with a bar
        bool worthALine = true;  ///< where there are no bars
        std::uint64_t done = 0;
        std::uint64_t total = 0;
    };
    void setLayerCount(std::size_t count) { m_layers.resize(count); }
    void show(const Position& position);
    /// A line of its own; what is drawn stays above it.
    void line(const std::string& text);
    /// Draw the last state.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    struct Layer {
        std::string name;
        std::string words;
        bool moving = false;
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        std::uint64_t firstDone = 0;  ///< when it began to move; what was there counts for no rate
        Clock::time_point began;
    };
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
