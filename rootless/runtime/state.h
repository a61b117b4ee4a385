// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"
#include "rootless/sys/staged_file.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the runtime remembers of a container: one folder `<root>/<id>/` with state.json, written once
/// when the container is created, and start.sock while its process waits to be started. Whether it runs
/// is never stored but asked of the process itself.
///
///   <root>/<id>/lock        held while the container is created
///   <root>/<id>/state.json  ContainerState; complete or absent (rename)
///   <root>/<id>/start.sock  the waiting process listens; nobody does afterwards
///   <root>/<id>/cgroup      path of its control group (container_group.h)
///
/// The root belongs on a tmpfs that a reboot empties, so nothing is synced; the boot's name in the record
/// tells a process of an earlier boot from one of this. A folder without state.json and without a holder
/// of the lock is what a killed creator left: the next one with this id takes it over, `delete --force`
/// removes it.
namespace coracle::runtime {

/// Source: OCI runtime-spec 1.1, runtime.md, "State"; Paused is runc's and crun's.
enum class Status : std::uint8_t { Creating, Created, Running, Paused, Stopped };
/// The word of the specification for a status.
const char* toWord(Status status);

/// The filters of a container's processes; `exec` loads the same.
struct SeccompSettings {
    std::string word = "default";  ///< a built-in profile, or oci::kUnconfined
    std::string profile;           ///< JSON text of the bundle's own profile; empty: the built-in one
};

/// All that a later verb needs to know about a container, beside the process itself.
struct ContainerState {
    std::string id;
    /// Absolute: other commands are called from other folders.
    std::string bundle;
    std::string version = "1.0.2";
    /// The first process; the number alone would say nothing after its end.
    sys::ProcessIdentity process;
    std::int64_t createdAt = 0;    ///< nanoseconds since 1970
    std::uint64_t namespaces = 0;  ///< CLONE_NEW* flags that differ from the host's
    std::uint64_t shared = 0;      ///< those among them that are another container's
    std::string keeperDir;         ///< of the kept user namespace around the container's; empty: none
    std::uint32_t actingUid = 0;   ///< the ids that act for the container before its user does
    std::uint32_t actingGid = 0;
    oci::Process defaults;  ///< of the first process; what `exec` starts from
    SeccompSettings seccomp;
    /// Of the bundle; `state` prints them and hooks are told.
    std::map<std::string, std::string> annotations;
    oci::Hooks hooks;                          ///< poststart and poststop
    std::optional<unsigned long> personality;  ///< of every process
};

/// The folder of all containers.
class StateStore {
public:
    explicit StateStore(std::string root) : m_root(std::move(root)) {}

    /// A place for a new container, removed again unless it is kept. An unfinished one of a killed
    /// creator is taken over. Holds the lock of the id: of two creators one gets AlreadyExists.
    class Reservation {
    public:
        Reservation(std::string folder, sys::FileLock lock)
            : m_folder(std::move(folder)), m_lock(std::move(lock)) {}
        Reservation(Reservation&& other) noexcept
            : m_folder(std::exchange(other.m_folder, {})), m_lock(std::move(other.m_lock)) {}
        Reservation& operator=(Reservation&&) = delete;
        ~Reservation();
        /// Path of the place; empty after keep().
        const std::string& folder() const noexcept { return m_folder; }
        /// Write what is to be state.json: other programs see the container once it is published. It must go
        /// before this. Errors: by errno.
        Result<sys::StagedFile> stage(const ContainerState& state) const;
        /// The container is made: its folder stays.
        void keep() noexcept { m_folder.clear(); }

    private:
        std::string m_folder;
        sys::FileLock m_lock;
    };

    /// Take an id. Errors: InvalidArgument for an id that is no file name, AlreadyExists, also while
    /// another creates it.
    Result<Reservation> reserve(const std::string& id) const;
    /// Read what is recorded. Errors: InvalidArgument for the id, NotFound, Corrupt for a file that
    /// cannot be understood.
    Result<ContainerState> load(const std::string& id) const;
    /// What ends a container whose state load() cannot understand: process, namespaces and id, and nothing
    /// else. Errors: as load(); then nothing says which process it was.
    Result<ContainerState> loadProcess(const std::string& id) const;
    /// Ask the process: gone is Stopped, one that listens is Created, one in a frozen group Paused. A
    /// snapshot. May connect to the waiting process for a moment, which takes that as a look.
    Status statusOf(const ContainerState& state) const;
    /// Where the waiting process of a container listens.
    std::string socketPath(const std::string& id) const { return m_root + "/" + id + "/start.sock"; }
    /// Folder of a container; the id has to be a checked one.
    std::string folder(const std::string& id) const { return m_root + "/" + id; }
    /// Remove the folder; a missing one is success. The caller has made sure that the process is gone.
    /// Errors: InvalidArgument, by errno.
    Result<> remove(const std::string& id) const;
    /// Ids of all containers, sorted, those being made included. A missing root is an empty list. Errors:
    /// by errno.
    Result<std::vector<std::string>> list() const;
    /// The folder of all of them.
    const std::string& root() const noexcept { return m_root; }

private:
    std::string m_root;
};

/// Letters, digits, and `_ + - .`, not beginning with a dot or a dash, up to 200 bytes: it becomes a file
/// name and an argument of programs. Errors: InvalidArgument.
Result<> checkId(const std::string& id);

}  // namespace coracle::runtime
