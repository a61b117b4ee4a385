// SPDX-License-Identifier: Apache-2.0
// One session of a person with the desktop app on the real engine; tests/functional/desktop.sh makes the
// store, the registry and the display and runs it. The functions build on each other, in this order.
//
// The environment: CORACLE_ROOT and CORACLE_RUNROOT (the store), PATH with this build first, SESSION_IMAGE
// (several layers, behind a slow link), SESSION_BIG_IMAGE (so large that it is under way for long),
// SESSION_FOLDER (a folder with hello.txt) and SESSION_PORT (free on loopback).
#include "core/engine/volume_contents.h"
#include "gui/dialogs/command_preview.h"
#include "gui/dialogs/pull_dialog.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/dialogs/section_list.h"
#include "gui/models/process_model.h"
#include "gui/models/volume_model.h"
#include "gui/views/code_view.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "gui/views/images_page.h"
#include "gui/views/log_view.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/toast_host.h"
#include "tests/gui/desktop_fixture.h"
#include "tests/gui/stall_meter.h"

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTcpServer>
#include <QTreeView>

#include <chrono>
#include <future>
#include <map>
#include <optional>
#include <set>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

constexpr int kPullMs = 120'000;
constexpr int kStopMs = 30'000;
/// Far below what a pull takes, and nothing looks by itself.
constexpr qint64 kAtOnceMs = 10'000;

QString environment(const char* name) {
    return qEnvironmentVariable(name);
}

bool storeHolds(const char* folder) {
    const QDir dir(environment("CORACLE_ROOT") + QLatin1Char('/') + QLatin1String(folder));
    return !dir.entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden).isEmpty();
}

/// What the engine is asked by the test itself: on another thread, so that the window's is never held up by
/// it.
template <typename Work>
auto aside(Work work) {
    auto answer = std::async(std::launch::async, std::move(work));
    (void)QTest::qWaitFor(  // get() waits for the rest
        [&] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 60'000);
    return answer.get();
}

}  // namespace

