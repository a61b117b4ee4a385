// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/network_editor.h"

#include "gui/dialogs/radio_card.h"
#include "gui/theme/metrics.h"
#include "gui/theme/style.h"
#include "gui/widgets/text_label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHostAddress>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kRowOfCards = 740;  // in the 13 px design

/// Linux takes no more: sethostname(2), HOST_NAME_MAX.
constexpr qsizetype kLongestName = 64;
constexpr int kContainerWidth = 260;
constexpr qsizetype kShownOfAWord = 40;
constexpr std::string_view kJoin = "container:";

std::string networkOf(const QString& container) {
    return std::string(kJoin) + container.toStdString();
}

QStringList wordsOf(const QLineEdit& field) {
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    return field.text().split(between, Qt::SkipEmptyParts);
}

/// "db:192.0.2.7", as `--add-host` takes it; the address may have colons.
std::pair<QString, QString> hostOf(const QString& word) {
    static const QRegularExpression end(QStringLiteral("[=:]"));
    const qsizetype at = word.indexOf(end);
    return at < 0 ? std::pair(word, QString()) : std::pair(word.left(at), word.mid(at + 1));
}

}  // namespace

NetworkEditor::NetworkEditor(QWidget* parent)
    : QWidget(parent)
    , m_own(new RadioCard(QStringLiteral("net.mode.own"), tr("Its own"),
                          tr("Private, reaches out through slirp4netns"), QStringLiteral("container"), this))
    , m_joined(new RadioCard(QStringLiteral("net.mode.joined"), tr("A container’s"),
                             tr("Shares the network of another one"), QStringLiteral("link"), this))
    , m_host(new RadioCard(QStringLiteral("net.mode.host"), tr("This computer’s"),
                           tr("No isolation, all ports shared"), QStringLiteral("monitor"), this))
    , m_none(new RadioCard(QStringLiteral("net.mode.none"), tr("None"), tr("Loopback only"),
                           QStringLiteral("lock"), this))
    , m_whose(new QWidget(this))
    , m_container(new QComboBox(m_whose))
    , m_noteIcon(new IconLabel(QStringLiteral("info"), Token::Muted, metrics::kIcon, this))
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted, this)) {
    setObjectName(QStringLiteral("net"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    column->addWidget(new TextLabel(tr("Connected to"), TextRole::Section, Token::Text, this));
    // In one row where their titles leave room for it.
    int wide = 0;
    for (const auto* card : {m_own, m_joined, m_host, m_none}) {
        wide += card->minimumSizeHint().width() + scaled(metrics::kSpace);
    }
    const int columns = wide <= scaled(kRowOfCards) ? 4 : 2;
    auto* cards = new QGridLayout;
    cards->setSpacing(scaled(metrics::kSpace));
    for (auto* card : {m_own, m_joined, m_host, m_none}) {
        cards->addWidget(card, cards->count() / columns, cards->count() % columns);
        connect(card, &RadioCard::toggled, this, [this, card](bool on) {
            if (on && !m_showing) {
                m_network = card == m_own      ? types::RunSpec{}.network
                            : card == m_joined ? networkOf(m_container->currentText())
                            : card == m_host   ? "host"
                                               : "none";
                refresh();
                emit changed();
            }
        });
    }
    column->addLayout(cards);
    column->addWidget(buildWhose());
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
    m_hostname = addField(*grid, 0, "net.hostname", tr("Host name inside"), m_hostnameHelp);
    m_resolvers = addField(*grid, 1, "net.resolvers", tr("Name servers"), m_resolversHelp);
    m_resolvers->setPlaceholderText(tr("those of the network"));
    m_hosts = addField(*grid, 2, "net.hosts", tr("More names it knows"), m_hostsHelp);
    m_hosts->setPlaceholderText(tr("db:192.0.2.7"));
    column->addLayout(grid);
    column->addStretch();
    showNetwork();
}

QWidget* NetworkEditor::buildWhose() {
    auto* row = new QHBoxLayout(m_whose);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpace));
    auto* label = new TextLabel(tr("Whose network"), TextRole::SecondaryStrong, Token::Text, m_whose);
    label->setBuddy(m_container);
    m_container->setObjectName(QStringLiteral("net.container"));
    m_container->setAccessibleName(tr("Whose network"));
    m_container->setMinimumHeight(scaled(metrics::kControl));
    m_container->setMinimumWidth(scaled(kContainerWidth));
    connect(m_container, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        if (!m_showing && joins()) {
            m_network = networkOf(name);
            refresh();
            emit changed();
        }
    });
    row->addWidget(label);
    row->addWidget(m_container);
    row->addStretch(1);
    return m_whose;
}

