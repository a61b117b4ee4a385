// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/card.h"

#include <optional>
#include <vector>

namespace coracle::gui {

/// A card with a number and how it went in the last minute: "CPU  24.8% of 1 core" over a small picture. The
/// number is text of its own, so that a screen reader says it.
class UsageCard : public Card {
    Q_OBJECT
public:
    UsageCard(const QString& title, const QString& iconName, Token token, QWidget* parent = nullptr);

    /// ceiling: what the height of the picture stands for. count: how many values fill its width.
    void setUsage(const QString& words, const std::vector<double>& history, double ceiling,
                  std::size_t count);
    QString words() const { return m_words->text(); }

private:
    class Picture;

    TextLabel* m_words;
    Picture* m_picture;
};

/// How much of a limit is taken: name, words, and a bar that turns red close to the end. Without a share
/// there is no bar, because there is nothing that it could be a part of.
class Meter : public QWidget {
    Q_OBJECT
public:
    explicit Meter(const QString& name, QWidget* parent = nullptr);

    /// share: between 0 and 1 of what is allowed; none: not limited, or not running.
    void set(const QString& words, std::optional<double> share);
    QString words() const { return m_words->text(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_words;
    std::optional<double> m_share;
};

}  // namespace coracle::gui
