// SPDX-License-Identifier: Apache-2.0
#include "core/types/mount_text.h"

#include "core/types/run_command.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

// Pure: no file is looked at. Whether a source exists, and which volume a name stands for, is known when
// the container is made; a path that is checked here could be another one by then. The sources and
// targets are the words of the user who starts the container with their own rights. Targets are walked
// inside the container's root without following links out of it (rootless/mounts), so ".." in one does no
// harm.
namespace coracle::types {
namespace {

/// The words that docker's and podman's -v know. Those that mean nothing here (z and Z without SELinux,
/// cached and its like, which are for docker's virtual machine on other systems) are kept, so that they
/// come back out of toMountFlag().
constexpr std::array<std::string_view, 29> kMountOptions = {
    "U",         "O",        "z",       "Z",        "nocopy",    "copy",  "shared", "rshared",
    "slave",     "rslave",   "private", "rprivate", "bind",      "rbind", "cached", "consistent",
    "delegated", "exec",     "noexec",  "suid",     "nosuid",    "dev",   "nodev",  "atime",
    "noatime",   "relatime", "sync",    "async",    "norelatime"};
constexpr std::array<std::string_view, 4> kTmpfsKeys = {"size", "mode", "uid", "gid"};

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

std::string inQuotes(std::string_view text) {
    return "'" + std::string(text) + "'";
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (true) {
        const auto at = text.find(separator, from);
        parts.emplace_back(text.substr(from, at == std::string_view::npos ? at : at - from));
        if (at == std::string_view::npos) {
            return parts;
        }
        from = at + 1;
    }
}

bool isTmpfsPair(std::string_view word) {
    const auto equals = word.find('=');
    return equals != std::string_view::npos &&
           std::find(kTmpfsKeys.begin(), kTmpfsKeys.end(), word.substr(0, equals)) != kTmpfsKeys.end();
}

/// podman's words for whether a tmpfs gets what the image has there.
bool isTmpfsWord(std::string_view word) {
    return isTmpfsPair(word) || word == "tmpcopyup" || word == "notmpcopyup";
}

/// An image is a stranger's, and nothing of it changes, so little can be said of its mount.
Result<> applyImageOption(MountSpec& mount, std::string_view word, std::string_view whole) {
    constexpr std::array<std::string_view, 8> kWords = {"exec", "noexec", "suid", "nosuid",
                                                        "dev",  "nodev",  "z",    "Z"};
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
        return invalid("mount " + inQuotes(whole) + ": option " + inQuotes(word) + " is not for an image")
            .withHint("of an image can be said: source, target, subpath and rw=true");
    }
    mount.options.emplace_back(word);
    return {};
}

/// One word of an option list. `ro` and `rw` set the flag, the rest is kept as it is.
Result<> applyOption(MountSpec& mount, std::string_view word, std::string_view whole) {
    if (word == "ro" || word == "readonly" || word == "rw") {
        mount.readOnly = word != "rw";
        return {};
    }
    if (mount.kind == MountSpec::Kind::Image) {
        return applyImageOption(mount, word, whole);
    }
    if (word == "idmap" || word.substr(0, 6) == "idmap=") {
        return Error(ErrorKind::Unsupported,
                     "mount " + inQuotes(whole) +
                         ": option 'idmap' needs root of this computer, for the kernel"
                         " translates ids of a file system for its owner only")
            .withHint(
                "give the files to the container's user with the option U, or keep your own id with"
                " --userns keep-id");
    }
    if ((word == "U" || word == "O") && mount.kind == MountSpec::Kind::Tmpfs) {
        return invalid("mount " + inQuotes(whole) + ": a tmpfs is empty, so " + inQuotes(word) +
                       " is for folders and volumes")
            .withHint("the options uid=, gid= and mode= say whose it is");
    }
    const bool known = std::find(kMountOptions.begin(), kMountOptions.end(), word) != kMountOptions.end();
    if (!known && !(mount.kind == MountSpec::Kind::Tmpfs && isTmpfsWord(word))) {
        return invalid("mount " + inQuotes(whole) + ": unknown option " + inQuotes(word))
            .withHint("options are ro, rw, z, Z, U, O, nocopy and the propagation words");
    }
    mount.options.emplace_back(word);
    return {};
}

/// A mount over '/' would hide the whole root file system, also from the program that is to be started.
Result<> checkTarget(const MountSpec& mount, std::string_view whole) {
    if (mount.target.empty()) {
        return invalid("mount " + inQuotes(whole) + ": the path inside is missing")
            .withHint("--mount says it as target=/PATH, -v as SOURCE:/PATH");
    }
    if (mount.target.front() != '/') {
        Error error = invalid("mount " + inQuotes(whole) + ": the path inside must be absolute, not " +
                              inQuotes(mount.target));
        const bool volume = mount.kind == MountSpec::Kind::Volume && isObjectName(whole);
        return volume ? std::move(error).withHint("-v " + std::string(whole) +
                                                  ":/PATH mounts the volume of that name")
                      : error;
    }
    if (std::filesystem::path(mount.target).lexically_normal() == "/") {
        return invalid("mount " + inQuotes(whole) + ": the path inside cannot be '/'");
    }
    return {};
}

/// docker's rule: a name of a volume holds no '/' and does not begin with '.'.
bool looksLikePath(std::string_view source) {
    return source.find('/') != std::string_view::npos || (!source.empty() && source.front() == '.');
}

Result<std::string> absolutePath(std::string_view source, const std::string& workingDirectory,
                                 std::string_view whole) {
    if (source.front() == '/') {
        return std::string(source);
    }
    if (source.front() != '.') {
        return invalid("mount " + inQuotes(whole) + ": " + inQuotes(source) + " is not a volume name")
            .withHint("for a folder write an absolute path or one that starts with ./");
    }
    if (workingDirectory.empty()) {
        return invalid("mount " + inQuotes(whole) + ": the folder must be an absolute path");
    }
    auto path = (std::filesystem::path(workingDirectory) / source).lexically_normal().string();
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

Result<> checkVolumeName(std::string_view name, std::string_view whole) {
    if (!isObjectName(name)) {
        return invalid("mount " + inQuotes(whole) + ": " + inQuotes(name) + " is not a volume name")
            .withHint("volume names have letters, digits, '_', '.' and '-'; a folder starts with / or ./");
    }
    return {};
}

/// Fields of one CSV record. Source: RFC 4180 2.5 to 2.7, as encoding/csv of Go reads it.
Result<std::vector<std::string>> splitCsv(std::string_view text) {
    std::vector<std::string> fields(1);
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] == ',') {
            fields.emplace_back();
            ++i;
            continue;
        }
        if (text[i] != '"' || !fields.back().empty()) {
            fields.back() += text[i++];
            continue;
        }
        for (++i;; ++i) {
            if (i == text.size()) {
                return invalid("mount " + inQuotes(text) + ": a quote is not closed");
            }
            if (text[i] == '"') {
                if (i + 1 < text.size() && text[i + 1] == '"') {
                    ++i;
                } else {
                    break;
                }
            }
            fields.back() += text[i];
        }
        ++i;
        if (i < text.size() && text[i] != ',') {
            return invalid("mount " + inQuotes(text) + ": text after a closing quote");
        }
    }
    return fields;
}

