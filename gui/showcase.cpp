// SPDX-License-Identifier: Apache-2.0
#include "gui/showcase.h"

#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/pull_dialog.h"
#include "gui/dialogs/push_dialog.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/dialogs/section_list.h"
#include "gui/dialogs/storage_editor.h"
#include "gui/dialogs/widget_prompt.h"
#include "gui/main_window.h"
#include "gui/models/file_tree_model.h"
#include "gui/models/volume_model.h"
#include "gui/showcase_parts.h"
#include "gui/showcase_stage.h"
#include "gui/testing/fake_engine.h"
#include "gui/theme/theme.h"
#include "gui/tray.h"
#include "gui/views/access_card.h"
#include "gui/views/container_view.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "gui/views/image_page.h"
#include "gui/views/log_view.h"
#include "gui/views/terminal_widget.h"
#include "gui/views/volume_files.h"
#include "gui/widgets/command_palette.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace coracle::gui {

bool settle(const std::function<bool()>& done, int milliseconds) {
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    QTimer tick;
    tick.start(5);
    while (!done() && clock.elapsed() < milliseconds) {
        loop.processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return done();
}

void breathe(int milliseconds) {
    (void)settle([] { return false; }, milliseconds);  // the pause is the point
}

std::string idOf(MainWindow& window, const char* name) {
    for (const types::ContainerSummary& row : window.state().containers().rows) {
        if (row.name == name) {
            return row.id;
        }
    }
    return {};
}

void openPage(MainWindow& window, const QString& page, const char* container, const QString& tab) {
    window.open({.page = page,
                 .id = container == nullptr ? QString() : QString::fromStdString(idOf(window, container)),
                 .tab = tab});
    const auto* volumes = window.findChild<ListTable*>(QStringLiteral("volumes.view"));
    (void)settle([volumes] {  // until all are measured; the picture is taken in any case
        for (int row = 0; volumes != nullptr && row < volumes->model()->rowCount(); ++row) {
            const QModelIndex size = volumes->model()->index(row, VolumeModel::SizeColumn);
            if (volumes->isVisible() && size.data().toString() == QStringLiteral("…")) {
                return false;
            }
        }
        return true;
    });
    breathe(60);
}

namespace {

std::atomic<int> warnings{0};

void countWarnings(QtMsgType type, const QMessageLogContext&, const QString& message) {
    // The offscreen platform says of each dialog that it has no window manager.
    if (message.startsWith(QLatin1String("This plugin does not support"))) {
        return;
    }
    if (type != QtDebugMsg && type != QtInfoMsg) {
        ++warnings;
    }
    (void)std::fprintf(stderr, "coracle-desktop: %s\n", qUtf8Printable(message));
}

/// Some rows of the page's table.
void chooseRows(MainWindow& window, const char* page) {
    auto* table = window.findChild<ListTable*>(QLatin1String(page) + QStringLiteral(".view"));
    table->setFocus();
    table->selectRow(1);
    for (int row : {2, 5, 6}) {
        if (row < table->model()->rowCount()) {
            table->selectionModel()->select(table->model()->index(row, 0),
                                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
}

}  // namespace

std::vector<Shot> allShots() {
    std::vector<Shot> shots;
    for (const PageEntry& entry : defaultPages().pages) {
        if (entry.where != PageEntry::Where::Hidden) {
            shots.push_back({QStringLiteral("page-") + entry.name, [name = entry.name](MainWindow& window) {
                                 openPage(window, name);
                                 if (name == QLatin1String("system")) {
                                     (void)settle([&window] {  // as below
                                         return window.findChild<QWidget*>(QStringLiteral("check.userns"));
                                     });
                                     breathe(60);
                                 }
                                 if (name == QLatin1String("images")) {
                                     const auto* sums =
                                         window.findChild<QWidget*>(QStringLiteral("images.usage"));
                                     (void)settle([sums] { return sums->isVisible(); });  // as below
                                     breathe(60);
                                 }
                             }});
        }
    }
    shots.push_back({QStringLiteral("container-overview"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("overview"));
                         const auto* written =
                             window.findChild<QWidget*>(QStringLiteral("overview.limits.written"));
                         (void)settle([written] { return written->isVisible(); });  // as below
                         breathe(200);
                     }});
    shots.push_back({QStringLiteral("container-logs"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("logs"));
                         if (auto* search = window.findChild<QLineEdit*>(QStringLiteral("logs.search"))) {
                             search->setText(QStringLiteral("payment"));
                         }
                         auto* log = window.findChild<LogView*>();
                         (void)settle([log] {  // as below
                             return log->buffer().size() > 100 && log->search().done();
                         });
                         const int before = int(log->search().matches().size()) - 6;
                         log->goToMatch(before);
                         log->nextMatch();
                         breathe(450);
                     }});
    shots.push_back({QStringLiteral("container-files"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("files"));
                         const auto* tab = window.findChild<FilesTab*>();
                         (void)settle([tab] {  // the picture is taken in any case
                             return tab->model().counts().sum() > 0 && tab->model().isListed("/");
                         });
                         auto* path = window.findChild<QLineEdit*>(QStringLiteral("files.path"));
                         for (const char* goal : {"/tmp", "/usr/share", "/etc", "/app/routes/cart.js"}) {
                             path->setText(QLatin1String(goal));
                             emit path->returnPressed();
                             breathe(80);
                         }
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("container-files-found"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("files"));
                         const auto* tab = window.findChild<FilesTab*>();
                         auto* find = window.findChild<QLineEdit*>(QStringLiteral("files.find"));
                         find->setText(QStringLiteral("s"));
                         (void)settle([tab] { return tab->model().showsFound(); });  // as above
                         auto* view = window.findChild<FileView*>(QStringLiteral("files.tree"));
                         view->setCurrentIndex(view->model()->index(3, 0));
                         breathe(100);
                     }});
    shots.push_back({QStringLiteral("container-stats"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("stats"));
                         const auto* table = window.findChild<ListTable*>(QStringLiteral("stats.processes"));
                         (void)settle([table] { return table->model()->rowCount() > 0; });  // as below
                         // What a process took is the difference of two looks: the second comes a second
                         // later.
                         breathe(1000);
                         window.findChild<QAbstractButton*>(QStringLiteral("stats.lookAgain"))->click();
                         breathe(100);
                     }});
    shots.push_back({QStringLiteral("container-inspect"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("inspect"));
                         if (auto* documents =
                                 window.findChild<Segments*>(QStringLiteral("inspect.document"))) {
                             documents->setCurrent(1);
                         }
                         breathe(100);
                         if (auto* search = window.findChild<QLineEdit*>(QStringLiteral("inspect.search"))) {
                             search->setText(QStringLiteral("hostID"));
                         }
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("container-permissions"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("permissions"));
                         breathe(60);
                         auto* access = window.findChild<AccessCard*>();
                         access->ask(QStringLiteral("/etc/shop/tls/key.pem"));
                         (void)settle([access] { return !access->answerText().isEmpty(); });  // as above
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("container-terminal"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("terminal"));
                         const auto* terminal =
                             window.findChild<TerminalWidget*>(QStringLiteral("terminal.widget"));
                         (void)settle([terminal] {  // the picture is taken in any case
                             return terminal != nullptr && terminal->screen().cursor().line > 5;
                         });
                         window.findChild<QAbstractButton*>(QStringLiteral("terminal.new"))->click();
                         breathe(60);
                         window.findChild<QTabBar*>(QStringLiteral("terminal.tabs"))->setCurrentIndex(0);
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("system-disk"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("system"), nullptr, QStringLiteral("disk"));
                         const auto* list = window.findChild<ListTable*>(QStringLiteral("disk.list"));
                         (void)settle([list] { return list != nullptr && list->model()->rowCount() > 0; });
                         breathe(100);
                     }});
    shots.push_back({QStringLiteral("palette"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("containers"));
                         window.openPalette(QStringLiteral("ap"));
                         breathe(30);
                     }});
    shots.push_back({QStringLiteral("volume-files"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("volumes"));
                         auto* table = window.findChild<ListTable*>(QStringLiteral("volumes.view"));
                         for (int row = 0; row < table->model()->rowCount(); ++row) {
                             if (table->model()->index(row, 0).data() == QStringLiteral("shop_uploads")) {
                                 table->selectRow(row);
                             }
                         }
                         auto* files = window.findChild<VolumeFiles*>();
                         files->goTo(QStringLiteral("/2026/03/8841-front.jpg"));
                         (void)settle([files] {  // the picture is taken in any case
                             return files->model().isListed("/2026/03");
                         });
                         breathe(60);
                     }});
    addDialogShots(shots);
    shots.push_back({QStringLiteral("pull-layers"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("images"));
                         window.openPullDialog(QStringLiteral("postgres:17"));
                         if (auto* dialog = window.findChild<PullDialog*>()) {
                             dialog->startPull();
                             (void)settle([dialog] {  // the picture is taken in any case
                                 return dialog->job() != nullptr && dialog->job()->layers().totals().known;
                             });
                         }
                         breathe(500);
                     }});
    shots.push_back({QStringLiteral("push-layers"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("images"));
                         window.openPushDialog(QStringLiteral("docker.io/library/nginx:1.27"));
                         if (auto* dialog = window.findChild<PushDialog*>()) {
                             dialog->startPush();
                         }
                         breathe(300);
                     }});
    shots.push_back({QStringLiteral("image-layers"), [](MainWindow& window) {
                         window.open({.page = QStringLiteral("image"),
                                      .id = QStringLiteral("localhost/shop/api:2.3"),
                                      .tab = {}});
                         auto* page = window.findChild<ImagePage*>();
                         (void)settle([page] { return page->content() != nullptr; });  // as above
                         auto* steps = window.findChild<ListTable*>(QStringLiteral("layers.list"));
                         steps->selectRow(4);
                         auto* tree = window.findChild<FileView*>(QStringLiteral("layers.tree"));
                         tree->expandToDepth(1);
                         breathe(60);
                     }});
    for (const char* tab : {"configuration", "history", "users", "inspect"}) {
        shots.push_back({QStringLiteral("image-tab-") + QLatin1String(tab), [tab](MainWindow& window) {
                             window.open({.page = QStringLiteral("image"),
                                          .id = QStringLiteral("localhost/shop/api:2.3"),
                                          .tab = QLatin1String(tab)});
                             breathe(100);
                         }});
    }
    shots.push_back({QStringLiteral("image-history"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("images"));
                         auto* table = window.findChild<ListTable*>(QStringLiteral("images.view"));
                         table->selectRow(0);
                         emit table->menuWanted(table->selectedIndex(), table->mapToGlobal(QPoint(300, 80)));
                         if (auto* history =
                                 window.findChild<QAction*>(QStringLiteral("images.row.history"))) {
                             history->trigger();
                         }
                         for (QMenu* menu : window.findChildren<QMenu*>(QStringLiteral("images.rowMenu"))) {
                             menu->close();
                         }
                         breathe(100);
                     }});
    shots.push_back({QStringLiteral("containers-bulk"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("containers"));
                         auto* view = window.findChild<ContainerView*>();
                         const QAbstractItemModel* model = view->model();
                         for (int group = 0; group < model->rowCount(); ++group) {
                             const QModelIndex top = model->index(group, 0);
                             for (int row = 0; row < model->rowCount(top); ++row) {
                                 const QModelIndex index = model->index(row, 0, top);
                                 const QString name = index.data().toString();
                                 if (name == QLatin1String("worker") ||
                                     name.startsWith(QLatin1String("blog"))) {
                                     view->selectionModel()->select(
                                         index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
                                 }
                             }
                         }
                         breathe(30);
                     }});
    for (const char* page : {"images", "volumes"}) {
        shots.push_back({QLatin1String(page) + QStringLiteral("-bulk"), [page](MainWindow& window) {
                             openPage(window, QLatin1String(page));
                             chooseRows(window, page);
                             breathe(30);
                         }});
        shots.push_back(
            {QStringLiteral("confirm-delete-") + QLatin1String(page), [page](MainWindow& window) {
                 openPage(window, QLatin1String(page));
                 chooseRows(window, page);
                 window.findChild<QPushButton*>(QLatin1String(page) + QStringLiteral(".bulk.delete"))
                     ->click();
                 (void)settle([&window] {
                     return window.findChild<QDialog*>(QStringLiteral("confirm")) != nullptr;
                 });  // as above
                 breathe(30);
             }});
    }
    shots.push_back({QStringLiteral("confirm-delete-volume"), [](MainWindow& window) {
                         window.findChild<ContainerView*>()->clearSelection();
                         openPage(window, QStringLiteral("volumes"));
                         auto* table = window.findChild<ListTable*>(QStringLiteral("volumes.view"));
                         for (int row = 0; row < table->model()->rowCount(); ++row) {
                             const QModelIndex index = table->model()->index(row, 0);
                             if (!index.data(VolumeModel::InUseRole).toBool()) {
                                 table->selectRow(row);
                                 window.findChild<QPushButton*>(QStringLiteral("volumes.delete"))->click();
                                 break;
                             }
                         }
                         (void)settle([&window] {
                             return window.findChild<QDialog*>(QStringLiteral("confirm")) != nullptr;
                         });  // as above
                         breathe(30);
                         if (auto* edit = window.findChild<QLineEdit*>(QStringLiteral("confirm.edit"))) {
                             edit->setText(QStringLiteral("old_c"));
                         }
                         breathe(30);
                     }});
    shots.push_back({QStringLiteral("confirm-delete"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("containers"));
                         window.containerActions().remove({idOf(window, "api")});
                         (void)settle([&window] {
                             return window.findChild<QDialog*>(QStringLiteral("confirm")) != nullptr;
                         });  // as above
                         breathe(30);
                     }});
    shots.push_back({QStringLiteral("confirm-stop"), [](MainWindow& window) {
                         window.containerActions().stop({idOf(window, "web")});
                         breathe(30);
                     }});
    shots.push_back({QStringLiteral("rename"), [](MainWindow& window) {
                         window.containerActions().rename(idOf(window, "web"));
                         breathe(30);
                     }});
    shots.push_back(
        {QStringLiteral("toasts"), [](MainWindow& window) {
             openPage(window, QStringLiteral("containers"));
             window.toasts().show({.iconName = QStringLiteral("okc"),
                                   .iconToken = Token::Ok,
                                   .title = QStringLiteral("postgres:17 is here"),
                                   .text = {},
                                   .actions = {{QStringLiteral("Run…"), QStringLiteral("play"), {}},
                                               {QStringLiteral("Layers"), QStringLiteral("image"), {}}},
                                   .timeoutMs = 6000,
                                   .expired = {}});
             window.toasts().showError(QStringLiteral("Port 8080 is already in use"),
                                       QStringLiteral("Another program on this computer listens there "
                                                      "(pid 2210, python3)."));
             window.toasts().show({.iconName = QStringLiteral("okc"),
                                   .iconToken = Token::Ok,
                                   .title = QStringLiteral("The log was saved"),
                                   .text = QStringLiteral("~/Documents/api.log"),
                                   .actions = {{QStringLiteral("Open folder"), QStringLiteral("folder"), {}}},
                                   .timeoutMs = 6000,
                                   .expired = {}});
             window.toasts().showUndo(QStringLiteral("2 containers deleted"),
                                      QStringLiteral("blog, blog-db · in the trash for 7 days"), {}, {});
             breathe(30);
         }});
    shots.push_back({QStringLiteral("tray"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("containers"));
                         auto* tray = new Tray({.state = window.state(),
                                                .actions = window.containerActions(),
                                                .present = [] {},
                                                .open = {},
                                                .run = [] {},
                                                .quit = [] {}},
                                               &window);
                         tray->menu().popup(window.mapToGlobal(QPoint(900, 300)));
                         breathe(30);
                     }});
    shots.push_back(
        {QStringLiteral("menu-container"), [](MainWindow& window) {
             openPage(window, QStringLiteral("containers"));
             auto* view = window.findChild<ContainerView*>();
             emit view->customContextMenuRequested(
                 view->visualRect(view->model()->index(1, 0, view->model()->index(0, 0))).center());
             breathe(30);
         }});
    shots.push_back({QStringLiteral("kill-process"), [](MainWindow& window) {
                         window.open({.page = QStringLiteral("container"),
                                      .id = QString::fromStdString(idOf(window, "api")),
                                      .tab = QStringLiteral("stats")});
                         auto* table = window.findChild<ListTable*>(QStringLiteral("stats.processes"));
                         (void)settle([table] { return table->model()->rowCount() > 0; });  // as above
                         table->selectRow(0);
                         window.findChild<QPushButton*>(QStringLiteral("stats.killProcess"))->click();
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("settings-registries"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("settings"));
                         window.findChild<SectionList*>(QStringLiteral("settings.sections"))->setCurrent(3);
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("registry"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("settings"));
                         const char* edit = "settings.registry.docker.io.edit";
                         (void)settle([&] { return window.findChild<QWidget*>(QLatin1String(edit)); });
                         window.findChild<QAbstractButton*>(QLatin1String(edit))->click();
                         breathe(60);
                     }});
    shots.push_back(
        {QStringLiteral("login"), [](MainWindow& window) {
             openPage(window, QStringLiteral("settings"));
             window.findChild<QAbstractButton*>(QStringLiteral("settings.registries.login"))->click();
             breathe(60);
         }});
    shots.push_back({QStringLiteral("first-run"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("containers"));
                         window.findChild<QAction*>(QStringLiteral("action.welcome"))->trigger();
                         auto* dialog = window.findChild<QDialog*>(QStringLiteral("firstRun"));
                         (void)settle([dialog] {
                             return dialog->findChild<QWidget*>(QStringLiteral("first.checks")) != nullptr;
                         });  // as above
                         breathe(60);
                     }});
    shots.push_back({QStringLiteral("shortcuts"), [](MainWindow& window) {
                         window.findChild<QAction*>(QStringLiteral("action.shortcuts"))->trigger();
                         breathe(30);
                     }});
    shots.push_back({QStringLiteral("containers-no-match"), [](MainWindow& window) {  // last: the words stay
                         openPage(window, QStringLiteral("containers"));
                         window.findChild<QLineEdit*>(QStringLiteral("containers.filter"))
                             ->setText(QStringLiteral("mailserver"));
                         breathe(30);
                     }});
    return shots;
}

