// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/edit_dialog.h"
#include "gui/dialogs/environment_editor.h"
#include "gui/dialogs/port_editor.h"
#include "gui/widgets/banner.h"
#include "tests/gui/run_fixture.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

FolderReader pretend() {
    return [](const QString&, const std::function<void(const FolderFacts&)>& done) {
        FolderFacts facts;
        facts.exists = facts.canEnter = facts.isFolder = true;
        done(facts);
    };
}

struct Opened {
    Opened() {
        if (!QTest::qWaitFor([this] { return f.loaded(); }, kTestPatience)) {
            qFatal("the lists do not come");
        }
        dialog = std::make_unique<EditDialog>(f.context, f.engine->container("api")->id, pretend());
        dialog->show();
        const auto isRead = [this] { return note() == QStringLiteral("Nothing is changed yet"); };
        if (!QTest::qWaitFor(isRead, kTestPatience)) {
            qFatal("the container is not read");
        }
    }
    QString note() const { return child<QLabel>(*dialog, "editDialog.note")->text(); }
    QPushButton* button(const char* name) const { return child<QPushButton>(*dialog, name); }

    Fixture f;
    std::unique_ptr<EditDialog> dialog;
};

}  // namespace

class TestEditDialog : public QObject {
    Q_OBJECT
private slots:
    void showsWhatTheContainerHas() {
        const Opened opened;
        QCOMPARE(child<QLineEdit>(*opened.dialog, "editDialog.name")->text(), QStringLiteral("api"));
        QCOMPARE(int(opened.dialog->ports().drafts().size()),
                 int(opened.f.engine->container("api")->ports.size()));
        QCOMPARE(opened.dialog->storage().drafts().size(), opened.f.engine->container("api")->mounts.size());
        QVERIFY(!opened.button("editDialog.save")->isEnabled());
        QVERIFY(opened.dialog->edit().isEmpty());
        for (const PortFinding& finding : opened.dialog->ports().findings()) {
            QVERIFY2(!blocksRun(finding.verdict), "its own ports are not taken for it");
        }
    }
    void onlyWhatWasTouchedIsSent() {
        Opened opened;
        child<QLineEdit>(*opened.dialog, "editDialog.name")->setText(QStringLiteral("gateway"));
        QCOMPARE(opened.note(), QStringLiteral("Takes effect at once"));
        QVERIFY(!opened.button("editDialog.saveAndRestart")->isVisible());
        QSignalSpy edited(opened.dialog.get(), &EditDialog::edited);
        opened.button("editDialog.save")->click();
        QTRY_COMPARE(edited.count(), 1);
        QVERIFY(opened.f.engine->container("gateway").has_value());
        QVERIFY2(opened.f.engine->lastEdit().isEmpty(), "nothing else was to change");
    }
    void theKeyOfRunSaves() {
        Opened opened;
        opened.dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(opened.dialog.get()));
        auto* name = child<QLineEdit>(*opened.dialog, "editDialog.name");
        name->setText(QStringLiteral("gateway"));
        QSignalSpy edited(opened.dialog.get(), &EditDialog::edited);
        QTest::keyClick(name, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(edited.count(), 1);
    }
    void whatNeedsARestartSaysSoAndCanHaveIt() {
        Opened opened;
        auto* environment = opened.dialog->findChild<EnvironmentEditor*>();
        QVERIFY2(child<QWidget>(*environment, "env.load")->isHidden(),
                 "files are read when a container is made");
        environment->addRow(QStringLiteral("LEVEL"), QStringLiteral("debug"));
        QTRY_VERIFY(opened.note().contains(QStringLiteral("need a restart")));
        QVERIFY(opened.button("editDialog.saveAndRestart")->isVisible());
        QSignalSpy edited(opened.dialog.get(), &EditDialog::edited);
        opened.button("editDialog.saveAndRestart")->click();
        QTRY_COMPARE(edited.count(), 1);
        QVERIFY(edited.front().at(1).toBool());
        QCOMPARE(opened.f.engine->calls("containers.start"), 1);
        const types::EnvironmentChange change = opened.f.engine->lastEdit().environment;
        QCOMPARE(int(change.set.size()), 1);
        QCOMPARE(QString::fromStdString(change.set.front().first), QStringLiteral("LEVEL"));
    }
    void aPortMoves() {
        Opened opened;
        const net::PortMapping had = opened.f.engine->container("api")->ports.front();
        std::vector<PortDraft> drafts = opened.dialog->ports().drafts();
        drafts.front().here = QStringLiteral("18099");
        opened.dialog->ports().setDrafts(drafts);
        QTRY_VERIFY(opened.button("editDialog.save")->isEnabled());
        QSignalSpy edited(opened.dialog.get(), &EditDialog::edited);
        opened.button("editDialog.save")->click();
        QTRY_COMPARE(edited.count(), 1);  // a call is counted before it does anything
        QCOMPARE(opened.f.engine->calls("sharing.change"), 1);
        const types::SharingChange change = opened.f.engine->lastEdit().sharing;
        QCOMPARE(int(change.addPorts.size()), 1);
        QCOMPARE(int(change.addPorts.front().hostPort), 18099);
        QCOMPARE(int(change.removePorts.size()), 1);
        QCOMPARE(change.removePorts.front().hostPort, had.hostPort);
    }
    void aFailureStaysOpenWithItsReason() {
        Opened opened;
        opened.f.engine->setFailure("containers.rename",
                                    Error(ErrorKind::AlreadyExists, "the name 'other' is taken"));
        child<QLineEdit>(*opened.dialog, "editDialog.name")->setText(QStringLiteral("other"));
        opened.button("editDialog.save")->click();
        auto* banner = child<Banner>(*opened.dialog, "editDialog.banner");
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("The name 'other' is taken"));
        QVERIFY(opened.dialog->isVisible());
        QTRY_VERIFY(opened.button("editDialog.save")->isEnabled());
    }
    void thePortsOfTheImageAreOffered() {
        const Opened opened;
        QTRY_VERIFY(opened.dialog->findChild<QWidget*>(QStringLiteral("ports.exposed.9229/tcp")) != nullptr);
        QVERIFY2(opened.dialog->edit().isEmpty(), "an offer is no change");
    }
    void aFolderThatIsGoneIsInNobodysWay() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        EditDialog dialog(f.context, f.engine->container("api")->id,
                          [](const QString&, const std::function<void(const FolderFacts&)>& done) {
                              done({});  // there is none
                          });
        dialog.show();
        QTRY_VERIFY(!dialog.storage().drafts().empty() && !dialog.storage().isChecking());
        QVERIFY(dialog.storage().problems() > 0);
        child<QLineEdit>(dialog, "editDialog.name")->setText(QStringLiteral("gateway"));
        QTRY_VERIFY(child<QPushButton>(dialog, "editDialog.save")->isEnabled());
        dialog.storage().addRow({.type = MountType::Folder,
                                 .source = QStringLiteral("/none"),
                                 .sizeMb = {},
                                 .target = QStringLiteral("/new"),
                                 .readOnly = false});
        QTRY_VERIFY(!child<QPushButton>(dialog, "editDialog.save")->isEnabled());
    }
    void aRowThatIsNotFilledInIsNotDroppedInSilence() {
        Opened opened;
        child<QLineEdit>(*opened.dialog, "editDialog.name")->setText(QStringLiteral("gateway"));
        QTRY_VERIFY(opened.button("editDialog.save")->isEnabled());
        opened.dialog->storage().addRow({.type = MountType::Volume,
                                         .source = QStringLiteral("data"),
                                         .sizeMb = {},
                                         .target = {},
                                         .readOnly = false});
        QTRY_VERIFY(!opened.button("editDialog.save")->isEnabled());
        QVERIFY(opened.note() != QStringLiteral("Takes effect at once"));
    }
    void aNameThatIsTakenIsRefusedAtOnce() {
        Opened opened;
        child<QLineEdit>(*opened.dialog, "editDialog.name")->setText(QStringLiteral("../x"));
        QVERIFY(opened.note().contains(QStringLiteral("letters")));
        QVERIFY(!opened.button("editDialog.save")->isEnabled());
    }
};

QTEST_MAIN(TestEditDialog)
#include "test_edit_dialog.moc"
