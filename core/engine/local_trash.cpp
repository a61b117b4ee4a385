// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_trash.h"

#include "core/engine/local_volume_contents.h"
#include "core/engine/store_settings.h"
#include "rootless/sys/lock.h"

#include <algorithm>

#include <sys/statvfs.h>

namespace coracle::engine {
namespace {

using store::RemovalRecord;
using store::RemovedKind;

types::ObjectKind kindOf(RemovedKind kind) {
    switch (kind) {
    case RemovedKind::Container:
        return types::ObjectKind::Container;
    case RemovedKind::Image:
        return types::ObjectKind::Image;
    case RemovedKind::ImageName:
        return types::ObjectKind::ImageName;
    case RemovedKind::Volume:
        break;
    }
    return types::ObjectKind::Volume;
}

std::string familiar(const std::string& name) {
    const auto reference = image::Reference::parse(name);
    return reference ? reference->familiarText() : name;
}

bool isImage(RemovedKind kind) {
    return kind == RemovedKind::Image || kind == RemovedKind::ImageName;
}

/// Whether a person means it by `text`: a name, an id, the beginning of one, or a number of `trash ls`.
bool isMeant(const RemovalRecord& record, const std::string& text) {
    const std::string name = isImage(record.kind) ? familiar(record.name) : record.name;
    const std::size_t colon = record.objectId.find(':');
    const std::string id = colon == std::string::npos ? record.objectId : record.objectId.substr(colon + 1);
    const bool isPrefix = text.size() >= 4 && record.kind != RemovedKind::Volume && id.starts_with(text);
    return text == name || text == id || text == record.objectId || isPrefix ||
           text == std::to_string(record.id) || (isImage(record.kind) && familiar(text) == name);
}

/// Records are newest first, and so is the outcome: what was removed later may need to be there before.
Result<std::vector<RemovalRecord>> choose(const std::vector<RemovalRecord>& records,
                                          const types::UndoOptions& options) {
    const std::vector<std::string>& objects = options.objects;
    std::vector<RemovalRecord> chosen;
    if (records.empty()) {
        return Error(ErrorKind::NotFound, "there is nothing in the trash")
            .withHint("what was removed is kept for some days, unless the disk is nearly full");
    }
    if (objects.empty()) {
        const std::string& batch = options.batch.empty() ? records.front().batch : options.batch;
        std::copy_if(records.begin(), records.end(), std::back_inserter(chosen),
                     [&](const auto& record) { return record.batch == batch; });
        if (chosen.empty()) {
            return Error(ErrorKind::NotFound, "what was removed is not in the trash any more")
                .withHint("it was brought back or deleted for good meanwhile");
        }
        return chosen;
    }
    for (const std::string& object : objects) {
        const auto found = std::find_if(records.begin(), records.end(),
                                        [&](const auto& record) { return isMeant(record, object); });
        if (found == records.end()) {
            return Error(ErrorKind::NotFound, "there is no '" + object + "' in the trash")
                .withHint("'coracle trash ls' lists what is there");
        }
        const auto other = std::find_if(found + 1, records.end(), [&](const auto& record) {
            return isMeant(record, object) && kindOf(record.kind) != kindOf(found->kind);
        });
        if (other != records.end()) {
            return Error(ErrorKind::InvalidArgument, "'" + object + "' is a " + toText(kindOf(found->kind)) +
                                                         " and a " + toText(kindOf(other->kind)) +
                                                         " in the trash")
                .withHint("give the number that 'coracle trash ls' shows");
        }
        const bool twice = std::any_of(chosen.begin(), chosen.end(),
                                       [&](const auto& record) { return record.id == found->id; });
        if (!twice) {
            chosen.push_back(*found);
        }
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto& left, const auto& right) { return left.id > right.id; });
    return chosen;
}

/// What a person can do about a name that is taken.
std::string hintFor(const RemovalRecord& record, const Error& error) {
    if (error.kind() != ErrorKind::AlreadyExists) {
        return error.hint();
    }
    const std::string number = std::to_string(record.id);
    std::string hint = "bring it back under another name: coracle undo --name NEW " + number;
    if (record.kind == RemovedKind::Container) {
        hint += ", or give the other one another name first: coracle rename " + record.name + " OTHER";
    } else if (record.contentOnly) {
        hint += ", or empty the volume first and undo " + number;
    }
    return hint;
}

/// How much the trash may hold: a part of the file system, and never more than is free.
Result<std::uint64_t> allowedBytes(const std::string& root, const types::StoreSettings& settings) {
    constexpr std::uint64_t kHundred = 100;
    struct statvfs disk {};
    if (::statvfs(root.c_str(), &disk) != 0) {
        return Error::fromErrno("look at the free space of '" + root + "'");
    }
    const std::uint64_t all = std::uint64_t{disk.f_blocks} * disk.f_frsize;
    return std::min(all / kHundred * static_cast<std::uint64_t>(settings.trashPercent),
                    std::uint64_t{disk.f_bavail} * disk.f_frsize);
}

/// From the oldest on, until the rest is young and small enough. `records` are newest first.
std::vector<std::int64_t> expired(const std::vector<RemovalRecord>& records,
                                  const types::StoreSettings& settings, std::uint64_t allowed) {
    std::uint64_t kept = 0;
    const auto oldest = std::chrono::system_clock::now() - std::chrono::hours(24) * settings.trashDays;
    for (std::size_t i = 0; i < records.size(); ++i) {
        kept += records[i].freedBytes;
        if (kept > allowed || records[i].removedAt < oldest) {
            std::vector<std::int64_t> ids;
            for (; i < records.size(); ++i) {
                ids.push_back(records[i].id);
            }
            return ids;
        }
    }
    return {};
}

}  // namespace

