// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QDialog;
class QHBoxLayout;
class QVBoxLayout;

namespace coracle::gui {

/// The parts of a framed dialog; owned by it.
struct DialogFrame {
    QHBoxLayout* header;  ///< after the title
    QVBoxLayout* body;    ///< from edge to edge, without margins
    QHBoxLayout* footer;
};

/// A head with an icon and the window's title, which is shortened where it does not fit, over a line; what
/// comes between; a foot for buttons below another line. The window's title becomes the accessible name.
DialogFrame frameDialog(QDialog& dialog, const QString& iconName);

}  // namespace coracle::gui
