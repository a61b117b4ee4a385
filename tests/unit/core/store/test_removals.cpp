// SPDX-License-Identifier: Apache-2.0
#include "core/store/pending_containers.h"
#include "core/store/removal_record.h"
#include "core/store/store.h"
#include "rootless/sys/file.h"
#include "tests/support/store_samples.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <sys/stat.h>

using namespace coracle;
using namespace coracle::store;
using image::Digest;
using test::addImage;
using test::kSomeDay;

namespace {

const RemovalOrder kKept{Fate::Kept, "batch"};

Result<> writeFile(const std::string& path, const std::string& text) {
    return sys::replaceFile(path, text, 0644, sys::Durability::Process);
}

}  // namespace

/// Removals that can be undone: what they keep, and what a kill at any moment leaves. On a real disk, with
/// the real helper, without subordinate ids.
class TestRemovals : public QObject {
    Q_OBJECT

private slots:
    void init();
    void bringsAContainerBack();
    void givesAContainerAnotherName();
    void keepsAndBringsBackMountedImages();
    void bringsAnImageBackWithItsNames();
    void leavesNamesThatAnotherImageHas();
    void bringsANameBack();
    void keepsLayersAsLongAsTheTrashHasThem();
    void countsWhatPurgingFrees();
    void keepsDataOfVolumesOfOneNameApart();
    void emptiesAVolumeAndFillsItAgain();
    void losesNothingOfAVolumeThatWasWrittenToSince();
    void leavesTheFilesWhereEmptyingWasCutOff();
    void emptiesForGoodWithoutATrash();
    void settlesAVolumeWhoseRemovalWasCutOff();
    void givesNoDataOfACutOffRemovalToANewVolume();
    void bringsBackWhatWasCutOffInTheMiddle();
    void sweepsACutOffContainerIntoTheTrash();
    void bringsAContainerHomeThatAPowerCutBroughtBack();
    void throwsAwayWhatNoRemovalKeeps();
    void purgesOrRestoresButNeverBoth();
    void tellsWhenTheDataIsGone();
    void refusesToRemoveWhatIsProtected();
    void upgradesAStoreOfVersionOne();
    void upgradesAStoreOfVersionTwo();
    void refusesANewerDatabase();
    void readsItsOwnRecords();

private:
    Result<Store> open() const {
        const std::string place = m_directory->path().toStdString();
        return Store::open({place + "/root", place + "/run"}, IdMapping::Single);
    }
    static ContainerRecord containerOf(char digit, const std::string& name) {
        ContainerRecord record;
        record.id = std::string(64, digit);
        record.name = name;
        record.createdAt = kSomeDay;
        record.specJson = R"({"image":"x"})";
        record.detailsJson = R"({"command":["true"]})";
        record.desiredState = "running";
        return record;
    }
    static Result<> addContainer(const Store& store, const ContainerRecord& record) {
        TRY(store.containers().insert(record));
        TRY(sys::makeDirectories(store.containers().bundlePath(record.id)));
        return writeFile(store.containers().bundlePath(record.id) + "/container.log", "said");
    }
    static Result<> addVolume(const Store& store, const std::string& name, const std::string& content) {
        TRY_ASSIGN(const auto volume, store.volumes().create(name, {{"a", "b"}}));
        return writeFile(volume.dataPath + "/file", content);
    }
    static Result<std::string> contentOf(const Store& store, const std::string& volume) {
        return sys::readFile(store.layout().volumeData(volume) + "/file");
    }
    static std::int64_t last(const Store& store) { return store.removals().list()->front().id; }
    static std::string keptVolume(const Store& store, std::int64_t id) {
        return store.layout().removedDir() + "/volume-" + std::to_string(id);
    }
    static std::uint64_t sum(const Store& store) {
        std::uint64_t bytes = 0;
        const auto removals = store.removals().list();
        for (const auto& removal : *removals) {
            bytes += removal.freedBytes;
        }
        return bytes;
    }

