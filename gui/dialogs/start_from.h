// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QComboBox;

namespace coracle::gui {

/// The choice in the head of the run dialog: what the form is filled with.
class StartFrom : public QWidget {
    Q_OBJECT
public:
    explicit StartFrom(QWidget* parent = nullptr);
    /// Ids and names; the choice stays when it is still there.
    void setContainers(const std::vector<std::pair<QString, QString>>& containers);
    /// Show what was chosen before the last choice: the form holds that again.
    void restore();
    /// The form holds a command that was pasted.
    void showPasted();

signals:
    void imageDefaultsChosen();
    void containerChosen(const QString& id, const QString& name);
    void pasteChosen();

private:
    void fill();
    void showChosen();

    std::vector<std::pair<QString, QString>> m_containers;
    QString m_chosen;  ///< an id, or that a command was pasted; empty: the defaults
    QString m_before;  ///< the same of the choice before
    QComboBox* m_combo;
};

}  // namespace coracle::gui
