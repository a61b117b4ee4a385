// SPDX-License-Identifier: Apache-2.0
#include "core/store/check.h"

#include "core/store/blobs.h"
#include "core/store/containers.h"
#include "core/store/context.h"
#include "core/store/helper_protocol.h"
#include "core/store/layers.h"
#include "core/store/references.h"
#include "core/store/removal_record.h"
#include "core/store/removals.h"
#include "core/store/trash.h"
#include "core/store/volumes.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <array>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

namespace coracle::store {
namespace {

constexpr std::size_t kReadBytes = 1U << 20U;

/// By its first bytes. Source: RFC 1952 2.3.1; RFC 8878 3.1.1.
Result<image::Compression> compressionOf(int fd) {
    std::array<unsigned char, 4> magic{};
    const ssize_t got = ::pread(fd, magic.data(), magic.size(), 0);
    if (got < 0) {
        return Error::fromErrno("read a blob");
    }
    if (magic[0] == 0x1f && magic[1] == 0x8b) {
        return image::Compression::Gzip;
    }
    const bool zstd = magic[0] == 0x28 && magic[1] == 0xb5 && magic[2] == 0x2f && magic[3] == 0xfd;
    const bool skippable = (magic[0] & 0xf0U) == 0x50 && magic[1] == 0x2a && magic[2] == 0x4d;
    return zstd || skippable ? image::Compression::Zstd : image::Compression::None;
}

Result<image::Digest> digestOf(int fd, const std::stop_token& stop) {
    image::Hasher hasher;
    std::string buffer(kReadBytes, '\0');
    while (true) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno != EINTR) {
            return Error::fromErrno("read a blob");
        }
        if (got == 0) {
            return hasher.finish();
        }
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        if (got > 0) {
            hasher.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
        }
    }
}

/// One run over a store.
class Checker {
public:
    Checker(const StoreContext& context, const CheckOptions& options,
            const std::function<void(const Finding&)>& told, const std::stop_token& stop)
        : m_context(context), m_options(options), m_told(told), m_stop(stop) {}

    Result<> run() {
        TRY(checkDatabase());
        TRY(Removals(m_context).sweep());
        TRY(checkBlobs());
        TRY(checkLayers());
        TRY(checkContainers());
        TRY(checkVolumes());
        TRY(checkRemovals());
        return findOrphans();
    }

private:
    void tell(Finding finding) {
        finding.repaired = finding.repaired && m_options.repair;
        m_told(finding);
    }
    Result<> checkDatabase();
    Result<> checkBlobs();
    Result<> checkBlob(const image::Digest& digest, bool isLayer);
    Result<> checkLayers();
    Result<> checkLayer(const LayerRecord& layer);
    Result<std::optional<std::string>> compare(const LayerRecord& layer, std::optional<LayerWriter>& made);
    Result<> repairLayer(const LayerRecord& layer, std::optional<LayerWriter> made, Finding& finding);
    Result<> checkContainers();
    Result<> checkVolumes();
    Result<> checkRemovals();
    Result<> findOrphans();
    bool isBeingMade(const std::string& layer) const;
    Result<std::vector<std::string>> column(const char* sql, const std::string& value = {}) const;
    Result<std::string> treeDigest(const std::string& folder) const;
    Result<std::string> usersOf(const image::Digest& digest) const;

    const StoreContext& m_context;
    const CheckOptions& m_options;
    const std::function<void(const Finding&)>& m_told;
    const std::stop_token& m_stop;
    std::set<std::string> m_damagedBlobs;
    std::set<std::string> m_running;  ///< layers of running containers
};

Result<std::vector<std::string>> Checker::column(const char* sql, const std::string& value) const {
    std::vector<std::string> values;
    TRY(m_context.database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement row, m_context.database.prepare(sql));
        if (!value.empty()) {
            row.bind(1, value);
        }
        TRY_ASSIGN(values, texts(row));
        return {};
    }));
    return values;
}

