// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"

#include "core/text/escape.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

using nlohmann::json;
using Row = std::vector<std::string>;

constexpr std::size_t kMinimumWidth = 10;
constexpr std::size_t kGap = 3;
constexpr std::string_view kTable = "table";

/// Code points; good enough for names and numbers.
std::size_t widthOf(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The cells of each line of `text`.
std::vector<Row> cellsOf(const std::string& text) {
    std::vector<Row> rows;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        Row cells(1);
        for (const char c : text.substr(start, end - start)) {
            if (c == '\t') {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        rows.push_back(std::move(cells));
        start = end + 1;
    }
    return rows;
}

std::string trimBlanks(const std::string& text) {
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Docker's heading of {{.Label "com.example.build-date"}}: "build date".
std::string labelHeading(const std::string& name) {
    std::string heading = name.substr(name.rfind('.') + 1);
    std::replace_if(
        heading.begin(), heading.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
    return heading;
}

Error withPrefix(const std::string& prefix, const Error& error) {
    return {ErrorKind::InvalidArgument, prefix + std::string(error.message())};
}

Result<std::string> renderRow(const Listing& listing, std::size_t row, const text::GoTemplate& format,
                              bool terminal) {
    text::TemplateData about;
    about.typeName = listing.typeName;
    if (row < listing.labels.size()) {
        about.methods["Label"] = [&listing, row, terminal](const std::string& name) {
            const auto found = listing.labels[row].find(name);
            const std::string value = found == listing.labels[row].end() ? "" : found->second;
            return terminal ? text::escapeForTerminal(value) : value;
        };
    }
    const json& data = listing.rows[row];
    auto text = format.render(terminal ? safeForTerminal(data) : data, about);
    if (!text) {
        return withPrefix(listing.renderFault, text.error());
    }
    return text;
}

/// A heading that cannot be made is left empty from there on, as in docker.
std::string renderHeading(const Listing& listing, const text::GoTemplate& format) {
    json headings = json::object();
    for (const auto* list : {&listing.columns, &listing.moreHeadings}) {
        for (const auto& [field, heading] : *list) {
            headings[field] = heading;
        }
    }
    text::TemplateData about;
    about.heading = true;
    about.missingIsError = false;
    about.methods["Label"] = labelHeading;
    auto text = format.render(headings, about);
    return text ? *std::move(text) : std::string();
}

/// Columns are as wide as the headings, also without them.
std::string belowHeading(const Listing& listing, std::string text) {
    return listing.withoutHeading ? text.substr(text.find('\n') + 1) : text;
}

Result<std::string> renderTable(const Listing& listing, const std::string& text, bool terminal) {
    auto format = text::GoTemplate::parse(text);
    if (!format) {
        return withPrefix(listing.parseFault, format.error());
    }
    std::string rows;
    for (std::size_t i = 0; i < listing.rows.size(); ++i) {
        TRY_ASSIGN(const std::string row, renderRow(listing, i, *format, terminal));
        rows += row + "\n";
    }
    return belowHeading(listing, alignColumns(cellsOf(renderHeading(listing, *format) + "\n" + rows)));
}

/// The table that is shown when nothing else is asked for; no template is needed for it.
std::string renderColumns(const Listing& listing, bool terminal) {
    std::vector<Row> rows(1);
    for (const auto& column : listing.columns) {
        rows[0].push_back(column.second);
    }
    for (const auto& data : listing.rows) {
        Row row;
        for (const auto& column : listing.columns) {
            const std::string cell = data.value(column.first, "");
            row.push_back(terminal ? text::escapeForTerminal(cell) : cell);
        }
        rows.push_back(std::move(row));
    }
    return belowHeading(listing, alignColumns(rows));
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

std::string alignColumns(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), kMinimumWidth);
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            widths[i] = std::max(widths[i], widthOf(row[i]) + kGap);
        }
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) {
                text.append(widths[i] - widthOf(row[i]), ' ');
            }
        }
        text += "\n";
    }
    return text;
}

Result<std::string> renderListing(const Listing& listing, const std::string& format,
                                  const ListingStyle& style) {
    const bool plain = format.empty() || format == kTable;
    if (plain && !style.quiet) {
        return renderColumns(listing, style.terminal);
    }
    if (!plain && format.starts_with(kTable)) {
        const std::string text = trimBlanks(format.substr(kTable.size()));
        return renderTable(listing, text::unescapeFormat(text), style.terminal);
    }
    const std::string text = plain              ? listing.quiet
                             : format == "json" ? "{{json .}}"
                             : format == "raw"  ? listing.raw
                                                : format;
    auto compiled = text::GoTemplate::parse(text::unescapeFormat(trimBlanks(text)));
    if (!compiled) {
        return withPrefix(listing.parseFault, compiled.error());
    }
    std::string out;
    for (std::size_t i = 0; i < listing.rows.size(); ++i) {
        TRY_ASSIGN(const std::string row, renderRow(listing, i, *compiled, style.terminal));
        out += row + "\n";
    }
    return out;
}

int printListing(Console& console, const Listing& listing, const std::string& format, bool quiet) {
    const auto text = renderListing(listing, format, {quiet, console.outIsTerminal()});
    if (!text) {
        return reportError(console, text.error(), 1);
    }
    console.out(*text);
    return 0;
}

json safeForTerminal(const json& document) {
    if (document.is_string()) {
        return text::escapeForTerminal(document.get_ref<const std::string&>());
    }
    if (!document.is_structured()) {
        return document;
    }
    json safe = document.is_array() ? json::array() : json::object();
    for (auto item = document.begin(); item != document.end(); ++item) {
        if (document.is_array()) {
            safe.push_back(safeForTerminal(*item));
        } else {
            safe[text::escapeForTerminal(item.key())] = safeForTerminal(*item);
        }
    }
    return safe;
}

Result<std::string> renderDocument(const json& document, const text::GoTemplate& format,
                                   const text::TemplateData& about, const Console& console) {
    return format.render(console.outIsTerminal() ? safeForTerminal(document) : document, about);
}

int printDocument(Console& console, const json& document, const std::string& format,
                  const text::TemplateData& about) {
    const auto compiled = text::GoTemplate::parse(format == "json" ? "{{json .}}" : format);
    if (!compiled) {
        return reportError(console, withPrefix("template parsing error: ", compiled.error()), kBadTemplate);
    }
    const auto text = renderDocument(document, *compiled, about, console);
    console.out(text ? *text + "\n" : "\n");
    return text ? 0 : reportError(console, text.error(), 1);
}

}  // namespace coracle::cli
