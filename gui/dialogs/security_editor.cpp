// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/security_editor.h"

#include "core/container/capabilities.h"
#include "gui/dialogs/radio_card.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toggle.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace coracle::gui {
namespace {

using security::Filter;
using security::Tightness;

constexpr int kSwitchHeight = 47;

/// "CAP_NET_RAW" as people write it: "net_raw".
QString capabilityWord(std::string_view name) {
    return QString::fromUtf8(name.data(), qsizetype(name.size())).mid(4).toLower();
}

struct FilterWords {
    Filter filter;
    QString name;
    QString text;
};

std::vector<FilterWords> filterOffers() {
    return {{Filter::Default, SecurityEditor::tr("Default filter"),
             SecurityEditor::tr("Refuses mount, bpf, keyctl, perf_event_open, module loading and others")},
            {Filter::Docker, SecurityEditor::tr("Docker’s filter"),
             SecurityEditor::tr("Allows what docker allows, and starts with its fourteen capabilities")},
            {Filter::Debug, SecurityEditor::tr("For debuggers and profilers"),
             SecurityEditor::tr("The default, and programs of the container may be traced and measured")},
            {Filter::Nested, SecurityEditor::tr("For containers inside"),
             SecurityEditor::tr("The default, with new namespaces and mounts; nothing of /proc is hidden")},
            {Filter::Abi32, SecurityEditor::tr("For 32-bit programs"),
             SecurityEditor::tr("The default, and calls of the 32-bit kind, whose sockets are not filtered")},
            {Filter::File, SecurityEditor::tr("From a file…"), {}},
            {Filter::None, SecurityEditor::tr("No filter"),
             SecurityEditor::tr(
                 "Every call reaches the kernel: a mistake in it is within reach of the container")}};
}

}  // namespace

SecurityEditor::SecurityEditor(ChooseFile chooseFile, QWidget* parent)
    : QWidget(parent)
    , m_chooseFile(std::move(chooseFile))
    , m_locked(nullptr)
    , m_standard(nullptr)
    , m_own(nullptr)
    , m_add(makeButton(QStringLiteral("sec.cap.add"), tr("Add"), QStringLiteral("plus"), ButtonKind::Normal,
                       ButtonSize::Small))
    , m_filter(new QComboBox(this))
    , m_choose(makeButton(QStringLiteral("sec.filter.choose"), tr("Choose…"), {}, ButtonKind::Normal,
                          ButtonSize::Small)) {
    setObjectName(QStringLiteral("sec"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    column->addWidget(new TextLabel(tr("How tight"), TextRole::Section, Token::Text, this));
    column->addWidget(makeCards());
    auto* pair = new QHBoxLayout;
    pair->setSpacing(scaled(metrics::kSpaceLarge));
    pair->addWidget(makeCapabilities(), 1);
    pair->addWidget(makeFilter(), 1);
    column->addLayout(pair);
    column->addWidget(makeSwitches());
    column->addStretch();
    refresh();
}

QWidget* SecurityEditor::makeCards() {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpace));
    m_locked = new RadioCard(QStringLiteral("sec.level.locked"), tr("Locked down"),
                             tr("Read-only, no network, no capabilities"), {}, line);
    m_standard = new RadioCard(QStringLiteral("sec.level.standard"), tr("Standard"),
                               tr("Default call filter and 11 capabilities"), {}, line);
    m_own = new RadioCard(QStringLiteral("sec.level.custom"), tr("Custom"), tr("You choose below"), {}, line);
    for (auto* card : {m_locked, m_standard, m_own}) {
        row->addWidget(card, 1);
        connect(card, &RadioCard::toggled, this, [this, card](bool on) {
            if (!on || m_showing) {
                return;
            }
            m_custom = card == m_own;
            change([&](types::RunSpec& spec) {
                if (card != m_own) {
                    security::setTightness(spec,
                                           card == m_locked ? Tightness::LockedDown : Tightness::Standard);
                }
            });
        });
    }
    return line;
}

