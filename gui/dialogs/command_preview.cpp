// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/command_preview.h"

#include "gui/theme/metrics.h"

#include <QEvent>
#include <QTextCursor>

namespace coracle::gui {

CommandPreview::CommandPreview(QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFont(themeFont(TextRole::Code));
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void CommandPreview::setWords(const std::vector<CommandWord>& words) {
    if (words != m_words) {
        m_words = words;
        fill();
    }
}

void CommandPreview::fill() {
    m_filling = true;
    clear();
    QTextCursor cursor(document());
    QTextBlockFormat lines;
    lines.setLineHeight(150, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(lines);
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        QTextCharFormat format;
        format.setForeground(color(m_words[i].token));
        format.setFont(themeFont(TextRole::Code));
        cursor.insertText((i == 0 ? QString() : QStringLiteral(" ")) + m_words[i].text, format);
    }
    m_filling = false;
}

void CommandPreview::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_filling) {
        fill();
    }
}

}  // namespace coracle::gui
