// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/journal_log.h"
#include "rootless/monitor/log_file.h"
#include "rootless/monitor/log_format.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>

using namespace coracle;
using namespace coracle::monitor;

namespace {

/// The "log" members of a file; fails the test on a line that is not an entry.
std::vector<std::string> entriesIn(const std::string& path) {
    std::vector<std::string> entries;
    const auto text = sys::readFile(path, 64U << 20U);
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto document = json::parse(rest.substr(0, end));
        entries.push_back(document ? json::loadString(*document, "log").has_value()
                                         ? *json::loadString(*document, "log")
                                         : "?"
                                   : "not an entry: " + std::string(rest.substr(0, end)));
        rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
    }
    return entries;
}

}  // namespace

class TestLog : public QObject {
    Q_OBJECT

private slots:
    void printsTime_data();
    void printsTime();
    void escapesText_data();
    void escapesText();
    void cutsBetweenCharacters();
    void splitsLongLines();
    void joinsPiecesOfALine();
    void writesPartialLinesOnRequest();
    void keepsStreamsApart();
    void continuesAnOldLog();
    void rotates();
    void sharesTheLimitOfASinglePart();
    void writesAttributes();
    void cutsATornEntryOff();
    void printsJournalFields();
    void speaksToTheJournal();
    void doesNotWaitForAJournalForEver();
    void survivesAMissingFolder();
    void refusesAFifo();
};

void TestLog::printsTime_data() {
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << qint64{0} << "1970-01-01T00:00:00.000000000Z";
    QTest::newRow("nanosecond") << qint64{1} << "1970-01-01T00:00:00.000000001Z";
    QTest::newRow("leap day") << qint64{1709210096'123456789} << "2024-02-29T12:34:56.123456789Z";
    QTest::newRow("before the epoch") << qint64{-1} << "1969-12-31T23:59:59.999999999Z";
}

void TestLog::printsTime() {
    QFETCH(qint64, time);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(timeText(time)), text);
}

void TestLog::escapesText_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("wanted");
    QTest::newRow("plain") << QByteArray("hello") << QByteArray("hello");
    QTest::newRow("quotes and line end") << QByteArray("a\"b\\c\r\n\t") << QByteArray(R"(a\"b\\c\r\n\t)");
    QTest::newRow("control") << QByteArray("\x01\x1b\x7f\0", 4) << QByteArray(R"(\u0001\u001b\u007f\u0000)");
    QTest::newRow("UTF-8") << QByteArray("gr\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80")
                           << QByteArray("gr\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80");
    QTest::newRow("Latin-1") << QByteArray("gr\xFC") << QByteArray("gr\xEF\xBF\xBD");
    QTest::newRow("cut character") << QByteArray("\xE2\x82") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80")
                               << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80")
                                    << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

void TestLog::escapesText() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, wanted);
    std::string out;
    appendEntry(out, bytes.toStdString(), Stream::Stderr, "T");
    QCOMPARE(QByteArray::fromStdString(out),
             "{\"log\":\"" + wanted + "\",\"stream\":\"stderr\",\"time\":\"T\"}\n");
    VERIFY_OK(json::parse(std::string_view(out).substr(0, out.size() - 1)));
}

void TestLog::cutsBetweenCharacters() {
    QCOMPARE(wholeCharacters("abc", 2), std::size_t{2});
    QCOMPARE(wholeCharacters("a\xC3\xBC", 2), std::size_t{1});
    QCOMPARE(wholeCharacters("a\xF0\x9F\x98\x80", 4), std::size_t{1});
    QCOMPARE(wholeCharacters("a\xF0\x9F\x98\x80", 5), std::size_t{5});
    QCOMPARE(wholeCharacters("\xF0\x9F\x98\x80", 2), std::size_t{2});
    QCOMPARE(wholeCharacters("\x80\x80\x80\x80", 3), std::size_t{3});
}

void TestLog::splitsLongLines() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 0, 1);
    const std::string text(50'000, 'x');
    log.append(Stream::Stdout, text + "\nnext\n", 0);
    const auto entries = entriesIn(path);
    QCOMPARE(entries.size(), std::size_t{5});
    std::string joined;
    for (const auto& entry : entries) {
        QVERIFY(entry.size() <= LineSplitter::kMaxEntryText);
        joined += entry;
    }
    QCOMPARE(joined, text + "\nnext\n");
}

void TestLog::joinsPiecesOfALine() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 0, 1);
    log.append(Stream::Stdout, "a", 0);
    log.append(Stream::Stdout, "b\xC3", 0);
    log.append(Stream::Stdout, "\xBC\nrest", 0);
    QVERIFY(log.hasPartial());
    QCOMPARE(entriesIn(path), std::vector<std::string>{"ab\xC3\xBC\n"});
}

void TestLog::writesPartialLinesOnRequest() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 0, 1);
    log.append(Stream::Stdout, "> ", 0);
    log.flushPartial(0);
    QVERIFY(!log.hasPartial());
    log.append(Stream::Stdout, "typed\n", 0);
    QCOMPARE(entriesIn(path), (std::vector<std::string>{"> ", "typed\n"}));
}

void TestLog::keepsStreamsApart() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 0, 1);
    log.append(Stream::Stdout, "out", 0);
    log.append(Stream::Stderr, "err\n", 0);
    log.append(Stream::Stdout, "put\n", 0);
    QCOMPARE(entriesIn(path), (std::vector<std::string>{"err\n", "output\n"}));
}

void TestLog::continuesAnOldLog() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile(path, 0, 1).append(Stream::Stdout, "first\n", 0);
    LogFile(path, 0, 1).append(Stream::Stdout, "second\n", 0);
    QCOMPARE(entriesIn(path), (std::vector<std::string>{"first\n", "second\n"}));
}

