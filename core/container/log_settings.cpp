// SPDX-License-Identifier: Apache-2.0
#include "core/container/log_settings.h"

#include "core/text/go_template.h"
#include "core/types/resource_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace coracle::container {
namespace {

constexpr unsigned kMaxFiles = 1000;
constexpr std::size_t kShortId = 12;
/// docker's limits of its driver `local`.
constexpr std::uint64_t kLocalMaxBytes = 20U << 20U;
constexpr unsigned kLocalMaxFiles = 5;

Error invalid(const std::string& name, const std::string& value, const char* wanted) {
    return Error(ErrorKind::InvalidArgument, "log option " + name + "='" + value + "' is not " + wanted);
}

Result<LogDriver> parseDriver(const std::string& name) {
    for (const auto driver : {LogDriver::JsonFile, LogDriver::Local, LogDriver::None, LogDriver::Journald}) {
        if (name == toText(driver)) {
            return driver;
        }
    }
    return Error(ErrorKind::InvalidArgument, "log driver '" + name + "' is unknown")
        .withHint("drivers are json-file, local, journald and none");
}

std::vector<std::string> splitNames(const std::string& text) {
    std::vector<std::string> names;
    std::size_t from = 0;
    while (from < text.size()) {
        const auto comma = std::min(text.find(',', from), text.size());
        if (comma > from) {
            names.push_back(text.substr(from, comma - from));
        }
        from = comma + 1;
    }
    return names;
}

/// -1 is docker's word for no limit.
Result<> applyFileOption(LogSettings& settings, const std::string& name, const std::string& value) {
    if (name == "max-size") {
        const auto bytes = value == "-1" ? Result<std::int64_t>(0) : types::parseBytes(value);
        if (!bytes || (*bytes == 0 && value != "-1")) {
            return invalid(name, value, "a size such as 10m");
        }
        settings.maxBytes = static_cast<std::uint64_t>(*bytes);
        return {};
    }
    if (name == "max-file") {
        const auto* end = value.data() + value.size();
        const auto [at, fault] = std::from_chars(value.data(), end, settings.maxFiles);
        if (fault != std::errc() || at != end || settings.maxFiles < 1 || settings.maxFiles > kMaxFiles) {
            return invalid(name, value, "a number from 1 to 1000");
        }
        return {};
    }
    if (name == "compress") {
        if (value == "false" || value == "0") {
            return {};
        }
        if (value != "true" && value != "1") {
            return invalid(name, value, "true or false");
        }
        return Error(ErrorKind::Unsupported, "log option compress=true is not supported")
            .withHint("rotated logs are kept as they are; max-size and max-file bound them");
    }
    return Error(ErrorKind::InvalidArgument,
                 "log driver '" + std::string(toText(settings.driver)) + "' has no option '" + name + "'")
        .withHint("options are max-size, max-file, compress, mode, labels, env and tag");
}

/// An option that docker has and that means nothing here is an error: a person who sets a limit counts on
/// it.
Result<> applyOption(LogSettings& settings, const std::string& name, const std::string& value) {
    if (settings.driver == LogDriver::None) {
        return Error(ErrorKind::InvalidArgument, "log driver 'none' has no option '" + name + "'");
    }
    if (name == "labels") {
        settings.labels = splitNames(value);
    } else if (name == "env") {
        settings.env = splitNames(value);
    } else if (name == "tag") {
        TRY(text::GoTemplate::parse(value));
        settings.tag = value;
    } else if (name == "mode") {
        if (value != "blocking") {
            return Error(ErrorKind::Unsupported, "log option mode=" + value + " is not supported")
                .withHint("a full disk drops output and says so; it never holds the container up");
        }
    } else if (name == "labels-regex" || name == "env-regex") {
        return Error(ErrorKind::Unsupported, "log option " + name + " is not supported")
            .withHint("name them with labels=A,B or env=A,B");
    } else if (settings.driver == LogDriver::Journald) {
        return Error(ErrorKind::InvalidArgument, "log driver 'journald' has no option '" + name + "'")
            .withHint("options are labels, env and tag");
    } else {
        return applyFileOption(settings, name, value);
    }
    return {};
}

/// docker's names; those of labels and variables become what the journal allows: capital letters, digits
/// and underscores, not beginning with an underscore, for such fields are the journal's own
/// (systemd.journal-fields(7)), or with a digit.
std::map<std::string, std::string> journalFields(std::map<std::string, std::string> attributes,
                                                 const LogSubject& subject) {
    const auto tag = attributes.extract("tag");
    std::map<std::string, std::string> fields;
    for (const auto& [name, value] : attributes) {
        std::string field;
        for (const char c : name) {
            const bool letter = c >= 'a' && c <= 'z';
            const bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            field += letter ? static_cast<char>(c - 'a' + 'A') : plain ? c : '_';
        }
        field.erase(0, field.find_first_not_of("_0123456789"));
        if (!field.empty()) {
            fields[field] = value;
        }
    }
    const std::string shortId = subject.id.substr(0, kShortId);
    fields["CONTAINER_ID"] = shortId;
    fields["CONTAINER_ID_FULL"] = subject.id;
    fields["CONTAINER_NAME"] = subject.name;
    fields["IMAGE_NAME"] = subject.image;
    fields["CONTAINER_TAG"] = tag ? tag.mapped() : shortId;
    fields["SYSLOG_IDENTIFIER"] = fields["CONTAINER_TAG"];
    return fields;
}

}  // namespace

std::string_view toText(LogDriver driver) {
    switch (driver) {
    case LogDriver::Local:
        return "local";
    case LogDriver::None:
        return "none";
    case LogDriver::Journald:
        return "journald";
    case LogDriver::JsonFile:
        break;
    }
    return "json-file";
}

/// `local` is the same format with docker's limits for that driver; docker's own format for it is internal to
/// docker.
Result<LogSettings> parseLogSettings(const types::RunSpec& spec) {
    LogSettings settings;
    if (spec.logDriver && !spec.logDriver->empty()) {
        TRY_ASSIGN(settings.driver, parseDriver(*spec.logDriver));
    }
    if (settings.driver == LogDriver::Local) {
        settings.maxBytes = kLocalMaxBytes;
        settings.maxFiles = kLocalMaxFiles;
    }
    for (const auto& [name, value] : spec.logOptions) {
        TRY(applyOption(settings, name, value));
    }
    return settings;
}

/// Rendered once for the container and not for each line: none of it changes while it runs.
Result<std::map<std::string, std::string>> logAttributes(const LogSettings& settings,
                                                         const LogSubject& subject) {
    std::map<std::string, std::string> attributes;
    for (const auto& name : settings.labels) {
        if (const auto found = subject.labels.find(name); found != subject.labels.end()) {
            attributes[name] = found->second;
        }
    }
    for (const auto& name : settings.env) {
        for (const auto& variable : subject.env) {
            if (variable.starts_with(name + "=")) {
                attributes[name] = variable.substr(name.size() + 1);
            }
        }
    }
    if (!settings.tag.empty()) {
        TRY_ASSIGN(const auto tag, text::GoTemplate::parse(settings.tag));
        TRY_ASSIGN(attributes["tag"], tag.render({{"ID", subject.id.substr(0, kShortId)},
                                                  {"FullID", subject.id},
                                                  {"Name", subject.name},
                                                  {"ImageName", subject.image},
                                                  {"ImageID", subject.imageId.substr(0, kShortId)},
                                                  {"ImageFullID", subject.imageId}}));
    }
    return settings.driver == LogDriver::Journald ? journalFields(std::move(attributes), subject)
                                                  : attributes;
}

}  // namespace coracle::container
