// SPDX-License-Identifier: Apache-2.0
#include "gui/views/settings_page.h"

#include "gui/background.h"
#include "gui/dialogs/section_list.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/translations.h"
#include "gui/views/page_header.h"
#include "gui/views/registries_card.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/card.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/tab_chain.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"
#include "gui/widgets/toggle.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFile>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kWidth = 720;
constexpr int kRow = 54;
constexpr int kControl = 150;
constexpr int kFontWidth = 200;
constexpr int kSaveDelayMs = 400;
constexpr int kFilesDelayMs = 100;  // a file is written in several steps
constexpr int kMostDays = 36500;
constexpr int kMostPercent = 100;
constexpr int kMostGibibytes = 1'000'000;
constexpr std::uint64_t kGibibyte = 1ULL << 30U;
constexpr int kSide = 216;
constexpr int kSideFrom = 780;
const QString kRowName = QStringLiteral("settings.row");
/// What is to stay free: the least that is possible, or a number with its unit.
enum Unit : std::uint8_t { Percent, Gibibytes, Least };

struct ConfirmRow {
    const char* words;
    bool stop;
    bool remove;
};

constexpr ConfirmRow kConfirmRows[] = {
    {QT_TRANSLATE_NOOP("coracle::gui::SettingsPage", "Stopping"), true, false},
    {QT_TRANSLATE_NOOP("coracle::gui::SettingsPage", "Stopping, deleting"), true, true},
    {QT_TRANSLATE_NOOP("coracle::gui::SettingsPage", "Deletes only"), false, true},
    {QT_TRANSLATE_NOOP("coracle::gui::SettingsPage", "Loss of data only"), false, false}};

QString configFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
}

/// What is typed in it and not yet taken over by leaving it.
bool isTypedIn(const QSpinBox& box) {
    const auto* edit = box.findChild<QLineEdit*>();
    // A suffix that was deleted comes back at once, and the field then calls itself unchanged.
    return box.hasFocus() && edit != nullptr && (edit->isModified() || !box.hasAcceptableInput());
}

/// What `coracle system enable-restart` makes and systemd's user manager reads.
bool containersStartAtLogin() {
    return QFile::exists(configFolder() +
                         QStringLiteral("/systemd/user/default.target.wants/coracle-restart.service"));
}

/// The command line that was installed with the app, else the one that a shell would find.
std::string commandLineProgram() {
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/coracle");
    return QFile::exists(beside) ? beside.toStdString() : std::string("coracle");
}

QSpinBox* makeNumber(const QString& objectName, const QString& words, int most) {
    auto* box = new QSpinBox;
    box->setObjectName(objectName);
    box->setAccessibleName(words);
    box->setRange(0, most);
    box->setFixedWidth(scaled(kControl));
    box->setGroupSeparatorShown(true);
    return box;
}

}  // namespace

SettingsPage::SettingsPage(const PageContext& pageContext, FixRunner runner)
    : Page(QStringLiteral("settings"), pageContext), m_runner(std::move(runner)) {
    header().setTitle(title());
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("settings.banner"));
    m_banner->hide();
    connect(m_banner->addButton(QStringLiteral("settings.retry"), tr("Try again")), &QAbstractButton::clicked,
            this, &SettingsPage::refresh);
    body().addWidget(m_banner);
    buildFrame();
    m_later.setSingleShot(true);
    m_later.setInterval(kSaveDelayMs);
    connect(&m_later, &QTimer::timeout, this, &SettingsPage::save);
    m_filesChanged.setSingleShot(true);
    m_filesChanged.setInterval(kFilesDelayMs);
    connect(&m_filesChanged, &QTimer::timeout, this, [this] {
        watchFiles();  // one that was replaced is another one
        load();
    });
    const auto changed = [this] { m_filesChanged.start(); };
    connect(&m_files, &QFileSystemWatcher::fileChanged, this, changed);
    connect(&m_files, &QFileSystemWatcher::directoryChanged, this, changed);
    m_store->setEnabled(false);
    connect(&context().settings, &AppSettings::changed, this, &SettingsPage::showApp);
    showApp();
}

