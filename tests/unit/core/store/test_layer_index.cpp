// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/layer_lister.h"
#include "core/store/layer_index.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

using namespace coracle;
using namespace coracle::store;

namespace {

types::ImageFile sample(const std::string& path) {
    types::ImageFile file;
    file.kind = types::ImageFileKind::File;
    file.mode = 04755;
    file.uid = 1000;
    file.gid = 65534;
    file.size = 0x1'0000'0001ULL;
    file.mtimeNs = -5;
    file.contentHash.fill(0xAB);
    file.path = path;
    return file;
}

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

class TestLayerIndex : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = (m_dir->path() + "/index").toStdString();
    }
    void comesBackAsItWas() {
        auto link = sample("a/link");
        link.kind = types::ImageFileKind::Symlink;
        link.link = "../\nelsewhere";
        const std::vector<types::ImageFile> files{sample("."), sample("a/b"), link,
                                                  sample(std::string(4096, 'n'))};
        write(files);
        const auto read = readLayerIndex(m_path);
        VERIFY_OK(read);
        QVERIFY(*read == files);
    }
    void anyPrefixIsDamaged() {
        write({sample("a"), sample("b")});
        const auto whole = sys::readFile(m_path, 1U << 20U);
        VERIFY_OK(whole);
        for (std::size_t length = 0; length < whole->size(); ++length) {
            VERIFY_ERROR(parseLayerIndex(std::string_view(*whole).substr(0, length)), ErrorKind::Corrupt);
        }
        VERIFY_ERROR(parseLayerIndex(*whole + "x"), ErrorKind::Corrupt);
    }
    void whatAHelperThatWasTakenOverMightWriteIsRefused_data() {
        QTest::addColumn<QString>("path");
        for (const char* path : {"", "/etc/passwd", "..", "a/../b", "a//b", "./a", "a/"}) {
            QTest::newRow(path) << QString(path);
        }
    }
    void whatAHelperThatWasTakenOverMightWriteIsRefused() {
        QFETCH(QString, path);
        write({sample(path.toStdString())});
        if (path == "a/") {
            VERIFY_OK(readLayerIndex(m_path));  // the same as "a": nothing can be led astray by it
        } else {
            VERIFY_ERROR(readLayerIndex(m_path), ErrorKind::Corrupt);
        }
    }
    void unknownKindsAndLengthsAreRefused() {
        write({sample("a")});
        auto text = *sys::readFile(m_path, 1U << 20U);
        const auto head = text.find('\n') + 1;
        auto wrongKind = text;
        wrongKind[head + 4] = 'X';
        VERIFY_ERROR(parseLayerIndex(wrongKind), ErrorKind::Corrupt);
        auto wrongLength = text;
        wrongLength[head] = 3;
        VERIFY_ERROR(parseLayerIndex(wrongLength), ErrorKind::Corrupt);
        auto wrongPath = text;
        wrongPath[head + 4 + 45] = '\x7f';  // the length of the path, beyond the entry
        VERIFY_ERROR(parseLayerIndex(wrongPath), ErrorKind::Corrupt);
    }
    void contentHashDependsOnContentAlone() {
        helper::ContentHash hash;
        hash.begin();
        hash.add(0, bytesOf("hello "));
        hash.add(6, bytesOf("world"));
        const auto pieces = hash.finish(11);
        hash.begin();
        hash.add(0, bytesOf("hello world"));
        QVERIFY(hash.finish(11) == pieces);
        hash.begin();
        hash.add(0, bytesOf("hello worle"));
        QVERIFY(hash.finish(11) != pieces);
    }
    void holesCountAsZeros() {
        helper::ContentHash hash;
        hash.begin();
        hash.add(300'000, bytesOf("end"));
        const auto holes = hash.finish(400'000);
        std::string text(400'000, '\0');
        text.replace(300'000, 3, "end");
        hash.begin();
        hash.add(0, bytesOf(text));
        QVERIFY(hash.finish(400'000) == holes);
        hash.begin();
        hash.add(0, bytesOf(text));
        QVERIFY(hash.finish(400'001) != holes);
    }

private:
    void write(const std::vector<types::ImageFile>& files) const {
        const auto fd = sys::openAt(AT_FDCWD, m_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        VERIFY_OK(fd);
        LayerIndexWriter writer(fd->get());
        for (const auto& file : files) {
            VERIFY_OK(writer.add(file));
        }
        VERIFY_OK(writer.finish());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestLayerIndex)
#include "test_layer_index.moc"
