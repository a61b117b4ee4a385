// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/id_map.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::userns;

namespace {

const IdMap kKept{{0, 1002, 1}, {1, 165536, 65536}};
const IdMaps kKeptMaps{kKept, kKept};

/// The map of user ids as text, or "!" and what is wrong.
QString mapOf(const MapRequest& request, const IdMap& kept = kKept) {
    const auto maps = containerMaps(request, {kept, kept}, {1002, 1002});
    return QString::fromStdString(maps ? toText(maps->uids) : "!" + maps.error().message());
}

MapRequest custom(std::vector<MapRule> rules, bool extend = false) {
    MapRequest request;
    request.mode = Mode::Custom;
    request.uidRules = {std::move(rules), extend};
    return request;
}

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

    void aMirrorHasTheIdsOfTheHost() {
        QCOMPARE(mirrorMaps({kKept, {{0, 5, 1}}}),
                 (IdMaps{{{1002, 1002, 1}, {165536, 165536, 65536}}, {{5, 5, 1}}}));
    }

    void nestsInWhatTheKernelWouldTake_data() {
        QTest::addColumn<QString>("map");
        QTest::addColumn<bool>("nests");
        QTest::newRow("what the user has") << "0 1002 1\n1 165536 65536\n" << true;
        QTest::newRow("a part of it") << "0 165540 10\n" << true;
        QTest::newRow("none") << "" << false;
        QTest::newRow("no ids") << "0 1002 0\n" << false;
        QTest::newRow("one more") << "0 1002 1\n1 165536 65537\n" << false;
        QTest::newRow("one less") << "1 165535 2\n" << false;
        QTest::newRow("a stranger's") << "0 0 1\n" << false;
        QTest::newRow("over the last id") << "4294967290 165536 10\n" << false;
        QTest::newRow("twice outside") << "0 165536 10\n10 165545 1\n" << false;
        QTest::newRow("twice inside") << "0 165536 10\n9 165600 1\n" << false;
    }

    void nestsInWhatTheKernelWouldTake() {
        QFETCH(QString, map);
        QFETCH(bool, nests);
        const auto parsed = parseMap(map.toStdString());
        VERIFY_OK(parsed);
        QCOMPARE(nestsIn(*parsed, mirrorMaps({kKept, kKept}).uids), nests);
    }

    void aRangeIsNotTakenFromTwoOfTheOuter() {
        const IdMap around{{10, 10, 5}, {15, 15, 5}};
        QVERIFY(!nestsIn({{0, 12, 5}}, around));
        QVERIFY(nestsIn({{0, 12, 3}, {3, 15, 2}}, around));
    }

    void asManyLinesAsTheKernelTakes() {
        IdMap map;
        for (std::uint32_t i = 0; i < 340; ++i) {
            map.push_back({i, 165536 + i, 1});
        }
        const IdMap around{{165536, 165536, 65536}};
        QVERIFY(nestsIn(map, around));
        map.push_back({340, 165536 + 340, 1});
        QVERIFY(!nestsIn(map, around));
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
        MapRequest request;
        request.mode = *parsed;
        QCOMPARE(mapOf(request), map);
    }

    void singleIdIsEnoughForDefaultButNotForNoMap() {
        const IdMap single{{0, 1002, 1}};
        QCOMPARE(mapOf({}, single), QString("0 0 1\n"));
        MapRequest request;
        request.mode = Mode::NoMap;
        VERIFY_ERROR(containerMaps(request, {single, single}, {1002, 1002}), ErrorKind::Unsupported);
        request.mode = Mode::Slice;
        VERIFY_ERROR(containerMaps(request, {single, single}, {1002, 1002}), ErrorKind::Unsupported);
        request.mode = Mode::KeepId;
        QCOMPARE(mapOf(request, single), QString("1002 0 1\n"));
    }

    void keepIdMovesTheUserWhereverItIsWanted() {
        MapRequest request;
        request.mode = Mode::KeepId;
        request.uid = 200;
        request.gid = 0;
        QCOMPARE(mapOf(request), QString("0 1 200\n200 0 1\n201 201 65336\n"));
        const auto maps = containerMaps(request, kKeptMaps, {1002, 1002});
        QCOMPARE(toText(maps->gids), std::string("0 0 1\n1 1 65536\n"));
        request.uid = 100000;  // beyond all subordinate ids
        QCOMPARE(mapOf(request), QString("0 1 65536\n100000 0 1\n"));
        request.uid = 5;
        request.size = 10;
        QCOMPARE(mapOf(request), QString("0 1 5\n5 0 1\n6 6 4\n"));
    }