/// A field that has the focus when it is deleted says that it was edited. The page is no page any more then.
SettingsPage::~SettingsPage() {
    for (QSpinBox* box : {m_days, m_percent, m_reserve, m_quota}) {
        box->disconnect(this);
    }
}

void SettingsPage::buildFrame() {
    m_find = new FilterEdit(QStringLiteral("settings.find"), tr("Search settings"));
    header().addTool(m_find);
    auto* frame = new QWidget(this);
    auto* beside = new QHBoxLayout(frame);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    m_side = new Panel(Token::Sidebar, Qt::RightEdge, frame);
    m_side->setFixedWidth(scaled(kSide));
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(metrics::kSpaceSmall, scaled(metrics::kSpace), metrics::kSpaceSmall, 0);
    m_list = new SectionList(m_side);
    m_list->setObjectName(QStringLiteral("settings.sections"));
    m_list->setAccessibleName(tr("Parts of the settings"));
    side->addWidget(m_list);
    m_scroll = new QScrollArea(frame);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setObjectName(QStringLiteral("settings.scroll"));
    m_scroll->setAccessibleName(title());
    auto* inner = new QWidget;
    auto* outer = new QHBoxLayout(inner);
    outer->setContentsMargins(metrics::kSpaceHuge, metrics::kPageMargin, metrics::kSpaceHuge,
                              metrics::kPageMargin);
    auto* column = new QVBoxLayout;
    column->setSpacing(metrics::kSpace);
    m_registries = new RegistriesCard(context());
    const auto note = [](const QString& text) {
        auto* label = new TextLabel(text, TextRole::Secondary, Token::Muted);
        label->setWordWrap(true);
        return label;
    };
    addSection(*column, tr("Start and background"), QStringLiteral("bolt"), {makeBackground()},
               tr("General"));
    addSection(*column, tr("Appearance"), QStringLiteral("moon"), {makeLook()});
    addSection(*column, tr("Questions"), QStringLiteral("info"), {makeAsk()});
    addSection(*column, tr("Registries"), QStringLiteral("globe"),
               {m_registries,
                note(tr("The command line obeys the same file: ~/.config/coracle/registries.json. Logins are "
                        "where “coracle login” keeps them."))});
    addSection(*column, tr("Storage"), QStringLiteral("disk"),
               {makeStore(), note(tr("The command line obeys the same file: ~/.config/coracle/store.json"))});
    m_none = new EmptyState(QStringLiteral("search"), {}, {});
    m_none->setObjectName(QStringLiteral("settings.none"));
    connect(m_none->addButton(QStringLiteral("settings.clearFind"), tr("Clear search")),
            &QAbstractButton::clicked, m_find, &QLineEdit::clear);
    m_none->hide();
    column->addWidget(m_none);
    column->addStretch(1);
    outer->addLayout(column, 1);
    inner->setMaximumWidth(scaled(kWidth) + 2 * metrics::kSpaceHuge);
    m_scroll->setWidget(inner);
    inner->installEventFilter(this);
    chainTabs(*inner);
    beside->addWidget(m_side);
    beside->addWidget(m_scroll, 1);
    body().addWidget(frame, 1);
    m_list->setCurrent(0);
    connect(m_list, &SectionList::sectionChosen, this, &SettingsPage::goToSection);
    connect(m_list, &QListView::clicked, this,  // also the one that is chosen: the page was scrolled since
            [this](const QModelIndex& index) { goToSection(index.row()); });
    connect(m_find, &QLineEdit::textChanged, this, &SettingsPage::search);
    connect(m_find, &FilterEdit::left, this, [this] { m_list->setFocus(); });
}

void SettingsPage::addSection(QVBoxLayout& column, const QString& title, const QString& icon,
                              const std::vector<QWidget*>& parts, const QString& listTitle) {
    Section section{new TextLabel(title, TextRole::Section), parts};
    if (!m_sections.empty()) {  // a title belongs to what is below it
        section.title->setContentsMargins(0, scaled(metrics::kSpace), 0, 0);
    }
    column.addWidget(section.title);
    for (QWidget* part : parts) {
        column.addWidget(part);
    }
    m_sections.push_back(section);
    m_list->addSection(listTitle.isEmpty() ? title : listTitle, icon);
}

