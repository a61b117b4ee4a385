// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/go_template.h"
#include "core/text/go_template_ast.h"

#include <string>

namespace coracle::text {

/// What the main template of `tree` prints for `data`. Errors: InvalidArgument in Go's words.
Result<std::string> executeTemplate(const TemplateTree& tree, const nlohmann::json& data,
                                    const TemplateData& about);

}  // namespace coracle::text
