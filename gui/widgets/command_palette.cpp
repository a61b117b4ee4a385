// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/command_palette.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace coracle::gui {

namespace {

constexpr int kWidth = 660;
constexpr int kHeight = 500;
constexpr int kTop = 96;
constexpr int kEditHeight = 54;
constexpr int kFooterHeight = 38;
constexpr int kRow = 38;
constexpr int kHead = 26;
constexpr int kInset = 7;
constexpr int kKeyHeight = 18;

void paintCap(QPainter& painter, const QRect& box) {
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Sunken));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusChip,
                            metrics::kRadiusChip);
}

/// Returns where it begins, as if all went from left to right.
int paintKey(QPainter& painter, const QRect& area, int right, const QString& keys,
             Qt::LayoutDirection direction) {
    painter.setFont(themeFont(TextRole::Caption));
    const int width = painter.fontMetrics().horizontalAdvance(keys) + 12;
    const QRect box = QStyle::visualRect(
        direction, area,
        QRect(right - width, area.center().y() - scaled(kKeyHeight) / 2, width, scaled(kKeyHeight)));
    paintCap(painter, box);
    painter.setPen(color(Token::Muted));
    painter.drawText(box, Qt::AlignCenter, keys);
    return right - width;
}

/// The words with the letters that were typed in the accent.
void paintWords(QPainter& painter, const QRect& area, const QModelIndex& index,
                Qt::LayoutDirection direction) {
    struct Part {
        QString words;
        bool marked;
        int width;
    };
    const auto fontOf = [](bool marked) { return themeFont(marked ? TextRole::Section : TextRole::Body); };
    const QString text = index.data().toString();
    const QVariantList positions = index.data(PaletteModel::PositionsRole).toList();
    std::vector<Part> parts;
    int total = 0;
    for (qsizetype begin = 0; begin < text.size() && total < area.width();) {
        const bool marked = positions.contains(int(begin));
        qsizetype end = begin + 1;
        while (end < text.size() && positions.contains(int(end)) == marked) {
            ++end;
        }
        const QFontMetrics letters(fontOf(marked));
        const QString words =
            letters.elidedText(text.mid(begin, end - begin), Qt::ElideRight, area.width() - total);
        parts.push_back({words, marked, letters.horizontalAdvance(words)});
        total += parts.back().width;
        begin = end;
    }
    // The words go in their own direction, and all of them stand where the window begins.
    const QRect block =
        QStyle::visualRect(direction, area, QRect(area.left(), area.top(), total, area.height()));
    const bool backwards = text.isRightToLeft();
    const int flags = int(Qt::AlignVCenter) | int(Qt::AlignLeft | Qt::AlignAbsolute) |
                      int(backwards ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight);
    int x = backwards ? block.right() + 1 : block.left();
    for (const Part& part : parts) {
        x -= backwards ? part.width : 0;
        painter.setFont(fontOf(part.marked));
        painter.setPen(color(part.marked ? Token::Link : Token::Text));
        painter.drawText(QRect(x, area.top(), part.width + 1, area.height()), flags, part.words);
        x += backwards ? 0 : part.width;
    }
    const QRect rest = QStyle::visualRect(direction, area, area.adjusted(total + 10, 0, 0, 0));
    painter.setFont(themeFont(TextRole::Secondary));
    painter.setPen(color(Token::Muted));
    painter.drawText(rest, int(Qt::AlignVCenter) | int(QStyle::visualAlignment(direction, Qt::AlignLeft)),
                     painter.fontMetrics().elidedText(index.data(PaletteModel::DetailRole).toString(),
                                                      Qt::ElideRight, rest.width()));
}

class PaletteDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {0, scaled(index.data(PaletteModel::HeadRole).toBool() ? kHead : kRow)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(PaletteModel::HeadRole).toBool()) {
            painter->setFont(themeFont(TextRole::CaptionBold));
            painter->setPen(color(Token::Muted));
            painter->drawText(
                QStyle::visualRect(option.direction, option.rect, option.rect.adjusted(14, 4, -8, 0)),
                int(Qt::AlignVCenter) | int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
                index.data().toString());
            painter->restore();
            return;
        }
        const QRect row = option.rect.adjusted(kInset, 0, -kInset, 0);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        if (chosen) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(Token::Selection));
            painter->drawRoundedRect(row, metrics::kRadiusControl, metrics::kRadiusControl);
        }
        const auto place = [&option, &row](const QRect& logical) {
            return QStyle::visualRect(option.direction, row, logical);
        };
        paintIcon(*painter, place(QRect(row.left() + 10, row.top(), 16, row.height())),
                  index.data(PaletteModel::IconRole).toString(), color(Token::Muted), metrics::kIcon);
        int right = row.right() - 10;
        QString keys = index.data(PaletteModel::KeysRole).toString();
        if (keys.isEmpty() && chosen) {
            keys = CommandPalette::tr("Enter");
        }
        if (!keys.isEmpty()) {
            right = paintKey(*painter, row, right, keys, option.direction) - 8;
        }
        paintWords(*painter, place(QRect(row.left() + 38, row.top(), right - row.left() - 38, row.height())),
                   index, option.direction);
        painter->restore();
    }
};

/// A key of the keyboard with its name on it.
class KeyCap : public TextLabel {
public:
    explicit KeyCap(const QString& key) : TextLabel(key, TextRole::Caption, Token::Muted) {
        setContentsMargins(6, 0, 6, 0);
        setFixedHeight(scaled(kKeyHeight));
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintCap(painter, rect());
        TextLabel::paintEvent(event);
    }
};

class Box : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(color(Token::BorderStrong));
        painter.setBrush(color(Token::Raised));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusCard,
                                metrics::kRadiusCard);
    }
};

}  // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QWidget(window)
    , m_box(new Box(this))
    , m_edit(new QLineEdit)
    , m_list(new QListView)
    , m_count(new TextLabel({}, TextRole::Secondary, Token::Muted))
    , m_model(new PaletteModel(this)) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Command palette"));
    auto* column = new QVBoxLayout(m_box);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    m_edit->setObjectName(QStringLiteral("palette.edit"));
    m_edit->setAccessibleName(tr("What to do or to open"));
    m_edit->setPlaceholderText(tr("Do or open anything"));
    m_edit->setFrame(false);
    m_edit->addAction(themeIcon(QStringLiteral("search"), Token::Text), QLineEdit::LeadingPosition);
    m_edit->setFixedHeight(scaled(kEditHeight));
    QFont large = themeFont(TextRole::Body);
    large.setPixelSize(scaled(16));
    m_edit->setFont(large);
    auto* around = new QHBoxLayout;
    around->setContentsMargins(8, 0, 16, 0);
    around->addWidget(m_edit);
    column->addLayout(around);
    column->addWidget(new Line);
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setModel(m_model);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    column->addWidget(m_list, 1);
    column->addWidget(new Line);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(16, 0, 16, 0);
    footer->setSpacing(metrics::kSpaceLarge);
    const std::pair<QStringList, QString> keys[] = {
        {{QStringLiteral("↑"), QStringLiteral("↓")}, tr("move", "with the arrow keys")},
        {{tr("Enter")}, tr("open", "with the Enter key")},
        {{tr("Tab")}, tr("actions of this item")},
        {{tr("Esc")}, tr("back", "with the Escape key")}};
    for (const auto& [caps, words] : keys) {
        auto* pair = new QHBoxLayout;
        pair->setSpacing(metrics::kSpaceTiny);
        for (const QString& cap : caps) {
            pair->addWidget(new KeyCap(cap));
        }
        pair->addSpacing(2);
        pair->addWidget(new TextLabel(words, TextRole::Secondary, Token::Muted));
        footer->addLayout(pair);
    }
    footer->addStretch(1);
    m_count->setObjectName(QStringLiteral("palette.count"));
    footer->addWidget(m_count);
    auto* foot = new QWidget;
    foot->setLayout(footer);
    foot->setFixedHeight(scaled(kFooterHeight));
    column->addWidget(foot);
    m_edit->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::activate);
    hide();
}

