// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/help.h"

#include <algorithm>
#include <array>

namespace coracle::runtime {
namespace {

struct VerbHelp {
    std::string_view name;
    std::string_view what;
    std::string_view usage;  ///< options and words
};

// TABLE: the verbs that people call, in the order of a container's life. tests/conformance/rows_command.py
// tries each option that is named here.
constexpr std::array kVerbs = std::to_array<VerbHelp>({
    {"spec", "write a config.json to begin with", "[--bundle DIR] [--rootless]"},
    {"run", "create, start, wait and delete",
     "[--bundle DIR] [--config FILE] [--detach] [--keep] [--console-socket PATH] [--pid-file FILE] "
     "[--preserve-fds N] [--no-pivot] [--no-new-keyring] [--no-subreaper] ID"},
    {"create", "make a container that waits for start",
     "[--bundle DIR] [--config FILE] [--console-socket PATH] [--pid-file FILE] [--preserve-fds N] "
     "[--no-pivot] "
     "[--no-new-keyring] [--no-subreaper] ID"},
    {"start", "run the program of a created container", "ID"},
    {"state", "print the state as JSON", "ID"},
    {"list", "print all containers", "[--format table|json] [--quiet]"},
    {"exec", "run another program in a running container",
     "[--process FILE] [--user UID[:GID]] [--additional-gids GID] [--env NAME=VALUE] [--cwd PATH] [--tty] "
     "[--detach] [--console-socket PATH] [--pid-file FILE] [--preserve-fds N] [--cap NAME] [--no-new-privs] "
     "[--apparmor PROFILE] [--process-label LABEL] [--cgroup PATH] [--ignore-paused] [--no-subreaper] "
     "ID COMMAND..."},
    {"kill", "send a signal, TERM unless another is given", "[--all] ID [SIGNAL]"},
    {"pause", "freeze all processes", "ID"},
    {"resume", "let them go on", "ID"},
    {"ps", "print the processes", "[--format table|json] ID"},
    {"events", "print statistics until the container ends", "[--stats] [--interval SECONDS] ID"},
    {"update", "change the limits",
     "[--resources FILE|-] [--memory SIZE] [--memory-reservation SIZE] [--memory-swap SIZE] [--cpu-period N] "
     "[--cpu-quota N] [--cpu-burst N] [--cpu-share N] [--cpu-idle N] [--cpuset-cpus LIST] [--cpuset-mems "
     "LIST] "
     "[--pids-limit N] [--blkio-weight N] ID"},
    {"delete", "remove a stopped container", "[--force] ID"},
    {"features", "print as JSON what this runtime can do", ""},
});

}  // namespace

std::string usageText() {
    std::string text =
        "usage: coracle-runtime [--root DIR] [--log FILE] [--log-format text|json] [--systemd-cgroup] VERB "
        "...\n"
        "verbs, each with --help:\n";
    for (const VerbHelp& verb : kVerbs) {
        text += "  " + std::string(verb.name) + std::string(12 - verb.name.size(), ' ') +
                std::string(verb.what) + "\n";
    }
    return text;
}

std::optional<std::string> helpFor(std::string_view verb, std::span<const std::string> words) {
    const auto known =
        std::find_if(kVerbs.begin(), kVerbs.end(), [&](const VerbHelp& one) { return one.name == verb; });
    for (const std::string& word : words) {
        if (word.empty() || word.front() != '-' || word == "--" || known == kVerbs.end()) {
            break;
        }
        if (word == "--help" || word == "-h") {
            return "usage: coracle-runtime " + std::string(verb) + " " + std::string(known->usage) + "\n" +
                   std::string(known->what) + "\n";
        }
    }
    return std::nullopt;
}

}  // namespace coracle::runtime
