// SPDX-License-Identifier: Apache-2.0
#include "gui/views/images_page.h"

#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/layer_model.h"
#include "gui/shortcuts.h"
#include "gui/theme/icons.h"
#include "gui/views/choice_bar.h"
#include "gui/views/image_actions.h"
#include "gui/views/image_delegate.h"
#include "gui/views/page_header.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/skeleton.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kUsageHeight = 64;
constexpr int kUsageBarWidth = 430;
constexpr int kDot = 8;
constexpr int kIdFrom = 900;
constexpr int kLayersFrom = 820;
constexpr int kCleanUpFrom = 1000;
constexpr int kSizeBarsFrom = 740;
constexpr int kSizeColumn = 202;
constexpr int kShortSizeColumn = 120;

}  // namespace

UsageBar::UsageBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("images.usage"));
}

void UsageBar::setUsage(const ImageUsage& usage) {
    m_usage = usage;
    setAccessibleName(
        tr("In use %1, shared layers %2, unused %3")
            .arg(format::bytes(usage.inUse), format::bytes(usage.shared), format::bytes(usage.unused)));
    placeWords();
    update();
}

void UsageBar::setWords(QWidget* words) {
    m_words = words;
    words->setParent(this);
    words->move(0, 0);
}

std::vector<std::pair<Token, QString>> UsageBar::legend() const {
    return {{Token::C1, tr("in use %1").arg(format::bytes(m_usage.inUse))},
            {Token::C2, tr("shared layers %1").arg(format::bytes(m_usage.shared))},
            {Token::C3, tr("unused %1").arg(format::bytes(m_usage.unused))}};
}

/// The legend has what it needs first, then the words above the bar.
int UsageBar::barWidth() const {
    const QFontMetrics font(themeFont(TextRole::Secondary));
    int beside = scaled(metrics::kSpaceHuge) - scaled(metrics::kSpaceLarge);
    for (const auto& [token, text] : legend()) {
        beside +=
            kDot + scaled(metrics::kSpaceSmall) + font.horizontalAdvance(text) + scaled(metrics::kSpaceLarge);
    }
    const int words = m_words == nullptr ? 0 : m_words->sizeHint().width();
    return std::clamp(width() - beside, std::min(words, width()), std::max(scaled(kUsageBarWidth), words));
}

void UsageBar::placeWords() {
    if (m_words != nullptr) {
        m_words->resize(barWidth(), m_words->sizeHint().height());
    }
}

void UsageBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeWords();
}

bool UsageBar::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {  // the words have become others
        placeWords();
        update();
    }
    return QWidget::event(event);
}

void UsageBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const auto total = static_cast<double>(std::max<std::uint64_t>(m_usage.total(), 1));
    const QRect bar(0, height() - scaled(10), barWidth(), scaled(10));
    paintBar(painter, bar,
             {{static_cast<double>(m_usage.inUse) / total, Token::C1, 1},
              {static_cast<double>(m_usage.shared) / total, Token::C2, 1},
              {static_cast<double>(m_usage.unused) / total, Token::C3, 1}},
             layoutDirection(), scaled(8));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(TextRole::Secondary));
    int x = bar.right() + scaled(metrics::kSpaceHuge);
    for (const auto& [token, text] : legend()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(token));
        painter.drawEllipse(QRectF(x, height() / 2.0 - kDot / 2.0, kDot, kDot));
        painter.setPen(color(Token::Muted));
        x += kDot + scaled(metrics::kSpaceSmall);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, width() - x);
        const int wide = painter.fontMetrics().horizontalAdvance(shown);
        painter.drawText(QRect(x, 0, wide + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
        x += wide + scaled(metrics::kSpaceLarge);
    }
}

