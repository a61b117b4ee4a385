// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/age_timer.h"
#include "gui/widgets/text_label.h"

#include <functional>

namespace coracle::gui {

/// Says how long ago something was done: "measured just now" in the first minute, then "measured 5 min ago".
/// Wakes up only while it is shown.
class AgeLabel : public TextLabel {
    Q_OBJECT
public:
    using Clock = std::function<format::Time()>;

    explicit AgeLabel(const QString& objectName, QWidget* parent = nullptr);
    /// now: the words of the first minute. later: those after it, with %1 for "5 min ago".
    void setMoment(format::Time moment, const QString& now, const QString& later);
    /// Words that do not age.
    void setWords(const QString& words);
    /// Write the words anew. Happens by itself.
    void renew();
    /// Another clock than that of the system, for tests.
    void setClock(Clock clock) { m_clock = std::move(clock); }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    AgeTimer m_timer{*this};
    Clock m_clock = [] { return std::chrono::system_clock::now(); };
    std::optional<format::Time> m_moment;
    QString m_now;
    QString m_later;
};

}  // namespace coracle::gui
