// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QTextEdit>

#include <vector>

namespace coracle::gui {

/// A word of a command line with the colour it is shown in.
struct CommandWord {
    QString text;  ///< quoted for the shell
    Token token = Token::Text;
    bool joinsNext = false;  ///< an option: its value stays on the same line

    friend bool operator==(const CommandWord&, const CommandWord&) = default;
};

/// A command line that can be read, selected and copied but not edited. Wraps between words.
class CommandPreview : public QTextEdit {
    Q_OBJECT
public:
    explicit CommandPreview(QWidget* parent = nullptr);
    void setWords(const std::vector<CommandWord>& words);
    /// A text of several lines instead; those that are comments stand back.
    void setLines(const QString& text);
    /// The command in one line, as it would be pasted.
    QString commandLine() const;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    QMimeData* createMimeDataFromSelection() const override;

private:
    void fill();
    void fillLines();
    int wrapWidth() const;

    QString m_lines;  ///< not empty: in place of the words
    std::vector<CommandWord> m_words;
    bool m_filling = false;
    bool m_resizing = false;
    int m_filledWidth = -1;
};

}  // namespace coracle::gui
