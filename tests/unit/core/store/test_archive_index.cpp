// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/archive_index.h"
#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace coracle;
using namespace coracle::store;
using namespace coracle::store::helper;
using test::TarBuilder;

namespace {

Result<ArchiveIndex> indexOf(const std::string& archive) {
    TRY_ASSIGN(const sys::UniqueFd file, sys::memoryFile(archive));
    return indexArchive(file.get());
}

}  // namespace

class TestArchiveIndex : public QObject {
    Q_OBJECT

private slots:
    void saysWhereContentLies();
    void resolvesLinksWithinTheArchive();
    void takesTheVocabularyOfTar();
    void refuses_data();
    void refuses();
};

void TestArchiveIndex::saysWhereContentLies() {
    const std::string large(3'000'000, 'q');
    const std::string archive =
        TarBuilder().folder("blobs").file("./blobs//large", large).file("index.json", "{}").finish();
    const auto index = indexOf(archive);
    VERIFY_OK(index);
    QCOMPARE(index->entries.size(), std::size_t{2});
    QCOMPARE(index->entries[0].name, std::string("blobs/large"));
    QCOMPARE(archive.substr(index->entries[0].offset, index->entries[0].size), large);
    QCOMPARE(archive.substr(index->entries[1].offset, index->entries[1].size), std::string("{}"));
}

void TestArchiveIndex::resolvesLinksWithinTheArchive() {
    const auto index = indexOf(TarBuilder()
                                   .file("a/layer.tar", "x")
                                   .link('2', "b/layer.tar", "../a/layer.tar")
                                   .link('1', "c/layer.tar", "a/layer.tar")
                                   .finish());
    VERIFY_OK(index);
    QCOMPARE(index->entries[1].link, std::string("a/layer.tar"));
    QCOMPARE(index->entries[2].link, std::string("a/layer.tar"));
}

void TestArchiveIndex::takesTheVocabularyOfTar() {
    const std::string name = std::string(200, 'n') + "/file";
    const auto index = indexOf(TarBuilder()
                                   .pax({{"path", name}})
                                   .file("short", "1")
                                   .gnuLongName(name + "2")
                                   .file("s", "2")
                                   .finish());
    VERIFY_OK(index);
    QCOMPARE(index->entries[0].name, name);
    QCOMPARE(index->entries[1].name, name + "2");
}

void TestArchiveIndex::refuses_data() {
    QTest::addColumn<QByteArray>("archive");
    const auto row = [](const char* title, const std::string& archive) {
        QTest::newRow(title) << QByteArray::fromStdString(archive);
    };
    const std::string good = TarBuilder().file("a", std::string(5000, 'x')).finish();
    row("no archive", std::string(2000, 'x'));
    row("the same name twice", TarBuilder().file("a", "1").file("./a", "2").finish());
    row("a name that leads out", TarBuilder().file("../a", "1").finish());
    row("a link that leads out", TarBuilder().link('2', "a", "../../b").finish());
    row("an absolute link", TarBuilder().link('2', "a", "/etc/passwd").finish());
    row("an end in the middle of a file", good.substr(0, 3000));
    row("an end in the middle of a header", good.substr(0, 100));
    test::TarHeader huge;
    huge.name = "huge";
    huge.size = 1ULL << 32U;
    row("a file longer than the archive", TarBuilder().entry(huge, "").finish());
}

void TestArchiveIndex::refuses() {
    QFETCH(QByteArray, archive);
    VERIFY_ERROR(indexOf(archive.toStdString()), ErrorKind::Corrupt);
}

QTEST_GUILESS_MAIN(TestArchiveIndex)
#include "test_archive_index.moc"
