// SPDX-License-Identifier: Apache-2.0
#include "core/store/database.h"

#include "core/store/ballast.h"
#include "core/store/schema.h"

#include <utility>

#include <sqlite3.h>
#include <sys/stat.h>

namespace coracle::store {
namespace {

/// Also how long SQLite waits for a lock of its own: the same patience as with the store's.
constexpr int kBusyTimeoutMs = static_cast<int>(kLockTimeout.count());
/// Some two hundred pages of 1 KiB, which the first opener of an idle database reads through.
constexpr std::int64_t kLongLogBytes = 192 << 10;
/// From here on whoever writes moves the log back, should nobody have tidied.
constexpr int kLogPages = 1024;
/// More than one call of the store uses.
constexpr std::size_t kIdleStatements = 64;

/// After a commit, with the pages in the log. SQLite's own does not empty the log, and that it was moved is
/// forgotten with its last user, which every short command is: each one after it would move all of it again.
/// Whoever else is using the log keeps it as it is.
int moveLogBack(void* /*unused*/, sqlite3* handle, const char* name, int pages) {
    if (pages >= kLogPages) {
        (void)::sqlite3_busy_timeout(handle, 0);
        (void)::sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        (void)::sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    }
    return SQLITE_OK;
}

Result<std::int64_t> pragma(Database& database, const char* sql) {
    TRY_ASSIGN(Statement statement, database.prepare(sql));
    TRY_ASSIGN(const bool row, statement.step());
    return row ? statement.number(0) : std::int64_t{0};
}

/// A path as part of a URI: what would end or change it is written by number.
std::string uriPath(const std::string& path) {
    std::string text;
    for (const char letter : path) {
        switch (letter) {
        case '%':
            text += "%25";
            break;
        case '?':
            text += "%3f";
            break;
        case '#':
            text += "%23";
            break;
        default:
            text += letter;
        }
    }
    return text;
}

/// Before the first connection of the process. Our own mutex keeps threads apart, and nobody asks how much
/// memory SQLite has: its locks and counts are a tenth of what a short command does.
void configureLibrary() {
    static const bool done = [] {
        (void)::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        (void)::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    (void)done;
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_bindError(other.m_bindError) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(m_database, other.m_database);
    std::swap(m_statement, other.m_statement);
    std::swap(m_bindError, other.m_bindError);
    return *this;
}

Statement::~Statement() {
    m_database->putBack(m_statement);
}

Statement& Statement::bind(int index, std::string_view text) {
    m_bindError |= ::sqlite3_bind_text64(m_statement, index, text.data() != nullptr ? text.data() : "",
                                         text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
    m_bindError |= ::sqlite3_bind_int64(m_statement, index, number);
    return *this;
}

Statement& Statement::bind(int index, const std::optional<std::string>& text) {
    if (text) {
        return bind(index, std::string_view(*text));
    }
    m_bindError |= ::sqlite3_bind_null(m_statement, index);
    return *this;
}

/// true: there is a row. Errors of binding are kept until here, so that calls of bind() can be chained.
Result<bool> Statement::step() {
    if (m_bindError != SQLITE_OK) {
        return Error(ErrorKind::Internal, std::string("bind a value: ") + ::sqlite3_errstr(m_bindError));
    }
    const int code = ::sqlite3_step(m_statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return m_database->failure(code, "use the database");
}

Result<std::int64_t> Statement::run() {
    TRY_ASSIGN(const bool row, step());
    (void)row;
    const auto changed = static_cast<std::int64_t>(::sqlite3_changes64(m_database->m_handle.get()));
    (void)::sqlite3_reset(m_statement);  // step() has reported its error
    return changed;
}

std::string Statement::text(int column) const {
    return findText(column).value_or("");
}

/// By length and not as a C string. The blob is asked for before its length, which is the order that
/// SQLite asks for (sqlite3_column_blob).
std::optional<std::string> Statement::findText(int column) const {
    const void* bytes = ::sqlite3_column_blob(m_statement, column);
    if (bytes == nullptr) {
        return ::sqlite3_column_type(m_statement, column) == SQLITE_NULL ? std::nullopt
                                                                         : std::optional<std::string>("");
    }
    const auto size = static_cast<std::size_t>(::sqlite3_column_bytes(m_statement, column));
    return std::string(static_cast<const char*>(bytes), size);
}

std::int64_t Statement::number(int column) const {
    return ::sqlite3_column_int64(m_statement, column);
}

void Database::Close::operator()(sqlite3* handle) const noexcept {
    (void)::sqlite3_close_v2(handle);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    (void)::sqlite3_finalize(statement);  // repeats the error that step() has reported
}

Database::~Database() = default;

/// What asks about each of a hundred things compiles its question once. A connection that was closed
/// meanwhile has no more use for it.
void Database::putBack(sqlite3_stmt* statement) noexcept {
    std::unique_ptr<sqlite3_stmt, Finalize> owned(statement);
    if (!owned || ::sqlite3_db_handle(statement) != m_handle.get() || m_idle.size() >= kIdleStatements) {
        return;
    }
    (void)::sqlite3_reset(statement);  // repeats the error that step() has reported
    (void)::sqlite3_clear_bindings(statement);
    m_idle.emplace(::sqlite3_sql(statement), std::move(owned));
}

void Database::close() noexcept {
    m_idle.clear();
    m_handle.reset();
}

/// SQLITE_CONSTRAINT is a race that another process won, not a damage: callers look before they insert,
/// and name the culprit themselves.
Error Database::failure(int code, const std::string& what) const {
    const int primary = code & 0xff;
    const char* detail = m_handle ? ::sqlite3_errmsg(m_handle.get()) : ::sqlite3_errstr(code);
    const std::string message = what + " '" + m_layout.database() + "': " + detail;
    switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(ErrorKind::Unavailable, message)
            .withHint("another program has the database open; try again");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorKind::Corrupt, message)
            .withHint("move the file away and pull the images again; volumes and containers stay on disk");
    case SQLITE_FULL:
        return Error(ErrorKind::Io, message, ENOSPC).withHint("free some space on the disk");
    case SQLITE_CONSTRAINT:
        return {ErrorKind::Conflict, message};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorKind::PermissionDenied, message};
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
        return {ErrorKind::Internal, message};
    default:
        break;
    }
    const int number = m_handle ? ::sqlite3_system_errno(m_handle.get()) : 0;
    if (primary == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT)) {
        return Error(ErrorKind::Io, what + " '" + m_layout.database() + "': no space on the disk", ENOSPC)
            .withHint("free some space on the disk");
    }
    return {ErrorKind::Io, message};
}

/// To look only, the table of the log beside the database is read if somebody keeps it, and made in memory if
/// not: SQLite's first user of a database writes it anew, which a full disk does not allow where every
/// write takes new blocks (btrfs).
Result<> Database::openFile(Access access) {
    configureLibrary();
    sqlite3* handle = nullptr;
    const bool look = access == Access::Look;
    const std::string name =
        look ? "file:" + uriPath(m_layout.database()) + "?readonly_shm=1" : m_layout.database();
    // Our own mutex keeps threads apart. No symbolic link may stand for the file.
    const int flags =
        look ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code =
        ::sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    close();
    m_handle.reset(handle);
    m_sync.reset();
    m_onlyLooks = look;
    if (code != SQLITE_OK) {
        auto error = failure(code, "open");
        close();
        return error;
    }
    (void)::sqlite3_extended_result_codes(handle, 1);  // cannot fail for an open handle
    (void)::sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    (void)::sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    (void)::sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    // The last process to close would move the log into the file and wait for the disk; every short command
    // is the last one. The log is moved when it has grown instead.
    (void)::sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    (void)::sqlite3_wal_hook(handle, moveLogBack, nullptr);
    return {};
}

/// Within the mutex. Being opened needs room on the disk; without it a look is had from a handle that writes
/// nothing, and for a change the ballast goes: what a person asks for on a full disk is what frees it, such
/// as a stop.
Result<> Database::ensureOpen(Access access) {
    if (m_handle && (access == Access::Look || !m_onlyLooks)) {
        return {};
    }
    auto outcome = open(Access::Change);
    if (!outcome && outcome.error().sysErrno() == ENOSPC && access == Access::Look && open(Access::Look)) {
        return {};
    }
    if (!outcome && outcome.error().sysErrno() == ENOSPC && dropBallast(m_layout)) {
        return open(Access::Change);
    }
    return outcome;
}

/// A database that cannot be made ready is closed again, so that the next call tries from the beginning.
Result<> Database::open(Access access) {
    TRY(openFile(access));
    struct stat file {};
    if (::stat(m_layout.database().c_str(), &file) == 0 && file.st_size == 0) {
        // A row and its index entries are small, and each page that one touches is written to the log as a
        // whole and read again by the next command.
        TRY(execute("PRAGMA page_size=1024"));
    }
    auto ready = execute("PRAGMA journal_mode=WAL");
    if (ready) {
        ready = ensureSchema();
    }
    if (!ready) {
        close();
    }
    return ready;
}

/// Each version is made of the one before, all in one transaction. The version is looked at again under the
/// write lock, as two first commands may meet here. A newer one is refused: its rows could mean what this
/// program does not know.
Result<> Database::ensureSchema() {
    TRY_ASSIGN(std::int64_t version, pragma(*this, "PRAGMA user_version"));
    if (version == kLayoutVersion) {
        return {};
    }
    if (version > kLayoutVersion) {
        return Error(ErrorKind::Unsupported, "the database '" + m_layout.database() + "' has version " +
                                                 std::to_string(version) + ", this program knows up to " +
                                                 std::to_string(kLayoutVersion))
            .withHint("a newer Coracle wrote it; update this one or use another --root");
    }
    TRY(execute("BEGIN IMMEDIATE"));
    const auto build = [this, &version]() -> Result<> {
        TRY_ASSIGN(version, pragma(*this, "PRAGMA user_version"));  // another process may have been faster
        for (auto next = static_cast<std::size_t>(version); next < kSchemas.size(); ++next) {
            TRY(execute(kSchemas[next]));
        }
        return {};
    };
    if (auto built = build(); !built) {
        (void)execute("ROLLBACK");  // the first error counts
        return built;
    }
    return execute("COMMIT");
}

/// One transaction for all statements of `body`: they see one state. Others may write meanwhile
/// (write-ahead log). Pending rows are put in and taken back with the rest: a look changes nothing, and what
/// is pending when it ends stays cheap to remove.
Result<> Database::read(const std::function<Result<>()>& body) {
    const std::lock_guard guard(m_mutex);
    const bool pending = m_pending.any();
    TRY(ensureOpen(pending ? Access::Change : Access::Look));
    TRY(execute(pending ? "BEGIN IMMEDIATE" : "BEGIN"));
    if (pending) {
        (void)m_pending.insertInto(*this);
    }
    auto outcome = body();
    (void)execute("ROLLBACK");
    return outcome;
}

Result<> Database::readCommitted(const std::function<Result<>()>& body) {
    const std::lock_guard guard(m_mutex);
    TRY(ensureOpen(Access::Look));
    TRY(execute("BEGIN"));
    auto outcome = body();
    (void)execute("ROLLBACK");  // ends a transaction that changed nothing
    return outcome;
}

bool Database::hasLongLog() const {
    struct stat log {};
    return ::stat((m_layout.database() + "-wal").c_str(), &log) == 0 && log.st_size >= kLongLogBytes;
}

Result<> Database::writeLogBack() {
    {
        const std::lock_guard guard(m_mutex);
        if (!hasLongLog()) {
            return {};
        }
        TRY(ensureOpen(Access::Change));
        const int code = ::sqlite3_wal_checkpoint_v2(m_handle.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                                     nullptr, nullptr);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            return {};  // somebody uses it; the next one tries again
        }
        if (code != SQLITE_OK) {
            return failure(code, "write the log of the database back");
        }
    }
    // The beginning of a log is synced whatever is written, so let it be something that changes nothing, now.
    return write(Sync::Yes, "begin the log of the database", [this] {
        return execute(("PRAGMA user_version=" + std::to_string(kLayoutVersion)).c_str());
    });
}

