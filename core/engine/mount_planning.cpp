// SPDX-License-Identifier: Apache-2.0
#include "core/engine/mount_planning.h"

#include "core/engine/local_images.h"
#include "core/engine/local_volumes.h"
#include "core/image/digest.h"
#include "core/types/mount_text.h"
#include "core/types/volume_text.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

using types::MountSpec;

struct FreeText {
    void operator()(char* text) const noexcept { std::free(text); }  // NOLINT(cppcoreguidelines-no-malloc)
};

/// The first folder on the way that this person may not pass; empty: none.
std::string blockingFolder(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
        if (::access(path.substr(0, slash).c_str(), X_OK) != 0) {
            return path.substr(0, slash);
        }
    }
    return {};
}

/// A volume of the driver's options `type=bind` is a folder of this computer, one of `type=tmpfs` is memory
/// that each container has for itself.
Result<> applyVolumeOptions(const std::map<std::string, std::string>& options,
                            container::PlannedMount& planned) {
    TRY_ASSIGN(const auto driver, types::parseVolumeOptions(options));
    if (driver.kind == types::VolumeDriver::Kind::Folder) {
        return {};
    }
    planned.mount.options.insert(planned.mount.options.begin(), driver.options.begin(), driver.options.end());
    planned.mount.readOnly = planned.mount.readOnly || driver.readOnly;
    if (driver.kind == types::VolumeDriver::Kind::Tmpfs) {
        std::erase(planned.mount.options, "nocopy");
        planned.mount.kind = MountSpec::Kind::Tmpfs;
        planned.hostPath.clear();
    } else {
        planned.hostPath = driver.device;
    }
    return {};
}

bool hasOption(const MountSpec& mount, const char* word) {
    return std::count(mount.options.begin(), mount.options.end(), word) > 0;
}

/// What `--mount` says of the volume that it makes: the pairs of one key, "volume-opt" or "volume-label".
std::map<std::string, std::string> pairsOf(const MountSpec& mount, const std::string& key) {
    std::map<std::string, std::string> pairs;
    for (const auto& option : mount.options) {
        if (option.compare(0, key.size() + 1, key + "=") == 0) {
            const std::string pair = option.substr(key.size() + 1);
            const auto equals = std::min(pair.find('='), pair.size());
            pairs[pair.substr(0, equals)] = equals < pair.size() ? pair.substr(equals + 1) : std::string();
        }
    }
    return pairs;
}

/// The volume of a mount, made if need be. One that is there stays what it is, and is taken only if it is
/// what was asked for. The event comes after the record: who reads it finds the volume.
Result<store::VolumeRecord> volumeFor(const store::Store& store, const MountSpec& mount) {
    const auto options = pairsOf(mount, "volume-opt");
    const auto labels = pairsOf(mount, "volume-label");
    const bool any = options.empty() && labels.empty();
    if (any && !mount.source.empty()) {
        TRY_ASSIGN(auto known, store.volumes().find(mount.source));
        if (known) {
            return *std::move(known);
        }
    }
    TRY(checkVolumeOptions(options));
    auto made = store.volumes().create(mount.source, labels, options);
    if (made) {
        store.events().append("volume", "create", made->name, {});
        return made;
    }
    if (made.error().kind() != ErrorKind::AlreadyExists) {
        return made;
    }
    TRY_ASSIGN(auto there, store.volumes().load(mount.source));  // perhaps another process was faster
    TRY(any ? Result<>() : requireSameVolume(there, options));
    return there;
}

/// Those without a name get one that is an id.
Result<container::PlannedMount> planVolume(const store::Store& store, const MountSpec& mount) {
    container::PlannedMount planned;
    planned.mount = mount;
    const std::string subpath = types::subpathOf(mount);
    std::erase_if(planned.mount.options, [&](const std::string& option) {
        return option.compare(0, 7, "volume-") == 0 && option != "volume-subpath=" + subpath;
    });
    TRY_ASSIGN(const auto volume, volumeFor(store, mount));
    planned.volumeName = volume.name;
    planned.hostPath = volume.dataPath;
    TRY(applyVolumeOptions(volume.options, planned));
    const bool memory = planned.mount.kind == MountSpec::Kind::Tmpfs;
    if (!subpath.empty() && (memory || hasOption(mount, "U") || hasOption(mount, "O"))) {
        return Error(ErrorKind::Unsupported, "volume '" + volume.name + "': the part '" + subpath +
                                                 (memory ? "' of a volume in memory cannot be mounted alone"
                                                         : "' cannot be mounted with the options U or O"))
            .withHint("mount the whole volume");
    }
    if (memory) {
        std::erase(planned.mount.options, "U");
        std::erase(planned.mount.options, "O");  // memory is the container's alone anyway
        return planned;
    }
    planned.copyUp = subpath.empty() && !hasOption(mount, "nocopy") && !hasOption(mount, "O");
    return planned;
}