types::Removal describe(const RemovalRecord& record) {
    types::Removal removal;
    removal.number = record.id;
    removal.batch = record.batch;
    removal.kind = kindOf(record.kind);
    removal.contentOnly = record.contentOnly;
    removal.name = isImage(record.kind) ? familiar(record.name) : record.name;
    removal.id = record.objectId;
    removal.removedAt = record.removedAt;
    removal.bytes = record.freedBytes;
    return removal;
}

Result<std::vector<types::Removal>> LocalTrash::list(std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->removals().measure(std::move(stop)));
    TRY_ASSIGN(const auto records, store->removals().list());
    std::vector<types::Removal> removals;
    removals.reserve(records.size());
    std::transform(records.begin(), records.end(), std::back_inserter(removals), describe);
    return removals;
}

/// The event says what happened in docker's words, so that whoever watches shows it again.
Result<types::Restored> LocalTrash::restore(const store::Store& store, const RemovalRecord& record,
                                            const std::string& newName) {
    std::string key = newName;
    if (isImage(record.kind) && !newName.empty()) {
        TRY_ASSIGN(const auto reference, image::Reference::parse(newName));
        key = reference.text();
    }
    std::vector<sys::FileLock> locks;
    if (record.contentOnly && newName.empty()) {
        TRY_ASSIGN(const auto volume, store.volumes().find(record.objectId));
        if (volume) {
            TRY_ASSIGN(locks, lockUsersOf(m_context, *volume, "undo"));
        }
    }
    TRY_ASSIGN(const auto done, store.removals().restore(record.id, key));
    types::Restored restored;
    restored.removal = describe(done.removal);
    restored.name = isImage(record.kind) && !done.name.empty() ? familiar(done.name) : done.name;
    std::transform(done.names.begin(), done.names.end(), std::back_inserter(restored.names), familiar);
    std::transform(done.takenNames.begin(), done.takenNames.end(), std::back_inserter(restored.takenNames),
                   familiar);
    const bool image = isImage(record.kind);
    const char* type = image ? "image" : record.kind == RemovedKind::Volume ? "volume" : "container";
    const std::string id = record.kind == RemovedKind::Volume ? restored.name : record.objectId;
    store.events().append(type, image ? "tag" : "create", id,
                          {{"name", restored.name}, {"restored", "true"}});
    return restored;
}

