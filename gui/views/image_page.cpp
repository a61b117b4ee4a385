// SPDX-License-Identifier: Apache-2.0
#include "gui/views/image_page.h"

#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/views/file_view.h"
#include "gui/views/image_actions.h"
#include "gui/views/image_facts.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace coracle::gui {
namespace {

constexpr int kStepRow = 48;
constexpr int kStepsShare = 452;  // of the width, beside the next
constexpr int kFilesShare = 620;
constexpr int kWasteHeight = 282;
constexpr int kBarHeight = 4;

struct TabRow {
    const char* key;
    const char* title;
};

/// The layers, then the parts of ImageFacts in their order.
constexpr TabRow kTabs[] = {{"layers", QT_TRANSLATE_NOOP("coracle::gui::ImagePage", "Layers")},
                            {"configuration", QT_TRANSLATE_NOOP("coracle::gui::ImagePage", "Configuration")},
                            {"history", QT_TRANSLATE_NOOP("coracle::gui::ImagePage", "History")},
                            {"users", QT_TRANSLATE_NOOP("coracle::gui::ImagePage", "Used by")},
                            {"inspect", QT_TRANSLATE_NOOP("coracle::gui::ImagePage", "Inspect")}};

/// Words of a step over a bar of its size; counts in the colours of their kinds.
class StepDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override {
        const auto& steps = *qobject_cast<const LayerStepModel*>(index.model());
        switch (index.column()) {
        case LayerStepModel::NumberColumn:
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted);
            break;
        case LayerStepModel::StepColumn: {
            const QRect words = area.adjusted(0, scaled(6), 0, -scaled(20));
            paintText(painter, words, index.data().toString(), TextRole::Code, Token::Text);
            const QRect bar(area.left(), words.bottom() + scaled(6), area.width(), scaled(kBarHeight));
            const bool chosen = option.state.testFlag(QStyle::State_Selected);
            paintBar(painter, bar, {{steps.share(index.row()), chosen ? Token::C1 : Token::C2, 1}},
                     option.direction);
            break;
        }
        case LayerStepModel::FilesColumn: {
            QRect rest = area;
            for (const QString& part : index.data().toString().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                const Token token = part.startsWith(QLatin1Char('+'))   ? Token::Ok
                                    : part.startsWith(QLatin1Char('~')) ? Token::Warn
                                                                        : Token::Err;
                paintText(painter, rest, part, TextRole::Secondary, token);
                const int used = painter.fontMetrics().horizontalAdvance(part) + scaled(8);
                option.direction == Qt::RightToLeft ? rest.setRight(rest.right() - used)
                                                    : rest.setLeft(rest.left() + used);
            }
            break;
        }
        default:
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Text, Qt::AlignRight);
        }
    }
};

class WasteDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem&) const override {
        const bool path = index.column() == WasteModel::PathColumn;
        const bool size = index.column() == WasteModel::SizeColumn;
        paintText(painter, area, index.data().toString(), path ? TextRole::CodeSmall : TextRole::Secondary,
                  path || size ? Token::Text : Token::Muted, size ? Qt::AlignRight : Qt::AlignLeft);
    }
};

}  // namespace

void ShareBar::setShare(double share) {
    m_share = share;
    update();
}

void ShareBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    paintBar(painter, rect(), {{m_share, Token::Ok, 1}}, layoutDirection());
}

