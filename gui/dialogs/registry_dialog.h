// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/registry_settings.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class LoginForm;
class Toggle;

/// What is set for one registry, or for a part of its repositories. It closes when the engine has written it;
/// what the engine says is wrong is told above the fields.
class RegistryDialog : public QDialog {
    Q_OBJECT
public:
    /// settings: with an empty name for a new one.
    RegistryDialog(const PageContext& context, const types::RegistrySettings& settings,
                   QWidget* parent = nullptr);

signals:
    /// It is in the file now.
    void saved();

private:
    QWidget* makeFields();
    QWidget* makeFile(const QString& name, const QString& title, const std::string& path, QLineEdit*& target);
    QWidget* makeSwitch(const QString& name, const QString& title, const QString& text, Toggle*& target);
    types::RegistrySettings entered() const;
    void update();
    void save();

    PageContext m_context;
    types::RegistrySettings m_before;
    Banner* m_banner;
    QLineEdit* m_name;
    QPlainTextEdit* m_mirrors;
    QLineEdit* m_location;
    Toggle* m_insecure = nullptr;
    Toggle* m_blocked = nullptr;
    QLineEdit* m_ca = nullptr;
    QLineEdit* m_certificate = nullptr;
    QLineEdit* m_key = nullptr;
    QPushButton* m_save;
};

/// User name and password for a registry, tried there before they are kept.
class LoginDialog : public QDialog {
    Q_OBJECT
public:
    /// registry: empty: it can be typed.
    LoginDialog(const PageContext& context, const QString& registry, const QString& user,
                QWidget* parent = nullptr);

signals:
    /// The registry took them, and they are kept.
    void loggedIn();

public slots:
    /// A login that waits for the registry or the keyring is given up.
    void reject() override;

private:
    void update();

    PageContext m_context;
    Banner* m_banner;
    QLineEdit* m_registry;
    LoginForm* m_form;
    QPushButton* m_logIn;
};

}  // namespace coracle::gui
