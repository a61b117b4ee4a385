// SPDX-License-Identifier: Apache-2.0
#include "gui/models/log_search.h"

#include "gui/models/ansi_text.h"

#include <QElapsedTimer>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr qint64 kSliceMs = 6;
constexpr std::size_t kLinesPerLook = 64;

}  // namespace

LogSearch::LogSearch(const LogBuffer& buffer, QObject* parent) : QObject(parent), m_buffer(buffer) {
    m_slice.setInterval(0);
    connect(&m_slice, &QTimer::timeout, this, &LogSearch::scan);
}

bool LogSearch::setQuery(const QString& text, Qt::CaseSensitivity sensitivity, bool regular) {
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (sensitivity == Qt::CaseInsensitive) {
        options |= QRegularExpression::CaseInsensitiveOption;
    }
    m_expression = QRegularExpression(regular ? text : QRegularExpression::escape(text), options);
    m_problem = m_expression.isValid() ? QString() : m_expression.errorString();
    m_active = !text.isEmpty() && m_problem.isEmpty();
    restart();
    return m_problem.isEmpty();
}

void LogSearch::restart() {
    m_matches.clear();
    m_next = 0;
    m_slice.stop();
    if (m_active && !done()) {
        m_slice.start();
    }
    emit found();
}

void LogSearch::bufferGrew() {
    if (m_active && !done() && !m_slice.isActive()) {
        m_slice.start();
    }
}

void LogSearch::bufferDropped(std::size_t lines) {
    m_next -= std::min(m_next, lines);
    std::erase_if(m_matches, [lines](const Match& match) { return match.line < lines; });
    for (Match& match : m_matches) {
        match.line -= std::uint32_t(lines);
    }
}

std::vector<LogSearch::Match> LogSearch::matchesIn(const QString& text) const {
    std::vector<Match> result;
    if (!m_active) {
        return result;
    }
    auto it = m_expression.globalMatch(text);
    while (it.hasNext()) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedLength() > 0) {
            result.push_back({0, int(match.capturedStart()), int(match.capturedLength())});
        }
    }
    return result;
}

int LogSearch::firstFrom(std::size_t line) const {
    const auto at =
        std::lower_bound(m_matches.begin(), m_matches.end(), line,
                         [](const Match& match, std::size_t wanted) { return match.line < wanted; });
    return at == m_matches.end() ? -1 : int(at - m_matches.begin());
}

void LogSearch::scan() {
    QElapsedTimer clock;
    clock.start();
    const std::size_t before = m_matches.size();
    while (!done() && m_matches.size() < kMaxMatches && clock.elapsed() < kSliceMs) {
        const std::size_t end = std::min(m_buffer.size(), m_next + kLinesPerLook);
        for (; m_next < end; ++m_next) {
            for (Match match : matchesIn(parseAnsi(m_buffer.text(m_next)).text)) {
                match.line = std::uint32_t(m_next);
                m_matches.push_back(match);
            }
        }
    }
    if (done() || m_matches.size() >= kMaxMatches) {
        m_slice.stop();
    }
    if (m_matches.size() != before || !m_slice.isActive()) {
        emit found();
    }
}

}  // namespace coracle::gui
