// SPDX-License-Identifier: Apache-2.0
#include "gui/models/layer_model.h"

#include "gui/format.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// More layers than any image has; a lying registry cannot make the table huge.
constexpr std::size_t kMaxLayers = 1024;
constexpr int kShownDigits = 12;

QString sentText(const LayerModel::Layer& layer) {
    switch (layer.state) {
    case types::LayerState::Done:
        return LayerModel::tr("Sent");
    case types::LayerState::AlreadyPresent:
        //: a layer that the registry took from another repository of its own
        return layer.from.isEmpty() ? LayerModel::tr("Already there")
                                    : LayerModel::tr("From %1").arg(layer.from);
    case types::LayerState::Waiting:
        return LayerModel::tr("Waiting");
    case types::LayerState::Failed:
        return LayerModel::tr("Failed");
    default:
        return amountText(layer.done, layer.total);
    }
}

types::LayerState stateOf(types::PushState state) {
    switch (state) {
    case types::PushState::Preparing:
        return types::LayerState::Waiting;
    case types::PushState::Pushing:
        return types::LayerState::Downloading;
    case types::PushState::Pushed:
        return types::LayerState::Done;
    case types::PushState::AlreadyThere:
    case types::PushState::Mounted:
        return types::LayerState::AlreadyPresent;
    case types::PushState::Failed:
        break;
    }
    return types::LayerState::Failed;
}

QString stateText(const LayerModel::Layer& layer) {
    switch (layer.state) {
    case types::LayerState::Waiting:
        return LayerModel::tr("Waiting");
    case types::LayerState::Downloading:
        return amountText(layer.done, layer.total);
    case types::LayerState::Verifying:
        return LayerModel::tr("Checking");
    case types::LayerState::Extracting:
        return LayerModel::tr("Unpacking");
    case types::LayerState::Done:
        return LayerModel::tr("Verified");
    case types::LayerState::AlreadyPresent:
        return LayerModel::tr("Already here");
    case types::LayerState::Failed:
        break;
    }
    return LayerModel::tr("Failed");
}

bool isFetched(types::LayerState state) {
    return state == types::LayerState::Verifying || state == types::LayerState::Extracting ||
           state == types::LayerState::Done;
}

int percentOf(const LayerModel::Layer& layer) {
    if (layer.state == types::LayerState::Done || layer.state == types::LayerState::AlreadyPresent) {
        return 100;
    }
    if (layer.total == 0 || layer.state == types::LayerState::Waiting) {
        return 0;
    }
    return static_cast<int>(std::min(layer.done, layer.total) * 100 / layer.total);
}

}  // namespace

QString amountText(std::uint64_t done, std::uint64_t total) {
    const auto whole = format::bytes(total);
    const auto part = format::bytes(std::min(done, total));
    const auto unit = whole.section(QLatin1Char(' '), -1);
    const bool sameUnit = part.endsWith(QLatin1Char(' ') + unit);
    //: %1 of a size %2: "64 of 118 MB", "800 kB of 2 MB"
    return LayerModel::tr("%1 of %2").arg(sameUnit ? part.section(QLatin1Char(' '), 0, 0) : part, whole);
}

void LayerModel::copyFrom(const LayerModel& other) {
    beginResetModel();
    m_layers = other.m_layers;
    endResetModel();
}

void LayerModel::clear() {
    beginResetModel();
    m_layers.clear();
    endResetModel();
}

void LayerModel::grow(std::size_t count) {
    count = std::min(count, kMaxLayers);
    if (count > m_layers.size()) {
        beginInsertRows({}, static_cast<int>(m_layers.size()), static_cast<int>(count) - 1);
        m_layers.resize(count);
        endInsertRows();
    }
}

LayerModel::Layer* LayerModel::layerAt(std::uint32_t index) {
    if (index >= kMaxLayers) {
        return nullptr;
    }
    grow(std::size_t{index} + 1);
    return &m_layers[index];
}

void LayerModel::changed(std::uint32_t number) {
    const int row = static_cast<int>(number);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void LayerModel::take(const types::PullEvent& event) {
    if (event.kind == types::PullEvent::Kind::Resolved) {
        grow(event.layerCount);
        return;
    }
    Layer* layer = event.kind == types::PullEvent::Kind::Layer ? layerAt(event.layerIndex) : nullptr;
    if (layer != nullptr) {
        layer->digest = QString::fromStdString(event.layerDigest);
        layer->state = event.state;
        layer->done = event.doneBytes;
        layer->total = std::max(event.totalBytes, event.doneBytes);
        changed(event.layerIndex);
    }
}

void LayerModel::take(const types::PushEvent& event) {
    if (event.kind == types::PushEvent::Kind::Resolved) {
        grow(event.layerCount);
        return;
    }
    Layer* layer = event.kind == types::PushEvent::Kind::Layer ? layerAt(event.layerIndex) : nullptr;
    if (layer != nullptr) {
        layer->digest = QString::fromStdString(event.layerDigest);
        layer->state = stateOf(event.state);
        layer->done = event.doneBytes;
        layer->total = std::max(event.totalBytes, event.doneBytes);
        layer->from =
            event.state == types::PushState::Mounted ? QString::fromStdString(event.text) : QString();
        changed(event.layerIndex);
    }
}

LayerModel::Totals LayerModel::totals() const {
    Totals sums;
    sums.known = !m_layers.empty();
    for (const auto& layer : m_layers) {
        if (layer.state == types::LayerState::AlreadyPresent) {
            sums.present += layer.total;
            continue;
        }
        sums.known = sums.known && layer.total > 0;
        sums.toFetch += layer.total;
        sums.fetched += isFetched(layer.state) ? layer.total : std::min(layer.done, layer.total);
    }
    return sums;
}

int LayerModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_layers.size());
}

int LayerModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const Layer& layer = m_layers[static_cast<std::size_t>(index.row())];
    if (role == StateRole) {
        return static_cast<int>(layer.state);
    }
    if (role == SentRole) {
        return m_direction == Direction::Out;
    }
    if (role == PercentRole) {
        return percentOf(layer);
    }
    if (role == Qt::ToolTipRole && index.column() == LayerColumn) {
        return layer.digest;
    }
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (index.column()) {
    case LayerColumn:
        return layer.digest.section(QLatin1Char(':'), -1).left(kShownDigits);
    case SizeColumn:
        return layer.total == 0 ? QString() : format::bytes(layer.total);
    case ProgressColumn:
        return role == Qt::AccessibleTextRole
                   ? QVariant(format::percent(percentOf(layer), format::Digits::Whole))
                   : QVariant();
    default:
        return m_direction == Direction::Out ? sentText(layer) : stateText(layer);
    }
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[] = {tr("Layer"), tr("Size"), tr("Progress"), tr("State")};
    return heads[section];
}

}  // namespace coracle::gui
