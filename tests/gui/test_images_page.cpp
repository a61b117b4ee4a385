// SPDX-License-Identifier: Apache-2.0
#include "gui/views/images_page.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPushButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// The row of that image in the view, selected.
QModelIndex choose(ImagesPage& page, const char* key) {
    auto* table = child<ListTable>(page, "images.view");
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const auto index = table->model()->index(row, 0);
        if (index.data(ImageModel::KeyRole).toString() == QLatin1String(key)) {
            table->setCurrentIndex(index);
            return index;
        }
    }
    return {};
}

types::ImageDetails image(const char* id, std::vector<std::pair<const char*, std::uint64_t>> layers,
                          bool used) {
    types::ImageDetails details;
    details.summary.id = id;
    if (used) {
        details.summary.usedBy = {"c"};
    }
    for (const auto& [diffId, bytes] : layers) {
        types::ImageLayer layer;
        layer.diffId = diffId;
        layer.unpackedBytes = bytes;
        details.layers.push_back(layer);
    }
    return details;
}

}  // namespace

class TestImagesPage : public QObject {
    Q_OBJECT
private slots:
    void sharedLayersAreCountedOnce() {
        const auto usage = measureUsage({image("a", {{"base", 100}, {"a1", 10}}, true),
                                         image("b", {{"base", 100}, {"b1", 20}}, false),
                                         // The same diff on another base is another layer.
                                         image("c", {{"other", 5}, {"b1", 20}}, false)});
        QCOMPARE(usage.shared, std::uint64_t{100});
        QCOMPARE(usage.inUse, std::uint64_t{10});
        QCOMPARE(usage.unused, std::uint64_t{45});
        QCOMPARE(usage.total(), std::uint64_t{155});
        QCOMPARE(usage.withoutSharing, std::uint64_t{255});
    }
    void theModelKeepsItsPromises() {
        ImageModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ImageProxy proxy;
        QAbstractItemModelTester proxyTester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setSourceModel(&model);
        types::ImageSummary one;
        one.id = "sha256:1";
        one.references = {"docker.io/library/a:1", "docker.io/library/a:2"};
        types::ImageSummary dangling;
        dangling.id = "sha256:2";
        model.setImages({one, dangling});
        QCOMPARE(model.rowCount(), 3);
        QPersistentModelIndex kept = model.index(1, 0);
        one.references = {"docker.io/library/a:2"};
        model.setImages({one});
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), QStringLiteral("a:2"));
    }
    void filtersByTextAndUse() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        auto* table = child<ListTable>(page, "images.view");
        auto* filter = child<QLineEdit>(page, "images.filter");
        QCOMPARE(table->model()->rowCount(), 14);
        filter->setText(QStringLiteral("worker"));
        QCOMPARE(table->model()->rowCount(), 1);
        filter->setText(QStringLiteral("nothing like it"));
        auto* clear = child<QAbstractButton>(page, "images.noMatch.clear");
        page.show();
        QVERIFY(clear->isVisible());
        clear->click();
        QCOMPARE(table->model()->rowCount(), 14);
        child<Segments>(page, "images.state")->setCurrent(2);
        QCOMPARE(table->model()->rowCount(), 5);
    }
    void tenThousandImagesFilterQuickly() {
        ImageModel model;
        ImageProxy proxy;
        proxy.setSourceModel(&model);
        std::vector<types::ImageSummary> images(10'000);
        for (std::size_t i = 0; i < images.size(); ++i) {
            images[i].id = "sha256:" + std::to_string(i);
        }
        model.setImages(images);
        QElapsedTimer clock;
        clock.start();
        proxy.setText(QStringLiteral("9999"));
        QCOMPARE(proxy.rowCount(), 1);
        QVERIFY2(clock.elapsed() < 300, qPrintable(QString::number(clock.elapsed())));
    }
    void anImageInUseCannotBeDeleted() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        QVERIFY(choose(page, "docker.io/library/nginx:1.27").isValid());
        QTest::keyClick(child<ListTable>(page, "images.view"), Qt::Key_Delete);
        QCOMPARE(f.toasts.toasts().size(), std::size_t{1});
        QVERIFY(f.toasts.toasts()[0]->title().contains(QStringLiteral("in use")));
        QCOMPARE(f.engine->calls("images.remove"), 0);
        QTest::keyClick(child<ListTable>(page, "images.view"), Qt::Key_Menu);
        emit child<ListTable>(page, "images.view")
            ->menuWanted(choose(page, "docker.io/library/nginx:1.27"), {});
        auto* menu = child<QMenu>(page, "images.rowMenu");
        auto* remove = menu->findChild<QAction*>(QStringLiteral("images.row.delete"));
        QVERIFY(remove != nullptr);
        QVERIFY(!remove->isEnabled());
        QVERIFY(remove->text().contains(QStringLiteral("web")));
        menu->close();
    }
    void deletingCanBeUndone() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        auto* table = child<ListTable>(page, "images.view");
        QVERIFY(choose(page, "docker.io/library/redis:7").isValid());
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(f.prompt.copied.startsWith(QStringLiteral("sha256:")));
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(table->model()->rowCount(), 13);
        QTRY_COMPARE(f.engine->calls("images.remove"), 1);
        QTRY_COMPARE(f.state.images().rows.size(), std::size_t{13});
        QTRY_VERIFY(f.toasts.canUndo());
        f.toasts.undo();
        QTRY_COMPARE(table->model()->rowCount(), 14);
    }
    void aDeletionThatFailsBringsTheRowBack() {
        Fixture f;
        f.engine->setFailure("images.remove", Error(ErrorKind::Conflict, "image is used"));
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        auto* table = child<ListTable>(page, "images.view");
        QVERIFY(choose(page, "docker.io/library/redis:7").isValid());
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(table->model()->rowCount(), 13);
        QTRY_COMPARE(table->model()->rowCount(), 14);
        QVERIFY(!f.toasts.canUndo());
    }
    void enterRunsAndTheButtonPulls() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        QVERIFY(choose(page, "docker.io/library/redis:7").isValid());
        QTest::keyClick(child<ListTable>(page, "images.view"), Qt::Key_Return);
        QCOMPARE(f.navigator.runs.size(), std::size_t{1});
        QCOMPARE(f.navigator.runs[0].image, std::string("redis:7"));
        child<QPushButton>(page, "images.pull")->click();
        QCOMPARE(f.navigator.pulls.size(), std::size_t{1});
    }
    void emptyAndErrorHaveAWayOn() {
        auto engine = std::make_shared<FakeEngine>();
        Fixture f(engine);
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        auto* pull = child<QAbstractButton>(page, "images.empty.pull");
        QVERIFY(pull->isVisible());
        pull->click();
        QCOMPARE(f.navigator.pulls.size(), std::size_t{1});

        auto broken = std::make_shared<FakeEngine>();
        broken->setFailure("images.list", Error(ErrorKind::Io, "read '/x': input/output error"));
        Fixture g(broken);
        ImagesPage failed(g.context);
        failed.show();
        auto* again = child<QAbstractButton>(failed, "images.failed.retry");
        QTRY_VERIFY(again->isVisible());
        broken->setFailure("images.list", std::nullopt);
        again->click();
        QTRY_VERIFY(child<QAbstractButton>(failed, "images.empty.pull")->isVisible());
    }
    void everyInputHasAName() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        QCOMPARE(namelessInputs(page), QStringList());
    }
};

QTEST_MAIN(TestImagesPage)
#include "test_images_page.moc"