/// Of images, by name where they have one: as config, manifest or layer.
Result<std::string> Checker::usersOf(const image::Digest& digest) const {
    TRY_ASSIGN(
        const auto names,
        column("SELECT DISTINCT coalesce((SELECT name FROM imageNames AS n WHERE n.imageId = i.id LIMIT"
               " 1), i.id) FROM images AS i WHERE i.id = ?1 OR i.manifestDigest = ?1 OR EXISTS"
               " (SELECT 1 FROM imageLayers AS l WHERE l.imageId = i.id AND (l.chainId = ?1 OR"
               " l.blobDigest = ?1))",
               digest.text()));
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

Result<> Checker::checkDatabase() {
    TRY_ASSIGN(const auto answers, column("PRAGMA quick_check(1)"));
    if (answers.size() != 1 || answers.front() != "ok") {
        tell({"database '" + m_context.layout.database() + "'",
              answers.empty() ? "no answer" : answers.front(), "",
              "move the file away and pull the images again; volumes and containers stay on disk", false});
    }
    return {};
}

/// Archives of layers that were here already when their image came were never fetched: only those are missed
/// that a layer was made from.
Result<> Checker::checkBlobs() {
    TRY_ASSIGN(const auto documents, column("SELECT id FROM images UNION SELECT manifestDigest FROM images"));
    TRY_ASSIGN(const auto archives, column("SELECT DISTINCT blobDigest FROM layers WHERE blobDigest IS NOT"
                                           " NULL"));
    for (const auto* list : {&documents, &archives}) {
        for (const std::string& text : *list) {
            TRY_ASSIGN(const image::Digest digest, image::Digest::parse(text));
            TRY(checkBlob(digest, list == &archives));
        }
    }
    return {};
}

Result<> Checker::checkBlob(const image::Digest& digest, bool isLayer) {
    const Blobs blobs(m_context);
    const auto file = blobs.open(digest);
    std::string problem;
    if (!file) {
        problem = file.error().kind() == ErrorKind::NotFound ? "it is missing" : file.error().message();
    } else if (m_options.contents) {
        const auto found = digestOf(file->get(), m_stop);
        if (!found && found.error().kind() == ErrorKind::Cancelled) {
            return Error(found.error());
        }
        problem = !found ? found.error().message() : *found != digest ? "its content was altered" : "";
    }
    if (problem.empty()) {
        return {};
    }
    m_damagedBlobs.insert(digest.text());
    Finding finding{"blob " + digest.text(), problem, {}, {}, true};
    TRY_ASSIGN(finding.usedBy, usersOf(digest));
    if (m_options.repair) {
        TRY(sys::removeFile(blobs.path(digest)));
        finding.remedy = isLayer ? "removed; push and save pack its layer anew"
                                 : "removed; 'coracle pull " + finding.usedBy + "' fetches it again";
    } else {
        finding.remedy = "'coracle system check --repair' removes it";
    }
    tell(std::move(finding));
    return {};
}

/// From the base upward, as a layer may take files from those below.
Result<> Checker::checkLayers() {
    for (const std::string& top : m_options.runningLayers) {
        TRY(m_context.database.read([&]() -> Result<> {
            const auto stack = layerStack(m_context.database, top);
            for (const StackedLayer& layer : stack ? *stack : std::vector<StackedLayer>()) {
                m_running.insert(layer.chainId);
            }
            return {};
        }));
    }
    TRY_ASSIGN(auto layers, Layers(m_context).list());
    std::set<std::string> done;
    while (!layers.empty()) {
        std::vector<LayerRecord> later;
        for (LayerRecord& layer : layers) {
            if (layer.parent && !done.contains(layer.parent->text())) {
                later.push_back(std::move(layer));
                continue;
            }
            if (m_stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "cancelled");
            }
            TRY(checkLayer(layer));
            done.insert(layer.chainId.text());
        }
        if (later.size() == layers.size()) {
            return {};  // none of them has its parent, which the database does not let be
        }
        layers = std::move(later);
    }
    return {};
}

