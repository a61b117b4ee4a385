// SPDX-License-Identifier: Apache-2.0
// The model of files, what a container did to them, and the comparison of texts.
#include "gui/models/file_order.h"
#include "gui/models/file_tree_model.h"
#include "gui/models/text_diff.h"
#include "gui/views/file_view.h"
#include "tests/gui/files_fixture.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/stall_meter.h"

#include <QAbstractItemModelTester>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

QString wordsOf(const std::vector<DiffLine>& lines) {
    QString words;
    for (const DiffLine& line : lines) {
        using Kind = DiffLine::Kind;
        words += line.kind == Kind::Added     ? QLatin1Char('+')
                 : line.kind == Kind::Removed ? QLatin1Char('-')
                 : line.kind == Kind::Gap     ? QLatin1Char('~')
                                              : QLatin1Char(' ');
        words += line.text;
    }
    return words;
}

QStringList letters(const char* text) {
    return QString::fromLatin1(text).split(QString(), Qt::SkipEmptyParts);
}

}  // namespace

class TestFileTree : public QObject {
    Q_OBJECT
private slots:
    void aFolderIsAskedForWhenItIsOpened() {
        FileTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QStringList wanted;
        connect(&model, &FileTreeModel::folderWanted, this, [&](const QString& path) { wanted << path; });
        model.setFolder("/", {entry("b"), entry("lib", kFolder), entry("A")});
        QCOMPARE(rows(model), (QStringList{"lib", "A", "b"}));
        const QModelIndex lib = model.index(0, 0);
        QVERIFY(model.hasChildren(lib));
        model.fetchMore(lib);  // the tester has done so, too
        model.fetchMore(lib);
        QCOMPARE(wanted, QStringList{"/lib"});
        model.setFolder("/lib", {entry("x")});
        QCOMPARE(FileTreeModel::pathOf(model.index(0, 0, lib)), std::string("/lib/x"));
        model.setProblem("/lib", QStringLiteral("no"));
        QVERIFY(model.index(0, 0, lib).data(FileTreeModel::RemarkRole).toBool());
        QVERIFY(!model.flags(model.index(0, 0, lib)).testFlag(Qt::ItemIsSelectable));
        model.setFolder("/gone", {entry("x")});  // nothing
        model.setFolder("/", {entry("A"), entry("c")});
        QCOMPARE(rows(model), (QStringList{"A", "c"}));
    }
    void whatDisappearsKeepsTheOthers() {
        FileTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFolder("/", {entry("a"), entry("b"), entry("c")});
        const QPersistentModelIndex c = model.index(2, 0);
        model.setFolder("/", {entry("c"), entry("0")});
        QCOMPARE(c.row(), 1);
        QCOMPARE(rows(model), (QStringList{"0", "c"}));
    }
    void changesAreMarked() {
        FileTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFolder("/", {entry("etc", kFolder), entry("new", kFolder), entry("plain")});
        model.setFolder("/etc", {entry("hosts")});
        model.setFolder("/new", {entry("in")});
        model.setChanges({{'C', "/etc"},
                          {'C', "/etc/hosts"},
                          {'D', "/etc/old"},
                          {'A', "/new"},
                          {'A', "/new/in"},
                          {'D', "/tmp"}});
        QCOMPARE(rows(model), (QStringList{"etc .", "new A", "plain", "tmp D"}));
        QCOMPARE(rows(model, model.index(0, 0)), (QStringList{"hosts M", "old D"}));
        QCOMPARE(model.counts().added, 2);
        QCOMPARE(model.counts().modified, 1);
        QCOMPARE(model.counts().deleted, 2);
        QCOMPARE(model.index(3, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("tmp, deleted"));
        QVERIFY(!model.hasChildren(model.index(3, 0)));
        // A folder that came as a whole goes as a whole.
        QVERIFY(model.restorable() == (std::vector<std::string>{"/etc/hosts", "/etc/old", "/new", "/tmp"}));
        model.showChanges(true);
        QCOMPARE(rows(model), (QStringList{"etc/hosts M", "etc/old D", "new A", "new/in A", "tmp D"}));
        model.showChanges(true, QStringLiteral("ETC"));
        QCOMPARE(rows(model), (QStringList{"etc/hosts M", "etc/old D"}));
        model.setChanges({{'C', "/etc"}, {'C', "/etc/hosts"}});
        model.showChanges(false);
        QCOMPARE(rows(model), (QStringList{"etc .", "new", "plain"}));
    }
    /// Names that sort between a folder and what is in it do not hide the folder from it.
    void whatIsInANewFolderIsNotRestoredByItself() {
        const ChangeSet changes({{'A', "/new"}, {'A', "/new-one"}, {'A', "/new/in"}, {'D', "/old"}});
        QVERIFY(changes.restorable() == (std::vector<std::string>{"/new", "/new-one", "/old"}));
        QVERIFY(changes.hasBelow("/new"));
        QVERIFY(!changes.hasBelow("/ne"));
        QVERIFY(changes.deletedIn("/") == std::vector<std::string>{"old"});
    }
    void namesAreSortedWithoutRegardToCase() {
        std::vector<types::ImageFile> files{entry("b"),         entry("\xc3\x84"), entry("B"),
                                            entry("a\xc3\xa4"), entry("aB"),       entry("z", kFolder)};
        sortForTree(files);
        FileTreeModel model;
        model.setFolder("/", files);
        QCOMPARE(rows(model), (QStringList{"z", "aB", QString::fromUtf8("a\xc3\xa4"), "B", "b",
                                           QString::fromUtf8("\xc3\x84")}));
        for (const char* name : {"/b", "/B", "/z", "/aB", "/\xc3\x84"}) {
            QVERIFY2(model.file(name) != nullptr, name);
        }
        QVERIFY(model.file("/c") == nullptr);
    }
    void rowsAreMirroredFromRightToLeft() {
        FileTreeModel model;
        model.setFolder("/", {entry("etc", kFolder)});
        FileView view(QStringLiteral("view"), QStringLiteral("Files"));
        view.setModel(&model);
        view.resize(600, 200);
        view.show();
        const QModelIndex etc = model.index(0, 0);
        QVERIFY(view.chevronRect(etc).right() < view.visualRect(etc).center().x());
        view.setLayoutDirection(Qt::RightToLeft);
        QTRY_VERIFY(view.chevronRect(etc).left() > view.visualRect(etc).center().x());
    }
    /// A file that became a link, one that came and one that went, at once.
    void rowsGoThroughAnyChange() {
        quint32 seed = 11;
        const auto next = [&seed](int below) {
            seed = seed * 1664525U + 1013904223U;
            return int((seed >> 16) % quint32(below));
        };
        FileTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int round = 0; round < 100; ++round) {
            std::vector<types::ImageFile> files;
            QStringList folders;
            QStringList others;
            for (char name = 'a'; name <= 'k'; ++name) {
                const types::ImageFileKind kinds[] = {types::ImageFileKind::File, kFolder,
                                                      types::ImageFileKind::Symlink};
                const int kind = next(5);
                if (kind < 3) {
                    files.push_back(entry(std::string(1, name).c_str(), kinds[kind]));
                    (kind == 1 ? folders : others) << QString(QLatin1Char(name));
                }
            }
            std::vector<types::Change> changes;
            if (next(2) == 0) {
                changes.push_back({'D', "/zz"});
                others << QStringLiteral("zz D");
            }
            model.setFolder("/", files);
            model.setChanges(changes);
            QCOMPARE(rows(model), folders + others);
        }
    }
    /// What a build leaves behind. Workers sort and count; the window's thread only shows.
    void aHundredThousandChangesFreezeNothing() {
        constexpr int kMany = 100'000;
        constexpr int kMostMs =
            250;  // a build without optimisation takes some five times as long as one with it
        std::vector<types::ImageFile> files;
        std::vector<types::Change> changes;
        for (int i = 0; i < kMany; ++i) {
            files.push_back(entry(QStringLiteral("file%1").arg(i, 6, 10, QLatin1Char('0')).toLatin1()));
            changes.push_back({'A', "/" + files.back().path, false, files.back()});
        }
        const auto set = std::make_shared<const ChangeSet>(std::move(changes));  // as ChangeSetPtr
        FileTreeModel model;
        FileView view(QStringLiteral("view"), QStringLiteral("Files"));
        view.setModel(&model);
        view.resize(600, 400);
        view.show();
        const auto within = [&](const char* what, auto&& work) {
            OwnClock clock;
            work();
            const auto took = clock.computed();
            qInfo("%s: %lld ms", what, static_cast<long long>(took));
            return took < kMostMs * StallMeter::factor();
        };
        const auto grab = [&view] { (void)view.grab(); };
        QVERIFY(within("list a folder", [&] { model.setFolder("/", std::move(files)); }));
        QVERIFY(within("show it", grab));
        QVERIFY(within("take the changes", [&] { model.setChanges(set); }));
        QVERIFY(within("show the letters", grab));
        QVERIFY(within("list the changes", [&] { model.showChanges(true); }));
        QVERIFY(within("show them", grab));
        QVERIFY(within("filter them", [&] { model.showChanges(true, QStringLiteral("99")); }));
        QVERIFY(within("go back", [&] { model.showChanges(false); }));
        QCOMPARE(model.rowCount(), kMany);
    }
    void comparisons_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("lines");
        QTest::newRow("equal") << "abc"
                               << "abc"
                               << "";
        QTest::newRow("both empty") << ""
                                    << ""
                                    << "";
        QTest::newRow("from nothing") << ""
                                      << "ab"
                                      << "+a+b";
        QTest::newRow("to nothing") << "ab"
                                    << ""
                                    << "-a-b";
        QTest::newRow("in the middle") << "abcde"
                                       << "abXde"
                                       << " b-c+X d";
        QTest::newRow("at the ends") << "abcde"
                                     << "bcdeF"
                                     << "-a b~ e+F";
        QTest::newRow("moved") << "abcx"
                               << "xabc"
                               << "+x a~ c-x";
        QTest::newRow("twice") << "abcdefgh"
                               << "aBcdefGh"
                               << " a-b+B c~ f-g+G h";
    }
    void comparisons() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const auto split = [](const QString& text) { return letters(text.toLatin1().constData()); };
        QTEST(wordsOf(diffLines(split(before), split(after), 1)), "lines");
    }
    void linesHaveTheirNumbers() {
        const auto lines = diffLines(letters("abc"), letters("aXc"), 1);
        QCOMPARE(lines[1].oldNumber, 2);
        QCOMPARE(lines[1].newNumber, 0);
        QCOMPARE(lines[2].newNumber, 2);
        QCOMPARE(lines[3].oldNumber, 3);
    }
    /// Whatever the shortest way is, it has to lead from one text to the other.
    void comparisonsLeadThere() {
        quint32 seed = 7;
        const auto next = [&seed](int below) {
            seed = seed * 1664525U + 1013904223U;
            return int((seed >> 16) % quint32(below));
        };
        for (int round = 0; round < 300; ++round) {
            QStringList before;
            QStringList after;
            for (int i = next(12); i > 0; --i) {
                before.append(QString::number(next(3)));
            }
            for (int i = next(12); i > 0; --i) {
                after.append(QString::number(next(3)));
            }
            QStringList old;
            QStringList now;
            for (const DiffLine& line : diffLines(before, after, 100)) {
                if (line.kind != DiffLine::Kind::Added) {
                    old.append(line.text);
                }
                if (line.kind != DiffLine::Kind::Removed) {
                    now.append(line.text);
                }
            }
            if (before != after) {
                QCOMPARE(old, before);
                QCOMPARE(now, after);
            }
        }
    }
    void textsWithLittleInCommonEndSoon() {
        QStringList before;
        QStringList after;
        for (int i = 0; i < 5000; ++i) {
            before.append(QStringLiteral("b%1").arg(i));
            after.append(QStringLiteral("a%1").arg(i));
        }
        QCOMPARE(diffLines(before, after).size(), std::size_t(10000));
    }
    void whatIsNoTextIsNoted() {
        QStringList lines;
        QVERIFY(textLines("a\r\nb\n", lines));
        QCOMPARE(lines, (QStringList{"a", "b"}));
        QVERIFY(!textLines(std::string("a\0b", 3), lines));
        QVERIFY(!textLines("\xff\xfe\xff\xfe\xff", lines));
        QVERIFY(textLines("abc\xc3", lines));  // cut in the middle of a letter
        QVERIFY(!textLines(std::string(30'000, 'x'), lines));
    }
    void theModelShowsWhatWasFound() {
        FileTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFolder("/", {entry("etc", kFolder), entry("plain")});
        model.setChanges({{'C', "/etc/hosts"}, {'D', "/usr/hosts.old"}, {'D', "/usr/none"}});
        model.showFound({entry("var/hosts", kFolder), entry("etc/hosts")}, QStringLiteral("host"));
        QVERIFY(model.showsFound());
        QCOMPARE(rows(model), (QStringList{"etc/hosts M", "usr/hosts.old D", "var/hosts"}));
        QCOMPARE(model.index(0, FileTreeModel::SizeColumn).data().toString(), QStringLiteral("10 B"));
        QVERIFY(model.index(2, 0).data(FileTreeModel::FolderRole).toBool());
        QVERIFY(!model.hasChildren(model.index(2, 0)));
        model.setChanges({{'C', "/etc/hosts"}});
        QCOMPARE(rows(model), (QStringList{"etc/hosts M", "var/hosts"}));
        model.showFound({}, QStringLiteral("*.old"));
        QCOMPARE(model.rowCount(), 0);
        model.setChanges({{'D', "/usr/hosts.OLD"}, {'D', "/usr/old"}});
        QCOMPARE(rows(model), (QStringList{"usr/hosts.OLD D"}));
        model.showChanges(false);
        QCOMPARE(rows(model), (QStringList{"etc", "plain"}));
    }
};

QTEST_MAIN(TestFileTree)
#include "test_file_tree.moc"