QLineEdit* NetworkEditor::addField(QGridLayout& grid, int place, const char* name, const QString& title,
                                   TextLabel*& help) {
    auto* field = new QLineEdit(this);
    auto* label = new TextLabel(title, TextRole::SecondaryStrong, Token::Text, this);
    label->setBuddy(field);
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(title);
    field->setFont(themeFont(TextRole::Code));
    field->setMinimumHeight(scaled(metrics::kControl));
    help = new TextLabel({}, TextRole::Secondary, Token::Err, this);
    help->setObjectName(QLatin1String(name) + QStringLiteral(".help"));
    const int line = place / 2 * 3;
    grid.addWidget(label, line, place % 2);
    grid.addWidget(field, line + 1, place % 2);
    grid.addWidget(help, line + 2, place % 2);
    connect(field, &QLineEdit::textChanged, this, [this] {
        if (!m_showing) {
            refresh();
            emit changed();
        }
    });
    return field;
}

bool NetworkEditor::joins() const {
    return m_network.starts_with(kJoin);
}

void NetworkEditor::setSpec(const types::RunSpec& spec) {
    m_showing = true;
    m_hostname->setText(QString::fromStdString(spec.hostname.value_or("")));
    QStringList words;
    for (const std::string& address : spec.dns) {
        words << QString::fromStdString(address);
    }
    m_resolvers->setText(words.join(QLatin1Char(' ')));
    words.clear();
    for (const auto& [name, address] : spec.addHosts) {
        words << QString::fromStdString(name + ":" + address);
    }
    m_hosts->setText(words.join(QLatin1Char(' ')));
    m_showing = false;
    setPorts(int(spec.ports.size()));
    setNetwork(spec.network);
}

void NetworkEditor::setContainers(const QStringList& names) {
    if (names != m_containers) {
        m_containers = names;
        showContainers();
        refresh();
    }
}

/// One that does not run stays chosen: it is told, and not changed behind the person's back.
void NetworkEditor::showContainers() {
    const QString wanted =
        joins() ? QString::fromStdString(m_network.substr(kJoin.size())) : m_container->currentText();
    const bool before = std::exchange(m_showing, true);
    m_container->clear();
    m_container->addItems(m_containers);
    if (joins() && !m_containers.contains(wanted)) {
        m_container->addItem(wanted);
    }
    m_container->setCurrentIndex(std::max(0, m_container->findText(wanted)));
    m_showing = before;
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
    showContainers();
    (joins()               ? m_joined
     : m_network == "host" ? m_host
     : m_network == "none" ? m_none
                           : m_own)
        ->setChecked(true);
    m_showing = false;
    refresh();
}

void NetworkEditor::apply(types::RunSpec& spec) const {
    const auto name = m_hostname->text().trimmed();
    spec.network = m_network;
    spec.hostname = name.isEmpty() || joins() ? std::nullopt : std::optional(name.toStdString());
    spec.dns.clear();
    spec.addHosts.clear();
    if (joins() || m_network == "host") {
        spec.links.clear();  // no network has them but one of the container's own
    }
    if (joins()) {
        return;
    }
    for (const QString& word : wordsOf(*m_resolvers)) {
        spec.dns.push_back(word.toStdString());
    }
    for (const QString& word : wordsOf(*m_hosts)) {
        const auto [host, address] = hostOf(word);
        spec.addHosts.emplace_back(host.toStdString(), address.toStdString());
    }
}

