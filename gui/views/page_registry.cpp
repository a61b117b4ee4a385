// SPDX-License-Identifier: Apache-2.0
#include "gui/views/page_registry.h"

#include "gui/models/engine_state.h"
#include "gui/views/container_page.h"
#include "gui/views/containers_page.h"
#include "gui/views/image_page.h"
#include "gui/views/run_parts.h"

#include <QCoreApplication>

#include <algorithm>

namespace coracle::gui {

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("PageRegistry", text);
}

}  // namespace

const PageEntry* PageRegistry::find(const QString& name) const {
    const auto found =
        std::find_if(pages.begin(), pages.end(), [&](const PageEntry& entry) { return entry.name == name; });
    return found == pages.end() ? nullptr : &*found;
}

PageRegistry defaultPages() {
    PageRegistry registry;
    registry.pages.push_back({
        .name = QStringLiteral("containers"),
        .title = words(QT_TRANSLATE_NOOP("PageRegistry", "Containers")),
        .iconName = QStringLiteral("container"),
        .where = PageEntry::Where::Top,
        .parent = {},
        .make = [](const PageContext& context) -> Page* { return new ContainersPage(context); },
        .count = [](const EngineState& state) { return int(state.containers().rows.size()); },
    });
    registry.pages.push_back({
        .name = QStringLiteral("container"),
        .title = {},
        .iconName = {},
        .where = PageEntry::Where::Hidden,
        .parent = QStringLiteral("containers"),
        .make = [](const PageContext& context) -> Page* { return new ContainerPage(context); },
        .count = {},
    });
    registry.pages.push_back({
        .name = QStringLiteral("image"),
        .title = {},
        .iconName = {},
        .where = PageEntry::Where::Hidden,
        .parent = QStringLiteral("images"),
        .make = [](const PageContext& context) -> Page* { return new ImagePage(context); },
        .count = {},
    });
    addRunParts(registry);
    return registry;
}

}  // namespace coracle::gui
