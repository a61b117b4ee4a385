// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <utility>
#include <vector>

class QObject;

namespace coracle::gui {

/// What `--env-file` would take from a file.
struct EnvFileFacts {
    QString problem;  ///< why it cannot be read; empty: it can
    std::vector<std::pair<QString, QString>> pairs;
};

/// Asks for a file's variables; the answer comes later on the thread of `context`, or never when that dies.
using EnvFileReader = std::function<void(QObject* context, const QString& path,
                                         const std::function<void(const EnvFileFacts&)>& done)>;

/// Reads it at once; may block on the disk.
EnvFileFacts readEnvFile(const QString& path);
/// Reads in a thread of the pool.
EnvFileReader threadedEnvFileReader();

}  // namespace coracle::gui
