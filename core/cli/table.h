// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace coracle::cli {

/// Columns by tabs, padded as docker pads: at least ten wide, three blanks between. Cells are made safe for a
/// terminal.
std::string alignColumns(const std::vector<std::vector<std::string>>& rows);

/// At most `columns` characters, an ellipsis for the rest.
std::string ellipsize(const std::string& text, std::size_t columns);

/// One list command's output. Rows are objects of strings: {"ID": "..", "Names": ".."}.
struct Listing {
    std::vector<std::pair<std::string, std::string>> columns;       ///< field, heading; what a table shows
    std::vector<std::pair<std::string, std::string>> moreHeadings;  ///< for `table` templates
    std::vector<nlohmann::json> rows;
};

/// format: empty for the table, "json", "table TEMPLATE", or a template for each row.
/// Errors: InvalidArgument for a template.
Result<std::string> renderListing(const Listing& listing, const std::string& format);

/// For `inspect`: empty prints the documents as one list, else the template for each. A template's result
/// is printed as it is, since scripts compare it; JSON escapes control characters by itself. Errors:
/// InvalidArgument for a template.
Result<std::string> renderDocuments(const std::vector<nlohmann::json>& documents, const std::string& format);

}  // namespace coracle::cli
