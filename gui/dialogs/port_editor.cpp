// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/port_editor.h"

#include "gui/dialogs/editor_rows.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kDebounceMs = 100;

struct VerdictLook {
    QString icon;
    Token token;
};

VerdictLook lookOf(PortVerdict verdict) {
    if (verdict == PortVerdict::Checking) {
        return {QStringLiteral("clock"), Token::Faint};
    }
    if (verdict == PortVerdict::Low) {
        return {QStringLiteral("warn"), Token::Warn};
    }
    return blocksRun(verdict) ? VerdictLook{QStringLiteral("errc"), Token::Err}
                              : VerdictLook{QStringLiteral("okc"), Token::Ok};
}

/// The port that is proposed for a listening port of an image: its own number when a user may have it.
QString proposedPort(unsigned inside) {
    constexpr unsigned kFirstOpen = 1024;
    return QString::number(inside >= kFirstOpen ? inside : inside + 8000);
}

bool hasTabFocus(const QWidget& widget) {
    return (unsigned(widget.focusPolicy()) & unsigned(Qt::TabFocus)) != 0;
}

PortDraft draftFor(const QString& exposed) {
    PortDraft draft;
    draft.inside = exposed.section(QLatin1Char('/'), 0, 0);
    draft.here = proposedPort(draft.inside.toUInt());
    draft.protocol = exposed.endsWith(QLatin1String("/udp")) ? net::Protocol::Udp : net::Protocol::Tcp;
    return draft;
}

}  // namespace

PortEditor::PortEditor(PortChecker checker, QWidget* parent)
    : QWidget(parent)
    , m_checker(std::move(checker))
    , m_add(makeButton(QStringLiteral("ports.add"), tr("Add port"), QStringLiteral("plus"),
                       ButtonKind::Normal, ButtonSize::Small))
    , m_exposedText(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_chipLayout(new QHBoxLayout)
    , m_box(new EditorBox({{tr("Reachable from"), 156, 20},
                           {tr("Port here"), 74, 0},
                           {{}, 38, 0},
                           {tr("Inside"), 74, 20},
                           {tr("Kind"), 64, 20},
                           {tr("Check"), 0, 8},
                           {{}, 84, 2},
                           {{}, 28, 0}},
                          this))
    , m_low(new Card({}, this))
    , m_lowTitle(new TextLabel({}, TextRole::Section, Token::Warn, this))
    , m_lowText(new TextLabel({}, TextRole::Secondary, Token::Text, this))
    , m_lowCommand(new CodeBox({}, this)) {
    setObjectName(QStringLiteral("ports"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));

    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(metrics::kSpaceSmall));
    head->addWidget(new TextLabel(tr("Ports"), TextRole::Section, Token::Text, this));
    head->addWidget(m_exposedText);
    m_chipLayout->setSpacing(scaled(metrics::kSpaceSmall));
    head->addLayout(m_chipLayout);
    head->addStretch();
    head->addWidget(m_add);
    column->addLayout(head);

    m_box->setEmptyText(
        tr("No port is reachable. Add one to open it to this computer or to the local network."));
    column->addWidget(m_box);

    m_low->setObjectName(QStringLiteral("ports.lowHint"));
    m_low->setColors(Token::WarnSoft, Token::WarnSoft);
    m_lowText->setWordWrap(true);
    m_lowCommand->setObjectName(QStringLiteral("ports.lowCommand"));
    m_lowCommand->label()->setWordWrap(false);
    auto* commandLine = new QHBoxLayout;
    commandLine->addWidget(m_lowCommand);
    auto* copy = makeButton(QStringLiteral("ports.lowCopy"), tr("Copy"), QStringLiteral("copy"),
                            ButtonKind::Normal, ButtonSize::Small);
    copy->setAccessibleName(tr("Copy the command that lowers the limit"));
    commandLine->addWidget(copy);
    commandLine->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(scaled(metrics::kSpaceTiny));
    words->addWidget(m_lowTitle);
    words->addWidget(m_lowText);
    words->addLayout(commandLine);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(scaled(metrics::kSpaceSmall));
    beside->addWidget(new IconLabel(QStringLiteral("warn"), Token::Warn, metrics::kIcon, this), 0,
                      Qt::AlignTop);
    beside->addLayout(words, 1);
    m_low->body()->addLayout(beside);
    m_low->hide();
    column->addWidget(m_low);

    column->addLayout(makeEditorNote(this, tr("“Local network” lets other computers connect. “This computer "
                                              "only” binds to 127.0.0.1.")));
    column->addStretch();

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &PortEditor::askEngine);
    connect(m_add, &QPushButton::clicked, this, [this] { addRowFor({}); });
    connect(copy, &QPushButton::clicked, this, [this] { emit copyWanted(m_lowCommand->text()); });
}

