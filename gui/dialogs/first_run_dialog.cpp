// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/first_run_dialog.h"

#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/theme/icons.h"
#include "gui/views/health_tab.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/check_row.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kWidth = 740;
constexpr int kHeight = 640;
constexpr int kLogo = 52;
constexpr int kMargin = 24;

}  // namespace

FirstRunDialog::FirstRunDialog(const PageContext& context, FixRunner runner, QWidget* parent)
    : QDialog(parent), m_context(context), m_runner(std::move(runner)) {
    setObjectName(QStringLiteral("firstRun"));
    setWindowTitle(tr("Welcome to Coracle"));
    setAccessibleName(windowTitle());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addHead(*column);
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("first.banner"));
    m_banner->hide();
    column->addWidget(m_banner);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("first.scroll"));
    scroll->setAccessibleName(tr("Checks"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget;
    m_rows = new QVBoxLayout(inner);
    m_rows->setContentsMargins(scaled(kMargin), 4, scaled(kMargin), scaled(metrics::kSpace));
    m_rows->addStretch(1);
    scroll->setWidget(inner);
    column->addWidget(scroll, 1);
    column->addWidget(new Line);  // rows that are cut are cut by something
    addSteps(*column);
    addFooter(*column);
    resize(scaled(kWidth), std::min(scaled(kHeight), parent == nullptr ? kHeight : parent->height() - 40));
    check();
}

void FirstRunDialog::addHead(QVBoxLayout& column) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(scaled(kMargin), scaled(kMargin), scaled(kMargin), scaled(metrics::kSpaceLarge));
    row->setSpacing(scaled(metrics::kSpaceLarge));
    row->addWidget(new IconLabel(QStringLiteral("coracle-logo"), Token::Accent, kLogo));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(new TextLabel(windowTitle(), TextRole::Hero));
    m_verdict =
        new TextLabel(tr("Coracle looks at what this computer can do…"), TextRole::Body, Token::Muted);
    m_verdict->setObjectName(QStringLiteral("first.verdict"));
    m_verdict->setWordWrap(true);
    words->addWidget(m_verdict);
    row->addLayout(words, 1);
    column.addLayout(row);
}

void FirstRunDialog::addSteps(QVBoxLayout& column) {
    auto* steps = new QVBoxLayout;
    steps->setContentsMargins(scaled(kMargin), scaled(metrics::kSpace), scaled(kMargin),
                              scaled(metrics::kSpaceLarge));
    steps->setSpacing(scaled(metrics::kSpaceSmall));
    steps->addWidget(new TextLabel(tr("First steps"), TextRole::Section));
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(metrics::kSpace));
    if (m_context.navigator.canRun()) {
        auto* run =
            new ChoiceCard(QStringLiteral("first.welcome"), QStringLiteral("flask"),
                           tr("Try the welcome image"), tr("Comes with Coracle, needs no network"), {});
        connect(run, &QAbstractButton::clicked, this, [this] {
            leave([&navigator = m_context.navigator] {
                types::RunSpec spec;
                spec.image = "welcome";
                spec.tty = spec.interactive = true;
                navigator.openRunDialog(spec);
            });
        });
        run->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(run, 1);
    }
    if (m_context.navigator.canPull()) {
        auto* pull = new ChoiceCard(QStringLiteral("first.pull"), QStringLiteral("pull"), tr("Pull an image"),
                                    tr("From a registry"), {});
        connect(pull, &QAbstractButton::clicked, this,
                [this] { leave([&navigator = m_context.navigator] { navigator.openPullDialog({}); }); });
        pull->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(pull, 1);
    }
    steps->addLayout(row);
    auto* note = new TextLabel(
        tr("Nothing is sent anywhere and no service is installed. Coracle runs only while you use it."),
        TextRole::Secondary, Token::Muted);
    note->setWordWrap(true);
    steps->addWidget(note);
    column.addLayout(steps);
}