    std::optional<QTemporaryDir> m_directory;
};

void TestRemovals::init() {
    m_directory.emplace();
    QVERIFY(m_directory->isValid());
}

/// An image that a container has mounted is used like its own: as long as the container is there or can be
/// brought back, its layers are.
void TestRemovals::keepsAndBringsBackMountedImages() {
    const auto store = open();
    VERIFY_OK(addImage(*store, "one", {"base", "top"}));
    const auto image = store->images().list()->front();
    ContainerRecord record = containerOf('a', "web");
    record.images = {{image.id.text(), image.chainIds.back()}};
    VERIFY_OK(addContainer(*store, record));
    VERIFY_ERROR(store->images().remove("one", Images::Force::No), ErrorKind::Conflict);
    const auto alone = store->usage().contentOf({}, {image.id.text()});
    const auto together = store->usage().contentOf({record.id}, {image.id.text()});
    QVERIFY(*alone < *together);
    VERIFY_OK(store->images().remove("one", Images::Force::Yes));
    VERIFY_OK(store->collectGarbage());
    QVERIFY(*store->layers().has(image.chainIds.front()) && *store->layers().has(image.chainIds.back()));
    const auto removed = store->containers().remove(record.id, kKept);
    VERIFY_OK(removed);
    VERIFY_OK(store->removals().settle(*removed->removal));
    QVERIFY(*store->layers().has(image.chainIds.back()));
    VERIFY_OK(store->removals().restore(*removed->removal, ""));
    QVERIFY(store->containers().load("web")->images == record.images);
    VERIFY_OK(store->containers().remove(record.id, kKept));
    VERIFY_OK(store->removals().settle(last(*store)));
    VERIFY_OK(store->removals().purge({last(*store)}));
    QVERIFY(!*store->layers().has(image.chainIds.back()));
    record.images = {{image.id.text(), image.chainIds.back()}};
    VERIFY_ERROR(store->containers().insert(record), ErrorKind::NotFound);
}

void TestRemovals::bringsAContainerBack() {
    const auto store = open();
    VERIFY_OK(addImage(*store, "one", {"a"}));
    ContainerRecord record = containerOf('a', "web");
    record.chainId = store->images().list()->front().chainIds.back();
    VERIFY_OK(store->volumes().create("data", {}));
    record.volumes = {"data"};
    VERIFY_OK(addContainer(*store, record));
    const auto removed = store->containers().remove(record.id, kKept);
    VERIFY_OK(removed);
    QVERIFY(removed->removal);
    VERIFY_OK(store->removals().settle(*removed->removal));
    QVERIFY(!*store->containers().find("web"));
    QVERIFY(!sys::pathExists(store->containers().bundlePath(record.id)));
    const auto restored = store->removals().restore(*removed->removal, "");
    VERIFY_OK(restored);
    QCOMPARE(restored->name, std::string("web"));
    const auto back = store->containers().load("web");
    VERIFY_OK(back);
    QCOMPARE(back->id, record.id);
    QCOMPARE(back->specJson, record.specJson);
    QCOMPARE(back->detailsJson, record.detailsJson);
    QCOMPARE(back->desiredState, std::string("stopped"));
    QCOMPARE(back->volumes, record.volumes);
    QVERIFY(back->chainId == record.chainId);
    QCOMPARE(*sys::readFile(store->containers().bundlePath(record.id) + "/container.log"),
             std::string("said"));
    QVERIFY(store->removals().list()->empty());
}

void TestRemovals::givesAContainerAnotherName() {
    const auto store = open();
    VERIFY_OK(addContainer(*store, containerOf('a', "web")));
    const auto removed = store->containers().remove(std::string(64, 'a'), kKept);
    VERIFY_OK(store->removals().settle(*removed->removal));
    VERIFY_OK(addContainer(*store, containerOf('b', "web")));
    const auto taken = store->removals().restore(*removed->removal, "");
    VERIFY_ERROR(taken, ErrorKind::AlreadyExists);
    QVERIFY(sys::pathExists(store->layout().removedDir() + "/" + std::string(64, 'a')));
    const auto restored = store->removals().restore(*removed->removal, "web2");
    VERIFY_OK(restored);
    QCOMPARE(restored->name, std::string("web2"));
    QCOMPARE(store->containers().load("web2")->id, std::string(64, 'a'));
}

