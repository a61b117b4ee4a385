// SPDX-License-Identifier: Apache-2.0
#include "gui/models/ansi_text.h"
#include "gui/theme/theme.h"
#include "gui/views/log_view.h"
#include "gui/widgets/log_histogram.h"
#include "tests/gui/own_clock.h"
#include "tests/support/patience.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace coracle;
using namespace coracle::gui;
using types::LogLine;
using types::LogStream;

namespace {

LogLine line(const std::string& text, LogStream stream = LogStream::Stdout, bool partial = false) {
    LogLine l;
    l.time = std::chrono::system_clock::now();
    l.stream = stream;
    l.text = text;
    l.partial = partial;
    return l;
}

std::vector<LogLine> many(int count) {
    std::vector<LogLine> lines;
    lines.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i) {
        lines.push_back(
            line("line " + std::to_string(i) + (i % 1000 == 7 ? " Payment failed" : " all is well")));
    }
    return lines;
}

}  // namespace

class TestLogView : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, SchemeChoice::Light, Scheme::Light); }
    void bufferJoinsPartialLines() {
        LogBuffer buffer;
        buffer.append({line("a", LogStream::Stdout, true), line("b", LogStream::Stdout, true)});
        const LogBuffer::Change change = buffer.append({line("c"), line("d")});
        QCOMPARE(buffer.size(), std::size_t(2));
        QCOMPARE(change.from, std::size_t(0));
        QCOMPARE(std::string(buffer.text(0)), std::string("abc"));
        QCOMPARE(buffer.length(0), 3);
        buffer.append({line("x", LogStream::Stderr, true), line("y", LogStream::Stdout)});
        QCOMPARE(buffer.size(), std::size_t(4));
    }
    void bufferDropsTheOldest() {
        LogBuffer buffer;
        std::size_t dropped = 0;
        for (int i = 0; i < 11; ++i) {
            dropped += buffer.append(many(100000)).dropped;
        }
        QVERIFY(buffer.size() <= LogBuffer::kMaxLines);
        QCOMPARE(buffer.dropped(), dropped);
        QCOMPARE(buffer.size() + dropped, std::size_t(1100000));
        QCOMPARE(std::string(buffer.text(buffer.size() - 1)), std::string("line 99999 all is well"));
    }
    void strangeBytesAreShown_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QByteArray("abc") << "abc";
        QTest::newRow("tab") << QByteArray("a\tb") << "a       b";
        QTest::newRow("not UTF-8") << QByteArray("a\xff\x62") << QString::fromUtf8("a\uFFFDb");
        QTest::newRow("escape codes") << QByteArray("\x1b[31mred\x1b[0m!") << "red!";
        QTest::newRow("title") << QByteArray("\x1b]0;title\x07x") << "x";
        QTest::newRow("cut escape") << QByteArray("x\x1b[3") << "x";
        QTest::newRow("escape at the end") << QByteArray("x\x1b") << "x";
        QTest::newRow("bell") << QByteArray("a\x07") << QString::fromUtf8("a\u2407");
        QTest::newRow("direction trick") << QByteArray(
                                                "a\xe2\x80\xae"
                                                "b")
                                         << QString::fromUtf8("a\uFFFDb");
        QTest::newRow("carriage return") << QByteArray("a\r") << "a";
        QTest::newRow("nul") << QByteArray("a\0b", 3) << QString::fromUtf8("a\u2400b");
    }
    void strangeBytesAreShown() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, shown);
        const std::string_view view(bytes.constData(), std::size_t(bytes.size()));
        QCOMPARE(parseAnsi(view).text, shown);
        QCOMPARE(shownLength(view), int(shown.size()));
    }
    void colorsBecomeSpans() {
        const AnsiText text = parseAnsi("ok \x1b[1;31mbad\x1b[0m end");
        QCOMPARE(text.spans.size(), std::size_t(3));
        QCOMPARE(int(text.spans[1].color), 1);
        QVERIFY(text.spans[1].bold);
        QCOMPARE(text.text.mid(text.spans[1].start, text.spans[1].length), QStringLiteral("bad"));
    }
    void hundredThousandLinesLoadAndSearch() {
        LogView view;
        view.resize(900, 500);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const std::vector<LogLine> lines = many(100000);
        test::OwnClock clock;
        view.append(lines);
        const qint64 load = clock.computed();
        QVERIFY2(load < 1500, qPrintable(QString::number(load)));
        view.search().setQuery(QStringLiteral("payment"), Qt::CaseInsensitive, false);
        QTRY_VERIFY(view.search().done());
        QCOMPARE(view.search().matches().size(), std::size_t(100));
        clock.restart();
        view.grab();
        QVERIFY2(clock.computed() < 250, qPrintable(QString::number(clock.computed())));
    }
    void searchGoesOnWithNewLines() {
        LogView view;
        view.append({line("one payment")});
        view.search().setQuery(QStringLiteral("payment"), Qt::CaseSensitive, false);
        QTRY_COMPARE(view.search().matches().size(), std::size_t(1));
        view.append({line("two payment payment"), line("Payment")});
        QTRY_VERIFY(view.search().done());
        QTRY_COMPARE(view.search().matches().size(), std::size_t(3));
        QVERIFY(!view.search().setQuery(QStringLiteral("(["), Qt::CaseSensitive, true));
        QVERIFY(!view.search().problem().isEmpty());
        QVERIFY(view.search().setQuery(QStringLiteral("^P.y"), Qt::CaseSensitive, true));
        QTRY_COMPARE(view.search().matches().size(), std::size_t(1));
    }
    void nextAndPreviousGoRound() {
        LogView view;
        view.append(many(5000));
        view.search().setQuery(QStringLiteral("Payment"), Qt::CaseSensitive, false);
        QTRY_COMPARE(view.search().matches().size(), std::size_t(5));
        view.goToMatch(4);
        view.nextMatch();
        QCOMPARE(view.currentMatch(), 0);
        view.previousMatch();
        QCOMPARE(view.currentMatch(), 4);
    }
    void scrollingUpStopsFollowingAndEndResumes() {
        LogView view;
        view.resize(600, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.append(many(1000));
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QWheelEvent wheel(QPointF(50, 50), view.mapToGlobal(QPointF(50, 50)), {}, QPoint(0, 240),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view.viewport(), &wheel);
        QVERIFY(!view.follow());
        const int here = view.verticalScrollBar()->value();
        view.append(many(50));
        QCOMPARE(view.verticalScrollBar()->value(), here);
        QCOMPARE(view.newLines(), std::size_t(50));
        QTest::keyClick(&view, Qt::Key_End);
        QVERIFY(view.follow());
        QCOMPARE(view.newLines(), std::size_t(0));
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    }
    void wrapCountsRows() {
        LogView view;
        view.resize(500, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.append({line(std::string(1000, 'x'))});
        const int before = view.verticalScrollBar()->maximum();
        view.setWrap(true);
        QVERIFY(view.verticalScrollBar()->maximum() > before);
        QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
        view.setWrap(false);
        QVERIFY(view.horizontalScrollBar()->maximum() > 0);
    }
    void copyEqualsTheBytes() {
        LogView view;
        view.append({line("first \x1b[31mred\x1b[0m"), line("second")});
        view.selectAll();
        QCOMPARE(view.selectedText(), QStringLiteral("first \x1b[31mred\x1b[0m\nsecond"));
    }

    void levelsAreFound_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("level");
        const auto row = [](const char* text, LogLevel level) {
            QTest::newRow(text) << QString::fromUtf8(text) << int(level);
        };
        row("ERROR payment gateway timeout", LogLevel::Error);
        row("2026-11-26T07:00:00Z [warn] slow", LogLevel::Warning);
        row("time=x level=info msg=\"an error\"", LogLevel::Info);
        row("{\"level\":\"fatal\",\"msg\":\"x\"}", LogLevel::Error);
        row("no error was found", LogLevel::None);
        row("GET /errors 200", LogLevel::None);
        QTest::newRow("nothing") << QString() << int(LogLevel::None);
        row("\xff\xfe[debug] bytes", LogLevel::Debug);
    }
    void levelsAreFound() {
        QFETCH(QString, text);
        QFETCH(int, level);
        QCOMPARE(int(levelOf(text.toStdString())), level);
    }

    void aFilterLeavesOutWhatIsLessGrave() {
        LogView view;
        view.resize(600, 400);
        view.append({line("INFO one"), line("ERROR two"), line("    at a trace"), line("WARN three"),
                     line("plain four")});
        QCOMPARE(view.shownLines(), std::size_t(5));
        view.setFilter({.onlyMatches = false, .minimum = LogLevel::Error, .since = {}});
        QCOMPARE(view.shownLines(), std::size_t(2));
        QVERIFY(view.isShown(1) && view.isShown(2));  // the trace goes with its error
        view.append({line("ERROR five"), line("INFO six")});
        QCOMPARE(view.shownLines(), std::size_t(3));
        view.selectAll();
        QCOMPARE(view.selectedText(), QStringLiteral("ERROR two\n    at a trace\nERROR five\n"));
        view.setFilter({});
        QCOMPARE(view.shownLines(), std::size_t(7));
    }

    void onlyMatchesFollowsTheSearch() {
        LogView view;
        view.resize(600, 400);
        view.append(many(5000));
        view.setFilter({.onlyMatches = true, .minimum = LogLevel::None, .since = {}});
        QCOMPARE(view.shownLines(), std::size_t(5000));  // nothing is searched for
        view.search().setQuery(QStringLiteral("Payment"), Qt::CaseSensitive, false);
        QTRY_COMPARE(view.shownLines(), std::size_t(5));
        view.setWrap(true);
        QCOMPARE(view.shownLines(), std::size_t(5));
        view.search().setQuery(QStringLiteral("nowhere"), Qt::CaseSensitive, false);
        QTRY_COMPARE(view.shownLines(), std::size_t(0));
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.firstVisibleLine() < 5000);
    }

    void linesBeforeATimeAreLeftOut() {
        LogView view;
        view.resize(600, 400);
        LogLine old = line("old");
        old.time -= std::chrono::hours(2);
        view.append({old, line("new")});
        view.setFilter({.onlyMatches = false,
                        .minimum = LogLevel::None,
                        .since = std::chrono::system_clock::now() - std::chrono::hours(1)});
        QCOMPARE(view.shownLines(), std::size_t(1));
        QVERIFY(!view.isShown(0));
    }

    void theHistogramCountsByTimeAndFindsALine() {
        LogBuffer buffer;
        LogHistogram histogram;
        histogram.count(buffer);
        QVERIFY(histogram.isEmpty());
        std::vector<LogLine> lines;
        const auto start = std::chrono::system_clock::now();
        for (int i = 0; i < 240; ++i) {
            LogLine one = line("x", i < 120 ? LogStream::Stdout : LogStream::Stderr);
            one.time = start + std::chrono::seconds(i);
            lines.push_back(one);
        }
        buffer.append(lines);
        histogram.count(buffer);
        std::size_t all = 0;
        std::size_t errors = 0;
        for (const auto& bar : histogram.bars()) {
            all += bar.lines;
            errors += bar.errors;
        }
        QCOMPARE(all, std::size_t(240));
        QCOMPARE(errors, std::size_t(120));
        QCOMPARE(histogram.bars().front().errors, std::size_t(0));
        QVERIFY(histogram.bars().back().errors > 0);
        histogram.resize(240, 36);
        std::vector<types::Time> chosen;
        connect(&histogram, &LogHistogram::timeChosen, &histogram,
                [&chosen](types::Time time) { chosen.push_back(time); });
        QTest::mouseClick(&histogram, Qt::LeftButton, {}, QPoint(120, 18));
        QCOMPARE(chosen.size(), std::size_t(1));
        QVERIFY(std::chrono::abs(chosen.front() - (start + std::chrono::seconds(120))) <
                std::chrono::seconds(3));
        LogView view;
        view.resize(600, 200);
        view.append(lines);
        view.goToTime(chosen.front());
        QVERIFY(!view.follow());
        QVERIFY(std::abs(view.firstVisibleLine() - 120) <= 3);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestLogView)
#include "test_log_view.moc"
