// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QObject;

namespace coracle::gui {

/// How a command of the doctor ended.
struct FixResult {
    bool ok = false;
    QString output;  ///< what the command printed, at most kMaxFixOutput bytes
};

/// Bytes of output that are handed on; the rest is dropped.
inline constexpr int kMaxFixOutput = 4096;

/// Runs the command of a CheckFix of kind Run and calls back on the GUI thread; dropped when `context` goes.
using FixRunner =
    std::function<void(QObject* context, const QString& command, std::function<void(const FixResult&)> done)>;

/// The real one: words split as a shell would, without a shell, on a worker thread. The command is text of
/// our own engine, never of a stranger.
FixRunner spawningFixRunner();

}  // namespace coracle::gui
