// SPDX-License-Identifier: Apache-2.0
// The chosen volume: its files, who uses it, and what is known of it.
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/views/volume_files.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace coracle::gui {
namespace {

constexpr int kNameWidth = 280;
constexpr int kLeastName = 120;
constexpr int kFilesTab = 0;
constexpr int kUsersTab = 1;

struct TabRow {
    const char* key;
    const char* title;
};

constexpr TabRow kTabs[] = {{"files", QT_TRANSLATE_NOOP("coracle::gui::VolumesPage", "Files")},
                            {"users", QT_TRANSLATE_NOOP("coracle::gui::VolumesPage", "Used by")},
                            {"details", QT_TRANSLATE_NOOP("coracle::gui::VolumesPage", "Details")}};

}  // namespace

QWidget* VolumesPage::makeDetail() {
    m_detailStack = new QStackedWidget(this);
    auto* none = new EmptyState(QStringLiteral("volume"), tr("Choose a volume"), {}, m_detailStack);
    auto* detail = new Panel(Token::Window, {}, m_detailStack);
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new Panel(Token::Window, Qt::BottomEdge, detail);
    head->setFixedHeight(scaled(metrics::kFilterBar));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    row->addWidget(new IconLabel(QStringLiteral("volume"), Token::Text, metrics::kIcon, head));
    m_name = new TextLabel({}, TextRole::DialogTitle, Token::Text, head);
    m_name->setObjectName(QStringLiteral("volumes.name"));
    row->addWidget(m_name);
    m_size = new Chip({}, {}, chip_look::kNeutral, head);
    m_size->setObjectName(QStringLiteral("volumes.size"));
    m_size->setInteractive(false);
    row->addWidget(m_size);
    row->addStretch(1);
    m_clone = makeButton(QStringLiteral("volumes.clone"), tr("Clone…"), QStringLiteral("clone"),
                         ButtonKind::Normal, ButtonSize::Small);
    connect(m_clone, &QPushButton::clicked, this, &VolumesPage::clone);
    row->addWidget(m_clone);
    m_export = makeButton(QStringLiteral("volumes.export"), tr("Export…"), QStringLiteral("push"),
                          ButtonKind::Normal, ButtonSize::Small);
    connect(m_export, &QPushButton::clicked, this, &VolumesPage::exportArchive);
    row->addWidget(m_export);
    m_emptyOut = makeButton(QStringLiteral("volumes.emptyOut"), tr("Empty…"), {}, ButtonKind::DangerText,
                            ButtonSize::Small);
    connect(m_emptyOut, &QPushButton::clicked, this, &VolumesPage::empty);
    row->addWidget(m_emptyOut);
    m_delete = makeButton(QStringLiteral("volumes.delete"), tr("Delete…"), QStringLiteral("trash"),
                          ButtonKind::DangerText, ButtonSize::Small);
    row->addWidget(m_delete);
    connect(m_delete, &QPushButton::clicked, this, &VolumesPage::remove);
    column->addWidget(head);

    column->addWidget(makeTabs());
    m_parts = new QStackedWidget(detail);
    m_files = new VolumeFiles(context(), m_parts);
    m_parts->addWidget(m_files);
    connect(m_files, &VolumeFiles::contentChanged, this, [this](const QString& volume) {
        m_tried.erase(volume);
        measureNext();
    });
    m_parts->addWidget(makeUsers());
    m_parts->addWidget(makeFacts());
    column->addWidget(m_parts, 1);
    auto* foot = new Panel(Token::Window, Qt::TopEdge, detail);
    foot->setFixedHeight(scaled(34));
    foot->setProperty(kPageFoot, true);
    auto* note = new QHBoxLayout(foot);
    note->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    note->setSpacing(metrics::kSpaceSmall);
    note->addWidget(new IconLabel(QStringLiteral("info"), Token::Muted, metrics::kIcon, foot));
    m_whyNot = new TextLabel({}, TextRole::Secondary, Token::Muted, foot);
    m_whyNot->setObjectName(QStringLiteral("volumes.note"));
    m_whyNot->setElided();
    note->addWidget(m_whyNot, 1);
    column->addWidget(foot);
    m_several = new EmptyState(QStringLiteral("volume"), {}, {}, m_detailStack);
    m_several->setObjectName(QStringLiteral("volumes.several"));
    m_detailStack->addWidget(none);
    m_detailStack->addWidget(detail);
    m_detailStack->addWidget(m_several);
    for (QPushButton* button : {m_clone, m_export, m_emptyOut, m_delete}) {
        button->setAccessibleName(button->text());  // also while there is no room for it
    }
    m_detailStack->installEventFilter(this);
    return m_detailStack;
}

QWidget* VolumesPage::makeTabs() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kTabBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 0, 10, 0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("volumes.tabs"));
    m_tabs->setAccessibleName(tr("Parts of this volume"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    for (const TabRow& tab : kTabs) {
        m_tabs->addTab(tr(tab.title));
    }
    m_userCount = new Chip({}, {}, chip_look::kNeutral, m_tabs);
    m_userCount->setObjectName(QStringLiteral("volumes.userCount"));
    m_userCount->setInteractive(false);
    m_userCount->setGap(metrics::kSpaceTiny);
    m_userCount->hide();
    row->addWidget(m_tabs, 1, Qt::AlignBottom);
    connect(m_tabs, &QTabBar::currentChanged, this, &VolumesPage::showTab);
    const auto turn = [this](int by) {
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
    };
    bindKey(this, KeyId::NextTab, [turn] { turn(1); });
    bindKey(this, KeyId::PreviousTab, [turn] { turn(-1); });
    return bar;
}

/// A column of cards with the margins of a page.
QVBoxLayout* VolumesPage::addCards(QWidget* part) {
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                               metrics::kPageMargin);
    column->setSpacing(metrics::kSpaceLarge);
    return column;
}

