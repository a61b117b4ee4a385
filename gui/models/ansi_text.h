// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace coracle::gui {

/// What a program wrote, made fit to be shown: bytes that are not UTF-8 become U+FFFD, tabs become spaces,
/// control characters become visible signs, and the colour codes of terminals become spans. The input is
/// a stranger's: nothing in it is interpreted but colours.
struct AnsiText {
    struct Span {
        int start = 0;
        int length = 0;
        std::int8_t color = -1;  ///< 0 to 7 as terminals count; -1: the ordinary one
        bool bold = false;
    };
    QString text;
    std::vector<Span> spans;  ///< in order, without gaps; empty when nothing is coloured
};

/// Never fails: whatever the bytes are, there is something to show.
AnsiText parseAnsi(std::string_view bytes);

/// parseAnsi(bytes).text.size(), without building it when the bytes are plain.
int shownLength(std::string_view bytes);

}  // namespace coracle::gui
