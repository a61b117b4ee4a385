// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_command.h"
#include "gui/dialogs/command_preview.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/dialogs/section_list.h"
#include "gui/widgets/banner.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;

namespace {

FolderReader pretend() {
    return [](const QString& path, const std::function<void(const FolderFacts&)>& done) {
        FolderFacts facts;
        facts.exists = !path.contains(QLatin1String("missing"));
        facts.canEnter = facts.isFolder = facts.exists;
        done(facts);
    };
}

types::RunSpec detached(const char* image) {
    types::RunSpec spec;
    spec.image = image;
    spec.detach = true;
    return spec;
}

QString shellText(const types::RunSpec& spec) {
    return QString::fromStdString(types::toShellText(types::toCommand(spec)));
}

QString previewOf(const RunDialog& dialog) {
    return child<CommandPreview>(dialog, "runDialog.preview")->commandLine();
}

}  // namespace

class TestRunDialog : public QObject {
    Q_OBJECT
private slots:
    void previewIsTheCommandOfTheSpec_data();
    void previewIsTheCommandOfTheSpec();

    void withoutAnImageRunIsDisabledWithAReason() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        QVERIFY(!child<QPushButton>(dialog, "runDialog.run")->isEnabled());
        QVERIFY(!child<QPushButton>(dialog, "runDialog.create")->isEnabled());
        QCOMPARE(child<QLabel>(dialog, "runDialog.error")->text(), QStringLiteral("Choose an image"));
        QTest::keyClicks(child<QComboBox>(dialog, "basics.image")->lineEdit(), QStringLiteral("alpine"));
        QVERIFY(child<QPushButton>(dialog, "runDialog.run")->isEnabled());
        QCOMPARE(previewOf(dialog), QStringLiteral("coracle run -d alpine"));
    }
    void basicsAreJudged() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine"));
        auto* run = child<QPushButton>(dialog, "runDialog.run");
        auto* reason = child<QLabel>(dialog, "runDialog.error");
        const auto refused = [&](const char* field, const char* text, const char* why) {
            auto* edit = child<QLineEdit>(dialog, field);
            edit->setText(QString::fromLatin1(text));
            const bool ok = !run->isEnabled() && reason->text().contains(QLatin1String(why));
            edit->clear();
            return ok && run->isEnabled();
        };
        QVERIFY(refused("basics.name", "api", "has this name"));
        QVERIFY(refused("basics.name", "../x", "letters"));
        QVERIFY(refused("basics.command", "echo 'x", "quote"));
        QVERIFY(refused("basics.workdir", "here", "start with /"));
    }
    void localImagesAreKnownByAnyOfTheirNames() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        RunDialog dialog(f.context, pretend());
        dialog.setImage(QStringLiteral("docker.io/library/nginx:1.27"));
        QVERIFY(child<QLabel>(dialog, "basics.image.help")->text().contains(QStringLiteral("Here already")));
        dialog.setImage(QStringLiteral("nginx:1.27"));
        QVERIFY(child<QLabel>(dialog, "basics.image.help")->text().contains(QStringLiteral("Here already")));
        QTRY_VERIFY(dialog.findChild<QWidget*>(QStringLiteral("ports.exposed.80/tcp")) != nullptr);
        QTRY_VERIFY(
            child<QLabel>(dialog, "basics.command.help")->text().contains(QStringLiteral("nginx -g")));
        dialog.setImage(QStringLiteral("nginx:9"));
        QVERIFY(child<QLabel>(dialog, "basics.image.help")->text().contains(QStringLiteral("pulled")));
    }
    void aPortInUseBlocksRunAndShowsInTheBadge() {
        Fixture f;
        f.engine->setPortCheck(9000, {engine::PortCheck::State::TakenByContainer, "api", 9001, 1024});
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine");
        spec.ports = {{"127.0.0.1", 9000, 80, net::Protocol::Tcp}};
        dialog.setSpec(spec);
        auto* run = child<QPushButton>(dialog, "runDialog.run");
        auto* sections = child<SectionList>(dialog, "runDialog.sections");
        QTRY_VERIFY(!run->isEnabled());
        QCOMPARE(child<QLabel>(dialog, "runDialog.error")->text(),
                 QStringLiteral("One port is already taken"));
        QCOMPARE(sections->badgeText(RunDialog::Ports), QStringLiteral("1 problem"));
        child<QLineEdit>(dialog, "port.0.here")->setText(QStringLiteral("9001"));
        QTRY_VERIFY(run->isEnabled());
        QTRY_COMPARE(sections->badgeText(RunDialog::Ports), QStringLiteral("1"));
    }
    void theEngineGetsWhatThePreviewSays() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine:3.20");
        spec.name = "fresh";
        spec.command = {"sh", "-c", "echo 'a b'; sleep 1"};
        spec.ports = {{"127.0.0.1", 0, 80, net::Protocol::Tcp}};
        spec.mounts = {{types::MountSpec::Kind::Tmpfs, "", "/tmp", false, {"size=64m"}}};
        spec.env = {{"A", "b c"}};
        dialog.setSpec(spec);
        QSignalSpy made(&dialog, &RunDialog::containerMade);
        const auto preview = previewOf(dialog);
        child<QPushButton>(dialog, "runDialog.run")->click();
        QTRY_COMPARE(made.count(), 1);
        QVERIFY(made[0][2].toBool());
        const auto given = f.engine->createdSpecs().back();
        QCOMPARE(shellText(given), preview);
        auto words = *types::splitShellText(preview.toStdString());
        words.erase(words.begin(), words.begin() + 2);
        const auto parsed = types::parseRunCommand(words);
        QVERIFY(parsed.has_value());
        QVERIFY(parsed->spec == given);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
    void copyTakesTheWholeCommand() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine"));
        child<QPushButton>(dialog, "runDialog.copy")->click();
        QCOMPARE(f.prompt.copied, QStringLiteral("coracle run -d alpine"));
    }
    void createOnlyDoesNotStart() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:3.20"));
        QSignalSpy made(&dialog, &RunDialog::containerMade);
        child<QCheckBox>(dialog, "runDialog.openPage")->setChecked(false);
        child<QPushButton>(dialog, "runDialog.create")->click();
        QTRY_COMPARE(made.count(), 1);
        QVERIFY(!made[0][2].toBool());
        QVERIFY(!made[0][3].toBool());
        QCOMPARE(f.engine->calls("containers.start"), 0);
    }
    void aFailureStaysInTheDialogWithItsHint() {
        Fixture f;
        f.engine->setFailure("containers.create",
                             Error(ErrorKind::NotFound, "no image 'alpine:9'").withHint("pull it"));
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:9"));
        dialog.show();
        child<QPushButton>(dialog, "runDialog.run")->click();
        auto* banner = child<Banner>(dialog, "runDialog.banner");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("no image 'alpine:9'"), Qt::CaseInsensitive));
        QVERIFY(dialog.isVisible());
        QVERIFY(child<QPushButton>(dialog, "runDialog.run")->isEnabled());
    }
    void whatCouldNotStartIsTakenAwayAgain() {
        Fixture f;
        f.engine->setFailure("containers.start", Error(ErrorKind::Conflict, "port 80 is taken"));
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine:3.20");
        spec.name = "fresh";
        dialog.setSpec(spec);
        child<QPushButton>(dialog, "runDialog.run")->click();
        QTRY_COMPARE(f.engine->calls("containers.remove"), 1);
        QTRY_VERIFY(!f.engine->container("fresh").has_value());
    }
    void cancelAnswersWithinASecondWhileTheEngineWorks() {
        Fixture f;
        f.engine->setDelay("containers.create", 20s);
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:3.20"));
        dialog.show();
        auto* run = child<QPushButton>(dialog, "runDialog.run");
        int runs = 0;
        QVERIFY(takesLessThan(1000, [&](OwnClock& clock) {
            ++runs;
            run->click();
            QTRY_COMPARE(f.engine->calls("containers.create"), runs);
            QVERIFY(!run->isEnabled());
            clock.restart();
            child<QPushButton>(dialog, "runDialog.cancel")->click();
            QTRY_VERIFY(run->isEnabled());
        }));
        QVERIFY(dialog.isVisible());
        QVERIFY(!child<Banner>(dialog, "runDialog.banner")->isVisible());
        child<QPushButton>(dialog, "runDialog.cancel")->click();
        QVERIFY(!dialog.isVisible());
    }
    void fieldsWithoutASectionAreKept() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine");
        spec.capAdd = {"NET_RAW"};
        spec.labels = {{"a", "b"}};
        spec.network = "none";
        spec.entrypoint = std::vector<std::string>{"sh", "-c"};
        dialog.setSpec(spec);
        QVERIFY(dialog.spec() == spec);
    }
    void restartInitAndHostNameReachTheCommand() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine"));
        auto* restart = child<QComboBox>(dialog, "basics.restart");
        QCOMPARE(restart->currentText(), QStringLiteral("Leave it stopped"));
        restart->setCurrentIndex(1);
        child<QAbstractButton>(dialog, "basics.init")->setChecked(true);
        child<QLineEdit>(dialog, "net.hostname")->setText(QStringLiteral("box"));
        types::RunSpec wanted = detached("alpine");
        wanted.restart = {.policy = "on-failure", .maxRetries = 5};
        wanted.init = true;
        wanted.hostname = "box";
        QVERIFY(dialog.spec() == wanted);
        QCOMPARE(previewOf(dialog), shellText(wanted));
    }
    void whatRestartsCannotBeRemovedWhenItStops() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine");
        spec.removeWhenStopped = true;
        dialog.setSpec(spec);
        auto* remove = child<QAbstractButton>(dialog, "runDialog.remove");
        QVERIFY(remove->isEnabled());
        child<QComboBox>(dialog, "basics.restart")->setCurrentIndex(4);
        QVERIFY(!remove->isEnabled());
        QVERIFY(!dialog.spec().removeWhenStopped);
        child<QComboBox>(dialog, "basics.restart")->setCurrentIndex(0);
        QVERIFY(remove->isEnabled());
        QVERIFY(dialog.spec().removeWhenStopped);
    }
    void aRestartThatTheFormDoesNotOfferIsKept() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine");
        spec.restart = {.policy = "on-failure", .maxRetries = 12};
        dialog.setSpec(spec);
        QVERIFY(dialog.spec() == spec);
        QVERIFY(child<QComboBox>(dialog, "basics.restart")->currentText().contains(QStringLiteral("12")));
    }
    void enterOnCancelCancels() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:3.20"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QTRY_VERIFY(child<QPushButton>(dialog, "runDialog.run")->isEnabled());
        auto* cancel = child<QPushButton>(dialog, "runDialog.cancel");
        cancel->setFocus();
        QTest::keyClick(cancel, Qt::Key_Return);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
        QCOMPARE(f.engine->calls("containers.create"), 0);
    }
    void arrowsDoNotChooseWhatToStartFrom() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:3.20"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* from = child<QComboBox>(dialog, "runDialog.startFrom");
        from->setFocus();
        QTest::keyClick(from, Qt::Key_Down);
        QVERIFY(from->view()->isVisible());
        QCOMPARE(from->currentIndex(), 0);
        QTest::keyClick(from->view(), Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
    }
    void theKeyboardReachesEverySectionAndRuns() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        dialog.setSpec(detached("alpine:3.20"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* sections = child<SectionList>(dialog, "runDialog.sections");
        sections->setFocus();
        QTest::keyClick(sections, Qt::Key_Down);
        QCOMPARE(sections->current(), int(RunDialog::Ports));
        QVERIFY(child<QPushButton>(dialog, "ports.add")->isVisible());
        QTest::keyClick(sections, Qt::Key_Up);
        auto* edit = child<QLineEdit>(dialog, "basics.name");
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_3, Qt::AltModifier);
        QCOMPARE(sections->current(), int(RunDialog::Storage));
        QVERIFY(edit->text().isEmpty());
        QTest::keyClick(sections, Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(sections->current(), int(RunDialog::Environment));
        sections->setCurrent(RunDialog::Basics);
        QStringList seen;
        for (int i = 0; i < 40 && !seen.contains(QStringLiteral("runDialog.run")); ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            seen.append(QApplication::focusWidget()->objectName());
        }
        for (const auto* name :
             {"basics.name", "basics.command", "basics.workdir", "basics.tty", "runDialog.preview",
              "runDialog.remove", "runDialog.cancel", "runDialog.create", "runDialog.run"}) {
            QVERIFY2(seen.contains(QLatin1String(name)), name);
        }
        QSignalSpy made(&dialog, &RunDialog::containerMade);
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(made.count(), 1);
    }
    void everyInputHasAName() {
        Fixture f;
        RunDialog dialog(f.context, pretend());
        auto spec = detached("alpine");
        spec.ports = {{"127.0.0.1", 0, 80, net::Protocol::Tcp}};
        spec.env = {{"A", "b"}};
        dialog.setSpec(spec);
        QCOMPARE(namelessInputs(dialog), QStringList());
    }
};

