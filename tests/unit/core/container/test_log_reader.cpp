// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_reader.h"
#include "rootless/sys/file.h"
#include "rootless/sys/watch_error.h"
#include "tests/support/verify.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>

using namespace coracle;
using coracle::test::TemporaryDirectory;

namespace {

std::string entry(int second, const std::string& text, const std::string& stream = "stdout") {
    const std::string digits = (second < 10 ? "0" : "") + std::to_string(second);
    return "{\"log\":\"" + text + "\",\"stream\":\"" + stream + "\",\"time\":\"2026-01-01T00:00:" + digits +
           ".000000000Z\"}\n";
}

void append(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::app) << text;
}

/// What the reader delivers, as "text|text|".
Result<std::string> readAll(const std::string& path, const types::LogOptions& options) {
    std::string seen;
    TRY(container::readLog(path, options, {},
                           [&](const types::LogLine& line) {
                               seen += line.text + "|";
                               return true;
                           },
                           {}));
    return seen;
}

}  // namespace

class TestLogReader : public QObject {
    Q_OBJECT
private slots:
    /// Limits of inotify were named for whatever was wrong with the folder.
    void aLimitIsNamedOnlyWhereItIsOne() {
        types::LogOptions options;
        options.follow = true;
        const auto read = readAll("/no such folder/log", options);
        VERIFY_ERROR(read, ErrorKind::NotFound);
        QVERIFY2(read.error().hint().empty(), read.error().hint().c_str());
        QVERIFY(sys::watchError("/x", EACCES).hint().empty());
        QVERIFY(sys::watchError("/x", ENOSPC).hint().find("max_user_watches") != std::string::npos);
        QVERIFY(sys::watchError("/x", EMFILE).hint().find("max_user_instances") != std::string::npos);
    }
    void readsRotatedPartsInOrder() {
        const TemporaryDirectory directory;
        append(directory / "log.2", entry(1, "a\\n"));
        append(directory / "log.1", entry(2, "b\\n"));
        append(directory / "log", entry(3, "c\\n"));
        QCOMPARE(*readAll(directory / "log", {}), std::string("a|b|c|"));
    }
    void missingLogIsEmpty() {
        const TemporaryDirectory directory;
        QCOMPARE(*readAll(directory / "log", {}), std::string());
    }
    void tailCountsOverParts_data() {
        QTest::addColumn<int>("tail");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << 0 << "";
        QTest::newRow("within the newest") << 1 << "d|";
        QTest::newRow("all of the newest") << 2 << "c|d|";
        QTest::newRow("into an older one") << 3 << "b|c|d|";
        QTest::newRow("everything") << 4 << "a|b|c|d|";
        QTest::newRow("more than there is") << 99 << "a|b|c|d|";
    }
    void tailCountsOverParts() {
        QFETCH(int, tail);
        QFETCH(QString, expected);
        const TemporaryDirectory directory;
        append(directory / "log.1", entry(1, "a\\n") + entry(2, "b\\n"));
        append(directory / "log", entry(3, "c\\n") + entry(4, "d\\n"));
        types::LogOptions options;
        options.tail = static_cast<std::size_t>(tail);
        const auto seen = readAll(directory / "log", options);
        VERIFY_OK(seen);
        QCOMPARE(QString::fromStdString(*seen), expected);
    }
    void tailFindsLinesAcrossBlocks() {
        const TemporaryDirectory directory;
        std::string text;
        for (int i = 0; i < 20000; ++i) {
            text += entry(i % 60, "line " + std::to_string(i) + "\\n");
        }
        append(directory / "log", text);
        types::LogOptions options;
        options.tail = 15000;
        std::size_t count = 0;
        std::string first;
        VERIFY_OK(container::readLog(directory / "log", options, {},
                                     [&](const types::LogLine& line) {
                                         first = count++ == 0 ? line.text : first;
                                         return true;
                                     },
                                     {}));
        QCOMPARE(count, std::size_t{15000});
        QCOMPARE(first, std::string("line 5000"));
    }
    void sinceAndUntilAreInclusive() {
        const TemporaryDirectory directory;
        append(directory / "log", entry(1, "a\\n") + entry(2, "b\\n") + entry(3, "c\\n") + entry(4, "d\\n"));
        types::LogOptions options;
        options.since = container::parseLogEntry(entry(2, ""))->time;
        options.until = container::parseLogEntry(entry(3, ""))->time;
        QCOMPARE(*readAll(directory / "log", options), std::string("b|c|"));
    }
    void skipsDamagedEntries() {
        const TemporaryDirectory directory;
        append(directory / "log", entry(1, "a\\n") + "{\"log\":\"half\nnot json\n{}\n[]\n" +
                                      entry(2, "b\\n") + "{\"log\":\"cut");
        QCOMPARE(*readAll(directory / "log", {}), std::string("a|b|"));
    }
    void tellsStreamsAndPartsOfLines() {
        const auto part = container::parseLogEntry(entry(1, "no end", "stderr"));
        QVERIFY(part);
        QVERIFY(part->partial);
        QCOMPARE(int(part->stream), int(types::LogStream::Stderr));
        const auto whole = container::parseLogEntry(entry(1, "end\\u0000\\n"));
        QVERIFY(whole);
        QVERIFY(!whole->partial);
        QCOMPARE(whole->text, std::string("end\0", 4));
    }
    void followsThroughRotationUntilTheEnd() {
        const TemporaryDirectory directory;
        const std::string path = directory / "log";
        append(path, entry(1, "a\\n"));
        auto wake = sys::makePipe();
        VERIFY_OK(wake);
        std::atomic<bool> ended = false;
        std::string seen;
        std::counting_semaphore<> delivered(0);
        types::LogOptions options;
        options.follow = true;
        std::jthread reader([&] {
            const auto result = container::readLog(
                path, options, {[&] { return wake->readEnd.get(); }, [&] { return ended.load(); }},
                [&](const types::LogLine& line) {
                    seen += line.text + "|";
                    delivered.release();
                    return true;
                },
                {});
            seen += result ? "end" : result.error().message();
        });
        delivered.acquire();
        append(path, entry(2, "b\\n"));
        delivered.acquire();
        append(path, entry(3, "c\\n"));
        VERIFY_OK(sys::renamePath(path, path + ".1"));
        append(path, entry(4, "d\\n"));
        delivered.acquire();
        delivered.acquire();
        append(path, entry(5, "e\\n"));
        ended = true;
        VERIFY_OK(sys::writeAll(wake->writeEnd.get(), "x"));
        reader.join();
        QCOMPARE(QString::fromStdString(seen), QString("a|b|c|d|e|end"));
    }
    void holeLeftByAKilledRotationIsPassedOver() {
        const TemporaryDirectory directory;
        append(directory / "log.2", entry(1, "a\\n"));
        append(directory / "log", entry(2, "b\\n"));
        append(directory / "log.gz", "no part");
        append(directory / "log.10x", "no part");
        QCOMPARE(*readAll(directory / "log", {}), std::string("a|b|"));
    }
    void readsAttributes() {
        const auto line = container::parseLogEntry(
            R"({"log":"a\n","stream":"stdout","attrs":{"k":"v"},"time":"2026-01-01T00:00:00.0Z"})");
        QVERIFY(line);
        QCOMPARE(line->attributes.at("k"), std::string("v"));
    }
    /// The sink rotates the log itself, which is what a writer does that is faster than the reader.
    std::string followWhile(const std::string& path, const std::function<void(int)>& onLine) {
        types::LogOptions options;
        options.follow = true;
        std::string seen;
        int count = 0;
        const auto result = container::readLog(path, options, {{}, [] { return true; }},
                                               [&](const types::LogLine& line) {
                                                   seen += line.text + "|";
                                                   onLine(++count);
                                                   return true;
                                               },
                                               {});
        return seen + (result ? "end" : result.error().message());
    }
    static void rotate(const std::string& path, int parts) {
        for (int i = parts - 1; i > 0; --i) {
            (void)sys::renamePath(i == 1 ? path : path + "." + std::to_string(i - 1),
                                  path + "." + std::to_string(i));
        }
    }
    void slowFollowerReadsPartsThatAreRotatedMeanwhile() {
        const TemporaryDirectory directory;
        const std::string path = directory / "log";
        append(path, entry(1, "a\\n"));
        const std::string seen = followWhile(path, [&](int count) {
            if (count == 1) {
                rotate(path, 3);
                append(path, entry(2, "b\\n"));
                rotate(path, 3);
                append(path, entry(3, "c\\n"));
            }
        });
        QCOMPARE(QString::fromStdString(seen), QString("a|b|c|end"));
    }
    void followerTellsWhatWasRotatedAway() {
        const TemporaryDirectory directory;
        const std::string path = directory / "log";
        append(path, entry(1, "a\\n"));
        const std::string seen = followWhile(path, [&](int count) {
            if (count == 1) {
                for (int i = 2; i < 6; ++i) {  // with three parts the one after "a" is gone at the end
                    rotate(path, 3);
                    append(path, entry(i, std::to_string(i) + "\\n"));
                }
            }
        });
        QVERIFY(seen.starts_with("a|coracle: a part of the log is missing here"));
        QVERIFY(seen.ends_with("|3|4|5|end"));
    }
    void fragmentThatIsWrittenOverIsReadAgain() {
        const TemporaryDirectory directory;
        const std::string path = directory / "log";
        const std::string first = entry(1, "a\\n");
        append(path, first + "{\"log\":\"a fragment of a killed writer");
        types::LogOptions options;
        options.follow = true;
        std::string seen;
        int asked = 0;
        const auto ended = [&] {
            if (++asked == 2) {
                std::filesystem::resize_file(path, first.size());
                append(path, entry(2, "b\\n"));
            }
            return asked > 2;
        };
        auto wake = sys::makePipe();
        VERIFY_OK(wake);
        VERIFY_OK(sys::writeAll(wake->writeEnd.get(), "x"));
        VERIFY_OK(container::readLog(path, options, {[&] { return wake->readEnd.get(); }, ended},
                                     [&](const types::LogLine& line) {
                                         seen += line.text + "|";
                                         return true;
                                     },
                                     {}));
        QCOMPARE(QString::fromStdString(seen), QString("a|b|"));
    }
    void followEndsAtUntil() {
        const TemporaryDirectory directory;
        append(directory / "log", entry(1, "a\\n"));
        types::LogOptions options;
        options.follow = true;
        options.until = std::chrono::system_clock::now() + std::chrono::milliseconds(50);
        QCOMPARE(*readAll(directory / "log", options), std::string("a|"));
    }
    void followIsCancelledWhileItSleeps() {
        const TemporaryDirectory directory;
        types::LogOptions options;
        options.follow = true;
        std::stop_source source;
        std::jthread canceller([&] { source.request_stop(); });
        VERIFY_ERROR(
            container::readLog(
                directory / "log", options, {}, [](const auto&) { return true; }, source.get_token()),
            ErrorKind::Cancelled);
    }
};
QTEST_GUILESS_MAIN(TestLogReader)
#include "test_log_reader.moc"
