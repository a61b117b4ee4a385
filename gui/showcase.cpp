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
#include "gui/testing/fake_engine.h"
#include "gui/theme/theme.h"
#include "gui/views/access_card.h"
#include "gui/views/container_view.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "gui/views/image_page.h"
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
#include <QPainter>
#include <QPushButton>
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

/// A window on sample data, with prompts that do not leave the program.
class QuietPrompt : public WidgetPrompt {
public:
    void openUrl(const QUrl&) override {}
};

types::PullEvent layerEvent(std::uint32_t index, types::LayerState state, std::uint64_t done,
                            std::uint64_t total) {
    constexpr const char* kDigests[] = {"3fd0b6a2", "9b1e40cc", "77d2c9a1", "c8812fe0",
                                        "e34ab00d", "0aa7f3b2", "5cc90e17", "f01d24be"};
    types::PullEvent event;
    event.kind = types::PullEvent::Kind::Layer;
    event.layerIndex = index;
    event.layerDigest = std::string("sha256:") + kDigests[index];
    event.state = state;
    event.doneBytes = done;
    event.totalBytes = total;
    return event;
}

/// A pull of eight layers in all states, which then stands still for longer than any picture takes.
std::vector<types::PullEvent> samplePull() {
    using types::LayerState;
    types::PullEvent resolved;
    resolved.kind = types::PullEvent::Kind::Resolved;
    resolved.text = "sha256:e02b6c0f3a5d0c1b9c4477aa";
    resolved.layerCount = 8;
    std::vector<types::PullEvent> events = {resolved,
                                            layerEvent(0, LayerState::AlreadyPresent, 74'800'000, 74'800'000),
                                            layerEvent(1, LayerState::Done, 4'200'000, 4'200'000),
                                            layerEvent(2, LayerState::Done, 1'500'000, 1'500'000),
                                            layerEvent(3, LayerState::Extracting, 5'800'000, 8'100'000),
                                            layerEvent(4, LayerState::Downloading, 64'000'000, 118'000'000),
                                            layerEvent(5, LayerState::Downloading, 31'000'000, 52'000'000),
                                            layerEvent(6, LayerState::Waiting, 0, 9'800),
                                            layerEvent(7, LayerState::Waiting, 0, 183)};
    constexpr std::size_t kStandsStill = 4000;
    events.resize(events.size() + kStandsStill, events.back());
    return events;
}

/// A push that stands still in its third layer.
std::vector<types::PushEvent> samplePush() {
    using types::PushState;
    std::vector<types::PushEvent> events;
    const auto layer = [&events](std::uint32_t index, PushState state, std::uint64_t done,
                                 std::uint64_t total, const char* from = "") {
        events.push_back({.kind = types::PushEvent::Kind::Layer,
                          .text = from,
                          .layerCount = 5,
                          .layerDigest = "sha256:" + std::string(11, char('a' + index)) + "07",
                          .layerIndex = index,
                          .state = state,
                          .doneBytes = done,
                          .totalBytes = total});
    };
    layer(0, PushState::AlreadyThere, 0, 29'000'000);
    layer(1, PushState::Mounted, 0, 4'500'000, "shop/base");
    layer(2, PushState::Pushed, 1'200'000, 1'200'000);
    layer(3, PushState::Pushing, 41'000'000, 112'000'000);
    layer(4, PushState::Preparing, 0, 8'300'000);
    constexpr std::size_t kStandsStill = 4000;
    events.resize(events.size() + kStandsStill, events.back());
    return events;
}

FakeProgram sampleProgram() {
    const std::string prompt = "\x1b[36mroot@api\x1b[0m:\x1b[34m/app\x1b[0m# ";
    return {.greeting = prompt + "id\r\nuid=0(root) gid=0(root) groups=0(root)\r\n" + prompt +
                        "cat /proc/self/uid_map\r\n         0       1000          1\r\n"
                        "         1     100000      65535\r\n" +
                        prompt +
                        "ls -la --color\r\ntotal 76\r\n"
                        "drwxr-xr-x  6 root root  4096 Mar  4 08:14 \x1b[34m.\x1b[0m\r\n"
                        "drwxr-xr-x 19 root root  4096 Mar  4 08:14 \x1b[34m..\x1b[0m\r\n"
                        "-rw-r--r--  1 root root   412 Mar  4 13:40 .env\r\n"
                        "drwxr-xr-x  2 root root  4096 Feb 27 17:02 \x1b[34mlib\x1b[0m\r\n"
                        "-rw-r--r--  1 root root  1830 Feb 27 17:02 package.json\r\n"
                        "-rwxr-xr-x  1 root root 44120 Feb 27 17:02 \x1b[32mserver\x1b[0m\r\n" +
                        prompt + "curl -s localhost:9000/healthz\r\n{ \x1b[34m\"status\"\x1b[0m: " +
                        "\x1b[32m\"ok\"\x1b[0m }\r\n" + prompt +
                        "mount -t tmpfs none /mnt\r\n\x1b[31mmount: /mnt: permission denied.\x1b[0m\r\n",
            .prompt = prompt,
            .line = {},
            .flood = 0};
}

struct Stage {
    explicit Stage(Theme& theme, std::shared_ptr<FakeEngine> engine = FakeEngine::withSampleData())
        : fake(std::move(engine))
        , window({.engine = fake,
                  .theme = theme,
                  .prompt = prompt,
                  .registry = defaultPages(),
                  .useSettings = false}) {
        fake->setPullScript(samplePull(), std::chrono::milliseconds(5));
        fake->setPushScript(samplePush(), std::chrono::milliseconds(5));
        fake->setProgram(sampleProgram());
        fake->setWritten("api", 3'200'000);
    }

    bool open(QSize size) {
        window.resize(size);
        window.show();
        window.start();
        UsageMonitor& usage = window.usage();
        usage.setInterval(UsageMonitor::Pace::Fast, std::chrono::milliseconds(0));
        auto time = std::make_shared<std::chrono::system_clock::time_point>(
            std::chrono::system_clock::now() - std::chrono::minutes(1));  // of the clock and what moves it
        usage.setClock([time] { return *time; });
        QObject::connect(&usage, &UsageMonitor::sampled, &window,
                         [time] { *time += std::chrono::seconds(1); });
        const bool arrived = settle([this, &usage] {
            const EngineState& state = window.state();
            const auto& rows = state.containers().rows;
            const bool minute = std::all_of(rows.begin(), rows.end(), [&usage](const auto& row) {
                return row.pid == 0 || usage.cpuHistory(row.id).size() == UsageMonitor::kHistory;
            });
            return state.containers().loaded && state.images().loaded && state.volumes().loaded &&
                   state.host() && minute;
        });
        // The pictures show the end of this minute, whatever time they take.
        usage.setInterval(UsageMonitor::Pace::Fast, std::chrono::hours(1));
        usage.setInterval(UsageMonitor::Pace::Slow, std::chrono::hours(1));
        return arrived;
    }

    std::shared_ptr<FakeEngine> fake;  // shared with the window's workers
    QuietPrompt prompt;
    MainWindow window;
};

void closeDialogs(MainWindow& window) {
    // A dialog with work under way cancels that first, and leaves when it has ended.
    (void)settle([&window] {  // what does not leave shows in the next picture
        bool gone = true;
        for (QDialog* dialog : window.findChildren<QDialog*>()) {
            gone = gone && !dialog->isVisible();
            dialog->reject();
        }
        return gone;
    });
    window.toasts().flush();
    if (auto* palette = window.findChild<CommandPalette*>()) {
        palette->close();
    }
    breathe(10);
}

/// The window, and over it the open dialog where the window manager would put it, on a dimmed ground.
QPixmap picture(MainWindow& window) {
    QPixmap shot = window.grab();
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (!dialog->isVisible()) {
            continue;
        }
        QPainter painter(&shot);
        painter.fillRect(window.rect(), QColor(0, 0, 0, 102));
        const QPixmap over = dialog->grab();
        const QSize size = dialog->size();
        painter.drawPixmap((window.width() - size.width()) / 2, (window.height() - size.height()) / 2, over);
        break;
    }
    return shot;
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
            shots.push_back({QStringLiteral("page-") + entry.name,
                             [name = entry.name](MainWindow& window) { openPage(window, name); }});
        }
    }
    shots.push_back({QStringLiteral("container-overview"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("overview"));
                     }});
    shots.push_back({QStringLiteral("container-logs"), [](MainWindow& window) {
                         openPage(window, QStringLiteral("container"), "api", QStringLiteral("logs"));
                         if (auto* search = window.findChild<QLineEdit*>(QStringLiteral("logs.search"))) {
                             search->setText(QStringLiteral("payment"));
                         }
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
                         for (int group = 0; group < 2; ++group) {
                             view->selectionModel()->select(
                                 model->index(1, 0, model->index(group, 0)),
                                 QItemSelectionModel::Select | QItemSelectionModel::Rows);
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
             window.toasts().showError(QStringLiteral("Port 8080 is already in use"),
                                       QStringLiteral("Another program on this computer listens there "
                                                      "(pid 2210, python3)."));
             window.toasts().showUndo(QStringLiteral("2 containers deleted"),
                                      QStringLiteral("blog, blog-db · in the trash for 7 days"), {}, {});
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

namespace {

/// The first page of a window whose engine has nothing, does not answer, or answers with an error.
bool writeStates(Theme& theme, const QString& folder, const QString& suffix, QSize size) {
    const std::pair<const char*, std::shared_ptr<FakeEngine>> states[] = {
        {"empty", FakeEngine::withoutObjects()},
        {"loading", FakeEngine::withSampleData()},
        {"error", FakeEngine::withSampleData()}};
    states[1].second->setDelay("containers.list", std::chrono::hours(1));
    states[2].second->setFailure("containers.list",
                                 Error(ErrorKind::PermissionDenied, "open the store: permission denied")
                                     .withHint("it belongs to another user; see 'coracle doctor'"));
    for (const auto& [name, engine] : states) {
        Stage stage(theme, engine);
        (void)stage.open(size);  // what is still loading does not arrive: that is the picture
        breathe(30);
        const bool saved = picture(stage.window)
                               .save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), suffix));
        engine->wakeAll();
        if (!saved) {
            return false;
        }
    }
    return true;
}

}  // namespace

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
