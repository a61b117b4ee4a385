// SPDX-License-Identifier: Apache-2.0
#include "gui/views/health_card.h"

#include "gui/format.h"
#include "gui/theme/palette.h"
#include "gui/widgets/state_label.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kStripHeight = 14;
constexpr int kGap = 4;
constexpr int kWidest = 120;

/// The first line of what a check printed; it may be long and holds a stranger's bytes.
QString firstLine(const std::string& output) {
    const QString line = format::text(output).trimmed().section(QLatin1Char('\n'), 0, 0);
    return line.left(kWidest);
}

QString wordsOf(const types::HealthProbe& probe) {
    const QString when = format::moment(probe.startedAt);
    return probe.exitCode == 0  ? HealthCard::tr("%1: passed").arg(when)
           : probe.exitCode < 0 ? HealthCard::tr("%1: took too long, or could not be run").arg(when)
                                : HealthCard::tr("%1: exit code %2").arg(when).arg(probe.exitCode);
}

/// What is run, without the word that says how.
QString commandOf(const types::HealthPlan& plan) {
    if (plan.test.size() == 2 && plan.test.front() == "CMD-SHELL") {
        return format::text(plan.test.back());
    }
    return plan.test.empty()
               ? QString()
               : format::commandLine(std::vector<std::string>(plan.test.begin() + 1, plan.test.end()));
}

}  // namespace

/// While one is overdue it runs, or the container is paused: the longer, the seldomer it is looked for.
std::optional<std::chrono::milliseconds> untilNextCheck(const types::ContainerDetails& details,
                                                        std::chrono::system_clock::time_point now) {
    using std::chrono::milliseconds;
    using std::chrono::nanoseconds;
    using std::chrono::seconds;
    constexpr milliseconds kLeast{1000};
    constexpr milliseconds kMost{30'000};
    constexpr nanoseconds kUsual = seconds(30);  // docker's, as the next
    constexpr nanoseconds kUsualAtStart = seconds(5);
    constexpr milliseconds kToRun{300};  // what an easy check takes
    const types::HealthPlan& plan = details.healthPlan;
    const auto& started = details.summary.startedAt;
    if (!plan.isActive() || !started) {
        return std::nullopt;
    }
    const auto orElse = [](nanoseconds span, nanoseconds other) { return span.count() > 0 ? span : other; };
    const bool starting = details.summary.health == "starting" && now - *started < plan.startPeriod;
    const nanoseconds interval =
        starting ? orElse(plan.startInterval, kUsualAtStart) : orElse(plan.interval, kUsual);
    const auto last =
        details.healthProbes.empty() ? *started : std::max(*started, details.healthProbes.back().finishedAt);
    const auto wait = std::chrono::duration_cast<milliseconds>(interval - (now - last)) + kToRun;
    return wait >= milliseconds(0) ? std::max(wait, kLeast) : std::clamp(-wait, kLeast, kMost);
}

/// Blocks from the oldest check to the newest. Red ones are lower, too: never colour alone.
class HealthCard::Strip : public QWidget {
public:
    Strip() {
        setFixedHeight(scaled(kStripHeight));
        setObjectName(QStringLiteral("overview.health.strip"));
    }
    void set(const std::vector<types::HealthProbe>& probes) {
        m_probes = &probes;
        QStringList words;
        for (const types::HealthProbe& probe : probes) {
            words << wordsOf(probe);
        }
        setAccessibleName(HealthCard::tr("Last checks"));
        setAccessibleDescription(words.join(QStringLiteral("; ")));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        for (int i = 0; i < count(); ++i) {
            const bool good = (*m_probes)[std::size_t(i)].exitCode == 0;
            QColor ground = color(good ? Token::Ok : Token::Err);
            ground.setAlphaF(good ? 0.55F : 1.0F);
            painter.setBrush(ground);
            QRectF block = place(i);
            painter.drawRoundedRect(block.adjusted(0, good ? 0 : 3, 0, 0), 3, 3);
        }
    }
    bool event(QEvent* event) override {
        if (event->type() != QEvent::ToolTip) {
            return QWidget::event(event);
        }
        const auto* help = static_cast<QHelpEvent*>(event);
        QString words;
        for (int i = 0; i < count(); ++i) {
            if (place(i).contains(help->pos())) {
                const types::HealthProbe& probe = (*m_probes)[std::size_t(i)];
                words = wordsOf(probe) + QLatin1Char('\n') + firstLine(probe.output);
            }
        }
        QToolTip::showText(help->globalPos(), words.trimmed(), this);
        return true;
    }

private:
    int count() const { return m_probes == nullptr ? 0 : int(m_probes->size()); }
    QRectF place(int index) const {
        const double step = double(width() + scaled(kGap)) / count();
        const double x = layoutDirection() == Qt::RightToLeft ? step * (count() - 1 - index) : step * index;
        return {x, 0, step - scaled(kGap), double(height())};
    }

    const std::vector<types::HealthProbe>* m_probes = nullptr;
};

HealthCard::HealthCard()
    : Card(tr("Health"))
    , m_verdict(new StateLabel)
    , m_strip(new Strip)
    , m_begin(new TextLabel({}, TextRole::Secondary, Token::Muted))
    , m_command(new TextLabel({}, TextRole::CodeSmall, Token::Muted))
    , m_end(new TextLabel({}, TextRole::Secondary, Token::Muted))
    , m_output(new TextLabel({}, TextRole::CodeSmall, Token::Err)) {
    setObjectName(QStringLiteral("overview.health"));
    m_verdict->setObjectName(QStringLiteral("overview.health.verdict"));
    m_output->setObjectName(QStringLiteral("overview.health.output"));
    m_command->setObjectName(QStringLiteral("overview.health.command"));
    addToHead(m_verdict);
    body()->addWidget(m_strip);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace);
    m_command->setElided(Qt::ElideMiddle);
    m_command->setAlignment(Qt::AlignCenter);
    m_command->setSelectable();
    row->addWidget(m_begin);
    row->addWidget(m_command, 1);
    row->addWidget(m_end);
    body()->addLayout(row);
    m_output->setElided();
    m_output->setSelectable();
    body()->addWidget(m_output);
    hide();
}

