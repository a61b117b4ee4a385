// SPDX-License-Identifier: Apache-2.0
#include "core/engine/upkeep.h"
#include "gui/dialogs/registry_dialog.h"
#include "gui/dialogs/section_list.h"
#include "gui/theme/density.h"
#include "gui/theme/metrics.h"
#include "gui/views/settings_page.h"
#include "gui/views/terminal_widget.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/card.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "tests/gui/run_fixture.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFontMetrics>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// The page, with the settings of the engine shown.
struct Settings {
    explicit Settings(const types::StoreSettings& settings = {}) : page(f.context) {
        (void)f.engine->upkeep().setSettings(settings);  // the fake never fails unless told so
        page.resize(1000, 700);
        page.show();
        page.enter({});
    }
    bool shown() { return child<QSpinBox>(page, "settings.days")->isEnabled(); }
    QSpinBox& number(const char* name) { return *child<QSpinBox>(page, name); }
    /// What is said of a registry; empty when it has no row.
    QString words(const char* registry) {
        const auto* label = page.findChild<QLabel*>(
            QStringLiteral("settings.registry.%1.words").arg(QLatin1String(registry)));
        return label == nullptr ? QString() : label->text();
    }
    types::StoreSettings stored() { return *f.engine->upkeep().settings(); }

    Fixture f;
    SettingsPage page;
};

}  // namespace

