// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/palette.h"

#include "gui/theme/style.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <initializer_list>

namespace coracle::gui {

namespace {

constexpr std::array<const char*, kTokenCount> kNames = {
    "window",     "sidebar",      "surface",     "raised", "sunken",     "hover",
    "border",     "borderStrong", "input",       "text",   "muted",      "faint",
    "accent",     "onAccent",     "accentHover", "link",   "accentSoft", "onAccentSoft",
    "selection",  "focus",        "ok",          "okSoft", "warn",       "warnSoft",
    "err",        "errSoft",      "onErr",       "info",   "infoSoft",   "violet",
    "violetSoft", "idle",         "idleSoft",    "c1",     "c2",         "c3",
    "c4",         "c5",           "c6"};

}  // namespace

const char* tokenName(Token token) {
    return kNames[static_cast<std::size_t>(token)];
}

void Palette::strengthen() {
    m_contrast = Contrast::High;
    const auto set = [this](std::initializer_list<Token> tokens, Token like) {
        for (const Token token : tokens) {
            m_colors[static_cast<std::size_t>(token)] = (*this)[like];
        }
    };
    set({Token::Border, Token::BorderStrong, Token::Input, Token::Muted, Token::Faint}, Token::Text);
    set({Token::OkSoft, Token::WarnSoft, Token::ErrSoft, Token::InfoSoft, Token::VioletSoft, Token::IdleSoft,
         Token::Window, Token::Sidebar, Token::Sunken, Token::Raised},
        Token::Surface);
}

Palette Palette::load(Scheme scheme, Contrast contrast) {
    QFile file(QStringLiteral(":/coracle/styles/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("resource tokens.json is missing");
    }
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject table =
        all[scheme == Scheme::Dark ? QLatin1String("dark") : QLatin1String("light")].toObject();
    Palette palette;
    palette.m_scheme = scheme;
    for (std::size_t i = 0; i < kTokenCount; ++i) {
        const QColor value(table[QLatin1String(kNames[i])].toString());
        if (!value.isValid()) {
            qFatal("tokens.json: no colour '%s'", kNames[i]);
        }
        palette.m_colors[i] = value;
    }
    if (contrast == Contrast::High) {
        palette.strengthen();
    }
    return palette;
}

const Palette& currentPalette() {
    if (const CoracleStyle* style = CoracleStyle::current()) {
        return style->palette();
    }
    static const Palette fallback = Palette::load(Scheme::Light);
    return fallback;
}

QColor color(Token token) {
    return currentPalette()[token];
}

QColor color(Token token, float alpha) {
    QColor value = currentPalette()[token];
    value.setAlphaF(alpha);
    return value;
}

}  // namespace coracle::gui
