// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>

#include <cstdint>

/// Sizes of the interface. They are given for a 13 px font and grow with the desktop's font; high pixel
/// densities are Qt's own business.
namespace coracle::gui {

enum class TextRole : std::uint8_t {
    Hero,         ///< 20/600, empty states
    Title,        ///< 17/600, page heads
    DialogTitle,  ///< 15/600
    Section,      ///< 13/600, cards and groups
    Strong,       ///< 13/500, names in lists and buttons
    Body,         ///< 13/400
    Secondary,    ///< 12/400
    SecondaryStrong,
    Caption,      ///< 11/500, chips
    CaptionBold,  ///< 11/600, table heads
    Code,         ///< 12, the system's fixed font
    CodeSmall,    ///< 11, the same
};

/// The application's font in that role.
QFont themeFont(TextRole role);

/// `pixels` of the 13 px design in the size of the desktop's font.
int scaled(int pixels);

namespace metrics {

inline constexpr int kBaseFontPixels = 13;

inline constexpr int kSpaceTiny = 4;
inline constexpr int kSpaceSmall = 8;
inline constexpr int kSpace = 12;
inline constexpr int kSpaceLarge = 16;
inline constexpr int kSpaceHuge = 24;
inline constexpr int kPageMargin = 16;
inline constexpr int kCardPadding = 14;

inline constexpr int kHeader = 52;
inline constexpr int kTabBar = 38;
inline constexpr int kFilterBar = 48;
inline constexpr int kControl = 30;
inline constexpr int kControlSmall = 26;
inline constexpr int kRow = 40;
inline constexpr int kRowCompact = 32;
inline constexpr int kRowDense = 28;
inline constexpr int kGroupRow = 34;
inline constexpr int kTableHead = 30;
inline constexpr int kStatusBar = 28;
inline constexpr int kSidebarWidth = 208;
inline constexpr int kSidebarCollapsed = 52;
inline constexpr int kSidebarItem = 33;
inline constexpr int kSidebarSection = 30;
inline constexpr int kFilterWidth = 230;
inline constexpr int kSideColumn = 316;
inline constexpr int kChip = 20;

inline constexpr int kRadiusControl = 6;
inline constexpr int kRadiusChip = 4;
inline constexpr int kRadiusCard = 8;

inline constexpr int kIcon = 16;
inline constexpr int kIconSmall = 14;
inline constexpr int kIconChip = 12;

}  // namespace metrics

}  // namespace coracle::gui
