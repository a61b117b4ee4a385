// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"

#include <unistd.h>

namespace coracle::cli {
namespace {

Result<types::ArchiveFormat> parseFormat(const std::string& word) {
    if (word.empty() || word == "docker-archive" || word == "docker") {
        return types::ArchiveFormat::DockerArchive;
    }
    if (word == "oci-archive" || word == "oci") {
        return types::ArchiveFormat::OciArchive;
    }
    if (word == "oci-dir") {
        return types::ArchiveFormat::OciFolder;
    }
    return Error(ErrorKind::InvalidArgument, "there is no archive format '" + word + "'")
        .withHint("use docker-archive, oci-archive or oci-dir");
}

}  // namespace

int cmdSave(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    bool together = false;
    std::string formatWord;
    types::OutputPlace place;
    Words names;
    VerbParser parser(name, "[OPTIONS] IMAGE [IMAGE...]", "Write images to an archive");
    parser.option("-o,--output", place.path, "FILE", "Write to a file instead of standard output")
        .option("--format", formatWord, "FORMAT", "docker-archive (the default), oci-archive or oci-dir")
        .flag("-q,--quiet", quiet, "Accepted; nothing is shown anyway")
        .flag("-m,--multi-image-archive", together, "Accepted; several images always share one archive")
        .words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto format = parseFormat(formatWord);
    if (!format) {
        return reportError(context.console(), format.error());
    }
    if (const auto refused = refuseTerminal(context.console(), place)) {
        return *refused;
    }
    place.fd = STDOUT_FILENO;
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    context.console().flush();
    if (const auto saved = engine.archives().save(names, *format, place, interrupt.token()); !saved) {
        return reportError(context.console(), saved.error());
    }
    return 0;
}

}  // namespace coracle::cli
