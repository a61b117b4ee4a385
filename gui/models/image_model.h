// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace coracle::gui {

/// One row for each name of an image, and one for an image without a name.
struct ImageRow {
    QString key;        ///< reference, or the id of a dangling image: what the engine takes
    QString reference;  ///< empty: dangling
    types::ImageSummary image;
    int layers = -1;  ///< -1: not known yet

    bool inUse() const { return !image.usedBy.empty(); }
    /// The last name of an image that containers need.
    bool isLocked() const { return inUse() && image.references.size() <= 1; }
};

/// How many rows these images make, as `docker images` counts them.
int imageNames(const std::vector<types::ImageSummary>& images);

/// The containers that need it: "web, api".
QString imageUsers(const ImageRow& row);

/// Images as rows of names, kept in step with snapshots of the engine. Lives on the window's thread.
class ImageModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        IdColumn,
        SizeColumn,
        CreatedColumn,
        LayersColumn,
        UsedByColumn,
        ActionColumn,
        ColumnCount
    };
    enum Role { KeyRole = Qt::UserRole + 1, SortRole, InUseRole };

    using QAbstractTableModel::QAbstractTableModel;
    /// Take a whole snapshot; rows that stay keep their index, so that selection and scroll position do too.
    void setImages(const std::vector<types::ImageSummary>& images);
    /// Fill in what the list does not know; by image id.
    void setLayerCounts(const std::map<std::string, int>& byId);
    /// Rows that are about to be deleted are not shown; a snapshot without one ends that, so that a row which
    /// was deleted does not come back until the next list is there.
    void setHidden(const std::set<QString>& keys, bool hidden);
    /// Null when there is no such row; valid until the next snapshot.
    const ImageRow* row(int index) const;
    const std::vector<ImageRow>& rows() const { return m_rows; }
    /// Bytes of the largest image: what the full width of a size bar stands for.
    std::uint64_t largest() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();
    QString text(const ImageRow& row, int column) const;
    QVariant sortValue(const ImageRow& row, int column) const;

    std::vector<types::ImageSummary> m_images;
    std::map<std::string, int> m_layers;
    std::set<QString> m_hidden;
    std::vector<ImageRow> m_rows;
};

/// Which part of the images is shown.
enum class ImageFilter : std::uint8_t { All, InUse, Unused };

/// Filters by use and by words in name or id, and sorts by SortRole.
class ImageProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ImageProxy(QObject* parent = nullptr);
    void setFilter(ImageFilter filter);
    void setText(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ImageFilter m_filter = ImageFilter::All;
    QString m_text;
};

/// Bytes on disk by what they are for. Layers that several images use are counted once.
struct ImageUsage {
    std::uint64_t inUse = 0;   ///< own layers of images that containers use
    std::uint64_t shared = 0;  ///< layers of two or more images
    std::uint64_t unused = 0;
    std::uint64_t withoutSharing = 0;
    std::uint64_t total() const { return inUse + shared + unused; }
};

/// A layer as it lies on the disk, and whose it is.
struct StoredLayer {
    std::uint64_t bytes = 0;
    bool needed = false;              ///< by a container
    std::vector<std::string> images;  ///< ids, one for each time that it is in one
};

/// The layers of all images, each once. Two layers are the same when they and all below them are; the key
/// stands for all of them.
std::map<QByteArray, StoredLayer> storedLayers(const std::vector<types::ImageDetails>& images);

/// From the layer lists of all images.
ImageUsage measureUsage(const std::vector<types::ImageDetails>& images);

}  // namespace coracle::gui
