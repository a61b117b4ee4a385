// SPDX-License-Identifier: Apache-2.0
#include "core/container/cdi.h"

#include "core/text/yaml.h"
#include "core/types/cdi_text.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <set>

namespace coracle::container {
namespace {

using nlohmann::json;

Error damaged(const std::string& place, const std::string& what) {
    return {ErrorKind::Corrupt, place + ": " + what};
}

std::string inside(const std::string& place, const std::string& member) {
    return place + (place.ends_with("'") ? ": " : ".") + member;
}

/// A member that is not known may be what makes the device safe or work: it is not passed over.
Result<> requireKnown(const json& object, const std::string& place,
                      std::initializer_list<const char*> known) {
    if (!object.is_object()) {
        return damaged(place, "it is not an object");
    }
    for (const auto& [key, value] : object.items()) {
        if (std::none_of(known.begin(), known.end(), [&](const char* word) { return key == word; })) {
            return Error(ErrorKind::Unsupported, place + ": member '" + key + "' is not known");
        }
    }
    return {};
}

Result<std::string> loadPath(const json& object, const char* key, const std::string& place) {
    auto path = coracle::json::loadString(object, key);
    if (!path) {
        return damaged(place, path.error().message());
    }
    if (!path->starts_with('/')) {
        return damaged(place, "'" + *path + "' is not an absolute path");
    }
    return path;
}

Result<std::vector<std::string>> loadTexts(const json& object, const char* key, const std::string& place) {
    auto texts = coracle::json::findStrings(object, key);
    return texts ? std::move(texts)
                 : Result<std::vector<std::string>>(damaged(place, texts.error().message()));
}

Result<std::vector<std::string>> loadEnv(const json& object, const std::string& place) {
    TRY_ASSIGN(auto env, loadTexts(object, "env", place));
    for (const std::string& text : env) {
        if (text.find('=') == std::string::npos || text.front() == '=') {
            return damaged(place, "'" + text + "' is not NAME=VALUE");
        }
    }
    return env;
}

Result<CdiNode> parseNode(const json& object, const std::string& place) {
    TRY(requireKnown(
        object, place,
        {"path", "hostPath", "type", "major", "minor", "fileMode", "permissions", "uid", "gid"}));
    CdiNode node;
    TRY_ASSIGN(node.path, loadPath(object, "path", place));
    node.hostPath = node.path;
    if (object.contains("hostPath")) {
        TRY_ASSIGN(node.hostPath, loadPath(object, "hostPath", place));
    }
    const auto type = coracle::json::findString(object, "type");
    const auto major = coracle::json::findInteger(object, "major");
    const auto minor = coracle::json::findInteger(object, "minor");
    if (!type || !major || !minor) {
        return damaged(place, (!type ? type.error() : !major ? major.error() : minor.error()).message());
    }
    node.type = type->value_or("");
    if (node.type.find_first_not_of("cubp") != std::string::npos || node.type.size() > 1) {
        return damaged(place, "'" + node.type + "' is no type of a device");
    }
    node.major = *major;
    node.minor = *minor;
    node.ownerOrMode = object.contains("fileMode") || object.contains("uid") || object.contains("gid");
    return node;
}

Result<CdiMount> parseMount(const json& object, const std::string& place) {
    TRY(requireKnown(object, place, {"hostPath", "containerPath", "type", "options"}));
    CdiMount mount;
    TRY_ASSIGN(mount.hostPath, loadPath(object, "hostPath", place));
    TRY_ASSIGN(mount.path, loadPath(object, "containerPath", place));
    TRY_ASSIGN(mount.options, loadTexts(object, "options", place));
    const auto type = coracle::json::findString(object, "type");
    if (!type || (!type->value_or("").empty() && **type != "bind" && **type != "none")) {
        return damaged(place, "its type is not 'bind'");
    }
    return mount;
}

Result<Hook> parseHook(const json& object, const std::string& place) {
    TRY(requireKnown(object, place, {"hookName", "path", "args", "env", "timeout"}));
    Hook hook;
    const auto name = coracle::json::loadString(object, "hookName");
    const auto timeout = coracle::json::findInteger(object, "timeout");
    if (!name || !isHookName(*name)) {
        return damaged(place, name ? "'" + *name + "' is no kind of hook" : name.error().message());
    }
    if (!timeout || timeout->value_or(1) <= 0) {
        return damaged(place, "its timeout is not a number of seconds");
    }
    hook.name = *name;
    hook.timeout = *timeout;
    TRY_ASSIGN(hook.path, loadPath(object, "path", place));
    TRY_ASSIGN(hook.args, loadTexts(object, "args", place));
    TRY_ASSIGN(hook.env, loadEnv(object, place));
    return hook;
}

/// Each item of a member that is a list, if it is there.
template <typename Item, typename Parse>
Result<> parseList(const json& object, const char* key, const std::string& place, std::vector<Item>& items,
                   Parse parse) {
    const auto found = coracle::json::loadArrayIfAny(object, key);
    if (!found) {
        return damaged(place, found.error().message());
    }
    for (std::size_t i = 0; *found != nullptr && i < (*found)->size(); ++i) {
        TRY_ASSIGN(auto item, parse((**found)[i], inside(place, key + ("[" + std::to_string(i) + "]"))));
        items.push_back(std::move(item));
    }
    return {};
}

Result<CdiEdits> parseEdits(const json& owner, const std::string& ownerPlace) {
    CdiEdits edits;
    const std::string place = inside(ownerPlace, "containerEdits");
    const auto found = coracle::json::loadObjectIfAny(owner, "containerEdits");
    if (!found) {
        return damaged(place, found.error().message());
    }
    if (*found == nullptr) {
        return edits;
    }
    const json& object = **found;
    TRY(requireKnown(object, place,
                     {"env", "deviceNodes", "mounts", "hooks", "additionalGids", "intelRdt", "netDevices"}));
    TRY_ASSIGN(edits.env, loadEnv(object, place));
    TRY(parseList(object, "deviceNodes", place, edits.nodes, parseNode));
    TRY(parseList(object, "mounts", place, edits.mounts, parseMount));
    TRY(parseList(object, "hooks", place, edits.hooks, parseHook));
    TRY(parseList(object, "additionalGids", place, edits.gids,
                  [](const json& item, const std::string& at) -> Result<std::int64_t> {
                      return item.is_number_unsigned() && item.get<std::uint64_t>() <= UINT32_MAX
                                 ? Result<std::int64_t>(item.get<std::int64_t>())
                                 : Result<std::int64_t>(damaged(at, "it is no id of a group"));
                  }));
    if (object.contains("intelRdt")) {
        edits.refused = "shares of the processor's cache (intelRdt) are given by root only";
    } else if (object.contains("netDevices")) {
        edits.refused = "devices of the network (netDevices) are moved by root only";
    }
    return edits;
}

Result<CdiDevice> parseOneDevice(const std::string& kind, const json& item, const std::string& place) {
    TRY(requireKnown(item, place, {"name", "annotations", "containerEdits"}));
    CdiDevice device;
    const auto name = coracle::json::loadString(item, "name");
    if (!name || !types::checkCdiName(kind + "=" + *name)) {
        return damaged(place, name ? "'" + *name + "' is no name of a device" : name.error().message());
    }
    device.name = *name;
    TRY_ASSIGN(device.edits, parseEdits(item, place));
    return device;
}

void append(CdiEdits& edits, const CdiEdits& more) {
    const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(edits.env, more.env);
    add(edits.nodes, more.nodes);
    add(edits.mounts, more.mounts);
    add(edits.hooks, more.hooks);
    add(edits.gids, more.gids);
    edits.refused = edits.refused.empty() ? more.refused : edits.refused;
}

Error notFound(const std::vector<CdiDocument>& documents, const std::vector<Error>& failures,
               const std::string& name) {
    const std::string what = "no device '" + name + "' is described on this computer";
    if (!failures.empty()) {
        return Error(ErrorKind::NotFound, what + "; " + failures.front().message())
            .withHint(failures.front().hint());
    }
    constexpr std::size_t kMostShown = 8;
    std::set<std::string> known;
    for (const CdiDocument& document : documents) {
        for (const CdiDevice& device : document.devices) {
            known.insert(document.kind + "=" + device.name);
        }
    }
    std::string list;
    for (const std::string& device : known) {
        if (known.size() <= kMostShown) {
            list += (list.empty() ? "" : ", ") + device;
        }
    }
    if (known.size() > kMostShown) {
        list = "there are " + std::to_string(known.size()) + ", such as " + *known.begin();
    }
    return Error(ErrorKind::NotFound, what)
        .withHint(!list.empty() ? "devices are: " + list
                  : name.starts_with("nvidia.com/")
                      ? "nvidia's toolkit describes them: nvidia-ctk cdi generate "
                        "--output=$HOME/.config/cdi/nvidia.yaml"
                      : "its vendor describes it in a file of /etc/cdi, /var/run/cdi or ~/.config/cdi");
}

/// The only description of the greatest priority.
Result<std::pair<const CdiDocument*, const CdiDevice*>> find(const std::vector<CdiDocument>& documents,
                                                             const std::vector<Error>& failures,
                                                             const std::string& text) {
    TRY_ASSIGN(const auto wanted, types::parseCdiName(text));
    const CdiDocument* best = nullptr;
    const CdiDocument* second = nullptr;
    const CdiDevice* found = nullptr;
    for (const CdiDocument& document : documents) {
        for (const CdiDevice& device : document.devices) {
            if (document.kind != wanted.kind || device.name != wanted.name) {
                continue;
            }
            if (best != nullptr && best->priority == document.priority) {
                second = &document;
            } else if (best == nullptr || best->priority < document.priority) {
                best = &document;
                found = &device;
                second = nullptr;
            }
        }
    }
    if (best == nullptr) {
        return notFound(documents, failures, text);
    }
    if (second != nullptr) {
        return Error(ErrorKind::Conflict, "device '" + text + "' is described by '" + best->file +
                                              "' and by '" + second->file + "'")
            .withHint("remove one of the two files");
    }
    return std::pair(best, found);
}

}  // namespace

Result<CdiDocument> parseCdiDocument(const std::string& file, std::string_view text) {
    const std::string place = "'" + file + "'";
    const bool isJson = file.ends_with(".json") || text.find_first_not_of(" \t\r\n") == text.find('{');
    const auto parsed =
        isJson ? coracle::json::parse(text, kMaxCdiBytes) : coracle::text::parseYaml(text, kMaxCdiBytes);
    if (!parsed) {
        return damaged(place, parsed.error().message());
    }
    TRY(requireKnown(*parsed, place, {"cdiVersion", "kind", "annotations", "devices", "containerEdits"}));
    CdiDocument document;
    document.file = file;
    const auto version = coracle::json::loadString(*parsed, "cdiVersion");
    const auto kind = coracle::json::loadString(*parsed, "kind");
    if (!version || !kind) {
        return damaged(place, (!version ? version.error() : kind.error()).message());
    }
    if (!version->starts_with("0.") && !version->starts_with("1.")) {
        return Error(ErrorKind::Unsupported,
                     place + ": version '" + *version + "' of the device interface is not known");
    }
    if (!types::checkCdiName(*kind + "=x")) {
        return damaged(place, "'" + *kind + "' is not VENDOR/CLASS");
    }
    document.kind = *kind;
    TRY_ASSIGN(document.edits, parseEdits(*parsed, place));
    const auto parseDevice = [&](const json& item, const std::string& at) {
        return parseOneDevice(document.kind, item, at);
    };
    TRY(parseList(*parsed, "devices", place, document.devices, parseDevice));
    return document;
}

Result<std::vector<ChosenDevice>> chooseCdiDevices(const std::vector<CdiDocument>& documents,
                                                   const std::vector<Error>& failures,
                                                   const std::vector<std::string>& names) {
    std::vector<ChosenDevice> chosen;
    std::set<std::string> files;
    std::set<std::string> devices;
    for (const std::string& name : names) {
        TRY_ASSIGN(const auto found, find(documents, failures, name));
        const auto& [document, device] = found;
        if (!devices.insert(name).second) {
            continue;
        }
        ChosenDevice one{name, document->file, {}};
        if (files.insert(document->file).second) {
            append(one.edits, document->edits);
        }
        append(one.edits, device->edits);
        if (!one.edits.refused.empty()) {
            return Error(ErrorKind::Unsupported, "device '" + name + "': " + one.edits.refused)
                .withHint("'" + document->file + "' describes it");
        }
        chosen.push_back(std::move(one));
    }
    return chosen;
}

json hooksDocument(const std::vector<ChosenDevice>& devices, const std::vector<Hook>& more) {
    std::vector<Hook> all;
    for (const ChosenDevice& device : devices) {
        all.insert(all.end(), device.edits.hooks.begin(), device.edits.hooks.end());
    }
    all.insert(all.end(), more.begin(), more.end());
    json hooks = json::object();
    for (const Hook& hook : all) {
        json entry{{"path", hook.path}, {"env", hook.env}};
        if (!hook.args.empty()) {
            entry["args"] = hook.args;
        }
        if (hook.timeout) {
            entry["timeout"] = *hook.timeout;
        }
        hooks[hook.name].push_back(std::move(entry));
    }
    return hooks;
}

std::vector<std::string> withCdiEnv(std::vector<std::string> env, const std::vector<ChosenDevice>& devices) {
    for (const ChosenDevice& device : devices) {
        for (const std::string& text : device.edits.env) {
            const std::string name = text.substr(0, text.find('=') + 1);
            std::erase_if(env, [&](const std::string& old) { return old.starts_with(name); });
            env.push_back(text);
        }
    }
    return env;
}

}  // namespace coracle::container
