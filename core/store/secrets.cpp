// SPDX-License-Identifier: Apache-2.0
#include "core/store/secrets.h"

#include "core/store/database.h"
#include "core/types/secret_text.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace coracle::store {
namespace {

constexpr std::size_t kIdDigits = 25;
constexpr std::size_t kMaxRecordBytes = 1U << 20U;
constexpr std::chrono::seconds kLockTimeout{5};
constexpr mode_t kFileMode = 0600;
constexpr std::string_view kRecordSuffix = ".json";
constexpr std::string_view kContentSuffix = ".data";

Result<types::SecretSummary> parseSecret(const std::string& text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    types::SecretSummary secret;
    TRY_ASSIGN(secret.id, json::loadString(document, "id"));
    TRY_ASSIGN(secret.name, json::loadString(document, "name"));
    TRY_ASSIGN(const auto created, json::loadInteger(document, "createdAt"));
    TRY_ASSIGN(const auto updated, json::loadInteger(document, "updatedAt"));
    secret.createdAt = fromNanoseconds(created);
    secret.updatedAt = fromNanoseconds(updated);
    TRY_ASSIGN(secret.labels, json::findStringMap(document, "labels"));
    return secret;
}

std::string toText(const types::SecretSummary& secret) {
    return json::toText({{"id", secret.id},
                         {"name", secret.name},
                         {"createdAt", toNanoseconds(secret.createdAt)},
                         {"updatedAt", toNanoseconds(secret.updatedAt)},
                         {"labels", secret.labels}});
}

Result<sys::FileLock> lockFolder(const std::string& folder, const char* operation) {
    TRY(sys::makeDirectories(folder, 0700));
    return sys::FileLock::acquire(folder + "/lock", sys::LockMode::Exclusive, kLockTimeout, operation);
}

/// The record first: without it the content is nobody's.
Result<> removeFiles(const std::string& folder, const std::string& id) {
    TRY(sys::removeFile(folder + "/" + id + ".json"));
    return sys::removeFile(folder + "/" + id + ".data");
}

bool isOlder(const types::SecretSummary& left, const types::SecretSummary& right) {
    return left.createdAt != right.createdAt ? left.createdAt < right.createdAt : left.id < right.id;
}

/// All that can be read, by name and then the newest first. A name has two when a command that gave it new
/// content was killed before the old was removed.
Result<std::vector<types::SecretSummary>> readRecords(const std::string& folder) {
    std::vector<types::SecretSummary> secrets;
    const auto names = sys::listDirectory(folder);
    if (!names) {
        return names.error().kind() == ErrorKind::NotFound
                   ? Result<std::vector<types::SecretSummary>>(std::move(secrets))
                   : names.error();
    }
    for (const std::string& name : *names) {
        const auto text = name.ends_with(kRecordSuffix) ? sys::readFile(folder + "/" + name, kMaxRecordBytes)
                                                        : Result<std::string>(std::string());
        auto secret = text ? parseSecret(*text) : Result<types::SecretSummary>(text.error());
        if (secret && secret->id + std::string(kRecordSuffix) == name) {
            secrets.push_back(*std::move(secret));
        }
    }
    std::sort(secrets.begin(), secrets.end(), [](const auto& left, const auto& right) {
        return left.name != right.name ? left.name < right.name : isOlder(right, left);
    });
    return secrets;
}

/// The caller has the lock, so nobody is writing what has no record yet. A record that cannot be read keeps
/// its content: it may be somebody's only copy.
Result<> sweepLocked(const std::string& folder) {
    TRY_ASSIGN(const auto records, readRecords(folder));
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (records[i].name == records[i - 1].name) {
            TRY(removeFiles(folder, records[i].id));
        }
    }
    TRY_ASSIGN(const auto names, sys::listDirectory(folder));
    for (const std::string& name : names) {
        const bool unfinished = name.starts_with('.');  // sys::replaceAtomically
        const bool nameless =
            name.ends_with(kContentSuffix) &&
            !sys::pathExists(folder + "/" + name.substr(0, name.size() - kContentSuffix.size()) +
                             std::string(kRecordSuffix));
        if (unfinished || nameless) {
            TRY(sys::removeFile(folder + "/" + name));
        }
    }
    return {};
}