QWidget* VolumesPage::makeUsers() {
    auto* part = new QWidget;
    auto* column = addCards(part);
    auto* users = new Card(tr("Used by"), part);
    m_users = new QWidget(users);
    m_userLayout = new QHBoxLayout(m_users);
    m_userLayout->setContentsMargins(0, 0, 0, 0);
    m_userLayout->setSpacing(metrics::kSpaceSmall);
    users->body()->addWidget(m_users);
    column->addWidget(users);
    column->addStretch(1);
    return part;
}

QWidget* VolumesPage::makeFacts() {
    auto* part = new QWidget;
    auto* column = addCards(part);
    auto* facts = new Card(tr("Details"), part);
    m_facts = new KeyValueGrid(1, 104, facts);
    m_facts->setObjectName(QStringLiteral("volumes.facts"));
    facts->body()->addWidget(m_facts);
    column->addWidget(facts);
    auto* place = new Card(tr("On this computer"), part);
    auto* copy = makeButton(QStringLiteral("volumes.copyPath"), tr("Copy path"), QStringLiteral("copy"),
                            ButtonKind::Normal, ButtonSize::Small);
    place->addToHead(copy);
    m_path = new CodeBox({}, place);
    place->body()->addWidget(m_path);
    connect(copy, &QPushButton::clicked, this, [this] { context().prompt.copyText(m_path->text()); });
    column->addWidget(place);
    column->addStretch(1);
    return part;
}

void VolumesPage::showTab(int index) {
    m_parts->setCurrentIndex(index);
    m_files->setActive(m_shown && index == kFilesTab);
    if (m_shown) {
        context().navigator.noteTab(QLatin1String(kTabs[index].key));
    }
}

void VolumesPage::enterTab(const QString& key) {
    const auto tab = std::find_if(std::begin(kTabs), std::end(kTabs),
                                  [&key](const TabRow& row) { return key == QLatin1String(row.key); });
    m_tabs->setCurrentIndex(tab == std::end(kTabs) ? m_tabs->currentIndex() : int(tab - std::begin(kTabs)));
    m_files->setActive(m_shown && m_tabs->currentIndex() == kFilesTab);
}

