// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRadioButton>
#include <QString>

namespace coracle::gui {

/// A card of which one in a row is chosen: a name and a line that says what it means. To assistive tools it
/// is the radio button that it inherits from; arrow keys move among those with the same parent.
class RadioCard : public QRadioButton {
    Q_OBJECT
public:
    RadioCard(const QString& objectName, const QString& title, const QString& explanation,
              const QString& iconName = {}, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }

private:
    QString m_explanation;
    QString m_icon;
};

}  // namespace coracle::gui
