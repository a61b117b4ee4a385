// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/inspect_shape.h"
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/time.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>

namespace coracle::cli {
namespace {

using nlohmann::json;

/// One object and what docker knows about its kind.
struct Inspected {
    json document;
    const json& (*shape)() = nullptr;
};

struct InspectWords {
    std::string format;
    std::string type;
    bool size = false;
    bool latest = false;
    Words names;
    /// What is inspected when no names have to be given; empty: `names`, at least one.
    std::function<Result<Words>(engine::Engine& engine, const Words& names)> choose;
};

Result<Inspected> inspectContainer(engine::Engine& engine, const std::string& name, bool size) {
    TRY_ASSIGN(const auto details, engine.containers().inspect(name));
    TRY_ASSIGN(auto document, coracle::json::parse(details.inspectJson));
    if (size) {
        const Interrupt interrupt;
        TRY_ASSIGN(const auto measured, engine.containers().measure(details.summary.id, interrupt.token()));
        document["SizeRw"] = measured.changedBytes;
        document["SizeRootFs"] = measured.changedBytes + measured.imageBytes;
    }
    return Inspected{std::move(document), containerShape};
}

Result<Inspected> inspectImage(engine::Engine& engine, const std::string& name, bool /*size*/) {
    TRY_ASSIGN(const auto details, engine.images().inspect(name));
    TRY_ASSIGN(auto document, coracle::json::parse(details.inspectJson));
    return Inspected{std::move(document), imageShape};
}

/// With the size comes docker's UsageData, and who uses it, which docker does not say.
Result<Inspected> inspectVolume(engine::Engine& engine, const std::string& name, bool size) {
    TRY_ASSIGN(const auto volume, engine.volumes().inspect(name));
    json document{{"Name", volume.name},
                  {"Driver", "local"},
                  {"Mountpoint", volume.mountpoint},
                  {"CreatedAt", text::formatTime(volume.createdAt)},
                  {"Labels", volume.labels.empty() ? json() : json(volume.labels)},
                  {"Options", volume.options.empty() ? json() : json(volume.options)},
                  {"Scope", "local"}};
    if (size) {
        const Interrupt interrupt;
        TRY_ASSIGN(const auto bytes, engine.volumes().measure(volume.name, interrupt.token()));
        document["UsageData"] = {{"Size", bytes}, {"RefCount", volume.usedBy.size()}};
        document["UsedBy"] = volume.usedBy;
    }
    return Inspected{std::move(document), volumeShape};
}

/// docker's order when no type is given.
Result<Inspected> inspectAny(engine::Engine& engine, const std::string& name, bool size) {
    for (auto* inspect : {inspectContainer, inspectImage, inspectVolume}) {
        auto inspected = inspect(engine, name, size);
        const bool absent = !inspected && (inspected.error().kind() == ErrorKind::NotFound ||
                                           inspected.error().kind() == ErrorKind::InvalidArgument);
        if (!absent) {
            return inspected;
        }
    }
    return Error(ErrorKind::NotFound, "no such object: " + name)
        .withHint("there is no container, image or volume of this name");
}

using Inspect = Result<Inspected> (*)(engine::Engine&, const std::string&, bool);

Result<Inspect> chooseKind(const std::string& type, Inspect otherwise) {
    if (type == "container") {
        return inspectContainer;
    }
    if (type == "image") {
        return inspectImage;
    }
    if (type == "volume") {
        return inspectVolume;
    }
    if (!type.empty()) {
        return Error(ErrorKind::InvalidArgument, "\"" + type + "\" is not a valid value for --type")
            .withHint("types are container, image and volume");
    }
    return otherwise;
}

/// What is found is printed, by the template or as one list; what is not found is told after it.
class Report {
public:
    Report(Console& console, const InspectWords& words, const text::GoTemplate* format)
        : m_console(console), m_words(words), m_format(format) {}

    void add(Result<Inspected> inspected) {
        if (!inspected) {
            m_errors.push_back(std::move(inspected).error());
            return;
        }
        if (m_format == nullptr) {
            m_documents.push_back(std::move(inspected->document));
            return;
        }
        text::TemplateData about;
        about.shape = &inspected->shape();
        auto line = renderDocument(inspected->document, *m_format, about, m_console);
        if (line) {
            m_text += *line + "\n";
        } else {
            m_errors.emplace_back(ErrorKind::InvalidArgument,
                                  "template parsing error: " + std::string(line.error().message()));
        }
    }