ImagePage::ImagePage(const PageContext& context)
    : Page(QStringLiteral("image"), context)
    , m_actions(new ImageActions(context, this))
    , m_banner(new Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_failed(new EmptyState(QStringLiteral("errc"), tr("The image cannot be read"), {}))
    , m_loading(new EmptyState(QStringLiteral("image"), tr("Reading the layers"),
                               tr("Only the first look at an image takes a moment.")))
    , m_steps(new LayerStepModel(this))
    , m_waste(new WasteModel(this))
    , m_paths(new PathTreeModel(this)) {
    buildHeader();
    body().addWidget(buildTabs());
    m_outer = new QStackedWidget(this);
    auto* layers = new QWidget(m_outer);
    auto* inside = new QVBoxLayout(layers);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    m_banner->setObjectName(QStringLiteral("layers.banner"));
    connect(m_banner->addButton(QStringLiteral("layers.endCompare"), tr("End comparison")),
            &QAbstractButton::clicked, this, &ImagePage::endComparison);
    m_banner->hide();
    inside->addWidget(m_banner);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("layers.splitter"));
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildSteps());
    splitter->addWidget(buildFiles());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kStepsShare, kFilesShare});
    m_stack->addWidget(splitter);
    m_failed->setObjectName(QStringLiteral("layers.failed"));
    connect(m_failed->addButton(QStringLiteral("layers.retry"), tr("Try again"), QStringLiteral("restart")),
            &QAbstractButton::clicked, this, &ImagePage::refresh);
    m_loading->setObjectName(QStringLiteral("layers.loading"));
    m_stack->addWidget(m_failed);
    m_stack->addWidget(m_loading);
    inside->addWidget(m_stack, 1);
    m_facts = new ImageFacts(context, m_outer);
    m_outer->addWidget(layers);
    m_outer->addWidget(m_facts);
    body().addWidget(m_outer, 1);
    connect(m_facts, &ImageFacts::changed, this, [this] {
        showFiles();
        m_userCount->setText(QString::number(m_facts->userCount()));
        m_tabs->setTabButton(ImageFacts::Users + 1, QTabBar::RightSide,
                             m_facts->userCount() > 0 ? m_userCount : nullptr);
        m_userCount->setVisible(m_facts->userCount() > 0);
    });
    connect(&this->context().state, &EngineState::imagesChanged, this, &ImagePage::showHead);
}

QWidget* ImagePage::buildTabs() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kTabBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(18, 0, 10, 0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("image.tabs"));
    m_tabs->setAccessibleName(tr("Parts of this image"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    for (const TabRow& tab : kTabs) {
        m_tabs->addTab(tr(tab.title));
    }
    m_userCount = new Chip({}, {}, chip_look::kNeutral, m_tabs);
    m_userCount->setInteractive(false);
    m_userCount->setGap(metrics::kSpaceTiny);
    m_userCount->hide();
    row->addWidget(m_tabs, 1, Qt::AlignBottom);
    connect(m_tabs, &QTabBar::currentChanged, this, &ImagePage::showTab);
    const auto turn = [this](int by) {
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
        mainWidget()->setFocus();
    };
    bindKey(this, KeyId::NextTab, [turn] { turn(1); });
    bindKey(this, KeyId::PreviousTab, [turn] { turn(-1); });
    return bar;
}

void ImagePage::showTab(int index) {
    m_outer->setCurrentIndex(index == 0 ? 0 : 1);
    if (index > 0) {
        m_facts->setPart(static_cast<ImageFacts::Part>(index - 1));
    }
    m_compare->setVisible(index == 0);
    if (m_entered) {
        context().navigator.noteTab(QLatin1String(kTabs[index].key));
    }
}

QWidget* ImagePage::buildSteps() {
    auto* side = new Panel(Token::Window, {});
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stepTable = new ListTable(QStringLiteral("layers.list"), tr("Steps of the image"));
    m_stepTable->setModel(m_steps);
    m_stepTable->setItemDelegate(new StepDelegate(m_stepTable));
    m_stepTable->setRowHeight(kStepRow);
    auto* head = m_stepTable->horizontalHeader();
    head->setSectionResizeMode(LayerStepModel::StepColumn, QHeaderView::Stretch);
    sizeColumn(*head, LayerStepModel::NumberColumn, 44);
    sizeColumn(*head, LayerStepModel::FilesColumn, 110);
    sizeColumn(*head, LayerStepModel::SizeColumn, 84);
    connect(m_stepTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_content != nullptr) {
            m_comparison != nullptr ? endComparison() : showFiles();
        }
    });
    column->addWidget(m_stepTable, 1);
    auto* waste = new Panel(Token::Window, Qt::TopEdge);
    waste->setMinimumHeight(scaled(kWasteHeight));
    auto* rows = new QVBoxLayout(waste);
    rows->setContentsMargins(0, scaled(metrics::kSpace), 0, 0);
    rows->setSpacing(scaled(metrics::kSpaceSmall));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    m_efficiency = new TextLabel({}, TextRole::Section);
    m_efficiency->setObjectName(QStringLiteral("layers.efficiency"));
    m_wasted = new TextLabel({}, TextRole::SecondaryStrong, Token::Warn);
    m_wasted->setObjectName(QStringLiteral("layers.wasted"));
    line->addWidget(m_efficiency);
    line->addStretch(1);
    line->addWidget(m_wasted);
    rows->addLayout(line);
    auto* margin = new QHBoxLayout;
    margin->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    m_efficiencyBar = new ShareBar;
    m_efficiencyBar->setFixedHeight(scaled(6));
    margin->addWidget(m_efficiencyBar);
    rows->addLayout(margin);
    m_wasteWords = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_wasteWords->setObjectName(QStringLiteral("layers.wasteWords"));
    m_wasteWords->setWordWrap(true);
    m_wasteWords->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    rows->addWidget(m_wasteWords);
    m_wasteTable = new ListTable(QStringLiteral("layers.waste"), tr("What is carried along unseen"));
    m_wasteTable->setModel(m_waste);
    m_wasteTable->setItemDelegate(new WasteDelegate(m_wasteTable));
    m_wasteTable->setRowHeight(metrics::kRowDense);
    m_wasteTable->setSeeThrough();
    m_wasteTable->horizontalHeader()->hide();
    m_wasteTable->horizontalHeader()->setSectionResizeMode(WasteModel::PathColumn, QHeaderView::Stretch);
    sizeColumn(*m_wasteTable->horizontalHeader(), WasteModel::SizeColumn, 76);
    sizeColumn(*m_wasteTable->horizontalHeader(), WasteModel::WhereColumn, 176);
    const auto goToStep = [this](const QModelIndex& index) {
        m_stepTable->selectRow(int(m_waste->layer(index.row())));
        m_find->setText(index.siblingAtColumn(WasteModel::PathColumn).data().toString().mid(1));
    };
    connect(m_wasteTable, &ListTable::opened, this, goToStep);
    connect(m_wasteTable, &QAbstractItemView::clicked, this, goToStep);
    rows->addWidget(m_wasteTable, 1);
    rows->addStretch();  // where nothing is wasted the words stay together
    column->addWidget(waste);
    return side;
}

