// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <unistd.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

Result<std::string> absolutePath(const Document& object, const char* key) {
    auto path = json::loadString(object, key);
    if (path && (path->empty() || path->front() != '/')) {
        return Error(ErrorKind::InvalidArgument, std::string("member '") + key + "' is not an absolute path");
    }
    return path;
}

Result<Overlay> parseOverlay(const Document& object) {
    Overlay overlay;
    TRY_ASSIGN(const std::string driver, json::loadString(object, "driver"));
    if (driver != "overlay" && driver != "fuse-overlayfs") {
        return Error(ErrorKind::InvalidArgument, "unknown overlay driver '" + driver + "'");
    }
    overlay.driver = driver == "overlay" ? OverlayDriver::Kernel : OverlayDriver::Fuse;
    TRY_ASSIGN(overlay.lower, json::findStrings(object, "lower"));
    TRY_ASSIGN(overlay.upper, absolutePath(object, "upper"));
    TRY_ASSIGN(overlay.work, absolutePath(object, "work"));
    TRY_ASSIGN(const auto isVolatile, json::findBool(object, "volatile"));
    TRY_ASSIGN(const auto program, json::findString(object, "fuseProgram"));
    overlay.isVolatile = isVolatile.value_or(false);
    overlay.fuseProgram = program.value_or("fuse-overlayfs");
    if (overlay.lower.empty()) {
        return Error(ErrorKind::InvalidArgument, "member 'lower' names no layer");
    }
    for (const std::string& path : overlay.lower) {
        if (path.empty() || path.front() != '/') {
            return Error(ErrorKind::InvalidArgument, "layer '" + path + "' is not an absolute path");
        }
    }
    return overlay;
}

}  // namespace

Result<Extension> parseExtension(std::string_view text) {
    TRY_ASSIGN(const Document document, json::parse(text, kMaxConfigBytes));
    Extension extension;
    if (const Document* overlay = json::findObject(document, "overlay")) {
        TRY_ASSIGN(extension.overlay, parseOverlay(*overlay));
    }
    if (const Document* userNamespace = json::findObject(document, "userNamespace")) {
        TRY_ASSIGN(const auto mode, json::findString(*userNamespace, "mode"));
        TRY_ASSIGN(extension.userNamespace, userns::parseMode(mode.value_or("default")));
        TRY_ASSIGN(extension.keeperDir, absolutePath(*userNamespace, "keeperDir"));
    } else {
        return Error(ErrorKind::Corrupt, "member 'userNamespace' is missing");
    }
    TRY_ASSIGN(extension.copyUp, json::findStrings(document, "copyUp"));
    TRY_ASSIGN(const auto seccomp, json::findString(document, "seccompProfile"));
    const std::string choice = seccomp.value_or("default");
    if (choice != "default" && choice != "unconfined") {
        return Error(ErrorKind::InvalidArgument, "unknown seccomp profile '" + choice + "'");
    }
    extension.seccomp = choice == "default" ? SeccompChoice::Default : SeccompChoice::Unconfined;
    return extension;
}

Result<Bundle> loadBundle(const std::string& path) {
    Bundle bundle;
    bundle.path = path;
    if (path.empty() || path.front() != '/') {
        std::string here(4096, '\0');
        if (::getcwd(here.data(), here.size()) == nullptr) {
            return Error::fromErrno("find the current folder");
        }
        here.resize(here.find('\0'));
        bundle.path = path.empty() || path == "." ? here : here + "/" + path;
    }
    const std::string configPath = bundle.path + "/config.json";
    auto text = sys::readFile(configPath, kMaxConfigBytes);
    if (!text) {
        return std::move(text).error().context("load bundle");
    }
    auto config = parseConfig(*text);
    if (!config) {
        return std::move(config).error().context("read '" + configPath + "'");
    }
    bundle.config = *std::move(config);
    for (Mount& mount : bundle.config.mounts) {
        // "Path values for bind mounts are either absolute or relative to the bundle."
        const auto isBind = [](const std::string& word) { return word == "bind" || word == "rbind"; };
        if (!mount.source.empty() && mount.source.front() != '/' &&
            (isBind(mount.type) || std::any_of(mount.options.begin(), mount.options.end(), isBind))) {
            mount.source.insert(0, bundle.path + "/");
        }
    }
    const std::string extensionPath = bundle.path + "/coracle.json";
    auto extensionText = sys::readFile(extensionPath, kMaxConfigBytes);
    if (!extensionText && extensionText.error().kind() != ErrorKind::NotFound) {
        return std::move(extensionText).error();
    }
    if (extensionText) {
        auto extension = parseExtension(*extensionText);
        if (!extension) {
            return std::move(extension).error().context("read '" + extensionPath + "'");
        }
        bundle.extension = *std::move(extension);
    }
    return bundle;
}

}  // namespace coracle::oci
