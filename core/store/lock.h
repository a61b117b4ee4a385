// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace coracle::store {

/// The one lock order. A thread that holds a lock takes only locks that come later; a debug build asserts it.
/// Locks of the same kind: layers from the base upward only, everything else one at a time.
enum class LockKind : std::uint8_t {
    Image,      ///< images as a set: removal and garbage collection
    Layer,      ///< one layer, while it is made or deleted
    Container,  ///< one container, while its state changes
    Network,
    Database,  ///< one write transaction; nobody calls out while holding it
};

/// How long a command waits for another before it says for whom (security.md 3.2, P7).
inline constexpr std::chrono::milliseconds kLockTimeout{2000};

/// A lock of the store, below runRoot/locks/. Released by the destructor or by the death of the process.
class StoreLock {
public:
    /// `name` tells locks of one kind apart (a chain id, a container id); empty for the only one.
    /// Errors: Unavailable naming the holder after `timeout`; Cancelled.
    static Result<StoreLock> acquire(const Layout& layout, LockKind kind, const std::string& name,
                                     const std::string& operation,
                                     std::chrono::milliseconds timeout = kLockTimeout,
                                     std::stop_token stop = {});
    /// Take the lock if it is free now; none: somebody has it. Errors: by errno.
    static Result<std::optional<StoreLock>> tryAcquire(const Layout& layout, LockKind kind,
                                                       const std::string& name, const std::string& operation);

    StoreLock(StoreLock&& other) noexcept = default;
    StoreLock& operator=(StoreLock&& other) noexcept = default;
    ~StoreLock() = default;

private:
    /// Remembers in debug builds what its thread holds.
    class Order {
    public:
        explicit Order(LockKind kind);
        Order(Order&& other) noexcept;
        Order& operator=(Order&& other) noexcept;
        ~Order();

    private:
        LockKind m_kind;
        std::thread::id m_owner;
        bool m_active;
    };

    StoreLock(sys::FileLock lock, LockKind kind) : m_lock(std::move(lock)), m_order(kind) {}

    sys::FileLock m_lock;
    Order m_order;
};

/// The order alone, as a pure rule: whether `wanted` may be taken while `held` is the latest kind held.
bool mayLock(std::optional<LockKind> held, LockKind wanted);

}  // namespace coracle::store
