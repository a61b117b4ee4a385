// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/text_label.h"

#include <QWidget>

#include <map>

class QGridLayout;

namespace coracle::gui {

/// Names and values in one or more columns of pairs; values can be selected and copied.
class KeyValueGrid : public QWidget {
    Q_OBJECT
public:
    /// columns: pairs side by side. keyWidth: least width of the names, in pixels of the 13 px design.
    explicit KeyValueGrid(int columns = 1, int keyWidth = 104, QWidget* parent = nullptr);

    /// Set or add a row; the order is that of the first call. Rows fill the first column of pairs before the
    /// next when `rowsPerColumn` is reached.
    void set(const QString& key, const QString& value, TextRole role = TextRole::Body,
             const QString& toolTip = {});
    /// What stands beside a name; empty when there is no such row.
    QString value(const QString& key) const;
    /// The label of a value, to change its look; null when there is no such row. Owned by the grid.
    TextLabel* label(const QString& key) const;
    /// Call it before the first set(); 0 deals the rows out from left to right.
    void setRowsPerColumn(int rows) { m_rows = rows; }
    /// Delete all rows; labels that were handed out die with them.
    void clear();

private:
    QGridLayout* m_grid;
    int m_columns;
    int m_keyWidth;
    int m_rows = 0;
    int m_count = 0;
    std::map<QString, TextLabel*> m_values;
};

}  // namespace coracle::gui
