// SPDX-License-Identifier: Apache-2.0
#include "gui/models/palette_model.h"
#include "gui/widgets/command_palette.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QListView>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

PaletteItem item(const QString& group, const QString& text, bool secondary = false) {
    return {.group = group,
            .object = text,
            .text = text,
            .detail = {},
            .iconName = {},
            .keys = {},
            .secondary = secondary,
            .run = {}};
}

QStringList rows(const QAbstractItemModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all.append(model.index(row, 0).data().toString());
    }
    return all;
}

QLineEdit* openByKey(WindowFixture& f) {
    QTest::keyClick(&f.window, Qt::Key_K, Qt::ControlModifier);
    return child<QLineEdit>(f.window, "palette.edit");
}

}  // namespace

class TestPalette : public QObject {
    Q_OBJECT
private slots:
    void lettersInOrderFit_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("begins") << "ap"
                                << "api"
                                << "a map";
        QTest::newRow("word starts") << "ri"
                                     << "Restart inkscape"
                                     << "Stats of caring";
        QTest::newRow("together") << "log"
                                  << "Logs of api"
                                  << "lasting ogre";
        QTest::newRow("shorter") << "web"
                                 << "web"
                                 << "web-server-of-another-shop";
    }
    void lettersInOrderFit() {
        QFETCH(QString, words);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(paletteScore(words, better) > paletteScore(words, worse));
        QVERIFY(paletteScore(words, better) >= 0);
    }
    void otherLettersDoNot() {
        QCOMPARE(paletteScore(QStringLiteral("xyz"), QStringLiteral("api")), -1);
        QCOMPARE(paletteScore(QStringLiteral("ipa"), QStringLiteral("api")), -1);
        std::vector<int> positions;
        QVERIFY(paletteScore(QStringLiteral("lo ap"), QStringLiteral("Logs of api"), &positions) > 0);
        QCOMPARE(positions, (std::vector<int>{0, 1, 8, 9}));
    }
    void groupsFollowTheirBestItem() {
        PaletteModel model;
        const QAbstractItemModelTester tester(&model);
        model.setItems({item(QStringLiteral("Do"), QStringLiteral("Trap all")),
                        item(QStringLiteral("Containers"), QStringLiteral("api")),
                        item(QStringLiteral("Containers"), QStringLiteral("Logs of api"), true)});
        model.setWords(QStringLiteral("ap"));
        QCOMPARE(rows(model), (QStringList{QStringLiteral("Containers"), QStringLiteral("api"),
                                           QStringLiteral("Logs of api"), QStringLiteral("Do"),
                                           QStringLiteral("Trap all")}));
        model.setWords({});
        QVERIFY(!rows(model).contains(QStringLiteral("Logs of api")));
        QVERIFY(model.item(model.index(0)) == nullptr);
        QCOMPARE(model.firstItem().row(), 1);
    }
    void scatteredLettersComeOnlyAlone() {
        PaletteModel model;
        const QString group = QStringLiteral("Do");
        model.setItems({item(group, QStringLiteral("Stats of caring people")),
                        item(group, QStringLiteral("Add a port")), item(group, QStringLiteral("a map"))});
        model.setWords(QStringLiteral("ap"));  // begins of words, and two letters beside each other
        QCOMPARE(model.found(), 2);
        QVERIFY(!rows(model).contains(QStringLiteral("Stats of caring people")));
        QCOMPARE(model.index(1).data(PaletteModel::PositionsRole).toList().size(), 2);
        model.setWords(QStringLiteral("stfcr"));
        QCOMPARE(rows(model), (QStringList{group, QStringLiteral("Stats of caring people")}));
    }
    void fiveThousandTakeNoTime() {
        std::vector<PaletteItem> items;
        for (int i = 0; i < 5000; ++i) {
            items.push_back(item(QStringLiteral("Containers"), QStringLiteral("container number %1").arg(i)));
        }
        PaletteModel model;
        model.setItems(std::move(items));
        OwnClock clock;
        qint64 best = 1'000'000;
        for (int round = 0; round < 5; ++round) {
            clock.restart();
            model.setWords(QStringLiteral("num%1").arg(round));
            best = std::min(best, clock.computed());
        }
        const int factor = qEnvironmentVariableIsSet("CORACLE_SLOW_MACHINE") ? 4 : 1;
        QVERIFY2(best < 20 * factor, qPrintable(QString::number(best)));
        QVERIFY(model.rowCount() <= PaletteModel::kMaxRows);
    }
    void opensFindsAndGoes() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("api"));
        auto* list = child<QListView>(f.window, "palette.list");
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("api"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(f.window.place().page, QStringLiteral("container"));
        QCOMPARE(f.window.place().id.toStdString(), f.id("api"));
        QVERIFY(!child<QWidget>(f.window, "palette")->isVisible());
    }
    void tabShowsWhatCanBeDone() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("web"));
        QTest::keyClick(edit, Qt::Key_Tab);
        auto* list = child<QListView>(f.window, "palette.list");
        QVERIFY(rows(*list->model()).contains(QStringLiteral("Stop web")));
        QVERIFY(!rows(*list->model()).contains(QStringLiteral("api")));
        QTest::keyClicks(edit, QStringLiteral("logs"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(f.window.place().tab, QStringLiteral("logs"));
    }
    void escapeGoesBackAndTheFocusReturns() {
        WindowFixture f;
        QVERIFY(f.show());
        f.view().setFocus();
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("web"));
        QTest::keyClick(edit, Qt::Key_Tab);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(edit->text(), QStringLiteral("web"));
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!child<QWidget>(f.window, "palette")->isVisible());
        QVERIFY(f.view().hasFocus());
    }
    void everyActionIsThere() {
        WindowFixture f;
        QVERIFY(f.show());
        (void)openByKey(f);
        auto* palette = child<CommandPalette>(f.window, "palette");
        QVERIFY(palette->model().total() > 60);
        auto* edit = child<QLineEdit>(f.window, "palette.edit");
        QTest::keyClicks(edit, QStringLiteral("keyboard"));
        QTest::keyClick(edit, Qt::Key_Return);
        auto* sheet = f.window.findChild<QDialog*>(QStringLiteral("shortcutsDialog"));
        QVERIFY(sheet != nullptr && sheet->isVisible());
        // As many sections as the sidebar has, and so as many keys as work.
        const auto entries = defaultPages().pages;
        const auto pages = std::count_if(entries.begin(), entries.end(), [](const PageEntry& entry) {
            return entry.where != PageEntry::Where::Hidden;
        });
        const QString keys = QStringLiteral("Alt+1 … Alt+%1").arg(pages);
        const auto chips = sheet->findChildren<QAbstractButton*>();
        QVERIFY(std::any_of(chips.begin(), chips.end(),
                            [&](const QAbstractButton* chip) { return chip->text() == keys; }));
        sheet->close();
    }
    void whatPagesDoIsThere_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("row");
        QTest::newRow("load") << "load"
                              << "Load images from an archive…";
        QTest::newRow("volume") << "new volume"
                                << "New volume…";
        QTest::newRow("import") << "import"
                                << "Import a volume from an archive…";
        QTest::newRow("health") << "check this"
                                << "Check this computer";
        QTest::newRow("clean up") << "clean"
                                  << "Disk space, clean up";
        QTest::newRow("import") << "files of a tar"
                                << "Import an image from the files of a tar…";
        QTest::newRow("registries") << "registries"
                                    << "Settings: registries, logins";
        QTest::newRow("dark") << "dark"
                              << "Appearance: Dark";
        QTest::newRow("an image") << "save redis"
                                  << "Save redis:7 to a file…";
        QTest::newRow("a volume") << "export old"
                                  << "Export old_cache…";
    }
    void whatPagesDoIsThere() {
        QFETCH(QString, words);
        QFETCH(QString, row);
        WindowFixture f;
        QVERIFY(f.show());
        QTest::keyClicks(openByKey(f), words);
        auto* list = child<QListView>(f.window, "palette.list");
        QVERIFY2(rows(*list->model()).contains(row), qPrintable(rows(*list->model()).join(QLatin1Char('|'))));
    }
    void pagesDoWhatThePaletteSays() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("clone old_cache"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(f.window.place().page, QStringLiteral("volumes"));
        QCOMPARE(f.prompt.textQuestions.size(), std::size_t{1});
    }
    /// As a container: Enter looks at it, and what does something stands below.
    void enterOnAnImageOpensItsPage() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("redis:7"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(f.window.place().page, QStringLiteral("image"));
        edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("redis:7"));
        QTest::keyClick(edit, Qt::Key_Tab);
        auto* list = child<QListView>(f.window, "palette.list");
        QVERIFY2(rows(*list->model()).contains(QStringLiteral("Run redis:7…")),
                 qPrintable(rows(*list->model()).join(QLatin1Char('|'))));
        QTest::keyClicks(edit, QStringLiteral("run"));
        QTest::keyClick(edit, Qt::Key_Return);
        auto* dialog = f.window.findChild<QDialog*>(QStringLiteral("runDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
    }
    void aLoginIsAskedForAtOnce() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("log in"));
        auto* list = child<QListView>(f.window, "palette.list");
        QCOMPARE(rows(*list->model()).value(1), QStringLiteral("Log in to a registry…"));
        QTest::keyClick(edit, Qt::Key_Return);
        auto* dialog = f.window.findChild<QDialog*>(QStringLiteral("loginDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->reject();
    }
    void whatHasNoNameCanBeRun() {
        WindowFixture f;
        QVERIFY(f.show());
        QLineEdit* edit = openByKey(f);
        QTest::keyClicks(edit, QStringLiteral("qqq/zzz:9"));
        auto* list = child<QListView>(f.window, "palette.list");
        QTRY_VERIFY(rows(*list->model()).join(QLatin1Char(' ')).contains(QStringLiteral("qqq/zzz:9")));
        QTest::keyClick(edit, Qt::Key_Down);
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(f.window.findChild<QDialog*>(QStringLiteral("pullDialog")) != nullptr);
    }
    void aClickBesideCloses() {
        WindowFixture f;
        QVERIFY(f.show());
        (void)openByKey(f);
        auto* palette = child<QWidget>(f.window, "palette");
        QTRY_VERIFY(palette->isVisible());
        QTest::mouseClick(palette, Qt::LeftButton, {}, QPoint(5, 5));
        QVERIFY(!palette->isVisible());
    }
};

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
