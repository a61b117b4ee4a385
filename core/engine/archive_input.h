// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/types/archive.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <memory>
#include <stop_token>
#include <string>

namespace coracle::engine {

/// Open a file that a person named, which may be a pipe: whoever writes it is waited for, until the caller is
/// asked to stop. Errors: by errno, Cancelled.
Result<sys::UniqueFd> openArchiveFile(const std::string& path, const std::stop_token& stop);

/// Where an archive comes from: a file, a descriptor of the caller's, or an http(s) address, which is
/// downloaded by a thread of its own into a pipe. Used by one thread.
class ArchiveInput {
public:
    /// Errors: NotFound, PermissionDenied of a file; InvalidArgument for an address that is none. An address
    /// is not asked yet, so what its server says comes with finish(). Unavailable: this program asks nobody.
    static Result<ArchiveInput> open(const EngineContext& context, const types::InputPlace& place,
                                     const std::stop_token& stop);

    ArchiveInput(ArchiveInput&&) noexcept;
    ArchiveInput& operator=(ArchiveInput&&) noexcept;
    ~ArchiveInput();  ///< ends a download

    /// To read from, valid as long as this object.
    int fd() const noexcept;

    /// To be called when all was read, before anything is made of it: a broken download looks like the end of
    /// the archive. Ends the download. Errors: what went wrong with it, Cancelled.
    Result<> finish();
    /// Instead of finish() when reading failed: the failure of the download, if that was the cause, or
    /// `error`.
    Error causeOf(Error error);

private:
    class Download;
    ArchiveInput();
    int m_given = -1;
    sys::UniqueFd m_file;
    std::unique_ptr<Download> m_download;
};

}  // namespace coracle::engine
