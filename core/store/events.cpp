// SPDX-License-Identifier: Apache-2.0
#include "core/store/events.h"

#include "core/store/database.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <chrono>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::store {
namespace {

/// A line of ours is far shorter; what is longer is not read.
constexpr std::size_t kMaxLineBytes = 64U << 10U;
/// The file lies on a tmpfs; readers that see it shrink start again at its beginning.
constexpr off_t kMaxFileBytes = 1 << 20;

}  // namespace

void Events::append(std::string_view type, std::string_view action, std::string_view id,
                    const std::map<std::string, std::string>& attributes) const {
    const nlohmann::json object = {{"time", toNanoseconds(std::chrono::system_clock::now())},
                                   {"type", type},
                                   {"action", action},
                                   {"id", id},
                                   {"attributes", attributes}};
    const auto fd = sys::openAt(AT_FDCWD, m_path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0600);
    if (!fd) {
        return;
    }
    struct stat status {};
    if (::fstat(fd->get(), &status) == 0 && status.st_size > kMaxFileBytes) {
        (void)!::ftruncate(fd->get(), 0);  // events are news, not a record
    }
    const std::string line = json::toText(object) + "\n";
    (void)!::write(fd->get(), line.data(), line.size());  // one write(2); an event that is lost is only lost
}

/// none for a line that is no event: several programs and versions write into the file.
std::optional<types::Event> Events::parse(std::string_view line) {
    const auto object = json::parse(line, kMaxLineBytes);
    if (!object || !object->is_object()) {
        return std::nullopt;
    }
    const auto time = json::loadInteger(*object, "time");
    const auto type = json::loadString(*object, "type");
    const auto action = json::loadString(*object, "action");
    const auto id = json::loadString(*object, "id");
    const auto attributes = json::findStringMap(*object, "attributes");
    if (!time || !type || !action || !id || !attributes) {
        return std::nullopt;
    }
    return types::Event{fromNanoseconds(*time), *type, *action, *id, *attributes};
}

}  // namespace coracle::store
