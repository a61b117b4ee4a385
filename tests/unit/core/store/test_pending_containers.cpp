// SPDX-License-Identifier: Apache-2.0
#include "core/store/store.h"
#include "rootless/sys/file.h"
#include "tests/support/store_samples.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <atomic>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

using namespace coracle;
using namespace coracle::store;
using image::Digest;
using test::addImage;

namespace {

const RemovalOrder kAtItsEnd{Fate::DeletedAtEnd, {}};
constexpr const char* kApp = "docker.io/library/app:latest";

}  // namespace

/// Containers that remove themselves, and the answers of `run`, without the database. On a real disk, with
/// the real helper, without subordinate ids.
class TestPendingContainers : public QObject {
    Q_OBJECT

private slots:
    void init();
    void leavesTheDatabaseAlone();
    void showsThemToEverybody();
    void becomesARowWhenSomebodyWrites();
    void knowsWhetherItIsUntouched();
    void keepsNamesUnique();
    void keepsItsImage();
    void removesWhatAKilledWriterLeftTwice();
    void needsTheRowForVolumes();
    void needsTheRowForMountedImages();
    void answersWithoutTheDatabase();
    void forgetsAnswersWhenTheDatabaseChanges();
    void keepsNoAnswerOfAFreshChange();
    void passesOverForeignFiles();
    void sweepsTemporaryFilesOfTheDead();
    void keepsStoresApart();
    void losesNothingAmongManyWriters();

private:
    Result<Store> open() const {
        return Store::open({m_place + "/root", m_place + "/run"}, IdMapping::Single);
    }
    /// Of the image kApp, removed at its end.
    static ContainerRecord containerOf(const Store& store, char digit, const std::string& name) {
        ContainerRecord record;
        record.id = std::string(64, digit);
        record.name = name;
        record.image = "app";
        const auto image = store.images().find(kApp);
        record.imageId = image && *image ? (*image)->id.text() : "";
        record.chainId = image && *image ? std::optional((*image)->chainIds.back()) : std::nullopt;
        record.createdAt = test::kSomeDay;
        record.specJson = R"({"image":"app"})";
        record.detailsJson = "{}";
        record.desiredState = "created";
        record.removeWhenStopped = true;
        return record;
    }
    /// Everything that a change of the database changes.
    std::string databaseState() const {
        std::string state;
        for (const char* name : {"/root/state.db", "/root/state.db-wal"}) {
            struct stat status {};
            (void)::stat((m_place + name).c_str(), &status);
            state += std::to_string(status.st_size) + ":" + std::to_string(status.st_mtim.tv_sec) + "." +
                     std::to_string(status.st_mtim.tv_nsec) + " ";
        }
        return state;
    }
    /// As if the last change was long ago.
    void settle() const {
        const std::array<timespec, 2> longAgo{{{1'700'000'000, 0}, {1'700'000'000, 0}}};
        for (const char* name : {"/root/state.db", "/root/state.db-wal"}) {
            (void)::utimensat(AT_FDCWD, (m_place + name).c_str(), longAgo.data(), 0);
        }
    }
    std::string pendingDir() const { return Layout({m_place + "/root", m_place + "/run"}).pendingDir(); }
    std::string answers() const { return Layout({m_place + "/root", m_place + "/run"}).lookupFile(); }
    std::size_t pendingFiles() const {
        const auto names = sys::listDirectory(pendingDir());
        return names ? names->size() : 0;
    }
    bool hasAnswers() const { return sys::pathExists(answers()); }
    void setDatabaseMode(mode_t mode) const { (void)::chmod((m_place + "/root/state.db").c_str(), mode); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_place;
};

void TestPendingContainers::init() {
    m_directory = std::make_unique<QTemporaryDir>();
    m_place = m_directory->path().toStdString();
    const auto store = open();
    VERIFY_OK(store);
    const auto image = addImage(*store, kApp, {"one", "two"});
    VERIFY_OK(image);
}

void TestPendingContainers::leavesTheDatabaseAlone() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    const std::string before = databaseState();
    QVERIFY(store->containers().insert(record));
    const auto found = store->containers().find(record.id);
    VERIFY_OK(found);
    QVERIFY(found->has_value());
    const auto removed = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(removed);
    QVERIFY(removed->existed);
    QCOMPARE(databaseState(), before);
    QCOMPARE(pendingFiles(), std::size_t{0});
    const auto again = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(again);
    QVERIFY(!again->existed);
}

