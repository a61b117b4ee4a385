// SPDX-License-Identifier: Apache-2.0
#include "gui/showcase_stage.h"

#include "gui/dialogs/run_dialog.h"
#include "gui/models/usage_monitor.h"
#include "gui/showcase_parts.h"
#include "gui/theme/theme.h"
#include "gui/tray.h"
#include "gui/widgets/command_palette.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QDialog>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

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

/// All pages, and a run dialog that looks at no disk.
PageRegistry quietPages() {
    PageRegistry pages = defaultPages();
    pages.openRunDialog = [](QWidget* parent, const PageContext& context, const types::RunSpec& prefill) {
        auto* dialog = new RunDialog(context, sampleFolderReader(), parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setSpec(prefill);
        dialog->open();
    };
    return pages;
}

}  // namespace

Stage::Stage(Theme& theme, std::shared_ptr<FakeEngine> engine)
    : fake(std::move(engine))
    , window({.engine = fake,
              .theme = theme,
              .prompt = prompt,
              .registry = quietPages(),
              .useSettings = false}) {
    fake->setPullScript(samplePull(), std::chrono::milliseconds(5));
    fake->setPushScript(samplePush(), std::chrono::milliseconds(5));
    fake->setProgram(sampleProgram());
    if (fake->container("api")) {
        enrich(*fake);
    }
}

bool Stage::open(QSize size) {
    window.resize(size);
    window.show();
    window.start();
    UsageMonitor& usage = window.usage();
    usage.setInterval(UsageMonitor::Pace::Fast, std::chrono::milliseconds(0));
    auto time = std::make_shared<std::chrono::system_clock::time_point>(
        std::chrono::system_clock::now() - std::chrono::minutes(1));  // of the clock and what moves it
    usage.setClock([time] { return *time; });
    QObject::connect(&usage, &UsageMonitor::sampled, &window, [time] { *time += std::chrono::seconds(1); });
    const bool arrived = settle([this, &usage] {
        const EngineState& state = window.state();
        const auto& rows = state.containers().rows;
        const bool minute = std::all_of(rows.begin(), rows.end(), [&usage](const auto& row) {
            return row.pid == 0 || usage.cpuHistory(row.id).size() == UsageMonitor::kHistory;
        });
        return state.containers().loaded && state.images().loaded && state.volumes().loaded && state.host() &&
               minute;
    });
    // The pictures show the end of this minute, whatever time they take.
    usage.setInterval(UsageMonitor::Pace::Fast, std::chrono::hours(1));
    usage.setInterval(UsageMonitor::Pace::Slow, std::chrono::hours(1));
    return arrived;
}

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
    for (QWidget* popup : QApplication::topLevelWidgets()) {
        if (qobject_cast<QMenu*>(popup) != nullptr) {
            popup->close();
        }
    }
    for (Tray* tray : window.findChildren<Tray*>()) {
        delete tray;  // NOLINT(cppcoreguidelines-owning-memory): the window has it only as long as the
                      // picture
    }
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
    for (QWidget* popup : QApplication::topLevelWidgets()) {
        if (popup->isVisible() && qobject_cast<QMenu*>(popup) != nullptr) {
            QPainter painter(&shot);
            painter.drawPixmap(window.mapFromGlobal(popup->pos()), popup->grab());
        }
    }
    return shot;
}

}  // namespace coracle::gui
