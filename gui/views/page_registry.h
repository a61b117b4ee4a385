// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/views/page.h"

#include <functional>
#include <memory>
#include <vector>

namespace coracle::gui {

/// An entry of the window: how a page is made and where the sidebar names it.
struct PageEntry {
    enum class Where : std::uint8_t {
        Top,     ///< the main list of the sidebar
        Bottom,  ///< System, Settings
        Hidden,  ///< reached from another page
    };
    QString name;   ///< "images"
    QString title;  ///< translated; empty for hidden ones
    QString iconName;
    Where where = Where::Top;
    QString parent;  ///< hidden pages: the entry that stays marked in the sidebar
    std::function<Page*(const PageContext&)> make;
    /// Number beside the name; negative: none.
    std::function<int(const EngineState&)> count;
};

/// Pages and dialogs that the window is put together from; filled by registerPages().
struct PageRegistry {
    std::vector<PageEntry> pages;
    /// Open a dialog over `parent` with open(); none: not available.
    std::function<void(QWidget* parent, const PageContext&, const types::RunSpec& prefill)> openRunDialog;
    std::function<void(QWidget* parent, const PageContext&, const std::string& id, const QString& section)>
        openEditDialog;
    std::function<void(QWidget* parent, const PageContext&, const QString& reference)> openPullDialog;
    std::function<void(QWidget* parent, const PageContext&, const QString& reference)> openPushDialog;

    /// Null when there is no page of that name.
    const PageEntry* find(const QString& name) const;
};

/// The one table of everything that the window can show (gui/views/page_registry.cpp).
PageRegistry defaultPages();

}  // namespace coracle::gui
