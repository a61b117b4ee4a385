// SPDX-License-Identifier: Apache-2.0
#include "gui/views/run_parts.h"

#include "gui/dialogs/edit_dialog.h"
#include "gui/dialogs/pull_dialog.h"
#include "gui/dialogs/push_dialog.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/models/engine_state.h"
#include "gui/views/images_page.h"
#include "gui/views/page_registry.h"
#include "gui/views/settings_page.h"
#include "gui/views/system_page.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/toast_host.h"

#include <QCoreApplication>

namespace coracle::gui {
namespace {

struct RunParts {
    Q_DECLARE_TR_FUNCTIONS(RunParts)
};

void openRunDialog(QWidget* parent, const PageContext& context, const types::RunSpec& prefill) {
    auto* dialog = new RunDialog(context, threadedFolderReader(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSpec(prefill);
    QObject::connect(
        dialog, &RunDialog::containerMade, parent,
        [context](const QString& id, const QString& name, bool started, bool open, bool terminal) {
            context.state.refreshContainers();
            if (open) {
                const QString tab = started && terminal ? QStringLiteral("terminal") : QString();
                context.navigator.open({QStringLiteral("container"), id, tab});
                return;
            }
            ToastSpec toast;
            toast.iconName = QStringLiteral("okc");
            toast.iconToken = Token::Ok;
            toast.title =
                started ? RunParts::tr("%1 is running").arg(name) : RunParts::tr("%1 was created").arg(name);
            toast.actions = {{RunParts::tr("Open"), QStringLiteral("ext"), [context, id] {
                                  context.navigator.open({QStringLiteral("container"), id, {}});
                              }}};
            context.toasts.show(toast);
        });
    dialog->open();
}

void openEditDialog(QWidget* parent, const PageContext& context, const std::string& id,
                    const QString& section) {
    auto* dialog = new EditDialog(context, id, threadedFolderReader(), parent);
    const std::pair<const char*, EditDialog::Section> sections[] = {
        {"ports", EditDialog::Ports}, {"storage", EditDialog::Storage}, {"resources", EditDialog::Resources}};
    for (const auto& [name, number] : sections) {
        if (section == QLatin1String(name)) {
            dialog->showSection(number);
        }
    }
    if (const QString port = section.section(QLatin1Char('/'), 1);
        section.startsWith(QLatin1String("ports/"))) {
        dialog->publish(port == QLatin1String("new") ? QString() : port);
    }
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(
        dialog, &EditDialog::edited, parent, [context, id](const QStringList& warnings, bool restarted) {
            context.state.refreshContainers();
            ToastSpec toast;
            toast.iconName = QStringLiteral("okc");
            toast.iconToken = Token::Ok;
            toast.title = restarted ? RunParts::tr("Saved and restarted") : RunParts::tr("Saved");
            toast.text = warnings.join(QLatin1Char('\n'));
            if (!warnings.isEmpty()) {
                toast.iconName = QStringLiteral("info");
                toast.iconToken = Token::Warn;
            }
            context.toasts.show(toast);
        });
    dialog->open();
}

void openPullDialog(QWidget* parent, const PageContext& context, const QString& reference) {
    auto* dialog = new PullDialog(context, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setReference(reference);
    QObject::connect(dialog, &PullDialog::runWanted, parent, [context](const QString& image) {
        types::RunSpec spec;
        spec.image = image.toStdString();
        context.navigator.openRunDialog(spec);
    });
    dialog->open();
}

void openPushDialog(QWidget* parent, const PageContext& context, const QString& reference) {
    auto* dialog = new PushDialog(context, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setReference(reference);
    dialog->open();
}

}  // namespace

void addRunParts(PageRegistry& registry) {
    registry.pages.push_back({
        .name = QStringLiteral("images"),
        .title = RunParts::tr("Images"),
        .iconName = QStringLiteral("image"),
        .where = PageEntry::Where::Top,
        .parent = {},
        .make = [](const PageContext& context) -> Page* { return new ImagesPage(context); },
        .count = [](const EngineState& state) { return imageNames(state.images().rows); },
    });
    registry.pages.push_back({
        .name = QStringLiteral("volumes"),
        .title = RunParts::tr("Volumes"),
        .iconName = QStringLiteral("volume"),
        .where = PageEntry::Where::Top,
        .parent = {},
        .make = [](const PageContext& context) -> Page* { return new VolumesPage(context); },
        .count = [](const EngineState& state) { return static_cast<int>(state.volumes().rows.size()); },
    });
    registry.pages.push_back({
        .name = QStringLiteral("system"),
        .title = RunParts::tr("System"),
        .iconName = QStringLiteral("pulse"),
        .where = PageEntry::Where::Bottom,
        .parent = {},
        .make = [](const PageContext& context) -> Page* { return new SystemPage(context); },
        .count = {},
    });
    registry.pages.push_back({
        .name = QStringLiteral("settings"),
        .title = RunParts::tr("Settings"),
        .iconName = QStringLiteral("sliders"),
        .where = PageEntry::Where::Bottom,
        .parent = {},
        .make = [](const PageContext& context) -> Page* { return new SettingsPage(context); },
        .count = {},
    });
    registry.openRunDialog = openRunDialog;
    registry.openEditDialog = openEditDialog;
    registry.openPullDialog = openPullDialog;
    registry.openPushDialog = openPushDialog;
}

}  // namespace coracle::gui
