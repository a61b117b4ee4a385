// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLayout>

#include <vector>

namespace coracle::gui {

/// Widgets one after the other, in as many lines as the width needs; mirrored where people read from the
/// right.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    /// gap: between two items and between two lines, in pixels.
    explicit FlowLayout(int gap, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& area) override;

private:
    enum class Apply : bool { No, Yes };
    int arrange(const QRect& area, Apply apply) const;

    std::vector<QLayoutItem*> m_items;  // owned
    int m_gap;
};

}  // namespace coracle::gui
