// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/range_tree.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <linux/seccomp.h>

// How the outcome is found. Until a program loads an argument, all that it knows is the architecture and the
// number, and it only compares them with constants. So for a given architecture the outcome (an answer, or
// the row where arguments begin to be looked at) is the same for all numbers between two neighbouring
// constants, and one of them, tried, stands for all: nothing is guessed, and all 2^32 numbers are covered.
// The same holds for the architectures.
//
// How it is written down. Jumps of classic BPF lead forward only, so rows are made from the last to the
// first: the places that a row jumps to are known when it is made. A conditional jump reaches 255 rows; what
// is further away gets a row in between.
namespace coracle::seccomp {
namespace {

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kAnd = BPF_ALU | BPF_AND | BPF_K;
constexpr std::uint16_t kJump = BPF_JMP | BPF_JA;
constexpr std::uint16_t kIfEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t kIfGreater = BPF_JMP | BPF_JGT | BPF_K;
constexpr std::uint16_t kIfAtLeast = BPF_JMP | BPF_JGE | BPF_K;
constexpr std::uint16_t kIfAnyBit = BPF_JMP | BPF_JSET | BPF_K;
constexpr std::uint16_t kAnswer = BPF_RET | BPF_K;

constexpr std::uint32_t kNumber = offsetof(seccomp_data, nr);
constexpr std::uint32_t kArchitecture = offsetof(seccomp_data, arch);

/// A leaf compares this many numbers one by one at most; more would make calls wait longer than a tree does.
constexpr std::size_t kMaxExceptions = 3;

using Rows = std::span<const sock_filter>;

bool isCondition(const sock_filter& row) {
    return row.code == kIfEqual || row.code == kIfGreater || row.code == kIfAtLeast || row.code == kIfAnyBit;
}

/// Where it goes on after a row that gives no answer.
std::vector<std::size_t> successors(Rows rows, std::size_t at) {
    const sock_filter& row = rows[at];
    if (row.code == kJump) {
        return {at + 1 + std::size_t{row.k}};
    }
    if (isCondition(row)) {
        return {at + 1 + row.jt, at + 1 + row.jf};
    }
    return row.code == kAnswer ? std::vector<std::size_t>{} : std::vector<std::size_t>{at + 1};
}

/// Only rows of the kinds above, which leave no state but the accumulator, and no way out of the program.
bool isUnderstood(Rows rows) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const sock_filter& row = rows[at];
        const bool known = row.code == kLoad || row.code == kAnd || row.code == kJump ||
                           row.code == kAnswer || isCondition(row);
        const auto next = successors(rows, at);
        if (!known ||
            std::any_of(next.begin(), next.end(), [&](std::size_t n) { return n >= rows.size(); })) {
            return false;
        }
    }
    return !rows.empty();
}

/// What a call gets: an answer, or the arguments are looked at from a row on.
struct Outcome {
    bool isAnswer = false;
    std::uint32_t value = 0;  ///< the answer, or the row
    auto operator<=>(const Outcome&) const = default;
};

/// All values from `first` to the next range's have the same outcome. The first range begins at 0.
template <typename Result>
struct Range {
    std::uint32_t first = 0;
    Result outcome{};
    auto operator<=>(const Range&) const = default;
};
template <typename Result>
using Ranges = std::vector<Range<Result>>;

/// The values at which an outcome may change, 0 among them.
struct Boundaries {
    std::set<std::uint32_t> numbers{0};
    std::set<std::uint32_t> architectures{0};
};

/// Follow every path up to the first look at an argument. Nothing when something else is done with number and
/// architecture than to compare their size, or a comparison comes before the first load.
std::optional<Boundaries> findBoundaries(Rows rows) {
    enum class Loaded : std::uint8_t { Nothing, Number, Architecture };
    Boundaries found;
    std::set<std::pair<std::size_t, Loaded>> open{{0, Loaded::Nothing}};
    while (!open.empty()) {
        // Jumps lead forward, so nothing before this row is met again.
        const auto [at, loaded] = *open.begin();
        open.erase(open.begin());
        const sock_filter& row = rows[at];
        Loaded then = loaded;
        if (row.code == kLoad) {
            if (row.k != kNumber && row.k != kArchitecture) {
                continue;
            }
            then = row.k == kNumber ? Loaded::Number : Loaded::Architecture;
        } else if (row.code == kAnd || row.code == kIfAnyBit) {
            return std::nullopt;
        } else if (isCondition(row)) {
            if (loaded == Loaded::Nothing) {
                return std::nullopt;
            }
            auto& values = loaded == Loaded::Number ? found.numbers : found.architectures;
            values.insert(row.k);
            if (row.k != std::numeric_limits<std::uint32_t>::max()) {
                values.insert(row.k + 1);
            }
        }
        for (const std::size_t next : successors(rows, at)) {
            open.emplace(next, then);
        }
    }
    return found;
}

