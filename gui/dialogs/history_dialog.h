// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QAbstractTableModel>
#include <QDialog>

#include <vector>

namespace coracle::gui {

class Banner;
class ListTable;
class TextLabel;

/// The steps of how an image was made, the last one first, as its maker wrote them down: plain text, whatever
/// it holds.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { StepColumn, SizeColumn, CreatedColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    /// In the order of the image: the first step first.
    void setSteps(std::vector<types::ImageStep> steps);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<types::ImageStep> m_steps;
};

/// Dress a table for the steps.
void showHistory(ListTable& table, HistoryModel& model);

/// Shows them; asks the engine when it opens.
class HistoryDialog : public QDialog {
    Q_OBJECT
public:
    /// key: what the engine knows the image by. name: for people.
    HistoryDialog(const PageContext& context, const QString& key, const QString& name,
                  QWidget* parent = nullptr);

private:
    void take(const Result<types::ImageDetails>& result);

    HistoryModel* m_model;
    ListTable* m_table;
    Banner* m_banner;
    TextLabel* m_sum;
};

}  // namespace coracle::gui
