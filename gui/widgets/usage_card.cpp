// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/usage_card.h"

#include "gui/widgets/bar_paint.h"
#include "gui/widgets/spark_paint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kPictureHeight = 40;
constexpr int kBarSpace = 14;
constexpr int kBarGap = 5;  ///< letters reach below their line
constexpr double kHotShare = 0.94;

}  // namespace

class UsageCard::Picture : public QWidget {
public:
    explicit Picture(Token token) : m_token(token) { setFixedHeight(scaled(kPictureHeight)); }

    void set(const std::vector<double>& history, double ceiling, std::size_t count) {
        m_history = history;
        m_ceiling = ceiling;
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintSpark(painter, rect(), m_history, m_ceiling, m_count, m_token);
    }

private:
    Token m_token;
    std::vector<double> m_history;
    double m_ceiling = 1;
    std::size_t m_count = 2;
};

UsageCard::UsageCard(const QString& title, const QString& iconName, Token token, QWidget* parent)
    : Card(title, parent), m_words(new TextLabel({}, TextRole::Secondary)), m_picture(new Picture(token)) {
    setIcon(iconName);
    m_words->setContentsMargins(0, 0, metrics::kCardPadding - metrics::kSpaceSmall, 0);
    m_words->setSelectable();
    m_words->setAccessibleName(title);
    addToHead(m_words);
    body()->addWidget(m_picture);
}

void UsageCard::setUsage(const QString& words, const std::vector<double>& history, double ceiling,
                         std::size_t count) {
    m_words->setText(words);
    m_picture->set(history, ceiling, count);
}

Meter::Meter(const QString& name, QWidget* parent)
    : QWidget(parent), m_words(new TextLabel({}, TextRole::Secondary)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, scaled(kBarSpace));
    row->setSpacing(metrics::kSpaceSmall);
    auto* label = new TextLabel(name, TextRole::Secondary, Token::Muted);
    label->setBuddy(m_words);
    row->addWidget(label);
    row->addStretch(1);
    m_words->setSelectable();
    m_words->setAccessibleName(name);
    row->addWidget(m_words);
}

void Meter::set(const QString& words, std::optional<double> share) {
    m_words->setText(words);
    m_share = share;
    layout()->setContentsMargins(0, 0, 0, scaled(share ? kBarSpace : 4));
    update();
}

void Meter::paintEvent(QPaintEvent*) {
    if (!m_share) {
        return;
    }
    QPainter painter(this);
    const double share = std::clamp(*m_share, 0.0, 1.0);
    const QRect bar(0, height() - scaled(kBarSpace) + scaled(kBarGap), width(), scaled(kBarHeight));
    paintBar(painter, bar, {{share, share > kHotShare ? Token::Err : Token::Accent}}, layoutDirection(),
             scaled(kBarHeight));
}

}  // namespace coracle::gui