Result<> check(const NewSecret& wanted, std::string_view content) {
    if (!types::isSecretName(wanted.name)) {
        return Error(ErrorKind::InvalidArgument, "'" + wanted.name + "' is not a name of a secret")
            .withHint("use up to 253 letters, digits, '_', '.' and '-', beginning with a letter or digit");
    }
    if (content.empty() || content.size() > kMaxSecretBytes) {
        return Error(ErrorKind::InvalidArgument,
                     "secret '" + wanted.name + "' has " + std::to_string(content.size()) +
                         " bytes; it may have from 1 to " + std::to_string(kMaxSecretBytes));
    }
    return {};
}

}  // namespace

Result<types::SecretSummary> Secrets::create(const NewSecret& wanted, std::string_view content) const {
    TRY(check(wanted, content));
    TRY_ASSIGN(const auto lock, lockFolder(m_folder, "make a secret"));
    TRY(sweepLocked(m_folder));
    TRY_ASSIGN(const auto all, list());
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const auto& secret) { return secret.name == wanted.name; });
    if (known != all.end() && !wanted.replace) {
        return Error(ErrorKind::AlreadyExists, "secret '" + wanted.name + "' exists")
            .withHint("--replace gives it new content");
    }
    types::SecretSummary secret;
    secret.id = sys::randomHex(kIdDigits + 1).substr(0, kIdDigits);
    secret.name = wanted.name;
    secret.createdAt = secret.updatedAt = std::chrono::system_clock::now();
    secret.labels = wanted.labels;
    const std::string path = m_folder + "/" + secret.id;
    TRY(sys::replaceFile(path + ".data", content, kFileMode, sys::Durability::Disk));
    TRY(sys::replaceFile(path + ".json", toText(secret), kFileMode, sys::Durability::Disk));
    if (known != all.end()) {
        TRY(removeFiles(m_folder, known->id));
    }
    return secret;
}

Result<std::vector<types::SecretSummary>> Secrets::list() const {
    TRY_ASSIGN(auto secrets, readRecords(m_folder));
    const auto superseded =
        std::unique(secrets.begin(), secrets.end(),
                    [](const auto& left, const auto& right) { return left.name == right.name; });
    secrets.erase(superseded, secrets.end());
    return secrets;
}

Result<types::SecretSummary> Secrets::load(const std::string& nameOrId) const {
    TRY_ASSIGN(const auto all, list());
    std::vector<types::SecretSummary> found;
    for (const auto& secret : all) {
        if (secret.name == nameOrId || secret.id == nameOrId) {
            return secret;
        }
        if (!nameOrId.empty() && secret.id.starts_with(nameOrId)) {
            found.push_back(secret);
        }
    }
    if (found.size() == 1) {
        return found.front();
    }
    return found.empty() ? Error(ErrorKind::NotFound, "no secret '" + nameOrId + "'")
                               .withHint("'coracle secret ls' lists what there is")
                         : Error(ErrorKind::InvalidArgument, "several secrets begin with '" + nameOrId + "'");
}

Result<std::string> Secrets::read(const std::string& nameOrId) const {
    TRY_ASSIGN(const auto secret, load(nameOrId));
    return sys::readFile(m_folder + "/" + secret.id + ".data", kMaxSecretBytes);
}

Result<std::string> Secrets::remove(const std::string& nameOrId) const {
    TRY_ASSIGN(const auto lock, lockFolder(m_folder, "remove a secret"));
    TRY(sweepLocked(m_folder));
    TRY_ASSIGN(const auto secret, load(nameOrId));
    TRY(removeFiles(m_folder, secret.id));
    return secret.id;
}

Result<> Secrets::sweep() const {
    if (!sys::pathExists(m_folder)) {
        return {};
    }
    TRY_ASSIGN(const auto lock, lockFolder(m_folder, "clean up secrets"));
    return sweepLocked(m_folder);
}

}  // namespace coracle::store
