// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/verb_helpers.h"
#include "core/types/exposed_ports.h"

namespace coracle::cli {

/// Real ports, which a container that does not run has none of: the list is empty then.
int cmdPort(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    bool latest = false;
    VerbParser parser(name, "[OPTIONS] CONTAINER [PORT[/tcp|/udp]]",
                      "List the published ports of a container");
    parser.flag("-l,--latest", latest, kLatestHelp).words(words, 1, 2).fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (words.size() == 2) {
        if (const auto valid = types::parseExposed(words[1]); !valid) {
            return reportError(context.console(), valid.error(), 1);
        }
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, words); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const auto details = engine.containers().inspect(words[0]);
    if (!details) {
        return reportError(context.console(), details.error());
    }
    bool found = false;
    for (const auto& port : details->summary.ports) {
        const std::string inside =
            std::to_string(port.containerPort) + "/" + std::string(net::toText(port.protocol));
        const std::string outside =
            (port.hostIp.empty() ? "0.0.0.0" : port.hostIp) + ":" + std::to_string(port.hostPort);
        if (details->summary.pid == 0) {
            continue;
        }
        if (words.size() == 1) {
            context.console().out(inside + " -> " + outside + "\n");
        } else if (words[1] == inside || words[1] + "/tcp" == inside) {
            context.console().out(outside + "\n");
            found = true;
        }
    }
    if (words.size() == 2 && !found) {
        return reportError(context.console(),
                           Error(ErrorKind::NotFound, "container '" + details->summary.name +
                                                          "' does not publish port " + words[1])
                               .withHint("publish it, also while it runs: coracle update -p " + words[1] +
                                         " " + details->summary.name),
                           1);
    }
    return 0;
}

}  // namespace coracle::cli
