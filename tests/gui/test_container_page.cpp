// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/edit_dialog.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/section_list.h"
#include "gui/format.h"
#include "gui/models/container_model.h"
#include "gui/views/health_card.h"
#include "gui/views/log_view.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/state_label.h"
#include "gui/widgets/status_strip.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/window_fixture.h"

#include <QDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using types::ContainerStatus;

namespace {

/// Of the page, which is made when it is opened: a walk over the files of a container that takes longer is
/// given up. It begins when the answer to the page's first question is there.
QTimer& longEnough(WindowFixture& f) {
    return *child<QTimer>(f.window, "container.longEnough");
}

void openContainer(WindowFixture& f, const char* name, const QString& tab = {}) {
    f.window.open(
        {.page = QStringLiteral("container"), .id = QString::fromStdString(f.id(name)), .tab = tab});
}

}  // namespace

class TestContainerPage : public QObject {
    Q_OBJECT
private slots:
    void timesReadAsSentences() {
        const auto now = std::chrono::system_clock::now();
        QCOMPARE(format::ago(now), QStringLiteral("just now"));
        QCOMPARE(format::ago(now - std::chrono::hours(6)), QStringLiteral("6 h ago"));
    }
    void showsWhatInspectSays() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* page = child<QWidget>(f.window, "page.container");
        QCOMPARE(child<TextLabel>(*page, "container.title")->text(), QStringLiteral("api"));
        QCOMPARE(child<StateLabel>(*page, "container.state")->word(), QStringLiteral("Healthy"));
        QTRY_VERIFY(child<Card>(*page, "overview.command")->isVisible());
        QVERIFY(child<Card>(*page, "overview.idmap")->isVisible());
        QVERIFY(page->findChild<QWidget*>(QStringLiteral("container.port.9000")) != nullptr);
    }
    void tabsSayWhatIsInThem() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        longEnough(f).setInterval(kTestPatience);
        auto* files = child<QWidget>(f.window, "detail.count.files");
        QTRY_VERIFY(files->isVisible());
        QVERIFY2(!child<QWidget>(f.window, "detail.count.permissions")->isVisible(), "nothing is wide open");
        openContainer(f, "web");  // which changed nothing
        QTRY_VERIFY(!files->isVisible());
    }
    void whatIsMissingIsOneClickAway() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* written = child<QWidget>(f.window, "overview.limits.written");
        QTRY_VERIFY(written->isVisible());
        QTRY_VERIFY(f.window.findChild<QWidget*>(QStringLiteral("overview.publish.9229")) != nullptr);
        QTest::mouseClick(child<QAbstractButton>(f.window, "overview.publish.9229"), Qt::LeftButton);
        QTRY_VERIFY(f.window.findChild<QDialog*>(QStringLiteral("editDialog")) != nullptr);
        QCOMPARE(
            child<SectionList>(*child<QDialog>(f.window, "editDialog"), "editDialog.sections")->current(),
            int(EditDialog::Ports));
        // The row is there, and only the port of this computer is left to be said.
        auto* dialog = child<EditDialog>(f.window, "editDialog");
        const std::size_t had = f.engine->container("api")->ports.size();
        QTRY_COMPARE(dialog->ports().drafts().size(), had + 1);
        QCOMPARE(dialog->ports().drafts().back().inside, QStringLiteral("9229"));
        QTRY_COMPARE(dialog->focusWidget()->objectName(), QStringLiteral("port.%1.here").arg(had));
        dialog->reject();
        QTRY_VERIFY(f.window.findChild<QDialog*>(QStringLiteral("editDialog")) == nullptr);
        QTest::mouseClick(child<QAbstractButton>(f.window, "overview.addPort"), Qt::LeftButton);
        dialog = child<EditDialog>(f.window, "editDialog");
        QTRY_COMPARE(dialog->ports().drafts().size(), had + 1);
        QVERIFY(dialog->ports().drafts().back().inside.isEmpty());
        QTRY_COMPARE(dialog->focusWidget()->objectName(), QStringLiteral("port.%1.inside").arg(had));
    }
    void theSameTroubleIsSaidOnce() {
        WindowFixture f;
        QVERIFY(f.show());
        const Error error(ErrorKind::Corrupt, "read the record: damaged");
        f.engine->setFailure("containers.inspect", error);
        f.engine->setFailure("containers.logs", error);
        openContainer(f, "api", QStringLiteral("logs"));
        auto* page = child<QWidget>(f.window, "page.container");
        QTRY_VERIFY(child<QWidget>(*page, "container.error")->isVisible());
        QTRY_VERIFY(!child<QWidget>(*page, "logs.error")->isVisible());
        QTRY_VERIFY(f.engine->calls("containers.logs") > 0);
        QVERIFY2(!child<QWidget>(*page, "logs.empty")->isVisible(), "nobody knows whether it is");
        f.engine->setFailure("containers.inspect", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(*page, "container.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(*page, "container.error")->isVisible());
        QTRY_VERIFY(child<QWidget>(*page, "logs.error")->isVisible());
        f.engine->setFailure("containers.logs", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(*page, "logs.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(*page, "logs.error")->isVisible());
    }
    void nothingIsClaimedBeforeItIsKnown() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("containers.inspect", Error(ErrorKind::Corrupt, "read the record: damaged"));
        openContainer(f, "api", QStringLiteral("inspect"));
        auto* page = child<QWidget>(f.window, "page.container");
        QTRY_VERIFY(child<QWidget>(*page, "container.error")->isVisible());
        QTRY_VERIFY(child<QWidget>(*page, "inspect.empty")->isVisible());
        openContainer(f, "api", QStringLiteral("permissions"));
        auto* note = child<QLabel>(*page, "permissions.access.note");
        QVERIFY2(!note->text().startsWith(QStringLiteral("Nothing of this computer")),
                 qPrintable(note->text()));
        f.engine->setFailure("containers.inspect", std::nullopt);
        openContainer(f, "scratch", QStringLiteral("permissions"));
        QTRY_VERIFY(note->text().startsWith(QStringLiteral("Nothing of this computer")));
    }
    void whatHappenedIsSaidInWords_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("words");
        QTest::newRow("deleted") << "destroy"
                                 << "deleted";
        QTest::newRow("exported") << "export"
                                  << "files exported";
        QTest::newRow("copied") << "archive-path"
                                << "files copied out";
    }
    void whatHappenedIsSaidInWords() {
        QFETCH(QString, action);
        QFETCH(QString, words);
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        types::Event event;
        event.time = std::chrono::system_clock::now();
        event.type = "container";
        event.action = action.toStdString();
        event.id = f.id("api");
        f.engine->send(event);
        auto* card = child<Card>(f.window, "overview.events");
        const auto said = [&] {
            const auto labels = card->findChildren<StateLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const StateLabel* label) { return label->word() == words; });
        };
        QTRY_VERIFY(said());
        event.action = "create";
        f.engine->send(event);
        const bool deleted = action == QStringLiteral("destroy");
        words = deleted ? QStringLiteral("brought back") : QStringLiteral("created");
        QTRY_VERIFY(said());
        words = QStringLiteral("created");
        QVERIFY2(said(), "when it was made is known, too");
    }
    void aShortCommandHasOneLine() {
        QCOMPARE(format::commandLines({"coracle", "run", "-d", "welcome"}),
                 QStringLiteral("coracle run -d welcome"));
        QCOMPARE(
            format::commandLines({"coracle", "run", "-d", "--name", "a", "-p", "127.0.0.1:9000:9000", "x"}),
            QStringLiteral("coracle run -d --name a \\\n  -p 127.0.0.1:9000:9000 \\\n  x"));
    }
    void copyPutsTheCommandOnTheClipboard() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* button = child<QAbstractButton>(f.window, "overview.copyCommand");
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(
            f.prompt.copied.startsWith(QStringLiteral("coracle run -d --name api -p 127.0.0.1:9000:9000")));
    }
    void neverStartedSaysSo() {
        auto engine = FakeEngine::withSampleData();
        types::ContainerSummary fresh;
        fresh.id = std::string(64, '9');
        fresh.name = "fresh";
        fresh.image = "alpine:3.20";
        fresh.createdAt = std::chrono::system_clock::now();
        engine->addContainer(fresh);
        WindowFixture f(engine);
        QVERIFY(f.show());
        openContainer(f, "fresh");
        QCOMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Created"));
        QCOMPARE(child<QAbstractButton>(f.window, "container.startStop")->text(), QStringLiteral("Start"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.startStop"), Qt::LeftButton);
        QTRY_COMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Running"));
    }
    void saysWhyItsStartFailed() {
        auto engine = FakeEngine::withSampleData();
        types::ContainerSummary failed;
        failed.id = std::string(64, '9');
        failed.name = "failed";
        failed.image = "alpine:3.20";
        failed.createdAt = std::chrono::system_clock::now();
        failed.exitCode = 127;
        failed.error = "executable 'serve' not found in $PATH";
        engine->addContainer(failed);
        WindowFixture f(engine);
        QVERIFY(f.show());
        openContainer(f, "api");
        QVERIFY(!child<Banner>(f.window, "container.startFailed")->isVisible());
        openContainer(f, "failed");
        QCOMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Created"));
        auto* banner = child<Banner>(f.window, "container.startFailed");
        QTRY_VERIFY(banner->isVisible());
        bool saysWhy = false;
        for (const auto* label : banner->findChildren<TextLabel*>()) {
            saysWhy = saysWhy || label->text() == QStringLiteral("Executable 'serve' not found in $PATH");
        }
        QVERIFY(saysWhy);
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.startStop"), Qt::LeftButton);
        QTRY_COMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Running"));
        QTRY_VERIFY(!banner->isVisible());
    }
    void tabsTurnFromAnywhereInTheWindow() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* tabs = child<QTabBar>(f.window, "detail.tabs");
        const int before = tabs->currentIndex();
        child<QWidget>(f.window, "sidebar")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs->currentIndex(), before + 1);
    }
    void whatOpensShowsTheFocusToWhoCameByKeyboard() {
        WindowFixture f;
        QVERIFY(f.show());
        const auto shown = [&f] {
            QDialog dialog(&f.window);
            dialog.ensurePolished();
            return dialog.testAttribute(Qt::WA_KeyboardFocusChange);
        };
        QVERIFY(!shown());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(shown());
    }
    void tabGoesAsTheEyeDoes() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        const auto next = [&f](const char* name) {
            QWidget* widget = child<QWidget>(f.window, name)->nextInFocusChain();
            while (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) {
                widget = widget->nextInFocusChain();
            }
            return widget->objectName();
        };
        QCOMPARE(next("overview.addPort"), QStringLiteral("overview.openPort.9000"));
        QCOMPARE(next("overview.openPort.9000"), QStringLiteral("overview.copyPort.9000"));
        QCOMPARE(next("container.project"), QStringLiteral("container.port.9000"));
        QCOMPARE(next("container.port.9000"), QStringLiteral("container.startStop"));
    }
    void healthChecksAreShownOneByOne() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* card = child<QWidget>(f.window, "overview.health");
        QTRY_VERIFY(card->isVisible());
        QCOMPARE(child<StateLabel>(f.window, "overview.health.verdict")->word(),
                 QStringLiteral("4 of the last 5 checks passed"));
        QCOMPARE(child<TextLabel>(f.window, "overview.health.command")->text(),
                 QStringLiteral("curl -f localhost:9000/healthz"));
        QCOMPARE(child<QWidget>(f.window, "overview.health.strip")
                     ->accessibleDescription()
                     .count(QStringLiteral("passed")),
                 4);
        QVERIFY(!child<QWidget>(f.window, "overview.health.output")->isVisible());
        openContainer(f, "worker");  // what the last check said is why it is unhealthy
        QTRY_VERIFY(child<QWidget>(f.window, "overview.health.output")->isVisible());
        QVERIFY(child<TextLabel>(f.window, "overview.health.output")
                    ->text()
                    .startsWith(QStringLiteral("curl: (7)")));
        QCOMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Unhealthy"));
        openContainer(f, "web");  // it has none
        QTRY_VERIFY(!card->isVisible());
    }
    void theNextCheckIsReckonedFromItsPlan() {
        using namespace std::chrono_literals;
        const auto now = std::chrono::system_clock::now();
        types::ContainerDetails details;
        details.summary.startedAt = now - 1h;
        details.summary.health = "healthy";
        QVERIFY(!untilNextCheck(details, now));  // it has none
        details.healthPlan.test = {"CMD", "true"};
        details.healthPlan.interval = 60s;
        types::HealthProbe last;
        last.finishedAt = now - 20s;
        details.healthProbes = {last};
        QCOMPARE(*untilNextCheck(details, now), 40'300ms);
        details.healthPlan.interval = 0s;  // half a minute, then
        QCOMPARE(*untilNextCheck(details, now), 10'300ms);
        QCOMPARE(*untilNextCheck(details, now + 10s), 1'000ms);
        QCOMPARE(*untilNextCheck(details, now + 20s), 9'700ms);  // overdue: seldomer and seldomer
        QCOMPARE(*untilNextCheck(details, now + 1h), 30'000ms);
        details.healthPlan.startPeriod = 2h;
        details.healthPlan.startInterval = 30s;
        QCOMPARE(*untilNextCheck(details, now), 10'300ms);
        details.summary.health = "starting";
        details.healthPlan.startInterval = 25s;
        QCOMPARE(*untilNextCheck(details, now), 5'300ms);
        details.summary.startedAt = now - 5s;  // what the last run was told is no news
        QCOMPARE(*untilNextCheck(details, now), 20'300ms);
    }
    void aCheckThatIsDueIsLookedFor() {
        WindowFixture f;
        f.engine->setCheckInterval(std::chrono::seconds(1));
        QVERIFY(f.show());
        openContainer(f, "api");
        QTRY_VERIFY(child<QWidget>(f.window, "overview.health")->isVisible());
        const int looks = f.engine->calls("containers.inspect");
        // No event comes, since it says what the one before said.
        QTRY_VERIFY_WITH_TIMEOUT(f.engine->calls("containers.inspect") > looks + 1, kTestPatience);
    }
    void wordsAboutTimeDoNotGrowOld() {
        auto engine = std::make_shared<FakeEngine>();
        types::ContainerSummary row;
        row.id = std::string(64, 'a');
        row.name = "young";
        row.createdAt = std::chrono::system_clock::now();
        row.startedAt = row.createdAt;
        row.status = ContainerStatus::Running;
        row.pid = 4711;
        engine->addContainer(row);
        WindowFixture f(engine);
        QVERIFY(f.show());
        const auto inList = [&f] {
            return f.row(QStringLiteral("young"), ContainerModel::Status)
                .data(ContainerModel::DetailRole)
                .toString();
        };
        QTRY_VERIFY(inList().endsWith(QStringLiteral("s")));
        const QString before = inList();
        QTRY_VERIFY_WITH_TIMEOUT(inList() != before, kTestPatience);
        openContainer(f, "young");
        const auto* state = child<StateLabel>(f.window, "container.state");
        QTRY_VERIFY(state->accessibleName().contains(QStringLiteral("Running")));
        const QString first = state->accessibleName();
        QTRY_VERIFY_WITH_TIMEOUT(state->accessibleName() != first, kTestPatience);
    }
    void whatSaysTheSameKeepsTheFocus() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        QTRY_VERIFY(f.window.findChild<QWidget*>(QStringLiteral("overview.publish.9229")) != nullptr);
        auto* copy = child<QAbstractButton>(f.window, "overview.copyPort.9000");
        auto* port = child<QAbstractButton>(f.window, "container.port.9000");
        for (QAbstractButton* button : {copy, port}) {
            QTRY_VERIFY(button->isVisible());
            button->setFocus();
            QVERIFY(button->hasFocus());
            const int looks = f.engine->calls("containers.inspect");
            f.engine->changeContainer(f.id("blog"),
                                      button == copy ? ContainerStatus::Running : ContainerStatus::Exited);
            QTRY_VERIFY(f.engine->calls("containers.inspect") > looks);
            QTRY_COMPARE(f.status(QStringLiteral("blog")),
                         button == copy ? QStringLiteral("Running") : QStringLiteral("Exited"));
            QVERIFY(button->hasFocus());
        }
    }
    void aLookAgainDoesNotWalkAgain() {
        WindowFixture f;
        QVERIFY(f.show());
        // What took so long is not done again for half a minute.
        f.engine->setDelay("archives.containerChanges", std::chrono::milliseconds(300));
        f.engine->setDelay("containers.measure", std::chrono::milliseconds(300));
        openContainer(f, "api");
        longEnough(f).setInterval(kTestPatience);
        QTRY_COMPARE(f.engine->calls("archives.containerChanges"), 1);
        QTRY_COMPARE(f.engine->calls("containers.measure"), 1);
        const auto countShown = [&f] { return child<Chip>(f.window, "detail.count.files")->isVisible(); };
        QTRY_VERIFY(countShown());
        // Another container changes, and the person goes and comes back: nothing about this one is new.
        const int looks = f.engine->calls("containers.inspect");
        f.engine->changeContainer(f.id("blog"), types::ContainerStatus::Running);
        QTRY_VERIFY(f.engine->calls("containers.inspect") > looks);
        f.window.open({.page = QStringLiteral("containers"), .id = {}, .tab = {}});
        openContainer(f, "api");
        QTRY_VERIFY(countShown());
        QTRY_VERIFY(child<QWidget>(f.window, "overview.limits.written")->isVisible());
        QCOMPARE(f.engine->calls("archives.containerChanges"), 1);
        QCOMPARE(f.engine->calls("containers.measure"), 1);
        f.engine->changeContainer(f.id("api"), types::ContainerStatus::Exited, 0);  // its end is
        QTRY_COMPARE(f.engine->calls("archives.containerChanges"), 2);
        QTRY_COMPARE(f.engine->calls("containers.measure"), 2);
    }
    void aLongWalkIsGivenUpForANumber() {
        WindowFixture f;
        f.engine->setDelay("archives.containerChanges", std::chrono::hours(1));
        QVERIFY(f.show());
        openContainer(f, "api");
        const QSignalSpy givenUp(&longEnough(f), &QTimer::timeout);
        QTRY_COMPARE(f.engine->calls("archives.containerChanges"), 1);
        QTRY_VERIFY(!givenUp.isEmpty() && !longEnough(f).isActive());
        f.engine->setDelay("archives.containerChanges", std::chrono::milliseconds(0));
        auto* count = child<Chip>(f.window, "detail.count.files");
        QVERIFY(!count->isVisible());
        f.window.open({.page = QStringLiteral("container"),
                       .id = QString::fromStdString(f.id("api")),
                       .tab = QStringLiteral("files")});
        QTRY_VERIFY(count->isVisible());  // Files walks to the end
    }
    void goneContainerOffersTheWayBack() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "web");
        f.engine->eraseContainer("web");
        auto* gone = child<QWidget>(f.window, "container.gone");
        QTRY_VERIFY(gone->isVisible());
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.goneBack"), Qt::LeftButton);
        QCOMPARE(f.window.place().page, QStringLiteral("containers"));
    }
    void inspectErrorIsABanner() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("containers.inspect", Error(ErrorKind::Corrupt, "read the record: damaged"));
        openContainer(f, "web");
        QTRY_VERIFY(child<QWidget>(f.window, "container.error")->isVisible());
        f.engine->setFailure("containers.inspect", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "container.error")->isVisible());
    }
    void logIsReadSearchedAndFollowed() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api", QStringLiteral("logs"));
        auto* log = child<LogView>(f.window, "logs.view");
        QTRY_COMPARE(log->buffer().size(), std::size_t(22));
        QTest::keySequence(&f.window, QKeySequence::Find);
        auto* search = child<QLineEdit>(f.window, "logs.search");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("payment"));
        QTRY_COMPARE(child<TextLabel>(f.window, "logs.count")->text(), QStringLiteral("1 of 7"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(child<TextLabel>(f.window, "logs.count")->text(), QStringLiteral("2 of 7"));
        types::LogLine more;
        more.text = "one more";
        f.engine->appendLog(f.id("api"), more);
        QTRY_COMPARE(log->buffer().size(), std::size_t(23));
    }
    void logOfAStoppedOneIsKeptAndContinuesAfterAStart() {
        WindowFixture f;
        QVERIFY(f.show());
        types::LogLine first;
        first.text = "before";
        first.time = std::chrono::system_clock::now();
        f.engine->appendLog(f.id("blog"), first);
        openContainer(f, "blog", QStringLiteral("logs"));
        auto* log = child<LogView>(f.window, "logs.view");
        QTRY_COMPARE(log->buffer().size(), std::size_t(1));
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.startStop"), Qt::LeftButton);
        QTRY_VERIFY(f.engine->calls("containers.logs") >= 2);
        types::LogLine second;
        second.text = "after";
        second.time = std::chrono::system_clock::now();
        f.engine->appendLog(f.id("blog"), second);
        QTRY_COMPARE(std::string(log->buffer().text(log->buffer().size() - 1)), std::string("after"));
    }
    void filterThatLeavesNoLineSaysSo() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api", QStringLiteral("logs"));
        auto* log = child<LogView>(f.window, "logs.view");
        QTRY_COMPARE(log->buffer().size(), std::size_t(22));
        auto* search = child<QLineEdit>(f.window, "logs.search");
        search->setText(QStringLiteral("mailserver"));
        QVERIFY(log->isVisible());
        child<QAbstractButton>(f.window, "logs.only")->click();
        auto* none = child<QWidget>(f.window, "logs.noMatch");
        QTRY_VERIFY(none->isVisible());
        const auto labels = none->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text() == QStringLiteral("No line matches “mailserver”");
        }));
        search->setText(QStringLiteral("payment"));
        QTRY_VERIFY(log->isVisible());
        search->setText(QStringLiteral("mailserver"));
        QTRY_VERIFY(none->isVisible());
        child<QAbstractButton>(f.window, "logs.noMatch.all")->click();
        QTRY_VERIFY(log->isVisible());
        QCOMPARE(log->shownLines(), std::size_t(22));
        QVERIFY(!child<QAbstractButton>(f.window, "logs.only")->isChecked());
    }
    void savedLogSaysWhere() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api", QStringLiteral("logs"));
        QTRY_COMPARE(child<LogView>(f.window, "logs.view")->buffer().size(), std::size_t(22));
        QTemporaryDir folder;
        f.prompt.file = folder.filePath(QStringLiteral("api.log"));
        child<QAbstractButton>(f.window, "logs.save")->click();
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QVERIFY(QFile::exists(*f.prompt.file));
        Toast* toast = f.window.toasts().toasts().front();
        QVERIFY(toast->accessibleDescription().endsWith(QStringLiteral("api.log")));
        toast->choose();
        QCOMPARE(f.prompt.urls.back(), QUrl::fromLocalFile(folder.path()));
    }
    void toastsStandRightAboveWhatIsAtTheFoot() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.toasts().showError(QStringLiteral("it failed"), {});
        const auto rest = [&f] {
            return f.window.height() - f.window.toasts().geometry().bottom() -
                   f.window.findChild<StatusStrip*>()->height();
        };
        const int list = rest();
        QVERIFY2(list >= 0 && list < 20, qPrintable(QString::number(list)));
        openContainer(f, "api", QStringLiteral("logs"));
        QVERIFY(rest() > list);
        f.window.open({.page = QStringLiteral("containers"), .id = {}, .tab = {}});
        QCOMPARE(rest(), list);
    }
    void aLongNameLeavesTheButtonsTheirRoom() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.resize(960, 600);
        types::ContainerSummary named = *f.engine->container("inkscape");
        named.id = std::string(64, 'e');
        named.name = std::string(60, 'w');
        f.engine->addContainer(named);
        f.window.state().refreshContainers();
        QTRY_VERIFY(f.window.state().container(named.id) != nullptr);
        f.window.open(
            {.page = QStringLiteral("container"), .id = QString::fromStdString(named.id), .tab = {}});
        auto* page = child<QWidget>(f.window, "page.container");
        auto* title = child<QLabel>(*page, "container.title");
        QTRY_COMPARE(title->text(), QString::fromStdString(named.name));
        for (const char* name : {"container.startStop", "container.restart", "container.crumb"}) {
            auto* button = child<QAbstractButton>(*page, name);
            QTRY_VERIFY2(button->width() >= button->sizeHint().width(), name);
        }
        QTRY_COMPARE(title->toolTip(), title->text());  // it is shortened, and says so
    }
    void emptyLogSaysSo() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "old-test", QStringLiteral("logs"));
        QTRY_VERIFY(child<QWidget>(f.window, "logs.empty")->isVisible());
    }
    void emptyLogOfOneThatRunsSaysSo() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "worker", QStringLiteral("logs"));
        QTRY_COMPARE(f.engine->calls("containers.logs"), 1);
        QTRY_VERIFY(child<QWidget>(f.window, "logs.empty")->isVisible());
        types::LogLine first;
        first.text = "at last";
        f.engine->appendLog(f.id("worker"), first);
        QTRY_VERIFY(!child<QWidget>(f.window, "logs.empty")->isVisible());
    }
    void leavingStopsReading() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api", QStringLiteral("logs"));
        QTRY_COMPARE(f.engine->calls("containers.logs"), 1);
        f.window.back();
        types::LogLine more;
        more.text = "unseen";
        f.engine->appendLog(f.id("api"), more);
        openContainer(f, "api", QStringLiteral("logs"));
        QTRY_COMPARE(f.engine->calls("containers.logs"), 2);
    }
    void keysDoWhatTheSheetSays() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        f.prompt.text = QStringLiteral("api2");
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* tabs = child<QTabBar>(f.window, "detail.tabs");
        QTRY_VERIFY(tabs->hasFocus());
        QTest::keyClick(tabs, Qt::Key_F2);
        QTRY_COMPARE(child<TextLabel>(f.window, "container.title")->text(), QStringLiteral("api2"));
        QTest::keyClick(tabs, Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(f.engine->calls("containers.start"), 1);
        QTRY_COMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Healthy"));
        QTest::keyClick(tabs, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(f.prompt.copied.startsWith(QStringLiteral("coracle run")));
        QTest::keyClick(tabs, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(child<StateLabel>(f.window, "container.state")->word(), QStringLiteral("Exited"));
        f.engine->eraseContainer(f.id("api2"));
        QTRY_VERIFY(child<QWidget>(f.window, "container.gone")->isVisible());
        f.prompt.textQuestions.clear();
        QTest::keyClick(child<QWidget>(f.window, "page.container"), Qt::Key_F2);
        QVERIFY(f.prompt.textQuestions.empty());
    }
    void tabsAreReachedByKeys() {
        WindowFixture f;
        QVERIFY(f.show());
        openContainer(f, "api");
        auto* tabs = child<QTabBar>(f.window, "detail.tabs");
        QTRY_VERIFY(tabs->hasFocus());
        QTest::keyClick(tabs, Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), 1);
        QCOMPARE(f.window.place().tab, QStringLiteral("logs"));
    }
};

QTEST_MAIN(TestContainerPage)
#include "test_container_page.moc"
