// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "gui/views/page.h"

#include <QScrollArea>

class QBoxLayout;
class QGridLayout;
class QVBoxLayout;

namespace coracle::gui {

class Card;
class CodeBox;
class IdMapView;
class KeyValueGrid;
class TextLabel;

/// Cards with what is known of a container. A card is there only when there is something to say: no number is
/// invented.
class OverviewTab : public QScrollArea {
    Q_OBJECT
public:
    explicit OverviewTab(const PageContext& context);

    void showSummary(const types::ContainerSummary& row);
    /// Only what changes with the time.
    void showStarted(const types::ContainerSummary& row);
    void showDetails(const types::ContainerDetails& details);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildMain();
    QWidget* buildSide();
    void showPorts(const types::ContainerSummary& row, const std::vector<std::uint16_t>& exposed);
    void showStorage(const types::ContainerSummary& row);
    void showEvents(const types::ContainerSummary& row);
    void showIdMap(const types::ContainerDetails& details);
    static void clearGrid(QGridLayout& grid);
    static void addHead(QGridLayout& grid, const QStringList& words);

    PageContext m_context;
    QBoxLayout* m_columns;
    QWidget* m_side;
    Card* m_details;
    TextLabel* m_id;
    KeyValueGrid* m_values;
    Card* m_ports;
    QGridLayout* m_portGrid;
    Card* m_storage;
    QGridLayout* m_storageGrid;
    Card* m_idMap;
    IdMapView* m_idMapView;
    TextLabel* m_idMapText;
    Card* m_command;
    CodeBox* m_commandBox;
    Card* m_events;
    QGridLayout* m_eventGrid;
    std::vector<std::uint16_t> m_exposed;
    std::vector<std::string> m_commandWords;
    std::string m_containerId;
};

}  // namespace coracle::gui
