// SPDX-License-Identifier: Apache-2.0
#include "core/types/secret_text.h"

#include "core/types/run_command.h"

#include <charconv>
#include <filesystem>
#include <limits>
#include <optional>

namespace coracle::types {
namespace {

constexpr std::size_t kMaxNameBytes = 253;
constexpr std::uint32_t kAllPermissions = 0777;

Error invalid(std::string_view text, const std::string& what) {
    return {ErrorKind::InvalidArgument, "secret '" + std::string(text) + "': " + what};
}

std::optional<std::uint32_t> numberOf(std::string_view text, int base) {
    std::uint32_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number, base);
    const bool good = error == std::errc() && at == end && !text.empty() &&
                      number != std::numeric_limits<std::uint32_t>::max();
    return good ? std::optional(number) : std::nullopt;
}

/// What was said about the file, which an environment variable is not.
struct Fields {
    std::string type = "mount";
    bool fileOnly = false;
};

Result<> applyField(SecretUse& use, Fields& fields, std::string_view field, std::string_view whole) {
    const auto equals = field.find('=');
    const auto key = field.substr(0, equals);
    const auto value = equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
    if (equals == std::string_view::npos || value.empty()) {
        return invalid(whole, "'" + std::string(field) + "' is not KEY=VALUE");
    }
    if (key == "source") {
        use.name = value;
    } else if (key == "type") {
        fields.type = value;
    } else if (key == "target") {
        use.target = value;
    } else if (key == "mode") {
        const auto mode = numberOf(value, 8);
        if (!mode || *mode > kAllPermissions) {
            return invalid(whole, "mode '" + std::string(value) + "' is not an octal number up to 0777");
        }
        use.mode = *mode;
        fields.fileOnly = true;
    } else if (key == "uid" || key == "gid") {
        const auto id = numberOf(value, 10);
        if (!id) {
            return invalid(whole, std::string(key) + " '" + std::string(value) + "' is not a number");
        }
        (key == "uid" ? use.uid : use.gid) = *id;
        fields.fileOnly = true;
    } else {
        return invalid(whole, "option '" + std::string(key) + "' is not known")
            .withHint("options are type, target, mode, uid and gid");
    }
    return {};
}

Result<> settleMount(SecretUse& use, std::string_view whole) {
    namespace fs = std::filesystem;
    const std::string target = use.target.empty() ? use.name : use.target;
    const fs::path path = (fs::path(kSecretFolder) / target).lexically_normal();
    const std::string text = path.string();
    const bool inFolder = target.front() == '/' || text.starts_with(std::string(kSecretFolder) + "/");
    if (!inFolder || text.back() == '/' || text.find('\0') != std::string::npos) {
        return invalid(whole, "target '" + use.target + "' is not a file");
    }
    use.target = text;
    return {};
}

}  // namespace

bool isSecretName(std::string_view name) {
    return name.size() <= kMaxNameBytes && isObjectName(name);
}

Result<SecretUse> parseSecretUse(std::string_view text) {
    SecretUse use;
    Fields fields;
    std::string_view rest = text;
    bool first = true;
    while (first || !rest.empty()) {
        const auto comma = rest.find(',');
        const auto field = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        if (first && field.find('=') == std::string_view::npos) {
            use.name = field;
        } else {
            TRY(applyField(use, fields, field, text));
        }
        first = false;
    }
    if (!isSecretName(use.name)) {
        return invalid(text,
                       use.name.empty() ? "it has no name" : "'" + use.name + "' is no name of a secret");
    }
    if (fields.type != "mount" && fields.type != "env") {
        return invalid(text, "type '" + fields.type + "' is not known").withHint("use mount or env");
    }
    use.asEnvironment = fields.type == "env";
    if (!use.asEnvironment) {
        TRY(settleMount(use, text));
        return use;
    }
    if (fields.fileOnly) {
        return invalid(text, "an environment variable has no mode and no owner");
    }
    if (use.target.empty()) {
        use.target = use.name;
    }
    if (use.target.find_first_of(std::string_view("=\0", 2)) != std::string::npos) {
        return invalid(text, "'" + use.target + "' is no name of a variable");
    }
    return use;
}

}  // namespace coracle::types