QWidget* ImagePage::buildFiles() {
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new Panel(Token::Window, Qt::BottomEdge | Qt::LeftEdge);
    bar->setFixedHeight(scaled(44));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_mode = new Segments;
    m_mode->setSmall();
    m_mode->setObjectName(QStringLiteral("layers.mode"));
    m_mode->setAccessibleName(tr("Which files"));
    m_mode->add(QStringLiteral("layer"), tr("This layer"));
    m_mode->add(QStringLiteral("soFar"), tr("Image so far"));
    m_mode->setCurrent(0);
    row->addWidget(m_mode);
    m_kinds = new Segments(Segments::Choice::Any);
    m_kinds->setSmall();
    m_kinds->setObjectName(QStringLiteral("layers.kinds"));
    m_kinds->setAccessibleName(tr("Kinds of changes"));
    m_kinds->add(QStringLiteral("added"), tr("Added"));
    m_kinds->add(QStringLiteral("modified"), tr("Modified"));
    m_kinds->add(QStringLiteral("removed"), tr("Removed"));
    constexpr Token kInks[] = {Token::Ok, Token::Warn, Token::Err};  // those of the letters in the rows
    for (int i = 0; i < 3; ++i) {
        m_kinds->button(i)->setChecked(true);
        m_kinds->button(i)->setOnInk(kInks[i]);
    }
    row->addWidget(m_kinds);
    row->addStretch(0);
    m_find = new FilterEdit(QStringLiteral("layers.find"), tr("Find file"));
    m_find->setKeyHint({});
    m_find->setFixedHeight(scaled(metrics::kControlSmall));
    m_find->setMinimumWidth(scaled(84));
    m_find->setMaximumWidth(scaled(190));
    row->addWidget(m_find, 1);
    column->addWidget(bar);
    m_view = new FileView(QStringLiteral("layers.tree"), tr("Files of the step"));
    m_view->setModel(m_paths);
    m_view->setColumnWidths({78, 96, 66, 48});
    column->addWidget(m_view, 1);
    auto* foot = new Panel(Token::Window, Qt::TopEdge);
    foot->setFixedHeight(scaled(44));
    foot->setProperty(kPageFoot, true);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(metrics::kPageMargin, 1, metrics::kPageMargin, 0);
    line->setSpacing(metrics::kSpaceSmall);
    m_digest = new TextLabel({}, TextRole::CodeSmall, Token::Muted);
    m_digest->setObjectName(QStringLiteral("layers.digest"));
    line->addWidget(m_digest);
    m_copy = makeButton(QStringLiteral("layers.copyDigest"), tr("Copy digest"), QStringLiteral("copy"),
                        ButtonKind::Flat, ButtonSize::Small);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_content != nullptr && currentStep() >= 0) {
            context().prompt.copyText(format::text(m_content->layers[std::size_t(currentStep())].diffId));
        }
    });
    line->addWidget(m_copy);
    line->addStretch(1);
    m_sum = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_sum->setObjectName(QStringLiteral("layers.sum"));
    line->addWidget(m_sum);
    column->addWidget(foot);
    connect(m_mode, &Segments::currentChanged, this, &ImagePage::showFiles);
    connect(m_kinds, &Segments::toggled, this, [this] { showFiles(); });
    connect(m_find, &QLineEdit::textChanged, this, &ImagePage::showFiles);
    connect(m_find, &FilterEdit::left, this, [this] { m_view->setFocus(); });
    return side;
}

