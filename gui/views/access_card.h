// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/views/page.h"
#include "gui/widgets/card.h"

#include <vector>

class QComboBox;
class QPushButton;
class QTimer;

namespace coracle::gui {

/// "Why does it not get to this file?": a path of a mount goes in, and out comes the way to it, folder by
/// folder, which of them the container's user cannot pass, and what would help, ready to be copied. Asks only
/// when the person does.
class AccessCard : public Card {
    Q_OBJECT
public:
    explicit AccessCard(const PageContext& context);

    /// Another container: forget the question and the answer.
    void setContainer(const std::string& id);
    /// Its mounts are what is suggested. An answer stands until they change.
    void setMounts(const std::vector<types::MountSpec>& mounts);
    void ask(const QString& path);
    /// The answer as one text; empty: there is none.
    QString answerText() const;

private:
    void buildQuestion();
    void buildAnswer();
    void clearAnswer();
    void setBusy(bool busy);
    void showReport(const types::AccessReport& report);
    void showSteps(const types::AccessReport& report);
    void showFixes(const types::AccessReport& report);
    void showProblem(const Error& error);
    /// Above the rest of the answer: one sentence and how it is meant.
    void showVerdict(const QString& icon, Token token, const QString& words, const QString& detail);

    PageContext m_context;
    std::string m_id;
    std::vector<types::MountSpec> m_mounts;
    bool m_known = false;  ///< what is mounted
    Request m_request;
    QComboBox* m_path = nullptr;
    QPushButton* m_check = nullptr;  ///< while it works: Cancel
    QPushButton* m_copy = nullptr;
    TextLabel* m_note = nullptr;
    QWidget* m_answer = nullptr;
    IconLabel* m_icon = nullptr;
    TextLabel* m_verdict = nullptr;
    TextLabel* m_detail = nullptr;
    QVBoxLayout* m_steps = nullptr;
    QVBoxLayout* m_fixes = nullptr;
    QTimer* m_late = nullptr;
    QStringList m_lines;  ///< of the answer
};

}  // namespace coracle::gui
