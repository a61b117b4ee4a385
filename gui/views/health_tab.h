// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health.h"
#include "gui/fix_runner.h"
#include "gui/views/page.h"
#include "gui/views/system_tab.h"

#include <QElapsedTimer>

#include <functional>
#include <optional>
#include <vector>

class QBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace coracle::gui {

class AgeLabel;
class Banner;
class Card;
class Chip;
class KeyValueGrid;
class Skeleton;
class TextLabel;

/// Ask whether a command of the doctor may be run, run it, tell of its failure, and call back in any case.
/// `owner` has to live that long.
void askAndFix(QWidget* owner, const PageContext& context, const FixRunner& runner,
               const types::HealthCheck& check, const types::CheckFix& fix, std::function<void()> done);

/// System > Health: what this computer can do for containers, each line proven by the engine's doctor, with
/// the way out for what it cannot.
class HealthTab : public QWidget, public SystemTab {
    Q_OBJECT
public:
    HealthTab(const PageContext& context, FixRunner runner);

    QWidget* widget() override { return this; }
    std::vector<QWidget*> tools() override;
    std::vector<QWidget*> besideTitle() override;
    void enter() override;
    void refresh() override;
    QWidget* mainWidget() override;
    /// The report as plain text, for bug reports.
    QString report() const;

signals:
    /// How many lines are no success.
    void attentionChanged(int count);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeTools();
    QWidget* makeSide();
    void check();
    void showChecks();
    void showHost();
    void runFix(const types::HealthCheck& check, const types::CheckFix& fix);

    const PageContext& context() const { return m_context; }

    PageContext m_context;
    FixRunner m_runner;
    std::vector<types::HealthCheck> m_checks;
    bool m_checking = false;
    QElapsedTimer m_clock;

    Chip* m_verdict = nullptr;
    Skeleton* m_waiting = nullptr;
    AgeLabel* m_when = nullptr;
    QPushButton* m_recheck = nullptr;
    QPushButton* m_copy = nullptr;
    Banner* m_banner = nullptr;
    QBoxLayout* m_columns = nullptr;
    QWidget* m_side = nullptr;
    QVBoxLayout* m_left = nullptr;
    QWidget* m_list = nullptr;
    KeyValueGrid* m_computer = nullptr;
    KeyValueGrid* m_program = nullptr;
};

}  // namespace coracle::gui