void HealthCard::show(const types::ContainerDetails& details) {
    const bool checked = details.healthPlan.isActive() && !details.summary.health.empty();
    setVisible(checked);
    if (!checked) {
        return;
    }
    m_probes = details.healthProbes;
    m_strip->set(m_probes);
    m_strip->setVisible(!m_probes.empty());
    const int all = int(m_probes.size());
    const int good = int(std::count_if(m_probes.begin(), m_probes.end(),
                                       [](const auto& probe) { return probe.exitCode == 0; }));
    const std::string& health = details.summary.health;
    m_verdict->setState(all == 0      ? tr("not checked yet")
                        : all == good ? tr("the last %n checks passed", nullptr, all)
                                      : tr("%1 of the last %n checks passed", nullptr, all).arg(good),
                        {},
                        {health == "healthy"     ? Token::Ok
                         : health == "unhealthy" ? Token::Err
                                                 : Token::Info,
                         false});
    m_command->setText(commandOf(details.healthPlan));
    m_command->setToolTip(m_command->text());
    const bool failed = all > 0 && m_probes.back().exitCode != 0;
    m_output->setVisible(failed);
    if (failed) {
        const QString said = firstLine(m_probes.back().output);
        m_output->setText(said.isEmpty() ? wordsOf(m_probes.back()) : said);
        m_output->setToolTip(format::text(m_probes.back().output));
    }
    tick();
}

void HealthCard::tick() {
    m_begin->setText(m_probes.size() < 2 ? QString() : format::ago(m_probes.front().startedAt));
    m_end->setText(m_probes.empty() ? QString() : format::ago(m_probes.back().startedAt));
}

}  // namespace coracle::gui
