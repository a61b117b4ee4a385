// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_view.h"
#include "gui/models/path_tree_model.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace coracle::gui {

/// The layers of an image with what they come to; made by a worker, never changed.
struct ImageContent {
    std::vector<types::LayerFiles> layers;
    types::ImageView view;
};
using ImageContentPtr = std::shared_ptr<const ImageContent>;  // with the worker that made it

/// How one image differs from another.
struct ImageComparison {
    ImageContentPtr from;
    ImageContentPtr to;
    std::vector<types::ImageDifference> differences;
};
using ImageComparisonPtr = std::shared_ptr<const ImageComparison>;  // as above

/// Which kinds of changes are looked at.
struct ShownKinds {
    bool added = true;
    bool modified = true;
    bool removed = true;
};

/// The paths that a layer adds, changes and takes away, with what a later one does to them. Whole folders
/// that only say again what was there are left out. words: part of the path; empty: all. Pure.
std::vector<PathEntry> layerEntries(const ImageContent& content, std::size_t layer, const ShownKinds& kinds,
                                    const QString& words);
/// What a container of the layers up to this one sees; those of the layer itself have their marks.
std::vector<PathEntry> entriesSoFar(const ImageContent& content, std::size_t layer, const QString& words);
/// What differs.
std::vector<PathEntry> comparedEntries(const ImageComparison& comparison, const ShownKinds& kinds,
                                       const QString& words);

/// "RUN npm ci" for what builders write: "RUN /bin/sh -c npm ci # buildkit", "/bin/sh -c npm ci",
/// "|1 A=b /bin/sh -c npm ci", "/bin/sh -c #(nop)  CMD ["sh"]".
QString stepWords(const std::string& createdBy);

/// The steps of an image that made a layer, from the base upward.
class LayerStepModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NumberColumn, StepColumn, FilesColumn, SizeColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setContent(ImageContentPtr content);
    const types::LayerView& layer(int row) const { return m_content->view.layers[std::size_t(row)]; }
    /// Size of a layer as a part of the largest one.
    double share(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ImageContentPtr m_content;
};

/// What an image carries and nobody sees, the largest first.
class WasteModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { PathColumn, SizeColumn, WhereColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setContent(ImageContentPtr content);
    /// The layer that a row's bytes are in.
    std::size_t layer(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ImageContentPtr m_content;
};

}  // namespace coracle::gui
