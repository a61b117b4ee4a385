// SPDX-License-Identifier: Apache-2.0
// What is in volumes: archives, copies, and where single files are.
#include "core/store/context.h"
#include "core/store/file_copy.h"
#include "core/store/helper_protocol.h"
#include "core/store/helper_stream.h"
#include "core/store/protections.h"
#include "core/store/removal_record.h"
#include "core/store/removals.h"
#include "core/store/staging.h"
#include "core/store/trash.h"
#include "core/store/volumes.h"
#include "rootless/sys/file.h"

#include <charconv>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::store {
namespace {

/// The helper's lines of progress, in pieces of any size.
class ProgressLines {
public:
    explicit ProgressLines(const MovedBytes& moved) : m_moved(moved) {}

    Result<> take(std::string_view bytes) {
        for (const char letter : bytes) {
            if (letter != '\n') {
                m_line += letter;
                continue;
            }
            std::uint64_t number = 0;
            const auto parsed = std::from_chars(m_line.data(), m_line.data() + m_line.size(), number);
            if (m_moved && parsed.ec == std::errc()) {
                m_moved(number);
            }
            m_line.clear();
        }
        constexpr std::size_t kLongest = 32;
        return m_line.size() <= kLongest ? Result<>()
                                         : Error(ErrorKind::Corrupt, "the store's helper counts strangely");
    }

private:
    const MovedBytes& m_moved;
    std::string m_line;
};

/// A copy of the volume's files in `folder`, which is made. Modes and times of the folder itself are copied,
/// too.
Result<> copyInto(const StoreContext& context, const std::string& from, const std::string& folder,
                  const MovedBytes& moved, const std::stop_token& stop) {
    if (::mkdir(folder.c_str(), 0755) != 0 || ::chmod(folder.c_str(), 0755) != 0) {
        return Error::fromErrno("mkdir '" + folder + "'");
    }
    ProgressLines lines(moved);
    TRY(readFromHelper(
        context, {"copy", from, folder}, -1,
        [&](std::string_view bytes) -> Result<> { return lines.take(bytes); }, stop));
    return {};
}

/// An empty folder with the owner, mode and attributes of another.
Result<> makeFolderLike(const StoreContext& context, const std::string& original, const std::string& folder,
                        const std::stop_token& stop) {
    if (::mkdir(folder.c_str(), 0700) != 0) {
        return Error::fromErrno("mkdir '" + folder + "'");
    }
    TRY(runHelper(context, {"copy", "--folder-only", "yes", original, folder}, stop));
    return {};
}

/// As for layers: many files, one call.
Result<> syncContent(const std::string& path) {
    TRY_ASSIGN(const sys::UniqueFd folder, sys::openAt(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
    return ::syncfs(folder.get()) == 0 ? Result<>() : Result<>(Error::fromErrno("sync '" + path + "'"));
}

Result<> makeStage(const std::string& path) {
    return ::mkdir(path.c_str(), 0700) == 0 ? Result<>() : Result<>(Error::fromErrno("mkdir '" + path + "'"));
}

}  // namespace

Result<> exchangeFolders(const std::string& one, const std::string& other) {
    return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0
               ? Result<>()
               : Result<>(Error::fromErrno("exchange '" + one + "' with '" + other + "'"));
}

Result<> Volumes::exportTo(const VolumeRecord& volume, int outputFd, const MovedBytes& moved,
                           const std::stop_token& stop) const {
    std::uint64_t bytes = 0;
    TRY_ASSIGN(
        const std::string line,
        readFromHelper(
            m_context, {"flatten", "--compression", "none", "--keep-holes", "yes", volume.dataPath}, -1,
            [&](std::string_view piece) -> Result<> {
                TRY(sys::writeAll(outputFd, piece));
                bytes += piece.size();
                if (moved) {
                    moved(bytes);
                }
                return {};
            },
            stop));
    TRY(parsePackedTree(line));
    return {};
}

/// The words but the program's own name, which whoever starts it knows.
Result<FileCopyEnd> Volumes::placeOf(const VolumeRecord& volume, const std::string& path) const {
    TRY_ASSIGN(const auto words, helperWords(m_context));
    FileCopyEnd place;
    place.path = path;
    place.below.assign(words.begin() + 1, words.end());
    place.below.insert(place.below.end(), {"--below", volume.dataPath});
    return place;
}

/// What is there is copied first, so that all of it can be given up, and counts as moved, too. The old folder
/// goes with the stage, into the trash.
Result<> Volumes::importFrom(const VolumeRecord& volume, int inputFd, const MovedBytes& moved,
                             const std::stop_token& stop) const {
    TRY_ASSIGN(const StagingEntry stage, StagingEntry::create(m_context.layout, "import a volume"));
    TRY(makeStage(stage.path()));
    const std::string data = stage.path() + "/data";
    std::uint64_t copied = 0;
    const MovedBytes copying = [&](std::uint64_t bytes) {
        copied = bytes;
        if (moved) {
            moved(bytes);
        }
    };
    const MovedBytes reading = [&](std::uint64_t bytes) {
        if (moved) {
            moved(copied + bytes);
        }
    };
    TRY(copyInto(m_context, volume.dataPath, data, copying, stop));
    TRY_ASSIGN(const std::string line, writeToHelper(m_context, {"fill", data}, inputFd, reading, stop));
    TRY(parseReceivedTree(line));
    TRY(syncContent(stage.path()));
    const std::string place = m_context.layout.volume(volume.name);
    const auto exchange = [&]() -> Result<> {
        TRY_ASSIGN(const auto there, find(volume.name));
        if (!there) {
            return Error(ErrorKind::NotFound, "volume '" + volume.name + "' was removed meanwhile");
        }
        // The folders around the data, which are the user's: one of another owner cannot be moved.
        return exchangeFolders(stage.path(), place);
    };
    TRY(exchange());
    return {};
}

/// Two steps, so that a kill at any point leaves the files in the volume or in removed/: the empty folder is
/// put where the files will be kept, in the transaction that notes it, and then the two change places.
Result<> Volumes::empty(const VolumeRecord& volume, const RemovalOrder& order,
                        const std::stop_token& stop) const {
    TRY_ASSIGN(const StagingEntry stage, StagingEntry::create(m_context.layout, "empty a volume"));
    TRY(makeStage(stage.path()));
    TRY(makeFolderLike(m_context, volume.dataPath, stage.path() + "/data", stop));
    TRY(syncContent(stage.path()));
    const std::string place = m_context.layout.volume(volume.name);
    const auto requireSame = [&]() -> Result<> {
        TRY_ASSIGN(const auto now, readVolume(m_context, volume.name));
        if (!now) {
            return Error(ErrorKind::NotFound, "no volume '" + volume.name + "'");
        }
        if (now->usedBy != volume.usedBy) {
            return Error(ErrorKind::Conflict, "volume '" + volume.name + "' got another container meanwhile")
                .withHint("try again");
        }
        return requireUnprotected(m_context.database, RemovedKind::Volume, volume.name, volume.name);
    };
    if (order.fate != Fate::Kept) {
        return m_context.database.write(Database::Sync::No, "empty a volume", [&]() -> Result<> {
            TRY(requireSame());
            return exchangeFolders(stage.path(), place);
        });
    }
    RemovalRecord removal;
    removal.batch = order.batch;
    removal.kind = RemovedKind::Volume;
    removal.name = removal.objectId = volume.name;
    removal.record = toJsonOfContent(volume);
    std::string kept;
    const auto note = [&]() -> Result<> {
        TRY(requireSame());
        TRY_ASSIGN(removal.id, noteRemoval(m_context.database, removal, {}, {}));
        kept = Removals::keptVolume(m_context.layout, removal.id);
        TRY(sys::renamePath(stage.path(), kept));
        return sys::syncDirectory(m_context.layout.removedDir());
    };
    TRY(m_context.database.write(Database::Sync::Yes, "empty a volume", note));
    auto done = m_context.database.write(Database::Sync::No, "empty a volume", [&]() -> Result<> {
        TRY(requireSame());
        return exchangeFolders(kept, place);
    });
    if (!done) {
        (void)Removals(m_context).purge({removal.id});  // of an empty folder
        return done;
    }
    TRY(sys::syncDirectory(m_context.layout.volumesDir()));
    return sys::syncDirectory(m_context.layout.removedDir());
}

Result<VolumeRecord> Volumes::clone(const VolumeRecord& source, const std::string& name,
                                    const MovedBytes& moved, const std::stop_token& stop) const {
    if (!isVolumeName(name)) {
        return Error(ErrorKind::InvalidArgument, "'" + name + "' is not a volume name")
            .withHint("use letters, digits, '_', '.' and '-', beginning with a letter or digit");
    }
    TRY_ASSIGN(const auto taken, find(name));
    if (taken) {
        return Error(ErrorKind::AlreadyExists, "volume '" + name + "' exists");
    }
    TRY_ASSIGN(const StagingEntry stage, StagingEntry::create(m_context.layout, "clone a volume"));
    TRY(makeStage(stage.path()));
    TRY(copyInto(m_context, source.dataPath, stage.path() + "/data", moved, stop));
    TRY(syncContent(stage.path()));
    const std::string place = m_context.layout.volume(name);
    const auto insert = [&]() -> Result<> {
        VolumeRecord record;
        record.name = name;
        record.createdAt = std::chrono::system_clock::now();
        record.labels = source.labels;
        TRY(insertVolume(m_context, record));
        TRY_ASSIGN(const bool moved_, Removals::settlePlace(m_context, RemovedKind::Volume, name));
        (void)moved_;
        if (::renameat2(AT_FDCWD, stage.path().c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) != 0) {
            return errno == EEXIST
                       ? Error(ErrorKind::AlreadyExists, "volume '" + name + "' has data without a record")
                             .withHint("'coracle volume create " + name + "' takes it over")
                       : Error::fromErrno("make volume '" + name + "'");
        }
        return {};
    };
    TRY(m_context.database.write(Database::Sync::Yes, "clone a volume", insert));
    return load(name);
}

}  // namespace coracle::store
