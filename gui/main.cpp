// SPDX-License-Identifier: Apache-2.0
#include "core/engine/online_engine.h"
#include "gui/dialogs/info_dialog.h"
#include "gui/dialogs/widget_prompt.h"
#include "gui/format.h"
#include "gui/long_words.h"
#include "gui/main_window.h"
#include "gui/modal_focus.h"
#include "gui/showcase.h"
#include "gui/single_instance.h"
#include "gui/start_trace.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/translations.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLocale>
#include <QSettings>
#include <QTimer>
#include <QTranslator>

#include <cstdio>
#include <memory>

namespace {

using namespace coracle;
using namespace coracle::gui;

struct Options {
    bool selfTest = false;
    bool tray = false;
    QString screenshots;
    QSize size{1280, 800};
    QString language;
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
    const QCommandLineOption language(
        QStringLiteral("language"),
        QStringLiteral("Language of the pictures; \"long\" makes all words longer than in any."),
        QStringLiteral("code"));
    const QCommandLineOption root(QStringLiteral("root"),
                                  QStringLiteral("Where images and containers are kept."),
                                  QStringLiteral("folder"));
    const QCommandLineOption runRoot(QStringLiteral("runroot"),
                                     QStringLiteral("Where sockets and locks are kept."),
                                     QStringLiteral("folder"));
    const QCommandLineOption tray(QStringLiteral("tray"),
                                  QStringLiteral("Start in the tray, without a window, where there is one."));
    parser.addOptions({tray, selfTest, shots, size, language, root, runRoot});
    parser.process(application);
    Options options;
    options.tray = parser.isSet(tray);
    options.selfTest = parser.isSet(selfTest);
    options.screenshots = parser.value(shots);
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    if (sides.size() == 2 && sides[0].toInt() >= 860 && sides[1].toInt() >= 560) {
        options.size = QSize(sides[0].toInt(), sides[1].toInt());
    }
    options.language = parser.value(language);
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

/// Without an engine there is nothing that the window could show.
int sayWhyNot(const Error& error) {
    (void)std::fprintf(stderr, "coracle-desktop: %s\n", error.message().c_str());
    if (!error.hint().empty()) {
        (void)std::fprintf(stderr, "hint: %s\n", error.hint().c_str());
    }
    InfoDialog dialog(QStringLiteral("Coracle cannot start"), format::error(error), {});
    QObject::connect(&dialog, &QDialog::finished, qApp, &QApplication::quit);
    dialog.open();
    QApplication::exec();
    return 1;
}

int runWindow(const Options& options) {
    QSettings settings;
    const auto choice = static_cast<SchemeChoice>(settings.value(QStringLiteral("theme"), 0).toInt());
    const auto lastSeen = static_cast<Scheme>(settings.value(QStringLiteral("lastScheme"), 0).toInt());
    Theme theme(*qApp, choice, lastSeen);
    QApplication::setWindowIcon(applicationIcon());
    auto engine = engine::openOnlineEngine({.root = options.root.toStdString(),
                                            .runRoot = options.runRoot.toStdString(),
                                            .lifetime = engine::Lifetime::LongLived});
    if (!engine) {
        return sayWhyNot(engine.error());
    }
    ModalFocus modalFocus;
    qApp->installNativeEventFilter(&modalFocus);
    WidgetPrompt prompt;
    MainWindow window({.engine = std::shared_ptr<engine::Engine>(*std::move(engine)),
                       .theme = theme,
                       .prompt = prompt,
                       .registry = defaultPages(),
                       .useSettings = true,
                       .welcome = options.root.isEmpty() && options.runRoot.isEmpty(),
                       .desktop = thisDesktop()});
    QObject::connect(&window, &MainWindow::quitWanted, qApp, &QApplication::quit);
    traceFirstPaint(window);
    const auto begin = [&window, &theme, hidden = options.tray] {
        // Without a tray there would be no way to the window.
        if (!hidden || !window.settings().tray() || !window.settings().trayIsThere()) {
            window.show();
        }
        // After the first paint: nothing that asks the disk or the bus comes before it.
        QTimer::singleShot(0, &window, [&window, &theme] {
            window.start();
            if (sessionBusIsThere()) {
                theme.followDesktop();
            }
        });
    };
    SingleInstance instance;
    QObject::connect(&instance, &SingleInstance::activated, &window, &MainWindow::present);
    QObject::connect(&instance, &SingleInstance::actionWanted, &window, [&window](const QString& name) {
        if (name == QLatin1String("run")) {
            window.openRunDialog({});
        }
    });
    if (options.root.isEmpty() && options.runRoot.isEmpty()) {
        instance.acquire([&begin](bool first) {
            if (first) {
                begin();
            } else {
                QTimer::singleShot(0, qApp, &QApplication::quit);
            }
        });
    } else {
        begin();  // another store is another program
    }
    return QApplication::exec();
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
    const bool sample = options.selfTest || !options.screenshots.isEmpty();
    const QString language = sample ? options.language : AppSettings(AppSettings::Keep::Yes).language();
    if (language == QLatin1String("long")) {
        (void)QCoreApplication::installTranslator(makeLongWords().release());  // for as long as the program
    } else {
        installTranslations(application, language.isEmpty() ? QLocale() : QLocale(language));
    }
    if (sample) {
        return runOnSampleData(options);
    }
    return runWindow(options);
}
