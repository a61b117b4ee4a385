// SPDX-License-Identifier: Apache-2.0
#include "gui/views/container_view.h"

#include "gui/models/container_model.h"
#include "gui/models/usage_monitor.h"
#include "gui/theme/density.h"
#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/spark_paint.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace coracle::gui {

namespace {

constexpr int kButton = 26;
constexpr int kButtonStep = 28;
constexpr int kCellMargin = 10;
constexpr int kDot = 8;
constexpr int kSpark = 56;
constexpr int kUsageNumber = 62;
constexpr int kCreatedFrom = 1200;

int draw(QPainter& painter, const QRect& area, const QString& text, TextRole role, Token token,
         Qt::Alignment alignment = Qt::AlignLeft) {
    const QFont textFont = themeFont(role);
    painter.setFont(textFont);
    painter.setPen(color(token));
    const QFontMetrics metrics(textFont);
    // Names are told apart by both of their ends; the same holds for every list.
    const bool name = role == TextRole::Strong || role == TextRole::Section;
    const QString shown = metrics.elidedText(text, name ? Qt::ElideMiddle : Qt::ElideRight, area.width());
    painter.drawText(area, int(Qt::AlignVCenter | alignment), shown);
    return metrics.horizontalAdvance(shown);
}

bool isGroup(const QModelIndex& index) {
    return index.data(ContainerModel::IsGroupRole).toBool();
}

/// A group that is chosen alone, as by walking to it, stands for all of its rows. Among rows it was passed
/// by, and they say themselves whether they are chosen.
bool groupsStandForRows(const QItemSelection& selection) {
    return std::all_of(selection.begin(), selection.end(),
                       [](const QItemSelectionRange& range) { return isGroup(range.topLeft()); });
}

bool isChosen(const QItemSelectionModel& selection, const QModelIndex& row) {
    return selection.isSelected(row) ||
           (row.parent().isValid() && selection.isSelected(row.parent().siblingAtColumn(0)) &&
            groupsStandForRows(selection.selection()));
}

}  // namespace

