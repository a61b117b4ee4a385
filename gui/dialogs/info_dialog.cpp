// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/info_dialog.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace coracle::gui {

InfoDialog::InfoDialog(const QString& title, const QString& text,
                       const QList<std::pair<QString, QString>>& rows, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("infoDialog"));
    setWindowTitle(title);
    setAccessibleName(title);
    setFixedWidth(scaled(440));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* words = new QVBoxLayout;
    words->setContentsMargins(22, 20, 22, 18);
    words->setSpacing(metrics::kSpace);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kSpaceSmall);
    head->addWidget(new IconLabel(QStringLiteral("coracle-logo"), Token::Accent, 24));
    head->addWidget(new TextLabel(title, TextRole::DialogTitle), 1);
    words->addLayout(head);
    if (!text.isEmpty()) {
        auto* label = new TextLabel(text, TextRole::Body, Token::Muted);
        label->setWordWrap(true);
        words->addWidget(label);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kSpaceLarge);
    grid->setVerticalSpacing(metrics::kSpaceSmall);
    grid->setColumnStretch(0, 1);
    int line = 0;
    for (const auto& [left, right] : rows) {
        grid->addWidget(new TextLabel(left, TextRole::Body, Token::Muted), line, 0);
        auto* value = new TextLabel(right, TextRole::Strong);
        grid->addWidget(value, line++, 1, Qt::AlignTrailing);
    }
    words->addLayout(grid);
    outer->addLayout(words);
    outer->addWidget(new Line);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(metrics::kPageMargin, 13, metrics::kPageMargin, 13);
    footer->addStretch(1);
    auto* close = makeButton(QStringLiteral("infoDialog.close"), tr("Close"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    footer->addWidget(close);
    outer->addLayout(footer);
}

}  // namespace coracle::gui
