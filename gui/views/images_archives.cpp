// SPDX-License-Identifier: Apache-2.0
// Images that come from a file.
#include "gui/dialogs/import_dialog.h"
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/images_page.h"
#include "gui/widgets/toast_host.h"

#include <QFileInfo>

namespace coracle::gui {

void ImagesPage::load() {
    context().prompt.askFile(
        this,
        {.kind = FileQuestion::Kind::OpenFile,
         .title = tr("Load images from an archive"),
         .directory = {},
         .suggestedName = {}},
        [this](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
            Task* task = context().tasks.add({tr("Loading %1").arg(QFileInfo(*path).fileName()),
                                              tr("Could not load %1").arg(QFileInfo(*path).fileName())},
                                             QStringLiteral("archive"), [request] { request->cancel(); });
            task->setAnnounced();
            *request = context().engine.loadImages(
                task, path->toStdString(),
                [task, context = context()](const Result<std::vector<types::LoadedImage>>& done) {
                    context.state.refreshImages();
                    if (!done) {
                        task->endWith(done.error());
                        return;
                    }
                    QStringList names;
                    for (const types::LoadedImage& image : *done) {
                        names.append(image.names.empty() ? format::shortId(image.id)
                                                         : format::text(image.names.front()));
                    }
                    task->finish(tr("Loaded %1").arg(names.join(QStringLiteral(", "))));
                });
        });
}

void ImagesPage::importTar() {
    context().prompt.askFile(this,
                             {.kind = FileQuestion::Kind::OpenFile,
                              .title = tr("Make an image of the files of a tar"),
                              .directory = {},
                              .suggestedName = {}},
                             [this](const std::optional<QString>& path) {
                                 if (!path) {
                                     return;
                                 }
                                 auto* dialog = new ImportDialog(*path, window());
                                 dialog->setAttribute(Qt::WA_DeleteOnClose);
                                 connect(dialog, &QDialog::accepted, this, [this, dialog, path = *path] {
                                     runImport(path, dialog->options());
                                 });
                                 dialog->open();
                             });
}

void ImagesPage::runImport(const QString& file, const types::ImportOptions& options) {
    const QString name = QFileInfo(file).fileName();
    auto request = std::make_shared<Request>();  // as above
    Task* task = context().tasks.add({tr("Importing %1").arg(name), tr("Could not import %1").arg(name)},
                                     QStringLiteral("archive"), [request] { request->cancel(); });
    task->setAnnounced();
    *request = context().engine.importImage(
        task, file.toStdString(), options,
        [task, context = context(), options](const Result<types::MadeImage>& made) {
            context.state.refreshImages();
            if (!made) {
                task->endWith(made.error());
                return;
            }
            task->finish(tr("Imported as %1").arg(format::text(options.name)));
            if (!made->warnings.empty()) {
                ToastSpec toast;
                toast.iconName = QStringLiteral("warn");
                toast.iconToken = Token::Warn;
                toast.title = tr("Imported as %1").arg(format::text(options.name));
                toast.text = format::sentence(made->warnings.front());
                context.toasts.show(toast);
            }
        });
}

}  // namespace coracle::gui