ContainerView::ContainerView(QWidget* parent) : QTreeView(parent) {
    setObjectName(QStringLiteral("containers.view"));
    setAccessibleName(tr("Containers"));
    setItemDelegate(new ContainerDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(false);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(false);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSortingEnabled(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setTabKeyNavigation(false);
    header()->setStretchLastSection(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(60);
    header()->setSortIndicatorClearable(false);
    header()->setObjectName(QStringLiteral("containers.header"));
    header()->setAccessibleName(tr("Columns"));
    // Who sorts by usage looks for the largest: the first click shows it at the top.
    connect(header(), &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        const bool usage = column == ContainerModel::Cpu || column == ContainerModel::Memory;
        const bool first = std::exchange(m_sorted, column) != column;
        if (usage && first && order == Qt::AscendingOrder) {
            header()->setSortIndicator(column, Qt::DescendingOrder);
        }
    });
}

void ContainerView::setModel(QAbstractItemModel* model) {
    QTreeView::setModel(model);
    layoutColumns();
}

void ContainerView::applySpans() {
    for (int row = 0; row < model()->rowCount(); ++row) {
        setFirstColumnSpanned(row, {}, isGroup(model()->index(row, 0)));
    }
}

void ContainerView::setChecks(bool on) {
    if (m_checks != on) {
        m_checks = on;
        viewport()->update();
    }
}

Qt::CheckState ContainerView::groupState(const QModelIndex& group) const {
    const int rows = model()->rowCount(group);
    int chosen = 0;
    for (int row = 0; row < rows; ++row) {
        chosen += isChosen(*selectionModel(), model()->index(row, 0, group)) ? 1 : 0;
    }
    return chosen == 0 ? Qt::Unchecked : chosen == rows ? Qt::Checked : Qt::PartiallyChecked;
}

void ContainerView::toggleChoice(const QModelIndex& index) {
    const QItemSelection before = selectionModel()->selection();
    if (groupsStandForRows(before)) {
        QItemSelection rows;
        for (const QModelIndex& group : selectionModel()->selectedRows()) {
            rows.select(model()->index(0, 0, group), model()->index(model()->rowCount(group) - 1, 0, group));
        }
        selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    if (!isGroup(index)) {
        selectionModel()->select(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        return;
    }
    const bool all = groupState(index) == Qt::Checked;
    const int last = model()->rowCount(index) - 1;
    selectionModel()->select(index, QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    selectionModel()->select(
        QItemSelection(model()->index(0, 0, index), model()->index(last, 0, index)),
        (all ? QItemSelectionModel::Deselect : QItemSelectionModel::Select) | QItemSelectionModel::Rows);
}

void ContainerView::setUnwanted(const std::set<int>& columns) {
    m_unwanted = columns;
    if (columns.count(header()->sortIndicatorSection()) > 0) {
        sortByColumn(ContainerModel::Name, Qt::AscendingOrder);  // nobody could see what the order is
    }
    layoutColumns();
}

void ContainerView::layoutColumns() {
    if (model() == nullptr) {
        return;
    }
    constexpr std::pair<int, int> kOptional[] = {{ContainerModel::Image, 130}, {ContainerModel::Status, 170},
                                                 {ContainerModel::Ports, 110}, {ContainerModel::Cpu, 86},
                                                 {ContainerModel::Memory, 86}, {ContainerModel::Created, 0}};
    const int width = viewport()->width();
    int room = width;  // with what those would take that are not wanted
    for (const auto& [column, pixels] : kOptional) {
        const bool unwanted = m_unwanted.count(column) > 0;
        room += unwanted ? scaled(pixels) : 0;
        setColumnHidden(column, unwanted);
    }
    const bool narrow = room < scaled(880);
    if (room < scaled(860)) {
        setColumnHidden(ContainerModel::Image, true);
    }
    if (room < scaled(kCreatedFrom)) {
        setColumnHidden(ContainerModel::Created, true);
    }
    const std::pair<int, int> widths[] = {{ContainerModel::Image, narrow ? 130 : 154},
                                          {ContainerModel::Status, narrow ? 170 : 210},
                                          {ContainerModel::Ports, narrow ? 110 : 150},
                                          {ContainerModel::Cpu, narrow ? 86 : 140},
                                          {ContainerModel::Memory, narrow ? 86 : 140},
                                          {ContainerModel::Created, 110},
                                          {ContainerModel::Actions, 104}};
    int rest = width;
    for (const auto& [column, pixels] : widths) {
        if (!isColumnHidden(column)) {
            sizeColumn(*header(), column, pixels);
            rest -= header()->sectionSize(column);
        }
    }
    header()->resizeSection(ContainerModel::Name, std::max(scaled(140), rest));
}

void ContainerView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    layoutColumns();
}

void ContainerView::updateRowAt(const QPoint& point) {
    const QModelIndex index = indexAt(point);
    if (index.isValid()) {
        const QRect row = visualRect(index);
        viewport()->update(QRect(0, row.top(), viewport()->width(), row.height()));
    }
}

bool ContainerView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::HoverMove) {
        const QPoint point = static_cast<QSinglePointEvent*>(event)->position().toPoint();
        updateRowAt(m_pointer);
        m_pointer = point;
        updateRowAt(point);
        const QModelIndex index = indexAt(point);
        const auto* delegate = static_cast<const ContainerDelegate*>(itemDelegate());
        const bool hot = index.isValid() && !delegate->hit(point, visualRect(index), index).isEmpty();
        viewport()->setCursor(hot ? Qt::PointingHandCursor : Qt::ArrowCursor);
    } else if (event->type() == QEvent::Leave || event->type() == QEvent::HoverLeave) {
        updateRowAt(m_pointer);
        m_pointer = {-1, -1};
    }
    return QTreeView::viewportEvent(event);
}

void ContainerView::mousePressEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    const QModelIndex index = indexAt(point);
    const auto* delegate = static_cast<const ContainerDelegate*>(itemDelegate());
    m_pressed = index.isValid() && event->button() == Qt::LeftButton
                    ? delegate->hit(point, visualRect(index), index)
                    : QString();
    if (m_pressed.isEmpty()) {
        QTreeView::mousePressEvent(event);
    }
}

void ContainerView::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed.isEmpty()) {  // no range of rows is drawn from a button
        QTreeView::mouseMoveEvent(event);
    }
}

