// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/toast_host.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kShadow = 6;

}  // namespace

Toast::Toast(int number, ToastSpec spec, QWidget* parent)
    : QWidget(parent), m_spec(std::move(spec)), m_timer(new QTimer(this)), m_remaining(m_spec.timeoutMs) {
    const QString base = QStringLiteral("toast.%1").arg(number);
    setObjectName(base);
    setAccessibleName(m_spec.title);
    setAccessibleDescription(m_spec.text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kShadow + 14, kShadow + 10, kShadow + 8, kShadow + 12);
    row->setSpacing(metrics::kSpace);
    auto* iconColumn = new QVBoxLayout;
    iconColumn->addSpacing(3);
    iconColumn->addWidget(new IconLabel(m_spec.iconName, m_spec.iconToken));
    iconColumn->addStretch(1);
    row->addLayout(iconColumn);
    auto* words = new QVBoxLayout;
    words->setSpacing(3);
    auto* title = new TextLabel(m_spec.title, TextRole::Strong);
    title->setWordWrap(true);
    title->setMinimumHeight(scaled(22));
    words->addWidget(title);
    auto* text = new TextLabel(m_spec.text, TextRole::Secondary, Token::Muted);
    text->setObjectName(base + QStringLiteral(".text"));
    text->setWordWrap(true);
    text->setVisible(!m_spec.text.isEmpty());
    words->addWidget(text);
    row->addLayout(words, 1);
    const bool beside = m_spec.actions.size() == 1;
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpaceSmall);
    for (std::size_t i = 0; i < m_spec.actions.size(); ++i) {
        auto* button = makeButton(
            i == 0 ? base + QStringLiteral(".action") : base + QStringLiteral(".action%1").arg(i + 1),
            m_spec.actions[i].text, m_spec.actions[i].iconName, ButtonKind::Normal, ButtonSize::Small);
        connect(button, &QPushButton::clicked, this, [this, i] { choose(i); });
        buttons->addWidget(button);
    }
    if (beside) {
        row->addLayout(buttons);
        row->setAlignment(buttons, Qt::AlignTop);
    } else if (!m_spec.actions.empty()) {
        buttons->addStretch(1);
        words->addSpacing(4);
        words->addLayout(buttons);
    }
    auto* close = makeIconButton(base + QStringLiteral(".close"), tr("Close"), QStringLiteral("x"));
    connect(close, &QToolButton::clicked, this, &Toast::dismiss);
    row->addWidget(close, 0, Qt::AlignTop);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Toast::dismiss);
    if (m_remaining > 0) {
        m_timer->start(m_remaining);
    }
}

Toast::~Toast() {
    if (!m_ended && m_spec.expired) {
        m_spec.expired();
    }
}

void Toast::setText(const QString& text) {
    auto* label = findChild<TextLabel*>(objectName() + QStringLiteral(".text"));
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void Toast::dismiss() {
    end(false);
}

void Toast::choose(std::size_t action) {
    const auto run = m_spec.actions[action].run;
    end(true);
    if (run) {
        run();
    }
}

void Toast::end(bool chosen) {
    if (m_ended) {
        return;
    }
    m_ended = true;
    m_timer->stop();
    emit gone(this);
    if (!chosen && m_spec.expired) {
        m_spec.expired();
    }
    deleteLater();
}

QSize Toast::sizeHint() const {
    const int width = scaled(ToastHost::kWidth) + 2 * kShadow;
    return {width, heightForWidth(width)};
}

int Toast::heightForWidth(int width) const {
    return std::max(
        layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : layout()->sizeHint().height(),
        scaled(48));
}

bool Toast::event(QEvent* event) {
    if (event->type() == QEvent::Enter && m_timer->isActive()) {
        m_remaining = std::max(1500, m_timer->remainingTime());
        m_timer->stop();
    } else if (event->type() == QEvent::Leave && m_spec.timeoutMs > 0 && !m_ended) {
        m_timer->start(m_remaining);
    }
    return QWidget::event(event);
}

void Toast::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = kShadow; i > 0; --i) {
        painter.setBrush(QColor(0, 0, 0, currentPalette().scheme() == Scheme::Dark ? 14 : 6));
        painter.drawRoundedRect(QRectF(rect()).adjusted(i - 1, i, 1 - i, 1 - i), 10, 10);
    }
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Raised));
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(kShadow + 0.5, kShadow + 0.5, -kShadow - 0.5, -kShadow - 0.5),
        metrics::kRadiusCard, metrics::kRadiusCard);
}

