// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/secrets.h"
#include "core/text/go_template.h"
#include "core/text/time.h"
#include "core/text/units.h"
#include "core/types/secret_text.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

#include <unistd.h>

namespace coracle::cli {
namespace {

using nlohmann::json;

/// One more than a secret may have, so that what is too long is told and not cut.
constexpr std::size_t kReadBytes = 600'000;
constexpr std::array<std::string_view, 2> kKeys = {"id", "name"};

/// From a file, a pipe or a variable. Errors: by errno, NotFound for a variable that is not set.
Result<std::string> contentOf(const std::string& source, bool isVariable) {
    if (isVariable) {
        const char* value = std::getenv(source.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets it
        return value != nullptr
                   ? Result<std::string>(std::string(value))
                   : Error(ErrorKind::NotFound, "environment variable '" + source + "' is not set");
    }
    auto content =
        source == "-" ? sys::readAll(STDIN_FILENO, kReadBytes) : sys::readNamedInput(source, kReadBytes);
    if (!content && content.error().kind() == ErrorKind::Corrupt) {
        return Error(ErrorKind::InvalidArgument,
                     "'" + source + "' is longer than a secret may be, 512000 bytes");
    }
    return content;
}

Result<bool> passes(const types::SecretSummary& secret,
                    const std::vector<std::pair<std::string, std::string>>& filters) {
    bool passed = true;
    for (const auto& [key, value] : filters) {
        if (key != "id" && key != "name") {
            return unknownFilter(key, kKeys);
        }
        passed = passed && (key == "id" ? secret.id.starts_with(value) : Pattern(value).matches(secret.name));
    }
    return passed;
}

/// podman's columns.
Listing secretListing() {
    Listing listing;
    listing.typeName = "secrets.secretListResult";
    listing.columns = {{"ID", "ID"},
                       {"Name", "NAME"},
                       {"Driver", "DRIVER"},
                       {"CreatedAt", "CREATED"},
                       {"UpdatedAt", "UPDATED"}};
    listing.raw = "id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\n";
    return listing;
}

std::string ago(std::chrono::system_clock::time_point time) {
    return text::humanDuration(
               std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now() - time)) +
           " ago";
}

/// podman's document.
json documentOf(const types::SecretSummary& secret) {
    return {{"ID", secret.id},
            {"CreatedAt", text::formatTime(secret.createdAt)},
            {"UpdatedAt", text::formatTime(secret.updatedAt)},
            {"Spec",
             {{"Name", secret.name},
              {"Driver", {{"Name", "file"}, {"Options", json::object()}}},
              {"Labels", secret.labels.empty() ? json::object() : json(secret.labels)}}}};
}

}  // namespace

int cmdSecretCreate(Context& context, const std::string& name, const Words& arguments) {
    engine::SecretOptions options;
    bool variable = false;
    std::string driver = "file";
    Words labels;
    Words words;
    VerbParser parser(name, "[OPTIONS] NAME FILE|-",
                      "Keep a secret of up to 512000 bytes, which containers get in memory with --secret");
    parser.option("-d,--driver", driver, "DRIVER", "Only 'file'")
        .flag("--env", variable, "Read it from the environment variable of that name instead of a file")
        .option("-l,--label", labels, "NAME[=VALUE]", "Set a label")
        .flag("--replace", options.replace, "Give a secret that exists new content")
        .words(words, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    if (driver != "file") {
        return reportError(console, Error(ErrorKind::Unsupported, "secret driver '" + driver +
                                                                      "' is not available; there is 'file'"));
    }
    if (words[1] == "-" && !variable && console.inIsTerminal()) {
        return reportError(console, Error(ErrorKind::InvalidArgument, "a secret is not typed into a terminal")
                                        .withHint("name a file, or pipe it: printf %s ... | coracle " + name +
                                                  " " + words[0] + " -"));
    }
    options.name = words[0];
    for (const auto& label : labels) {
        auto [key, value] = splitAssignment(label);
        options.labels[key] = value;
    }
    const auto content = contentOf(words[1], variable);
    if (!content) {
        return reportError(console, content.error());
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto made = engine.secrets().create(options, *content);
    if (!made) {
        return reportError(console, made.error());
    }
    console.out(made->id + "\n");
    return 0;
}

int cmdSecretLs(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    bool noHeading = false;
    std::string format;
    Words filters;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "List secrets");
    parser.option("-f,--filter", filters, "filter", "Only those with id=BEGINNING or name=PATTERN")
        .option("--format", format, "string", kFormatHelp)
        .flag("-n,--noheading", noHeading, "Print no headings")
        .flag("-q,--quiet", quiet, "Only display ids")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto wanted = parseFilters(filters);
    const auto usable = wanted ? passes({}, *wanted) : Result<bool>(wanted.error());
    const auto secrets = engine.secrets().list();
    if (!usable || !secrets) {
        return reportError(context.console(), usable ? secrets.error() : usable.error());
    }
    Listing listing = secretListing();
    for (const auto& secret : *secrets) {
        if (const auto passed = passes(secret, *wanted); passed && *passed) {
            listing.labels.push_back(secret.labels);
            listing.rows.push_back({{"ID", secret.id},
                                    {"Name", secret.name},
                                    {"Driver", "file"},
                                    {"CreatedAt", ago(secret.createdAt)},
                                    {"UpdatedAt", ago(secret.updatedAt)}});
        }
    }
    if (noHeading && format.empty() && !quiet) {
        format = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}";
    }
    return printListing(context.console(), listing, format, quiet);
}

int cmdSecretInspect(Context& context, const std::string& name, const Words& arguments) {
    bool reveal = false;
    std::string format;
    Words names;
    VerbParser parser(name, "[OPTIONS] SECRET [SECRET...]",
                      "Show what is known about secrets, not what they say");
    parser.option("-f,--format", format, "string", kDocumentFormatHelp)
        .flag("--showsecret", reveal, "Show what they say, too")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    Console& console = context.console();
    json documents = json::array();
    int code = 0;
    for (const auto& secretName : names) {
        const auto secret = engine.secrets().inspect(secretName);
        auto content = secret && reveal ? engine.secrets().reveal(secret->id) : Result<std::string>("");
        if (!secret || !content) {
            code = reportError(console, secret ? content.error() : secret.error());
            continue;
        }
        json document = documentOf(*secret);
        if (reveal) {
            document["SecretData"] = *std::move(content);
        }
        documents.push_back(std::move(document));
    }
    if (format.empty()) {
        const json& shown = console.outIsTerminal() ? safeForTerminal(documents) : documents;
        console.out(coracle::json::toText(shown, 4) + "\n");
        return code;
    }
    for (const json& document : documents) {
        if (const int failed = printDocument(console, document, format, {}); failed != 0) {
            return failed;
        }
    }
    return code;
}

int cmdSecretExists(Context& context, const std::string& name, const Words& arguments) {
    Words names;
    VerbParser parser(name, "SECRET", "Whether there is a secret: exit code 0 or 1");
    parser.words(names, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto secret = engine.secrets().inspect(names[0]);
    if (!secret && secret.error().kind() != ErrorKind::NotFound) {
        return reportError(context.console(), secret.error(), kEngineFailed);
    }
    return secret ? 0 : 1;
}

int cmdSecretRm(Context& context, const std::string& name, const Words& arguments) {
    bool all = false;
    bool ignore = false;
    Words names;
    VerbParser parser(name, "[OPTIONS] SECRET [SECRET...]",
                      "Remove one or more secrets. Containers that exist keep their copies");
    parser.flag("-a,--all", all, "Remove all secrets")
        .flag("-i,--ignore", ignore, "A missing one is no error")
        .words(names, 0, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (all != names.empty()) {
        return reportError(
            context.console(),
            Error(ErrorKind::InvalidArgument, all ? "--all and names exclude each other" : "no secret given")
                .withHint("name the secrets, or say --all"));
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (all) {
        const auto secrets = engine.secrets().list();
        if (!secrets) {
            return reportError(context.console(), secrets.error());
        }
        for (const auto& secret : *secrets) {
            names.push_back(secret.id);
        }
    }
    return forEachPrinting(context, names, [&](const std::string& secret) -> Result<std::string> {
        auto removed = engine.secrets().remove(secret);
        if (!removed && ignore && removed.error().kind() == ErrorKind::NotFound) {
            return std::string();
        }
        return removed;
    });
}

}  // namespace coracle::cli
