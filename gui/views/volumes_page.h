// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/volume_model.h"
#include "gui/views/page.h"

#include <functional>
#include <map>
#include <set>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class Chip;
class ChoiceBar;
class CodeBox;
class EmptyState;
class FilterEdit;
class KeyValueGrid;
class ListTable;
class Segments;
class Task;
class TextLabel;
class VolumeFiles;

/// Volumes on the left, the chosen one on the right. Deleting one loses data, so its name has to be typed.
class VolumesPage : public Page {
    Q_OBJECT
public:
    explicit VolumesPage(const PageContext& context);

    QString title() const override;
    void enter(const Place& place) override;
    void leave() override;
    void refresh() override;
    void focusFilter() override;
    QWidget* mainWidget() override;
    void perform(const QString& action, const QString& id) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeHead();
    QWidget* makeList();
    QWidget* makeDetail();
    QWidget* makeTabs();
    static QVBoxLayout* addCards(QWidget* part);
    QWidget* makeUsers();
    QWidget* makeFacts();
    void showTab(int index);
    /// As a place says; what it does not say stays.
    void enterTab(const QString& key);
    void showRow(const QString& name);
    void takeVolumes();
    /// Who uses a volume has begun or ended since: what is in it may be something else now.
    void noteUsers();
    void measureNext();
    void showCounts();
    void showState();
    void showDetail();
    void fitDetail();
    void showUsers(const QStringList& users);
    const types::VolumeSummary* current() const;
    void create();
    void clone();
    void exportArchive();
    void importArchive();
    QString nameProblem(const QString& name) const;
    QString freeName(const QString& wanted) const;
    /// Starts what makes a volume, for a task.
    using Starter = std::function<Request(Task& task, std::function<void(const std::uint64_t&)> moved,
                                          std::function<void(const Result<types::VolumeSummary>&)> done)>;
    void fill(const TaskWords& words, const QString& icon, const QString& result, const Starter& start);
    std::vector<types::VolumeSummary> chosen() const;
    /// The bar of several, and what is on the right.
    void showChosen();
    void remove();
    void askToRemove(const QStringList& names, const QStringList& staying, std::int64_t days);
    void removeAll(const QStringList& names);
    /// Running containers that use it: while there are any, it cannot be emptied.
    QStringList runningUsers(const types::VolumeSummary& volume) const;
    void empty();
    void askToEmpty(const QString& name, std::int64_t days);
    void emptyNow(const QString& name, const QString& title);
    void showMenu(const QModelIndex& index, const QPoint& position);

    VolumeModel* m_model;
    VolumeProxy* m_proxy;
    FilterEdit* m_filter = nullptr;
    Segments* m_segments = nullptr;
    TextLabel* m_sum = nullptr;
    QStackedWidget* m_bars = nullptr;
    ChoiceBar* m_choice = nullptr;
    QPushButton* m_choiceDelete = nullptr;
    ListTable* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_listStack = nullptr;
    EmptyState* m_empty = nullptr;
    EmptyState* m_noMatch = nullptr;
    EmptyState* m_failed = nullptr;
    QWidget* m_loading = nullptr;
    QWidget* m_split = nullptr;
    Banner* m_banner = nullptr;

    QStackedWidget* m_detailStack = nullptr;
    EmptyState* m_several = nullptr;
    TextLabel* m_name = nullptr;
    Chip* m_size = nullptr;
    QPushButton* m_clone = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_emptyOut = nullptr;
    QPushButton* m_delete = nullptr;
    QTabBar* m_tabs = nullptr;
    Chip* m_userCount = nullptr;
    QStackedWidget* m_parts = nullptr;
    VolumeFiles* m_files = nullptr;
    TextLabel* m_whyNot = nullptr;
    KeyValueGrid* m_facts = nullptr;
    CodeBox* m_path = nullptr;
    QStringList m_shownUsers;
    QString m_wanted;  ///< a volume that is being made, and shown when it is there
    QWidget* m_users = nullptr;
    QHBoxLayout* m_userLayout = nullptr;
    bool m_shown = false;
    bool m_measuring = false;
    std::set<QString> m_tried;               ///< measured, or failed, since the last refresh
    std::map<QString, QString> m_lastUsers;  ///< of each volume, with those that run
};

}  // namespace coracle::gui
