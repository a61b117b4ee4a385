// SPDX-License-Identifier: Apache-2.0
// Files on their way into and out of a container, and back to what the image has.
#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/drag_out.h"
#include "gui/views/file_moves.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "gui/widgets/toast_host.h"

#include <QPointer>

namespace coracle::gui {
void FilesTab::download() {
    const std::string path = currentPath();
    if (path.empty()) {
        return;
    }
    askToSave(this, m_context, *m_model, path,
              [this, path, id = m_id](Task* task, const QString& target, auto moved, auto done) {
                  return copyOut(task, id, path, target, std::move(moved), std::move(done));
              });
}

Request FilesTab::copyOut(Task* task, const std::string& id, const std::string& path, const QString& target,
                          std::function<void(const std::uint64_t&)> moved, Done<types::CopyReport> done) {
    return m_context.engine.copyFiles(task, {.container = id, .path = path, .fd = -1},
                                      {.container = {}, .path = target.toStdString(), .fd = -1},
                                      std::move(moved), std::move(done));
}

/// A file that was written since is another one.
void FilesTab::dragOut(const QModelIndex& index) {
    const std::string path = FileTreeModel::pathOf(index);
    const types::Change* change = m_model->changes().find(path);
    const types::ImageFile* file = change != nullptr && change->now ? &*change->now : m_model->file(path);
    const QString key = QStringLiteral("%1:%2:%3")
                            .arg(QString::fromStdString(m_id), format::text(path))
                            .arg(file == nullptr ? 0 : file->mtimeNs);
    m_dragOut->begin(fileNameOf(path), key,
                     [this, path, id = m_id](Task* task, const QString& target, auto moved, auto done) {
                         return copyOut(task, id, path, target, std::move(moved), std::move(done));
                     });
}

void FilesTab::upload(UploadKind kind) {
    const std::string folder = currentFolder();
    askForUpload(this, m_context, kind, folder,
                 [this, folder](const QStringList& paths) { uploadFiles(paths, folder); });
}

void FilesTab::uploadFiles(const QStringList& paths, const std::string& folder) {
    askBeforeReplacing(this, m_context, *m_model, paths, folder, [this, paths, folder] {
        for (const QString& path : paths) {
            copyIn(path, folder);
        }
    });
}

void FilesTab::copyIn(const QString& path, const std::string& folder) {
    runUpload(
        m_context, path, folder,
        [this, folder](Task* task, const QString& source, auto moved, auto done) {
            return m_context.engine.copyFiles(
                task, {.container = {}, .path = source.toStdString(), .fd = -1},
                {.container = m_id, .path = folder == "/" ? folder : folder + "/", .fd = -1},
                std::move(moved), std::move(done));
        },
        [self = QPointer(this), folder, id = m_id] {
            if (!self.isNull() && self->m_id == id) {
                self->askForFolder(folder);
                self->askForChanges();
            }
        });
}

void FilesTab::runRestore(const std::vector<std::string>& paths, const TaskWords& words,
                          const QString& done) {
    auto request = std::make_shared<Request>();  // as above
    Task* task = m_context.tasks.add(words, QStringLiteral("undo"), [request] { request->cancel(); });
    *request = m_context.engine.restorePaths(
        task, m_id, paths, [task, paths, done, self = QPointer(this), id = m_id](const Result<>& restored) {
            endTask(task, restored ? std::nullopt : std::optional(restored.error()), done);
            if (!self.isNull() && self->m_id == id) {
                if (restored) {
                    self->forgetChanges(paths);
                }
                self->refresh();
            }
        });
}

/// What was changed or deleted is lost to nobody but the container; what was added has no other copy.
void FilesTab::restore() {
    const std::string path = currentPath();
    const char change = m_model->change(path);
    if (change == 0) {
        return;
    }
    const QString name = fileNameOf(path);
    const TaskWords restoring{tr("Restoring %1").arg(name), tr("Could not restore %1").arg(name)};
    if (change == 'D') {
        runRestore({path}, restoring, tr("%1 is back").arg(name));
        return;
    }
    Question question;
    question.title = change == 'A' ? tr("Delete %1?").arg(name) : tr("Restore %1?").arg(name);
    question.text = change == 'A' ? tr("The container made it: there is no other copy.")
                                  : tr("What was changed in it since the image is lost.");
    question.confirm = change == 'A' ? tr("Delete") : tr("Restore");
    question.iconName = change == 'A' ? QString() : QStringLiteral("undo");
    question.losesData = true;
    m_context.prompt.ask(this, question, [this, path, name, change, restoring](const Reply& reply) {
        if (reply.accepted) {
            const TaskWords deleting{tr("Deleting %1").arg(name), tr("Could not delete %1").arg(name)};
            runRestore({path}, change == 'A' ? deleting : restoring,
                       change == 'A' ? tr("%1 is deleted").arg(name) : tr("%1 is as in the image").arg(name));
        }
    });
}

void FilesTab::discard() {
    const auto paths = m_model->restorable();
    const auto& counts = m_model->counts();
    Question question;
    question.title = tr("Discard all changes of %1?").arg(format::text(m_name));
    question.text = tr("Its files become those of the image. Volumes and shared folders are left alone.");
    if (counts.added > 0) {
        question.points.append(tr("%Ln added files are deleted for good", nullptr, counts.added));
    }
    if (counts.modified > 0) {
        question.points.append(tr("%Ln modified files lose what was changed", nullptr, counts.modified));
    }
    if (counts.deleted > 0) {
        question.points.append(tr("%Ln deleted files come back", nullptr, counts.deleted));
    }
    question.notes.append(tr("“Save as image…” keeps a copy of all that is there now."));
    question.confirm = tr("Discard changes");
    question.losesData = true;
    question.typed = format::text(m_name);
    m_context.prompt.ask(this, question, [this, paths](const Reply& reply) {
        if (reply.accepted) {
            runRestore(paths,
                       {tr("Discarding changes of %1").arg(format::text(m_name)),
                        tr("Could not discard the changes of %1").arg(format::text(m_name))},
                       tr("Its files are those of the image"));
        }
    });
}

void FilesTab::commit() {
    TextQuestion question;
    question.title = tr("Save %1 as an image").arg(format::text(m_name));
    question.label = tr("Name of the image");
    question.text = format::text(m_name) + QStringLiteral(":saved");
    question.confirm = tr("Save image");
    question.problem = [](const QString& text) {
        return text.trimmed().isEmpty() || text.contains(QLatin1Char(' '))
                   ? tr("A name has no blanks: team/app:2")
                   : QString();
    };
    m_context.prompt.askText(this, question, [this, id = m_id](const std::optional<QString>& name) {
        if (!name) {
            return;
        }
        auto request = std::make_shared<Request>();  // as above
        Task* task = m_context.tasks.add({tr("Saving %1 as an image").arg(format::text(m_name)),
                                          tr("Could not save %1 as an image").arg(format::text(m_name))},
                                         QStringLiteral("image"), [request] { request->cancel(); });
        types::CommitOptions options;
        options.name = name->trimmed().toStdString();
        *request = m_context.engine.commitContainer(
            task, id, options,
            [task, name = name->trimmed(), context = m_context](const Result<types::MadeImage>& made) {
                endTask(task, made ? std::nullopt : std::optional(made.error()), tr("Saved as %1").arg(name));
                context.state.refreshImages();
            });
    });
}

}  // namespace coracle::gui
