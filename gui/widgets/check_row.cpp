// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/check_row.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kTitleWidth = 208;

}  // namespace

CheckLook lookOf(types::CheckState state) {
    switch (state) {
    case types::CheckState::Ok:
        return {QStringLiteral("okc"), Token::Ok, CheckRow::tr("works")};
    case types::CheckState::Hint:
        return {QStringLiteral("info"), Token::Info, CheckRow::tr("note")};
    case types::CheckState::Warn:
        return {QStringLiteral("warn"), Token::Warn, CheckRow::tr("suggestion")};
    case types::CheckState::Fail:
        break;
    }
    return {QStringLiteral("errc"), Token::Err, CheckRow::tr("problem")};
}

int rankOf(types::CheckState state) {
    constexpr int kRanks[] = {2, 3, 1, 0};
    return kRanks[static_cast<int>(state)];
}

CheckRow::CheckRow(const types::HealthCheck& check, Form form, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("check.%1").arg(QString::fromStdString(check.id)));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addHead(*column, check, form);
    addFixes(*column, check);
}

void CheckRow::addHead(QVBoxLayout& column, const types::HealthCheck& check, Form form) {
    const auto look = lookOf(check.state);
    const auto id = QString::fromStdString(check.id);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(scaled(metrics::kCardPadding), 0, scaled(metrics::kCardPadding), 0);
    head->setSpacing(scaled(metrics::kSpace));
    auto* icon = new IconLabel(look.icon, look.token, metrics::kIcon, this);
    icon->setAccessibleName(look.word);
    icon->setToolTip(look.word);
    auto* name = new TextLabel(QString::fromStdString(check.title), TextRole::Strong, Token::Text, this);
    name->setWordWrap(true);
    auto* text =
        new TextLabel(QString::fromStdString(check.text),
                      form == Form::Beside ? TextRole::Body : TextRole::Secondary, Token::Muted, this);
    text->setObjectName(QStringLiteral("check.%1.text").arg(id));
    text->setWordWrap(true);
    text->setSelectable();
    text->setAccessibleName(tr("%1: %2. %3").arg(name->text(), look.word, text->text()));
    head->addWidget(icon);
    if (form == Form::Beside) {
        name->setFixedWidth(scaled(kTitleWidth - metrics::kSpace));
        head->addWidget(name);
        head->addWidget(text, 1);
    } else {
        auto* words = new QVBoxLayout;
        words->setContentsMargins(0, scaled(6), 0, scaled(6));
        words->setSpacing(1);
        words->addWidget(name);
        words->addWidget(text);
        head->addLayout(words, 1);
    }
    for (const auto& fix : check.fixes) {
        if (fix.kind != types::CheckFix::Kind::Run) {
            continue;
        }
        auto* button = makeButton(QStringLiteral("check.%1.fix").arg(id), QString::fromStdString(fix.label),
                                  {}, ButtonKind::Primary, ButtonSize::Small);
        button->setToolTip(QString::fromStdString(fix.command));
        button->setAccessibleName(tr("%1: %2").arg(name->text(), button->text()));
        connect(button, &QPushButton::clicked, this, [this, fix] { emit fixWanted(fix); });
        head->addWidget(button);
    }
    auto* line = new QWidget(this);
    line->setMinimumHeight(scaled(metrics::kRow));
    line->setLayout(head);
    column.addWidget(line);
}

void CheckRow::addFixes(QVBoxLayout& column, const types::HealthCheck& check) {
    auto* more = new QVBoxLayout;
    const int indent = scaled(metrics::kCardPadding + metrics::kSpace) + metrics::kIcon;
    more->setContentsMargins(indent, 0, scaled(metrics::kCardPadding), scaled(metrics::kSpace));
    more->setSpacing(scaled(6));
    bool any = false;
    if (!check.detail.empty() && check.state != types::CheckState::Ok) {
        auto* detail = new TextLabel(QString::fromStdString(check.detail), TextRole::Secondary, Token::Muted);
        detail->setWordWrap(true);
        detail->setSelectable();
        more->addWidget(detail);
        any = true;
    }
    for (const auto& fix : check.fixes) {
        if (fix.kind != types::CheckFix::Kind::Copy) {
            continue;
        }
        auto* row = new QHBoxLayout;
        row->setSpacing(scaled(metrics::kSpaceSmall));
        auto* box = new CodeBox(QString::fromStdString(fix.command));
        auto* copy = makeButton(QStringLiteral("check.%1.fix").arg(QString::fromStdString(check.id)),
                                tr("Copy"), QStringLiteral("copy"), ButtonKind::Normal, ButtonSize::Small);
        copy->setAccessibleName(tr("Copy the command for: %1").arg(QString::fromStdString(check.title)));
        connect(copy, &QPushButton::clicked, this,
                [this, command = QString::fromStdString(fix.command)] { emit copyWanted(command); });
        row->addWidget(box, 1);
        row->addWidget(copy, 0, Qt::AlignTop);
        more->addLayout(row);
        any = true;
    }
    if (any) {
        column.addLayout(more);
    } else {
        delete more;  // NOLINT(cppcoreguidelines-owning-memory): never given a parent
    }
}

}  // namespace coracle::gui
