// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/go_template_value.h"
#include "rootless/sys/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::text {

/// What a function of the template language takes as an argument.
enum class TemplateParameter : std::uint8_t { Any, Text, TextList, Integer };

/// One function. `call` gets arguments that fit `parameters`; the last parameter of a variadic function
/// stands for any number of them. Its error is what Go's function returns, without "error calling".
struct TemplateFunction {
    using Arguments = std::span<const TemplateValue>;
    std::string_view name;
    std::array<TemplateParameter, 3> parameters;
    std::size_t count;
    bool variadic;
    Result<TemplateValue> (*call)(TemplateArena& arena, Arguments arguments);
};

/// Go's and docker's; null for an unknown name. `and` and `or` are known to the executor only, since they do
/// not evaluate what they do not need.
const TemplateFunction* findTemplateFunction(std::string_view name);

/// Whether a template may call it.
bool isTemplateFunction(std::string_view name);

/// The parts of the table: Go's, in go_template_builtins.cpp, and docker's.
std::span<const TemplateFunction> templateBuiltins();
std::span<const TemplateFunction> dockerTemplateFunctions();

/// Go's fmt.Sprintf.
std::string printFormatted(std::string_view format, TemplateFunction::Arguments arguments);

/// Go's fmt.Sprint and Sprintln.
std::string printAll(TemplateFunction::Arguments arguments, bool line);

}  // namespace coracle::text