QWidget* SecurityEditor::makeCapabilities() {
    auto* card = new Card(tr("Capabilities"), this);
    card->addToHead(new TextLabel(tr("valid only inside"), TextRole::Secondary, Token::Muted, card));
    m_chips = new QWidget(card);
    m_flow = new FlowLayout(scaled(6), m_chips);
    m_add->setParent(m_chips);
    m_add->setAccessibleName(tr("Add a capability"));
    m_flow->addWidget(m_add);
    connect(m_add, &QPushButton::clicked, this, &SecurityEditor::offerCapabilities);
    card->body()->addWidget(m_chips);
    m_capabilityNote = new TextLabel({}, TextRole::Secondary, Token::Warn, card);
    m_capabilityNote->setObjectName(QStringLiteral("sec.cap.note"));
    m_capabilityNote->setWordWrap(true);
    m_capabilityNote->hide();
    card->body()->addWidget(m_capabilityNote);
    card->body()->addStretch();
    return card;
}

QWidget* SecurityEditor::makeFilter() {
    auto* card = new Card(tr("System calls"), this);
    m_filter->setObjectName(QStringLiteral("sec.filter"));
    m_filter->setAccessibleName(tr("Filter of system calls"));
    m_filter->setMinimumHeight(scaled(metrics::kControl));
    for (const auto& offer : filterOffers()) {
        m_filter->addItem(offer.name);
        m_filters.push_back(offer.filter);
    }
    card->body()->addWidget(m_filter);
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(6));
    m_filterIcon = new IconLabel(QStringLiteral("warn"), Token::Warn, metrics::kIcon, card);
    line->addWidget(m_filterIcon, 0, Qt::AlignTop);
    m_filterText = new TextLabel({}, TextRole::Secondary, Token::Muted, card);
    m_filterText->setObjectName(QStringLiteral("sec.filter.text"));
    m_filterText->setWordWrap(true);
    line->addWidget(m_filterText, 1);
    m_choose->setAccessibleName(tr("Choose another file"));
    line->addWidget(m_choose, 0, Qt::AlignTop);
    card->body()->addLayout(line);
    card->body()->addStretch();
    connect(m_filter, &QComboBox::activated, this, &SecurityEditor::chooseFilter);
    connect(m_choose, &QPushButton::clicked, this, &SecurityEditor::askForFile);
    return card;
}

QWidget* SecurityEditor::makeSwitches() {
    auto* card = new Card({}, this);
    card->setFullWidth();
    card->body()->setSpacing(0);
    m_noPrivileges =
        addSwitch(card, QStringLiteral("privileges"), QStringLiteral("lock"), tr("No new privileges"));
    m_readOnly = addSwitch(card, QStringLiteral("readOnly"), QStringLiteral("file"), tr("Read-only root"));
    m_range = addSwitch(card, QStringLiteral("range"), QStringLiteral("user"), tr("Own user range"));
    m_mask = addSwitch(card, QStringLiteral("mask"), QStringLiteral("eye"), tr("Mask /proc and /sys"));
    m_privileged = addSwitch(card, QStringLiteral("privileged"), QStringLiteral("warn"), tr("Privileged"));
    const auto on = [this](const Switch& one, const std::function<void(types::RunSpec&, bool)>& set) {
        connect(one.toggle, &Toggle::toggled, this, [this, set](bool checked) {
            if (!m_showing) {
                change([&](types::RunSpec& spec) { set(spec, checked); });
            }
        });
    };
    on(m_noPrivileges, security::setGainsNoPrivileges);
    on(m_readOnly, [](types::RunSpec& spec, bool checked) { spec.readOnly = checked; });
    on(m_range, [](types::RunSpec& spec, bool checked) { spec.userns = checked ? "auto" : ""; });
    on(m_mask, security::setMasksPaths);
    on(m_privileged, [](types::RunSpec& spec, bool checked) { spec.privileged = checked; });
    return card;
}

