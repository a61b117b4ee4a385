// SPDX-License-Identifier: Apache-2.0
#include "gui/views/health_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/layer_model.h"
#include "gui/widgets/age_label.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/check_row.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/skeleton.h"
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

constexpr int kSideWidth = 276;
constexpr int kKeyWidth = 86;
constexpr int kWaitingHeight = 240;  // six rows
constexpr int kOneColumnBelow = 880;
constexpr double kShownFrom = 0.1;  // seconds; less is no time

QString shortPath(const std::string& path) {
    auto text = QString::fromStdString(path);
    const auto home = QDir::homePath();
    return text.startsWith(home + QLatin1Char('/')) ? QStringLiteral("~") + text.mid(home.size()) : text;
}

}  // namespace

void askAndFix(QWidget* owner, const PageContext& context, const FixRunner& runner,
               const types::HealthCheck& check, const types::CheckFix& fix, std::function<void()> done) {
    Question question;
    question.title = QString::fromStdString(check.title);
    question.text = HealthTab::tr("Coracle runs this command as you:");
    question.points = {QString::fromStdString(fix.command)};
    question.confirm = QString::fromStdString(fix.label);
    context.prompt.ask(owner, question, [owner, context, runner, fix, done](const Reply& reply) {
        if (!reply.accepted) {
            return;
        }
        runner(owner, QString::fromStdString(fix.command), [context, done](const FixResult& result) {
            if (!result.ok) {
                context.toasts.showError(HealthTab::tr("The command failed"), result.output);
            }
            done();
        });
    });
}

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
    m_waiting = new Skeleton(inner);
    m_waiting->setPatient();
    m_waiting->setMinimumHeight(scaled(kWaitingHeight));
    m_waiting->hide();
    m_left->addWidget(m_waiting);
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
    m_when = new AgeLabel(QStringLiteral("system.when"));
    m_recheck = makeButton(QStringLiteral("system.recheck"), tr("Check again"), QStringLiteral("restart"));
    m_copy = makeButton(QStringLiteral("system.copyReport"), tr("Copy report"), QStringLiteral("copy"));
    connect(m_recheck, &QPushButton::clicked, this, &HealthTab::check);
    connect(m_copy, &QPushButton::clicked, this, [this] { context().prompt.copyText(report()); });
}

std::vector<QWidget*> HealthTab::tools() {
    return {m_when, m_recheck, m_copy};
}

std::vector<QWidget*> HealthTab::besideTitle() {
    return {m_verdict};
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
    m_when->setWords(tr("checking"));
    m_waiting->setVisible(m_checks.empty());
    context().engine.doctor(this, [this](const Result<std::vector<types::HealthCheck>>& checks) {
        m_checking = false;
        m_waiting->hide();
        if (!checks) {
            m_when->setWords(tr("not checked"));
            m_banner->show(Banner::Kind::Error, format::sentence(checks.error().message()),
                           format::sentence(checks.error().hint()));
            return;
        }
        m_banner->hide();
        m_checks = *checks;
        std::stable_sort(m_checks.begin(), m_checks.end(),
                         [](const auto& a, const auto& b) { return rankOf(a.state) < rankOf(b.state); });
        const auto took = static_cast<double>(m_clock.elapsed()) / 1000.0;
        const QString now = took < kShownFrom
                                ? tr("checked just now")
                                //: %1 is a number of seconds
                                : tr("checked just now, took %1 s").arg(QLocale().toString(took, 'f', 1));
        //: %1 is like "5 min ago"
        m_when->setMoment(std::chrono::system_clock::now(), now, tr("checked %1"));
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
        if (i > 0) {
            card->body()->addWidget(new Line(Qt::Horizontal, card));
        }
        auto* row = new CheckRow(m_checks[i], CheckRow::Form::Beside, card);
        connect(row, &CheckRow::copyWanted, this,
                [this](const QString& command) { context().prompt.copyText(command); });
        connect(row, &CheckRow::fixWanted, this,
                [this, check = m_checks[i]](const types::CheckFix& fix) { runFix(check, fix); });
        card->body()->addWidget(row);
    }
    card->setVisible(!m_checks.empty());
    m_list = card;
    m_left->insertWidget(0, card);
}

void HealthTab::runFix(const types::HealthCheck& check, const types::CheckFix& fix) {
    askAndFix(this, context(), m_runner, check, fix, [this] { this->check(); });
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