void CommandPalette::setFallback(std::function<std::vector<PaletteItem>(const QString&)> fallback) {
    m_fallback = std::move(fallback);
}

void CommandPalette::place() {
    setGeometry(parentWidget()->rect());
    const int width = std::min(scaled(kWidth), this->width() - 2 * metrics::kPageMargin);
    const int top = std::min(scaled(kTop), this->height() / 8);
    m_box->setGeometry((this->width() - width) / 2, top, width,
                       std::min(scaled(kHeight), this->height() - 2 * top));
}

void CommandPalette::open(std::vector<PaletteItem> items, const QString& words) {
    if (!isVisible()) {
        m_before = parentWidget()->window()->focusWidget();
    }
    m_items = std::move(items);
    m_object.clear();
    m_fallen = false;
    m_model->setItems(m_items);
    place();
    {
        const QSignalBlocker quiet(m_edit);
        m_edit->setText(words);
    }
    filter();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::close() {
    if (!isVisible()) {
        return;
    }
    hide();
    m_model->setItems({});
    if (!m_before.isNull()) {
        m_before->setFocus(Qt::OtherFocusReason);
    }
}

void CommandPalette::filter() {
    const QString words = m_edit->text();
    if (std::exchange(m_fallen, false)) {
        m_model->setItems(m_items);
    }
    m_model->setWords(words, m_object);
    const int found = m_model->found();
    if (found == 0 && m_object.isEmpty() && m_fallback && !words.trimmed().isEmpty()) {
        m_model->setItems(m_fallback(words.trimmed()));
        m_model->setWords({});
        m_fallen = true;
    }
    m_list->setCurrentIndex(m_model->firstItem());
    m_list->scrollToTop();
    m_count->setText(tr("%L1 of %L2").arg(found).arg(int(m_items.size())));
}

void CommandPalette::move(int by) {
    int row = m_list->currentIndex().row();
    do {
        row += by;
    } while (row >= 0 && row < m_model->rowCount() && m_model->item(m_model->index(row)) == nullptr);
    if (row >= 0 && row < m_model->rowCount()) {
        m_list->setCurrentIndex(m_model->index(row));
        m_list->scrollTo(m_list->currentIndex());
        // The field keeps the focus; a screen reader says the row all the same.
        m_list->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
        QAccessibleEvent changed(m_list, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

void CommandPalette::activate(const QModelIndex& index) {
    const PaletteItem* item = m_model->item(index);
    if (item == nullptr) {
        return;
    }
    const auto run = item->run;  // the items go with close()
    close();
    if (run) {
        run();
    }
}

void CommandPalette::showObject(const QModelIndex& index) {
    const PaletteItem* item = m_model->item(index);
    if (item == nullptr || item->object.isEmpty() || !m_object.isEmpty()) {
        return;
    }
    m_object = item->object;
    m_wordsUp = m_edit->text();
    const QSignalBlocker quiet(m_edit);
    m_edit->clear();
    filter();
}

bool CommandPalette::takeKey(int key) {
    switch (key) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        for (int i = 0; i < 8; ++i) {
            move(key == Qt::Key_PageDown ? 1 : -1);
        }
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(m_list->currentIndex());
        return true;
    case Qt::Key_Tab:
        showObject(m_list->currentIndex());
        return true;
    case Qt::Key_Backtab:
        return true;
    case Qt::Key_Escape:
        if (m_object.isEmpty()) {
            close();
        } else {
            m_object.clear();
            m_edit->setText(m_wordsUp);
            filter();
        }
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        return takeKey(static_cast<QKeyEvent*>(event)->key());
    }
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::mousePressEvent(QMouseEvent* event) {
    if (!m_box->geometry().contains(event->pos())) {
        close();
    }
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    constexpr int kVeil = 102;
    painter.fillRect(rect(), QColor(0, 0, 0, kVeil));
}

}  // namespace coracle::gui
