// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/metrics.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

#include <algorithm>

namespace coracle::gui {

namespace {

struct RoleRow {
    double pixels;
    QFont::Weight weight;
    bool fixed;
};

RoleRow row(TextRole role) {
    switch (role) {
    case TextRole::Hero:
        return {20, QFont::DemiBold, false};
    case TextRole::Title:
        return {17, QFont::DemiBold, false};
    case TextRole::DialogTitle:
        return {15, QFont::DemiBold, false};
    case TextRole::Section:
        return {13, QFont::DemiBold, false};
    case TextRole::Strong:
        return {13, QFont::Medium, false};
    case TextRole::Body:
        return {13, QFont::Normal, false};
    case TextRole::Secondary:
        return {12, QFont::Normal, false};
    case TextRole::SecondaryStrong:
        return {12, QFont::Medium, false};
    case TextRole::Caption:
        return {11, QFont::Medium, false};
    case TextRole::CaptionBold:
        return {11, QFont::DemiBold, false};
    case TextRole::Code:
        return {12, QFont::Normal, true};
    case TextRole::CodeSmall:
        return {11, QFont::Normal, true};
    }
    return {13, QFont::Normal, false};
}

double ratio() {
    const int pixels = QFontInfo(QApplication::font()).pixelSize();
    return std::clamp(double(pixels) / metrics::kBaseFontPixels, 0.85, 3.0);
}

}  // namespace

QFont themeFont(TextRole role) {
    const RoleRow r = row(role);
    QFont result = r.fixed ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QApplication::font();
    result.setPixelSize(std::max(8, qRound(r.pixels * ratio())));
    result.setWeight(r.weight);
    return result;
}

int scaled(int pixels) {
    return qRound(pixels * std::max(1.0, ratio()));
}

}  // namespace coracle::gui