QString ImagePage::title() const {
    return m_key.isEmpty() ? tr("Image") : format::shortReference(m_key.toStdString());
}

void ImagePage::enter(const Place& place) {
    m_entered = true;
    if (place.id != m_key) {
        m_key = place.id;
        m_content.reset();
        endComparison();
        m_facts->setImage(m_key);
        emit titleChanged();
    }
    const auto tab = std::find_if(std::begin(kTabs), std::end(kTabs), [&place](const TabRow& row) {
        return place.tab == QLatin1String(row.key);
    });
    const int index = tab == std::end(kTabs) ? 0 : int(tab - std::begin(kTabs));
    m_tabs->setCurrentIndex(index);
    showTab(index);
    showHead();
    if (m_content == nullptr) {
        ask();
    }
}

void ImagePage::leave() {
    m_entered = false;
}

void ImagePage::refresh() {
    context().state.refreshImages();
    m_facts->refresh();
    ask();
}

void ImagePage::focusFilter() {
    if (m_tabs->currentIndex() > 0 && m_facts->focusSearch()) {
        return;
    }
    m_tabs->setCurrentIndex(0);
    m_find->setFocus();
    m_find->selectAll();
}

QWidget* ImagePage::mainWidget() {
    return m_tabs->currentIndex() == 0 ? m_stepTable : m_facts->mainWidget();
}

void ImagePage::ask() {
    m_request.cancel();
    if (m_content == nullptr) {
        m_stack->setCurrentWidget(m_loading);
    }
    m_request = context().engine.imageContent(this, m_key.toStdString(),
                                              [this, key = m_key](const Result<ImageContentPtr>& content) {
                                                  if (key == m_key) {
                                                      take(content);
                                                  }
                                              });
}

void ImagePage::take(const Result<ImageContentPtr>& content) {
    if (!content) {
        if (content.error().kind() != ErrorKind::Cancelled) {
            m_failed->setText(tr("The image cannot be read"), format::error(content.error()));
            m_stack->setCurrentWidget(m_failed);
        }
        return;
    }
    const int step = currentStep();
    m_content = *content;
    m_steps->setContent(m_content);
    m_waste->setContent(m_content);
    showWaste();
    m_stack->setCurrentIndex(0);
    const int last = m_steps->rowCount() - 1;
    m_stepTable->selectRow(step >= 0 && step <= last ? step : last);
    // Few steps leave their room to what is below them.
    m_stepTable->setMaximumHeight(m_stepTable->horizontalHeader()->height() +
                                  m_steps->rowCount() * scaled(kStepRow));
    showFiles();
}

int ImagePage::currentStep() const {
    return m_stepTable->currentIndex().row();
}

