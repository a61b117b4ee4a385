// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/disk_model.h"
#include "gui/views/page.h"
#include "gui/views/system_tab.h"

#include <vector>

class QBoxLayout;
class QPushButton;
class QStackedWidget;

namespace coracle::gui {

class AgeLabel;
class Banner;
class DiskCleaner;
class ListTable;
class Segments;
class TextLabel;
class TreeMap;

/// System > Disk: what Coracle takes of the disk, as a map and as a list that add up to the same sum, and
/// what can be had back.
class DiskTab : public QWidget, public SystemTab {
    Q_OBJECT
public:
    explicit DiskTab(const PageContext& context);

    QWidget* widget() override { return this; }
    std::vector<QWidget*> tools() override;
    void enter() override;
    void refresh() override;
    QWidget* mainWidget() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Sums;
    QWidget* makeSums();
    QWidget* makeMap();
    void measure();
    void showUsage(const types::DiskUsage& usage);
    void openPiece(int index);
    void noteEvent(const types::Event& event);

    PageContext m_context;
    Request m_measuring;
    bool m_measured = false;
    bool m_outdated = false;  ///< an event has come since
    DiskModel m_model;

    AgeLabel* m_when = nullptr;
    QPushButton* m_measure = nullptr;
    Banner* m_banner = nullptr;
    QBoxLayout* m_columns = nullptr;
    TextLabel* m_total = nullptr;
    TextLabel* m_free = nullptr;
    Sums* m_sums = nullptr;
    Segments* m_form = nullptr;
    QStackedWidget* m_forms = nullptr;
    TreeMap* m_map = nullptr;
    ListTable* m_list = nullptr;
    QWidget* m_unknown = nullptr;  ///< instead of both, while nothing could be measured
    DiskCleaner* m_cleaner = nullptr;
};

}  // namespace coracle::gui
