// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QAbstractButton>
#include <QString>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QHBoxLayout;

namespace coracle::gui {

/// One part of Segments; paints itself with a count behind its words.
class SegmentButton : public QAbstractButton {
    Q_OBJECT
public:
    SegmentButton(const QString& text, const QString& iconName, QWidget* parent);
    void setCount(int count);
    int count() const { return m_count; }
    void setEnds(bool first, bool last);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    int m_count = -1;
    bool m_first = false;
    bool m_last = false;
};

/// A row of joined buttons of which one is chosen ("All 10 | Running 6 | Stopped 3"), or, with
/// Choice::Any, of which any may be on. Left and right arrows move.
class Segments : public QWidget {
    Q_OBJECT
public:
    enum class Choice : std::uint8_t { One, Any };
    explicit Segments(QWidget* parent = nullptr) : Segments(Choice::One, parent) {}
    explicit Segments(Choice choice, QWidget* parent = nullptr);

    /// The object name of the part becomes `<this object name>.<key>`, so name the row first. Its index.
    int add(const QString& key, const QString& text, const QString& iconName = {});
    void setCount(int index, int count);
    int current() const;
    QString currentKey() const;
    void setCurrent(int index);
    SegmentButton* button(int index) const { return m_buttons[static_cast<std::size_t>(index)]; }

signals:
    void currentChanged(int index);
    void toggled(int index, bool on);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QHBoxLayout* m_layout;
    QButtonGroup* m_group;
    std::vector<SegmentButton*> m_buttons;
    std::vector<QString> m_keys;
};

}  // namespace coracle::gui
