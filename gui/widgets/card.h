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

    /// Empty hides the head. The title is the accessible name, too.
    void setTitle(const QString& title);
    /// An icon in front of the title.
    void setIcon(const QString& iconName);
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

/// Command or path in the fixed font on a sunken ground; selectable, wraps. The backslash that goes on with a
/// command stays with the word before it where a line is too long, never alone on a line of its own.
class CodeBox : public QFrame {
    Q_OBJECT
public:
    explicit CodeBox(const QString& text = {}, QWidget* parent = nullptr);
    /// Lines are kept as they are; only those that are too long wrap.
    void setText(const QString& text);
    /// What was set, whatever the width made of it on screen.
    QString text() const { return m_text; }
    TextLabel* label() { return m_label; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QString m_text;
    TextLabel* m_label;
};

}  // namespace coracle::gui
