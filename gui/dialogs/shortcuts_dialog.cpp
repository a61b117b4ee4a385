// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/shortcuts_dialog.h"

#include "gui/shortcuts.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <vector>

namespace coracle::gui {

namespace {

using Rows = QList<std::pair<QString, QString>>;

struct Section {
    QString title;
    Rows rows;
};

QWidget* column(const std::vector<Section>& sections) {
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpaceLarge);
    grid->setVerticalSpacing(7);
    grid->setColumnStretch(0, 1);
    int line = 0;
    for (const Section& section : sections) {
        auto* head = new TextLabel(section.title, TextRole::Section);
        head->setContentsMargins(0, line == 0 ? 0 : metrics::kSpace, 0, 2);
        grid->addWidget(head, line++, 0, 1, 2);
        for (const auto& [words, shortcut] : section.rows) {
            auto* what = new TextLabel(words, TextRole::Body, Token::Muted);
            grid->addWidget(what, line, 0);
            auto* chip = new Chip(shortcut, {}, chip_look::kNeutral);
            chip->setInteractive(false);
            chip->setAccessibleName(words + QStringLiteral(": ") + shortcut);
            grid->addWidget(chip, line++, 1, Qt::AlignTrailing | Qt::AlignVCenter);
        }
    }
    grid->setRowStretch(line, 1);
    return widget;
}

}  // namespace

ShortcutsDialog::ShortcutsDialog(const Rows& windowRows, int sections, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* title = new TextLabel(windowTitle(), TextRole::DialogTitle);
    title->setContentsMargins(22, 18, 22, 12);
    outer->addWidget(title);
    Rows window = windowRows;
    window.append({tr("Sections"), tr("Alt+1 … Alt+%1").arg(sections)});
    window.append(keyRows(KeySection::Window));
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(22, 4, 22, 18);
    columns->setSpacing(40);
    columns->addWidget(column({{tr("Window"), window}}), 1);
    columns->addWidget(column({{tr("Lists and containers"), keyRows(KeySection::Objects)},
                               {tr("Logs and documents"), keyRows(KeySection::Logs)},
                               {tr("Terminal"), keyRows(KeySection::Terminal)}}),
                       1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("shortcuts.scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    scroll->setMinimumSize(content->sizeHint() + QSize(20, 4));
    outer->addWidget(scroll, 1);
    outer->addWidget(new Line);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(metrics::kPageMargin, 13, metrics::kPageMargin, 13);
    footer->addStretch(1);
    auto* close = makeButton(QStringLiteral("shortcuts.close"), tr("Close"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    footer->addWidget(close);
    outer->addLayout(footer);
}

}  // namespace coracle::gui
