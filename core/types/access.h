// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coracle::types {

/// What can be done with a folder or file.
struct AccessRights {
    bool read = false;
    bool write = false;
    bool pass = false;  ///< enter a folder, execute a file
};

/// One folder or file on the way.
struct AccessStep {
    std::string path;    ///< on this computer
    std::string inside;  ///< where it is in the container
    bool folder = false;
    std::uint32_t uid = 0;  ///< of its owner, on this computer
    std::uint32_t gid = 0;
    std::uint32_t mode = 0;
    AccessRights rights;  ///< of the container's user
    /// It has an access control list, which is not looked at.
    bool hasAcl = false;
};

/// One thing that would help.
struct AccessFix {
    enum class Kind : std::uint8_t {
        Map,    ///< options of `run`: the container's user is the person
        Root,   ///< options of `run`: the program is root of the container
        Mode,   ///< command lines that change modes
        Owner,  ///< a sentence: somebody else has to allow it
    };
    Kind kind = Kind::Mode;
    std::string text;  ///< for a command line, ready to be copied; for Owner a sentence
    std::string note;  ///< what else comes of it; may be empty
    std::string path;  ///< for Owner: what is not the person's
};

/// The way of a container's user to a file of this computer.
struct AccessReport {
    std::string user;         ///< "user 999 of the container, who is user 100998 of this computer"
    std::string mountTarget;  ///< of the mount that the path is in
    std::string mountSource;
    bool readOnlyMount = false;
    std::vector<AccessStep> steps;
    /// Number of the step that cannot be passed, or of the last when it can be passed and not be read or
    /// written; -1: nothing blocks.
    int blocked = -1;
    std::string reason;            ///< a sentence
    std::vector<AccessFix> fixes;  ///< the best first
};

}  // namespace coracle::types
