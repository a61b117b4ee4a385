// SPDX-License-Identifier: Apache-2.0
#include "core/container/confinement.h"

#include "core/container/capabilities.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace coracle::container {
namespace {

/// Those that a container can have; namespaces(7). The time namespace is not among them: nothing makes one.
constexpr std::array<std::string_view, 7> kKinds{"user", "mount", "pid", "ipc", "uts", "cgroup", "network"};

Result<> readNamespaces(const nlohmann::json& section, const nlohmann::json* userNamespace,
                        types::Confinement& out) {
    std::vector<std::string> listed;
    if (const auto* list = json::findArray(section, "namespaces")) {
        for (const auto& item : *list) {
            TRY_ASSIGN(auto kind, json::loadString(item, "type"));
            listed.push_back(std::move(kind));
        }
    }
    if (userNamespace != nullptr) {  // config.json names it for other runtimes; this decides
        TRY_ASSIGN(const auto mode, json::findString(*userNamespace, "mode"));
        if (mode == "host") {
            std::erase(listed, "user");
        }
    }
    for (const auto kind : kKinds) {
        const bool own = std::find(listed.begin(), listed.end(), kind) != listed.end();
        (own ? out.ownNamespaces : out.hostNamespaces).emplace_back(kind);
    }
    return {};
}

bool has(const std::vector<std::string>& options, std::string_view word) {
    return std::find(options.begin(), options.end(), word) != options.end();
}

Result<> readMounts(const nlohmann::json& config, const std::string& bundleFolder, types::Confinement& out) {
    const auto* mounts = json::findArray(config, "mounts");
    if (mounts == nullptr) {
        return {};
    }
    for (const auto& item : *mounts) {
        TRY_ASSIGN(const auto target, json::loadString(item, "destination"));
        TRY_ASSIGN(const auto type, json::findString(item, "type"));
        TRY_ASSIGN(const auto source, json::findString(item, "source"));
        TRY_ASSIGN(const auto options, json::findStrings(item, "options"));
        const bool bound = type == "bind" || has(options, "bind") || has(options, "rbind");
        if (target == "/sys" && !bound) {
            out.writableSys = !has(options, "ro");
        }
        if (!bound || !source || source->starts_with(bundleFolder + "/")) {
            continue;
        }
        out.shared.push_back({.source = *source,
                              .target = target,
                              .readOnly = has(options, "ro"),
                              .device = source->starts_with("/dev/") && has(options, "dev")});
    }
    return {};
}

std::optional<std::string_view> statusValue(std::string_view status, std::string_view name) {
    std::size_t at = 0;
    while (at < status.size()) {
        const std::size_t end = std::min(status.find('\n', at), status.size());
        std::string_view line = status.substr(at, end - at);
        at = end + 1;
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ':') {
            line.remove_prefix(name.size() + 1);
            const std::size_t first = line.find_first_not_of(" \t");
            return first == std::string_view::npos ? std::string_view() : line.substr(first);
        }
    }
    return std::nullopt;
}

Result<std::uint64_t> statusNumber(std::string_view status, std::string_view name, int base) {
    const auto text = statusValue(status, name);
    std::uint64_t number = 0;
    if (!text ||
        std::from_chars(text->data(), text->data() + text->size(), number, base).ptr == text->data()) {
        return Error(ErrorKind::Corrupt,
                     "read the status of a process: no number '" + std::string(name) + "'");
    }
    return number;
}

}  // namespace

Result<types::Confinement> describeConfinement(std::string_view configText, std::string_view extensionText,
                                               const std::string& bundleFolder) {
    TRY_ASSIGN(const auto config, json::parse(configText));
    TRY_ASSIGN(const auto extension, json::parse(extensionText));
    types::Confinement out;
    if (const auto* process = json::findObject(config, "process")) {
        TRY_ASSIGN(const auto noNew, json::findBool(*process, "noNewPrivileges"));
        out.noNewPrivileges = noNew.value_or(false);
        TRY_ASSIGN(const auto profile, json::findString(*process, "apparmorProfile"));
        out.appArmorProfile = profile.value_or("");
        if (const auto* sets = json::findObject(*process, "capabilities")) {
            TRY_ASSIGN(out.capabilities, json::findStrings(*sets, "bounding"));
        }
    }
    std::sort(out.capabilities.begin(), out.capabilities.end());
    for (const auto name : allCapabilities()) {
        if (!has(out.capabilities, name)) {
            out.droppedCapabilities.emplace_back(name);
        }
    }
    if (const auto* root = json::findObject(config, "root")) {
        TRY_ASSIGN(const auto readOnly, json::findBool(*root, "readonly"));
        out.readOnlyRoot = readOnly.value_or(false);
    }
    TRY_ASSIGN(const auto word, json::findString(extension, "seccompProfile"));
    out.systemCallFilter = word.value_or("default");
    TRY_ASSIGN(const auto writable, json::findBool(extension, "writableCgroup"));
    out.writableControlGroup = writable.value_or(false);
    const auto nothing = nlohmann::json::object();
    const auto* section = json::findObject(config, "linux");
    section = section == nullptr ? &nothing : section;
    TRY_ASSIGN(out.maskedPaths, json::findStrings(*section, "maskedPaths"));
    TRY_ASSIGN(out.readOnlyPaths, json::findStrings(*section, "readonlyPaths"));
    if (json::findObject(*section, "seccomp") != nullptr) {
        out.systemCallFilter = "custom";
    }
    TRY(readNamespaces(*section, json::findObject(extension, "userNamespace"), out));
    TRY(readMounts(config, bundleFolder, out));
    return out;
}

Result<types::ObservedConfinement> parseObserved(std::string_view statusText) {
    types::ObservedConfinement observed;
    TRY_ASSIGN(const auto mask, statusNumber(statusText, "CapBnd", 16));
    TRY_ASSIGN(const auto noNew, statusNumber(statusText, "NoNewPrivs", 10));
    observed.noNewPrivileges = noNew != 0;
    // COMPAT(kernel < 5.9): only whether there is a filter (Seccomp: 2), not how many.
    if (const auto filters = statusNumber(statusText, "Seccomp_filters", 10)) {
        observed.systemCallFilters = std::int64_t(*filters);
    } else {
        TRY_ASSIGN(const auto mode, statusNumber(statusText, "Seccomp", 10));
        observed.systemCallFilters = mode == 2 ? 1 : 0;
    }
    std::size_t number = 0;
    for (const auto name : allCapabilities()) {
        if ((mask >> number & 1U) != 0) {
            observed.capabilities.emplace_back(name);
        }
        ++number;
    }
    std::sort(observed.capabilities.begin(), observed.capabilities.end());
    return observed;
}

}  // namespace coracle::container
