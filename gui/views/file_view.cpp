// SPDX-License-Identifier: Apache-2.0
#include "gui/views/file_view.h"

#include "gui/models/file_tree_model.h"
#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/list_table.h"

#include <QDragEnterEvent>
#include <QHeaderView>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace coracle::gui {
namespace {

constexpr int kIndent = 18;
constexpr int kCellMargin = 10;
constexpr int kDot = 6;
constexpr int kIconSpace = 22;
constexpr int kLeastName = 150;

QStringList localFiles(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    return paths;
}

class FileDelegate : public QStyledItemDelegate {
public:
    explicit FileDelegate(FileView* view) : QStyledItemDelegate(view), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {20, scaled(metrics::kRowDense)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        QRect cell = option.rect;
        const bool mirrored = option.direction == Qt::RightToLeft;
        if (index.column() == 0) {
            mirrored ? cell.setRight(m_view->viewport()->width()) : cell.setLeft(0);
        }
        painter->fillRect(cell, color(selected                   ? Token::Selection
                                      : m_view->isHovered(index) ? Token::Hover
                                                                 : Token::Surface));
        painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), color(Token::Border));
        if (index.column() == 0) {
            if (selected && m_view->hasFocus()) {
                painter->fillRect(QStyle::visualRect(option.direction, cell,
                                                     QRect(cell.left(), cell.top(), 3, cell.height() - 1)),
                                  color(Token::Accent));
            }
            paintName(*painter, option.rect, index);
        } else if (index.column() == index.model()->columnCount() - 1) {
            paintMark(*painter, option.rect, index);
        } else {
            const auto given = index.data(Qt::TextAlignmentRole);
            paintWords(*painter, option.rect.adjusted(scaled(kCellMargin), 0, -scaled(kCellMargin), -1),
                       index, given.isValid() ? given.toInt() : int(Qt::AlignLeft));
        }
        painter->restore();
    }

