// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace coracle::gui {

class TextLabel;

/// A large choice of an empty page: icon, words, one line of explanation, shortcut.
class ChoiceCard : public QAbstractButton {
    Q_OBJECT
public:
    ChoiceCard(const QString& objectName, const QString& iconName, const QString& title, const QString& text,
               const QString& keys, QWidget* parent = nullptr);
    /// Drawn with the accent: what most people want.
    void setPreferred(bool on);
    /// Wide enough for its longest line; the row of choices makes all as wide as the widest.
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    /// Enter chooses it; in a dialog Qt would press the default button instead.
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_icon;
    QString m_text;
    QString m_keys;
    bool m_preferred = false;
};

/// What a page shows when there is nothing to list: picture, a sentence, and a way on.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& iconName, const QString& title, const QString& text, QWidget* parent = nullptr);

    void setText(const QString& title, const QString& text);
    ChoiceCard* addChoice(const QString& objectName, const QString& iconName, const QString& title,
                          const QString& text, const QString& keys = {});
    /// A button below the text, for lesser states ("Clear filter", "Try again").
    QAbstractButton* addButton(const QString& objectName, const QString& text, const QString& iconName = {});
    /// A line below all choices, with a link at its end.
    QAbstractButton* addHint(const QString& objectName, const QString& words, const QString& link);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_title;
    TextLabel* m_text;
    QHBoxLayout* m_choices;
    QVBoxLayout* m_column;
};

}  // namespace coracle::gui