std::string csvField(const std::string& field) {
    if (field.find_first_of(",\"") == std::string::npos) {
        return field;
    }
    std::string out = "\"";
    for (const char c : field) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    return out + '"';
}

/// What the fields of one `--mount` said so far, before its type is known: keys may come in any order.
struct MountFields {
    std::string type = "volume";
    std::string source;
    MountSpec mount;
    std::optional<bool> readOnly;  ///< none: nothing was said
    std::optional<std::string> subpath;
    std::string subpathKey;  ///< as it was written
    std::vector<std::string> options;
    /// Those of one type alone, as toMountFlag() writes them: "volume-opt=type=tmpfs", "bind-create-src".
    std::vector<std::string> typed;
};

Result<bool> parseSwitch(std::string_view key, const std::optional<std::string>& value,
                         std::string_view whole) {
    if (!value || *value == "true" || *value == "1") {
        return true;
    }
    if (*value == "false" || *value == "0") {
        return false;
    }
    return invalid("mount " + inQuotes(whole) + ": " + inQuotes(key) + " is true or false, not " +
                   inQuotes(*value));
}

/// Keys that stand alone or with true or false. false: it is none of them.
Result<bool> applySwitch(MountFields& fields, const std::string& key, const std::optional<std::string>& value,
                         std::string_view whole) {
    const bool writable = key == "rw" || key == "readwrite";
    if (key == "readonly" || key == "ro" || writable) {
        TRY_ASSIGN(const bool on, parseSwitch(key, value, whole));
        fields.readOnly = on != writable;
        return true;
    }
    // TABLE: the key, and the option that it stands for.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSwitches{
        {{"volume-nocopy", "nocopy"},
         {"bind-nonrecursive", "bind"},
         {"U", "U"},
         {"chown", "U"},
         {"bind-create-src", "bind-create-src"}}};
    for (const auto& [name, option] : kSwitches) {
        if (key == name) {
            TRY_ASSIGN(const bool on, parseSwitch(key, value, whole));
            if (on) {
                (option == key && option != "U" ? fields.typed : fields.options).emplace_back(option);
            }
            return true;
        }
    }
    return false;
}

