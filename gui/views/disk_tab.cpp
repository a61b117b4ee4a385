// SPDX-License-Identifier: Apache-2.0
#include "gui/views/disk_tab.h"

#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/views/disk_cleaner.h"
#include "gui/widgets/age_label.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/tree_map.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kSideWidth = 344;
constexpr int kOneColumnBelow = 880;
constexpr int kBarPixels = 12;
constexpr int kDot = 8;
constexpr int kSizeColumn = 110;
constexpr int kKindColumn = 150;

/// A square in a colour before the words that it stands for.
class Dot : public QWidget {
public:
    Dot(Token token, QWidget* parent) : QWidget(parent), m_token(token) {
        setFixedSize(scaled(kDot), scaled(kDot));
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(m_token));
        painter.drawRoundedRect(rect(), 2, 2);
    }

private:
    Token m_token;
};

QWidget* legend(Token token, const QString& words, TextLabel** value, QWidget* parent) {
    auto* item = new QWidget(parent);
    auto* row = new QHBoxLayout(item);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(6));
    row->addWidget(new Dot(token, item));
    row->addWidget(new TextLabel(words, TextRole::Secondary, Token::Muted, item));
    if (value != nullptr) {
        *value = new TextLabel({}, TextRole::Secondary, Token::Text, item);
        row->addWidget(*value);
    }
    return item;
}

}  // namespace

/// The bar of all kinds with what each takes below it.
class DiskTab::Sums : public QWidget {
public:
    explicit Sums(QWidget* parent = nullptr) : QWidget(parent) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, scaled(kBarPixels + metrics::kSpace), 0, 0);
        auto* row = new QWidget(this);
        auto* flow = new FlowLayout(scaled(metrics::kSpaceLarge), row);
        const std::pair<Token, QString> kinds[] = {{Token::Accent, DiskTab::tr("Images")},
                                                   {Token::Info, DiskTab::tr("Volumes")},
                                                   {Token::Violet, DiskTab::tr("Containers")},
                                                   {Token::Err, DiskTab::tr("Trash")},
                                                   {Token::Idle, DiskTab::tr("Records")}};
        for (const auto& [token, words] : kinds) {
            m_parts.push_back({0, token, 1});
            m_values.push_back(nullptr);
            flow->addWidget(legend(token, words, &m_values.back(), row));
        }
        column->addWidget(row);
    }

    void set(const types::DiskUsage& usage) {
        const std::uint64_t bytes[] = {usage.images.bytes, usage.volumes.bytes, usage.containers.bytes,
                                       usage.trash.bytes, usage.other.bytes};
        std::uint64_t all = 0;
        for (const std::uint64_t part : bytes) {
            all += part;
        }
        QStringList said;
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            m_parts[i].share = all == 0 ? 0 : static_cast<double>(bytes[i]) / static_cast<double>(all);
            m_values[i]->setText(format::bytes(bytes[i]));
        }
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        paintBar(painter, QRect(0, 0, width(), scaled(kBarPixels)), m_parts, layoutDirection(),
                 scaled(kBarPixels));
    }

private:
    std::vector<BarPart> m_parts;
    std::vector<TextLabel*> m_values;
};

DiskTab::DiskTab(const PageContext& context) : m_context(context) {
    m_when = new AgeLabel(QStringLiteral("disk.when"));
    m_measure = makeButton(QStringLiteral("disk.measure"), tr("Measure again"), QStringLiteral("restart"));
    connect(&m_context.state, &EngineState::eventSeen, this, &DiskTab::noteEvent);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        if (m_measuring.finished()) {
            refresh();
        } else {
            m_measuring.cancel();
        }
    });
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("disk.banner"));
    m_banner->hide();
    outer->addWidget(m_banner);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Disk"));
    auto* inner = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, inner);
    m_columns->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                                  metrics::kPageMargin);
    m_columns->setSpacing(metrics::kSpaceLarge);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::kSpaceLarge);
    left->addWidget(makeSums());
    left->addWidget(makeMap(), 1);
    m_columns->addLayout(left, 1);
    m_cleaner = new DiskCleaner(context, inner);
    m_cleaner->setObjectName(QStringLiteral("disk.cleaner"));
    connect(m_cleaner, &DiskCleaner::cleaned, this, &DiskTab::refresh);
    m_columns->addWidget(m_cleaner, 0, Qt::AlignTop);
    scroll->setWidget(inner);
    outer->addWidget(scroll, 1);
}

