// SPDX-License-Identifier: Apache-2.0
#include "gui/views/json_view.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace coracle::gui {

namespace {

constexpr int kRowHeight = 23;
constexpr int kIndent = 20;
constexpr int kLead = 34;
constexpr int kChevron = 16;

/// Only tells how large a row is; the view paints it.
class RowSize : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const QFontMetrics metrics(themeFont(TextRole::Code));
        return {metrics.horizontalAdvance(index.data().toString()) + scaled(kLead + kIndent),
                scaled(kRowHeight)};
    }
};

}  // namespace

JsonView::JsonView(QWidget* parent) : QTreeView(parent), m_model(new JsonModel(this)) {
    setObjectName(QStringLiteral("inspect.view"));
    setLayoutDirection(Qt::LeftToRight);  // a program's text, as logs and terminals
    setAccessibleName(tr("Document"));
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(scaled(kIndent));
    setUniformRowHeights(true);
    setItemDelegate(new RowSize(this));
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setModel(m_model);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

void JsonView::openAtFirst(const QModelIndex& parent) {
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        if (m_model->rowCount(index) > 0 && m_model->startsExpanded(index)) {
            setExpanded(index, true);
            openAtFirst(index);
        }
    }
}

void JsonView::setDocument(JsonDocument document, int root) {
    m_model->setDocument(std::move(document), root);
    m_node = -1;
    openAtFirst({});
    search(m_words);
    emit pathChanged();
}

void JsonView::search(const QString& words) {
    m_words = words;
    m_matches = m_model->find(words);
    m_marked = std::set<int>(m_matches.begin(), m_matches.end());
    m_current = -1;
    if (m_matches.empty()) {
        viewport()->update();
    } else {
        goTo(0);
    }
}

void JsonView::step(int by) {
    const int count = matchCount();
    if (count > 0) {
        goTo((m_current + by + count) % count);
    }
}

void JsonView::goTo(int match) {
    m_current = match;
    const int node = m_matches[std::size_t(match)];
    const QModelIndex index = m_model->indexOf(node);
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent()) {
        setExpanded(above, true);
    }
    setCurrentIndex(index);
    const QRect place = visualRect(index);
    if (!viewport()->rect().contains(place)) {
        scrollTo(index, PositionAtCenter);  // with what stands around it
    }
    m_node = node;
    viewport()->update();
    emit pathChanged();
}

QString JsonView::currentPath() const {
    return m_node < 0 ? QString() : m_model->document().path(m_node, m_model->root());
}

QByteArray JsonView::currentSource() const {
    const JsonDocument& document = m_model->document();
    return document.isEmpty() ? QByteArray() : document.source(m_node < 0 ? m_model->root() : m_node);
}

int JsonView::textLeft(const QModelIndex& index) const {
    const int left = visualRect(index).left() + scaled(kLead);
    return JsonModel::isClosing(index) ? left - indentation() : left;
}

QRect JsonView::chevron(const QModelIndex& index) const {
    if (m_model->rowCount(index) == 0) {
        return {};
    }
    const QRect row = visualRect(index);
    return {textLeft(index) - scaled(kChevron + 4), row.top(), scaled(kChevron), row.height()};
}

QRect JsonView::pieceRect(const QModelIndex& index, int node) const {
    const QFontMetrics metrics(themeFont(TextRole::Code));
    const QRect row = visualRect(index);
    int x = textLeft(index);
    QRect found;
    for (const JsonModel::Piece& piece : m_model->pieces(index, isExpanded(index))) {
        const int width = metrics.horizontalAdvance(piece.text);
        if (piece.node == node && found.isNull()) {
            found = QRect(x, row.top(), width, row.height());
        }
        x += width;
    }
    return found;
}

void JsonView::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const {
    painter->save();
    painter->setLayoutDirection(Qt::LeftToRight);  // else that of the program
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    const bool current = index == currentIndex();
    painter->fillRect(row, color(current ? Token::Selection : Token::Surface));
    if (current && hasFocus()) {
        painter->fillRect(QRect(0, row.top(), 3, row.height()), color(Token::Accent));
    }
    if (const QRect place = chevron(index); !place.isNull()) {
        paintIcon(*painter, place, isExpanded(index) ? QStringLiteral("down") : QStringLiteral("right"),
                  color(Token::Muted), scaled(metrics::kIconSmall));
    }
    const QFont font = themeFont(TextRole::Code);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    int x = textLeft(index);
    const int wanted = m_current < 0 ? -1 : m_matches[std::size_t(m_current)];
    for (const JsonModel::Piece& piece : m_model->pieces(index, isExpanded(index))) {
        const int width = metrics.horizontalAdvance(piece.text);
        if (x < row.right() && x + width > 0) {
            const QRect place(x, row.top(), width, row.height());
            if (m_marked.contains(piece.node) && piece.token != Token::Text) {
                painter->fillRect(place.adjusted(-1, 3, 1, -3),
                                  color(piece.node == wanted ? Token::WarnSoft : Token::Hover));
            }
            painter->setPen(color(piece.token));
            painter->drawText(place, int(Qt::AlignVCenter | Qt::AlignLeft), piece.text);
        }
        x += width;
    }
    painter->restore();
}

void JsonView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    m_node = JsonModel::node(current);
    viewport()->update();
    emit pathChanged();
}

void JsonView::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && chevron(index).contains(event->pos())) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    QTreeView::mousePressEvent(event);
    const QFontMetrics metrics(themeFont(TextRole::Code));
    int x = index.isValid() ? textLeft(index) : 0;
    for (const JsonModel::Piece& piece : m_model->pieces(index, isExpanded(index))) {
        const int next = x + metrics.horizontalAdvance(piece.text);
        if (event->pos().x() >= x && event->pos().x() < next) {
            m_node = piece.node;
            emit pathChanged();
        }
        x = next;
    }
}

void JsonView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        emit copyWanted(QString::fromUtf8(currentSource()));
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

}  // namespace coracle::gui
