// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/editor_rows.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"
#include "gui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kSideMargin = 10;

/// Put cells beside each other as the columns say.
QHBoxLayout* layOut(const std::vector<EditorColumn>& columns, const std::vector<QWidget*>& cells) {
    auto* layout = new QHBoxLayout;
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].width > 0) {
            cells[i]->setFixedWidth(scaled(columns[i].width));
        }
        layout->addWidget(cells[i], columns[i].width > 0 ? 0 : 1, Qt::AlignTop);
        layout->addSpacing(scaled(columns[i].gap));
    }
    return layout;
}

}  // namespace

EditorRow::EditorRow(const std::vector<EditorColumn>& columns, const std::vector<QWidget*>& cells,
                     QWidget* parent)
    : QWidget(parent), m_remark(new TextLabel({}, TextRole::Secondary, Token::Muted, this)) {
    auto* column = new QVBoxLayout(this);
    const int vertical = (metrics::kRow - metrics::kControlSmall) / 2;
    column->setContentsMargins(scaled(kSideMargin), scaled(vertical), scaled(kSideMargin), scaled(vertical));
    column->setSpacing(scaled(metrics::kSpaceTiny));
    column->addLayout(layOut(columns, cells));
    m_remark->setWordWrap(true);
    m_remark->hide();
    column->addWidget(m_remark);
}

void EditorRow::setRemark(const QString& text, bool error, bool warning) {
    m_remark->setText(text);
    m_remark->setToken(error ? Token::Err : warning ? Token::Warn : Token::Muted);
    m_remark->setVisible(!text.isEmpty());
}

QString EditorRow::remark() const {
    return m_remark->text();
}

void EditorRow::setCurrent(bool current) {
    m_current = current;
    update();
}

void EditorRow::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    if (m_current) {
        painter.fillRect(rect().adjusted(1, 0, -1, 0), color(Token::Selection));
    }
    painter.fillRect(QRect(1, 0, width() - 2, 1), color(Token::Border));
}

EditorBox::EditorBox(std::vector<EditorColumn> columns, QWidget* parent)
    : QFrame(parent)
    , m_columns(std::move(columns))
    , m_layout(new QVBoxLayout(this))
    , m_empty(new TextLabel({}, TextRole::Body, Token::Muted, this)) {
    m_layout->setContentsMargins(0, 0, 0, 1);
    m_layout->setSpacing(0);
    std::vector<QWidget*> heads;
    for (const auto& column : m_columns) {
        auto* head = new TextLabel(column.title, TextRole::CaptionBold, Token::Muted, this);
        head->setMinimumHeight(scaled(metrics::kTableHead));
        head->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        heads.push_back(head);
    }
    auto* headLayout = layOut(m_columns, heads);
    headLayout->setContentsMargins(scaled(kSideMargin), 0, scaled(kSideMargin), 0);
    m_layout->addLayout(headLayout);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMinimumHeight(scaled(72));
    m_empty->setWordWrap(true);
    m_layout->addWidget(m_empty);
}

EditorRow* EditorBox::addRow(const std::vector<QWidget*>& cells, int at) {
    auto* row = new EditorRow(m_columns, cells, this);
    constexpr int kAboveRows = 2;  // the heads and what stands there when there is no row
    m_layout->insertWidget(at < 0 || at > m_rows ? -1 : kAboveRows + at, row);
    // The layout would show it only later, and a hidden input takes no focus.
    row->show();
    ++m_rows;
    updateEmpty();
    return row;
}

void EditorBox::removeRow(EditorRow* row) {
    m_layout->removeWidget(row);
    row->hide();
    row->deleteLater();
    --m_rows;
    updateEmpty();
}

void EditorBox::setEmptyText(const QString& text) {
    m_empty->setText(text);
}

void EditorBox::updateEmpty() {
    m_empty->setVisible(m_rows == 0);
}

void EditorBox::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(color(Token::Border));
    painter.setBrush(color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusCard,
                            metrics::kRadiusCard);
}

void chainTabOrder(QWidget* first, const std::vector<QWidget*>& inputs) {
    QWidget* previous = first;
    for (auto* input : inputs) {
        QWidget::setTabOrder(previous, input);
        previous = input;
    }
}

void nameRow(const char* kind, std::size_t index,
             std::initializer_list<std::pair<QWidget*, const char*>> parts) {
    for (const auto& [widget, part] : parts) {
        widget->setObjectName(
            QStringLiteral("%1.%2.%3").arg(QLatin1String(kind)).arg(index).arg(QLatin1String(part)));
    }
}

QHBoxLayout* makeEditorNote(QWidget* parent, const QString& text) {
    auto* note = new QHBoxLayout;
    note->setSpacing(scaled(metrics::kSpaceSmall));
    note->addWidget(new IconLabel(QStringLiteral("info"), Token::Muted, metrics::kIcon, parent), 0,
                    Qt::AlignTop);
    auto* words = new TextLabel(text, TextRole::Secondary, Token::Muted, parent);
    words->setWordWrap(true);  // in another language it would be wider than the form
    note->addWidget(words, 1);
    return note;
}

QComboBox* makeRowCombo(const QString& accessibleName) {
    auto* combo = new QComboBox;
    combo->setFixedHeight(scaled(metrics::kControlSmall));
    combo->setFont(themeFont(TextRole::Secondary));
    combo->setAccessibleName(accessibleName);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return combo;
}

QLineEdit* makeRowEdit(const QString& accessibleName, bool code) {
    auto* edit = new QLineEdit;
    edit->setFixedHeight(scaled(metrics::kControlSmall));
    edit->setFont(themeFont(code ? TextRole::Code : TextRole::Secondary));
    edit->setAccessibleName(accessibleName);
    return edit;
}

}  // namespace coracle::gui