ImagesPage::ImagesPage(const PageContext& context)
    : Page(QStringLiteral("images"), context)
    , m_actions(new ImageActions(context, this))
    , m_model(new ImageModel(this))
    , m_proxy(new ImageProxy(this)) {
    m_proxy->setSourceModel(m_model);
    connect(m_actions, &ImageActions::changed, this, &ImagesPage::refresh);
    connect(m_actions, &ImageActions::removeWanted, this, &ImagesPage::removeOne);
    makeHead();
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("images.banner"));
    m_banner->hide();
    body().addWidget(m_banner);
    m_usage = makeUsage();
    body().addWidget(m_usage);
    body().addWidget(makeBar());
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeTable());
    m_empty = new EmptyState(
        QStringLiteral("image"), tr("No images yet"),
        tr("An image is the file system that a container starts from. Pull one from a registry."));
    m_empty->setObjectName(QStringLiteral("images.empty"));
    if (this->context().navigator.canPull()) {
        auto* pull =
            m_empty->addButton(QStringLiteral("images.empty.pull"), tr("Pull…"), QStringLiteral("pull"));
        connect(pull, &QAbstractButton::clicked, this,
                [this] { this->context().navigator.openPullDialog({}); });
    }
    auto* archive =
        m_empty->addButton(QStringLiteral("images.empty.load"), tr("Load…"), QStringLiteral("archive"));
    connect(archive, &QAbstractButton::clicked, this, &ImagesPage::load);
    m_noMatch = new EmptyState(QStringLiteral("search"), {}, {});
    auto* clear = m_noMatch->addButton(QStringLiteral("images.noMatch.clear"), tr("Clear filter"));
    connect(clear, &QAbstractButton::clicked, this, [this] {
        m_filter->clear();
        m_segments->setCurrent(0);
    });
    m_failed = new EmptyState(QStringLiteral("errc"), tr("The images cannot be listed"), {});
    auto* again = m_failed->addButton(QStringLiteral("images.failed.retry"), tr("Try again"));
    connect(again, &QAbstractButton::clicked, this, &ImagesPage::refresh);
    auto* loading = new Skeleton(this);
    loading->setPatient();
    m_loading = loading;
    for (auto* page : {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_noMatch),
                       static_cast<QWidget*>(m_failed), m_loading}) {
        m_stack->addWidget(page);
    }
    body().addWidget(m_stack, 1);
    connect(&this->context().state, &EngineState::imagesChanged, this, &ImagesPage::takeImages);
    takeImages();
}

void ImagesPage::makeHead() {
    header().setTitle(title());
    m_filter = new FilterEdit(QStringLiteral("images.filter"), tr("Filter images"));
    header().addTool(m_filter);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setText(text);
        showState();
    });
    connect(m_filter, &FilterEdit::left, this, [this] { m_table->setFocus(); });
    auto* load = makeButton(QStringLiteral("images.load"), tr("Load…"), QStringLiteral("archive"));
    load->setToolTip(tr("Bring in the images of an archive"));
    connect(load, &QPushButton::clicked, this, &ImagesPage::load);
    header().addTool(load);
    auto* import = makeButton(QStringLiteral("images.import"), tr("Import…"), QStringLiteral("archive"));
    import->setToolTip(tr("Make an image of the files of a tar"));
    connect(import, &QPushButton::clicked, this, &ImagesPage::importTar);
    header().addTool(import);
    if (context().navigator.canPull()) {
        auto* pull = makeButton(QStringLiteral("images.pull"), tr("Pull…"), QStringLiteral("pull"),
                                ButtonKind::Primary);
        connect(pull, &QPushButton::clicked, this, [this] { context().navigator.openPullDialog({}); });
        header().addTool(pull);
    }
}

QWidget* ImagesPage::makeUsage() {
    auto* panel = new Panel(Token::Window, {}, this);
    panel->setFixedHeight(scaled(kUsageHeight));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(metrics::kPageMargin, scaled(14), metrics::kPageMargin,
                               scaled(metrics::kSpace));
    m_usageBar = new UsageBar(panel);
    auto* words = new QWidget;
    words->setObjectName(QStringLiteral("images.usage.words"));
    auto* row = new QHBoxLayout(words);
    row->setContentsMargins(0, 0, 0, 0);
    m_onDisk = new TextLabel({}, TextRole::SecondaryStrong, Token::Text, words);
    m_without = new TextLabel({}, TextRole::Secondary, Token::Muted, words);
    row->addWidget(m_onDisk);
    row->addStretch();
    row->addWidget(m_without);
    m_usageBar->setWords(words);
    auto* line = new QHBoxLayout;
    line->addWidget(m_usageBar, 1);
    m_cleanUp = makeButton(QStringLiteral("images.cleanUp"), tr("Clean up…"), QStringLiteral("trash"));
    m_cleanUp->setToolTip(tr("See what can go, and what that frees"));
    connect(m_cleanUp, &QPushButton::clicked, this, [this] {
        context().navigator.open({.page = QStringLiteral("system"), .id = {}, .tab = QStringLiteral("disk")});
    });
    line->addWidget(m_cleanUp, 0, Qt::AlignVCenter);
    column->addLayout(line, 1);
    panel->hide();
    return panel;
}

