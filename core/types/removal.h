// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Things that are removed, can be brought back, and can be kept from being removed.
namespace coracle::types {

enum class ObjectKind : std::uint8_t {
    Container,
    Image,
    ImageName,  ///< one of several names of an image that is still there
    Volume,
};

/// "container", "image", "name", "volume".
constexpr const char* toText(ObjectKind kind) {
    switch (kind) {
    case ObjectKind::Container:
        return "container";
    case ObjectKind::Image:
        return "image";
    case ObjectKind::ImageName:
        return "name";
    case ObjectKind::Volume:
        break;
    }
    return "volume";
}

/// What `rm`, `rmi`, `volume rm` or a prune removed and the trash keeps.
struct Removal {
    std::int64_t number = 0;  ///< the last removal has the highest
    std::string batch;        ///< the same for all that one command removed
    ObjectKind kind = ObjectKind::Container;
    bool contentOnly = false;  ///< what was in a volume that was emptied and stayed
    std::string name;          ///< as people write it; may be empty for an image
    std::string id;            ///< of a volume its name
    std::chrono::system_clock::time_point removedAt;
    /// What is freed when this one and all older ones go, beyond what those free: the sum over all is what
    /// emptying the trash frees.
    std::uint64_t bytes = 0;
};

/// What is to be brought back.
struct UndoOptions {
    /// Names, ids or beginnings of ids; the last removal of each. Empty: all of `batch`.
    std::vector<std::string> objects;
    std::string batch;  ///< as Removal::batch; empty: that of the last command that removed anything
    /// The name that it gets; for one object only. Empty: its own.
    std::string name;
};

/// One thing that was brought back, or was not.
struct Restored {
    Removal removal;
    std::string name;                     ///< it has now; may be empty for an image
    std::vector<std::string> names;       ///< of an image: all that it got back
    std::vector<std::string> takenNames;  ///< of an image: those that another one has now
    std::string error;                    ///< why it is still in the trash; empty: it is back
    std::string hint;                     ///< what to do about it
};

/// What was deleted for good.
struct EmptiedTrash {
    std::vector<Removal> removals;
    std::uint64_t bytes = 0;
};

}  // namespace coracle::types