QWidget* DiskTab::makeSums() {
    auto* card = new Card;
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kSpace);
    m_total = new TextLabel(tr("Measuring…"), TextRole::DialogTitle, Token::Text, card);
    m_total->setObjectName(QStringLiteral("disk.total"));
    m_free = new TextLabel({}, TextRole::Secondary, Token::Muted, card);
    m_free->setObjectName(QStringLiteral("disk.free"));
    head->addWidget(m_total);
    head->addStretch(1);
    head->addWidget(m_free);
    card->body()->addLayout(head);
    m_sums = new Sums(card);
    card->body()->addWidget(m_sums);
    return card;
}

QWidget* DiskTab::makeMap() {
    auto* card = new Card(tr("What takes the space"));
    m_form = new Segments(card);
    m_form->setObjectName(QStringLiteral("disk.form"));
    m_form->setAccessibleName(tr("Form"));
    m_form->add(QStringLiteral("map"), tr("Map"));
    m_form->add(QStringLiteral("list"), tr("List"));
    m_form->setSmall();
    card->addToHead(m_form);
    m_forms = new QStackedWidget(card);
    auto* drawn = new QWidget(m_forms);
    auto* column = new QVBoxLayout(drawn);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    m_map = new TreeMap(drawn);
    m_map->setObjectName(QStringLiteral("disk.map"));
    m_map->setAccessibleName(tr("What takes the space"));
    column->addWidget(m_map, 1);
    auto* names = new QWidget(drawn);
    auto* flow = new FlowLayout(scaled(metrics::kSpaceLarge), names);
    flow->addWidget(legend(Token::Accent, tr("image"), nullptr, names));
    flow->addWidget(legend(Token::Info, tr("volume"), nullptr, names));
    flow->addWidget(legend(Token::Violet, tr("container"), nullptr, names));
    flow->addWidget(legend(Token::Warn, tr("unused, can be freed"), nullptr, names));
    flow->addWidget(legend(Token::Err, tr("trash"), nullptr, names));
    flow->addWidget(legend(Token::Idle, tr("records"), nullptr, names));
    column->addWidget(names);
    m_forms->addWidget(drawn);
    m_list = new ListTable(QStringLiteral("disk.list"), tr("What takes the space"), m_forms);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ListDelegate(m_list));
    m_list->horizontalHeader()->setSectionResizeMode(DiskModel::Name, QHeaderView::Stretch);
    sizeColumn(*m_list->horizontalHeader(), DiskModel::Kind, kKindColumn);
    sizeColumn(*m_list->horizontalHeader(), DiskModel::Size, kSizeColumn);
    m_forms->addWidget(m_list);
    m_unknown = new EmptyState(QStringLiteral("disk"), tr("Not measured"),
                               tr("What takes the space is shown here once it could be measured."));
    m_unknown->setObjectName(QStringLiteral("disk.unknown"));
    m_forms->addWidget(m_unknown);
    card->body()->addWidget(m_forms, 1);
    connect(m_form, &Segments::currentChanged, m_forms, &QStackedWidget::setCurrentIndex);
    connect(m_map, &TreeMap::chosen, this, &DiskTab::openPiece);
    connect(m_list, &ListTable::opened, this, [this](const QModelIndex& index) { openPiece(index.row()); });
    return card;
}

std::vector<QWidget*> DiskTab::tools() {
    return {m_when, m_measure};
}

