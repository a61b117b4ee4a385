// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/port_draft.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace coracle::gui {
namespace {

struct PortText {
    Q_DECLARE_TR_FUNCTIONS(PortText)
};

std::optional<std::uint16_t> portNumber(const QString& text) {
    bool ok = false;
    const auto number = text.trimmed().toUInt(&ok);
    return ok && number >= 1 && number <= 65535 ? std::optional(static_cast<std::uint16_t>(number))
                                                : std::nullopt;
}

std::optional<std::string> hostIp(const PortDraft& draft) {
    switch (draft.scope) {
    case PortScope::ThisComputer:
        return "127.0.0.1";
    case PortScope::LocalNetwork:
        return "";
    case PortScope::Address:
        break;
    }
    QHostAddress address;
    if (!address.setAddress(draft.address.trimmed())) {
        return std::nullopt;
    }
    return address.toString().toStdString();
}

/// Whether one program could hold both: the same address, or one of them stands for all.
bool overlap(const net::PortMapping& a, const net::PortMapping& b) {
    const auto all = [](const std::string& ip) { return ip.empty() || ip == "0.0.0.0" || ip == "::"; };
    return a.protocol == b.protocol && a.hostPort == b.hostPort && a.hostPort != 0 &&
           (a.hostIp == b.hostIp || all(a.hostIp) || all(b.hostIp));
}

/// The first port from `from` on that no row of the form uses.
std::uint16_t unusedFrom(unsigned from, const std::vector<PortDraft>& drafts) {
    const auto used = [&](unsigned port) {
        return std::any_of(drafts.begin(), drafts.end(),
                           [&](const PortDraft& draft) { return portNumber(draft.here) == port; });
    };
    while (from <= 65535 && used(from)) {
        ++from;
    }
    return from <= 65535 ? static_cast<std::uint16_t>(from) : std::uint16_t{0};
}

}  // namespace

bool blocksRun(PortVerdict verdict) {
    return verdict != PortVerdict::Free && verdict != PortVerdict::PicksFree &&
           verdict != PortVerdict::Checking;
}

bool isAutomatic(const QString& here) {
    const auto text = here.trimmed();
    return text.isEmpty() || text.compare(QLatin1String("auto"), Qt::CaseInsensitive) == 0 ||
           text.compare(PortText::tr("auto"), Qt::CaseInsensitive) == 0;
}

std::optional<net::PortMapping> toMapping(const PortDraft& draft) {
    const auto ip = hostIp(draft);
    const auto inside = portNumber(draft.inside);
    const bool automatic = isAutomatic(draft.here);
    const auto here = portNumber(draft.here);
    if (!ip || !inside || (!automatic && !here)) {
        return std::nullopt;
    }
    return net::PortMapping{*ip, automatic ? std::uint16_t{0} : *here, *inside, draft.protocol};
}

PortDraft toDraft(const net::PortMapping& mapping) {
    PortDraft draft;
    draft.address = QString::fromStdString(mapping.hostIp);
    draft.scope = mapping.hostIp.empty()          ? PortScope::LocalNetwork
                  : mapping.hostIp == "127.0.0.1" ? PortScope::ThisComputer
                                                  : PortScope::Address;
    draft.here = mapping.hostPort == 0 ? PortText::tr("auto") : QString::number(mapping.hostPort);
    draft.inside = QString::number(mapping.containerPort);
    draft.protocol = mapping.protocol;
    return draft;
}

