// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"
#include "gui/widgets/page_scroll.h"

#include <optional>

class QBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace coracle::gui {

class AccessCard;
class Banner;
class Card;
class Chip;
class FlowLayout;
class TextLabel;

/// What a container can reach and what holds it back: read from the documents that the runtime obeys and from
/// the kernel, not derived from options. Nothing is changed here, because a container keeps its permissions
/// for life; "Change in a copy" opens the run dialog with the same settings.
class PermissionsTab : public PageScroll, public ContainerTab {
    Q_OBJECT
public:
    explicit PermissionsTab(const PageContext& context);

    using PageScroll::widget;
    QWidget* widget() override { return this; }
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showDetails(const types::ContainerDetails& details) override;
    void showDetailsProblem(const QString& words) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildReach();
    QWidget* buildCapabilities();
    QWidget* buildIsolation();
    void ask();
    void show(const types::Confinement& confinement);
    void showReach(const types::Confinement& confinement);
    void showCapabilities(const types::Confinement& confinement);
    void showIsolation(const types::Confinement& confinement);

    PageContext m_context;
    std::string m_id;
    bool m_active = false;
    std::optional<types::ContainerDetails> m_details;
    Request m_request;
    Banner* m_banner;
    QBoxLayout* m_columns;
    QVBoxLayout* m_reach = nullptr;
    QPushButton* m_change = nullptr;
    TextLabel* m_capabilityCount = nullptr;
    FlowLayout* m_capabilities = nullptr;
    TextLabel* m_dropped = nullptr;
    Card* m_isolation = nullptr;
    Chip* m_verdict = nullptr;
    QVBoxLayout* m_isolationRows = nullptr;
    AccessCard* m_access = nullptr;
};

}  // namespace coracle::gui