void FirstRunDialog::addFooter(QVBoxLayout& column) {
    column.addWidget(new Line);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(metrics::kPageMargin, 13, metrics::kPageMargin, 13);
    footer->setSpacing(metrics::kSpaceSmall);
    footer->addStretch(1);
    m_again = makeButton(QStringLiteral("first.again"), tr("Check again"), QStringLiteral("restart"));
    connect(m_again, &QPushButton::clicked, this, &FirstRunDialog::check);
    footer->addWidget(m_again);
    m_done = makeButton(QStringLiteral("first.continue"), tr("Done"), {}, ButtonKind::Primary);
    m_done->setDefault(true);
    connect(m_done, &QPushButton::clicked, this, &QDialog::accept);
    footer->addWidget(m_done);
    column.addLayout(footer);
    m_done->setFocus();
}

void FirstRunDialog::check() {
    m_again->setEnabled(false);
    m_context.engine.doctor(this, [this](const Result<std::vector<types::HealthCheck>>& checks) {
        m_again->setEnabled(true);
        if (!checks) {
            m_verdict->setText(tr("What this computer can do is not known."));
            m_banner->show(Banner::Kind::Error, format::sentence(checks.error().message()),
                           format::sentence(checks.error().hint()));
            return;
        }
        m_banner->hide();
        m_checks = *checks;
        std::stable_sort(m_checks.begin(), m_checks.end(),
                         [](const auto& a, const auto& b) { return rankOf(a.state) < rankOf(b.state); });
        showChecks();
    });
}

void FirstRunDialog::showChecks() {
    const auto count = [this](types::CheckState state) {
        return int(std::count_if(m_checks.begin(), m_checks.end(),
                                 [state](const auto& check) { return check.state == state; }));
    };
    const int failed = count(types::CheckState::Fail);
    const int warned = count(types::CheckState::Warn);
    m_verdict->setText(
        failed > 0
            ? tr("Coracle checked what this computer can do. %n things do not work yet.", nullptr, failed)
        : warned > 0
            ? tr("This computer is ready for containers. %n things would work better.", nullptr, warned)
            : tr("This computer is ready for containers."));
    m_done->setText(failed > 0 ? tr("Continue with limits") : tr("Done"));
    if (m_card != nullptr) {
        m_card->hide();
        m_card->deleteLater();
    }
    m_card = new Card;
    m_card->setObjectName(QStringLiteral("first.checks"));
    m_card->setFullWidth();
    m_card->body()->setSpacing(0);
    QStringList passed;
    for (const types::HealthCheck& check : m_checks) {
        if (check.state == types::CheckState::Ok) {
            passed << format::text(check.title);
            continue;
        }
        if (rankOf(check.state) > rankOf(types::CheckState::Ok)) {
            addPassed(std::exchange(passed, {}));
        }
        if (m_card->body()->count() > 0) {
            m_card->body()->addWidget(new Line(Qt::Horizontal, m_card));
        }
        auto* row = new CheckRow(check, CheckRow::Form::Below, m_card);
        connect(row, &CheckRow::copyWanted, this,
                [this](const QString& command) { m_context.prompt.copyText(command); });
        connect(row, &CheckRow::fixWanted, this, [this, check](const types::CheckFix& fix) {
            askAndFix(this, m_context, m_runner, check, fix, [this] { this->check(); });
        });
        m_card->body()->addWidget(row);
    }
    addPassed(passed);
    m_rows->insertWidget(0, m_card);
}

/// What works needs no row each: all of them are on the System page.
void FirstRunDialog::addPassed(const QStringList& titles) {
    if (titles.isEmpty()) {
        return;
    }
    if (m_card->body()->count() > 0) {
        m_card->body()->addWidget(new Line(Qt::Horizontal, m_card));
    }
    auto* row = new QWidget(m_card);
    row->setObjectName(QStringLiteral("first.passed"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(scaled(metrics::kCardPadding), scaled(6), scaled(metrics::kCardPadding),
                             scaled(6));
    line->setSpacing(scaled(metrics::kSpace));
    line->addWidget(new IconLabel(QStringLiteral("okc"), Token::Ok, metrics::kIcon, row));
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(new TextLabel(tr("%n checks passed", nullptr, int(titles.size())), TextRole::Strong));
    auto* names = new TextLabel(titles.join(QStringLiteral(" · ")), TextRole::Secondary, Token::Muted);
    names->setWordWrap(true);
    words->addWidget(names);
    line->addLayout(words, 1);
    m_card->body()->addWidget(row);
}

/// The dialog first: what comes next is one over the same window.
void FirstRunDialog::leave(const std::function<void()>& next) {
    accept();
    next();
}

}  // namespace coracle::gui