void TestPendingContainers::showsThemToEverybody() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    QVERIFY(store->containers().insert(record));
    const auto other = open();
    VERIFY_OK(other);
    for (const std::string& word : {record.id, record.name, record.id.substr(0, 12)}) {
        const auto found = other->containers().load(word);
        VERIFY_OK(found);
        QCOMPARE(found->id, record.id);
        QCOMPARE(found->name, record.name);
        QCOMPARE(found->specJson, record.specJson);
        QCOMPARE(found->chainId->text(), record.chainId->text());
        QVERIFY(found->createdAt == record.createdAt);
        QVERIFY(found->removeWhenStopped);
    }
    const auto all = other->containers().list();
    VERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{1});
    const auto image = other->images().find(kApp);
    VERIFY_OK(image);
    QCOMPARE((*image)->usedBy, std::vector<std::string>{"short"});
    QCOMPARE(pendingFiles(), std::size_t{1});  // looking is no writing
}

void TestPendingContainers::becomesARowWhenSomebodyWrites() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    QVERIFY(store->containers().insert(record));
    const auto other = open();
    VERIFY_OK(other);
    QVERIFY(other->containers().rename(record.id, "long"));
    QCOMPARE(pendingFiles(), std::size_t{0});
    const auto found = store->containers().load("long");
    VERIFY_OK(found);
    QCOMPARE(found->id, record.id);
    QVERIFY(found->removeWhenStopped);
    const auto removed = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(removed);
    QVERIFY(removed->existed);
    const auto all = other->containers().list();
    VERIFY_OK(all);
    QVERIFY(all->empty());
}

void TestPendingContainers::knowsWhetherItIsUntouched() {
    const auto store = open();
    const auto other = open();
    VERIFY_OK(store);
    VERIFY_OK(other);
    const ContainerRecord record = containerOf(*store, 'a', "one");
    QVERIFY(!store->containers().isUntouched(record));
    VERIFY_OK(store->containers().insert(record));
    QVERIFY(store->containers().isUntouched(record));
    QVERIFY(other->containers().isUntouched(record));
    VERIFY_OK(other->containers().setDesiredState(record.id, "stopped"));
    QVERIFY(!store->containers().isUntouched(record));
    const ContainerRecord second = containerOf(*store, 'b', "two");
    VERIFY_OK(store->containers().insert(second));
    VERIFY_OK(other->containers().remove(second.id, kAtItsEnd));
    QVERIFY(!store->containers().isUntouched(second));
    // One with a row of its own can be changed where it is.
    ContainerRecord kept = containerOf(*store, 'c', "three");
    kept.removeWhenStopped = false;
    VERIFY_OK(store->containers().insert(kept));
    QVERIFY(!store->containers().isUntouched(kept));
}

void TestPendingContainers::keepsNamesUnique() {
    const auto store = open();
    VERIFY_OK(store);
    ContainerRecord kept = containerOf(*store, 'b', "kept");
    kept.removeWhenStopped = false;
    QVERIFY(store->containers().insert(kept));
    QVERIFY(store->containers().insert(containerOf(*store, 'a', "short")));
    const auto sameAsRow = store->containers().insert(containerOf(*store, 'c', "kept"));
    VERIFY_ERROR(sameAsRow, ErrorKind::AlreadyExists);
    const auto sameAsPending = store->containers().insert(containerOf(*store, 'c', "short"));
    VERIFY_ERROR(sameAsPending, ErrorKind::AlreadyExists);
    QVERIFY(sameAsPending.error().message().find("aaaaaaaaaaaa") != std::string::npos);
    kept.id = std::string(64, 'd');
    kept.name = "short";
    const auto rowLater = store->containers().insert(kept);
    VERIFY_ERROR(rowLater, ErrorKind::AlreadyExists);
    const auto renamed = store->containers().rename(std::string(64, 'b'), "short");
    VERIFY_ERROR(renamed, ErrorKind::AlreadyExists);
}

void TestPendingContainers::keepsItsImage() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    QVERIFY(store->containers().insert(record));
    const auto other = open();
    VERIFY_OK(other);
    const auto refused = other->images().remove(kApp, Images::Force::No);
    VERIFY_ERROR(refused, ErrorKind::Conflict);
    QVERIFY(refused.error().message().find("short") != std::string::npos);
    const auto forced = other->images().remove(kApp, Images::Force::Yes);
    VERIFY_OK(forced);
    QVERIFY(sys::pathExists(other->layers().path(*record.chainId)));
    const auto gone = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(gone);
    QVERIFY(gone->existed);
    const auto late = store->containers().insert(record);
    QVERIFY(late);  // the layer is there until the garbage is collected
}