void ContainerView::mouseReleaseEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    const QModelIndex index = indexAt(point);
    if (m_pressed.isEmpty()) {
        QTreeView::mouseReleaseEvent(event);
        return;
    }
    const auto* delegate = static_cast<const ContainerDelegate*>(itemDelegate());
    if (index.isValid() && delegate->hit(point, visualRect(index), index) == m_pressed) {
        if (m_pressed == QLatin1String("toggle")) {
            setExpanded(index, !isExpanded(index));
            emit groupToggled(index.data(ContainerModel::ProjectRole).toString(), isExpanded(index));
        } else {
            emit action(index, m_pressed);
        }
    }
    m_pressed.clear();
}

void ContainerView::keyPressEvent(QKeyEvent* event) {
    const QModelIndex now = currentIndex();
    if (now.isValid() && isGroup(now)) {
        const bool open = isExpanded(now);
        const int key = event->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space ||
            (key == Qt::Key_Left && open) || (key == Qt::Key_Right && !open)) {
            setExpanded(now, !open);
            emit groupToggled(now.data(ContainerModel::ProjectRole).toString(), !open);
            return;
        }
    }
    QTreeView::keyPressEvent(event);
}

ContainerDelegate::ContainerDelegate(ContainerView& view) : QStyledItemDelegate(&view), m_view(view) {}

QSize ContainerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {80, scaled(isGroup(index) ? metrics::kGroupRow : listRow())};
}

bool ContainerDelegate::rowIsHot(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const QPoint at = m_view.pointer();
    return option.state.testFlag(QStyle::State_Selected) ||
           (at.y() >= option.rect.top() && at.y() <= option.rect.bottom() && at.x() >= 0);
}

std::vector<ContainerDelegate::Button> ContainerDelegate::buttons(const QRect& rect, const QModelIndex& index,
                                                                  bool all) const {
    std::vector<Button> result;
    const bool active = index.data(ContainerModel::ActiveRole).toBool();
    const bool busy = index.data(ContainerModel::BusyRole).toBool();
    if (isGroup(index)) {
        if (index.data(ContainerModel::ProjectRole).toString().isEmpty()) {
            return {};
        }
        result.push_back({active ? QStringLiteral("stop") : QStringLiteral("start"),
                          active ? QStringLiteral("stop") : QStringLiteral("play"),
                          {}});
    } else {
        // What comes with the pointer comes beside the others: nothing is under it that was not there before.
        if (all && active) {
            result.push_back({QStringLiteral("terminal"), QStringLiteral("term"), {}});
        } else if (all) {
            result.push_back({QStringLiteral("delete"), QStringLiteral("trash"), {}});
        }
        result.push_back({busy     ? QString()
                          : active ? QStringLiteral("stop")
                                   : QStringLiteral("start"),
                          active ? QStringLiteral("stop") : QStringLiteral("play"),
                          {}});
    }
    result.push_back({QStringLiteral("more"), QStringLiteral("more"), {}});
    const int side = scaled(kButton);
    int x = rect.right() - metrics::kPageMargin + 6 - side + 1;
    for (auto it = result.rbegin(); it != result.rend(); ++it) {
        it->rect = QStyle::visualRect(m_view.layoutDirection(), rect,
                                      QRect(x, rect.top() + (rect.height() - side) / 2, side, side));
        x -= scaled(kButtonStep);
    }
    std::erase_if(result, [](const Button& button) { return button.what.isEmpty(); });
    return result;
}

std::vector<QRect> ContainerDelegate::chips(const QRect& rect, const QModelIndex& index) const {
    std::vector<QRect> result;
    int x = rect.left() + kCellMargin;
    const int height = scaled(metrics::kChip);
    for (const QString& text : index.data(ContainerModel::ChipsRole).toStringList()) {
        const int width = chipWidth(text, true);
        if (x + width > rect.right() - 4) {
            break;
        }
        result.emplace_back(x, rect.top() + (rect.height() - height) / 2, width, height);
        x += width + 4;
    }
    return result;
}