PortEditor::Row PortEditor::makeRow(const PortDraft& draft) {
    Row row{};
    row.scope = makeRowCombo(tr("Reachable from"));
    row.scope->addItems({tr("This computer only"), tr("Local network"), tr("One address…")});
    row.scope->setCurrentIndex(static_cast<int>(draft.scope));
    row.address = makeRowEdit(tr("Address of this computer"), true);
    row.address->setPlaceholderText(QStringLiteral("192.168.1.5"));
    row.address->setText(draft.address);
    row.address->setVisible(draft.scope == PortScope::Address);
    row.here = makeRowEdit(tr("Port on this computer, or auto"), true);
    row.here->setText(draft.here);
    row.inside = makeRowEdit(tr("Port inside the container"), true);
    row.inside->setText(draft.inside);
    row.protocol = makeRowCombo(tr("Kind"));
    row.protocol->addItems({QStringLiteral("tcp"), QStringLiteral("udp")});
    row.protocol->setCurrentIndex(static_cast<int>(draft.protocol));
    row.icon = new IconLabel(QStringLiteral("clock"), Token::Faint);
    row.text = new TextLabel({}, TextRole::Secondary, Token::Muted);
    row.text->setElided();
    row.use = makeButton({}, {}, {}, ButtonKind::Normal, ButtonSize::Small);
    row.use->hide();
    row.remove = makeIconButton({}, tr("Remove this port"), QStringLiteral("trash"));

    auto* where = new QWidget;
    auto* whereLayout = new QVBoxLayout(where);
    whereLayout->setContentsMargins(0, 0, 0, 0);
    whereLayout->setSpacing(scaled(metrics::kSpaceTiny));
    whereLayout->addWidget(row.scope);
    whereLayout->addWidget(row.address);
    auto* arrow = new TextLabel(QStringLiteral("→"), TextRole::Body, Token::Faint);
    arrow->setAlignment(Qt::AlignCenter);
    arrow->setFixedHeight(scaled(metrics::kControlSmall));
    auto* check = new QWidget;
    check->setFixedHeight(scaled(metrics::kControlSmall));
    auto* checkLayout = new QHBoxLayout(check);
    checkLayout->setContentsMargins(0, 0, 0, 0);
    checkLayout->setSpacing(6);
    checkLayout->addWidget(row.icon);
    checkLayout->addWidget(row.text, 1);
    auto* useCell = new QWidget;
    useCell->setFixedHeight(scaled(metrics::kControlSmall));
    auto* useLayout = new QHBoxLayout(useCell);
    useLayout->setContentsMargins(0, 0, 0, 0);
    useLayout->addWidget(row.use);
    row.row = m_box->addRow({where, row.here, arrow, row.inside, row.protocol, check, useCell, row.remove});
    return row;
}

void PortEditor::connectRow(const Row& row) {
    const auto edited = [this, widget = row.row] { readRow(rowOf(m_rows, widget)); };
    connect(row.scope, &QComboBox::currentIndexChanged, this, edited);
    connect(row.protocol, &QComboBox::currentIndexChanged, this, edited);
    connect(row.address, &QLineEdit::textChanged, this, edited);
    connect(row.here, &QLineEdit::textChanged, this, edited);
    connect(row.inside, &QLineEdit::textChanged, this, edited);
    connect(row.use, &QPushButton::clicked, this, [this, widget = row.row] {
        const auto index = rowOf(m_rows, widget);
        m_rows[index].here->setText(QString::number(m_findings[index].suggestion));
        m_rows[index].here->setFocus();
    });
    connect(row.remove, &QToolButton::clicked, this,
            [this, widget = row.row] { removeRow(rowOf(m_rows, widget)); });
}

