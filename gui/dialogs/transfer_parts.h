// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/layer_model.h"

#include <QString>

class QWidget;

namespace coracle::gui {

class ListTable;

/// What the dialogs that move images have in common.

/// An input below its title, which becomes its accessible name. Owned by the caller's layout.
QWidget* makeField(const QString& title, QWidget* input);

/// Rows with the state and the bar of a layer; nothing in it can be chosen.
void dressLayerTable(ListTable& table);

/// Show these layers, with the widths of the columns.
void showLayers(ListTable& table, LayerModel& layers);

}  // namespace coracle::gui
