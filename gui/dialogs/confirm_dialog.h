// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/prompt.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace coracle::gui {

class TextLabel;

/// Asks before work stops or data goes. Cancel is the default; the dangerous button is last and, when a name
/// must be typed, dead until it is right.
class ConfirmDialog : public QDialog {
    Q_OBJECT
public:
    explicit ConfirmDialog(const Question& question, QWidget* parent = nullptr);
    /// Whether the check box is ticked; false when the question has none.
    bool optionOn() const;
    /// Whether it was closed by the button that does something else.
    bool instead() const { return m_instead; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLineEdit* m_edit = nullptr;
    QCheckBox* m_option = nullptr;
    bool m_instead = false;
};

/// Asks for one line of text and says live what is wrong with it.
class TextDialog : public QDialog {
    Q_OBJECT
public:
    explicit TextDialog(const TextQuestion& question, QWidget* parent = nullptr);
    QString text() const;

private:
    void validate();

    TextQuestion m_question;
    QLineEdit* m_edit;
    TextLabel* m_problem;
    QPushButton* m_ok;
};

}  // namespace coracle::gui
