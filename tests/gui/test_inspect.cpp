// SPDX-License-Identifier: Apache-2.0
#include "gui/models/json_document.h"
#include "gui/models/json_model.h"
#include "gui/views/json_view.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractItemModelTester>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

const char* const kText = R"({"b": 18446744073709551615, "a": {"x y": [1, {"deep": true}], "é": "caf\u00e9"},
  "small": { "uid":0,  "gid":0 }, "none": {}})";

JsonDocument parsed(const QByteArray& text) {
    auto document = JsonDocument::parse(text);
    if (!document) {
        qFatal("%s", document.error().message().c_str());
    }
    return *std::move(document);
}

QString words(const JsonModel& model, const QModelIndex& index, bool expanded) {
    QString text;
    for (const JsonModel::Piece& piece : model.pieces(index, expanded)) {
        text += piece.text;
    }
    return text;
}

void openInspect(WindowFixture& f, const char* name) {
    f.window.open({.page = QStringLiteral("container"),
                   .id = QString::fromStdString(f.id(name)),
                   .tab = QStringLiteral("inspect")});
}

}  // namespace

class TestInspect : public QObject {
    Q_OBJECT
private slots:
    void keepsOrderNumbersAndBytesOfTheSource() {
        const JsonDocument document = parsed(kText);
        QCOMPARE(document.key(document.child(0, 0)), QStringLiteral("b"));
        QCOMPARE(document.source(document.child(0, 0)), QByteArray("18446744073709551615"));
        QCOMPARE(document.source(0), QByteArray(kText));
        const int small = document.member(0, QStringLiteral("small"));
        QCOMPARE(document.source(small), QByteArray("{ \"uid\":0,  \"gid\":0 }"));
        QCOMPARE(document.line(small), QStringLiteral("{ \"uid\": 0, \"gid\": 0 }"));
    }
    void pathsCanBeRead() {
        const JsonDocument document = parsed(kText);
        const int list = document.child(document.member(0, QStringLiteral("a")), 0);
        const int deep = document.child(document.child(list, 1), 0);
        QCOMPARE(document.path(deep), QStringLiteral("a[\"x y\"][1].deep"));
        QCOMPARE(document.path(deep, document.parent(list)), QStringLiteral("[\"x y\"][1].deep"));
        QCOMPARE(document.path(0), QString());
    }
    void refusesWhatIsNoJson_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no end") << QByteArray("{\"a\": 1");
        QTest::newRow("text without end") << QByteArray("\"a");
        QTest::newRow("backslash at the end") << QByteArray("\"a\\");
        QTest::newRow("word") << QByteArray("[nul]");
        QTest::newRow("more behind") << QByteArray("1 2");
        QTest::newRow("comma at the end") << QByteArray("[1,]");
        QTest::newRow("too deep") << QByteArray(100000, '[');
    }
    void refusesWhatIsNoJson() {
        QFETCH(QByteArray, text);
        const auto document = JsonDocument::parse(text);
        QVERIFY(!document);
        QCOMPARE(document.error().kind(), ErrorKind::Corrupt);
    }
    void rowsAreThoseOfAnEditor() {
        JsonModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDocument(parsed(kText));
        const QModelIndex top = model.index(0, 0);
        QCOMPARE(model.rowCount(top), 5);  // four members and the brace
        QCOMPARE(words(model, top, true), QStringLiteral("{"));
        QCOMPARE(words(model, model.index(1, 0, top), false), QStringLiteral("\"a\": { … 2 items },"));
        QCOMPARE(words(model, model.index(2, 0, top), false),
                 QStringLiteral("\"small\": { \"uid\": 0, \"gid\": 0 },"));
        QCOMPARE(words(model, model.index(3, 0, top), false), QStringLiteral("\"none\": {}"));
        QVERIFY(JsonModel::isClosing(model.index(4, 0, top)));
        QCOMPARE(words(model, model.index(4, 0, top), false), QStringLiteral("}"));
    }
    void findsNamesAndValuesInTheOrderOfTheText() {
        JsonModel model;
        model.setDocument(parsed(kText));
        QCOMPARE(model.find(QStringLiteral("ID")).size(), std::size_t(2));
        QCOMPARE(model.find(QStringLiteral("true")).size(), std::size_t(1));
        QVERIFY(model.find(QString()).empty());
        // A part is searched by itself.
        const int a = model.document().member(0, QStringLiteral("a"));
        model.setDocument(parsed(kText), a);
        QVERIFY(model.find(QStringLiteral("uid")).empty());
        QCOMPARE(model.find(QStringLiteral("deep")).size(), std::size_t(1));
    }
    void aLargeDocumentIsShownAtOnce() {
        QByteArray text = "[";
        for (int i = 0; i < 100000; ++i) {
            text += "{\"name\": \"value " + QByteArray::number(i) + "\", \"list\": [1, 2]},";
        }
        text.back() = ']';
        OwnClock clock;
        JsonView view;
        view.resize(800, 600);
        view.show();
        view.setDocument(parsed(text));
        view.search(QStringLiteral("value 99999"));
        QCOMPARE(view.matchCount(), 1);
        QVERIFY(!view.grab().isNull());
        QVERIFY2(clock.computed() < 4000 * (qEnvironmentVariableIsSet("CORACLE_SLOW_MACHINE") ? 4 : 1),
                 qPrintable(QString::number(clock.computed())));
    }
    void showsSearchesAndCopies() {
        WindowFixture f;
        QVERIFY(f.show());
        openInspect(f, "api");
        auto* view = child<JsonView>(f.window, "inspect.view");
        QTRY_VERIFY(!view->json().document().isEmpty());
        QVERIFY(view->hasFocus());
        QTest::keySequence(&f.window, QKeySequence::Find);
        auto* search = child<QLineEdit>(f.window, "inspect.search");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("networkmode"));
        QCOMPARE(child<TextLabel>(f.window, "inspect.count")->text(), QStringLiteral("1 of 1"));
        QCOMPARE(child<TextLabel>(f.window, "inspect.path")->text(),
                 QStringLiteral("HostConfig.NetworkMode"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "inspect.copyPath"), Qt::LeftButton);
        QCOMPARE(f.prompt.copied, QStringLiteral("HostConfig.NetworkMode"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "inspect.copyJson"), Qt::LeftButton);
        QCOMPARE(f.prompt.copied, QString::fromUtf8(view->json().document().source(0)));
        view->setFocus();
        QTest::keySequence(view, QKeySequence::Copy);
        QCOMPARE(f.prompt.copied, QStringLiteral("\"slirp4netns\""));
        QVERIFY2(namelessInputs(*child<QWidget>(f.window, "inspect")).isEmpty(),
                 qPrintable(namelessInputs(*child<QWidget>(f.window, "inspect")).join(QLatin1Char(' '))));
    }
    void nextAndPreviousGoAround() {
        WindowFixture f;
        QVERIFY(f.show());
        openInspect(f, "api");
        child<Segments>(f.window, "inspect.document")->setCurrent(1);
        auto* view = child<JsonView>(f.window, "inspect.view");
        QTRY_VERIFY(view->json().document().member(0, QStringLiteral("ociVersion")) >= 0);
        auto* search = child<QLineEdit>(f.window, "inspect.search");
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("hostid"));
        QCOMPARE(child<TextLabel>(f.window, "inspect.path")->text(),
                 QStringLiteral("linux.uidMappings[0].hostID"));
        QTest::keyClick(search, Qt::Key_F3);
        QCOMPARE(child<TextLabel>(f.window, "inspect.count")->text(), QStringLiteral("2 of 2"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(child<TextLabel>(f.window, "inspect.count")->text(), QStringLiteral("1 of 2"));
        QTest::keyClick(search, Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(child<TextLabel>(f.window, "inspect.count")->text(), QStringLiteral("2 of 2"));
    }
    void stateAndImageAreDocumentsOfTheirOwn() {
        WindowFixture f;
        QVERIFY(f.show());
        openInspect(f, "api");
        auto* view = child<JsonView>(f.window, "inspect.view");
        QTRY_VERIFY(!view->json().document().isEmpty());
        child<Segments>(f.window, "inspect.document")->setCurrent(3);
        QCOMPARE(view->json().document().key(view->json().root()), QStringLiteral("State"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "inspect.copyJson"), Qt::LeftButton);
        QVERIFY(f.prompt.copied.startsWith(QLatin1Char('{')) &&
                f.prompt.copied.contains(QStringLiteral("\"Status\"")) &&
                !f.prompt.copied.contains(QStringLiteral("HostConfig")));
        child<Segments>(f.window, "inspect.document")->setCurrent(2);
        QTRY_VERIFY(view->json().document().member(0, QStringLiteral("RepoTags")) >= 0);
    }
    void whatCannotBeReadSaysWhy() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("inspection.runtimeConfig",
                             Error(ErrorKind::Unavailable, "the documents are not there any more"));
        openInspect(f, "api");
        child<Segments>(f.window, "inspect.document")->setCurrent(1);
        QTRY_VERIFY(child<QWidget>(f.window, "inspect.error")->isVisible());
        f.engine->setFailure("inspection.runtimeConfig", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(f.window, "inspect.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "inspect.error")->isVisible());
        QTRY_VERIFY(child<JsonView>(f.window, "inspect.view")->isVisible());
    }
    void stateFollowsTheContainer() {
        WindowFixture f;
        QVERIFY(f.show());
        openInspect(f, "web");
        auto* view = child<JsonView>(f.window, "inspect.view");
        child<Segments>(f.window, "inspect.document")->setCurrent(3);
        const auto status = [view] {
            const JsonDocument& document = view->json().document();
            return document.isEmpty()
                       ? QByteArray()
                       : document.source(document.member(view->json().root(), QStringLiteral("Status")));
        };
        QTRY_COMPARE(status(), QByteArray("\"running\""));
        f.engine->changeContainer(f.id("web"), types::ContainerStatus::Exited, 3);
        QTRY_COMPARE(status(), QByteArray("\"exited\""));
    }
    void partsOpenAndCloseByKeyAndClick() {
        JsonView view;
        view.resize(600, 400);
        view.show();
        view.setDocument(parsed(kText));
        const QModelIndex top = view.model()->index(0, 0);
        QVERIFY(view.isExpanded(top));
        view.setFocus();
        view.setCurrentIndex(top);
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(!view.isExpanded(top));
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.isExpanded(top));
        const QRect words = view.pieceRect(top, 0);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(words.left() - 12, words.center().y()));
        QVERIFY(!view.isExpanded(top));
    }
};

QTEST_MAIN(TestInspect)
#include "test_inspect.moc"
