// SPDX-License-Identifier: Apache-2.0
// The files of a volume as a whole: into a tar, out of one, into another volume.
#include "core/types/run_command.h"
#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/list_table.h"

#include <QFileInfo>
#include <QPointer>
#include <QRegularExpression>

#include <memory>

namespace coracle::gui {

QString VolumesPage::nameProblem(const QString& name) const {
    if (!types::isObjectName(name.toStdString())) {
        return tr("A name has letters, digits, dots, dashes and underscores");
    }
    return m_model->find(name) >= 0 ? tr("A volume has this name already") : QString();
}

/// What is offered for a new one has to be free, or the person would look for what is wrong with it.
QString VolumesPage::freeName(const QString& wanted) const {
    QString name = wanted;
    for (int number = 2; m_model->find(name) >= 0; ++number) {
        name = QStringLiteral("%1-%2").arg(wanted).arg(number);
    }
    return name;
}

/// Runs as a task that can be cancelled; the new volume is shown when it is there. What was begun is
/// finished, also when the page is gone: the task asks, not the page.
void VolumesPage::fill(const TaskWords& words, const QString& icon, const QString& result,
                       const Starter& start) {
    auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
    Task* task = context().tasks.add(words, icon, [request] { request->cancel(); });
    task->setAnnounced();
    *request = start(
        *task, [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
        [task, result, self = QPointer(this),
         &state = context().state](const Result<types::VolumeSummary>& made) {
            made ? task->finish(result) : task->endWith(made.error());
            if (self && made) {
                self->m_wanted = format::text(made->name);
                self->m_tried.erase(self->m_wanted);  // it may have been measured before it was filled
            }
            state.refreshVolumes();
        });
}

void VolumesPage::clone() {
    const auto* volume = current();
    if (volume == nullptr) {
        return;
    }
    const QString source = format::text(volume->name);
    TextQuestion question;
    question.title = tr("Clone volume %1").arg(volumeTitle(*volume));
    question.label = tr("Name of the new volume");
    question.text = volume->anonymous ? QString() : freeName(source + QStringLiteral("-copy"));
    question.confirm = tr("Clone volume");
    question.problem = [this](const QString& text) { return nameProblem(text); };
    context().prompt.askText(this, question, [this, source](const std::optional<QString>& name) {
        if (!name) {
            return;
        }
        fill({tr("Cloning %1").arg(source), tr("Could not clone %1").arg(source)}, QStringLiteral("clone"),
             tr("Cloned as %1").arg(*name), [this, source, name = *name](Task& task, auto moved, auto done) {
                 return context().engine.cloneVolume(&task, source.toStdString(), name.toStdString(),
                                                     std::move(moved), std::move(done));
             });
    });
}

void VolumesPage::exportArchive() {
    const auto* volume = current();
    if (volume == nullptr) {
        return;
    }
    const QString name = format::text(volume->name);
    context().prompt.askFile(
        this,
        {.kind = FileQuestion::Kind::SaveFile,
         .title = tr("Export volume %1").arg(volumeTitle(*volume)),
         .directory = {},
         .suggestedName = name + QStringLiteral(".tar")},
        [this, name](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            auto request = std::make_shared<Request>();  // as above
            Task* task =
                context().tasks.add({tr("Exporting %1").arg(name), tr("Could not export %1").arg(name)},
                                    QStringLiteral("push"), [request] { request->cancel(); });
            task->setAnnounced();
            *request = context().engine.exportVolume(
                task, name.toStdString(), path->toStdString(),
                [task](const std::uint64_t& bytes) { task->setStep(format::bytes(bytes)); },
                [task, path = *path](const Result<>& done) {
                    done ? task->finish(tr("Exported as %1").arg(format::homePath(path.toStdString())))
                         : task->endWith(done.error());
                });
        });
}

void VolumesPage::importArchive() {
    const FileQuestion question{.kind = FileQuestion::Kind::OpenFile,
                                .title = tr("Make a volume of an archive"),
                                .directory = {},
                                .suggestedName = {}};
    context().prompt.askFile(this, question, [this](const std::optional<QString>& path) {
        if (!path) {
            return;
        }
        TextQuestion named;
        named.title = tr("Import %1").arg(QFileInfo(*path).fileName());
        named.label = tr("Name of the new volume");
        static const QRegularExpression strange(QStringLiteral("[^A-Za-z0-9_.-]"));
        named.text =
            freeName(QFileInfo(*path).fileName().section(QStringLiteral(".tar"), 0, 0).replace(strange, {}));
        named.confirm = tr("Import");
        named.problem = [this](const QString& text) { return nameProblem(text); };
        context().prompt.askText(this, named, [this, path = *path](const std::optional<QString>& name) {
            if (!name) {
                return;
            }
            fill({tr("Importing %1").arg(*name), tr("Could not import %1").arg(*name)},
                 QStringLiteral("archive"), tr("Imported as %1").arg(*name),
                 [this, path, name = *name](Task& task, auto moved, auto done) {
                     return context().engine.importVolume(&task, name.toStdString(), path.toStdString(),
                                                          std::move(moved), std::move(done));
                 });
        });
    });
}

}  // namespace coracle::gui
