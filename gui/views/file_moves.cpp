// SPDX-License-Identifier: Apache-2.0
#include "gui/views/file_moves.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/file_tree_model.h"
#include "gui/models/task_list.h"
#include "gui/views/files_tab.h"

#include <QDir>
#include <QFileInfo>

#include <memory>
#include <utility>

namespace coracle::gui {

QString fileNameOf(const std::string& path) {
    return format::text(path.substr(path.rfind('/') + 1));
}

void endTask(Task* task, const std::optional<Error>& error, const QString& done) {
    error ? task->endWith(*error) : task->finish(done);
}

void askToSave(QWidget* parent, const PageContext& context, const FileTreeModel& model,
               const std::string& path, const StartCopy& start) {
    const types::ImageFile* file = model.file(path);
    const bool folder = file != nullptr && file->kind == types::ImageFileKind::Folder;
    const QString name = fileNameOf(path);
    const FileQuestion question{
        .kind = folder ? FileQuestion::Kind::Folder : FileQuestion::Kind::SaveFile,
        .title = folder ? FilesTab::tr("Save %1 into").arg(name) : FilesTab::tr("Save %1").arg(name),
        .directory = {},
        .suggestedName = folder ? QString() : name};
    context.prompt.askFile(
        parent, question, [&tasks = context.tasks, name, start](const std::optional<QString>& target) {
            if (!target) {
                return;
            }
            auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
            Task* task = tasks.add(
                {FilesTab::tr("Downloading %1").arg(name), FilesTab::tr("Could not download %1").arg(name)},
                QStringLiteral("pull"), [request] { request->cancel(); });
            task->setAnnounced();  // nothing else in the window tells that it is there
            *request = start(
                task, *target, [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
                [task, target = *target](const Result<types::CopyReport>& copied) {
                    endTask(task, copied ? std::nullopt : std::optional(copied.error()),
                            FilesTab::tr("Saved as %1").arg(format::homePath(target.toStdString())));
                });
        });
}

void askForUpload(QWidget* parent, const PageContext& context, UploadKind kind, const std::string& folder,
                  std::function<void(const QStringList&)> chosen) {
    const QString into = format::text(folder);
    if (kind == UploadKind::Folder) {
        context.prompt.askFile(parent,
                               {.kind = FileQuestion::Kind::Folder,
                                .title = FilesTab::tr("Copy a folder into %1").arg(into),
                                .directory = {},
                                .suggestedName = {}},
                               [chosen = std::move(chosen)](const std::optional<QString>& path) {
                                   if (path) {
                                       chosen({*path});
                                   }
                               });
        return;
    }
    context.prompt.askFiles(parent,
                            {.kind = FileQuestion::Kind::OpenFile,
                             .title = FilesTab::tr("Copy files into %1").arg(into),
                             .directory = {},
                             .suggestedName = {}},
                            [chosen = std::move(chosen)](const QStringList& paths) {
                                if (!paths.isEmpty()) {
                                    chosen(paths);
                                }
                            });
}

void askBeforeReplacing(QWidget* parent, const PageContext& context, const FileTreeModel& model,
                        const QStringList& paths, const std::string& folder, std::function<void()> go) {
    QStringList taken;
    for (const QString& path : paths) {
        const std::string name = QFileInfo(path).fileName().toStdString();
        if (model.file(folder == "/" ? "/" + name : folder + "/" + name) != nullptr) {
            taken.append(format::text(name));
        }
    }
    if (taken.isEmpty()) {
        go();
        return;
    }
    Question question;
    question.title = taken.size() == 1 ? FilesTab::tr("Replace %1?").arg(taken.first())
                                       : FilesTab::tr("Replace %Ln files?", nullptr, int(taken.size()));
    question.text =
        FilesTab::tr("%1 has files of these names; what is in them is lost.").arg(format::text(folder));
    question.points = taken;
    question.confirm = FilesTab::tr("Replace");
    context.prompt.ask(parent, question, [go = std::move(go)](const Reply& reply) {
        if (reply.accepted) {
            go();
        }
    });
}

void runUpload(const PageContext& context, const QString& path, const std::string& folder,
               const StartCopy& start, std::function<void()> after) {
    auto request = std::make_shared<Request>();  // as in askToSave()
    Task* task = context.tasks.add({FilesTab::tr("Uploading %1").arg(QFileInfo(path).fileName()),
                                    FilesTab::tr("Could not upload %1").arg(QFileInfo(path).fileName())},
                                   QStringLiteral("push"), [request] { request->cancel(); });
    *request = start(
        task, QDir::cleanPath(path),
        [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
        [task, folder, after = std::move(after)](const Result<types::CopyReport>& copied) {
            endTask(task, copied ? std::nullopt : std::optional(copied.error()),
                    FilesTab::tr("Copied into %1").arg(format::text(folder)));
            after();
        });
}

}  // namespace coracle::gui
