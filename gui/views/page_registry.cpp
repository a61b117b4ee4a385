// SPDX-License-Identifier: Apache-2.0
#include "gui/views/page_registry.h"

#include "gui/models/engine_state.h"

#include <QCoreApplication>

#include <algorithm>

namespace coracle::gui {

const PageEntry* PageRegistry::find(const QString& name) const {
    const auto found =
        std::find_if(pages.begin(), pages.end(), [&](const PageEntry& entry) { return entry.name == name; });
    return found == pages.end() ? nullptr : &*found;
}

PageRegistry defaultPages() {
    PageRegistry registry;
    return registry;
}

}  // namespace coracle::gui
