// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/widget_prompt.h"
#include "gui/main_window.h"
#include "gui/showcase.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <cstdio>

namespace {

using namespace coracle;
using namespace coracle::gui;

struct Options {
    bool selfTest = false;
    QString screenshots;
    QSize size{1280, 800};
    QString root;
    QString runRoot;
};

Options parse(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Containers without root and without a daemon."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption selfTest(QStringLiteral("self-test"),
                                      QStringLiteral("Show every page with sample data and quit."));
    const QCommandLineOption shots(QStringLiteral("screenshots"),
                                   QStringLiteral("Write every page in both themes as PNG and quit."),
                                   QStringLiteral("folder"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the pictures."),
                                  QStringLiteral("WxH"), QStringLiteral("1280x800"));
    const QCommandLineOption root(QStringLiteral("root"),
                                  QStringLiteral("Where images and containers are kept."),
                                  QStringLiteral("folder"));
    const QCommandLineOption runRoot(QStringLiteral("runroot"),
                                     QStringLiteral("Where sockets and locks are kept."),
                                     QStringLiteral("folder"));
    parser.addOptions({selfTest, shots, size, root, runRoot});
    parser.process(application);
    Options options;
    options.selfTest = parser.isSet(selfTest);
    options.screenshots = parser.value(shots);
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    if (sides.size() == 2 && sides[0].toInt() >= 860 && sides[1].toInt() >= 560) {
        options.size = QSize(sides[0].toInt(), sides[1].toInt());
    }
    options.root = parser.value(root);
    options.runRoot = parser.value(runRoot);
    return options;
}

/// Sample data never touches the person's settings, store or bus; the font has the size of the design.
int runOnSampleData(const Options& options) {
    QFont designFont = QApplication::font();
    designFont.setPixelSize(13);
    QApplication::setFont(designFont);
    Theme theme(*qApp, SchemeChoice::Light, Scheme::Light);
    return options.selfTest ? runSelfTest(theme) : writeScreenshots(theme, options.screenshots, options.size);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication::setApplicationName(QStringLiteral("coracle"));
    QApplication::setApplicationDisplayName(QStringLiteral("Coracle"));
    QApplication::setApplicationVersion(QStringLiteral(CORACLE_VERSION));
    QApplication::setOrganizationName(QStringLiteral("coracle"));
    QApplication::setDesktopFileName(QStringLiteral("org.coracle.Coracle"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QApplication application(argc, argv);
    const Options options = parse(application);
    if (options.selfTest || !options.screenshots.isEmpty()) {
        return runOnSampleData(options);
    }
    (void)std::fprintf(stderr, "coracle-desktop: no engine\n");
    return 1;
}
