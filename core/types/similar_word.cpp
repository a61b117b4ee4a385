// SPDX-License-Identifier: Apache-2.0
#include "core/types/similar_word.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace coracle::types {
namespace {

/// Number of single-letter edits between two words. Source: Levenshtein, two-row form.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string_view> similarWord(std::string_view word,
                                            std::span<const std::string_view> candidates) {
    constexpr std::size_t kLongest = 64;
    if (word.size() < 2 || word.size() > kLongest) {
        return std::nullopt;
    }
    constexpr std::size_t kShort = 3;  // two edits make any such word of any other
    std::optional<std::string_view> best;
    std::size_t bestDistance = word.size() <= kShort ? 2 : std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance && distance < candidate.size()) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

}  // namespace coracle::types
