// SPDX-License-Identifier: Apache-2.0
#include "core/store/file_copy.h"
#include "core/store/store.h"
#include "core/store/usage.h"
#include "rootless/sys/file.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <chrono>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

using namespace coracle;
using namespace coracle::store;
using image::Digest;
using test::TarBuilder;

namespace {

const Time kSomeDay = std::chrono::system_clock::from_time_t(1'700'000'000);

struct TestLayer {
    std::string archive;
    Digest diffId;
};

TestLayer layerOf(const std::string& content) {
    std::string archive = TarBuilder().file("file", content).finish();
    Digest diffId = Digest::of(archive);
    return {std::move(archive), std::move(diffId)};
}

}  // namespace

/// The store on a real disk, with the real helper, without subordinate ids.
class TestStore : public QObject {
    Q_OBJECT

private slots:
    void init();
    void keepsBlobsByDigest();
    void refusesBlobsThatLie();
    void unpacksAndPublishesLayers();
    void refusesALayerWithAnotherDiffId();
    void refusesATruncatedLayer();
    void dropsALayerThatWasNotFinished();
    void secondMakerOfALayerWaitsAndFindsIt();
    void waitingForALayerCanBeCancelled();
    void countsSharedLayersOnce();
    void movesANameToAnotherImage();
    void removesImagesWithWhatNobodyElseUses();
    void keepsImagesThatContainersUse();
    void keepsLayersOfContainersWhoseImageIsForced();
    void findsImagesByPrefix();
    void keepsContainersUnderUniqueNames();
    void removesContainersWithTheirFolder();
    void keepsVolumesAndTellsTheirUsers();
    void reachesFilesOfAVolumeAndNoOthers();
    void takesOverDataOfALostVolume();
    void sweepsWhatTheDeadLeave();
    void collectsGarbageButNotWhatIsBeingMade();
    void keepsTheIndexOfAnImageWithIt();
    void dropsBlobsThatNobodyElseWants();
    void refusesANewerStore();
    void namesTheHolderOfALock();
    void writesEventsThatItCanRead();
    void keepsTheLogOfItsDatabaseShort();
    void keepsItsFoldersApartOnExt4();

private:
    Result<Store> open() const {
        return Store::open({m_directory->path() + "/root", m_directory->path() + "/run"}, IdMapping::Single);
    }
    static Result<> addLayer(const Store& store, const TestLayer& layer, const Digest& chainId,
                             const std::optional<Digest>& parent) {
        TRY_ASSIGN(auto writer,
                   store.layers().begin({chainId, layer.diffId, parent, image::Compression::None, {}, 0}));
        if (!writer) {
            return {};
        }
        TRY(writer->write(layer.archive));
        TRY_ASSIGN(const auto unpacked, writer->finish());
        if (unpacked.entries != 1) {
            return Error(ErrorKind::Internal, "not one entry");
        }
        std::vector<LayerWriter> writers;
        writers.push_back(std::move(*writer));
        return store.layers().publish(std::move(writers));
    }
    /// An image of layers with these contents.
    static Result<Digest> addImage(const Store& store, const std::string& name,
                                   const std::vector<std::string>& contents) {
        std::vector<Digest> diffIds;
        for (const auto& content : contents) {
            diffIds.push_back(layerOf(content).diffId);
        }
        const auto chains = image::chainIds(diffIds);
        std::vector<Digest> blobs;
        for (std::size_t i = 0; i < contents.size(); ++i) {
            const TestLayer layer = layerOf(contents[i]);
            TRY_ASSIGN(Digest blob, store.blobs().put(layer.archive));
            blobs.push_back(std::move(blob));
            TRY(addLayer(store, layer, chains[i],
                         i > 0 ? std::optional<Digest>(chains[i - 1]) : std::optional<Digest>()));
        }
        TRY_ASSIGN(const Digest id, store.blobs().put("config of " + name));
        TRY_ASSIGN(const Digest manifest, store.blobs().put("manifest of " + name));
        TRY(store.images().put(
            {id, manifest, "type", "linux/amd64", chains, blobs, kSomeDay, kSomeDay, {name}, {}, 0, 0, {}}));
        return id;
    }
    static ContainerRecord containerOf(char digit, const std::string& name) {
        ContainerRecord record;
        record.id = std::string(64, digit);
        record.name = name;
        record.createdAt = kSomeDay;
        record.specJson = "{}";
        record.desiredState = "created";
        return record;
    }