/// Run a program that findBoundaries() understands.
Outcome outcomeOf(Rows rows, std::uint32_t architecture, std::uint32_t number) {
    std::uint32_t loaded = 0;
    for (std::size_t at = 0;; ++at) {
        const sock_filter& row = rows[at];
        switch (row.code) {
        case kLoad:
            if (row.k != kNumber && row.k != kArchitecture) {
                return {false, static_cast<std::uint32_t>(at)};
            }
            loaded = row.k == kNumber ? number : architecture;
            break;
        case kJump:
            at += row.k;
            break;
        case kIfEqual:
            at += loaded == row.k ? row.jt : row.jf;
            break;
        case kIfGreater:
            at += loaded > row.k ? row.jt : row.jf;
            break;
        case kIfAtLeast:
            at += loaded >= row.k ? row.jt : row.jf;
            break;
        default:
            return {true, row.k};
        }
    }
}

/// Neighbours of the same outcome are one range.
template <typename Function>
auto rangesOf(const std::set<std::uint32_t>& boundaries, const Function& outcome) {
    Ranges<decltype(outcome(0))> ranges;
    for (const std::uint32_t first : boundaries) {
        auto result = outcome(first);
        if (ranges.empty() || ranges.back().outcome != result) {
            ranges.push_back({first, std::move(result)});
        }
    }
    return ranges;
}

/// Values with a common label, but for some that are compared one by one. `first`: as in Range.
struct Piece {
    std::uint32_t first = 0;
    std::size_t label = 0;
    Ranges<std::size_t> exceptions;
};

/// A range of one value is cheaper as an exception of what is around it: one comparison instead of two.
std::vector<Piece> piecesOf(const Ranges<std::size_t>& ranges) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < ranges.size();) {
        const auto isSingle = [&](std::size_t at) {
            return at + 1 < ranges.size() && ranges[at + 1].first - ranges[at].first == 1;
        };
        if (!pieces.empty() && isSingle(i) && ranges[i + 1].outcome == pieces.back().label) {
            if (pieces.back().exceptions.size() == kMaxExceptions) {
                pieces.push_back({ranges[i].first, ranges[i + 1].outcome, {}});
            }
            pieces.back().exceptions.push_back(ranges[i]);
            i += 2;
            continue;
        }
        pieces.push_back({ranges[i].first, ranges[i].outcome, {}});
        ++i;
    }
    return pieces;
}

/// Makes the rows from the last to the first. A label is a place in the program, or an answer, which gets a
/// row where one is in reach.
class Writer {
public:
    std::size_t answer(std::uint32_t value) {
        const auto [known, isNew] = m_answers.try_emplace(value, m_labels.size());
        if (isNew) {
            m_labels.push_back({std::nullopt, value});
        }
        return known->second;
    }
    std::size_t condition(std::uint16_t code, std::uint32_t value, std::size_t then, std::size_t otherwise) {
        // A row that is put in between for one of them moves the other one away.
        while (distance(then) > kReach || distance(otherwise) > kReach) {
            bringNear(distance(then) > kReach ? then : otherwise);
        }
        return push({code, static_cast<std::uint8_t>(distance(then)),
                     static_cast<std::uint8_t>(distance(otherwise)), value});
    }
    /// A row without a jump, and `next` after it.
    std::size_t before(std::size_t next, const sock_filter& row) {
        begin(next);
        return push(row);
    }
    /// Let the program go on, or begin, at `label`.
    void begin(std::size_t label) {
        if (distance(label) != 0) {
            bringNear(label);
        }
    }
    std::vector<sock_filter> rows() const { return {m_backwards.rbegin(), m_backwards.rend()}; }

private:
    struct Label {
        std::optional<std::size_t> place;     ///< in `m_backwards`
        std::optional<std::uint32_t> answer;  ///< what it is, if it is one
    };
    static constexpr std::size_t kReach = std::numeric_limits<std::uint8_t>::max();

    std::size_t push(const sock_filter& row) {
        m_backwards.push_back(row);
        m_labels.push_back({m_backwards.size() - 1, std::nullopt});
        return m_labels.size() - 1;
    }
    /// Rows between the next one to be made and the label.
    std::size_t distance(std::size_t label) const {
        const auto place = m_labels[label].place;
        return place ? m_backwards.size() - 1 - *place : std::numeric_limits<std::size_t>::max();
    }
    void bringNear(std::size_t label) {
        Label& which = m_labels[label];
        if (which.answer) {
            m_backwards.push_back({kAnswer, 0, 0, *which.answer});
        } else {
            m_backwards.push_back({kJump, 0, 0, static_cast<std::uint32_t>(distance(label))});
        }
        which.place = m_backwards.size() - 1;
    }

