// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registry_settings_file.h"

#include "core/registry/registry_config.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>

namespace coracle::registry {
namespace {

using Json = nlohmann::ordered_json;  // a person's file keeps its order

constexpr std::chrono::milliseconds kLockTimeout{5000};

/// What is not set is not written: a file says what differs from the defaults.
void setText(Json& row, const char* key, const std::string& value) {
    if (value.empty()) {
        row.erase(key);
    } else {
        row[key] = value;
    }
}

void setTruth(Json& row, const char* key, bool value) {
    if (value) {
        row[key] = true;
    } else {
        row.erase(key);
    }
}

Json written(Json row, const types::RegistrySettings& settings) {
    row = row.is_object() ? std::move(row) : Json::object();
    if (settings.mirrors.empty()) {
        row.erase("mirrors");
    } else {
        row["mirrors"] = settings.mirrors;
    }
    setText(row, "location", settings.location);
    setText(row, "ca", settings.caFile);
    setText(row, "clientCertificate", settings.clientCertificate);
    setText(row, "clientKey", settings.clientKey);
    setTruth(row, "insecure", settings.insecure);
    setTruth(row, "blocked", settings.blocked);
    return row;
}

/// A path that is not there, or is meant from a folder that nobody knows, would fail at the next pull.
Result<> checkFiles(const types::RegistrySettings& settings) {
    for (const std::string* path : {&settings.caFile, &settings.clientCertificate, &settings.clientKey}) {
        if (!path->empty() && path->front() != '/') {
            return Error(ErrorKind::InvalidArgument, "'" + *path + "' is not an absolute path");
        }
        if (!path->empty() && !sys::pathExists(*path)) {
            return Error(ErrorKind::InvalidArgument, "there is no file '" + *path + "'");
        }
    }
    return {};
}

Result<Json> readFile(const std::string& file) {
    if (!sys::pathExists(file)) {
        return Json::object();
    }
    const auto read = [&]() -> Result<Json> {
        TRY_ASSIGN(const std::string text, sys::readFile(file));
        TRY(RegistryConfig::parse(text));  // it is well-formed, and not too deep
        return Json::parse(text);
    };
    auto document = read();
    if (!document) {
        return std::move(document).error().context("read '" + file + "'");
    }
    return document;
}

/// Checked by reading what would be written: there is one set of rules.
Result<> update(const std::string& file, const std::function<Result<>(Json&)>& change) {
    if (file.empty()) {
        return Error(ErrorKind::NotFound, "no home folder is known to keep settings in");
    }
    TRY(sys::makeDirectories(file.substr(0, file.rfind('/')), 0700));
    TRY_ASSIGN(const sys::FileLock lock,
               sys::FileLock::acquire(file + ".lock", sys::LockMode::Exclusive, kLockTimeout, "settings"));
    TRY_ASSIGN(Json document, readFile(file));
    TRY(change(document));
    const std::string text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (const auto again = RegistryConfig::parse(text); !again) {
        // Of the rows only the new one can be at fault; its line in a text that nobody has is no help.
        const std::string& message = again.error().message();
        const std::size_t colon = message.rfind("': ");
        return Error(ErrorKind::InvalidArgument,
                     colon == std::string::npos ? message : message.substr(colon + 3));
    }
    return sys::replaceFile(file, text, 0600, sys::Durability::Disk);
}

}  // namespace

Result<> saveRegistry(const std::string& file, const types::RegistrySettings& settings,
                      const std::string& replaced) {
    TRY(checkFiles(settings));
    return update(file, [&](Json& document) -> Result<> {
        const std::string& old = replaced.empty() ? settings.name : replaced;
        if (old != settings.name && document.contains(settings.name)) {
            return Error(ErrorKind::AlreadyExists, "there are settings for '" + settings.name + "' already");
        }
        Json rows = Json::object();
        for (const auto& [name, row] : document.items()) {
            if (name == old) {
                rows[settings.name] = written(row, settings);
            } else {
                rows[name] = row;
            }
        }
        if (!document.contains(old)) {
            rows[settings.name] = written(Json::object(), settings);
        }
        document = std::move(rows);
        return {};
    });
}

Result<> forgetRegistry(const std::string& file, const std::string& name) {
    return update(file, [&](Json& document) -> Result<> {
        return document.erase(name) > 0
                   ? Result<>()
                   : Result<>(Error(ErrorKind::NotFound, "there are no settings for '" + name + "'"));
    });
}

}  // namespace coracle::registry