SecurityEditor::Switch SecurityEditor::addSwitch(Card* card, const QString& key, const QString& icon,
                                                 const QString& title) {
    Switch made{};
    const bool isFirst = card->body()->count() == 0;
    made.row = new QWidget(card);  // paints nothing: the card has round corners
    auto* outer = new QVBoxLayout(made.row);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    if (!isFirst) {
        outer->addWidget(new Line(Qt::Horizontal, made.row));
    }
    auto* row = new QHBoxLayout;
    outer->addLayout(row, 1);
    row->setContentsMargins(scaled(metrics::kCardPadding), 0, scaled(metrics::kCardPadding), 0);
    row->setSpacing(scaled(metrics::kSpace));
    row->addWidget(new IconLabel(icon, Token::Muted, metrics::kIcon, made.row));
    auto* words = new QVBoxLayout;
    words->setContentsMargins(0, scaled(5), 0, scaled(5));
    words->setSpacing(1);
    words->addWidget(new TextLabel(title, TextRole::Strong, Token::Text, made.row));
    made.text = new TextLabel({}, TextRole::Secondary, Token::Muted, made.row);
    made.text->setElided();
    words->addWidget(made.text);
    row->addLayout(words, 1);
    made.toggle = new Toggle({}, made.row);
    made.toggle->setObjectName(QStringLiteral("sec.") + key);
    made.toggle->setAccessibleName(title);
    row->addWidget(made.toggle);
    made.row->setMinimumHeight(scaled(kSwitchHeight));
    card->body()->addWidget(made.row);
    return made;
}

void SecurityEditor::setSpec(const types::RunSpec& spec) {
    types::RunSpec taken;
    taken.capAdd = spec.capAdd;
    taken.capDrop = spec.capDrop;
    taken.securityOpt = spec.securityOpt;
    taken.userns = spec.userns;
    taken.uidMap = spec.uidMap;
    taken.gidMap = spec.gidMap;
    taken.privileged = spec.privileged;
    taken.readOnly = spec.readOnly;
    taken.network = spec.network;
    if (taken != m_spec) {
        m_spec = taken;
        refresh();
    }
}

void SecurityEditor::apply(types::RunSpec& spec) const {
    spec.capAdd = m_spec.capAdd;
    spec.capDrop = m_spec.capDrop;
    spec.securityOpt = m_spec.securityOpt;
    spec.userns = m_spec.userns;
    spec.privileged = m_spec.privileged;
    spec.readOnly = m_spec.readOnly;
    spec.network = m_spec.network;
}

void SecurityEditor::change(const std::function<void(types::RunSpec&)>& how) {
    how(m_spec);
    refresh();
    emit changed();
}

void SecurityEditor::chooseFilter(int row) {
    const auto filter = m_filters[std::size_t(row)];
    if (filter == Filter::File) {
        askForFile();
        return;
    }
    if (filter != Filter::Other) {
        change([&](types::RunSpec& spec) { security::setFilter(spec, filter); });
    }
}

void SecurityEditor::askForFile() {
    m_chooseFile([this](const QString& path) {
        if (path.isEmpty()) {
            refresh();
        } else {
            change(
                [&](types::RunSpec& spec) { security::setFilter(spec, Filter::File, path.toStdString()); });
        }
    });
}

void SecurityEditor::offerCapabilities() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("sec.cap.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto names = container::allCapabilities();
    std::vector<std::string> sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());
    for (const auto& name : sorted) {
        if (std::find(m_capabilities.begin(), m_capabilities.end(), name) == m_capabilities.end()) {
            connect(menu->addAction(capabilityWord(name)), &QAction::triggered, this, [this, name] {
                change([&](types::RunSpec& spec) { security::addCapability(spec, name); });
                m_add->setFocus();
            });
        }
    }
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height() + 2)));
}

void SecurityEditor::refresh() {
    m_showing = true;
    const auto tightness = security::tightnessOf(m_spec);
    m_custom = m_custom && tightness == Tightness::Standard;
    (m_custom                             ? m_own
     : tightness == Tightness::LockedDown ? m_locked
     : tightness == Tightness::Standard   ? m_standard
                                          : m_own)
        ->setChecked(true);
    showCapabilities();
    showFilter();
    showSwitches();
    m_showing = false;
}