QWidget* ImagesPage::makeBar() {
    auto* bar = new FilterBar(this);
    m_segments = new Segments(bar);
    m_segments->setSmall();
    m_segments->setObjectName(QStringLiteral("images.state"));
    m_segments->setAccessibleName(tr("Which images"));
    m_segments->add(QStringLiteral("all"), tr("All"));
    m_segments->add(QStringLiteral("used"), tr("In use"));
    m_segments->add(QStringLiteral("unused"), tr("Unused"));
    m_segments->setCurrent(0);
    bar->addLeading(m_segments);
    auto* note =
        new TextLabel(tr("Layers are stored once and shared"), TextRole::Secondary, Token::Muted, bar);
    bar->addTrailing(note);
    bar->setOptional(note);
    connect(m_segments, &Segments::currentChanged, this, [this](int index) {
        m_proxy->setFilter(static_cast<ImageFilter>(index));
        showState();
    });
    m_choice = new ChoiceBar(name());
    m_choiceDelete = m_choice->addDelete();
    connect(m_choice, &ChoiceBar::deleteWanted, this, &ImagesPage::removeChosen);
    connect(m_choice, &ChoiceBar::clearWanted, this, [this] {
        m_table->chooseCurrent();
        m_table->setFocus();
    });
    m_bars = new QStackedWidget(this);
    m_bars->setFixedHeight(scaled(metrics::kFilterBar));
    m_bars->addWidget(bar);
    m_bars->addWidget(m_choice);
    return m_bars;
}

void ImagesPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // What tells least goes first; the buttons at the end of a row must stay.
    m_table->setColumnHidden(ImageModel::IdColumn, width() < scaled(kIdFrom));
    m_table->setColumnHidden(ImageModel::LayersColumn, width() < scaled(kLayersFrom));
    if (const bool narrow = width() < scaled(kSizeBarsFrom); narrow != m_narrow) {
        m_narrow = narrow;
        sizeColumn(*m_table->horizontalHeader(), ImageModel::SizeColumn,
                   narrow ? kShortSizeColumn : kSizeColumn);
    }
    m_cleanUp->setVisible(width() >= scaled(kCleanUpFrom));
}

QWidget* ImagesPage::makeTable() {
    m_table = new ListTable(QStringLiteral("images.view"), tr("Images"), this);
    m_table->setMultiple();
    m_table->setModel(m_proxy);
    auto* delegate = new ImageDelegate(m_table);
    m_table->setItemDelegate(delegate);
    auto* head = m_table->horizontalHeader();
    head->setSectionsClickable(true);
    m_table->setSortingEnabled(true);  // the arrow wants its room, too
    const std::pair<int, int> widths[] = {{ImageModel::NameColumn, 226},
                                          {ImageModel::IdColumn, 112},
                                          {ImageModel::SizeColumn, kSizeColumn},
                                          {ImageModel::CreatedColumn, 112},
                                          {ImageModel::LayersColumn, 72}};
    for (const auto& [column, width] : widths) {
        sizeColumn(*head, column, width);
    }
    head->setSectionResizeMode(ImageModel::UsedByColumn, QHeaderView::Stretch);
    head->setSectionResizeMode(ImageModel::ActionColumn, QHeaderView::Fixed);
    head->resizeSection(ImageModel::ActionColumn, ImageDelegate::actionsWidth() + scaled(metrics::kSpace));
    m_table->sortByColumn(ImageModel::SizeColumn, Qt::DescendingOrder);
    const auto run = [this](const QModelIndex& index) {
        if (const auto* row = rowAt(index)) {
            m_actions->run(*row);
        }
    };
    connect(m_table, &ListTable::opened, this, [this](const QModelIndex& index) {
        if (const auto* row = rowAt(index)) {
            context().navigator.open({.page = QStringLiteral("image"), .id = row->key, .tab = {}});
        }
    });
    connect(m_table, &ListTable::deleteWanted, this, &ImagesPage::removeChosen);
    connect(m_table, &ListTable::choiceChanged, this, &ImagesPage::showChosen);
    connect(m_table, &ListTable::copyWanted, this, [this] {
        QStringList ids;
        for (const auto& row : chosen()) {
            ids.append(QString::fromStdString(row.image.id));
        }
        ids.removeDuplicates();  // of one image with several names
        context().prompt.copyText(ids.join(QLatin1Char('\n')));
    });
    connect(m_table, &ListTable::menuWanted, this, &ImagesPage::showMenu);
    connect(delegate, &ImageDelegate::runClicked, this, run);
    connect(delegate, &ImageDelegate::menuClicked, this, &ImagesPage::showMenu);
    return m_table;
}

QString ImagesPage::title() const {
    return tr("Images");
}

void ImagesPage::enter(const Place& place) {
    askForLayers();
    if (!place.id.isEmpty()) {
        showRow(place.id);
    }
}

const ImageRow* ImagesPage::rowOf(const QString& nameOrId) const {
    const auto& rows = m_model->rows();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const ImageRow& row) {
        return row.key == nameOrId || QString::fromStdString(row.image.id) == nameOrId;
    });
    return found == rows.end() ? nullptr : &*found;
}

void ImagesPage::showRow(const QString& nameOrId) {
    const ImageRow* row = rowOf(nameOrId);
    if (row == nullptr) {
        return;
    }
    m_filter->clear();  // it may hide the row
    m_segments->setCurrent(0);
    const auto index = m_proxy->mapFromSource(m_model->index(int(row - m_model->rows().data()), 0));
    m_table->moveTo(index);
    m_table->scrollTo(index);
}

