// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/layer_model.h"

#include <QString>

class QLineEdit;
class QPushButton;
class QWidget;

namespace coracle::gui {

class KeepChoice;
class ListTable;

/// What the dialogs that move images have in common.

/// An input below its title, which becomes its accessible name. Owned by the caller's layout.
QWidget* makeField(const QString& title, QWidget* input);

/// User name, password and the button beside each other, the place of the password below; hidden until a
/// registry asks. The inputs get the object names "<prefix>.user" and "<prefix>.password"; all become
/// children of what is returned.
QWidget* makeLoginRow(const QString& prefix, QLineEdit& user, QLineEdit& password, KeepChoice& keep,
                      QPushButton& logIn, QWidget* parent);

/// Rows with the state and the bar of a layer; nothing in it can be chosen.
void dressLayerTable(ListTable& table);

/// Show these layers, with the widths of the columns.
void showLayers(ListTable& table, LayerModel& layers);

}  // namespace coracle::gui
