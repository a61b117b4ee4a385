// SPDX-License-Identifier: Apache-2.0
#include "gui/views/log_view.h"

#include <algorithm>

/// Which lines of a log take which rows of the screen: a line has one row, several when it wraps, and none
/// when the filter leaves it out.
namespace coracle::gui {

int LogView::rowsOf(std::size_t line) const {
    if (!isShown(line)) {
        return 0;
    }
    return m_wrap ? std::max(1, (m_buffer.length(line) + columns() - 1) / columns()) : 1;
}

bool LogView::passes(std::size_t line, LogLevel level) const {
    if (level < m_filter.minimum || (m_filter.since && m_buffer.time(line) < *m_filter.since)) {
        return false;
    }
    if (!m_filter.onlyMatches || !m_search.active()) {
        return true;
    }
    const int match = m_search.firstFrom(line);
    return match >= 0 && m_search.matches()[std::size_t(match)].line == line;
}

void LogView::updateRows(std::size_t from) {
    if (!mapped()) {
        m_rowStart.clear();
        m_rowStart.shrink_to_fit();
        m_shown.clear();
        m_levels.clear();
        return;
    }
    const bool levels = m_filter.minimum != LogLevel::None;
    from = std::min(from, m_rowStart.empty() ? 0 : m_rowStart.size() - 1);
    if (m_filter.active()) {
        from = std::min(from, m_shown.size());
        m_shown.resize(m_buffer.size());
    } else {
        m_shown.clear();
    }
    if (levels) {
        from = std::min(from, m_levels.size());
        m_levels.resize(m_buffer.size());
    } else {
        m_levels.clear();
    }
    m_rowStart.resize(m_buffer.size() + 1);
    if (from == 0) {
        m_rowStart[0] = 0;
    }
    for (std::size_t line = from; line < m_buffer.size(); ++line) {
        LogLevel level = LogLevel::None;
        if (levels) {
            const std::string_view text = m_buffer.text(line);
            level = levelOf(text);
            if (level == LogLevel::None && line > 0 && continuesLine(text)) {
                level = m_levels[line - 1];
            }
            m_levels[line] = level;
        }
        if (m_filter.active()) {
            m_shown[line] = passes(line, level);
        }
        m_rowStart[line + 1] = m_rowStart[line] + std::uint32_t(rowsOf(line));
    }
}

std::int64_t LogView::totalRows() const {
    return mapped() ? (m_rowStart.empty() ? 0 : std::int64_t(m_rowStart.back()))
                    : std::int64_t(m_buffer.size());
}

std::size_t LogView::lineAtRow(std::int64_t row) const {
    if (m_buffer.empty()) {
        return 0;
    }
    row = std::clamp<std::int64_t>(row, 0, std::max<std::int64_t>(0, totalRows() - 1));
    if (!mapped()) {
        return std::size_t(row);
    }
    // The last line that begins there: those before it which begin there, too, have no row.
    const auto after = std::upper_bound(m_rowStart.begin(), m_rowStart.end(), std::uint32_t(row));
    return std::min(std::size_t(after - m_rowStart.begin()) - 1, m_buffer.size() - 1);
}

std::int64_t LogView::rowOfLine(std::size_t line) const {
    return mapped() ? std::int64_t(m_rowStart[line]) : std::int64_t(line);
}

void LogView::setFilter(const LogFilter& filter) {
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    m_anchor = m_caret = {};
    applyFilter();
}

void LogView::applyFilter() {
    const std::size_t top = std::size_t(firstVisibleLine());
    m_rowStart.clear();
    m_shown.clear();
    m_levels.clear();
    updateRows(0);
    updateBars();
    if (!m_follow && !m_buffer.empty()) {
        m_settingBars = true;
        verticalScrollBar()->setValue(int(rowOfLine(std::min(top, m_buffer.size() - 1))));
        m_settingBars = false;
    }
    viewport()->update();
    emit contentChanged();
}

std::size_t LogView::shownLines() const {
    return m_shown.empty() ? m_buffer.size() : std::size_t(std::count(m_shown.begin(), m_shown.end(), true));
}

void LogView::goToTime(types::Time time) {
    // Times of one log grow, but for a clock that was set: then this is near enough.
    std::size_t low = 0;
    std::size_t high = m_buffer.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_buffer.time(middle) < time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < m_buffer.size()) {
        setFollow(false);
        verticalScrollBar()->setValue(int(rowOfLine(low)));
        viewport()->update();
    }
}

}  // namespace coracle::gui
