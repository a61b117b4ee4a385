// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/sidebar.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace coracle::gui {

namespace {

class NavDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {scaled(metrics::kSidebarCollapsed), scaled(metrics::kSidebarItem)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row = option.rect.adjusted(8, 0, -8, -1);
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const bool mirrored = option.direction == Qt::RightToLeft;
        if (current || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(current ? Token::Selection : Token::Hover));
            painter->drawRoundedRect(row, metrics::kRadiusControl, metrics::kRadiusControl);
        }
        if (current) {
            painter->setBrush(color(Token::Accent));
            const int x = mirrored ? row.right() - 2 : row.left();
            painter->drawRoundedRect(QRectF(x, row.top() + 7, 3, row.height() - 14), 1.5, 1.5);
        }
        if (option.state.testFlag(QStyle::State_HasFocus) &&
            option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(color(Token::Focus), 2));
            painter->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 5, 5);
        }
        const int side = scaled(metrics::kIcon);
        const QRect iconRect(row.left() + 10, row.top(), side, row.height());
        paintIcon(*painter, QStyle::visualRect(option.direction, row, iconRect),
                  index.data(NavModel::IconRole).toString(), color(current ? Token::Link : Token::Muted));
        if (row.width() > scaled(80)) {
            paintWords(*painter, option, index, row, current);
        }
        painter->restore();
    }

private:
    static void paintWords(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                           const QRect& row, bool current) {
        painter.setFont(themeFont(current ? TextRole::Section : TextRole::Body));
        painter.setPen(color(current ? Token::OnAccentSoft : Token::Text));
        const int start = 10 + scaled(metrics::kIcon) + 10;
        painter.drawText(
            QStyle::visualRect(option.direction, row,
                               QRect(row.left() + start, row.top(), row.width() - start - 36, row.height())),
            Qt::AlignVCenter | Qt::AlignLeading, index.data().toString());
        const int count = index.data(NavModel::CountRole).toInt();
        if (count < 0) {
            return;
        }
        const QString number = QLocale().toString(count);
        QRect place(row.right() - 60, row.top(), 51, row.height());
        painter.setFont(themeFont(TextRole::Caption));
        if (index.data(NavModel::AttentionRole).toBool()) {
            const int width = painter.fontMetrics().horizontalAdvance(number) + 12;
            place = QRect(row.right() - width - 5, row.center().y() - 8, width, 18);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::WarnSoft));
            place = QStyle::visualRect(option.direction, row, place);
            painter.drawRoundedRect(place, 9, 9);
            painter.setPen(color(Token::Warn));
            painter.drawText(place, Qt::AlignCenter, number);
            return;
        }
        painter.setPen(color(current ? Token::OnAccentSoft : Token::Faint));
        painter.drawText(QStyle::visualRect(option.direction, row, place),
                         Qt::AlignVCenter | Qt::AlignTrailing, number);
    }
};

}  // namespace

NavModel::NavModel(std::vector<NavItem> items, QObject* parent)
    : QAbstractListModel(parent), m_items(std::move(items)) {}

int NavModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant NavModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(m_items.size())) {
        return {};
    }
    const NavItem& item = m_items[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return item.title;
    case Qt::AccessibleTextRole:
        return item.count < 0 ? item.title : QStringLiteral("%1, %2").arg(item.title).arg(item.count);
    case NameRole:
        return item.name;
    case IconRole:
        return item.iconName;
    case CountRole:
        return item.count;
    case AttentionRole:
        return item.attention;
    default:
        return {};
    }
}

void NavModel::setCount(const QString& name, int count, bool attention) {
    const int at = row(name);
    if (at < 0) {
        return;
    }
    NavItem& item = m_items[std::size_t(at)];
    if (item.count != count || item.attention != attention) {
        item.count = count;
        item.attention = attention;
        emit dataChanged(index(at), index(at));
    }
}

int NavModel::row(const QString& name) const {
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [&](const NavItem& item) { return item.name == name; });
    return found == m_items.end() ? -1 : int(found - m_items.begin());
}

