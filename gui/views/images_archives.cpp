// SPDX-License-Identifier: Apache-2.0
// Images as files, and how they were made: what the menu of a row leads to.
#include "gui/dialogs/history_dialog.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/images_page.h"
#include "gui/widgets/toast_host.h"

#include <QFileInfo>

namespace coracle::gui {

void ImagesPage::showHistory(const ImageRow& row) {
    auto* dialog = new HistoryDialog(context(), row.key, familiarImageName(row.key), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ImagesPage::save(const ImageRow& row) {
    const QString name = familiarImageName(row.key);
    QString file = name;
    file.replace(QLatin1Char('/'), QLatin1Char('-')).replace(QLatin1Char(':'), QLatin1Char('-'));
    context().prompt.askFile(
        this,
        {.kind = FileQuestion::Kind::SaveFile,
         .title = tr("Save %1").arg(name),
         .directory = {},
         .suggestedName = file + QStringLiteral(".tar")},
        [this, name, key = row.key](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
            Task* task = context().tasks.add(tr("Saving %1").arg(name), QStringLiteral("save"),
                                             [request] { request->cancel(); });
            // What was begun is finished, also when the page is gone: the task asks, not the page.
            *request = context().engine.saveImages(
                task, {key.toStdString()}, types::ArchiveFormat::DockerArchive, path->toStdString(),
                [task, path = *path](const Result<>& done) {
                    done ? task->finish(tr("Saved as %1").arg(format::homePath(path.toStdString())))
                         : task->endWith(done.error());
                });
        });
}

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
            auto request = std::make_shared<Request>();  // as above
            Task* task = context().tasks.add(tr("Loading %1").arg(QFileInfo(*path).fileName()),
                                             QStringLiteral("archive"), [request] { request->cancel(); });
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
                    context.toasts.show({.iconName = QStringLiteral("okc"),
                                         .iconToken = Token::Ok,
                                         .title = tr("%Ln images loaded", nullptr, int(names.size())),
                                         .text = names.join(QStringLiteral(", ")),
                                         .actions = {},
                                         .timeoutMs = 6000,
                                         .expired = {}});
                });
        });
}

}  // namespace coracle::gui
