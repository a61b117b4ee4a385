// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/transfer_parts.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/text_label.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

struct LayerLook {
    QString icon;
    Token ink;
    Token bar;
};

LayerLook lookOf(types::LayerState state, bool sent) {
    switch (state) {
    case types::LayerState::Waiting:
        return {QStringLiteral("clock"), Token::Muted, Token::Border};
    case types::LayerState::Downloading:
        return {sent ? QStringLiteral("push") : QStringLiteral("pull"), Token::Text, Token::Accent};
    case types::LayerState::Verifying:
        return {QStringLiteral("shieldok"), Token::Text, Token::Accent};
    case types::LayerState::Extracting:
        return {QStringLiteral("archive"), Token::Text, Token::C4};
    case types::LayerState::Done:
        return {QStringLiteral("check"), Token::Ok, Token::Ok};
    case types::LayerState::AlreadyPresent:
        return {QStringLiteral("link"), Token::Muted, Token::BorderStrong};
    case types::LayerState::Failed:
        break;
    }
    return {QStringLiteral("errc"), Token::Err, Token::Err};
}

class LayerDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override {
        const auto look = lookOf(static_cast<types::LayerState>(index.data(LayerModel::StateRole).toInt()),
                                 index.data(LayerModel::SentRole).toBool());
        if (index.column() == LayerModel::LayerColumn) {
            paintText(painter, area, index.data().toString(), TextRole::Code, Token::Muted);
        } else if (index.column() == LayerModel::ProgressColumn) {
            paintBar(painter, area, {{index.data(LayerModel::PercentRole).toInt() / 100.0, look.bar, 1}},
                     option.direction);
        } else if (index.column() == LayerModel::StateColumn) {
            const QRect box(area.left(), area.top(), metrics::kIcon, area.height());
            paintIcon(painter, box, look.icon, color(look.ink), metrics::kIconSmall);
            paintText(painter, area.adjusted(metrics::kIcon + 5, 0, 0, 0), index.data().toString(),
                      TextRole::Body, look.ink);
        } else {
            ListDelegate::paintCell(painter, area, index, option);
        }
    }
};

}  // namespace

QWidget* makeField(const QString& title, QWidget* input) {
    auto* field = new QWidget;
    auto* column = new QVBoxLayout(field);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    auto* label = new TextLabel(title, TextRole::SecondaryStrong, Token::Text, field);
    label->setBuddy(input);
    input->setAccessibleName(title);
    input->setMinimumHeight(scaled(metrics::kControl));
    column->addWidget(label);
    column->addWidget(input);
    return field;
}

void dressLayerTable(ListTable& table) {
    table.horizontalHeader()->setProperty("headerGround", static_cast<int>(Token::Surface));
    table.setItemDelegate(new LayerDelegate(&table));
    table.setRowHeight(metrics::kRowCompact);
    table.setSelectionMode(QAbstractItemView::NoSelection);
}

void showLayers(ListTable& table, LayerModel& layers) {
    table.setModel(&layers);
    // A header forgets its widths with its model.
    auto* header = table.horizontalHeader();
    sizeColumn(*header, LayerModel::LayerColumn, 140);
    sizeColumn(*header, LayerModel::SizeColumn, 88);
    header->setSectionResizeMode(LayerModel::ProgressColumn, QHeaderView::Stretch);
    sizeColumn(*header, LayerModel::StateColumn, 150);
}

}  // namespace coracle::gui
