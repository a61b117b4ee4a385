// SPDX-License-Identifier: Apache-2.0
#include "gui/views/inspect_tab.h"

#include "gui/views/json_panel.h"
#include "gui/views/json_view.h"
#include "gui/widgets/segments.h"

#include <QVBoxLayout>

namespace coracle::gui {

InspectTab::InspectTab(const PageContext& context) : m_context(context), m_documents(new Segments) {
    setObjectName(QStringLiteral("inspect"));
    m_documents->setSmall();
    m_documents->setObjectName(QStringLiteral("inspect.document"));
    m_documents->add(QStringLiteral("container"), tr("Container"));
    m_documents->add(QStringLiteral("oci"), tr("OCI config"));
    m_documents->add(QStringLiteral("image"), tr("Image"));
    m_documents->add(QStringLiteral("state"), tr("State"));
    m_documents->setCurrent(Container);
    connect(m_documents, &Segments::currentChanged, this, &InspectTab::choose);
    m_panel = new JsonPanel(QStringLiteral("inspect"), context.prompt, m_documents);
    connect(m_panel, &JsonPanel::retryWanted, this, [this] { ask(m_documents->current()); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_panel);
}

void InspectTab::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_imageId.clear();
    m_container.clear();
    m_texts.clear();
    m_missing = false;
    m_request.cancel();
    m_panel->clear();
}

void InspectTab::setActive(bool active) {
    m_active = active;
    if (active) {
        choose();
    }
}

void InspectTab::showSummary(const types::ContainerSummary& row) {
    m_imageId = row.imageId;
}

void InspectTab::showDetails(const types::ContainerDetails& details) {
    m_container = QByteArray::fromStdString(details.inspectJson);
    m_texts.erase(Runtime);  // a start or an update writes it anew
    if (m_active) {
        choose();
    }
}

void InspectTab::showDetailsProblem(const QString& words) {
    m_missing = !words.isEmpty() && m_container.isEmpty();
    if (m_active && m_missing) {
        choose();
    }
}

void InspectTab::choose() {
    const int document = m_documents->current();
    m_panel->hideProblem();
    if (document == Container || document == State) {
        if (!m_container.isEmpty()) {
            m_panel->show(m_container, document == State ? QStringLiteral("State") : QString(), document);
        } else if (m_missing) {
            m_panel->showNothing(document);
        }
        return;
    }
    const auto known = m_texts.find(document);
    if (known != m_texts.end()) {
        m_panel->show(known->second, {}, document);
        return;
    }
    ask(document);
}

void InspectTab::ask(int document) {
    m_request.cancel();
    if (document == Runtime) {
        m_request = m_context.engine.runtimeConfig(
            this, m_id, [this, document, id = m_id](const Result<std::string>& result) {
                if (id == m_id) {
                    take(document, result ? Result<QByteArray>(QByteArray::fromStdString(*result))
                                          : Result<QByteArray>(result.error()));
                }
            });
    } else if (document == Image) {
        m_request = m_context.engine.inspectImage(
            this, m_imageId, [this, document, id = m_id](const Result<types::ImageDetails>& result) {
                if (id == m_id) {
                    take(document, result ? Result<QByteArray>(QByteArray::fromStdString(result->inspectJson))
                                          : Result<QByteArray>(result.error()));
                }
            });
    }
}

void InspectTab::take(int document, const Result<QByteArray>& result) {
    if (result) {
        m_texts[document] = *result;
    }
    if (document != m_documents->current()) {
        return;
    }
    if (result) {
        m_panel->show(*result, {}, document);
    } else if (result.error().kind() != ErrorKind::Cancelled) {
        m_panel->showProblem(result.error(), document);
    }
}

QWidget* InspectTab::mainWidget() {
    return &m_panel->view();
}

bool InspectTab::focusSearch() {
    m_panel->focusSearch();
    return true;
}

}  // namespace coracle::gui
