// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/list_table.h"

#include "gui/theme/density.h"
#include "gui/theme/icons.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kCellMargin = 10;
constexpr int kMenuWidth = 44;

}  // namespace

int columnRoom(const QHeaderView& header, int column, int pixels) {
    return std::max(scaled(pixels), header.sectionSizeHint(column));
}

void sizeColumn(QHeaderView& header, int column, int pixels) {
    header.resizeSection(column, columnRoom(header, column, pixels));
}

ListTable::ListTable(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QTableView(parent) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(scaled(metrics::kTableHead));
    horizontalHeader()->setMinimumSectionSize(scaled(metrics::kRowDense));
    applyRowHeight(listRow());
    connect(this, &QTableView::doubleClicked, this, &ListTable::opened);
}

void ListTable::setRowHeight(int pixels) {
    m_ownHeight = true;
    applyRowHeight(pixels);
}

void ListTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !m_ownHeight) {
        applyRowHeight(listRow());
    }
}

void ListTable::applyRowHeight(int pixels) {
    verticalHeader()->setMinimumSectionSize(scaled(pixels));
    verticalHeader()->setDefaultSectionSize(scaled(pixels));
}

void ListTable::setMultiple() {
    setSelectionMode(QAbstractItemView::ExtendedSelection);
}

/// After the model was set.
void ListTable::setMenuColumn() {
    m_hasMenus = true;
    const int column = model()->columnCount() - 1;
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(column, scaled(kMenuWidth));
}

void ListTable::setOptionalColumns(int least, const std::vector<std::pair<int, int>>& columns) {
    m_leastFirst = least;
    m_optional = columns;
    fitColumns();
}

void ListTable::fitColumns() {
    if (m_optional.empty() || model() == nullptr) {
        return;
    }
    int left = viewport()->width() - scaled(m_leastFirst);
    for (const auto& [column, pixels] : m_optional) {
        left -= columnRoom(*horizontalHeader(), column, pixels);
    }
    for (int column = 1; column < model()->columnCount(); ++column) {
        const bool stays = std::none_of(m_optional.begin(), m_optional.end(),
                                        [column](const auto& one) { return one.first == column; });
        left -= stays ? columnWidth(column) : 0;
    }
    for (const auto& [column, pixels] : m_optional) {
        setColumnHidden(column, left < 0);
        left += left < 0 ? columnRoom(*horizontalHeader(), column, pixels) : 0;
    }
}

void ListTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

bool ListTable::isMenuCell(const QModelIndex& index) const {
    return m_hasMenus && index.isValid() && index.column() == model()->columnCount() - 1;
}

bool ListTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<const QHelpEvent*>(event);
        if (isMenuCell(indexAt(help->pos()))) {
            QToolTip::showText(help->globalPos(), tr("More"), this);
            return true;
        }
    }
    return QTableView::viewportEvent(event);
}

void ListTable::selectRow(int row) {
    if (model() == nullptr || row < 0 || row >= model()->rowCount(rootIndex())) {
        return;
    }
    const QModelIndex current = currentIndex();
    const int column = current.isValid() ? current.column() : 0;
    selectionModel()->setCurrentIndex(model()->index(row, column, rootIndex()),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

QRect ListTable::checkRect(const QModelIndex& index) const {
    const QRect cell = visualRect(index.siblingAtColumn(0));
    const int side = style()->pixelMetric(QStyle::PM_IndicatorWidth);
    return QStyle::visualRect(
        layoutDirection(), cell,
        QRect(cell.left() + scaled(kCellMargin), cell.top() + (cell.height() - 1 - side) / 2, side, side));
}

void ListTable::setPlaceholder(const QString& words) {
    m_placeholder = words;
    viewport()->update();
}

void ListTable::setSeeThrough() {
    m_seeThrough = true;
    viewport()->setAutoFillBackground(false);
}

void ListTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (!m_placeholder.isEmpty() && model() != nullptr && model()->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(themeFont(TextRole::Body));
        painter.setPen(color(Token::Faint));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
}

QModelIndex ListTable::selectedIndex() const {
    const auto rows = selectionModel() == nullptr ? QModelIndexList() : selectionModel()->selectedRows();
    return rows.isEmpty() ? QModelIndex() : rows.first();
}

QModelIndexList ListTable::chosenRows() const {
    auto rows = selectionModel() == nullptr ? QModelIndexList() : selectionModel()->selectedRows();
    if (rows.isEmpty() && currentIndex().isValid()) {
        rows.append(currentIndex().siblingAtColumn(0));
    }
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex& one, const QModelIndex& other) { return one.row() < other.row(); });
    return rows;
}

