// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/resource_editor.h"

#include "core/types/resource_text.h"
#include "gui/dialogs/limit_row.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr std::int64_t kMebibyte = 1024 * 1024;
constexpr std::int64_t kGibibyte = 1024 * kMebibyte;
constexpr std::int64_t kCore = 1'000'000'000;
constexpr std::int64_t kTenthOfCore = kCore / 10;
/// Of cpu shares: half and twice of the usual 1024. Source: docker run(1), "--cpu-shares".
constexpr std::int64_t kLowShares = 512;
constexpr std::int64_t kHighShares = 2048;

enum Priority : std::uint8_t { Low, Normal, High, Own };

/// One, one and a half, two, three, four, six, ... times `least`.
std::vector<std::int64_t> doubling(std::int64_t least, std::int64_t most) {
    std::vector<std::int64_t> stops;
    for (std::int64_t step = least; step <= most; step *= 2) {
        stops.push_back(step);
        if (step + step / 2 <= most) {
            stops.push_back(step + step / 2);
        }
    }
    return stops;
}

QString sizeWords(std::int64_t bytes) {
    return bytes % kGibibyte == 0 || bytes > 4 * kGibibyte
               ? ResourceEditor::tr("%1 GiB").arg(
                     QLocale().toString(double(bytes) / double(kGibibyte), 'g', 4))
               : ResourceEditor::tr("%1 MiB").arg(QLocale().toString(bytes / kMebibyte));
}

LimitScale memoryScale(std::int64_t most) {
    constexpr std::int64_t kLeast = 64 * kMebibyte;
    LimitScale scale{
        ResourceEditor::tr("MiB"), kMebibyte, true, doubling(kLeast, std::max(kLeast, most)), {}, 0};
    scale.first = 512 * kMebibyte;
    const int last = int(scale.stops.size());
    for (const int at : {0, last / 6 * 2, last / 3 * 2}) {
        if (scale.marks.empty() || scale.marks.back().first < at) {
            scale.marks.emplace_back(at, sizeWords(scale.stops[std::size_t(at)]));
        }
    }
    // Off, a container is slowed down when it takes most of this computer's memory.
    scale.stops.push_back(LimitScale::kNoLimit);
    scale.marks.emplace_back(last, ResourceEditor::tr("unlimited"));
    return scale;
}

LimitScale swapScale() {
    LimitScale scale{ResourceEditor::tr("MiB"), kMebibyte, true, {0}, {}, 0};
    const auto sizes = doubling(64 * kMebibyte, 16 * kGibibyte);
    scale.stops.insert(scale.stops.end(), sizes.begin(), sizes.end());
    const auto middle = std::find(scale.stops.begin(), scale.stops.end(), kGibibyte) - scale.stops.begin();
    scale.stops.push_back(LimitScale::kNoLimit);
    scale.marks = {{0, ResourceEditor::tr("none")},
                   {int(middle), sizeWords(kGibibyte)},
                   {int(scale.stops.size()) - 1, ResourceEditor::tr("unlimited")}};
    return scale;
}

LimitScale cpuScale(int cpus) {
    LimitScale scale{ResourceEditor::tr("cores"), kCore, false, {}, {}, kCore};
    const int last = cpus * 10 - 1;
    for (int tenth = 0; tenth <= last; ++tenth) {
        scale.stops.push_back((tenth + 1) * kTenthOfCore);
    }
    scale.marks = {{0, QLocale().toString(0.1)}, {last, QLocale().toString(cpus)}};
    if (cpus > 1) {
        const int middle = cpus / 2;
        scale.marks.insert(scale.marks.begin() + 1, {middle * 10 - 1, QLocale().toString(middle)});
    }
    return scale;
}

LimitScale processScale() {
    LimitScale scale{{}, 1, false, doubling(16, 32768), {}, 512};
    const auto middle = std::find(scale.stops.begin(), scale.stops.end(), 1024) - scale.stops.begin();
    scale.stops.push_back(LimitScale::kNoLimit);
    scale.marks = {{0, QLocale().toString(16)},
                   {int(middle), QLocale().toString(1024)},
                   {int(scale.stops.size()) - 1, ResourceEditor::tr("unlimited")}};
    return scale;
}

