// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/limits.h"
#include "core/store/helper/tar_parser.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <map>

using namespace coracle;
using namespace coracle::store;
using test::TarBuilder;
using test::TarHeader;

namespace {

/// Keeps everything the parser says.
class Recorder : public tar::Sink {
public:
    Result<> beginEntry(const tar::Entry& entry) override {
        entries.push_back(entry);
        contents.emplace_back();
        return {};
    }
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override {
        const std::string_view text(static_cast<const char*>(static_cast<const void*>(bytes.data())),
                                    bytes.size());
        auto& content = contents.back();
        content.resize(std::max<std::size_t>(content.size(), offset), '.');
        content += text;
        return {};
    }
    Result<> endEntry() override {
        ++ended;
        return {};
    }
    std::vector<tar::Entry> entries;
    std::vector<std::string> contents;
    int ended = 0;
};

Result<> parse(const std::string& archive, Recorder& recorder, std::size_t piece = 1000) {
    tar::Parser parser(recorder);
    for (std::size_t at = 0; at < archive.size(); at += piece) {
        const std::string_view part = std::string_view(archive).substr(at, piece);
        TRY(parser.feed(std::as_bytes(std::span(part.data(), part.size()))));
    }
    return parser.finish();
}

}  // namespace

class TestTarParser : public QObject {
    Q_OBJECT

private slots:
    void readsFilesInPiecesOfAnySize_data();
    void readsFilesInPiecesOfAnySize();
    void takesAnArchiveWithoutItsLastPadding();
    void readsTypesOwnersAndTimes();
    void paxRecordsWinOverTheHeader();
    void readsGnuLongNames();
    void readsThePrefixOfUstarOnly();
    void readsSparseFiles_data();
    void readsSparseFiles();
    void ignoresTheSizeOfEntriesWithoutContent();
    void ignoresGlobalHeaders();
    void stopsAtTheEndMark();
    void refusesDamage_data();
    void refusesDamage();
    void readsNumbers_data();
    void readsNumbers();
};

void TestTarParser::readsFilesInPiecesOfAnySize_data() {
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 7, 511, 512, 513, 4096, 1 << 20}) {
        QTest::newRow(std::to_string(piece).c_str()) << piece;
    }
}

void TestTarParser::readsFilesInPiecesOfAnySize() {
    QFETCH(int, piece);
    TarBuilder builder;
    builder.file("a", std::string(1000, 'x')).file("empty", "").file("b/c", std::string(512, 'y'));
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder, static_cast<std::size_t>(piece)));
    QCOMPARE(recorder.entries.size(), std::size_t{3});
    QCOMPARE(recorder.ended, 3);
    QCOMPARE(recorder.contents[0], std::string(1000, 'x'));
    QCOMPARE(recorder.contents[1], std::string());
    QCOMPARE(recorder.contents[2], std::string(512, 'y'));
    QCOMPARE(recorder.entries[2].path, std::string("b/c"));
}

/// umoci 0.4 ends a layer with the last byte of its last file, which Go's reader takes.
void TestTarParser::takesAnArchiveWithoutItsLastPadding() {
    const std::string archive = TarBuilder().file("f", "x").finishWithoutEnd();
    Recorder recorder;
    VERIFY_OK(parse(archive.substr(0, 513), recorder));
    QCOMPARE(recorder.ended, 1);
    VERIFY_ERROR(parse(archive.substr(0, 512), recorder), ErrorKind::Corrupt);
}

