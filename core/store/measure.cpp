// SPDX-License-Identifier: Apache-2.0
#include "core/store/measure.h"

#include "core/store/context.h"
#include "core/store/helper_protocol.h"

#include <algorithm>

namespace coracle::store {
namespace {

/// For one helper: it opens a folder for each.
constexpr std::size_t kPathsAtOnce = 200;

}  // namespace

Result<std::vector<std::uint64_t>> measureTrees(const StoreContext& context,
                                                const std::vector<std::string>& paths,
                                                const std::stop_token& stop) {
    std::vector<std::uint64_t> sizes;
    for (std::size_t start = 0; start < paths.size(); start += kPathsAtOnce) {
        const std::size_t end = std::min(start + kPathsAtOnce, paths.size());
        std::vector<std::string> words{"measure"};
        words.insert(words.end(), paths.begin() + static_cast<std::ptrdiff_t>(start),
                     paths.begin() + static_cast<std::ptrdiff_t>(end));
        if (words.size() == 2) {
            words.push_back(words.back());  // of one alone, a missing path is an error
        }
        TRY_ASSIGN(const std::string lines, runHelper(context, words, stop));
        std::size_t at = 0;
        for (std::size_t i = start; i < end; ++i) {
            const std::size_t next = std::min(lines.find('\n', at), lines.size());
            TRY_ASSIGN(const MeasuredTree tree, parseMeasuredTree(lines.substr(at, next - at)));
            sizes.push_back(tree.bytes);
            at = std::min(next + 1, lines.size());
        }
    }
    return sizes;
}

}  // namespace coracle::store
