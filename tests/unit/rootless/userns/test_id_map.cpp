// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/id_map.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::userns;

namespace {

const IdMap kKept{{0, 1002, 1}, {1, 165536, 65536}};

}  // namespace

class TestIdMap : public QObject {
    Q_OBJECT

private slots:
    void findsRangesByNameAndByNumber() {
        const auto ranges = parseSubordinateIds(
            "# comment\nother:1:2\nme:100000:65536\n1002:300000:10\nme:x:1\nme:1\n", "me", 1002);
        QCOMPARE(ranges, (std::vector<SubordinateRange>{{100000, 65536}, {300000, 10}}));
    }

    void ignoresRangesThatDoNotExist() {
        QVERIFY(parseSubordinateIds("me:4294967295:2\nme:5:0\nme:-1:5\nme:1:99999999999\n", "me", 1).empty());
        QVERIFY(parseSubordinateIds(":1:2\n", "", 1002).empty());
    }

    void keptNamespaceStartsWithTheUser() {
        QCOMPARE(keptMap(1002, {{165536, 65536}, {400000, 5}}),
                 (IdMap{{0, 1002, 1}, {1, 165536, 65536}, {65537, 400000, 5}}));
    }

    void mapsOfModes_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("map");
        QTest::newRow("default is cut where the outer map is") << "default"
                                                               << "0 0 1\n1 1 65536\n";
        QTest::newRow("nomap leaves the user out") << "nomap"
                                                   << "0 1 65536\n";
        QTest::newRow("keep-id moves the user to its own id") << "keep-id"
                                                              << "0 1 1002\n1002 0 1\n1003 1003 64534\n";
        QTest::newRow("single") << "single"
                                << "0 0 1\n";
        QTest::newRow("host has none") << "host"
                                       << "";
    }

    void mapsOfModes() {
        QFETCH(QString, mode);
        QFETCH(QString, map);
        const auto parsed = parseMode(mode.toStdString());
        VERIFY_OK(parsed);
        const auto made = containerMap(*parsed, kKept, 1002);
        VERIFY_OK(made);
        QCOMPARE(QString::fromStdString(toText(*made)), map);
    }

    void singleIdIsEnoughForDefaultButNotForNoMap() {
        const IdMap single{{0, 1002, 1}};
        QCOMPARE(*containerMap(Mode::Default, single, 1002), (IdMap{{0, 0, 1}}));
        VERIFY_ERROR(containerMap(Mode::NoMap, single, 1002), ErrorKind::Unsupported);
        QCOMPARE(*containerMap(Mode::KeepId, single, 1002), (IdMap{{1002, 0, 1}}));
    }

    void readsWhatTheKernelPrints() {
        const auto map = parseMap("         0       1002          1\n         1     165536      65536\n");
        VERIFY_OK(map);
        QCOMPARE(*map, kKept);
        VERIFY_ERROR(parseMap("0 x 1\n"), ErrorKind::Corrupt);
    }

    void knowsWhatIsMapped() {
        QVERIFY(isMapped(kKept, 0) && isMapped(kKept, 65536));
        QVERIFY(!isMapped(kKept, 65537) && !isMapped({}, 0));
    }

    void overlayTranslatesOnlyWhatDiffers() {
        QCOMPARE(toOverlayMapping({{0, 0, 1}, {1, 1, 65536}}, kKept), std::string());
        QCOMPARE(toOverlayMapping({{0, 1, 65536}}, kKept), std::string("0:1:65536"));
        QCOMPARE(toOverlayMapping({{0, 1, 2}, {2, 0, 1}}, kKept), std::string("0:1:2:2:0:1"));
    }

    void refusesAnUnknownMode() { VERIFY_ERROR(parseMode("auto"), ErrorKind::InvalidArgument); }
};

QTEST_GUILESS_MAIN(TestIdMap)
#include "test_id_map.moc"