class DesktopSession : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        m_desktop = std::make_unique<Desktop>();
        QVERIFY(m_desktop->show());
        m_stalls = std::make_unique<StallMeter>();
    }

    // Each part begins where the one before has ended.
    void init() {
        if (m_failed) {
            QSKIP("an earlier part failed");
        }
    }
    void cleanup() { m_failed = m_failed || QTest::currentTestFailed(); }

    void emptyStoreOffersWhatToDo() {
        QVERIFY(m_desktop->find("containers.empty") != nullptr);
        QCOMPARE(m_desktop->cli({"ps", "-aq"}).out, QString());
    }

    void healthIsWhatDoctorSays() {
        m_desktop->window().open({.page = QStringLiteral("system"), .id = {}, .tab = {}});
        const Ran doctor = Desktop::cli({"doctor", "--json"});
        const QJsonDocument document = QJsonDocument::fromJson(doctor.out.toUtf8());
        const QJsonArray checks =
            document.isArray() ? document.array() : document.object().value("checks").toArray();
        QVERIFY2(checks.size() > 5, qPrintable(doctor.out));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_desktop->window().findChild<QLabel*>(
                QStringLiteral("check.%1.text").arg(checks.first().toObject().value("id").toString())) !=
                nullptr,
            kTestPatience);
        for (const auto& check : checks) {
            const QString id = check.toObject().value("id").toString();
            const auto* text =
                m_desktop->window().findChild<QLabel*>(QStringLiteral("check.%1.text").arg(id));
            QVERIFY2(text != nullptr, qPrintable(id));
        }
    }

    void pullShowsEachLayer() {
        Desktop::key(Qt::Key_2, Qt::AltModifier);
        QVERIFY(m_desktop->find("images.empty") != nullptr);
        Desktop::key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(m_desktop->find("pullDialog") != nullptr);
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("pull.image"));
        Desktop::type(environment("SESSION_IMAGE"));
        Desktop::key(Qt::Key_Return);
        auto* dialog = m_desktop->find<PullDialog>("pullDialog");
        QVERIFY(dialog != nullptr && dialog->job() != nullptr);
        std::map<QString, std::set<int>> percents;  // by layer, while it came
        std::size_t layers = 0;
        QPointer<PullJob> job = dialog->job();
        connect(job, &PullJob::progressed, this, [&] {
            layers = std::max(layers, job->layers().layers().size());
            for (const auto& layer : job->layers().layers()) {
                if (layer.state == types::LayerState::Downloading && layer.total > 0) {
                    percents[layer.digest].insert(int(layer.done * 100 / layer.total));
                }
            }
        });
        QTRY_VERIFY_WITH_TIMEOUT(job.isNull() || !job->running(), kPullMs);
        QTRY_VERIFY(m_desktop->window().findChild<PullDialog*>() == nullptr);
        QVERIFY2(layers >= 2, qPrintable(QString::number(layers)));
        std::size_t seen = 0;
        for (const auto& [digest, values] : percents) {
            seen = std::max(seen, values.size());
        }
        QVERIFY2(seen >= 3, "no layer was seen while it came");
        QTRY_VERIFY(imageShown(environment("SESSION_IMAGE")));
        QVERIFY(Desktop::cli({"images"}).out.contains(environment("SESSION_IMAGE").section(':', 0, 1)));
    }

    void cancelledPullLeavesNothing() {
        const QString before = Desktop::cli({"images", "-q"}).out;
        QVERIFY(m_desktop->click("images.pull"));
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("pull.image"));
        Desktop::type(environment("SESSION_BIG_IMAGE"));
        Desktop::key(Qt::Key_Return);
        auto* dialog = m_desktop->find<PullDialog>("pullDialog");
        QVERIFY(dialog != nullptr && dialog->job() != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->job() != nullptr && dialog->job()->layers().totals().fetched > 0,
                                 kPullMs);
        QVERIFY(m_desktop->find("pull.total") != nullptr);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(m_desktop->click("pull.cancel"));
        QTRY_VERIFY(dialog->job() == nullptr);
        QVERIFY2(clock.elapsed() < kAtOnceMs, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(dialog->isVisible());
        QTRY_VERIFY(!storeHolds("staging"));
        QCOMPARE(Desktop::cli({"images", "-q"}).out, before);
        QVERIFY(!imageShown(environment("SESSION_BIG_IMAGE")));
        Desktop::key(Qt::Key_Escape);
        QTRY_VERIFY(m_desktop->window().findChild<PullDialog*>() == nullptr);
    }

    void runDialogChecksWhileOneTypes() {
        QVERIFY(m_holder.listen(QHostAddress::LocalHost));
        const Ran holder =
            Desktop::cli({"run", "-d", "--name", "holder", "-p",
                          QStringLiteral("127.0.0.1:%1:80").arg(port() + 1), "welcome", "sleep", "1000"});
        QVERIFY2(holder.code == 0, qPrintable(holder.err));
        Desktop::key(Qt::Key_1, Qt::AltModifier);
        QTRY_VERIFY(m_desktop->row(QStringLiteral("holder")).isValid());
        Desktop::key(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(m_desktop->find("runDialog") != nullptr);
        // The X server gives the keys to a dialog some time after it is shown, and the focus is set anew
        // then.
        QVERIFY(QTest::qWaitForWindowActive(m_desktop->find("runDialog"), kTestPatience));
        QTRY_COMPARE(QGuiApplication::focusWindow(), m_desktop->find("runDialog")->windowHandle());
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("basics.image"));
        // The list of names is a window. Keys that come faster than a person's go on in the dialog before the
        // X server gives that window the focus and takes it away, and then they end in the image again.
        m_desktop->find<QComboBox>("basics.image")->setCompleter(nullptr);
        Desktop::type(environment("SESSION_IMAGE"));
        QTRY_VERIFY(text("basics.image.help").contains(QStringLiteral("Here already")));
        QVERIFY(Desktop::tabTo("basics.name"));
        Desktop::type(QStringLiteral("late"));
        QCOMPARE(Desktop::cli({"create", "--name", "late", "welcome", "true"}).code, 0);
        QTRY_COMPARE(text("runDialog.error"), QStringLiteral("A container has this name already"));
        QCOMPARE(Desktop::focusName(), QStringLiteral("basics.name"));
        QCOMPARE(Desktop::cli({"rm", "late"}).code, 0);
        QTRY_VERIFY(text("runDialog.error").isEmpty());
        Desktop::retype(QStringLiteral("server"));
        QCOMPARE(m_desktop->find<QLineEdit>("basics.name")->text(), QStringLiteral("server"));
        QVERIFY(Desktop::tabTo("basics.command"));
        Desktop::type(QStringLiteral("httpd -f -vv -p 8000 -h '/my data'"));
        QVERIFY(Desktop::tabTo("runDialog.sections"));
        Desktop::key(Qt::Key_Down);
        QCOMPARE(m_desktop->find<SectionList>("runDialog.sections")->current(), int(RunDialog::Ports));
        QTRY_VERIFY(m_desktop->find("ports.exposed.8000/tcp") != nullptr);
        QVERIFY(Desktop::tabTo("ports.exposed.8000/tcp"));
        Desktop::key(Qt::Key_Space);
        QVERIFY(Desktop::tabTo("port.0.here"));
        Desktop::retype(QString::number(m_holder.serverPort()));
        QTRY_VERIFY2(text("port.0.check").contains(QStringLiteral("desktop_session")),
                     qPrintable(text("port.0.check")));
        QVERIFY(!m_desktop->find("runDialog.run")->isEnabled());
        Desktop::retype(QString::number(port() + 1));
        QTRY_COMPARE(text("port.0.check"), QStringLiteral("taken by holder"));
        QCOMPARE(text("runDialog.error"), QStringLiteral("One port is already taken"));
        Desktop::retype(QStringLiteral("80"));
        QTRY_VERIFY2(text("port.0.check").contains(QStringLiteral("below")),
                     qPrintable(text("port.0.check")));
        Desktop::retype(QString::number(port()));
        QTRY_COMPARE(text("port.0.check"), QStringLiteral("free"));
        QTRY_VERIFY(m_desktop->find("runDialog.run")->isEnabled());
    }

    void runDialogChecksFoldersAndVolumes() {
        QVERIFY(Desktop::tabTo("runDialog.sections"));
        Desktop::key(Qt::Key_Down);
        QVERIFY(Desktop::tabTo("storage.addVolume"));
        Desktop::key(Qt::Key_Space);
        QCOMPARE(Desktop::focusName(), QStringLiteral("mount.0.volume"));
        Desktop::type(QStringLiteral("keep"));
        QVERIFY(Desktop::tabTo("mount.0.target"));
        Desktop::retype(QStringLiteral("/keep"));
        QVERIFY(Desktop::tabTo("storage.addVolume") || Desktop::focusName().isEmpty());
        Desktop::key(Qt::Key_Space);
        QCOMPARE(Desktop::focusName(), QStringLiteral("mount.1.volume"));
        QVERIFY(Desktop::tabTo("mount.1.type"));
        Desktop::key(Qt::Key_Up);  // a folder, without the dialog for it
        QVERIFY(Desktop::tabTo("mount.1.folder"));
        Desktop::retype(QStringLiteral("/no such folder"));
        QVERIFY(Desktop::tabTo("mount.1.target"));
        Desktop::retype(QStringLiteral("/my data"));
        QTRY_VERIFY(!m_desktop->find("runDialog.run")->isEnabled());
        QTRY_VERIFY2(text("runDialog.error").contains(QStringLiteral("folder")),
                     qPrintable(text("runDialog.error")));
        QVERIFY(Desktop::tabTo("mount.1.folder"));
        Desktop::retype(environment("SESSION_FOLDER"));
        QTRY_VERIFY(m_desktop->find("runDialog.run")->isEnabled());
        QTRY_VERIFY(m_desktop->find("storage.owners") != nullptr);
        m_preview = m_desktop->find<CommandPreview>("runDialog.preview")->commandLine();
        QCOMPARE(m_preview, QStringLiteral("coracle run -d --name server -p 127.0.0.1:%1:8000 -v keep:/keep "
                                           "-v '%2:/my data' %3 httpd -f -vv -p 8000 -h '/my data'")
                                .arg(QString::number(port()), environment("SESSION_FOLDER"),
                                     environment("SESSION_IMAGE")));
        QVERIFY(m_desktop->click("runDialog.copy"));
        QCOMPARE(QGuiApplication::clipboard()->text(), m_preview);
    }

    void startedHereShowsInPsAtOnce() {
        Desktop::key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_desktop->window().place().page == QLatin1String("container"), kStopMs);
        QVERIFY(m_desktop->window().findChild<RunDialog*>() == nullptr ||
                !m_desktop->window().findChild<RunDialog*>()->isVisible());
        QCOMPARE(Desktop::cli({"ps", "--format", "{{.Names}}"}).out.split('\n').contains("server"), true);
        QTRY_COMPARE(fetch(), QStringLiteral("hello from the folder"));
        m_started = comparable(QStringLiteral("server"));
    }

    void overviewShowsWhatRuns() {
        const Ran id = Desktop::cli({"inspect", "-f", "{{.State.Pid}}", "server"});
        QTRY_VERIFY(overview().contains(QStringLiteral("pid %1 ").arg(id.out)));
        QTRY_VERIFY(overview().contains(QStringLiteral("127.0.0.1:%1").arg(port())));
        QVERIFY(overview().contains(QStringLiteral("keep")));
        QVERIFY(overview().contains(QStringLiteral("/my data")));
        QVERIFY(m_desktop->click("overview.copyCommand"));
        QCOMPARE(QGuiApplication::clipboard()->text(), m_preview);
    }

    void logsFollow() {
        auto* tabs = m_desktop->find<QTabBar>("detail.tabs");
        tabs->setFocus();
        Desktop::key(Qt::Key_Right);
        auto* view = m_desktop->find<LogView>("logs.view");
        QVERIFY(view != nullptr);
        QTRY_VERIFY(view->buffer().size() > 0);
        const auto lines = view->buffer().size();
        QCOMPARE(run(QStringLiteral("curl"), {"-s", url(QStringLiteral("/no-such-page"))}).code, 0);
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY(view->buffer().size() > lines);
        QVERIFY2(clock.elapsed() < kAtOnceMs, qPrintable(QString::number(clock.elapsed())));
        bool found = false;
        for (std::size_t i = lines; i < view->buffer().size(); ++i) {
            found = found || view->buffer().text(i).find("no-such-page") != std::string_view::npos;
        }
        QVERIFY(found);
    }

    void filesOfWhatRunsAndOfWhatStopped() {
        const auto shell = [](const char* words) {
            return Desktop::cli({"exec", "server", "sh", "-c", words}).code;
        };
        QCOMPARE(shell("echo more >>/etc/passwd; mkdir /made; echo x >/made/it; rm /etc/group"), 0);
        const QString id = Desktop::cli({"inspect", "-f", "{{.Id}}", "server"}).out;
        m_desktop->window().open(
            {.page = QStringLiteral("container"), .id = id, .tab = QStringLiteral("files")});
        auto* tab = m_desktop->window().findChild<FilesTab*>();
        QVERIFY(tab != nullptr);
        const FileTreeModel& model = tab->model();
        QTRY_VERIFY(model.change("/etc/passwd") == 'C' && model.change("/made/it") == 'A');
        QVERIFY(model.change("/etc/group") == 'D');
        QTRY_VERIFY(model.isListed("/"));
        auto* view = m_desktop->find<FileView>("files.tree");
        view->expand(model.indexOf("/etc"));
        QTRY_VERIFY(model.file("/etc/passwd") != nullptr);
        view->setCurrentIndex(model.indexOf("/etc/passwd"));
        auto* text = m_desktop->find<CodeView>("files.text");
        QTRY_VERIFY_WITH_TIMEOUT(!text->diff().empty(), kStopMs);
        QCOMPARE(text->diff().back().text, QStringLiteral("more"));
        // By name: what was made and what was deleted, and nothing of what the kernel makes up.
        auto* find = m_desktop->find<QLineEdit>("files.find");
        const auto finds = [&](const char* words, const char* path) {
            find->setText(QLatin1String(words));
            return QTest::qWaitFor([&] { return model.showsFound() && model.indexOf(path).isValid(); },
                                   kStopMs);
        };
        QVERIFY(finds("/made/", "/made/it"));
        QVERIFY(finds("grou", "/etc/group"));
        find->setText(QStringLiteral("cmdline"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, kStopMs);
        find->clear();
        // One file is as in the image again while the container runs, the rest when it does not.
        bool done = false;
        std::optional<Error> failed;
        const auto restore = [&](const std::vector<std::string>& paths) {
            done = false;
            m_desktop->window().service().restorePaths(
                this, id.toStdString(), paths, [&](const Result<>& ended) {
                    done = true;
                    failed = ended ? std::nullopt : std::optional(ended.error());
                });
            return QTest::qWaitFor([&] { return done; }, kStopMs) && !failed;
        };
        QVERIFY(restore({"/etc/passwd"}));
        tab->refresh();
        QTRY_COMPARE(model.change("/etc/passwd"), char(0));
        QCOMPARE(Desktop::cli({"stop", "-t", "0", "server"}).code, 0);
        QVERIFY(finds("passw*", "/etc/passwd"));
        find->clear();
        QVERIFY(restore({"/etc/group", "/made"}));
        tab->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(model.counts().sum() == 0, kStopMs);
        QCOMPARE(Desktop::cli({"start", "server"}).code, 0);
        QCOMPARE(shell("grep -q root /etc/group && ! grep -q more /etc/passwd && ! test -e /made"), 0);
    }

    void aProcessIsEndedAndNoStranger() {
        QCOMPARE(Desktop::cli({"exec", "-d", "holder", "sleep", "4321"}).code, 0);
        const QString id = Desktop::cli({"inspect", "-f", "{{.Id}}", "holder"}).out;
        m_desktop->window().open(
            {.page = QStringLiteral("container"), .id = id, .tab = QStringLiteral("stats")});
        auto* table = m_desktop->find<ListTable>("stats.processes");
        QVERIFY(table != nullptr);
        const auto row = [table](const QString& command) {
            const auto* model = table->model();
            for (int i = 0; i < model->rowCount(); ++i) {
                if (model->index(i, ProcessModel::Command).data().toString() == command) {
                    return i;
                }
            }
            return -1;
        };
        const QString wanted = QStringLiteral("sleep 4321");
        QTRY_VERIFY(row(wanted) >= 0);
        const auto process =
            static_cast<ProcessModel*>(table->model())->rows()[std::size_t(row(wanted))].info;
        const auto signalled = [&](const types::ProcessInfo& one) {
            std::optional<Result<>> sent;
            m_desktop->window().service().signalProcess(this, id.toStdString(), one, "SIGTERM",
                                                        [&](const Result<>& result) { sent = result; });
            return QTest::qWaitFor([&] { return sent.has_value(); }, kTestPatience) && sent->has_value();
        };
        auto older = process;
        older.startedAt -= std::chrono::hours(1);  // another that had its number
        QVERIFY(!signalled(older));
        auto stranger = process;
        stranger.pid = int(QCoreApplication::applicationPid());  // of ours, and in no container
        QVERIFY(!signalled(stranger));
        table->setFocus();
        table->selectRow(row(wanted));
        Desktop::key(Qt::Key_Delete);
        QVERIFY(m_desktop->click("confirm.ok"));
        QTRY_VERIFY(row(wanted) < 0);
        QCOMPARE(Desktop::cli({"inspect", "-f", "{{.State.Status}}", "holder"}).out,
                 QStringLiteral("running"));
    }

    void startedElsewhereShowsAtOnce() {
        Desktop::key(Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(m_desktop->status(QStringLiteral("server")), QStringLiteral("Running"));
        QCOMPARE(Desktop::cli({"run", "-d", "--name", "other", "welcome", "sleep", "1000"}).code, 0);
        QElapsedTimer clock;
        clock.start();
        QTRY_COMPARE(m_desktop->status(QStringLiteral("other")), QStringLiteral("Running"));
        QVERIFY2(clock.elapsed() < kAtOnceMs, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(Desktop::cli({"kill", "other"}).code, 0);
        QTRY_COMPARE(m_desktop->status(QStringLiteral("other")), QStringLiteral("Exited"));
        QCOMPARE(Desktop::cli({"rm", "other"}).code, 0);
        QTRY_VERIFY(!m_desktop->row(QStringLiteral("other")).isValid());
    }

    void volumesPageKnowsWhoUsesIt() {
        Desktop::key(Qt::Key_3, Qt::AltModifier);
        auto* table = m_desktop->find<ListTable>("volumes.view");
        QVERIFY(table != nullptr);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, VolumeModel::NameColumn).data().toString(), QStringLiteral("keep"));
        QTRY_COMPARE(table->model()->index(0, VolumeModel::UsedByColumn).data().toString(),
                     QStringLiteral("server"));
        // Its files, while the container that uses it runs: a folder made here is there.
        auto* tree = m_desktop->find<QTreeView>("volume.tree");
        QVERIFY(tree != nullptr);
        QVERIFY(m_desktop->click("volume.files.newFolder"));
        QVERIFY(m_desktop->find("textDialog.edit") != nullptr);
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("textDialog.edit"));
        Desktop::type(QStringLiteral("made here"));
        Desktop::key(Qt::Key_Return);
        QTRY_COMPARE(tree->currentIndex().data().toString(), QStringLiteral("made here"));
        QCOMPARE(Desktop::cli({"exec", "server", "stat", "-c", "%n %U %a", "/keep/made here"}).out,
                 QStringLiteral("/keep/made here root 755"));
        QCOMPARE(Desktop::cli({"exec", "server", "touch", "/keep/made here/inside"}).code, 0);
        QVERIFY(m_desktop->click("volume.files.refresh"));
        QTRY_COMPARE(tree->model()->index(0, 0, tree->currentIndex()).data().toString(),
                     QStringLiteral("inside"));
    }

    /// What the page asks the engine for, without the chooser of the desktop.
    void filesOfVolumesMoveAndAFailedImportLeavesNothing() {
        const auto engine = aside([] { return engine::openLocalEngine({.root = {}, .runRoot = {}}); });
        QVERIFY(engine.has_value());
        auto& contents = (*engine)->volumeContents();
        const std::string folder = environment("SESSION_FOLDER").toStdString();
        const auto copyTo = [&](const char* volume, const char* path) {
            return aside([&] { return contents.copyIn(volume, folder + "/hello.txt", path, {}, {}); });
        };
        QVERIFY(copyTo("keep", "/made here").has_value());
        QCOMPARE(Desktop::cli({"exec", "server", "cat", "/keep/made here/hello.txt"}).out,
                 QStringLiteral("hello from the folder"));
        const auto made = aside([&] { return contents.makeFolder("keep", "/made here", {}); });
        QVERIFY(made.error().kind() == ErrorKind::AlreadyExists);
        QVERIFY(!copyTo("none", "/").has_value());
        const auto before = Desktop::cli({"trash", "ls", "-q"}).out;
        const auto failed = aside(
            [&] { return contents.importAs("broken", {.path = folder + "/hello.txt", .fd = -1}, {}, {}); });
        QVERIFY(!failed.has_value());
        QCOMPARE(Desktop::cli({"volume", "ls", "-q"}).out, QStringLiteral("keep"));
        QCOMPARE(Desktop::cli({"trash", "ls", "-q"}).out, before);
    }

    void listWorksByKeyboard() {
        Desktop::key(Qt::Key_1, Qt::AltModifier);
        QCOMPARE(Desktop::focusName(), QStringLiteral("containers.view"));
        choose(QStringLiteral("server"));
        Desktop::key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_desktop->find("confirm.cancel") != nullptr);
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("confirm.cancel"));
        QVERIFY(Desktop::tabTo("confirm.ok"));
        Desktop::key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->status(QStringLiteral("server")), QStringLiteral("Exited"),
                                  kStopMs);
        QCOMPARE(Desktop::cli({"inspect", "-f", "{{.State.Status}}", "server"}).out,
                 QStringLiteral("exited"));
        m_desktop->press(QStringLiteral("server"), ContainerModel::Actions, QStringLiteral("start"));
        QTRY_COMPARE(m_desktop->status(QStringLiteral("server")), QStringLiteral("Running"));
        QTRY_COMPARE(fetch(), QStringLiteral("hello from the folder"));
        choose(QStringLiteral("server"));
        Desktop::key(Qt::Key_Return);
        QTRY_COMPARE(m_desktop->window().place().page, QStringLiteral("container"));
        Desktop::key(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(m_desktop->window().place().page, QStringLiteral("containers"));
    }

    void deletedInTheListIsGone() {
        QCOMPARE(Desktop::cli({"stop", "-t", "0", "server"}).code, 0);
        QTRY_COMPARE(m_desktop->status(QStringLiteral("server")), QStringLiteral("Exited"));
        choose(QStringLiteral("server"));
        Desktop::key(Qt::Key_Delete);
        QTRY_VERIFY(!m_desktop->row(QStringLiteral("server")).isValid());
        QTRY_VERIFY(m_desktop->window().toasts().canUndo());
        QCOMPARE(m_desktop->window().toasts().toasts().back()->title(), QStringLiteral("server deleted"));
        QVERIFY(!Desktop::cli({"ps", "-a", "--format", "{{.Names}}"}).out.contains("server"));
        Desktop::key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_desktop->status(QStringLiteral("server")), QStringLiteral("Exited"));
        QVERIFY(Desktop::cli({"ps", "-a", "--format", "{{.Names}}"}).out.contains("server"));
        choose(QStringLiteral("server"));
        Desktop::key(Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(!Desktop::cli({"ps", "-a", "--format", "{{.Names}}"}).out.contains("server"),
                                 kStopMs);
    }

    void previewPastedIntoAShellIsTheSame() {
        const Ran pasted = run(QStringLiteral("sh"), {"-c", m_preview});
        QVERIFY2(pasted.code == 0, qPrintable(pasted.err));
        QTRY_COMPARE(m_desktop->status(QStringLiteral("server")), QStringLiteral("Running"));
        QTRY_COMPARE(fetch(), QStringLiteral("hello from the folder"));
        QCOMPARE(comparable(QStringLiteral("server")), m_started);
        QCOMPARE(Desktop::cli({"rm", "-f", "server", "holder"}).code, 0);
        QTRY_VERIFY(m_desktop->find("containers.empty") != nullptr);
    }

    void volumeIsDeletedByItsName() {
        Desktop::key(Qt::Key_3, Qt::AltModifier);
        auto* table = m_desktop->find<ListTable>("volumes.view");
        QTRY_COMPARE(table->model()->index(0, VolumeModel::UsedByColumn).data().toString(),
                     QStringLiteral("unused"));
        table->setCurrentIndex(table->model()->index(0, 0));
        table->setFocus();
        Desktop::key(Qt::Key_Delete);
        QVERIFY(m_desktop->find("confirm.edit") != nullptr);
        QTRY_COMPARE(Desktop::focusName(), QStringLiteral("confirm.edit"));
        QVERIFY(!m_desktop->find("confirm.ok")->isEnabled());
        Desktop::type(QStringLiteral("keep"));
        QVERIFY(m_desktop->click("confirm.ok"));
        QTRY_VERIFY(Desktop::cli({"volume", "ls", "-q"}).out.isEmpty());
        QTRY_VERIFY(m_desktop->find("volumes.empty") != nullptr);
    }

    void theWindowNeverBlocked() {
        qInfo("longest stall: %s", qPrintable(m_stalls->describe()));
        QVERIFY2(m_stalls->longestComputed() < 200 * StallMeter::factor(), qPrintable(m_stalls->describe()));
        // An answer of the X server takes as long as other programs let that server wait for a processor.
        QVERIFY2(m_stalls->usual() < 200 * StallMeter::factor(), qPrintable(m_stalls->describe()));
    }

    /// A deletion that was shown happens, also when the window is closed before Undo is over.
    void closingTheWindowKeepsItsWord() {
        QCOMPARE(Desktop::cli({"create", "--name", "last", "welcome", "true"}).code, 0);
        Desktop::key(Qt::Key_1, Qt::AltModifier);
        QTRY_VERIFY(m_desktop->row(QStringLiteral("last")).isValid());
        choose(QStringLiteral("last"));
        Desktop::key(Qt::Key_Delete);
        QTRY_VERIFY(!m_desktop->row(QStringLiteral("last")).isValid());
        m_stalls.reset();
        m_desktop->window().close();
        m_desktop.reset();
        QTRY_COMPARE(Desktop::cli({"ps", "-aq"}).out, QString());
    }

