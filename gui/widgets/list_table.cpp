// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/list_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QPainter>

namespace coracle::gui {
namespace {

constexpr int kCellMargin = 10;

}  // namespace

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
    setRowHeight(metrics::kRow);
    connect(this, &QTableView::doubleClicked, this, &ListTable::opened);
}

void ListTable::setRowHeight(int pixels) {
    verticalHeader()->setMinimumSectionSize(scaled(pixels));
    verticalHeader()->setDefaultSectionSize(scaled(pixels));
}

void ListTable::setPlaceholder(const QString& words) {
    m_placeholder = words;
    viewport()->update();
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

void ListTable::keyPressEvent(QKeyEvent* event) {
    const auto index = currentIndex();
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

void ListTable::hover(int row) {
    if (row == m_hovered) {
        return;
    }
    m_hovered = row;
    viewport()->update();
}

void ListTable::mouseMoveEvent(QMouseEvent* event) {
    hover(rowAt(event->pos().y()));
    QTableView::mouseMoveEvent(event);
}

void ListTable::leaveEvent(QEvent* event) {
    hover(-1);
    QTableView::leaveEvent(event);
}

void ListTable::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const auto index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid()) {
        return;
    }
    setCurrentIndex(index);
    const auto place = byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).bottomLeft());
    emit menuWanted(index, place);
}

void ListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = isHovered(index);
    painter->fillRect(option.rect, color(selected  ? Token::Selection
                                         : hovered ? Token::Hover
                                                   : Token::Surface));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      color(Token::Border));
    const bool first = index.column() == 0;
    const bool last = index.column() == index.model()->columnCount() - 1;
    const int margin = scaled(kCellMargin);
    const int page = scaled(metrics::kPageMargin);
    const QRect area = option.rect.adjusted(first ? page : margin, 0, last ? -page : -margin, -1);
    if (first && selected && m_table->hasFocus()) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1),
                          color(Token::Accent));
    }
    paintCell(*painter, area, index, option);
    painter->restore();
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