/// The section at the top of what is seen.
void SettingsPage::goToSection(int index) {
    if (index >= 0 && index < int(m_sections.size())) {
        const QWidget* title = m_sections[std::size_t(index)].title;
        m_scroll->verticalScrollBar()->setValue(title->y() - metrics::kPageMargin);
    }
}

/// Rows that have the words, or whose section has them in its title.
void SettingsPage::search(const QString& words) {
    const QString wanted = words.trimmed();
    bool any = false;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const Section& section = m_sections[i];
        const bool whole =
            static_cast<TextLabel*>(section.title)->text().contains(wanted, Qt::CaseInsensitive);
        bool found = whole || (section.parts.front() == m_registries &&
                               m_registries->words().contains(wanted, Qt::CaseInsensitive));
        for (QWidget* row : section.parts.front()->findChildren<QWidget*>(kRowName)) {
            QString text;
            for (const auto* label : row->findChildren<TextLabel*>()) {
                text += label->text() + QLatin1Char('\n');
            }
            const bool fits = whole || text.contains(wanted, Qt::CaseInsensitive);
            row->setVisible(fits);
            found = found || fits;
        }
        section.title->setVisible(found);
        for (QWidget* part : section.parts) {
            part->setVisible(found);
        }
        m_list->setRowHidden(int(i), !found);
        any = any || found;
    }
    m_none->setVisible(!any);
    m_none->setText(tr("No setting matches “%1”").arg(wanted), {});
    m_scroll->verticalScrollBar()->setValue(0);
}

bool SettingsPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_scroll->widget() && event->type() == QEvent::LayoutRequest) {
        chainTabs(*m_scroll->widget());  // rows of registries come and go
    }
    return Page::eventFilter(watched, event);
}

void SettingsPage::focusFilter() {
    m_find->setFocus();
    m_find->selectAll();
}

void SettingsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    m_side->setVisible(width() >= scaled(kSideFrom));
}

QString SettingsPage::title() const {
    return tr("Settings");
}

void SettingsPage::addRow(Card& card, const QString& title, const QString& text, QWidget* control) {
    // The line above a row goes with it when a search hides it.
    auto* row = new QWidget(&card);
    row->setObjectName(kRowName);
    auto* over = new QVBoxLayout(row);
    over->setContentsMargins(0, 0, 0, 0);
    over->setSpacing(0);
    if (card.body()->count() > 0) {
        over->addWidget(new Line(Qt::Horizontal, row));
    }
    auto* layout = new QHBoxLayout;
    row->setMinimumHeight(scaled(kRow));
    over->addLayout(layout, 1);
    layout->setContentsMargins(scaled(metrics::kCardPadding), scaled(6), scaled(metrics::kCardPadding),
                               scaled(6));
    layout->setSpacing(scaled(metrics::kSpace));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    words->addWidget(new TextLabel(title, TextRole::Strong, Token::Text, row));
    auto* below = new TextLabel(text, TextRole::Secondary, Token::Muted, row);
    below->setWordWrap(true);
    words->addWidget(below);
    words->addStretch(1);
    layout->addLayout(words, 1);
    layout->addWidget(control);
    card.body()->addWidget(row);
}

Toggle* SettingsPage::makeToggle(const QString& objectName, const QString& words, QWidget* parent) {
    auto* toggle = new Toggle({}, parent);
    toggle->setObjectName(objectName);
    toggle->setAccessibleName(words);
    return toggle;
}

