// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/chown_tree.h"
#include "rootless/mounts/copy_up.h"
#include "rootless/mounts/in_root.h"
#include "rootless/mounts/mount_exec.h"
#include "rootless/mounts/mount_plan.h"
#include "rootless/sys/file.h"
#include "tests/support/fake_kernel/fake_kernel.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <linux/mount.h>
//
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace coracle;
using coracle::test::FakeKernel;
using coracle::test::TemporaryDirectory;

namespace {

constexpr std::uint64_t kAll =
    std::uint64_t{CLONE_NEWNS} | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWCGROUP;

oci::Config configWith(std::vector<oci::Mount> mounts) {
    oci::Config config;
    config.mounts = std::move(mounts);
    return config;
}

mounts::MountPlan planOf(const oci::Config& config, mounts::PlanFacts facts = {kAll, true, true}) {
    auto plan = mounts::planMounts(config, {}, facts);
    return plan ? *std::move(plan) : mounts::MountPlan{};
}

bool contains(const FakeKernel& kernel, const std::string& call) {
    return std::find(kernel.calls.begin(), kernel.calls.end(), call) != kernel.calls.end();
}

Result<> perform(FakeKernel& kernel, const mounts::MountPlan& plan) {
    TRY_ASSIGN(auto sources, mounts::openSources(kernel, plan));
    TRY_ASSIGN(const auto tree, mounts::buildTree(kernel, plan, sources, -1));
    return mounts::protectTree(kernel, plan, sources, tree, -1);
}

}  // namespace

class TestMounts : public QObject {
    Q_OBJECT

private slots:
    void readsOptions() {
        const auto options = mounts::parseOptions({"rbind", "ro", "nosuid", "rslave", "size=64k", "rnodev"});
        VERIFY_OK(options);
        QVERIFY(options->bind && options->recursive);
        QCOMPARE(options->attributes.set, std::uint64_t{MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID});
        QCOMPARE(options->recursiveAttributes.set, std::uint64_t{MOUNT_ATTR_NODEV});
        QCOMPARE(options->propagation.size(), std::size_t{1});
        QCOMPARE(options->propagation.front().kind, std::uint64_t{MS_SLAVE});
        QVERIFY(options->propagation.front().recursive == sys::Recursive::Yes);
        QCOMPARE(options->data.size(), std::size_t{1});
        QCOMPARE(options->data.front().second, std::string("64k"));
    }

    /// What somebody else can be given, only root can; here it is who is given it already.
    void givesATreeAwayWithoutFollowingLinks() {
        const QTemporaryDir folder;
        const std::string place = folder.path().toStdString();
        VERIFY_OK(sys::makeDirectories(place + "/deep/er"));
        QCOMPARE(::symlink("/", (place + "/deep/link").c_str()), 0);  // would be refused: root's
        const auto fd = sys::openAt(AT_FDCWD, place, O_PATH);
        VERIFY_OK(fd);
        VERIFY_OK(mounts::chownTree(fd->get(), ::geteuid(), ::getegid()));
        std::string path = place;
        for (int depth = 0; depth < 210; ++depth) {
            path += "/d";
            QCOMPARE(::mkdir(path.c_str(), 0700), 0);
        }
        VERIFY_ERROR(mounts::chownTree(fd->get(), ::geteuid(), ::getegid()), ErrorKind::Corrupt);
    }

    void laterOptionWins() {
        const auto options = mounts::parseOptions({"ro", "rw", "noexec", "exec"});
        VERIFY_OK(options);
        QCOMPARE(options->attributes.set, std::uint64_t{0});
        QCOMPARE(options->attributes.clear, std::uint64_t{MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC});
    }

