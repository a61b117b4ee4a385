// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "rootless/sys/file.h"

namespace coracle::cli {

int cmdCommit(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    std::string format;
    std::string idFile;
    types::CommitOptions options;
    Words names;
    VerbParser parser(name, "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
                      "Make an image of a container's changes");
    parser.option("-a,--author", options.author, "TEXT", "Author, as \"Jane <jane@example.org>\"")
        .option("-m,--message", options.message, "TEXT", "What was changed and why")
        .option("-c,--change", options.changes, "LINE", "Apply a line of a Dockerfile, as \"ENV A=1\"")
        .option("-f,--format", format, "FORMAT", "Of the manifest: oci (the default) or docker")
        .flag("-p,--pause", options.pause, "Hold the container's processes meanwhile")
        .flag("-s,--squash", options.squash, "Make one layer of the container and its image")
        .option("--iidfile", idFile, "FILE", "Write the id of the image to a file")
        .flag("-q,--quiet", quiet, "Accepted; nothing but the id is shown anyway")
        .words(names, 1, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (!format.empty() && format != "oci" && format != "docker") {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "there is no manifest format '" + format + "'")
                               .withHint("use oci or docker"));
    }
    options.dockerManifest = format == "docker";
    options.name = names.size() > 1 ? names[1] : "";
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto made = engine.archives().commit(names[0], options, interrupt.token());
    if (made && !idFile.empty()) {
        constexpr mode_t kReadable = 0644;
        if (auto written = sys::replaceFile(idFile, made->id, kReadable, sys::Durability::Process);
            !written) {
            return reportError(context.console(), written.error());
        }
    }
    return reportMade(context.console(), made);
}

}  // namespace coracle::cli
