// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/status_strip.h"

#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/models/usage_monitor.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/text_label.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QTimer>
#include <QVBoxLayout>

namespace coracle::gui {

StatusStrip::StatusStrip(const EngineState& state, const TaskList& tasks, const UsageMonitor& usage,
                         QWidget* parent)
    : Panel(Token::Window, Qt::TopEdge, parent), m_state(state), m_tasks(tasks), m_usage(usage) {
    setObjectName(QStringLiteral("statusStrip"));
    setFixedHeight(scaled(metrics::kStatusBar));
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(metrics::kPageMargin, 1, metrics::kPageMargin, 0);
    m_layout->setSpacing(metrics::kSpaceLarge);
    m_rootlessItem = addItem(QStringLiteral("shieldok"), m_rootless);
    m_overlayItem = addItem(QStringLiteral("image"), m_overlay);
    m_task = makeButton(QStringLiteral("status.task"), {}, QStringLiteral("pull"), ButtonKind::Flat,
                        ButtonSize::Small);
    m_task->setAccessibleName(tr("Running work"));
    m_task->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_task->setFixedHeight(scaled(22));
    m_layout->addWidget(m_task);
    m_bar = new QProgressBar;
    m_bar->setObjectName(QStringLiteral("status.progress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(scaled(90), 4);
    m_layout->addWidget(m_bar);
    m_percent = new TextLabel({}, TextRole::Secondary);
    m_layout->addWidget(m_percent);
    m_layout->addStretch(1);
    m_cpuItem = addItem(QStringLiteral("cpu"), m_cpu);
    m_cpu->setObjectName(QStringLiteral("status.cpu"));
    // Its neighbours stay where they are while it changes.
    m_cpu->setMinimumWidth(m_cpu->fontMetrics().horizontalAdvance(QStringLiteral("100%")));
    m_cpuItem->setToolTip(tr("Taken by all running containers, of all cores"));
    m_memoryItem = addItem(QStringLiteral("mem"), m_memory);
    m_memory->setObjectName(QStringLiteral("status.memory"));
    m_memoryItem->setToolTip(tr("Memory of all running containers"));
    m_diskItem = addItem(QStringLiteral("disk"), m_disk);
    m_showLater = new QTimer(this);
    m_showLater->setSingleShot(true);
    connect(m_showLater, &QTimer::timeout, this, &StatusStrip::updateTask);
    connect(m_task, &QPushButton::clicked, this, &StatusStrip::tasksWanted);
    connect(&m_state, &EngineState::hostChanged, this, &StatusStrip::updateHost);
    connect(&m_tasks, &TaskList::added, this, &StatusStrip::updateTask);
    connect(&m_tasks, &TaskList::changed, this, &StatusStrip::updateTask);
    connect(&m_tasks, &TaskList::ended, this, &StatusStrip::updateTask);
    connect(&m_usage, &UsageMonitor::sampled, this, &StatusStrip::updateUsage);
    updateHost();
    updateTask();
    updateUsage();
}

QWidget* StatusStrip::addItem(const QString& iconName, TextLabel*& label) {
    auto* item = new QWidget(this);
    auto* layout = new QHBoxLayout(item);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(new IconLabel(iconName, Token::Muted, metrics::kIconSmall));
    label = new TextLabel({}, TextRole::Secondary, Token::Muted);
    layout->addWidget(label);
    m_layout->addWidget(item);
    return item;
}

void StatusStrip::updateHost() {
    const auto& host = m_state.host();
    m_rootlessItem->setVisible(host.has_value());
    m_overlayItem->setVisible(host && !host->overlayDriver.empty());
    m_diskItem->setVisible(host && host->diskFreeBytes > 0);
    if (!host) {
        return;
    }
    m_rootless->setText(host->uid == 0 ? tr("Running as root") : tr("Rootless · you are root inside"));
    // "none: why not" when no driver works; the reason is for the tooltip and for System > Health.
    const QString driver = format::text(host->overlayDriver);
    const bool broken = driver.startsWith(QLatin1String("none"));
    m_overlay->setText(broken                               ? tr("layers cannot be mounted")
                       : driver == QLatin1String("overlay") ? tr("overlay (native)")
                                                            : driver);
    m_overlay->setToken(broken ? Token::Err : Token::Muted);
    m_overlayItem->setToolTip(broken ? driver : QString());
    m_disk->setText(tr("%1 free").arg(format::bytes(host->diskFreeBytes)));
    m_diskItem->setToolTip(format::homePath(host->dataRoot));
}

void StatusStrip::updateUsage() {
    const TotalUsage total = m_usage.total();
    m_cpuItem->setVisible(total.known);
    m_memoryItem->setVisible(total.known);
    if (total.known) {
        m_cpu->setText(format::percent(total.cpuPercent / total.cpus, format::Digits::Whole));
        m_memory->setText(format::bytes(total.memoryBytes));
    }
}

void StatusStrip::updateTask() {
    const Task* task = m_tasks.newestRunning();
    const bool old = task != nullptr && task->elapsedMs() >= TaskList::kShowAfterMs;
    if (task != nullptr && !old && !m_showLater->isActive()) {
        m_showLater->start(TaskList::kShowAfterMs - int(task->elapsedMs()) + 5);
    }
    m_task->setVisible(old);
    m_bar->setVisible(old);
    m_percent->setVisible(old && task->percent() >= 0);
    if (!old) {
        return;
    }
    const int more = m_tasks.runningCount() - 1;
    m_task->setText(more > 0 ? tr("%1 and %n more", nullptr, more).arg(task->title()) : task->title());
    m_task->setAccessibleName(m_task->text());
    m_task->setIcon(themeIcon(task->iconName(), Token::Text));
    m_bar->setRange(0, task->percent() < 0 ? 0 : 100);
    m_bar->setValue(task->percent());
    m_percent->setText(tr("%1%").arg(task->percent()));
}

TaskPopup::TaskPopup(TaskList& tasks, QWidget* window) : QFrame(window), m_tasks(tasks) {
    setObjectName(QStringLiteral("taskPopup"));
    setAccessibleName(tr("Running work"));
    setFixedWidth(scaled(380));
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(14, 12, 10, 12);
    m_rows->setSpacing(metrics::kSpace);
    for (const auto signal : {&TaskList::added, &TaskList::ended}) {
        connect(&m_tasks, signal, this, [this] {
            if (isVisible()) {
                rebuild();
            }
        });
    }
    connect(&m_tasks, &TaskList::cleared, this, &TaskPopup::rebuild);
    hide();
}

void TaskPopup::toggle() {
    if (isVisible()) {
        dismiss();
        return;
    }
    m_before = window()->focusWidget();
    qApp->installEventFilter(this);
    rebuild();
    show();
    raise();
    setFocus();
    focusNextPrevChild(true);
}

void TaskPopup::dismiss() {
    const bool focused = hasFocus() || isAncestorOf(window()->focusWidget());
    qApp->removeEventFilter(this);
    hide();
    if (focused && m_before != nullptr) {
        m_before->setFocus(Qt::OtherFocusReason);
    }
}

/// A press somewhere else in the window does what it does there, and hides the list first. The strip hides it
/// by itself, or it would be shown again.
bool TaskPopup::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* pressed = qobject_cast<QWidget*>(watched);
        const bool elsewhere = pressed != nullptr && pressed->window() == window() && pressed != this &&
                               !isAncestorOf(pressed) &&
                               pressed->objectName() != QLatin1String("status.task");
        if (elsewhere) {
            dismiss();
        }
    }
    return QFrame::eventFilter(watched, event);
}

bool TaskPopup::focusNextPrevChild(bool next) {
    const auto buttons = findChildren<QPushButton*>();
    if (!buttons.isEmpty()) {
        const auto now = buttons.indexOf(qobject_cast<QPushButton*>(window()->focusWidget()));
        const auto count = buttons.size();
        const auto other = now < 0 ? (next ? 0 : count - 1) : (now + (next ? 1 : count - 1)) % count;
        buttons[other]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
    return true;
}

void TaskPopup::rebuild() {
    if (isAncestorOf(window()->focusWidget())) {
        setFocus();  // its button may go
    }
    clearLayout(*m_rows);
    if (m_tasks.tasks().empty()) {
        m_rows->addWidget(new TextLabel(tr("Nothing is under way."), TextRole::Body, Token::Muted));
    }
    int number = 0;
    for (auto it = m_tasks.tasks().rbegin(); it != m_tasks.tasks().rend() && number < 8; ++it, ++number) {
        Task* task = *it;
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(
            new IconLabel(task->state() == Task::State::Failed ? QStringLiteral("errc") : task->iconName(),
                          task->state() == Task::State::Failed ? Token::Err : Token::Muted),
            0, Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(3);
        words->addWidget(new TextLabel(task->title(), TextRole::Strong));
        auto* bar = new QProgressBar;
        bar->setTextVisible(false);
        bar->setFixedHeight(4);
        bar->setAccessibleName(task->title());
        auto* step = new TextLabel(task->step(), TextRole::Secondary, Token::Muted);
        step->setWordWrap(true);
        words->addWidget(bar);
        words->addWidget(step);
        const auto update = [task, bar, step] {
            bar->setVisible(task->running());
            bar->setRange(0, task->percent() < 0 ? 0 : 100);
            bar->setValue(task->percent());
            step->setText(task->step());
            step->setVisible(!task->step().isEmpty());
        };
        update();
        connect(task, &Task::changed, row, update);
        layout->addLayout(words, 1);
        if (task->running() && task->cancellable()) {
            auto* cancel = makeButton(QStringLiteral("task.%1.cancel").arg(number), tr("Cancel"), {},
                                      ButtonKind::Normal, ButtonSize::Small);
            connect(cancel, &QPushButton::clicked, task, &Task::cancel);
            layout->addWidget(cancel, 0, Qt::AlignTop);
        }
        m_rows->addWidget(row);
    }
    for (int i = 0; i < m_rows->count(); ++i) {
        m_rows->itemAt(i)->widget()->show();  // what is not shown yet has no height
    }
    place();
}

void TaskPopup::place() {
    const QRect area = parentWidget()->rect();
    const int height = m_rows->sizeHint().height();
    setGeometry(area.left() + scaled(metrics::kSidebarWidth) + metrics::kPageMargin,
                area.height() - scaled(metrics::kStatusBar) - height - 6, width(), height);
}

void TaskPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusCard,
                            metrics::kRadiusCard);
}

void TaskPopup::mousePressEvent(QMouseEvent* event) {
    event->accept();  // it would go on to what is below
}

void TaskPopup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

}  // namespace coracle::gui
