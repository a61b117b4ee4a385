// SPDX-License-Identifier: Apache-2.0
// The layers of an image: what is derived of them, the tree of paths, and the page.
#include "gui/models/file_tree_model.h"
#include "gui/models/image_content.h"
#include "gui/views/file_view.h"
#include "gui/views/image_page.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QTabBar>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

using types::ImageFile;
using types::ImageFileKind;

ImageFile file(const std::string& path, std::uint64_t size = 10, ImageFileKind kind = ImageFileKind::File) {
    ImageFile one;
    one.kind = kind;
    one.mode = kind == ImageFileKind::Folder ? 0755 : 0644;
    one.path = path;
    one.size = kind == ImageFileKind::File ? size : 0;
    return one;
}

ImageFile folder(const std::string& path) {
    return file(path, 0, ImageFileKind::Folder);
}

ImageFile gone(const std::string& path) {
    return file(path, 0, ImageFileKind::Whiteout);
}

std::shared_ptr<const ImageContent> contentOf(std::vector<std::vector<ImageFile>> layers) {
    ImageContent content;
    for (auto& files : layers) {
        content.layers.push_back({"sha256:1", "step", 10, std::move(files)});
    }
    content.view = types::viewImage(content.layers);
    return std::make_shared<const ImageContent>(std::move(content));  // as the engine's worker gives it
}

/// "app/ ." for a folder with changes, "  app/x A" for a file in it.
QStringList rows(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0) {
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QChar mark = index.data(FileTreeModel::MarkRole).toChar();
        all.append(QString(depth, QLatin1Char(' ')) + index.data().toString() +
                   (index.data(FileTreeModel::FolderRole).toBool() ? QStringLiteral("/") : QString()) +
                   (mark.isNull() ? QString() : QLatin1Char(' ') + QString(mark)));
        all += rows(model, index, depth + 1);
    }
    return all;
}

std::vector<PathEntry> entries(const std::vector<std::pair<std::string_view, char>>& paths) {
    std::vector<PathEntry> all;
    for (const auto& [path, mark] : paths) {
        all.push_back({path, nullptr, mark == ' ' ? QChar() : QLatin1Char(mark), {}});
    }
    return all;
}

struct Layers {
    Layers() {
        if (f.show()) {
            open("localhost/shop/api:2.3");
        }
    }
    void open(const char* reference) {
        f.window.open({.page = QStringLiteral("image"), .id = QString::fromLatin1(reference), .tab = {}});
    }
    ImagePage& page() { return *f.window.findChild<ImagePage*>(); }
    bool loaded() { return page().content() != nullptr; }
    ListTable& steps() { return *child<ListTable>(page(), "layers.list"); }
    QAbstractItemModel& tree() { return *child<FileView>(page(), "layers.tree")->model(); }
    QString label(const char* name) { return child<QLabel>(page(), name)->text(); }

    WindowFixture f;
};

}  // namespace

