// SPDX-License-Identifier: Apache-2.0
#include "core/store/tar_writer.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace coracle;
using namespace coracle::store;

namespace {

/// Keeps what the parser finds.
class Collector : public tar::Sink {
public:
    Result<> beginEntry(const tar::Entry& entry) override {
        entries.push_back(entry);
        contents.emplace_back();
        return {};
    }
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override {
        std::string& text = contents.back();
        text.resize(std::max<std::size_t>(text.size(), offset + bytes.size()));
        std::memcpy(text.data() + offset, bytes.data(), bytes.size());
        return {};
    }
    Result<> endEntry() override { return {}; }

    std::vector<tar::Entry> entries;
    std::vector<std::string> contents;
};

tar::Entry fileOf(const std::string& path, std::uint64_t size = 0) {
    tar::Entry entry;
    entry.path = path;
    entry.mode = 0644;
    entry.size = size;
    return entry;
}

Result<tar::Entry> roundTrip(const tar::Entry& entry, std::string content = {}) {
    TRY_ASSIGN(const std::string header, tar::headerOf(entry));
    content.resize(entry.type == tar::EntryType::File ? entry.size : 0, 'x');
    const std::string archive = header + content + tar::paddingAfter(content.size()) + tar::endMark();
    Collector collector;
    tar::Parser parser(collector);
    TRY(parser.feed(std::as_bytes(std::span(archive.data(), archive.size()))));
    TRY(parser.finish());
    return collector.entries.size() == 1 ? Result<tar::Entry>(collector.entries.front())
                                         : Result<tar::Entry>(Error(ErrorKind::Corrupt, "not one entry"));
}

}  // namespace

/// What is written is what our own strict reader reads.
class TestTarWriter : public QObject {
    Q_OBJECT

private slots:
    void plainEntryNeedsOneHeaderBlock();
    void keepsWhatPlainHeadersCannotHold();
    void keepsTimesBeforeTheEpoch();
    void keepsHoles_data();
    void keepsHoles();
    void foldersEndWithASlash();
    void refusesWhatItCannotWrite();
};

void TestTarWriter::plainEntryNeedsOneHeaderBlock() {
    tar::Entry entry = fileOf("etc/hosts", 5);
    entry.uid = 1000;
    entry.mtimeSeconds = 1'700'000'000;
    const auto header = tar::headerOf(entry);
    VERIFY_OK(header);
    QCOMPARE(header->size(), tar::kBlockBytes);
    const auto read = roundTrip(entry);
    VERIFY_OK(read);
    QCOMPARE(read->path, entry.path);
    QCOMPARE(read->uid, entry.uid);
    QCOMPARE(read->mtimeSeconds, entry.mtimeSeconds);
    QCOMPARE(read->size, entry.size);
}

