// SPDX-License-Identifier: Apache-2.0
#include "gui/views/health_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/layer_model.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kTitleWidth = 208;
constexpr int kSideWidth = 276;
constexpr int kKeyWidth = 86;
constexpr int kOneColumnBelow = 880;

struct StateLook {
    QString icon;
    Token token;
    QString word;
};

StateLook lookOf(types::CheckState state) {
    switch (state) {
    case types::CheckState::Ok:
        return {QStringLiteral("okc"), Token::Ok, HealthTab::tr("works")};
    case types::CheckState::Hint:
        return {QStringLiteral("info"), Token::Info, HealthTab::tr("note")};
    case types::CheckState::Warn:
        return {QStringLiteral("warn"), Token::Warn, HealthTab::tr("suggestion")};
    case types::CheckState::Fail:
        break;
    }
    return {QStringLiteral("errc"), Token::Err, HealthTab::tr("problem")};
}

/// What wants attention first, notes last.
int rank(types::CheckState state) {
    constexpr int kRanks[] = {2, 3, 1, 0};
    return kRanks[static_cast<int>(state)];
}

QString shortPath(const std::string& path) {
    auto text = QString::fromStdString(path);
    const auto home = QDir::homePath();
    return text.startsWith(home + QLatin1Char('/')) ? QStringLiteral("~") + text.mid(home.size()) : text;
}

}  // namespace

HealthTab::HealthTab(const PageContext& context, FixRunner runner)
    : m_context(context), m_runner(std::move(runner)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    makeTools();
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("system.banner"));
    m_banner->hide();
    outer->addWidget(m_banner);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("system.scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Checks"));
    auto* inner = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, inner);
    m_columns->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                                  metrics::kPageMargin);
    m_columns->setSpacing(metrics::kSpaceLarge);
    m_left = new QVBoxLayout;
    m_left->addStretch(1);
    m_columns->addLayout(m_left, 1);
    m_side = makeSide();
    m_columns->addWidget(m_side);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    outer->addWidget(scroll, 1);
    connect(&m_context.state, &EngineState::hostChanged, this, &HealthTab::showHost);
    showHost();
    showChecks();
}

void HealthTab::makeTools() {
    m_verdict = new Chip({}, {}, chip_look::kOk);
    m_verdict->setObjectName(QStringLiteral("system.verdict"));
    m_verdict->setInteractive(false);
    m_when = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_when->setObjectName(QStringLiteral("system.when"));
    m_recheck = makeButton(QStringLiteral("system.recheck"), tr("Check again"), QStringLiteral("restart"));
    m_copy = makeButton(QStringLiteral("system.copyReport"), tr("Copy report"), QStringLiteral("copy"));
    connect(m_recheck, &QPushButton::clicked, this, &HealthTab::check);
    connect(m_copy, &QPushButton::clicked, this, [this] { context().prompt.copyText(report()); });
}

std::vector<QWidget*> HealthTab::tools() {
    return {m_verdict, m_when, m_recheck, m_copy};
}

QWidget* HealthTab::makeSide() {
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kSpaceLarge);
    auto* computer = new Card(tr("This computer"), side);
    m_computer = new KeyValueGrid(1, kKeyWidth, computer);
    computer->body()->addWidget(m_computer);
    auto* program = new Card(tr("Coracle"), side);
    m_program = new KeyValueGrid(1, kKeyWidth, program);
    program->body()->addWidget(m_program);
    auto* terminal = new Card(tr("Command line"), side);
    terminal->body()->addWidget(
        new TextLabel(tr("The same checks in a terminal:"), TextRole::Secondary, Token::Muted, terminal));
    terminal->body()->addWidget(new CodeBox(QStringLiteral("coracle doctor"), terminal));
    for (auto* card : {computer, program, terminal}) {
        column->addWidget(card);
    }
    column->addStretch(1);
    return side;
}

void HealthTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool beside = width() >= scaled(kOneColumnBelow);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_side->setMinimumWidth(beside ? scaled(kSideWidth) : 0);
    m_side->setMaximumWidth(beside ? scaled(kSideWidth) : QWIDGETSIZE_MAX);
}

QWidget* HealthTab::mainWidget() {
    return m_recheck;
}