void TestTarParser::readsTypesOwnersAndTimes() {
    TarHeader header;
    header.name = "dev/null";
    header.type = '3';
    header.mode = 04755;
    header.uid = 33;
    header.gid = 44;
    header.mtime = 1'600'000'000;
    header.major = 1;
    header.minor = 3;
    TarBuilder builder;
    builder.entry(header, "");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    const auto& entry = recorder.entries.at(0);
    QVERIFY(entry.type == tar::EntryType::CharDevice);
    QCOMPARE(entry.mode, 04755U);
    QCOMPARE(entry.uid, std::uint64_t{33});
    QCOMPARE(entry.gid, std::uint64_t{44});
    QCOMPARE(entry.mtimeSeconds, std::int64_t{1'600'000'000});
    QCOMPARE(entry.deviceMajor, 1U);
    QCOMPARE(entry.deviceMinor, 3U);
}

void TestTarParser::paxRecordsWinOverTheHeader() {
    TarBuilder builder;
    builder.pax({{"path", "long/name"},
                 {"mtime", "-1.25"},
                 {"uid", "70000"},
                 {"gid", "3000000000"},
                 {"SCHILY.xattr.user.color", std::string("re\0d", 4)}});
    builder.file("short", "data").file("next", "");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    const auto& entry = recorder.entries.at(0);
    QCOMPARE(entry.path, std::string("long/name"));
    QCOMPARE(entry.mtimeSeconds, std::int64_t{-2});
    QCOMPARE(entry.mtimeNanoseconds, 750'000'000U);
    QCOMPARE(entry.uid, std::uint64_t{70000});
    QCOMPARE(entry.gid, std::uint64_t{3'000'000'000});
    QCOMPARE(entry.xattrs.size(), std::size_t{1});
    QCOMPARE(entry.xattrs[0].second, std::string("re\0d", 4));
    QCOMPARE(recorder.entries.at(1).path, std::string("next"));
    QVERIFY(recorder.entries.at(1).xattrs.empty());
}

void TestTarParser::readsGnuLongNames() {
    const std::string name = std::string(90, 'n') + "/" + std::string(90, 'm');
    TarBuilder builder;
    builder.gnuLongName(name).gnuLongLink(name + "2");
    TarHeader header;
    header.name = "short";
    header.type = '2';
    header.link = "cut";
    builder.entry(header, "");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    QCOMPARE(recorder.entries.at(0).path, name);
    QCOMPARE(recorder.entries.at(0).linkTarget, name + "2");
}

void TestTarParser::readsThePrefixOfUstarOnly() {
    TarHeader header;
    header.name = "file";
    header.prefix = "some/folder";
    TarBuilder builder;
    builder.entry(header, "");
    header.gnuMagic = true;
    builder.entry(header, "");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    QCOMPARE(recorder.entries.at(0).path, std::string("some/folder/file"));
    QCOMPARE(recorder.entries.at(1).path, std::string("file"));
}

void TestTarParser::readsSparseFiles_data() {
    QTest::addColumn<QByteArray>("archive");
    QTest::newRow("pax 0.0") << QByteArray::fromStdString(TarBuilder()
                                                              .pax({{"GNU.sparse.size", "20"},
                                                                    {"GNU.sparse.numblocks", "2"},
                                                                    {"GNU.sparse.offset", "3"},
                                                                    {"GNU.sparse.numbytes", "2"},
                                                                    {"GNU.sparse.offset", "10"},
                                                                    {"GNU.sparse.numbytes", "3"}})
                                                              .file("f", "abcde")
                                                              .finish());
    QTest::newRow("pax 0.1") << QByteArray::fromStdString(
        TarBuilder()
            .pax({{"GNU.sparse.size", "20"}, {"GNU.sparse.name", "f"}, {"GNU.sparse.map", "3,2,10,3"}})
            .file("GNUSparseFile.0/f", "abcde")
            .finish());
    std::string map = "2\n3\n2\n10\n3\n";
    map.resize(512, '\0');
    QTest::newRow("pax 1.0") << QByteArray::fromStdString(TarBuilder()
                                                              .pax({{"GNU.sparse.major", "1"},
                                                                    {"GNU.sparse.minor", "0"},
                                                                    {"GNU.sparse.name", "f"},
                                                                    {"GNU.sparse.realsize", "20"}})
                                                              .file("GNUSparseFile.0/f", map + "abcde")
                                                              .finish());
    TarHeader old;
    old.name = "f";
    old.type = 'S';
    old.gnuMagic = true;
    old.sparse = {{3, 2}, {10, 3}};
    old.realSize = 20;
    QTest::newRow("old GNU") << QByteArray::fromStdString(TarBuilder().entry(old, "abcde").finish());
}

void TestTarParser::readsSparseFiles() {
    QFETCH(QByteArray, archive);
    Recorder recorder;
    VERIFY_OK(parse(archive.toStdString(), recorder, 100));
    QCOMPARE(recorder.entries.at(0).path, std::string("f"));
    QVERIFY(recorder.entries.at(0).sparse);
    QCOMPARE(recorder.entries.at(0).size, std::uint64_t{20});
    QCOMPARE(recorder.contents.at(0), std::string("...ab.....cde"));
}

void TestTarParser::ignoresTheSizeOfEntriesWithoutContent() {
    TarHeader header;
    header.name = "folder";
    header.type = '5';
    header.size = 1024;
    TarBuilder builder;
    builder.entry(header, "").file("next", "x");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    QCOMPARE(recorder.entries.at(1).path, std::string("next"));
}

void TestTarParser::ignoresGlobalHeaders() {
    TarBuilder builder;
    builder.pax({{"path", "everything"}}, 'g').file("a", "x");
    Recorder recorder;
    VERIFY_OK(parse(builder.finish(), recorder));
    QCOMPARE(recorder.entries.at(0).path, std::string("a"));
}

void TestTarParser::stopsAtTheEndMark() {
    Recorder recorder;
    VERIFY_OK(parse(TarBuilder().file("a", "x").finish() + std::string(10000, 'j'), recorder));
    QCOMPARE(recorder.entries.size(), std::size_t{1});
}

void TestTarParser::refusesDamage_data() {
    QTest::addColumn<QByteArray>("archive");
    const auto row = [](const char* name, const std::string& archive) {
        QTest::newRow(name) << QByteArray::fromStdString(archive);
    };
    const std::string good = TarBuilder().file("a", std::string(600, 'x')).finish();
    row("cut in the header", good.substr(0, 300));
    row("cut in the content", good.substr(0, 900));
    std::string flipped = good;
    flipped[3] = 'z';
    row("wrong checksum", flipped);
    row("entry after one empty block", std::string(512, '\0') + good);
    row("pax length beyond the header", TarBuilder().rawPax("999 path=x\n").file("a", "").finish());
    row("pax length zero", TarBuilder().rawPax("0 path=x\n").file("a", "").finish());
    row("pax without newline", TarBuilder().rawPax("8 path=x").file("a", "").finish());
    row("pax path with NUL", TarBuilder().pax({{"path", std::string("a\0b", 3)}}).file("a", "").finish());
    row("pax negative size", TarBuilder().pax({{"size", "-1"}}).file("a", "").finish());
    row("pax header at the end", TarBuilder().pax({{"path", "x"}}).finishWithoutEnd());
    row("pax header too long",
        TarBuilder().pax({{"comment", std::string(helper::kMaxMetaBytes, 'c')}}).file("a", "").finish());
    std::vector<std::pair<std::string, std::string>> many;
    for (std::size_t i = 0; i <= helper::kMaxXattrs; ++i) {
        many.emplace_back("SCHILY.xattr.user.x" + std::to_string(i), "v");
    }
    row("too many attributes", TarBuilder().pax(many).file("a", "").finish());
    row("sparse segment outside",
        TarBuilder().pax({{"GNU.sparse.size", "4"}, {"GNU.sparse.map", "3,2"}}).file("a", "ab").finish());
    row("sparse segments overlap", TarBuilder()
                                       .pax({{"GNU.sparse.size", "9"}, {"GNU.sparse.map", "3,2,4,1"}})
                                       .file("a", "abc")
                                       .finish());
    row("sparse sum differs",
        TarBuilder().pax({{"GNU.sparse.size", "9"}, {"GNU.sparse.map", "3,2"}}).file("a", "abc").finish());
    TarHeader unknown;
    unknown.name = "v";
    unknown.type = 'V';
    row("unknown type", TarBuilder().entry(unknown, "").finish());
}

void TestTarParser::refusesDamage() {
    QFETCH(QByteArray, archive);
    Recorder recorder;
    const auto outcome = parse(archive.toStdString(), recorder);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().kind() == ErrorKind::Corrupt || outcome.error().kind() == ErrorKind::Unsupported);
}

void TestTarParser::readsNumbers_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<qint64>("value");
    QTest::newRow("octal") << QByteArray("0000644\0", 8) << true << qint64{0644};
    QTest::newRow("blanks first") << QByteArray("   644 \0", 8) << true << qint64{0644};
    QTest::newRow("empty") << QByteArray("\0\0\0\0\0\0\0\0", 8) << true << qint64{0};
    QTest::newRow("no octal digit") << QByteArray("0000689\0", 8) << false << qint64{0};
    QTest::newRow("minus") << QByteArray("-000644\0", 8) << false << qint64{0};
    QTest::newRow("base-256") << QByteArray("\x80\0\0\0\0\x01\0\0", 8) << true << qint64{65536};
    QTest::newRow("base-256 negative")
        << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xfe", 8) << true << qint64{-2};
    QTest::newRow("base-256 too large")
        << QByteArray("\x80\0\0\x01\0\0\0\0\0\0\0\0", 12) << false << qint64{0};
}

void TestTarParser::readsNumbers() {
    QFETCH(QByteArray, field);
    QFETCH(bool, valid);
    QFETCH(qint64, value);
    const auto number =
        tar::parseNumber(std::string_view(field.constData(), static_cast<std::size_t>(field.size())));
    QCOMPARE(number.has_value(), valid);
    if (valid) {
        QCOMPARE(static_cast<qint64>(*number), value);
    }
}

QTEST_GUILESS_MAIN(TestTarParser)
#include "test_tar_parser.moc"
