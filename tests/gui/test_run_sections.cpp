// SPDX-License-Identifier: Apache-2.0
// The sections Resources, Security, Network and Environment of the run dialog, and where it starts from.
#include "core/container/security_plan.h"
#include "core/types/compose_text.h"
#include "core/types/quadlet_text.h"
#include "core/types/run_command.h"
#include "gui/dialogs/command_preview.h"
#include "gui/dialogs/environment_editor.h"
#include "gui/dialogs/limit_slider.h"
#include "gui/dialogs/paste_dialog.h"
#include "gui/dialogs/radio_card.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/dialogs/section_list.h"
#include "gui/dialogs/security_choice.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/toggle.h"
#include "tests/gui/run_fixture.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QToolButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

FolderReader noFolders() {
    return [](const QString& /*path*/, const std::function<void(const FolderFacts&)>& /*done*/) {};
}

types::RunSpec specOf(const QString& line) {
    auto parsed = types::parseRunCommand(*types::splitShellText(line.toStdString()));
    if (!parsed) {
        qFatal("%s", parsed.error().message().c_str());
    }
    parsed->spec.detach = true;
    return parsed->spec;
}

/// The options that the dialog adds to a plain `run -d alpine`, as the preview shows them.
QString options(const RunDialog& dialog) {
    auto text = child<CommandPreview>(dialog, "runDialog.preview")->commandLine();
    text.remove(0, QStringLiteral("coracle run -d ").size());
    return text.endsWith(QStringLiteral("alpine")) ? text.chopped(6).trimmed() : text;
}

struct Open : Fixture {
    Open() : dialog(context, noFolders()) { dialog.setSpec(specOf(QStringLiteral("alpine"))); }
    void type(const char* field, const char* text) {
        auto* edit = child<QLineEdit>(dialog, field);
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, QString::fromLatin1(text));
    }
    void toggle(const char* name) { child<QAbstractButton>(dialog, name)->click(); }
    QString label(const char* name) { return child<QLabel>(dialog, name)->text(); }
    QString reason() { return label("runDialog.error"); }

    RunDialog dialog;
};

EnvFileReader readNow() {
    return [](QObject* /*context*/, const QString& path,
              const std::function<void(const EnvFileFacts&)>& done) { done(readEnvFile(path)); };
}

}  // namespace

class TestRunSections : public QObject {
    Q_OBJECT
private slots:
    void whatACommandSaysComesBack_data();
    void whatACommandSaysComesBack();

