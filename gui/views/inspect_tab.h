// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"

#include <QWidget>

#include <map>
#include <optional>

namespace coracle::gui {

class JsonPanel;
class Segments;

/// Everything that is recorded of a container, as it is recorded: the document of `inspect`, the file that
/// the runtime obeys, the image's document, and the state. Each is asked for when it is first chosen.
class InspectTab : public QWidget, public ContainerTab {
    Q_OBJECT
public:
    explicit InspectTab(const PageContext& context);

    QWidget* widget() override { return this; }
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showSummary(const types::ContainerSummary& row) override;
    void showDetails(const types::ContainerDetails& details) override;
    void showDetailsProblem(const QString& words) override;
    QWidget* mainWidget() override;
    bool focusSearch() override;

private:
    enum Document { Container, Runtime, Image, State };

    void choose();
    void ask(int document);
    void take(int document, const Result<QByteArray>& result);

    PageContext m_context;
    std::string m_id;
    std::string m_imageId;
    bool m_active = false;
    bool m_missing = false;             ///< there is no `inspect`, and the page says why
    QByteArray m_container;             ///< of `inspect`; empty until it came
    std::map<int, QByteArray> m_texts;  ///< the others, as far as they were asked for
    Request m_request;
    Segments* m_documents;
    JsonPanel* m_panel;
};

}  // namespace coracle::gui
