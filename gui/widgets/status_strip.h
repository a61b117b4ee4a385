// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/panel.h"

#include <QFrame>
#include <QPointer>

class QHBoxLayout;
class QProgressBar;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace coracle::gui {

class EngineState;
class IconLabel;
class Task;
class TaskList;
class TextLabel;
class UsageMonitor;

/// The line at the bottom of the window: how Coracle runs here, the newest long work, what is free.
class StatusStrip : public Panel {
    Q_OBJECT
public:
    StatusStrip(const EngineState& state, const TaskList& tasks, const UsageMonitor& usage,
                QWidget* parent = nullptr);

signals:
    /// The person wants to see all work.
    void tasksWanted();

private:
    QWidget* addItem(const QString& iconName, TextLabel*& label);
    void updateHost();
    void updateTask();
    void updateUsage();

    const EngineState& m_state;
    const TaskList& m_tasks;
    const UsageMonitor& m_usage;
    QHBoxLayout* m_layout;
    TextLabel* m_rootless = nullptr;
    TextLabel* m_overlay = nullptr;
    TextLabel* m_cpu = nullptr;
    TextLabel* m_memory = nullptr;
    TextLabel* m_disk = nullptr;
    QWidget* m_rootlessItem = nullptr;
    QWidget* m_overlayItem = nullptr;
    QWidget* m_cpuItem = nullptr;
    QWidget* m_memoryItem = nullptr;
    QWidget* m_diskItem = nullptr;
    QPushButton* m_task;
    QProgressBar* m_bar;
    TextLabel* m_percent;
    QTimer* m_showLater;
};

/// All work of this window, opened from the status strip: title, step, bar, cancel.
class TaskPopup : public QFrame {
    Q_OBJECT
public:
    TaskPopup(TaskList& tasks, QWidget* window);
    /// Show it above the strip with the work of now, or hide it. Escape and a click elsewhere hide it, too.
    void toggle();
    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    /// Tab goes from one Cancel to the next, and stays in here.
    bool focusNextPrevChild(bool next) override;

private:
    void rebuild();
    void place();
    void dismiss();

    TaskList& m_tasks;
    QPointer<QWidget> m_before;  ///< had the focus before it was shown
    QVBoxLayout* m_rows;
};

}  // namespace coracle::gui
