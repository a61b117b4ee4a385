// SPDX-License-Identifier: Apache-2.0
// What the window says in other languages. That the files are whole is checked by
// resources/translations/update.
#include "gui/translations.h"
#include "tests/gui/window_fixture.h"

#include <QTranslator>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// A translation that remembers what it was asked for in vain.
class Asked : public QTranslator {
public:
    explicit Asked(const QString& language) {
        m_loaded = load(QStringLiteral(":/translations/coracle_") + language);
    }
    bool isLoaded() const { return m_loaded; }
    int answers() const { return m_answers; }
    QStringList unknown() const { return m_unknown; }

    QString translate(const char* context, const char* source, const char* disambiguation,
                      int n) const override {
        QString text = QTranslator::translate(context, source, disambiguation, n);
        const QByteArrayView place(context);
        const bool qts = place.startsWith('Q') || place == "CloseButton";
        const bool ours = !qts || place == "QObject";
        if (ours && text.isEmpty()) {
            m_unknown << QLatin1String(context) + QStringLiteral(": ") + QString::fromUtf8(source);
        }
        m_answers += text.isEmpty() ? 0 : 1;
        return text;
    }

private:
    bool m_loaded = false;
    mutable int m_answers = 0;
    mutable QStringList m_unknown;
};

const char* const kPages[] = {"containers", "images", "volumes", "system", "settings"};
const char* const kTabs[] = {"overview", "logs", "files", "stats", "terminal", "permissions", "inspect"};

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private slots:
    void theWindowSpeaks_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("volumes");
        QTest::newRow("German") << "de"
                                << "Volumes";
        QTest::newRow("Romanian") << "ro"
                                  << "Volume";
    }
    /// Every text that is looked up is in the file, under the very context of the look-up.
    void theWindowSpeaks() {
        QFETCH(QString, language);
        QFETCH(QString, volumes);
        Asked asked(language);
        QVERIFY(asked.isLoaded());
        QVERIFY(QCoreApplication::installTranslator(&asked));
        {
            WindowFixture f;
            QVERIFY(f.show());
            for (const char* page : kPages) {
                f.window.open({.page = QString::fromLatin1(page), .id = {}, .tab = {}});
                QCoreApplication::processEvents();
            }
            for (const char* tab : kTabs) {
                f.window.open({.page = QStringLiteral("container"),
                               .id = QString::fromStdString(f.id("api")),
                               .tab = QString::fromLatin1(tab)});
                QCoreApplication::processEvents();
            }
            QCOMPARE(QCoreApplication::translate("RunParts", "Volumes"), volumes);
        }
        QVERIFY(asked.answers() > 100);
        QVERIFY2(asked.unknown().isEmpty(), qPrintable(asked.unknown().join(QLatin1Char('\n'))));
    }

    void numbersHaveTheirForms_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("en 1") << "en" << 1 << "Stop 1 container?";
        QTest::newRow("en 2") << "en" << 2 << "Stop 2 containers?";
        QTest::newRow("de 1") << "de" << 1 << "1 Container stoppen?";
        QTest::newRow("ro 1") << "ro" << 1 << "1 container";
        QTest::newRow("ro 2") << "ro" << 2 << "2 containere";
        QTest::newRow("ro 20") << "ro" << 20 << "20 de containere";
    }
    void numbersHaveTheirForms() {
        QFETCH(QString, language);
        QFETCH(int, count);
        QFETCH(QString, text);
        const Asked asked(language);
        QVERIFY(asked.isLoaded());
        const QString got =
            asked.translate("coracle::gui::ContainerActions", "Stop %n containers?", nullptr, count)
                .replace(QStringLiteral("%n"), QString::number(count));
        QVERIFY2(got.contains(text), qPrintable(got));
    }

    void theLanguageIsTheLocales() {
        installTranslations(*QCoreApplication::instance(), QLocale(QLocale::German, QLocale::Austria));
        QVERIFY(
            QCoreApplication::translate("coracle::gui::ContainerActions", "Stop %n containers?", nullptr, 2)
                .startsWith(QLatin1String("2 ")));
    }
};

QTEST_MAIN(TestTranslations)
#include "test_translations.moc"
