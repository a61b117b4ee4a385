// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/units.h"

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortId = 12;

std::string shortId(const std::string& digest) {
    return digest.substr(std::min(digest.find(':') + 1, digest.size()), kShortId);
}

std::string namesOf(const types::ImageSummary& image) {
    std::string text;
    for (const auto& name : image.references) {
        text += (text.empty() ? "" : " ") + name;
    }
    return "[" + text::escapeForTerminal(text) + "]";
}

/// Whether `layers` begin with the first `count` of `base`.
bool sharesLayers(const std::vector<types::ImageLayer>& layers, const std::vector<types::ImageLayer>& base,
                  std::size_t count) {
    return layers.size() >= count &&
           std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(count), layers.begin(),
                      [](const auto& a, const auto& b) { return a.diffId == b.diffId; });
}

/// One line a layer, from the base upward, with the images whose top layer it is.
std::string treeOf(const types::ImageDetails& image, const std::vector<types::ImageDetails>& all) {
    std::string text = "Image ID: " + shortId(image.summary.id) + "\n";
    text += "Tags:     " + namesOf(image.summary) + "\n";
    text += "Size:     " + text::humanSize(image.summary.sizeBytes) + "\n";
    text += image.layers.empty() ? "No image layers\n" : "Image Layers\n";
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const bool last = i + 1 == image.layers.size();
        text += (last ? "└── " : "├── ") + std::string("ID: ") + shortId(image.layers[i].diffId) +
                " Size: " + text::humanSize(image.layers[i].unpackedBytes);
        for (const auto& other : all) {
            if (other.layers.size() == i + 1 && sharesLayers(other.layers, image.layers, i + 1)) {
                text += " Top Layer of: " + namesOf(other.summary);
            }
        }
        text += "\n";
    }
    return text;
}

/// The images that are based on it, each with the layers it adds.
std::string dependantsOf(const types::ImageDetails& image, const std::vector<types::ImageDetails>& all) {
    std::string text;
    for (const auto& other : all) {
        const std::size_t count = image.layers.size();
        if (other.layers.size() > count && sharesLayers(other.layers, image.layers, count)) {
            text += "    " + shortId(other.summary.id) + " " + namesOf(other.summary) + " adds " +
                    std::to_string(other.layers.size() - count) + " layers\n";
        }
    }
    return text.empty() ? text : "Required by\n" + text;
}

}  // namespace

int cmdImageTree(Context& context, const std::string& name, const Words& arguments) {
    bool required = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE", "Show the layers of an image and who shares them");
    parser.flag("--whatrequires", required, "Also show the images that are based on it").words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto image = engine.images().inspect(names[0]);
    if (!image) {
        return reportError(context.console(), image.error(), 1);
    }
    const auto summaries = engine.images().list();
    if (!summaries) {
        return reportError(context.console(), summaries.error());
    }
    std::vector<types::ImageDetails> all;
    for (const auto& summary : *summaries) {
        auto details = engine.images().inspect(summary.id);
        if (details) {  // a damaged image has no place in another one's tree
            all.push_back(*std::move(details));
        }
    }
    context.console().out(treeOf(*image, all) + (required ? dependantsOf(*image, all) : ""));
    return 0;
}

}  // namespace coracle::cli