void DiskTab::enter() {
    if ((!m_measured || m_outdated) && m_measuring.finished()) {
        refresh();
    } else {
        m_cleaner->readSettings();
    }
}

/// What is here, or what is used, is another: the next look measures and plans anew.
void DiskTab::noteEvent(const types::Event& event) {
    const bool lives = event.action == "create" || event.action == "destroy" || event.action == "start" ||
                       event.action == "die";
    m_outdated = m_outdated || event.type != "container" || lives;
}

void DiskTab::refresh() {
    measure();
    m_cleaner->plan();
}

QWidget* DiskTab::mainWidget() {
    return m_forms->currentWidget() == m_unknown           ? m_measure
           : m_form->currentKey() == QLatin1String("list") ? static_cast<QWidget*>(m_list)
                                                           : m_map;
}

void DiskTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool beside = width() >= scaled(kOneColumnBelow);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_cleaner->setMinimumWidth(beside ? scaled(kSideWidth) : 0);
    m_cleaner->setMaximumWidth(beside ? scaled(kSideWidth) : QWIDGETSIZE_MAX);
}

void DiskTab::measure() {
    if (!m_measuring.finished()) {
        return;
    }
    m_outdated = false;
    m_when->setWords(tr("measuring"));
    m_measure->setText(tr("Cancel"));
    m_measuring = m_context.engine.diskUsage(this, [this](const Result<types::DiskUsage>& usage) {
        m_measure->setText(tr("Measure again"));
        if (!usage) {
            m_when->setWords(tr("not measured"));
            if (!m_measured) {
                m_total->setText(tr("Not measured"));
                m_forms->setCurrentWidget(m_unknown);
                m_form->setEnabled(false);
            }
            if (usage.error().kind() != ErrorKind::Cancelled) {
                m_banner->show(Banner::Kind::Error, format::sentence(usage.error().message()),
                               format::sentence(usage.error().hint()));
            }
            return;
        }
        m_banner->hide();
        m_form->setEnabled(true);
        m_forms->setCurrentIndex(m_form->current());
        m_measured = true;
        //: %1 is like "5 min ago"
        m_when->setMoment(std::chrono::system_clock::now(), tr("measured just now"), tr("measured %1"));
        showUsage(*usage);
    });
}

void DiskTab::showUsage(const types::DiskUsage& usage) {
    const std::uint64_t all = usage.images.bytes + usage.volumes.bytes + usage.containers.bytes +
                              usage.trash.bytes + usage.other.bytes;
    m_total->setText(tr("%1 used by Coracle").arg(format::bytes(all)));
    if (const auto& host = m_context.state.host()) {
        m_free->setText(tr("%1 free on this disk").arg(format::bytes(host->diskFreeBytes)));
    }
    m_sums->set(usage);
    m_model.setPieces(diskPieces(usage));
    std::vector<TreeMap::Area> areas;
    for (const DiskPiece& piece : m_model.pieces()) {
        areas.push_back({piece.name, format::bytes(piece.bytes), kindText(piece.kind),
                         static_cast<double>(piece.bytes), tokenOf(piece)});
    }
    m_map->setAreas(std::move(areas));
    m_cleaner->setTrash(usage.trash, usage.removals.size());
}

void DiskTab::openPiece(int index) {
    const DiskPiece& piece = m_model.pieces()[static_cast<std::size_t>(index)];
    switch (piece.kind) {
    case DiskPiece::Kind::Container:
        m_context.navigator.open({QStringLiteral("container"), piece.id, {}});
        break;
    case DiskPiece::Kind::Image:
    case DiskPiece::Kind::SharedLayers:
        m_context.navigator.open({QStringLiteral("images"), piece.id, {}});
        break;
    case DiskPiece::Kind::Volume:
        m_context.navigator.open({QStringLiteral("volumes"), piece.id, {}});
        break;
    case DiskPiece::Kind::Trash:
    case DiskPiece::Kind::Other:
        break;  // there is no page about them
    }
}

}  // namespace coracle::gui
