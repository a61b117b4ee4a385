// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/port_editor.h"
#include "tests/gui/run_fixture.h"

#include <QHostAddress>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QToolButton>
#include <QVBoxLayout>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using engine::PortCheck;

namespace {

using Answer = std::function<void(const PortCheck&)>;

/// Binds for real, as the engine does.
void bindReally(const net::PortMapping& mapping, const Answer& done) {
    QTcpServer probe;
    PortCheck check;
    const QHostAddress address = mapping.hostIp.empty()
                                     ? QHostAddress(QHostAddress::AnyIPv4)
                                     : QHostAddress(QString::fromStdString(mapping.hostIp));
    if (!probe.listen(address, mapping.hostPort)) {
        check.state = PortCheck::State::TakenByProgram;
        check.suggestion = static_cast<std::uint16_t>(mapping.hostPort + 1);
    }
    done(check);
}

PortDraft local(const char* here, const char* inside) {
    return {PortScope::ThisComputer,
            {},
            QString::fromLatin1(here),
            QString::fromLatin1(inside),
            net::Protocol::Tcp};
}

QString checkText(const PortEditor& editor, int row) {
    return editor.findChild<QLabel*>(QStringLiteral("port.%1.check").arg(row))->text();
}

}  // namespace

class TestPortEditor : public QObject {
    Q_OBJECT
private slots:
    void judgesTheFormAlone_data();
    void judgesTheFormAlone();

    void aRealListenerIsFound() {
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
        PortEditor editor(bindReally);
        editor.addRow(local("1", "80"));
        child<QLineEdit>(editor, "port.0.here")->setText(QString::number(listener.serverPort()));
        QTRY_COMPARE(checkText(editor, 0), QStringLiteral("taken by another program"));
        QCOMPARE(editor.problems(), 1);
        QVERIFY(editor.summary().contains(QStringLiteral("already taken")));
        listener.close();
        editor.recheck();
        QTRY_COMPARE(checkText(editor, 0), QStringLiteral("free"));
        QCOMPARE(editor.problems(), 0);
    }
    void theHolderIsNamedAndTheSuggestionIsOneClickAway() {
        PortEditor editor([](const net::PortMapping& mapping, const Answer& done) {
            done(mapping.hostPort == 9000 ? PortCheck{PortCheck::State::TakenByContainer, "api", 9001, 1024}
                                          : PortCheck{});
        });
        editor.show();
        editor.addRow(local("9000", "9000"));
        QTRY_COMPARE(checkText(editor, 0), QStringLiteral("taken by api"));
        auto* use = child<QPushButton>(editor, "port.0.use");
        QVERIFY(use->isVisible());
        QCOMPARE(use->text(), QStringLiteral("Use 9001"));
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(child<QLineEdit>(editor, "port.0.here")->text(), QStringLiteral("9001"));
        QTRY_COMPARE(checkText(editor, 0), QStringLiteral("free"));
        QVERIFY(!use->isVisible());
    }
    void aSuggestionSkipsPortsOfOtherRows() {
        const std::vector<PortDraft> drafts = {local("9000", "1"), local("9001", "2"), local("9002", "3")};
        const auto finding = judge({PortCheck::State::TakenByContainer, "api", 9001, 1024}, drafts, 0);
        QCOMPARE(int(finding.suggestion), 9003);
    }
    void lowPortsShowTheCommandThatOpensThem() {
        PortEditor editor([](const net::PortMapping& /*mapping*/, const Answer& done) {
            done({PortCheck::State::NeedsPrivilege, {}, 8443, 1024});
        });
        editor.show();
        editor.addRow(local("443", "8443"));
        QTRY_COMPARE(checkText(editor, 0), QStringLiteral("below 1024"));
        QVERIFY(child<QWidget>(editor, "ports.lowHint")->isVisible());
        QSignalSpy copies(&editor, &PortEditor::copyWanted);
        QTest::mouseClick(child<QPushButton>(editor, "ports.lowCopy"), Qt::LeftButton);
        QCOMPARE(copies.count(), 1);
        QCOMPARE(copies[0][0].toString(),
                 QStringLiteral("sudo sysctl net.ipv4.ip_unprivileged_port_start=443"));
        QVERIFY(editor.summary().contains(QStringLiteral("low ports")));
        child<QLineEdit>(editor, "port.0.here")->setText(QStringLiteral("auto"));
        QTRY_VERIFY(!child<QWidget>(editor, "ports.lowHint")->isVisible());
    }
    void anAnswerToAnOlderQuestionIsDropped() {
        std::vector<std::pair<int, Answer>> waiting;
        PortEditor editor([&](const net::PortMapping& mapping, const Answer& done) {
            waiting.emplace_back(mapping.hostPort, done);
        });
        editor.addRow(local("9000", "80"));
        QTRY_COMPARE(waiting.size(), std::size_t{1});
        child<QLineEdit>(editor, "port.0.here")->setText(QStringLiteral("9100"));
        waiting[0].second({PortCheck::State::TakenByContainer, "api", 9001, 1024});
        QCOMPARE(checkText(editor, 0), QStringLiteral("checking"));
        QTRY_COMPARE(waiting.size(), std::size_t{2});
        waiting[1].second({});
        QCOMPARE(checkText(editor, 0), QStringLiteral("free"));
    }
    void typingAsksOnceAfterAPause() {
        int asked = 0;
        PortEditor editor([&](const net::PortMapping& /*mapping*/, const Answer& /*done*/) { ++asked; });
        editor.addRow(local("1", "80"));
        auto* here = child<QLineEdit>(editor, "port.0.here");
        for (const auto* text : {"90", "900", "9000"}) {
            here->setText(QString::fromLatin1(text));
        }
        QTRY_COMPARE(asked, 1);
    }
    void exposedPortsBecomeRows() {
        PortEditor editor(bindReally);
        editor.setExposed({QStringLiteral("80/tcp"), QStringLiteral("5353/udp")});
        QTest::mouseClick(child<QAbstractButton>(editor, "ports.exposed.80/tcp"), Qt::LeftButton);
        QTest::mouseClick(child<QAbstractButton>(editor, "ports.exposed.5353/udp"), Qt::LeftButton);
        QCOMPARE(editor.drafts().size(), std::size_t{2});
        QVERIFY(
            (toMapping(editor.drafts()[0]) == net::PortMapping{"127.0.0.1", 8080, 80, net::Protocol::Tcp}));
        QVERIFY(
            (toMapping(editor.drafts()[1]) == net::PortMapping{"127.0.0.1", 5353, 5353, net::Protocol::Udp}));
    }
    void portsOfTheImageAreReachedBeforeTheButton() {
        QWidget window;
        QVBoxLayout column(&window);
        QPushButton first;
        QPushButton last;
        PortEditor editor(bindReally);
        column.addWidget(&first);
        column.addWidget(&editor);
        column.addWidget(&last);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        editor.setExposed({QStringLiteral("80/tcp"), QStringLiteral("443/tcp")});
        QTRY_VERIFY(child<QWidget>(editor, "ports.exposed.443/tcp")->isVisible());
        first.setFocus();
        QStringList seen;
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            seen << QApplication::focusWidget()->objectName();
        }
        QCOMPARE(seen.join(QLatin1Char(' ')),
                 QStringLiteral("ports.exposed.80/tcp ports.exposed.443/tcp ports.add"));
    }
    void rowsCanBeAddedAndRemovedByKeyboard() {
        PortEditor editor(bindReally);
        editor.show();
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        auto* add = child<QPushButton>(editor, "ports.add");
        add->setFocus();
        QTest::keyClick(add, Qt::Key_Space);
        QCOMPARE(editor.drafts().size(), std::size_t{1});
        QCOMPARE(editor.drafts()[0].scope, PortScope::ThisComputer);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("80"));
        QCOMPARE(editor.drafts()[0].inside, QStringLiteral("80"));
        QCOMPARE(checkText(editor, 0), QStringLiteral("picks a free one"));
        auto* remove = child<QToolButton>(editor, "port.0.remove");
        for (int i = 0; i < 5 && QApplication::focusWidget() != remove; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(QApplication::focusWidget(), remove);
        QTest::keyClick(remove, Qt::Key_Space);
        QVERIFY(editor.drafts().empty());
    }
    void everyInputHasAName() {
        PortEditor editor(bindReally);
        editor.addRow(local("1", "80"));
        editor.setExposed({QStringLiteral("80/tcp")});
        QCOMPARE(namelessInputs(editor), QStringList());
    }
};

