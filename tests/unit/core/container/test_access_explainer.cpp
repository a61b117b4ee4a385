// SPDX-License-Identifier: Apache-2.0
#include "core/container/access_explainer.h"

#include <QTest>

using namespace coracle;
using container::AccessRemedies;
using container::AccessSubject;
using types::AccessReport;
using types::AccessStep;

namespace {

constexpr std::uint32_t kPerson = 1000;
constexpr std::uint32_t kInside = 999;
constexpr std::uint32_t kOutside = 100998;

AccessStep step(const char* path, std::uint32_t uid, std::uint32_t mode, bool folder = true) {
    AccessStep made;
    made.path = path;
    made.folder = folder;
    made.uid = made.gid = uid;
    made.mode = mode;
    return made;
}

AccessSubject postgres() {
    AccessSubject subject;
    subject.uid = subject.gid = kOutside;
    subject.mappedUids = subject.mappedGids = {{kPerson, 1}, {100000, 65536}};
    return subject;
}

AccessReport explained(std::vector<AccessStep> steps, const AccessSubject& subject) {
    AccessReport report;
    report.steps = std::move(steps);
    container::explainAccess(report, subject, {kPerson, kPerson, kInside, kInside, true});
    return report;
}

}  // namespace

class TestAccessExplainer : public QObject {
    Q_OBJECT
private slots:
    void aPrivateFolderBlocks() {
        const auto report = explained({step("/home/ann/data", kPerson, 0700)}, postgres());
        QCOMPARE(report.blocked, 0);
        QVERIFY(QString::fromStdString(report.reason).contains("mode 0700"));
        QCOMPARE(report.fixes.size(), std::size_t{3});
        QCOMPARE(report.fixes[0].text, std::string("--userns keep-id:uid=999,gid=999"));
        QCOMPARE(report.fixes[1].text, std::string("-u 0"));
        QCOMPARE(report.fixes[2].text, std::string("chmod o+rx /home/ann/data"));
        QCOMPARE(container::fixText(report.fixes[0]),
                 std::string("--userns keep-id:uid=999,gid=999  (user 999 of the container is then you)"));
    }

    void theFolderOnTheWayIsNamed() {
        const auto report = explained({step("/s", kPerson, 0755), step("/s/in", kPerson, 0750),
                                       step("/s/in/file", kPerson, 0644, false)},
                                      postgres());
        QCOMPARE(report.blocked, 1);
        QVERIFY(report.fixes.back().text.starts_with("chmod o+x /s/in"));
    }

    void whatIsOpenDoesNotBlock() {
        QCOMPARE(
            explained({step("/s", kPerson, 0755), step("/s/f", kPerson, 0644, false)}, postgres()).blocked,
            -1);
        QCOMPARE(explained({step("/s", kOutside, 0700)}, postgres()).blocked, -1);
    }

    void anotherOwnerHasToAllowIt() {
        const auto report = explained({step("/root", 0, 0700)}, postgres());
        QCOMPARE(report.blocked, 0);
        QCOMPARE(report.fixes.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(report.fixes[0].text).contains("owner has to allow it"));
    }

    void rootOverridesWhatExistsInside() {
        auto root = postgres();
        root.uid = root.gid = kPerson;
        root.overrides = true;
        QVERIFY(container::rightsOf(step("/x", kOutside, 0), root).write);
        QVERIFY(!container::rightsOf(step("/x", 0, 0), root).read);
        QVERIFY(!container::rightsOf(step("/x", kOutside, 0600, false), root).pass);
    }

    void theOwnersBitsCountAloneForTheOwner() {
        QVERIFY(!container::rightsOf(step("/x", kOutside, 0077), postgres()).read);
        auto member = postgres();
        member.groups = {kPerson};
        QVERIFY(container::rightsOf(step("/x", kPerson, 0750), member).pass);
    }
};

QTEST_GUILESS_MAIN(TestAccessExplainer)
#include "test_access_explainer.moc"
