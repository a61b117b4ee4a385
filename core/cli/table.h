// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"
#include "core/text/go_template.h"
#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace coracle::cli {

/// Columns by tabs, padded as docker pads: at least ten wide, three blanks between.
std::string alignColumns(const std::vector<std::vector<std::string>>& rows);

/// At most `columns` characters, an ellipsis for the rest.
std::string ellipsize(const std::string& text, std::size_t columns);

/// One list command's output. Rows are objects of strings: {"ID": "..", "Names": ".."}.
struct Listing {
    std::vector<std::pair<std::string, std::string>> columns;       ///< field, heading; what a table shows
    std::vector<std::pair<std::string, std::string>> moreHeadings;  ///< for `table` templates
    std::vector<nlohmann::json> rows;
    /// Of each row, for {{.Label "name"}}; empty: rows have none.
    std::vector<std::map<std::string, std::string>> labels;
    bool withoutHeading = false;    ///< a table begins with its first row, as with podman's --noheading
    std::string typeName;           ///< docker's, for messages: "*formatter.ContainerContext"
    std::string raw;                ///< what the format `raw` stands for
    std::string quiet = "{{.ID}}";  ///< what --quiet prints of each row
    std::string parseFault = "template parsing error: ";   ///< before a message about the template
    std::string renderFault = "template parsing error: ";  ///< before one about a row
};

/// How a listing is printed.
struct ListingStyle {
    bool quiet = false;     ///< ids only, when the format is none or `table`
    bool terminal = false;  ///< strings of others are made safe for a terminal
};

/// format: empty for the table, "json", "raw", "table TEMPLATE", or a template for each row.
/// Errors: InvalidArgument for a template, in docker's words.
Result<std::string> renderListing(const Listing& listing, const std::string& format,
                                  const ListingStyle& style = {});

/// The same, printed. The exit code.
int printListing(Console& console, const Listing& listing, const std::string& format, bool quiet = false);

/// Make each string of a document safe for a terminal (see text::escapeForTerminal).
nlohmann::json safeForTerminal(const nlohmann::json& document);

/// For `inspect` and `info`: a document by a template, without the line feed. "json" is not a template.
Result<std::string> renderDocument(const nlohmann::json& document, const text::GoTemplate& format,
                                   const text::TemplateData& about, const Console& console);

/// For verbs that print one document: "json" or a template. The exit code.
int printDocument(Console& console, const nlohmann::json& document, const std::string& format,
                  const text::TemplateData& about);

/// What docker answers to a template that cannot be parsed, where the document is one.
inline constexpr int kBadTemplate = 64;

}  // namespace coracle::cli
