// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/registry/registry_session.h"
#include "core/registry/upload_source.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::registry {

struct UploadLimits {
    std::uint64_t wholeBytes = 4U << 20U;   ///< up to here a blob goes in one request after the first
    std::uint64_t pieceBytes = 32U << 20U;  ///< how much at once, when all at once did not work
};

/// One blob on its way into a repository of a registry. Theory of operation:
///  1. POST begins an upload, and may name another repository that has the blob: then nothing is sent.
///  2. A small blob follows in the PUT that ends the upload. A larger one goes as one PATCH, which every
///     registry takes, and an empty PUT ends it.
///  3. After a break the registry is asked what it has (GET), and the rest follows in pieces; so it does when
///     a proxy says that the whole is too much (413). Some registries forget an upload that broke; it begins
///     anew then. Attempts that bring the registry further are worth any number of others, the rest is
///     counted.
///  4. The answer to the PUT has to name our digest.
/// Source: OCI distribution-spec 1.1, "Pushing blobs".
class BlobUpload {
public:
    /// fd: borrowed, of a file that holds the blob. sent: how many bytes the registry has been sent, also
    /// fewer than before. The arguments have to outlive the upload.
    BlobUpload(RegistrySession& session, const std::string& repository, const image::Descriptor& blob, int fd,
               const std::function<void(std::uint64_t)>& sent, const UploadLimits& limits);

    /// Upload the blob unless one of the repositories `from` of the same registry gives it; that one's name
    /// then. Blocks. Errors: Unauthenticated, PermissionDenied, Unavailable; Corrupt when either side has the
    /// wrong bytes; Cancelled.
    Result<std::optional<std::string>> run(const std::vector<std::string>& from, const std::stop_token& stop);

private:
    /// What one answer means for the upload.
    enum class Step : std::uint8_t { Complete, GoOn };

    Ask ask(HttpMethod method) const;
    Result<std::optional<std::string>> mount(const std::vector<std::string>& from,
                                             const std::stop_token& stop);
    /// Whether `from` gave the blob. An empty one gives nothing.
    Result<bool> begin(const std::string& from, const std::stop_token& stop);
    Result<Step> send(const std::stop_token& stop);
    Result<Step> accept(const HttpOutcome& outcome, bool last, std::uint64_t end,
                        const std::stop_token& stop);
    Result<Step> recover(const HttpOutcome& outcome, const std::string& body, bool last,
                         const std::stop_token& stop);
    Result<Step> afterBreak(const HttpOutcome& outcome, const Error& error, bool last,
                            const std::stop_token& stop);
    Result<Step> beginAnew(const HttpOutcome& outcome, const Error& error, const std::stop_token& stop);
    Result<> countAttempt(const HttpOutcome& outcome, const Error& error, const std::stop_token& stop);
    Result<> takeProgress(const HttpResponse& response, std::uint64_t atMost);
    Result<> checkOwnBytes() const;
    bool isThere(const std::stop_token& stop);

    RegistrySession& m_session;
    const std::string& m_repository;
    const image::Descriptor& m_blob;
    const int m_fd;
    const std::function<void(std::uint64_t)>& m_sent;
    const UploadLimits& m_limits;
    const std::string m_scope;
    const std::string m_subject;

    std::optional<Url> m_place;  ///< none: no upload is under way
    std::uint64_t m_offset = 0;  ///< that the registry has
    std::uint64_t m_best = 0;    ///< the most it ever had
    std::uint64_t m_piece = 0;   ///< 0: all at once
    bool m_resumed = false;
    int m_attempt = 0;  ///< in a row without progress
};

}  // namespace coracle::registry
