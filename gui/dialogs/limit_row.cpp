// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/limit_row.h"

#include "core/types/resource_text.h"
#include "gui/dialogs/limit_slider.h"
#include "gui/theme/metrics.h"
#include "gui/theme/style.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toggle.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace coracle::gui {
namespace {

constexpr int kIconColumn = 32;
constexpr int kTitleColumn = 232;
constexpr int kFieldWidth = 104;
constexpr int kUnitSpace = 10;
constexpr double kLargest = 9e18;  ///< near the end of 64 signed bits

}  // namespace

LimitRow::LimitRow(const QString& objectName, const QString& iconName, const QString& title,
                   const QString& explanation, QWidget* parent)
    : QWidget(parent)
    , m_name(title)
    , m_explanation(explanation)
    , m_on(new Toggle({}, this))
    , m_slider(new LimitSlider(this))
    , m_field(new QLineEdit(this))
    , m_unit(new TextLabel({}, TextRole::Secondary, Token::Muted, m_field))
    , m_note(new TextLabel(explanation, TextRole::Secondary, Token::Muted, this)) {
    setObjectName(objectName);
    m_on->setObjectName(objectName + QStringLiteral(".on"));
    //: %1 is a limit: memory, processes
    m_on->setAccessibleName(tr("Limit: %1").arg(title));
    m_slider->setObjectName(objectName + QStringLiteral(".slider"));
    m_slider->setAccessibleName(title);
    m_field->setObjectName(objectName + QStringLiteral(".value"));
    m_field->setFixedWidth(scaled(kFieldWidth));
    m_field->setFixedHeight(scaled(metrics::kControl));
    m_note->setObjectName(objectName + QStringLiteral(".note"));
    m_note->setWordWrap(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    auto* icon = new IconLabel(iconName, Token::Muted, metrics::kIcon, this);
    icon->setFixedWidth(scaled(kIconColumn) - scaled(metrics::kSpaceLarge));
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addSpacing(scaled(metrics::kSpaceLarge));
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    auto* head = new TextLabel(title, TextRole::Strong, Token::Text, this);
    head->setFixedWidth(scaled(kTitleColumn) - scaled(metrics::kSpaceLarge));
    m_note->setFixedWidth(scaled(kTitleColumn) - scaled(metrics::kSpaceLarge));
    words->addWidget(head);
    words->addWidget(m_note);
    row->addLayout(words);
    row->setAlignment(words, Qt::AlignTop);  // a stretch would make the whole row grow
    row->addSpacing(scaled(metrics::kSpaceLarge));
    row->addWidget(m_on, 0, Qt::AlignTop);
    row->addSpacing(scaled(metrics::kSpaceLarge));
    row->addWidget(m_slider, 1, Qt::AlignTop);
    row->addSpacing(scaled(metrics::kSpaceLarge));
    row->addWidget(m_field, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(new Line(Qt::Horizontal, this));

    connect(m_on, &Toggle::toggled, this, [this](bool on) {
        if (m_showing) {
            return;
        }
        if (on && !m_value) {
            m_value = m_scale.first;
        }
        showValue(true);
        emit changed();
    });
    connect(m_slider, &LimitSlider::valueChanged, this, [this](int stop) {
        if (!m_showing && stop < int(m_scale.stops.size())) {
            m_value = m_scale.stops[std::size_t(stop)];
            showValue(true);
            emit changed();
        }
    });
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_value = parse(text);
        showValue(false);
        emit changed();
    });
}

void LimitRow::setScale(const LimitScale& scale) {
    m_scale = scale;
    m_unit->setText(scale.unit);
    m_unit->adjustSize();
    const int unit = scale.unit.isEmpty() ? 0 : m_unit->sizeHint().width() + scaled(kUnitSpace);
    m_field->setTextMargins(0, 0, unit, 0);
    m_unit->move(m_field->width() - unit, (m_field->height() - m_unit->height()) / 2);
    m_field->setAccessibleName(scale.unit.isEmpty() ? m_name
                                                    //: A limit and its unit
                                                    : tr("%1 in %2").arg(m_name, scale.unit));
    m_showing = true;
    m_slider->setStops(int(scale.stops.size()), scale.marks);
    m_showing = false;
    showValue(!m_field->hasFocus());
}