    int print() {
        if (m_format != nullptr) {
            m_console.out(m_text.empty() ? "\n" : m_text);
        } else {
            constexpr int kIndent = 4;
            const json& shown = m_console.outIsTerminal() ? safeForTerminal(m_documents) : m_documents;
            m_console.out(coracle::json::toText(shown, m_words.format == "json" ? -1 : kIndent) + "\n");
        }
        int code = 0;
        for (const Error& error : m_errors) {
            code = reportError(m_console, error, 1);
        }
        return code;
    }

private:
    Console& m_console;
    const InspectWords& m_words;
    const text::GoTemplate* m_format;
    json m_documents = json::array();
    std::string m_text;
    std::vector<Error> m_errors;
};

int inspectAll(Context& context, VerbParser& parser, InspectWords& words, const Words& arguments,
               Inspect inspect) {
    parser.option("-f,--format", words.format, "string", kDocumentFormatHelp)
        .words(words.names, words.choose ? 0 : 1, kAnyNumber)
        .fewerWords([&] { return words.latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto kind = chooseKind(words.type, inspect);
    if (!kind) {
        return reportError(context.console(), kind.error(), 1);
    }
    std::optional<text::GoTemplate> format;
    if (!words.format.empty() && words.format != "json") {
        auto compiled = text::GoTemplate::parse(words.format);
        if (!compiled) {
            return reportError(context.console(),
                               Error(ErrorKind::InvalidArgument,
                                     "template parsing error: " + std::string(compiled.error().message())),
                               kBadTemplate);
        }
        format = *std::move(compiled);
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, words.latest, words.names); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    if (words.choose) {
        auto chosen = words.choose(engine, words.names);
        if (!chosen) {
            return reportError(context.console(), chosen.error(), 1);
        }
        words.names = *std::move(chosen);
    }
    Report report(context.console(), words, format ? &*format : nullptr);
    for (const auto& name : words.names) {
        report.add((*kind)(engine, name, words.size));
    }
    return report.print();
}

}  // namespace

int cmdInspect(Context& context, const std::string& name, const Words& arguments) {
    InspectWords words;
    VerbParser parser(name, "[OPTIONS] NAME|ID [NAME|ID...]",
                      "Return low-level information on containers, images and volumes");
    parser.flag("-s,--size", words.size, "Display total file sizes if the type is container")
        .flag("-l,--latest", words.latest, kLatestHelp)
        .option("-t,--type", words.type, "string", "Only inspect objects of the given type");
    return inspectAll(context, parser, words, arguments, inspectAny);
}

int cmdContainerInspect(Context& context, const std::string& name, const Words& arguments) {
    InspectWords words;
    VerbParser parser(name, "[OPTIONS] CONTAINER [CONTAINER...]",
                      "Display detailed information on one or more containers");
    parser.flag("-s,--size", words.size, "Display total file sizes")
        .flag("-l,--latest", words.latest, kLatestHelp);
    return inspectAll(context, parser, words, arguments, inspectContainer);
}

int cmdImageInspect(Context& context, const std::string& name, const Words& arguments) {
    InspectWords words;
    VerbParser parser(name, "[OPTIONS] IMAGE [IMAGE...]",
                      "Display detailed information on one or more images");
    return inspectAll(context, parser, words, arguments, inspectImage);
}

int cmdVolumeInspect(Context& context, const std::string& name, const Words& arguments) {
    InspectWords words;
    VerbParser parser(name, "[OPTIONS] VOLUME [VOLUME...]",
                      "Display detailed information on one or more volumes");
    bool all = false;
    words.choose = [&](engine::Engine& engine, const Words& names) {
        return chosenVolumes(engine, name, names, all);
    };
    parser.flag("-s,--size", words.size, "Measure it, and say who uses it")
        .flag("-a,--all", all, "Every volume that there is");
    return inspectAll(context, parser, words, arguments, inspectVolume);
}

}  // namespace coracle::cli
