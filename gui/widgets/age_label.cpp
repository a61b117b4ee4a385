// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/age_label.h"

#include <utility>

namespace coracle::gui {

AgeLabel::AgeLabel(const QString& objectName, QWidget* parent)
    : TextLabel({}, TextRole::Secondary, Token::Muted, parent) {
    setObjectName(objectName);
    connect(&m_timer, &AgeTimer::due, this, &AgeLabel::renew);
}

void AgeLabel::setMoment(format::Time moment, const QString& now, const QString& later) {
    m_moment = moment;
    m_now = now;
    m_later = later;
    setToolTip(format::exact(moment));
    renew();
}

void AgeLabel::setWords(const QString& words) {
    m_moment.reset();
    setToolTip({});
    setText(words);
}

void AgeLabel::renew() {
    if (m_moment) {
        const auto age = m_clock() - *m_moment;
        setText(age < std::chrono::minutes(1) ? m_now : m_later.arg(format::ago(*m_moment, m_clock())));
    }
}

void AgeLabel::showEvent(QShowEvent* event) {
    TextLabel::showEvent(event);
    renew();
    m_timer.start();
}

void AgeLabel::hideEvent(QHideEvent* event) {
    TextLabel::hideEvent(event);
    m_timer.stop();
}

}  // namespace coracle::gui
