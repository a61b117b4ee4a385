// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "core/store/lock.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace coracle::store {

class Database;

/// A prepared statement; parameters are numbered from 1, columns from 0. Errors while binding are kept and
/// reported by the next step(). At its end the database keeps it for the next one of the same text.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
    Statement& bind(int index, std::int64_t number);
    Statement& bind(int index, const std::optional<std::string>& text);

    /// Whether there is a row now. Errors: as Database::read().
    Result<bool> step();
    /// Run a statement that gives no rows. How many rows it changed. It can be bound and run again.
    /// Errors: Conflict for a broken constraint, else as step().
    Result<std::int64_t> run();

    /// Column of the current row; NULL is empty.
    std::string text(int column) const;
    /// The same; NULL is none.
    std::optional<std::string> findText(int column) const;
    /// Column as a number; NULL is 0.
    std::int64_t number(int column) const;

private:
    friend class Database;
    Statement(Database& database, sqlite3_stmt* statement) : m_database(&database), m_statement(statement) {}
    Database* m_database;
    sqlite3_stmt* m_statement;
    int m_bindError = 0;
};

/// Rows that are not in the database yet and count as if they were.
class PendingRows {
public:
    virtual ~PendingRows() = default;
    /// Whether there are some now.
    virtual bool any() const = 0;
    /// Put them into the open transaction; what they are called. One that cannot be put is left out.
    virtual std::vector<std::string> insertInto(Database& database) const = 0;
    /// After the commit: from now on they are rows only. Errors: by errno.
    virtual Result<> forget(const std::vector<std::string>& names) const = 0;
};

/// state.db: one connection of this process, opened on first use. Access is by read() and write(), which
/// keep threads of this process apart; other processes are kept apart by SQLite and, for writers, by a
/// store lock that can say who has it.
/// The journal is a write-ahead log, so readers never wait. What names content is committed with a sync
/// of the log; rows of containers are not, since they name nothing that a power cut leaves usable anyway.
/// Invariants: nobody calls out of this library inside of a transaction, so no transaction waits for a
/// network, a helper or a person; the schema is made in one transaction, so a database has all tables or
/// none; nothing read here is kept beyond the call, because the next command may be another process.
/// Security: all statements are constants with bound parameters. trusted_schema is off and links are not
/// followed, so a file that somebody put in the place can do no more than answer wrongly.
class Database {
public:
    /// Whether a commit waits until the log is on the disk.
    enum class Sync : std::uint8_t { No, Yes };

    Database(const Layout& layout, const PendingRows& pending) : m_layout(layout), m_pending(pending) {}
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// One consistent look. `body` sees the database as of its beginning, whatever others commit
    /// meanwhile; it runs once. Readers wait for nobody, but while there are pending rows, which they see as
    /// well: then for the end of a transaction that writes. Errors: the body's; Corrupt for a damaged file,
    /// Unsupported for a newer schema, Unavailable.
    Result<> read(const std::function<Result<>()>& body);
    /// The same without the pending rows.
    Result<> readCommitted(const std::function<Result<>()>& body);

    /// One transaction: all of it or nothing. `operation` names us to those who wait.
    /// Errors: the body's; Unavailable naming the holder of the lock; Io with a hint when the disk is full.
    Result<> write(Sync sync, const std::string& operation, const std::function<Result<>()>& body);

    /// As write(), for what only deletes: on a full disk it gives up the ballast and tries once more, so
    /// `body` may run twice.
    Result<> erase(Sync sync, const std::string& operation, const std::function<Result<>()>& body);

    /// As write(), and then all of it is taken back: tells what a deletion would come to by doing it.
    Result<> rehearse(const std::string& operation, const std::function<Result<>()>& body);

    /// Within read(), write() or erase() only. Errors: Internal for a statement that is wrong, else as
    /// read().
    Result<Statement> prepare(const char* sql);

    /// Run statements without parameters or rows. Within read(), write() or erase() only. Errors: as
    /// prepare().
    Result<> execute(const char* sql);

    /// Write the log back when it has grown, and cut it. Every first opener of an idle database reads the log
    /// through, so a long one makes commands slow; this syncs the disk, so it is for a process that nobody
    /// waits for. Others being busy with the database is success: a later call does it.
    Result<> writeLogBack();
    /// Whether that has something to do.
    bool hasLongLog() const;

private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    /// What the caller is about to do. On a full disk only looking needs no room at all.
    enum class Access : std::uint8_t { Look, Change };

    Result<> ensureOpen(Access access);
    Result<> open(Access access);
    Result<> openFile(Access access);
    Result<> ensureSchema();
    Result<> setSync(Sync sync);
    void putBack(sqlite3_stmt* statement) noexcept;
    void close() noexcept;
    Error failure(int code, const std::string& what) const;

    const Layout& m_layout;
    const PendingRows& m_pending;
    std::mutex m_mutex;
    std::unique_ptr<sqlite3, Close> m_handle;
    /// Statements that nobody uses, by their text, which is their own. They are of m_handle.
    std::unordered_multimap<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> m_idle;
    bool m_onlyLooks = false;  ///< the handle is one that writes nothing, not even beside the database
    std::optional<Sync> m_sync;
};

/// Conversion of times for columns: nanoseconds since 1970.
std::int64_t toNanoseconds(std::chrono::system_clock::time_point time);
/// The way back.
std::chrono::system_clock::time_point fromNanoseconds(std::int64_t nanoseconds);

}  // namespace coracle::store