class TestImagePage : public QObject {
    Q_OBJECT
private slots:
    void aStepIsChosenFromRightToLeft() {
        const auto restore = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
        QApplication::setLayoutDirection(Qt::RightToLeft);
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        QVERIFY(layers.steps().selectionModel()->isRowSelected(6));
        layers.steps().selectRow(2);
        QCOMPARE(layers.steps().selectionModel()->selectedRows().size(), 1);
        QCOMPARE(layers.steps().currentIndex().row(), 2);
        QTRY_VERIFY(layers.tree().rowCount() > 0);
    }
    void wordsStayTogetherWhereNothingIsWasted() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        layers.open("docker.io/library/alpine:3.20");
        QTRY_VERIFY(!child<ListTable>(layers.page(), "layers.waste")->isVisible());
        const auto* head = child<QLabel>(layers.page(), "layers.efficiency");
        const auto* words = child<QLabel>(layers.page(), "layers.wasteWords");
        QTRY_VERIFY(words->geometry().top() - head->geometry().bottom() < 60);
    }
    void pathsBecomeATree() {
        PathTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // "a-b" lies between "a" and "a/x" in the order of bytes.
        model.setEntries(entries({{"a/x", 'A'}, {"a-b", 'M'}, {"a", ' '}, {"c/d/e", 'D'}, {"a/y/z", ' '}}),
                         nullptr);
        QCOMPARE(rows(model), (QStringList{"a/ .", " y/", "  z", " x A", "c/ .", " d/ .", "  e D", "a-b M"}));
        QCOMPARE(PathTreeModel::pathOf(model.index(0, 0, model.index(0, 0))), QStringLiteral("/a/y"));
        QVERIFY(!model.hasChildren(model.index(2, 0)));
        model.setEntries({}, nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
    void foldersSumUpWhatIsInThem() {
        const ImageFile one = file("a/one", 1500);
        const ImageFile two = file("a/b/two", 500);
        const ImageFile lost = file("a/lost", 9000);
        PathTreeModel model;
        model.setEntries({{one.path, &one, QLatin1Char('A'), {}},
                          {two.path, &two, QLatin1Char('A'), {}},
                          {lost.path, &lost, QLatin1Char('D'), {}}},
                         nullptr);
        QCOMPARE(model.index(0, PathTreeModel::SizeColumn).data().toString(), QStringLiteral("2 kB"));
    }
    void aHundredThousandPathsAreQuick() {
        std::vector<ImageFile> files;
        for (int i = 0; i < 100'000; ++i) {
            files.push_back(file("usr/lib/package" + std::to_string(i % 500) + "/file" + std::to_string(i)));
        }
        std::vector<PathEntry> all;
        for (const ImageFile& one : files) {
            all.push_back({one.path, &one, QLatin1Char('A'), {}});
        }
        PathTreeModel model;
        OwnClock clock;
        model.setEntries(std::move(all), nullptr);
        const QModelIndex lib = model.index(0, 0, model.index(0, 0));
        QCOMPARE(model.rowCount(lib), 500);
        QCOMPARE(model.rowCount(model.index(7, 0, lib)), 200);
        QVERIFY2(clock.computed() < 3000, qPrintable(QString::number(clock.computed())));
    }
    void aLayerHasItsChanges() {
        const auto content = contentOf({{folder("etc"), file("etc/a"), file("etc/b"), file("old", 500)},
                                        {folder("etc"), file("etc/a", 20), file("new"), gone("old")}});
        PathTreeModel model;
        model.setEntries(layerEntries(*content, 1, {}, {}), content);
        QCOMPARE(rows(model), (QStringList{"etc/ .", " a M", "new A", "old D"}));
        model.setEntries(layerEntries(*content, 1, {.added = false}, {}), content);
        QCOMPARE(rows(model), (QStringList{"etc/ .", " a M", "old D"}));
        model.setEntries(layerEntries(*content, 1, {}, QStringLiteral("NEW")), content);
        QCOMPARE(rows(model), (QStringList{"new A"}));
        model.setEntries(entriesSoFar(*content, 1, {}), content);
        QCOMPARE(rows(model), (QStringList{"etc/ .", " a M", " b", "new A"}));
        const auto first = layerEntries(*content, 0, {}, QStringLiteral("old"));
        QCOMPARE(first.size(), std::size_t(1));
        QCOMPARE(first.front().note, QStringLiteral("deleted in step 2"));
    }
    void imagesAreCompared() {
        ImageComparison comparison;
        comparison.from = contentOf({{file("a"), file("b", 1), file("same")}});
        comparison.to = contentOf({{file("b", 2), file("c"), file("same")}});
        comparison.differences = types::compareImages(comparison.from->layers, comparison.to->layers);
        PathTreeModel model;
        model.setEntries(comparedEntries(comparison, {}, {}), nullptr);
        QCOMPARE(rows(model), (QStringList{"a D", "b M", "c A"}));
    }
    void stepsInWords_data() {
        QTest::addColumn<QString>("createdBy");
        QTest::addColumn<QString>("words");
        QTest::newRow("docker's") << "/bin/sh -c #(nop)  CMD [\"sh\"]"
                                  << "CMD [\"sh\"]";
        QTest::newRow("buildkit") << "RUN /bin/sh -c npm ci # buildkit"
                                  << "RUN npm ci";
        QTest::newRow("a shell's") << "/bin/sh -c apt-get   update"
                                   << "RUN apt-get update";
        QTest::newRow("none") << ""
                              << "Not told";
    }
    void stepsInWords() {
        QFETCH(QString, createdBy);
        QTEST(stepWords(createdBy.toStdString()), "words");
    }

    void thePageShowsStepsFilesAndWaste() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        QCOMPARE(layers.steps().model()->rowCount(), 7);
        QCOMPARE(layers.steps().currentIndex().row(), 6);
        QCOMPARE(rows(layers.tree()), (QStringList{"app/ .", " test D", "root/ .", " .npm D"}));
        QCOMPARE(layers.label("layers.efficiency"), QStringLiteral("Efficiency 91%"));
        QVERIFY(layers.label("layers.wasted").contains(QStringLiteral("19 MB")));
        layers.steps().selectRow(2);
        QCOMPARE(rows(layers.tree()), (QStringList{"app/ A"}));
        child<Segments>(layers.page(), "layers.mode")->setCurrent(1);
        QVERIFY(rows(layers.tree()).contains(QStringLiteral("  node A")) ||
                rows(layers.tree()).contains(QStringLiteral("  node")));
        QVERIFY(!rows(layers.tree()).contains(QStringLiteral("  perl")));
        child<Segments>(layers.page(), "layers.mode")->setCurrent(0);
        auto* waste = child<ListTable>(layers.page(), "layers.waste");
        emit waste->clicked(waste->model()->index(0, 0));
        QCOMPARE(layers.steps().currentIndex().row(), 4);
        QVERIFY(rows(layers.tree()).contains(QStringLiteral(" .npm/ A")));
        QCOMPARE(namelessInputs(layers.page()), QStringList());
        child<QPushButton>(layers.page(), "layers.copyDigest")->click();
        QCOMPARE(layers.f.prompt.copied, QStringLiteral("sha256:") + QString(64, QLatin1Char('5')));
    }
    void kindsAreChosen() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        layers.steps().selectRow(1);
        const QStringList all = rows(layers.tree());
        QVERIFY(all.contains(QStringLiteral("  perl D")));
        child<Segments>(layers.page(), "layers.kinds")->button(2)->click();
        QVERIFY(!rows(layers.tree()).contains(QStringLiteral("  perl D")));
        layers.page().focusFilter();
        QTest::keyClicks(child<FilterEdit>(layers.page(), "layers.find"), QStringLiteral("pkgcache"));
        QCOMPARE(rows(layers.tree()), (QStringList{"var/ .", " cache/ .", "  apt/ .", "   pkgcache.bin A"}));
    }
    void kindsHaveTheColoursOfTheirLetters() {
        Layers page;
        QTRY_VERIFY(page.loaded());
        auto* kinds = child<Segments>(page.f.window, "layers.kinds");
        QCOMPARE(kinds->button(0)->onInk(), Token::Ok);
        QCOMPARE(kinds->button(1)->onInk(), Token::Warn);
        QCOMPARE(kinds->button(2)->onInk(), Token::Err);
    }
    void theMenuDoesWhatTheRowInTheListDoes() {
        Layers page;
        QTRY_VERIFY(page.loaded());
        auto* more = child<QAbstractButton>(page.f.window, "image.more");
        QVERIFY(more->isVisible());
        const auto choose = [&](const char* name) {
            more->click();
            auto* menu = child<QMenu>(page.f.window, "image.moreMenu");
            auto* action = menu->findChild<QAction*>(QString::fromLatin1(name));
            const bool there = action != nullptr && action->isEnabled();
            if (there) {
                action->trigger();
            }
            menu->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            return there;
        };
        QVERIFY(!choose("images.row.delete"));  // containers use it
        QVERIFY(!choose("images.row.layers"));  // that is this page
        page.f.prompt.text = QStringLiteral("team/api:9");
        QVERIFY(choose("images.row.tag"));
        QTRY_COMPARE(page.f.engine->calls("images.tag"), 1);
        page.f.prompt.file = QStringLiteral("/tmp/api.tar");
        QVERIFY(choose("images.row.save"));
        QTRY_COMPARE(page.f.engine->calls("archives.save"), 1);
        QVERIFY(choose("images.row.copyName"));
        QCOMPARE(page.f.prompt.copied, QStringLiteral("localhost/shop/api:2.3"));
        // With a second name this one may go; the page goes with it, and Undo brings the name back.
        const auto names = [&page] {
            for (const auto& image : page.f.window.state().images().rows) {
                if (image.references.front() == "localhost/shop/api:2.3") {
                    return image.references.size();
                }
            }
            return std::size_t{0};
        };
        QTRY_COMPARE(names(), std::size_t{2});
        QVERIFY(choose("images.row.delete"));
        QTRY_COMPARE(page.f.engine->calls("images.remove"), 1);
        QTRY_COMPARE(page.f.window.place().page, QStringLiteral("containers"));  // from where it was opened
        QTRY_VERIFY(page.f.window.toasts().canUndo());
    }
    void anotherImageIsHeldAgainstIt() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        const auto& rowsOfState = layers.f.window.state().images().rows;
        QString other;
        for (const auto& image : rowsOfState) {
            if (!image.references.empty() && image.references.front() != "localhost/shop/api:2.3") {
                other = QString::fromStdString(image.references.front());
            }
        }
        layers.f.engine->setImageFiles(other.toStdString(),
                                       {{"sha256:1", "x", 1, {folder("app"), file("only/here")}}});
        layers.page().compareWith(other, QStringLiteral("other"));
        QTRY_VERIFY(rows(layers.tree()).contains(QStringLiteral(" here D")));
        auto* banner = child<Banner>(layers.page(), "layers.banner");
        QVERIFY(banner->isVisible() && banner->text().contains(QStringLiteral("other")));
        child<QAbstractButton>(*banner, "layers.endCompare")->click();
        QVERIFY(!banner->isVisible());
        QVERIFY(!rows(layers.tree()).contains(QStringLiteral(" here D")));
        layers.f.engine->setFailure("archives.imageFiles", Error(ErrorKind::Corrupt, "damaged"));
        layers.page().compareWith(other, QStringLiteral("other"));
        QTRY_COMPARE(banner->text(), QStringLiteral("Damaged"));
    }
    void whatCannotBeReadSaysWhy() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        layers.f.engine->setFailure("archives.imageFiles", Error(ErrorKind::Corrupt, "damaged"));
        layers.open("docker.io/library/none:1");
        auto* failed = child<EmptyState>(layers.page(), "layers.failed");
        QTRY_VERIFY(failed->isVisible());
        layers.f.engine->setFailure("archives.imageFiles", std::nullopt);
        layers.open("localhost/shop/api:2.3");
        QTRY_VERIFY(layers.loaded() && !failed->isVisible());
    }
    void whatElseIsKnownHasTabs() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        auto* tabs = child<QTabBar>(layers.page(), "image.tabs");
        QCOMPARE(tabs->count(), 5);
        QVERIFY(layers.label("layers.sum").contains(QStringLiteral("paths")));
        QTest::keyClick(tabs, Qt::Key_Right);
        auto* start = child<KeyValueGrid>(layers.page(), "image.start");
        QTRY_VERIFY(start->isVisible());
        QTRY_VERIFY(!start->value(QStringLiteral("Command")).isEmpty());
        QVERIFY(!child<QAbstractButton>(layers.page(), "layers.compare")->isVisible());
        tabs->setCurrentIndex(2);
        auto* history = child<ListTable>(layers.page(), "image.history");
        QVERIFY(history->isVisible());
        QVERIFY(history->model()->rowCount() > 0);
        // Who uses it changes while it is shown.
        tabs->setCurrentIndex(3);
        auto* users = child<ListTable>(layers.page(), "image.users");
        QTRY_COMPARE(users->model()->rowCount(), 2);
        layers.f.engine->eraseContainer(layers.f.id("worker"));
        layers.f.engine->send({});
        layers.f.window.state().refreshContainers();
        QTRY_COMPARE(users->model()->rowCount(), 1);
        tabs->setCurrentIndex(4);
        QVERIFY(child<QWidget>(layers.page(), "image.inspect.copyJson")->isEnabled());
        layers.page().focusFilter();
        QVERIFY(child<FilterEdit>(layers.page(), "image.inspect.search")->hasFocus());
        QCOMPARE(namelessInputs(layers.page()), QStringList());
        // Back leads to the tab that was left, and a row to its container.
        tabs->setCurrentIndex(3);
        users->setCurrentIndex(users->model()->index(0, 0));
        QTest::keyClick(users, Qt::Key_Return);
        QTRY_VERIFY(!layers.page().isVisible());
        layers.f.window.back();
        QTRY_VERIFY(layers.page().isVisible());
        QCOMPARE(tabs->currentIndex(), 3);
    }
    void factsThatCannotBeReadSayWhy() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        layers.f.engine->setFailure("images.inspect", Error(ErrorKind::Corrupt, "damaged"));
        layers.open("docker.io/library/redis:7");
        child<QTabBar>(layers.page(), "image.tabs")->setCurrentIndex(1);
        QTRY_VERIFY(child<EmptyState>(layers.page(), "image.factsFailed")->isVisible());
        layers.f.engine->setFailure("images.inspect", std::nullopt);
        child<QAbstractButton>(layers.page(), "image.factsRetry")->click();
        QTRY_VERIFY(child<QWidget>(layers.page(), "image.start")->isVisible());
    }
    void aWaitIsNoticed() {
        Layers layers;
        QTRY_VERIFY(layers.loaded());
        layers.f.engine->setDelay("archives.imageFiles", std::chrono::seconds(20));
        layers.open("docker.io/library/redis:7");
        QVERIFY(child<EmptyState>(layers.page(), "layers.loading")->isVisible());
        QCOMPARE(rows(layers.tree()), QStringList());
        layers.f.engine->wakeAll();
    }
};

QTEST_MAIN(TestImagePage)
#include "test_image_page.moc"
