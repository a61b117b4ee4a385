// SPDX-License-Identifier: Apache-2.0
#include "core/cli/restart_unit.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace coracle;

class TestRestartUnit : public QObject {
    Q_OBJECT
private slots:
    void wordsAreQuotedForSystemd_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << "/usr/bin/coracle"
                               << "/usr/bin/coracle";
        QTest::newRow("blank") << "/a b/store"
                               << "\"/a b/store\"";
        QTest::newRow("specifier") << "/50%/store"
                                   << "/50%%/store";
        QTest::newRow("variable") << "/$HOME/x"
                                  << "/$$HOME/x";
        QTest::newRow("quote") << "/a\"b"
                               << "\"/a\\\"b\"";
        QTest::newRow("nothing") << ""
                                 << "\"\"";
    }
    void wordsAreQuotedForSystemd() {
        QFETCH(QString, word);
        QFETCH(QString, shown);
        const auto text = cli::restartUnitText({"/c", word.toStdString()});
        QVERIFY2(QString::fromStdString(text).contains("ExecStart=/c " + shown + "\n"), text.c_str());
    }

    void systemdTakesIt() {
        const QString verify = QStandardPaths::findExecutable("systemd-analyze");
        if (verify.isEmpty()) {
            QSKIP("systemd-analyze is not installed");
        }
        const QTemporaryDir folder;
        QFile file(folder.filePath("coracle-restart.service"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto text =
            cli::restartUnitText({"/bin/true", "--root", "/a b/50%", "system", "start-containers"});
        file.write(text.data(), static_cast<qint64>(text.size()));
        file.close();
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_RUNTIME_DIR", folder.path());
        process.setProcessEnvironment(environment);
        process.start(verify, {"--user", "--man=no", "verify", file.fileName()});
        QVERIFY(process.waitForFinished());
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0 && !said.contains("coracle-restart.service"), said.constData());
    }
};

QTEST_GUILESS_MAIN(TestRestartUnit)
#include "test_restart_unit.moc"
