// SPDX-License-Identifier: Apache-2.0
#include "gui/views/system_page.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/chip.h"
#include "tests/gui/run_fixture.h"

#include <QLabel>
#include <QPushButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using types::CheckFix;
using types::CheckState;

namespace {

std::vector<types::HealthCheck> fourStates() {
    return {{"good", "Good", CheckState::Ok, "works", "", {}},
            {"note", "Note", CheckState::Hint, "a note", "", {}},
            {"later",
             "Later",
             CheckState::Warn,
             "a suggestion",
             "why",
             {{"Turn on", CheckFix::Kind::Run, "true 'a b'"}}},
            {"bad",
             "Bad",
             CheckState::Fail,
             "a problem",
             "unshare: EPERM",
             {{"Fix", CheckFix::Kind::Copy, "sudo fix"}}}};
}

}  // namespace

class TestSystemPage : public QObject {
    Q_OBJECT
private slots:
    void fourStatesAreShownWorstFirst() {
        Fixture f;
        f.engine->setHealth(fourStates());
        SystemPage page(f.context);
        page.resize(1000, 700);
        page.show();
        page.enter({});
        QTRY_VERIFY(page.findChild<QWidget*>(QStringLiteral("check.bad")) != nullptr);
        QCOMPARE(child<Chip>(page, "system.verdict")->text(), QStringLiteral("1 problem"));
        const auto y = [&](const char* id) { return child<QWidget>(page, id)->mapTo(&page, QPoint()).y(); };
        QTRY_VERIFY(y("check.bad") < y("check.later"));
        QVERIFY(y("check.later") < y("check.good"));
        QVERIFY(y("check.good") < y("check.note"));
        QVERIFY(child<QLabel>(page, "check.bad.text")->accessibleName().contains(QStringLiteral("problem")));
        QCOMPARE(namelessInputs(page), QStringList());
    }
    void aCopyFixCopiesTheCommand() {
        Fixture f;
        f.engine->setHealth(fourStates());
        SystemPage page(f.context);
        page.enter({});
        QTRY_VERIFY(page.findChild<QWidget*>(QStringLiteral("check.bad")) != nullptr);
        child<QPushButton>(page, "check.bad.fix")->click();
        QCOMPARE(f.prompt.copied, QStringLiteral("sudo fix"));
    }
    void aRunFixAsksRunsAndChecksAgain() {
        Fixture f;
        f.engine->setHealth(fourStates());
        QStringList ran;
        SystemPage page(f.context, [&](QObject* /*context*/, const QString& command,
                                       const std::function<void(const FixResult&)>& done) {
            ran.append(command);
            done({true, {}});
        });
        page.enter({});
        QTRY_VERIFY(page.findChild<QWidget*>(QStringLiteral("check.later")) != nullptr);
        child<QPushButton>(page, "check.later.fix")->click();
        QCOMPARE(f.prompt.questions.size(), std::size_t{1});
        QVERIFY(f.prompt.questions[0].points.contains(QStringLiteral("true 'a b'")));
        QVERIFY(ran.isEmpty());
        f.prompt.reply.accepted = true;
        child<QPushButton>(page, "check.later.fix")->click();
        QCOMPARE(ran, QStringList{QStringLiteral("true 'a b'")});
        QTRY_COMPARE(f.engine->calls("system.doctor"), 2);
    }
    void commandsReallyRun() {
        QObject context;
        FixResult result;
        bool done = false;
        const auto run = [&](const char* command) {
            done = false;
            spawningFixRunner()(&context, QString::fromLatin1(command), [&](const FixResult& got) {
                result = got;
                done = true;
            });
        };
        run("/bin/echo 'a  b'");
        QTRY_VERIFY(done);
        QVERIFY(result.ok);
        QCOMPARE(result.output, QStringLiteral("a  b"));
        run("/bin/sh -c 'echo no >&2; exit 3'");
        QTRY_VERIFY(done);
        QVERIFY(!result.ok);
        QCOMPARE(result.output, QStringLiteral("no"));
        run("/does/not/exist");
        QTRY_VERIFY(done);
        QVERIFY(!result.ok);
    }
    void theReportHoldsHostAndChecks() {
        Fixture f;
        f.engine->setHealth(fourStates());
        QTRY_VERIFY(f.state.host().has_value());
        SystemPage page(f.context);
        page.enter({});
        QTRY_VERIFY(page.findChild<QWidget*>(QStringLiteral("check.bad")) != nullptr);
        child<QPushButton>(page, "system.copyReport")->click();
        QVERIFY(f.prompt.copied.startsWith(QStringLiteral("coracle 0.1.0, Debian 12")));
        QVERIFY(f.prompt.copied.contains(QStringLiteral("fail bad: a problem\n     unshare: EPERM\n")));
    }
    void aDoctorThatFailsSaysSo() {
        Fixture f;
        f.engine->setFailure("system.doctor", Error(ErrorKind::Io, "cannot start the probe"));
        SystemPage page(f.context);
        page.show();
        page.enter({});
        QTRY_VERIFY(child<Banner>(page, "system.banner")->isVisible());
        QVERIFY(child<QPushButton>(page, "system.recheck")->isEnabled());
    }
};

QTEST_MAIN(TestSystemPage)
#include "test_system_page.moc"
