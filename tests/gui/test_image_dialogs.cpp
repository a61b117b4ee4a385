// SPDX-License-Identifier: Apache-2.0
// History, save and load: what the menu of an image leads to.
#include "gui/dialogs/history_dialog.h"
#include "gui/models/image_content.h"
#include "gui/views/images_page.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/list_table.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// Choose an entry in the menu of the first row.
void trigger(ImagesPage& page, const char* name) {
    auto* table = child<ListTable>(page, "images.view");
    table->selectRow(0);
    emit table->menuWanted(table->selectedIndex(), QPoint(10, 10));
    auto* action = page.findChild<QAction*>(QString::fromLatin1(name));
    if (action == nullptr) {
        qFatal("no action '%s'", name);
    }
    action->trigger();
    for (QMenu* menu : page.findChildren<QMenu*>(QStringLiteral("images.rowMenu"))) {
        menu->close();
    }
}

}  // namespace

class TestImageDialogs : public QObject {
    Q_OBJECT
private slots:
    void stepsReadAsTheyWereWritten_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("shown");
        QTest::newRow("run") << "/bin/sh -c apt-get update"
                             << "RUN apt-get update";
        QTest::newRow("comment") << "/bin/sh -c #(nop)  CMD [\"sh\"]"
                                 << "CMD [\"sh\"]";
        QTest::newRow("arguments") << "|1 A=b /bin/sh -c make"
                                   << "RUN make";
        QTest::newRow("buildkit") << "COPY . /app # buildkit"
                                  << "COPY . /app";
        QTest::newRow("other") << "ADD rootfs.tar.xz /"
                               << "ADD rootfs.tar.xz /";
    }
    void stepsReadAsTheyWereWritten() {
        QFETCH(QString, written);
        QFETCH(QString, shown);
        QCOMPARE(stepWords(written.toStdString()), shown);
    }
    void historyShowsTheLastStepFirst() {
        HistoryModel model;
        const QAbstractItemModelTester tester(&model);
        model.setSteps({{.createdAt = {},
                         .createdBy = "first",
                         .comment = {},
                         .author = {},
                         .sizeBytes = 5,
                         .emptyLayer = false},
                        {.createdAt = {},
                         .createdBy = "second",
                         .comment = {},
                         .author = {},
                         .sizeBytes = 0,
                         .emptyLayer = true}});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("second"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("no files"));
        // What a stranger wrote is not read as markup.
        model.setSteps({{.createdAt = {},
                         .createdBy = "<b>x</b>",
                         .comment = {},
                         .author = {},
                         .sizeBytes = 5,
                         .emptyLayer = false}});
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QLatin1Char('<')));
    }
    void historyIsOpenedFromTheList() {
        Fixture f;
        ImagesPage page(f.context);
        page.resize(1000, 600);
        page.show();
        QTRY_VERIFY(f.loaded());
        trigger(page, "images.row.history");
        auto* dialog = page.window()->findChild<HistoryDialog*>();
        QVERIFY(dialog != nullptr);
        auto* steps = child<ListTable>(*dialog, "history.steps");
        QTRY_VERIFY(steps->model()->rowCount() > 3);
        QTest::mouseClick(child<QAbstractButton>(*dialog, "history.copy"), Qt::LeftButton);
        QCOMPARE(f.prompt.copied, QStringLiteral("CMD [\"sh\"]"));
        const QStringList nameless = namelessInputs(*dialog);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
        dialog->close();
    }
    void savingIsATask() {
        Fixture f;
        ImagesPage page(f.context);
        page.resize(1000, 600);
        page.show();
        QTRY_VERIFY(f.loaded());
        f.prompt.file = QStringLiteral("/tmp/out.tar");
        trigger(page, "images.row.save");
        QVERIFY(f.prompt.fileQuestions.back().suggestedName.endsWith(QStringLiteral(".tar")));
        QTRY_COMPARE(f.engine->calls("archives.save"), 1);
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
        f.engine->setFailure("archives.save", Error(ErrorKind::Io, "no space left").withHint("make room"));
        trigger(page, "images.row.save");
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Failed);
        QCOMPARE(f.tasks.tasks().back()->hint(), QStringLiteral("Make room"));
    }
    void loadingTellsWhatCame() {
        Fixture f;
        f.engine->setArchive({{.id = "sha256:1", .names = {"team/app:1"}, .taken = {}}});
        ImagesPage page(f.context);
        page.resize(1000, 600);
        page.show();
        QTRY_VERIFY(f.loaded());
        const int lists = f.engine->calls("images.list");
        f.prompt.file = QStringLiteral("/tmp/in.tar");
        QTest::mouseClick(child<QAbstractButton>(page, "images.load"), Qt::LeftButton);
        QTRY_COMPARE(f.tasks.tasks().size(), std::size_t(1));
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
        QVERIFY(f.tasks.tasks().back()->step().contains(QStringLiteral("team/app:1")));
        QTRY_VERIFY(f.engine->calls("images.list") > lists);
    }
    void aTarBecomesAnImage() {
        Fixture f;
        ImagesPage page(f.context);
        page.resize(1000, 600);
        page.show();
        QTRY_VERIFY(f.loaded());
        f.prompt.file = QStringLiteral("/tmp/My tools.tar.gz");
        QTest::mouseClick(child<QAbstractButton>(page, "images.import"), Qt::LeftButton);
        auto* dialog = page.window()->findChild<QDialog*>(QStringLiteral("importDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* name = child<QLineEdit>(*dialog, "import.name");
        QCOMPARE(name->text(), QStringLiteral("my-tools"));
        auto* ok = child<QAbstractButton>(*dialog, "import.ok");
        QVERIFY(ok->isEnabled());
        for (const char* wrong : {"", "Two words", "UPPER"}) {
            name->setText(QLatin1String(wrong));
            QVERIFY2(!ok->isEnabled(), wrong);
            QVERIFY(!child<QLabel>(*dialog, "import.problem")->text().isEmpty());
        }
        name->setText(QStringLiteral("team/tools:2"));
        child<QPlainTextEdit>(*dialog, "import.changes")
            ->setPlainText(QStringLiteral("CMD [\"/bin/sh\"]\n\n  ENV A=b \n"));
        QCOMPARE(namelessInputs(*dialog), QStringList());
        ok->click();
        QTRY_COMPARE(f.engine->calls("archives.import"), 1);
        QCOMPARE(
            f.engine->callsOf("archives.import /tmp/My tools.tar.gz team/tools:2|CMD [\"/bin/sh\"]|ENV A=b"),
            1);
        QTRY_COMPARE(f.tasks.tasks().back()->state(), Task::State::Done);
        QCOMPARE(f.tasks.tasks().back()->step(), QStringLiteral("Imported as team/tools:2"));
    }
    void nothingChosenDoesNothing() {
        Fixture f;
        ImagesPage page(f.context);
        page.resize(1000, 600);
        page.show();
        QTRY_VERIFY(f.loaded());
        QTest::mouseClick(child<QAbstractButton>(page, "images.load"), Qt::LeftButton);
        QCOMPARE(f.engine->calls("archives.load"), 0);
        QVERIFY(f.tasks.tasks().empty());
    }
};

QTEST_MAIN(TestImageDialogs)
#include "test_image_dialogs.moc"
