// SPDX-License-Identifier: Apache-2.0
#include "gui/views/settings_page.h"

#include "gui/background.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/translations.h"
#include "gui/views/page_header.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/card.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"
#include "gui/widgets/toggle.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kWidth = 720;
constexpr int kRow = 54;
constexpr int kControl = 150;
constexpr int kSaveDelayMs = 400;
constexpr int kMostDays = 36500;
constexpr int kMostPercent = 100;
constexpr int kMostGibibytes = 1'000'000;
constexpr std::uint64_t kGibibyte = 1ULL << 30U;
enum Unit : std::uint8_t { Percent, Gibibytes };

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

SettingsPage::SettingsPage(const PageContext& pageContext) : Page(QStringLiteral("settings"), pageContext) {
    header().setTitle(title());
    m_banner = new Banner(this);
    m_banner->setObjectName(QStringLiteral("settings.banner"));
    m_banner->hide();
    connect(m_banner->addButton(QStringLiteral("settings.retry"), tr("Try again")), &QAbstractButton::clicked,
            this, &SettingsPage::refresh);
    body().addWidget(m_banner);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(title());
    auto* inner = new QWidget;
    auto* outer = new QHBoxLayout(inner);
    outer->setContentsMargins(metrics::kSpaceHuge, metrics::kPageMargin, metrics::kSpaceHuge,
                              metrics::kPageMargin);
    auto* column = new QVBoxLayout;
    column->setSpacing(metrics::kSpace);
    const auto section = [&](const QString& title, QWidget* card) {
        column->addWidget(new TextLabel(title, TextRole::DialogTitle, Token::Text, inner));
        column->addWidget(card);
        column->addSpacing(metrics::kSpaceSmall);
    };
    section(tr("Start and background"), makeBackground());
    section(tr("Appearance"), makeLook());
    section(tr("Questions"), makeAsk());
    column->addWidget(new TextLabel(tr("Storage"), TextRole::DialogTitle, Token::Text, inner));
    column->addWidget(makeStore());
    auto* note = new TextLabel(tr("The command line obeys the same file: ~/.config/coracle/store.json"),
                               TextRole::Secondary, Token::Muted, inner);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    outer->addLayout(column, 1);
    outer->addStretch(0);
    inner->setMaximumWidth(scaled(kWidth) + 2 * metrics::kSpaceHuge);
    scroll->setWidget(inner);
    body().addWidget(scroll, 1);
    m_later.setSingleShot(true);
    m_later.setInterval(kSaveDelayMs);
    connect(&m_later, &QTimer::timeout, this, &SettingsPage::save);
    m_store->setEnabled(false);
    connect(&context().settings, &AppSettings::changed, this, &SettingsPage::showApp);
    showApp();
}

QString SettingsPage::title() const {
    return tr("Settings");
}

void SettingsPage::addRow(Card& card, const QString& title, const QString& text, QWidget* control) {
    auto* row = new QWidget(&card);
    row->setMinimumHeight(scaled(kRow));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(scaled(metrics::kCardPadding), scaled(6), scaled(metrics::kCardPadding),
                               scaled(6));
    layout->setSpacing(scaled(metrics::kSpace));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(title, TextRole::Strong, Token::Text, row));
    auto* below = new TextLabel(text, TextRole::Secondary, Token::Muted, row);
    below->setWordWrap(true);
    words->addWidget(below);
    layout->addLayout(words, 1);
    layout->addWidget(control);
    if (card.body()->count() > 0) {
        card.body()->addWidget(new Line(Qt::Horizontal, &card));
    }
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

QWidget* SettingsPage::makeAsk() {
    auto* card = new Card;
    card->setFullWidth();
    card->body()->setSpacing(0);
    m_askStop = makeToggle(QStringLiteral("settings.askStop"), tr("Ask before stopping"), card);
    addRow(*card, tr("Ask before stopping"), tr("What deletes data always asks"), m_askStop);
    connect(m_askStop, &QCheckBox::toggled, &context().settings, &AppSettings::setAskBeforeStop);
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
    m_askStop->setChecked(settings.askBeforeStop());
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings.language())));
}

QWidget* SettingsPage::makeLook() {
    auto* card = new Card;
    card->setFullWidth();
    card->body()->setSpacing(0);
    m_scheme = new Segments;
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
    return card;
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
    m_reserve->setSpecialValueText(tr("32 MiB"));
    m_reserveUnit = new QComboBox(reserve);
    m_reserveUnit->setObjectName(QStringLiteral("settings.reserveUnit"));
    m_reserveUnit->setAccessibleName(tr("Unit of what stays free"));
    m_reserveUnit->addItems({QStringLiteral("%"), QStringLiteral("GiB")});
    row->addWidget(m_reserve);
    row->addWidget(m_reserveUnit);
    addRow(*m_store, tr("Keep free on the disk"), tr("No image is fetched that would take it"), reserve);
    m_quota = makeNumber(QStringLiteral("settings.quota"), tr("Images may take"), kMostGibibytes);
    m_quota->setSuffix(QStringLiteral(" GiB"));
    m_quota->setSpecialValueText(tr("no limit"));
    addRow(*m_store, tr("Images may take"), tr("All together, those in the trash included"), m_quota);
    for (QSpinBox* box : {m_days, m_percent, m_reserve, m_quota}) {
        connect(box, &QSpinBox::valueChanged, this, &SettingsPage::change);
    }
    connect(m_reserveUnit, &QComboBox::currentIndexChanged, this, [this](int unit) {
        m_reserve->setMaximum(unit == Percent ? kMostPercent : kMostGibibytes);
        change();
    });
    return m_store;
}

void SettingsPage::enter(const Place& /*place*/) {
    load();
}

/// What is on its way is written now: another page may be the last one.
void SettingsPage::leave() {
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

void SettingsPage::load() {
    context().engine.storeSettings(this, [this](const Result<types::StoreSettings>& settings) {
        m_known = settings.has_value();
        m_store->setEnabled(m_known);
        if (!settings) {
            m_banner->show(Banner::Kind::Error, format::sentence(settings.error().message()),
                           QString::fromStdString(settings.error().hint()));
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
    m_days->setValue(static_cast<int>(settings.trashDays));
    m_percent->setValue(static_cast<int>(settings.trashPercent));
    const bool bytes = settings.reservePercent == 0 && settings.reserveBytes > 0;
    m_reserveUnit->setCurrentIndex(bytes ? Gibibytes : Percent);
    m_reserve->setMaximum(bytes ? kMostGibibytes : kMostPercent);
    m_reserve->setValue(bytes ? static_cast<int>((settings.reserveBytes + kGibibyte - 1) / kGibibyte)
                              : static_cast<int>(settings.reservePercent));
    m_quota->setValue(static_cast<int>((settings.quotaBytes + kGibibyte - 1) / kGibibyte));
    m_showing = false;
}

void SettingsPage::change() {
    if (m_showing) {
        return;
    }
    const QObject* const changed = sender();
    m_settings.trashDays = m_days->value();
    m_settings.trashPercent = m_percent->value();
    if (changed == m_reserve || changed == m_reserveUnit) {
        const bool percent = m_reserveUnit->currentIndex() == Percent;
        m_settings.reservePercent = percent ? m_reserve->value() : 0;
        m_settings.reserveBytes = percent ? 0 : static_cast<std::uint64_t>(m_reserve->value()) * kGibibyte;
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
                       QString::fromStdString(done.error().hint()));
    });
}

}  // namespace coracle::gui
