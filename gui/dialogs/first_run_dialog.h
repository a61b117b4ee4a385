// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health.h"
#include "gui/fix_runner.h"
#include "gui/views/page.h"

#include <QDialog>

#include <functional>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class Card;
class TextLabel;

/// What a person sees at the first start: what this computer can do for containers, the way out for what it
/// cannot, and two first steps. It holds nobody up: all of it works beside the window's own pages, too.
class FirstRunDialog : public QDialog {
    Q_OBJECT
public:
    FirstRunDialog(const PageContext& context, FixRunner runner, QWidget* parent = nullptr);

private:
    void addHead(QVBoxLayout& column);
    void addSteps(QVBoxLayout& column);
    void addFooter(QVBoxLayout& column);
    void check();
    void showChecks();
    void addPassed(const QStringList& titles);
    void leave(const std::function<void()>& next);

    PageContext m_context;
    FixRunner m_runner;
    std::vector<types::HealthCheck> m_checks;
    TextLabel* m_verdict = nullptr;
    Banner* m_banner = nullptr;
    QVBoxLayout* m_rows = nullptr;
    Card* m_card = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_done = nullptr;
};

}  // namespace coracle::gui
