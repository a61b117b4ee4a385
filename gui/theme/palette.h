// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

#include <array>
#include <cstddef>
#include <cstdint>

/// The colours of the application. resources/styles/tokens.json is their only source; every painted or styled
/// colour is one of these tokens, so that light and dark differ in nothing but this table.
namespace coracle::gui {

enum class Scheme : std::uint8_t { Light, Dark };

/// High: lines and secondary words are as strong as the text, and soft grounds give way to an edge.
enum class Contrast : std::uint8_t { Normal, High };

/// The names of the colours, in the order of tokens.json.
enum class Token : std::uint8_t {
    Window,
    Sidebar,
    Surface,
    Raised,
    Sunken,
    Hover,
    Border,
    BorderStrong,
    Input,
    Text,
    Muted,
    Faint,
    Accent,
    OnAccent,
    AccentHover,
    Link,
    AccentSoft,
    OnAccentSoft,
    Selection,
    Focus,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    Err,
    ErrSoft,
    OnErr,
    Info,
    InfoSoft,
    Violet,
    VioletSoft,
    Idle,
    IdleSoft,
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    Count
};

inline constexpr std::size_t kTokenCount = static_cast<std::size_t>(Token::Count);

/// The key of a token in tokens.json.
const char* tokenName(Token token);

/// All colours of one scheme; a value.
class Palette {
public:
    /// The compiled-in colours of a scheme. Ends the program when the resource is damaged: a broken build.
    static Palette load(Scheme scheme, Contrast contrast = Contrast::Normal);

    Scheme scheme() const { return m_scheme; }
    Contrast contrast() const { return m_contrast; }
    const QColor& operator[](Token token) const { return m_colors[static_cast<std::size_t>(token)]; }

private:
    std::array<QColor, kTokenCount> m_colors;
    Scheme m_scheme = Scheme::Light;
    Contrast m_contrast = Contrast::Normal;

    void strengthen();
};

/// The palette of the application's style; light when the style is not ours. GUI thread.
const Palette& currentPalette();

/// A colour of the current palette. Ask while painting, never store: the desktop may turn dark at any time.
QColor color(Token token);

/// The same, with an opacity between 0 and 1.
QColor color(Token token, float alpha);

/// A dot that goes with a word: never colour alone.
struct StateLook {
    Token dot = Token::Idle;
    bool ring = false;  ///< hollow: not running
};

}  // namespace coracle::gui
