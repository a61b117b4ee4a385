// SPDX-License-Identifier: Apache-2.0
#include "gui/long_words.h"

#include <QTranslator>

#include <algorithm>

namespace coracle::gui {
namespace {

/// "Ports" -> "[Pörtš ~~]". Placeholders stay as they are.
class LongWords : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* /*comment*/,
                      int n) const override {
        if (qstrcmp(context, "QObject") != 0 && context[0] == 'Q') {
            return {};  // the toolkit's own
        }
        QString text = QString::fromUtf8(source);
        const QString from = QStringLiteral("aeiouscyAEIOUSCY");
        const QString to = QStringLiteral("äéïöüščýÄÉÏÖÜŠČÝ");
        for (qsizetype i = 0; i < text.size(); ++i) {
            const qsizetype at = from.indexOf(text[i]);
            const bool placeholder =
                i > 0 && (text[i - 1] == QLatin1Char('%') || text[i - 1] == QLatin1Char('&'));
            if (at >= 0 && !placeholder) {
                text[i] = to[at];
            }
        }
        if (n >= 0) {
            text.replace(QStringLiteral("%Ln"), QString::number(n))
                .replace(QStringLiteral("%n"), QString::number(n));
        }
        const qsizetype more = std::max<qsizetype>(1, text.size() * 2 / 5 - 2);
        QString tail;
        for (qsizetype i = 0; i < more; ++i) {
            constexpr int kWord = 6;
            tail += i % kWord == kWord - 1 ? QLatin1Char(' ') : QLatin1Char('~');
        }
        return QLatin1Char('[') + text + tail + QLatin1Char(']');
    }
};

}  // namespace

std::unique_ptr<QTranslator> makeLongWords() {
    return std::make_unique<LongWords>();
}

}  // namespace coracle::gui
