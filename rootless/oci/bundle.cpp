// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

#include <sched.h>
#include <unistd.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

/// coracle.json is read by a runtime whose working folder is its caller's, so no path in it may depend on
/// it.
Result<std::string> absolutePath(const Document& object, const char* key) {
    auto path = json::loadString(object, key);
    if (path && (path->empty() || path->front() != '/')) {
        return Error(ErrorKind::InvalidArgument, std::string("member '") + key + "' is not an absolute path");
    }
    return path;
}

/// Paths are absolute, because the runtime's working directory is the caller's and changes on the way. The
/// layers stand from the top down, as lowerdir takes them.
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

Result<MountOverlay> parseMountOverlay(const Document& object) {
    MountOverlay overlay;
    TRY_ASSIGN(overlay.destination, absolutePath(object, "destination"));
    TRY_ASSIGN(overlay.folder, absolutePath(object, "folder"));
    TRY_ASSIGN(overlay.lower, json::findStrings(object, "lower"));
    TRY_ASSIGN(const auto ofImage, json::findBool(object, "ofImage"));
    overlay.ofImage = ofImage.value_or(false);
    TRY_ASSIGN(auto subpath, json::findString(object, "subpath"));
    overlay.subpath = subpath.value_or("");
    const bool relative =
        std::any_of(overlay.lower.begin(), overlay.lower.end(),
                    [](const std::string& path) { return path.empty() || path.front() != '/'; });
    return !relative && !overlay.lower.empty()
               ? Result<MountOverlay>(std::move(overlay))
               : Error(ErrorKind::InvalidArgument, "an overlay of a mount names no absolute path");
}

/// 2^32-1 is no id: it means "leave it" to the set*id calls.
Result<std::optional<std::uint32_t>> findId(const Document& object, const char* key) {
    TRY_ASSIGN(const auto number, json::findInteger(object, key));
    if (number && (*number < 0 || *number >= std::numeric_limits<std::uint32_t>::max())) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an id");
    }
    return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

/// Members that are missing have the values of --uidmap 0:0:1. Which ids may really be mapped is decided
/// when the maps are made.
Result<userns::MapRules> parseRules(const Document& object, const char* key) {
    userns::MapRules rules;
    const Document* wanted = json::findObject(object, key);
    if (wanted == nullptr) {
        return rules;
    }
    TRY_ASSIGN(const auto extend, json::findBool(*wanted, "extend"));
    rules.extend = extend.value_or(false);
    const Document* list = json::findArray(*wanted, "rules");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const Document& item = (*list)[i];
        TRY_ASSIGN(const auto inside, findId(item, "inside"));
        TRY_ASSIGN(const auto outside, findId(item, "outside"));
        TRY_ASSIGN(const auto count, findId(item, "count"));
        TRY_ASSIGN(const auto ofHost, json::findBool(item, "ofHost"));
        rules.rules.push_back(
            {inside.value_or(0), outside.value_or(0), count.value_or(1), ofHost.value_or(false)});
    }
    return rules;
}

/// The request as the engine wrote it, with the default for each member that is missing.
Result<userns::MapRequest> parseMapRequest(const Document& object) {
    userns::MapRequest request;
    TRY_ASSIGN(const auto mode, json::findString(object, "mode"));
    TRY_ASSIGN(request.mode, userns::parseMode(mode.value_or("default")));
    TRY_ASSIGN(request.uid, findId(object, "uid"));
    TRY_ASSIGN(request.gid, findId(object, "gid"));
    TRY_ASSIGN(const auto first, findId(object, "first"));
    TRY_ASSIGN(const auto size, findId(object, "size"));
    request.first = first.value_or(0);
    request.size = size.value_or(0);
    TRY_ASSIGN(request.uidRules, parseRules(object, "uids"));
    TRY_ASSIGN(request.gidRules, parseRules(object, "gids"));
    return request;
}

/// Only kinds that a container can do without having its own: the root of a mount namespace cannot be shared,
/// and the user namespace comes along by itself.
Result<SharedNamespaces> parseShared(const Document& object) {
    SharedNamespaces shared;
    TRY_ASSIGN(shared.container, json::loadString(object, "container"));
    TRY_ASSIGN(const auto kinds, json::findStrings(object, "namespaces"));
    for (const std::string& kind : kinds) {
        const int flag = kind == "pid"       ? CLONE_NEWPID
                         : kind == "ipc"     ? CLONE_NEWIPC
                         : kind == "uts"     ? CLONE_NEWUTS
                         : kind == "network" ? CLONE_NEWNET
                                             : 0;
        if (flag == 0) {
            return Error(ErrorKind::InvalidArgument, "a namespace of kind '" + kind + "' cannot be shared");
        }
        shared.namespaces |= static_cast<std::uint64_t>(flag);
    }
    return shared;
}

