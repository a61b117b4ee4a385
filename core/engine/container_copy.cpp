// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_files.h"
#include "core/engine/local_archives.h"
#include "core/store/file_copy.h"

#include <memory>
#include <utility>

namespace coracle::engine {
namespace {

/// The files of each container that takes part, once.
using OpenContainers = std::vector<std::shared_ptr<ContainerFiles>>;  // shared with nobody else

struct End {
    store::FileCopyEnd end;
    std::string id;    ///< of the container; empty: this computer
    std::string name;  ///< as typed
};

Result<End> findEnd(EngineContext& context, const types::CopyPlace& place, OpenContainers& open) {
    End end;
    end.end.path = place.path;
    end.end.streamFd = place.fd;
    if (place.container.empty()) {
        return end;
    }
    TRY_ASSIGN(const KnownContainer known, loadContainer(context, place.container));
    end.id = known.record.id;
    end.name = known.record.name;
    for (const auto& files : open) {
        if (files->id() == end.id) {
            end.end.processFd = files->processFd();
            return end;
        }
    }
    TRY_ASSIGN(auto files, ContainerFiles::open(context, known));
    end.end.processFd = files->processFd();
    open.push_back(std::move(files));
    return end;
}

std::string describe(const types::CopyPlace& place) {
    if (place.path.empty()) {
        return "an archive";
    }
    return "'" + (place.container.empty() ? "" : place.container + ":") + place.path + "'";
}

}  // namespace

Result<types::CopyReport> LocalArchives::copy(const types::CopyPlace& from, const types::CopyPlace& to,
                                              const types::CopyOptions& options,
                                              const std::function<void(std::uint64_t)>& moved,
                                              std::stop_token stop) {
    OpenContainers open;
    TRY_ASSIGN(const End source, findEnd(m_context, from, open));
    TRY_ASSIGN(const End target, findEnd(m_context, to, open));
    auto copied = store::copyFiles({source.end, target.end, options, moved}, stop);
    if (!copied) {
        return std::move(copied).error().context("copy " + describe(from) + " to " + describe(to));
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    if (!source.id.empty()) {
        store->events().append("container", "archive-path", source.id, {{"name", source.name}});
    }
    if (!target.id.empty()) {
        store->events().append("container", "extract-to-dir", target.id, {{"name", target.name}});
    }
    return copied;
}

}  // namespace coracle::engine