QWidget* SettingsPage::makeBackground() {
    auto* card = new Card;
    card->setFullWidth();
    card->body()->setSpacing(0);
    AppSettings& settings = context().settings;
    m_tray = makeToggle(QStringLiteral("settings.tray"), tr("Keep running in the tray"), card);
    addRow(*card, tr("Keep running in the tray"),
           settings.trayIsThere() ? tr("Closing the window leaves the icon; containers run on either way")
                                  : tr("This desktop has no tray for icons"),
           m_tray);
    connect(m_tray, &QCheckBox::toggled, &settings, &AppSettings::setTray);
    m_autostart = makeToggle(QStringLiteral("settings.autostart"), tr("Start Coracle when I log in"), card);
    addRow(*card, tr("Start Coracle when I log in"), tr("Opens in the tray, without a window"), m_autostart);
    connect(m_autostart, &QCheckBox::clicked, this, [this](bool on) {
        if (const QString error = setStartsWithSession(on); !error.isEmpty()) {
            context().toasts.showError(tr("The start with the session could not be changed"), error);
        }
        showApp();
    });
    m_containersStart =
        makeToggle(QStringLiteral("settings.containersStart"), tr("Start containers when I log in"), card);
    addRow(*card, tr("Start containers when I log in"),
           tr("Those with a restart policy, as “coracle system enable-restart” does"), m_containersStart);
    connect(m_containersStart, &QCheckBox::clicked, this, &SettingsPage::setContainersStart);
    m_notify = new QComboBox(card);
    m_notify->setObjectName(QStringLiteral("settings.notify"));
    m_notify->setAccessibleName(tr("Notifications"));
    m_notify->addItems({tr("Never"), tr("When in background"), tr("Always")});
    addRow(*card, tr("Notifications"),
           tr("When a container ends with an error, runs out of memory or becomes unhealthy, and when long "
              "work ends"),
           m_notify);
    connect(m_notify, &QComboBox::activated, &settings,
            [&settings](int index) { settings.setNotifyWhen(static_cast<NotifyWhen>(index)); });
    return card;
}

/// The command line writes the unit: it knows its own place, and tells systemd.
void SettingsPage::setContainersStart(bool on) {
    m_containersStart->setEnabled(false);
    const QString command =
        format::commandLine({commandLineProgram(), "system", on ? "enable-restart" : "disable-restart"});
    m_runner(this, command, [this](const FixResult& result) {
        m_containersStart->setEnabled(true);
        if (!result.ok) {
            context().toasts.showError(tr("The start with the session could not be changed"), result.output);
        }
        showApp();
    });
}

QWidget* SettingsPage::makeAsk() {
    auto* card = new Card;
    card->setFullWidth();
    card->body()->setSpacing(0);
    m_confirm = new QComboBox(card);
    m_confirm->setObjectName(QStringLiteral("settings.confirm"));
    m_confirm->setAccessibleName(tr("Confirm before"));
    for (const ConfirmRow& row : kConfirmRows) {
        m_confirm->addItem(tr(row.words));
    }
    addRow(*card, tr("Confirm before"), tr("What deletes data for good always asks"), m_confirm);
    connect(m_confirm, &QComboBox::activated, this, [this](int index) {
        context().settings.setAskBeforeStop(kConfirmRows[index].stop);
        context().settings.setAskBeforeDelete(kConfirmRows[index].remove);
    });
    return card;
}

/// What the settings say now, whoever changed them.
void SettingsPage::showApp() {
    const AppSettings& settings = context().settings;
    m_tray->setChecked(settings.tray());
    m_tray->setEnabled(settings.tray() || settings.trayIsThere());
    const bool starts = startsWithSession();
    m_autostart->setChecked(starts);
    m_autostart->setEnabled(starts || (settings.tray() && settings.trayIsThere()));
    m_notify->setCurrentIndex(int(settings.notifyWhen()));
    m_containersStart->setChecked(containersStartAtLogin());
    for (std::size_t i = 0; i < std::size(kConfirmRows); ++i) {
        if (kConfirmRows[i].stop == settings.askBeforeStop() &&
            kConfirmRows[i].remove == settings.askBeforeDelete()) {
            m_confirm->setCurrentIndex(int(i));
        }
    }
    m_rows->setCurrent(settings.compactRows() ? 1 : 0);
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings.language())));
    m_font->setCurrentIndex(std::max(0, m_font->findData(settings.terminalFont())));
    m_fontSize->setValue(settings.terminalSize() == 0 ? m_fontSize->minimum() : settings.terminalSize());
}

