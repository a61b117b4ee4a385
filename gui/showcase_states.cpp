// SPDX-License-Identifier: Apache-2.0
// Pictures of what is not there, does not come or does not work.
#include "gui/showcase_parts.h"
#include "gui/showcase_stage.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/segments.h"

#include <QAbstractButton>
#include <QLineEdit>

#include <cstdio>
#include <utility>
#include <vector>

namespace coracle::gui {
namespace {

/// One engine in a state, and the pictures that it is good for.
struct State {
    const char* name;
    std::function<std::shared_ptr<FakeEngine>()> engine;
    std::vector<Shot> shots;
};

Shot page(const char* name, const char* tab = "") {
    const QString words =
        tab[0] == '\0' ? QLatin1String(name) : QLatin1String(name) + QLatin1Char('-') + QLatin1String(tab);
    return {words, [name, tab](MainWindow& window) {
                window.open({.page = QLatin1String(name), .id = {}, .tab = QLatin1String(tab)});
                breathe(500);  // what says that it waits comes after a moment
            }};
}

Shot container(const char* tab, const char* of = "api") {
    return {QStringLiteral("container-") + QLatin1String(tab), [tab, of](MainWindow& window) {
                openPage(window, QStringLiteral("container"), of, QLatin1String(tab));
                breathe(500);
            }};
}

Shot image() {
    return {
        QStringLiteral("image"), [](MainWindow& window) {
            window.open(
                {.page = QStringLiteral("image"), .id = QStringLiteral("localhost/shop/api:2.3"), .tab = {}});
            breathe(500);
        }};
}

/// Words in a filter or a search, on a page or a tab of a container.
Shot typed(Shot base, const char* edit, const char* button = "") {
    return {base.name, [base, edit, button](MainWindow& window) {
                base.arrange(window);
                if (auto* field = window.findChild<QLineEdit*>(QLatin1String(edit))) {
                    field->setText(QStringLiteral("mailserver"));
                }
                if (auto* mode = window.findChild<QAbstractButton*>(QLatin1String(button))) {
                    mode->click();
                }
                breathe(500);
            }};
}

const std::vector<Shot>& lists() {
    static const std::vector<Shot> all = {page("containers"), page("images"),         page("volumes"),
                                          page("system"),     page("system", "disk"), page("settings")};
    return all;
}

std::vector<Shot> tabs(const char* of = "api") {
    std::vector<Shot> all;
    for (const char* tab : {"overview", "logs", "terminal", "files", "stats", "permissions", "inspect"}) {
        all.push_back(container(tab, of));
    }
    return all;
}

const char* const kLists[] = {"containers.list",  "images.list",     "volumes.list",
                              "system.doctor",    "system.info",     "upkeep.diskUsage",
                              "upkeep.planPrune", "upkeep.settings", "registries.settings"};
const char* const kDetails[] = {"containers.inspect",     "containers.logs",           "containers.exec",
                                "archives.listFolder",    "archives.containerChanges", "resources.processes",
                                "inspection.confinement", "inspection.runtimeConfig",  "images.inspect",
                                "archives.imageFiles",    "volumes.listFolder"};

std::vector<State> allStates() {
    const auto failing = [](const auto& methods) {
        auto fake = FakeEngine::withSampleData();
        for (const char* method : methods) {
            fake->setFailure(method, Error(ErrorKind::PermissionDenied, "open the store: permission denied")
                                         .withHint("it belongs to another user; see 'coracle doctor'"));
        }
        return fake;
    };
    const auto waiting = [](const auto& methods) {
        auto fake = FakeEngine::withSampleData();
        for (const char* method : methods) {
            fake->setDelay(method, std::chrono::hours(1));
        }
        return fake;
    };
    const auto withImage = [](std::vector<Shot> shots) {
        shots.push_back(image());
        shots.push_back(page("volumes"));
        return shots;
    };
    std::vector<State> states;
    states.push_back({"empty", [] { return FakeEngine::withoutObjects(); }, lists()});
    states.push_back({"loading", [waiting] { return waiting(kLists); }, lists()});
    states.push_back({"error", [failing] { return failing(kLists); }, lists()});
    states.push_back({"loading", [waiting] { return waiting(kDetails); }, withImage(tabs())});
    states.push_back({"error", [failing] { return failing(kDetails); }, withImage(tabs())});
    states.push_back({"stopped", [] { return FakeEngine::withSampleData(); }, tabs("old-test")});
    states.push_back({"no-match",
                      [] { return FakeEngine::withSampleData(); },
                      {typed(page("containers"), "containers.filter"),
                       typed(page("images"), "images.filter"),
                       typed(page("volumes"), "volumes.filter"),
                       typed(page("settings"), "settings.find"),
                       typed(container("logs"), "logs.search", "logs.only"),
                       typed(container("files"), "files.find"),
                       typed(container("inspect"), "inspect.search"),
                       typed(image(), "layers.find"),
                       {QStringLiteral("palette"), [](MainWindow& window) {
                            openPage(window, QStringLiteral("containers"));
                            window.openPalette(QStringLiteral("zzqx"));
                            breathe(60);
                        }}}});
    return states;
}

}  // namespace

bool writeStates(Theme& theme, const QString& folder, const QString& suffix, QSize size) {
    for (const State& state : allStates()) {
        const std::shared_ptr<FakeEngine> engine = state.engine();  // shared with the window's workers
        Stage stage(theme, engine);
        (void)stage.open(size);  // what is still loading does not arrive: that is the picture
        for (const Shot& shot : state.shots) {
            shot.arrange(stage.window);
            const QString path =
                QStringLiteral("%1/%2-%3-%4.png").arg(folder, QLatin1String(state.name), shot.name, suffix);
            if (!picture(stage.window).save(path)) {
                (void)std::fprintf(stderr, "coracle-desktop: cannot write '%s'\n", qUtf8Printable(path));
                engine->wakeAll();
                return false;
            }
            closeDialogs(stage.window);
        }
        engine->wakeAll();
    }
    return true;
}

}  // namespace coracle::gui
