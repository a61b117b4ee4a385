// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "gui/widgets/card.h"

#include <chrono>
#include <optional>
#include <vector>

namespace coracle::gui {

class StateLabel;

/// How long until another check of a running container has said something, by its plan; none: it has no
/// check.
std::optional<std::chrono::milliseconds> untilNextCheck(const types::ContainerDetails& details,
                                                        std::chrono::system_clock::time_point now);

/// How the last health checks of a container went, one block a check; hidden where there is no check.
class HealthCard : public Card {
    Q_OBJECT
public:
    HealthCard();
    void show(const types::ContainerDetails& details);
    /// Relative times are older.
    void tick();

private:
    class Strip;

    std::vector<types::HealthProbe> m_probes;
    StateLabel* m_verdict;
    Strip* m_strip;
    TextLabel* m_begin;
    TextLabel* m_command;
    TextLabel* m_end;
    TextLabel* m_output;
};

}  // namespace coracle::gui
