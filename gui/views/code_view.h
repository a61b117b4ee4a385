// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/text_diff.h"

#include <QPlainTextEdit>

namespace coracle::gui {

/// The text of a file to read and to copy from, with the numbers of its lines beside it; or a comparison of
/// two, with both numbers, signs, and lines in colour. Selections hold the text alone.
class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    CodeView(const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);
    void showLines(const QStringList& lines);
    void showDiff(std::vector<DiffLine> lines);
    const std::vector<DiffLine>& diff() const { return m_lines; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void layoutGutter();
    void paintGutter(const QRect& area);
    QRect rowOf(const QTextBlock& block, int width) const;
    int numberWidth() const;

    std::vector<DiffLine> m_lines;  ///< one for each block; empty: plain text
    QWidget* m_gutter;
};

}  // namespace coracle::gui