void HealthTab::enter() {
    if (m_checks.empty()) {
        check();
    }
}

void HealthTab::refresh() {
    context().state.refreshHost();
    check();
}

void HealthTab::check() {
    if (m_checking) {
        return;
    }
    m_checking = true;
    m_clock.start();
    m_recheck->setEnabled(false);
    m_when->setText(tr("checking"));
    context().engine.doctor(this, [this](const Result<std::vector<types::HealthCheck>>& checks) {
        m_checking = false;
        m_recheck->setEnabled(true);
        if (!checks) {
            m_when->setText(tr("not checked"));
            m_banner->show(Banner::Kind::Error, format::sentence(checks.error().message()),
                           QString::fromStdString(checks.error().hint()));
            return;
        }
        m_banner->hide();
        m_checks = *checks;
        std::stable_sort(m_checks.begin(), m_checks.end(),
                         [](const auto& a, const auto& b) { return rank(a.state) < rank(b.state); });
        //: %1 is a number of seconds
        m_when->setText(
            tr("checked just now, took %1 s")
                .arg(QLocale().toString(static_cast<double>(m_clock.elapsed()) / 1000.0, 'f', 1)));
        showChecks();
    });
}

void HealthTab::showChecks() {
    const auto count = [this](types::CheckState state) {
        return static_cast<int>(std::count_if(m_checks.begin(), m_checks.end(),
                                              [state](const auto& check) { return check.state == state; }));
    };
    const int failed = count(types::CheckState::Fail);
    const int warned = count(types::CheckState::Warn);
    emit attentionChanged(failed + warned);
    m_copy->setEnabled(!m_checks.empty());
    if (m_checks.empty()) {
        m_verdict->setText(tr("not checked"));
        m_verdict->setLook(chip_look::kNeutral);
    } else if (failed > 0) {
        m_verdict->setText(failed == 1 ? tr("1 problem") : tr("%n problems", nullptr, failed));
        m_verdict->setLook(chip_look::kErr);
    } else if (warned > 0) {
        m_verdict->setText(warned == 1 ? tr("ready, 1 suggestion")
                                       : tr("ready, %n suggestions", nullptr, warned));
        m_verdict->setLook(chip_look::kWarn);
    } else {
        m_verdict->setText(tr("ready"));
        m_verdict->setLook(chip_look::kOk);
    }
    m_verdict->updateGeometry();
    if (m_list != nullptr) {
        m_list->hide();
        m_list->deleteLater();
    }
    auto* card = new Card;
    card->setObjectName(QStringLiteral("system.checks"));
    card->setFullWidth();
    card->body()->setSpacing(0);
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        card->body()->addWidget(makeRow(m_checks[i], i == 0));
    }
    card->setVisible(!m_checks.empty());
    m_list = card;
    m_left->insertWidget(0, card);
}

QWidget* HealthTab::makeRow(const types::HealthCheck& check, bool first) {
    const auto look = lookOf(check.state);
    auto* row = new QWidget;
    const auto id = QString::fromStdString(check.id);
    row->setObjectName(QStringLiteral("check.%1").arg(id));
    auto* outer = new QVBoxLayout(row);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    if (!first) {
        outer->addWidget(new Line(Qt::Horizontal, row));
    }
    auto* head = new QHBoxLayout;
    head->setContentsMargins(scaled(metrics::kCardPadding), 0, scaled(metrics::kCardPadding), 0);
    head->setSpacing(scaled(metrics::kSpace));
    auto* icon = new IconLabel(look.icon, look.token, metrics::kIcon, row);
    icon->setAccessibleName(look.word);
    icon->setToolTip(look.word);
    auto* name = new TextLabel(QString::fromStdString(check.title), TextRole::Strong, Token::Text, row);
    name->setWordWrap(true);
    name->setFixedWidth(scaled(kTitleWidth - metrics::kSpace));
    auto* text = new TextLabel(QString::fromStdString(check.text), TextRole::Body, Token::Muted, row);
    text->setObjectName(QStringLiteral("check.%1.text").arg(id));
    text->setWordWrap(true);
    text->setSelectable();
    text->setAccessibleName(tr("%1: %2. %3").arg(name->text(), look.word, text->text()));
    head->addWidget(icon);
    head->addWidget(name);
    head->addWidget(text, 1);
    auto* line = new QWidget(row);
    line->setMinimumHeight(scaled(metrics::kRow));
    line->setLayout(head);
    outer->addWidget(line);
    for (std::size_t i = 0; i < check.fixes.size(); ++i) {
        const auto& fix = check.fixes[i];
        if (fix.kind != types::CheckFix::Kind::Run) {
            continue;
        }
        auto* button = makeButton(QStringLiteral("check.%1.fix").arg(id), QString::fromStdString(fix.label),
                                  {}, ButtonKind::Primary, ButtonSize::Small);
        button->setToolTip(QString::fromStdString(fix.command));
        button->setAccessibleName(tr("%1: %2").arg(name->text(), button->text()));
        connect(button, &QPushButton::clicked, this, [this, check, fix] { runFix(check, fix); });
        head->addWidget(button);
    }
    addFixes(*outer, check);
    return row;
}