Result<> Database::setSync(Sync sync) {
    if (m_sync != sync) {
        TRY(execute(sync == Sync::Yes ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
        m_sync = sync;
    }
    return {};
}

/// The store lock comes before the transaction: SQLite's own waiting cannot say who is waited for. Order
/// of locks: this one is the last (lock.h).
Result<> Database::write(Sync sync, const std::string& operation, const std::function<Result<>()>& body) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(const StoreLock lock, StoreLock::acquire(m_layout, LockKind::Database, "", operation));
    TRY(ensureOpen(Access::Change));
    TRY(setSync(sync));
    TRY(execute("BEGIN IMMEDIATE"));
    const auto pending = m_pending.insertInto(*this);
    auto outcome = body();
    if (outcome) {
        outcome = execute("COMMIT");
    }
    if (!outcome) {
        (void)execute("ROLLBACK");  // the first error counts
        return outcome;
    }
    return m_pending.forget(pending);
}

Result<> Database::rehearse(const std::string& operation, const std::function<Result<>()>& body) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(const StoreLock lock, StoreLock::acquire(m_layout, LockKind::Database, "", operation));
    TRY(ensureOpen(Access::Change));
    TRY(execute("BEGIN IMMEDIATE"));
    (void)m_pending.insertInto(*this);
    auto outcome = body();
    (void)execute("ROLLBACK");  // the outcome of the body counts
    return outcome;
}

