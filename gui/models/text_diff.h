// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace coracle::gui {

/// A line of a comparison, with its numbers in both texts from 1 on; 0: it is not in that one.
struct DiffLine {
    enum class Kind : std::uint8_t { Same, Removed, Added, Gap };
    Kind kind = Kind::Same;
    int oldNumber = 0;
    int newNumber = 0;
    QString text;

    friend bool operator==(const DiffLine&, const DiffLine&) = default;
};

/// What turns the old lines into the new ones, with `context` unchanged lines around each change and a Gap
/// for what lies between; nothing for equal texts. Texts of many thousand lines that have little in common
/// are told as removed and added as a whole. Pure.
std::vector<DiffLine> diffLines(const QStringList& before, const QStringList& after, int context = 3);

/// The bytes of a file as lines, without the line feeds; false: it is no text, or one with lines beyond
/// reason.
bool textLines(const std::string& bytes, QStringList& lines);

}  // namespace coracle::gui
