// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/progress.h"
#include "core/types/push.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace coracle::gui {

/// The layers of an image that is being pulled or pushed, from the base upward. What a push does is told in
/// the same states, with words of its own.
class LayerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { LayerColumn, SizeColumn, ProgressColumn, StateColumn, ColumnCount };
    enum class Direction : std::uint8_t { In, Out };
    enum Role { StateRole = Qt::UserRole + 1, PercentRole, SentRole };

    struct Layer {
        QString digest;
        types::LayerState state = types::LayerState::Waiting;
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        QString from;  ///< the repository that a registry took it from; else empty
    };

    /// Sums over all layers, in compressed bytes.
    struct Totals {
        std::uint64_t fetched = 0;
        std::uint64_t toFetch = 0;
        std::uint64_t present = 0;  ///< were here, or there, before
        bool known = false;         ///< every layer has told its size
        int percent() const {
            return toFetch == 0 ? (known ? 100 : 0) : static_cast<int>(fetched * 100 / toFetch);
        }
    };

    explicit LayerModel(QObject* parent = nullptr) : LayerModel(Direction::In, parent) {}
    explicit LayerModel(Direction direction, QObject* parent = nullptr)
        : QAbstractTableModel(parent), m_direction(direction) {}
    /// Back to no layer, for another pull.
    void clear();
    /// The layers of another one, as they are now.
    void copyFrom(const LayerModel& other);
    /// Bring one event of the engine in; layers appear as they are named.
    void take(const types::PullEvent& event);
    void take(const types::PushEvent& event);
    const std::vector<Layer>& layers() const { return m_layers; }
    /// Sums of now; cheap enough for each event.
    Totals totals() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void grow(std::size_t count);
    Layer* layerAt(std::uint32_t index);
    void changed(std::uint32_t index);

    Direction m_direction;
    std::vector<Layer> m_layers;
};

/// "64 of 118 MB", in decimal units; both in the unit of the larger.
QString amountText(std::uint64_t done, std::uint64_t total);

}  // namespace coracle::gui