void TestRunDialog::previewIsTheCommandOfTheSpec_data() {
    QTest::addColumn<QString>("line");
    const char* lines[] = {
        "alpine",
        "--rm --name x alpine echo 'a b'",
        "-it -p 127.0.0.1:8080:80 -p 53:53/udp nginx",
        "-p 127.0.0.1::9229 -v '/srv/with space:/data:ro' -v data:/x --tmpfs /tmp:size=64m a",
        "-e A=b -e 'C=d e' --read-only -w /app -u 1000 --network none --cap-drop ALL a sh -c 'x; y'",
    };
    for (const auto* line : lines) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void TestRunDialog::previewIsTheCommandOfTheSpec() {
    QFETCH(QString, line);
    auto parsed = types::parseRunCommand(*types::splitShellText(line.toStdString()));
    QVERIFY(parsed.has_value());
    parsed->spec.detach = true;
    Fixture f;
    RunDialog dialog(f.context, pretend());
    dialog.setSpec(parsed->spec);
    QVERIFY(dialog.spec() == parsed->spec);
    QCOMPARE(previewOf(dialog), shellText(parsed->spec));
    for (int section = 0; section < RunDialog::SectionCount; ++section) {
        dialog.showSection(static_cast<RunDialog::Section>(section));
        QCOMPARE(previewOf(dialog), shellText(parsed->spec));
    }
}

QTEST_MAIN(TestRunDialog)
#include "test_run_dialog.moc"
