// SPDX-License-Identifier: Apache-2.0
#include "core/engine/storage_driver.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace coracle::engine {
namespace {

constexpr const char* kKernel = "overlay";
constexpr const char* kFuse = "fuse-overlayfs";

Result<StorageDriver> fuseDriver(const std::string& why) {
    const auto program = sys::findProgram(kFuse);
    if (!program) {
        return Error(ErrorKind::Unsupported, why + ", and the program fuse-overlayfs is not installed")
            .withHint("install the package fuse-overlayfs");
    }
    return StorageDriver{kFuse, *program};
}

Result<ProbeAnswer> answerOf(const nlohmann::json& document, const char* name) {
    const auto* object = json::findObject(document, name);
    if (object == nullptr) {
        return Error(ErrorKind::Internal, std::string("the probe did not answer about ") + name);
    }
    TRY_ASSIGN(const auto works, json::findBool(*object, "works"));
    TRY_ASSIGN(const auto reason, json::findString(*object, "reason"));
    TRY_ASSIGN(const auto hint, json::findString(*object, "hint"));
    return ProbeAnswer{works.value_or(false), reason.value_or(""), hint.value_or("")};
}

/// The answer lies in the run root: a reboot, which may bring another kernel, forgets it.
Result<StorageDriver> probeAndRemember(const store::StorePaths& places) {
    TRY(sys::makeDirectories(places.root));
    TRY(sys::makeDirectories(places.runRoot));
    TRY_ASSIGN(const auto drivers, probeStorageDrivers(places, {}));
    StorageDriver driver{kKernel, {}};
    if (!drivers.kernel.works) {
        TRY_ASSIGN(driver, fuseDriver("the kernel refuses an overlay mount (" + drivers.kernel.reason + ")"));
        if (!drivers.fuse.works) {
            return Error(ErrorKind::Unsupported, "no overlay can be mounted: the kernel says '" +
                                                     drivers.kernel.reason + "', fuse-overlayfs says '" +
                                                     drivers.fuse.reason + "'")
                .withHint("run 'coracle doctor'");
        }
    }
    TRY(sys::replaceFile(places.runRoot + "/storage-driver", driver.name + "\n", 0600,
                         sys::Durability::Process));
    return driver;
}

}  // namespace

/// In a child, since the probe enters the user namespace and mounts. An answer that cannot be read is an
/// error and not a "no".
Result<DriverProbes> probeStorageDrivers(const store::StorePaths& places, const std::stop_token& stop) {
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    sys::SpawnOptions options;
    options.argv = {runtime, "probe", "--folder", places.root, "--keeper-dir", places.runRoot + "/userns"};
    TRY_ASSIGN(const auto output, sys::runAndCapture(options, stop));
    if (!output.status.success()) {
        std::string text = output.standardError.substr(0, output.standardError.find('\n'));
        const std::size_t colon = text.rfind("coracle-runtime: ", 0) == 0 ? text.find(' ') + 1 : 0;
        return Error(ErrorKind::Unsupported, text.substr(colon)).withHint("run 'coracle doctor'");
    }
    TRY_ASSIGN(const auto document, json::parse(output.standardOutput));
    DriverProbes probes;
    TRY_ASSIGN(probes.kernel, answerOf(document, kKernel));
    TRY_ASSIGN(probes.fuse, answerOf(document, kFuse));
    if (const auto* space = json::findObject(document, "userNamespace")) {
        TRY_ASSIGN(const auto single, json::findBool(*space, "single"));
        TRY_ASSIGN(const auto reason, json::findString(*space, "reason"));
        probes.idMaps = {!single.value_or(false), reason.value_or(""), {}};
    }
    return probes;
}

/// In order: what the mode of ids forces, what the environment asks for, what was found out before in this
/// boot, a probe. The answer is kept in the run root, as a new kernel means a new boot.
Result<StorageDriver> chooseStorageDriver(const store::StorePaths& places, const std::string& translatedFor) {
    const char* forced =
        std::getenv("CORACLE_STORAGE_DRIVER");  // NOLINT(concurrency-mt-unsafe): not set by us
    const std::string choice = forced == nullptr ? "auto" : forced;
    if (choice != "auto" && choice != kKernel && choice != kFuse) {
        return Error(ErrorKind::InvalidArgument, "storage driver '" + choice + "' is not known")
            .withHint("CORACLE_STORAGE_DRIVER is auto, overlay or fuse-overlayfs");
    }
    if (!translatedFor.empty()) {
        return fuseDriver(translatedFor + " needs its ids translated");
    }
    if (choice == kFuse) {
        return fuseDriver("fuse-overlayfs was asked for");
    }
    if (choice == kKernel) {
        return StorageDriver{kKernel, {}};
    }
    const auto remembered = sys::readFile(places.runRoot + "/storage-driver");
    if (remembered && *remembered == std::string(kKernel) + "\n") {
        return StorageDriver{kKernel, {}};
    }
    if (remembered && *remembered == std::string(kFuse) + "\n") {
        return fuseDriver("the kernel refuses an overlay mount");
    }
    return probeAndRemember(places);
}

}  // namespace coracle::engine
