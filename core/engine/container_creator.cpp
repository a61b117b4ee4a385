// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_creator.h"

#include "core/container/lifecycle.h"
#include "core/container/name_generator.h"
#include "core/container/run_spec_json.h"
#include "core/container/user_files.h"
#include "core/engine/local_resources.h"
#include "core/engine/mount_planning.h"
#include "core/store/removal_record.h"
#include "core/types/isolation.h"
#include "core/types/resource_text.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

using types::MountSpec;

/// Generated names that may be taken before it is given up: with thousands of containers a few are.
constexpr unsigned kNameAttempts = 100;
constexpr std::size_t kIdDigits = 64;
// Far above any list that people write; a single entry may have 128 KiB (execve(2), MAX_ARG_STRLEN).
constexpr std::size_t kMaxEnvFileBytes = 1U << 20U;

std::optional<std::string> ourEnvironment(const std::string& name) {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// "0", "1000:1000": needs no look into the image.
bool isNumericPair(const std::string& user) {
    const std::size_t colon = user.find(':');
    const auto digits = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return colon != std::string::npos && digits(std::string_view(user).substr(0, colon)) &&
           digits(std::string_view(user).substr(colon + 1));
}

/// Whatever the umask says: the container's users read some of them. Mostly it says the right thing, and a
/// change that changes nothing costs as much as making the file.
Result<> giveMode(int fd, const std::string& name, mode_t mode) {
    struct stat status {};
    if (::fstat(fd, &status) == 0 && (status.st_mode & 07777U) == mode) {
        return {};
    }
    return ::fchmod(fd, mode) == 0 ? Result<>() : Result<>(Error::fromErrno("chmod '" + name + "'"));
}

/// The bundle is a new folder that nobody reads before its row exists: no rename, no sync.
Result<> writeNewFile(int directoryFd, const std::string& name, std::string_view text, mode_t mode) {
    TRY_ASSIGN(const auto file,
               sys::openAt(directoryFd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
    TRY(giveMode(file.get(), name, mode));
    return sys::writeAll(file.get(), text);
}

/// The mode is set by descriptor after the folder is made, since mkdir(2) takes the umask from it.
Result<> makeFolder(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) != 0) {
        return Error::fromErrno("mkdir '" + path + "'");
    }
    TRY_ASSIGN(const auto folder, sys::openAt(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    return giveMode(folder.get(), path, mode);
}

/// For a name only; nothing depends on its being hard to guess.
std::uint64_t randomNumber() {
    std::uint64_t value = 0;
    const std::string digits = sys::randomHex(16);
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);  // always digits
    return value;
}

}  // namespace

/// In the order that leaves least behind when it is cut off: the bundle without a row first, then volumes
/// that nobody else knows of. Named volumes stay, as with docker.
ContainerCreator::~ContainerCreator() {
    if (m_committed) {
        return;
    }
    if (m_dataExists) {
        (void)sys::removeTree(m_paths.data);  // ours alone; what resists is garbage without a row
        (void)sys::removeTree(m_paths.runDir);
    }
    for (const auto& volume : m_newVolumes) {
        (void)m_store.volumes().remove(volume);
    }
}

Result<> ContainerCreator::loadImage(const store::ImageRecord& image) {
    TRY_ASSIGN(const auto text, m_store.blobs().read(image.id, image::kMaxConfigBytes));
    TRY_ASSIGN(m_image, image::parseConfig(text));
    if (image.chainIds.empty()) {
        return Error(ErrorKind::Unsupported, "image '" + m_spec.image + "' has no layers");
    }
    // The topmost first, as an overlay wants them. Each has a row as long as the image has one.
    for (auto layer = image.chainIds.rbegin(); layer != image.chainIds.rend(); ++layer) {
        m_lowerDirs.push_back(m_store.layers().path(*layer));
    }
    return {};
}

/// In order, so that later files win. The files are the user's and may be pipes; a limit keeps /dev/zero
/// from filling memory.
Result<container::EnvList> ContainerCreator::readEnvFiles() const {
    container::EnvList all;
    for (const auto& path : m_spec.envFiles) {
        auto text = sys::readNamedInput(path, kMaxEnvFileBytes);
        if (!text) {
            return std::move(text).error().context("environment file '" + path + "'");
        }
        auto list = container::parseEnvFile(*text, ourEnvironment);
        if (!list) {
            return std::move(list).error().context("environment file '" + path + "'");
        }
        all.insert(all.end(), list->begin(), list->end());
    }
    return all;
}

/// The image's passwd and group are a stranger's files; they are read from the layers
/// (core/container/user_database.h) and only when a name has to be looked up.
Result<container::ResolvedUser> ContainerCreator::findUser() const {
    container::UserDatabase database;
    const auto& groups = m_spec.groupAdd;
    const bool keepGroups = std::count(groups.begin(), groups.end(), "keep-groups") > 0;
    TRY_ASSIGN(const auto space, types::parseUserNamespace(m_spec.userns));
    const bool keepsId = space.mode == types::UserNamespace::Mode::KeepId && !m_spec.user;
    if (!isNumericPair(m_process.user) || (!groups.empty() && !keepGroups) || keepsId) {
        TRY_ASSIGN(database, container::readUserDatabase(m_lowerDirs));
    }
    TRY_ASSIGN(auto user, container::resolveUser(m_process.user, database));
    if (keepsId && user.name.empty()) {
        user.home = m_process.workingDirectory;  // as introduceUser() says
    }
    if (!keepGroups) {
        TRY(container::addGroups(user, groups, database));
    }
    return user;
}

/// The anonymous volumes are noted so that a creation that fails takes them back.
Result<> ContainerCreator::takeMount(const MountSpec& mount) {
    TRY_ASSIGN(auto planned, planMount(m_context, m_paths, mount));
    if (isAnonymousVolume(mount)) {
        m_newVolumes.push_back(planned.volumeName);
    }
    m_mounts.push_back(std::move(planned));
    return {};
}

/// The image's volumes come after the person's own, which take their place.
Result<> ContainerCreator::planMounts() {
    for (const auto& mount : m_spec.mounts) {
        TRY(takeMount(mount));
    }
    if (m_spec.timeZone) {
        TRY_ASSIGN(auto planned, planTimeZone());
        m_mounts.push_back(std::move(planned));
    }
    if (m_spec.imageVolumes == types::ImageVolumes::Ignore) {
        return {};
    }
    // In memory as podman has it: with the image's files, and programs may run from it.
    const MountSpec declared = m_spec.imageVolumes == types::ImageVolumes::Tmpfs
                                   ? MountSpec{MountSpec::Kind::Tmpfs, "", "", false, {"exec", "tmpcopyup"}}
                                   : MountSpec{MountSpec::Kind::Volume, "", "", false, {}};
    for (const auto& target : container::anonymousVolumeTargets(m_spec, m_image)) {
        MountSpec mount = declared;
        mount.target = target;
        TRY(takeMount(mount));
    }
    return {};
}

/// Modes: the bundle is the user's alone; upper and rootfs are the container's "/" and have to be entered
/// by its users; hosts, hostname and resolv.conf are bound into it and read there.
Result<> ContainerCreator::writeBundle(const container::BundleDocuments& documents) {
    constexpr mode_t kPrivate = 0700;
    constexpr mode_t kRootDirectory = 0755;  // of the container's /, which its own users have to enter
    constexpr mode_t kReadable = 0644;
    TRY(sys::makeDirectories(m_paths.runDir));
    TRY_ASSIGN(m_lock, container::lockOperation(m_paths, "create"));
    if (::mkdir(m_paths.data.c_str(), kPrivate) != 0) {
        return Error::fromErrno("mkdir '" + m_paths.data + "'");
    }
    m_dataExists = true;
    if (m_paths.bundle != m_paths.data) {
        TRY(makeFolder(m_paths.bundle, kPrivate));
    }
    TRY(makeFolder(m_paths.upper(), kRootDirectory));
    TRY(makeFolder(m_paths.work(), kPrivate));
    TRY(makeFolder(m_paths.rootfs(), kRootDirectory));
    TRY_ASSIGN(const auto directory, sys::openDirectory(m_paths.bundle));
    TRY(writeNewFile(directory.get(), "config.json", documents.config, 0600));
    TRY(writeNewFile(directory.get(), "coracle.json", documents.overlay, 0600));
    if (!documents.healthProcess.empty()) {
        TRY(writeNewFile(directory.get(), "health-process.json", documents.healthProcess, 0600));
    }
    TRY(writeNewFile(directory.get(), "hosts", documents.hosts, kReadable));
    TRY(writeNewFile(directory.get(), "hostname", documents.hostname, kReadable));
    return writeNewFile(directory.get(), "resolv.conf", documents.resolvConf, kReadable);
}

/// A generated name that is taken is tried again with another; a name that a person chose is not.
Result<> ContainerCreator::insertRow(const store::ImageRecord& image) {
    container::RecordDetails& details = m_details;
    details.command = m_process.arguments;
    details.env = m_process.env;
    details.labels = m_process.labels;
    details.workingDirectory = m_process.workingDirectory;
    details.user = m_process.user;
    details.hostname = m_process.hostname;
    details.overlayDriver = m_host.overlayDriver;
    details.stopSignal = m_process.stopSignal;
    details.stopTimeoutSeconds = m_process.stopTimeoutSeconds;
    details.capabilities = m_process.security.capabilities;
    details.links = m_links;
    details.sliceFirst = m_sliceFirst;
    details.sliceSize = m_sliceSize;
    details.exposedPorts = m_process.exposedPorts;
    details.exposed = m_process.exposed;
    details.health = m_process.health;
    m_record = {.id = m_id,
                .name = m_name,
                .image = m_spec.image,
                .imageId = image.id.text(),
                .chainId = image.chainIds.back(),
                .createdAt = std::chrono::system_clock::now(),
                .specJson = container::toJsonText(m_spec),
                .detailsJson = {},
                .desiredState = "created",
                .removeWhenStopped = m_spec.removeWhenStopped,
                .volumes = {},
                .images = {}};
    for (const auto& mount : m_mounts) {
        if (auto use = imageUse(mount)) {
            details.images.push_back(*std::move(use));
        }
        if (!mount.volumeName.empty()) {
            details.volumes.push_back({mount.volumeName, mount.mount.target});
            if (std::find(m_record.volumes.begin(), m_record.volumes.end(), mount.volumeName) ==
                m_record.volumes.end()) {
                m_record.volumes.push_back(mount.volumeName);
            }
        }
    }
    TRY_ASSIGN(m_record.images, mountedImages(details));
    m_record.detailsJson = container::toJsonText(details);
    const std::uint64_t random = randomNumber();
    for (unsigned attempt = 0;; ++attempt) {
        auto inserted = m_store.containers().insert(m_record);
        const bool mayRetry = m_spec.name.empty() && attempt < kNameAttempts;
        if (inserted || inserted.error().kind() != ErrorKind::AlreadyExists || !mayRetry) {
            m_name = m_record.name;
            return inserted;
        }
        m_record.name = container::generateName(random, attempt + 1);
    }
}

/// Of every container that is there or can be brought back: what is only one's own is none of theirs. A
/// record that cannot be read has nothing that could be told.
Result<std::vector<container::RecordDetails>> ContainerCreator::detailsOfAll() const {
    std::vector<container::RecordDetails> all;
    const auto add = [&all](const store::ContainerRecord& record) {
        if (auto details = container::parseRecordDetails(record.detailsJson)) {
            all.push_back(*std::move(details));
        }
    };
    TRY_ASSIGN(const auto records, m_store.containers().list());
    std::for_each(records.begin(), records.end(), add);
    TRY_ASSIGN(const auto removals, m_store.removals().list());
    for (const store::RemovalRecord& removal : removals) {
        if (removal.kind != store::RemovedKind::Container) {
            continue;
        }
        if (const auto record = store::parseContainerRecord(removal.record)) {
            add(*record);
        }
    }
    return all;
}

/// Of the computer's own network a program has every port that it listens on; without one it has none.
void ContainerCreator::warnOfPorts() {
    if ((m_spec.network == "host" || m_spec.network == "none") &&
        (!m_spec.ports.empty() || m_spec.publishAll)) {
        m_warnings.push_back("published ports are discarded with --network " + m_spec.network);
    }
}

/// Checks first, then what has to be taken back on failure, the row at the end: what has no row does not
/// exist for any reader, and the destructor removes the folder and new volumes while m_committed is not
/// set.
Result<CreatedContainer> ContainerCreator::create(const store::ImageRecord& image) {
    m_id = sys::randomHex(kIdDigits);
    m_paths = m_context.paths(m_id, RemovedAtEnd{m_spec.removeWhenStopped});
    TRY(loadImage(image));
    TRY(chooseShared());
    TRY(followNames());
    TRY(chooseLinks());
    TRY(takeVolumesFrom());
    warnOfPorts();
    TRY_ASSIGN(auto limits, fitLimits(types::withoutLifted(m_spec.resources)));
    m_spec.resources = limits.resources;
    TRY_ASSIGN(const auto fileEnv, readEnvFiles());
    TRY_ASSIGN(m_host, gatherHostFacts(m_context, idsOf()));
    types::RunSpec planned = m_spec;
    if (!m_shared.uts.empty() || !m_shared.network.empty()) {
        planned.hostname = m_shared.hostname;
    }
    TRY(addLabelFiles(planned));
    TRY_ASSIGN(m_process, container::planProcess(planned, m_image, fileEnv, m_id, m_host));
    TRY_ASSIGN(const auto user, findUser());
    TRY(readSeccompProfile());
    TRY(checkDevices());
    TRY(readDescribedDevices());
    TRY(readHooks());
    m_name = m_spec.name.empty() ? container::generateName(randomNumber(), 0) : m_spec.name;
    addLinkVariables();
    TRY(planMounts());
    TRY(readSecrets());
    warnOfMounts(user);
    container::BundleInput input;
    input.id = m_id;
    input.name = m_name;
    input.spec = m_spec;
    input.process = m_process;
    input.user = user;
    input.host = m_host;
    input.paths = m_paths;
    input.lowerDirs = m_lowerDirs;
    input.mounts = m_mounts;
    input.devices = std::move(limits.devices);
    input.shared = m_shared;
    input.linkedHosts = linkedHosts();
    input.cdi = m_described;
    input.hooks = m_hooks;
    for (const auto& secret : m_secrets) {
        input.secrets.push_back(secret.use);
    }
    TRY(chooseSlice(input));
    TRY_ASSIGN(const auto documents, container::buildBundle(input));
    TRY(writeBundle(documents));
    TRY(writeSecrets());
    TRY(introduceUser());
    TRY(insertRow(image));
    m_committed = true;
    m_sliceLock.reset();
    m_linkLock.reset();
    m_store.events().append("container", "create", m_id, {{"image", m_spec.image}, {"name", m_name}});
    m_warnings.insert(m_warnings.end(), limits.warnings.begin(), limits.warnings.end());
    m_warnings.insert(m_warnings.end(), m_process.security.warnings.begin(),
                      m_process.security.warnings.end());
    return CreatedContainer{m_id, m_name, m_warnings};
}

KnownContainer ContainerCreator::takeCreated() {
    KnownContainer known;
    known.record = std::move(m_record);
    known.spec = std::move(m_spec);
    known.details = std::move(m_details);
    known.paths = m_paths;
    return known;
}

}  // namespace coracle::engine
