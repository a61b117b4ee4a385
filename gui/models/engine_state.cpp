// SPDX-License-Identifier: Apache-2.0
#include "gui/models/engine_state.h"

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kCoalesceMs = 20;
constexpr int kWatchAgainMs = 2000;

}  // namespace

EngineState::EngineState(EngineService& service, QObject* parent) : QObject(parent), m_service(service) {
    m_coalesce.setSingleShot(true);
    m_coalesce.setInterval(kCoalesceMs);
    connect(&m_coalesce, &QTimer::timeout, this, &EngineState::flushEvents);
    connect(&m_service, &EngineService::eventArrived, this, &EngineState::onEvent);
    connect(&m_service, &EngineService::watchingChanged, this, [this](bool watching, const QString& reason) {
        emit watchingChanged(watching, reason);
        if (!watching) {
            QTimer::singleShot(kWatchAgainMs, this, [this] {
                m_service.startWatching();
                refreshAll();
            });
        }
    });
}

void EngineState::start() {
    m_service.startWatching();
    refreshAll();
}

void EngineState::refreshAll() {
    refreshContainers();
    refreshImages();
    refreshVolumes();
    refreshHost();
}

const types::ContainerSummary* EngineState::container(const std::string& id) const {
    const auto found = std::find_if(m_containers.rows.begin(), m_containers.rows.end(),
                                    [&](const types::ContainerSummary& row) { return row.id == id; });
    return found == m_containers.rows.end() ? nullptr : &*found;
}

template <typename T>
void EngineState::take(Snapshot<T>& snapshot, Result<std::vector<T>> result) {
    snapshot.reading = false;
    snapshot.loaded = true;
    if (result) {
        snapshot.rows = *std::move(result);
        snapshot.error.reset();
    } else {
        snapshot.error = std::move(result).error();
    }
}

void EngineState::refreshContainers() {
    if (m_containers.reading) {
        m_containers.again = true;
        return;
    }
    m_containers.reading = true;
    m_service.listContainers(this, [this](Result<std::vector<types::ContainerSummary>> result) {
        take(m_containers, std::move(result));
        emit containersChanged();
        if (std::exchange(m_containers.again, false)) {
            refreshContainers();
        }
    });
}

void EngineState::refreshImages() {
    if (m_images.reading) {
        m_images.again = true;
        return;
    }
    m_images.reading = true;
    m_service.listImages(this, [this](Result<std::vector<types::ImageSummary>> result) {
        take(m_images, std::move(result));
        emit imagesChanged();
        if (std::exchange(m_images.again, false)) {
            refreshImages();
        }
    });
}

void EngineState::refreshVolumes() {
    if (m_volumes.reading) {
        m_volumes.again = true;
        return;
    }
    m_volumes.reading = true;
    m_service.listVolumes(this, [this](Result<std::vector<types::VolumeSummary>> result) {
        take(m_volumes, std::move(result));
        emit volumesChanged();
        if (std::exchange(m_volumes.again, false)) {
            refreshVolumes();
        }
    });
}

void EngineState::refreshHost() {
    m_service.hostInfo(this, [this](Result<types::HostInfo> result) {
        if (result) {
            m_host = *std::move(result);
            emit hostChanged();
        }
    });
}

void EngineState::onEvent(const types::Event& event) {
    m_events.push_back(event);
    if (m_events.size() > kMaxEvents) {
        m_events.pop_front();
    }
    // A container also changes what an image and a volume are used by.
    const bool container = event.type == "container";
    m_containersDirty = m_containersDirty || container;
    m_imagesDirty = m_imagesDirty || event.type == "image" ||
                    (container && (event.action == "create" || event.action == "destroy"));
    m_volumesDirty =
        m_volumesDirty || event.type == "volume" ||
        (container && (event.action == "create" || event.action == "destroy" || event.action == "update"));
    if (!m_coalesce.isActive()) {
        m_coalesce.start();
    }
    emit eventSeen(event);
}

void EngineState::flushEvents() {
    if (std::exchange(m_containersDirty, false)) {
        refreshContainers();
    }
    if (std::exchange(m_imagesDirty, false)) {
        refreshImages();
    }
    if (std::exchange(m_volumesDirty, false)) {
        refreshVolumes();
    }
}

}  // namespace coracle::gui
