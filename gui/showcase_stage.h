// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/storage_editor.h"
#include "gui/dialogs/widget_prompt.h"
#include "gui/main_window.h"
#include "gui/testing/fake_engine.h"

#include <QPixmap>

#include <memory>

/// The window that pictures are taken of.
namespace coracle::gui {

class Theme;

/// Prompts that do not leave the program.
class QuietPrompt : public WidgetPrompt {
public:
    void openUrl(const QUrl&) override {}
};

/// A window on sample data, richer than that of tests.
struct Stage {
    explicit Stage(Theme& theme, std::shared_ptr<FakeEngine> engine = FakeEngine::withSampleData());
    /// False: not all that the engine has arrived. The window is there in any case.
    bool open(QSize size);

    std::shared_ptr<FakeEngine> fake;  // shared with the window's workers
    QuietPrompt prompt;
    MainWindow window;
};

/// Give the sample data what only pictures need: a log of a quarter of an hour, curves, more volumes' files.
void enrich(FakeEngine& fake);
/// What folders of the sample data have in them, instead of looking at the disk.
FolderReader sampleFolderReader();

/// Close what is open over the window.
void closeDialogs(MainWindow& window);
/// The window, and over it the open dialog where the window manager would put it, on a dimmed ground.
QPixmap picture(MainWindow& window);

/// Pictures of pages that have nothing, wait, or have failed. False: a file could not be written.
bool writeStates(Theme& theme, const QString& folder, const QString& suffix, QSize size);

}  // namespace coracle::gui
