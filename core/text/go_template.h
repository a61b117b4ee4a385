// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The language of `--format`. People and scripts pass templates of Go's text/template to docker and podman,
/// so this is an interpreter of that language over JSON values and not a field picker.
///
/// Theory of operation: go_template_lexer cuts the text into tokens, go_template_parser makes a tree of them
/// (go_template_ast), go_template_executor walks the tree with a value for the dot. All of the language is
/// known but complex numbers and `call`, which has nothing to call; the functions are Go's and docker's
/// (json, join, split, lower, upper, title, pad, truncate). Messages and the way values are printed are Go's,
/// because people search for the former and scripts read the latter; tests/data/formats holds what docker
/// itself answers.
///
/// A template is written by the person who runs the command, its data by strangers (labels of images). Data
/// is never parsed as a template. A template that loops without end is stopped by the limits below.
namespace coracle::text {

/// Longest template, in bytes, and deepest nesting that parse() accepts.
inline constexpr std::size_t kMaxTemplateBytes = 64U << 10U;
inline constexpr std::size_t kMaxTemplateDepth = 64;
/// Limits of render(): bytes of output, visited nodes, {{template}} within {{template}}.
inline constexpr std::size_t kMaxTemplateOutput = 64U << 20U;
inline constexpr std::size_t kMaxTemplateSteps = 4'000'000;
inline constexpr std::size_t kMaxTemplateCalls = 200;

/// What is known about the data besides its JSON text.
struct TemplateData {
    /// The zero value of each member that the data may leave out, in docker's Go types: an object is a
    /// struct, an object whose only member is "*" a map, an array of one element a slice, null a pointer. An
    /// empty array stands for what is not known. Borrowed; null: members are not known.
    const nlohmann::json* shape = nullptr;
    /// A member that is neither in the data nor in the shape is an error, as in docker, rather than
    /// "<no value>".
    bool missingIsError = true;
    /// For the message about it: the Go type of the data, "*formatter.ContainerContext".
    std::string_view typeName;
    /// Members of the data that take arguments: {{.Label "name"}}.
    std::map<std::string, std::function<std::string(const std::string&)>> methods;
    /// json, split, lower and others leave their argument as it is: for the heading of a table.
    bool heading = false;
};

struct TemplateTree;

/// A parsed template; may be rendered any number of times.
class GoTemplate {
public:
    /// Errors: InvalidArgument in Go's words: "template: :1: unclosed action".
    static Result<GoTemplate> parse(std::string_view text);

    /// The text for one value. Errors: InvalidArgument in Go's words: unknown field, wrong type for a
    /// function, index out of range, a limit.
    Result<std::string> render(const nlohmann::json& data, const TemplateData& about = {}) const;

    /// Whether the template asks for this member of its data, as far as can be seen without rendering it:
    /// {{.Size}}, or {{json .}}, which has all.
    bool mentions(std::string_view member) const;

private:
    explicit GoTemplate(std::shared_ptr<const TemplateTree> tree) : m_tree(std::move(tree)) {}
    std::shared_ptr<const TemplateTree> m_tree;  ///< shared by copies of the template; never changes
};

/// `--format` texts come from shells that leave \t and \n as two characters; docker unfolds them for lists.
std::string unescapeFormat(std::string_view format);

}  // namespace coracle::text
