// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>
#include <string_view>
#include <utility>

#include <sys/types.h>

namespace coracle::sys {

/// replaceFile() with Durability::Process in two steps: what takes time is done first, and publish() makes
/// the file visible at a moment of the caller's choice. One that is not published goes with the object.
class StagedFile {
public:
    /// Write the content beside `path`. Errors: as replaceAtomically().
    static Result<StagedFile> write(const std::string& path, std::string_view data, mode_t mode);
    StagedFile(StagedFile&& other) noexcept
        : m_directory(std::move(other.m_directory))
        , m_temporary(std::exchange(other.m_temporary, {}))
        , m_name(std::move(other.m_name)) {}
    StagedFile& operator=(StagedFile&&) = delete;
    ~StagedFile();
    /// Let it take its place. Once. Errors: by errno.
    Result<> publish();

private:
    StagedFile(UniqueFd directory, std::string temporary, std::string name)
        : m_directory(std::move(directory)), m_temporary(std::move(temporary)), m_name(std::move(name)) {}
    UniqueFd m_directory;
    std::string m_temporary;  ///< empty: it has its place
    std::string m_name;
};

}  // namespace coracle::sys
