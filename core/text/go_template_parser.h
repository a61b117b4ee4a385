// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/go_template_ast.h"
#include "rootless/sys/result.h"

#include <memory>
#include <string_view>

namespace coracle::text {

/// Errors: InvalidArgument in Go's words.
Result<std::shared_ptr<const TemplateTree>> parseTemplate(std::string_view text);

/// The value of a number as it is written: 0x10, 1_000, 1.5e3. Errors: InvalidArgument.
Result<nlohmann::json> parseTemplateNumber(std::string_view text);

/// The inside of a quoted string or character constant, with Go's escapes unfolded.
/// Errors: InvalidArgument.
Result<std::string> unquoteTemplateText(std::string_view quoted);

}  // namespace coracle::text
