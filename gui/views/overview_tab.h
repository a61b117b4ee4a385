// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "gui/engine_service.h"
#include "gui/models/walk_memory.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"
#include "gui/widgets/page_scroll.h"

#include <optional>
#include <tuple>

class QBoxLayout;
class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace coracle::gui {

class Card;
class CodeBox;
class HealthCard;
class IdMapView;
class KeyValueGrid;
class Meter;
class TextLabel;
class UsageCard;

/// Cards with what is known of a container. A card is there only when there is something to say: no number is
/// invented.
class OverviewTab : public PageScroll, public ContainerTab {
    Q_OBJECT
public:
    explicit OverviewTab(const PageContext& context);

    using PageScroll::widget;
    QWidget* widget() override { return this; }
    void setContainer(const std::string& /*id*/) override {}
    void setActive(bool active) override;
    /// Cheap, called for each new list. Another id starts from nothing.
    void showSummary(const types::ContainerSummary& row) override;
    /// Ids, command line, limits, ports of the image.
    void showDetails(const types::ContainerDetails& details) override;
    void tick() override;
    void refresh() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStarted(const types::ContainerSummary& row);
    QWidget* buildMain();
    QWidget* buildSide();
    void showPorts(const types::ContainerSummary& row, const std::vector<std::uint16_t>& exposed);
    void showStorage(const types::ContainerSummary& row);
    void showEvents(const types::ContainerSummary& row);
    void showIdMap(const types::ContainerDetails& details);
    QWidget* buildLimits();
    QWidget* editButton(const QString& name, const QString& words, const char* icon, const char* section);
    void askForSize();
    void showUsage();
    void showLimits();
    static void addHead(QGridLayout& grid, const QStringList& words);
    static int addRule(QGridLayout& grid, int line, int columns);

    PageContext m_context;
    QBoxLayout* m_columns;
    QWidget* m_side;
    Card* m_details;
    TextLabel* m_id;
    KeyValueGrid* m_values;
    HealthCard* m_health;
    Card* m_ports;
    QWidget* m_addPort = nullptr;
    QGridLayout* m_portGrid;
    Card* m_storage;
    QGridLayout* m_storageGrid;
    UsageCard* m_cpu;
    UsageCard* m_memory;
    UsageCard* m_network;
    Card* m_limits;
    Meter* m_memoryMeter;
    Meter* m_cpuMeter;
    Meter* m_processMeter;
    Meter* m_writtenMeter;
    Request m_sizeRequest;
    WalkMemory m_sizes;
    std::optional<std::uint64_t> m_written;  ///< bytes of its own files; none: not measured
    bool m_active = false;
    Card* m_idMap;
    IdMapView* m_idMapView;
    TextLabel* m_idMapText;
    Card* m_command;
    CodeBox* m_commandBox;
    Card* m_events;
    QGridLayout* m_eventGrid;
    QPushButton* m_allEvents;
    /// What the cards show: published ports, those of the image, and whether it runs.
    std::optional<std::tuple<std::vector<net::PortMapping>, std::vector<std::uint16_t>, bool>> m_shownPorts;
    std::optional<std::vector<types::MountSpec>> m_shownMounts;
    bool m_everyEvent = false;  ///< all events, not only the last
    QString m_shownEvents;      ///< in words, to see whether they change
    std::vector<std::uint16_t> m_exposed;
    std::vector<std::string> m_commandWords;
    std::string m_containerId;
    std::optional<types::ResourceSpec> m_resources;  ///< limits that were asked for, when known
};

}  // namespace coracle::gui