void LimitRow::setValue(std::optional<std::int64_t> value) {
    if (value != LimitRow::value() || value.has_value() != isOn()) {
        m_value = value;
        m_showing = true;
        m_on->setChecked(value.has_value());
        m_showing = false;
        showValue(true);
    }
}

std::optional<std::int64_t> LimitRow::value() const {
    return isOn() ? m_value : std::nullopt;
}

bool LimitRow::isOn() const {
    return m_on->isChecked();
}

QString LimitRow::problem() const {
    //: %1 is a limit: memory, processes
    return isOn() && !m_value ? tr("%1 is no number").arg(m_name) : QString();
}

void LimitRow::setUnusable(const QString& why) {
    m_unusable = why;
    refresh();
}

void LimitRow::setExplanation(const QString& text) {
    m_explanation = text;
    refresh();
}

std::optional<std::int64_t> LimitRow::parse(const QString& text) const {
    QString number = text.trimmed();
    if (m_scale.stops.empty() || number.isEmpty()) {
        return std::nullopt;
    }
    const bool mayBeNone = m_scale.stops.back() == LimitScale::kNoLimit;
    if (mayBeNone && (number == textOf(LimitScale::kNoLimit) || number == QLatin1String("-1"))) {
        return LimitScale::kNoLimit;
    }
    number.replace(QLatin1Char(','), QLatin1Char('.'));
    bool plain = false;
    const double units = number.toDouble(&plain);
    if (plain) {
        const double value = units * double(m_scale.perUnit);
        const bool fits = std::isfinite(value) && value >= 0 && value < kLargest;
        const auto whole = fits ? std::int64_t(std::llround(value)) : 0;
        return whole > 0 || (fits && m_scale.stops.front() == 0) ? std::optional(whole) : std::nullopt;
    }
    if (m_scale.isBytes) {
        const auto bytes = types::parseBytes(number.toStdString());
        return bytes && *bytes > 0 ? std::optional(*bytes) : std::nullopt;
    }
    return std::nullopt;
}

QString LimitRow::textOf(std::int64_t value) const {
    if (value == LimitScale::kNoLimit) {
        return tr("unlimited");
    }
    constexpr int kDecimals = 3;
    QString text = QString::number(double(value) / double(m_scale.perUnit), 'f', kDecimals);
    while (text.endsWith(QLatin1Char('0'))) {
        text.chop(1);
    }
    return text.endsWith(QLatin1Char('.')) ? text.chopped(1) : text;
}

/// The slider stands at the nearest stop; only the field says what is between two.
void LimitRow::showValue(bool inField) {
    m_showing = true;
    const std::int64_t value = m_value.value_or(m_scale.first);
    if (inField) {
        m_field->setText(m_value || !isOn() ? textOf(value) : QString());
    }
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < m_scale.stops.size(); ++i) {
        const std::int64_t stop = m_scale.stops[i];
        const std::int64_t best = m_scale.stops[nearest];
        const bool none = stop == LimitScale::kNoLimit;
        if (none ? value == stop : value >= 0 && std::abs(stop - value) < std::abs(best - value)) {
            nearest = i;
        }
    }
    m_slider->setValue(int(nearest));
    m_showing = false;
    refresh();
}

void LimitRow::refresh() {
    const bool on = isOn();
    m_on->setEnabled(on || m_unusable.isEmpty());
    m_slider->setEnabled(on);
    m_field->setEnabled(on);
    m_unit->setVisible(m_value != LimitScale::kNoLimit);
    const auto wrong = problem();
    m_slider->setAccessibleDescription(
        m_value ? QStringLiteral("%1 %2").arg(textOf(*m_value), m_scale.unit).trimmed() : QString());
    setInputMark(*m_field, wrong.isEmpty() ? InputMark::None : InputMark::Error);
    m_note->setText(!wrong.isEmpty() ? wrong : !m_unusable.isEmpty() ? m_unusable : m_explanation);
    m_note->setToken(!wrong.isEmpty() ? Token::Err : !m_unusable.isEmpty() ? Token::Warn : Token::Muted);
    m_on->setToolTip(m_unusable);
}

}  // namespace coracle::gui