void TestPortEditor::judgesTheFormAlone_data() {
    QTest::addColumn<QString>("here");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<int>("otherScope");
    QTest::addColumn<QString>("otherHere");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* name, const char* here, const char* inside, PortScope scope,
                        const char* other, std::optional<PortVerdict> verdict) {
        QTest::newRow(name) << here << inside << int(scope) << other << (verdict ? int(*verdict) : -1);
    };
    row("nothing wrong", "9000", "80", PortScope::ThisComputer, "9001", std::nullopt);
    row("letters", "abc", "80", PortScope::ThisComputer, "9001", PortVerdict::NotAPort);
    row("zero", "0", "80", PortScope::ThisComputer, "9001", PortVerdict::NotAPort);
    row("too large", "65536", "80", PortScope::ThisComputer, "9001", PortVerdict::NotAPort);
    row("inside empty", "9000", "", PortScope::ThisComputer, "9001", PortVerdict::InsideNotAPort);
    row("auto", "auto", "80", PortScope::ThisComputer, "9001", PortVerdict::PicksFree);
    row("empty is auto", "", "80", PortScope::ThisComputer, "", PortVerdict::PicksFree);
    row("twice", "9000", "80", PortScope::ThisComputer, "9000", PortVerdict::Twice);
    row("all addresses contain this one", "9000", "80", PortScope::LocalNetwork, "9000", PortVerdict::Twice);
}

void TestPortEditor::judgesTheFormAlone() {
    QFETCH(QString, here);
    QFETCH(QString, inside);
    QFETCH(int, otherScope);
    QFETCH(QString, otherHere);
    QFETCH(int, verdict);
    const std::vector<PortDraft> drafts = {
        {PortScope::ThisComputer, {}, here, inside, net::Protocol::Tcp},
        {static_cast<PortScope>(otherScope), {}, otherHere, QStringLiteral("81"), net::Protocol::Tcp}};
    const auto finding = judgeAlone(drafts, 0);
    QCOMPARE(finding ? int(finding->verdict) : -1, verdict);
}

QTEST_MAIN(TestPortEditor)
#include "test_port_editor.moc"
