// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::store {

struct FileCopyEnd;
struct StoreContext;
struct MeasuredTree;

/// Bytes so far, from the caller's thread.
using MovedBytes = std::function<void(std::uint64_t)>;

/// Volumes: named folders that outlive containers. All methods may be called from any thread.
class Volumes {
public:
    explicit Volumes(const StoreContext& context) : m_context(context) {}

    /// Make a volume; an empty name makes an anonymous one with 64 hexadecimal digits.
    /// Errors: AlreadyExists; InvalidArgument for a name that docker would not accept either.
    Result<VolumeRecord> create(const std::string& name, const std::map<std::string, std::string>& labels,
                                const std::map<std::string, std::string>& options = {}) const;
    /// The volume of that name, made if need be; whoever else makes it at the same time gets the same
    /// one. Errors: as create().
    Result<VolumeRecord> ensure(const std::string& name) const;

    /// The volume of that exact name; none: there is no such volume.
    Result<std::optional<VolumeRecord>> find(const std::string& name) const;
    /// The same, but absent is NotFound.
    Result<VolumeRecord> load(const std::string& name) const;
    /// Sorted by name.
    Result<std::vector<VolumeRecord>> list() const;

    /// Delete the row and move the data to the trash, or to removed/. Errors: NotFound; Conflict naming the
    /// containers that use it, running or not, or when it is protected.
    Result<> remove(const std::string& name, const RemovalOrder& order = {}) const;

    /// Bytes on disk that go with it, its own folder among them: what Usage says of it, too. Counted inside
    /// the user namespace. Walks the tree, so it takes long for a large volume. Errors: NotFound, the
    /// helper's, Cancelled.
    Result<std::uint64_t> measure(const std::string& name, std::stop_token stop = {}) const;

    /// Write a volume's files as a tar, with owners, modes and attributes as containers see them; the folder
    /// itself comes first. Sockets are left out. Errors: the helper's, Cancelled, of writing.
    Result<> exportTo(const VolumeRecord& volume, int outputFd, const MovedBytes& moved,
                      const std::stop_token& stop) const;
    /// Put the files of a tar, compressed or not, into a volume, beside and over what is there. All or
    /// nothing: it works on a copy that takes the volume's place at the end by one exchange, so nothing may
    /// run in the old one meanwhile. Errors: Corrupt for what is no archive, Io, Cancelled.
    Result<> importFrom(const VolumeRecord& volume, int inputFd, const MovedBytes& moved,
                        const std::stop_token& stop) const;
    /// Take everything out of a volume, which stays, as do owner and mode of its folder. Nothing may run in
    /// it meanwhile. What was in it goes where a removed volume would, by one exchange of folders.
    /// Errors: NotFound; Conflict when it is protected, or has other users than `volume` says; Io, Cancelled.
    Result<> empty(const VolumeRecord& volume, const RemovalOrder& order, const std::stop_token& stop) const;
    /// What is in it, by the count of the helper; walks the tree. Errors: as measure().
    Result<MeasuredTree> count(const std::string& name, std::stop_token stop = {}) const;
    /// A path in a volume, for the calls of file_copy.h: "/" is the volume, and no link in it leads out.
    /// Errors: NotFound for a missing helper.
    Result<FileCopyEnd> placeOf(const VolumeRecord& volume, const std::string& path) const;
    /// A new volume with the files of another. It exists when it is whole. Errors: AlreadyExists,
    /// InvalidArgument for its name, Io, Cancelled.
    Result<VolumeRecord> clone(const VolumeRecord& source, const std::string& name, const MovedBytes& moved,
                               const std::stop_token& stop) const;

private:
    const StoreContext& m_context;
};

/// Let two folders of the store change places, at once. Errors: by errno.
Result<> exchangeFolders(const std::string& one, const std::string& other);

/// Part of a transaction, within Database::write(): the row alone. Errors: AlreadyExists.
Result<> insertVolume(const StoreContext& context, const VolumeRecord& record);

/// Part of a transaction, within Database::read() or write(): the volume of that exact name.
Result<std::optional<VolumeRecord>> readVolume(const StoreContext& context, const std::string& name);

/// [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes: it becomes a folder's name, so it must not begin with a
/// dot or hold a slash. Pure.
bool isVolumeName(std::string_view name);

}  // namespace coracle::store