Result<SecretFile> parseSecret(const Document& object) {
    SecretFile secret;
    TRY_ASSIGN(secret.file, absolutePath(object, "file"));
    TRY_ASSIGN(const auto variable, json::findString(object, "variable"));
    secret.variable = variable.value_or("");
    if (!secret.variable.empty()) {
        return secret;
    }
    TRY_ASSIGN(secret.target, absolutePath(object, "target"));
    TRY_ASSIGN(const auto uid, findId(object, "uid"));
    TRY_ASSIGN(const auto gid, findId(object, "gid"));
    TRY_ASSIGN(const auto mode, findId(object, "mode"));
    secret.uid = uid.value_or(0);
    secret.gid = gid.value_or(0);
    secret.mode = mode.value_or(secret.mode) & 0777U;
    return secret;
}

}  // namespace

/// `userNamespace` is the one member that has to be there: without it the file would mean a container in
/// the user's own ids, which nobody asks for by leaving something out.
Result<Extension> parseExtension(std::string_view text) {
    TRY_ASSIGN(const Document document, json::parse(text, kMaxConfigBytes));
    Extension extension;
    if (const Document* overlay = json::findObject(document, "overlay")) {
        TRY_ASSIGN(extension.overlay, parseOverlay(*overlay));
    }
    if (const Document* userNamespace = json::findObject(document, "userNamespace")) {
        TRY_ASSIGN(extension.userNamespace, parseMapRequest(*userNamespace));
        TRY_ASSIGN(extension.keeperDir, absolutePath(*userNamespace, "keeperDir"));
    } else {
        return Error(ErrorKind::Corrupt, "member 'userNamespace' is missing");
    }
    if (const Document* shared = json::findObject(document, "sharedNamespaces")) {
        TRY_ASSIGN(extension.shared, parseShared(*shared));
    }
    const Document* others = json::findArray(document, "alsoShared");
    for (std::size_t i = 0; others != nullptr && i < others->size(); ++i) {
        TRY_ASSIGN(SharedNamespaces shared, parseShared((*others)[i]));
        extension.alsoShared.push_back(std::move(shared));
    }
    if (!extension.alsoShared.empty() && !extension.shared) {
        return Error(ErrorKind::Corrupt, "member 'alsoShared' stands without 'sharedNamespaces'");
    }
    const Document* secrets = json::findArray(document, "secrets");
    for (std::size_t i = 0; secrets != nullptr && i < secrets->size(); ++i) {
        TRY_ASSIGN(SecretFile secret, parseSecret((*secrets)[i]));
        extension.secrets.push_back(std::move(secret));
    }
    TRY_ASSIGN(extension.copyUp, json::findStrings(document, "copyUp"));
    TRY_ASSIGN(extension.owned, json::findStrings(document, "ownedMounts"));
    const Document* covered = json::findArray(document, "overlayMounts");
    for (std::size_t i = 0; covered != nullptr && i < covered->size(); ++i) {
        TRY_ASSIGN(MountOverlay overlay, parseMountOverlay((*covered)[i]));
        extension.mountOverlays.push_back(std::move(overlay));
    }
    const Document* parts = json::findArray(document, "mountParts");
    for (std::size_t i = 0; parts != nullptr && i < parts->size(); ++i) {
        MountPart part;
        TRY_ASSIGN(part.destination, absolutePath((*parts)[i], "destination"));
        TRY_ASSIGN(part.subpath, json::loadString((*parts)[i], "subpath"));
        extension.parts.push_back(std::move(part));
    }
    if (!extension.mountOverlays.empty() && !extension.overlay) {
        return Error(ErrorKind::Corrupt, "member 'overlayMounts' stands without 'overlay'");
    }
    TRY_ASSIGN(const auto writableCgroup, json::findBool(document, "writableCgroup"));
    extension.writableCgroup = writableCgroup.value_or(false);
    TRY_ASSIGN(const auto seccomp, json::findString(document, "seccompProfile"));
    extension.seccomp = seccomp.value_or("default");
    return extension;
}

/// config.json is another program's and read by the specification; coracle.json is the engine's. One that
/// is there and cannot be read is an error, for what it says can make a container more confined.
Result<Bundle> loadBundle(const std::string& path, const std::string& configName) {
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
    const std::string configPath = configName.starts_with('/') ? configName : bundle.path + "/" + configName;
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