void PortEditor::addRow(const PortDraft& draft) {
    m_drafts.push_back(draft);
    m_findings.emplace_back();
    m_rows.push_back(makeRow(draft));
    connectRow(m_rows.back());
    renumber();
    judgeAll();
}

void PortEditor::addRowFor(const QString& exposed) {
    const bool known = !exposed.isEmpty();
    addRow(known ? draftFor(exposed)
                 : PortDraft{PortScope::ThisComputer, {}, tr("auto"), {}, net::Protocol::Tcp});
    QLineEdit* open = known ? m_rows.back().here : m_rows.back().inside;
    open->setFocus();
    open->selectAll();
}

void PortEditor::setDrafts(const std::vector<PortDraft>& drafts) {
    if (drafts == m_drafts) {
        return;
    }
    while (!m_rows.empty()) {
        m_box->removeRow(m_rows.back().row);
        m_rows.pop_back();
    }
    m_drafts.clear();
    m_findings.clear();
    for (const auto& draft : drafts) {
        addRow(draft);
    }
    judgeAll();
}

void PortEditor::readRow(std::size_t index) {
    const Row& row = m_rows[index];
    PortDraft& draft = m_drafts[index];
    draft.scope = static_cast<PortScope>(row.scope->currentIndex());
    draft.address = row.address->text();
    draft.here = row.here->text();
    draft.inside = row.inside->text();
    draft.protocol = static_cast<net::Protocol>(row.protocol->currentIndex());
    row.address->setVisible(draft.scope == PortScope::Address);
    judgeAll();
}

void PortEditor::removeRow(std::size_t index) {
    m_box->removeRow(m_rows[index].row);
    eraseAt(index, m_rows, m_drafts, m_findings);
    renumber();
    judgeAll();
    if (!m_rows.empty()) {
        m_rows[std::min(index, m_rows.size() - 1)].remove->setFocus();
    }
}

void PortEditor::renumber() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        nameRow("port", i,
                {{row.scope, "scope"},
                 {row.address, "address"},
                 {row.here, "here"},
                 {row.inside, "inside"},
                 {row.protocol, "protocol"},
                 {row.text, "check"},
                 {row.use, "use"},
                 {row.remove, "remove"}});
    }
    std::vector<QWidget*> inputs;
    for (const auto& row : m_rows) {
        inputs.insert(inputs.end(),
                      {row.scope, row.address, row.here, row.inside, row.protocol, row.use, row.remove});
    }
    chainTabOrder(m_add, inputs);
}

void PortEditor::judgeAll() {
    bool ask = false;
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        if (auto alone = judgeAlone(m_drafts, i)) {
            m_findings[i] = *alone;
        } else {
            const auto known = m_answers.find(net::toText(*toMapping(m_drafts[i])));
            m_findings[i] = known == m_answers.end() ? PortFinding{} : judge(known->second, m_drafts, i);
            ask = ask || known == m_answers.end();
        }
        showRow(i);
    }
    if (ask) {
        m_debounce.start();
    }
    showLowPortHint();
    updateChips();
    emit changed();
}

void PortEditor::recheck() {
    m_answers.clear();
    ++m_round;
    judgeAll();
}

void PortEditor::askEngine() {
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        const auto mapping = toMapping(m_drafts[i]);
        if (m_findings[i].verdict != PortVerdict::Checking || !mapping) {
            continue;
        }
        m_checker(*mapping, [self = QPointer(this), key = net::toText(*mapping),
                             round = m_round](const engine::PortCheck& check) {
            if (self && self->m_round == round) {
                self->m_answers[key] = check;
                self->judgeAll();
            }
        });
    }
}

bool PortEditor::isChecking() const {
    return std::any_of(m_findings.begin(), m_findings.end(),
                       [](const PortFinding& finding) { return finding.verdict == PortVerdict::Checking; });
}

int PortEditor::problems() const {
    return static_cast<int>(
        std::count_if(m_findings.begin(), m_findings.end(),
                      [](const PortFinding& finding) { return blocksRun(finding.verdict); }));
}

QString PortEditor::summary() const {
    return portSummary(m_findings);
}

