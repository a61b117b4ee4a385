// SPDX-License-Identifier: Apache-2.0
#include "gui/views/permissions_tab.h"

#include "gui/format.h"
#include "gui/models/permission_list.h"
#include "gui/views/access_card.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/skeleton.h"

#include <QBoxLayout>
#include <QDir>
#include <QResizeEvent>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kOneColumnBelow = 880;
constexpr int kWaitingHeight = 240;  // six rows
constexpr int kReachRow = 52;
constexpr int kSide = 464;

ChipLook lookOf(Reach reach) {
    return reach == Reach::Wide   ? chip_look::kWarn
           : reach == Reach::Open ? chip_look::kInfo
                                  : chip_look::kNeutral;
}

}  // namespace

PermissionsTab::PermissionsTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("permissions"));
    setAccessibleName(tr("Permissions"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("permissions.error"));
    connect(m_banner->addButton(QStringLiteral("permissions.retry"), tr("Try again")),
            &QAbstractButton::clicked, this, &PermissionsTab::ask);
    m_banner->hide();
    column->addWidget(m_banner);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight);
    m_columns->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                                  metrics::kPageMargin);
    m_columns->setSpacing(metrics::kSpaceLarge);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::kSpaceLarge);
    left->addWidget(buildReach());
    left->addWidget(buildCapabilities());
    left->addStretch(1);
    m_columns->addLayout(left, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::kSpaceLarge);
    right->addWidget(buildIsolation());
    m_access = new AccessCard(m_context);
    right->addWidget(m_access);
    right->addStretch(1);
    m_columns->addLayout(right);
    column->addLayout(m_columns, 1);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
}

QWidget* PermissionsTab::buildReach() {
    auto* card = new Card(tr("What this container can reach"));
    card->setObjectName(QStringLiteral("permissions.list"));
    m_change = makeButton(QStringLiteral("permissions.change"), tr("Change in a copy…"),
                          QStringLiteral("edit"), ButtonKind::Flat, ButtonSize::Small);
    m_change->setToolTip(
        tr("A container keeps its permissions for life. This opens the run dialog with the same settings."));
    m_change->setVisible(m_context.navigator.canRun());
    connect(m_change, &QPushButton::clicked, this, [this] {
        if (m_details) {
            types::RunSpec spec = m_details->spec;
            spec.name.clear();
            m_context.navigator.openRunDialog(spec);
        }
    });
    card->addToHead(m_change);
    card->setFullWidth();
    m_reach = new QVBoxLayout;
    m_reach->setSpacing(0);
    card->body()->addLayout(m_reach);
    return card;
}

QWidget* PermissionsTab::buildCapabilities() {
    auto* card = new Card(tr("Root inside may"));
    card->setObjectName(QStringLiteral("permissions.caps"));
    m_capabilityCount = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_capabilityCount->setObjectName(QStringLiteral("permissions.caps.count"));
    m_capabilityCount->setContentsMargins(0, 0, 6, 0);
    card->addToHead(m_capabilityCount);
    auto* chips = new QWidget;
    m_capabilities = new FlowLayout(6, chips);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    chips->setSizePolicy(policy);
    card->body()->addWidget(chips);
    m_dropped = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_dropped->setObjectName(QStringLiteral("permissions.caps.dropped"));
    m_dropped->setWordWrap(true);
    card->body()->addWidget(m_dropped);
    return card;
}

QWidget* PermissionsTab::buildIsolation() {
    m_isolation = new Card(tr("Isolation"));
    m_isolation->setObjectName(QStringLiteral("permissions.isolation"));
    m_isolation->setIcon(QStringLiteral("shieldok"));
    m_verdict = new Chip;
    m_verdict->setObjectName(QStringLiteral("permissions.verdict"));
    m_verdict->setInteractive(false);
    m_isolation->addToHead(m_verdict);
    m_isolationRows = new QVBoxLayout;
    m_isolationRows->setSpacing(metrics::kSpaceSmall);
    m_isolation->body()->addLayout(m_isolationRows);
    auto* note = new TextLabel(
        tr("A container shares the kernel of this computer. For hostile code use a virtual machine."),
        TextRole::Secondary, Token::Muted);
    note->setWordWrap(true);
    m_isolation->body()->addWidget(note);
    return m_isolation;
}

void PermissionsTab::resizeEvent(QResizeEvent* event) {
    PageScroll::resizeEvent(event);
    const bool beside = viewport()->width() >= scaled(kOneColumnBelow);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int side = std::min(scaled(kSide), viewport()->width() * 2 / 5);
    for (QWidget* card : {static_cast<QWidget*>(m_isolation), static_cast<QWidget*>(m_access)}) {
        card->setMinimumWidth(beside ? side : 0);
        card->setMaximumWidth(beside ? side : QWIDGETSIZE_MAX);
    }
}

void PermissionsTab::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_details.reset();
    m_access->setContainer(id);
    m_request.cancel();
    m_banner->hide();
    clearLayout(*m_reach);
    clearLayout(*m_capabilities);
    clearLayout(*m_isolationRows);
    m_verdict->hide();
    auto* loading = new Skeleton;
    loading->setPatient();
    loading->setFixedHeight(scaled(kWaitingHeight));
    m_reach->addWidget(loading);
}

void PermissionsTab::setActive(bool active) {
    m_active = active;
    if (active) {
        ask();
    }
}

void PermissionsTab::showDetails(const types::ContainerDetails& details) {
    m_details = details;
    m_access->setMounts(details.summary.mounts);
    if (m_active) {
        ask();
    }
}

