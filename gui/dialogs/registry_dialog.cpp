// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/registry_dialog.h"

#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/login_form.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/transfer_parts.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toggle.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kWidth = 560;
constexpr int kMirrorLines = 66;

QString joinedLines(const std::vector<std::string>& lines) {
    QStringList all;
    for (const std::string& line : lines) {
        all.append(format::text(line));
    }
    return all.join(QLatin1Char('\n'));
}

std::string typed(const QLineEdit& edit) {
    return edit.text().trimmed().toStdString();
}

}  // namespace

RegistryDialog::RegistryDialog(const PageContext& context, const types::RegistrySettings& settings,
                               QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_before(settings)
    , m_banner(new Banner)
    , m_name(new QLineEdit(format::text(settings.name)))
    , m_mirrors(new QPlainTextEdit(joinedLines(settings.mirrors)))
    , m_location(new QLineEdit(format::text(settings.location)))
    , m_save(makeButton(QStringLiteral("registry.save"), tr("Save"), {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("registryDialog"));
    setWindowTitle(settings.name.empty() ? tr("Add a registry")
                                         : tr("Registry %1").arg(format::text(settings.name)));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("globe"));
    m_banner->setObjectName(QStringLiteral("registry.error"));
    m_banner->hide();
    frame.body->addWidget(m_banner);
    frame.body->addWidget(makeFields());
    auto* cancel = makeButton(QStringLiteral("registry.cancel"), tr("Cancel"));
    cancel->setAutoDefault(false);
    frame.footer->addStretch(1);
    frame.footer->addWidget(cancel);
    frame.footer->addWidget(m_save);
    m_save->setDefault(true);
    setFixedWidth(scaled(kWidth));
    setTabOrder(m_blocked, cancel);
    setTabOrder(cancel, m_save);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &RegistryDialog::save);
    connect(m_name, &QLineEdit::textChanged, this, &RegistryDialog::update);
    update();
    m_name->setFocus();
}

QWidget* RegistryDialog::makeFields() {
    auto* fields = new QWidget;
    auto* column = new QVBoxLayout(fields);
    column->setContentsMargins(metrics::kPageMargin, scaled(metrics::kSpace), metrics::kPageMargin,
                               scaled(metrics::kSpace));
    column->setSpacing(scaled(metrics::kSpace));
    m_name->setObjectName(QStringLiteral("registry.name"));
    m_name->setPlaceholderText(QStringLiteral("registry.example:5000"));
    column->addWidget(makeField(tr("Registry, or the beginning of names in it"), m_name));
    m_mirrors->setObjectName(QStringLiteral("registry.mirrors"));
    m_mirrors->setPlaceholderText(QStringLiteral("mirror.example"));
    m_mirrors->setTabChangesFocus(true);
    m_mirrors->setFixedHeight(scaled(kMirrorLines));
    column->addWidget(makeField(tr("Mirrors, one in a line; they are tried first"), m_mirrors));
    m_location->setObjectName(QStringLiteral("registry.location"));
    m_location->setPlaceholderText(QStringLiteral("other.example/path"));
    column->addWidget(makeField(tr("Take images from another place instead"), m_location));
    column->addWidget(
        makeFile(QStringLiteral("registry.ca"), tr("Its own certificate authority"), m_before.caFile, m_ca));
    auto* client = new QHBoxLayout;
    client->setSpacing(scaled(metrics::kSpace));
    client->addWidget(makeFile(QStringLiteral("registry.certificate"), tr("Client certificate"),
                               m_before.clientCertificate, m_certificate));
    client->addWidget(makeFile(QStringLiteral("registry.key"), tr("Key of it"), m_before.clientKey, m_key));
    column->addLayout(client);
    column->addWidget(makeSwitch(
        QStringLiteral("registry.insecure"), tr("Do not check its certificate"),
        tr("Also allows it without encryption. Who is on the way can change images."), m_insecure));
    m_insecure->setChecked(m_before.insecure);
    column->addWidget(makeSwitch(QStringLiteral("registry.blocked"), tr("Block it"),
                                 tr("Nothing is taken from it or sent to it"), m_blocked));
    m_blocked->setChecked(m_before.blocked);
    return fields;
}

QWidget* RegistryDialog::makeFile(const QString& name, const QString& title, const std::string& path,
                                  QLineEdit*& target) {
    target = new QLineEdit(format::text(path));
    target->setObjectName(name);
    auto* edit = target;
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(scaled(metrics::kSpaceSmall));
    layout->addWidget(makeField(title, edit), 1);
    //: %1: what a file is for
    auto* choose = makeIconButton(name + QStringLiteral(".choose"), tr("Choose a file: %1").arg(title),
                                  QStringLiteral("folder"), ButtonKind::Normal);
    layout->addWidget(choose, 0, Qt::AlignBottom);
    connect(choose, &QToolButton::clicked, this, [this, edit, title] {
        m_context.prompt.askFile(
            this,
            {.kind = FileQuestion::Kind::OpenFile, .title = title, .directory = {}, .suggestedName = {}},
            [edit](const std::optional<QString>& file) {
                if (file) {
                    edit->setText(*file);
                }
            });
    });
    return row;
}

