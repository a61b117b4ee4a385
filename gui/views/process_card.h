// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/process_model.h"
#include "gui/views/page.h"
#include "gui/widgets/card.h"

class QPushButton;

namespace coracle::gui {

class ListTable;

/// The processes of a running container, and how to end one of them. It looks when it is told to: the tab
/// that shows it does so while somebody can see it.
class ProcessCard : public Card {
    Q_OBJECT
public:
    explicit ProcessCard(const PageContext& context, QWidget* parent = nullptr);

    /// Another container: forget what was known.
    void setContainer(const std::string& id);
    /// Look now; nothing while a look is under way.
    void look();

private:
    void buildHead();
    void buildTable();
    void take(const Result<std::vector<types::ProcessInfo>>& processes);
    void updateButtons();
    const ProcessRow* selected() const;
    void ask(const char* signal);
    void send(const types::ProcessInfo& process, const QString& words, const std::string& signal);
    void showMenu(const QPoint& position);

    PageContext m_context;
    std::string m_id;
    ProcessModel m_model;
    Request m_looking;
    TextLabel* m_count = nullptr;
    QPushButton* m_end = nullptr;
    QPushButton* m_kill = nullptr;
    ListTable* m_table = nullptr;
};

}  // namespace coracle::gui