void TestLog::rotates() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 1000, 3);
    for (int i = 0; i < 100; ++i) {
        log.append(Stream::Stdout, "line " + std::to_string(i) + "\n", 0);
    }
    std::vector<std::string> all;
    for (const char* part : {".2", ".1", ""}) {
        const auto entries = entriesIn(path + part);
        QVERIFY(!entries.empty());
        all.insert(all.end(), entries.begin(), entries.end());
    }
    QVERIFY(!sys::pathExists(path + ".3"));
    QCOMPARE(all.back(), std::string("line 99\n"));
    QCOMPARE(all.front(), "line " + std::to_string(100 - all.size()) + "\n");
}

void TestLog::sharesTheLimitOfASinglePart() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile log(path, 2000, 1);
    for (int i = 0; i < 100; ++i) {
        log.append(Stream::Stdout, "line " + std::to_string(i) + "\n", 0);
    }
    QVERIFY(std::filesystem::file_size(path) + std::filesystem::file_size(path + ".1") <= 2000);
    QCOMPARE(entriesIn(path).back(), std::string("line 99\n"));
    QVERIFY(!sys::pathExists(path + ".2"));
}

void TestLog::writesAttributes() {
    std::string out;
    appendEntry(out, "a\n", Stream::Stdout, "T", attributesText({{"k\"", "v\n"}, {"z", ""}}));
    const QString wanted =
        "{'log':'a\\n','stream':'stdout','attrs':{'k\\'':'v\\n','z':''},'time':'T'}\n";  // ' for "
    QCOMPARE(QString::fromStdString(out).replace('"', "'"), wanted);
    QCOMPARE(attributesText({}), std::string());
}

void TestLog::cutsATornEntryOff() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    LogFile(path, 0, 1).append(Stream::Stdout, "whole\n", 0);
    const auto size = std::filesystem::file_size(path);
    std::ofstream(path, std::ios::app) << R"({"log":")" << std::string(200'000, 'x');
    LogFile log(path, 0, 1);
    VERIFY_OK(log.open());
    QCOMPARE(std::filesystem::file_size(path), size);
    log.append(Stream::Stdout, "next\n", 0);
    QCOMPARE(entriesIn(path), (std::vector<std::string>{"whole\n", "next\n"}));
}

void TestLog::printsJournalFields() {
    QCOMPARE(journalField("A", "b=c"), std::string("A=b=c\n"));
    QCOMPARE(journalField("A", "b\nc"), std::string("A\n\x03\0\0\0\0\0\0\0b\nc\n", 14));
}

void TestLog::speaksToTheJournal() {
    const test::TemporaryDirectory folder;
    const std::string path = folder / "socket";
    JournalLog log(path, {{"CONTAINER_NAME", "web"}});
    log.append(Stream::Stdout, "lost\n", 0);  // nobody listens yet
    QCOMPARE(log.lostBytes(), std::uint64_t{5});
    sys::UniqueFd journal(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    QCOMPARE(::bind(journal.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const auto received = [&] {
        std::string message(4096, '\0');
        const auto got = ::recv(journal.get(), message.data(), message.size(), 0);
        message.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return message;
    };
    log.append(Stream::Stderr, "one\ntw", 0);
    QVERIFY(received().starts_with("MESSAGE=coracle: 5 bytes of output are missing here"));
    QCOMPARE(received(), std::string("MESSAGE=one\nPRIORITY=3\nCONTAINER_NAME=web\n"));
    QVERIFY(log.hasPartial());
    log.flushPartial(0);
    QCOMPARE(received(),
             std::string("MESSAGE=tw\nPRIORITY=3\nCONTAINER_PARTIAL_MESSAGE=true\nCONTAINER_NAME=web\n"));
    QCOMPARE(log.lostBytes(), std::uint64_t{0});
}

void TestLog::doesNotWaitForAJournalForEver() {
    const test::TemporaryDirectory folder;
    const std::string path = folder / "socket";
    sys::UniqueFd journal(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    QCOMPARE(::bind(journal.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    JournalLog log(path, {});
    const auto begin = std::chrono::steady_clock::now();
    const std::string line(1000, 'x');
    for (int i = 0; i < 5000; ++i) {  // nobody reads
        log.append(Stream::Stdout, line + "\n", 0);
    }
    QVERIFY(log.lostBytes() > 0);
    // Once and not for each of the lines.
    QVERIFY(std::chrono::steady_clock::now() - begin <
            std::chrono::milliseconds(30 * JournalLog::kPatienceMs));
}

void TestLog::survivesAMissingFolder() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/later/log";
    LogFile log(path, 0, 1);
    VERIFY_ERROR(log.open(), ErrorKind::NotFound);
    log.append(Stream::Stdout, "lost\n", 0);
    QCOMPARE(log.lostBytes(), std::uint64_t{5});
    VERIFY_OK(sys::makeDirectories(folder.path() + "/later"));
    log.append(Stream::Stdout, "kept\n", 0);
    const auto entries = entriesIn(path);
    QCOMPARE(entries.size(), std::size_t{2});
    QVERIFY(entries[0].starts_with("coracle: 5 bytes of output are missing here: open '"));
    QCOMPARE(entries[1], std::string("kept\n"));
}

void TestLog::refusesAFifo() {
    const test::TemporaryDirectory folder;
    const std::string path = folder.path() + "/log";
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    QVERIFY(!LogFile(path, 0, 1).open().has_value());
}

QTEST_GUILESS_MAIN(TestLog)
#include "test_monitor_log.moc"
