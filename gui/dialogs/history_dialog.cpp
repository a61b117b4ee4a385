// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/history_dialog.h"

#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/image_content.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace coracle::gui {

namespace {

constexpr int kWidth = 860;
constexpr int kHeight = 560;

class StepDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override {
        if (index.column() == HistoryModel::StepColumn) {
            paintText(painter, area, index.data().toString(), TextRole::Code, Token::Text);
        } else {
            ListDelegate::paintCell(painter, area, index, option);
        }
    }
};

}  // namespace

void HistoryModel::setSteps(std::vector<types::ImageStep> steps) {
    beginResetModel();
    m_steps.assign(std::make_move_iterator(steps.rbegin()), std::make_move_iterator(steps.rend()));
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_steps.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const types::ImageStep& step = m_steps[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == CreatedColumn && step.createdAt ? QVariant(format::exact(*step.createdAt))
               : index.column() == StepColumn ? QVariant(format::text(step.createdBy).toHtmlEscaped())
                                              : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (index.column()) {
    case StepColumn:
        return step.createdBy.empty() ? format::text(step.comment) : stepWords(step.createdBy);
    case SizeColumn:
        return step.emptyLayer ? tr("no files") : format::bytes(step.sizeBytes);
    default:
        return step.createdAt ? format::moment(*step.createdAt) : QString();
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    const QString heads[] = {tr("Step"), tr("Size"), tr("Made")};
    return role == Qt::DisplayRole ? QVariant(heads[section]) : QVariant();
}

void showHistory(ListTable& table, HistoryModel& model) {
    table.setModel(&model);
    table.setItemDelegate(new StepDelegate(&table));
    table.setRowHeight(metrics::kRowCompact);
    auto* head = table.horizontalHeader();
    head->setSectionResizeMode(HistoryModel::StepColumn, QHeaderView::Stretch);
    sizeColumn(*head, HistoryModel::SizeColumn, 100);
    sizeColumn(*head, HistoryModel::CreatedColumn, 160);
}

HistoryDialog::HistoryDialog(const PageContext& context, const QString& key, const QString& name,
                             QWidget* parent)
    : QDialog(parent)
    , m_model(new HistoryModel(this))
    , m_table(new ListTable(QStringLiteral("history.steps"), tr("Steps"), this))
    , m_banner(new Banner(this))
    , m_sum(new TextLabel({}, TextRole::Secondary, Token::Muted, this)) {
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("How %1 was made").arg(name));
    resize(scaled(kWidth), scaled(kHeight));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("history"));
    m_banner->setObjectName(QStringLiteral("history.banner"));
    m_banner->hide();
    frame.body->addWidget(m_banner);
    showHistory(*m_table, *m_model);
    m_table->setPlaceholder(tr("Asking"));
    frame.body->addWidget(m_table, 1);
    m_sum->setObjectName(QStringLiteral("history.sum"));
    frame.footer->addWidget(m_sum, 1);
    auto* copy = makeButton(QStringLiteral("history.copy"), tr("Copy step"), QStringLiteral("copy"));
    copy->setAutoDefault(false);
    frame.footer->addWidget(copy);
    auto* close = makeButton(QStringLiteral("history.close"), tr("Close"));
    close->setDefault(true);
    frame.footer->addWidget(close);
    connect(copy, &QPushButton::clicked, this, [this, context] {
        const QModelIndex chosen = m_table->selectedIndex();
        if (chosen.isValid()) {
            context.prompt.copyText(chosen.siblingAtColumn(HistoryModel::StepColumn).data().toString());
        }
    });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    (void)context.engine.inspectImage(this, key.toStdString(),
                                      [this](const Result<types::ImageDetails>& result) { take(result); });
}

void HistoryDialog::take(const Result<types::ImageDetails>& result) {
    if (!result) {
        m_table->setPlaceholder({});
        m_banner->show(Banner::Kind::Error, format::sentence(result.error().message()),
                       format::sentence(result.error().hint()));
        return;
    }
    m_table->setPlaceholder(tr("Its maker wrote nothing down"));
    m_model->setSteps(result->history);
    if (m_model->rowCount() > 0) {
        m_table->selectRow(0);
        m_table->setFocus();
    }
    m_sum->setText(tr("%Ln steps", nullptr, int(result->history.size())) + QStringLiteral(" · ") +
                   tr("%Ln layers", nullptr, int(result->layers.size())) + QStringLiteral(" · ") +
                   format::bytes(result->summary.sizeBytes));
}

}  // namespace coracle::gui
