// SPDX-License-Identifier: Apache-2.0
#include "gui/models/text_diff.h"

#include <QStringDecoder>

#include <algorithm>

namespace coracle::gui {
namespace {

using Kind = DiffLine::Kind;

constexpr int kMostSteps = 2000;  ///< of Myers' search; its memory grows with the square
constexpr qsizetype kLongestLine = 20'000;

struct Step {
    Kind kind;
    int before;  ///< index of the line, where the kind has one
    int after;
};

/// Source: E. Myers, "A Difference Algorithm and Its Variations", Algorithmica 1, 1986. Lines [from, ends)
/// differ.
bool shortestScript(const QStringList& before, const QStringList& after, int from, int beforeEnd,
                    int afterEnd, std::vector<Step>& script) {
    const int n = beforeEnd - from;
    const int m = afterEnd - from;
    const int most = std::min(n + m, kMostSteps);
    std::vector<int> furthest(std::size_t(2 * most + 3), 0);
    const auto at = [&](int diagonal) { return std::size_t(diagonal + most + 1); };
    std::vector<std::vector<int>> trace;
    for (int d = 0; d <= most; ++d) {
        trace.push_back(furthest);
        for (int k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
            int x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
            int y = x - k;
            while (x < n && y < m && before[from + x] == after[from + y]) {
                ++x;
                ++y;
            }
            furthest[at(k)] = x;
            if (x < n || y < m) {
                continue;
            }
            std::vector<Step> reversed;
            for (int step = d; x > 0 || y > 0; --step) {
                const std::vector<int>& then = trace[std::size_t(step)];
                const int diagonal = x - y;
                const bool wasDown = diagonal == -step ||
                                     (diagonal != step && then[at(diagonal - 1)] < then[at(diagonal + 1)]);
                const int previous = wasDown ? diagonal + 1 : diagonal - 1;
                const int startX = step == 0 ? 0 : then[at(previous)];
                const int startY = step == 0 ? 0 : startX - previous;
                while (x > startX && y > startY) {
                    --x;
                    --y;
                    reversed.push_back({Kind::Same, from + x, from + y});
                }
                if (step > 0) {
                    reversed.push_back(wasDown ? Step{Kind::Added, -1, from + startY}
                                               : Step{Kind::Removed, from + startX, -1});
                    x = startX;
                    y = startY;
                }
            }
            script.insert(script.end(), reversed.rbegin(), reversed.rend());
            return true;
        }
    }
    return false;
}

std::vector<Step> scriptOf(const QStringList& before, const QStringList& after) {
    int from = 0;
    int beforeEnd = int(before.size());
    int afterEnd = int(after.size());
    while (from < beforeEnd && from < afterEnd && before[from] == after[from]) {
        ++from;
    }
    while (beforeEnd > from && afterEnd > from && before[beforeEnd - 1] == after[afterEnd - 1]) {
        --beforeEnd;
        --afterEnd;
    }
    std::vector<Step> script;
    for (int i = 0; i < from; ++i) {
        script.push_back({Kind::Same, i, i});
    }
    if (!shortestScript(before, after, from, beforeEnd, afterEnd, script)) {
        for (int i = from; i < beforeEnd; ++i) {
            script.push_back({Kind::Removed, i, -1});
        }
        for (int i = from; i < afterEnd; ++i) {
            script.push_back({Kind::Added, -1, i});
        }
    }
    for (int i = 0; beforeEnd + i < before.size(); ++i) {
        script.push_back({Kind::Same, beforeEnd + i, afterEnd + i});
    }
    return script;
}

}  // namespace

std::vector<DiffLine> diffLines(const QStringList& before, const QStringList& after, int context) {
    const std::vector<Step> script = scriptOf(before, after);
    std::vector<bool> near(script.size(), false);
    for (std::size_t i = 0; i < script.size(); ++i) {
        if (script[i].kind == Kind::Same) {
            continue;
        }
        const std::size_t first = i > std::size_t(context) ? i - std::size_t(context) : 0;
        const std::size_t last = std::min(i + std::size_t(context) + 1, script.size());
        std::fill(near.begin() + std::ptrdiff_t(first), near.begin() + std::ptrdiff_t(last), true);
    }
    std::vector<DiffLine> lines;
    for (std::size_t i = 0; i < script.size(); ++i) {
        const Step& step = script[i];
        if (!near[i]) {
            const bool between = !lines.empty() && lines.back().kind != Kind::Gap &&
                                 std::find(near.begin() + std::ptrdiff_t(i), near.end(), true) != near.end();
            if (between) {
                lines.push_back({Kind::Gap, 0, 0, {}});
            }
            continue;
        }
        lines.push_back({step.kind, step.kind == Kind::Added ? 0 : step.before + 1,
                         step.kind == Kind::Removed ? 0 : step.after + 1,
                         step.kind == Kind::Added ? after[step.after] : before[step.before]});
    }
    return lines;
}

bool textLines(const std::string& bytes, QStringList& lines) {
    if (bytes.find('\0') != std::string::npos) {
        return false;
    }
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    // The end may be in the middle of a letter, as only the beginning of a large file is read.
    const auto strange = text.count(QChar::ReplacementCharacter);
    if (strange > 1 && strange > text.size() / 100) {
        return false;
    }
    lines = text.split(QLatin1Char('\n'));
    if (!lines.isEmpty() && lines.last().isEmpty()) {
        lines.removeLast();
    }
    for (QString& line : lines) {
        if (line.endsWith(QLatin1Char('\r'))) {
            line.chop(1);
        }
    }
    return std::none_of(lines.begin(), lines.end(),
                        [](const QString& line) { return line.size() > kLongestLine; });
}

}  // namespace coracle::gui
