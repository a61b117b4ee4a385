// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the runtime remembers of a container: one folder `<root>/<id>/` with state.json, written once when
/// the container is created, and start.sock while its process waits to be started. Whether it runs is never
/// stored but asked of the process itself.
namespace coracle::runtime {

enum class Status : std::uint8_t { Creating, Created, Running, Paused, Stopped };
const char* toWord(Status status);

/// The filters of a container's processes; `exec` loads the same.
struct SeccompSettings {
    std::string word = "default";  ///< a built-in profile, or oci::kUnconfined
    std::string profile;           ///< JSON text of the bundle's own profile; empty: the built-in one
};

struct ContainerState {
    std::string id;
    std::string bundle;
    std::string version = "1.0.2";
    sys::ProcessIdentity process;
    std::int64_t createdAt = 0;    ///< nanoseconds since 1970
    std::uint64_t namespaces = 0;  ///< CLONE_NEW* flags that differ from the host's
    std::string keeperDir;         ///< of the kept user namespace around the container's; empty: none
    std::uint32_t actingUid = 0;   ///< the ids that act for the container before its user does
    std::uint32_t actingGid = 0;
    oci::Process defaults;  ///< of the first process; what `exec` starts from
    SeccompSettings seccomp;
    std::map<std::string, std::string> annotations;
    oci::Hooks hooks;                          ///< poststart and poststop
    std::optional<unsigned long> personality;  ///< of every process
};

/// The folder of all containers.
class StateStore {
public:
    explicit StateStore(std::string root) : m_root(std::move(root)) {}

    /// A place for a new container, removed again unless it is kept. An unfinished one of a killed creator is
    /// taken over.
    class Reservation {
    public:
        Reservation(std::string folder, sys::FileLock lock)
            : m_folder(std::move(folder)), m_lock(std::move(lock)) {}
        Reservation(Reservation&& other) noexcept
            : m_folder(std::exchange(other.m_folder, {})), m_lock(std::move(other.m_lock)) {}
        Reservation& operator=(Reservation&&) = delete;
        ~Reservation();
        const std::string& folder() const noexcept { return m_folder; }
        Result<> save(const ContainerState& state) const;
        void keep() noexcept { m_folder.clear(); }

    private:
        std::string m_folder;
        sys::FileLock m_lock;
    };

    /// Errors: InvalidArgument for an id that is no file name, AlreadyExists.
    Result<Reservation> reserve(const std::string& id) const;
    /// Errors: NotFound.
    Result<ContainerState> load(const std::string& id) const;
    Status statusOf(const ContainerState& state) const;
    std::string socketPath(const std::string& id) const { return m_root + "/" + id + "/start.sock"; }
    std::string folder(const std::string& id) const { return m_root + "/" + id; }
    Result<> remove(const std::string& id) const;
    Result<std::vector<std::string>> list() const;
    const std::string& root() const noexcept { return m_root; }

private:
    std::string m_root;
};

/// Letters, digits, and `_ + - .` after the first; it becomes a file name. Errors: InvalidArgument.
Result<> checkId(const std::string& id);

}  // namespace coracle::runtime
