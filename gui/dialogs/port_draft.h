// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "net/port_mapping.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

/// What a person typed into one row of the port editor, and what can be said about it. Pure: the question
/// whether this computer has the port free goes to the engine, and its answer comes in as a value.
namespace coracle::gui {

enum class PortScope : std::uint8_t { ThisComputer, LocalNetwork, Address };

struct PortDraft {
    PortScope scope = PortScope::ThisComputer;
    QString address;  ///< literal IP address, for PortScope::Address
    QString here;     ///< "auto" or empty: a free one is chosen when the container starts
    QString inside;
    net::Protocol protocol = net::Protocol::Tcp;

    friend bool operator==(const PortDraft&, const PortDraft&) = default;
};

/// What is to be said of a row.
enum class PortVerdict : std::uint8_t {
    Checking,
    Free,
    PicksFree,
    NotAPort,
    InsideNotAPort,
    BadAddress,
    Twice,
    TakenByContainer,
    TakenByProgram,
    Low,
    NotOurAddress,
};

/// A verdict with what the words and the way out need.
struct PortFinding {
    PortVerdict verdict = PortVerdict::Checking;
    QString holder;                ///< container or program, when known
    std::uint16_t suggestion = 0;  ///< a port to use in place of it; 0: none
    std::uint16_t lowestPort = 0;  ///< for Low: the first port that needs no privilege

    friend bool operator==(const PortFinding&, const PortFinding&) = default;
};

/// Whether the container could not start with this.
bool blocksRun(PortVerdict verdict);

/// Whether the text means "choose a free one".
bool isAutomatic(const QString& here);

/// The mapping that the draft stands for; none while it is incomplete or wrong.
std::optional<net::PortMapping> toMapping(const PortDraft& draft);
PortDraft toDraft(const net::PortMapping& mapping);

/// Everything that the form alone can tell about row `row`; none: the engine has to be asked.
std::optional<PortFinding> judgeAlone(const std::vector<PortDraft>& drafts, std::size_t row);

/// The engine's answer for row `row`; its suggestion is moved on when another row has that port already.
PortFinding judge(const engine::PortCheck& check, const std::vector<PortDraft>& drafts, std::size_t row);

/// The words of the Check column: "taken by api".
QString portText(const PortFinding& finding);

/// One line for the foot of the dialog about all rows; empty when nothing blocks.
QString portSummary(const std::vector<PortFinding>& findings);

}  // namespace coracle::gui
