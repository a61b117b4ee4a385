// SPDX-License-Identifier: Apache-2.0
#include "core/cli/layer_display.h"

#include "core/cli/table.h"
#include "core/text/escape.h"
#include "core/text/moment.h"
#include "core/text/units.h"

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortDigest = 12;
constexpr std::size_t kBarWidth = 30;
/// Twelve times a second looks steady and costs a terminal over ssh little.
constexpr auto kRedrawInterval = std::chrono::milliseconds(80);

std::string shortDigest(const std::string& digest) {
    const std::size_t colon = digest.find(':');
    return digest.substr(colon == std::string::npos ? 0 : colon + 1, kShortDigest);
}

}  // namespace

std::string progressBar(std::uint64_t done, std::uint64_t total, std::size_t width) {
    const std::size_t filled =
        total == 0 ? 0
                   : static_cast<std::size_t>(static_cast<double>(std::min(done, total)) /
                                              static_cast<double>(total) * static_cast<double>(width));
    std::string bar = "[" + std::string(filled, '=');
    if (filled < width) {
        bar += ">" + std::string(width - filled - 1, ' ');
    }
    return bar + "]";
}

LayerDisplay::Style LayerDisplay::styleFor(const Console& console, bool quiet) {
    if (quiet) {
        return Style::Quiet;
    }
    return console.errIsTerminal() ? Style::Bars : Style::Lines;
}

void LayerDisplay::line(const std::string& text) {
    if (m_style == Style::Quiet) {
        return;
    }
    if (m_style == Style::Bars && m_drawn > 0) {
        redraw();  // the final state stays above
        m_drawn = 0;
    }
    m_console.err(text::escapeForTerminal(text) + "\n");
}

void LayerDisplay::show(const Position& position) {
    if (m_style == Style::Quiet) {
        return;
    }
    if (position.index >= m_layers.size()) {
        m_layers.resize(position.index + 1);
    }
    Layer& layer = m_layers[position.index];
    const bool changed = layer.words != position.words || layer.name.empty();
    layer.name = shortDigest(position.digest);
    layer.total = position.total;
    layer.done = position.done;
    if (changed) {
        layer.words = position.words;
        layer.moving = position.moving;
        layer.began = Clock::now();
        layer.firstDone = position.done;
    }
    if (m_style == Style::Lines) {
        if (changed && position.worthALine) {
            line(layer.name + ": " + layer.words);
        }
        return;
    }
    if (changed || Clock::now() - m_lastDraw > kRedrawInterval) {
        redraw();
    }
}

void LayerDisplay::finish() {
    if (m_style == Style::Bars) {
        redraw();
    }
}

/// The rate is the mean since the layer began to move, without what was there before; a mean of a third of a
/// second or less says nothing yet.
std::string LayerDisplay::describe(const Layer& layer) const {
    std::string text = layer.name + ": " + layer.words;
    if (!layer.moving || layer.total == 0) {
        return text;
    }
    text += " " + progressBar(layer.done, layer.total, kBarWidth) + " " + text::humanSize(layer.done) + "/" +
            text::humanSize(layer.total);
    const double seconds = std::chrono::duration<double>(Clock::now() - layer.began).count();
    const auto moved = static_cast<double>(layer.done - std::min(layer.done, layer.firstDone));
    if (seconds > 0.3 && moved > 0) {
        const double rate = moved / seconds;
        const double left = static_cast<double>(layer.total - std::min(layer.total, layer.done)) / rate;
        text += " " + text::humanSize(static_cast<std::uint64_t>(rate)) + "/s " +
                text::clockDuration(std::chrono::seconds(static_cast<std::int64_t>(left)));
    }
    return text;
}

/// Goes up by as many lines as were drawn last and writes each anew. Every line is cut to the terminal's
/// width: one that wraps would be two lines, and the next redraw would begin in the wrong place.
void LayerDisplay::redraw() {
    m_lastDraw = Clock::now();
    const auto columns = static_cast<std::size_t>(std::max(20, m_console.columns()));
    std::string text;
    if (m_drawn > 0) {
        text += "\x1b[" + std::to_string(m_drawn) + "A";
    }
    std::size_t drawn = 0;
    for (const auto& layer : m_layers) {
        if (!layer.name.empty()) {
            text += "\r\x1b[K" + ellipsize(text::escapeForTerminal(describe(layer)), columns - 1) + "\n";
            ++drawn;
        }
    }
    m_drawn = std::max(drawn, m_drawn);
    m_console.err(text);
}

}  // namespace coracle::cli
