// SPDX-License-Identifier: Apache-2.0
#include "gui/models/ansi_text.h"
#include "gui/views/log_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

/// Keys, mouse and selection of the log view.
namespace coracle::gui {

void LogView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    switch (event->key()) {
    case Qt::Key_End:
        setFollow(true);
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        return;
    case Qt::Key_Home:
        verticalScrollBar()->setValue(0);
        leaveBottom();
        return;
    case Qt::Key_Up:
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        return;
    case Qt::Key_Down:
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        return;
    case Qt::Key_PageUp:
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
        return;
    case Qt::Key_PageDown:
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
        return;
    case Qt::Key_F3:
        event->modifiers().testFlag(Qt::ShiftModifier) ? previousMatch() : nextMatch();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::wheelEvent(QWheelEvent* event) {
    QAbstractScrollArea::wheelEvent(event);
    if (event->angleDelta().y() > 0) {
        leaveBottom();
    }
}

LogView::Position LogView::positionAt(const QPoint& point) const {
    if (m_buffer.empty()) {
        return {};
    }
    constexpr int kTop = 8;
    const std::int64_t row = verticalScrollBar()->value() + (point.y() - kTop) / m_rowHeight;
    if (row >= totalRows()) {
        return {m_buffer.size() - 1, m_buffer.length(m_buffer.size() - 1)};
    }
    const std::size_t line = lineAtRow(row);
    const int within = int(row - rowOfLine(line)) * (m_wrap ? columns() : 0);
    const int column =
        within + qRound((point.x() - textLeft() + horizontalScrollBar()->value()) / m_charWidth);
    return {line, std::clamp(column, 0, m_buffer.length(line))};
}

void LogView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        m_caret = positionAt(event->position().toPoint());
        if (!event->modifiers().testFlag(Qt::ShiftModifier)) {
            m_anchor = m_caret;
        }
        viewport()->update();
    }
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        const QPoint point = event->position().toPoint();
        if (point.y() < 0 || point.y() > viewport()->height()) {
            verticalScrollBar()->triggerAction(point.y() < 0 ? QAbstractSlider::SliderSingleStepSub
                                                             : QAbstractSlider::SliderSingleStepAdd);
        }
        m_caret = positionAt(point);
        viewport()->update();
    }
}

void LogView::mouseDoubleClickEvent(QMouseEvent* event) {
    const Position at = positionAt(event->position().toPoint());
    if (m_buffer.empty()) {
        return;
    }
    const QString text = parseAnsi(m_buffer.text(at.line)).text;
    const auto wordChar = [&](int i) {
        return i >= 0 && i < text.size() && (text[i].isLetterOrNumber() || text[i] == QLatin1Char('_'));
    };
    int from = at.column;
    int to = at.column;
    while (wordChar(from - 1)) {
        --from;
    }
    while (wordChar(to)) {
        ++to;
    }
    m_anchor = {at.line, from};
    m_caret = {at.line, to};
    viewport()->update();
}

void LogView::selectAll() {
    if (!m_buffer.empty()) {
        m_anchor = {};
        m_caret = {m_buffer.size() - 1, m_buffer.length(m_buffer.size() - 1)};
        viewport()->update();
    }
}

QString LogView::selectedText() const {
    const auto [low, high] = std::minmax(m_anchor, m_caret);
    QString result;
    for (std::size_t line = low.line; line <= high.line && line < m_buffer.size(); ++line) {
        if (!isShown(line)) {
            continue;
        }
        const int from = line == low.line ? low.column : 0;
        const int to = line == high.line ? high.column : m_buffer.length(line);
        const std::string_view raw = m_buffer.text(line);
        // A whole line is copied as it was written, colour codes and all; a part as it is shown.
        if (from == 0 && to == m_buffer.length(line)) {
            result += QString::fromUtf8(raw.data(), qsizetype(raw.size()));
        } else {
            result += parseAnsi(raw).text.mid(from, to - from);
        }
        if (line < high.line) {
            result += QLatin1Char('\n');
        }
    }
    return result;
}

void LogView::copy() {
    const QString text = selectedText();
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

}  // namespace coracle::gui
