// SPDX-License-Identifier: Apache-2.0
#include "core/types/volume_text.h"

#include <algorithm>

namespace coracle::types {
namespace {

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

std::string valueOf(const std::map<std::string, std::string>& options, const char* key) {
    const auto found = options.find(key);
    return found == options.end() ? std::string() : found->second;
}

/// The comma-separated words of `o`. "bind" and "rbind" say what is meant by type "none".
bool applyWords(VolumeDriver& driver, const std::string& text) {
    bool bind = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string word = text.substr(at, end - at);
        at = end + 1;
        bind = bind || word == "bind" || word == "rbind";
        if (word == "ro" || word == "rw") {
            driver.readOnly = word == "ro";
        } else if (!word.empty() && word != "bind") {
            driver.options.push_back(word);
        }
    }
    return bind;
}

}  // namespace

Result<VolumeDriver> parseVolumeOptions(const std::map<std::string, std::string>& options) {
    VolumeDriver driver;
    if (options.empty()) {
        return driver;
    }
    for (const auto& [key, value] : options) {
        if (key != "type" && key != "device" && key != "o") {
            return invalid("option '" + key + "' of volume driver 'local' is not known")
                .withHint("options are type, device and o, as in -o type=bind -o device=/srv/data");
        }
    }
    const std::string type = valueOf(options, "type");
    driver.device = valueOf(options, "device");
    const bool bind = applyWords(driver, valueOf(options, "o"));
    if (type == "tmpfs") {
        driver.kind = VolumeDriver::Kind::Tmpfs;
        driver.device.clear();
        return driver;
    }
    if (type != "bind" && !((type == "none" || type.empty()) && bind)) {
        return type.empty() || type == "none"
                   ? invalid("the volume's options name no file system")
                         .withHint("use -o type=bind or type=tmpfs")
                   : Error(ErrorKind::Unsupported,
                           "a file system of type '" + type + "' can be mounted by root only")
                         .withHint("mount it outside, and use -o type=bind -o device=FOLDER");
    }
    driver.kind = VolumeDriver::Kind::Bind;
    if (driver.device.empty() || driver.device.front() != '/') {
        return invalid("option 'device' has to be an absolute path, not '" + driver.device + "'");
    }
    return driver;
}

}  // namespace coracle::types
