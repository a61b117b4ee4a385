// SPDX-License-Identifier: Apache-2.0
#include "core/store/lookup_cache.h"

#include "core/store/lock.h"
#include "core/store/pending_containers.h"
#include "core/store/removal_record.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <cstdint>
#include <ctime>

#include <sys/stat.h>

// The file: a line with the state, then "image NAME JSON" and "container ID NAME" lines. Names have no blanks
// or line ends, and JSON is written in one line.
namespace coracle::store {
namespace {

/// Far above the grain of any file system's clock that a home folder has.
constexpr std::int64_t kSettledNanoseconds = 250'000'000;
/// More images are not asked for by one name after the other while nothing changes.
constexpr std::size_t kMaxImages = 32;
constexpr std::size_t kMaxBytes = 4U << 20U;

std::int64_t nanoseconds(const timespec& time) {
    return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

struct FileState {
    std::string text = "-";
    std::int64_t changedAt = 0;
};
FileState stateOf(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return {};
    }
    return {std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) + ":" +
                std::to_string(status.st_size) + ":" + std::to_string(nanoseconds(status.st_mtim)),
            nanoseconds(status.st_mtim)};
}

/// Of the file and of its write-ahead log. A commit is a write to the log; moving it back, to both.
struct DatabaseState {
    std::string text;
    std::int64_t changedAt = 0;
};
DatabaseState stateOfDatabase(const Layout& layout) {
    const FileState file = stateOf(layout.database());
    const FileState log = stateOf(layout.database() + "-wal");
    return {file.text + " " + log.text, std::max(file.changedAt, log.changedAt)};
}

/// The lines that begin so, without it.
std::vector<std::string_view> linesOf(std::string_view text, std::string_view prefix) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (text.starts_with(prefix)) {
            lines.push_back(text.substr(prefix.size(), end - prefix.size()));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Whether the first line is this state.
bool isAbout(std::string_view text, std::string_view state) {
    return text.starts_with(state) && text.substr(state.size()).starts_with('\n');
}

/// Names of which a line can be made; all that the store has are such.
bool isWord(std::string_view name) {
    return !name.empty() && name.find_first_of(" \n") == std::string_view::npos;
}

}  // namespace

std::string LookupCache::settledState() const {
    timespec now{};
    (void)::clock_gettime(CLOCK_REALTIME, &now);
    const DatabaseState state = stateOfDatabase(m_layout);
    const bool settled = state.changedAt > 0 && nanoseconds(now) - state.changedAt > kSettledNanoseconds;
    return settled ? state.text : std::string();
}

/// All of the file when it is about the database as it is; null else.
std::shared_ptr<const std::string> LookupCache::read() const {
    const std::lock_guard guard(m_mutex);
    if (!m_last || !isAbout(*m_last, stateOfDatabase(m_layout).text)) {
        m_last.reset();
        auto text = sys::readFile(m_layout.lookupFile(), kMaxBytes);
        if (text && isAbout(*text, stateOfDatabase(m_layout).text)) {
            m_last = std::make_shared<const std::string>(*std::move(text));
        }
    }
    return m_last;
}

void LookupCache::keep(const std::string& state, const std::string& name, const ImageRecord& image,
                       const std::vector<KnownContainer>& containers) const {
    std::string text = state + "\n";
    if (state.empty() || !isWord(name) || stateOfDatabase(m_layout).text != state) {
        return;
    }
    text += "image " + name + " " + toJson(image) + "\n";
    if (const auto before = read()) {
        const auto images = linesOf(*before, "image ");
        for (const std::string_view line : images) {
            if (images.size() < kMaxImages && !line.starts_with(name + " ")) {
                text.append("image ").append(line).append("\n");
            }
        }
    }
    for (const KnownContainer& container : containers) {
        text += "container " + container.id + " " + container.name + "\n";
    }
    const auto lock = StoreLock::acquire(m_layout, LockKind::Database, "", "keep an answer");
    if (lock && text.size() <= kMaxBytes && sys::makeDirectories(m_layout.lookupDir())) {
        removeTemporaryFiles(m_layout.lookupDir());
        (void)sys::replaceFile(m_layout.lookupFile(), text, 0600, sys::Durability::Process);
        const std::lock_guard guard(m_mutex);
        m_last.reset();  // there is one answer more
    }
}

bool LookupCache::hasImage(const std::string& name) const {
    const auto text = isWord(name) ? read() : nullptr;
    return text && text->find("\nimage " + name + " ") != std::string::npos;
}

std::optional<ImageRecord> LookupCache::image(const std::string& name) const {
    const auto text = isWord(name) ? read() : nullptr;
    if (!text) {
        return std::nullopt;
    }
    const auto lines = linesOf(*text, "image " + name + " ");
    auto record =
        lines.empty() ? Result<ImageRecord>(Error(ErrorKind::NotFound, "")) : parseImageRecord(lines[0]);
    return record ? std::optional(*std::move(record)) : std::nullopt;
}

/// Of an image that has a row all layers have one.
bool LookupCache::isNew(const ContainerRecord& container) const {
    const auto text = container.chainId && isWord(container.name) ? read() : nullptr;
    if (!text) {
        return false;
    }
    const auto images = linesOf(*text, "image ");
    const bool hasLayer = std::any_of(images.begin(), images.end(), [&](std::string_view line) {
        return line.find("\"" + container.chainId->text() + "\"") != line.npos;
    });
    return hasLayer && text->find(" " + container.name + "\n") == std::string::npos &&
           text->find("\ncontainer " + container.id + " ") == std::string::npos;
}

bool LookupCache::hasNoRow(const std::string& containerId) const {
    const auto text = read();
    return text && text->find("\ncontainer " + containerId + " ") == std::string::npos;
}

}  // namespace coracle::store
