// SPDX-License-Identifier: Apache-2.0
#include "gui/models/permission_list.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/window_fixture.h"

#include <QComboBox>
#include <QPushButton>

#include <algorithm>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

types::Confinement closed() {
    types::Confinement c;
    c.capabilities = {"CAP_CHOWN"};
    c.droppedCapabilities = {"CAP_SYS_ADMIN"};
    c.ownNamespaces = {"user", "mount", "pid", "ipc", "uts", "cgroup", "network"};
    c.systemCallFilter = "default";
    c.noNewPrivileges = true;
    c.maskedPaths = {"/proc/kcore"};
    return c;
}

ReachRow reach(const types::Confinement& c, const char* key, const types::ContainerDetails& details = {}) {
    for (const ReachRow& row : reachRows(c, details, "/home/anna")) {
        if (row.key == QLatin1String(key)) {
            return row;
        }
    }
    return {};
}

bool hasIsolation(const types::Confinement& c, const char* key, Reach wanted) {
    const auto rows = isolationRows(c);
    return std::any_of(rows.begin(), rows.end(), [&](const IsolationRow& row) {
        return row.key == QLatin1String(key) && row.reach == wanted;
    });
}

void openPermissions(WindowFixture& f, const char* name) {
    f.window.open({.page = QStringLiteral("container"),
                   .id = QString::fromStdString(f.id(name)),
                   .tab = QStringLiteral("permissions")});
}

}  // namespace