void TestTarWriter::keepsWhatPlainHeadersCannotHold() {
    tar::Entry entry = fileOf(std::string(300, 'd') + "/n\xc3\xa4me");
    entry.type = tar::EntryType::Symlink;
    entry.linkTarget = std::string(200, 't');
    entry.uid = 3'000'000'000;
    entry.gid = 2'097'152;
    entry.mtimeSeconds = 1'700'000'000;
    entry.mtimeNanoseconds = 120'000'000;
    entry.xattrs = {{"security.capability", std::string("\x01\0\0\x02\0", 5)}, {"user.note", "a=b\nc"}};
    const auto read = roundTrip(entry);
    VERIFY_OK(read);
    QCOMPARE(read->path, entry.path);
    QCOMPARE(read->linkTarget, entry.linkTarget);
    QCOMPARE(read->uid, entry.uid);
    QCOMPARE(read->gid, entry.gid);
    QCOMPARE(read->mtimeNanoseconds, entry.mtimeNanoseconds);
    QCOMPARE(read->xattrs, entry.xattrs);
    const auto large = roundTrip(fileOf("small", 1));
    VERIFY_OK(large);
    auto huge = fileOf("huge", 9'000'000'000);
    const auto header = tar::headerOf(huge);
    VERIFY_OK(header);
    QVERIFY(header->find("size=9000000000\n") != std::string::npos);
}

void TestTarWriter::keepsTimesBeforeTheEpoch() {
    tar::Entry entry = fileOf("old");
    entry.mtimeSeconds = -2;
    entry.mtimeNanoseconds = 250'000'000;  // 1.75 s before 1970
    const auto read = roundTrip(entry);
    VERIFY_OK(read);
    QCOMPARE(read->mtimeSeconds, std::int64_t{-2});
    QCOMPARE(read->mtimeNanoseconds, 250'000'000U);
}

void TestTarWriter::keepsHoles_data() {
    QTest::addColumn<QList<int>>("pieces");  // offset and length by turns, of a file of 100 bytes
    QTest::addColumn<int>("stored");
    QTest::newRow("in front") << QList<int>{90, 10} << 10;
    QTest::newRow("between") << QList<int>{0, 3, 50, 50} << 53;
    QTest::newRow("at the end") << QList<int>{0, 3} << 3;
    QTest::newRow("nothing else") << QList<int>{} << 0;
}

/// A long name is in the extended header as well.
void TestTarWriter::keepsHoles() {
    QFETCH(QList<int>, pieces);
    QFETCH(int, stored);
    for (const std::string& name :
         {std::string("holes"), "dir/" + std::string(120, 'n'), std::string("d/\xc3\xa4")}) {
        tar::Entry entry = fileOf(name, 100);
        entry.sparse = true;
        std::string content;
        std::string whole(100, '\0');
        for (int i = 0; i < pieces.size(); i += 2) {
            entry.segments.push_back(
                {static_cast<std::uint64_t>(pieces[i]), static_cast<std::uint64_t>(pieces[i + 1])});
            const std::string piece(static_cast<std::size_t>(pieces[i + 1]), static_cast<char>('a' + i));
            content += piece;
            whole.replace(static_cast<std::size_t>(pieces[i]), piece.size(), piece);
        }
        QCOMPARE(tar::storedBytes(entry), static_cast<std::uint64_t>(stored));
        const auto header = tar::headerOf(entry);
        VERIFY_OK(header);
        const std::string archive = *header + content + tar::paddingAfter(content.size()) + tar::endMark();
        Collector collector;
        tar::Parser parser(collector);
        VERIFY_OK(parser.feed(std::as_bytes(std::span(archive.data(), archive.size()))));
        VERIFY_OK(parser.finish());
        QCOMPARE(collector.entries.size(), std::size_t{1});
        QCOMPARE(collector.entries[0].path, name);
        QCOMPARE(collector.entries[0].size, std::uint64_t{100});
        collector.contents[0].resize(100, '\0');
        QCOMPARE(collector.contents[0], whole);
    }
}

void TestTarWriter::foldersEndWithASlash() {
    tar::Entry entry;
    entry.path = "usr/bin";
    entry.type = tar::EntryType::Directory;
    entry.mode = 0755;
    const auto header = tar::headerOf(entry);
    VERIFY_OK(header);
    QVERIFY(header->starts_with("usr/bin/"));
}

void TestTarWriter::refusesWhatItCannotWrite() {
    VERIFY_ERROR(tar::headerOf(fileOf(std::string("a\0b", 3))), ErrorKind::InvalidArgument);
    VERIFY_ERROR(tar::headerOf(fileOf("")), ErrorKind::InvalidArgument);
    auto sparse = fileOf("holes", 10);
    sparse.sparse = true;
    sparse.segments = {{8, 3}};
    VERIFY_ERROR(tar::headerOf(sparse), ErrorKind::InvalidArgument);
    sparse.segments = {{4, 2}, {5, 1}};
    VERIFY_ERROR(tar::headerOf(sparse), ErrorKind::InvalidArgument);
    sparse.segments.clear();
    sparse.type = tar::EntryType::Directory;
    VERIFY_ERROR(tar::headerOf(sparse), ErrorKind::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestTarWriter)
#include "test_tar_writer.moc"