Result<std::string> Checker::treeDigest(const std::string& folder) const {
    TRY_ASSIGN(const std::string line, runHelper(m_context, {"digest", folder}, m_stop));
    TRY_ASSIGN(const StreamSummary summary, parseStreamSummary(line));
    return summary.digest.text();
}

/// What is wrong with the files of a layer; none: nothing, or nothing that can be known without its archive.
/// `made`: the layer as it should be, when it could be unpacked.
Result<std::optional<std::string>> Checker::compare(const LayerRecord& layer,
                                                    std::optional<LayerWriter>& made) {
    if (!layer.blobDigest || m_damagedBlobs.contains(layer.blobDigest->text())) {
        return std::optional<std::string>();
    }
    TRY_ASSIGN(const sys::UniqueFd blob, Blobs(m_context).open(*layer.blobDigest));
    TRY_ASSIGN(const auto compression, compressionOf(blob.get()));
    auto rebuilt = Layers(m_context).rebuild(
        {layer.chainId, layer.diffId, layer.parent, compression, layer.blobDigest, layer.blobBytes},
        blob.get(), m_stop);
    if (!rebuilt) {
        return std::move(rebuilt).error();
    }
    made.emplace(*std::move(rebuilt));
    const std::string place = Layers(m_context).path(layer.chainId);
    if (!sys::pathExists(place)) {
        return std::optional<std::string>("its folder is missing");
    }
    TRY_ASSIGN(const std::string wanted, treeDigest(made->stagedPath()));
    const auto found = treeDigest(place);
    if (!found && m_stop.stop_requested()) {
        return Error(found.error());
    }
    return found && *found == wanted ? std::optional<std::string>()
                                     : std::optional<std::string>("its files were altered");
}

Result<> Checker::repairLayer(const LayerRecord& layer, std::optional<LayerWriter> made, Finding& finding) {
    const std::string id = layer.chainId.text();
    if (m_running.contains(id)) {
        finding.remedy = "a running container uses it: stop it, then run 'coracle system check --repair'";
        finding.repaired = false;
        return {};
    }
    if (made) {
        TRY(Layers(m_context).replace(*std::move(made)));
        finding.remedy = "unpacked again";
    } else {
        TRY(Trash(m_context).moveToTrash(m_context.layout.layer(layer.chainId)));
        finding.remedy = "removed; 'coracle pull " + finding.usedBy + "' fetches it again";
    }
    return m_context.database.write(Database::Sync::No, "forget a size", [&]() -> Result<> {
        TRY_ASSIGN(Statement row, m_context.database.prepare("DELETE FROM layerSizes WHERE chainId = ?"));
        TRY(row.bind(1, id).run());
        return {};
    });
}

Result<> Checker::checkLayer(const LayerRecord& layer) {
    std::optional<LayerWriter> made;
    std::optional<std::string> problem;
    if (!sys::pathExists(Layers(m_context).path(layer.chainId))) {
        problem = "its folder is missing";
    }
    if (m_options.contents || (problem && m_options.repair)) {
        auto compared = compare(layer, made);
        if (!compared && compared.error().kind() == ErrorKind::Cancelled) {
            return std::move(compared).error();
        }
        if (!compared) {
            problem = "it cannot be compared: " + compared.error().message();
        } else if (*compared) {
            problem = **compared;
        }
    }
    if (!problem) {
        return {};
    }
    Finding finding{"layer " + layer.chainId.text(), *problem, {}, {}, true};
    TRY_ASSIGN(finding.usedBy, usersOf(layer.chainId));
    finding.remedy = made ? "'coracle system check --repair' unpacks it again"
                          : "'coracle system check --repair', then pull the image again";
    if (m_options.repair) {
        TRY(repairLayer(layer, std::move(made), finding));
    }
    tell(std::move(finding));
    return {};
}

