// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/confinement.h"
#include "core/types/container.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace coracle::gui {

/// How much a row should worry: nothing is open, something was opened on purpose, or it opens more than most
/// programs need.
enum class Reach : std::uint8_t { Closed, Open, Wide };

/// Something outside that a container can or cannot reach.
struct ReachRow {
    QString key;  ///< for object names: "internet"
    QString iconName;
    QString title;
    QString text;   ///< in plain words what is shared
    QString state;  ///< one or two words: "not shared", "1 folder"
    Reach reach = Reach::Closed;
    QStringList details;  ///< every path, for the tooltip
};

/// Something that holds a container back, or that is missing.
struct IsolationRow {
    QString key;
    QString text;
    Reach reach = Reach::Closed;
    QString detail;  ///< the exact terms, for the tooltip
};

/// What it can reach, always the same rows in the same order. details: tell volumes from folders, and whether
/// there is a network at all. home: of the person, without a slash at the end. Pure.
std::vector<ReachRow> reachRows(const types::Confinement& confinement, const types::ContainerDetails& details,
                                const std::string& home);

/// What holds it back. Where the kernel says something else of the running process than the documents of the
/// next start, the kernel is believed and the difference is a row of its own. Pure.
std::vector<IsolationRow> isolationRows(const types::Confinement& confinement);

/// "chown" for "CAP_CHOWN".
QString capabilityWord(const std::string& name);

}  // namespace coracle::gui