void VolumesPage::showDetail() {
    const auto* volume = current();
    m_detailStack->setCurrentIndex(m_table->hasChecks() ? 2 : volume == nullptr ? 0 : 1);
    if (volume == nullptr || m_table->hasChecks()) {
        return;
    }
    const auto name = QString::fromStdString(volume->name);
    const auto bytes = m_model->size(name);
    m_name->setToolTip(name);
    m_size->setText(bytes ? format::bytes(*bytes) : QString());
    m_size->updateGeometry();
    fitDetail();
    m_facts->set(tr("Name"), name);
    m_facts->set(tr("Size"), bytes ? format::bytes(*bytes) : tr("not measured yet"));
    m_facts->set(tr("Created"), format::since(volume->createdAt), TextRole::Body,
                 format::exact(volume->createdAt));
    m_facts->set(tr("Kind"), volume->anonymous ? tr("unnamed: goes with its container")
                                               : tr("named: stays until deleted"));
    QStringList labels;
    for (const auto& [key, value] : volume->labels) {
        labels.append(
            QStringLiteral("%1=%2").arg(QString::fromStdString(key), QString::fromStdString(value)));
    }
    m_facts->set(tr("Labels"), labels.isEmpty() ? tr("none") : labels.join(QStringLiteral(", ")));
    m_path->setText(QString::fromStdString(volume->mountpoint));

    QStringList users;
    for (const auto& user : volume->usedBy) {
        users.append(QString::fromStdString(user));
    }
    showUsers(users);
    m_files->setVolume(*volume);
    m_delete->setEnabled(users.isEmpty());
    const auto why =
        users.isEmpty()
            ? tr("Deleting it takes its data along.")
            : tr("It cannot be deleted while containers use it: %1").arg(users.join(QStringLiteral(", ")));
    m_whyNot->setText(why);
    m_delete->setToolTip(users.isEmpty() ? tr("Delete…") : why);
    const auto copies = users.isEmpty()
                            ? QString()
                            : tr("What %1 writes meanwhile may be in it in part. Stop what uses it "
                                 "for a copy of one moment.")
                                  .arg(users.join(QStringLiteral(", ")));
    const QStringList running = runningUsers(*volume);
    m_emptyOut->setEnabled(running.isEmpty());
    m_emptyOut->setToolTip(running.isEmpty()
                               ? tr("Take out all that is in it; the volume stays")
                               : tr("Stop what uses it first: %1").arg(running.join(QStringLiteral(", "))));
    m_clone->setToolTip(copies.isEmpty() ? tr("Clone…") : copies);
    m_export->setToolTip(copies.isEmpty() ? tr("Export…") : copies);
    m_delete->setAccessibleDescription(users.isEmpty() ? QString() : why);
}

/// Where there is no room for all words, icons have to do; what has none stands in the menu of the row. The
/// name gets what is left.
void VolumesPage::fitDetail() {
    const auto* volume = current();
    if (volume == nullptr) {
        return;
    }
    const auto words = [this](bool shown) {
        m_clone->setText(shown ? tr("Clone…") : QString());
        m_export->setText(shown ? tr("Export…") : QString());
        m_delete->setText(shown ? tr("Delete…") : QString());
        m_emptyOut->setVisible(shown);
        int wanted = 0;
        for (const QPushButton* button : {m_clone, m_export, m_emptyOut, m_delete}) {
            wanted += button == m_emptyOut && !shown ? 0 : button->sizeHint().width() + metrics::kSpaceSmall;
        }
        return wanted;
    };
    const QFontMetrics metric(m_name->font());
    const QString name = volumeTitle(*volume);
    const int least = std::min(metric.horizontalAdvance(name), scaled(kLeastName));
    const int chip = m_size->text().isEmpty() ? 0 : m_size->sizeHint().width() + metrics::kSpaceSmall;
    int room = m_detailStack->width() - 2 * metrics::kPageMargin - metrics::kIcon - 2 * metrics::kSpaceSmall;
    int wanted = words(true);
    const bool noWords = room - wanted < least;
    if (noWords) {
        wanted = words(false);
    }
    // The size stands in the list, too.
    const bool withSize = chip > 0 && room - wanted - chip >= least;
    m_size->setVisible(withSize);
    room -= withSize ? chip : 0;
    m_name->setText(
        metric.elidedText(name, Qt::ElideMiddle, std::clamp(room - wanted, scaled(40), scaled(kNameWidth))));
}

bool VolumesPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_detailStack && event->type() == QEvent::Resize) {
        fitDetail();
    }
    return Page::eventFilter(watched, event);
}

void VolumesPage::showUsers(const QStringList& users) {
    // Chips that stay keep the focus and do not flicker when something else about the volume changes.
    if (users == m_shownUsers && m_userLayout->count() > 0) {
        return;
    }
    m_shownUsers = users;
    m_userCount->setText(QString::number(users.size()));
    m_tabs->setTabButton(kUsersTab, QTabBar::RightSide, users.isEmpty() ? nullptr : m_userCount);
    m_userCount->setVisible(!users.isEmpty());
    clearLayout(*m_userLayout);
    for (const auto& text : users) {
        auto* chip = new Chip(text, QStringLiteral("container"), chip_look::kAccent, m_users);
        chip->setObjectName(QStringLiteral("volumes.user.%1").arg(text));
        chip->setAccessibleName(tr("Open container %1").arg(text));
        connect(chip, &Chip::clicked, this, [this, text] {
            for (const auto& one : context().state.containers().rows) {
                if (one.name == text.toStdString()) {
                    context().navigator.open(
                        {QStringLiteral("container"), QString::fromStdString(one.id), {}});
                }
            }
        });
        m_userLayout->addWidget(chip);
    }
    if (users.isEmpty()) {
        m_userLayout->addWidget(
            new TextLabel(tr("No container uses it."), TextRole::Body, Token::Muted, m_users));
    }
    m_userLayout->addStretch(1);
}

}  // namespace coracle::gui