    void switchSliderAndFieldSayTheSame() {
        Open f;
        f.toggle("limits.memory.on");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 512m"));
        f.type("limits.memory.value", "1.5g");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 1536m"));
        auto* slider = child<LimitSlider>(f.dialog, "limits.memory.slider");
        QTest::keyClick(slider, Qt::Key_Home);
        QCOMPARE(child<QLineEdit>(f.dialog, "limits.memory.value")->text(), QStringLiteral("64"));
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 96m"));
        f.toggle("limits.memory.on");
        QCOMPARE(options(f.dialog), QString());
        QVERIFY(!slider->isEnabled());
    }
    void aClickOnTheSliderGoesThere() {
        Open f;
        f.dialog.showSection(RunDialog::Resources);
        f.dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&f.dialog));
        f.toggle("limits.pids.on");
        auto* slider = child<LimitSlider>(f.dialog, "limits.pids.slider");
        QTest::mouseClick(slider, Qt::LeftButton, {}, {slider->width() - 2, 8});
        QCOMPARE(options(f.dialog), QStringLiteral("--pids-limit -1"));
        QCOMPARE(child<QLineEdit>(f.dialog, "limits.pids.value")->text(), QStringLiteral("unlimited"));
        QTest::mouseClick(slider, Qt::LeftButton, {}, {2, 8});
        QCOMPARE(options(f.dialog), QStringLiteral("--pids-limit 16"));
    }
    void swapComesOnTopOfMemory() {
        Open f;
        f.toggle("limits.swap.on");
        QVERIFY(f.reason().contains(QStringLiteral("swap"), Qt::CaseInsensitive));
        QCOMPARE(child<SectionList>(f.dialog, "runDialog.sections")->badgeText(RunDialog::Resources),
                 QStringLiteral("1 problem"));
        f.toggle("limits.memory.on");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 512m --memory-swap 512m"));
        f.type("limits.swap.value", "256");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 512m --memory-swap 768m"));
        f.type("limits.memory.value", "1024");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 1g --memory-swap 1280m"));
        f.type("limits.swap.value", "-1");
        QCOMPARE(options(f.dialog), QStringLiteral("--memory 1g --memory-swap -1"));
        QCOMPARE(f.reason(), QString());
    }
    void aNumberThatIsNoneBlocksRun() {
        Open f;
        f.toggle("limits.cpu.on");
        QCOMPARE(options(f.dialog), QStringLiteral("--cpus 1"));
        for (const char* wrong : {"many", "0", "1e400"}) {
            f.type("limits.cpu.value", wrong);
            QVERIFY2(!child<QPushButton>(f.dialog, "runDialog.run")->isEnabled(), wrong);
        }
        f.type("limits.cpu.value", "0,25");
        QCOMPARE(options(f.dialog), QStringLiteral("--cpus 0.25"));
        f.type("limits.cpu.value", "");
        QVERIFY(!child<QPushButton>(f.dialog, "runDialog.run")->isEnabled());
        f.toggle("limits.memory.on");
        f.type("limits.cpu.value", "1");
        f.type("limits.memory.value", "2");
        QVERIFY(f.reason().contains(QStringLiteral("6m")));
    }
    void priorityIsAShareOfBusyProcessors() {
        Open f;
        f.toggle("limits.priority.high");
        QCOMPARE(options(f.dialog), QStringLiteral("--cpu-shares 2048"));
        f.toggle("limits.priority.low");
        QCOMPARE(options(f.dialog), QStringLiteral("--cpu-shares 512"));
        f.dialog.setSpec(specOf(QStringLiteral("--cpu-shares 333 alpine")));
        QCOMPARE(options(f.dialog), QStringLiteral("--cpu-shares 333"));
        f.toggle("limits.priority.normal");
        QCOMPARE(options(f.dialog), QString());
    }
    void whatTheSessionMayNotSetSaysWhyAndWhatToDo() {
        Open f;
        QTRY_VERIFY(f.state.host().has_value());
        auto* banner = child<Banner>(f.dialog, "limits.banner");
        QVERIFY(f.label("limits.session").contains(QStringLiteral("memory, processor and process")));
        QVERIFY(banner->isHidden());
        auto host = *f.state.host();
        host.limits = {
            {"cpu", false, "is not delegated to this user by systemd", "delegate it: sudo tee /etc/x"},
            {"memory", true, "", ""},
            {"pids", true, "", ""}};
        f.engine->setHost(host);
        f.state.refreshHost();
        QTRY_VERIFY(!banner->isHidden());
        QVERIFY(banner->text().contains(QStringLiteral("processor")));
        QVERIFY(f.label("limits.cpu.note").contains(QStringLiteral("not delegated")));
        // All of the reason can be read, without a tooltip.
        f.dialog.show();
        f.dialog.showSection(RunDialog::Resources);
        auto* note = child<QLabel>(f.dialog, "limits.cpu.note");
        QTRY_VERIFY(note->isVisible() && note->height() >= note->heightForWidth(note->width()));
        QVERIFY(note->height() > note->fontMetrics().height());
        QVERIFY(!child<QAbstractButton>(f.dialog, "limits.cpu.on")->isEnabled());
        QVERIFY(child<QAbstractButton>(f.dialog, "limits.memory.on")->isEnabled());
        f.toggle("limits.copy");
        QCOMPARE(f.prompt.copied, QStringLiteral("sudo tee /etc/x"));
        // What came with a command can still be taken away.
        f.dialog.setSpec(specOf(QStringLiteral("--cpus 2 alpine")));
        QVERIFY(child<QAbstractButton>(f.dialog, "limits.cpu.on")->isEnabled());
        f.toggle("limits.cpu.on");
        QCOMPARE(options(f.dialog), QString());
    }

    void lockedDownAndBack() {
        Open f;
        f.toggle("sec.level.locked");
        QCOMPARE(options(f.dialog), QStringLiteral("--network none --read-only --cap-drop ALL --security-opt "
                                                   "no-new-privileges"));
        QVERIFY(child<QAbstractButton>(f.dialog, "basics.readOnly")->isChecked());
        QVERIFY(child<QAbstractButton>(f.dialog, "net.mode.none")->isChecked());
        f.toggle("basics.readOnly");
        QVERIFY(child<QAbstractButton>(f.dialog, "sec.level.custom")->isChecked());
        QVERIFY(!child<QAbstractButton>(f.dialog, "sec.readOnly")->isChecked());
        f.toggle("sec.readOnly");
        QVERIFY(child<QAbstractButton>(f.dialog, "sec.level.locked")->isChecked());
        f.toggle("sec.level.standard");
        QCOMPARE(options(f.dialog), QString());
        QVERIFY(child<QAbstractButton>(f.dialog, "net.mode.own")->isChecked());
    }
    void capabilitiesAreTakenAndGiven() {
        Open f;
        f.dialog.showSection(RunDialog::Security);
        f.dialog.show();
        QCOMPARE(f.dialog.findChildren<Chip*>(QRegularExpression(QStringLiteral("^sec\\.cap\\."))).size(),
                 11);
        auto* chown = child<Chip>(f.dialog, "sec.cap.chown");
        chown->setFocus();
        QTest::keyClick(chown, Qt::Key_Space);
        QCOMPARE(options(f.dialog), QStringLiteral("--cap-drop CHOWN"));
        QVERIFY(child<QAbstractButton>(f.dialog, "sec.level.custom")->isChecked());
        QVERIFY(f.dialog.findChild<Chip*>(QStringLiteral("sec.cap.chown")) == nullptr);
        const auto add = [&](const QString& name) {
            child<QPushButton>(f.dialog, "sec.cap.add")->click();
            auto* menu = f.dialog.findChild<QMenu*>(QStringLiteral("sec.cap.menu"));
            for (auto* action : menu->actions()) {
                if (action->text() == name) {
                    action->trigger();
                }
            }
            menu->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        add(QStringLiteral("net_raw"));
        QCOMPARE(options(f.dialog), QStringLiteral("--cap-add NET_RAW --cap-drop CHOWN"));
        add(QStringLiteral("chown"));
        child<Chip>(f.dialog, "sec.cap.net_raw")->click();
        QCOMPARE(options(f.dialog), QString());
        QVERIFY(child<QAbstractButton>(f.dialog, "sec.level.standard")->isChecked());
    }
    void theFilterIsChosenOrReadFromAFile() {
        Open f;
        auto* combo = child<QComboBox>(f.dialog, "sec.filter");
        const auto choose = [&](int row) {
            combo->setCurrentIndex(row);
            emit combo->activated(row);
        };
        choose(6);
        QCOMPARE(options(f.dialog), QStringLiteral("--security-opt seccomp=unconfined"));
        QVERIFY(f.label("sec.filter.text").contains(QStringLiteral("kernel")));
        f.prompt.file = QStringLiteral("/etc/filter.json");
        choose(5);
        QCOMPARE(options(f.dialog), QStringLiteral("--security-opt seccomp=/etc/filter.json"));
        QCOMPARE(f.label("sec.filter.text"), QStringLiteral("/etc/filter.json"));
        f.prompt.file.reset();
        choose(2);
        QCOMPARE(options(f.dialog), QStringLiteral("--security-opt profile=debug"));
        choose(5);
        QCOMPARE(combo->currentIndex(), 2);
        choose(0);
        QCOMPARE(options(f.dialog), QString());
    }
    void switchesOfSecurity() {
        Open f;
        f.toggle("sec.privileges");
        QCOMPARE(options(f.dialog), QStringLiteral("--security-opt no-new-privileges"));
        f.toggle("sec.privileges");
        f.toggle("sec.range");
        QCOMPARE(options(f.dialog), QStringLiteral("--userns auto"));
        f.toggle("sec.range");
        f.toggle("sec.mask");
        QCOMPARE(options(f.dialog), QStringLiteral("--security-opt unmask=ALL"));
        f.toggle("sec.mask");
        QCOMPARE(options(f.dialog), QString());
        f.dialog.setSpec(specOf(QStringLiteral("--privileged alpine")));
        QVERIFY(!child<QWidget>(f.dialog, "sec.mask")->isEnabled());
        f.toggle("sec.privileged");
        QCOMPARE(options(f.dialog), QString());
        f.dialog.setSpec(specOf(QStringLiteral("--security-opt profile=hardened alpine")));
        f.toggle("sec.privileges");
        QCOMPARE(options(f.dialog),
                 QStringLiteral("--security-opt profile=hardened --security-opt no-new-privileges=false"));
    }
    void theFormAgreesWithTheEngine_data() {
        QTest::addColumn<QString>("line");
        for (const char* line :
             {"a", "--cap-drop ALL a", "--cap-add ALL --cap-drop net_raw a",
              "--security-opt profile=docker a", "--security-opt profile=hardened --cap-add CAP_NET_RAW a",
              "--security-opt profile=debug a", "--security-opt profile=nested,32bit a", "--privileged a",
              "--cap-drop ALL --cap-add chown a",
              "--security-opt no-new-privileges --security-opt no-new-privileges=false a",
              "--security-opt profile=hardened --security-opt no-new-privileges=false a"}) {
            QTest::newRow(line) << QString::fromLatin1(line);
        }
    }
    void theFormAgreesWithTheEngine() {
        QFETCH(QString, line);
        auto spec = specOf(line);
        const auto plan = container::planSecurity(spec, {});
        QVERIFY(plan.has_value());
        QVERIFY(security::capabilitiesOf(spec) == plan->capabilities);
        QCOMPARE(security::gainsNoPrivileges(spec), plan->noNewPrivileges);
        QCOMPARE(security::masksPaths(spec), !plan->maskedPaths.empty());
        security::setMasksPaths(spec, false);
        security::dropCapability(spec, "CAP_CHOWN");
        security::addCapability(spec, "CAP_SYS_TIME");
        const auto after = container::planSecurity(spec, {});
        QVERIFY(after.has_value());
        QVERIFY(after->maskedPaths.empty());
        QVERIFY(security::capabilitiesOf(spec) == after->capabilities);
        const auto& names = after->capabilities;
        QVERIFY(std::find(names.begin(), names.end(), "CAP_CHOWN") == names.end());
        QVERIFY(std::find(names.begin(), names.end(), "CAP_SYS_TIME") != names.end());
    }
    void aCapabilityThatIsNoneBlocksRun() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("--cap-add NET_ROW alpine")));
        QVERIFY2(f.reason().contains(QStringLiteral("NET_ROW")), qPrintable(f.reason()));
        QVERIFY(!child<QPushButton>(f.dialog, "runDialog.run")->isEnabled());
        f.toggle("sec.level.standard");
        QVERIFY(child<QPushButton>(f.dialog, "runDialog.run")->isEnabled());
    }

    void networksByArrowKeys() {
        Open f;
        f.dialog.showSection(RunDialog::Network);
        f.dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&f.dialog));
        QTRY_VERIFY(child<RadioCard>(f.dialog, "net.mode.joined")->isEnabled());  // some run
        auto* own = child<RadioCard>(f.dialog, "net.mode.own");
        own->setFocus();
        QTest::keyClick(own, Qt::Key_Right);
        QVERIFY(options(f.dialog).startsWith(QStringLiteral("--network container:")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(options(f.dialog), QStringLiteral("--network host"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(options(f.dialog), QStringLiteral("--network none"));
        f.type("net.hostname", "box");
        QCOMPARE(options(f.dialog), QStringLiteral("-h box --network none"));
        f.type("net.hostname", "two words");
        QVERIFY2(f.reason().contains(QStringLiteral("blanks")), qPrintable(f.reason()));
    }
    void titlesOfTheCardsAreNotCut() {
        Open f;
        f.dialog.showSection(RunDialog::Network);
        f.dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&f.dialog));
        for (const char* name : {"net.mode.own", "net.mode.joined", "net.mode.host", "net.mode.none"}) {
            const auto* card = child<RadioCard>(f.dialog, name);
            const int words = QFontMetrics(themeFont(TextRole::Section)).horizontalAdvance(card->text());
            QVERIFY2(
                card->width() >= card->minimumSizeHint().width() && card->minimumSizeHint().width() > words,
                name);
        }
    }
    void theNetworkOfAnotherContainerIsShownAsSuch() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("--network container:web alpine")));
        QVERIFY(child<RadioCard>(f.dialog, "net.mode.joined")->isChecked());
        auto* whose = child<QComboBox>(f.dialog, "net.container");
        QCOMPARE(whose->currentText(), QStringLiteral("web"));
        QVERIFY(f.label("net.note").contains(QStringLiteral("does not run")));
        QVERIFY(!child<QLineEdit>(f.dialog, "net.hostname")->isEnabled());
        QTRY_VERIFY(whose->findText(QStringLiteral("api")) >= 0);
        whose->setCurrentText(QStringLiteral("api"));
        QCOMPARE(options(f.dialog), QStringLiteral("--network container:api"));
        QVERIFY(f.label("net.note").contains(QStringLiteral("localhost")));
    }
    void linksAreForANetworkOfItsOwn() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("--link db:store alpine")));
        QCOMPARE(options(f.dialog), QStringLiteral("--link db:store"));
        f.toggle("net.mode.none");
        QCOMPARE(options(f.dialog), QStringLiteral("--link db:store --network none"));
        f.toggle("net.mode.host");
        QCOMPARE(options(f.dialog), QStringLiteral("--network host"));
    }
    void namesAndTheirServers() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("--dns 192.0.2.1 --add-host db:2001:db8::7 alpine")));
        QCOMPARE(child<QLineEdit>(f.dialog, "net.hosts")->text(), QStringLiteral("db:2001:db8::7"));
        f.type("net.resolvers", "192.0.2.1, 192.0.2.2");
        f.type("net.hosts", "db=192.0.2.7 me:host-gateway");
        QCOMPARE(options(f.dialog),
                 QStringLiteral(
                     "--add-host db:192.0.2.7 --add-host me:host-gateway --dns 192.0.2.1 --dns 192.0.2.2"));
        f.type("net.hosts", "db");
        QVERIFY2(f.reason().contains(QStringLiteral("db:192.0.2.7")), qPrintable(f.reason()));
        f.type("net.hosts", "");
        f.type("net.resolvers", "nine");
        QVERIFY2(f.reason().contains(QStringLiteral("no address")), qPrintable(f.reason()));
    }
    void portsWithoutANetworkOfItsOwnAreWarnedAbout() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("-p 9000:80 alpine")));
        QVERIFY(!f.label("net.note").contains(QStringLiteral("left out")));
        f.toggle("net.mode.host");
        QVERIFY(f.label("net.note").contains(QStringLiteral("the port is left out")));
    }

    void variablesOfTheImageAreChangedAndGivenBack() {
        EnvironmentEditor editor(readNow(), {});
        editor.setImageEnvironment({QStringLiteral("PATH=/bin"), QStringLiteral("MODE=fast")});
        QVERIFY(editor.pairs().empty());
        auto* value = child<QLineEdit>(editor, "env.given.MODE.value");
        value->setFocus();
        value->end(false);
        QTest::keyClicks(value, QStringLiteral("er"));
        QVERIFY(editor.pairs() == EnvironmentEditor::Pairs({{"MODE", "faster"}}));
        QCOMPARE(child<Chip>(editor, "env.0.from")->text(), QStringLiteral("changed"));
        child<QAbstractButton>(editor, "env.0.remove")->click();
        QVERIFY(editor.pairs().empty());
        QCOMPARE(child<QLineEdit>(editor, "env.given.MODE.value")->text(), QStringLiteral("fast"));
        QCOMPARE(child<Chip>(editor, "env.given.MODE.from")->text(), QStringLiteral("image"));
        editor.addRow(QStringLiteral("MODE"), QStringLiteral("slow"));
        QVERIFY(editor.findChild<QLineEdit*>(QStringLiteral("env.given.MODE.value")) == nullptr);
    }
    void aFileOfVariables() {
        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral(".env"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# words\nTOKEN=a b\nMODE=slow\n");
        file.close();
        EnvironmentEditor editor(readNow(), [&](const auto& done) { done(path); });
        editor.setImageEnvironment({QStringLiteral("MODE=fast")});
        child<QPushButton>(editor, "env.load")->click();
        QCOMPARE(int(editor.files().size()), 1);
        QCOMPARE(child<QLineEdit>(editor, "env.given.TOKEN.value")->text(), QStringLiteral("a b"));
        QCOMPARE(child<Chip>(editor, "env.given.MODE.from")->text(), QStringLiteral("from .env"));
        QCOMPARE(child<QLineEdit>(editor, "env.given.MODE.value")->text(), QStringLiteral("slow"));
        QVERIFY(editor.pairs().empty());
        QCOMPARE(editor.count(), 2);
        child<QPushButton>(editor, "env.load")->click();
        QCOMPARE(int(editor.files().size()), 1);
        child<Chip>(editor, "env.file.0")->click();
        QVERIFY(editor.files().empty());
        QCOMPARE(child<QLineEdit>(editor, "env.given.MODE.value")->text(), QStringLiteral("fast"));
        editor.setFiles({folder.filePath(QStringLiteral("missing"))});
        QCOMPARE(editor.problems(), 1);
        QVERIFY(editor.summary().contains(QStringLiteral("missing")));
    }
    void manyVariablesAreFoldedAndFiltered() {
        EnvironmentEditor editor(readNow(), {});
        std::vector<QString> lines;
        for (int i = 0; i < 20; ++i) {
            lines.push_back(QStringLiteral("NAME_%1=value %1").arg(i));
        }
        editor.show();
        editor.setImageEnvironment(lines);
        auto* more = child<QToolButton>(editor, "env.more");
        QVERIFY(more->text().startsWith(QStringLiteral("14 more")));
        QVERIFY(editor.findChild<QLineEdit*>(QStringLiteral("env.given.NAME_17.value")) == nullptr);
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        more->setFocus();
        QTest::keyClick(more, Qt::Key_F, Qt::ControlModifier);  // as the field says
        QTRY_VERIFY(child<QLineEdit>(editor, "env.filter")->hasFocus());
        child<QLineEdit>(editor, "env.filter")->setText(QStringLiteral("me_17"));
        QVERIFY(child<QLineEdit>(editor, "env.given.NAME_17.value")->isVisible());
        QVERIFY(!child<QLineEdit>(editor, "env.given.NAME_16.value")->isVisible());
        child<QLineEdit>(editor, "env.filter")->setText(QStringLiteral("nothing"));
        QVERIFY(child<QLabel>(editor, "env.noMatch")->isVisible());
        child<QLineEdit>(editor, "env.filter")->clear();
        more->click();
        QVERIFY(!more->isVisible());
        QVERIFY(child<QLineEdit>(editor, "env.given.NAME_19.value")->isVisible());
    }
    void filesReachTheCommand() {
        Open f;
        f.prompt.file = QStringLiteral("/nowhere/.env");
        f.toggle("env.load");
        QCOMPARE(options(f.dialog), QStringLiteral("--env-file /nowhere/.env"));
        QTRY_VERIFY(f.reason().startsWith(QStringLiteral(".env:")));
    }

    void startFromAContainer() {
        Open f;
        QTRY_VERIFY(f.loaded());
        auto* combo = child<QComboBox>(f.dialog, "runDialog.startFrom");
        const int row = combo->findText(QStringLiteral("api"));
        QVERIFY(row > 0);
        combo->setCurrentIndex(row);
        emit combo->activated(row);
        auto* banner = child<Banner>(f.dialog, "runDialog.banner");
        QTRY_VERIFY(!banner->isHidden());
        QCOMPARE(f.dialog.spec().image, f.engine->container("api")->image);
        QVERIFY(f.dialog.spec().ports == f.engine->container("api")->ports);
        QVERIFY(f.dialog.spec().name.empty());
        f.toggle("runDialog.undo");
        QCOMPARE(f.dialog.spec().image, std::string("alpine"));
        QCOMPARE(combo->currentIndex(), 0);
        QVERIFY(banner->isHidden());
    }
    void undoneIsTheLastChoiceAlone() {
        Open f;
        QTRY_VERIFY(f.loaded());
        auto* combo = child<QComboBox>(f.dialog, "runDialog.startFrom");
        auto* banner = child<Banner>(f.dialog, "runDialog.banner");
        const auto choose = [&](const char* name) {
            const int row = combo->findText(QLatin1String(name));
            QVERIFY(row > 0);
            combo->setCurrentIndex(row);
            emit combo->activated(row);
        };
        choose("api");
        QTRY_COMPARE(f.dialog.spec().image, f.engine->container("api")->image);
        // A row that is not filled in is in no spec, and comes back nevertheless.
        f.dialog.storage().addRow({.type = MountType::Volume,
                                   .source = QStringLiteral("half"),
                                   .sizeMb = {},
                                   .target = {},
                                   .readOnly = false});
        const auto rows = f.dialog.storage().drafts().size();
        choose("web");
        QTRY_COMPARE(f.dialog.spec().image, f.engine->container("web")->image);
        QTRY_VERIFY(!banner->isHidden());
        f.toggle("runDialog.undo");
        QCOMPARE(f.dialog.spec().image, f.engine->container("api")->image);
        QCOMPARE(combo->currentText(), QStringLiteral("api"));
        QCOMPARE(f.dialog.storage().drafts().size(), rows);
        QCOMPARE(f.dialog.storage().drafts().back().source, QStringLiteral("half"));
    }
    void startFromAPastedCommand() {
        Open f;
        auto* combo = child<QComboBox>(f.dialog, "runDialog.startFrom");
        emit combo->activated(1);
        auto* paste = f.dialog.findChild<PasteDialog*>();
        QVERIFY(paste != nullptr);
        auto* use = child<QPushButton>(*paste, "paste.use");
        QVERIFY(!use->isEnabled());
        auto* text = child<QPlainTextEdit>(*paste, "paste.text");
        text->setPlainText(QStringLiteral("ls -l"));
        QVERIFY(!use->isEnabled());
        QVERIFY(!child<QLabel>(*paste, "paste.problem")->text().isEmpty());
        text->setPlainText(QStringLiteral("docker run --rm -p 8080:80 \\\n  -e A='b c' nginx"));
        QVERIFY(use->isEnabled());
        QCOMPARE(namelessInputs(*paste), QStringList());
        QCOMPARE(combo->currentIndex(), 0);
        use->click();
        auto expected = specOf(QStringLiteral("--rm -p 8080:80 -e A='b c' nginx"));
        QVERIFY(f.dialog.spec() == expected);
        QVERIFY(!child<Banner>(f.dialog, "runDialog.banner")->isHidden());
        QCOMPARE(combo->currentIndex(), 1);
        f.toggle("runDialog.undo");
        QCOMPARE(combo->currentIndex(), 0);
    }
    void pastedLines_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");  // empty: an error
        QTest::newRow("sudo") << "$ sudo docker container run -it alpine sh"
                              << "-it alpine sh";
        QTest::newRow("path") << "/usr/bin/podman create --name x alpine"
                              << "--name x alpine";
        QTest::newRow("home") << "docker run -v \"$HOME/a b\":/x -v ~/c:/y alpine"
                              << "-v '/home/ann/a b:/x' -v /home/ann/c:/y alpine";
        QTest::newRow("braces") << "docker run -e X=${HOME}y alpine"
                                << "-e X=/home/anny alpine";
        QTest::newRow("single quotes") << "docker run -e 'X=$HOME' alpine"
                                       << "-e 'X=$HOME' alpine";
        QTest::newRow("escaped") << "docker run -e X=\\$HOME alpine"
                                 << "-e 'X=$HOME' alpine";
        QTest::newRow("pwd") << "docker run -v $PWD:/x alpine" << QString();
        QTest::newRow("runs something") << "docker run -v $(pwd):/x alpine" << QString();
        QTest::newRow("unknown") << "docker run -e X=$NOBODY_KNOWS alpine" << QString();
        QTest::newRow("other verb") << "docker ps" << QString();
        QTest::newRow("nothing") << "" << QString();
        QTest::newRow("open quote") << "docker run -e 'X alpine" << QString();
    }
    void pastedLines() {
        QFETCH(QString, line);
        QFETCH(QString, words);
        types::RunCommandContext context;
        context.environment = [](const std::string& name) {
            return name == "HOME"  ? std::optional<std::string>("/home/ann")
                   : name == "PWD" ? std::optional<std::string>("/elsewhere")
                                   : std::nullopt;
        };
        context.workingDirectory = "/home/ann";
        const auto parsed = parsePastedCommand(line.toStdString(), context);
        QCOMPARE(parsed.has_value(), !words.isEmpty());
        if (parsed) {
            auto expected = types::parseRunCommand(*types::splitShellText(words.toStdString()));
            QVERIFY(parsed->spec == expected->spec);
        }
    }

    void theOtherFormsAreShownAndCopied() {
        Open f;
        const auto spec = specOf(QStringLiteral("--name web -p 9000:80 --memory 512m --uidmap 0:1:9 alpine"));
        f.dialog.setSpec(spec);
        auto* preview = child<CommandPreview>(f.dialog, "runDialog.preview");
        auto* copy = child<QPushButton>(f.dialog, "runDialog.copy");
        f.toggle("runDialog.format.compose");
        const auto compose = QString::fromStdString(types::toComposeText(spec));
        QCOMPARE(preview->toPlainText(), compose.trimmed());
        copy->click();
        QCOMPARE(f.prompt.copied, compose);
        f.toggle("runDialog.format.quadlet");
        const auto quadlet = QString::fromStdString(types::toQuadletText(spec));
        QCOMPARE(preview->toPlainText(), quadlet.trimmed());
        copy->click();
        QCOMPARE(f.prompt.copied, quadlet);
        f.type("basics.name", "other");
        QVERIFY(preview->toPlainText().contains(QStringLiteral("ContainerName=other")));
        f.toggle("runDialog.format.coracle");
        QVERIFY(preview->commandLine().startsWith(QStringLiteral("coracle run -d --name other")));
    }
    // The scroll bar that then comes takes room while the text is laid out: it was filled again in the
    // middle.
    void aTextThatOutgrowsThePreviewStaysWhole() {
        CommandPreview preview;
        preview.resize(300, 70);
        preview.show();
        QStringList lines;
        std::vector<CommandWord> words;
        for (int i = 0; i < 30; ++i) {
            lines
                << QStringLiteral("Environment=A_LONG_NAME_%1=and a value that does not fit in here").arg(i);
            preview.setLines(lines.join(QLatin1Char('\n')));
            QCOMPARE(preview.toPlainText(), lines.join(QLatin1Char('\n')));
            words.push_back({QStringLiteral("--option-%1=value").arg(i)});
            preview.setWords(words);
            QString shown = preview.toPlainText();
            QCOMPARE(shown.replace(QLatin1Char('\n'), QLatin1Char(' ')), preview.commandLine());
        }
        preview.resize(500, 70);
        QString shown = preview.toPlainText();
        QCOMPARE(shown.replace(QLatin1Char('\n'), QLatin1Char(' ')), preview.commandLine());
    }
    void theCloseButtonCloses() {
        Open f;
        f.dialog.show();
        f.toggle("runDialog.close");
        QVERIFY(!f.dialog.isVisible());
    }
    void everyInputHasAName() {
        Open f;
        f.dialog.setSpec(specOf(QStringLiteral("--memory 1g --cpus 1 --pids-limit 9 -e A=b alpine")));
        QCOMPARE(namelessInputs(f.dialog), QStringList());
    }
};