std::optional<PortFinding> judgeAlone(const std::vector<PortDraft>& drafts, std::size_t row) {
    const PortDraft& draft = drafts[row];
    PortFinding finding;
    if (!isAutomatic(draft.here) && !portNumber(draft.here)) {
        finding.verdict = PortVerdict::NotAPort;
        return finding;
    }
    if (!portNumber(draft.inside)) {
        finding.verdict = PortVerdict::InsideNotAPort;
        return finding;
    }
    const auto mapping = toMapping(draft);
    if (!mapping) {
        finding.verdict = PortVerdict::BadAddress;
        return finding;
    }
    for (std::size_t other = 0; other < drafts.size(); ++other) {
        const auto theirs = other == row ? std::nullopt : toMapping(drafts[other]);
        if (theirs && overlap(*mapping, *theirs)) {
            finding.verdict = PortVerdict::Twice;
            finding.suggestion = unusedFrom(mapping->hostPort + 1U, drafts);
            return finding;
        }
    }
    if (mapping->hostPort == 0 && draft.scope != PortScope::Address) {
        finding.verdict = PortVerdict::PicksFree;
        return finding;
    }
    return std::nullopt;
}

PortFinding judge(const engine::PortCheck& check, const std::vector<PortDraft>& drafts, std::size_t row) {
    using State = engine::PortCheck::State;
    PortFinding finding;
    finding.holder = QString::fromStdString(check.holder);
    finding.lowestPort = check.lowestPort;
    switch (check.state) {
    case State::Free:
        finding.verdict = isAutomatic(drafts[row].here) ? PortVerdict::PicksFree : PortVerdict::Free;
        return finding;
    case State::TakenByContainer:
        finding.verdict = PortVerdict::TakenByContainer;
        break;
    case State::TakenByProgram:
        finding.verdict = PortVerdict::TakenByProgram;
        break;
    case State::NeedsPrivilege:
        finding.verdict = PortVerdict::Low;
        break;
    case State::NotOurAddress:
        finding.verdict = PortVerdict::NotOurAddress;
        return finding;
    }
    finding.suggestion = check.suggestion == 0 ? std::uint16_t{0} : unusedFrom(check.suggestion, drafts);
    return finding;
}

QString portText(const PortFinding& finding) {
    switch (finding.verdict) {
    case PortVerdict::Checking:
        return PortText::tr("checking");
    case PortVerdict::Free:
        return PortText::tr("free");
    case PortVerdict::PicksFree:
        return PortText::tr("picks a free one");
    case PortVerdict::NotAPort:
        return PortText::tr("not a port (1 to 65535)");
    case PortVerdict::InsideNotAPort:
        return PortText::tr("no port inside");
    case PortVerdict::BadAddress:
        return PortText::tr("not an IP address");
    case PortVerdict::Twice:
        return PortText::tr("twice in this list");
    case PortVerdict::TakenByContainer:
    case PortVerdict::TakenByProgram:
        return finding.holder.isEmpty() ? PortText::tr("taken by another program")
                                        : PortText::tr("taken by %1").arg(finding.holder);
    case PortVerdict::Low:
        return PortText::tr("below %1").arg(finding.lowestPort);
    case PortVerdict::NotOurAddress:
        break;
    }
    return PortText::tr("not an address of this computer");
}

QString portSummary(const std::vector<PortFinding>& findings) {
    int taken = 0;
    int low = 0;
    int wrong = 0;
    for (const auto& finding : findings) {
        if (finding.verdict == PortVerdict::TakenByContainer ||
            finding.verdict == PortVerdict::TakenByProgram || finding.verdict == PortVerdict::Twice) {
            ++taken;
        } else if (finding.verdict == PortVerdict::Low) {
            ++low;
        } else if (blocksRun(finding.verdict)) {
            ++wrong;
        }
    }
    if (wrong > 0) {
        return wrong == 1 ? PortText::tr("One port row is not complete")
                          : PortText::tr("%n port rows are not complete", nullptr, wrong);
    }
    if (taken > 0) {
        return taken == 1 ? PortText::tr("One port is already taken")
                          : PortText::tr("%n ports are already taken", nullptr, taken);
    }
    if (low > 0) {
        return low == 1 ? PortText::tr("One port needs the system to allow low ports")
                        : PortText::tr("%n ports need the system to allow low ports", nullptr, low);
    }
    return {};
}

}  // namespace coracle::gui
