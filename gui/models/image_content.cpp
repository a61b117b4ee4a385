// SPDX-License-Identifier: Apache-2.0
#include "gui/models/image_content.h"

#include "gui/format.h"

#include <algorithm>
#include <map>

namespace coracle::gui {
namespace {

using types::ImageFile;
using types::ImageFileKind;

constexpr std::size_t kMostWaste = 200;

bool matches(std::string_view path, const QString& words) {
    return words.isEmpty() ||
           QString::fromUtf8(path.data(), qsizetype(path.size())).contains(words, Qt::CaseInsensitive);
}

/// Of the later layers that take this one's bytes out of sight, by path.
std::map<std::string_view, QString> fatesOf(const ImageContent& content, std::size_t layer) {
    std::map<std::string_view, QString> fates;
    for (const types::WastedPath& waste : content.view.waste) {
        if (waste.addedIn == layer) {
            fates[waste.path] = waste.deleted
                                    ? LayerStepModel::tr("deleted in step %1").arg(waste.goneIn + 1)
                                    : LayerStepModel::tr("written again in step %1").arg(waste.goneIn + 1);
        }
    }
    return fates;
}

QString fateOf(const std::map<std::string_view, QString>& fates, std::string_view path) {
    const auto found = fates.find(path);
    return found == fates.end() ? QString() : found->second;
}

QString number(std::size_t value) {
    return QLocale().toString(qulonglong(value));
}

}  // namespace

std::vector<PathEntry> layerEntries(const ImageContent& content, std::size_t layer, const ShownKinds& kinds,
                                    const QString& words) {
    std::vector<PathEntry> entries;
    const auto& files = content.layers[layer].files;
    const auto fates = fatesOf(content, layer);
    for (const types::LayerChange& change : content.view.layers[layer].changes) {
        const ImageFile& file = files[change.file];
        const bool wanted = change.letter == 'A'   ? kinds.added
                            : change.letter == 'D' ? kinds.removed
                                                   : kinds.modified;
        if (wanted && matches(file.path, words)) {
            entries.push_back({file.path, change.letter == 'D' ? nullptr : &file,
                               QLatin1Char(change.letter == 'C' ? 'M' : change.letter),
                               fateOf(fates, file.path)});
        }
    }
    return entries;
}

std::vector<PathEntry> entriesSoFar(const ImageContent& content, std::size_t layer, const QString& words) {
    std::map<const ImageFile*, char> own;
    const auto& files = content.layers[layer].files;
    for (const types::LayerChange& change : content.view.layers[layer].changes) {
        own[&files[change.file]] = change.letter == 'C' ? 'M' : change.letter;
    }
    std::vector<PathEntry> entries;
    for (const types::SeenFile& seen : types::seenFiles(content.layers, layer + 1)) {
        if (!matches(seen.file->path, words)) {
            continue;
        }
        const auto mark = own.find(seen.file);
        entries.push_back(
            {seen.file->path, seen.file, mark == own.end() ? QChar() : QLatin1Char(mark->second), {}});
    }
    return entries;
}

std::vector<PathEntry> comparedEntries(const ImageComparison& comparison, const ShownKinds& kinds,
                                       const QString& words) {
    std::map<std::string_view, const ImageFile*> now;
    for (const types::SeenFile& seen :
         types::seenFiles(comparison.to->layers, comparison.to->layers.size())) {
        now.emplace(seen.file->path, seen.file);
    }
    std::vector<PathEntry> entries;
    for (const types::ImageDifference& difference : comparison.differences) {
        const bool wanted = difference.letter == 'A'   ? kinds.added
                            : difference.letter == 'D' ? kinds.removed
                                                       : kinds.modified;
        if (wanted && matches(difference.path, words)) {
            const auto file = now.find(difference.path);
            entries.push_back({difference.path,
                               file == now.end() ? nullptr : file->second,
                               QLatin1Char(difference.letter == 'C' ? 'M' : difference.letter),
                               {}});
        }
    }
    return entries;
}

QString stepWords(const std::string& createdBy) {
    const QLatin1String tail(" # buildkit");
    const QLatin1String shell("/bin/sh -c ");
    const QLatin1String run("RUN ");
    const QLatin1String nop("#(nop) ");
    QString words = format::text(createdBy).simplified();
    words.chop(words.endsWith(tail) ? tail.size() : 0);
    if (words.startsWith(run + shell)) {
        return run + words.mid(run.size() + shell.size());
    }
    // "|2 A=b C=d /bin/sh -c command": the arguments of the build stand in front.
    const qsizetype at = words.startsWith(QLatin1Char('|')) ? words.indexOf(shell) : 0;
    words = at > 0 ? words.mid(at) : words;
    if (words.startsWith(shell + nop)) {
        return words.mid(shell.size() + nop.size()).trimmed();
    }
    if (words.startsWith(shell)) {
        return run + words.mid(shell.size());
    }
    return words.isEmpty() ? LayerStepModel::tr("Not told") : words;
}

void LayerStepModel::setContent(ImageContentPtr content) {
    beginResetModel();
    m_content = std::move(content);
    endResetModel();
}

double LayerStepModel::share(int row) const {
    std::uint64_t most = 1;
    for (const auto& layer : m_content->layers) {
        most = std::max(most, layer.unpackedBytes);
    }
    return double(m_content->layers[std::size_t(row)].unpackedBytes) / double(most);
}

int LayerStepModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_content == nullptr ? 0 : int(m_content->layers.size());
}

int LayerStepModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerStepModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto& files = m_content->layers[std::size_t(index.row())];
    const types::LayerView& view = layer(index.row());
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == StepColumn
                   ? format::text(files.createdBy)
                   : tr("%1 added, %2 changed, %3 deleted")
                         .arg(number(view.added), number(view.changed), number(view.deleted));
    }
    if (role == Qt::AccessibleTextRole && index.column() == FilesColumn) {
        return tr("%1 added, %2 changed, %3 deleted")
            .arg(number(view.added), number(view.changed), number(view.deleted));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case NumberColumn:
        return QString::number(index.row() + 1);
    case StepColumn:
        return stepWords(files.createdBy);
    case FilesColumn: {
        QStringList parts;
        if (view.added > 0) {
            parts.append(QLatin1Char('+') + number(view.added));
        }
        if (view.changed > 0) {
            parts.append(QLatin1Char('~') + number(view.changed));
        }
        if (view.deleted > 0) {
            parts.append(QStringLiteral("−") + number(view.deleted));
        }
        return parts.join(QLatin1Char(' '));
    }
    default:
        return format::bytes(files.unpackedBytes);
    }
}

QVariant LayerStepModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && section == SizeColumn) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    const QString words[] = {QString(), tr("Step"), tr("Files"), tr("Size")};
    return role == Qt::DisplayRole && section < ColumnCount ? QVariant(words[section]) : QVariant();
}

void WasteModel::setContent(ImageContentPtr content) {
    beginResetModel();
    m_content = std::move(content);
    endResetModel();
}

std::size_t WasteModel::layer(int row) const {
    return m_content->view.waste[std::size_t(row)].addedIn;
}

int WasteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_content == nullptr ? 0
                                                    : int(std::min(m_content->view.waste.size(), kMostWaste));
}

int WasteModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WasteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const types::WastedPath& waste = m_content->view.waste[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case PathColumn:
        return QLatin1Char('/') + format::text(waste.path);
    case SizeColumn:
        return format::bytes(waste.bytes);
    default:
        return waste.deleted ? tr("added in %1, deleted in %2").arg(waste.addedIn + 1).arg(waste.goneIn + 1)
                             : tr("added in %1, again in %2").arg(waste.addedIn + 1).arg(waste.goneIn + 1);
    }
}

QVariant WasteModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const QString words[] = {tr("Path"), tr("Size"), tr("Steps")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole && section < ColumnCount
               ? QVariant(words[section])
               : QVariant();
}

}  // namespace coracle::gui