    std::vector<sock_filter> m_backwards;
    std::vector<Label> m_labels;
    std::map<std::uint32_t, std::size_t> m_answers;
};

/// The label of a balanced tree over the pieces. Exceptions are compared from the greatest on: among the
/// architectures that is the native one, as those of 64 bits have the highest bit set.
std::size_t writeTree(Writer& writer, std::span<const Piece> pieces) {
    if (pieces.size() > 1) {
        const std::size_t half = pieces.size() / 2;
        const std::size_t upper = writeTree(writer, pieces.subspan(half));
        const std::size_t lower = writeTree(writer, pieces.first(half));
        return writer.condition(kIfAtLeast, pieces[half].first, upper, lower);
    }
    std::size_t label = pieces.front().label;
    for (const auto& exception : pieces.front().exceptions) {
        label = writer.condition(kIfEqual, exception.first, exception.outcome, label);
    }
    return label;
}

/// The label of rows that load a word and lead each of its values to its label.
std::size_t writeChoice(Writer& writer, std::uint32_t word, const Ranges<std::size_t>& ranges) {
    if (ranges.size() == 1) {
        return ranges.front().outcome;
    }
    return writer.before(writeTree(writer, piecesOf(ranges)), {kLoad, 0, 0, word});
}

/// The rows that can be reached from the given ones, in their order; their labels by their old place.
std::map<std::size_t, std::size_t> copyReachable(Writer& writer, Rows rows, std::set<std::size_t> wanted) {
    for (auto at = wanted.begin(); at != wanted.end(); ++at) {  // what is added comes after `at`
        for (const std::size_t next : successors(rows, *at)) {
            wanted.insert(next);
        }
    }
    std::map<std::size_t, std::size_t> labels;
    for (auto at = wanted.rbegin(); at != wanted.rend(); ++at) {
        const sock_filter& row = rows[*at];
        const auto next = successors(rows, *at);
        if (row.code == kAnswer) {
            labels[*at] = writer.answer(row.k);
        } else if (row.code == kJump) {
            labels[*at] = labels.at(next[0]);
        } else if (isCondition(row)) {
            labels[*at] = writer.condition(row.code, row.k, labels.at(next[0]), labels.at(next[1]));
        } else {
            labels[*at] = writer.before(labels.at(next[0]), row);
        }
    }
    return labels;
}

/// The same ranges with the labels of their outcomes.
template <typename Result, typename Function>
Ranges<std::size_t> labelled(const Ranges<Result>& ranges, const Function& labelOf) {
    Ranges<std::size_t> labels;
    for (const auto& range : ranges) {
        labels.push_back({range.first, labelOf(range.outcome)});
    }
    return labels;
}

}  // namespace

std::vector<sock_filter> asRangeTree(std::span<const sock_filter> program) {
    const std::vector<sock_filter> unchanged(program.begin(), program.end());
    if (!isUnderstood(program)) {
        return unchanged;
    }
    const auto boundaries = findBoundaries(program);
    if (!boundaries) {
        return unchanged;
    }
    const auto architectures = rangesOf(boundaries->architectures, [&](std::uint32_t architecture) {
        return rangesOf(boundaries->numbers,
                        [&](std::uint32_t number) { return outcomeOf(program, architecture, number); });
    });
    std::set<std::size_t> entries;
    for (const auto& architecture : architectures) {
        for (const auto& range : architecture.outcome) {
            if (!range.outcome.isAnswer) {
                entries.insert(range.outcome.value);
            }
        }
    }
    Writer writer;
    const auto copied = copyReachable(writer, program, entries);
    const auto labelOf = [&](const Outcome& outcome) {
        return outcome.isAnswer ? writer.answer(outcome.value) : copied.at(outcome.value);
    };
    std::map<Ranges<Outcome>, std::size_t> tables;  // several architectures may have the same calls
    const auto tableOf = [&](const Ranges<Outcome>& numbers) {
        const auto known = tables.find(numbers);
        return known != tables.end()
                   ? known->second
                   : tables[numbers] = writeChoice(writer, kNumber, labelled(numbers, labelOf));
    };
    writer.begin(writeChoice(writer, kArchitecture, labelled(architectures, tableOf)));
    const auto smaller = writer.rows();
    return smaller.size() < program.size() ? smaller : unchanged;
}

}  // namespace coracle::seccomp