class TestPermissions : public QObject {
    Q_OBJECT
private slots:
    void nothingSharedIsSaidRowByRow() {
        for (const ReachRow& row : reachRows(closed(), {}, "/home/anna")) {
            QCOMPARE(row.reach, row.key == QLatin1String("internet") ? Reach::Open : Reach::Closed);
            QVERIFY(!row.text.isEmpty() && !row.state.isEmpty());
        }
        for (const IsolationRow& row : isolationRows(closed())) {
            QCOMPARE(row.reach, Reach::Closed);
        }
    }
    void sharedPathsAreToldApart_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("device");
        QTest::addColumn<QString>("row");
        QTest::addColumn<Reach>("reach");
        QTest::newRow("part of home") << "/home/anna/src" << false << "home" << Reach::Open;
        QTest::newRow("home") << "/home/anna" << false << "home" << Reach::Wide;
        QTest::newRow("all homes") << "/home" << false << "home" << Reach::Wide;
        QTest::newRow("the whole computer") << "/" << false << "home" << Reach::Wide;
        QTest::newRow("a like name") << "/home/annabel" << false << "home" << Reach::Closed;
        QTest::newRow("wayland") << "/run/user/1000/wayland-0" << false << "screen" << Reach::Wide;
        QTest::newRow("X11") << "/tmp/.X11-unix" << false << "screen" << Reach::Wide;
        QTest::newRow("sound") << "/run/user/1000/pulse/native" << false << "sound" << Reach::Open;
        QTest::newRow("graphics") << "/dev/dri/renderD128" << true << "graphics" << Reach::Open;
        QTest::newRow("device") << "/dev/fuse" << true << "devices" << Reach::Open;
        QTest::newRow("engine") << "/var/run/docker.sock" << false << "control" << Reach::Wide;
    }
    void sharedPathsAreToldApart() {
        QFETCH(QString, source);
        QFETCH(bool, device);
        QFETCH(QString, row);
        QFETCH(Reach, reach);
        types::Confinement c = closed();
        c.shared = {{.source = source.toStdString(), .target = "/x", .readOnly = false, .device = device}};
        QCOMPARE(::reach(c, qPrintable(row)).reach, reach);
    }
    void volumesAreNoFolders() {
        types::Confinement c = closed();
        c.shared = {{.source = "/home/anna/.local/share/coracle/volumes/v/data",
                     .target = "/data",
                     .readOnly = false,
                     .device = false}};
        QCOMPARE(reach(c, "folders").reach, Reach::Open);
        types::ContainerDetails details;
        types::MountSpec mount;
        mount.kind = types::MountSpec::Kind::Volume;
        mount.target = "/data";
        mount.source = "v";
        details.summary.mounts = {mount};
        QCOMPARE(reach(c, "folders", details).reach, Reach::Closed);
        QCOMPARE(reach(c, "home", details).reach, Reach::Closed);
        QCOMPARE(reach(c, "volumes", details).reach, Reach::Open);
        QCOMPARE(reach(c, "volumes", details).text, QStringLiteral("v"));  // not where the store keeps it
    }
    void networkIsNamedByWhatItIs() {
        types::ContainerDetails none;
        none.spec.network = "none";
        QCOMPARE(reach(closed(), "internet", none).reach, Reach::Closed);
        types::Confinement c = closed();
        c.hostNamespaces = {"network"};
        QCOMPARE(reach(c, "internet").reach, Reach::Wide);
        QVERIFY(hasIsolation(c, "namespaces", Reach::Wide));
    }
    void holesAreNamed() {
        types::Confinement c = closed();
        c.systemCallFilter = "unconfined";
        c.maskedPaths.clear();
        c.writableSys = true;
        c.noNewPrivileges = false;
        QVERIFY(hasIsolation(c, "filter", Reach::Wide));
        QVERIFY(hasIsolation(c, "masks", Reach::Wide));
        QVERIFY(hasIsolation(c, "sys", Reach::Wide));
        QVERIFY(hasIsolation(c, "setuid", Reach::Open));
        c.systemCallFilter = "default+nested";
        QVERIFY(hasIsolation(c, "filter", Reach::Open));
    }
    void theKernelIsBelieved() {
        types::Confinement c = closed();
        c.observed = {.capabilities = {"CAP_CHOWN"}, .noNewPrivileges = false, .systemCallFilters = 0};
        QVERIFY(hasIsolation(c, "filter", Reach::Wide));
        QVERIFY(hasIsolation(c, "setuid", Reach::Open));
        QVERIFY(hasIsolation(c, "changed", Reach::Open));
        c.observed = {.capabilities = {"CAP_CHOWN"}, .noNewPrivileges = true, .systemCallFilters = 2};
        QVERIFY(!hasIsolation(c, "changed", Reach::Open));
    }
    void capabilitiesAreWords() { QCOMPARE(capabilityWord("CAP_NET_ADMIN"), QStringLiteral("net_admin")); }
    void pageShowsThem() {
        WindowFixture f;
        QVERIFY(f.show());
        openPermissions(f, "api");
        QTRY_VERIFY(f.window.findChild<QWidget*>(QStringLiteral("permissions.reach.home")) != nullptr);
        QCOMPARE(child<Chip>(f.window, "permissions.verdict")->text(), QStringLiteral("no extra holes"));
        QVERIFY(
            child<TextLabel>(f.window, "permissions.caps.count")->text().startsWith(QStringLiteral("11 of")));
        QVERIFY(!child<QWidget>(f.window, "permissions.reach.folders")->accessibleDescription().isEmpty());
        const QStringList nameless = namelessInputs(*child<QWidget>(f.window, "permissions"));
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
    }
    void aHoleIsInTheVerdict() {
        WindowFixture f;
        types::Confinement c = closed();
        c.hostNamespaces = {"network"};
        f.engine->setConfinement("web", c);
        QVERIFY(f.show());
        openPermissions(f, "web");
        QTRY_COMPARE(child<Chip>(f.window, "permissions.verdict")->text(), QStringLiteral("1 wide open"));
    }
    void aPathIsExplainedStepByStep() {
        WindowFixture f;
        QVERIFY(f.show());
        openPermissions(f, "api");
        auto* path = child<QComboBox>(f.window, "permissions.access.path");
        auto* check = child<QPushButton>(f.window, "permissions.access.check");
        QTRY_COMPARE(path->count(), 2);  // its mounts
        QVERIFY(!check->isEnabled());
        QVERIFY(!child<QWidget>(f.window, "permissions.access.answer")->isVisible());
        path->setFocus();
        QTest::keyClicks(path, QStringLiteral("/etc/shop/tls/key.pem"));
        QVERIFY(check->isEnabled());
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_VERIFY(child<QWidget>(f.window, "permissions.access.answer")->isVisible());
        QVERIFY(child<TextLabel>(f.window, "permissions.access.verdict")
                    ->text()
                    .contains(QStringLiteral("tls” cannot be passed")));
        QVERIFY(child<TextLabel>(f.window, "permissions.access.detail")
                    ->text()
                    .contains(QStringLiteral("999 of the container")));
        auto* step = child<QWidget>(f.window, "permissions.access.step.1");
        QVERIFY(step->accessibleName().endsWith(QStringLiteral("conf/tls")));
        QVERIFY(step->accessibleDescription().startsWith(QStringLiteral("drwx------ 1000:1000")));
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.access.copyFix.0"), Qt::LeftButton);
        QCOMPARE(f.prompt.copied, QStringLiteral("--userns keep-id:uid=999,gid=999"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.access.copy"), Qt::LeftButton);
        QVERIFY(f.prompt.copied.contains(QStringLiteral("chmod o+x ")));
        QVERIFY(f.prompt.copied.contains(QStringLiteral("! drwx------")));
        const QStringList nameless = namelessInputs(*child<QWidget>(f.window, "permissions"));
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
    }
    void aMountIsAskedForByTheMouse() {
        WindowFixture f;
        QVERIFY(f.show());
        openPermissions(f, "api");
        auto* path = child<QComboBox>(f.window, "permissions.access.path");
        QTRY_COMPARE(path->count(), 2);
        path->setCurrentIndex(path->findText(QStringLiteral("/data")));
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.access.check"), Qt::LeftButton);
        auto* verdict = child<TextLabel>(f.window, "permissions.access.verdict");
        QTRY_COMPARE(verdict->text(), QStringLiteral("Nothing keeps its user out"));
        // The next container has neither the question nor the answer.
        openPermissions(f, "db");
        QTRY_COMPARE(path->count(), 1);
        QVERIFY(path->currentText().isEmpty());
        QVERIFY(!child<QWidget>(f.window, "permissions.access.answer")->isVisible());
    }
    void aLongLookCanBeCancelled() {
        WindowFixture f;
        QVERIFY(f.show());
        openPermissions(f, "api");
        auto* path = child<QComboBox>(f.window, "permissions.access.path");
        auto* check = child<QPushButton>(f.window, "permissions.access.check");
        auto* note = child<TextLabel>(f.window, "permissions.access.note");
        QTRY_COMPARE(path->count(), 2);
        const QString idle = note->text();
        f.engine->setDelay("inspection.explainAccess", std::chrono::hours(1));
        path->setEditText(QStringLiteral("/data"));
        QTest::mouseClick(check, Qt::LeftButton);
        QCOMPARE(check->text(), QStringLiteral("Cancel"));
        QTRY_VERIFY(note->isVisible() && note->text() != idle);
        QTest::mouseClick(check, Qt::LeftButton);
        QTRY_COMPARE(check->text(), QStringLiteral("Check"));
        QCOMPARE(note->text(), idle);
        QVERIFY(!child<QWidget>(f.window, "permissions.access.answer")->isVisible());
    }
    void aRefusedPathAndAFailureAreToldApart() {
        WindowFixture f;
        QVERIFY(f.show());
        openPermissions(f, "api");
        auto* path = child<QComboBox>(f.window, "permissions.access.path");
        auto* verdict = child<TextLabel>(f.window, "permissions.access.verdict");
        QTRY_COMPARE(path->count(), 2);
        path->setEditText(QStringLiteral("/usr/bin"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.access.check"), Qt::LeftButton);
        QTRY_VERIFY(verdict->text().contains(QStringLiteral("is in no mount")));
        QCOMPARE(child<TextLabel>(f.window, "permissions.access.detail")->text(),
                 QStringLiteral("Its mounts: /etc/shop, /data"));
        QVERIFY(!child<QWidget>(f.window, "permissions.access.copy")->isVisible());
        f.engine->setFailure("inspection.explainAccess",
                             Error(ErrorKind::Unavailable, "the disk is away").withHint("bring it back"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.access.check"), Qt::LeftButton);
        QTRY_COMPARE(verdict->text(), QStringLiteral("The disk is away"));
        QCOMPARE(child<TextLabel>(f.window, "permissions.access.detail")->text(),
                 QStringLiteral("Bring it back"));
    }
    void whatCannotBeReadSaysWhy() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("inspection.confinement", Error(ErrorKind::Unavailable, "gone"));
        openPermissions(f, "api");
        QTRY_VERIFY(child<QWidget>(f.window, "permissions.error")->isVisible());
        f.engine->setFailure("inspection.confinement", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(f.window, "permissions.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "permissions.error")->isVisible());
    }
};

QTEST_MAIN(TestPermissions)
#include "test_permissions.moc"
