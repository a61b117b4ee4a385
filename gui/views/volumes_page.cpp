// SPDX-License-Identifier: Apache-2.0
#include "gui/views/volumes_page.h"

#include "core/types/run_command.h"
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/layer_model.h"
#include "gui/shortcuts.h"
#include "gui/theme/icons.h"
#include "gui/views/choice_bar.h"
#include "gui/views/page_header.h"
#include "gui/views/volume_files.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
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
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kListWidth = 470;
constexpr int kChipGap = 4;
constexpr int kLeastName = 170;
constexpr int kLeastUsers = 110;

/// Name, size and the chips of containers.
class VolumeDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override {
        if (index.column() == VolumeModel::NameColumn) {
            paintText(painter, area, index.data().toString(), TextRole::Strong, Token::Text);
        } else if (index.column() == VolumeModel::UsedByColumn &&
                   index.data(VolumeModel::InUseRole).toBool()) {
            int x = area.left();
            const bool marked = option.state.testFlag(QStyle::State_Selected);
            const auto look = marked ? ChipLook{Token::Surface, Token::OnAccentSoft} : chip_look::kAccent;
            for (const auto& name : index.data().toString().split(QStringLiteral(", "))) {
                if (x + chipWidth(name, true) > area.right()) {
                    paintText(painter, QRect(x, area.top(), area.right() - x, area.height()),
                              QStringLiteral("…"), TextRole::Body, Token::Muted);
                    break;
                }
                x = paintChip(painter, area, x, name, QStringLiteral("container"), look).right() + kChipGap;
            }
        } else if (index.column() == VolumeModel::UsedByColumn) {
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted);
        } else {
            ListDelegate::paintCell(painter, area, index, option);
        }
    }
};

}  // namespace

VolumesPage::VolumesPage(const PageContext& context)
    : Page(QStringLiteral("volumes"), context)
    , m_model(new VolumeModel(this))
    , m_proxy(new VolumeProxy(this)) {
    m_proxy->setSourceModel(m_model);
    makeHead();
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("volumes.banner"));
    m_banner->hide();
    body().addWidget(m_banner);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("volumes.split"));
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeList());
    split->addWidget(makeDetail());
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({scaled(kListWidth), scaled(600)});
    m_split = split;

    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(QStringLiteral("volume"), tr("No volumes yet"),
                             tr("A volume keeps the data of a container when the container goes."));
    m_empty->setObjectName(QStringLiteral("volumes.empty"));
    auto* make =
        m_empty->addButton(QStringLiteral("volumes.empty.new"), tr("New volume…"), QStringLiteral("plus"));
    connect(make, &QAbstractButton::clicked, this, &VolumesPage::create);
    m_failed = new EmptyState(QStringLiteral("errc"), tr("The volumes cannot be listed"), {});
    auto* again = m_failed->addButton(QStringLiteral("volumes.failed.retry"), tr("Try again"));
    connect(again, &QAbstractButton::clicked, this, &VolumesPage::refresh);
    auto* loading = new Skeleton(this);
    loading->setPatient();
    m_loading = loading;
    for (auto* page : {m_split, static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_failed), m_loading}) {
        m_stack->addWidget(page);
    }
    body().addWidget(m_stack, 1);
    connect(&this->context().state, &EngineState::volumesChanged, this, &VolumesPage::takeVolumes);
    connect(&this->context().state, &EngineState::containersChanged, this, [this] {
        noteUsers();
        showDetail();
    });
    takeVolumes();
}

void VolumesPage::makeHead() {
    header().setTitle(title());
    m_filter = new FilterEdit(QStringLiteral("volumes.filter"), tr("Filter volumes"));
    header().addTool(m_filter);
    auto* import = makeButton(QStringLiteral("volumes.import"), tr("Import…"), QStringLiteral("archive"));
    import->setToolTip(tr("Make a volume of an archive"));
    connect(import, &QPushButton::clicked, this, &VolumesPage::importArchive);
    header().addTool(import);
    auto* make = makeButton(QStringLiteral("volumes.new"), tr("New volume…"), QStringLiteral("plus"),
                            ButtonKind::Primary);
    header().addTool(make);
    connect(make, &QPushButton::clicked, this, &VolumesPage::create);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setText(text);
        showState();
    });
    connect(m_filter, &FilterEdit::left, this, [this] { m_table->setFocus(); });
}

