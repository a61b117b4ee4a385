// SPDX-License-Identifier: Apache-2.0
#include "gui/models/image_model.h"

#include "gui/dialogs/run_basics.h"
#include "gui/format.h"
#include "gui/models/layer_model.h"

#include <QCryptographicHash>
#include <QLocale>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kShownDigits = 12;

QString shortId(const std::string& id) {
    return QString::fromStdString(id).section(QLatin1Char(':'), -1).left(kShownDigits);
}

QStringList names(const std::vector<std::string>& words) {
    QStringList out;
    for (const auto& word : words) {
        out.append(QString::fromStdString(word));
    }
    return out;
}

}  // namespace

int imageNames(const std::vector<types::ImageSummary>& images) {
    std::size_t rows = 0;
    for (const auto& image : images) {
        rows += std::max<std::size_t>(1, image.references.size());
    }
    return static_cast<int>(rows);
}

QString imageUsers(const ImageRow& row) {
    return names(row.image.usedBy).join(QStringLiteral(", "));
}

void ImageModel::setImages(const std::vector<types::ImageSummary>& images) {
    m_images = images;
    std::set<QString> present;
    for (const auto& image : m_images) {
        present.insert(QString::fromStdString(image.id));
        for (const auto& name : image.references) {
            present.insert(QString::fromStdString(name));
        }
    }
    std::erase_if(m_hidden, [&](const QString& key) { return present.count(key) == 0; });
    rebuild();
}

void ImageModel::setLayerCounts(const std::map<std::string, int>& byId) {
    m_layers = byId;
    rebuild();
}

void ImageModel::setHidden(const std::set<QString>& keys, bool hidden) {
    for (const QString& key : keys) {
        hidden ? (void)m_hidden.insert(key) : (void)m_hidden.erase(key);
    }
    rebuild();
}

void ImageModel::rebuild() {
    std::vector<ImageRow> wanted;
    for (const auto& image : m_images) {
        const auto count = m_layers.find(image.id);
        const int layers = count == m_layers.end() ? -1 : count->second;
        auto keys = names(image.references);
        if (keys.isEmpty()) {
            keys.append(QString::fromStdString(image.id));
        }
        for (const auto& key : keys) {
            if (m_hidden.count(key) == 0) {
                wanted.push_back({key, image.references.empty() ? QString() : key, image, layers});
            }
        }
    }
    const auto has = [](const std::vector<ImageRow>& rows, const QString& key) {
        return std::any_of(rows.begin(), rows.end(), [&](const ImageRow& row) { return row.key == key; });
    };
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        if (!has(wanted, m_rows[static_cast<std::size_t>(i)].key)) {
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
    }
    for (auto& row : wanted) {
        const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                     [&](const ImageRow& present) { return present.key == row.key; });
        if (at == m_rows.end()) {
            const int end = static_cast<int>(m_rows.size());
            beginInsertRows({}, end, end);
            m_rows.push_back(std::move(row));
            endInsertRows();
        } else {
            const int place = static_cast<int>(at - m_rows.begin());
            *at = std::move(row);
            emit dataChanged(index(place, 0), index(place, ColumnCount - 1));
        }
    }
}

