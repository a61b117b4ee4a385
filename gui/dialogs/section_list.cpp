// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/section_list.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/chip.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyle>
#include <QStyledItemDelegate>

namespace coracle::gui {
namespace {

enum Role { IconRole = Qt::UserRole + 1, CountRole, ProblemRole };

class SectionDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override {
        return {scaled(120), scaled(metrics::kSidebarItem)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QRect box = option.rect.adjusted(0, 0, 0, -1);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(selected ? Token::Selection : Token::Hover));
            painter->drawRoundedRect(box, metrics::kRadiusControl, metrics::kRadiusControl);
        }
        const auto place = [&option, &box](const QRect& logical) {
            return QStyle::visualRect(option.direction, box, logical);
        };
        if (selected) {
            painter->setBrush(color(Token::Accent));
            painter->drawRoundedRect(QRectF(place(QRect(box.left(), box.top() + 7, 3, box.height() - 14))),
                                     1.5, 1.5);
        }
        if (option.state.testFlag(QStyle::State_HasFocus) &&
            option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setPen(QPen(color(Token::Focus), 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), metrics::kRadiusControl,
                                     metrics::kRadiusControl);
        }
        const auto ink = color(selected ? Token::OnAccentSoft : Token::Text);
        paintIcon(*painter, place(QRect(box.left() + scaled(10), box.top(), metrics::kIcon, box.height())),
                  index.data(IconRole).toString(), selected ? ink : color(Token::Muted));
        painter->setFont(themeFont(selected ? TextRole::Section : TextRole::Body));
        painter->setPen(ink);
        const QRect words = box.adjusted(scaled(36), 0, -badgeSpace(index), 0);
        painter->drawText(
            place(words), Qt::AlignVCenter | Qt::AlignLeading,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        paintBadge(*painter, box, index, option.direction);
        painter->restore();
    }

private:
    /// What the badge takes at the end of a row, with the room around it.
    static int badgeSpace(const QModelIndex& index) {
        const int problems = index.data(ProblemRole).toInt();
        const int count = index.data(CountRole).toInt();
        if (problems > 0) {
            return chipWidth(QString::number(problems), false) + scaled(16);
        }
        return count > 0
                   ? QFontMetrics(themeFont(TextRole::Caption)).horizontalAdvance(QString::number(count)) +
                         scaled(16)
                   : scaled(10);
    }
    static void paintBadge(QPainter& painter, const QRect& box, const QModelIndex& index,
                           Qt::LayoutDirection direction) {
        const int problems = index.data(ProblemRole).toInt();
        const int count = index.data(CountRole).toInt();
        if (problems > 0) {
            const auto text = QString::number(problems);
            const int width = chipWidth(text, false);
            const QRect logical(box.right() - scaled(10) - width, box.top(), width, box.height());
            paintChip(painter, box, QStyle::visualRect(direction, box, logical).left(), text, {},
                      chip_look::kErr);
        } else if (count > 0) {
            painter.setFont(themeFont(TextRole::Caption));
            painter.setPen(color(Token::Muted));
            painter.drawText(QStyle::visualRect(direction, box, box.adjusted(0, 0, -scaled(10), 0)),
                             int(Qt::AlignVCenter) | int(QStyle::visualAlignment(direction, Qt::AlignRight)),
                             QString::number(count));
        }
    }
};

}  // namespace

SectionList::SectionList(QWidget* parent) : QListView(parent), m_model(new QStandardItemModel(this)) {
    setModel(m_model);
    setItemDelegate(new SectionDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setTabKeyNavigation(false);
}

void SectionList::addSection(const QString& name, const QString& iconName) {
    auto* item = new QStandardItem(name);
    item->setData(iconName, IconRole);
    m_model->appendRow(item);
}

void SectionList::setBadge(int section, int count, int problems) {
    auto* item = m_model->item(section);
    if (item->data(CountRole) == count && item->data(ProblemRole) == problems) {
        return;
    }
    item->setData(count, CountRole);
    item->setData(problems, ProblemRole);
    const auto badge = badgeText(section);
    //: A section of the dialog and what its badge says: "Ports, 1 problem".
    item->setData(badge.isEmpty() ? item->text() : tr("%1, %2").arg(item->text(), badge),
                  Qt::AccessibleTextRole);
}

QString SectionList::badgeText(int section) const {
    const auto* item = m_model->item(section);
    const int problems = item->data(ProblemRole).toInt();
    const int count = item->data(CountRole).toInt();
    if (problems > 0) {
        return problems == 1 ? tr("1 problem") : tr("%n problems", nullptr, problems);
    }
    return count > 0 ? QString::number(count) : QString();
}

void SectionList::setCurrent(int section) {
    setCurrentIndex(m_model->index(section, 0));
}

QItemSelectionModel::SelectionFlags SectionList::selectionCommand(const QModelIndex& index,
                                                                  const QEvent* /*event*/) const {
    return index.isValid() ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::NoUpdate;
}

void SectionList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid()) {
        emit sectionChosen(current.row());
    }
}

}  // namespace coracle::gui