Sidebar::Sidebar(std::vector<NavItem> top, std::vector<NavItem> bottom, QWidget* parent)
    : Panel(Token::Sidebar, Qt::RightEdge, parent)
    , m_topModel(new NavModel(std::move(top), this))
    , m_bottomModel(new NavModel(std::move(bottom), this)) {
    setFixedWidth(scaled(metrics::kSidebarWidth));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 8);
    layout->setSpacing(0);
    auto* brand = new QHBoxLayout;
    brand->setContentsMargins(16, 14, 8, 17);
    brand->setSpacing(metrics::kSpaceSmall);
    brand->addWidget(new IconLabel(QStringLiteral("coracle-logo"), Token::Accent, 24));
    m_brandText = new TextLabel(QStringLiteral("Coracle"), TextRole::DialogTitle);
    brand->addWidget(m_brandText);
    brand->addStretch(1);
    layout->addLayout(brand);
    m_top = makeList(QStringLiteral("sidebar"), m_topModel);
    m_top->setAccessibleName(tr("Sections"));
    layout->addWidget(m_top, 1);
    m_bottom = makeList(QStringLiteral("sidebarBottom"), m_bottomModel);
    m_bottom->setAccessibleName(tr("System sections"));
    m_bottom->setFixedHeight(scaled(metrics::kSidebarItem) * m_bottomModel->rowCount());
    layout->addWidget(m_bottom);
}

namespace {

/// A click beside the entries leaves the current one marked.
class NavList : public QListView {
public:
    /// The key goes on to the list when this does not take it.
    std::function<bool(int key)> crossOver;
    /// Called with true before and with false after a key was handled.
    std::function<void(bool)> stepping;
    std::function<void()> entered;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            entered();
            return;
        }
        stepping(true);
        if (!crossOver(event->key())) {
            QListView::keyPressEvent(event);
        }
        stepping(false);
    }
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override {
        return index.isValid() ? QListView::selectionCommand(index, event) : QItemSelectionModel::NoUpdate;
    }
};

}  // namespace

QListView* Sidebar::makeList(const QString& objectName, NavModel* model) {
    auto* view = new NavList;
    view->setObjectName(objectName);
    view->setModel(model);
    view->setItemDelegate(new NavDelegate(view));
    view->setFrameShape(QFrame::NoFrame);
    view->viewport()->setAutoFillBackground(false);
    view->setMouseTracking(true);
    view->setUniformItemSizes(true);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                if (now.isValid()) {
                    const QString name = now.data(NavModel::NameRole).toString();
                    m_stepping ? emit steppedTo(name) : emit chosen(name);
                }
            });
    view->stepping = [this](bool on) { m_stepping = on; };
    view->crossOver = [this, view](int key) { return crossOver(view, key); };
    view->entered = [this, view] {
        if (view->currentIndex().isValid()) {
            emit chosen(view->currentIndex().data(NavModel::NameRole).toString());
        }
    };
    // A click on the section that is current leads back to its list.
    connect(view, &QListView::clicked, this,
            [this](const QModelIndex& index) { emit chosen(index.data(NavModel::NameRole).toString()); });
    return view;
}

void Sidebar::setCurrent(const QString& name) {
    for (QListView* view : {m_top, m_bottom}) {
        const auto* model = static_cast<NavModel*>(view->model());
        const int row = model->row(name);
        const QSignalBlocker quiet(view->selectionModel());
        // One stop of the Tab key: the list with the current section.
        view->setFocusPolicy(row >= 0 ? Qt::StrongFocus : Qt::ClickFocus);
        if (row >= 0) {
            view->setCurrentIndex(model->index(row));
        } else {
            view->clearSelection();
            view->setCurrentIndex({});
        }
        view->viewport()->update();
    }
}

bool Sidebar::crossOver(const QListView* from, int key) {
    const int row = from->currentIndex().row();
    QListView* to = nullptr;
    int target = 0;
    if (key == Qt::Key_Down && from == m_top && row == m_topModel->rowCount() - 1) {
        to = m_bottom;
    } else if (key == Qt::Key_Up && from == m_bottom && row == 0) {
        to = m_top;
        target = m_topModel->rowCount() - 1;
    }
    if (to == nullptr || to->model()->rowCount() == 0) {
        return false;
    }
    to->setCurrentIndex(to->model()->index(target, 0));
    return true;
}

void Sidebar::takeFocus() {
    (m_bottom->currentIndex().isValid() ? m_bottom : m_top)->setFocus(Qt::OtherFocusReason);
}

void Sidebar::setCount(const QString& name, int count, bool attention) {
    m_topModel->setCount(name, count, attention);
    m_bottomModel->setCount(name, count, attention);
}

void Sidebar::setCollapsed(bool collapsed) {
    if (collapsed != m_collapsed) {
        m_collapsed = collapsed;
        m_brandText->setVisible(!collapsed);
        setFixedWidth(scaled(collapsed ? metrics::kSidebarCollapsed : metrics::kSidebarWidth));
    }
}

}  // namespace coracle::gui
