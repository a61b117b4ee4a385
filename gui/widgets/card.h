// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/text_label.h"

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace coracle::gui {

/// A titled box: surface, one-pixel edge, radius 8. Cards are never nested.
class Card : public QFrame {
    Q_OBJECT
public:
    /// An empty title makes a card without a head.
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Something at the end of the head: a button, a number.
    void addToHead(QWidget* widget);
    /// The content below the head; margins are the card's padding.
    QVBoxLayout* body() { return m_body; }
    /// Content that reaches from edge to edge (tables).
    void setFullWidth();
    /// Ground other than Surface, for boxes that warn.
    void setColors(Token ground, Token edge);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_head = nullptr;
    TextLabel* m_title = nullptr;
    QHBoxLayout* m_headLayout = nullptr;
    QVBoxLayout* m_outer = nullptr;
    QVBoxLayout* m_body = nullptr;
    Token m_ground = Token::Surface;
    Token m_edge = Token::Border;
};

/// Command or path in the fixed font on a sunken ground; selectable, wraps.
class CodeBox : public QFrame {
    Q_OBJECT
public:
    explicit CodeBox(const QString& text = {}, QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const;
    TextLabel* label() { return m_label; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_label;
};

}  // namespace coracle::gui