/// docker's words for what becomes of the mounts below a folder.
Result<> applyRecursion(MountFields& fields, const std::string& value, std::string_view whole) {
    if (value == "disabled") {
        fields.options.emplace_back("bind");
    } else if (value == "writable") {
        return Error(ErrorKind::Unsupported, "mount " + inQuotes(whole) +
                                                 ": a read-only folder is read-only with all that is mounted"
                                                 " below it, so 'bind-recursive=writable' cannot be had")
            .withHint("mount what is to be written to by an option of its own");
    } else if (value != "enabled" && value != "readonly") {
        return invalid("mount " + inQuotes(whole) +
                       ": 'bind-recursive' is enabled, disabled or readonly, not " + inQuotes(value));
    }
    return {};
}

Result<> applyPair(MountFields& fields, const std::string& key, const std::string& value,
                   std::string_view whole) {
    if (key == "type") {
        fields.type = value;
    } else if (key == "source" || key == "src") {
        fields.source = value;
    } else if (key == "target" || key == "dst" || key == "destination") {
        fields.mount.target = value;
    } else if (key == "bind-propagation" || key == "consistency") {
        fields.options.push_back(value);
    } else if (key == "bind-recursive") {
        return applyRecursion(fields, value, whole);
    } else if (key == "relabel" && (value == "shared" || value == "private")) {
        fields.options.emplace_back(value == "shared" ? "z" : "Z");
    } else if (key == "tmpfs-size" || key == "tmpfs-mode") {
        fields.options.push_back(key.substr(6) + "=" + value);
    } else if (key == "subpath" || key == "image-subpath" || key == "volume-subpath") {
        fields.subpath = value;
        fields.subpathKey = key;
    } else if (key == "volume-opt" || key == "volume-label") {
        if (value.empty() || value.front() == '=') {
            return invalid("mount " + inQuotes(whole) + ": " + inQuotes(key) + " needs NAME=VALUE");
        }
        fields.typed.push_back(key + "=" + value);
    } else if (key == "volume-driver") {
        if (value != "local") {
            return Error(ErrorKind::Unsupported,
                         "volume driver " + inQuotes(value) + " is not available; there is 'local'");
        }
    } else if (key == "idmap" || isTmpfsPair(key + "=")) {
        fields.options.push_back(key + "=" + value);
    } else {
        return invalid("mount " + inQuotes(whole) + ": unknown key " + inQuotes(key));
    }
    return {};
}

Result<> applyMountField(MountFields& fields, const std::string& field, std::string_view whole) {
    const auto equals = field.find('=');
    const auto key = field.substr(0, equals);
    std::optional<std::string> value;
    if (equals != std::string::npos) {
        value = field.substr(equals + 1);
    }
    TRY_ASSIGN(const bool isSwitch, applySwitch(fields, key, value, whole));
    if (isSwitch) {
        return {};
    }
    if (!value) {
        fields.options.push_back(key);
        return {};
    }
    return applyPair(fields, key, *value, whole);
}

/// The runtime walks it inside the image or volume, links included; this says what cannot be meant.
Result<> takeSubpath(MountFields& fields, std::string_view whole) {
    if (!fields.subpath) {
        return {};
    }
    const bool ofVolume = fields.mount.kind == MountSpec::Kind::Volume;
    const bool ofImage = fields.mount.kind == MountSpec::Kind::Image;
    if ((!ofVolume && !ofImage) || fields.subpathKey == (ofVolume ? "image-subpath" : "volume-subpath")) {
        return invalid("mount " + inQuotes(whole) + ": " + inQuotes(fields.subpathKey) + " is for " +
                       (fields.subpathKey == "subpath"         ? "type=volume and type=image"
                        : fields.subpathKey == "image-subpath" ? "type=image"
                                                               : "type=volume"));
    }
    const std::string what = ofVolume ? "volume" : "image";
    int depth = 0;
    for (const auto& part : split(*fields.subpath, '/')) {
        depth += part == ".." ? -1 : part.empty() || part == "." ? 0 : 1;
        if (depth < 0) {
            return invalid("mount " + inQuotes(whole) + ": the subpath " + inQuotes(*fields.subpath) +
                           " leads out of the " + what)
                .withHint("it is a path below the " + what + "'s '/', such as usr/share");
        }
    }
    if (depth == 0) {
        return invalid("mount " + inQuotes(whole) + ": the subpath " + inQuotes(*fields.subpath) +
                       " is the whole " + what)
            .withHint("leave it out for that");
    }
    fields.mount.options.push_back((ofVolume ? "volume-subpath=" : "subpath=") +
                                   fields.subpath->substr(fields.subpath->find_first_not_of('/')));
    return {};
}

