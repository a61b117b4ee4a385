// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/format.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QWidget;

namespace coracle::gui {

/// When words like "5 s" and "6 min ago" have to be written anew: each second while the newest moment that is
/// shown is younger than a minute and somebody can see it, each half minute else.
class AgeTimer : public QObject {
    Q_OBJECT
public:
    /// shown: the widget with the words; it owns the timer.
    explicit AgeTimer(QWidget& shown);
    void start();
    void stop();
    /// The window is awake for something else: what is due within a second is done now, so that it does not
    /// wake once more for it.
    void use();
    void setNewest(std::optional<format::Time> newest);

signals:
    void due();

private:
    void schedule();

    QWidget& m_shown;
    QTimer m_timer;
    std::optional<format::Time> m_newest;
    bool m_on = false;
};

/// Whether anything of a widget's window can be seen; only the platform knows: it may be minimised, or on
/// another desktop.
bool canBeSeen(const QWidget& widget);

}  // namespace coracle::gui
