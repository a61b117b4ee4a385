// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/copy.h"
#include "gui/engine_service.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <string>

class QWidget;

namespace coracle::gui {

class FileTreeModel;
class Task;
struct PageContext;

/// What is asked before files go into or out of a container or a volume, and the tasks that they become. Who
/// calls says how one file is copied.
using StartCopy =
    std::function<Request(Task* task, const QString& path, std::function<void(const std::uint64_t&)> moved,
                          Done<types::CopyReport> done)>;

/// The last name of a path, for words.
QString fileNameOf(const std::string& path);
void endTask(Task* task, const std::optional<Error>& error, const QString& done);

/// Ask where a file or folder of the model goes on this computer, and copy it there: `start` gets the target.
void askToSave(QWidget* parent, const PageContext& context, const FileTreeModel& model,
               const std::string& path, const StartCopy& start);
/// What the chooser of the desktop can choose at once.
enum class UploadKind : std::uint8_t { Files, Folder };

/// Ask for files of this computer, or for a folder, to go into a folder.
void askForUpload(QWidget* parent, const PageContext& context, UploadKind kind, const std::string& folder,
                  std::function<void(const QStringList&)> chosen);
/// Ask when the folder has files of these names already; `go` otherwise, or when they may be replaced.
void askBeforeReplacing(QWidget* parent, const PageContext& context, const FileTreeModel& model,
                        const QStringList& paths, const std::string& folder, std::function<void()> go);
/// Copy one file of this computer into a folder: `start` gets the source; `after` is called at the end, also
/// after a failure.
void runUpload(const PageContext& context, const QString& path, const std::string& folder,
               const StartCopy& start, std::function<void()> after);

}  // namespace coracle::gui