/// A key of one type in a mount of another is a mistake that would be lost otherwise.
Result<> takeTyped(MountFields& fields, std::string_view whole) {
    for (auto& option : fields.typed) {
        const bool ofVolume = option.substr(0, 7) == "volume-";
        if (ofVolume != (fields.mount.kind == MountSpec::Kind::Volume) ||
            (!ofVolume && fields.mount.kind != MountSpec::Kind::Bind)) {
            return invalid("mount " + inQuotes(whole) + ": " + inQuotes(option.substr(0, option.find('='))) +
                           " is for type=" + (ofVolume ? "volume" : "bind"));
        }
        fields.mount.options.push_back(std::move(option));
    }
    return {};
}

Error noSuchType(const std::string& type, std::string_view whole) {
    // TABLE: what docker and podman have besides, and what is there instead.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kOthers{
        {{"ramfs", "type=tmpfs does the same"},
         {"devpts", "every container has its own /dev/pts anyway"},
         {"glob", "give one option for each folder"},
         {"npipe", "these named pipes are those of Windows"},
         {"cluster", "there is no cluster; use type=volume"}}};
    for (const auto& [name, instead] : kOthers) {
        if (type == name) {
            return Error(ErrorKind::Unsupported,
                         "mount " + inQuotes(whole) + ": type " + inQuotes(type) + " is not available")
                .withHint(std::string(instead));
        }
    }
    return invalid("mount " + inQuotes(whole) + ": unknown type " + inQuotes(type))
        .withHint("types are bind, volume, tmpfs and image");
}

Result<> applyMountSource(MountFields& fields, const std::string& workingDirectory, std::string_view whole) {
    MountSpec& mount = fields.mount;
    if (fields.type == "bind") {
        mount.kind = MountSpec::Kind::Bind;
        if (fields.source.empty()) {
            return invalid("mount " + inQuotes(whole) + ": a bind mount needs a source");
        }
        TRY_ASSIGN(mount.source, absolutePath(fields.source, workingDirectory, whole));
    } else if (fields.type == "volume") {
        mount.kind = MountSpec::Kind::Volume;
        if (!fields.source.empty()) {
            TRY(checkVolumeName(fields.source, whole));
        }
        mount.source = fields.source;
    } else if (fields.type == "tmpfs") {
        mount.kind = MountSpec::Kind::Tmpfs;
        if (!fields.source.empty()) {
            return invalid("mount " + inQuotes(whole) + ": a tmpfs has no source");
        }
    } else if (fields.type == "image") {
        mount.kind = MountSpec::Kind::Image;
        if (fields.source.empty()) {
            return invalid("mount " + inQuotes(whole) + ": it says no image")
                .withHint("say it as source=IMAGE");
        }
        mount.source = fields.source;
    } else {
        return noSuchType(fields.type, whole);
    }
    return {};
}

std::string joinOptions(const MountSpec& mount) {
    std::string text = mount.readOnly ? "ro" : "";
    for (const auto& option : mount.options) {
        text += (text.empty() ? "" : ",") + option;
    }
    return text;
}

/// The inverse of parseMountFlag(): the fields in one order, each as one CSV field.
std::string mountValue(const MountSpec& mount) {
    std::string text = "type=";
    text += mount.kind == MountSpec::Kind::Bind     ? "bind"
            : mount.kind == MountSpec::Kind::Volume ? "volume"
            : mount.kind == MountSpec::Kind::Image  ? "image"
                                                    : "tmpfs";
    if (!mount.source.empty()) {
        text += "," + csvField("source=" + mount.source);
    }
    text += "," + csvField("target=" + mount.target);
    const bool isImage = mount.kind == MountSpec::Kind::Image;
    if (mount.readOnly != isImage) {
        text += isImage ? ",rw=true" : ",readonly";
    }
    for (const auto& option : mount.options) {
        const bool tmpfsKey = option.compare(0, 5, "size=") == 0 || option.compare(0, 5, "mode=") == 0;
        text += "," + csvField(tmpfsKey ? "tmpfs-" + option : option == "nocopy" ? "volume-nocopy" : option);
    }
    return text;
}

}  // namespace