QString ContainerDelegate::hit(const QPoint& point, const QRect& rect, const QModelIndex& index) const {
    // The whole start of the row, not only the small box.
    const bool onBox =
        index.column() == ContainerModel::Name && m_view.checks() &&
        checkBox(rect).adjusted(-kCellMargin, -rect.height(), kCellMargin / 2, rect.height()).contains(point);
    if (onBox) {
        return QStringLiteral("check");
    }
    if (isGroup(index)) {
        for (const Button& button : buttons(rect, index, true)) {
            if (button.rect.contains(point)) {
                return button.what;
            }
        }
        return QStringLiteral("toggle");
    }
    if (index.column() == ContainerModel::Name && m_view.checks()) {
        return {};
    }
    if (index.column() == ContainerModel::Ports) {
        const std::vector<QRect> all = chips(rect, index);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].contains(point)) {
                return QStringLiteral("port:%1").arg(i);
            }
        }
    } else if (index.column() == ContainerModel::Actions) {
        for (const Button& button : buttons(rect, index, true)) {
            if (button.rect.contains(point)) {
                return button.what;
            }
        }
    }
    return {};
}

QRect ContainerDelegate::place(const QString& what, const QRect& rect, const QModelIndex& index,
                               bool all) const {
    if (what.startsWith(QLatin1String("port:"))) {
        return chips(rect, index)[std::size_t(what.mid(5).toInt())];
    }
    if (what == QLatin1String("check")) {
        return checkBox(rect);
    }
    for (const Button& button : buttons(rect, index, all)) {
        if (button.what == what) {
            return button.rect;
        }
    }
    return {};
}

QString ContainerDelegate::words(const QString& what, const QModelIndex& index) const {
    const bool group = isGroup(index);
    if (what == QLatin1String("check")) {
        return group ? tr("Choose all") : tr("Choose");
    }
    if (what == QLatin1String("start")) {
        return group ? tr("Start all") : tr("Start");
    }
    if (what == QLatin1String("stop")) {
        return group ? tr("Stop all") : tr("Stop");
    }
    if (what == QLatin1String("terminal")) {
        return tr("Terminal");
    }
    if (what == QLatin1String("delete")) {
        return tr("Delete");
    }
    if (what == QLatin1String("more")) {
        return tr("More");
    }
    if (what.startsWith(QLatin1String("port:"))) {
        return tr("Open port %1 in the browser")
            .arg(index.data(ContainerModel::ChipsRole).toStringList().value(what.mid(5).toInt()));
    }
    return index.data(Qt::ToolTipRole).toString();
}

bool ContainerDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                  const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(event->globalPos(), words(hit(event->pos(), option.rect, index), index), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void ContainerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool group = isGroup(index);
    paintGround(*painter, option, group);
    if (group) {
        paintGroup(*painter, option, index);
        painter->restore();
        return;
    }
    const int start = index.column() == ContainerModel::Name ? metrics::kPageMargin : kCellMargin;
    const QRect cell = option.rect.adjusted(start, 0, -kCellMargin, -1);
    switch (index.column()) {
    case ContainerModel::Name:
        paintName(*painter, option, cell, index);
        break;
    case ContainerModel::Image:
    case ContainerModel::Created:
        draw(*painter, cell, index.data().toString(), TextRole::Body, Token::Muted);
        break;
    case ContainerModel::Status:
        paintStatus(*painter, cell, index);
        break;
    case ContainerModel::Ports:
        paintPorts(*painter, option, index);
        break;
    case ContainerModel::Cpu:
    case ContainerModel::Memory:
        paintUsage(*painter, option, cell, index);
        break;
    case ContainerModel::Actions:
        paintButtons(*painter, option.rect, index, rowIsHot(option, index));
        break;
    default:
        break;
    }
    painter->restore();
}

void ContainerDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option, bool group) const {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hover = m_view.pointer().x() >= 0 && m_view.pointer().y() >= option.rect.top() &&
                       m_view.pointer().y() <= option.rect.bottom();
    painter.fillRect(option.rect, color(selected ? Token::Selection
                                        : group  ? Token::Sunken
                                        : hover  ? Token::Hover
                                                 : Token::Surface));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     color(Token::Border));
    const bool current = option.state.testFlag(QStyle::State_HasFocus) &&
                         m_view.window()->testAttribute(Qt::WA_KeyboardFocusChange);
    if (current) {
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 2),
                         color(Token::Focus));
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                         color(Token::Focus));
    }
}

void ContainerDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    const QRect row = option.rect.adjusted(0, 0, 0, -1);
    const bool single = index.data(ContainerModel::ProjectRole).toString().isEmpty();
    const int side = scaled(metrics::kIconSmall);
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(option.direction, row, QRect(left, row.top(), width, row.height()));
    };
    int x = row.left() + kCellMargin;
    if (m_view.checks()) {
        paintCheck(painter, checkBox(option.rect), m_view.groupState(index));
        x += checkBox(option.rect).width() + metrics::kSpaceSmall;
    }
    const bool open = m_view.isExpanded(index);
    const bool mirrored = option.direction == Qt::RightToLeft;
    paintIcon(painter, place(x, side),
              open       ? QStringLiteral("down")
              : mirrored ? QStringLiteral("left")
                         : QStringLiteral("right"),
              color(Token::Text), metrics::kIconSmall);
    x += side + 8;
    if (!single) {
        paintIcon(painter, place(x, side), QStringLiteral("project"), color(Token::Text),
                  metrics::kIconSmall);
        x += side + 8;
    }
    x +=
        draw(painter, place(x, row.width() / 2), index.data().toString(), TextRole::Section, Token::Text) + 8;
    x += draw(painter, place(x, scaled(200)), index.data(ContainerModel::DetailRole).toString(),
              TextRole::Secondary, Token::Faint);
    const std::vector<Button> all = buttons(option.rect, index, true);
    if (!all.empty()) {
        const int end = QStyle::visualRect(option.direction, row, all.front().rect).left() - 8;
        if (end - x > scaled(120)) {
            draw(painter, place(x + 16, end - x - 16), index.data(Qt::ToolTipRole).toString(),
                 TextRole::CodeSmall, Token::Faint, Qt::AlignRight);
        }
        paintButtons(painter, option.rect, index, true);
    }
}

QRect ContainerDelegate::checkBox(const QRect& rect) const {
    const int side = m_view.style()->pixelMetric(QStyle::PM_IndicatorWidth);
    return QStyle::visualRect(
        m_view.layoutDirection(), rect,
        QRect(rect.left() + kCellMargin, rect.top() + (rect.height() - 1 - side) / 2, side, side));
}

void ContainerDelegate::paintCheck(QPainter& painter, const QRect& rect, Qt::CheckState state) const {
    QStyleOptionButton box;
    box.rect = rect;
    box.state = QStyle::State_Enabled | (state == Qt::Checked     ? QStyle::State_On
                                         : state == Qt::Unchecked ? QStyle::State_Off
                                                                  : QStyle::State_NoChange);
    m_view.style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, &m_view);
}

void ContainerDelegate::paintName(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell,
                                  const QModelIndex& index) const {
    QRect text = cell;
    if (m_view.checks()) {
        const QRect box = checkBox(option.rect);
        paintCheck(
            painter, box,
            isChosen(*m_view.selectionModel(), index.siblingAtColumn(0)) ? Qt::Checked : Qt::Unchecked);
        m_view.isRightToLeft() ? text.setRight(box.left() - 1 - metrics::kSpaceSmall)
                               : text.setLeft(box.right() + 1 + metrics::kSpaceSmall);
    }
    draw(painter, text, index.data().toString(), TextRole::Strong, Token::Text);
}