const ImageRow* ImageModel::row(int index) const {
    return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

std::uint64_t ImageModel::largest() const {
    std::uint64_t most = 0;
    for (const auto& row : m_rows) {
        most = std::max(most, row.image.sizeBytes);
    }
    return most;
}

int ImageModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImageModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ImageModel::text(const ImageRow& row, int column) const {
    switch (column) {
    case NameColumn:
        return row.reference.isEmpty() ? tr("no name") : familiarImageName(row.reference);
    case IdColumn:
        return shortId(row.image.id);
    case SizeColumn:
        return format::bytes(row.image.sizeBytes);
    case CreatedColumn:
        return format::since(row.image.createdAt);
    case LayersColumn:
        return row.layers < 0 ? QString() : QLocale().toString(row.layers);
    case UsedByColumn:
        return row.inUse() ? imageUsers(row) : tr("unused");
    default:
        return {};
    }
}

QVariant ImageModel::sortValue(const ImageRow& row, int column) const {
    switch (column) {
    case SizeColumn:
        return QVariant::fromValue(static_cast<qulonglong>(row.image.sizeBytes));
    case CreatedColumn:
        // Newest first reads as largest first.
        return QVariant::fromValue(static_cast<qlonglong>(row.image.createdAt.time_since_epoch().count()));
    case LayersColumn:
        return row.layers;
    default:
        return text(row, column);
    }
}

QVariant ImageModel::data(const QModelIndex& index, int role) const {
    const ImageRow* one = row(index.row());
    if (!index.isValid() || one == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*one, index.column());
    case Qt::ToolTipRole:
        if (index.column() == NameColumn) {
            return one->reference.isEmpty() ? QString::fromStdString(one->image.id) : one->reference;
        }
        if (index.column() == IdColumn) {
            return QString::fromStdString(one->image.id);
        }
        if (index.column() == CreatedColumn) {
            return format::exact(one->image.createdAt);
        }
        if (index.column() == SizeColumn) {
            return tr("%1 of its own, %2 shared with other images")
                .arg(format::bytes(one->image.sizeBytes -
                                   std::min(one->image.sharedBytes, one->image.sizeBytes)),
                     format::bytes(one->image.sharedBytes));
        }
        return {};
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == LayersColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case KeyRole:
        return one->key;
    case SortRole:
        return sortValue(*one, index.column());
    case InUseRole:
        return one->inUse();
    default:
        return {};
    }
}

QVariant ImageModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == LayersColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[] = {tr("Image"),  tr("Id"),      tr("Size"), tr("Created"),
                             tr("Layers"), tr("Used by"), {}};
    return heads[section];
}

ImageProxy::ImageProxy(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(ImageModel::SortRole);
    setSortLocaleAware(true);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void ImageProxy::setFilter(ImageFilter filter) {
    m_filter = filter;
    invalidateRowsFilter();
}

void ImageProxy::setText(const QString& text) {
    m_text = text.trimmed();
    invalidateRowsFilter();
}

bool ImageProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const auto name = sourceModel()->index(row, ImageModel::NameColumn, parent);
    const bool inUse = name.data(ImageModel::InUseRole).toBool();
    if ((m_filter == ImageFilter::InUse && !inUse) || (m_filter == ImageFilter::Unused && inUse)) {
        return false;
    }
    if (m_text.isEmpty()) {
        return true;
    }
    const auto contains = [&](int column, int role) {
        return sourceModel()
            ->index(row, column, parent)
            .data(role)
            .toString()
            .contains(m_text, Qt::CaseInsensitive);
    };
    return contains(ImageModel::NameColumn, ImageModel::KeyRole) ||
           contains(ImageModel::IdColumn, Qt::ToolTipRole) ||
           (inUse && contains(ImageModel::UsedByColumn, Qt::DisplayRole));
}

std::map<QByteArray, StoredLayer> storedLayers(const std::vector<types::ImageDetails>& images) {
    std::map<QByteArray, StoredLayer> layers;
    for (const auto& image : images) {
        QByteArray chain;
        for (const auto& layer : image.layers) {
            chain = QCryptographicHash::hash(chain + QByteArray::fromStdString(layer.diffId),
                                             QCryptographicHash::Sha256);
            StoredLayer& stored = layers[chain];
            stored.bytes = layer.unpackedBytes;
            stored.needed = stored.needed || !image.summary.usedBy.empty();
            stored.images.push_back(image.summary.id);
        }
    }
    return layers;
}

ImageUsage measureUsage(const std::vector<types::ImageDetails>& images) {
    ImageUsage usage;
    for (const auto& [chain, layer] : storedLayers(images)) {
        usage.withoutSharing += layer.bytes * layer.images.size();
        if (layer.images.size() > 1) {
            usage.shared += layer.bytes;
        } else if (layer.needed) {
            usage.inUse += layer.bytes;
        } else {
            usage.unused += layer.bytes;
        }
    }
    return usage;
}

}  // namespace coracle::gui