void TestRemovals::bringsAnImageBackWithItsNames() {
    const auto store = open();
    const auto id = addImage(*store, "one", {"base", "top"});
    VERIFY_OK(store->images().tag(*id, "alias"));
    VERIFY_OK(store->images().addRepoDigest(*id, "one@" + store->blobs().put("index")->text()));
    const auto before = store->images().load(*id);
    const auto removed = store->images().remove(id->text(), Images::Force::Yes, kKept);
    VERIFY_OK(removed);
    QCOMPARE(removed->deletedLayers.size(), std::size_t{2});
    QVERIFY(removed->freedBytes > 0);
    QVERIFY(!*store->images().find("one"));
    VERIFY_OK(store->collectGarbage());
    const auto restored = store->removals().restore(last(*store), "");
    VERIFY_OK(restored);
    QCOMPARE(restored->names, (std::vector<std::string>{"alias", "one"}));
    const auto back = store->images().load(*id);
    VERIFY_OK(back);
    QCOMPARE(back->chainIds, before->chainIds);
    QCOMPARE(back->layerDigests, before->layerDigests);
    QCOMPARE(back->references, before->references);
    QCOMPARE(back->repoDigests, before->repoDigests);
    QVERIFY(back->pulledAt == before->pulledAt);
    QVERIFY(store->blobs().has(*id));
}

void TestRemovals::leavesNamesThatAnotherImageHas() {
    const auto store = open();
    const auto one = addImage(*store, "one", {"a"});
    VERIFY_OK(store->images().remove("one", Images::Force::No, kKept));
    const auto two = addImage(*store, "two", {"b"});
    VERIFY_OK(store->images().tag(*two, "one"));
    const auto restored = store->removals().restore(last(*store), "");
    VERIFY_OK(restored);
    QVERIFY(restored->names.empty());
    QCOMPARE(restored->takenNames, (std::vector<std::string>{"one"}));
    QVERIFY((*store->images().find("one"))->id == *two);
    QVERIFY(store->images().load(*one)->references.empty());
}

void TestRemovals::bringsANameBack() {
    const auto store = open();
    const auto one = addImage(*store, "one", {"a"});
    VERIFY_OK(store->images().tag(*one, "alias"));
    VERIFY_OK(store->images().remove("alias", Images::Force::No, kKept));
    VERIFY_OK(store->removals().restore(last(*store), ""));
    QVERIFY((*store->images().find("alias"))->id == *one);
    VERIFY_OK(store->images().remove("alias", Images::Force::No, kKept));
    const auto two = addImage(*store, "alias", {"b"});
    VERIFY_ERROR(store->removals().restore(last(*store), ""), ErrorKind::AlreadyExists);
    QVERIFY((*store->images().find("alias"))->id == *two);
}

void TestRemovals::keepsLayersAsLongAsTheTrashHasThem() {
    const auto store = open();
    const auto one = addImage(*store, "one", {"base", "own"});
    const auto chains = store->images().load(*one)->chainIds;
    VERIFY_OK(addImage(*store, "two", {"base"}));
    VERIFY_OK(store->images().remove("one", Images::Force::No, kKept));
    const std::int64_t first = last(*store);
    VERIFY_OK(store->images().remove("two", Images::Force::No));  // not kept
    QVERIFY(*store->layers().has(chains[0]));
    QVERIFY(*store->layers().has(chains[1]));
    ContainerRecord record = containerOf('a', "web");
    record.chainId = chains[1];
    VERIFY_OK(addContainer(*store, record));
    const auto removed = store->containers().remove(record.id, kKept);
    VERIFY_OK(store->removals().settle(*removed->removal));
    VERIFY_OK(store->removals().purge({first}));
    QVERIFY(*store->layers().has(chains[0]));  // the container's
    QVERIFY(!store->blobs().has(*one));
    VERIFY_OK(store->removals().purge({*removed->removal}));
    QVERIFY(sys::listDirectory(store->layout().layersDir())->empty());
    QVERIFY(sys::listDirectory(store->layout().blobsDir())->empty());
    QVERIFY(sys::listDirectory(store->layout().removedDir())->empty());
}

