// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/log_buffer.h"

#include <QObject>
#include <QRegularExpression>
#include <QTimer>

#include <vector>

namespace coracle::gui {

/// Finds all matches in a LogBuffer, a few milliseconds at a time so that the window stays quick, and goes on
/// with lines that arrive later.
class LogSearch : public QObject {
    Q_OBJECT
public:
    struct Match {
        std::uint32_t line = 0;
        int start = 0;
        int length = 0;
    };
    static constexpr std::size_t kMaxMatches = 1'000'000;

    explicit LogSearch(const LogBuffer& buffer, QObject* parent = nullptr);

    /// An empty text ends the search. False: not a regular expression; see problem().
    bool setQuery(const QString& text, Qt::CaseSensitivity sensitivity, bool regular);
    bool active() const { return m_active; }
    /// Whether all lines of now were looked at.
    bool done() const { return m_next >= m_buffer.size(); }
    /// Why the words are no regular expression; empty: they are fine.
    const QString& problem() const { return m_problem; }
    /// In the order of the log; grows until done().
    const std::vector<Match>& matches() const { return m_matches; }
    /// Matches within one shown text.
    std::vector<Match> matchesIn(const QString& text) const;
    /// Index of the first match at or after the line; -1: none.
    int firstFrom(std::size_t line) const;

    /// To be called after each append(), so that the search goes on.
    void bufferGrew();
    /// The same after lines went at the front: matches move or go.
    void bufferDropped(std::size_t lines);
    /// Look at everything again.
    void restart();

signals:
    /// Matches were added or went, or the search is done.
    void found();

private:
    void scan();

    const LogBuffer& m_buffer;
    QRegularExpression m_expression;
    QString m_problem;
    std::vector<Match> m_matches;
    std::size_t m_next = 0;
    QTimer m_slice;
    bool m_active = false;
};

}  // namespace coracle::gui
