// SPDX-License-Identifier: Apache-2.0
#include "core/text/escape.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <QtTest>

using namespace coracle;
using std::chrono::seconds;

class TestText : public QObject {
    Q_OBJECT

private slots:
    void escapesControlText_data();
    void escapesControlText();
    void cutsBetweenCharacters();
    void printsSizes_data();
    void printsSizes();
    void printsBinarySizes();
    void printsDurations_data();
    void printsDurations();
    void readsTimes_data();
    void readsTimes();
    void refusesBadTimes_data();
    void refusesBadTimes();
};

void TestText::escapesControlText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* name, const char* text, const char* shown) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(shown);
    };
    row("plain", "Grüße, 世界 🚢", "Grüße, 世界 🚢");
    row("colour", "\x1b[31mred", "\\x1b[31mred");
    row("lines", "a\nb\tc\r", "a\\nb\\tc\\x0d");
    row("delete", "\x7f", "\\x7f");
    row("C1 control", "\xc2\x9b", "\\u009b");
    row("right to left",
        "a\xe2\x80\xae"
        "b",
        "a\\u202eb");
    row("broken", "\xff\xc3", "\\xff\\xc3");
    row("overlong", "\xc0\xaf", "\\xc0\\xaf");
    row("overlong three", "\xe0\x80\xaf", "\\xe0\\x80\\xaf");
    row("surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80");
}

void TestText::escapesControlText() {
    QFETCH(QByteArray, text);
    QTEST(QByteArray::fromStdString(text::escapeForTerminal(text.toStdString())), "shown");
}

void TestText::cutsBetweenCharacters() {
    QCOMPARE(text::excerptForTerminal("aü", 2), std::string("a..."));
    QCOMPARE(text::excerptForTerminal("aü", 3), std::string("aü"));
}

void TestText::printsSizes_data() {
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("zero") << quint64(0) << "0B";
    QTest::newRow("bytes") << quint64(999) << "999B";
    QTest::newRow("kB") << quint64(1000) << "1kB";
    QTest::newRow("alpine") << quint64(5'601'234) << "5.6MB";
    QTest::newRow("three digits") << quint64(141'900'000) << "142MB";
    QTest::newRow("rounds up a unit") << quint64(999'999) << "1MB";
    QTest::newRow("largest") << ~quint64(0) << "18.4EB";
}

void TestText::printsSizes() {
    QFETCH(quint64, bytes);
    QTEST(QString::fromStdString(text::humanSize(bytes)), "shown");
}

void TestText::printsBinarySizes() {
    QCOMPARE(text::humanBinarySize(std::uint64_t{1536} << 20U), std::string("1.5GiB"));
}

void TestText::printsDurations_data() {
    QTest::addColumn<int>("duration");
    QTest::addColumn<QString>("shown");
    QTest::newRow("negative") << -5 << "Less than a second";
    QTest::newRow("one second") << 1 << "1 second";
    QTest::newRow("59 seconds") << 59 << "59 seconds";
    QTest::newRow("a minute") << 61 << "About a minute";
    QTest::newRow("minutes") << 125 << "2 minutes";
    QTest::newRow("an hour") << 3600 << "About an hour";
    QTest::newRow("hours") << 3600 * 47 << "47 hours";
    QTest::newRow("days") << 86400 * 13 << "13 days";
    QTest::newRow("weeks") << 86400 * 20 << "2 weeks";
    QTest::newRow("months") << 86400 * 90 << "3 months";
    QTest::newRow("years") << 86400 * 800 << "2 years";
}

void TestText::printsDurations() {
    QFETCH(int, duration);
    QTEST(QString::fromStdString(text::humanDuration(seconds(duration))), "shown");
    const auto now = std::chrono::system_clock::now();
    QCOMPARE(text::humanAgo(now - seconds(125), now), std::string("2 minutes ago"));
}

void TestText::readsTimes_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* typed, const char* shown) { QTest::newRow(typed) << typed << shown; };
    row("2026-03-01T12:30:00.5Z", "2026-03-01T12:30:00.500000000Z");
    row("2026-03-01T14:30:00+02:00", "2026-03-01T12:30:00.000000000Z");
    row("2026-03-01T00:00:00-05:30", "2026-03-01T05:30:00.000000000Z");
    row("1969-12-31T23:59:59.999999999999Z", "1969-12-31T23:59:59.999999999Z");
    row("2024-02-29t00:00:00z", "2024-02-29T00:00:00.000000000Z");
}

void TestText::readsTimes() {
    QFETCH(QString, typed);
    const auto time = text::parseTime(typed.toStdString());
    QVERIFY(time.has_value());
    QTEST(QString::fromStdString(text::formatTime(*time)), "shown");
}

void TestText::refusesBadTimes_data() {
    QTest::addColumn<QString>("typed");
    for (const char* typed :
         {"", "2026-03-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z",
          "2026-03-01T00:00:00", "2026-03-01T00:00:00.Z", "2026-03-01T00:00:00Zx", "0001-01-01T00:00:00Z",
          "9999-01-01T00:00:00Z", "2026-03-01T00:00:00+24:00"}) {
        QTest::newRow(typed) << typed;
    }
}

void TestText::refusesBadTimes() {
    QFETCH(QString, typed);
    QVERIFY(!text::parseTime(typed.toStdString()));
}

QTEST_GUILESS_MAIN(TestText)
#include "test_text.moc"