    void hidesFilesBehindTheNullDeviceOfTheHost() {
        FakeKernel kernel;
        kernel.files = {"/proc/kcore"};
        oci::Config config;
        config.maskedPaths = {"/proc/kcore"};
        VERIFY_OK(perform(kernel, planOf(config)));
        QVERIFY(contains(kernel, "attach host:/dev/null on /proc/kcore"));
        QVERIFY(!contains(kernel, "attach /dev/null on /proc/kcore"));  // which the image may have arranged
    }

    void namesTheOptionsThatItTakes() {
        // TABLE: OCI runtime-spec 1.1, config.md, "Linux mount options", without "mand", which is a MAY.
        const std::vector<std::string> specified{
            "async",      "atime",        "bind",        "defaults",    "dev",
            "diratime",   "dirsync",      "exec",        "iversion",    "lazytime",
            "loud",       "noatime",      "nodev",       "nodiratime",  "noexec",
            "noiversion", "nolazytime",   "nomand",      "norelatime",  "nostrictatime",
            "nosuid",     "nosymfollow",  "private",     "ratime",      "rbind",
            "rdev",       "rdiratime",    "relatime",    "remount",     "rexec",
            "rnoatime",   "rnodiratime",  "rnoexec",     "rnorelatime", "rnostrictatime",
            "rnosuid",    "rnosymfollow", "ro",          "rprivate",    "rrelatime",
            "rro",        "rrw",          "rshared",     "rslave",      "rstrictatime",
            "rsuid",      "rsymfollow",   "runbindable", "rw",          "shared",
            "silent",     "slave",        "strictatime", "suid",        "symfollow",
            "sync",       "tmpcopyup",    "unbindable"};
        const auto words = mounts::optionWords();
        QVERIFY(std::is_sorted(words.begin(), words.end()));
        QVERIFY(std::adjacent_find(words.begin(), words.end()) == words.end());
        QVERIFY(std::includes(words.begin(), words.end(), specified.begin(), specified.end()));
        const std::vector<std::string> kernels{"dirsync", "lazytime", "nolazytime", "sync"};
        for (const std::string& word : words) {
            const auto options = mounts::parseOptions({word});
            VERIFY_OK(options);
            const bool handedOn = std::find(kernels.begin(), kernels.end(), word) != kernels.end();
            QCOMPARE(options->data.size(), std::size_t{handedOn ? 1U : 0U});
        }
        for (const char* word : {"mand", "size", "U", "z", "noacl"}) {
            QVERIFY(!std::binary_search(words.begin(), words.end(), word));
        }
    }

    void refusesOptionsThatCannotBeHeld() {
        VERIFY_ERROR(mounts::parseOptions({"mand"}), ErrorKind::Unsupported);
    }

