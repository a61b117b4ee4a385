// SPDX-License-Identifier: Apache-2.0
#include "core/store/lock.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace coracle::store {
namespace {

/// How late a stop request is seen.
constexpr std::chrono::milliseconds kSlice{100};

/// `name` is hexadecimal digits of an id or a digest, so it cannot lead out of the folder.
std::string pathOf(const Layout& layout, LockKind kind, const std::string& name) {
    static constexpr std::array<const char*, 5> kWords{"images", "layer", "container", "network", "state"};
    const std::string word = kWords.at(static_cast<std::size_t>(kind));
    return layout.locksDir() + "/" + word + (name.empty() ? "" : "-" + name) + ".lock";
}

#ifndef NDEBUG
/// Kinds that each thread holds. A lock may be released by another thread than the one that took it.
struct HeldLocks {
    std::mutex mutex;
    std::map<std::thread::id, std::vector<LockKind>> byThread;
};
HeldLocks& heldLocks() {
    static HeldLocks held;
    return held;
}

void assertOrder(LockKind wanted) {
    HeldLocks& held = heldLocks();
    const std::lock_guard guard(held.mutex);
    const auto& mine = held.byThread[std::this_thread::get_id()];
    const auto latest = std::max_element(mine.begin(), mine.end());
    assert(mayLock(latest == mine.end() ? std::nullopt : std::optional(*latest), wanted) && "lock order");
}
#else
void assertOrder(LockKind /*wanted*/) {}
#endif

}  // namespace

/// The order of lock.h. Several layers may be locked by one thread.
bool mayLock(std::optional<LockKind> held, LockKind wanted) {
    return !held || *held < wanted || (*held == LockKind::Layer && wanted == LockKind::Layer);
}

StoreLock::Order::Order(LockKind kind) : m_kind(kind), m_owner(std::this_thread::get_id()), m_active(true) {
#ifndef NDEBUG
    const std::lock_guard guard(heldLocks().mutex);
    heldLocks().byThread[m_owner].push_back(kind);
#endif
}

StoreLock::Order::Order(Order&& other) noexcept
    : m_kind(other.m_kind), m_owner(other.m_owner), m_active(std::exchange(other.m_active, false)) {}

StoreLock::Order& StoreLock::Order::operator=(Order&& other) noexcept {
    std::swap(m_kind, other.m_kind);
    std::swap(m_owner, other.m_owner);
    std::swap(m_active, other.m_active);
    return *this;
}

StoreLock::Order::~Order() {
#ifndef NDEBUG
    if (m_active) {
        const std::lock_guard guard(heldLocks().mutex);
        auto& mine = heldLocks().byThread[m_owner];
        const auto found = std::find(mine.begin(), mine.end(), m_kind);
        if (found != mine.end()) {
            mine.erase(found);
        }
        if (mine.empty()) {
            heldLocks().byThread.erase(m_owner);
        }
    }
#endif
}

Result<StoreLock> StoreLock::acquire(const Layout& layout, LockKind kind, const std::string& name,
                                     const std::string& operation, std::chrono::milliseconds timeout,
                                     std::stop_token stop) {
    assertOrder(kind);
    const std::string path = pathOf(layout, kind, name);
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (true) {
        // In slices, so that a stop request is seen soon.
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        const bool last = !stop.stop_possible() || left <= kSlice;
        auto lock =
            sys::FileLock::acquire(path, sys::LockMode::Exclusive,
                                   last ? std::max(left, std::chrono::milliseconds(0)) : kSlice, operation);
        if (lock) {
            return StoreLock(std::move(*lock), kind);
        }
        if (stop.stop_requested()) {
            return Error(ErrorKind::Cancelled, operation + ": cancelled");
        }
        if (lock.error().kind() != ErrorKind::Unavailable) {
            return std::move(lock).error();
        }
        if (last) {
            return std::move(lock).error().context(operation).withHint(
                "wait for the other command to end, or end it");
        }
    }
}

/// none: somebody else has it.
Result<std::optional<StoreLock>> StoreLock::tryAcquire(const Layout& layout, LockKind kind,
                                                       const std::string& name,
                                                       const std::string& operation) {
    assertOrder(kind);
    TRY_ASSIGN(auto lock,
               sys::FileLock::tryAcquire(pathOf(layout, kind, name), sys::LockMode::Exclusive, operation));
    if (!lock) {
        return std::optional<StoreLock>();
    }
    return std::optional<StoreLock>(StoreLock(std::move(*lock), kind));
}

}  // namespace coracle::store