const types::LimitState* stateOf(const std::optional<types::HostInfo>& host, const char* controller) {
    if (!host) {
        return nullptr;
    }
    const auto found = std::find_if(host->limits.begin(), host->limits.end(),
                                    [&](const auto& limit) { return limit.controller == controller; });
    return found == host->limits.end() ? nullptr : &*found;
}

/// The engine's hints end with the command, when there is one.
QString commandIn(const QString& hint) {
    const auto at = hint.indexOf(QLatin1String(": sudo "));
    return at < 0 ? QString() : hint.mid(at + 2);
}

}  // namespace

ResourceEditor::ResourceEditor(std::function<void(const QString&)> copy, QWidget* parent)
    : QWidget(parent)
    , m_copy(std::move(copy))
    , m_banner(new Banner(this))
    , m_sessionIcon(new IconLabel(QStringLiteral("okc"), Token::Ok, metrics::kIcon, this))
    , m_session(new TextLabel({}, TextRole::Secondary, Token::Ok, this))
    , m_memory(new LimitRow(QStringLiteral("limits.memory"), QStringLiteral("mem"), tr("Memory"),
                            tr("Stopped by the kernel above this"), this))
    , m_swap(new LimitRow(QStringLiteral("limits.swap"), QStringLiteral("disk"), tr("Swap"),
                          tr("In addition to memory"), this))
    , m_cpu(new LimitRow(QStringLiteral("limits.cpu"), QStringLiteral("cpu"), tr("Processor time"), {}, this))
    , m_processes(new LimitRow(QStringLiteral("limits.pids"), QStringLiteral("list"), tr("Processes"),
                               tr("Guards against runaway forks"), this))
    , m_priority(new Segments(this))
    , m_priorityNote(new TextLabel({}, TextRole::Secondary, Token::Warn, this))
    , m_takenNote(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_rest(new TextLabel({}, TextRole::Secondary, Token::Muted, this)) {
    setObjectName(QStringLiteral("limits"));
    m_banner->setObjectName(QStringLiteral("limits.banner"));
    auto* copyButton = m_banner->addButton(QStringLiteral("limits.copy"), tr("Copy command"));
    connect(copyButton, &QAbstractButton::clicked, this, [this] { m_copy(m_command); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    column->addWidget(makeHead());
    column->addWidget(m_banner);
    for (auto* row : {m_memory, m_swap, m_cpu, m_processes}) {
        column->addWidget(row);
        connect(row, &LimitRow::changed, this, &ResourceEditor::edited);
    }
    column->addWidget(makePriority());
    m_rest->setObjectName(QStringLiteral("limits.rest"));
    m_rest->setWordWrap(true);
    m_rest->hide();
    column->addWidget(m_rest);
    column->addStretch();
    m_swap->setScale(swapScale());
    m_processes->setScale(processScale());
    setScales();
    showHost();
}

QWidget* ResourceEditor::makeHead() {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    row->addWidget(new TextLabel(tr("Limits"), TextRole::Section, Token::Text, head));
    row->addStretch();
    m_session->setObjectName(QStringLiteral("limits.session"));
    row->addWidget(m_sessionIcon);
    row->addWidget(m_session);
    return head;
}

QWidget* ResourceEditor::makePriority() {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    row->addWidget(new TextLabel(tr("Priority"), TextRole::SecondaryStrong, Token::Text, line));
    m_priority->setObjectName(QStringLiteral("limits.priority"));
    m_priority->setAccessibleName(tr("Priority when the processors are busy"));
    m_priority->setSmall();
    m_priority->add(QStringLiteral("low"), tr("Low"));
    m_priority->add(QStringLiteral("normal"), tr("Normal"));
    m_priority->add(QStringLiteral("high"), tr("High"));
    m_priority->setCurrent(Normal);
    row->addWidget(m_priority);
    m_priorityNote->setObjectName(QStringLiteral("limits.priority.note"));
    row->addWidget(m_priorityNote);
    row->addStretch();
    m_takenNote->setObjectName(QStringLiteral("limits.taken"));
    row->addWidget(m_takenNote);
    connect(m_priority, &Segments::currentChanged, this, &ResourceEditor::edited);
    return line;
}

void ResourceEditor::setScales() {
    constexpr std::int64_t kUnknownMemory = 16 * kGibibyte;
    const bool known = m_host && m_host->memoryBytes > 0;
    m_memory->setScale(memoryScale(known ? std::int64_t(m_host->memoryBytes) : kUnknownMemory));
    const int cpus = m_host ? std::max(1, m_host->cpus) : 1;
    m_cpu->setScale(cpuScale(cpus));
    m_cpu->setExplanation(cpus == 1 ? tr("Of the one core of this computer")
                                    : tr("Of %n cores on this computer", nullptr, cpus));
}

void ResourceEditor::setResources(const types::ResourceSpec& resources) {
    if (resources == ResourceEditor::resources()) {
        return;
    }
    m_filling = true;
    m_resources = resources;
    m_memory->setValue(resources.memoryBytes);
    const auto both = resources.memorySwapBytes;
    m_swap->setValue(both && *both >= 0 ? std::optional(*both - resources.memoryBytes.value_or(0)) : both);
    m_cpu->setValue(resources.nanoCpus);
    m_processes->setValue(resources.pidsLimit);
    showPriority(resources.cpuShares);
    m_filling = false;
    showRest();
}

types::ResourceSpec ResourceEditor::resources() const {
    types::ResourceSpec out = m_resources;
    out.memoryBytes = m_memory->value();
    const auto swap = m_swap->value();
    // The engine counts memory and swap together.
    out.memorySwapBytes = swap && *swap >= 0 ? std::optional(*swap + out.memoryBytes.value_or(0)) : swap;
    out.nanoCpus = m_cpu->value();
    if (out.nanoCpus) {
        out.cpuQuotaUs.reset();
        out.cpuPeriodUs.reset();
    }
    out.pidsLimit = m_processes->value();
    switch (m_priority->current()) {
    case Low:
        out.cpuShares = kLowShares;
        break;
    case High:
        out.cpuShares = kHighShares;
        break;
    case Own:
        out.cpuShares = m_ownShares;
        break;
    default:
        out.cpuShares.reset();
        break;
    }
    return out;
}

void ResourceEditor::showPriority(std::optional<std::int64_t> shares) {
    if (!shares) {
        m_priority->setCurrent(Normal);
    } else if (*shares == kLowShares || *shares == kHighShares) {
        m_priority->setCurrent(*shares == kLowShares ? Low : High);
    } else {
        // What a command line said and the form does not offer is kept, as a choice of its own.
        //: A share of processor time, 1024 being the usual one
        const QString words = tr("%1 shares").arg(QLocale().toString(qlonglong(*shares)));
        if (m_ownShares) {
            m_priority->button(Own)->setText(words);
            m_priority->button(Own)->setAccessibleName(words);
        } else {
            m_priority->add(QStringLiteral("own"), words);
        }
        m_ownShares = shares;
        m_priority->setCurrent(Own);
    }
}

void ResourceEditor::showRest() {
    types::ResourceSpec rest = resources();
    for (const auto shown :
         {&types::ResourceSpec::memoryBytes, &types::ResourceSpec::memorySwapBytes,
          &types::ResourceSpec::nanoCpus, &types::ResourceSpec::cpuShares, &types::ResourceSpec::pidsLimit}) {
        (rest.*shown).reset();
    }
    QStringList words;
    for (const auto& [name, value] : types::toResourceFlags(rest)) {
        words << QString::fromStdString(name) + QLatin1Char(' ') + QString::fromStdString(value);
    }
    m_rest->setText(tr("Also kept: %1").arg(words.join(QStringLiteral(", "))));
    m_rest->setVisible(!words.isEmpty());
}

void ResourceEditor::edited() {
    if (!m_filling) {
        showRest();
        emit changed();
    }
}

void ResourceEditor::setHost(const std::optional<types::HostInfo>& host) {
    m_host = host;
    setScales();
    showHost();
}

void ResourceEditor::setTaken(std::optional<std::uint64_t> bytes) {
    m_taken = bytes;
    showHost();
}

void ResourceEditor::showHost() {
    const struct {
        const char* controller;
        QString limits;
        std::vector<LimitRow*> rows;
    } groups[] = {{"memory", tr("memory"), {m_memory, m_swap}},
                  {"cpu", tr("processor"), {m_cpu}},
                  {"pids", tr("process"), {m_processes}}};
    QStringList can;
    QStringList cannot;
    QString hint;
    for (const auto& group : groups) {
        const auto* state = stateOf(m_host, group.controller);
        const bool usable = state == nullptr || state->usable;
        (usable ? can : cannot) << group.limits;
        for (auto* row : group.rows) {
            //: %1 is the reason: "is not delegated to this user by systemd"
            row->setUnusable(usable ? QString() : tr("Not held: it %1").arg(format::text(state->reason)));
        }
        if (!usable && hint.isEmpty()) {
            hint = format::text(state->hint);
        }
    }
    const auto* cpu = stateOf(m_host, "cpu");
    m_priorityNote->setText(cpu != nullptr && !cpu->usable ? tr("not held") : QString());
    const bool known = m_host && !m_host->limits.empty();
    m_sessionIcon->setVisible(known);
    m_session->setVisible(known);
    m_sessionIcon->setIcon(cannot.isEmpty() ? QStringLiteral("okc") : QStringLiteral("warn"),
                           cannot.isEmpty() ? Token::Ok : Token::Warn);
    m_session->setToken(cannot.isEmpty() ? Token::Ok : Token::Warn);
    const QString comma = QStringLiteral(", ");
    m_session->setText(cannot.isEmpty() ? tr("Your session may set memory, processor and process limits")
                       : can.isEmpty()  ? tr("Your session may set no limits")
                                       //: %1: "memory, process"
                                       : tr("Your session may set %1 limits only").arg(can.join(comma)));
    m_command = commandIn(hint);
    if (cannot.isEmpty() || !known) {
        m_banner->hide();
    } else {
        m_banner->show(Banner::Kind::Warning,
                       tr("The kernel would not hold these limits: %1").arg(cannot.join(comma)),
                       format::sentence(hint.toStdString()));
        m_banner->findChild<QAbstractButton*>(QStringLiteral("limits.copy"))
            ->setVisible(!m_command.isEmpty());
    }
    m_takenNote->setText(m_taken && m_host && m_host->memoryBytes > 0
                             ? tr("Running containers take %1 of %2")
                                   .arg(format::bytes(*m_taken), format::bytes(m_host->memoryBytes))
                             : QString());
}

int ResourceEditor::count() const {
    int set = m_priority->current() == Normal ? 0 : 1;
    for (const auto* row : {m_memory, m_swap, m_cpu, m_processes}) {
        set += row->isOn() ? 1 : 0;
    }
    return set;
}

int ResourceEditor::problems() const {
    int wrong = 0;
    for (const auto* row : {m_memory, m_swap, m_cpu, m_processes}) {
        wrong += row->problem().isEmpty() ? 0 : 1;
    }
    return wrong == 0 && !summary().isEmpty() ? 1 : wrong;
}

QString ResourceEditor::summary() const {
    for (const auto* row : {m_memory, m_swap, m_cpu, m_processes}) {
        if (auto wrong = row->problem(); !wrong.isEmpty()) {
            return wrong;
        }
    }
    const auto swap = m_swap->value();
    if (swap && *swap >= 0 && !m_memory->isOn()) {
        return tr("A limit of swap needs one of memory");
    }
    const auto checked = types::checkResources(resources());
    return checked ? QString() : format::sentence(checked.error().message());
}

}  // namespace coracle::gui
