// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/pull_reporter.h"
#include "core/registry/pull_target.h"
#include "core/registry/registry_client.h"

#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace coracle::registry {

/// A layer that the target lacks and where its content goes; the sink was begun and is the target's to
/// commit.
struct LayerFetch {
    LayerRequest request;
    std::unique_ptr<LayerSink> sink;
};

/// Fills layers on several threads. The first error stops the others and is the one that is reported.
class LayerFetcher {
public:
    LayerFetcher(RegistryClient& client, const image::Reference& reference, PullTarget& target,
                 PullReporter& reporter)
        : m_client(client), m_reference(reference), m_target(target), m_reporter(reporter) {}

    /// Blocks until all threads have ended. Errors: of the layer that failed first; Cancelled.
    Result<> run(std::vector<LayerFetch>& fetches, unsigned threads, const std::stop_token& stop);

private:
    Result<> fill(LayerFetch& fetch, const std::stop_token& stop);
    Result<> download(LayerFetch& fetch, const std::stop_token& stop);
    void fail(Error error, std::stop_source& all);

    RegistryClient& m_client;
    const image::Reference& m_reference;
    PullTarget& m_target;
    PullReporter& m_reporter;
    std::mutex m_mutex;
    std::optional<Error> m_firstError;
};

}  // namespace coracle::registry