Result<std::vector<types::Restored>> LocalTrash::undo(const types::UndoOptions& options) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto records, store->removals().list());
    TRY_ASSIGN(const auto chosen, choose(records, options));
    if (!options.name.empty() && chosen.size() != 1) {
        return Error(ErrorKind::InvalidArgument, "the last command removed " + std::to_string(chosen.size()) +
                                                     " things: only one of them can get the name '" +
                                                     options.name + "'")
            .withHint("say which: coracle undo --name " + options.name + " NAME");
    }
    std::vector<types::Restored> outcome;
    for (const RemovalRecord& record : chosen) {
        auto restored = restore(*store, record, options.name);
        if (!restored) {
            types::Restored failed;
            failed.removal = describe(record);
            failed.error = restored.error().message();
            failed.hint = hintFor(record, restored.error());
            restored = std::move(failed);
        }
        outcome.push_back(*std::move(restored));
    }
    return outcome;
}

Result<types::EmptiedTrash> LocalTrash::empty(const std::vector<std::int64_t>& numbers,
                                              std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->removals().measure(stop));
    TRY_ASSIGN(const auto records, store->removals().list());
    types::EmptiedTrash emptied;
    std::vector<std::int64_t> ids;
    for (const RemovalRecord& record : records) {
        if (numbers.empty() || std::find(numbers.begin(), numbers.end(), record.id) != numbers.end()) {
            emptied.removals.push_back(describe(record));
            ids.push_back(record.id);
        }
    }
    TRY_ASSIGN(const auto freed, store->removals().purge(ids));
    emptied.bytes = freed.bytes;
    TRY(store->trash().purge(std::move(stop)));
    return emptied;
}

/// Two at once would measure the same trees.
Result<> LocalTrash::tidy(std::stop_token stop) {
    TRY_ASSIGN(const auto lock,
               sys::FileLock::tryAcquire(m_context.tidyLock(), sys::LockMode::Exclusive, "tidy the trash"));
    if (!lock) {
        return {};
    }
    TRY_ASSIGN(const types::StoreSettings settings, loadStoreSettings());
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->removals().sweep());
    TRY(store->removals().measure(stop));
    TRY_ASSIGN(const auto records, store->removals().list());
    TRY_ASSIGN(const std::uint64_t allowed, allowedBytes(m_context.places().root, settings));
    const auto old = expired(records, settings, allowed);
    if (!old.empty()) {
        TRY(store->removals().purge(old));
    }
    return store->trash().purge(std::move(stop));
}

/// A container's name wins, as `inspect` has it.
Result<types::ObjectKind> LocalTrash::setProtected(const std::string& nameOrId, bool isProtected) {
    TRY_ASSIGN(const auto* store, m_context.store());
    const auto set = [&](RemovedKind kind, const std::string& id) -> Result<types::ObjectKind> {
        TRY(isProtected ? store->protections().protect(kind, id) : store->protections().unprotect(kind, id));
        return kindOf(kind);
    };
    TRY_ASSIGN(const auto container, store->containers().find(nameOrId));
    if (container) {
        if (container->removeWhenStopped && isProtected) {
            return Error(ErrorKind::Conflict,
                         "container '" + container->name + "' is removed at its end: it cannot be protected")
                .withHint("make it without --rm");
        }
        return set(RemovedKind::Container, container->id);
    }
    TRY_ASSIGN(const auto volume, store->volumes().find(nameOrId));
    if (volume) {
        return set(RemovedKind::Volume, volume->name);
    }
    const auto image = m_images.find(nameOrId);
    if (image && *image) {
        return set(RemovedKind::Image, (*image)->id.text());
    }
    return Error(ErrorKind::NotFound, "no container, volume or image '" + nameOrId + "'");
}

}  // namespace coracle::engine
