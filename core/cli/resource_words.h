// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb_parser.h"
#include "core/types/resource_text.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::cli {

/// The options for limits, of a verb that does not parse with the table of `run`. They are those of that
/// table, and each value is read by its row.
class ResourceWords {
public:
    enum class Which : std::uint8_t {
        All,
        Updatable,  ///< those that a container which runs can be given
    };
    explicit ResourceWords(Which which);
    ResourceWords(const ResourceWords&) = delete;
    ResourceWords& operator=(const ResourceWords&) = delete;

    /// This object has to outlive the parsing.
    void addTo(VerbParser& parser);
    /// Whether any was given.
    bool given() const;
    /// Put what was given into `resources`. Errors: InvalidArgument naming the option.
    Result<types::ResourceSpec> applyTo(types::ResourceSpec resources) const;

private:
    struct Given {
        const types::ResourceOption* option = nullptr;
        std::optional<std::string> value;
    };
    std::vector<Given> m_given;
};

}  // namespace coracle::cli
