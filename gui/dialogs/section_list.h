// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>

class QStandardItemModel;

namespace coracle::gui {

/// The list of sections at the left of the run dialog: icon, name, and a number that says how many things
/// the section holds or, in red, how many of them are wrong.
class SectionList : public QListView {
    Q_OBJECT
public:
    explicit SectionList(QWidget* parent = nullptr);

    /// At the end; its index is the number of those before.
    void addSection(const QString& name, const QString& iconName);
    /// count: shown when nothing is wrong; 0 shows no number. problems: shown in red instead.
    void setBadge(int section, int count, int problems);
    /// What the badge of a section says, for assistive tools and tests: "2" or "1 problem".
    QString badgeText(int section) const;
    int current() const { return currentIndex().row(); }
    /// Emits sectionChosen() when it was another.
    void setCurrent(int section);

signals:
    /// By click, key or setCurrent().
    void sectionChosen(int section);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    /// One section is always chosen, wherever one clicks.
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override;

private:
    QStandardItemModel* m_model;
};

}  // namespace coracle::gui
