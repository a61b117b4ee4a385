// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "core/types/secret.h"
#include "rootless/sys/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

/// Largest content of a secret. Source: podman-secret-create(1).
inline constexpr std::size_t kMaxSecretBytes = 512'000;

/// What a new secret is to be.
struct NewSecret {
    std::string name;
    std::map<std::string, std::string> labels;
    bool replace = false;  ///< one that has the name gets the new content, under a new id
};

/// Secrets: small texts that containers get in memory. Each is two files below root/secrets, which only the
/// user may read: `<id>.data`, and `<id>.json`, which names it and is written last and removed first, so what
/// a kill leaves is content that nobody finds; the next change of any secret deletes it. They are as safe as
/// the user's own files are: nothing is encrypted. Any number of processes may use them; changes hold
/// secrets/lock.
class Secrets {
public:
    explicit Secrets(const Layout& layout) : m_folder(layout.root() + "/secrets") {}

    /// Errors: InvalidArgument for the name or the size, AlreadyExists.
    Result<types::SecretSummary> create(const NewSecret& wanted, std::string_view content) const;
    /// Sorted by name. Records that cannot be read are left out.
    Result<std::vector<types::SecretSummary>> list() const;
    /// By name, id or unique beginning of the id. Errors: NotFound; InvalidArgument for one of several.
    Result<types::SecretSummary> load(const std::string& nameOrId) const;
    /// What it says. Errors: as load().
    Result<std::string> read(const std::string& nameOrId) const;
    /// The id of what is gone. Containers that exist keep their copy. Errors: as load().
    Result<std::string> remove(const std::string& nameOrId) const;
    /// Delete what killed commands left: content without a record, a record whose secret was replaced, files
    /// that were being written. Whoever has the lock is waited for. Errors: by errno, Unavailable.
    Result<> sweep() const;

private:
    std::string m_folder;
};

}  // namespace coracle::store