private:
    void paintName(QPainter& painter, const QRect& cell, const QModelIndex& index) const {
        const bool remark = index.data(FileTreeModel::RemarkRole).toBool();
        const bool folder = index.data(FileTreeModel::FolderRole).toBool();
        const bool gone = index.data(FileTreeModel::MarkRole).toChar() == QLatin1Char('D');
        const QRect chevron = m_view->chevronRect(index);
        if (index.model()->hasChildren(index)) {
            const bool open = m_view->isExpanded(index);
            const bool fromRight = m_view->layoutDirection() == Qt::RightToLeft;
            paintIcon(painter, chevron,
                      open        ? QStringLiteral("down")
                      : fromRight ? QStringLiteral("left")
                                  : QStringLiteral("right"),
                      color(Token::Muted), metrics::kIconSmall);
        }
        // As if it went from left to right; mirrored where it is painted.
        const int from = logicalChevron(cell).right() + 2;
        QRect rest(from, cell.top(), cell.right() - from - scaled(6), cell.height() - 1);
        const QRect icon = mirrored(cell, QRect(rest.left(), rest.top(), scaled(kIconSpace), rest.height()));
        const bool link = index.data(FileTreeModel::LinkRole).toBool();
        paintIcon(painter, icon,
                  remark   ? QStringLiteral("info")
                  : folder ? QStringLiteral("folder")
                  : link   ? QStringLiteral("link")
                           : QStringLiteral("file"),
                  color(folder ? Token::Accent : Token::Muted), metrics::kIconSmall);
        rest.setLeft(rest.left() + scaled(kIconSpace) + scaled(4));
        QFont font = themeFont(TextRole::Body);
        font.setStrikeOut(gone);
        painter.setFont(font);
        painter.setPen(color(gone || remark ? Token::Muted : Token::Text));
        const QString text =
            painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rest.width());
        painter.drawText(mirrored(cell, rest), textFlags(text, Qt::AlignLeft), text);
        const QString note = index.data(FileTreeModel::NoteRole).toString();
        const int used = painter.fontMetrics().horizontalAdvance(text) + scaled(6);
        if (!note.isEmpty() && used + chipWidth(note, true) < rest.width()) {
            const QRect chip =
                mirrored(cell, QRect(rest.left() + used, rest.top(), chipWidth(note, true), rest.height()));
            (void)paintChip(painter, chip, chip.left(), note, QStringLiteral("warn"), chip_look::kWarn);
        }
    }

    QRect mirrored(const QRect& cell, const QRect& logical) const {
        return QStyle::visualRect(m_view->layoutDirection(), cell, logical);
    }
    static QRect logicalChevron(const QRect& cell) {
        return {cell.left() - scaled(kIndent) + scaled(kCellMargin), cell.top(), scaled(kIndent),
                cell.height() - 1};
    }
    /// Paths and sizes are read from left to right wherever the window begins.
    int textFlags(const QString& text, int alignment) const {
        const auto visual = QStyle::visualAlignment(m_view->layoutDirection(),
                                                    Qt::Alignment(alignment & int(Qt::AlignHorizontal_Mask)));
        return int(visual) | int(Qt::AlignVCenter) |
               int(text.isRightToLeft() ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight);
    }

    void paintWords(QPainter& painter, const QRect& area, const QModelIndex& index, int alignment) const {
        painter.setFont(themeFont(index.data(FileTreeModel::CodeRole).toBool() ? TextRole::CodeSmall
                                                                               : TextRole::Secondary));
        painter.setPen(color(Token::Muted));
        const QString text =
            painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width());
        painter.drawText(area, textFlags(text, alignment), text);
    }

    void paintMark(QPainter& painter, const QRect& cell, const QModelIndex& index) const {
        const QRect area = cell.adjusted(0, 0, -scaled(kCellMargin), -1);
        const auto atEnd = [&](int width) {
            return mirrored(cell, QRect(area.right() + 1 - width, area.top(), width, area.height()));
        };
        const QString mount = index.data(FileTreeModel::MountRole).toString();
        const QChar mark = index.data(FileTreeModel::MarkRole).toChar();
        if (!mount.isEmpty()) {
            const QRect chip = atEnd(chipWidth(mount, false));
            (void)paintChip(painter, chip, chip.left(), mount, {}, chip_look::kInfo);
        } else if (mark == QLatin1Char('.')) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::Warn));
            const QPointF middle(QRectF(atEnd(chipWidth(QStringLiteral("M"), false))).center().x(),
                                 area.center().y() + 1.0);
            painter.drawEllipse(middle, kDot / 2.0, kDot / 2.0);
        } else if (!mark.isNull()) {
            const ChipLook look = mark == QLatin1Char('A')   ? chip_look::kOk
                                  : mark == QLatin1Char('D') ? chip_look::kErr
                                                             : chip_look::kWarn;
            const QRect chip = atEnd(chipWidth(QString(mark), false));
            (void)paintChip(painter, chip, chip.left(), QString(mark), {}, look);
        }
    }

    FileView* m_view;
};

}  // namespace

