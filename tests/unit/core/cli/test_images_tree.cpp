// SPDX-License-Identifier: Apache-2.0
#include "core/cli/images_tree.h"

#include <QTest>

using namespace coracle;

namespace {

types::ImageDetails sample() {
    types::ImageDetails image;
    image.summary.id = "sha256:0123456789abcdef";
    image.summary.references = {"app:1", "localhost/app:1"};
    image.summary.sizeBytes = 12'000'000;
    image.summary.usedBy = {"web"};
    image.layers.resize(2);
    image.layers[0].blobBytes = 3'000'000;
    image.layers[1].blobBytes = 1'000'000;
    image.layers[0].blobKept = image.layers[1].blobKept = true;
    image.platforms = {{"linux/amd64", "sha256:aaaaaaaaaaaaaaaa", true},
                       {"linux/arm64/v8", "sha256:bbbbbbbbbbbbbbbb", false}};
    return image;
}

class TestImagesTree : public QObject {
    Q_OBJECT

private slots:
    /// The base of an image that was loaded: its archive is known and not here.
    void countsNoArchiveThatIsNotKept() {
        auto loaded = sample();
        loaded.layers[0].blobKept = false;
        const std::string text = cli::imagesTree({loaded}, 80);
        QVERIFY2(text.find("13MB            4MB   U") != std::string::npos, text.c_str());
    }
    void showsNamesPlatformsAndUse() {
        auto untagged = sample();
        untagged.summary.references.clear();
        untagged.summary.usedBy.clear();
        untagged.platforms.resize(1);
        const std::string wanted =
            "                                                            i Info →   U  In Use\n"
            "\n"
            "IMAGE               ID             DISK USAGE   CONTENT SIZE   EXTRA\n"
            "localhost/app:1\n"
            "app:1               0123456789ab         16MB            4MB   U\n"
            "├─ linux/amd64      aaaaaaaaaaaa         16MB            4MB   U\n"
            "└─ linux/arm64/v8   bbbbbbbbbbbb           0B             0B\n"
            "\n"
            "<untagged>          0123456789ab         16MB            4MB\n"
            "└─ linux/amd64      aaaaaaaaaaaa         16MB            4MB\n";
        QCOMPARE(QString::fromStdString(cli::imagesTree({sample(), untagged}, 80)),
                 QString::fromStdString(wanted));
    }
    void leavesOutColumnsThatDoNotFit() {
        const auto text = QString::fromStdString(cli::imagesTree({sample()}, 45));
        QVERIFY2(text.contains("IMAGE               ID             DISK USAGE\n"), qPrintable(text));
        QVERIFY(!text.contains("CONTENT"));
    }
    void strangersWordsReachNoTerminal() {
        auto image = sample();
        image.platforms[1].platform = "linux/\x1b[2J";
        QVERIFY(cli::imagesTree({image}, 80).find('\x1b') == std::string::npos);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TestImagesTree)
#include "test_images_tree.moc"