void ImagePage::showFiles() {
    const bool compares = m_comparison != nullptr;
    const bool layer = compares || m_mode->current() == 0;
    m_mode->setVisible(!compares);
    m_kinds->setEnabled(layer);
    const int step = currentStep();
    const bool known = m_content != nullptr && step >= 0 && step < int(m_content->layers.size());
    if (!known && !compares) {
        m_paths->setEntries({}, nullptr);
        return;
    }
    const ShownKinds kinds{m_kinds->button(0)->isChecked(), m_kinds->button(1)->isChecked(),
                           m_kinds->button(2)->isChecked()};
    const QString words = m_find->text().trimmed();
    const auto at = std::size_t(std::max(step, 0));
    m_paths->setEntries(compares ? comparedEntries(*m_comparison, kinds, words)
                        : layer  ? layerEntries(*m_content, at, kinds, words)
                                 : entriesSoFar(*m_content, at, words),
                        compares ? std::shared_ptr<const void>(m_comparison) : m_content);
    m_view->setPlaceholder(!words.isEmpty() ? tr("No path matches “%1”").arg(words)
                           : compares       ? tr("Their files are the same")
                                            : tr("This step changes no file"));
    // What is alone in its folder is shown at once.
    QModelIndex open;
    for (int depth = 0; depth < 8 && m_paths->rowCount(open) == 1; ++depth) {
        open = m_paths->index(0, 0, open);
        m_view->expand(open);
    }
    for (int row = 0; !words.isEmpty() && m_paths->entryCount() < 200 && row < m_paths->rowCount(); ++row) {
        m_view->expandRecursively(m_paths->index(row, 0));
    }
    const QString paths = tr("%Ln paths", nullptr, int(m_paths->entryCount()));
    const QString made = compares ? QString() : madeWords(at);
    m_sum->setText(made.isEmpty() ? paths : paths + QStringLiteral(" · ") + made);
    m_digest->setVisible(!compares);
    m_copy->setVisible(!compares);
    if (!compares) {
        const QString digest = format::text(m_content->layers[at].diffId);
        m_digest->setText(digest.left(13) + QStringLiteral("…") + digest.right(4));
        m_digest->setToolTip(digest);
    }
}

/// When the step was taken that made a layer, as far as the image tells.
QString ImagePage::madeWords(std::size_t layer) const {
    if (m_facts->details()) {
        std::size_t at = 0;
        for (const types::ImageStep& step : m_facts->details()->history) {
            if (!step.emptyLayer && at++ == layer) {
                return step.createdAt ? tr("made %1").arg(format::ago(*step.createdAt)) : QString();
            }
        }
    }
    return {};
}

void ImagePage::showWaste() {
    const types::ImageView& view = m_content->view;
    m_efficiency->setText(tr("Efficiency %1%").arg(view.efficiency()));
    m_wasted->setText(view.wastedBytes > 0 ? tr("%1 wasted").arg(format::bytes(view.wastedBytes))
                                           : QString());
    m_efficiencyBar->setShare(view.efficiency() / 100.0);
    m_wasteWords->setText(
        view.waste.empty() ? tr("Everything in it can be seen: no step overwrites or deletes what an earlier "
                                "one brought.")
                           : tr("Bytes that later steps overwrite or delete still ship with the image:"));
    m_wasteTable->setVisible(!view.waste.empty());
}

void ImagePage::offerComparisons() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("layers.compareMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& image : context().state.images().rows) {
        for (const std::string& reference : image.references) {
            const QString key = format::text(reference);
            if (key != m_key) {
                connect(menu->addAction(familiarImageName(key)), &QAction::triggered, this,
                        [this, key] { compareWith(key, familiarImageName(key)); });
            }
        }
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("There is no other image"))->setEnabled(false);
    }
    menu->popup(m_compare->mapToGlobal(QPoint(0, m_compare->height() + 4)));
}

void ImagePage::compareWith(const QString& key, const QString& name) {
    if (m_content == nullptr) {
        return;
    }
    m_comparisonRequest.cancel();
    m_comparedName = name;
    m_banner->show(Banner::Kind::Info, tr("Comparing with %1").arg(name));
    m_comparisonRequest = context().engine.compareImages(
        this, key.toStdString(), m_content, [this](const Result<ImageComparisonPtr>& comparison) {
            if (!comparison) {
                if (comparison.error().kind() != ErrorKind::Cancelled) {
                    m_banner->show(Banner::Kind::Error, format::sentence(comparison.error().message()),
                                   format::text(comparison.error().hint()));
                }
                return;
            }
            m_comparison = *comparison;
            int counts[3] = {};
            for (const auto& difference : m_comparison->differences) {
                ++counts[difference.letter == 'A' ? 0 : difference.letter == 'D' ? 2 : 1];
            }
            m_banner->show(Banner::Kind::Info, tr("What makes %1 of %2: %3 added, %4 modified, %5 removed")
                                                   .arg(title(), m_comparedName)
                                                   .arg(counts[0])
                                                   .arg(counts[1])
                                                   .arg(counts[2]));
            m_find->clear();
            showFiles();
        });
}

void ImagePage::endComparison() {
    m_comparisonRequest.cancel();
    m_comparison.reset();
    m_banner->hide();
    showFiles();
}

}  // namespace coracle::gui
