// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/restart_box.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// In the order of how much they do by themselves.
std::vector<types::RestartSpec> restartOffers() {
    return {{.policy = "no", .maxRetries = 0},
            {.policy = "on-failure", .maxRetries = 5},
            {.policy = "on-failure", .maxRetries = 0},
            {.policy = "unless-stopped", .maxRetries = 0},
            {.policy = "always", .maxRetries = 0}};
}

QString restartWords(const types::RestartSpec& restart) {
    if (restart.policy == "on-failure") {
        return restart.maxRetries > 0
                   ? RestartBox::tr("Restart on failure, at most %n times", nullptr, int(restart.maxRetries))
                   : RestartBox::tr("Restart on failure");
    }
    if (restart.policy == "unless-stopped") {
        return RestartBox::tr("Restart unless you stopped it");
    }
    return restart.policy == "always" ? RestartBox::tr("Restart always") : RestartBox::tr("Leave it stopped");
}

}  // namespace

RestartBox::RestartBox(QWidget* parent) : QComboBox(parent), m_restarts(restartOffers()) {
    for (const types::RestartSpec& offer : m_restarts) {
        addItem(restartWords(offer));
    }
}

void RestartBox::setRestart(const types::RestartSpec& restart) {
    const auto found = std::find(m_restarts.begin(), m_restarts.end(), restart);
    const auto at = int(found - m_restarts.begin());
    if (found == m_restarts.end()) {
        m_restarts.push_back(restart);
        addItem(restartWords(restart));
    }
    setCurrentIndex(at);
}

types::RestartSpec RestartBox::restart() const {
    return m_restarts[std::size_t(std::max(0, currentIndex()))];
}

}  // namespace coracle::gui