void PermissionsTab::showDetailsProblem(const QString& words) {
    if (!words.isEmpty() && !m_details) {
        clearLayout(*m_reach);  // nothing is known, and nothing comes
    }
}

void PermissionsTab::ask() {
    if (!m_details) {
        return;  // the page brings them in a moment
    }
    m_request.cancel();
    m_request = m_context.engine.readConfinement(
        this, m_id, [this, id = m_id](const Result<types::Confinement>& result) {
            if (id != m_id) {
                return;
            }
            if (result) {
                m_banner->hide();
                show(*result);
            } else if (result.error().kind() != ErrorKind::Cancelled) {
                m_banner->show(Banner::Kind::Error, format::sentence(result.error().message()),
                               format::sentence(result.error().hint()));
                if (m_verdict->isHidden()) {  // nothing is known, and nothing comes
                    clearLayout(*m_reach);
                }
            }
        });
}

void PermissionsTab::show(const types::Confinement& confinement) {
    showReach(confinement);
    showCapabilities(confinement);
    showIsolation(confinement);
}

void PermissionsTab::showReach(const types::Confinement& confinement) {
    clearLayout(*m_reach);
    const std::string home = QDir::homePath().toStdString();
    bool first = true;
    for (const ReachRow& row : reachRows(confinement, *m_details, home)) {
        if (!first) {
            m_reach->addWidget(new Line);
        }
        first = false;
        auto* line = new QWidget;
        line->setObjectName(QStringLiteral("permissions.reach.") + row.key);
        line->setMinimumHeight(scaled(kReachRow));
        line->setToolTip(row.details.join(QLatin1Char('\n')));
        line->setAccessibleName(row.title);
        line->setAccessibleDescription(row.text + QStringLiteral(". ") + row.state);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(metrics::kCardPadding, 4, metrics::kCardPadding, 4);
        layout->setSpacing(metrics::kSpace);
        layout->addWidget(new IconLabel(row.iconName, Token::Text));
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addStretch(1);
        words->addWidget(new TextLabel(row.title, TextRole::Strong));
        auto* text = new TextLabel(row.text, TextRole::Secondary, Token::Muted);
        text->setElided(Qt::ElideMiddle);
        words->addWidget(text);
        words->addStretch(1);
        layout->addLayout(words, 1);
        auto* chip = new Chip(row.state, {}, lookOf(row.reach));
        chip->setInteractive(false);
        layout->addWidget(chip);
        m_reach->addWidget(line);
    }
}

void PermissionsTab::showCapabilities(const types::Confinement& confinement) {
    clearLayout(*m_capabilities);
    const auto& held = confinement.observed ? confinement.observed->capabilities : confinement.capabilities;
    const std::size_t all = confinement.capabilities.size() + confinement.droppedCapabilities.size();
    m_capabilityCount->setText(tr("%1 of %2 capabilities, valid only inside").arg(held.size()).arg(all));
    for (const std::string& name : held) {
        auto* chip = new Chip(capabilityWord(name), {}, chip_look::kNeutral);
        chip->setInteractive(false);
        chip->setToolTip(format::text(name));
        m_capabilities->addWidget(chip);
    }
    // Those that programs miss most come first.
    constexpr const char* kKnown[] = {"CAP_SYS_ADMIN", "CAP_SYS_PTRACE", "CAP_NET_ADMIN",
                                      "CAP_NET_RAW",   "CAP_MKNOD",      "CAP_SYS_MODULE"};
    QStringList known;
    const auto& dropped = confinement.droppedCapabilities;
    for (const char* name : kKnown) {
        if (std::find(dropped.begin(), dropped.end(), name) != dropped.end()) {
            known.append(capabilityWord(name));
        }
    }
    m_dropped->setText(dropped.empty() ? tr("None is dropped: as root inside it may do all that you may.")
                                       : tr("%Ln dropped, among them %1.", nullptr, int(dropped.size()))
                                             .arg(known.join(QStringLiteral(", "))));
}

void PermissionsTab::showIsolation(const types::Confinement& confinement) {
    clearLayout(*m_isolationRows);
    int wide = 0;
    for (const IsolationRow& row : isolationRows(confinement)) {
        wide += row.reach == Reach::Wide ? 1 : 0;
        auto* line = new QWidget;
        line->setObjectName(QStringLiteral("permissions.isolation.") + row.key);
        line->setToolTip(row.detail);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(metrics::kSpaceSmall);
        const bool closed = row.reach == Reach::Closed;
        layout->addWidget(new IconLabel(closed                     ? QStringLiteral("okc")
                                        : row.reach == Reach::Open ? QStringLiteral("info")
                                                                   : QStringLiteral("warn"),
                                        closed                     ? Token::Ok
                                        : row.reach == Reach::Open ? Token::Info
                                                                   : Token::Warn),
                          0, Qt::AlignTop);
        auto* text = new TextLabel(row.text, TextRole::Body);
        text->setWordWrap(true);
        layout->addWidget(text, 1);
        m_isolationRows->addWidget(line);
    }
    m_verdict->setText(wide == 0 ? tr("no extra holes") : tr("%n wide open", nullptr, wide));
    m_verdict->setIconName(wide == 0 ? QStringLiteral("check") : QStringLiteral("warn"));
    m_verdict->setLook(wide == 0 ? chip_look::kOk : chip_look::kWarn);
    m_verdict->show();
    m_verdict->updateGeometry();
}

}  // namespace coracle::gui
