// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <optional>
#include <vector>

namespace coracle::gui {

/// What the window knows of containers, images, volumes and this computer: whole snapshots, read again when
/// an event says that something changed. Pages show these and ask for a refresh; nothing else lists.
///
/// Events that come close together cause one read. While a read is under way, further wishes are remembered
/// as one more read, so a burst of a thousand events costs two lists.
class EngineState : public QObject {
    Q_OBJECT
public:
    template <typename T>
    struct Snapshot {
        std::vector<T> rows;
        bool loaded = false;         ///< an answer has come at least once
        std::optional<Error> error;  ///< of the last read; rows are the last good ones
        bool reading = false;
        bool again = false;
    };

    explicit EngineState(EngineService& service, QObject* parent = nullptr);

    /// Watch for events and read everything once.
    void start();

    const Snapshot<types::ContainerSummary>& containers() const { return m_containers; }
    const Snapshot<types::ImageSummary>& images() const { return m_images; }
    const Snapshot<types::VolumeSummary>& volumes() const { return m_volumes; }
    const std::optional<types::HostInfo>& host() const { return m_host; }
    /// Null when there is none with that full id.
    const types::ContainerSummary* container(const std::string& id) const;
    /// Events since the window was opened, oldest first, at most kMaxEvents.
    const std::deque<types::Event>& events() const { return m_events; }

    static constexpr std::size_t kMaxEvents = 500;

public slots:
    /// Ask again now. The answer comes as containersChanged(), also when it is an error.
    void refreshContainers();
    void refreshImages();
    void refreshVolumes();
    void refreshHost();
    /// Everything, as at the start.
    void refreshAll();

signals:
    /// A read has ended; look at `error` before the rows.
    void containersChanged();
    void imagesChanged();
    void volumesChanged();
    void hostChanged();
    /// Each event as it comes, before the lists were read again.
    void eventSeen(const coracle::types::Event& event);
    /// False: changes made elsewhere are not seen until it is true again.
    void watchingChanged(bool watching, const QString& reason);

private:
    template <typename T>
    void take(Snapshot<T>& snapshot, Result<std::vector<T>> result);
    void onEvent(const types::Event& event);
    void flushEvents();

    EngineService& m_service;
    Snapshot<types::ContainerSummary> m_containers;
    Snapshot<types::ImageSummary> m_images;
    Snapshot<types::VolumeSummary> m_volumes;
    std::optional<types::HostInfo> m_host;
    std::deque<types::Event> m_events;
    QTimer m_coalesce;
    bool m_containersDirty = false;
    bool m_imagesDirty = false;
    bool m_volumesDirty = false;
};

}  // namespace coracle::gui
