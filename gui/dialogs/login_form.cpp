// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/login_form.h"

#include "gui/dialogs/keep_choice.h"
#include "gui/dialogs/transfer_parts.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace coracle::gui {

LoginForm::LoginForm(EngineService& engine, const QString& prefix, Shape shape, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_keep(new KeepChoice(engine, prefix)) {
    setObjectName(prefix + QStringLiteral(".form"));
    m_user->setObjectName(prefix + QStringLiteral(".user"));
    m_password->setObjectName(prefix + QStringLiteral(".password"));
    m_password->setEchoMode(QLineEdit::Password);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(shape == Shape::Below ? metrics::kSpace : metrics::kSpaceSmall));
    QBoxLayout* fields = column;
    if (shape == Shape::Beside) {
        fields = new QHBoxLayout;
        fields->setSpacing(scaled(metrics::kSpace));
        column->addLayout(fields);
    }
    fields->addWidget(makeField(tr("User name"), m_user), 1);
    fields->addWidget(makeField(tr("Password or token"), m_password), 1);
    if (shape == Shape::Beside) {
        m_logIn = makeButton(prefix + QStringLiteral(".login"), tr("Log in"));
        m_logIn->setAutoDefault(false);
        fields->addWidget(m_logIn, 0, Qt::AlignBottom);
        connect(m_logIn, &QPushButton::clicked, this, &LoginForm::logIn);
        connect(m_password, &QLineEdit::returnPressed, this, &LoginForm::logIn);
    }
    column->addWidget(m_keep);
    for (QLineEdit* edit : {m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &LoginForm::changed);
    }
}

void LoginForm::setRegistry(const QString& registry) {
    m_registry = registry;
    if (m_logIn != nullptr) {
        m_logIn->setText(tr("Log in to %1").arg(registry));
    }
}

void LoginForm::findPlaces() {
    m_keep->ask(m_registry.toStdString());
}

void LoginForm::setUser(const QString& user) {
    m_user->setText(user);
}

bool LoginForm::isComplete() const {
    return !m_registry.isEmpty() && !m_user->text().trimmed().isEmpty() && !m_password->text().isEmpty();
}

void LoginForm::takeFocus() {
    (m_user->text().trimmed().isEmpty() ? m_user : m_password)->setFocus();
}

void LoginForm::logIn() {
    if (m_asking) {
        return;
    }
    if (!isComplete()) {
        takeFocus();
        return;
    }
    m_asking = true;
    if (m_logIn != nullptr) {
        m_logIn->setEnabled(false);
    }
    emit changed();
    m_request = m_engine.login(this, m_registry.toStdString(),
                               {m_user->text().trimmed().toStdString(), m_password->text().toStdString()},
                               m_keep->chosen(), [this](const Result<>& result) { end(result); });
}

void LoginForm::end(const Result<>& result) {
    m_asking = false;
    if (m_logIn != nullptr) {
        m_logIn->setEnabled(true);
    }
    if (result) {
        m_password->clear();
        emit changed();
        emit loggedIn();
        return;
    }
    emit changed();
    if (result.error().kind() != ErrorKind::Cancelled) {
        m_password->setFocus();
        m_password->selectAll();
        emit failed(result.error());
    }
}

void LoginForm::cancel() {
    m_request.cancel();
}

}  // namespace coracle::gui
