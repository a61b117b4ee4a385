// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/id_map_view.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QLocale>
#include <QPainter>

namespace coracle::gui {

namespace {

constexpr int kRowHeight = 28;
constexpr int kFirstWidth = 112;

}  // namespace

IdMapView::IdMapView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void IdMapView::setRows(const std::vector<types::IdMapRow>& rows, std::int64_t ownId) {
    m_rows = rows;
    m_ownId = ownId;
    QStringList words;
    for (const types::IdMapRow& row : rows) {
        words << tr("%1 is %2 here").arg(inside(row), outside(row));
    }
    setAccessibleName(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize IdMapView::sizeHint() const {
    return {240, m_rows.empty() ? 0 : 2 * scaled(kRowHeight)};
}

QString IdMapView::inside(const types::IdMapRow& row) const {
    if (row.count == 1) {
        return row.containerId == 0 ? tr("root inside") : tr("user %1 inside").arg(row.containerId);
    }
    return tr("users %L1 – %L2 inside").arg(row.containerId).arg(row.containerId + row.count - 1);
}

QString IdMapView::outside(const types::IdMapRow& row) const {
    if (row.count == 1) {
        return row.hostId == m_ownId ? tr("you (%1)").arg(row.hostId)
                                     : QLocale().toString(qlonglong(row.hostId));
    }
    return tr("%L1 – %L2").arg(row.hostId).arg(row.hostId + row.count - 1);
}

void IdMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int height = scaled(kRowHeight);
    const int count = int(m_rows.size());
    int x = 0;
    for (int i = 0; i < count; ++i) {
        const types::IdMapRow& row = m_rows[std::size_t(i)];
        const int width = count == 1       ? this->width()
                          : row.count == 1 ? std::min(scaled(kFirstWidth), this->width() / count)
                                           : (this->width() - x) / (count - i);
        const bool root = row.containerId == 0;
        const QRect upper(x, 0, width, height);
        painter.fillRect(upper, color(root ? Token::AccentSoft : Token::InfoSoft));
        const auto write = [&](const QRect& area, TextRole role, Token token, const QString& text) {
            painter.setFont(themeFont(role));
            painter.setPen(color(token));
            const QRect inner = area.adjusted(10, 0, -4, 0);
            painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
        };
        write(upper, TextRole::SecondaryStrong, root ? Token::OnAccentSoft : Token::Info, inside(row));
        write(upper.translated(0, height), TextRole::Secondary, Token::Muted, outside(row));
        x += width;
    }
}

}  // namespace coracle::gui