void ListTable::moveTo(const QModelIndex& index) {
    const bool among = m_checks && selectionModel()->isSelected(index);
    selectionModel()->setCurrentIndex(
        index, among ? QItemSelectionModel::SelectionFlags(QItemSelectionModel::NoUpdate)
                     : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ListTable::chooseCurrent() {
    const auto rows = chosenRows();
    const auto one = rows.contains(currentIndex().siblingAtColumn(0)) || rows.isEmpty()
                         ? currentIndex().siblingAtColumn(0)
                         : rows.first();
    selectionModel()->setCurrentIndex(one, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ListTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    const auto count = selectionModel() == nullptr ? 0 : int(selectionModel()->selectedRows().size());
    const bool several = selectionMode() == QAbstractItemView::ExtendedSelection && count >= 2;
    if (several != m_checks) {
        m_checks = several;
        viewport()->update();
    }
    emit choiceChanged(count);
}

void ListTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    viewport()->update();  // the mark of the row stands in its first cell
    // Later: a row that goes is still among the chosen ones.
    QMetaObject::invokeMethod(this, &ListTable::chooseMarked, Qt::QueuedConnection);
}

void ListTable::keyPressEvent(QKeyEvent* event) {
    // Rows may be chosen before any was the current one.
    const auto rows = chosenRows();
    const auto index = currentIndex().isValid() || rows.isEmpty() ? currentIndex() : rows.first();
    if (m_checks && event->key() == Qt::Key_Escape) {
        chooseCurrent();
        return;
    }
    if ((event->key() == Qt::Key_Home || event->key() == Qt::Key_End) &&
        (event->modifiers() & Qt::ControlModifier) == 0) {
        // What is chosen are rows: to the ends of the list, not of the row.
        QKeyEvent whole(event->type(), event->key(), event->modifiers() | Qt::ControlModifier);
        keyPressEvent(&whole);
        return;
    }
    if (index.isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit opened(index);
    } else if (index.isValid() && event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier) {
        emit deleteWanted(index);
    } else if (index.isValid() && event->matches(QKeySequence::Copy) &&
               isSignalConnected(QMetaMethod::fromSignal(&ListTable::copyWanted))) {
        emit copyWanted(index);
    } else {
        QTableView::keyPressEvent(event);
    }
}

/// The current row is marked as if it were chosen, so it is: the arrows would go past it otherwise. A filter,
/// or who removes a row, takes the chosen one away, and then Qt makes another one the current one and chooses
/// none.
void ListTable::chooseMarked() {
    if (hasFocus() && selectionMode() != QAbstractItemView::NoSelection && currentIndex().isValid() &&
        !selectionModel()->hasSelection()) {
        selectRow(currentIndex().row());
    }
}

void ListTable::focusInEvent(QFocusEvent* event) {
    QTableView::focusInEvent(event);
    chooseMarked();
}

void ListTable::hover(int row) {
    if (row == m_hovered) {
        return;
    }
    m_hovered = row;
    viewport()->update();
}

void ListTable::mousePressEvent(QMouseEvent* event) {
    const auto index = indexAt(event->pos());
    m_pressed = event->button() == Qt::LeftButton ? index : QModelIndex();
    // The whole start of the row, not only the small box.
    if (m_checks && event->button() == Qt::LeftButton && index.isValid() && index.column() == 0) {
        const int margin = scaled(kCellMargin);
        const QRect box = checkRect(index).adjusted(-margin, -margin, margin / 2, margin);
        m_onBox = box.contains(event->pos());
        if (m_onBox) {
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
            selectionModel()->select(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
            return;
        }
    }
    QTableView::mousePressEvent(event);
}

void ListTable::mouseMoveEvent(QMouseEvent* event) {
    hover(rowAt(event->pos().y()));
    if (!m_onBox) {
        QTableView::mouseMoveEvent(event);
    }
}

void ListTable::mouseReleaseEvent(QMouseEvent* event) {
    if (!std::exchange(m_onBox, false)) {
        QTableView::mouseReleaseEvent(event);
    }
    const QModelIndex index = m_pressed;
    m_pressed = QModelIndex();
    if (event->button() == Qt::LeftButton && isMenuCell(index) && index == indexAt(event->pos())) {
        moveTo(index.siblingAtColumn(0));
        emit menuWanted(index.siblingAtColumn(0), viewport()->mapToGlobal(visualRect(index).bottomLeft()));
    }
}

void ListTable::leaveEvent(QEvent* event) {
    hover(-1);
    QTableView::leaveEvent(event);
}

void ListTable::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const auto index = byMouse ? indexAt(event->pos()) : currentIndex().siblingAtColumn(0);
    if (!index.isValid()) {
        return;
    }
    moveTo(index);
    const auto place = byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).bottomLeft());
    emit menuWanted(index, place);
}

void ListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = isHovered(index);
    if (selected || hovered || !m_table->isSeeThrough()) {
        painter->fillRect(option.rect, color(selected  ? Token::Selection
                                             : hovered ? Token::Hover
                                                       : Token::Surface));
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      color(Token::Border));
    const bool first = index.column() == 0;
    const bool last = index.column() == index.model()->columnCount() - 1;
    const int margin = scaled(kCellMargin);
    const int page = scaled(metrics::kPageMargin);
    QRect area = option.rect.adjusted(first ? page : margin, 0, last ? -page : -margin, -1);
    if (first && m_table->hasChecks()) {
        paintCheck(*painter, index, selected);
        const QRect box = m_table->checkRect(index);
        option.direction == Qt::RightToLeft ? area.setRight(box.left() - metrics::kSpaceSmall)
                                            : area.setLeft(box.right() + 1 + metrics::kSpaceSmall);
    }
    if (first && index.row() == m_table->currentIndex().row() && m_table->hasFocus()) {
        const QRect mark(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1);
        painter->fillRect(QStyle::visualRect(option.direction, option.rect, mark), color(Token::Accent));
    }
    if (m_table->isMenuCell(index)) {
        paintIcon(*painter, option.rect.adjusted(0, 0, -margin / 2, -1), QStringLiteral("more"),
                  color(hovered || selected ? Token::Text : Token::Muted));
    } else {
        paintCell(*painter, area, index, option);
    }
    painter->restore();
}

void ListDelegate::paintCheck(QPainter& painter, const QModelIndex& index, bool selected) const {
    QStyleOptionButton box;
    box.rect = m_table->checkRect(index);
    box.state = QStyle::State_Enabled | (selected ? QStyle::State_On : QStyle::State_Off);
    m_table->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, m_table);
}

void ListDelegate::paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                             const QStyleOptionViewItem& /*option*/) const {
    const auto given = index.data(Qt::TextAlignmentRole);
    const auto alignment = given.isValid() ? Qt::Alignment(given.toInt()) : Qt::Alignment(Qt::AlignLeft);
    paintText(painter, area, index.data().toString(), TextRole::Body, Token::Text, alignment);
}

void ListDelegate::paintText(QPainter& painter, const QRect& area, const QString& text, TextRole role,
                             Token token, Qt::Alignment alignment) {
    painter.setFont(themeFont(role));
    painter.setPen(color(token));
    // Names are told apart by both of their ends.
    const auto elide = role == TextRole::Strong ? Qt::ElideMiddle : Qt::ElideRight;
    const auto shown = painter.fontMetrics().elidedText(text, elide, area.width());
    painter.drawText(area, static_cast<int>((alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter),
                     shown);
}

}  // namespace coracle::gui
