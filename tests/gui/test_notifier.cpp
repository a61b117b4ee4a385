// SPDX-License-Identifier: Apache-2.0
// Runs on a bus of its own, with the service that a desktop would have.
#include "gui/notifier.h"
#include "tests/support/patience.h"

#include <QDBusConnection>
#include <QProcess>
#include <QTest>
#include <QVariantMap>

using namespace coracle::gui;

namespace {

constexpr const char* kName = "org.freedesktop.Notifications";
constexpr const char* kPath = "/org/freedesktop/Notifications";

}  // namespace

/// What the desktop does: numbers messages, and tells what was chosen.
class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        uint replaces;
        QString title, text;
        QStringList actions;
        QVariantMap hints;
    };
    std::vector<Shown> shown;

public slots:
    Q_SCRIPTABLE uint Notify(const QString& app, uint replaces, const QString& icon, const QString& title,
                             const QString& text, const QStringList& actions, const QVariantMap& hints,
                             int timeout) {
        Q_UNUSED(app)
        Q_UNUSED(icon)
        Q_UNUSED(timeout)
        shown.push_back({replaces, title, text, actions, hints});
        return replaces != 0 ? replaces : uint(shown.size()) + 40;
    }
signals:
    Q_SCRIPTABLE void ActionInvoked(uint id, const QString& action);
    Q_SCRIPTABLE void NotificationClosed(uint id, uint reason);
};

class TestNotifier : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        m_bus.start(QStringLiteral("dbus-daemon"), {"--session", "--nofork", "--print-address"});
        if (!m_bus.waitForStarted()) {
            QVERIFY2(qEnvironmentVariableIsEmpty("CORACLE_REQUIRE"), "dbus-daemon is wanted and missing");
            QSKIP("there is no dbus-daemon");
        }
        QVERIFY(QTest::qWaitFor([this] { return m_bus.canReadLine(); }, coracle::kTestPatience));
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    }
    void cleanupTestCase() {
        m_bus.terminate();
        (void)m_bus.waitForFinished();  // it is told to
    }
    void withoutAServiceNothingHappens() {
        DBusNotifier notifier;
        notifier.show({.key = QStringLiteral("a"), .title = QStringLiteral("t")});
        QCOMPARE(notifier.children().size(), 1);  // the call that is under way
        QTRY_COMPARE(notifier.children().size(), 0);
    }
    void showsReplacesAndTellsWhatWasChosen() {
        Desktop desktop;
        QDBusConnection bus =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("other"));
        QVERIFY(bus.registerObject(
            QLatin1String(kPath), &desktop,
            QDBusConnection::ExportScriptableSlots | QDBusConnection::ExportScriptableSignals));
        QVERIFY(bus.registerService(QLatin1String(kName)));
        DBusNotifier notifier;
        QStringList chosen;
        Notice notice{.key = QStringLiteral("end web"),
                      .title = QStringLiteral("web ended"),
                      .text = QStringLiteral("a < b"),
                      .actions = {{QStringLiteral("logs"), QStringLiteral("Show logs")}},
                      .urgent = true,
                      .chosen = [&](const QString& action) { chosen << action; }};
        notifier.show(notice);
        QTRY_COMPARE(desktop.shown.size(), std::size_t(1));
        QCOMPARE(desktop.shown[0].replaces, 0U);
        QCOMPARE(desktop.shown[0].title, QStringLiteral("web ended"));
        QCOMPARE(desktop.shown[0].text, QStringLiteral("a &lt; b"));
        QCOMPARE(desktop.shown[0].actions.mid(2),
                 QStringList({QStringLiteral("logs"), QStringLiteral("Show logs")}));
        QCOMPARE(desktop.shown[0].hints.value(QStringLiteral("urgency")).toUInt(), 2U);
        QCOMPARE(desktop.shown[0].hints.value(QStringLiteral("desktop-entry")).toString(),
                 QStringLiteral("org.coracle.Coracle"));
        // The number comes with the answer, which this is the proof of.
        QTRY_VERIFY((emit desktop.ActionInvoked(41, QStringLiteral("logs")), !chosen.isEmpty()));
        QCOMPARE(chosen.front(), QStringLiteral("logs"));
        notifier.show(notice);
        QTRY_COMPARE(desktop.shown.size(), std::size_t(2));
        QCOMPARE(desktop.shown[1].replaces, 41U);
        // What comes after the end of a message tells that the end was heard.
        notice.key = QStringLiteral("end api");
        notifier.show(notice);
        QTRY_COMPARE(desktop.shown.size(), std::size_t(3));
        chosen.clear();
        emit desktop.NotificationClosed(41, 2);
        // With a word of its own: "logs" of the first message may still be on its way.
        const QString after = QStringLiteral("after");
        QTRY_VERIFY((emit desktop.ActionInvoked(43, after), chosen.contains(after)));
        notice.key = QStringLiteral("end web");
        notifier.show(notice);
        QTRY_COMPARE(desktop.shown.size(), std::size_t(4));
        QCOMPARE(desktop.shown[3].replaces, 0U);
        bus.unregisterService(QLatin1String(kName));
    }

private:
    QProcess m_bus;
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "test_notifier.moc"