QWidget* SettingsPage::makeLook() {
    auto* card = new Card;
    card->setFullWidth();
    card->body()->setSpacing(0);
    m_scheme = new Segments;
    m_scheme->setSmall();
    m_scheme->setObjectName(QStringLiteral("settings.scheme"));
    m_scheme->setAccessibleName(tr("Colours"));
    m_scheme->add(QStringLiteral("desktop"), tr("Follow desktop"));
    m_scheme->add(QStringLiteral("light"), tr("Light"));
    m_scheme->add(QStringLiteral("dark"), tr("Dark"));
    m_scheme->setCurrent(static_cast<int>(context().theme.choice()));
    addRow(*card, tr("Colours"), tr("Follow the desktop switches with it at once"), m_scheme);
    connect(m_scheme, &Segments::currentChanged, this, [this](int index) {
        if (index != static_cast<int>(context().theme.choice())) {
            context().theme.setChoice(static_cast<SchemeChoice>(index));
        }
    });
    connect(&context().theme, &Theme::choiceChanged, this,
            [this] { m_scheme->setCurrent(static_cast<int>(context().theme.choice())); });
    m_rows = new Segments;
    m_rows->setSmall();
    m_rows->setObjectName(QStringLiteral("settings.rows"));
    m_rows->setAccessibleName(tr("Rows"));
    m_rows->add(QStringLiteral("comfortable"), tr("Comfortable"));
    m_rows->add(QStringLiteral("compact"), tr("Compact"));
    m_rows->setCurrent(0);
    addRow(*card, tr("Rows"), tr("Compact shows about 25% more rows"), m_rows);
    connect(m_rows, &Segments::currentChanged, this,
            [this](int index) { context().settings.setCompactRows(index == 1); });
    m_language = new QComboBox(card);
    m_language->setObjectName(QStringLiteral("settings.language"));
    m_language->setAccessibleName(tr("Language"));
    m_language->addItem(tr("Like the desktop"), QString());
    for (const QString& code : translatedLanguages()) {
        const QLocale locale(code);
        QString name = locale.nativeLanguageName();
        name = name.isEmpty() ? code : name.left(1).toUpper() + name.mid(1);
        m_language->addItem(name, code);
    }
    addRow(*card, tr("Language"), tr("The next start takes it"), m_language);
    connect(m_language, &QComboBox::activated, this,
            [this] { context().settings.setLanguage(m_language->currentData().toString()); });
    addRow(*card, tr("Terminal font"), tr("Letters of one width, as the programs in it expect"), makeFont());
    return card;
}

QWidget* SettingsPage::makeFont() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    m_font = new QComboBox(box);
    m_font->setObjectName(QStringLiteral("settings.terminalFont"));
    m_font->setAccessibleName(tr("Terminal font"));
    m_font->setMaximumWidth(scaled(kFontWidth));
    m_font->addItem(tr("The desktop’s"), QString());
    for (const QString& family : QFontDatabase::families()) {
        if (QFontDatabase::isFixedPitch(family) && !QFontDatabase::isPrivateFamily(family)) {
            m_font->addItem(family, family);
        }
    }
    m_fontSize = new QSpinBox(box);
    m_fontSize->setObjectName(QStringLiteral("settings.terminalSize"));
    m_fontSize->setAccessibleName(tr("Size of the terminal’s letters"));
    // One below the least stands for the usual size.
    m_fontSize->setRange(kTerminalSizes.first - 1, kTerminalSizes.second);
    m_fontSize->setSpecialValueText(tr("usual size"));
    m_fontSize->setSuffix(tr(" px"));
    m_fontSize->setFixedWidth(scaled(kControl));
    row->addWidget(m_font);
    row->addWidget(m_fontSize);
    AppSettings& settings = context().settings;
    connect(m_font, &QComboBox::activated, this,
            [this, &settings] { settings.setTerminalFont(m_font->currentData().toString()); });
    connect(m_fontSize, &QSpinBox::valueChanged, this, [&settings](int pixels) {
        settings.setTerminalSize(pixels < kTerminalSizes.first ? 0 : pixels);
    });
    return box;
}

