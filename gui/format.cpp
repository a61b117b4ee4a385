// SPDX-License-Identifier: Apache-2.0
#include "gui/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <QRegularExpression>

namespace coracle::gui::format {

namespace {

constexpr qsizetype kOneLine = 36;  // letters that the narrowest box of commands has room for

QString words(const char* text, int n) {
    return QCoreApplication::translate("format", text, nullptr, n);
}

QDateTime local(Time time) {
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

QString quoted(const QString& word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./~-]+$"));
    if (plain.match(word).hasMatch()) {
        return word;
    }
    QString inner = word;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

}  // namespace

QString bytes(std::uint64_t bytes) {
    if (bytes < 1000) {
        return words(QT_TRANSLATE_NOOP("format", "%1 B"), -1).arg(bytes);
    }
    static constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB", "PB"};
    double value = double(bytes) / 1000.0;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
        value /= 1000.0;
        ++unit;
    }
    const int decimals = value < 9.95 && unit > 0 ? (unit >= 2 ? 2 : 1) : value < 99.5 && unit >= 2 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals) + QLatin1Char(' ') + QLatin1String(kUnits[unit]);
}

QString percent(double value, Digits digits) {
    //: a share in percent, as "24.8%"
    return QCoreApplication::translate("format", "%1%")
        .arg(QLocale().toString(value, 'f', digits == Digits::Some && value < 99.95 ? 1 : 0));
}

QString duration(std::chrono::milliseconds span) {
    const qint64 seconds = span.count() / 1000;
    if (seconds < 1) {
        return words(QT_TRANSLATE_NOOP("format", "now"), -1);
    }
    if (seconds < 60) {
        return words(QT_TRANSLATE_NOOP("format", "%1 s"), -1).arg(seconds);
    }
    if (seconds < 3600) {
        return words(QT_TRANSLATE_NOOP("format", "%1 min"), -1).arg(seconds / 60);
    }
    if (seconds < 48 * 3600) {
        return words(QT_TRANSLATE_NOOP("format", "%1 h"), -1).arg(seconds / 3600);
    }
    const int days = int(seconds / 86400);
    if (days < 14) {
        return words(QT_TRANSLATE_NOOP("format", "%1 d"), -1).arg(days);
    }
    if (days < 60) {
        return words(QT_TRANSLATE_NOOP("format", "%1 weeks"), -1).arg(days / 7);
    }
    if (days < 730) {
        return words(QT_TRANSLATE_NOOP("format", "%1 months"), -1).arg(days / 30);
    }
    return words(QT_TRANSLATE_NOOP("format", "%1 years"), -1).arg(days / 365);
}

QString since(Time time) {
    return duration(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now() - time));
}

QString ago(Time time) {
    return ago(time, std::chrono::system_clock::now());
}

QString ago(Time time, Time now) {
    if (now - time < std::chrono::seconds(1)) {
        return words(QT_TRANSLATE_NOOP("format", "just now"), -1);
    }
    return words(QT_TRANSLATE_NOOP("format", "%1 ago"), -1)
        .arg(duration(std::chrono::duration_cast<std::chrono::milliseconds>(now - time)));
}

QString moment(Time time) {
    const QDateTime when = local(time);
    const QString clock = QLocale().toString(when.time(), QStringLiteral("HH:mm"));
    const qint64 days = when.date().daysTo(QDate::currentDate());
    if (days == 0) {
        return words(QT_TRANSLATE_NOOP("format", "today %1"), -1).arg(clock);
    }
    if (days == 1) {
        return words(QT_TRANSLATE_NOOP("format", "yesterday %1"), -1).arg(clock);
    }
    return QLocale().toString(when.date(), QStringLiteral("d MMM yyyy")) + QLatin1Char(' ') + clock;
}

QString exact(Time time) {
    return QLocale().toString(local(time), QLocale::LongFormat);
}

QString shortReference(const std::string& reference) {
    QString name = text(reference);
    for (const char* prefix : {"docker.io/library/", "docker.io/", "localhost/"}) {
        if (name.startsWith(QLatin1String(prefix))) {
            name = name.mid(qsizetype(qstrlen(prefix)));
            break;
        }
    }
    if (name.endsWith(QLatin1String(":latest"))) {
        name.chop(7);
    }
    const qsizetype digest = name.indexOf(QLatin1String("@sha256:"));
    return digest > 0 ? name.left(digest + 8 + 12) : name;
}

QString shortId(const std::string& id) {
    const QString all = text(id);
    return all.startsWith(QLatin1String("sha256:")) ? all.mid(7, 12) : all.left(12);
}

QString commandLine(const std::vector<std::string>& commandWords) {
    QStringList parts;
    for (const std::string& word : commandWords) {
        parts << quoted(text(word));
    }
    return parts.join(QLatin1Char(' '));
}

QString commandLines(const std::vector<std::string>& commandWords) {
    if (const QString whole = commandLine(commandWords); whole.size() <= kOneLine) {
        return whole;
    }
    // "coracle run -d --name api \" then one option with its value a line, the image and its command last.
    QString out;
    std::size_t i = 0;
    bool first = true;
    while (i < commandWords.size()) {
        QString line;
        const bool head = i < 2;
        if (head) {
            while (i < commandWords.size() &&
                   (i < 2 || commandWords[i] == "-d" || commandWords[i] == "--name" ||
                    (i > 0 && commandWords[i - 1] == "--name"))) {
                line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + quoted(text(commandWords[i++]));
            }
        } else if (commandWords[i].size() > 1 && commandWords[i][0] == '-') {
            line = quoted(text(commandWords[i++]));
            if (i < commandWords.size() && commandWords[i][0] != '-' && i + 1 < commandWords.size() &&
                line.indexOf(QLatin1Char('=')) < 0 && line != QLatin1String("--rm") &&
                line != QLatin1String("-i") && line != QLatin1String("-t") && line != QLatin1String("-it") &&
                line != QLatin1String("--read-only") && line != QLatin1String("--init")) {
                line += QLatin1Char(' ') + quoted(text(commandWords[i++]));
            }
        } else {
            while (i < commandWords.size()) {
                line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + quoted(text(commandWords[i++]));
            }
        }
        out += (first ? QString() : QStringLiteral(" \\\n  ")) + line;
        first = false;
    }
    return out;
}

QString sentence(const std::string& message) {
    QString out = text(message);
    // A command is typed as it stands.
    if (!out.isEmpty() && !out.startsWith(QLatin1String("coracle ")) &&
        !out.startsWith(QLatin1String("sudo "))) {
        out[0] = out[0].toUpper();
    }
    return out;
}

QString error(const Error& error) {
    const QString hint = text(error.hint());
    return hint.isEmpty() ? sentence(error.message())
                          : sentence(error.message()) + QStringLiteral(". ") + sentence(error.hint());
}

QString homePath(const std::string& path) {
    const QString all = text(path);
    const QString home = QDir::homePath();
    return all == home || all.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + all.mid(home.size())
                                                                  : all;
}

}  // namespace coracle::gui::format