/// The writer was killed after its commit and before it had deleted the file.
void TestPendingContainers::removesWhatAKilledWriterLeftTwice() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    QVERIFY(store->containers().insert(record));
    const std::string file = pendingDir() + "/" + record.id + ".short";
    const auto text = sys::readFile(file);
    VERIFY_OK(text);
    const auto volume = store->volumes().create("data", {});
    VERIFY_OK(volume);
    QVERIFY(!sys::pathExists(file));
    QVERIFY(sys::replaceFile(file, *text, 0600, sys::Durability::Process));
    const auto all = store->containers().list();
    VERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{1});
    const auto removed = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(removed);
    QVERIFY(removed->existed);
    QVERIFY(!sys::pathExists(file));
    const auto none = store->containers().list();
    VERIFY_OK(none);
    QVERIFY(none->empty());
}

void TestPendingContainers::needsTheRowForVolumes() {
    const auto store = open();
    VERIFY_OK(store);
    const auto volume = store->volumes().create("data", {});
    VERIFY_OK(volume);
    ContainerRecord record = containerOf(*store, 'a', "short");
    record.volumes = {"data"};
    QVERIFY(store->containers().insert(record));
    QCOMPARE(pendingFiles(), std::size_t{0});
    const auto refused = store->volumes().remove("data");
    VERIFY_ERROR(refused, ErrorKind::Conflict);
}

void TestPendingContainers::needsTheRowForMountedImages() {
    const auto store = open();
    VERIFY_OK(store);
    const auto id = addImage(*store, "docker.io/library/tools:latest", {"tools"});
    VERIFY_OK(id);
    ContainerRecord record = containerOf(*store, 'a', "short");
    record.images = {{id->text(), store->images().load(*id)->chainIds.back()}};
    QVERIFY(store->containers().insert(record));
    QCOMPARE(pendingFiles(), std::size_t{0});
    VERIFY_ERROR(store->images().remove("docker.io/library/tools:latest", Images::Force::No),
                 ErrorKind::Conflict);
}

/// The database cannot even be opened; that nothing asks for it is the whole point.
void TestPendingContainers::answersWithoutTheDatabase() {
    const auto first = open();
    VERIFY_OK(first);
    settle();
    const auto image = first->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(image);
    const ContainerRecord record = containerOf(*first, 'a', "short");
    QVERIFY(hasAnswers());
    setDatabaseMode(0);
    const auto store = open();
    VERIFY_OK(store);
    QVERIFY(!store->containers().list());
    const auto has = store->images().has(kApp);
    VERIFY_OK(has);
    QVERIFY(*has);
    const auto again = store->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(again);
    QVERIFY(again->has_value());
    QCOMPARE((*again)->id.text(), (*image)->id.text());
    QCOMPARE((*again)->platform, (*image)->platform);
    QCOMPARE((*again)->chainIds.size(), std::size_t{2});
    QCOMPARE((*again)->chainIds.back().text(), (*image)->chainIds.back().text());
    QVERIFY(store->containers().insert(record));
    const auto found = store->containers().find(record.id);
    VERIFY_OK(found);
    QVERIFY(found->has_value());
    const auto removed = store->containers().remove(record.id, kAtItsEnd);
    VERIFY_OK(removed);
    QVERIFY(removed->existed);
    setDatabaseMode(0600);
    const auto all = store->containers().list();
    VERIFY_OK(all);
    QVERIFY(all->empty());
}

void TestPendingContainers::forgetsAnswersWhenTheDatabaseChanges() {
    const auto store = open();
    VERIFY_OK(store);
    settle();
    const auto image = store->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(image);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    const auto other = open();
    VERIFY_OK(other);
    const auto moved = addImage(*other, kApp, {"three"});
    VERIFY_OK(moved);
    const auto next = store->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(next);
    QCOMPARE((*next)->id.text(), moved->text());
    const auto gone = other->images().remove(kApp, Images::Force::Yes);
    VERIFY_OK(gone);
    const auto none = store->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(none);
    QVERIFY(!none->has_value());
    const auto has = store->images().has(kApp);
    VERIFY_OK(has);
    QVERIFY(!*has);
    ContainerRecord late = record;
    late.chainId = Digest::of("a layer that never was");
    const auto refused = store->containers().insert(late);
    VERIFY_ERROR(refused, ErrorKind::NotFound);
}

