// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/first_run_dialog.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/run_fixture.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QPushButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

types::HealthCheck check(const char* id, types::CheckState state) {
    types::HealthCheck one;
    one.id = id;
    one.title = std::string("Title of ") + id;
    one.state = state;
    one.text = "what was found";
    return one;
}

QString verdict(const QWidget& dialog) {
    return child<TextLabel>(dialog, "first.verdict")->text();
}

}  // namespace

class TestFirstRun : public QObject {
    Q_OBJECT
private slots:
    void problemsComeFirstWithTheirFixes() {
        Fixture f;
        auto broken = check("subids", types::CheckState::Fail);
        broken.fixes = {{"Add", types::CheckFix::Kind::Copy, "sudo usermod --add-subuids 1-2 you"}};
        auto slow = check("linger", types::CheckState::Warn);
        slow.fixes = {{"Switch on", types::CheckFix::Kind::Run, "loginctl enable-linger"}};
        f.engine->setHealth({check("kernel", types::CheckState::Ok), slow, broken});
        QStringList ran;
        FirstRunDialog dialog(f.context, [&](QObject*, const QString& command, auto done) {
            ran << command;
            f.engine->setHealth({check("kernel", types::CheckState::Ok)});
            done(FixResult{.ok = true, .output = {}});
        });
        dialog.show();
        QTRY_VERIFY(dialog.findChild<QWidget*>(QStringLiteral("check.subids")) != nullptr);
        QVERIFY(verdict(dialog).contains(QLatin1Char('1')));
        QCOMPARE(child<QPushButton>(dialog, "first.continue")->text(),
                 QStringLiteral("Continue with limits"));
        QTRY_VERIFY(child<QWidget>(dialog, "first.passed")->y() >
                    child<QWidget>(dialog, "check.linger")->y());
        QVERIFY(dialog.findChild<QWidget*>(QStringLiteral("check.kernel")) == nullptr);  // one row for all
        QVERIFY(child<QWidget>(dialog, "check.linger")->y() > child<QWidget>(dialog, "check.subids")->y());
        child<QPushButton>(dialog, "check.subids.fix")->click();
        QCOMPARE(f.prompt.copied, QStringLiteral("sudo usermod --add-subuids 1-2 you"));
        child<QPushButton>(dialog, "check.linger.fix")->click();
        QVERIFY(ran.isEmpty());  // it was asked and denied
        f.prompt.reply.accepted = true;
        child<QPushButton>(dialog, "check.linger.fix")->click();
        QCOMPARE(ran, QStringList{QStringLiteral("loginctl enable-linger")});
        QTRY_COMPARE(child<QPushButton>(dialog, "first.continue")->text(), QStringLiteral("Done"));
        QCOMPARE(namelessInputs(dialog), QStringList());
    }
    void stepsCloseItAndLeadOn() {
        Fixture f;
        FirstRunDialog dialog(f.context, {});
        dialog.show();
        QTest::mouseClick(child<QAbstractButton>(dialog, "first.welcome"), Qt::LeftButton);
        QCOMPARE(f.navigator.runs.size(), std::size_t(1));
        QCOMPARE(f.navigator.runs[0].image, std::string("welcome"));
        QVERIFY2(f.navigator.runs[0].tty && f.navigator.runs[0].interactive, "its shell would end at once");
        QVERIFY(!dialog.isVisible());
        dialog.show();
        QTest::keyClick(child<QAbstractButton>(dialog, "first.pull"), Qt::Key_Space);
        QCOMPARE(f.navigator.pulls.size(), std::size_t(1));
    }
    void enterTakesTheStepThatHasTheKeys() {
        Fixture f;
        FirstRunDialog dialog(f.context, {});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* pull = child<QAbstractButton>(dialog, "first.pull");
        pull->setFocus();
        QTest::keyClick(pull, Qt::Key_Return);
        QCOMPARE(f.navigator.pulls.size(), std::size_t(1));  // the default button would only close the dialog
    }
    void aDoctorThatFailsSaysSo() {
        Fixture f;
        f.engine->setFailure("system.doctor", Error(ErrorKind::Io, "cannot fork"));
        FirstRunDialog dialog(f.context, {});
        dialog.show();
        QTRY_VERIFY(child<QWidget>(dialog, "first.banner")->isVisible());
        f.engine->setFailure("system.doctor", std::nullopt);
        child<QPushButton>(dialog, "first.again")->click();
        QTRY_VERIFY(!child<QWidget>(dialog, "first.banner")->isVisible());
    }
    void thePaletteLeadsBackToIt() {
        WindowFixture f;
        QVERIFY(f.show());
        QVERIFY(f.window.findChild<FirstRunDialog*>() == nullptr);  // the tests' windows have no settings
        f.window.findChild<QAction*>(QStringLiteral("action.welcome"))->trigger();
        QTRY_VERIFY(f.window.findChild<FirstRunDialog*>() != nullptr);
        child<QPushButton>(f.window, "first.continue")->click();
        QTRY_VERIFY(f.window.findChild<FirstRunDialog*>() == nullptr);
    }
};

QTEST_MAIN(TestFirstRun)
#include "test_first_run.moc"
