// SPDX-License-Identifier: Apache-2.0
#include "gui/models/image_removal.h"
#include "gui/views/images_page.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
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

/// Select exactly these rows, by keys that a person has.
void chooseAll(ImagesPage& page, const std::vector<const char*>& keys) {
    auto* table = child<ListTable>(page, "images.view");
    table->clearSelection();
    for (const char* key : keys) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const auto index = table->model()->index(row, 0);
            if (index.data(ImageModel::KeyRole).toString() == QLatin1String(key)) {
                table->selectionModel()->select(index,
                                                QItemSelectionModel::Select | QItemSelectionModel::Rows);
            }
        }
    }
}

ImageRow named(const char* id, const char* name, std::size_t names, bool used) {
    ImageRow row;
    row.key = QLatin1String(name);
    row.reference = row.key;
    row.image.id = id;
    row.image.references.resize(names, name);
    if (used) {
        row.image.usedBy = {"web"};
    }
    return row;
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
    void anImageInUseKeepsOneName() {
        const auto removal = planImageRemoval({named("a", "a:1", 2, true), named("b", "b:1", 2, false),
                                               named("a", "a:2", 2, true), named("b", "b:2", 2, false),
                                               named("c", "c:1", 3, false), named("d", "d:1", 1, true)});
        QStringList going;
        for (const auto& row : removal.going) {
            going << row.key;
        }
        QCOMPARE(going, (QStringList{"a:1", "b:1", "b:2", "c:1"}));
        QCOMPARE(removal.staying.size(), std::size_t{2});
        QCOMPARE(removal.staying[0].key, QStringLiteral("a:2"));
        QCOMPARE(removal.staying[1].key, QStringLiteral("d:1"));
        QCOMPARE(removal.images, std::set<std::string>{"b"});
    }
    void whatOthersShareIsNotCounted() {
        const std::vector<types::ImageDetails> images = {image("a", {{"base", 100}, {"a1", 10}}, false),
                                                         image("b", {{"base", 100}, {"b1", 20}}, false),
                                                         image("c", {{"base", 100}}, true)};
        QCOMPARE(ownBytes(images, {"a", "b"}), std::uint64_t{30});
        QCOMPARE(ownBytes(images, {"a", "b", "c"}), std::uint64_t{130});
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
        OwnClock clock;
        proxy.setText(QStringLiteral("9999"));
        QCOMPARE(proxy.rowCount(), 1);
        QVERIFY2(clock.computed() < 300, qPrintable(QString::number(clock.computed())));
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
    void cleaningUpIsAStepAway() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.resize(1100, 700);
        page.show();
        page.enter({});
        auto* button = child<QPushButton>(page, "images.cleanUp");
        QTRY_VERIFY(button->isVisible());
        button->click();
        QCOMPARE(f.navigator.places.back().page, QStringLiteral("system"));
        QCOMPARE(f.navigator.places.back().tab, QStringLiteral("disk"));
        page.resize(700, 600);
        QVERIFY(!button->isVisible());  // the numbers need the room
    }
    void deletingAsksWhereThePersonWantsIt() {
        Fixture f;
        f.settings.setAskBeforeDelete(true);
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        auto* table = child<ListTable>(page, "images.view");
        QVERIFY(choose(page, "docker.io/library/redis:7").isValid());
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        QCOMPARE(f.prompt.questions[0].title, QStringLiteral("Delete redis:7?"));
        QVERIFY(!f.prompt.questions[0].losesData);  // Undo brings it back
        QCOMPARE(f.engine->calls("images.remove"), 0);
        QCOMPARE(table->model()->rowCount(), 14);
        f.prompt.reply.accepted = true;
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(f.engine->calls("images.remove"), 1);
    }
    void severalAreDeletedTogetherAndComeBackTogether() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        page.enter({});
        auto* table = child<ListTable>(page, "images.view");
        auto* bar = child<QWidget>(page, "images.bulkBar");
        chooseAll(page, {"docker.io/library/redis:7"});
        QVERIFY(!bar->isVisible());
        chooseAll(page, {"docker.io/library/redis:7", "docker.io/library/nginx:1.27",
                         "docker.io/library/busybox:1.36"});
        QVERIFY(bar->isVisible());
        QVERIFY(table->hasChecks());
        QCOMPARE(child<QLabel>(page, "images.bulk.count")->text(), QStringLiteral("3 selected"));
        QCOMPARE(child<QLabel>(page, "images.bulk.states")->text(), QStringLiteral("1 in use, 2 unused"));
        // What the question says is what happens: it names what goes and what stays.
        auto* remove = child<QPushButton>(page, "images.bulk.delete");
        remove->click();
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        const Question& question = f.prompt.questions[0];
        QCOMPARE(question.title, QStringLiteral("Delete 2 images?"));
        QCOMPARE(question.points.size(), 2);
        QVERIFY(question.points.join(QLatin1Char('\n')).contains(QStringLiteral("redis:7, ")));
        QVERIFY(question.points.join(QLatin1Char('\n')).contains(QStringLiteral("busybox:1.36, ")));
        QVERIFY(question.notes.contains(QStringLiteral("nginx:1.27 stays: used by web")));
        QVERIFY(question.text.contains(QStringLiteral("7 days")));
        QVERIFY(!question.losesData);
        QCOMPARE(f.engine->calls("images.remove"), 0);
        QCOMPARE(table->model()->rowCount(), 14);
        f.prompt.reply.accepted = true;
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(f.engine->calls("images.remove"), 2);
        QCOMPARE(table->model()->rowCount(), 12);
        QVERIFY(!bar->isVisible());
        QTRY_VERIFY(f.toasts.canUndo());
        f.toasts.undo();
        QTRY_COMPARE(table->model()->rowCount(), 14);
        QCOMPARE(f.engine->calls("trash.undo"), 1);
    }
    void allByKeyboardAndBoxesByMouse() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.resize(1100, 700);
        page.show();
        auto* table = child<ListTable>(page, "images.view");
        auto* bar = child<QWidget>(page, "images.bulkBar");
        table->setCurrentIndex(table->model()->index(2, 0));
        QTest::keySequence(table, QKeySequence(QKeySequence::SelectAll));
        QVERIFY(bar->isVisible());
        QCOMPARE(table->chosenRows().size(), 14);
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QCOMPARE(table->chosenRows(), QModelIndexList{table->model()->index(2, 0)});
        // Ctrl and the mouse choose a second one; then there are boxes, and a click beside one does no harm.
        const auto middle = [table](int row, int column) {
            return table->visualRect(table->model()->index(row, column)).center();
        };
        QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ControlModifier, middle(4, 0));
        QCOMPARE(table->chosenRows().size(), 2);
        const auto box = [table](int row) {
            return table->checkRect(table->model()->index(row, 0)).center();
        };
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box(6));
        QCOMPARE(table->chosenRows().size(), 3);
        QTest::mousePress(table->viewport(), Qt::LeftButton, {}, box(8));
        QTest::mouseMove(table->viewport(), box(8) + QPoint(0, 60));
        QTest::mouseRelease(table->viewport(), Qt::LeftButton, {}, box(8) + QPoint(0, 60));
        QCOMPARE(table->chosenRows().size(), 4);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box(6));
        QCOMPARE(table->chosenRows().size(), 3);
        // The menu of one of them is the menu of all.
        emit table->menuWanted(table->model()->index(8, 0), {});
        auto* menu = child<QMenu>(page, "images.rowMenu");
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(menu->actions()[0]->text().contains(QStringLiteral("3 images")));
        menu->close();
        child<QAbstractButton>(page, "images.bulk.clear")->click();
        QVERIFY(!bar->isVisible());
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
    void enterOpensAndTheButtonPulls() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        ImagesPage page(f.context);
        page.show();
        QVERIFY(choose(page, "docker.io/library/redis:7").isValid());
        QTest::keyClick(child<ListTable>(page, "images.view"), Qt::Key_Return);
        QCOMPARE(f.navigator.places.back().page, QStringLiteral("image"));
        QCOMPARE(f.navigator.places.back().id, QStringLiteral("docker.io/library/redis:7"));
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
