// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/views/page_header.h"
#include "gui/widgets/buttons.h"

#include <QPushButton>

class QStackedWidget;

namespace coracle::gui {

/// Stands in place of the filter bar while two or more rows are chosen: how many, what they are, and what can
/// be done to all of them.
class ChoiceBar : public FilterBar {
    Q_OBJECT
public:
    /// page: name of the page, from which the names of the bar and its parts are made:
    /// "images.bulk.delete".
    explicit ChoiceBar(const QString& page, QWidget* parent = nullptr);
    /// A button before the last one, which deletes.
    QPushButton* addButton(const char* name, const QString& text, const char* icon);
    /// The button that deletes; after all others.
    QPushButton* addDelete();
    /// How many, and words about them.
    void setChosen(int count, const QString& details);

signals:
    /// The bar only asks; what is chosen and what becomes of it is the page's business.
    void clearWanted();
    void deleteWanted();

private:
    QPushButton* add(const char* name, const QString& text, const char* icon, ButtonKind kind);

    QString m_page;
    TextLabel* m_count;
    TextLabel* m_details;
};

/// Show the second of two bars while several rows are chosen. The focus does not go down with a button of
/// the bar that leaves: `view` gets it.
void showChoice(QStackedWidget& bars, bool several, QWidget& view);

}  // namespace coracle::gui