QWidget* VolumesPage::makeList() {
    auto* side = new QWidget(this);
    side->setMinimumWidth(scaled(350));
    auto* beside = new QHBoxLayout(side);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    auto* column = new QVBoxLayout;
    beside->addLayout(column, 1);
    beside->addWidget(new Line(Qt::Vertical, side));
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new FilterBar(side);
    m_segments = new Segments(bar);
    m_segments->setSmall();
    m_segments->setObjectName(QStringLiteral("volumes.state"));
    m_segments->setAccessibleName(tr("Which volumes"));
    m_segments->add(QStringLiteral("all"), tr("All"));
    m_segments->add(QStringLiteral("used"), tr("In use"));
    m_segments->add(QStringLiteral("unused"), tr("Unused"));
    m_segments->setCurrent(0);
    m_sum = new TextLabel({}, TextRole::Secondary, Token::Muted, bar);
    bar->addLeading(m_segments);
    bar->addTrailing(m_sum);
    bar->setOptional(m_sum);
    connect(m_segments, &Segments::currentChanged, this, [this](int index) {
        m_proxy->setFilter(static_cast<VolumeFilter>(index));
        showState();
    });
    m_choice = new ChoiceBar(name());
    m_choiceDelete = m_choice->addDelete();
    connect(m_choice, &ChoiceBar::deleteWanted, this, &VolumesPage::remove);
    connect(m_choice, &ChoiceBar::clearWanted, this, [this] {
        m_table->chooseCurrent();
        m_table->setFocus();
    });
    m_bars = new QStackedWidget(side);
    m_bars->setFixedHeight(scaled(metrics::kFilterBar));
    m_bars->addWidget(bar);
    m_bars->addWidget(m_choice);
    column->addWidget(m_bars);

    m_table = new ListTable(QStringLiteral("volumes.view"), tr("Volumes"), side);
    m_table->setMultiple();
    m_table->setModel(m_proxy);
    connect(m_table, &ListTable::opened, this, [this] {
        enterTab(QLatin1String("files"));
        m_files->mainWidget()->setFocus(Qt::TabFocusReason);
    });
    m_table->setItemDelegate(new VolumeDelegate(m_table));
    auto* head = m_table->horizontalHeader();
    head->setSectionsClickable(true);
    m_table->setSortingEnabled(true);  // the arrow wants its room, too
    head->setSectionResizeMode(VolumeModel::NameColumn, QHeaderView::Stretch);
    sizeColumn(*head, VolumeModel::SizeColumn, 84);
    head->setSectionResizeMode(VolumeModel::UsedByColumn, QHeaderView::Stretch);
    m_table->setMenuColumn();
    m_table->setOptionalColumns(kLeastName, {{VolumeModel::UsedByColumn, kLeastUsers}});
    m_table->sortByColumn(VolumeModel::SizeColumn, Qt::DescendingOrder);
    connect(m_table, &ListTable::copyWanted, this, [this] {
        QStringList names;
        for (const auto& volume : chosen()) {
            names.append(QString::fromStdString(volume.name));
        }
        context().prompt.copyText(names.join(QLatin1Char('\n')));
    });
    connect(m_table, &ListTable::menuWanted, this, &VolumesPage::showMenu);
    connect(m_table, &ListTable::deleteWanted, this, &VolumesPage::remove);
    connect(m_table, &ListTable::choiceChanged, this, &VolumesPage::showChosen);
    m_noMatch = new EmptyState(QStringLiteral("search"), {}, {});
    auto* clear = m_noMatch->addButton(QStringLiteral("volumes.noMatch.clear"), tr("Clear filter"));
    connect(clear, &QAbstractButton::clicked, this, [this] {
        m_filter->clear();
        m_segments->setCurrent(0);
    });
    m_listStack = new QStackedWidget(side);
    m_listStack->addWidget(m_table);
    m_listStack->addWidget(m_noMatch);
    column->addWidget(m_listStack, 1);
    return side;
}

QString VolumesPage::title() const {
    return tr("Volumes");
}

void VolumesPage::enter(const Place& place) {
    m_shown = true;
    showRow(place.id);
    enterTab(place.tab);
    measureNext();
}

