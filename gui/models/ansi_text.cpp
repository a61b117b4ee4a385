// SPDX-License-Identifier: Apache-2.0
#include "gui/models/ansi_text.h"

#include <QStringDecoder>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kTab = 8;
constexpr int kMaxShown = 16384;  // a line longer than that is cut on screen; saving keeps all of it

bool plain(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

struct Look {
    std::int8_t color = -1;
    bool bold = false;
    friend bool operator==(const Look&, const Look&) = default;
};

/// Apply the parameters of one "ESC [ ... m".
void applyCodes(const QString& codes, Look& look) {
    const QStringList parts = codes.split(QLatin1Char(';'));
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const int code = parts[i].toInt();
        if (code == 0) {
            look = {};
        } else if (code == 1) {
            look.bold = true;
        } else if (code == 22) {
            look.bold = false;
        } else if (code >= 30 && code <= 37) {
            look.color = std::int8_t(code - 30);
        } else if (code >= 90 && code <= 97) {
            look.color = std::int8_t(code - 90);
        } else if (code == 39) {
            look.color = -1;
        } else if (code == 38 || code == 48) {
            // 256 and true colours do not fit the theme: skipped with their parameters.
            i += parts.value(i + 1) == QLatin1String("5") ? 2 : 4;
        }
    }
}

class Builder {
public:
    void add(QChar c) {
        if (out.spans.empty() || m_look != m_last) {
            out.spans.push_back({int(out.text.size()), 0, m_look.color, m_look.bold});
            m_last = m_look;
        }
        out.text.append(c);
        ++out.spans.back().length;
    }
    Look& look() { return m_look; }
    AnsiText out;

private:
    Look m_look;
    Look m_last;
};

/// Position after the escape sequence that starts at `at`.
qsizetype skipEscape(const QString& text, qsizetype at, Look& look) {
    qsizetype i = at + 1;
    if (i >= text.size()) {
        return i;
    }
    if (text[i] == QLatin1Char(']')) {  // a title or a link: up to BEL or ESC backslash
        while (i < text.size() && text[i] != QChar(7) && text[i] != QChar(0x1b)) {
            ++i;
        }
        return i < text.size() && text[i] == QChar(0x1b) ? i + 2 : i + 1;
    }
    if (text[i] != QLatin1Char('[')) {
        return i + 1;
    }
    const qsizetype start = ++i;
    while (i < text.size() && (text[i] < QChar(0x40) || text[i] > QChar(0x7e))) {
        ++i;
    }
    if (i < text.size() && text[i] == QLatin1Char('m')) {
        applyCodes(text.mid(start, i - start), look);
    }
    return i + 1;
}

}  // namespace

AnsiText parseAnsi(std::string_view bytes) {
    if (bytes.size() > std::size_t(kMaxShown)) {
        bytes = bytes.substr(0, std::size_t(kMaxShown));
    }
    if (plain(bytes)) {
        return {QString::fromLatin1(bytes.data(), qsizetype(bytes.size())), {}};
    }
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    Builder builder;
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c == QChar(0x1b)) {
            i = skipEscape(text, i, builder.look());
            continue;
        }
        if (c == QLatin1Char('\t')) {
            do {
                builder.add(QLatin1Char(' '));
            } while (builder.out.text.size() % kTab != 0);
        } else if (c == QLatin1Char('\r')) {
            // A carriage return before the end starts the line again on a terminal; here it is only left out.
        } else if (c.unicode() < 0x20) {
            builder.add(QChar(0x2400 + c.unicode()));
        } else if (c.unicode() == 0x7f) {
            builder.add(QChar(0x2421));
        } else if (c.unicode() >= 0x202a && c.unicode() <= 0x202e) {
            builder.add(QChar(0xfffd));  // text direction tricks would change what the line seems to say
        } else {
            builder.add(c);
        }
        ++i;
    }
    if (builder.out.spans.size() == 1 && builder.out.spans[0].color < 0 && !builder.out.spans[0].bold) {
        builder.out.spans.clear();
    }
    return std::move(builder.out);
}

int shownLength(std::string_view bytes) {
    if (plain(bytes)) {
        return int(std::min(bytes.size(), std::size_t(kMaxShown)));
    }
    return int(parseAnsi(bytes).text.size());
}

}  // namespace coracle::gui