void ContainerDelegate::paintStatus(QPainter& painter, const QRect& cell, const QModelIndex& index) const {
    const QColor ink = color(static_cast<Token>(index.data(ContainerModel::DotRole).toInt()));
    const int side = scaled(kDot);
    const auto place = [&](const QRect& logical) {
        return QStyle::visualRect(m_view.layoutDirection(), cell, logical);
    };
    const QRectF dot(place(QRect(cell.left(), cell.top(), side, cell.height())).left(),
                     cell.center().y() - side / 2.0 + 0.5, side, side);
    if (index.data(ContainerModel::RingRole).toBool()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 2));
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(dot);
    }
    const QRect text = cell.adjusted(side + 6, 0, 0, 0);
    const int width = draw(painter, place(text), index.data().toString(), TextRole::Body, Token::Text);
    draw(painter, place(text.adjusted(width + 6, 0, 0, 0)), index.data(ContainerModel::DetailRole).toString(),
         TextRole::Secondary, Token::Faint);
}

void ContainerDelegate::paintPorts(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    const QStringList texts = index.data(ContainerModel::ChipsRole).toStringList();
    const QRect cell = option.rect.adjusted(kCellMargin, 0, -4, -1);
    if (texts.isEmpty()) {
        draw(painter, cell, QStringLiteral("–"), TextRole::Body, Token::Faint);
        return;
    }
    const bool onTint = rowIsHot(option, index) && currentPalette().scheme() == Scheme::Light;
    const ChipLook look{onTint ? Token::Surface : Token::AccentSoft, Token::OnAccentSoft};
    const std::vector<QRect> rects = chips(option.rect, index);
    for (std::size_t i = 0; i < rects.size(); ++i) {
        paintChip(painter, option.rect.adjusted(0, 0, 0, -1), rects[i].left(), texts[int(i)],
                  QStringLiteral("ext"), look);
    }
    if (rects.size() < std::size_t(texts.size())) {
        const int x = rects.empty() ? cell.left() : rects.back().right() + 5;
        draw(painter, QRect(x, cell.top(), cell.right() - x, cell.height()),
             QStringLiteral("+%1").arg(texts.size() - int(rects.size())), TextRole::Caption, Token::Muted);
    }
}

void ContainerDelegate::paintUsage(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell,
                                   const QModelIndex& index) const {
    const auto history = index.data(ContainerModel::HistoryRole).value<std::vector<double>>();
    const bool known = index.data(ContainerModel::SortRole).toDouble() >= 0;
    if (!known) {
        draw(painter, cell, index.data().toString(), TextRole::Body, Token::Faint);
        return;
    }
    const bool hot = index.data(ContainerModel::HotRole).toBool();
    const bool cpu = index.column() == ContainerModel::Cpu;
    const QRect numbers(cell.left(), cell.top(), std::min(cell.width(), scaled(kSpark + kUsageNumber)),
                        cell.height());
    if (numbers.width() == scaled(kSpark + kUsageNumber)) {
        const QRect spark(numbers.left(), numbers.center().y() - scaled(10), scaled(kSpark), scaled(20));
        paintSpark(painter, QStyle::visualRect(option.direction, cell, spark), history,
                   index.data(ContainerModel::CeilingRole).toDouble(), UsageMonitor::kHistory,
                   hot   ? Token::Err
                   : cpu ? Token::C1
                         : Token::C2);
    }
    draw(painter, QStyle::visualRect(option.direction, cell, numbers), index.data().toString(),
         TextRole::Body, hot ? Token::Err : Token::Text, Qt::AlignTrailing);
}

void ContainerDelegate::paintButtons(QPainter& painter, const QRect& rect, const QModelIndex& index,
                                     bool all) const {
    for (const Button& button : buttons(rect, index, all)) {
        const bool hover = button.rect.contains(m_view.pointer());
        if (hover) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::Border));
            painter.drawRoundedRect(button.rect, 5, 5);
        }
        paintIcon(painter, button.rect, button.icon,
                  color(hover && button.what == QLatin1String("delete") ? Token::Err
                        : hover                                         ? Token::Text
                                                                        : Token::Muted));
    }
}

}  // namespace coracle::gui
