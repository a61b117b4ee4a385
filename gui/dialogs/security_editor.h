// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "gui/dialogs/security_choice.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QPushButton;

namespace coracle::gui {

class Card;
class RadioCard;
class FlowLayout;
class IconLabel;
class TextLabel;
class Toggle;

/// The Security section of the run dialog: how tight, capabilities, the filter of system calls and switches.
/// Everything it says is an option of `run`; what a command line said beyond that is kept.
class SecurityEditor : public QWidget {
    Q_OBJECT
public:
    /// `chooseFile` asks for a file; its answer is empty when the person changed their mind.
    using ChooseFile = std::function<void(const std::function<void(const QString&)>& done)>;
    explicit SecurityEditor(ChooseFile chooseFile, QWidget* parent = nullptr);

    /// Fill the form. Other sections change fields of these, too (readOnly, network): tell it then.
    void setSpec(const types::RunSpec& spec);
    /// Write capAdd, capDrop, securityOpt, userns, id maps, privileged, readOnly and network into `spec`.
    void apply(types::RunSpec& spec) const;
    /// How many choices differ from what a container has by itself.
    int count() const;
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;

signals:
    /// After each change by the person.
    void changed();

private:
    struct Switch {
        Toggle* toggle;
        TextLabel* text;
        QWidget* row;
    };
    QWidget* makeCards();
    QWidget* makeCapabilities();
    QWidget* makeFilter();
    QWidget* makeSwitches();
    Switch addSwitch(Card* card, const QString& key, const QString& icon, const QString& title);
    void change(const std::function<void(types::RunSpec&)>& how);
    void chooseFilter(int row);
    void askForFile();
    void refresh();
    void showCapabilities();
    void showFilter();
    void showSwitches();
    void offerCapabilities();

    ChooseFile m_chooseFile;
    types::RunSpec m_spec;  ///< only what apply() writes is looked at
    bool m_custom = false;  ///< the person wants to choose, and has changed nothing yet
    bool m_showing = false;
    std::vector<std::string> m_capabilities;

    RadioCard* m_locked;
    RadioCard* m_standard;
    RadioCard* m_own;
    QWidget* m_chips = nullptr;
    FlowLayout* m_flow = nullptr;
    QPushButton* m_add;
    TextLabel* m_capabilityNote = nullptr;
    QComboBox* m_filter;
    std::vector<security::Filter> m_filters;  ///< what the rows of m_filter mean
    IconLabel* m_filterIcon = nullptr;
    TextLabel* m_filterText = nullptr;
    QPushButton* m_choose;
    Switch m_noPrivileges{};
    Switch m_readOnly{};
    Switch m_range{};
    Switch m_mask{};
    Switch m_privileged{};
};

}  // namespace coracle::gui
