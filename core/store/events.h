// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/event.h"
#include "rootless/sys/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace coracle::store {

class Layout;

/// The event file: one JSON object a line, `{"time":ns,"type":..,"action":..,"id":..,"attributes":{..}}`,
/// each appended by one write(2), so that lines of several processes never mix. Watch it with inotify.
class Events {
public:
    explicit Events(std::string path) : m_path(std::move(path)) {}

    /// Never fails the operation that it reports: an event that cannot be written is lost.
    void append(std::string_view type, std::string_view action, std::string_view id,
                const std::map<std::string, std::string>& attributes = {}) const;

    /// For inotify(7). The file may be missing until the first event, and is cut to nothing when it has
    /// grown.
    const std::string& path() const noexcept { return m_path; }

    /// Read one line. none: it is not an event (damaged, of a later version, or longer than 64 KiB).
    static std::optional<types::Event> parse(std::string_view line);

private:
    std::string m_path;
};

}  // namespace coracle::store
