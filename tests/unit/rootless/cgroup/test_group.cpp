// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/group.h"
#include "rootless/cgroup/oom_watch.h"
#include "rootless/cgroup/stats.h"
#include "rootless/cgroup/subtree.h"
#include "tests/support/verify.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

using namespace coracle;
using namespace coracle::cgroup;

namespace {

/// A folder with files stands in for a group: a write replaces what is in the file, as the kernel's do.
class Folder {
public:
    void put(const QString& name, const QByteArray& text) const {
        QFile file(m_directory.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }
    QByteArray text(const QString& name) const {
        QFile file(m_directory.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
    }
    void link(const QString& name, const Folder& other) const {
        QVERIFY(QFile::link(other.m_directory.filePath(name), m_directory.filePath(name)));
    }
    Group group() const {
        auto root = sys::UniqueFd(::open(m_directory.path().toUtf8().constData(), O_PATH | O_CLOEXEC));
        return *Group::open(root.get(), "");
    }

private:
    QTemporaryDir m_directory;
};

}  // namespace

class TestGroup : public QObject {
    Q_OBJECT
private slots:
    void defaultsAreNotWrittenToANewGroup() {
        const Folder folder;
        folder.put("pids.max", "7");
        const WritePlan plan{{"pids", "pids.max", "max", true, {}, {}, false}};
        VERIFY_OK(apply(folder.group(), plan, Moment::Start));
        QCOMPARE(folder.text("pids.max"), QByteArray("7"));
        VERIFY_OK(apply(folder.group(), plan, Moment::Running));
        QCOMPARE(folder.text("pids.max"), QByteArray("max"));
    }
    void aMissingFileIsAnErrorUnlessOptional() {
        const Folder folder;
        WritePlan plan{{"memory", "memory.swap.max", "0", false, {}, {}, true}};
        VERIFY_OK(apply(folder.group(), plan, Moment::Start));
        plan[0].optional = false;
        VERIFY_ERROR(apply(folder.group(), plan, Moment::Start), ErrorKind::Unsupported);
    }
    void weightGoesWhereTheSchedulerIs() {
        const Folder folder;
        folder.put("io.weight", "");
        const WritePlan plan{{"io", "io.bfq.weight", "500", false, "io.weight", "default 4950", false}};
        VERIFY_OK(apply(folder.group(), plan, Moment::Start));
        QCOMPARE(folder.text("io.weight"), QByteArray("default 4950"));
    }
    void aFailedUpdateIsUndone() {
        const Folder folder;
        folder.put("memory.max", "64");
        const WritePlan plan{{"memory", "memory.max", "99", false, {}, {}, false},
                             {"cpu", "cpu.max", "1000", false, {}, {}, false}};
        QVERIFY(!apply(folder.group(), plan, Moment::Running));
        QCOMPARE(folder.text("memory.max").left(2), QByteArray("64"));
    }
    void whatCannotBeFrozenGoesOn() {
        const Folder folder;
        folder.put("cgroup.freeze", "0");
        folder.put("cgroup.events", "populated 1\nfrozen 0\n");
        VERIFY_ERROR(folder.group().freeze(true, std::chrono::milliseconds(20)), ErrorKind::Unavailable);
        QCOMPARE(folder.text("cgroup.freeze").left(1), QByteArray("0"));
    }
    void killsForWantOfMemoryAreCountedOnce() {
        const Folder folder;
        VERIFY_ERROR(OomWatch::open(folder.group()), ErrorKind::Unsupported);
        folder.put("memory.events", "low 0\nhigh 4\nmax 9\noom 3\noom_kill 2\noom_group_kill 0\n");
        auto watch = OomWatch::open(folder.group());
        VERIFY_OK(watch);
        QCOMPARE(watch->take(), std::uint64_t{2});
        QCOMPARE(watch->take(), std::uint64_t{0});
        folder.put("memory.events", "high 5\noom_kill 5\n");
        QCOMPARE(watch->take(), std::uint64_t{3});
    }
    void neverFollowsALink() {
        const Folder folder;
        const Folder other;
        other.put("memory.max", "7");
        folder.link("memory.max", other);
        QVERIFY(!folder.group().read("memory.max"));
        QVERIFY(!folder.group().write("memory.max", "8"));
        QCOMPARE(other.text("memory.max"), QByteArray("7"));
        QVERIFY(!folder.group().read("../memory.max"));
        QVERIFY(!Group::open(folder.group().fd(), "/etc"));
    }
    void groupThatIsGoneNeedsNoKilling() {
        const Folder folder;  // without cgroup.events, as a directory that was removed while it was open
        QVERIFY(folder.group().kill(std::chrono::milliseconds(1)));
    }
    void groupsInUseAreNotTakenOver() {
        const Folder folder;
        const Group parent = folder.group();
        const auto child = parent.makeChild("a");
        QVERIFY(child.has_value());
        QFile events(QString("/proc/self/fd/%1/cgroup.events").arg(child->fd()));
        QVERIFY(events.open(QIODevice::WriteOnly));
        events.write("populated 1\nfrozen 0\n");
        events.close();
        VERIFY_ERROR(parent.makeChild("a"), ErrorKind::Conflict);
        QVERIFY(events.open(QIODevice::WriteOnly | QIODevice::Truncate));
        events.write("populated 0\nfrozen 0\n");
        events.close();
        VERIFY_OK(parent.makeChild("a"));
    }
    void recordNamesGroupAndWhatStays() {
        QTemporaryDir directory;
        QFile file(directory.filePath("cgroup"));
        QVERIFY(!readGroupRecord(directory.path().toStdString()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("user/coracle-1\nuser\n");
        file.close();
        const auto record = readGroupRecord(directory.path().toStdString());
        QVERIFY(record.has_value());
        QCOMPARE(record->path, std::string("user/coracle-1"));
        QCOMPARE(record->keep, std::string("user"));
    }
    void keysAreWholeWords() {
        const char* text = "low 0\nhigh 1\nmax 2\noom 3\noom_kill 4\noom_group_kill 5\n";
        QCOMPARE(findKey(text, "oom"), std::optional<std::uint64_t>(3));
        QCOMPARE(findKey(text, "oom_kill"), std::optional<std::uint64_t>(4));
        QVERIFY(!findKey(text, "kill"));
        QVERIFY(!findKey("", "max"));
    }
    void statisticsOfDisks() {
        const auto devices = parseIo("8:0 rbytes=10 wbytes=20 rios=3 wios=4 dbytes=0 dios=0\n7:1\nbroken\n");
        QCOMPARE(devices.size(), std::size_t{2});
        QCOMPARE(devices[0].writeBytes, std::uint64_t{20});
        QCOMPARE(devices[0].reads, std::uint64_t{3});
        QCOMPARE(devices[1].readBytes, std::uint64_t{0});
    }
    void statisticsOfAGroup() {
        const Folder folder;
        folder.put("cpu.stat",
                   "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\nnr_periods 9\nnr_throttled 2\n");
        folder.put("memory.current", "4096\n");
        folder.put("memory.max", "max\n");
        folder.put("memory.events", "max 6\noom_kill 1\n");
        folder.put("hugetlb.2MB.current", "2097152\n");
        folder.put("hugetlb.2MB.rsvd.current", "9\n");
        const auto stats = readStats(folder.group());
        VERIFY_OK(stats);
        QCOMPARE(stats->cpuUsageNs, std::uint64_t{1'500'000});
        QCOMPARE(stats->memoryUsage, std::optional<std::uint64_t>(4096));
        QVERIFY(!stats->memoryLimit);
        QCOMPARE(stats->oomKills, std::uint64_t{1});
        QVERIFY(!stats->processes);
        QCOMPARE(stats->hugepages.size(), std::size_t{1});
    }
    void findsTheUnifiedPath() {
        QCOMPARE(*unifiedPath("12:memory:/x\n0::/user.slice/a\n"), std::string("user.slice/a"));
        QCOMPARE(*unifiedPath("0::/\n"), std::string());
        QVERIFY(!unifiedPath("12:memory:/x\n"));
        QCOMPARE(*scopeOfKeeper("a/coracle-7.scope/coracle-keeper"), std::string("a/coracle-7.scope"));
        QVERIFY(!scopeOfKeeper("a/session-2.scope"));
        QVERIFY(!scopeOfKeeper("coracle-keeper"));
    }
};

QTEST_GUILESS_MAIN(TestGroup)
#include "test_group.moc"
