// SPDX-License-Identifier: Apache-2.0
// System > Disk: the sum is the sum of what is shown, and a clean-up takes what it said and nothing else.
#include "core/engine/upkeep.h"
#include "gui/models/disk_model.h"
#include "gui/views/system_page.h"
#include "gui/widgets/age_label.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/toast_host.h"
#include "gui/widgets/tree_map.h"
#include "tests/gui/run_fixture.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include <numeric>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

/// The page on its Disk tab, measured.
struct Disk {
    Disk() : page(f.context) {
        page.resize(1280, 760);
        page.show();
        page.enter({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
    }
    QAbstractItemModel& list() { return *child<QAbstractItemView>(page, "disk.list")->model(); }
    bool measured() {
        return list().rowCount() > 0 &&
               child<QLabel>(page, "disk.when")->text() == QLatin1String("measured just now");
    }
    bool ready() { return measured() && child<QPushButton>(page, "disk.clean")->isEnabled(); }
    QString sum() { return child<QLabel>(page, "disk.sum")->text(); }
    void clean() { child<QPushButton>(page, "disk.clean")->click(); }

    Fixture f;
    SystemPage page;
};

/// Answers when the test does.
struct LatePrompt final : RecordingPrompt {
    void ask(QWidget* /*parent*/, const Question& question, std::function<void(Reply)> answered) override {
        questions.push_back(question);
        answer = std::move(answered);
    }
    std::function<void(Reply)> answer;
};

std::uint64_t sumOf(const std::vector<DiskPiece>& pieces) {
    return std::accumulate(pieces.begin(), pieces.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const DiskPiece& piece) { return sum + piece.bytes; });
}

types::DiskUsage twoImagesThatShare() {
    types::DiskUsage usage;
    types::ImageSummary one;
    one.id = "sha256:" + std::string(64, 'a');
    one.references = {"docker.io/library/one:1"};
    one.sizeBytes = 700;
    one.sharedBytes = 400;
    one.usedBy = {"web"};
    types::ImageSummary two = one;
    two.id = "sha256:" + std::string(64, 'b');
    two.references.clear();
    two.sizeBytes = 500;
    two.usedBy.clear();
    usage.imageList = {one, two};
    usage.images.bytes = 1000;  // 300 + 100 of their own, 400 shared, 200 archives
    usage.trash.bytes = 50;
    usage.other.bytes = 7;
    return usage;
}

}  // namespace