QWidget* SettingsPage::makeStore() {
    m_store = new Card;
    m_store->setFullWidth();
    m_store->body()->setSpacing(0);
    m_days = makeNumber(QStringLiteral("settings.days"), tr("Keep removed things"), kMostDays);
    //: a number of days
    m_days->setSuffix(tr(" days"));
    m_days->setSpecialValueText(tr("not at all"));
    addRow(*m_store, tr("Keep removed things"), tr("In the trash, where Undo brings them back from"), m_days);
    m_percent = makeNumber(QStringLiteral("settings.percent"), tr("The trash may take"), kMostPercent);
    m_percent->setSuffix(QStringLiteral(" %"));
    m_percent->setSpecialValueText(tr("nothing"));
    addRow(*m_store, tr("The trash may take"), tr("Of the disk; the oldest goes first"), m_percent);
    auto* reserve = new QWidget(m_store);
    auto* row = new QHBoxLayout(reserve);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    m_reserve = makeNumber(QStringLiteral("settings.reserve"), tr("Keep free on the disk"), kMostGibibytes);
    m_reserve->setMinimum(1);
    m_reserveUnit = new QComboBox(reserve);
    m_reserveUnit->setObjectName(QStringLiteral("settings.reserveUnit"));
    m_reserveUnit->setAccessibleName(tr("Unit of what stays free"));
    m_reserveUnit->addItems({tr("% of the disk"), QStringLiteral("GiB"), tr("the least: 32 MiB")});
    row->addWidget(m_reserve);
    row->addWidget(m_reserveUnit);
    addRow(*m_store, tr("Keep free on the disk"), tr("No image is fetched that would take it"), reserve);
    m_quota = makeNumber(QStringLiteral("settings.quota"), tr("Images may take"), kMostGibibytes);
    m_quota->setSuffix(QStringLiteral(" GiB"));
    m_quota->setSpecialValueText(tr("no limit"));
    addRow(*m_store, tr("Images may take"), tr("All together, those in the trash included"), m_quota);
    for (QSpinBox* box : {m_days, m_percent, m_reserve, m_quota}) {
        connect(box, &QSpinBox::valueChanged, this, &SettingsPage::change);
        connect(box, &QSpinBox::editingFinished, this, [this] {
            if (m_keptTyping && !m_later.isActive()) {
                load();  // what came meanwhile
            }
        });
    }
    connect(m_reserveUnit, &QComboBox::currentIndexChanged, this, [this] {
        showUnit();
        change();
    });
    return m_store;
}

void SettingsPage::perform(const QString& action, const QString& /*id*/) {
    if (action == QLatin1String("login")) {
        m_registries->logIn({}, {});
    }
}

void SettingsPage::enter(const Place& place) {
    watchFiles();
    load();
    static const QStringList kSections = {QStringLiteral("background"), QStringLiteral("look"),
                                          QStringLiteral("questions"), QStringLiteral("registries"),
                                          QStringLiteral("storage")};
    if (const auto index = kSections.indexOf(place.tab); index >= 0) {
        m_find->clear();
        // Once the page has its size: before, nothing has a place.
        QMetaObject::invokeMethod(
            this,
            [this, index = int(index)] {
                m_list->setCurrent(index);
                goToSection(index);
            },
            Qt::QueuedConnection);
    }
}

/// What is on its way is written now: another page may be the last one.
void SettingsPage::leave() {
    m_filesChanged.stop();
    if (const QStringList watched = m_files.files() + m_files.directories(); !watched.isEmpty()) {
        m_files.removePaths(watched);
    }
    if (m_later.isActive()) {
        m_later.stop();
        save();
    }
}

void SettingsPage::refresh() {
    load();
}

QWidget* SettingsPage::mainWidget() {
    return m_scheme->button(m_scheme->current());
}