class TestSettingsPage : public QObject {
    Q_OBJECT
private slots:
    void whatIsInTheFileIsShown() {
        types::StoreSettings settings;
        settings.trashDays = 3;
        settings.trashPercent = 0;
        settings.reserveBytes = std::uint64_t{2} << 30U;
        settings.quotaBytes = std::uint64_t{40} << 30U;
        Settings s(settings);
        QTRY_VERIFY(s.shown());
        QCOMPARE(s.number("settings.days").value(), 3);
        QCOMPARE(s.number("settings.percent").text(), QStringLiteral("nothing"));
        QCOMPARE(s.number("settings.reserve").value(), 2);
        QCOMPARE(child<QComboBox>(s.page, "settings.reserveUnit")->currentText(), QStringLiteral("GiB"));
        QCOMPARE(s.number("settings.quota").value(), 40);
        QCOMPARE(s.f.engine->calls("upkeep.setSettings"), 1);  // to show is no change
        QCOMPARE(namelessInputs(s.page), QStringList());
    }
    void theAppsOwnSettingsAreChangedHere() {
        Settings s;
        AppSettings& settings = s.f.settings;
        auto* confirm = child<QComboBox>(s.page, "settings.confirm");
        QCOMPARE(confirm->currentText(), QStringLiteral("Stopping"));
        confirm->setFocus();
        QTest::keyClick(confirm, Qt::Key_Down);
        QVERIFY(settings.askBeforeStop() && settings.askBeforeDelete());
        settings.setAskBeforeStop(false);  // the question itself has such a box
        QCOMPARE(confirm->currentText(), QStringLiteral("Deletes only"));
        QTest::keyClick(confirm, Qt::Key_Down);
        QVERIFY(!settings.askBeforeStop() && !settings.askBeforeDelete());
        auto* notify = child<QComboBox>(s.page, "settings.notify");
        QCOMPARE(notify->currentIndex(), int(NotifyWhen::InBackground));
        notify->setFocus();
        QTest::keyClick(notify, Qt::Key_Up);
        QCOMPARE(settings.notifyWhen(), NotifyWhen::Never);
        auto* language = child<QComboBox>(s.page, "settings.language");
        QVERIFY(language->findText(QStringLiteral("Deutsch")) > 0);
        language->setCurrentIndex(0);
        language->setFocus();
        QTest::keyClick(language, Qt::Key_Down);
        QCOMPARE(settings.language(), QStringLiteral("de"));
    }
    void tabGoesFromRowToRow() {
        Settings s;
        QTRY_VERIFY(s.shown());
        const QStringList wanted{QStringLiteral("settings.tray"), QStringLiteral("settings.notify"),
                                 QStringLiteral("settings.language"), QStringLiteral("settings.confirm"),
                                 QStringLiteral("settings.days")};
        QStringList seen;
        auto* first = child<QWidget>(s.page, "settings.tray");
        QWidget* now = first;
        do {
            if (wanted.contains(now->objectName())) {
                seen << now->objectName();
            }
            now = now->nextInFocusChain();
        } while (now != first);
        QCOMPARE(seen, wanted);
    }
    void aClickBelowTheListLeavesItsSectionChosen() {
        Settings s;
        auto* list = child<SectionList>(s.page, "settings.sections");
        list->setCurrent(4);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(40, list->viewport()->height() - 5));
        QVERIFY(list->selectionModel()->isSelected(list->model()->index(4, 0)));
        auto* bar = child<QScrollArea>(s.page, "settings.scroll")->verticalScrollBar();
        bar->setValue(0);  // scrolled away since
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          list->visualRect(list->model()->index(4, 0)).center());
        QVERIFY(list->selectionModel()->isSelected(list->model()->index(4, 0)));
        QVERIFY(bar->value() > 0);
    }
    void theListOnTheLeftHasRoomForItsWords() {
        Settings s;
        auto* list = child<SectionList>(s.page, "settings.sections");
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QString words = list->model()->index(row, 0).data().toString();
            const QFontMetrics bold(themeFont(TextRole::Section));
            QVERIFY2(bold.horizontalAdvance(words) < scaled(150), qPrintable(words));
        }
    }
    void containersStartWithTheSessionByTheCommandLine() {
        const QTemporaryDir home;
        const QByteArray before = qgetenv("XDG_CONFIG_HOME");
        qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
        const auto restore = qScopeGuard([before] {
            before.isNull() ? (void)qunsetenv("XDG_CONFIG_HOME") : (void)qputenv("XDG_CONFIG_HOME", before);
        });
        Fixture f;
        QStringList ran;
        std::vector<std::function<void(const FixResult&)>> answers;
        SettingsPage page(f.context, [&](QObject*, const QString& command, auto done) {
            ran.append(command);
            answers.push_back(done);
        });
        page.show();
        auto* toggle = child<QAbstractButton>(page, "settings.containersStart");
        QVERIFY(!toggle->isChecked());
        QTest::mouseClick(toggle, Qt::LeftButton);
        QCOMPARE(ran.size(), 1);
        QVERIFY2(ran[0].endsWith(QStringLiteral("coracle system enable-restart")), qPrintable(ran[0]));
        QVERIFY(!toggle->isEnabled());
        answers[0]({.ok = false, .output = QStringLiteral("read-only")});
        QVERIFY(toggle->isEnabled() && !toggle->isChecked());  // nothing was written
        QTest::mouseClick(toggle, Qt::LeftButton);
        const QString wants = home.path() + QStringLiteral("/systemd/user/default.target.wants");
        QVERIFY(QDir().mkpath(wants));
        QFile unit(wants + QStringLiteral("/coracle-restart.service"));
        QVERIFY(unit.open(QIODevice::WriteOnly));
        answers[1]({.ok = true, .output = {}});
        QVERIFY(toggle->isChecked());
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(ran[2].endsWith(QStringLiteral("coracle system disable-restart")));
    }
    void rowsAreLowWhereThePersonLikesThem() {
        Settings s;
        ListTable table(QStringLiteral("t"), QStringLiteral("t"));
        ListTable own(QStringLiteral("o"), QStringLiteral("o"));
        own.setRowHeight(48);
        const auto height = [](const ListTable& list) { return list.verticalHeader()->defaultSectionSize(); };
        QCOMPARE(height(table), scaled(metrics::kRow));
        child<Segments>(s.page, "settings.rows")->setCurrent(1);
        QVERIFY(s.f.settings.compactRows());
        setCompactRows(s.f.settings.compactRows());  // as the window does
        const auto restore = qScopeGuard([] { setCompactRows(false); });
        QCOMPARE(height(table), scaled(metrics::kRowCompact));
        QCOMPARE(height(own), scaled(48));
    }
    void theTrayNeedsADesktopThatHasOne() {
        Settings without;
        QVERIFY(!child<QAbstractButton>(without.page, "settings.tray")->isEnabled());
        Fixture f;
        f.settings.setTrayProbe([] { return true; });
        SettingsPage page(f.context);
        page.show();
        auto* tray = child<QAbstractButton>(page, "settings.tray");
        QVERIFY(tray->isEnabled());
        QVERIFY(!child<QAbstractButton>(page, "settings.autostart")->isEnabled());
        QTest::mouseClick(tray, Qt::LeftButton);
        QVERIFY(f.settings.tray());
        QVERIFY(child<QAbstractButton>(page, "settings.autostart")->isEnabled());
    }
    void aChangeIsWrittenAndTheRestKept() {
        types::StoreSettings settings;
        settings.quotaBytes = 1'234'567;
        Settings s(settings);
        QTRY_VERIFY(s.shown());
        s.number("settings.days").setValue(30);
        QTRY_COMPARE(s.stored().trashDays, std::int64_t{30});
        QCOMPARE(s.stored().quotaBytes, std::uint64_t{1'234'567});
        // The least has no number beside it; a number has its unit.
        auto* unit = child<QComboBox>(s.page, "settings.reserveUnit");
        QVERIFY(unit->currentText().contains(QStringLiteral("32 MiB")));
        QVERIFY(!s.number("settings.reserve").isVisible());
        unit->setCurrentIndex(0);
        QVERIFY(s.number("settings.reserve").isVisible());
        QTRY_COMPARE(s.stored().reservePercent, std::int64_t{1});
        s.number("settings.reserve").setValue(5);
        QTRY_COMPARE(s.stored().reservePercent, std::int64_t{5});
        unit->setCurrentIndex(2);
        QTRY_COMPARE(s.stored().reservePercent, std::int64_t{0});
        QCOMPARE(s.stored().reserveBytes, std::uint64_t{0});
        unit->setCurrentIndex(1);
        QTRY_COMPARE(s.stored().reserveBytes, std::uint64_t{5} << 30U);
        QCOMPARE(s.stored().reservePercent, std::int64_t{0});
    }
    void registriesShowWhatIsSetAndWhoIsLoggedIn() {
        Settings s;
        QTRY_COMPARE(s.words("docker.io"), QStringLiteral("logged in as maria · mirrors: mirror.example, "
                                                          "localhost:5001"));
        QCOMPARE(s.words("registry.example:5000"), QStringLiteral("its certificate is not checked"));
        child<QAbstractButton>(s.page, "settings.registry.docker.io.logout")->click();
        QTRY_COMPARE(s.f.engine->calls("images.logout"), 1);
        QTRY_COMPARE(s.words("docker.io"), QStringLiteral("mirrors: mirror.example, localhost:5001"));
        child<QAbstractButton>(s.page, "settings.registry.docker.io.forget")->click();
        QTRY_VERIFY(s.page.findChild<QLabel*>(QStringLiteral("settings.registry.docker.io.words")) ==
                    nullptr);
        QTRY_VERIFY(s.f.toasts.canUndo());
        s.f.toasts.undo();
        QTRY_COMPARE(s.words("docker.io"), QStringLiteral("mirrors: mirror.example, localhost:5001"));
    }
    void aRegistryIsAddedAndChanged() {
        Settings s;
        QTRY_VERIFY(child<QAbstractButton>(s.page, "settings.registries.add")->isEnabled());
        child<QAbstractButton>(s.page, "settings.registries.add")->click();
        auto* dialog = s.page.window()->findChild<RegistryDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(namelessInputs(*dialog), QStringList());
        auto* save = child<QAbstractButton>(*dialog, "registry.save");
        QVERIFY(!save->isEnabled());
        auto* name = child<QLineEdit>(*dialog, "registry.name");
        name->setText(QStringLiteral("r.example/team"));
        QVERIFY(!child<QWidget>(*dialog, "registry.insecure")->isEnabled());  // a matter of the whole host
        name->setText(QStringLiteral("r.example"));
        QVERIFY(child<QWidget>(*dialog, "registry.insecure")->isEnabled());
        child<QPlainTextEdit>(*dialog, "registry.mirrors")
            ->setPlainText(QStringLiteral("m.example\n\n m2 \n"));
        s.f.prompt.file = QStringLiteral("/etc/ca.pem");
        child<QAbstractButton>(*dialog, "registry.ca.choose")->click();
        // What the engine says is told in place, and nothing typed is lost.
        s.f.engine->setFailure("registries.setSettings",
                               Error(ErrorKind::InvalidArgument, "'m2' is no host"));
        save->click();
        QTRY_VERIFY(child<Banner>(*dialog, "registry.error")->isVisible());
        QCOMPARE(child<Banner>(*dialog, "registry.error")->text(), QStringLiteral("'m2' is no host"));
        s.f.engine->setFailure("registries.setSettings", std::nullopt);
        save->click();
        QTRY_COMPARE(s.words("r.example"),
                     QStringLiteral("mirrors: m.example, m2 · own certificate authority"));
        // The other rows and the name before are the engine's business.
        child<QAbstractButton>(s.page, "settings.registry.r.example.edit")->click();
        QTRY_VERIFY(s.page.window()->findChildren<RegistryDialog*>().size() == 1);
        dialog = s.page.window()->findChild<RegistryDialog*>();
        QCOMPARE(child<QLineEdit>(*dialog, "registry.ca")->text(), QStringLiteral("/etc/ca.pem"));
        child<QLineEdit>(*dialog, "registry.name")->setText(QStringLiteral("other.example"));
        child<QAbstractButton>(*dialog, "registry.save")->click();
        QTRY_VERIFY(!s.words("other.example").isEmpty());
        QVERIFY(s.words("r.example").isEmpty());
    }
    void loggingInIsTriedThere() {
        Settings s;
        QTRY_VERIFY(!s.words("docker.io").isEmpty());
        child<QAbstractButton>(s.page, "settings.registry.registry.example:5000.login")->click();
        auto* dialog = s.page.window()->findChild<LoginDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(namelessInputs(*dialog), QStringList());
        auto* ok = child<QAbstractButton>(*dialog, "login.ok");
        child<QLineEdit>(*dialog, "login.user")->setText(QStringLiteral("ion"));
        QVERIFY(!ok->isEnabled());
        child<QLineEdit>(*dialog, "login.password")->setText(QStringLiteral("secret"));
        s.f.engine->setFailure("images.login", Error(ErrorKind::Unauthenticated, "wrong password"));
        ok->click();
        QTRY_VERIFY(child<Banner>(*dialog, "login.error")->isVisible());
        QVERIFY(ok->isEnabled());
        s.f.engine->setFailure("images.login", std::nullopt);
        QTest::keyClick(child<QLineEdit>(*dialog, "login.password"), Qt::Key_Return);
        QTRY_COMPARE(s.words("registry.example:5000"),
                     QStringLiteral("logged in as ion · its certificate is not checked"));
        for (const std::string& call : s.f.engine->callLog()) {
            QVERIFY(call.find("secret") == std::string::npos);
        }
    }
    void aMistakeInTheFileOfRegistriesIsTold() {
        Fixture f;
        f.engine->setFailure("registries.settings",
                             Error(ErrorKind::Corrupt, "read 'x': line 2: no setting"));
        SettingsPage page(f.context);
        page.show();
        page.enter({});
        QTRY_VERIFY(
            page.findChild<QLabel*>(QStringLiteral("settings.registries.note")) != nullptr &&
            child<QLabel>(page, "settings.registries.note")->text().contains(QStringLiteral("line 2")));
        QVERIFY(!child<QAbstractButton>(page, "settings.registries.add")->isEnabled());
    }
    void aSearchLeavesWhatHasItsWords() {
        Settings s;
        QTRY_VERIFY(s.shown() && !s.words("docker.io").isEmpty());
        s.page.focusFilter();
        auto* find = child<QLineEdit>(s.page, "settings.find");
        find->setText(QStringLiteral("trash may"));
        QVERIFY(s.number("settings.percent").isVisible());
        QVERIFY(!s.number("settings.days").isVisible());
        QVERIFY(!child<QWidget>(s.page, "settings.registries")->isVisible());
        find->setText(QStringLiteral("mirror.example"));
        QVERIFY(child<QWidget>(s.page, "settings.registries")->isVisible());
        find->setText(QStringLiteral("storage"));  // a section is found as a whole
        QVERIFY(s.number("settings.days").isVisible());
        find->setText(QStringLiteral("nothing like it"));
        QVERIFY(child<QWidget>(s.page, "settings.none")->isVisible());
        child<QAbstractButton>(s.page, "settings.clearFind")->click();
        QVERIFY(s.number("settings.days").isVisible());
        // Keys in the list of sections lead to them.
        auto* list = child<SectionList>(s.page, "settings.sections");
        auto* bar = child<QScrollArea>(s.page, "settings.scroll")->verticalScrollBar();
        QCOMPARE(bar->value(), 0);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_End);
        QVERIFY(bar->value() > 0);
    }
    void theTerminalHasItsOwnLetters() {
        Settings s;
        s.number("settings.terminalSize").setValue(18);
        QCOMPARE(s.f.settings.terminalSize(), 18);
        s.number("settings.terminalSize").setValue(7);
        QCOMPARE(s.f.settings.terminalSize(), 0);
        TerminalWidget terminal;
        terminal.resize(800, 400);
        terminal.show();
        const int columns = terminal.screen().columns();
        QSignalSpy sizes(&terminal, &TerminalWidget::sizeChanged);
        terminal.setLetters({}, 26);
        QCOMPARE(sizes.count(), 1);
        QVERIFY(terminal.screen().columns() < columns * 2 / 3);
        terminal.setLetters({}, 0);
        QCOMPARE(terminal.screen().columns(), columns);
    }
    void thePageFollowsTheFileButNotWhatIsTyped() {
        const QTemporaryDir home;
        const QByteArray before = qgetenv("XDG_CONFIG_HOME");
        qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
        const auto restore = qScopeGuard([before] {
            before.isNull() ? (void)qunsetenv("XDG_CONFIG_HOME") : (void)qputenv("XDG_CONFIG_HOME", before);
        });
        Settings s;
        QTRY_VERIFY(s.shown());
        const QString folder = home.path() + QStringLiteral("/coracle");
        const auto written = [&](std::int64_t days, std::int64_t percent) {
            types::StoreSettings settings;
            settings.trashDays = days;
            settings.trashPercent = percent;
            (void)s.f.engine->upkeep().setSettings(settings);
            QSaveFile file(folder + QStringLiteral("/store.json"));  // replaced, as the command line does
            return QDir().mkpath(folder) && file.open(QIODevice::WriteOnly) && file.write("{}") == 2 &&
                   file.commit();
        };
        QSpinBox& days = s.number("settings.days");
        QVERIFY(written(11, 5));  // the folder was not there yet
        QTRY_COMPARE(days.value(), 11);
        QVERIFY(written(12, 5));
        QTRY_COMPARE(days.value(), 12);
        // A field that was emptied to get another number stays so until it is left.
        days.setFocus();
        QTRY_VERIFY(days.hasFocus());
        days.findChild<QLineEdit*>()->selectAll();  // with the suffix, as a triple click does
        QTest::keyClick(&days, Qt::Key_Backspace);
        const QString typed = days.findChild<QLineEdit*>()->text();
        QVERIFY(!days.hasAcceptableInput());
        QVERIFY(written(13, 6));
        QTRY_COMPARE(s.number("settings.percent").value(), 6);
        QCOMPARE(days.findChild<QLineEdit*>()->text(), typed);
        s.number("settings.percent").setFocus();
        QTRY_COMPARE(days.value(), 13);
    }
    void leavingWritesAtOnce() {
        Settings s;
        QTRY_VERIFY(s.shown());
        const int before = s.f.engine->calls("upkeep.setSettings");
        s.number("settings.quota").setValue(10);
        s.page.leave();
        QTRY_COMPARE(s.f.engine->calls("upkeep.setSettings"), before + 1);
        QTRY_COMPARE(s.stored().quotaBytes, std::uint64_t{10} << 30U);
    }
    void aFileWithAMistakeIsNotOverwritten() {
        Fixture f;
        f.engine->setFailure("upkeep.settings", Error(ErrorKind::Corrupt, "line 2: 'days' is not a number"));
        SettingsPage page(f.context);
        page.show();
        page.enter({});
        QTRY_VERIFY(child<Banner>(page, "settings.banner")->isVisible());
        QVERIFY(!child<QSpinBox>(page, "settings.days")->isEnabled());
        child<QSpinBox>(page, "settings.days")->setValue(1);
        page.leave();
        QCOMPARE(f.engine->calls("upkeep.setSettings"), 0);
        f.engine->setFailure("upkeep.settings", std::nullopt);
        child<QAbstractButton>(page, "settings.retry")->click();
        QTRY_VERIFY(child<QSpinBox>(page, "settings.days")->isEnabled());
        QVERIFY(!child<Banner>(page, "settings.banner")->isVisible());
    }
    void coloursChangeAtOnce() {
        Settings s;
        auto* scheme = child<Segments>(s.page, "settings.scheme");
        scheme->setCurrent(2);
        QCOMPARE(s.f.theme.choice(), SchemeChoice::Dark);
        s.f.theme.setChoice(SchemeChoice::Light);
        QCOMPARE(scheme->currentKey(), QStringLiteral("light"));
    }
};

QTEST_MAIN(TestSettingsPage)
#include "test_settings_page.moc"
