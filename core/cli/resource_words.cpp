// SPDX-License-Identifier: Apache-2.0
#include "core/cli/resource_words.h"

#include <algorithm>

namespace coracle::cli {
namespace {

std::string spellings(const types::ResourceOption& option) {
    const std::string name = "--" + std::string(option.name);
    return option.shortName == 0 ? name : std::string("-") + option.shortName + "," + name;
}

}  // namespace

ResourceWords::ResourceWords(Which which) {
    for (const auto& option : types::resourceOptions()) {
        if (which == Which::All || option.updatable) {
            m_given.push_back({&option, std::nullopt});
        }
    }
}

void ResourceWords::addTo(VerbParser& parser) {
    for (Given& entry : m_given) {
        parser.option(spellings(*entry.option), entry.value, std::string(entry.option->placeholder),
                      std::string(entry.option->help));
    }
}

bool ResourceWords::given() const {
    return std::any_of(m_given.begin(), m_given.end(),
                       [](const Given& entry) { return entry.value.has_value(); });
}

Result<types::ResourceSpec> ResourceWords::applyTo(types::ResourceSpec resources) const {
    for (const Given& entry : m_given) {
        if (!entry.value) {
            continue;
        }
        auto applied = entry.option->apply(resources, *entry.value);
        if (!applied) {
            return std::move(applied).error().context("option '--" + std::string(entry.option->name) + "'");
        }
    }
    return resources;
}

}  // namespace coracle::cli