class TestDisk : public QObject {
    Q_OBJECT
private slots:
    void itsAgeGrows() {
        Disk d;
        QTRY_VERIFY(d.measured());
        auto* when = child<AgeLabel>(d.page, "disk.when");
        when->setClock([] { return std::chrono::system_clock::now() + std::chrono::minutes(5); });
        when->renew();
        QCOMPARE(when->text(), QStringLiteral("measured 5 min ago"));
    }
    void whatImagesShareIsCountedOnce() {
        const auto pieces = diskPieces(twoImagesThatShare());
        QCOMPARE(sumOf(pieces), std::uint64_t{1057});
        QCOMPARE(pieces.size(), std::size_t{5});
        QCOMPARE(pieces[0].kind, DiskPiece::Kind::SharedLayers);
        QCOMPARE(pieces[0].bytes, std::uint64_t{600});
        QCOMPARE(pieces[1].name, QStringLiteral("one:1"));
        QVERIFY(!pieces[1].unused);
        QCOMPARE(pieces[2].name, QString(12, QLatin1Char('b')));
        QVERIFY(pieces[2].unused);
    }
    void areasAreInProportionAndFillTheWhole() {
        const QRectF whole(0, 0, 600, 400);
        const std::vector<double> sizes{6, 6, 4, 3, 2, 2, 1};
        const auto places = squarify(whole, sizes);
        double area = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            area += places[i].width() * places[i].height();
            QVERIFY(qAbs(places[i].width() * places[i].height() - sizes[i] * 600 * 400 / 24) < 0.01);
            QVERIFY(whole.adjusted(-0.01, -0.01, 0.01, 0.01).contains(places[i]));
            const double ratio = places[i].width() / places[i].height();
            QVERIFY2(ratio < 4 && ratio > 0.25, qPrintable(QString::number(ratio)));
            for (std::size_t k = i + 1; k < places.size(); ++k) {
                const QRectF both = places[i].intersected(places[k]);
                QVERIFY(both.width() < 0.01 || both.height() < 0.01);
            }
        }
        QVERIFY(qAbs(area - 600 * 400) < 0.1);
    }
    void nothingIsLaidOutOfNothing() {
        QCOMPARE(squarify({0, 0, 10, 10}, {}).size(), std::size_t{0});
        QVERIFY(squarify({0, 0, 10, 10}, {0, 0}).front().isEmpty());
        QVERIFY(squarify({}, {1, 2}).front().isEmpty());
    }

    void theSumIsThatOfTheList() {
        Disk d;
        QTRY_VERIFY(d.measured());
        QAbstractItemModelTester tester(&d.list(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(d.list().rowCount() > 5);
        QVERIFY(child<QLabel>(d.page, "disk.total")->text().contains(QStringLiteral("used by Coracle")));
        QVERIFY(child<TreeMap>(d.page, "disk.map")->place(0).width() > 40);
        child<Segments>(d.page, "disk.form")->setCurrent(1);
        QVERIFY(child<QAbstractItemView>(d.page, "disk.list")->isVisible());
        QVERIFY(!child<TreeMap>(d.page, "disk.map")->isVisible());
        QCOMPARE(namelessInputs(d.page), QStringList());
    }
    void theNextLookSeesWhatCameMeanwhile() {
        Disk d;
        QTRY_VERIFY(d.measured());
        const int before = d.f.engine->calls("upkeep.diskUsage");
        const Place disk{.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")};
        d.page.leave();
        d.page.enter(disk);
        QCOMPARE(d.f.engine->calls("upkeep.diskUsage"), before);  // nothing has changed
        d.page.leave();
        QSignalSpy events(&d.f.state, &EngineState::eventSeen);
        QVERIFY(d.f.engine->volumes().create({"fresh", {}, {}}));
        QTRY_VERIFY(!events.isEmpty());
        d.page.enter(disk);
        QTRY_COMPARE(d.f.engine->calls("upkeep.diskUsage"), before + 1);
        QTRY_VERIFY(d.measured());
    }
    void keysWalkTheMapAndEnterOpens() {
        Disk d;
        QTRY_VERIFY(d.measured());
        auto* map = child<TreeMap>(d.page, "disk.map");
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Home);
        const QString first = map->accessibleDescription();
        QVERIFY(first.startsWith(d.list().index(0, DiskModel::Name).data().toString()));
        QTest::keyClick(map, Qt::Key_Right);
        QVERIFY(map->accessibleDescription() != first);
        QTest::keyClick(map, Qt::Key_Return);
        QCOMPARE(d.f.navigator.places.size(), std::size_t{1});
    }

    void volumesAndTheTrashAreNeverTakenUnasked() {
        Disk d;
        QTRY_VERIFY(d.ready());
        QVERIFY(!child<QCheckBox>(d.page, "disk.volumes")->isChecked());
        QVERIFY(!child<QCheckBox>(d.page, "disk.trash")->isChecked());
        const auto volumes = d.f.state.volumes().rows.size();
        d.f.prompt.reply = {.accepted = true, .optionOn = false};
        d.clean();
        QCOMPARE(d.f.prompt.questions.size(), std::size_t{1});
        QVERIFY(!d.f.prompt.questions[0].points.isEmpty());
        QVERIFY(!d.f.prompt.questions[0].losesData);
        for (const QString& point : d.f.prompt.questions[0].points) {
            QVERIFY2(!point.startsWith(QStringLiteral("volume")), qPrintable(point));
        }
        QTRY_COMPARE(d.f.engine->calls("upkeep.prune"), 1);
        QCOMPARE(d.f.engine->calls("trash.empty"), 0);
        QTRY_VERIFY(
            child<QLabel>(d.page, "disk.trash.words")->text().contains(QStringLiteral("brought back")));
        QCOMPARE(d.f.state.volumes().rows.size(), volumes);
        QTRY_VERIFY(!d.f.toasts.toasts().empty());
    }
    void aChosenVolumeIsNamedInTheQuestion() {
        Disk d;
        QTRY_VERIFY(d.ready());
        const QString before = d.sum();
        child<QCheckBox>(d.page, "disk.volumes")->click();
        QTRY_VERIFY(d.ready() && d.sum() != before);
        d.clean();
        const QStringList points = d.f.prompt.questions.back().points;
        QVERIFY2(
            std::any_of(points.begin(), points.end(),
                        [](const QString& point) { return point.startsWith(QStringLiteral("volume ")); }),
            qPrintable(points.join(QLatin1Char('\n'))));
        QCOMPARE(d.f.engine->calls("upkeep.prune"), 0);  // the answer was no
    }
    void theTrashIsEmptiedForGoodOnlyWhenChosen() {
        Disk d;
        d.f.prompt.reply = {.accepted = true, .optionOn = false};
        QTRY_VERIFY(d.ready());
        d.clean();
        QTRY_VERIFY(child<QCheckBox>(d.page, "disk.trash")->isEnabled());
        child<QCheckBox>(d.page, "disk.trash")->click();
        QTRY_VERIFY(d.ready());
        d.clean();
        QVERIFY(d.f.prompt.questions.back().losesData);
        QTRY_COMPARE(d.f.engine->calls("trash.empty"), 1);
        QTRY_VERIFY(!child<QCheckBox>(d.page, "disk.trash")->isEnabled());
    }

    void whatIsCleanedIsNotEmptiedAway() {
        Disk d;
        d.f.prompt.reply = {.accepted = true, .optionOn = false};
        QTRY_VERIFY(d.ready());
        d.clean();
        QTRY_VERIFY(child<QCheckBox>(d.page, "disk.trash")->isEnabled());
        QTRY_VERIFY(child<QCheckBox>(d.page, "disk.volumes")->isEnabled());  // has a plan of its own
        child<QCheckBox>(d.page, "disk.trash")->click();
        child<QCheckBox>(d.page, "disk.volumes")->click();
        QTRY_VERIFY(d.ready());
        d.f.engine->setDelay("trash.empty", std::chrono::milliseconds(300));
        const int before = d.f.engine->calls("upkeep.prune");
        d.clean();
        QTRY_COMPARE(d.f.engine->calls("upkeep.prune"), before + 1);
        QTRY_VERIFY(d.measured());
        QTRY_VERIFY(child<QCheckBox>(d.page, "disk.trash")->isEnabled());  // the volumes are in it
    }

    void whatTheQuestionNamedIsWhatGoes() {
        Fixture f;
        LatePrompt prompt;
        SystemPage page({f.service, f.state, f.tasks, f.toasts, prompt, f.navigator, f.theme, f.actions,
                         f.usage, f.settings});
        page.show();
        page.enter({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
        QTRY_VERIFY(child<QCheckBox>(page, "disk.volumes")->isEnabled());
        QTRY_VERIFY(child<QPushButton>(page, "disk.clean")->isEnabled());
        child<QPushButton>(page, "disk.clean")->click();
        QVERIFY(prompt.answer);
        child<QCheckBox>(page, "disk.volumes")->click();  // another plan, while the question is open
        const auto volumes = f.engine->volumes().list()->size();
        prompt.answer({.accepted = true, .optionOn = false});
        QTRY_COMPARE(f.engine->calls("upkeep.prune"), 1);
        QTRY_VERIFY(f.toasts.canUndo());
        QCOMPARE(f.engine->volumes().list()->size(), volumes);
    }
    void undoBringsBackExactlyThisCleanUp() {
        Disk d;
        d.f.prompt.reply = {.accepted = true, .optionOn = false};
        QTRY_VERIFY(d.ready());
        d.clean();
        QTRY_VERIFY(d.f.toasts.canUndo());
        // Somebody else removes something after it.
        QVERIFY(d.f.engine->volumes().remove("old_cache", {}).has_value());
        const auto images = d.f.engine->images().list()->size();
        d.f.toasts.undo();
        QTRY_VERIFY(d.f.engine->images().list()->size() > images);
        const auto volumes = *d.f.engine->volumes().list();
        QVERIFY(std::none_of(volumes.begin(), volumes.end(),
                             [](const auto& volume) { return volume.name == "old_cache"; }));
    }
    void withoutATrashItSaysThatItIsForGood() {
        Fixture f;
        types::StoreSettings settings;
        settings.trashDays = 0;
        QVERIFY(f.engine->upkeep().setSettings(settings).has_value());
        SystemPage page(f.context);
        page.show();
        page.enter({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
        QTRY_VERIFY(child<QPushButton>(page, "disk.clean")->isEnabled());
        child<QPushButton>(page, "disk.clean")->click();
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        QVERIFY2(f.prompt.questions[0].text.contains(QStringLiteral("for good")),
                 qPrintable(f.prompt.questions[0].text));
        QVERIFY(f.prompt.questions[0].losesData);
    }
    void nothingIsPromisedBeforeTheTrashIsKnown() {
        Fixture f;
        f.engine->setDelay("upkeep.settings", std::chrono::seconds(60));
        SystemPage page(f.context);
        page.show();
        page.enter({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
        QTRY_VERIFY(child<QLabel>(page, "disk.sum")->text().startsWith(QStringLiteral("Frees")));
        QVERIFY(!child<QPushButton>(page, "disk.clean")->isEnabled());
    }
    void aMeasureCanBeGivenUp() {
        Disk d;
        QTRY_VERIFY(d.measured());
        d.f.engine->setDelay("upkeep.diskUsage", std::chrono::seconds(60));
        auto* button = child<QPushButton>(d.page, "disk.measure");
        button->click();
        QTRY_COMPARE(button->text(), QStringLiteral("Cancel"));
        button->click();
        QTRY_COMPARE(button->text(), QStringLiteral("Measure again"));
        QVERIFY(!child<Banner>(d.page, "disk.banner")->isVisible());
        QVERIFY(d.list().rowCount() > 0);  // what was known stays
    }
    void aFailureIsTold() {
        Fixture f;
        f.engine->setFailure("upkeep.diskUsage", Error(ErrorKind::Io, "the disk is asleep"));
        SystemPage page(f.context);
        page.show();
        page.enter({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
        QTRY_VERIFY(child<Banner>(page, "disk.banner")->isVisible());
        QVERIFY(child<Banner>(page, "disk.banner")->text().contains(QStringLiteral("The disk is asleep")));
        QVERIFY2(child<QWidget>(page, "disk.unknown")->isVisible(), "an empty map says nothing");
        QVERIFY(!child<QWidget>(page, "disk.form")->isEnabled());
        f.engine->setFailure("upkeep.diskUsage", std::nullopt);
        child<QPushButton>(page, "disk.measure")->click();
        QTRY_VERIFY(child<QWidget>(page, "disk.map")->isVisible());
        QVERIFY(child<QWidget>(page, "disk.form")->isEnabled());
    }
};

QTEST_MAIN(TestDisk)
#include "test_disk.moc"
