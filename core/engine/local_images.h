// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/image/reference.h"
#include "core/types/login_place.h"
#include "core/types/run_spec.h"

namespace coracle::engine {

/// Images of this computer and the way they come in. Thread-safe: holds nothing but a reference.
class LocalImages final : public Images {
public:
    explicit LocalImages(EngineContext& context) : m_context(context) {}

    Result<std::string> pull(const std::string& reference, const PullOptions& options,
                             const types::PullProgress& progress, std::stop_token stop) override;
    Result<std::vector<types::ImageSummary>> list() override;
    Result<types::ImageDetails> inspect(const std::string& reference) override;
    Result<bool> exists(const std::string& reference) override;
    Result<> tag(const std::string& source, const std::string& target) override;
    Result<> untag(const std::string& reference, const std::vector<std::string>& names) override;
    Result<std::string> manifest(const std::string& reference, std::stop_token stop) override;
    Result<RemovedImage> remove(const std::string& reference, const RemoveImageOptions& options) override;
    Result<> login(const std::string& registry, const Credentials& credentials,
                   std::stop_token stop) override;
    Result<> loginAndKeep(const std::string& registry, const Credentials& credentials, types::KeepLogin keep,
                          const std::stop_token& stop);
    Result<> logout(const std::string& registry) override;

    /// The image that a container is to be made from, pulled as the spec's policy says.
    /// Errors: NotFound, and those of pull().
    Result<store::ImageRecord> ensure(const types::RunSpec& spec, const types::PullProgress& progress,
                                      std::stop_token stop);

    /// By name, id or prefix. Errors: NotFound.
    Result<store::ImageRecord> load(const std::string& nameOrId);
    /// By name, id or a unique prefix of one; none: not on this computer.
    Result<std::optional<store::ImageRecord>> find(
        const std::string& nameOrId, store::Images::Relations relations = store::Images::Relations::Read);

private:
    Result<std::vector<std::string>> keysOf(const std::string& nameOrId) const;
    /// A name without a registry means Docker Hub; what was loaded here under such a name may be
    /// "localhost/NAME", which the hint then says.
    Error withNamesake(Error error, const std::string& name);
    Error noImage(const std::string& name);

    EngineContext& m_context;
};

}  // namespace coracle::engine
