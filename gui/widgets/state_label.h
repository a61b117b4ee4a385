// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QWidget>

namespace coracle::gui {

/// A dot with a word: "● Running". Never colour alone.
class StateLabel : public QWidget {
    Q_OBJECT
public:
    explicit StateLabel(QWidget* parent = nullptr);
    /// `word` may be empty: then only the detail stands beside the dot. Screen readers get both.
    void setState(const QString& word, const QString& detail, StateLook look);
    QString word() const { return m_word; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_word;
    QString m_detail;
    StateLook m_look;
};

}  // namespace coracle::gui
