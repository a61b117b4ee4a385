// SPDX-License-Identifier: Apache-2.0
#include "core/container/access_explainer.h"

#include "core/types/run_command.h"

#include <algorithm>

namespace coracle::container {
namespace {

using types::AccessFix;
using types::AccessReport;
using types::AccessStep;

bool contains(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges, std::uint32_t id) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
        return id >= range.first && id - range.first < range.second;
    });
}

/// Number of the first step that keeps the subject out; -1: none does.
int firstBlock(const std::vector<AccessStep>& steps, const AccessSubject& subject) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto rights = rightsOf(steps[i], subject);
        const bool last = i + 1 == steps.size();
        const bool good = last ? rights.read && (rights.pass || !steps[i].folder) : rights.pass;
        if (!good) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

std::string octal(std::uint32_t mode) {
    std::string text;
    for (int shift = 9; shift >= 0; shift -= 3) {
        text += static_cast<char>('0' + ((mode >> static_cast<unsigned>(shift)) & 7U));
    }
    return text;
}

std::string reasonFor(const AccessStep& step, bool last) {
    const std::string what = !last         ? "may not be passed"
                             : step.folder ? "may not be listed or entered"
                                           : "may not be read";
    return "'" + step.path + "' " + what + ": it belongs to user " + std::to_string(step.uid) +
           " and group " + std::to_string(step.gid) + " of this computer and has the mode " +
           octal(step.mode);
}

/// Every step that keeps the others out; only the owner can.
void addModeChanges(AccessReport& report, const AccessSubject& subject, const AccessRemedies& remedies) {
    std::string commands;
    for (std::size_t i = 0; i < report.steps.size(); ++i) {
        AccessStep step = report.steps[i];
        const bool last = i + 1 == report.steps.size();
        const std::string bits = !last ? "x" : step.folder ? "rx" : "r";
        const auto good = [&] { return firstBlock({step}, subject) < 0; };
        const bool passes = last ? good() : rightsOf(step, subject).pass;
        if (passes) {
            continue;
        }
        if (step.uid != remedies.ownUid) {
            report.fixes.push_back({.kind = AccessFix::Kind::Owner,
                                    .text = "'" + step.path + "' is not yours: its owner has to allow it",
                                    .note = {},
                                    .path = step.path});
            return;
        }
        commands +=
            (commands.empty() ? "" : " && ") + ("chmod o+" + bits) + " " + types::toShellWord(step.path);
    }
    report.fixes.push_back({.kind = AccessFix::Kind::Mode,
                            .text = commands,
                            .note = "everybody on this computer may then, too",
                            .path = {}});
}

}  // namespace

std::string fixText(const types::AccessFix& fix) {
    return fix.note.empty() ? fix.text : fix.text + "  (" + fix.note + ")";
}

types::AccessRights rightsOf(const AccessStep& step, const AccessSubject& subject) {
    const bool member = step.gid == subject.gid || std::find(subject.groups.begin(), subject.groups.end(),
                                                             step.gid) != subject.groups.end();
    const std::uint32_t bits = (step.uid == subject.uid ? step.mode >> 6U
                                : member                ? step.mode >> 3U
                                                        : step.mode) &
                               7U;
    types::AccessRights rights{(bits & 4U) != 0, (bits & 2U) != 0, (bits & 1U) != 0};
    if (subject.overrides && contains(subject.mappedUids, step.uid) &&
        contains(subject.mappedGids, step.gid)) {
        rights.read = rights.write = true;
        rights.pass = rights.pass || step.folder || (step.mode & 0111U) != 0;
    }
    return rights;
}

/// The mapping comes first, because it opens nothing to anybody else.
void explainAccess(AccessReport& report, const AccessSubject& subject, const AccessRemedies& remedies) {
    for (AccessStep& step : report.steps) {
        step.rights = rightsOf(step, subject);
    }
    report.blocked = firstBlock(report.steps, subject);
    if (report.blocked < 0) {
        return;
    }
    const auto number = static_cast<std::size_t>(report.blocked);
    report.reason = reasonFor(report.steps[number], number + 1 == report.steps.size());
    AccessSubject person;
    person.uid = remedies.ownUid;
    person.gid = remedies.ownGid;
    if (firstBlock(report.steps, person) < 0) {
        const std::string ids =
            "uid=" + std::to_string(remedies.insideUid) + ",gid=" + std::to_string(remedies.insideGid);
        report.fixes.push_back(
            {.kind = AccessFix::Kind::Map,
             .text = "--userns keep-id:" + ids,
             .note = "user " + std::to_string(remedies.insideUid) + " of the container is then you",
             .path = {}});
        if (remedies.defaultMap && remedies.insideUid != 0) {
            report.fixes.push_back({.kind = AccessFix::Kind::Root,
                                    .text = "-u 0",
                                    .note = "root of the container is you, and nobody more",
                                    .path = {}});
        }
    }
    addModeChanges(report, subject, remedies);
}

}  // namespace coracle::container
