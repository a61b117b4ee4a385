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
constexpr std::array<std::string_view, 27> kMountOptions = {
    "z",        "Z",    "nocopy", "copy",   "shared",     "rshared",   "slave", "rslave", "private",
    "rprivate", "bind", "rbind",  "cached", "consistent", "delegated", "exec",  "noexec", "suid",
    "nosuid",   "dev",  "nodev",  "atime",  "noatime",    "relatime",  "sync",  "async",  "norelatime"};
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

/// One word of an option list. `ro` and `rw` set the flag, the rest is kept as it is.
Result<> applyOption(MountSpec& mount, std::string_view word, std::string_view whole) {
    if (word == "ro" || word == "readonly" || word == "rw") {
        mount.readOnly = word != "rw";
        return {};
    }
    if (word == "U" || word == "O" || word.substr(0, 5) == "idmap") {
        return Error(ErrorKind::Unsupported, "mount option " + inQuotes(word) + " is not supported yet");
    }
    const bool known = std::find(kMountOptions.begin(), kMountOptions.end(), word) != kMountOptions.end();
    if (!known && !(mount.kind == MountSpec::Kind::Tmpfs && isTmpfsPair(word))) {
        return invalid("mount " + inQuotes(whole) + ": unknown option " + inQuotes(word))
            .withHint("options are ro, rw, z, Z, nocopy and the propagation words");
    }
    mount.options.emplace_back(word);
    return {};
}

/// A mount over '/' would hide the whole root file system, also from the program that is to be started.
Result<> checkTarget(const MountSpec& mount, std::string_view whole) {
    if (mount.target.empty() || mount.target.front() != '/') {
        return invalid("mount " + inQuotes(whole) + ": the path inside must be absolute, not " +
                       inQuotes(mount.target));
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
    std::vector<std::string> options;
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

Result<> applyMountField(MountFields& fields, const std::string& field, std::string_view whole) {
    const auto equals = field.find('=');
    const auto key = field.substr(0, equals);
    std::optional<std::string> value;
    if (equals != std::string::npos) {
        value = field.substr(equals + 1);
    }
    if (key == "readonly" || key == "ro") {
        TRY_ASSIGN(fields.mount.readOnly, parseSwitch(key, value, whole));
        return {};
    }
    if (key == "volume-nocopy") {
        TRY_ASSIGN(const bool on, parseSwitch(key, value, whole));
        if (on) {
            fields.options.emplace_back("nocopy");
        }
        return {};
    }
    if (!value) {
        fields.options.push_back(key);
        return {};
    }
    if (key == "type") {
        fields.type = *value;
    } else if (key == "source" || key == "src") {
        fields.source = *value;
    } else if (key == "target" || key == "dst" || key == "destination") {
        fields.mount.target = *value;
    } else if (key == "bind-propagation" || key == "consistency") {
        fields.options.push_back(*value);
    } else if (key == "tmpfs-size" || key == "tmpfs-mode") {
        fields.options.push_back(key.substr(6) + "=" + *value);
    } else if (isTmpfsPair(field)) {
        fields.options.push_back(field);
    } else {
        static constexpr std::array<std::string_view, 7> kLater = {
            "bind-nonrecursive", "bind-recursive", "volume-driver",  "volume-opt",
            "volume-label",      "volume-subpath", "bind-create-src"};
        if (std::find(kLater.begin(), kLater.end(), key) != kLater.end()) {
            return Error(ErrorKind::Unsupported, "mount key " + inQuotes(key) + " is not supported yet");
        }
        return invalid("mount " + inQuotes(whole) + ": unknown key " + inQuotes(key));
    }
    return {};
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
    } else {
        const bool later = fields.type == "image" || fields.type == "npipe" || fields.type == "cluster" ||
                           fields.type == "glob" || fields.type == "devpts" || fields.type == "ramfs";
        if (later) {
            return Error(ErrorKind::Unsupported,
                         "mount type " + inQuotes(fields.type) + " is not supported yet");
        }
        return invalid("mount " + inQuotes(whole) + ": unknown type " + inQuotes(fields.type))
            .withHint("types are bind, volume and tmpfs");
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
                                                    : "tmpfs";
    if (!mount.source.empty()) {
        text += "," + csvField("source=" + mount.source);
    }
    text += "," + csvField("target=" + mount.target);
    if (mount.readOnly) {
        text += ",readonly";
    }
    for (const auto& option : mount.options) {
        const bool pair = option.compare(0, 5, "size=") == 0 || option.compare(0, 5, "mode=") == 0;
        text += "," + csvField(pair ? "tmpfs-" + option : option == "nocopy" ? "volume-nocopy" : option);
    }
    return text;
}

}  // namespace

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
    if (colon || anonymousWithOptions) {
        return {"--mount", mountValue(mount)};
    }
    std::string value = mount.source.empty() ? mount.target : mount.source + ":" + mount.target;
    if (!options.empty()) {
        value += ":" + options;
    }
    return {tmpfs ? "--tmpfs" : "-v", value};
}

}  // namespace coracle::types
