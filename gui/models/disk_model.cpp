// SPDX-License-Identifier: Apache-2.0
#include "gui/models/disk_model.h"

#include "gui/format.h"
#include "gui/theme/theme.h"

#include <QColor>

#include <algorithm>
#include <numeric>
#include <utility>

namespace coracle::gui {

QString kindText(DiskPiece::Kind kind) {
    switch (kind) {
    case DiskPiece::Kind::Image:
        return DiskModel::tr("image");
    case DiskPiece::Kind::SharedLayers:
        //: layers that several images have, and the archives of all
        return DiskModel::tr("images");
    case DiskPiece::Kind::Volume:
        return DiskModel::tr("volume");
    case DiskPiece::Kind::Container:
        return DiskModel::tr("container");
    case DiskPiece::Kind::Trash:
        return DiskModel::tr("trash");
    case DiskPiece::Kind::Other:
        break;
    }
    return DiskModel::tr("records");
}

Token tokenOf(const DiskPiece& piece) {
    if (piece.unused) {
        return Token::Warn;
    }
    switch (piece.kind) {
    case DiskPiece::Kind::Image:
    case DiskPiece::Kind::SharedLayers:
        return Token::Accent;
    case DiskPiece::Kind::Volume:
        return Token::Info;
    case DiskPiece::Kind::Container:
        return Token::Violet;
    case DiskPiece::Kind::Trash:
        return Token::Err;
    case DiskPiece::Kind::Other:
        break;
    }
    return Token::Idle;
}

std::vector<DiskPiece> diskPieces(const types::DiskUsage& usage) {
    std::vector<DiskPiece> pieces;
    std::uint64_t own = 0;
    for (const types::ImageSummary& image : usage.imageList) {
        const QString id = QString::fromStdString(image.id);
        const QString name = image.references.empty() ? format::shortId(image.id)
                                                      : format::shortReference(image.references.front());
        const std::uint64_t bytes = image.sizeBytes - std::min(image.sizeBytes, image.sharedBytes);
        own += bytes;
        pieces.push_back({DiskPiece::Kind::Image, name, id, bytes, image.usedBy.empty()});
    }
    // Sizes of files are not what the disk gives for them, so the own parts may come to more than the sum.
    pieces.push_back({DiskPiece::Kind::SharedLayers,
                      DiskModel::tr("shared layers and archives"),
                      {},
                      usage.images.bytes - std::min(usage.images.bytes, own),
                      false});
    for (const auto& [container, bytes] : usage.containerList) {
        const bool ended = container.status == types::ContainerStatus::Exited ||
                           container.status == types::ContainerStatus::Created;
        pieces.push_back({DiskPiece::Kind::Container, format::text(container.name),
                          QString::fromStdString(container.id), bytes, ended});
    }
    for (const types::VolumeSummary& volume : usage.volumeList) {
        const QString name = format::text(volume.name);
        pieces.push_back(
            {DiskPiece::Kind::Volume, name, name, volume.sizeBytes.value_or(0), volume.usedBy.empty()});
    }
    pieces.push_back({DiskPiece::Kind::Trash, DiskModel::tr("trash"), {}, usage.trash.bytes, false});
    pieces.push_back({DiskPiece::Kind::Other, DiskModel::tr("records"), {}, usage.other.bytes, false});
    std::erase_if(pieces, [](const DiskPiece& piece) { return piece.bytes == 0; });
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const DiskPiece& one, const DiskPiece& other) { return one.bytes > other.bytes; });
    return pieces;
}

void DiskModel::setPieces(std::vector<DiskPiece> pieces) {
    beginResetModel();
    m_pieces = std::move(pieces);
    endResetModel();
}

int DiskModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_pieces.size());
}

int DiskModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DiskModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const DiskPiece& piece = m_pieces[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case Name:
            return piece.name;
        case Kind:
            return piece.unused ? tr("%1, unused").arg(kindText(piece.kind)) : kindText(piece.kind);
        default:
            return format::bytes(piece.bytes);
        }
    }
    if (role == BytesRole) {
        return QVariant::fromValue<qulonglong>(piece.bytes);
    }
    if (role == Qt::TextAlignmentRole && index.column() == Size) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return piece.name;
    }
    return {};
}

QVariant DiskModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && section == Size) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Kind:
        return tr("Kind");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

}  // namespace coracle::gui
