// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"

#include <nlohmann/json.hpp>

namespace coracle::cli {
namespace {

/// docker's contexts name daemons. There is none here, so there is one context, and scripts that choose it
/// find it chosen.
constexpr const char* kOnly = "default";

}  // namespace

int cmdContextLs(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "List contexts");
    parser.option("-f,--format", format, "string", kFormatHelp)
        .flag("-q,--quiet", quiet, "Only show context names")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Listing listing;
    listing.typeName = "*formatter.clientContextContext";
    listing.columns = {{"Shown", "NAME"},
                       {"Description", "DESCRIPTION"},
                       {"DockerEndpoint", "DOCKER ENDPOINT"},
                       {"Error", "ERROR"}};
    listing.moreHeadings = {{"Name", "NAME"}, {"Current", "CURRENT"}};
    listing.quiet = "{{.Name}}";
    const bool table = format.empty() || format == "table";
    listing.rows.push_back({{"Name", kOnly},
                            {"Description", "Containers of this user"},
                            {"DockerEndpoint", ""},
                            {"Current", true},
                            {"Error", ""}});
    if (table) {
        listing.rows.back()["Shown"] = std::string(kOnly) + " *";
    }
    return printListing(context.console(), listing, format, quiet);
}

int cmdContextUse(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    VerbParser parser(name, "CONTEXT", "Set the current context");
    parser.words(words, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (words[0] != kOnly) {
        return reportError(context.console(),
                           Error(ErrorKind::NotFound, "context \"" + words[0] + "\" does not exist")
                               .withHint("there is no daemon to choose; the only context is 'default'"),
                           1);
    }
    context.console().out(words[0] + "\n");
    context.console().err("Current context is now \"" + words[0] + "\"\n");
    return 0;
}

int cmdContextShow(Context& context, const std::string& name, const Words& arguments) {
    Words none;
    VerbParser parser(name, "", "Print the name of the current context");
    parser.words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    context.console().out(std::string(kOnly) + "\n");
    return 0;
}

}  // namespace coracle::cli