void TestRunSections::whatACommandSaysComesBack_data() {
    QTest::addColumn<QString>("line");
    const char* lines[] = {
        "--memory 100000000 --memory-swap 123456789 --memory-reservation 7m a",
        "--memory 512m --memory-swap -1 --cpus 0.123456789 --pids-limit -1 --cpu-shares 2 a",
        "--memory -1 a",
        "--cpu-quota 5000 --cpu-period 9999 --cpuset-cpus 0 --blkio-weight 10 a",
        "--cap-add NET_RAW --cap-drop cap_chown --cap-drop ALL --cap-add ALL a",
        "--security-opt profile=hardened,32bit --security-opt seccomp=/x --security-opt no-new-privileges a",
        "--security-opt apparmor=x --security-opt label=disable --security-opt mask=/a:/b --privileged a",
        "--security-opt systempaths=unconfined --security-opt writable-cgroups --read-only a",
        "--userns keep-id:uid=5 a",
        "--uidmap 0:1:100 --gidmap 0:1:100 a",
        "--network host -h box a",
        "--network none -p 80:80 --env-file /a/b --env-file /c -e A=b -e A=c -e C= a",
        "--pull always --platform linux/arm64 --ulimit nofile=1:2 --sysctl a.b=c --shm-size 5m a",
    };
    for (const auto* line : lines) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void TestRunSections::whatACommandSaysComesBack() {
    QFETCH(QString, line);
    const auto spec = specOf(line);
    Fixture f;
    RunDialog dialog(f.context, noFolders());
    dialog.setSpec(spec);
    QVERIFY(dialog.spec() == spec);
    const auto command = QString::fromStdString(types::toShellText(types::toCommand(spec)));
    for (int section = 0; section < RunDialog::SectionCount; ++section) {
        dialog.showSection(static_cast<RunDialog::Section>(section));
        QCOMPARE(child<CommandPreview>(dialog, "runDialog.preview")->commandLine(), command);
    }
    // The host becoming known changes scales, never values.
    QTRY_VERIFY(f.state.host().has_value());
    QVERIFY(dialog.spec() == spec);
    types::RunSpec plain;
    plain.image = "other";
    dialog.setSpec(plain);
    dialog.setSpec(spec);
    QVERIFY(dialog.spec() == spec);
}

QTEST_MAIN(TestRunSections)
#include "test_run_sections.moc"
