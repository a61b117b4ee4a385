// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace coracle::gui {

class KeepChoice;

/// User name, password and the place where the password is kept, for one registry. What is entered is tried
/// at the registry first; the one who shows the form tells what it says.
class LoginForm : public QWidget {
    Q_OBJECT
public:
    /// Beside: in a row with a button of its own, for a dialog that does something else with its own.
    enum class Shape : bool { Below, Beside };

    /// prefix: of object names, "login": "<prefix>.user", "<prefix>.password", "<prefix>.keep"; the button of
    /// a row is "<prefix>.login".
    LoginForm(EngineService& engine, const QString& prefix, Shape shape, QWidget* parent = nullptr);

    /// Whom to log in to.
    void setRegistry(const QString& registry);
    /// Look for where its password can be kept, as soon as it is sure whose.
    void findPlaces();
    void setUser(const QString& user);
    /// All that a registry asks for is there.
    bool isComplete() const;
    /// The registry, or the keyring, has not answered yet.
    bool isAsking() const { return m_asking; }
    /// Ask the registry; with something missing, go to it.
    void logIn();
    /// Give up what waits for the registry or the keyring. Nothing is told of it.
    void cancel();
    /// To what is still empty, else to the password.
    void takeFocus();

signals:
    /// A word was typed, or the registry is asked now, or has answered.
    void changed();
    /// The registry took it, and it is kept. The form has forgotten the password.
    void loggedIn();
    void failed(const coracle::Error& error);

private:
    void end(const Result<>& result);

    EngineService& m_engine;
    QString m_registry;
    QLineEdit* m_user;
    QLineEdit* m_password;
    KeepChoice* m_keep;
    QPushButton* m_logIn = nullptr;  ///< of a row
    Request m_request;
    bool m_asking = false;
};

}  // namespace coracle::gui