void TestRemovals::countsWhatPurgingFrees() {
    const auto store = open();
    VERIFY_OK(addImage(*store, "one", {"base", "own"}));
    VERIFY_OK(addImage(*store, "two", {"base", "other"}));
    VERIFY_OK(addImage(*store, "three", {"base"}));
    VERIFY_OK(addVolume(*store, "data", std::string(100'000, 'x')));
    VERIFY_OK(store->images().remove("one", Images::Force::No, kKept));
    VERIFY_OK(store->images().remove("two", Images::Force::No, kKept));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(store->removals().measure());
    const std::uint64_t shared = sum(*store);
    VERIFY_OK(store->images().remove("three", Images::Force::No, kKept));
    const std::uint64_t all = sum(*store);
    QVERIFY(all > shared);  // the base goes only with the last of the three
    std::vector<std::int64_t> ids;
    const auto removals = store->removals().list();
    for (const auto& removal : *removals) {
        ids.push_back(removal.id);
    }
    const auto freed = store->removals().purge(ids);
    VERIFY_OK(freed);
    QCOMPARE(freed->bytes, all);
    QVERIFY(store->removals().list()->empty());
}

void TestRemovals::keepsDataOfVolumesOfOneNameApart() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    const std::int64_t first = last(*store);
    VERIFY_OK(addVolume(*store, "data", "two"));
    VERIFY_ERROR(store->removals().restore(first, ""), ErrorKind::AlreadyExists);
    QCOMPARE(*contentOf(*store, "data"), std::string("two"));
    VERIFY_OK(store->removals().restore(first, "old"));
    QCOMPARE(*contentOf(*store, "old"), std::string("one"));
    QCOMPARE(*contentOf(*store, "data"), std::string("two"));
    QCOMPARE(store->volumes().load("old")->labels.at("a"), std::string("b"));
    VERIFY_ERROR(store->removals().restore(first, ""), ErrorKind::NotFound);
}

void TestRemovals::emptiesAVolumeAndFillsItAgain() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    const auto volume = store->volumes().load("data");
    QCOMPARE(::chmod(volume->dataPath.c_str(), 01750), 0);
    VERIFY_OK(store->volumes().empty(*volume, kKept, {}));
    QVERIFY(sys::listDirectory(volume->dataPath)->empty());
    struct stat status {};
    QCOMPARE(::stat(volume->dataPath.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 01750U);
    QCOMPARE(store->volumes().load("data")->labels.at("a"), std::string("b"));
    const auto removals = store->removals().list();
    QCOMPARE(removals->size(), std::size_t{1});
    QVERIFY(removals->front().contentOnly);
    QVERIFY(sys::listDirectory(store->layout().stagingDir())->empty());

    VERIFY_OK(store->removals().restore(last(*store), ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    QVERIFY(store->removals().list()->empty());
    QVERIFY(sys::listDirectory(store->layout().removedDir())->empty());
}

void TestRemovals::losesNothingOfAVolumeThatWasWrittenToSince() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().empty(*store->volumes().load("data"), kKept, {}));
    const std::int64_t first = last(*store);
    VERIFY_OK(writeFile(store->layout().volumeData("data") + "/file", "two"));
    VERIFY_ERROR(store->removals().restore(first, ""), ErrorKind::AlreadyExists);
    QCOMPARE(*contentOf(*store, "data"), std::string("two"));
    VERIFY_OK(store->volumes().empty(*store->volumes().load("data"), kKept, {}));
    VERIFY_OK(store->removals().restore(first, ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    VERIFY_OK(store->removals().restore(last(*store), "other"));
    QCOMPARE(*contentOf(*store, "other"), std::string("two"));
    // When the volume is gone, what was in it becomes one.
    VERIFY_OK(store->volumes().empty(*store->volumes().load("data"), kKept, {}));
    const std::int64_t second = last(*store);
    VERIFY_OK(store->volumes().remove("data"));
    VERIFY_OK(store->removals().restore(second, ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    QCOMPARE(store->volumes().load("data")->labels.at("a"), std::string("b"));
}

/// As a kill between the transaction and the exchange leaves it: the removal has an empty folder.
void TestRemovals::leavesTheFilesWhereEmptyingWasCutOff() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().empty(*store->volumes().load("data"), kKept, {}));
    const std::string kept = keptVolume(*store, last(*store));
    VERIFY_OK(exchangeFolders(kept, store->layout().volume("data")));
    VERIFY_OK(store->collectGarbage());
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    VERIFY_ERROR(store->removals().restore(last(*store), ""), ErrorKind::AlreadyExists);
    VERIFY_OK(store->removals().purge({last(*store)}));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
}

void TestRemovals::emptiesForGoodWithoutATrash() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->protections().protect(RemovedKind::Volume, "data"));
    VERIFY_ERROR(store->volumes().empty(*store->volumes().load("data"), {}, {}), ErrorKind::Conflict);
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    VERIFY_OK(store->protections().unprotect(RemovedKind::Volume, "data"));
    VERIFY_OK(store->volumes().empty(*store->volumes().load("data"), {}, {}));
    QVERIFY(sys::listDirectory(store->layout().volumeData("data"))->empty());
    QVERIFY(store->removals().list()->empty());
    QVERIFY(sys::listDirectory(store->layout().stagingDir())->empty());
}

/// As a kill between the transaction and the rename leaves it.
void TestRemovals::settlesAVolumeWhoseRemovalWasCutOff() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    const std::string kept = keptVolume(*store, last(*store));
    VERIFY_OK(sys::renamePath(kept, store->layout().volume("data")));
    VERIFY_OK(store->collectGarbage());
    QVERIFY(sys::pathExists(kept));
    QVERIFY(!sys::pathExists(store->layout().volume("data")));
    VERIFY_OK(store->removals().restore(last(*store), ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
}

void TestRemovals::givesNoDataOfACutOffRemovalToANewVolume() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    const std::int64_t first = last(*store);
    VERIFY_OK(sys::renamePath(keptVolume(*store, first), store->layout().volume("data")));
    VERIFY_OK(store->volumes().create("data", {}));
    QVERIFY(!contentOf(*store, "data"));
    VERIFY_OK(store->removals().settle(first));  // the remover, had it only been slow
    QVERIFY(sys::pathExists(store->layout().volumeData("data")));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(store->removals().restore(first, ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
}

/// The folder is back, and the transaction was not committed: it is a removal still, and undoing it again
/// works, as does purging it.
void TestRemovals::bringsBackWhatWasCutOffInTheMiddle() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(sys::renamePath(keptVolume(*store, last(*store)), store->layout().volume("data")));
    VERIFY_OK(store->removals().restore(last(*store), ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(sys::renamePath(keptVolume(*store, last(*store)), store->layout().volume("data")));
    VERIFY_OK(store->removals().purge({last(*store)}));
    QVERIFY(!sys::pathExists(store->layout().volume("data")));
    QVERIFY(sys::listDirectory(store->layout().removedDir())->empty());
}

void TestRemovals::sweepsACutOffContainerIntoTheTrash() {
    const auto store = open();
    VERIFY_OK(addContainer(*store, containerOf('a', "web")));
    const auto removed = store->containers().remove(std::string(64, 'a'), kKept);
    VERIFY_OK(removed);
    VERIFY_OK(store->sweepContainers());  // by another command, before settle()
    QVERIFY(!sys::pathExists(store->containers().bundlePath(std::string(64, 'a'))));
    VERIFY_OK(store->trash().purge());
    VERIFY_OK(store->removals().restore(*removed->removal, ""));
    QVERIFY(sys::pathExists(store->containers().bundlePath(std::string(64, 'a')) + "/container.log"));
}

/// The rename was on the disk and the row was not, as containers' rows are not synced.
void TestRemovals::bringsAContainerHomeThatAPowerCutBroughtBack() {
    const auto store = open();
    const std::string id(64, 'a');
    VERIFY_OK(addContainer(*store, containerOf('a', "web")));
    VERIFY_OK(sys::renamePath(store->containers().bundlePath(id), store->layout().removedDir() + "/" + id));
    VERIFY_OK(store->removals().sweep());
    QVERIFY(sys::pathExists(store->containers().bundlePath(id) + "/container.log"));
}

void TestRemovals::throwsAwayWhatNoRemovalKeeps() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(sys::makeDirectories(store->layout().removedDir() + "/volume-99/data"));
    VERIFY_OK(store->removals().sweep());
    QVERIFY(!sys::pathExists(store->layout().removedDir() + "/volume-99"));
    QVERIFY(sys::pathExists(keptVolume(*store, last(*store))));
}

void TestRemovals::purgesOrRestoresButNeverBoth() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    const std::int64_t first = last(*store);
    VERIFY_OK(store->removals().restore(first, ""));
    const auto freed = store->removals().purge({first});
    VERIFY_OK(freed);
    QCOMPARE(freed->bytes, std::uint64_t{0});
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    const std::int64_t second = last(*store);
    QVERIFY(second > first);
    VERIFY_OK(store->removals().purge({second}));
    VERIFY_ERROR(store->removals().restore(second, ""), ErrorKind::NotFound);
    QVERIFY(!*store->volumes().find("data"));
}

void TestRemovals::tellsWhenTheDataIsGone() {
    const auto store = open();
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(sys::removeTree(keptVolume(*store, last(*store))));
    VERIFY_ERROR(store->removals().restore(last(*store), ""), ErrorKind::Corrupt);
    QVERIFY(!*store->volumes().find("data"));
    VERIFY_OK(store->removals().measure());
    VERIFY_OK(store->removals().purge({last(*store)}));
}

void TestRemovals::refusesToRemoveWhatIsProtected() {
    const auto store = open();
    VERIFY_OK(addContainer(*store, containerOf('a', "web")));
    const std::string id(64, 'a');
    VERIFY_OK(store->protections().protect(RemovedKind::Container, id));
    VERIFY_OK(store->protections().protect(RemovedKind::Container, id));
    VERIFY_ERROR(store->containers().remove(id, kKept), ErrorKind::Conflict);
    VERIFY_ERROR(store->containers().remove(id), ErrorKind::Conflict);
    QVERIFY(*store->containers().find("web"));
    QCOMPARE(store->protections().list()->size(), std::size_t{1});
    VERIFY_OK(addVolume(*store, "data", "one"));
    VERIFY_OK(store->protections().protect(RemovedKind::Volume, "data"));
    VERIFY_ERROR(store->volumes().remove("data", kKept), ErrorKind::Conflict);
    const auto image = addImage(*store, "one", {"a"});
    VERIFY_OK(store->protections().protect(RemovedKind::Image, image->text()));
    VERIFY_ERROR(store->images().remove("one", Images::Force::Yes, kKept), ErrorKind::Conflict);
    VERIFY_OK(store->protections().unprotect(RemovedKind::Image, image->text()));
    VERIFY_OK(store->images().remove("one", Images::Force::Yes, kKept));
}

void TestRemovals::upgradesAStoreOfVersionOne() {
    {
        const auto store = open();
        VERIFY_OK(addVolume(*store, "data", "one"));
        const PendingContainers pending(store->layout());
        Database database(store->layout(), pending);
        VERIFY_OK(database.write(Database::Sync::Yes, "age", [&] {
            return database.execute(
                "DROP TABLE containerImages; DROP TABLE removalLayers; DROP TABLE removalBlobs; DROP TABLE "
                "removals;"
                " DROP TABLE layerSizes; DROP TABLE protections; PRAGMA user_version=1");
        }));
        VERIFY_OK(sys::removeTree(store->layout().removedDir()));
        VERIFY_OK(writeFile(store->layout().versionFile(), "1\n"));
    }
    const auto store = open();
    VERIFY_OK(store);
    QCOMPARE(*sys::readFile(store->layout().versionFile()), std::string("3\n"));
    VERIFY_OK(store->volumes().remove("data", kKept));
    VERIFY_OK(store->removals().restore(last(*store), ""));
    QCOMPARE(*contentOf(*store, "data"), std::string("one"));
}

/// The containers of before have their own image and no other, and can be given one.
void TestRemovals::upgradesAStoreOfVersionTwo() {
    {
        const auto store = open();
        VERIFY_OK(addImage(*store, "one", {"a"}));
        VERIFY_OK(addContainer(*store, containerOf('a', "web")));
        const PendingContainers pending(store->layout());
        Database database(store->layout(), pending);
        VERIFY_OK(database.write(Database::Sync::Yes, "age", [&] {
            return database.execute("DROP TABLE containerImages; PRAGMA user_version=2");
        }));
        VERIFY_OK(writeFile(store->layout().versionFile(), "2\n"));
    }
    const auto store = open();
    VERIFY_OK(store);
    auto record = store->containers().load("web");
    VERIFY_OK(record);
    QVERIFY(record->images.empty());
    const auto image = store->images().list()->front();
    record->images = {{image.id.text(), image.chainIds.back()}};
    VERIFY_OK(store->containers().update(*record));
    QCOMPARE(store->images().list()->front().usedBy, (std::vector<std::string>{"web"}));
    VERIFY_ERROR(store->images().remove("one", Images::Force::No), ErrorKind::Conflict);
    QVERIFY(store->containers().list()->front().images == record->images);
}

void TestRemovals::refusesANewerDatabase() {
    const auto store = open();
    VERIFY_OK(store->volumes().list());
    const PendingContainers pending(store->layout());
    Database database(store->layout(), pending);
    VERIFY_OK(database.write(Database::Sync::Yes, "age",
                             [&] { return database.execute("PRAGMA user_version=4"); }));
    const auto newer = open();
    VERIFY_OK(newer);
    const auto refused = newer->volumes().list();
    VERIFY_ERROR(refused, ErrorKind::Unsupported);
    QVERIFY(refused.error().hint().find("newer Coracle") != std::string::npos);
}

void TestRemovals::readsItsOwnRecords() {
    ContainerRecord record = containerOf('a', "web");
    record.volumes = {"a", "b"};
    record.chainId = Digest::of("x");
    record.images = {{Digest::of("image").text(), Digest::of("layer")}};
    const auto container = parseContainerRecord(toJson(record));
    VERIFY_OK(container);
    QCOMPARE(toJson(*container), toJson(record));
    QVERIFY(container->images == record.images);
    VERIFY_ERROR(parseContainerRecord("{}"), ErrorKind::Corrupt);
    VERIFY_ERROR(parseContainerRecord("[1"), ErrorKind::Corrupt);
    VERIFY_ERROR(parseImageRecord("{}"), ErrorKind::Corrupt);
    VERIFY_ERROR(parseVolumeRecord(R"({"name":1})"), ErrorKind::Corrupt);
    VERIFY_ERROR(parseRemovedKind("thing"), ErrorKind::Corrupt);
}

QTEST_GUILESS_MAIN(TestRemovals)
#include "test_removals.moc"