    void showsTheHostsFileSystemWithoutANamespace_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<qulonglong>("absent");
        QTest::addColumn<QString>("source");
        QTest::newRow("sysfs on the host's network") << "sysfs" << qulonglong{CLONE_NEWNET} << "/sys";
        QTest::newRow("proc of the host's processes") << "proc" << qulonglong{CLONE_NEWPID} << "/proc";
        QTest::newRow("queues of the host") << "mqueue" << qulonglong{CLONE_NEWIPC} << "/dev/mqueue";
        QTest::newRow("control groups of the host")
            << "cgroup" << qulonglong{CLONE_NEWCGROUP} << "/sys/fs/cgroup";
    }

    void showsTheHostsFileSystemWithoutANamespace() {
        QFETCH(QString, type);
        QFETCH(qulonglong, absent);
        QFETCH(QString, source);
        const oci::Config config = configWith({{"/x", type.toStdString(), "x", {"nosuid"}}});
        QVERIFY(planOf(config).mounts.front().kind == mounts::StepKind::NewFilesystem);
        const auto plan = planOf(config, {kAll & ~std::uint64_t{absent}, true, true});
        QVERIFY(plan.mounts.front().kind == mounts::StepKind::Bind);
        QCOMPARE(plan.mounts.front().source, source.toStdString());
        QVERIFY(plan.mounts.front().options.recursive);
    }

    void leavesTheTerminalGroupOutWhereItDoesNotExist() {
        const oci::Config config = configWith({{"/dev/pts", "devpts", "devpts", {"gid=5", "mode=620"}}});
        QCOMPARE(planOf(config).mounts.front().options.data.size(), std::size_t{2});
        QCOMPARE(planOf(config, {kAll, true, false}).mounts.front().options.data.size(), std::size_t{1});
    }

    void refusesMountsItCannotMake() {
        VERIFY_ERROR(mounts::planMounts(configWith({{"/", "tmpfs", "tmpfs", {}}}), {}, {}),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(mounts::planMounts(configWith({{"/x", "bind", "relative", {}}}), {}, {}),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(mounts::planMounts(configWith({{"/x", "bind", "/y", {"nonsense"}}}), {}, {}),
                     ErrorKind::Unsupported);
    }

    void performsStepsInOrder() {
        FakeKernel kernel;
        kernel.missing = {"/new", "/new/place"};
        oci::Config config =
            configWith({{"/proc", "proc", "proc", {}}, {"/new/place/", "bind", "/src", {"rbind", "ro"}}});
        config.maskedPaths = {"/sys/firmware", "/proc/acpi", "/not/there"};
        config.readonlyPaths = {"/proc/sys"};
        config.rootReadonly = true;
        kernel.missing.insert("/not/there");
        VERIFY_OK(perform(kernel, planOf(config)));
        const std::vector<std::string> wanted{"clone host:/src and below",
                                              "new proc",
                                              "attach proc on /proc",
                                              "mkdir /new",
                                              "mkdir /new/place",
                                              "set host:/src 1 and below",
                                              "attach host:/src on /new/place",
                                              "clone /proc/sys and below",
                                              "attach /proc/sys on /proc/sys",
                                              "attach tmpfs on /sys/firmware",
                                              "attach tmpfs on /proc/acpi"};
        auto at = kernel.calls.begin();
        for (const std::string& call : wanted) {
            at = std::find(at, kernel.calls.end(), call);
            QVERIFY2(at != kernel.calls.end(), call.c_str());
        }
        QCOMPARE(std::count(kernel.calls.begin(), kernel.calls.end(), "new tmpfs size=0 mode=755"), 1);
        QCOMPARE(kernel.calls.back(), std::string("set  1"));
        QVERIFY(!contains(kernel, "attach tmpfs on /not/there"));
    }

    void spreadsMountEventsInTheOrderOfTheWords() {
        FakeKernel kernel;
        const auto plan = planOf(configWith({{"/data", "bind", "/src", {"rbind", "rslave", "shared"}}}));
        VERIFY_OK(perform(kernel, plan));
        QVERIFY(contains(kernel, "spread host:/src " + std::to_string(MS_SLAVE) + " and below"));
        QVERIFY(contains(kernel, "spread host:/src " + std::to_string(MS_SHARED)));
    }

    void recursiveWordsRestrictWhatIsBelow() {
        FakeKernel kernel;
        VERIFY_OK(perform(kernel, planOf(configWith({{"/data", "bind", "/src", {"rbind", "rnosuid"}}}))));
        QVERIFY(contains(kernel, "set host:/src " + std::to_string(MOUNT_ATTR_NOSUID) + " and below"));
        const auto plan = planOf(configWith({{"/data", "tmpfs", "tmpfs", {"rnoexec"}}}));
        QCOMPARE(plan.mounts.front().options.attributes.set, std::uint64_t{MOUNT_ATTR_NOEXEC});
    }

    void translatesIdsBeforeTheMountIsSeen() {
        FakeKernel kernel;
        VERIFY_OK(perform(kernel, planOf(configWith({{"/data", "bind", "/src", {"rbind", "ridmap"}}}))));
        const auto mapped = std::find(kernel.calls.begin(), kernel.calls.end(), "map host:/src and below");
        QVERIFY(mapped != kernel.calls.end());
        QVERIFY(std::find(mapped, kernel.calls.end(), "attach host:/src on /data") != kernel.calls.end());
    }

    void holdsDefaultDevicesToTheConfiguration() {
        oci::Config config;
        config.devices.push_back({"/dev/zero", 'c', 1, 3, {}, {}, {}});
        FakeKernel kernel;
        VERIFY_ERROR(perform(kernel, planOf(config)), ErrorKind::Conflict);
        config.devices.front().minor = 5;
        FakeKernel good;
        VERIFY_OK(perform(good, planOf(config)));
        config.devices.front().mode = 0600;
        FakeKernel other;
        VERIFY_ERROR(perform(other, planOf(config)), ErrorKind::Unsupported);
    }

    void looksAFolderOfDevicesUpOnce() {
        oci::Config config;
        config.devices.push_back({"/run/pipe", 'p', 0, 0, {}, {}, {}});
        FakeKernel kernel;
        VERIFY_OK(perform(kernel, planOf(config)));
        QVERIFY(contains(kernel, "attach host:/dev/null on /dev/null"));
        QVERIFY(contains(kernel, "attach host:/dev/tty on /dev/tty"));
        QVERIFY(contains(kernel, "fifo /run/pipe"));
        // Once for the devices and once for the links.
        QCOMPARE(std::count(kernel.opened.begin(), kernel.opened.end(), "/dev"), 2);
        QCOMPARE(std::count(kernel.opened.begin(), kernel.opened.end(), "/run"), 1);
    }

    void refusesAFileOfTheImageInPlaceOfADevice() {
        // Whatever it is: the fake kernel says "folder" of names it does not know.
        oci::Config config;
        config.devices.push_back({"/dev/zero", 'c', 1, 5, {}, {}, {}});
        FakeKernel kernel;
        kernel.present = {"/dev/zero"};
        VERIFY_ERROR(perform(kernel, planOf(config)), ErrorKind::Conflict);
        QVERIFY(!contains(kernel, "attach host:/dev/zero on /dev/zero"));
    }

    void doesNotTakeAPathForMissingThatItCannotLookAt() {
        FakeKernel kernel;
        kernel.forbidden = {"/proc/kcore"};
        oci::Config config;
        config.maskedPaths = {"/proc/kcore"};
        VERIFY_ERROR(perform(kernel, planOf(config)), ErrorKind::PermissionDenied);
    }

    void makesFifos() {
        oci::Config config;
        config.devices.push_back({"/run/pipe", 'p', 0, 0, 0600, {}, {}});
        FakeKernel kernel;
        VERIFY_OK(perform(kernel, planOf(config)));
        QVERIFY(contains(kernel, "fifo /run/pipe"));
    }

    void knowsThePropagationOfTheRoot() {
        oci::Config config;
        config.rootfsPropagation = "rshared";
        QCOMPARE(planOf(config).rootPropagation->kind, std::uint64_t{MS_SHARED});
        config.rootfsPropagation = "sideways";
        VERIFY_ERROR(mounts::planMounts(config, {}, {}), ErrorKind::Corrupt);
    }

    void refusesALinkInPlaceOfARuntimeFolder() {
        for (const char* folder : {"/dev", "/proc", "/sys"}) {
            FakeKernel kernel;
            kernel.links = {folder};
            const auto plan = planOf(configWith({{folder, "tmpfs", "tmpfs", {}}}));
            VERIFY_ERROR(perform(kernel, plan), ErrorKind::PermissionDenied);
            QVERIFY(!contains(kernel, std::string("attach tmpfs on ") + folder));
        }
    }

    void everyFailureNamesItsStep() {
        oci::Config config =
            configWith({{"/proc", "proc", "proc", {}}, {"/data", "bind", "/src", {"rbind", "ro"}}});
        config.maskedPaths = {"/sys/firmware"};
        config.readonlyPaths = {"/proc/sys"};
        FakeKernel counting;
        VERIFY_OK(perform(counting, planOf(config)));
        int failed = 0;
        for (int i = 0; static_cast<std::size_t>(i) < counting.calls.size(); ++i) {
            FakeKernel kernel;
            kernel.failAt = i;
            const auto done = perform(kernel, planOf(config));
            QVERIFY2(!done, kernel.calls[static_cast<std::size_t>(i)].c_str());
            ++failed;
            QVERIFY(!done.error().message().empty());
            QVERIFY(kernel.calls.size() <= static_cast<std::size_t>(i) + 1);
        }
        QVERIFY(failed > 10);
    }

    /// As in a container inside of another one.
    void leavesOutDefaultDevicesOfNoHost() {
        FakeKernel kernel;
        kernel.missing = {"host:/dev/full"};
        VERIFY_OK(perform(kernel, planOf(configWith({}))));
        QVERIFY(contains(kernel, "clone host:/dev/null"));
    }

    void missingSourceHasAHint() {
        FakeKernel kernel;
        kernel.missing = {"host:/src"};
        const auto done = perform(kernel, planOf(configWith({{"/data", "bind", "/src", {}}})));
        VERIFY_ERROR(done, ErrorKind::NotFound);
        QVERIFY(!done.error().hint().empty());
    }

    void createsPlacesInsideTheRootOnly() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "root/a", 0755));
        VERIFY_OK(sys::makeDirectories(directory / "outside", 0755));
        sys::Kernel& kernel = sys::realKernel();
        const auto root = sys::openDirectory(directory / "root");
        VERIFY_OK(root);
        VERIFY_OK(kernel.makeSymlink(directory / "outside", root->get(), "absolute"));
        VERIFY_OK(kernel.makeSymlink("../../../../../outside", root->get(), "relative"));
        VERIFY_OK(kernel.makeSymlink("/nowhere/yet", root->get(), "dangling"));
        for (const char* path : {"/absolute/x", "/relative/y", "/dangling/z", "/a/../../../b", "/dangling"}) {
            const auto place =
                mounts::openMountpoint(kernel, root->get(), path, mounts::TargetKind::Directory);
            if (std::string(path) != "/a/../../../b") {
                VERIFY_OK(place);
            }
        }
        QVERIFY(sys::listDirectory(directory / "outside")->empty());
        QVERIFY(sys::pathExists(directory / "root/nowhere/yet/z"));
        QVERIFY(sys::pathExists((directory / "root") + (directory / "outside") + "/x"));
    }

    void refusesEndlessLinks() {
        const TemporaryDirectory directory;
        const auto root = sys::openDirectory(directory.path());
        VERIFY_OK(root);
        VERIFY_OK(sys::realKernel().makeSymlink("b/x", root->get(), "a"));
        VERIFY_OK(sys::realKernel().makeSymlink("a/x", root->get(), "b"));
        QVERIFY(!mounts::openMountpoint(sys::realKernel(), root->get(), "/a", mounts::TargetKind::Directory));
    }

    void copiesUpOnlyIntoAnEmptyFolder() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "from/inner", 0755));
        VERIFY_OK(sys::makeDirectories(directory / "to", 0755));
        VERIFY_OK(sys::replaceFile(directory / "from/inner/file", "text", 0640, sys::Durability::Process));
        const auto from = sys::openDirectory(directory / "from");
        const auto to = sys::openDirectory(directory / "to");
        VERIFY_OK(mounts::copyUpIfEmpty(from->get(), to->get()));
        QCOMPARE(*sys::readFile(directory / "to/inner/file"), std::string("text"));
        VERIFY_OK(sys::removeFile(directory / "to/inner/file"));
        VERIFY_OK(mounts::copyUpIfEmpty(from->get(), to->get()));
        QVERIFY(!sys::pathExists(directory / "to/inner/file"));
    }
};

QTEST_GUILESS_MAIN(TestMounts)
#include "test_mounts.moc"