/// Deleting needs room too: for the log. On a full disk the ballast goes, and with it comes the room for
/// the one thing that helps.
Result<> Database::erase(Sync sync, const std::string& operation, const std::function<Result<>()>& body) {
    auto outcome = write(sync, operation, body);
    if (!outcome && outcome.error().sysErrno() == ENOSPC && dropBallast(m_layout)) {
        outcome = write(sync, operation, body);
    }
    return outcome;
}

Result<Statement> Database::prepare(const char* sql) {
    if (const auto idle = m_idle.find(sql); idle != m_idle.end()) {
        sqlite3_stmt* const known = idle->second.release();
        m_idle.erase(idle);  // before the text of its key can go
        return Statement(*this, known);
    }
    sqlite3_stmt* statement = nullptr;
    const int code = ::sqlite3_prepare_v2(m_handle.get(), sql, -1, &statement, nullptr);
    if (code != SQLITE_OK) {
        return failure(code, "read");
    }
    return Statement(*this, statement);
}

Result<> Database::execute(const char* sql) {
    const int code = ::sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<>() : Result<>(failure(code, "use"));
}

std::int64_t toNanoseconds(std::chrono::system_clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

std::chrono::system_clock::time_point fromNanoseconds(std::int64_t nanoseconds) {
    return std::chrono::system_clock::time_point(
        std::chrono::duration_cast<std::chrono::system_clock::duration>(
            std::chrono::nanoseconds(nanoseconds)));
}

}  // namespace coracle::store