ToastHost::ToastHost(QWidget* window) : QWidget(window) {
    setObjectName(QStringLiteral("toastHost"));
    setAccessibleName(tr("Notifications"));
    window->installEventFilter(this);
    hide();
}

Toast* ToastHost::show(ToastSpec spec) {
    while (m_toasts.size() >= std::size_t(kMaxToasts)) {
        m_toasts.front()->dismiss();
    }
    auto* toast = new Toast(m_next++, std::move(spec), this);
    m_toasts.push_back(toast);
    connect(toast, &Toast::gone, this, [this](Toast* gone) {
        std::erase(m_toasts, gone);
        gone->hide();
        relayout();
        emit changed();
    });
    toast->show();
    relayout();
    emit changed();
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    return toast;
}

Toast* ToastHost::showError(const QString& title, const QString& text) {
    return show({.iconName = QStringLiteral("errc"),
                 .iconToken = Token::Err,
                 .title = title,
                 .text = text,
                 .actions = {},
                 .timeoutMs = 15000,
                 .expired = {}});
}

Toast* ToastHost::showUndo(const QString& title, const QString& text, std::function<void()> commit,
                           std::function<void()> undo) {
    return show({.iconName = QStringLiteral("trash"),
                 .iconToken = Token::Muted,
                 .title = title,
                 .text = text,
                 .actions = {{tr("Undo"), QStringLiteral("undo"), std::move(undo)}},
                 .timeoutMs = kUndoMs,
                 .expired = std::move(commit),
                 .undo = true});
}

bool ToastHost::canUndo() const {
    return std::any_of(m_toasts.begin(), m_toasts.end(), [](const Toast* toast) { return toast->canUndo(); });
}

void ToastHost::undo() {
    const auto newest =
        std::find_if(m_toasts.rbegin(), m_toasts.rend(), [](const Toast* toast) { return toast->canUndo(); });
    if (newest != m_toasts.rend()) {
        (*newest)->choose();
    }
}

void ToastHost::setBottomMargin(std::function<int()> margin) {
    m_bottom = std::move(margin);
    relayout();
}

int ToastHost::promise(std::function<void()> work) {
    m_promises.emplace(m_nextPromise, std::move(work));
    return m_nextPromise++;
}

bool ToastHost::redeem(int promise) {
    return m_promises.erase(promise) > 0;
}

void ToastHost::flush() {
    while (!m_promises.empty()) {
        const auto work = std::move(m_promises.begin()->second);
        m_promises.erase(m_promises.begin());
        work();
    }
    while (!m_toasts.empty()) {
        m_toasts.back()->dismiss();
    }
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) {
        relayout();
    }
    return QWidget::eventFilter(watched, event);
}

void ToastHost::relayout() {
    if (m_toasts.empty()) {
        hide();
        return;
    }
    int height = 0;
    int width = 0;
    for (const Toast* toast : m_toasts) {
        const QSize size = toast->sizeHint();
        width = std::max(width, size.width());
        height += size.height() - kShadow / 2;
    }
    height += kShadow / 2;
    const QRect area = parentWidget()->rect();
    const int x = layoutDirection() == Qt::RightToLeft
                      ? metrics::kPageMargin - kShadow
                      : area.width() - width - metrics::kPageMargin + kShadow;
    setGeometry(x, area.height() - m_bottom() - height - 6, width, height);
    int y = 0;
    for (Toast* toast : m_toasts) {
        const QSize size = toast->sizeHint();
        toast->setGeometry(0, y, width, size.height());
        y += size.height() - kShadow / 2;
    }
    QWidget::show();
    raise();
}

}  // namespace coracle::gui
