// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"

#include "core/text/escape.h"
#include "core/text/go_template.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

using nlohmann::json;
using Row = std::vector<std::string>;

/// docker's (its tabwriter's minimum width and padding), so that columns stand where scripts that cut by
/// position expect them.
constexpr std::size_t kMinimumWidth = 10;
constexpr std::size_t kGap = 3;

/// Code points; good enough for names and numbers.
std::size_t widthOf(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Row splitTabs(const std::string& line) {
    Row cells(1);
    for (const char c : line) {
        if (c == '\t') {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

/// The template is rendered once more with the headings as data, which gives the title row; a template
/// that does arithmetic on its fields fails there and has no titles, as docker's.
Result<std::string> renderTable(const Listing& listing, const std::string& text) {
    TRY_ASSIGN(const auto compiled, text::GoTemplate::parse(text));
    json headings = json::object();
    for (const auto* list : {&listing.columns, &listing.moreHeadings}) {
        for (const auto& [field, heading] : *list) {
            headings[field] = heading;
        }
    }
    for (const auto& row : listing.rows) {
        for (const auto& item : row.items()) {
            if (!headings.contains(item.key())) {
                headings[item.key()] = item.key();
            }
        }
    }
    std::vector<Row> rows;
    if (auto heading = compiled.render(headings)) {
        rows.push_back(splitTabs(*heading));
    }
    for (const auto& data : listing.rows) {
        TRY_ASSIGN(const auto line, compiled.render(data));
        rows.push_back(splitTabs(line));
    }
    return alignColumns(rows);
}

}  // namespace

std::string ellipsize(const std::string& text, std::size_t columns) {
    if (widthOf(text) <= columns) {
        return text;
    }
    std::string result;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && ++taken == columns) {
            break;
        }
        result += text[i];
    }
    return result + "\u2026";
}

/// Cells are names, labels and commands of strangers: escaping comes first, so that the width counts what
/// is shown.
std::string alignColumns(const std::vector<Row>& given) {
    std::vector<Row> rows = given;
    std::vector<std::size_t> widths;
    for (auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), kMinimumWidth);
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = text::escapeForTerminal(row[i]);
            widths[i] = std::max(widths[i], widthOf(row[i]) + kGap);
        }
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) {
                text += std::string(widths[i] - widthOf(row[i]), ' ');
            }
        }
        text += "\n";
    }
    return text;
}

Result<std::string> renderListing(const Listing& listing, const std::string& format) {
    if (format.empty() || format == "table") {
        std::vector<Row> rows(1);
        for (const auto& column : listing.columns) {
            rows[0].push_back(column.second);
        }
        for (const auto& data : listing.rows) {
            Row row;
            for (const auto& column : listing.columns) {
                row.push_back(data.value(column.first, ""));
            }
            rows.push_back(std::move(row));
        }
        return alignColumns(rows);
    }
    const std::string text = text::unescapeFormat(format == "json" ? "{{json .}}" : format);
    if (text.rfind("table ", 0) == 0) {
        return renderTable(listing, text.substr(6));
    }
    TRY_ASSIGN(const auto compiled, text::GoTemplate::parse(text));
    std::string out;
    for (const auto& row : listing.rows) {
        TRY_ASSIGN(const auto line, compiled.render(row));
        out += text::escapeForTerminal(line) + "\n";
    }
    return out;
}

Result<std::string> renderDocuments(const std::vector<json>& documents, const std::string& format) {
    if (format.empty()) {
        return coracle::json::toText(json(documents), 4) + "\n";
    }
    const std::string text = text::unescapeFormat(format == "json" ? "{{json .}}" : format);
    TRY_ASSIGN(const auto compiled, text::GoTemplate::parse(text));
    std::string out;
    for (const auto& document : documents) {
        TRY_ASSIGN(const auto line, compiled.render(document));
        out += line + "\n";
    }
    return out;
}

}  // namespace coracle::cli