void HealthTab::addFixes(QVBoxLayout& column, const types::HealthCheck& check) {
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
        connect(copy, &QPushButton::clicked, this, [this, command = QString::fromStdString(fix.command)] {
            context().prompt.copyText(command);
        });
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

void HealthTab::runFix(const types::HealthCheck& check, const types::CheckFix& fix) {
    Question question;
    question.title = QString::fromStdString(check.title);
    question.text = tr("Coracle runs this command as you:");
    question.points = {QString::fromStdString(fix.command)};
    question.confirm = QString::fromStdString(fix.label);
    context().prompt.ask(this, question, [this, fix](const Reply& reply) {
        if (!reply.accepted) {
            return;
        }
        m_runner(this, QString::fromStdString(fix.command), [this](const FixResult& result) {
            if (!result.ok) {
                context().toasts.showError(tr("The command failed"), result.output);
            }
            this->check();
        });
    });
}

void HealthTab::showHost() {
    const auto& host = context().state.host();
    m_computer->clear();
    m_program->clear();
    if (!host) {
        m_computer->set(tr("System"), tr("not known yet"));
        return;
    }
    m_computer->set(tr("System"), QString::fromStdString(host->operatingSystem));
    m_computer->set(tr("Kernel"), QString::fromStdString(host->kernel));
    m_computer->set(tr("Machine"), QString::fromStdString(host->architecture));
    m_computer->set(tr("Cores"), QLocale().toString(host->cpus));
    m_computer->set(tr("Memory"), format::bytes(host->memoryBytes));
    m_computer->set(tr("Free disk"), format::bytes(host->diskFreeBytes));
    m_program->set(tr("Version"), QString::fromStdString(host->version));
    m_program->set(tr("You are"), tr("%1 (%2)").arg(QString::fromStdString(host->userName)).arg(host->uid));
    m_program->set(tr("Layers"), QString::fromStdString(host->overlayDriver));
    m_program->set(tr("Network"), QString::fromStdString(host->networkHelper));
    m_program->set(tr("Cgroups"), QString::fromStdString(host->cgroupVersion));
    m_program->set(tr("Data"), shortPath(host->dataRoot), TextRole::Body,
                   QString::fromStdString(host->dataRoot));
}

QString HealthTab::report() const {
    // Not translated: it goes to people who help.
    QStringList lines;
    if (const auto& host = context().state.host()) {
        lines.append(
            QStringLiteral("coracle %1, %2, %3 %4, %5, %6")
                .arg(QString::fromStdString(host->version), QString::fromStdString(host->operatingSystem),
                     QString::fromStdString(host->kernel), QString::fromStdString(host->architecture),
                     QString::fromStdString(host->overlayDriver),
                     QString::fromStdString(host->networkHelper)));
    }
    constexpr const char* kWords[] = {"ok", "hint", "warn", "fail"};
    for (const auto& check : m_checks) {
        lines.append(QStringLiteral("%1 %2: %3")
                         .arg(QString::fromLatin1(kWords[static_cast<int>(check.state)]).leftJustified(4),
                              QString::fromStdString(check.id), QString::fromStdString(check.text)));
        if (!check.detail.empty()) {
            lines.append(QStringLiteral("     %1").arg(QString::fromStdString(check.detail)));
        }
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace coracle::gui
