// SPDX-License-Identifier: Apache-2.0
#include "core/types/image_view.h"

#include <QTest>

#include <algorithm>

using namespace coracle::types;

namespace {

ImageFile entry(ImageFileKind kind, const std::string& path, std::uint64_t size = 0,
                std::uint8_t content = 0) {
    ImageFile file;
    file.kind = kind;
    file.mode = kind == ImageFileKind::Folder ? 0755 : 0644;
    file.size = size;
    file.contentHash[0] = content;
    file.path = path;
    return file;
}
ImageFile file(const std::string& path, std::uint64_t size, std::uint8_t content = 1) {
    return entry(ImageFileKind::File, path, size, content);
}
ImageFile folder(const std::string& path) {
    return entry(ImageFileKind::Folder, path);
}
ImageFile whiteout(const std::string& path) {
    return entry(ImageFileKind::Whiteout, path);
}
ImageFile opaque(const std::string& path) {
    return entry(ImageFileKind::Opaque, path);
}
LayerFiles layer(std::vector<ImageFile> files) {
    LayerFiles made;
    made.files = std::move(files);
    return made;
}
/// "A a/b, D c": the changes of one layer.
std::string changes(const std::vector<LayerFiles>& layers, std::size_t layer) {
    std::string text;
    const auto view = viewImage(layers);
    for (const auto& change : view.layers[layer].changes) {
        text += (text.empty() ? "" : ", ") + std::string(1, change.letter) + " " +
                layers[layer].files[change.file].path;
    }
    return text;
}
std::string paths(const std::vector<SeenFile>& files) {
    std::string text;
    for (const auto& seen : files) {
        text += (text.empty() ? "" : " ") + seen.file->path + "@" + std::to_string(seen.layer);
    }
    return text;
}

}  // namespace