void SecurityEditor::showCapabilities() {
    auto names = security::capabilitiesOf(m_spec);
    const auto unknown = security::unknownCapability(m_spec);
    m_capabilityNote->setText(!unknown.empty() ? summary()
                              : names.empty()  ? tr("Not even root inside may do more than other users.")
                                               : QString());
    m_capabilityNote->setToken(unknown.empty() ? Token::Muted : Token::Err);
    m_capabilityNote->setVisible(!m_capabilityNote->text().isEmpty());
    if (names == m_capabilities && m_flow->count() == int(names.size()) + 1) {
        return;
    }
    m_capabilities = std::move(names);
    // A chip that is pressed goes away while it still handles the press.
    while (m_flow->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_flow->takeAt(0));
        if (item->widget() != m_add) {
            item->widget()->hide();
            item->widget()->setObjectName({});
            item->widget()->deleteLater();
        }
    }
    QWidget* before = m_own;
    for (const auto& name : m_capabilities) {
        const auto word = capabilityWord(name);
        auto* chip = new Chip(word + QStringLiteral(" ×"), {}, chip_look::kAccent, m_chips);
        chip->setObjectName(QStringLiteral("sec.cap.") + word);
        chip->setAccessibleName(tr("Take away %1").arg(word));
        chip->setToolTip(chip->accessibleName());
        connect(chip, &Chip::clicked, this, [this, name] {
            change([&](types::RunSpec& spec) { security::dropCapability(spec, name); });
            m_add->setFocus();
        });
        m_flow->addWidget(chip);
        chip->show();
        setTabOrder(before, chip);
        before = chip;
    }
    m_flow->addWidget(m_add);
    setTabOrder(before, m_add);
    m_chips->updateGeometry();
}

void SecurityEditor::showFilter() {
    const auto filter = security::filterOf(m_spec);
    const auto value = QString::fromStdString(security::filterValue(m_spec));
    auto found = std::find(m_filters.begin(), m_filters.end(), filter);
    if (found == m_filters.end()) {  // several profiles at once, from a command line
        m_filter->addItem({});
        m_filters.push_back(filter);
        found = m_filters.end() - 1;
    }
    const int row = int(found - m_filters.begin());
    if (filter == Filter::Other) {
        m_filter->setItemText(row, tr("Profiles %1").arg(value));
    }
    m_filter->setCurrentIndex(row);
    QString text = filter == Filter::File ? value : QString();
    for (const auto& offer : filterOffers()) {
        text = offer.filter == filter && text.isEmpty() ? offer.text : text;
    }
    m_filterText->setText(text);
    m_filterText->setToken(filter == Filter::None ? Token::Warn : Token::Muted);
    m_filterIcon->setVisible(filter == Filter::None);
    m_choose->setVisible(filter == Filter::File);
}

void SecurityEditor::showSwitches() {
    const auto show = [](const Switch& one, bool on, const QString& text, bool can = true) {
        one.toggle->setChecked(on);
        one.toggle->setEnabled(can);
        one.text->setText(text);
        one.toggle->setAccessibleDescription(text);
    };
    show(m_noPrivileges, security::gainsNoPrivileges(m_spec),
         tr("setuid programs and file capabilities give nothing"));
    show(m_readOnly, m_spec.readOnly, tr("Only mounted paths can be written"));
    const bool maps = !m_spec.uidMap.empty() || !m_spec.gidMap.empty();
    const bool own = !m_spec.userns.empty() && m_spec.userns.rfind("auto", 0) != 0;
    show(m_range, m_spec.userns.rfind("auto", 0) == 0,
         maps  ? tr("Its ids are mapped one by one (--uidmap, --gidmap)")
         : own ? tr("Now: %1").arg(QString::fromStdString(m_spec.userns))
               : tr("Ids that no other container shares, as many as the image needs"),
         !maps);
    const bool shown = security::cannotMask(m_spec);
    show(m_mask, security::masksPaths(m_spec),
         shown ? tr("The other choices need all of them in sight")
               : tr("Hide kernel interfaces such as /proc/kcore"),
         !shown);
    show(m_privileged, m_spec.privileged,
         tr("Everything that you may do yourself: all capabilities, your devices, nothing masked"));
    // Only who came with it sees it: the form does not suggest it.
    m_privileged.row->setVisible(m_spec.privileged || m_privileged.row->isVisible());
}

int SecurityEditor::count() const {
    const bool tight = security::tightnessOf(m_spec) == Tightness::Standard;
    const types::RunSpec plain;
    return (tight ? 0 : 1) + (security::gainsNoPrivileges(m_spec) && tight ? 1 : 0) +
           (m_spec.userns != plain.userns || !m_spec.uidMap.empty() || !m_spec.gidMap.empty() ? 1 : 0);
}

int SecurityEditor::problems() const {
    return summary().isEmpty() ? 0 : 1;
}

QString SecurityEditor::summary() const {
    const auto unknown = security::unknownCapability(m_spec);
    return unknown.empty() ? QString() : tr("There is no capability %1").arg(QString::fromStdString(unknown));
}

}  // namespace coracle::gui
