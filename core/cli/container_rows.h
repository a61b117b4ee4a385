// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/table.h"
#include "core/types/container.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What `ps` shows of a container and what its --filter understands. Pure but for the clock.
/// Source: docker cli, formatter.ContainerContext; moby, daemon/list.go.
namespace coracle::cli {

/// Columns, headings and messages of `ps`, without rows.
Listing containerListing(bool withSize);

/// The id as lists show it: whole, or docker's twelve digits.
std::string shownId(const types::ContainerSummary& summary, bool full);

/// Add a row. full: nothing is shortened. size: none when it was not measured.
void addContainerRow(Listing& listing, const types::ContainerSummary& summary, bool full,
                     const std::optional<types::ContainerSize>& size);

/// The table that `ps` prints when no format is asked for: what renderListing() makes of containerListing(),
/// without a document for each row.
class ContainerTable {
public:
    struct TableStyle {
        bool full = false;       ///< nothing is shortened
        bool withSize = false;   ///< with the column of sizes
        bool noHeading = false;  ///< columns are as wide as the headings all the same
        bool terminal = false;   ///< strings of others are made safe for a terminal
    };
    explicit ContainerTable(const TableStyle& style);

    /// size: none when it was not measured.
    void add(const types::ContainerSummary& summary, const std::optional<types::ContainerSize>& size);
    std::string text() const;

private:
    TableStyle m_style;
    std::vector<std::vector<std::string>> m_rows;  ///< the headings first
};

/// "0.0.0.0:8080->80/tcp, 127.0.0.1:9000-9002->9000-9002/udp, 443/tcp": published and exposed ports, those
/// that follow each other together.
std::string portsText(const types::ContainerSummary& summary);

/// "Up 5 minutes", "Exited (1) 2 hours ago".
std::string statusText(const types::ContainerSummary& summary);

using ContainerFilters = std::vector<std::pair<std::string, std::string>>;

/// Whether a filter asks for containers that do not run, too.
bool asksForAll(const ContainerFilters& filters);

/// Those that pass. docker: values of one key are alternatives, keys must all hold; labels must all hold.
/// Errors: InvalidArgument for an unknown key or value, NotFound for the container of before and since.
Result<std::vector<types::ContainerSummary>> filterContainers(std::vector<types::ContainerSummary> containers,
                                                              const ContainerFilters& filters);

}  // namespace coracle::cli
