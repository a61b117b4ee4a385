// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/secret.h"
#include "core/types/login_place.h"
#include "core/types/registry_settings.h"
#include "rootless/sys/result.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::registry {

/// Stored logins, in the format of docker's config.json. Read in this order: $REGISTRY_AUTH_FILE alone when
/// it is set; else our own auth.json, docker's config.json ($DOCKER_CONFIG), podman's auth.json. Written is
/// only $REGISTRY_AUTH_FILE or our own file (mode 0600, atomically). A credential helper that one of them
/// names for a registry ("credHelpers", "credsStore") is asked, and keeps new logins.
///
/// A login in the desktop's keyring is a "credHelpers" entry of our own file that names our own program,
/// which no other program reads. $REGISTRY_AUTH_FILE belongs to others as well, and they would not find that
/// program: no login goes to the keyring then.
class AuthFile {
public:
    /// The user's files, by the environment. Nothing is read yet.
    static AuthFile ofUser();
    /// Explicit files in order of preference; the first one is written to.
    explicit AuthFile(std::vector<std::string> files) : m_files(std::move(files)) {}

    /// What is known for a repository ("team/app", may be empty) of a registry as references name it
    /// ("docker.io", "127.0.0.1:5000"); an entry for a longer path wins. none: nothing, log in anonymously.
    /// Blocks on a credential helper. Errors: Corrupt naming the file; Unavailable when a helper fails.
    Result<std::optional<Credential>> find(std::string_view registry, std::string_view repository,
                                           const std::stop_token& stop = {}) const;

    /// Store a login where placeOf() says. In a file: it is read, changed and replaced under a lock, members
    /// that we do not know stay. Blocks up to 5 s for the lock, and on a helper. Errors: Io,
    /// PermissionDenied, Busy (another login holds the lock), Corrupt (the file is no JSON: it is left alone,
    /// since replacing it would lose the other logins), those of a helper; Unsupported, Unavailable for the
    /// keyring, and then nothing is changed.
    Result<> save(std::string_view registry, const Credential& credential, const std::stop_token& stop = {},
                  types::KeepLogin keep = types::KeepLogin::Usual) const;

    /// The path of the file, the program of the helper, or types::kKeyringPlace: where Usual means for the
    /// registry.
    Result<std::string> placeOf(std::string_view registry) const;

    /// What there is to choose from; asks the keyring whether it answers, and waits up to 25 s for it.
    Result<types::LoginPlaces> places(std::string_view registry, const std::stop_token& stop) const;

    /// What forgetting came to.
    struct Removal {
        bool removed = false;                  ///< from our file or a helper
        std::optional<std::string> elsewhere;  ///< a file of another program that still has one
    };
    /// Forget a login, under every key that find() would look at. Errors: as save().
    Result<Removal> remove(std::string_view registry, const std::stop_token& stop = {}) const;

    /// All logins that find() would find, in the order of registries. Blocks on helpers; one that fails is
    /// left out, since the others can be told all the same, and of a locked keyring the user names. Errors:
    /// Corrupt naming the file.
    Result<std::vector<types::RegistryLogin>> list(const std::stop_token& stop) const;

    /// Forget all logins that are in our file or with a helper; the registries, as they were written.
    Result<std::vector<std::string>> removeAll(const std::stop_token& stop) const;

    /// The file that is written to.
    const std::string& path() const noexcept { return m_files.front(); }

private:
    Result<std::string> helperOf(std::string_view registry) const;
    Result<bool> removeEntry(std::string_view registry) const;
    Result<> checkKeyring() const;
    Result<> saveInFile(std::string_view registry, const Credential& credential) const;
    Result<bool> notesKeyring(std::string_view registry) const;
    Result<> forgetKeyringNotes() const;

    std::vector<std::string> m_files;
    bool m_isShared = false;  ///< the file that is written to is read by other programs
};

}  // namespace coracle::registry