    void sliceIsPartOfTheSubordinateIds() {
        MapRequest request;
        request.mode = Mode::Slice;
        request.first = 1025;
        request.size = 1024;
        QCOMPARE(mapOf(request), QString("0 1025 1024\n"));
        request.first = 65000;
        VERIFY_ERROR(containerMaps(request, kKeptMaps, {1002, 1002}), ErrorKind::Unsupported);
        request.first = 0;  // the user is never in a slice
        VERIFY_ERROR(containerMaps(request, kKeptMaps, {1002, 1002}), ErrorKind::Unsupported);
    }

    void customMaps_data() {
        QTest::addColumn<QString>("map");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none is the default") << mapOf(custom({})) << "0 0 1\n1 1 65536\n";
        QTest::newRow("as it says") << mapOf(custom({{0, 1, 100}, {500, 0, 1}})) << "0 1 100\n500 0 1\n";
        QTest::newRow("ids of the host")
            << mapOf(custom({{7, 1002, 1, true}, {8, 165540, 2, true}})) << "7 0 1\n8 5 2\n";
        QTest::newRow("a rule across two ranges of the user")
            << mapOf(custom({{0, 0, 3}})) << "0 0 1\n1 1 2\n";
        QTest::newRow("added to the default map")
            << mapOf(custom({{1000, 0, 1}}, true)) << "1 1 999\n1000 0 1\n1001 1001 64536\n";
        QTest::newRow("added and swapped")
            << mapOf(custom({{0, 5, 1}, {5, 0, 1}}, true)) << "0 5 1\n1 1 4\n5 0 1\n6 6 65531\n";
        QTest::newRow("overlap inside")
            << mapOf(custom({{0, 1, 10}, {9, 20, 1}})) << "!id mapping '9:20:1': it overlaps another one";
        QTest::newRow("overlap outside")
            << mapOf(custom({{0, 1, 10}, {100, 10, 1}})) << "!id mapping '100:10:1': it overlaps another one";
        QTest::newRow("too many") << mapOf(custom({{0, 1, 70000}}))
                                  << "!id mapping '0:1:70000': the user does not have that many ids";
        QTest::newRow("somebody else's")
            << mapOf(custom({{0, 1003, 1, true}}))
            << "!id mapping '0:@1003:1': these ids of the host are not this user's";
        QTest::newRow("beyond the last id")
            << mapOf(custom({{4294967290, 1, 10}}))
            << "!id mapping '4294967290:1:10': it names no ids, or more than there are";
    }

    void customMaps() {
        QFETCH(QString, map);
        QFETCH(QString, expected);
        QCOMPARE(map, expected);
    }

    void someIdActsForTheContainer() {
        QCOMPARE(actingId({{0, 1, 5}}), 0U);
        QCOMPARE(actingId({{500, 0, 1}, {7, 1, 2}}), 7U);
        QCOMPARE(actingId({}), 0U);
    }

    void knowsHowMuchTheKernelTakes() {
        IdMap map;
        for (std::uint32_t i = 0; i < 340; ++i) {
            map.push_back({2 * i, 2 * i, 1});
        }
        VERIFY_OK(checkSize({map, map}));
        IdMap more = map;
        more.push_back({1000, 1000, 1});
        VERIFY_ERROR(checkSize({more, map}), ErrorKind::Unsupported);
        const auto groups = checkSize({map, more});
        VERIFY_ERROR(groups, ErrorKind::Unsupported);
        QCOMPARE(groups.error().message(),
                 std::string("the map of group ids has 341 lines, and the kernel takes 340 at most"));
        // Fewer lines, but of more text than a page holds.
        for (IdRange& range : map) {
            range.outside += 1000000;
        }
        const auto users = checkSize({map, kKept});
        VERIFY_ERROR(users, ErrorKind::Unsupported);
        QVERIFY(users.error().message().find("bytes of text, and the kernel takes 4095") !=
                std::string::npos);
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
        // An id above all that layers have is stored as one that the container does not have.
        QCOMPARE(toOverlayMapping({{0, 1, 65536}, {1234567, 0, 1}}, kKept),
                 std::string("0:1:65536:65536:0:1"));
    }

    void refusesAnUnknownMode() { VERIFY_ERROR(parseMode("auto"), ErrorKind::InvalidArgument); }
};

QTEST_GUILESS_MAIN(TestIdMap)
#include "test_id_map.moc"
