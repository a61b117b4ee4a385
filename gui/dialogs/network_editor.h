// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <QWidget>

class QLineEdit;

namespace coracle::gui {

class RadioCard;
class IconLabel;
class TextLabel;

/// The Network section of the run dialog: whose network the container has, and its host name.
class NetworkEditor : public QWidget {
    Q_OBJECT
public:
    explicit NetworkEditor(QWidget* parent = nullptr);

    /// Fill the form from `network` and `hostname`, and look at the ports.
    void setSpec(const types::RunSpec& spec);
    /// Only the network: another section has changed it.
    void setNetwork(const std::string& network);
    const std::string& network() const { return m_network; }
    /// Write `network` and `hostname` into `spec`.
    void apply(types::RunSpec& spec) const;
    /// How many ports are to be published; a network that cannot says so.
    void setPorts(int count);
    /// What of it differs from what a container has by itself.
    int count() const;
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;

signals:
    /// After each change by the person.
    void changed();

private:
    void showNetwork();
    void refresh();

    std::string m_network = types::RunSpec{}.network;
    int m_ports = 0;
    bool m_showing = false;
    RadioCard* m_own;
    RadioCard* m_host;
    RadioCard* m_none;
    QLineEdit* m_hostname;
    TextLabel* m_hostnameHelp;
    IconLabel* m_noteIcon;
    TextLabel* m_note;
};

}  // namespace coracle::gui
