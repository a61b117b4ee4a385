// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/upkeep.h"
#include "gui/theme/palette.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace coracle::gui {

/// Something that takes room on the disk.
struct DiskPiece {
    enum class Kind : std::uint8_t { Image, SharedLayers, Volume, Container, Trash, Other };
    Kind kind = Kind::Other;
    QString name;  ///< as the person sees it
    QString id;    ///< of a container or an image; empty for sums
    std::uint64_t bytes = 0;
    bool unused = false;  ///< a clean-up would take it
};

/// What a store takes, as pieces that add up to its bytes: an image counts with what it alone has, and what
/// several share, with the archives, is one piece. The largest first; what takes nothing is left out. Pure.
std::vector<DiskPiece> diskPieces(const types::DiskUsage& usage);

/// The colour of a piece in the map and the list.
Token tokenOf(const DiskPiece& piece);
QString kindText(DiskPiece::Kind kind);

/// The pieces as rows: name, kind, size. The map and the list show the same ones.
class DiskModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : std::uint8_t { Name, Kind, Size, ColumnCount };
    enum Role : std::uint16_t { BytesRole = Qt::UserRole + 1 };
    using QAbstractTableModel::QAbstractTableModel;

    void setPieces(std::vector<DiskPiece> pieces);
    const std::vector<DiskPiece>& pieces() const { return m_pieces; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<DiskPiece> m_pieces;
};

}  // namespace coracle::gui
