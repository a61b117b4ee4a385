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
    /// A number behind the words; negative: none.
    void setCount(int count);
    int count() const { return m_count; }
    /// The colour of its words while it is on; otherwise that of the accent.
    void setOnInk(Token ink);
    Token onInk() const { return m_onInk; }
    /// Which of its sides are those of the whole row: they are round.
    void setEnds(bool first, bool last);
    /// 26 instead of 30 pixels high, with smaller words.
    void setSmall(bool small);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont textFont(bool checked) const;

    QString m_icon;
    int m_count = -1;
    Token m_onInk = Token::OnAccentSoft;
    bool m_small = false;
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
    /// The lower form, for a bar above one of several tables. For parts that are there and come later.
    void setSmall();
    void setCount(int index, int count);
    /// Index of the chosen part; -1 when any may be on and none is.
    int current() const;
    /// The key that add() was given for it; empty when none is chosen.
    QString currentKey() const;
    /// Choose a part as a click would: currentChanged() follows when it was another.
    void setCurrent(int index);
    SegmentButton* button(int index) const { return m_buttons[static_cast<std::size_t>(index)]; }

signals:
    /// A part was chosen, by click, key or setCurrent().
    void currentChanged(int index);
    /// A part went on or off; with Choice::One twice for each change.
    void toggled(int index, bool on);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QHBoxLayout* m_layout;
    QButtonGroup* m_group;
    std::vector<SegmentButton*> m_buttons;
    std::vector<QString> m_keys;
    bool m_small = false;
};

}  // namespace coracle::gui