/// Folders of the computer and of the person that a container's user would take away from everything else.
/// Source: podman-run(1), "Chowning Volume Mounts".
Result<> refuseToGive(const std::string& path) {
    static constexpr std::array<std::string_view, 19> kShared{
        "/",    "/bin",  "/boot", "/dev", "/etc",  "/home", "/lib", "/lib64", "/media", "/mnt",
        "/opt", "/proc", "/root", "/run", "/sbin", "/srv",  "/sys", "/usr",   "/var"};
    const std::unique_ptr<char, FreeText> real(::realpath(path.c_str(), nullptr));
    const std::string folder = real ? real.get() : path;
    const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    const std::unique_ptr<char, FreeText> own(home != nullptr ? ::realpath(home, nullptr) : nullptr);
    const bool shared = std::find(kShared.begin(), kShared.end(), folder) != kShared.end();
    if (!shared && !(own && folder == own.get())) {
        return {};
    }
    return Error(ErrorKind::InvalidArgument,
                 "option 'U' would give all of '" + folder + "' to the container's user")
        .withHint("mount a folder below it");
}

Result<> makeSource(const std::string& path) {
    auto made = sys::makeDirectories(path, 0755);
    return made ? std::move(made) : Result<>(std::move(made).error().context("bind-create-src"));
}

/// docker makes a missing bind source as root's folder; here it is an error, for the folder is mostly a
/// typing mistake.
Result<container::PlannedMount> planFolder(const MountSpec& mount) {
    container::PlannedMount planned;
    planned.mount = mount;
    planned.hostPath = mount.source;
    if (hasOption(mount, "bind-create-src")) {
        TRY(makeSource(mount.source));
    }
    struct stat info {};
    if (::stat(mount.source.c_str(), &info) != 0) {
        const int err = errno;
        if (err == ENOENT || err == ENOTDIR) {
            return Error(ErrorKind::InvalidArgument, "bind source '" + mount.source + "' does not exist")
                .withHint("make the folder first, or use a name without '/' for a volume");
        }
        Error error = Error::fromErrno("bind source '" + mount.source + "'", err);
        const std::string blocking = err == EACCES ? blockingFolder(mount.source) : std::string();
        return blocking.empty() ? error
                                : std::move(error).withHint("you may not pass the folder '" + blocking + "'");
    }
    if (hasOption(mount, "O") && !S_ISDIR(info.st_mode)) {
        return Error(ErrorKind::InvalidArgument,
                     "bind source '" + mount.source + "' is no folder, which the option 'O' is for");
    }
    if (hasOption(mount, "U")) {
        TRY(refuseToGive(mount.source));
    }
    return planned;
}

/// The topmost layer first, as an overlay wants them. The row of the container keeps them, and takes no image
/// that was removed meanwhile.
Result<container::PlannedMount> planImage(EngineContext& context, const MountSpec& mount) {
    auto image = LocalImages(context).load(mount.source);
    if (!image) {
        return std::move(image).error().context("mount of '" + mount.target + "'");
    }
    if (image->chainIds.empty()) {
        return Error(ErrorKind::Unsupported, "mount of '" + mount.target + "': image '" + mount.source +
                                                 "' has no layers, so there is nothing to mount");
    }
    TRY_ASSIGN(const auto* store, context.store());
    container::PlannedMount planned;
    planned.mount = mount;
    planned.imageId = image->id.text();
    planned.chainId = image->chainIds.back().text();
    for (auto layer = image->chainIds.rbegin(); layer != image->chainIds.rend(); ++layer) {
        planned.layers.push_back(store->layers().path(*layer));
    }
    return planned;
}

/// One name for one source at one place, so that a mount that is taken away and given back has its changes.
std::string changesName(const container::PlannedMount& planned) {
    constexpr std::size_t kDigits = 16;
    const auto digest = image::Digest::of(planned.hostPath + planned.imageId + "\n" + planned.mount.target);
    return std::string(digest.hex().substr(0, kDigits));
}

}  // namespace

bool isAnonymousVolume(const MountSpec& mount) {
    return mount.kind == MountSpec::Kind::Volume && mount.source.empty();
}

std::optional<container::ImageUse> imageUse(const container::PlannedMount& planned) {
    return planned.imageId.empty()
               ? std::nullopt
               : std::optional(container::ImageUse{planned.mount.target, planned.imageId, planned.chainId});
}

Result<std::vector<store::MountedImage>> mountedImages(const container::RecordDetails& details) {
    std::vector<store::MountedImage> images;
    for (const auto& use : details.images) {
        const bool known = std::any_of(images.begin(), images.end(),
                                       [&](const auto& image) { return image.imageId == use.imageId; });
        if (!known) {
            TRY_ASSIGN(image::Digest chainId, image::Digest::parse(use.chainId));
            images.push_back({use.imageId, std::move(chainId)});
        }
    }
    return images;
}

Result<container::PlannedMount> planMount(EngineContext& context, const container::ContainerPaths& paths,
                                          const MountSpec& mount) {
    container::PlannedMount planned;
    planned.mount = mount;
    if (mount.kind == MountSpec::Kind::Volume) {
        TRY_ASSIGN(const auto* store, context.store());
        TRY_ASSIGN(planned, planVolume(*store, mount));
    } else if (mount.kind == MountSpec::Kind::Image) {
        TRY_ASSIGN(planned, planImage(context, mount));
    } else if (mount.kind == MountSpec::Kind::Bind) {
        TRY_ASSIGN(planned, planFolder(mount));
    }
    if (hasOption(planned.mount, "O") || !planned.imageId.empty()) {
        planned.changes = paths.changes(changesName(planned));
    }
    return planned;
}

}  // namespace coracle::engine
