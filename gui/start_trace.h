// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace coracle::gui {

/// With CORACLE_TRACE_START in the environment: write "first-paint <ms>" to standard error when the widget
/// was painted for the first time, counted from the start of the process. The kernel tells the start in
/// hundredths of a second.
void traceFirstPaint(QWidget& widget);

}  // namespace coracle::gui