std::string subpathOf(const MountSpec& mount) {
    const std::string_view key = mount.kind == MountSpec::Kind::Volume ? "volume-subpath=" : "subpath=";
    for (const auto& option : mount.options) {
        if (mount.kind != MountSpec::Kind::Tmpfs && option.compare(0, key.size(), key) == 0) {
            return option.substr(key.size());
        }
    }
    return {};
}

bool isSamePlace(std::string_view one, std::string_view other) {
    const auto plain = [](std::string_view path) {
        std::string text = std::filesystem::path(path).lexically_normal().string();
        while (text.size() > 1 && text.back() == '/') {
            text.pop_back();
        }
        return text;
    };
    return plain(one) == plain(other);
}

Result<MountSpec> parseVolumeFlag(std::string_view text, const std::string& workingDirectory) {
    const auto parts = split(text, ':');
    if (parts.size() > 3 || text.empty()) {
        return invalid("volume " + inQuotes(text) + ": want [SOURCE:]TARGET[:OPTIONS]");
    }
    MountSpec mount;
    mount.kind = MountSpec::Kind::Volume;
    mount.target = parts.size() == 1 ? parts[0] : parts[1];
    if (parts.size() > 1) {
        if (parts[0].empty()) {
            return invalid("volume " + inQuotes(text) + ": the part before ':' is empty");
        }
        if (looksLikePath(parts[0])) {
            mount.kind = MountSpec::Kind::Bind;
            TRY_ASSIGN(mount.source, absolutePath(parts[0], workingDirectory, text));
        } else {
            TRY(checkVolumeName(parts[0], text));
            mount.source = parts[0];
        }
    }
    TRY(checkTarget(mount, text));
    if (parts.size() == 3) {
        for (const auto& word : split(parts[2], ',')) {
            TRY(applyOption(mount, word, text));
        }
    }
    return mount;
}

Result<MountSpec> parseMountFlag(std::string_view text, const std::string& workingDirectory) {
    MountFields fields;
    TRY_ASSIGN(const auto words, splitCsv(text));
    for (const auto& word : words) {
        TRY(applyMountField(fields, word, text));
    }
    TRY(applyMountSource(fields, workingDirectory, text));
    TRY(checkTarget(fields.mount, text));
    TRY(takeTyped(fields, text));
    TRY(takeSubpath(fields, text));
    fields.mount.readOnly = fields.readOnly.value_or(fields.mount.kind == MountSpec::Kind::Image);
    for (const auto& option : fields.options) {
        TRY(applyOption(fields.mount, option, text));
    }
    return fields.mount;
}

Result<MountSpec> parseTmpfsFlag(std::string_view text) {
    MountSpec mount;
    mount.kind = MountSpec::Kind::Tmpfs;
    const auto colon = text.find(':');
    mount.target = std::string(text.substr(0, colon));
    TRY(checkTarget(mount, text));
    if (colon != std::string_view::npos && colon + 1 < text.size()) {
        for (const auto& word : split(text.substr(colon + 1), ',')) {
            TRY(applyOption(mount, word, text));
        }
    }
    return mount;
}

/// A ':' in a path cannot be written with -v, nor can options of a volume without a name.
std::vector<std::string> toMountFlag(const MountSpec& mount) {
    const bool tmpfs = mount.kind == MountSpec::Kind::Tmpfs;
    const auto options = joinOptions(mount);
    const bool colon =
        mount.source.find(':') != std::string::npos || mount.target.find(':') != std::string::npos;
    const bool anonymousWithOptions = !tmpfs && mount.source.empty() && !options.empty();
    const bool ofOneType =
        std::any_of(mount.options.begin(), mount.options.end(), [](const std::string& option) {
            return option.compare(0, 7, "volume-") == 0 || option == "bind-create-src";
        });
    if (colon || anonymousWithOptions || ofOneType || mount.kind == MountSpec::Kind::Image) {
        return {"--mount", mountValue(mount)};
    }
    std::string value = mount.source.empty() ? mount.target : mount.source + ":" + mount.target;
    if (!options.empty()) {
        value += ":" + options;
    }
    return {tmpfs ? "--tmpfs" : "-v", value};
}

}  // namespace coracle::types
