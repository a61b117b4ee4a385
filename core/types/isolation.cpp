// SPDX-License-Identifier: Apache-2.0
#include "core/types/isolation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

// Here is only read what was typed: the person at the command line may ask for anything. What is granted
// is decided below, by the kernel for a process of that person's own ids; no option here gives more than
// they have.
namespace coracle::types {
namespace {

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

/// (uid_t)-1 is no id. Source: chown(2), setresuid(2).
std::optional<std::uint32_t> toId(std::string_view text) {
    std::uint32_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || at != end ||
        number == std::numeric_limits<std::uint32_t>::max()) {
        return std::nullopt;
    }
    return number;
}

/// "uid=200,gid=210,size=65536" behind the mode's colon.
Result<> parseNamespaceOptions(std::string_view text, UserNamespace& space) {
    for (const auto part : split(text, ',')) {
        const auto equals = std::min(part.find('='), part.size());
        const auto key = part.substr(0, equals);
        const auto value = toId(part.substr(std::min(equals + 1, part.size())));
        const bool keepId = space.mode == UserNamespace::Mode::KeepId;
        if (!((key == "uid" || key == "gid") && keepId) && key != "size") {
            return invalid("option '" + std::string(part) + "' of the user namespace is not known")
                .withHint(keepId ? "options of keep-id are uid, gid and size" : "the option of auto is size");
        }
        if (!value || (key == "size" && *value == 0)) {
            return invalid("option '" + std::string(part) + "' of the user namespace is not a number");
        }
        if (key == "uid") {
            space.uid = value;
        } else if (key == "gid") {
            space.gid = value;
        } else {
            space.size = *value;
        }
    }
    return {};
}

bool isPermissions(std::string_view text) {
    return !text.empty() && text.size() <= 3 && text.find_first_not_of("rwm") == std::string_view::npos;
}

bool isPath(std::string_view text) {
    return !text.empty() && text.front() == '/' && text.find('\0') == std::string_view::npos;
}

}  // namespace

Result<UserNamespace> parseUserNamespace(std::string_view text) {
    using Mode = UserNamespace::Mode;
    constexpr std::array<std::pair<std::string_view, Mode>, 6> kModes{{{"", Mode::Default},
                                                                       {"private", Mode::Default},
                                                                       {"keep-id", Mode::KeepId},
                                                                       {"nomap", Mode::NoMap},
                                                                       {"host", Mode::Host},
                                                                       {"auto", Mode::Auto}}};
    const auto colon = text.find(':');
    const auto word = text.substr(0, colon);
    if (word == "container" || word == "ns") {
        return Error(ErrorKind::Unsupported, "user namespace '" + std::string(text) +
                                                 "': the namespace of another process cannot be shared")
            .withHint("modes are keep-id, nomap, auto, host and private");
    }
    for (const auto& [name, mode] : kModes) {
        if (word != name) {
            continue;
        }
        UserNamespace space;
        space.mode = mode;
        if (colon != std::string_view::npos) {
            if (mode != Mode::KeepId && mode != Mode::Auto) {
                return invalid("user namespace mode '" + std::string(word) + "' has no options");
            }
            TRY(parseNamespaceOptions(text.substr(colon + 1), space));
        }
        return space;
    }
    return invalid("user namespace mode '" + std::string(text) + "' is not known")
        .withHint("modes are keep-id, nomap, auto, host and private");
}

Result<IdMapping> parseIdMapping(std::string_view text) {
    IdMapping mapping;
    std::string_view rest = text;
    for (; !rest.empty(); rest.remove_prefix(1)) {
        if (rest.front() == '+') {
            mapping.extend = true;
        } else if (rest.front() == 'u') {
            mapping.forUsers = true;
        } else if (rest.front() == 'g') {
            mapping.forGroups = true;
        } else {
            break;
        }
    }
    auto parts = split(rest, ':');
    if (parts.size() >= 2 && !parts[1].empty() && parts[1].front() == '@') {
        mapping.ofHost = true;
        parts[1].remove_prefix(1);
    }
    const auto inside = toId(parts[0]);
    const auto outside = parts.size() >= 2 ? toId(parts[1]) : std::nullopt;
    const auto count = parts.size() == 3 ? toId(parts[2]) : std::optional<std::uint32_t>(1);
    if (parts.size() > 3 || !inside || !outside || !count || *count == 0) {
        return invalid("id mapping '" + std::string(text) + "' is not INSIDE:OUTSIDE[:COUNT]")
            .withHint("OUTSIDE 0 is you, 1 and up are your subordinate ids; @1000 is an id of this computer");
    }
    mapping.inside = *inside;
    mapping.outside = *outside;
    mapping.count = *count;
    return mapping;
}

