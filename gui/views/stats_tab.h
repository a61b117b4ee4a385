// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/usage_history.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QPushButton;

namespace coracle::gui {

class Banner;
class Card;
class EmptyState;
class ProcessCard;
class Segments;
class TextLabel;
class TimeChart;

/// What a container took in the last hour: four charts over the samples of the usage monitor, and its
/// processes, looked at with each second sample. Nothing is asked while the window cannot be seen.
class StatsTab : public QWidget, public ContainerTab {
    Q_OBJECT
public:
    explicit StatsTab(const PageContext& context);

    QWidget* widget() override { return this; }
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showSummary(const types::ContainerSummary& row) override;
    void showDetails(const types::ContainerDetails& details) override;
    void refresh() override;

private:
    QWidget* buildBar();
    QWidget* buildCharts();
    TextLabel* addChart(QGridLayout& grid, int place, const char* name, const QString& title,
                        const QString& iconName, TimeChart*& chart);
    void resizeEvent(QResizeEvent* event) override;
    void update();
    void draw(const std::vector<UsagePoint>& points);
    void showWords();
    void setPaused(bool paused);
    void lookAtProcesses();
    void save();

    PageContext m_context;
    std::string m_id;
    bool m_active = false;
    bool m_paused = false;
    std::optional<types::ResourceSpec> m_resources;
    UsageHistory m_frozen;  ///< what is shown while the person reads
    Segments* m_range;
    TextLabel* m_rate;
    QPushButton* m_pause;
    QPushButton* m_save;
    QWidget* m_gap = nullptr;  ///< below the banner
    Banner* m_banner;
    QWidget* m_charts;
    ProcessCard* m_processes = nullptr;
    int m_samples = 0;  ///< since the processes were looked at
    QGridLayout* m_grid;
    EmptyState* m_empty;
    std::vector<Card*> m_cards;
    TimeChart* m_cpu = nullptr;
    TimeChart* m_memory = nullptr;
    TimeChart* m_network = nullptr;
    TimeChart* m_disk = nullptr;
    TextLabel* m_cpuWords = nullptr;
    TextLabel* m_memoryWords = nullptr;
    TextLabel* m_networkWords = nullptr;
    TextLabel* m_diskWords = nullptr;
};

/// The points as a table for other programs: a head, then a line each, times in UTC. What was not known is
/// an empty field.
QByteArray usageCsv(const std::vector<UsagePoint>& points);

}  // namespace coracle::gui