void PortEditor::showRow(std::size_t index) {
    const Row& row = m_rows[index];
    const PortFinding& finding = m_findings[index];
    const auto look = lookOf(finding.verdict);
    row.icon->setIcon(look.icon, look.token);
    row.text->setText(portText(finding));
    row.text->setToken(look.token);
    row.here->setAccessibleDescription(portText(finding));
    const auto mark = finding.verdict == PortVerdict::Low ? InputMark::Warning
                      : blocksRun(finding.verdict)        ? InputMark::Error
                                                          : InputMark::None;
    setInputMark(*row.here, finding.verdict == PortVerdict::InsideNotAPort ||
                                    finding.verdict == PortVerdict::BadAddress ||
                                    finding.verdict == PortVerdict::NotOurAddress
                                ? InputMark::None
                                : mark);
    setInputMark(*row.inside,
                 finding.verdict == PortVerdict::InsideNotAPort && !m_drafts[index].inside.isEmpty()
                     ? mark
                     : InputMark::None);
    setInputMark(*row.address,
                 finding.verdict == PortVerdict::BadAddress || finding.verdict == PortVerdict::NotOurAddress
                     ? mark
                     : InputMark::None);
    row.use->setVisible(finding.suggestion != 0);
    row.use->setText(tr("Use %1").arg(finding.suggestion));
}

void PortEditor::showLowPortHint() {
    const auto low = std::find_if(m_findings.begin(), m_findings.end(), [](const PortFinding& finding) {
        return finding.verdict == PortVerdict::Low;
    });
    m_low->setVisible(low != m_findings.end());
    if (low == m_findings.end()) {
        return;
    }
    const auto port = m_drafts[static_cast<std::size_t>(low - m_findings.begin())].here.trimmed();
    m_lowTitle->setText(tr("Port %1 needs the system to allow low ports").arg(port));
    const auto limit = tr("Ports under %1 are closed to normal users here.").arg(low->lowestPort);
    const auto way = low->suggestion == 0
                         ? tr("Lower the limit once for everyone:")
                         : tr("Use %1, or lower the limit once for everyone:").arg(low->suggestion);
    //: First a sentence about the limit, then what can be done.
    m_lowText->setText(tr("%1 %2").arg(limit, way));
    m_lowCommand->setText(QStringLiteral("sudo sysctl net.ipv4.ip_unprivileged_port_start=%1").arg(port));
}

void PortEditor::setExposed(const std::vector<QString>& ports) {
    m_exposed = ports;
    for (auto* chip : m_chips) {
        chip->deleteLater();
    }
    m_chips.clear();
    // Before the button, as they stand; new ones would be reached last.
    QWidget* before = m_add->previousInFocusChain();
    while (before != m_add && !hasTabFocus(*before)) {
        before = before->previousInFocusChain();
    }
    for (const auto& port : ports) {
        auto* chip = new Chip(port, QStringLiteral("plus"), chip_look::kNeutral, this);
        chip->setObjectName(QStringLiteral("ports.exposed.%1").arg(port));
        chip->setAccessibleName(tr("Publish %1").arg(port));
        chip->setToolTip(tr("Publish %1").arg(port));
        connect(chip, &Chip::clicked, this, [this, port] { addRow(draftFor(port)); });
        m_chipLayout->addWidget(chip);
        if (before != m_add) {
            setTabOrder(before, chip);
        }
        before = chip;
        m_chips.push_back(chip);
    }
    m_exposedText->setText(tr("the image says it listens on"));
    m_exposedText->setVisible(!ports.empty());
    updateChips();
}

void PortEditor::updateChips() {
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const auto wanted = draftFor(m_exposed[i]);
        const bool used = std::any_of(m_drafts.begin(), m_drafts.end(), [&](const PortDraft& draft) {
            return draft.inside.trimmed() == wanted.inside && draft.protocol == wanted.protocol;
        });
        m_chips[i]->setLook(used ? chip_look::kAccent : chip_look::kNeutral);
        m_chips[i]->setIconName(used ? QStringLiteral("check") : QStringLiteral("plus"));
    }
}

void PortEditor::focusFirst() {
    if (!m_rows.empty()) {
        m_rows.front().here->setFocus();
    }
}

}  // namespace coracle::gui
