// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>
#include <QString>

#include <functional>
#include <vector>

namespace coracle::gui {

class MainWindow;
class Theme;

/// One picture: brings the window (or a dialog over it) into a state and leaves it there.
struct Shot {
    QString name;  ///< "01-containers"
    std::function<void(MainWindow&)> arrange;
};

/// Every page and dialog with sample data: what --self-test walks through and --screenshots writes.
std::vector<Shot> allShots();

/// Show each shot; a warning of Qt or a page that does not come is a failure. 0 when all went well.
int runSelfTest(Theme& theme);

/// Write each shot as PNG in both themes, 1280x800: "01-containers-light.png".
int writeScreenshots(Theme& theme, const QString& folder, QSize size);

}  // namespace coracle::gui