int NetworkEditor::count() const {
    const int network = m_network == types::RunSpec{}.network ? 0 : 1;
    return joins() ? network
                   : network + (m_hostname->text().trimmed().isEmpty() ? 0 : 1) +
                         int(wordsOf(*m_resolvers).size() + wordsOf(*m_hosts).size());
}

int NetworkEditor::problems() const {
    return summary().isEmpty() ? 0 : 1;
}

QString NetworkEditor::summary() const {
    if (joins()) {
        return m_network == kJoin ? tr("Choose the container whose network it joins") : QString();
    }
    for (const QString& problem : {hostnameProblem(), resolversProblem(), hostsProblem()}) {
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

QString NetworkEditor::hostnameProblem() const {
    const auto name = m_hostname->text().trimmed();
    if (name.toUtf8().size() > kLongestName) {
        return tr("A host name has at most %n letters", nullptr, int(kLongestName));
    }
    const bool blank = std::any_of(name.begin(), name.end(), [](QChar c) { return c.isSpace(); });
    return blank ? tr("A host name has no blanks") : QString();
}

QString NetworkEditor::resolversProblem() const {
    for (const QString& word : wordsOf(*m_resolvers)) {
        if (QHostAddress(word).isNull()) {
            return tr("“%1” is no address: write 192.0.2.1 or 2001:db8::1").arg(word.left(kShownOfAWord));
        }
    }
    return {};
}

QString NetworkEditor::hostsProblem() const {
    for (const QString& word : wordsOf(*m_hosts)) {
        const auto [host, address] = hostOf(word);
        if (host.isEmpty() || (address != QLatin1String("host-gateway") && QHostAddress(address).isNull())) {
            return tr("“%1” is no name with an address: write db:192.0.2.7").arg(word.left(kShownOfAWord));
        }
    }
    return {};
}

void NetworkEditor::refresh() {
    const bool host = m_network == "host";
    const bool joined = joins();
    const bool own = !host && !joined && m_network != "none";
    QString note =
        host     ? tr("Its programs reach what listens on this computer only, and are reached like yours.")
        : joined ? tr("Both share addresses, ports and names: what one listens on, the other reaches as "
                      "localhost.")
        : own    ? tr("Reaches the internet. Nothing reaches it but through the ports that you publish.")
                 : tr("Nothing goes in or out: its programs reach each other only.");
    const bool lost = !own && m_ports > 0;
    if (lost) {
        note =
            tr("Publishing ports needs a network of its own: the %n ports are left out.", nullptr, m_ports);
        if (m_ports == 1) {
            note = tr("Publishing ports needs a network of its own: the port is left out.");
        }
    }
    const bool stopped = joined && !m_containers.contains(m_container->currentText());
    if (stopped) {
        note = tr("That container does not run: start it first.");
    }
    m_note->setText(note);
    m_note->setToken(lost || stopped ? Token::Warn : Token::Muted);
    m_noteIcon->setIcon(lost || stopped ? QStringLiteral("warn") : QStringLiteral("info"),
                        lost || stopped ? Token::Warn : Token::Muted);
    m_joined->setEnabled(joined || !m_containers.isEmpty());
    m_joined->setToolTip(m_joined->isEnabled() ? QString()
                                               : tr("No container runs whose network it could join"));
    m_whose->setVisible(joined);
    m_hostname->setPlaceholderText(host     ? tr("this computer’s")
                                   : joined ? tr("that container’s")
                                            : tr("its short id"));
    const std::tuple<QLineEdit*, TextLabel*, QString> fields[] = {
        {m_hostname, m_hostnameHelp, hostnameProblem()},
        {m_resolvers, m_resolversHelp, resolversProblem()},
        {m_hosts, m_hostsHelp, hostsProblem()}};
    for (const auto& [field, help, problem] : fields) {
        field->setEnabled(!joined);
        help->setText(joined ? QString() : problem);
        setInputMark(*field, joined || problem.isEmpty() ? InputMark::None : InputMark::Error);
    }
}

}  // namespace coracle::gui
