// SPDX-License-Identifier: Apache-2.0
#include "core/cli/copy_argument.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"
#include "core/text/units.h"

#include <chrono>

#include <unistd.h>

namespace coracle::cli {
namespace {

/// docker's words while files move, on a terminal, in one line that is written over. Calls come from one
/// thread.
class CopyDisplay {
public:
    CopyDisplay(Console& console, bool quiet, bool intoContainer)
        : m_console(console), m_shown(!quiet && console.errIsTerminal()), m_into(intoContainer) {}

    void show(std::uint64_t bytes) {
        const auto now = std::chrono::steady_clock::now();
        if (!m_shown || now - m_last < std::chrono::milliseconds(100)) {
            return;
        }
        m_last = now;
        m_drawn = true;
        m_console.err(std::string("\r\x1b[KCopying ") + (m_into ? "to" : "from") + " container - " +
                      text::humanSize(bytes));
    }
    void clear() {
        if (m_drawn) {
            m_console.err("\r\x1b[K");
        }
    }

private:
    Console& m_console;
    bool m_shown;
    bool m_into;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last;
};

Result<> check(const types::CopyPlace& from, const types::CopyPlace& to, const Console& console) {
    const auto wrong = [](const char* what) { return Error(ErrorKind::InvalidArgument, what); };
    if (from.container.empty() && to.container.empty()) {
        return wrong("one of the two has to be in a container").withHint("write it as CONTAINER:PATH");
    }
    if (to.path.empty() && console.outIsTerminal()) {
        return wrong("an archive is not for a terminal").withHint("redirect the output, or name a path");
    }
    return {};
}

void reportLeftOut(Console& console, const types::CopyReport& report) {
    const auto say = [&](std::uint64_t count, const std::string& what) {
        if (count > 0) {
            console.err("warning: " + std::to_string(count) + " " + what + "\n");
        }
    };
    say(report.sockets, "sockets were left out");
    say(report.devices, "devices were left out");
    say(report.changedFiles, "files changed while they were read");
}

}  // namespace

Result<types::CopyPlace> parseCopyArgument(const std::string& argument, const std::string& folder) {
    types::CopyPlace place;
    if (argument == "-") {
        return place;
    }
    const std::size_t colon = argument.find(':');
    const bool ours = argument.starts_with('/') || argument.starts_with('.') || colon == std::string::npos;
    std::string path = ours ? argument : argument.substr(colon + 1);
    if (!ours) {
        place.container = argument.substr(0, colon);
    }
    if (path.empty() || (!ours && place.container.empty())) {
        return Error(ErrorKind::InvalidArgument, "'" + argument + "' names no path");
    }
    if (!path.starts_with('/')) {
        path = (ours ? folder : "") + "/" + path;
    }
    place.path = std::move(path);
    return place;
}

/// Quiet when no terminal would show it, as docker's; -q says so explicitly, -q=false otherwise.
int cmdCp(Context& context, const std::string& name, const Words& arguments) {
    types::CopyOptions options;
    bool quiet = !context.console().outIsTerminal();
    Words words;
    VerbParser parser(name, "[OPTIONS] CONTAINER:SRC_PATH|SRC_PATH|- CONTAINER:DEST_PATH|DEST_PATH|-",
                      "Copy files between a container and this computer, or between two containers.\n"
                      "'-' reads an archive from standard input or writes one to standard output");
    parser.flag("-a,--archive", options.keepOwners, "Keep the numbers of owners")
        .flag("-L,--follow-link", options.followLink, "Follow a symbolic link in SRC_PATH")
        .flag("-q,--quiet", quiet, "Show no progress and no summary")
        .words(words, 2, 2);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    auto from = parseCopyArgument(words[0], currentDirectory());
    auto to = parseCopyArgument(words[1], currentDirectory());
    for (const auto* place : {&from, &to}) {
        if (!*place) {
            return reportError(context.console(), place->error(), 1);
        }
    }
    if (auto usable = check(*from, *to, context.console()); !usable) {
        return reportError(context.console(), usable.error(), 1);
    }
    from->fd = STDIN_FILENO;
    to->fd = STDOUT_FILENO;
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    context.console().flush();
    CopyDisplay display(context.console(), quiet, !to->container.empty());
    const auto copied = engine.archives().copy(
        *from, *to, options, [&](std::uint64_t bytes) { display.show(bytes); }, interrupt.token());
    display.clear();
    if (!copied) {
        return reportError(context.console(), copied.error());
    }
    reportLeftOut(context.console(), *copied);
    if (options.keepOwners && to->container.empty() && !to->path.empty()) {
        context.console().err(
            "warning: files on this computer belong to you: without root, -a keeps no owners here\n");
    }
    if (!quiet && !from->path.empty() && !to->path.empty()) {
        context.console().err("Successfully copied " + text::humanSize(copied->archiveBytes) + " to " +
                              text::escapeForTerminal(words[1]) + "\n");
    }
    return 0;
}

}  // namespace coracle::cli
