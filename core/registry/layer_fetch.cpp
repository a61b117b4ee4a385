// SPDX-License-Identifier: Apache-2.0
#include "core/registry/layer_fetch.h"

#include "rootless/sys/thread.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <set>
#include <thread>

namespace coracle::registry {

using types::LayerState;

/// The error before the stop: threads that end because of the stop report Cancelled, which must not be
/// first.
void LayerFetcher::fail(Error error, std::stop_source& all) {
    const std::lock_guard lock(m_mutex);
    if (!m_firstError) {
        m_firstError = std::move(error);
    }
    all.request_stop();
}

/// The bytes go to the sink as they come, which unpacks on the way (pull_target.h): nothing waits for the
/// whole blob, and a slow disk slows the connection down instead of filling memory.
Result<> LayerFetcher::download(LayerFetch& fetch, const std::stop_token& stop) {
    const LayerRequest& layer = fetch.request;
    std::uint64_t doneBytes = 0;
    m_reporter.layer(layer.index, LayerState::Downloading, 0);
    const auto receive = [&](std::string_view bytes) -> Result<> {
        TRY(fetch.sink->write(bytes));
        doneBytes += bytes.size();
        m_reporter.layer(layer.index, LayerState::Downloading, doneBytes);
        return {};
    };
    TRY(m_client.fetchBlob(m_reference, layer.blob, receive, stop));
    m_reporter.layer(layer.index, LayerState::Extracting, doneBytes);
    return fetch.sink->finish(stop);
}

Result<> LayerFetcher::fill(LayerFetch& fetch, const std::stop_token& stop) {
    const LayerRequest& layer = fetch.request;
    Result<> done;
    if (m_target.hasBlob(layer.blob.digest)) {
        m_reporter.layer(layer.index, LayerState::Extracting, layer.blob.size);
        done = fetch.sink->fillFromBlob(stop);
        if (!done && done.error().kind() == ErrorKind::NotFound) {
            done = download(fetch, stop);  // a pull that was given up has taken it along
        }
    } else {
        done = download(fetch, stop);
    }
    if (!done) {
        // A layer that was stopped with the others did not fail.
        if (done.error().kind() != ErrorKind::Cancelled && !stop.stop_requested()) {
            m_reporter.layer(layer.index, LayerState::Failed, 0);
        }
        return std::move(done).error().context("layer " + std::to_string(layer.index + 1));
    }
    m_reporter.layer(layer.index, LayerState::Done, layer.blob.size);
    return {};
}

/// The calling thread works too, so one layer needs no thread at all. `next` hands out positions; a thread
/// that takes one beyond the end is done. The workers are joined at the end of their block, and only then
/// are m_firstError and the sinks looked at again.
Result<> LayerFetcher::run(std::vector<LayerFetch>& fetches, unsigned threads, const std::stop_token& stop) {
    std::vector<LayerFetch*> order;
    std::vector<LayerFetch*> repeated;
    std::set<image::Digest> digests;
    for (LayerFetch& fetch : fetches) {
        const bool first = digests.insert(fetch.request.blob.digest).second;
        (first ? order : repeated).push_back(&fetch);
    }
    std::stable_sort(order.begin(), order.end(), [](const LayerFetch* a, const LayerFetch* b) {
        return a->request.blob.size > b->request.blob.size;
    });

    std::stop_source all;
    const std::stop_callback<std::function<void()>> forward(stop, [&all] { (void)all.request_stop(); });
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t at = next++; at < order.size() && !all.stop_requested(); at = next++) {
            if (auto done = fill(*order[at], all.get_token()); !done) {
                fail(std::move(done).error(), all);
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t count = std::min<std::size_t>(threads, order.size());
        for (std::size_t i = 1; i < count; ++i) {
            if (auto worker = sys::tryStartThread(work)) {
                workers.push_back(*std::move(worker));
            }
        }
        work();
    }
    // The same blob once more under another chain id: its first layer has brought it.
    for (LayerFetch* fetch : repeated) {
        if (all.stop_requested()) {
            break;
        }
        m_reporter.layer(fetch->request.index, LayerState::Extracting, fetch->request.blob.size);
        if (auto done = fetch->sink->fillFromBlob(all.get_token()); !done) {
            fail(std::move(done).error().context("layer " + std::to_string(fetch->request.index + 1)), all);
            break;
        }
        m_reporter.layer(fetch->request.index, LayerState::Done, fetch->request.blob.size);
    }
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    return m_firstError ? Result<>(*m_firstError) : Result<>();
}

}  // namespace coracle::registry
