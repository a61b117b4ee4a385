// SPDX-License-Identifier: Apache-2.0
// What the command palette offers, and the sheet of shortcuts: everything the window can do, in words.
#include "gui/dialogs/shortcuts_dialog.h"
#include "gui/format.h"
#include "gui/main_window.h"
#include "gui/models/container_model.h"
#include "gui/widgets/command_palette.h"

#include <algorithm>

namespace coracle::gui {

/// Rows of one group.
class PaletteItems {
public:
    explicit PaletteItems(QString group) : m_group(std::move(group)) {}

    /// The thing itself: found at once, and what Tab shows the actions of.
    void add(const QString& object, const QString& text, const QString& detail, const char* icon,
             std::function<void()> run) {
        put(object, text, detail, icon, {}, false, std::move(run));
    }
    void addAction(const QString& object, const QString& text, const char* icon, std::function<void()> run) {
        put(object, text, {}, icon, {}, true, std::move(run));
    }
    void put(const QString& object, const QString& text, const QString& detail, const char* icon,
             const QString& keys, bool secondary, std::function<void()> run) {
        m_items.push_back({.group = m_group,
                           .object = object,
                           .text = text,
                           .detail = detail,
                           .iconName = QLatin1String(icon),
                           .keys = keys,
                           .secondary = secondary,
                           .run = std::move(run)});
    }
    void moveTo(std::vector<PaletteItem>& all) {
        all.insert(all.end(), std::make_move_iterator(m_items.begin()),
                   std::make_move_iterator(m_items.end()));
    }

private:
    QString m_group;
    std::vector<PaletteItem> m_items;
};

namespace {

QString shortcutOf(const QAction& action) {
    return action.shortcut().toString(QKeySequence::NativeText);
}

}  // namespace

void MainWindow::addContainerItems(std::vector<PaletteItem>& all) {
    PaletteItems items(tr("Containers"));
    ContainerActions& actions = *m_containerActions;
    for (const types::ContainerSummary& row : m_state.containers().rows) {
        if (actions.hidden(row.id)) {
            continue;
        }
        const std::string id = row.id;
        const QString name = format::text(row.name);
        const QString object = QStringLiteral("container ") + format::text(id);
        const auto tab = [this, id](const char* key) {
            return [this, id, key] {
                open(
                    {.page = QStringLiteral("container"), .id = format::text(id), .tab = QLatin1String(key)});
            };
        };
        const StatusText status = statusText(row, actions.pending(id));
        items.add(object, name, tr("%1 · opens its page").arg(status.word), "container", tab("overview"));
        items.addAction(object, tr("Logs of %1").arg(name), "list", tab("logs"));
        if (row.status == types::ContainerStatus::Paused) {
            items.addAction(object, tr("Resume %1").arg(name), "play",
                            [&actions, id] { actions.resume({id}); });
        }
        if (actions.isRunning(id)) {
            items.addAction(object, tr("Terminal in %1").arg(name), "term", tab("terminal"));
            items.addAction(object, tr("Restart %1").arg(name), "restart",
                            [&actions, id] { actions.restart({id}); });
            items.addAction(object, tr("Stop %1").arg(name), "stop", [&actions, id] { actions.stop({id}); });
            if (row.status != types::ContainerStatus::Paused) {
                items.addAction(object, tr("Pause %1").arg(name), "pause",
                                [&actions, id] { actions.pause({id}); });
            }
        } else {
            items.addAction(object, tr("Start %1").arg(name), "play",
                            [&actions, id] { actions.start({id}); });
        }
        items.addAction(object, tr("Stats of %1").arg(name), "pulse", tab("stats"));
        items.addAction(object, tr("Permissions of %1").arg(name), "shield", tab("permissions"));
        items.addAction(object, tr("Inspect %1").arg(name), "file", tab("inspect"));
        for (const net::PortMapping& port : row.ports) {
            if (row.pid > 0 && port.hostPort != 0 && port.protocol == net::Protocol::Tcp) {
                items.addAction(object, tr("Open port %1 of %2").arg(port.hostPort).arg(name), "ext",
                                [&actions, port] { actions.openPort(port); });
            }
        }
        items.addAction(object, tr("Edit %1…").arg(name), "sliders", [this, id] { openEditDialog(id); });
        items.addAction(object, tr("Rename %1…").arg(name), "edit", [&actions, id] { actions.rename(id); });
        items.addAction(object, tr("Copy %1 as command").arg(name), "copy",
                        [&actions, id] { actions.copyCommand(id); });
        items.addAction(object, tr("Delete %1").arg(name), "trash", [&actions, id] { actions.remove({id}); });
    }
    items.moveTo(all);
}

void MainWindow::addImage(PaletteItems& items, const types::ImageSummary& image, const std::string& reference,
                          const QString& name) {
    const QString object = QStringLiteral("image ") + format::text(reference);
    items.add(object, name, tr("%1 · opens its page").arg(format::bytes(image.sizeBytes)), "image",
              [this, reference] {
                  open({.page = QStringLiteral("image"), .id = format::text(reference), .tab = {}});
              });
    if (canRun()) {
        items.addAction(object, tr("Run %1…").arg(name), "play", [this, reference] {
            types::RunSpec spec;
            spec.image = reference;
            openRunDialog(spec);
        });
    }
    if (!image.references.empty()) {
        items.addAction(object, tr("Push %1…").arg(name), "push",
                        [this, reference] { openPushDialog(format::text(reference)); });
        items.addAction(object, tr("Pull %1 again…").arg(name), "pull",
                        [this, reference] { openPullDialog(format::text(reference)); });
    }
    const auto action = [&](const char* key, const QString& words, const char* icon) {
        items.addAction(object, words, icon, [this, key, id = format::text(reference)] {
            performOn(QStringLiteral("images"), QLatin1String(key), id);
        });
    };
    action("tag", tr("Add a name to %1…").arg(name), "tag");
    action("history", tr("How %1 was made…").arg(name), "history");
    action("save", tr("Save %1 to a file…").arg(name), "save");
    action("show", tr("Show %1 in the list").arg(name), "list");
    action("delete", tr("Delete %1").arg(name), "trash");
}

/// What pages do that needs no object, and places inside of pages.
void MainWindow::addPageActions(PaletteItems& items) {
    const auto does = [&](const char* page, const char* action, const QString& words, const char* icon) {
        if (m_parts.registry.find(QLatin1String(page)) != nullptr) {
            items.put({}, words, {}, icon, {}, false,
                      [this, page, action] { performOn(QLatin1String(page), QLatin1String(action)); });
        }
    };
    does("images", "load", tr("Load images from an archive…"), "archive");
    does("images", "import", tr("Import an image from the files of a tar…"), "archive");
    does("volumes", "new", tr("New volume…"), "plus");
    does("volumes", "import", tr("Import a volume from an archive…"), "archive");
    does("settings", "login", tr("Log in to a registry…"), "key");
    const auto leads = [&](const char* page, const char* tab, const QString& words, const char* icon) {
        if (m_parts.registry.find(QLatin1String(page)) != nullptr) {
            items.put({}, words, {}, icon, {}, false, [this, page, tab] {
                open({.page = QLatin1String(page), .id = {}, .tab = QLatin1String(tab)});
            });
        }
    };
    leads("system", "health", tr("Check this computer"), "pulse");
    leads("system", "disk", tr("Disk space, clean up"), "disk");
    leads("settings", "background", tr("Settings: start and background"), "bolt");
    leads("settings", "look", tr("Settings: appearance, language"), "moon");
    leads("settings", "questions", tr("Settings: questions"), "info");
    leads("settings", "registries", tr("Settings: registries, logins"), "globe");
    leads("settings", "storage", tr("Settings: storage, trash"), "disk");
}

void MainWindow::addImageItems(std::vector<PaletteItem>& all) {
    PaletteItems items(tr("Images"));
    for (const types::ImageSummary& image : m_state.images().rows) {
        if (image.references.empty()) {
            addImage(items, image, image.id, format::shortId(image.id));
        }
        for (const std::string& reference : image.references) {
            addImage(items, image, reference, format::shortReference(reference));
        }
    }
    items.moveTo(all);
    PaletteItems volumes(tr("Volumes"));
    for (const types::VolumeSummary& volume : m_state.volumes().rows) {
        const QString name = format::text(volume.name);
        const QString object = QStringLiteral("volume ") + name;
        volumes.add(
            object, name,
            volume.usedBy.empty() ? tr("not used") : tr("used by %1").arg(format::text(volume.usedBy[0])),
            "volume", [this, name] { open({.page = QStringLiteral("volumes"), .id = name, .tab = {}}); });
        const auto action = [&](const char* key, const QString& words, const char* icon) {
            volumes.addAction(object, words, icon, [this, key, name] {
                performOn(QStringLiteral("volumes"), QLatin1String(key), name);
            });
        };
        action("clone", tr("Clone %1…").arg(name), "clone");
        action("export", tr("Export %1…").arg(name), "push");
        action("empty", tr("Empty %1…").arg(name), "x");
        action("delete", tr("Delete %1…").arg(name), "trash");
    }
    volumes.moveTo(all);
}

void MainWindow::openPalette(const QString& words) {
    if (m_palette == nullptr) {
        m_palette = new CommandPalette(this);
        m_palette->setFallback([this](const QString& typed) {
            PaletteItems items(tr("Nothing has this name"));
            if (canRun()) {
                items.add({}, tr("Run image “%1”…").arg(typed), {}, "play", [this, typed] {
                    types::RunSpec spec;
                    spec.image = typed.toStdString();
                    openRunDialog(spec);
                });
            }
            if (canPull()) {
                items.add({}, tr("Pull image “%1”…").arg(typed), {}, "pull",
                          [this, typed] { openPullDialog(typed); });
            }
            std::vector<PaletteItem> all;
            items.moveTo(all);
            return all;
        });
    }
    std::vector<PaletteItem> all;
    PaletteItems pages(tr("Go to"));
    int number = 1;
    for (const PageEntry& entry : m_parts.registry.pages) {
        if (entry.where != PageEntry::Where::Hidden) {
            pages.put({}, entry.title, {}, qPrintable(entry.iconName), QStringLiteral("Alt+%1").arg(number++),
                      false, [this, name = entry.name] { open({.page = name, .id = {}, .tab = {}}); });
        }
    }
    PaletteItems actions(tr("Do"));
    for (const auto& [action, icon] : m_actions.all()) {
        if (action->isEnabled() && action != m_actions[ActionId::Palette]) {
            const bool look = action->isCheckable();
            //: "Appearance: Dark"
            actions.put({}, look ? tr("Appearance: %1").arg(action->text()) : action->text(), {},
                        look ? "moon" : qPrintable(icon), shortcutOf(*action), false,
                        [action = action] { action->trigger(); });
        }
    }
    addPageActions(actions);
    addContainerItems(all);
    pages.moveTo(all);
    actions.moveTo(all);
    addImageItems(all);
    m_palette->open(std::move(all), words);
}

void MainWindow::showShortcuts() {
    const auto sections =
        std::count_if(m_parts.registry.pages.begin(), m_parts.registry.pages.end(),
                      [](const PageEntry& entry) { return entry.where != PageEntry::Where::Hidden; });
    auto* dialog = new ShortcutsDialog(m_actions.shortcuts(), int(sections), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace coracle::gui
