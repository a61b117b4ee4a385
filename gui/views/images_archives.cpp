// SPDX-License-Identifier: Apache-2.0
// Images that come from a file.
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/views/images_page.h"

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

}  // namespace coracle::gui
