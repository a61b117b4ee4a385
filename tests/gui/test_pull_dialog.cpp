// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/pull_dialog.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/list_table.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;
using types::LayerState;
using types::PullEvent;

namespace {

PullEvent resolved(std::uint32_t layers) {
    PullEvent event;
    event.kind = PullEvent::Kind::Resolved;
    event.text = "sha256:0123456789abcdef";
    event.layerCount = layers;
    return event;
}

PullEvent layer(std::uint32_t index, LayerState state, std::uint64_t done, std::uint64_t total) {
    PullEvent event;
    event.kind = PullEvent::Kind::Layer;
    event.layerIndex = index;
    event.layerDigest = "sha256:aa" + std::to_string(index) + "0000000000000000";
    event.state = state;
    event.doneBytes = done;
    event.totalBytes = total;
    return event;
}

}  // namespace

class TestPullDialog : public QObject {
    Q_OBJECT
private slots:
    void layersAndTotalsFollowTheEvents() {
        LayerModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.take(resolved(3));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.totals().known);
        model.take(layer(0, LayerState::AlreadyPresent, 75'000'000, 75'000'000));
        model.take(layer(1, LayerState::Downloading, 64'000'000, 118'000'000));
        model.take(layer(2, LayerState::Extracting, 1'000'000, 2'000'000));
        const auto totals = model.totals();
        QVERIFY(totals.known);
        QCOMPARE(totals.present, std::uint64_t{75'000'000});
        QCOMPARE(totals.toFetch, std::uint64_t{120'000'000});
        QCOMPARE(totals.fetched, std::uint64_t{66'000'000});
        QCOMPARE(totals.percent(), 55);
        const auto text = [&](int row) {
            return model.index(row, LayerModel::StateColumn).data().toString();
        };
        QCOMPARE(text(0), QStringLiteral("Already here"));
        QCOMPARE(text(1), QStringLiteral("64 of 118 MB"));
        QCOMPARE(text(2), QStringLiteral("Unpacking"));
        QCOMPARE(model.index(1, LayerModel::ProgressColumn).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("54%"));
        // A registry that lies about the number of layers makes no huge table.
        model.take(resolved(4'000'000'000));
        QVERIFY(model.rowCount() <= 1024);
    }
    void oneTypesAtOnceAndTabFollowsTheEye() {
        Fixture f;
        PullDialog dialog(f.context);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        const auto focused = [] {
            const QWidget* now = QApplication::focusWidget();
            return now == nullptr ? QString() : now->objectName();
        };
        QTRY_COMPARE(focused(), QStringLiteral("pull.image"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("alpine"));
        for (const char* next :
             {"pull.platform", "pull.layers", "pull.runAfter", "pull.cancel", "pull.start", "pull.image"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(focused(), QString::fromLatin1(next));
        }
        // What the columns show has room before the first pull as well.
        const auto* table = child<ListTable>(dialog, "pull.layers");
        QVERIFY(table->columnWidth(LayerModel::ProgressColumn) > 200);
    }
    void pullsAndClosesAtTheEnd() {
        Fixture f;
        f.engine->setPullScript({resolved(1), layer(0, LayerState::Done, 10, 10)}, 0ms);
        PullDialog dialog(f.context);
        dialog.show();
        auto* pull = child<QPushButton>(dialog, "pull.start");
        QVERIFY(!pull->isEnabled());
        QTest::keyClicks(child<QLineEdit>(dialog, "pull.image"), QStringLiteral("postgres:17"));
        QVERIFY(pull->isEnabled());
        QSignalSpy run(&dialog, &PullDialog::runWanted);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        child<QCheckBox>(dialog, "pull.runAfter")->setChecked(true);
        QTest::keyClick(child<QLineEdit>(dialog, "pull.image"), Qt::Key_Return);
        QTRY_COMPARE(accepted.count(), 1);
        QCOMPARE(run.count(), 1);
        QCOMPARE(run[0][0].toString(), QStringLiteral("postgres:17"));
        QCOMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
        QVERIFY(f.tasks.tasks().back()->announced());  // the window says that it is there
    }
    void theSecondHalfOfADoubleClickCancelsNothing() {
        Fixture f;
        f.engine->setDelay("images.pull", 20s);
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgres:17"));
        dialog.show();
        QTest::mouseClick(child<QPushButton>(dialog, "pull.start"), Qt::LeftButton);
        QTRY_COMPARE(f.engine->calls("images.pull"), 1);
        auto* cancel = child<QPushButton>(dialog, "pull.cancel");
        QTest::mouseEvent(QTest::MouseDClick, cancel, Qt::LeftButton, Qt::NoModifier, {});
        QTest::mouseEvent(QTest::MouseRelease, cancel, Qt::LeftButton, Qt::NoModifier, {});
        QVERIFY(cancel->isEnabled());
        QVERIFY(f.tasks.tasks().back()->state() == Task::State::Running);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Cancelled);
    }
    void cancelAnswersWithinASecond() {
        Fixture f;
        f.engine->setDelay("images.pull", 20s);
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgres:17"));
        dialog.show();
        int pulls = 0;
        QVERIFY(takesLessThan(1000, [&](OwnClock& clock) {
            ++pulls;
            dialog.startPull();
            QTRY_COMPARE(f.engine->calls("images.pull"), pulls);
            clock.restart();
            child<QPushButton>(dialog, "pull.cancel")->click();
            QTRY_VERIFY(child<QPushButton>(dialog, "pull.start")->isVisible());
        }));
        QCOMPARE(f.tasks.tasks().back()->state(), Task::State::Cancelled);
        QVERIFY(dialog.isVisible());
        QVERIFY(!child<Banner>(dialog, "pull.banner")->isVisible());
    }
    void goesOnInTheBackgroundWhenTheDialogIsGone() {
        Fixture f;
        f.engine->setPullScript(
            {resolved(1), layer(0, LayerState::Downloading, 5, 10), layer(0, LayerState::Done, 10, 10)},
            50ms);
        auto dialog = std::make_unique<PullDialog>(f.context);
        dialog->setReference(QStringLiteral("postgres:17"));
        dialog->show();
        dialog->startPull();
        QPointer<PullJob> job = dialog->job();
        QTRY_VERIFY(child<QPushButton>(*dialog, "pull.background")->isVisible());
        QCOMPARE(dialog->focusWidget(), child<QPushButton>(*dialog, "pull.background"));
        child<QPushButton>(*dialog, "pull.background")->click();
        QVERIFY(!dialog->isVisible());
        dialog.reset();
        QVERIFY(job);
        QCOMPARE(f.tasks.runningCount(), 1);
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
        QTRY_VERIFY(job.isNull());
    }
    void theTaskListCanCancelIt() {
        Fixture f;
        f.engine->setDelay("images.pull", 20s);
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgres:17"));
        dialog.startPull();
        f.tasks.tasks().back()->cancel();
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Cancelled);
    }
    void aFailureShowsItsReason() {
        Fixture f;
        f.engine->setFailure("images.pull",
                             Error(ErrorKind::NotFound, "no such image 'postgers:17'").withHint("postgres?"));
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgers:17"));
        dialog.show();
        dialog.startPull();
        auto* banner = child<Banner>(dialog, "pull.banner");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("postgers:17")));
        QVERIFY(!child<QLineEdit>(dialog, "pull.user")->isVisible());
        QVERIFY(child<QPushButton>(dialog, "pull.start")->isEnabled());
        // Of another name it would not be true.
        child<QLineEdit>(dialog, "pull.image")->setText(QStringLiteral("two words"));
        QVERIFY(!banner->isVisible());
    }
    void whatAnOpenDialogTellsNothingElseTells() {
        Fixture f;
        f.engine->setFailure("images.pull", Error(ErrorKind::NotFound, "no such image"));
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("postgers:17"));
        dialog.show();
        dialog.startPull();
        QTRY_VERIFY(child<Banner>(dialog, "pull.banner")->isVisible());
        QVERIFY(f.tasks.tasks().back()->watched());
        f.engine->setDelay(std::chrono::milliseconds(200));
        dialog.startPull();
        child<QPushButton>(dialog, "pull.background")->click();
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Failed);
        QVERIFY(!f.tasks.tasks().back()->watched());
    }
    void aRegistryThatWantsALoginGetsOneInline() {
        Fixture f;
        f.engine->setFailure("images.pull",
                             Error(ErrorKind::Unauthenticated, "registry.example wants a login"));
        PullDialog dialog(f.context);
        dialog.setReference(QStringLiteral("registry.example/team/app:2"));
        dialog.show();
        dialog.startPull();
        auto* user = child<QLineEdit>(dialog, "pull.user");
        QTRY_VERIFY(user->isVisible());
        QCOMPARE(dialog.focusWidget(), user);
        user->setText(QStringLiteral("anna"));
        child<QLineEdit>(dialog, "pull.password")->setText(QStringLiteral("secret"));
        f.engine->setFailure("images.pull", std::nullopt);
        f.engine->setPullScript({resolved(1)}, 0ms);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        child<QPushButton>(dialog, "pull.login")->click();
        QTRY_COMPARE(accepted.count(), 1);
        QVERIFY(child<QLineEdit>(dialog, "pull.password")->text().isEmpty());
        QCOMPARE(f.engine->callsOf("images.login registry.example"), 1);
    }
    void theRegistryIsReadFromTheName_data();
    void theRegistryIsReadFromTheName();
    void everyInputHasAName() {
        Fixture f;
        PullDialog dialog(f.context);
        QCOMPARE(namelessInputs(dialog), QStringList());
    }
};

void TestPullDialog::theRegistryIsReadFromTheName_data() {
    QTest::addColumn<QString>("registry");
    QTest::newRow("alpine") << QStringLiteral("docker.io");
    QTest::newRow("team/app") << QStringLiteral("docker.io");
    QTest::newRow("registry.example/team/app:2") << QStringLiteral("registry.example");
    QTest::newRow("localhost/app") << QStringLiteral("localhost");
    QTest::newRow("127.0.0.1:5000/app") << QStringLiteral("127.0.0.1:5000");
}

void TestPullDialog::theRegistryIsReadFromTheName() {
    QFETCH(QString, registry);
    QCOMPARE(registryOf(QString::fromLatin1(QTest::currentDataTag())), registry);
}

QTEST_MAIN(TestPullDialog)
#include "test_pull_dialog.moc"
