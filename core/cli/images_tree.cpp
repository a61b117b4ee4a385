// SPDX-License-Identifier: Apache-2.0
#include "core/cli/images_tree.h"

#include "core/text/escape.h"
#include "core/text/units.h"

#include <algorithm>
#include <array>

namespace coracle::cli {
namespace {

constexpr std::size_t kGap = 3;
constexpr std::size_t kShortId = 12;
constexpr std::size_t kLeastNameWidth = 12;
constexpr std::size_t kDefaultWidth = 80;
constexpr const char* kUntagged = "<untagged>";
/// What stands in the column EXTRA, and its meaning.
constexpr const char* kInUse = "U";
constexpr const char* kLegend = "i Info →   U  In Use";

struct Column {
    std::string_view title;
    std::size_t width = 0;
    bool right = false;
};
constexpr std::array<Column, 4> kColumns{
    {{"ID", kShortId, false}, {"DISK USAGE", 10, true}, {"CONTENT SIZE", 12, true}, {"EXTRA", 5, false}}};

/// One line: what stands first, and the other columns.
struct Line {
    std::string name;
    std::array<std::string, kColumns.size()> values;
};

/// Characters, not bytes; all are one column wide but those of names, which are ASCII.
std::size_t widthOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::size_t own = widthOf(text);
    const std::string blanks(width > own ? width - own : 0, ' ');
    return right ? blanks + text : text + blanks;
}

std::string shortId(const std::string& digest) {
    return digest.substr(std::min(digest.find(':') + 1, digest.size()), kShortId);
}

/// Content is what came from the registry, compressed; the files of its layers are beside it. An archive that
/// is not kept takes no disk.
Line detailsOf(const types::ImageDetails& image) {
    std::uint64_t content = 0;
    std::uint64_t kept = 0;
    for (const types::ImageLayer& layer : image.layers) {
        content += layer.blobBytes;
        kept += layer.blobKept ? layer.blobBytes : 0;
    }
    return {"",
            {shortId(image.summary.id), text::humanSize(image.summary.sizeBytes + kept),
             text::humanSize(content), image.summary.usedBy.empty() ? "" : kInUse}};
}

Line platformLine(const types::ImagePlatform& platform, const Line& details, bool last) {
    Line line;
    line.name = (last ? "└─ " : "├─ ") + text::escapeForTerminal(platform.platform);
    line.values = details.values;
    if (!platform.available) {
        line.values = {"", text::humanSize(0), text::humanSize(0), ""};
    }
    line.values[0] = shortId(platform.manifestDigest);
    return line;
}

/// The lines of one image: names, of which the last and shortest has the details, then platforms.
std::vector<Line> linesOf(const types::ImageDetails& image) {
    std::vector<std::string> names = image.summary.references;
    std::stable_sort(names.begin(), names.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    if (names.empty()) {
        names.emplace_back(kUntagged);
    }
    const Line details = detailsOf(image);
    std::vector<Line> lines;
    for (const auto& name : names) {
        lines.push_back({text::escapeForTerminal(name), {}});
    }
    lines.back().values = details.values;
    for (const auto& platform : image.platforms) {
        lines.push_back(platformLine(platform, details, &platform == &image.platforms.back()));
    }
    return lines;
}

std::string printed(const Line& line, std::size_t nameWidth, std::size_t shown) {
    std::string text = padded(line.name, nameWidth, false);
    for (std::size_t i = 0; i < shown; ++i) {
        text += std::string(kGap, ' ') + padded(line.values[i], kColumns[i].width, kColumns[i].right);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

}  // namespace

std::string imagesTree(const std::vector<types::ImageDetails>& images, int columns) {
    std::vector<std::vector<Line>> blocks;
    std::size_t widest = std::string_view("IMAGE").size();
    for (const auto& image : images) {
        blocks.push_back(linesOf(image));
        for (const Line& line : blocks.back()) {
            widest = std::max(widest, widthOf(line.name));
        }
    }
    const std::size_t width = columns > 0 ? static_cast<std::size_t>(columns) : kDefaultWidth;
    std::size_t left = width;
    std::size_t shown = 0;
    while (shown < kColumns.size() && left >= kLeastNameWidth + kGap + kColumns[shown].width) {
        left -= kGap + kColumns[shown++].width;
    }
    const std::size_t nameWidth = std::min(widest, left);
    std::string text =
        std::string(width - std::min(width, widthOf(kLegend)), ' ') + std::string(kLegend) + "\n\n";
    Line heading{"IMAGE", {}};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        heading.values[i] = std::string(kColumns[i].title);
    }
    text += printed(heading, nameWidth, shown);
    for (const auto& block : blocks) {
        text += &block == &blocks.front() ? "" : "\n";
        for (const Line& line : block) {
            text += printed(line, nameWidth, shown);
        }
    }
    return text;
}

}  // namespace coracle::cli
