// SPDX-License-Identifier: Apache-2.0
#include "gui/views/image_delegate.h"

#include "gui/models/image_model.h"
#include "gui/theme/icons.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/chip.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QToolTip>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kButton = 28;
constexpr int kSizeText = 58;
constexpr int kChipGap = 4;
constexpr float kSharedAlpha = 0.65F;

const ImageRow* imageRow(const QModelIndex& index) {
    const auto* proxy = qobject_cast<const QSortFilterProxyModel*>(index.model());
    const auto source = proxy == nullptr ? index : proxy->mapToSource(index);
    const auto* model = qobject_cast<const ImageModel*>(source.model());
    return model == nullptr ? nullptr : model->row(source.row());
}

std::uint64_t largest(const QModelIndex& index) {
    const auto* proxy = qobject_cast<const QSortFilterProxyModel*>(index.model());
    const auto* model =
        qobject_cast<const ImageModel*>(proxy == nullptr ? index.model() : proxy->sourceModel());
    return model == nullptr ? 0 : model->largest();
}

/// The two buttons at the end of a row: run, then menu.
QRect buttonRect(const QRect& cell, int button) {
    const int size = scaled(kButton);
    const int right = cell.right() - scaled(metrics::kPageMargin) + (size - metrics::kIcon) / 2;
    return {right - (2 - button) * size + 1, cell.center().y() - size / 2, size, size};
}

void paintName(QPainter& painter, const QRect& area, const QString& text, bool named) {
    const auto colon = text.lastIndexOf(QLatin1Char(':'));
    const bool tagged = colon > text.lastIndexOf(QLatin1Char('/'));
    const auto name = tagged ? text.left(colon) : text;
    // Several tags of one long name differ in what comes last.
    const QFontMetrics body(themeFont(TextRole::Body));
    const auto tag = tagged ? body.elidedText(text.mid(colon), Qt::ElideRight, area.width() / 2) : QString();
    const int tagWidth = body.horizontalAdvance(tag);
    painter.setFont(themeFont(TextRole::Strong));
    painter.setPen(color(named ? Token::Text : Token::Muted));
    const auto shown = painter.fontMetrics().elidedText(name, Qt::ElideMiddle, area.width() - tagWidth);
    const int used = painter.fontMetrics().horizontalAdvance(shown);
    // A name reads from the left, whichever side the list begins at.
    const bool mirrored = painter.layoutDirection() == Qt::RightToLeft;
    const int left = mirrored ? std::max(area.left(), area.right() + 1 - used - tagWidth) : area.left();
    constexpr int kFlags = Qt::AlignVCenter | Qt::AlignLeft | Qt::AlignAbsolute | Qt::TextForceLeftToRight;
    painter.drawText(QRect(left, area.top(), used + 2, area.height()), kFlags, shown);
    if (!tag.isEmpty() && used < area.width()) {
        painter.setFont(themeFont(TextRole::Body));
        painter.setPen(color(Token::Muted));
        painter.drawText(QRect(left + used, area.top(), tagWidth + 2, area.height()), kFlags, tag);
    }
}

void paintSize(QPainter& painter, const QRect& area, const QModelIndex& index, const ImageRow& row,
               Qt::LayoutDirection direction) {
    const int textWidth = scaled(kSizeText);
    painter.setFont(themeFont(TextRole::Body));
    painter.setPen(color(Token::Text));
    painter.drawText(QRect(area.left(), area.top(), textWidth, area.height()),
                     Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
    const auto most = static_cast<double>(std::max<std::uint64_t>(largest(index), 1));
    const auto shared = std::min(row.image.sharedBytes, row.image.sizeBytes);
    const auto own = row.image.sizeBytes - shared;
    paintBar(painter, area.adjusted(textWidth + scaled(8), 0, 0, 0),
             {{static_cast<double>(own) / most, row.inUse() ? Token::C1 : Token::C3, 1},
              {static_cast<double>(shared) / most, Token::C2, kSharedAlpha}},
             direction);
}

}  // namespace

int ImageDelegate::actionsWidth() {
    return 2 * scaled(kButton) + scaled(metrics::kPageMargin);
}

void ImageDelegate::paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                              const QStyleOptionViewItem& option) const {
    const ImageRow* row = imageRow(index);
    if (row == nullptr) {
        return;
    }
    switch (index.column()) {
    case ImageModel::NameColumn:
        paintName(painter, area, index.data().toString(), !row->reference.isEmpty());
        break;
    case ImageModel::IdColumn:
        paintText(painter, area, index.data().toString(), TextRole::CodeSmall, Token::Muted);
        break;
    case ImageModel::SizeColumn:
        paintSize(painter, area, index, *row, option.direction);
        break;
    case ImageModel::CreatedColumn:
        paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted);
        break;
    case ImageModel::LayersColumn:
        paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted, Qt::AlignRight);
        break;
    case ImageModel::UsedByColumn: {
        if (!row->inUse()) {
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted);
            break;
        }
        int x = area.left();
        const bool marked = isHovered(index) || option.state.testFlag(QStyle::State_Selected);
        const auto look = marked ? ChipLook{Token::Surface, Token::OnAccentSoft} : chip_look::kAccent;
        for (const auto& name : row->image.usedBy) {
            auto text = QString::fromStdString(name);
            if (x == area.left()) {  // the first one is shortened, so that there is one
                const QString dots = QStringLiteral("…");
                const QFontMetrics caption(themeFont(TextRole::Caption));
                const int edges = chipWidth(dots, true) - caption.horizontalAdvance(dots);
                text = caption.elidedText(text, Qt::ElideMiddle, area.right() - x - edges);
            }
            if (x + chipWidth(text, true) > area.right()) {
                paintText(painter, QRect(x, area.top(), area.right() - x, area.height()), QStringLiteral("…"),
                          TextRole::Body, Token::Muted);
                break;
            }
            x = paintChip(painter, area, x, text, QStringLiteral("container"), look).right() + kChipGap;
        }
        break;
    }
    default: {
        const auto ink = color(
            isHovered(index) || option.state.testFlag(QStyle::State_Selected) ? Token::Text : Token::Muted);
        paintIcon(painter, buttonRect(option.rect, 0), QStringLiteral("play"), ink);
        paintIcon(painter, buttonRect(option.rect, 1), QStringLiteral("more"), ink);
    }
    }
}

bool ImageDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() != QEvent::MouseButtonRelease || index.column() != ImageModel::ActionColumn) {
        return ListDelegate::editorEvent(event, model, option, index);
    }
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton) {
        return false;
    }
    if (buttonRect(option.rect, 0).contains(mouse->pos())) {
        emit runClicked(index);
        return true;
    }
    if (buttonRect(option.rect, 1).contains(mouse->pos())) {
        emit menuClicked(index, mouse->globalPosition().toPoint());
        return true;
    }
    return false;
}

bool ImageDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    if (index.column() == ImageModel::ActionColumn) {
        const bool run = buttonRect(option.rect, 0).contains(event->pos());
        const bool menu = buttonRect(option.rect, 1).contains(event->pos());
        QToolTip::showText(event->globalPos(), run ? tr("Run") : menu ? tr("More") : QString(), view);
        return true;
    }
    return ListDelegate::helpEvent(event, view, option, index);
}

}  // namespace coracle::gui