class TestImageView : public QObject {
    Q_OBJECT
private slots:
    void aLayerThatOnlyPassesThroughAFolderDoesNotChangeIt() {
        auto link = entry(ImageFileKind::Symlink, "l");
        link.link = "a";
        const std::vector<LayerFiles> layers{layer({folder("a"), file("a/x", 10), link}),
                                             layer({folder("a"), file("a/y", 5), link})};
        const auto view = viewImage(layers);
        QCOMPARE(changes(layers, 0), std::string("A a, A a/x, A l"));
        QCOMPARE(changes(layers, 1), std::string("A a/y"));
        QCOMPARE(view.efficiency(), 100);
        QVERIFY(view.waste.empty());
    }
    void aFileWrittenAgainWastesItsFirstBytes() {
        const std::vector<LayerFiles> layers{layer({file("x", 30), file("z", 10)}),
                                             layer({file("x", 60, 2)})};
        const auto view = viewImage(layers);
        QCOMPARE(changes(layers, 1), std::string("C x"));
        QVERIFY(view.waste == (std::vector<WastedPath>{{"x", 30, 0, 1, false}}));
        QCOMPARE(view.fileBytes, 100U);
        QCOMPARE(view.efficiency(), 70);
    }
    void aDeletedFolderWastesWhatIsInIt() {
        const std::vector<LayerFiles> layers{layer({folder("c"), file("c/small", 1)}),
                                             layer({folder("c/d"), file("c/d/big", 100)}),
                                             layer({file("c.txt", 7)}), layer({whiteout("c")})};
        const auto view = viewImage(layers);
        QCOMPARE(changes(layers, 3), std::string("D c"));
        QCOMPARE(view.layers[3].deleted, 1U);
        QVERIFY(view.waste == (std::vector<WastedPath>{{"c", 101, 1, 3, true}}));
        QCOMPARE(paths(seenFiles(layers, 4)), std::string("c.txt@2"));
        QCOMPARE(paths(seenFiles(layers, 1)), std::string("c@0 c/small@0"));
    }
    void anOpaqueFolderHidesOnlyWhatIsBelow() {
        const std::vector<LayerFiles> layers{layer({folder("o"), file("o/old", 4)}),
                                             layer({file("o/new", 3), folder("o"), opaque("o")})};
        const auto view = viewImage(layers);
        QCOMPARE(paths(seenFiles(layers, 2)), std::string("o@1 o/new@1"));
        QVERIFY(view.waste == (std::vector<WastedPath>{{"o", 4, 0, 1, true}}));
    }
    void anOpaqueRootHidesAll() {
        const std::vector<LayerFiles> layers{layer({file("a", 4)}), layer({opaque("."), file("b", 1)})};
        QCOMPARE(paths(seenFiles(layers, 2)), std::string("b@1"));
    }
    void aMarkAndAFileOfOneNameAreAReplacement() {
        const std::vector<LayerFiles> layers{layer({folder("p"), file("p/in", 8)}),
                                             layer({whiteout("p"), file("p", 2)})};
        const auto view = viewImage(layers);
        QCOMPARE(changes(layers, 1), std::string("C p"));
        QCOMPARE(paths(seenFiles(layers, 2)), std::string("p@1"));
        QCOMPARE(view.wastedBytes, 8U);
    }
    void aFileInPlaceOfAFolderTakesItsContentAway() {
        const std::vector<LayerFiles> layers{layer({folder("p"), file("p/in", 8)}), layer({file("p", 2)})};
        QCOMPARE(paths(seenFiles(layers, 2)), std::string("p@1"));
        QCOMPARE(viewImage(layers).wastedBytes, 8U);
    }
    void ofTwoEntriesTheLaterCounts() {
        const std::vector<LayerFiles> layers{layer({file("x", 3), file("x", 9)})};
        const auto view = viewImage(layers);
        QCOMPARE(view.layers[0].added, 1U);
        QCOMPARE(view.fileBytes, 9U);
    }
    void aMarkForNothingIsPassedOver() {
        const std::vector<LayerFiles> layers{layer({whiteout("nothing"), opaque("none"), file("x", 1)})};
        const auto view = viewImage(layers);
        QCOMPARE(changes(layers, 0), std::string("A x"));
        QVERIFY(view.waste.empty());
    }
    void namesThatBeginAlikeAreNotBelowEachOther() {
        const std::vector<LayerFiles> layers{
            layer({folder("lib"), file("lib/a", 1), folder("lib64"), file("lib64/b", 1), file("lib.so", 1)}),
            layer({whiteout("lib")})};
        QCOMPARE(paths(seenFiles(layers, 2)), std::string("lib.so@0 lib64@0 lib64/b@0"));
    }
    void comparesWhatContainersSee() {
        auto hard = entry(ImageFileKind::Hardlink, "hard");
        hard.link = "x";
        auto link = entry(ImageFileKind::Symlink, "link");
        link.link = "here";
        auto other = link;
        other.link = "there";
        const std::vector<LayerFiles> from{layer({file("x", 3), file("gone", 1), file("hard", 3), link})};
        const std::vector<LayerFiles> to{layer({file("gone", 1), file("x", 3)}),
                                         layer({whiteout("gone"), file("new", 1), hard, other})};
        const auto found = compareImages(from, to);
        QVERIFY(found == (std::vector<ImageDifference>{{'D', "gone"}, {'C', "link"}, {'A', "new"}}));
        QVERIFY(compareImages(to, to).empty());
    }
    void modesReadLikeThoseOfLs() {
        auto one = file("x", 1);
        one.mode = 04755;
        QCOMPARE(modeText(one), std::string("-rwsr-xr-x"));
        one = folder("tmp");
        one.mode = 01777;
        QCOMPARE(modeText(one), std::string("drwxrwxrwt"));
        one.mode = 02640;
        QCOMPARE(modeText(one), std::string("drw-r-S---"));
        QCOMPARE(modeText(whiteout("w"))[0], 'w');
    }
    void aHundredThousandFilesAreNoWait() {
        std::vector<LayerFiles> layers(2);
        for (std::size_t i = 0; i < 100'000; ++i) {
            layers[i % 2].files.push_back(
                file("usr/share/folder" + std::to_string(i % 300) + "/file" + std::to_string(i), 10));
        }
        QBENCHMARK_ONCE {
            QCOMPARE(viewImage(layers).layers[0].added, 50'000U);
        }
    }
};

QTEST_APPLESS_MAIN(TestImageView)
#include "test_image_view.moc"
