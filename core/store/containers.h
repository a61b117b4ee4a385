// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;
class Database;

/// Containers as rows, or as what will be one when somebody writes (pending_containers.h). Whether one runs
/// is a fact about its monitor, never stored here. A row commits without waiting for the disk: a power cut
/// may lose the last ones, never a part of one. All methods may be called from any thread.
class Containers {
public:
    explicit Containers(const StoreContext& context) : m_context(context) {}

    /// Errors: AlreadyExists naming the container that has the name or id; NotFound when the top layer is
    /// gone (an image was removed meanwhile) or a volume does not exist.
    Result<> insert(const ContainerRecord& record) const;

    /// Replace everything but id and createdAt. Errors: NotFound, AlreadyExists for the name.
    Result<> update(const ContainerRecord& record) const;
    /// Note what the container is wished to be, for the restarts after a reboot. Errors: NotFound.
    Result<> setDesiredState(const std::string& id, const std::string& state) const;
    /// Give it another name; the id stays. Errors: NotFound, AlreadyExists.
    Result<> rename(const std::string& id, const std::string& newName) const;

    /// By full id, name, or unique prefix of an id, in this order. none: there is no such container.
    /// Errors: InvalidArgument when a prefix is ambiguous.
    Result<std::optional<ContainerRecord>> find(const std::string& nameOrId) const;
    /// The same, but absent is NotFound: "no container 'x'".
    Result<ContainerRecord> load(const std::string& nameOrId) const;
    /// Whether a record that was inserted a moment ago is as it was, found out by one look. false for one
    /// that became a row.
    bool isUntouched(const ContainerRecord& record) const;
    /// All, newest first, from one consistent look.
    Result<std::vector<ContainerRecord>> list() const;

    /// Delete the row and move its folder to the trash; the name is free when it returns. The anonymous
    /// volumes that only it used are returned, for the caller to remove or keep. A missing row is success:
    /// the folder goes all the same. One that is kept leaves its folder where it is, for
    /// Removals::settle() once nothing writes into it any more. Errors: Conflict when it is protected.
    struct Removed {
        bool existed = false;
        std::vector<std::string> anonymousVolumes;
        std::optional<std::int64_t> removal;  ///< the number of what can be undone
    };
    Result<Removed> remove(const std::string& id, const RemovalOrder& order = {}) const;

    /// Bytes of what a container wrote: of a folder below its bundle. Walks the tree, which may take long.
    /// Errors: Cancelled.
    Result<std::uint64_t> measure(const std::string& folder, std::stop_token stop = {}) const;

    /// Folder of its bundle; made by the caller. The id is 64 hexadecimal digits.
    std::string bundlePath(const std::string& id) const;

private:
    Result<> insertPending(const ContainerRecord& record) const;
    Result<bool> removePending(const std::string& id) const;
    Result<Removed> removeRow(const std::string& id, const RemovalOrder& order) const;

    const StoreContext& m_context;
};

/// Part of a transaction, within Database::write(). Errors: as Containers::insert().
Result<> insertContainer(Database& database, const ContainerRecord& record);

}  // namespace coracle::store
