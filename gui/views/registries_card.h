// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/registry_settings.h"
#include "gui/views/page.h"

#include <optional>
#include <vector>

class QVBoxLayout;

namespace coracle::gui {

class Card;
class TextLabel;

/// The registries that something is set for or that somebody is logged in to: mirrors, certificates, blocks,
/// logins. Both are kept in files that the command line obeys, too; they are read anew by load().
class RegistriesCard : public QWidget {
    Q_OBJECT
public:
    explicit RegistriesCard(const PageContext& context, QWidget* parent = nullptr);
    void load();
    /// Open the login dialog. Without a registry it can be typed.
    void logIn(const QString& registry, const QString& user);
    /// All words of its rows, for a search.
    QString words() const;

private:
    /// What is known of one registry.
    struct Row {
        std::string name;
        std::optional<types::RegistrySettings> settings;
        std::optional<types::RegistryLogin> login;
    };

    void rebuild();
    void addRow(const Row& row);
    void edit(const types::RegistrySettings& settings);
    void logOut(const std::string& registry);
    void forget(const std::string& name);
    void tell(const Error& error);

    PageContext m_context;
    std::optional<std::vector<types::RegistrySettings>> m_settings;  ///< none: not read, or with a mistake
    std::vector<types::RegistryLogin> m_logins;
    QString m_problem;
    Card* m_card;
    QWidget* m_rows = nullptr;
    QWidget* m_buttons = nullptr;
};

/// "mirrors: a, b · its certificate is not checked". Pure.
QString registryWords(const std::optional<types::RegistrySettings>& settings,
                      const std::optional<types::RegistryLogin>& login);

}  // namespace coracle::gui
