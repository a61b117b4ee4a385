// SPDX-License-Identifier: Apache-2.0
#include "core/engine/upkeep.h"
#include "gui/views/settings_page.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/card.h"
#include "gui/widgets/segments.h"
#include "tests/gui/run_fixture.h"

#include <QComboBox>
#include <QSpinBox>

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
        QTest::mouseClick(child<QAbstractButton>(s.page, "settings.askStop"), Qt::LeftButton);
        QVERIFY(!settings.askBeforeStop());
        settings.setAskBeforeStop(true);  // the question itself has such a box
        QVERIFY(child<QAbstractButton>(s.page, "settings.askStop")->isChecked());
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
        s.number("settings.reserve").setValue(5);
        QTRY_COMPARE(s.stored().reservePercent, std::int64_t{5});
        child<QComboBox>(s.page, "settings.reserveUnit")->setCurrentIndex(1);
        QTRY_COMPARE(s.stored().reserveBytes, std::uint64_t{5} << 30U);
        QCOMPARE(s.stored().reservePercent, std::int64_t{0});
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