FileView::FileView(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QTreeView(parent) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setItemDelegate(new FileDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setIndentation(scaled(kIndent));
    setRootIsDecorated(true);
    setExpandsOnDoubleClick(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setFixedHeight(scaled(metrics::kTableHead));
    header()->setHighlightSections(false);
    header()->setMinimumSectionSize(10);
}

void FileView::setColumnWidths(const QList<int>& widths) {
    m_widths = widths;
    layoutColumns();
}

/// Where there is no room for a name beside all columns, those after the size go first, then the size; the
/// marks stay.
void FileView::layoutColumns() {
    if (m_widths.isEmpty() || header()->count() <= m_widths.size()) {
        return;
    }
    QList<int> shown;
    int left = viewport()->width() - scaled(kLeastName);
    for (int column = 0; column < m_widths.size(); ++column) {
        const int width = m_widths[column];  // 0: not wanted
        shown.append(width > 0 ? columnRoom(*header(), column + 1, width) : 0);
        left -= shown.back();
    }
    for (int i = 1; i < int(shown.size()) && left < 0; ++i) {
        int& given = shown[i < int(shown.size()) - 1 ? i : 0];
        left += given;
        given = 0;
    }
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 0; column < shown.size(); ++column) {
        setColumnHidden(column + 1, shown[column] == 0);
        header()->setSectionResizeMode(column + 1, QHeaderView::Fixed);
        if (shown[column] > 0) {
            header()->resizeSection(column + 1, shown[column]);
        }
    }
}

void FileView::setPlaceholder(const QString& words) {
    m_placeholder = words;
    viewport()->update();
}

QRect FileView::chevronRect(const QModelIndex& index) const {
    const QRect cell = visualRect(index.siblingAtColumn(0));
    return QStyle::visualRect(layoutDirection(), cell,
                              QRect(cell.left() - scaled(kIndent) + scaled(kCellMargin), cell.top(),
                                    scaled(kIndent), cell.height() - 1));
}

void FileView::paintEvent(QPaintEvent* event) {
    QTreeView::paintEvent(event);
    if (model() != nullptr && model()->rowCount() == 0 && !m_placeholder.isEmpty()) {
        QPainter painter(viewport());
        painter.setFont(themeFont(TextRole::Body));
        painter.setPen(color(Token::Faint));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
}

void FileView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    emit currentMoved(current);
}

void FileView::keyPressEvent(QKeyEvent* event) {
    const QModelIndex index = currentIndex();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (index.isValid() && enter && model()->hasChildren(index)) {
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
    } else if (index.isValid() && event->key() == Qt::Key_Delete) {
        emit deleteWanted(index);
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void FileView::setDragsOut(bool on) {
    setDragEnabled(on);
    setDragDropOverwriteMode(false);
}

void FileView::startDrag(Qt::DropActions /*actions*/) {
    if (currentIndex().isValid()) {
        m_dragging = true;
        emit dragWanted(currentIndex().siblingAtColumn(0));
    }
}

void FileView::mousePressEvent(QMouseEvent* event) {
    m_dragging = false;
    const QModelIndex index = indexAt(event->pos()).siblingAtColumn(0);
    const bool onChevron = index.isValid() && event->button() == Qt::LeftButton &&
                           chevronRect(index).contains(event->pos()) && model()->hasChildren(index);
    if (onChevron) {
        setExpanded(index, !isExpanded(index));
        event->accept();
        return;
    }
    QTreeView::mousePressEvent(event);
}

void FileView::mouseMoveEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos()).siblingAtColumn(0);
    if (index != m_hovered) {
        m_hovered = index;
        viewport()->update();
    }
    if (m_dragging && event->buttons() != Qt::NoButton) {
        return;  // what is dragged stays chosen, also while it is not ready yet
    }
    QTreeView::mouseMoveEvent(event);
}

/// Where the button comes up after a drag is not chosen.
void FileView::mouseReleaseEvent(QMouseEvent* event) {
    QTreeView::mouseReleaseEvent(event);
    if (std::exchange(m_dragging, false) && currentIndex().isValid()) {
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
}

void FileView::leaveEvent(QEvent* event) {
    m_hovered = QModelIndex();
    viewport()->update();
    QTreeView::leaveEvent(event);
}

/// Who comes by Tab sees where: Qt makes the first row the current one, and chooses none.
void FileView::focusInEvent(QFocusEvent* event) {
    QTreeView::focusInEvent(event);
    if (currentIndex().isValid() && !selectionModel()->hasSelection()) {
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
}

void FileView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (index.isValid()) {
        setCurrentIndex(index.siblingAtColumn(0));
        emit menuWanted(
            index.siblingAtColumn(0),
            byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).bottomLeft()));
    }
}

void FileView::dragEnterEvent(QDragEnterEvent* event) {
    if (acceptDrops() && event->source() != this && !localFiles(event->mimeData()).isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    }
}

void FileView::dragMoveEvent(QDragMoveEvent* event) {
    m_hovered = indexAt(event->position().toPoint()).siblingAtColumn(0);
    viewport()->update();
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FileView::dropEvent(QDropEvent* event) {
    const QStringList paths = localFiles(event->mimeData());
    if (!paths.isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        emit filesDropped(paths, indexAt(event->position().toPoint()).siblingAtColumn(0));
    }
}

void FileView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    layoutColumns();
    viewport()->update();
}

}  // namespace coracle::gui