Result<IdMappings> combineIdMappings(const std::vector<std::string>& uidMap,
                                     const std::vector<std::string>& gidMap) {
    IdMappings all;
    for (const auto* texts : {&uidMap, &gidMap}) {
        const bool users = texts == &uidMap;
        const bool alone = users ? gidMap.empty() : uidMap.empty();
        for (const auto& text : *texts) {
            TRY_ASSIGN(const auto mapping, parseIdMapping(text));
            const bool flagged = mapping.forUsers || mapping.forGroups;
            if (flagged ? mapping.forUsers : users || alone) {
                all.users.push_back(mapping);
            }
            if (flagged ? mapping.forGroups : !users || alone) {
                all.groups.push_back(mapping);
            }
        }
    }
    return all;
}

Result<DeviceSpec> parseDevice(std::string_view text) {
    const auto parts = split(text, ':');
    DeviceSpec device{std::string(parts[0]), std::string(parts[0])};
    bool good = isPath(parts[0]) && parts.size() <= 3;
    if (good && parts.size() == 2 && isPermissions(parts[1])) {
        device.permissions = parts[1];
    } else if (good && parts.size() >= 2) {
        good = isPath(parts[1]) && (parts.size() == 2 || isPermissions(parts[2]));
        device.target = parts[1];
        if (parts.size() == 3) {
            device.permissions = parts[2];
        }
    }
    if (!good) {
        return invalid("device '" + std::string(text) + "' is not /dev/NAME[:/dev/NAME][:rwm]");
    }
    return device;
}

SecurityOption splitSecurityOption(const std::string& text) {
    const std::size_t separator = text.find_first_of("=:");
    return {text.substr(0, separator),
            separator == std::string::npos ? std::string() : text.substr(separator + 1)};
}

/// The counts in the texts are those of core/container/capabilities.cpp.
const std::vector<ProfileHelp>& securityProfiles() {
    static const std::vector<ProfileHelp> kProfiles{
        {"default", "eleven capabilities and Coracle's system call filter"},
        {"docker", "fourteen capabilities and a filter that allows what docker's does"},
        {"hardened", "seven capabilities, and no program gains privileges (no-new-privileges)"},
        {"nested", "containers inside: new namespaces, mounts, nothing hidden in /proc and /sys"},
        {"debug", "debuggers and profilers: traces other programs of the container"},
        {"32bit", "programs of the 32-bit ABI, whose socket calls cannot be filtered"},
    };
    return kProfiles;
}

Result<> checkSecurityOption(const std::string& text) {
    const auto option = splitSecurityOption(text);
    const auto& value = option.value;
    if (option.name == "profile") {
        for (const auto name : split(value, ',')) {
            const auto& known = securityProfiles();
            if (std::none_of(known.begin(), known.end(), [&](const auto& p) { return p.name == name; })) {
                return invalid("security profile '" + std::string(name) + "' is not known")
                    .withHint("profiles are default, docker, hardened, nested, debug and 32bit");
            }
        }
        return {};
    }
    if (option.name == "no-new-privileges" || option.name == "writable-cgroups") {
        return value.empty() || value == "true" || value == "false"
                   ? Result<>()
                   : invalid(option.name + " is true or false, not '" + value + "'");
    }
    if (option.name == "mask" || option.name == "unmask") {
        for (const auto path : split(value, ':')) {
            if (!isPath(path) && !(option.name == "unmask" && (value == "ALL" || value == "all"))) {
                return invalid("security option '" + text + "': '" + std::string(path) +
                               "' is not an absolute path");
            }
        }
        return {};
    }
    // docker's older word for `unmask=ALL`.
    if (option.name == "systempaths") {
        return value == "unconfined" ? Result<>() : invalid("systempaths is only ever 'unconfined'");
    }
    if (option.name == "seccomp" || option.name == "apparmor" || option.name == "label") {
        return value.empty() ? invalid("security option '" + option.name + "' needs a value") : Result<>();
    }
    return invalid("security option '" + text + "' is not known")
        .withHint(
            "options are profile, seccomp, no-new-privileges, writable-cgroups, mask, unmask, systempaths, "
            "apparmor and label");
}

}  // namespace coracle::types
