// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/network_editor.h"

#include "gui/dialogs/radio_card.h"
#include "gui/theme/metrics.h"
#include "gui/theme/style.h"
#include "gui/widgets/text_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

/// Linux takes no more: sethostname(2), HOST_NAME_MAX.
constexpr qsizetype kLongestName = 64;

}  // namespace

NetworkEditor::NetworkEditor(QWidget* parent)
    : QWidget(parent)
    , m_own(new RadioCard(QStringLiteral("net.mode.own"), tr("Its own"),
                          tr("Private, reaches out through slirp4netns"), QStringLiteral("container"), this))
    , m_host(new RadioCard(QStringLiteral("net.mode.host"), tr("This computer’s"),
                           tr("No isolation, all ports shared"), QStringLiteral("monitor"), this))
    , m_none(new RadioCard(QStringLiteral("net.mode.none"), tr("None"), tr("Loopback only"),
                           QStringLiteral("lock"), this))
    , m_hostname(new QLineEdit(this))
    , m_hostnameHelp(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_noteIcon(new IconLabel(QStringLiteral("info"), Token::Muted, metrics::kIcon, this))
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted, this)) {
    setObjectName(QStringLiteral("net"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    column->addWidget(new TextLabel(tr("Connected to"), TextRole::Section, Token::Text, this));
    auto* cards = new QHBoxLayout;
    cards->setSpacing(scaled(metrics::kSpace));
    for (auto* card : {m_own, m_host, m_none}) {
        cards->addWidget(card, 1);
        connect(card, &RadioCard::toggled, this, [this, card](bool on) {
            if (on && !m_showing) {
                m_network = card == m_own ? types::RunSpec{}.network : card == m_host ? "host" : "none";
                refresh();
                emit changed();
            }
        });
    }
    column->addLayout(cards);
    auto* note = new QHBoxLayout;
    note->setSpacing(scaled(metrics::kSpaceSmall));
    note->addWidget(m_noteIcon, 0, Qt::AlignTop);
    m_note->setObjectName(QStringLiteral("net.note"));
    m_note->setWordWrap(true);
    note->addWidget(m_note, 1);
    column->addLayout(note);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(20));
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    auto* label = new TextLabel(tr("Host name inside"), TextRole::SecondaryStrong, Token::Text, this);
    label->setBuddy(m_hostname);
    m_hostname->setObjectName(QStringLiteral("net.hostname"));
    m_hostname->setAccessibleName(tr("Host name inside"));
    m_hostname->setFont(themeFont(TextRole::Code));
    m_hostname->setMinimumHeight(scaled(metrics::kControl));
    m_hostnameHelp->setObjectName(QStringLiteral("net.hostname.help"));
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_hostname, 1, 0);
    grid->addWidget(m_hostnameHelp, 2, 0);
    column->addLayout(grid);
    column->addStretch();
    connect(m_hostname, &QLineEdit::textChanged, this, [this] {
        refresh();
        if (!m_showing) {
            emit changed();
        }
    });
    showNetwork();
}

void NetworkEditor::setSpec(const types::RunSpec& spec) {
    m_showing = true;
    m_hostname->setText(QString::fromStdString(spec.hostname.value_or("")));
    m_showing = false;
    setPorts(int(spec.ports.size()));
    setNetwork(spec.network);
}

void NetworkEditor::setNetwork(const std::string& network) {
    if (network != m_network) {
        m_network = network;
        showNetwork();
    }
}

void NetworkEditor::setPorts(int count) {
    m_ports = count;
    refresh();
}

void NetworkEditor::showNetwork() {
    m_showing = true;
    (m_network == "host" ? m_host : m_network == "none" ? m_none : m_own)->setChecked(true);
    m_showing = false;
    refresh();
}

void NetworkEditor::apply(types::RunSpec& spec) const {
    const auto name = m_hostname->text().trimmed();
    spec.network = m_network;
    spec.hostname = name.isEmpty() ? std::nullopt : std::optional(name.toStdString());
}

int NetworkEditor::count() const {
    return (m_network == types::RunSpec{}.network ? 0 : 1) + (m_hostname->text().trimmed().isEmpty() ? 0 : 1);
}

int NetworkEditor::problems() const {
    return summary().isEmpty() ? 0 : 1;
}

QString NetworkEditor::summary() const {
    const auto name = m_hostname->text().trimmed();
    if (name.toUtf8().size() > kLongestName) {
        return tr("A host name has at most %n letters", nullptr, int(kLongestName));
    }
    const bool blank = std::any_of(name.begin(), name.end(), [](QChar c) { return c.isSpace(); });
    return blank ? tr("A host name has no blanks") : QString();
}

void NetworkEditor::refresh() {
    const bool host = m_network == "host";
    const bool own = !host && m_network != "none";
    QString note =
        host  ? tr("Its programs reach what listens on this computer only, and are reached like yours.")
        : own ? tr("Reaches the internet. Nothing reaches it but through the ports that you publish.")
              : tr("Nothing goes in or out: its programs reach each other only.");
    const bool lost = !own && m_ports > 0;
    if (lost) {
        note =
            tr("Publishing ports needs a network of its own: the %n ports are left out.", nullptr, m_ports);
        if (m_ports == 1) {
            note = tr("Publishing ports needs a network of its own: the port is left out.");
        }
    }
    m_note->setText(note);
    m_note->setToken(lost ? Token::Warn : Token::Muted);
    m_noteIcon->setIcon(lost ? QStringLiteral("warn") : QStringLiteral("info"),
                        lost ? Token::Warn : Token::Muted);
    m_hostname->setPlaceholderText(host ? tr("this computer’s") : tr("its short id"));
    const auto wrong = summary();
    m_hostnameHelp->setText(wrong);
    m_hostnameHelp->setToken(Token::Err);
    setInputMark(*m_hostname, wrong.isEmpty() ? InputMark::None : InputMark::Error);
}

}  // namespace coracle::gui
