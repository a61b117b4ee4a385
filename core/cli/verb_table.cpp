// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace coracle::cli {
namespace {

// TABLE
constexpr std::array kVerbs{
    Verb{"run|container run", "Create and run a new container from an image", cmdRun},
    Verb{"create|container create", "Create a new container", cmdCreate},
    Verb{"start|container start", "Start one or more stopped containers", cmdStart},
    Verb{"stop|container stop", "Stop one or more running containers", cmdStop},
    Verb{"restart|container restart", "Restart one or more containers", cmdRestart},
    Verb{"kill|container kill", "Kill one or more running containers", cmdKill},
    Verb{"rm|container rm|container remove", "Remove one or more containers", cmdRm},
    Verb{"ps|container ls|container list|container ps", "List containers", cmdPs},
    Verb{"logs|container logs", "Fetch the logs of a container", cmdLogs},
    Verb{"exec|container exec", "Execute a command in a running container", cmdExec},
    Verb{"attach|container attach", "Connect to the input and output of a running container", cmdAttach},
    Verb{"wait|container wait", "Block until containers stop, then print their exit codes", cmdWait},
    Verb{"rename|container rename", "Rename a container", cmdRename},
    Verb{"pause|container pause", "Pause all processes within containers", cmdPause},
    Verb{"unpause|container unpause", "Let paused containers go on", cmdUnpause},
    Verb{"stats|container stats", "Show what containers take, as it changes", cmdStats},
    Verb{"update|container update", "Change the limits of containers", cmdUpdate},
    Verb{"port|container port", "List the published ports of a container", cmdPort},
    Verb{"inspect", "Show everything known about containers, images or volumes", cmdInspect},
    Verb{"container inspect", "", cmdContainerInspect},
    Verb{"container cleanup", "", cmdContainerCleanup},
    Verb{"container network", "", cmdContainerNetwork},
    Verb{"pull|image pull", "Download an image from a registry", cmdPull},
    Verb{"images|image ls|image list", "List images", cmdImages},
    Verb{"image inspect", "", cmdImageInspect},
    Verb{"rmi|image rm|image remove", "Remove one or more images", cmdRmi},
    Verb{"tag|image tag", "Give an image another name", cmdTag},
    Verb{"login", "Log in to a registry", cmdLogin},
    Verb{"logout", "Log out from a registry", cmdLogout},
    Verb{"volume create", "Create a volume", cmdVolumeCreate},
    Verb{"volume ls|volume list", "List volumes", cmdVolumeLs},
    Verb{"volume inspect", "Show everything known about volumes", cmdVolumeInspect},
    Verb{"volume rm|volume remove", "Remove one or more volumes", cmdVolumeRm},
    Verb{"info|system info", "Show what this computer and this installation are", cmdInfo},
    Verb{"version", "Show the version", cmdVersion},
    Verb{"doctor|system doctor", "Check what this computer can do, with reasons and repairs", cmdDoctor},
    Verb{"events|system events", "Show what happens, as it happens", cmdEvents},
};

constexpr std::array<std::string_view, 4> kGroups{"container", "image", "volume", "system"};

/// Number of words that `spelling` matches at the front of `words`; 0 when it does not.
std::size_t matchSpelling(std::string_view spelling, const Words& words) {
    std::size_t count = 0;
    while (!spelling.empty()) {
        const std::size_t space = std::min(spelling.find(' '), spelling.size());
        if (count >= words.size() || words[count] != spelling.substr(0, space)) {
            return 0;
        }
        ++count;
        spelling.remove_prefix(std::min(space + 1, spelling.size()));
    }
    return count;
}

template <typename Visit>
void eachSpelling(const Verb& verb, Visit visit) {
    std::string_view rest = verb.spellings;
    while (!rest.empty()) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        visit(rest.substr(0, bar));
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
}

/// A row of an overview: the right column begins at the same place for all names of up to 14 letters.
std::string line(std::string_view left, std::string_view right) {
    std::string text = "  " + std::string(left);
    text.resize(std::max<std::size_t>(text.size() + 1, 17), ' ');
    return text + std::string(right) + "\n";
}

}  // namespace

FoundVerb findVerb(const Words& words) {
    FoundVerb found;
    for (const auto& verb : kVerbs) {
        eachSpelling(verb, [&](std::string_view spelling) {
            const std::size_t matched = matchSpelling(spelling, words);
            if (matched > found.words) {
                found = {&verb, matched};
            }
        });
    }
    return found;
}

std::string overview() {
    std::string text =
        "Usage:  coracle [OPTIONS] COMMAND\n\n"
        "Containers without root and without a daemon\n\nCommands:\n";
    for (const auto& verb : kVerbs) {
        const std::string_view spellings = verb.spellings;
        if (*verb.summary != '\0') {
            text += line(spellings.substr(0, spellings.find('|')), verb.summary);
        }
    }
    text +=
        "\nManagement commands:\n  container, image, volume, system: the same commands, grouped\n"
        "\nOptions:\n"
        "      --root DIR         Where images, containers and volumes are kept\n"
        "      --runroot DIR      Where sockets and locks of this login are kept\n"
        "      --log-level LEVEL  debug, info, warning or error\n"
        "  -v, --version          Print the version\n"
        "\nRun 'coracle COMMAND --help' for more about a command.\n";
    return text;
}

std::string groupOverview(const std::string& group) {
    if (std::find(kGroups.begin(), kGroups.end(), group) == kGroups.end()) {
        return {};
    }
    std::string text = "Usage:  coracle " + group + " COMMAND\n\nCommands:\n";
    for (const auto& verb : kVerbs) {
        bool shown = false;
        eachSpelling(verb, [&](std::string_view spelling) {
            if (!shown && spelling.substr(0, group.size() + 1) == group + " " && *verb.summary != '\0') {
                text += line(spelling.substr(group.size() + 1), verb.summary);
                shown = true;
            }
        });
    }
    return text;
}

}  // namespace coracle::cli
