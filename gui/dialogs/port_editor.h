// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/port_draft.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace coracle::gui {

class Card;
class Chip;
class CodeBox;
class EditorBox;
class EditorRow;
class IconLabel;
class TextLabel;

/// Asks whether a port can be published and calls back later on the GUI thread, or never.
using PortChecker =
    std::function<void(const net::PortMapping& mapping, std::function<void(const engine::PortCheck&)> done)>;

/// The Ports section of the run dialog: a row for each published port with a live verdict.
/// What the form alone can tell shows at once; the engine is asked 100 ms after the last edit, never from
/// the GUI thread. An answer that comes after the row was edited again is dropped.
class PortEditor : public QWidget {
    Q_OBJECT
public:
    explicit PortEditor(PortChecker checker, QWidget* parent = nullptr);

    /// Replace all rows; each is checked.
    void setDrafts(const std::vector<PortDraft>& drafts);
    const std::vector<PortDraft>& drafts() const { return m_drafts; }
    /// One for each draft, in the same order.
    const std::vector<PortFinding>& findings() const { return m_findings; }
    /// What the image says it listens on: "9000/tcp".
    void setExposed(const std::vector<QString>& ports);
    /// One more row at the end; the focus stays where it is.
    void addRow(const PortDraft& draft);
    /// One more row, with the focus in what is still to be said: for a port of the image ("80/tcp") the one
    /// of this computer, for none the port inside.
    void addRowFor(const QString& exposed);
    /// Ask the engine about every row again: the world outside may have changed.
    void recheck();
    /// Whether an answer is still awaited.
    bool isChecking() const;
    /// Rows that keep the container from being made.
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;
    /// Put the focus on the first row; nothing when there is none.
    void focusFirst();

signals:
    /// A draft or a finding is another one.
    void changed();
    /// The command that opens low ports is wanted on the clipboard.
    void copyWanted(const QString& text);

private:
    struct Row {
        EditorRow* row;
        QComboBox* scope;
        QLineEdit* address;
        QLineEdit* here;
        QLineEdit* inside;
        QComboBox* protocol;
        IconLabel* icon;
        TextLabel* text;
        QPushButton* use;
        QToolButton* remove;
    };
    Row makeRow(const PortDraft& draft);
    void connectRow(const Row& row);
    void readRow(std::size_t index);
    void removeRow(std::size_t index);
    void renumber();
    void judgeAll();
    void askEngine();
    void showRow(std::size_t index);
    void showLowPortHint();
    void updateChips();

    PortChecker m_checker;
    std::vector<PortDraft> m_drafts;
    std::vector<PortFinding> m_findings;
    std::vector<Row> m_rows;
    std::map<std::string, engine::PortCheck> m_answers;  ///< by text of the mapping
    std::vector<QString> m_exposed;
    std::vector<Chip*> m_chips;
    QTimer m_debounce;
    int m_round = 0;

    QPushButton* m_add;
    TextLabel* m_exposedText;
    QHBoxLayout* m_chipLayout;
    EditorBox* m_box;
    Card* m_low;
    TextLabel* m_lowTitle;
    TextLabel* m_lowText;
    CodeBox* m_lowCommand;
};

}  // namespace coracle::gui