void VolumesPage::showRow(const QString& name) {
    const int row = name.isEmpty() ? -1 : m_model->find(name);
    if (row < 0) {
        return;
    }
    if (!m_proxy->mapFromSource(m_model->index(row, 0)).isValid()) {  // the filter hides it
        m_filter->clear();
        m_segments->setCurrent(0);
    }
    m_table->selectRow(m_proxy->mapFromSource(m_model->index(row, 0)).row());
}

void VolumesPage::perform(const QString& action, const QString& id) {
    const std::pair<const char*, void (VolumesPage::*)()> general[] = {
        {"new", &VolumesPage::create}, {"import", &VolumesPage::importArchive}};
    for (const auto& [name, run] : general) {
        if (action == QLatin1String(name)) {
            (this->*run)();
            return;
        }
    }
    showRow(id);
    if (current() == nullptr || format::text(current()->name) != id) {
        return;  // it went meanwhile
    }
    const std::pair<const char*, void (VolumesPage::*)()> ofOne[] = {{"clone", &VolumesPage::clone},
                                                                     {"export", &VolumesPage::exportArchive},
                                                                     {"empty", &VolumesPage::empty},
                                                                     {"delete", &VolumesPage::remove}};
    for (const auto& [name, run] : ofOne) {
        if (action == QLatin1String(name)) {
            (this->*run)();
        }
    }
}

void VolumesPage::leave() {
    m_shown = false;
    m_files->setActive(false);
}

void VolumesPage::refresh() {
    m_tried.clear();
    m_files->refresh();
    context().state.refreshVolumes();
}

void VolumesPage::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

QWidget* VolumesPage::mainWidget() {
    auto* way = m_empty->findChild<QWidget*>(QStringLiteral("volumes.empty.new"));
    return m_stack->currentWidget() == m_empty && way != nullptr ? way : m_table;
}

void VolumesPage::takeVolumes() {
    const auto& volumes = context().state.volumes();
    m_model->setVolumes(volumes.rows);
    if (volumes.error && !volumes.rows.empty()) {
        m_banner->show(Banner::Kind::Error, format::sentence(volumes.error->message()),
                       format::sentence(volumes.error->hint()));
    } else {
        m_banner->hide();
    }
    if (const int row = m_wanted.isEmpty() ? -1 : m_model->find(m_wanted); row >= 0) {
        m_table->selectRow(m_proxy->mapFromSource(m_model->index(row, 0)).row());
        m_wanted.clear();
    }
    if (!m_table->selectedIndex().isValid() && m_proxy->rowCount() > 0) {
        m_table->selectRow(0);
    }
    noteUsers();
    showCounts();
    showState();
    showChosen();
    if (m_shown) {
        measureNext();
    }
}

void VolumesPage::noteUsers() {
    std::map<QString, QString> users;
    for (const auto& volume : m_model->volumes()) {
        const auto name = format::text(volume.name);
        QString& now = users[name];
        for (const auto& user : volume.usedBy) {
            now += format::text(user) + QLatin1Char(' ');
        }
        now += QLatin1Char('|') + runningUsers(volume).join(QLatin1Char(' '));
        const auto before = m_lastUsers.find(name);
        if (before == m_lastUsers.end() || before->second == now) {
            continue;
        }
        m_tried.erase(name);
        if (current() != nullptr && format::text(current()->name) == name) {
            m_files->refresh();
        }
    }
    m_lastUsers = std::move(users);
    measureNext();
}

void VolumesPage::measureNext() {
    if (m_measuring || !m_shown) {
        return;
    }
    for (const auto& volume : m_model->volumes()) {
        const auto name = QString::fromStdString(volume.name);
        if (!m_tried.insert(name).second) {
            continue;
        }
        // One at a time: a measurement walks the whole tree.
        m_measuring = true;
        context().engine.measureVolume(this, volume.name, [this, name](const Result<std::uint64_t>& bytes) {
            m_measuring = false;
            if (bytes) {
                m_model->setSize(name, *bytes);
                showCounts();
                showChosen();
            }
            measureNext();
        });
        return;
    }
}

void VolumesPage::showCounts() {
    const auto& rows = m_model->volumes();
    const auto used = static_cast<int>(
        std::count_if(rows.begin(), rows.end(), [](const auto& one) { return !one.usedBy.empty(); }));
    const auto all = static_cast<int>(rows.size());
    m_segments->setCount(0, all);
    m_segments->setCount(1, used);
    m_segments->setCount(2, all - used);
    std::uint64_t sum = 0;
    bool known = !rows.empty();
    for (const auto& one : rows) {
        const auto bytes = m_model->size(QString::fromStdString(one.name));
        known = known && bytes.has_value();
        sum += bytes.value_or(0);
    }
    m_sum->setText(known ? tr("%1 in all").arg(format::bytes(sum)) : QString());
}