    std::optional<test::TemporaryDirectory> m_directory;
};

void TestStore::init() {
    m_directory.emplace();
}

void TestStore::keepsBlobsByDigest() {
    const auto store = open();
    VERIFY_OK(store);
    const Digest digest = Digest::of("content");
    QVERIFY(!store->blobs().has(digest));
    auto writer = store->blobs().create(7);
    VERIFY_OK(writer);
    VERIFY_OK(writer->write(std::string_view("con")));
    VERIFY_OK(writer->write(std::string_view("tent")));
    VERIFY_OK(writer->commit(digest));
    QVERIFY(store->blobs().has(digest));
    QCOMPARE(*store->blobs().read(digest, 100), std::string("content"));
    VERIFY_ERROR(store->blobs().read(digest, 3), ErrorKind::Corrupt);
    QVERIFY(sys::listDirectory(store->layout().stagingDir())->empty());
}

void TestStore::refusesBlobsThatLie() {
    const auto store = open();
    VERIFY_OK(store);
    const Digest digest = Digest::of("content");
    auto longer = store->blobs().create(3);
    VERIFY_ERROR(longer->write(std::string_view("cont")), ErrorKind::Corrupt);
    auto shorter = store->blobs().create(8);
    VERIFY_OK(shorter->write(std::string_view("content")));
    VERIFY_ERROR(shorter->commit(digest), ErrorKind::Corrupt);
    auto other = store->blobs().create(7);
    VERIFY_OK(other->write(std::string_view("CONTENT")));
    VERIFY_ERROR(other->commit(digest), ErrorKind::Corrupt);
    QVERIFY(!store->blobs().has(digest));
}

void TestStore::unpacksAndPublishesLayers() {
    const auto store = open();
    VERIFY_OK(store);
    const TestLayer layer = layerOf("hello");
    QVERIFY(!*store->layers().has(layer.diffId));
    VERIFY_OK(addLayer(*store, layer, layer.diffId, {}));
    QVERIFY(*store->layers().has(layer.diffId));
    QCOMPARE(*sys::readFile(store->layers().path(layer.diffId) + "/file"), std::string("hello"));
    const auto record = store->layers().load(layer.diffId);
    VERIFY_OK(record);
    QCOMPARE(record->tarBytes, std::uint64_t{layer.archive.size()});
    QVERIFY(record->squashedOwners);
    QVERIFY(sys::listDirectory(store->layout().stagingDir())->empty());
}

void TestStore::refusesALayerWithAnotherDiffId() {
    const auto store = open();
    VERIFY_OK(store);
    const Digest wrong = Digest::of("something else");
    auto writer = store->layers().begin({wrong, wrong, {}, image::Compression::None, {}, 0});
    VERIFY_OK(writer);
    VERIFY_OK((*writer)->write(layerOf("x").archive));
    VERIFY_ERROR((*writer)->finish(), ErrorKind::Corrupt);
    writer->reset();
    QVERIFY(!*store->layers().has(wrong));
    QVERIFY(sys::listDirectory(store->layout().layersDir())->empty());
}

void TestStore::refusesATruncatedLayer() {
    const auto store = open();
    VERIFY_OK(store);
    const TestLayer layer = layerOf("x");
    auto writer = store->layers().begin({layer.diffId, layer.diffId, {}, image::Compression::None, {}, 0});
    VERIFY_OK(writer);
    VERIFY_OK((*writer)->write(layer.archive.substr(0, 700)));
    VERIFY_ERROR((*writer)->finish(), ErrorKind::Corrupt);
}

void TestStore::dropsALayerThatWasNotFinished() {
    const auto store = open();
    VERIFY_OK(store);
    const TestLayer layer = layerOf("x");
    {
        auto writer =
            store->layers().begin({layer.diffId, layer.diffId, {}, image::Compression::None, {}, 0});
        VERIFY_OK(writer);
        VERIFY_OK((*writer)->write(layer.archive.substr(0, 700)));
    }
    QVERIFY(sys::listDirectory(store->layout().stagingDir())->empty());
    VERIFY_OK(store->trash().purge());
    QVERIFY(*store->trash().empty());
    VERIFY_OK(addLayer(*store, layer, layer.diffId, {}));
}

void TestStore::secondMakerOfALayerWaitsAndFindsIt() {
    const auto store = open();
    const auto other = open();
    VERIFY_OK(store);
    VERIFY_OK(other);
    const TestLayer layer = layerOf("x");
    const LayerPlan plan{layer.diffId, layer.diffId, {}, image::Compression::None, {}, 0};
    auto writer = store->layers().begin(plan);
    VERIFY_OK(writer);
    bool found = false;
    std::thread second([&] {
        const auto begun = other->layers().begin(plan);
        found = begun && !begun->has_value();
    });
    VERIFY_OK((*writer)->write(layer.archive));
    VERIFY_OK((*writer)->finish());
    std::vector<LayerWriter> writers;
    writers.push_back(std::move(**writer));
    const auto published = store->layers().publish(std::move(writers));
    writer->reset();
    second.join();
    VERIFY_OK(published);
    QVERIFY(found);
}

void TestStore::waitingForALayerCanBeCancelled() {
    const auto store = open();
    const auto other = open();
    const TestLayer layer = layerOf("x");
    const LayerPlan plan{layer.diffId, layer.diffId, {}, image::Compression::None, {}, 0};
    const auto writer = store->layers().begin(plan);
    VERIFY_OK(writer);
    std::stop_source stop;
    std::optional<ErrorKind> kind;
    std::thread second([&] {
        const auto begun = other->layers().begin(plan, stop.get_token());
        if (!begun) {
            kind = begun.error().kind();
        }
    });
    stop.request_stop();
    second.join();
    QVERIFY(kind == ErrorKind::Cancelled);
}

void TestStore::countsSharedLayersOnce() {
    const auto store = open();
    VERIFY_OK(store);
    const auto one = addImage(*store, "one", {"base", "own"});
    const auto two = addImage(*store, "two", {"base"});
    VERIFY_OK(one);
    VERIFY_OK(two);
    const auto first = store->images().load(*one);
    VERIFY_OK(first);
    QCOMPARE(first->sizeBytes, std::uint64_t{8192});
    QCOMPARE(first->sharedBytes, std::uint64_t{4096});
    QCOMPARE(store->images().load(*two)->sharedBytes, std::uint64_t{4096});
    QCOMPARE(store->layers().stackPaths(first->chainIds.back())->size(), std::size_t{2});
    QCOMPARE(store->layers().stackPaths(first->chainIds.back())->front(),
             store->layers().path(first->chainIds.back()));
}

void TestStore::movesANameToAnotherImage() {
    const auto store = open();
    VERIFY_OK(store);
    const auto one = addImage(*store, "one", {"a"});
    const auto two = addImage(*store, "two", {"b"});
    VERIFY_OK(two);
    VERIFY_OK(store->images().tag(*two, "one"));
    QVERIFY((*store->images().find("one"))->id == *two);
    QVERIFY(store->images().load(*one)->references.empty());
    QCOMPARE(store->images().list()->size(), std::size_t{2});
    VERIFY_OK(store->images().untag("one"));
    VERIFY_ERROR(store->images().untag("one"), ErrorKind::NotFound);
}

void TestStore::removesImagesWithWhatNobodyElseUses() {
    const auto store = open();
    VERIFY_OK(store);
    const auto one = addImage(*store, "one", {"base", "own"});
    VERIFY_OK(addImage(*store, "two", {"base"}));
    VERIFY_OK(store->images().tag(*one, "alias"));
    const auto chains = store->images().load(*one)->chainIds;
    const auto untagged = store->images().remove("alias", Images::Force::No);
    VERIFY_OK(untagged);
    QVERIFY(!untagged->deletedImage);
    const auto removed = store->images().remove("one", Images::Force::No);
    VERIFY_OK(removed);
    QVERIFY(removed->deletedImage == *one);
    QCOMPARE(removed->deletedLayers, (std::vector<Digest>{chains[1]}));
    QVERIFY(*store->layers().has(chains[0]));
    QVERIFY(!*store->layers().has(chains[1]));
    QVERIFY(!sys::pathExists(store->layout().layer(chains[1])));
    QVERIFY(!store->blobs().has(*one));
    VERIFY_OK(store->images().remove("two", Images::Force::No));
    QVERIFY(sys::listDirectory(store->layout().layersDir())->empty());
    QVERIFY(sys::listDirectory(store->layout().blobsDir())->empty());
    VERIFY_OK(store->trash().purge());
    QVERIFY(*store->trash().empty());
    VERIFY_ERROR(store->images().remove("one", Images::Force::No), ErrorKind::NotFound);
}

void TestStore::keepsImagesThatContainersUse() {
    const auto store = open();
    const auto id = addImage(*store, "one", {"a"});
    VERIFY_OK(id);
    ContainerRecord record = containerOf('a', "web");
    record.imageId = id->text();
    VERIFY_OK(store->containers().insert(record));
    const auto removed = store->images().remove("one", Images::Force::No);
    VERIFY_ERROR(removed, ErrorKind::Conflict);
    QVERIFY(removed.error().message().find("'web'") != std::string::npos);
    QCOMPARE(store->images().load(*id)->usedBy, (std::vector<std::string>{"web"}));
}

void TestStore::keepsLayersOfContainersWhoseImageIsForced() {
    const auto store = open();
    const auto id = addImage(*store, "one", {"base", "top"});
    VERIFY_OK(id);
    const auto chains = store->images().load(*id)->chainIds;
    ContainerRecord record = containerOf('a', "web");
    record.imageId = id->text();
    record.chainId = chains.back();
    VERIFY_OK(store->containers().insert(record));
    VERIFY_OK(store->images().remove("one", Images::Force::Yes));
    QVERIFY(*store->layers().has(chains[0]));
    QVERIFY(*store->layers().has(chains[1]));
}

void TestStore::findsImagesByPrefix() {
    const auto store = open();
    const auto one = addImage(*store, "one", {"a"});
    VERIFY_OK(one);
    const std::string hex(one->hex());
    QVERIFY((*store->images().find(hex.substr(0, 12)))->id == *one);
    QVERIFY((*store->images().find(one->text()))->id == *one);
    QVERIFY(!store->images().find("nothing")->has_value());
    QVERIFY(!store->images().find("%")->has_value());
}

void TestStore::keepsContainersUnderUniqueNames() {
    const auto store = open();
    VERIFY_OK(store);
    VERIFY_OK(store->containers().insert(containerOf('a', "web")));
    const auto taken = store->containers().insert(containerOf('b', "web"));
    VERIFY_ERROR(taken, ErrorKind::AlreadyExists);
    QVERIFY(taken.error().message().find("aaaaaaaaaaaa") != std::string::npos);
    VERIFY_OK(store->containers().insert(containerOf('b', "db")));
    VERIFY_ERROR(store->containers().rename(std::string(64, 'b'), "web"), ErrorKind::AlreadyExists);
    VERIFY_OK(store->containers().rename(std::string(64, 'b'), "db2"));
    QCOMPARE((*store->containers().find("bb"))->name, std::string("db2"));
    QCOMPARE((*store->containers().find("web"))->id, std::string(64, 'a'));
    QVERIFY(!store->containers().find("")->has_value());
    VERIFY_ERROR(store->containers().load("c"), ErrorKind::NotFound);
    VERIFY_OK(store->containers().setDesiredState(std::string(64, 'a'), "running"));
    QCOMPARE(store->containers().load("web")->desiredState, std::string("running"));
    auto changed = *store->containers().load("web");
    changed.detailsJson = "{\"x\":1}";
    VERIFY_OK(store->containers().update(changed));
    QCOMPARE(store->containers().load("web")->detailsJson, std::string("{\"x\":1}"));
    QCOMPARE(store->containers().list()->size(), std::size_t{2});
}

void TestStore::removesContainersWithTheirFolder() {
    const auto store = open();
    const auto volume = store->volumes().create("", {});
    VERIFY_OK(volume);
    ContainerRecord record = containerOf('a', "web");
    record.volumes = {volume->name};
    VERIFY_OK(store->containers().insert(record));
    VERIFY_OK(sys::makeDirectories(store->containers().bundlePath(record.id) + "/upper"));
    const auto removed = store->containers().remove(record.id);
    VERIFY_OK(removed);
    QVERIFY(removed->existed);
    QCOMPARE(removed->anonymousVolumes, (std::vector<std::string>{volume->name}));
    QVERIFY(!sys::pathExists(store->containers().bundlePath(record.id)));
    VERIFY_OK(store->containers().insert(containerOf('b', "web")));
    QVERIFY(!store->containers().remove(std::string(64, 'c'))->existed);
}

void TestStore::keepsVolumesAndTellsTheirUsers() {
    const auto store = open();
    VERIFY_ERROR(store->volumes().create("../x", {}), ErrorKind::InvalidArgument);
    VERIFY_OK(store->volumes().create("data", {{"owner", "me"}}));
    VERIFY_ERROR(store->volumes().create("data", {}), ErrorKind::AlreadyExists);
    VERIFY_OK(store->volumes().ensure("data"));
    ContainerRecord record = containerOf('a', "web");
    record.volumes = {"data", "missing"};
    VERIFY_ERROR(store->containers().insert(record), ErrorKind::NotFound);
    record.volumes = {"data"};
    VERIFY_OK(store->containers().insert(record));
    const auto volume = store->volumes().load("data");
    VERIFY_OK(volume);
    QCOMPARE(volume->usedBy, (std::vector<std::string>{"web"}));
    QCOMPARE(volume->labels.at("owner"), std::string("me"));
    VERIFY_ERROR(store->volumes().remove("data"), ErrorKind::Conflict);
    VERIFY_OK(
        sys::replaceFile(volume->dataPath + "/f", std::string(5000, 'x'), 0600, sys::Durability::Process));
    const auto bytes = store->volumes().measure("data");
    VERIFY_OK(bytes);
    QVERIFY(*bytes >= 5000);
    const auto freed = store->usage().folders({}, {"data"}, {});  // what a preview of its removal says
    VERIFY_OK(freed);
    QCOMPARE(*bytes, freed->front());
    VERIFY_OK(store->containers().remove(record.id));
    VERIFY_OK(store->volumes().remove("data"));
    QVERIFY(!sys::pathExists(volume->dataPath));
}

/// Whatever a container has put into it for links: the volume is all there is.
void TestStore::reachesFilesOfAVolumeAndNoOthers() {
    const auto store = open();
    VERIFY_OK(store->volumes().create("data", {}));
    const auto volume = store->volumes().load("data");
    VERIFY_OK(volume);
    const std::string data = volume->dataPath;
    const std::string outside = m_directory->path() + "/outside";
    VERIFY_OK(sys::makeDirectories(outside));
    VERIFY_OK(sys::makeDirectories(data + "/a/b"));
    VERIFY_OK(sys::replaceFile(outside + "/secret", "mine", 0600, sys::Durability::Process));
    VERIFY_OK(sys::replaceFile(data + "/a/f", "five!", 0640, sys::Durability::Process));
    QCOMPARE(::symlink("/a", (data + "/link").c_str()), 0);
    QCOMPARE(::symlink(outside.c_str(), (data + "/out").c_str()), 0);
    QCOMPARE(::symlink(("../../.." + outside).c_str(), (data + "/up").c_str()), 0);
    const auto at = [&](const std::string& path) { return *store->volumes().placeOf(*volume, path); };
    const auto here = [](const std::string& path) {
        FileCopyEnd end;
        end.path = path;
        return end;
    };

    const auto top = listFolder(at("/"), {});
    VERIFY_OK(top);
    QCOMPARE(top->size(), std::size_t{4});
    const auto followed = listFolder(at("/link"), {});  // its root is the volume's
    VERIFY_OK(followed);
    QCOMPARE(followed->size(), std::size_t{2});
    const auto& file = followed->front().path == "f" ? followed->front() : followed->back();
    QCOMPARE(file.size, std::uint64_t{5});
    QCOMPARE(file.mode, 0640U);
    QCOMPARE(file.uid, 0U);
    for (const char* path : {"/out", "/up", "/../../outside", "/out/secret"}) {
        VERIFY_ERROR(listFolder(at(path), {}), ErrorKind::NotFound);
    }
    const std::string mine = m_directory->path() + "/mine";
    VERIFY_ERROR(copyFiles({at("/out/secret"), here(mine), {}, {}}, {}), ErrorKind::NotFound);
    VERIFY_OK(copyFiles({at("/link/f"), here(mine), {}, {}}, {}));
    QCOMPARE(*sys::readFile(mine), std::string("five!"));

    VERIFY_ERROR(copyFiles({here(mine), at("/out/"), {}, {}}, {}), ErrorKind::NotFound);
    VERIFY_ERROR(copyFiles({here(mine), at("/up/"), {}, {}}, {}), ErrorKind::NotFound);
    QVERIFY(!sys::pathExists(outside + "/mine"));
    VERIFY_OK(copyFiles({here(mine), at("/link/b/"), {}, {}}, {}));
    QCOMPARE(*sys::readFile(data + "/a/b/mine"), std::string("five!"));

    for (const char* path : {"/out/secret", "/up/secret"}) {
        VERIFY_ERROR(eraseFile(at(path), {}), ErrorKind::NotFound);
    }
    for (const char* path : {"/", "/a/..", "/."}) {
        VERIFY_ERROR(eraseFile(at(path), {}), ErrorKind::InvalidArgument);
    }
    VERIFY_ERROR(eraseFile(here(outside + "/secret"), {}), ErrorKind::InvalidArgument);
    VERIFY_OK(eraseFile(at("/out"), {}));  // the link and not what it leads to
    QVERIFY(!sys::pathExists(data + "/out"));
    QCOMPARE(*sys::readFile(outside + "/secret"), std::string("mine"));
    VERIFY_OK(eraseFile(at("/a"), {}));
    QVERIFY(!sys::pathExists(data + "/a"));
    VERIFY_OK(eraseFile(at("/a"), {}));  // it is gone, as asked
    VERIFY_OK(listFolder(at("/"), {}));
}

void TestStore::takesOverDataOfALostVolume() {
    const auto store = open();
    VERIFY_OK(sys::makeDirectories(store->layout().volumeData("data")));
    VERIFY_OK(sys::replaceFile(store->layout().volumeData("data") + "/f", "precious", 0600,
                               sys::Durability::Process));
    VERIFY_OK(store->volumes().create("data", {}));
    QCOMPARE(*sys::readFile(store->layout().volumeData("data") + "/f"), std::string("precious"));
}

void TestStore::sweepsWhatTheDeadLeave() {
    const auto store = open();
    VERIFY_OK(store);
    const std::string staging = store->layout().stagingDir();
    VERIFY_OK(sys::makeDirectories(staging + "/dead/diff"));
    VERIFY_OK(sys::replaceFile(staging + "/dead.lock", "", 0600, sys::Durability::Process));
    VERIFY_OK(sys::replaceFile(staging + "/half-a-blob", "x", 0600, sys::Durability::Process));
    const auto alive = StagingEntry::create(store->layout(), "test");
    VERIFY_OK(alive);
    VERIFY_OK(sys::makeDirectories(alive->path()));
    VERIFY_OK(open());
    QVERIFY(sys::pathExists(alive->path()));
    QCOMPARE(sys::listDirectory(staging)->size(), std::size_t{2});
    VERIFY_OK(store->trash().purge());
}

void TestStore::collectsGarbageButNotWhatIsBeingMade() {
    const auto store = open();
    VERIFY_OK(addImage(*store, "one", {"a"}));
    const Digest orphan = Digest::of("orphan");
    VERIFY_OK(sys::makeDirectories(store->layout().layerDiff(orphan)));
    const TestLayer fresh = layerOf("fresh, waits for its image");
    VERIFY_OK(addLayer(*store, fresh, fresh.diffId, {}));
    const auto blob = store->blobs().put("fresh blob");
    const auto old = store->blobs().put("old blob");
    const timespec times[2] = {{0, 0}, {0, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, store->blobs().path(*old).c_str(), times, 0), 0);
    const std::string runs = store->layout().runRoot() + "/containers/";
    VERIFY_OK(sys::makeDirectories(runs + "left-by-a-failed-removal/log"));
    VERIFY_OK(sys::makeDirectories(runs + "being-made"));
    const auto maker =
        sys::FileLock::tryAcquire(runs + "being-made/operation.lock", sys::LockMode::Exclusive, "create");
    VERIFY_OK(maker);
    // The state of the runtime: of containers only, and of none that is there.
    const std::string states = store->layout().runRoot() + "/runtime/";
    const ContainerRecord present = containerOf('e', "present");
    VERIFY_OK(store->containers().insert(present));
    for (const std::string& name : {std::string(64, 'f'), present.id, std::string("of-somebody-else")}) {
        VERIFY_OK(sys::makeDirectories(states + name));
    }
    const auto report = store->collectGarbage();
    VERIFY_OK(report);
    QVERIFY(!sys::pathExists(runs + "left-by-a-failed-removal"));
    QVERIFY(!sys::pathExists(states + std::string(64, 'f')));
    QVERIFY(sys::pathExists(states + present.id));
    QVERIFY(sys::pathExists(states + "of-somebody-else"));
    QVERIFY(sys::pathExists(runs + "being-made/operation.lock"));
    QCOMPARE(report->layers, std::uint64_t{1});
    QCOMPARE(report->blobs, std::uint64_t{1});
    QVERIFY(!sys::pathExists(store->layout().layer(orphan)));
    QVERIFY(*store->layers().has(fresh.diffId));
    QVERIFY(store->blobs().has(*blob));
    QVERIFY(!store->blobs().has(*old));
    QCOMPARE(store->images().list()->size(), std::size_t{1});
    VERIFY_OK(store->trash().purge());
}

/// Without its index the next pull of an unchanged image would have to fetch it again.
void TestStore::keepsTheIndexOfAnImageWithIt() {
    const auto store = open();
    const auto id = addImage(*store, "one", {"a"});
    VERIFY_OK(id);
    const auto index = store->blobs().put("index");
    auto record = store->images().load(*id);
    record->repoDigests = {"registry/one@" + index->text()};
    VERIFY_OK(store->images().put(*record));
    const timespec times[2] = {{0, 0}, {0, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, store->blobs().path(*index).c_str(), times, 0), 0);
    VERIFY_OK(store->collectGarbage());
    QVERIFY(store->blobs().has(*index));
    VERIFY_OK(store->images().remove("one", Images::Force::No));
    QVERIFY(!store->blobs().has(*index));
    QVERIFY(sys::listDirectory(store->layout().blobsDir())->empty());
}

void TestStore::dropsBlobsThatNobodyElseWants() {
    const auto store = open();
    VERIFY_OK(addImage(*store, "one", {"a"}));
    std::map<Digest, Time> blobs;
    const Digest named = Digest::of(layerOf("a").archive);
    for (const Digest& digest :
         {named, *store->blobs().put("mine"), *store->blobs().put("wanted by another")}) {
        blobs.emplace(digest, *store->blobs().lastUse(digest));
    }
    QVERIFY(store->blobs().has(Digest::of("wanted by another")));
    VERIFY_OK(store->dropBlobs(blobs));
    QVERIFY(!store->blobs().lastUse(Digest::of("mine")));
    QVERIFY(store->blobs().has(Digest::of("wanted by another")));
    QVERIFY(store->blobs().has(named));
    VERIFY_OK(store->dropBlobs(blobs));  // what is gone is no failure
}

void TestStore::refusesANewerStore() {
    {
        const auto store = open();
        VERIFY_OK(store);
        VERIFY_OK(sys::replaceFile(store->layout().versionFile(), "99\n", 0600, sys::Durability::Process));
    }
    const auto newer = open();
    VERIFY_ERROR(newer, ErrorKind::Unsupported);
    QVERIFY(!newer.error().hint().empty());
}

void TestStore::namesTheHolderOfALock() {
    const auto store = open();
    const auto held = StoreLock::acquire(store->layout(), LockKind::Container, "x", "start a container");
    VERIFY_OK(held);
    std::optional<Error> error;
    std::thread other([&] {
        auto lock = StoreLock::acquire(store->layout(), LockKind::Container, "x", "stop a container",
                                       std::chrono::milliseconds(20));
        if (!lock) {
            error = std::move(lock).error();
        }
    });
    other.join();
    QVERIFY(error && error->kind() == ErrorKind::Unavailable);
    QVERIFY(error->message().find("start a container") != std::string::npos);
    QVERIFY(mayLock(std::nullopt, LockKind::Layer));
    QVERIFY(mayLock(LockKind::Image, LockKind::Layer));
    QVERIFY(!mayLock(LockKind::Container, LockKind::Layer));
}

void TestStore::writesEventsThatItCanRead() {
    const auto store = open();
    store->events().append("image", "pull", "sha256:1", {{"name", "line\nbreak"}});
    const auto text = sys::readFile(store->events().path());
    VERIFY_OK(text);
    QCOMPARE(std::count(text->begin(), text->end(), '\n'), std::ptrdiff_t{1});
    const auto event = Events::parse(*text);
    QVERIFY(event.has_value());
    QCOMPARE(event->action, std::string("pull"));
    QCOMPARE(event->attributes.at("name"), std::string("line\nbreak"));
    QVERIFY(!Events::parse("{}").has_value());
}

/// By many short commands, each of which is the only user of the database.
void TestStore::keepsItsFoldersApartOnExt4() {
    auto store = open();
    VERIFY_OK(store);
    const std::string root = store->layout().root();
    struct statfs kind {};
    QCOMPARE(::statfs(root.c_str(), &kind), 0);
    if (kind.f_type != EXT4_SUPER_MAGIC) {
        QSKIP("the file system of the temporary folder has no such hint");
    }
    const sys::UniqueFd folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int flags = 0;
    QCOMPARE(::ioctl(folder.get(), FS_IOC_GETFLAGS, &flags), 0);
    QVERIFY((flags & FS_TOPDIR_FL) != 0);
    const sys::UniqueFd below(
        ::open(store->layout().containersDir().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    QCOMPARE(::ioctl(below.get(), FS_IOC_GETFLAGS, &flags), 0);
    QVERIFY((flags & FS_TOPDIR_FL) == 0);
}

void TestStore::keepsTheLogOfItsDatabaseShort() {
    constexpr int kCommands = 300;
    constexpr qint64 kMostBytes = 1200 << 10;
    const QString log = QString::fromStdString(m_directory->path() + "/root/state.db-wal");
    for (int i = 0; i < kCommands; ++i) {
        const auto store = open();
        VERIFY_OK(store);
        ContainerRecord record;
        record.id = std::string(60, 'a') + std::to_string(1000 + i);
        record.name = "c" + std::to_string(i);
        record.image = "image";
        record.imageId = record.id;
        record.createdAt = kSomeDay;
        record.specJson = "{}";
        record.detailsJson = '"' + std::string(2000, 'x') + '"';
        record.desiredState = "stopped";
        VERIFY_OK(store->containers().insert(record));
        QVERIFY2(QFileInfo(log).size() <= kMostBytes, qPrintable(QString::number(QFileInfo(log).size())));
    }
    const auto store = open();
    VERIFY_OK(store);
    const auto all = store->containers().list();
    VERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{kCommands});
}

QTEST_GUILESS_MAIN(TestStore)
#include "test_store.moc"
