// SPDX-License-Identifier: Apache-2.0
#include "gui/views/page.h"

#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/views/page_header.h"
#include "gui/widgets/toast_host.h"

#include <QFileInfo>
#include <QUrl>
#include <QVBoxLayout>

namespace coracle::gui {

void noteSaved(const PageContext& context, const QString& title, const QString& path) {
    const QUrl folder = QUrl::fromLocalFile(QFileInfo(path).absolutePath());
    context.toasts.show({.iconName = QStringLiteral("okc"),
                         .iconToken = Token::Ok,
                         .title = title,
                         .text = format::homePath(QFileInfo(path).absoluteFilePath().toStdString()),
                         .actions = {{Page::tr("Open folder"), QStringLiteral("folder"),
                                      [&prompt = context.prompt, folder] { prompt.openUrl(folder); }}},
                         .timeoutMs = 8000,
                         .expired = {}});
}

void openRunCopy(const PageContext& context, QObject* receiver, const std::string& id) {
    context.engine.inspectContainer(receiver, id, [context](const Result<types::ContainerDetails>& details) {
        if (!details) {
            context.toasts.showError(Page::tr("The settings could not be read"),
                                     format::error(details.error()));
            return;
        }
        types::RunSpec spec = details->spec;
        spec.name.clear();  // the other has it
        context.navigator.openRunDialog(spec);
    });
}

Page::Page(const QString& name, const PageContext& context)
    : m_name(name), m_context(context), m_header(new PageHeader(name, context.navigator.applicationMenu())) {
    setObjectName(QStringLiteral("page.") + name);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    layout->addLayout(m_body, 1);
}

}  // namespace coracle::gui
