// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::cli {
namespace {

using nlohmann::json;

Result<json> parse(const std::string& text) {
    return coracle::json::parse(text);
}

Result<json> inspectContainer(engine::Engine& engine, const std::string& name) {
    TRY_ASSIGN(const auto details, engine.containers().inspect(name));
    return parse(details.inspectJson);
}

Result<json> inspectImage(engine::Engine& engine, const std::string& name) {
    TRY_ASSIGN(const auto details, engine.images().inspect(name));
    return parse(details.inspectJson);
}

Result<json> inspectVolume(engine::Engine& engine, const std::string& name) {
    TRY_ASSIGN(const auto volume, engine.volumes().inspect(name));
    return json{{"Name", volume.name},
                {"Driver", "local"},
                {"Mountpoint", volume.mountpoint},
                {"Labels", volume.labels},
                {"Scope", "local"}};
}

/// docker's order when no type is given.
Result<json> inspectAny(engine::Engine& engine, const std::string& name) {
    for (auto* inspect : {inspectContainer, inspectImage, inspectVolume}) {
        auto document = inspect(engine, name);
        const bool absent = !document && (document.error().kind() == ErrorKind::NotFound ||
                                          document.error().kind() == ErrorKind::InvalidArgument);
        if (!absent) {
            return document;
        }
    }
    return Error(ErrorKind::NotFound, "no container, image or volume '" + name + "'");
}

using Inspect = Result<json> (*)(engine::Engine&, const std::string&);

/// Goes on after a name that is none and prints what was found, with 1 at the end.
int inspectAll(Context& context, const std::string& name, const Words& arguments, const char* summary,
               Inspect inspect) {
    std::string format;
    std::string type;
    bool size = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] NAME|ID [NAME|ID...]", summary);
    parser.option("-f,--format", format, "TEMPLATE", "json or a Go template")
        .option("--type", type, "TYPE", "container, image or volume")
        .flag("-s,--size", size, "Accepted; sizes are always shown where they are known")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (type == "container") {
        inspect = inspectContainer;
    } else if (type == "image") {
        inspect = inspectImage;
    } else if (type == "volume") {
        inspect = inspectVolume;
    } else if (!type.empty()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "there is no type '" + type + "'"), 1);
    }
    CORACLE_CLI_ENGINE(engine, context);
    std::vector<json> documents;
    int code = 0;
    for (const auto& each : names) {
        auto document = inspect(engine, each);
        if (document) {
            documents.push_back(*std::move(document));
        } else {
            code = reportError(context.console(), document.error(), 1);
        }
    }
    const auto text = renderDocuments(documents, format);
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    context.console().out(*text);
    return code;
}

}  // namespace

int cmdInspect(Context& context, const std::string& name, const Words& arguments) {
    return inspectAll(context, name, arguments, "Show everything known about containers, images or volumes",
                      inspectAny);
}

int cmdContainerInspect(Context& context, const std::string& name, const Words& arguments) {
    return inspectAll(context, name, arguments, "Show everything known about containers", inspectContainer);
}

int cmdImageInspect(Context& context, const std::string& name, const Words& arguments) {
    return inspectAll(context, name, arguments, "Show everything known about images", inspectImage);
}

int cmdVolumeInspect(Context& context, const std::string& name, const Words& arguments) {
    return inspectAll(context, name, arguments, "Show everything known about volumes", inspectVolume);
}

}  // namespace coracle::cli