/// The folders tell when a file comes, goes or is replaced, the files when they are written in place. Of a
/// folder that is not there yet the one above it.
void SettingsPage::watchFiles() {
    const QString own = configFolder() + QStringLiteral("/coracle");
    QStringList paths;
    for (const QString& folder : {own, configFolder() + QStringLiteral("/autostart"),
                                  configFolder() + QStringLiteral("/systemd/user/default.target.wants")}) {
        QString there = folder;
        while (!QFile::exists(there) && there.size() > configFolder().size()) {
            there = there.left(there.lastIndexOf(QLatin1Char('/')));
        }
        paths << there;
    }
    paths << own + QStringLiteral("/store.json") << own + QStringLiteral("/registries.json")
          << own + QStringLiteral("/auth.json");
    for (const QString& path : std::as_const(paths)) {
        if (QFile::exists(path)) {
            m_files.addPath(path);  // one that is watched already stays so
        }
    }
}

void SettingsPage::load() {
    showApp();
    m_registries->load();
    context().engine.storeSettings(this, [this](const Result<types::StoreSettings>& settings) {
        m_known = settings.has_value();
        m_store->setEnabled(m_known);
        if (!settings) {
            m_banner->show(Banner::Kind::Error, format::sentence(settings.error().message()),
                           format::sentence(settings.error().hint()));
            return;
        }
        m_banner->hide();
        if (!m_later.isActive()) {  // what is typed just now counts
            showSettings(*settings);
        }
    });
}

void SettingsPage::showSettings(const types::StoreSettings& settings) {
    m_settings = settings;
    m_showing = true;
    m_keptTyping = false;
    const auto show = [this](QSpinBox& box, int value) {
        if (isTypedIn(box)) {
            m_keptTyping = true;
        } else {
            box.setValue(value);
        }
    };
    show(*m_days, static_cast<int>(settings.trashDays));
    show(*m_percent, static_cast<int>(settings.trashPercent));
    const bool bytes = settings.reservePercent == 0 && settings.reserveBytes > 0;
    if (!isTypedIn(*m_reserve)) {
        m_reserveUnit->setCurrentIndex(bytes ? Gibibytes : settings.reservePercent > 0 ? Percent : Least);
        showUnit();
    }
    show(*m_reserve, bytes ? static_cast<int>((settings.reserveBytes + kGibibyte - 1) / kGibibyte)
                           : static_cast<int>(settings.reservePercent));
    show(*m_quota, static_cast<int>((settings.quotaBytes + kGibibyte - 1) / kGibibyte));
    m_showing = false;
}

/// The least has no number of its own.
void SettingsPage::showUnit() {
    const int unit = m_reserveUnit->currentIndex();
    m_reserve->setVisible(unit != Least);
    m_reserve->setMaximum(unit == Percent ? kMostPercent : kMostGibibytes);
}

void SettingsPage::change() {
    if (m_showing) {
        return;
    }
    const QObject* const changed = sender();
    m_settings.trashDays = m_days->value();
    m_settings.trashPercent = m_percent->value();
    if (changed == m_reserve || changed == m_reserveUnit) {
        const int unit = m_reserveUnit->currentIndex();
        const auto value = static_cast<std::uint64_t>(m_reserve->value());
        m_settings.reservePercent = unit == Percent ? m_reserve->value() : 0;
        m_settings.reserveBytes = unit == Gibibytes ? value * kGibibyte : 0;
    }
    if (changed == m_quota) {
        m_settings.quotaBytes = static_cast<std::uint64_t>(m_quota->value()) * kGibibyte;
    }
    m_later.start();
}

void SettingsPage::save() {
    if (!m_known) {
        return;
    }
    context().engine.setStoreSettings(this, m_settings, [this](const Result<>& done) {
        if (done) {
            m_banner->hide();
            return;
        }
        m_banner->show(Banner::Kind::Error, format::sentence(done.error().message()),
                       format::sentence(done.error().hint()));
    });
}

}  // namespace coracle::gui