private:
    static int port() { return environment("SESSION_PORT").toInt(); }
    static QString url(const QString& path) {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(port()).arg(path);
    }
    static QString fetch() {
        return run(QStringLiteral("curl"), {"-sf", url(QStringLiteral("/hello.txt"))}).out;
    }
    QString text(const char* name) {
        const auto* label = m_desktop->find<QLabel>(name);
        return label == nullptr ? QString() : label->text();
    }
    /// All words of the Overview.
    QString overview() {
        QString all;
        if (const auto* tab = m_desktop->find("overview")) {
            for (const auto* label : tab->findChildren<QLabel*>()) {
                all += label->text() + QLatin1Char('\n');
            }
        }
        return all;
    }
    bool imageShown(const QString& reference) {
        const auto* table = m_desktop->find<ListTable>("images.view");
        if (table == nullptr) {
            return false;
        }
        for (int i = 0; i < table->model()->rowCount(); ++i) {
            const QString name = table->model()->index(i, ImageModel::NameColumn).data().toString();
            if (name.startsWith(reference)) {
                return true;
            }
        }
        return false;
    }
    /// Go to a row of the list with the arrow keys.
    void choose(const QString& name) {
        m_desktop->view().setFocus();
        Desktop::key(Qt::Key_Home);
        for (int i = 0; i < 20 && m_desktop->view().currentIndex().siblingAtColumn(0) != m_desktop->row(name);
             ++i) {
            Desktop::key(Qt::Key_Down);
        }
        QCOMPARE(m_desktop->view().currentIndex().siblingAtColumn(0), m_desktop->row(name));
    }

    std::unique_ptr<Desktop> m_desktop;
    std::unique_ptr<StallMeter> m_stalls;
    QTcpServer m_holder;
    bool m_failed = false;
    QString m_preview;
    QString m_started;
};

QTEST_MAIN(DesktopSession)
#include "desktop_session.moc"
