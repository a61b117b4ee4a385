// SPDX-License-Identifier: Apache-2.0
// Files on their way into and out of a container, and back to what the image has.
#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/files_tab.h"
#include "gui/widgets/toast_host.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>

namespace coracle::gui {
namespace {

void endTask(Task* task, const std::optional<Error>& error, const QString& done) {
    error ? task->endWith(*error) : task->finish(done);
}

QString nameOf(const std::string& path) {
    return format::text(path.substr(path.rfind('/') + 1));
}

}  // namespace

void FilesTab::download() {
    const std::string path = currentPath();
    const types::ImageFile* file = m_model->file(path);
    if (path.empty()) {
        return;
    }
    const bool folder = file != nullptr && file->kind == types::ImageFileKind::Folder;
    const FileQuestion question{
        .kind = folder ? FileQuestion::Kind::Folder : FileQuestion::Kind::SaveFile,
        .title = folder ? tr("Save %1 into").arg(nameOf(path)) : tr("Save %1").arg(nameOf(path)),
        .directory = {},
        .suggestedName = folder ? QString() : nameOf(path)};
    m_context.prompt.askFile(this, question, [this, path, id = m_id](const std::optional<QString>& target) {
        if (!target) {
            return;
        }
        auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
        Task* task = m_context.tasks.add(tr("Downloading %1").arg(nameOf(path)), QStringLiteral("pull"),
                                         [request] { request->cancel(); });
        *request = m_context.engine.copyFiles(
            task, {.container = id, .path = path, .fd = -1},
            {.container = {}, .path = target->toStdString(), .fd = -1},
            [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
            [task, target = *target](const Result<types::CopyReport>& copied) {
                endTask(task, copied ? std::nullopt : std::optional(copied.error()),
                        tr("Saved as %1").arg(format::homePath(target.toStdString())));
            });
    });
}

void FilesTab::upload() {
    const std::string folder = currentFolder();
    m_context.prompt.askFile(this,
                             {.kind = FileQuestion::Kind::OpenFile,
                              .title = tr("Copy a file into %1").arg(format::text(folder)),
                              .directory = {},
                              .suggestedName = {}},
                             [this, folder](const std::optional<QString>& path) {
                                 if (path) {
                                     uploadFiles({*path}, folder);
                                 }
                             });
}

void FilesTab::uploadFiles(const QStringList& paths, const std::string& folder) {
    QStringList taken;
    for (const QString& path : paths) {
        const std::string name = QFileInfo(path).fileName().toStdString();
        if (m_model->file(folder == "/" ? "/" + name : folder + "/" + name) != nullptr) {
            taken.append(format::text(name));
        }
    }
    const auto copyAll = [this, paths, folder] {
        for (const QString& path : paths) {
            copyIn(path, folder);
        }
    };
    if (taken.isEmpty()) {
        copyAll();
        return;
    }
    Question question;
    question.title = taken.size() == 1 ? tr("Replace %1?").arg(taken.first())
                                       : tr("Replace %n files?", nullptr, int(taken.size()));
    question.text = tr("%1 has files of these names; what is in them is lost.").arg(format::text(folder));
    question.points = taken;
    question.confirm = tr("Replace");
    m_context.prompt.ask(this, question, [copyAll](const Reply& reply) {
        if (reply.accepted) {
            copyAll();
        }
    });
}

void FilesTab::copyIn(const QString& path, const std::string& folder) {
    auto request = std::make_shared<Request>();  // as in download()
    const QString name = QFileInfo(path).fileName();
    Task* task = m_context.tasks.add(tr("Uploading %1").arg(name), QStringLiteral("push"),
                                     [request] { request->cancel(); });
    *request = m_context.engine.copyFiles(
        task, {.container = {}, .path = QDir::cleanPath(path).toStdString(), .fd = -1},
        {.container = m_id, .path = folder == "/" ? folder : folder + "/", .fd = -1},
        [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
        [task, self = QPointer(this), folder, id = m_id](const Result<types::CopyReport>& copied) {
            endTask(task, copied ? std::nullopt : std::optional(copied.error()),
                    tr("Copied into %1").arg(format::text(folder)));
            if (!self.isNull() && self->m_id == id) {
                self->askForFolder(folder);
                self->askForChanges();
            }
        });
}

void FilesTab::runRestore(const std::vector<std::string>& paths, const QString& title, const QString& done) {
    auto request = std::make_shared<Request>();  // as above
    Task* task = m_context.tasks.add(title, QStringLiteral("undo"), [request] { request->cancel(); });
    *request = m_context.engine.restorePaths(
        task, m_id, paths, [task, done, self = QPointer(this), id = m_id](const Result<>& restored) {
            endTask(task, restored ? std::nullopt : std::optional(restored.error()), done);
            if (!self.isNull() && self->m_id == id) {
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
    const QString name = nameOf(path);
    if (change == 'D') {
        runRestore({path}, tr("Restoring %1").arg(name), tr("%1 is back").arg(name));
        return;
    }
    Question question;
    question.title = change == 'A' ? tr("Delete %1?").arg(name) : tr("Restore %1?").arg(name);
    question.text = change == 'A' ? tr("The container made it: there is no other copy.")
                                  : tr("What was changed in it since the image is lost.");
    question.confirm = change == 'A' ? tr("Delete") : tr("Restore");
    question.losesData = true;
    m_context.prompt.ask(this, question, [this, path, name, change](const Reply& reply) {
        if (reply.accepted) {
            runRestore({path}, change == 'A' ? tr("Deleting %1").arg(name) : tr("Restoring %1").arg(name),
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
        question.points.append(tr("%n added files are deleted for good", nullptr, counts.added));
    }
    if (counts.modified > 0) {
        question.points.append(tr("%n modified files lose what was changed", nullptr, counts.modified));
    }
    if (counts.deleted > 0) {
        question.points.append(tr("%n deleted files come back", nullptr, counts.deleted));
    }
    question.notes.append(tr("“Save as image…” keeps a copy of all that is there now."));
    question.confirm = tr("Discard changes");
    question.losesData = true;
    question.typed = format::text(m_name);
    m_context.prompt.ask(this, question, [this, paths](const Reply& reply) {
        if (reply.accepted) {
            runRestore(paths, tr("Discarding changes of %1").arg(format::text(m_name)),
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
        Task* task = m_context.tasks.add(tr("Saving %1 as an image").arg(format::text(m_name)),
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
