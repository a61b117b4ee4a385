// SPDX-License-Identifier: Apache-2.0
#include "core/cli/copy_argument.h"
#include "core/cli/verb_helpers.h"
#include "core/container/access_explainer.h"
#include "core/engine/inspection.h"
#include "core/text/escape.h"
#include "rootless/sys/user_name.h"

#include <algorithm>

namespace coracle::cli {
namespace {

std::string modeText(const types::AccessStep& step) {
    std::string text(1, step.folder ? 'd' : '-');
    constexpr std::string_view kLetters = "rwxrwxrwx";
    for (std::size_t i = 0; i < kLetters.size(); ++i) {
        const bool set = (step.mode & (0400U >> i)) != 0;
        text += set ? kLetters[i] : '-';
    }
    return text + (step.hasAcl ? "+" : "");
}

std::string ownerText(std::uint32_t uid) {
    return sys::userName(uid).value_or(std::to_string(uid));
}

std::string groupText(std::uint32_t gid) {
    return sys::groupName(gid).value_or(std::to_string(gid));
}

std::string stepLine(const types::AccessStep& step, bool blocks) {
    const auto& rights = step.rights;
    std::string may;
    for (const auto& [allowed, word] :
         {std::pair{rights.read, "read"}, {rights.write, "write"}, {rights.pass, "pass"}}) {
        may += allowed ? (may.empty() ? "" : ", ") + std::string(word) : "";
    }
    return std::string(blocks ? "! " : "  ") + modeText(step) + "  " + ownerText(step.uid) + ":" +
           groupText(step.gid) + "  " + text::escapeForTerminal(step.path) + "  " +
           (may.empty() ? "nothing" : may) + "\n";
}

void print(Console& console, const types::AccessReport& report) {
    console.out("It is asked for " + report.user + ".\n");
    console.out(text::escapeForTerminal(report.mountTarget) + " is " +
                text::escapeForTerminal(report.mountSource) + " of this computer" +
                (report.readOnlyMount ? ", mounted read-only" : "") + ".\n\n");
    for (std::size_t i = 0; i < report.steps.size(); ++i) {
        console.out(stepLine(report.steps[i], static_cast<int>(i) == report.blocked));
    }
    if (report.blocked < 0) {
        console.out("\nNothing keeps the user out.\n");
    } else {
        console.out("\n" + text::escapeForTerminal(report.reason) + ".\n");
        console.out(report.fixes.empty() ? "" : "What helps, one of:\n");
        for (const auto& fix : report.fixes) {
            console.out("  " + text::escapeForTerminal(container::fixText(fix)) + "\n");
        }
    }
    const bool acl =
        std::any_of(report.steps.begin(), report.steps.end(), [](const auto& s) { return s.hasAcl; });
    console.out(acl ? "A '+' is an access control list, which may allow more or less; see getfacl(1).\n"
                    : "");
}

}  // namespace

/// Exit code 1 says that something blocks.
int cmdExplain(Context& context, const std::string& name, const Words& arguments) {
    std::optional<std::string> user;
    Words words;
    VerbParser parser(name, "[OPTIONS] CONTAINER:PATH",
                      "Say why a container's user does not get to a file of a mounted folder or volume,\n"
                      "and what helps. The container need not run");
    std::string asked;
    parser.option("-u,--user", asked, "USER[:GROUP]", "Ask for another user than the container's")
        .words(words, 1, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (!asked.empty()) {
        user = asked;
    }
    const auto place = parseCopyArgument(words[0], "");
    if (!place || place->container.empty()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "'" + words[0] + "' is not CONTAINER:PATH"));
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto report = engine.inspection().explainAccess(place->container, place->path, user);
    if (!report) {
        return reportError(context.console(), report.error());
    }
    print(context.console(), *report);
    return report->blocked < 0 ? 0 : 1;
}

}  // namespace coracle::cli
