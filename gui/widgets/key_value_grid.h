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
    explicit KeyValueGrid(int columns = 1, int keyWidth = 104, QWidget* parent = nullptr);

    /// Set or add a row; the order is that of the first call. Rows fill the first column of pairs before the
    /// next when `rowsPerColumn` is reached.
    void set(const QString& key, const QString& value, TextRole role = TextRole::Body,
             const QString& toolTip = {});
    QString value(const QString& key) const;
    TextLabel* label(const QString& key) const;
    void setRowsPerColumn(int rows) { m_rows = rows; }
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