void TestPendingContainers::keepsNoAnswerOfAFreshChange() {
    const auto store = open();
    VERIFY_OK(store);
    // Once more when we were stopped for so long that the change was not fresh any more.
    bool fresh = false;
    for (int tries = 0; tries < 20 && !fresh; ++tries) {
        (void)sys::removeFile(answers());  // it is mostly not there
        const auto before = std::chrono::steady_clock::now();
        QVERIFY(store->images().tag(Digest::of("config of " + std::string(kApp)),
                                    "docker.io/library/app:" + std::to_string(tries)));
        const auto image = store->images().find(kApp, Images::Relations::Skip);
        VERIFY_OK(image);
        QVERIFY(image->has_value());
        fresh = std::chrono::steady_clock::now() - before < std::chrono::milliseconds(200);
        QVERIFY(!fresh || !hasAnswers());
    }
    QVERIFY2(fresh, "this machine takes more than 200 ms each time");
}

void TestPendingContainers::passesOverForeignFiles() {
    const auto store = open();
    VERIFY_OK(store);
    settle();
    VERIFY_OK(sys::makeDirectories(m_place + "/run/lookup"));
    const auto put = [&](const std::string& path, const std::string& text) {
        return sys::replaceFile(path, text, 0600, sys::Durability::Process).has_value();
    };
    const ContainerRecord record = containerOf(*store, 'a', "short");
    QVERIFY(store->containers().insert(record));
    QVERIFY(put(answers(), "nonsense\nimage " + std::string(kApp) + " {}\n"));
    QVERIFY(put(pendingDir() + "/" + std::string(64, 'b') + ".broken", "{"));
    QVERIFY(put(pendingDir() + "/notes", "x"));
    const auto all = store->containers().list();
    VERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{1});
    const auto image = store->images().find(kApp, Images::Relations::Skip);
    VERIFY_OK(image);
    QVERIFY(image->has_value());
    const auto volume = store->volumes().create("data", {});
    VERIFY_OK(volume);
    const auto found = store->containers().load("short");
    VERIFY_OK(found);
    QCOMPARE(found->id, record.id);
}

/// Both folders: the writers were killed between the writing and the renaming.
void TestPendingContainers::sweepsTemporaryFilesOfTheDead() {
    const auto store = open();
    VERIFY_OK(store);
    settle();
    VERIFY_OK(sys::makeDirectories(m_place + "/run/lookup"));
    VERIFY_OK(sys::makeDirectories(pendingDir()));
    for (const std::string& folder : {m_place + "/run/lookup", pendingDir()}) {
        VERIFY_OK(sys::replaceFile(folder + "/.x.0123456789ab", "half", 0600, sys::Durability::Process));
    }
    VERIFY_OK(store->images().find(kApp, Images::Relations::Skip));
    VERIFY_OK(store->containers().insert(containerOf(*store, 'a', "short")));
    QCOMPARE(sys::listDirectory(m_place + "/run/lookup")->size(), std::size_t{1});
    QCOMPARE(pendingFiles(), std::size_t{1});
}

/// --root alone is often given, and then stores share the folder of what runs.
void TestPendingContainers::keepsStoresApart() {
    const auto store = open();
    VERIFY_OK(store);
    const ContainerRecord record = containerOf(*store, 'a', "short");
    VERIFY_OK(store->containers().insert(record));
    const auto other = Store::open({m_place + "/other", m_place + "/run"}, IdMapping::Single);
    VERIFY_OK(other);
    const auto none = other->containers().list();
    VERIFY_OK(none);
    QVERIFY(none->empty());
    VERIFY_OK(other->volumes().create("data", {}));
    const auto found = store->containers().load("short");
    VERIFY_OK(found);
    QCOMPARE(found->id, record.id);
}

void TestPendingContainers::losesNothingAmongManyWriters() {
    constexpr int kThreads = 4;
    constexpr int kRounds = 25;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < kThreads; ++number) {
        threads.emplace_back([&, number] {
            const auto store = open();
            for (int round = 0; store && round < kRounds; ++round) {
                ContainerRecord record = containerOf(*store, 'a', "c" + std::to_string(number));
                record.id = sys::randomHex(64);
                const auto inserted = store->containers().insert(record);
                const auto found = store->containers().load(record.name);
                const auto removed = store->containers().remove(record.id, kAtItsEnd);
                const bool right = inserted && found && found->id == record.id && removed && removed->existed;
                failures += right ? 0 : 1;
            }
            failures += store ? 0 : 1;
        });
    }
    const auto writer = open();
    VERIFY_OK(writer);
    for (int round = 0; round < kRounds; ++round) {
        const auto volume = writer->volumes().create("v" + std::to_string(round), {});
        VERIFY_OK(volume);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    QCOMPARE(failures.load(), 0);
    const auto all = writer->containers().list();
    VERIFY_OK(all);
    QVERIFY(all->empty());
    QCOMPARE(pendingFiles(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestPendingContainers)
#include "test_pending_containers.moc"