QWidget* RegistryDialog::makeSwitch(const QString& name, const QString& title, const QString& text,
                                    Toggle*& target) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(title, TextRole::Strong));
    auto* below = new TextLabel(text, TextRole::Secondary, Token::Muted);
    below->setWordWrap(true);
    words->addWidget(below);
    layout->addLayout(words, 1);
    target = new Toggle({}, row);
    target->setObjectName(name);
    target->setAccessibleName(title);
    layout->addWidget(target);
    return row;
}

types::RegistrySettings RegistryDialog::entered() const {
    types::RegistrySettings settings;
    settings.name = typed(*m_name);
    for (const QString& line : m_mirrors->toPlainText().split(QLatin1Char('\n'))) {
        if (const QString mirror = line.trimmed(); !mirror.isEmpty()) {
            settings.mirrors.push_back(mirror.toStdString());
        }
    }
    settings.location = typed(*m_location);
    settings.caFile = typed(*m_ca);
    settings.clientCertificate = typed(*m_certificate);
    settings.clientKey = typed(*m_key);
    settings.insecure = m_insecure->isChecked();
    settings.blocked = m_blocked->isChecked();
    return settings;
}

/// What is a matter of the whole host cannot be set for a part of it.
void RegistryDialog::update() {
    const QString name = m_name->text().trimmed();
    const bool whole = !name.contains(QLatin1Char('/'));
    for (QWidget* input : {static_cast<QWidget*>(m_insecure), static_cast<QWidget*>(m_ca),
                           static_cast<QWidget*>(m_certificate), static_cast<QWidget*>(m_key)}) {
        input->setEnabled(whole);
        input->setToolTip(whole ? QString() : tr("This is a matter of the whole registry"));
    }
    m_save->setEnabled(!name.isEmpty());
}

void RegistryDialog::save() {
    types::RegistrySettings settings = entered();
    if (settings.name.find('/') != std::string::npos) {
        settings.insecure = false;
        settings.caFile.clear();
        settings.clientCertificate.clear();
        settings.clientKey.clear();
    }
    m_save->setEnabled(false);
    m_context.engine.setRegistrySettings(this, settings, m_before.name, [this](const Result<>& done) {
        if (done) {
            emit saved();
            accept();
            return;
        }
        update();
        m_banner->show(Banner::Kind::Error, format::sentence(done.error().message()),
                       format::sentence(done.error().hint()));
    });
}

LoginDialog::LoginDialog(const PageContext& context, const QString& registry, const QString& user,
                         QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_banner(new Banner)
    , m_registry(new QLineEdit(registry))
    , m_form(new LoginForm(context.engine, QStringLiteral("login"), LoginForm::Shape::Below))
    , m_logIn(makeButton(QStringLiteral("login.ok"), tr("Log in"), {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("loginDialog"));
    setWindowTitle(registry.isEmpty() ? tr("Log in to a registry") : tr("Log in to %1").arg(registry));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("key"));
    m_banner->setObjectName(QStringLiteral("login.error"));
    m_banner->hide();
    frame.body->addWidget(m_banner);
    auto* fields = new QWidget;
    auto* column = new QVBoxLayout(fields);
    column->setContentsMargins(metrics::kPageMargin, scaled(metrics::kSpace), metrics::kPageMargin,
                               scaled(metrics::kSpace));
    column->setSpacing(scaled(metrics::kSpace));
    m_registry->setObjectName(QStringLiteral("login.registry"));
    m_registry->setPlaceholderText(QStringLiteral("docker.io"));
    auto* name = makeField(tr("Registry"), m_registry);
    name->setVisible(registry.isEmpty());
    column->addWidget(name);
    column->addWidget(m_form);
    frame.body->addWidget(fields);
    auto* cancel = makeButton(QStringLiteral("login.cancel"), tr("Cancel"));
    cancel->setAutoDefault(false);
    frame.footer->addStretch(1);
    frame.footer->addWidget(cancel);
    frame.footer->addWidget(m_logIn);
    m_logIn->setDefault(true);
    setFixedWidth(scaled(kWidth));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_logIn, &QPushButton::clicked, m_form, &LoginForm::logIn);
    connect(m_registry, &QLineEdit::textChanged, this, [this] {
        m_form->setRegistry(m_registry->text().trimmed());
        update();
    });
    connect(m_registry, &QLineEdit::editingFinished, m_form, &LoginForm::findPlaces);
    connect(m_form, &LoginForm::changed, this, [this] {
        if (m_form->isAsking()) {
            m_banner->hide();
        }
        update();
    });
    connect(m_form, &LoginForm::loggedIn, this, [this] {
        emit loggedIn();
        accept();
    });
    connect(m_form, &LoginForm::failed, this, [this](const Error& error) {
        m_banner->show(Banner::Kind::Error, format::sentence(error.message()),
                       format::sentence(error.hint()));
    });
    m_form->setUser(user);
    m_form->setRegistry(registry);
    m_form->findPlaces();
    update();
    registry.isEmpty() ? m_registry->setFocus() : m_form->takeFocus();
}

void LoginDialog::update() {
    m_logIn->setEnabled(!m_form->isAsking() && m_form->isComplete());
}

void LoginDialog::reject() {
    m_form->cancel();
    QDialog::reject();
}

}  // namespace coracle::gui
