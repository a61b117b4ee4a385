// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QWidget>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QVBoxLayout;

namespace coracle::gui {

class TextLabel;

/// A column of an EditorBox. Sizes are those of the 13 px design; width 0 takes what is left.
struct EditorColumn {
    QString title;
    int width = 0;
    int gap = 0;  ///< behind it
};

/// One row of real input widgets below the heads of an EditorBox, with an optional line of text under them.
class EditorRow : public QWidget {
    Q_OBJECT
public:
    EditorRow(const std::vector<EditorColumn>& columns, const std::vector<QWidget*>& cells,
              QWidget* parent = nullptr);
    /// A remark under the row, in the colour of its weight; empty hides it.
    void setRemark(const QString& text, bool error, bool warning);
    /// Empty while there is none.
    QString remark() const;
    /// Mark it as the row that is being edited.
    void setCurrent(bool current);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_remark;
    bool m_current = false;
};

/// A card with column heads and rows of inputs: the port, storage and environment editors. Real widgets
/// instead of a table view, so that Tab walks the inputs in reading order and every one has its own name.
class EditorBox : public QFrame {
    Q_OBJECT
public:
    explicit EditorBox(std::vector<EditorColumn> columns, QWidget* parent = nullptr);
    /// `at`: before that row; negative: as the last one.
    EditorRow* addRow(const std::vector<QWidget*>& cells, int at = -1);
    /// Takes the row out and deletes it when control returns to the event loop.
    void removeRow(EditorRow* row);
    /// What stands in place of rows when there are none.
    void setEmptyText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void updateEmpty();

    std::vector<EditorColumn> m_columns;
    QVBoxLayout* m_layout;
    TextLabel* m_empty;
    int m_rows = 0;
};

/// Make Tab visit `inputs` in this order after `first`. Rows are made after the rest of the window, so
/// without this they would come last.
void chainTabOrder(QWidget* first, const std::vector<QWidget*>& inputs);

/// The position of the row that this widget stands for; the number of rows when it is none of them.
template <typename Row>
std::size_t rowOf(const std::vector<Row>& rows, const QWidget* widget) {
    const auto at =
        std::find_if(rows.begin(), rows.end(), [widget](const Row& row) { return row.row == widget; });
    return static_cast<std::size_t>(at - rows.begin());
}

/// Take the element at this position out of lists that grow and shrink together.
template <typename... Lists>
void eraseAt(std::size_t index, Lists&... lists) {
    (lists.erase(lists.begin() + static_cast<std::ptrdiff_t>(index)), ...);
}

/// The names by which tests find the inputs of a row: "port.0.here".
void nameRow(const char* kind, std::size_t index,
             std::initializer_list<std::pair<QWidget*, const char*>> parts);

/// A line of advice below an editor.
QHBoxLayout* makeEditorNote(QWidget* parent, const QString& text);

/// A small combo box, line edit and icon button in the size of editor rows.
QComboBox* makeRowCombo(const QString& accessibleName);
QLineEdit* makeRowEdit(const QString& accessibleName, bool code);

}  // namespace coracle::gui
