// SPDX-License-Identifier: Apache-2.0
#include "gui/views/registries_card.h"

#include "gui/dialogs/prompt.h"
#include "gui/dialogs/registry_dialog.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <map>

namespace coracle::gui {
namespace {

constexpr int kRow = 54;

}  // namespace

QString registryWords(const std::optional<types::RegistrySettings>& settings,
                      const std::optional<types::RegistryLogin>& login) {
    QStringList words;
    if (login) {
        words << (login->user.empty() ? RegistriesCard::tr("logged in")
                                      : RegistriesCard::tr("logged in as %1").arg(format::text(login->user)));
    }
    if (settings) {
        QStringList mirrors;
        for (const std::string& mirror : settings->mirrors) {
            mirrors << format::text(mirror);
        }
        if (settings->blocked) {
            words << RegistriesCard::tr("blocked");
        }
        if (!mirrors.isEmpty()) {
            words << RegistriesCard::tr("mirrors: %1").arg(mirrors.join(QStringLiteral(", ")));
        }
        if (!settings->location.empty()) {
            words << RegistriesCard::tr("taken from %1").arg(format::text(settings->location));
        }
        if (settings->insecure) {
            words << RegistriesCard::tr("its certificate is not checked");
        }
        if (!settings->caFile.empty()) {
            words << RegistriesCard::tr("own certificate authority");
        }
        if (!settings->clientCertificate.empty()) {
            words << RegistriesCard::tr("client certificate");
        }
    }
    return words.isEmpty() ? RegistriesCard::tr("nothing is set") : words.join(QStringLiteral(" · "));
}

RegistriesCard::RegistriesCard(const PageContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_card(new Card) {
    setObjectName(QStringLiteral("settings.registries"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    m_card->setFullWidth();
    m_card->body()->setSpacing(0);
    m_buttons = new QWidget;
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(scaled(metrics::kCardPadding), scaled(metrics::kSpaceSmall),
                            scaled(metrics::kCardPadding), scaled(metrics::kSpaceSmall));
    row->setSpacing(scaled(metrics::kSpaceSmall));
    auto* add = makeButton(QStringLiteral("settings.registries.add"), tr("Add a registry…"),
                           QStringLiteral("plus"), ButtonKind::Normal, ButtonSize::Small);
    auto* login = makeButton(QStringLiteral("settings.registries.login"), tr("Log in…"),
                             QStringLiteral("key"), ButtonKind::Normal, ButtonSize::Small);
    row->addWidget(add);
    row->addWidget(login);
    row->addStretch(1);
    connect(add, &QPushButton::clicked, this, [this] { edit({}); });
    connect(login, &QPushButton::clicked, this, [this] { logIn({}, {}); });
    m_card->body()->addWidget(m_buttons);
    rebuild();
}

void RegistriesCard::load() {
    m_context.engine.registrySettings(
        this, [this](const Result<std::vector<types::RegistrySettings>>& settings) {
            auto now = settings ? std::optional(*settings) : std::nullopt;
            const auto problem = settings ? QString() : format::error(settings.error());
            if (now != m_settings || problem != m_problem) {
                m_settings = std::move(now);
                m_problem = problem;
                rebuild();
            }
        });
    m_context.engine.registryLogins(this, [this](const Result<std::vector<types::RegistryLogin>>& logins) {
        if (logins) {
            if (*logins != m_logins) {  // rows that stay keep the focus
                m_logins = *logins;
                rebuild();
            }
        } else if (logins.error().kind() != ErrorKind::Cancelled) {
            tell(logins.error());
        }
    });
}

QString RegistriesCard::words() const {
    QStringList words;
    for (const auto* label : findChildren<TextLabel*>()) {
        words << label->text();
    }
    return words.join(QLatin1Char(' '));
}

void RegistriesCard::rebuild() {
    delete m_rows;
    m_rows = new QWidget;
    auto* column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    std::map<std::string, Row> rows;
    for (const auto& settings : m_settings.value_or(std::vector<types::RegistrySettings>())) {
        rows[settings.name].settings = settings;
    }
    for (const auto& login : m_logins) {
        rows[login.registry].login = login;
    }
    for (auto& [name, row] : rows) {
        row.name = name;
        addRow(row);
    }
    if (!m_problem.isEmpty() || rows.empty()) {
        auto* words = new TextLabel(
            m_problem.isEmpty() ? tr("Nothing is set: images come from where their names say, by TLS.")
                                : m_problem,
            TextRole::Body, m_problem.isEmpty() ? Token::Muted : Token::Err, m_rows);
        words->setObjectName(QStringLiteral("settings.registries.note"));
        words->setWordWrap(true);
        words->setContentsMargins(scaled(metrics::kCardPadding), scaled(metrics::kSpace),
                                  scaled(metrics::kCardPadding), scaled(metrics::kSpace));
        column->addWidget(words);
        column->addWidget(new Line(Qt::Horizontal, m_rows));
    }
    // A file with a mistake is mended by hand first: nothing of it may be lost.
    findChild<QWidget*>(QStringLiteral("settings.registries.add"))->setEnabled(m_settings.has_value());
    m_card->body()->insertWidget(0, m_rows);
}

void RegistriesCard::addRow(const Row& row) {
    const QString name = format::text(row.name);
    const auto id = [&name](const char* what) {
        return QStringLiteral("settings.registry.%1.%2").arg(name, QLatin1String(what));
    };
    auto* line = new QWidget(m_rows);
    line->setMinimumHeight(scaled(kRow));
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(scaled(metrics::kCardPadding), scaled(6), scaled(metrics::kCardPadding),
                               scaled(6));
    layout->setSpacing(scaled(metrics::kSpaceSmall));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* title = new TextLabel(name, TextRole::Strong, Token::Text, line);
    title->setElided(Qt::ElideMiddle);
    words->addStretch(1);
    words->addWidget(title);
    auto* facts =
        new TextLabel(registryWords(row.settings, row.login), TextRole::Secondary, Token::Muted, line);
    facts->setObjectName(id("words"));
    facts->setWordWrap(true);
    words->addWidget(facts);
    words->addStretch(1);
    layout->addLayout(words, 1);
    const auto add = [&](const char* what, const QString& text, const QString& spoken, auto handler) {
        auto* button = makeButton(id(what), text, {}, ButtonKind::Normal, ButtonSize::Small);
        button->setAccessibleName(spoken);
        connect(button, &QPushButton::clicked, this, handler);
        layout->addWidget(button);
        return button;
    };
    if (row.login && row.login->ours) {
        add("logout", tr("Log out"), tr("Log out of %1").arg(name),
            [this, registry = row.name] { logOut(registry); })
            ->setToolTip(row.login->place == types::kKeyringPlace
                             ? tr("Kept in the desktop’s keyring")
                             : tr("Kept by %1").arg(format::homePath(row.login->place)));
    } else if (!row.name.empty() && name.indexOf(QLatin1Char('/')) < 0) {
        add("login", tr("Log in…"), tr("Log in to %1").arg(name), [this, name] { logIn(name, {}); });
    }
    types::RegistrySettings settings = row.settings.value_or(types::RegistrySettings());
    settings.name = row.name;
    add("edit", tr("Edit…"), tr("Edit %1").arg(name), [this, settings] {
        edit(settings);
    })->setEnabled(m_settings.has_value());
    if (row.settings) {
        auto* remove =
            makeIconButton(id("forget"), tr("Forget what is set for %1").arg(name), QStringLiteral("trash"));
        connect(remove, &QToolButton::clicked, this, [this, registry = row.name] { forget(registry); });
        layout->addWidget(remove);
    }
    m_rows->layout()->addWidget(line);
    m_rows->layout()->addWidget(new Line(Qt::Horizontal, m_rows));
}

void RegistriesCard::edit(const types::RegistrySettings& settings) {
    auto* dialog = new RegistryDialog(m_context, settings, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RegistryDialog::saved, this, &RegistriesCard::load);
    dialog->open();
}

void RegistriesCard::logIn(const QString& registry, const QString& user) {
    auto* dialog = new LoginDialog(m_context, registry, user, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LoginDialog::loggedIn, this, &RegistriesCard::load);
    dialog->open();
}

void RegistriesCard::logOut(const std::string& registry) {
    m_context.engine.logout(this, registry, [this](const Result<>& done) {
        if (!done) {
            tell(done.error());
        }
        load();
    });
}

/// Reversible: Undo writes the same row again.
void RegistriesCard::forget(const std::string& name) {
    std::optional<types::RegistrySettings> before;
    for (const auto& row : m_settings.value_or(std::vector<types::RegistrySettings>())) {
        before = row.name == name ? std::optional(row) : before;
    }
    if (!before) {
        return;
    }
    m_context.engine.forgetRegistrySettings(this, name, [this, before](const Result<>& done) {
        load();
        if (!done) {
            tell(done.error());
            return;
        }
        m_context.toasts.showUndo(tr("Settings of %1 forgotten").arg(format::text(before->name)), {}, {},
                                  [self = QPointer(this), before] {
                                      if (!self) {
                                          return;
                                      }
                                      self->m_context.engine.setRegistrySettings(
                                          self, *before, {}, [self](const Result<>& again) {
                                              if (!again) {
                                                  self->tell(again.error());
                                              }
                                              self->load();
                                          });
                                  });
    });
}

void RegistriesCard::tell(const Error& error) {
    m_context.toasts.showError(format::sentence(error.message()), format::sentence(error.hint()));
}

}  // namespace coracle::gui
