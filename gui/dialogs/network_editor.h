// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <QStringList>
#include <QWidget>

#include <string>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace coracle::gui {

class RadioCard;
class IconLabel;
class TextLabel;

/// The Network section of the run dialog: whose network the container has, and what names it knows.
class NetworkEditor : public QWidget {
    Q_OBJECT
public:
    explicit NetworkEditor(QWidget* parent = nullptr);

    /// Fill the form from `network`, `hostname`, `dns` and `addHosts`, and look at the ports.
    void setSpec(const types::RunSpec& spec);
    /// Only the network: another section has changed it.
    void setNetwork(const std::string& network);
    const std::string& network() const { return m_network; }
    /// Containers that run: whose network can be joined.
    void setContainers(const QStringList& names);
    /// Write the same into `spec`. Names and resolvers of a joined network are those of its container.
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
    QWidget* buildWhose();
    QLineEdit* addField(QGridLayout& grid, int place, const char* name, const QString& title,
                        TextLabel*& help);
    bool joins() const;
    void showNetwork();
    void showContainers();
    void refresh();
    /// Why what stands in a field cannot be used; empty: it can.
    QString hostnameProblem() const;
    QString resolversProblem() const;
    QString hostsProblem() const;

    std::string m_network = types::RunSpec{}.network;
    int m_ports = 0;
    bool m_showing = false;
    RadioCard* m_own;
    RadioCard* m_joined;
    RadioCard* m_host;
    RadioCard* m_none;
    QWidget* m_whose;
    QComboBox* m_container;
    QStringList m_containers;
    QLineEdit* m_hostname = nullptr;
    TextLabel* m_hostnameHelp = nullptr;
    QLineEdit* m_resolvers = nullptr;
    TextLabel* m_resolversHelp = nullptr;
    QLineEdit* m_hosts = nullptr;
    TextLabel* m_hostsHelp = nullptr;
    IconLabel* m_noteIcon;
    TextLabel* m_note;
};

}  // namespace coracle::gui
