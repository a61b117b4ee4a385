// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

namespace coracle::engine {

/// A file that appears when it is complete: written under another name beside it, synced and renamed. A name
/// that is no plain file (a pipe, /dev/null) and a descriptor are written as they are. The destructor removes
/// what was not committed.
class OutputFile {
public:
    static Result<OutputFile> open(const types::OutputPlace& place);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();

    int fd() const noexcept { return m_owned ? m_owned.get() : m_fd; }
    Result<> commit();

private:
    OutputFile() = default;
    sys::UniqueFd m_owned;
    int m_fd = -1;
    std::string m_path;
    std::string m_partial;  ///< empty: nothing to rename
};

/// Where the files of an archive go, each once: a tar, or a folder.
class ArchiveOutput {
public:
    /// Writes exactly the size that was announced to a descriptor.
    using Write = std::function<Result<>(int fd)>;

    virtual ~ArchiveOutput() = default;
    /// A file that is there already under this name is success and is not written again.
    Result<> add(const std::string& name, std::uint64_t size, const Write& write);
    Result<> add(const std::string& name, std::string_view content);
    /// The end: what was written appears, whole.
    virtual Result<> commit() = 0;

private:
    virtual Result<> put(const std::string& name, std::uint64_t size, const Write& write) = 0;
    std::set<std::string> m_names;
};

/// Errors: AlreadyExists for a folder that is not empty; by errno.
Result<std::unique_ptr<ArchiveOutput>> makeArchiveOutput(types::ArchiveFormat format,
                                                         const types::OutputPlace& place);

}  // namespace coracle::engine