void VolumesPage::showState() {
    const auto& volumes = context().state.volumes();
    if (volumes.error && volumes.rows.empty()) {
        m_failed->setText(tr("The volumes cannot be listed"), format::error(*volumes.error));
        m_stack->setCurrentWidget(m_failed);
        return;
    }
    if (!volumes.loaded) {
        m_stack->setCurrentWidget(m_loading);
        return;
    }
    const bool keysGo = m_model->rowCount() > 0 && m_empty->isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(m_model->rowCount() == 0 ? static_cast<QWidget*>(m_empty) : m_split);
    if (keysGo) {
        m_table->setFocus();  // the button that had them is no longer there
    }
    m_noMatch->setText(m_filter->text().isEmpty() ? tr("No volume of this kind")
                                                  : tr("No volume matches “%1”").arg(m_filter->text()),
                       {});
    m_listStack->setCurrentIndex(m_proxy->rowCount() == 0 ? 1 : 0);
}

const types::VolumeSummary* VolumesPage::current() const {
    const auto index = m_table->selectedIndex();
    return index.isValid() ? m_model->volume(m_proxy->mapToSource(index).row()) : nullptr;
}

void VolumesPage::showMenu(const QModelIndex& index, const QPoint& position) {
    m_table->moveTo(index);
    const auto* volume = current();
    if (volume == nullptr) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("volumes.rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_table->hasChecks()) {
        auto* remove = addMenuRow(*menu, KeyId::Delete, [this] { this->remove(); });
        remove->setText(tr("Delete %n volumes…", nullptr, int(chosen().size())));
        remove->setEnabled(m_choiceDelete->isEnabled());
        menu->popup(position);
        return;
    }
    auto* copy = menu->addAction(themeIcon(QStringLiteral("copy")), tr("Copy name"));
    copy->setShortcut(keyOf(KeyId::CopyId));
    copy->setShortcutVisibleInContextMenu(true);
    connect(copy, &QAction::triggered, this,
            [this, name = QString::fromStdString(volume->name)] { context().prompt.copyText(name); });
    const auto add = [this, menu](const char* name, const QString& icon, const QString& text,
                                  void (VolumesPage::*action)()) {
        auto* entry = menu->addAction(themeIcon(icon), text);
        entry->setObjectName(QStringLiteral("volumes.row.") + QLatin1String(name));
        connect(entry, &QAction::triggered, this, action);
        return entry;
    };
    add("clone", QStringLiteral("clone"), tr("Clone…"), &VolumesPage::clone);
    add("export", QStringLiteral("push"), tr("Export…"), &VolumesPage::exportArchive);
    add("empty", QStringLiteral("x"), tr("Empty…"), &VolumesPage::empty)
        ->setEnabled(runningUsers(*volume).isEmpty());
    menu->addSeparator();
    auto* remove = menu->addAction(themeIcon(QStringLiteral("trash")), tr("Delete volume…"));
    remove->setObjectName(QStringLiteral("volumes.row.delete"));
    remove->setShortcut(keyOf(KeyId::Delete));
    remove->setShortcutVisibleInContextMenu(true);
    remove->setEnabled(volume->usedBy.empty());
    connect(remove, &QAction::triggered, this, &VolumesPage::remove);
    menu->popup(position);
}

void VolumesPage::create() {
    TextQuestion question;
    question.title = tr("New volume");
    question.label = tr("Name");
    question.confirm = tr("Create volume");
    question.problem = [this](const QString& text) { return nameProblem(text); };
    context().prompt.askText(this, question, [this](const std::optional<QString>& name) {
        if (!name) {
            return;
        }
        context().engine.createVolume(
            this, {name->toStdString(), {}}, [this](const Result<types::VolumeSummary>& made) {
                if (!made) {
                    context().toasts.showError(format::sentence(made.error().message()),
                                               format::sentence(made.error().hint()));
                } else {
                    m_wanted = format::text(made->name);
                }
                refresh();
            });
    });
}

}  // namespace coracle::gui
