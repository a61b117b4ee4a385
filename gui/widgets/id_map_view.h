// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"

#include <QWidget>

#include <vector>

namespace coracle::gui {

/// Who somebody inside is outside: one block for each row of the id map, inside above outside.
class IdMapView : public QWidget {
    Q_OBJECT
public:
    explicit IdMapView(QWidget* parent = nullptr);
    /// ownId: the id of the person who sits here.
    void setRows(const std::vector<types::IdMapRow>& rows, std::int64_t ownId);
    /// Two lines, however many blocks there are.
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString inside(const types::IdMapRow& row) const;
    QString outside(const types::IdMapRow& row) const;

    std::vector<types::IdMapRow> m_rows;
    std::int64_t m_ownId = -1;
};

}  // namespace coracle::gui