int runSelfTest(Theme& theme) {
    const QtMessageHandler before = qInstallMessageHandler(countWarnings);
    int failures = 0;
    for (const SchemeChoice scheme : {SchemeChoice::Light, SchemeChoice::Dark}) {
        theme.setChoice(scheme);
        Stage stage(theme);
        if (!stage.open({1280, 800})) {
            (void)std::fprintf(stderr, "coracle-desktop: the sample data did not arrive\n");
            ++failures;
        }
        for (const Shot& shot : allShots()) {
            shot.arrange(stage.window);
            if (picture(stage.window).isNull()) {
                (void)std::fprintf(stderr, "coracle-desktop: nothing to see in '%s'\n",
                                   qUtf8Printable(shot.name));
                ++failures;
            }
            closeDialogs(stage.window);
        }
    }
    qInstallMessageHandler(before);
    failures += warnings;
    (void)std::printf("self-test: %s\n", failures == 0 ? "passed" : "failed");
    return failures == 0 ? 0 : 1;
}

int writeScreenshots(Theme& theme, const QString& folder, QSize size) {
    if (!QDir().mkpath(folder)) {
        (void)std::fprintf(stderr, "coracle-desktop: cannot make the folder '%s'\n", qUtf8Printable(folder));
        return 1;
    }
    for (const SchemeChoice scheme : {SchemeChoice::Light, SchemeChoice::Dark}) {
        theme.setChoice(scheme);
        const QString suffix =
            scheme == SchemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        Stage stage(theme);
        if (!stage.open(size)) {
            return 1;
        }
        for (const Shot& shot : allShots()) {
            shot.arrange(stage.window);
            const QString path = QStringLiteral("%1/%2-%3.png").arg(folder, shot.name, suffix);
            if (!picture(stage.window).save(path)) {
                (void)std::fprintf(stderr, "coracle-desktop: cannot write '%s'\n", qUtf8Printable(path));
                return 1;
            }
            closeDialogs(stage.window);
        }
        if (!writeStates(theme, folder, suffix, size)) {
            return 1;
        }
    }
    return 0;
}

}  // namespace coracle::gui