/// A container that is removed at its end has its documents in the run folder.
Result<> Checker::checkContainers() {
    const Containers containers(m_context);
    TRY_ASSIGN(const auto records, containers.list());
    for (const ContainerRecord& record : records) {
        if (record.removeWhenStopped || sys::pathExists(containers.bundlePath(record.id))) {
            continue;
        }
        Finding finding{"container '" + record.name + "'", "its folder is missing", record.image,
                        "'coracle system check --repair' removes the record", true};
        if (m_options.repair) {
            TRY(containers.remove(record.id));
            finding.remedy = "its record is removed";
        }
        tell(std::move(finding));
    }
    return {};
}

Result<> Checker::checkVolumes() {
    const Volumes volumes(m_context);
    TRY_ASSIGN(const auto records, volumes.list());
    std::set<std::string> known;
    for (const VolumeRecord& record : records) {
        known.insert(record.name);
        if (sys::pathExists(record.dataPath)) {
            continue;
        }
        Finding finding{"volume '" + record.name + "'",
                        "its data is missing",
                        {},
                        "'coracle system check --repair' makes an empty folder",
                        true};
        if (m_options.repair) {
            TRY(sys::makeDirectories(record.dataPath, 0755));
            finding.remedy = "an empty folder was made";
        }
        tell(std::move(finding));
    }
    TRY_ASSIGN(const auto names, sys::listDirectory(m_context.layout.volumesDir()));
    for (const std::string& name : names) {
        if (!known.contains(name)) {  // may be somebody's only copy: it is not touched
            tell({"volume '" + name + "'",
                  "it has data and no record",
                  {},
                  "'coracle volume create " + name + "' takes it over",
                  false});
        }
    }
    return {};
}

/// sweep() has put right those that were only cut off.
Result<> Checker::checkRemovals() {
    TRY_ASSIGN(const auto removals, Removals(m_context).list());
    for (const RemovalRecord& removal : removals) {
        if (!Removals::hasLostItsData(m_context, removal)) {
            continue;
        }
        Finding finding{std::string(toText(removal.kind)) + " '" + removal.name + "' in the trash",
                        "its data is missing",
                        {},
                        "'coracle system check --repair' forgets it",
                        true};
        if (m_options.repair) {
            TRY(Removals(m_context).purge({removal.id}));
            finding.remedy = "forgotten";
        }
        tell(std::move(finding));
    }
    return {};
}

bool Checker::isBeingMade(const std::string& layer) const {
    const auto lock = StoreLock::tryAcquire(m_context.layout, LockKind::Layer, layer, "look after the store");
    return !lock || !*lock;
}

/// Told only: collecting garbage removes them, which knows what is being made.
Result<> Checker::findOrphans() {
    TRY_ASSIGN(const auto layers, column("SELECT substr(chainId, 8) FROM layers"));
    TRY_ASSIGN(const auto containers, column("SELECT id FROM containers"));
    const std::array<std::pair<std::string, const std::vector<std::string>*>, 2> places{
        {{m_context.layout.layersDir(), &layers}, {m_context.layout.containersDir(), &containers}}};
    for (const auto& [folder, list] : places) {
        const std::set<std::string> known(list->begin(), list->end());
        const bool isLayer = list == &layers;
        TRY_ASSIGN(const auto names, sys::listDirectory(folder));
        for (const std::string& name : names) {
            const bool isMade = isLayer ? isBeingMade(name)
                                        : sys::pathExists(m_context.layout.runRoot() + "/containers/" + name);
            if (!known.contains(name) && !isMade) {
                tell({"folder '" + folder + "/" + name + "'",
                      "it has no record",
                      {},
                      m_options.repair ? "removed" : "'coracle system check --repair' removes it",
                      true});
            }
        }
    }
    return {};
}

}  // namespace

Result<> Check::run(const CheckOptions& options, const std::function<void(const Finding&)>& told,
                    const std::stop_token& stop) const {
    return Checker(m_context, options, told, stop).run();
}

}  // namespace coracle::store
