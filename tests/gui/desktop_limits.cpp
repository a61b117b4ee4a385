// SPDX-License-Identifier: Apache-2.0
// Limits of a running container, changed in the window by keys and by mouse, and read from the kernel. Needs
// control groups that are handed to the user; tests/functional/uml/limits_desktop.sh runs it where they are.
//
// The environment: CORACLE_ROOT and CORACLE_RUNROOT (the store), PATH with this build first.
#include "gui/dialogs/limit_slider.h"
#include "tests/gui/desktop_fixture.h"

#include <QFile>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

constexpr int kStartMs = 60'000;

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

}  // namespace

class DesktopLimits : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        const Ran made = Desktop::cli({"run", "-d", "--name", "changed", "--network", "none", "-m", "64m",
                                       "welcome", "tail", "-f", "/dev/null"});
        QVERIFY2(made.code == 0, qPrintable(made.err));
        m_desktop = std::make_unique<Desktop>();
        QVERIFY(m_desktop->show());
        QCOMPARE(held("memory.max"), bytes(64));
    }

    void keysChangeThem() {
        Desktop::key(Qt::Key_1, Qt::AltModifier);
        m_desktop->view().setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(m_desktop->row("changed").isValid(), kStartMs);
        for (int i = 0; i < 10 && m_desktop->view().currentIndex().row() != m_desktop->row("changed").row();
             ++i) {
            Desktop::key(Qt::Key_Down);
        }
        Desktop::key(Qt::Key_Return);
        QTRY_COMPARE(m_desktop->window().place().page, QStringLiteral("container"));
        QVERIFY(m_desktop->find("overview.editLimits") != nullptr);
        QVERIFY(Desktop::tabTo("overview.editLimits"));
        Desktop::key(Qt::Key_Space);
        QVERIFY(m_desktop->find("limits.memory.value") != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(m_desktop->find("limits.memory.value")->isEnabled(), kStartMs);
        QVERIFY(Desktop::tabTo("limits.memory.value"));
        Desktop::retype(QStringLiteral("96"));
        QVERIFY(Desktop::tabTo("limits.pids.on"));
        Desktop::key(Qt::Key_Space);
        QVERIFY(Desktop::tabTo("limits.pids.value"));
        Desktop::retype(QStringLiteral("40"));
        QVERIFY(Desktop::tabTo("editDialog.save"));
        Desktop::key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(held("memory.max"), bytes(96), kStartMs);
        QTRY_COMPARE_WITH_TIMEOUT(held("pids.max"), QStringLiteral("40"), kStartMs);
        QTRY_VERIFY(m_desktop->window().findChild<QWidget*>(QStringLiteral("editDialog")) == nullptr);
    }

    void aMouseChangesThem() {
        QVERIFY(m_desktop->click("overview.editLimits"));
        auto* slider = m_desktop->find<LimitSlider>("limits.memory.slider");
        QVERIFY(slider != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(slider->isEnabled(), kStartMs);
        QTest::mouseClick(slider, Qt::LeftButton, {}, {slider->width() - 2, slider->height() / 4});
        QCOMPARE(m_desktop->find<QLineEdit>("limits.memory.value")->text(), QStringLiteral("unlimited"));
        QTRY_VERIFY(m_desktop->find("editDialog.save")->isEnabled());
        QVERIFY(m_desktop->click("editDialog.save"));
        QTRY_COMPARE_WITH_TIMEOUT(held("memory.max"), QStringLiteral("max"), kStartMs);
        QCOMPARE(held("memory.high"), QStringLiteral("max"));
        QCOMPARE(held("pids.max"), QStringLiteral("40"));
    }

    void cleanupTestCase() { QCOMPARE(Desktop::cli({"rm", "-f", "changed"}).code, 0); }

private:
    static QString bytes(qint64 mebibytes) { return QString::number(mebibytes << 20); }
    /// What a file of the container's group holds; empty: it is not there.
    static QString held(const char* file) {
        const QString pid = Desktop::cli({"inspect", "-f", "{{.State.Pid}}", "changed"}).out;
        const QString group = textOf(QStringLiteral("/proc/%1/cgroup").arg(pid)).section(QLatin1Char(':'), 2);
        return textOf(QStringLiteral("/sys/fs/cgroup%1/%2").arg(group, QLatin1String(file)));
    }

    std::unique_ptr<Desktop> m_desktop;
};

QTEST_MAIN(DesktopLimits)
#include "desktop_limits.moc"