void ImagesPage::perform(const QString& action, const QString& id) {
    if (action == QLatin1String("import")) {
        importTar();
        return;
    }
    if (action == QLatin1String("load")) {
        load();
        return;
    }
    if (const ImageRow* row = rowOf(id)) {
        m_actions->perform(action, ImageRow(*row));
    }
}

void ImagesPage::refresh() {
    context().state.refreshImages();
}

void ImagesPage::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

QWidget* ImagesPage::mainWidget() {
    auto* way = m_empty->findChild<QWidget*>(QStringLiteral("images.empty.pull"));
    return m_stack->currentWidget() == m_empty && way != nullptr ? way : m_table;
}

void ImagesPage::takeImages() {
    const auto& images = context().state.images();
    m_model->setImages(images.rows);
    if (images.error && !images.rows.empty()) {
        m_banner->show(Banner::Kind::Error, format::sentence(images.error->message()),
                       format::sentence(images.error->hint()));
    } else {
        m_banner->hide();
    }
    if (isVisible()) {
        askForLayers();
    }
    showCounts();
    showState();
}

void ImagesPage::askForLayers() {
    // Each answer is one small file; a newer snapshot makes the older round void.
    const int round = ++m_askRound;
    m_details.clear();
    const auto wanted = context().state.images().rows.size();
    for (const auto& image : context().state.images().rows) {
        context().engine.inspectImage(
            this, image.id, [this, round, wanted](const Result<types::ImageDetails>& one) {
                if (round != m_askRound || !one) {
                    return;
                }
                m_details.push_back(*one);
                if (m_details.size() < wanted) {
                    return;
                }
                std::map<std::string, int> counts;
                for (const auto& details : m_details) {
                    counts[details.summary.id] = static_cast<int>(details.layers.size());
                }
                m_model->setLayerCounts(counts);
                const auto usage = measureUsage(m_details);
                m_usageBar->setUsage(usage);
                m_onDisk->setText(tr("%1 on disk").arg(format::bytes(usage.total())));
                m_without->setText(
                    usage.withoutSharing > usage.total()
                        ? tr("would be %1 without sharing").arg(format::bytes(usage.withoutSharing))
                        : QString());
                m_usage->setVisible(usage.total() > 0);
            });
    }
    if (wanted == 0) {
        m_usage->hide();
    }
}

void ImagesPage::showCounts() {
    const auto& rows = m_model->rows();
    const auto used =
        std::count_if(rows.begin(), rows.end(), [](const ImageRow& row) { return row.inUse(); });
    const auto all = static_cast<int>(rows.size());
    m_segments->setCount(0, all);
    m_segments->setCount(1, static_cast<int>(used));
    m_segments->setCount(2, all - static_cast<int>(used));
}

void ImagesPage::showState() {
    const auto& images = context().state.images();
    if (images.error && images.rows.empty()) {
        m_failed->setText(tr("The images cannot be listed"), format::error(*images.error));
        m_stack->setCurrentWidget(m_failed);
    } else if (!images.loaded) {
        m_stack->setCurrentWidget(m_loading);
    } else if (m_model->rowCount() == 0) {
        m_stack->setCurrentWidget(m_empty);
    } else if (m_proxy->rowCount() == 0) {
        m_noMatch->setText(m_filter->text().isEmpty() ? tr("No image of this kind")
                                                      : tr("No image matches “%1”").arg(m_filter->text()),
                           {});
        m_stack->setCurrentWidget(m_noMatch);
    } else {
        const bool keysGo = m_empty->isAncestorOf(QApplication::focusWidget());
        m_stack->setCurrentWidget(m_table);
        if (keysGo) {
            m_table->setFocus();  // the button that had them is no longer there
        }
    }
}

const ImageRow* ImagesPage::rowAt(const QModelIndex& proxyIndex) const {
    return m_model->row(m_proxy->mapToSource(proxyIndex).row());
}

void ImagesPage::showMenu(const QModelIndex& index, const QPoint& position) {
    const auto* found = rowAt(index);
    if (found == nullptr) {
        return;
    }
    m_table->moveTo(index);
    const ImageRow row = *found;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("images.rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    if (m_table->hasChecks()) {
        auto* remove = addMenuRow(*menu, KeyId::Delete, [this] { removeChosen(); });
        remove->setText(tr("Delete %n images…", nullptr, int(chosen().size())));
        remove->setEnabled(m_choiceDelete->isEnabled());
        menu->popup(position);
        return;
    }
    m_actions->fill(*menu, row, ImageActions::Where::List);
    menu->popup(position);
}

}  // namespace coracle::gui
