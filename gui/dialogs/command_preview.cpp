// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/command_preview.h"

#include "gui/theme/metrics.h"

#include <QEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextCursor>

#include <utility>

namespace coracle::gui {

CommandPreview::CommandPreview(QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFont(themeFont(TextRole::Code));
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void CommandPreview::setWords(const std::vector<CommandWord>& words) {
    if (words != m_words || !m_lines.isEmpty()) {
        m_lines.clear();
        m_words = words;
        fill();
    }
}

void CommandPreview::setLines(const QString& text) {
    if (text != m_lines) {
        m_lines = text;
        fill();
    }
}

void CommandPreview::fillLines() {
    QTextCursor cursor(document());
    QTextCharFormat format;
    format.setFont(themeFont(TextRole::Code));
    const auto lines = m_lines.trimmed().split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool comment = lines[i].trimmed().startsWith(QLatin1Char('#'));
        format.setForeground(color(comment ? Token::Muted : Token::Text));
        cursor.insertText(i == 0 ? lines[i] : QLatin1Char('\n') + lines[i], format);
    }
    moveCursor(QTextCursor::Start);
    setAccessibleDescription(m_lines);
}

void CommandPreview::fill() {
    m_filling = true;
    m_filledWidth = wrapWidth();
    clear();
    if (!m_lines.isEmpty()) {
        fillLines();
        m_filling = false;
        return;
    }
    QTextCursor cursor(document());
    QTextBlockFormat lines;
    lines.setLineHeight(150, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(lines);
    const QFontMetrics metrics(themeFont(TextRole::Code));
    const int space = metrics.horizontalAdvance(QLatin1Char(' '));
    int x = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const auto& word = m_words[i];
        QTextCharFormat format;
        format.setForeground(color(word.token));
        format.setFont(themeFont(TextRole::Code));
        const int width = metrics.horizontalAdvance(word.text);
        // Qt would also break after a '/' and tear paths apart.
        int needed = width;
        if (word.joinsNext && i + 1 < m_words.size()) {
            needed += space + metrics.horizontalAdvance(m_words[i + 1].text);
        }
        const bool wraps = x > 0 && x + space + needed > m_filledWidth;
        if (wraps) {
            cursor.insertText(QString(QChar::LineSeparator), format);
            x = 0;
        } else if (x > 0) {
            cursor.insertText(QStringLiteral(" "), format);
            x += space;
        }
        cursor.insertText(word.text, format);
        x += width;
    }
    setAccessibleDescription(commandLine());
    m_filling = false;
}

QString CommandPreview::commandLine() const {
    QStringList words;
    for (const auto& word : m_words) {
        words.append(word.text);
    }
    return words.join(QLatin1Char(' '));
}

/// A scroll bar that comes or goes resizes the viewport in the middle of a layout, which must not lose its
/// text.
void CommandPreview::resizeEvent(QResizeEvent* event) {
    const bool within = m_filling || std::exchange(m_resizing, true);
    QTextEdit::resizeEvent(event);
    if (within) {
        return;
    }
    m_resizing = false;
    if (wrapWidth() != m_filledWidth) {
        fill();
    }
}

/// As if the scroll bar were shown: whether it is depends on how the text wraps.
int CommandPreview::wrapWidth() const {
    return contentsRect().width() - verticalScrollBar()->sizeHint().width();
}

QMimeData* CommandPreview::createMimeDataFromSelection() const {
    auto text = textCursor().selectedText();
    text.replace(QChar::LineSeparator, QLatin1Char(' '));
    text.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    auto* copied = new QMimeData;  // NOLINT(cppcoreguidelines-owning-memory): the clipboard takes it
    copied->setText(text);
    return copied;
}

void CommandPreview::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_filling) {
        fill();
    }
}

}  // namespace coracle::gui
