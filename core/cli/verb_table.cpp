// SPDX-License-Identifier: Apache-2.0
#include "core/cli/exists_verbs.h"
#include "core/cli/verb.h"
#include "core/cli/verb_names.h"
#include "core/types/similar_word.h"

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
    Verb{"top|container top", "Show the processes of a container", cmdTop},
    Verb{"update|container update", "Change the limits of containers", cmdUpdate},
    Verb{"port|container port", "List the published ports of a container", cmdPort},
    Verb{"healthcheck run", "Check the health of a container now", cmdHealthcheckRun},
    Verb{"inspect", "Show everything known about containers, images or volumes", cmdInspect},
    Verb{"container inspect", "Show everything known about containers", cmdContainerInspect},
    Verb{"container cleanup", "", cmdContainerCleanup},
    Verb{"container network", "", cmdContainerNetwork},
    Verb{"pull|image pull", "Download an image from a registry", cmdPull, Network::Yes},
    Verb{"push|image push", "Upload an image to a registry", cmdPush, Network::Yes},
    Verb{"search|image search", "Search a registry for images", cmdSearch, Network::Yes},
    Verb{"images|image ls|image list", "List images", cmdImages},
    Verb{"image inspect", "Show everything known about images", cmdImageInspect},
    Verb{"rmi|image rm|image remove", "Remove one or more images", cmdRmi},
    Verb{"tag|image tag", "Give an image another name", cmdTag},
    Verb{"commit|container commit", "Make an image of a container's changes", cmdCommit},
    Verb{"cp|container cp", "Copy files between a container and this computer", cmdCp},
    Verb{"diff|container diff", "Show what a container changed in its files", cmdDiff},
    Verb{"export|container export", "Write a container's files as a tar", cmdExport},
    Verb{"import|image import", "Make an image of a tar with files", cmdImport, Network::Yes},
    Verb{"history|image history", "Show how an image was made", cmdHistory},
    Verb{"untag|image untag", "Take names away from an image", cmdUntag},
    Verb{"image layers", "Show what each layer of an image adds and wastes", cmdImageLayers},
    Verb{"image files", "List the files of an image without running it", cmdImageFiles},
    Verb{"image tree", "Show the layers of an image and who shares them", cmdImageTree},
    Verb{"manifest inspect", "Show the manifest or index of an image", cmdManifestInspect, Network::Yes},
    Verb{"image diff", "Show what an image's last layer changed", cmdImageDiff},
    Verb{"save|image save", "Write images to an archive", cmdSave},
    Verb{"load|image load", "Bring in the images of an archive", cmdLoad},
    Verb{"login", "Log in to a registry", cmdLogin, Network::Yes},
    Verb{"logout", "Log out from a registry", cmdLogout},
    Verb{"volume create", "Create a volume", cmdVolumeCreate},
    Verb{"volume ls|volume list", "List volumes", cmdVolumeLs},
    Verb{"volume inspect", "Show everything known about volumes", cmdVolumeInspect},
    Verb{"volume rm|volume remove", "Remove one or more volumes", cmdVolumeRm},
    Verb{"container clone", "Make a container with the options of another", cmdContainerClone},
    Verb{"container prune", "Remove all stopped containers", cmdContainerPrune},
    Verb{"image prune", "Remove unused images", cmdImagePrune},
    Verb{"volume export", "Write a volume's files as a tar", cmdVolumeExport},
    Verb{"volume import", "Put the files of a tar into a volume", cmdVolumeImport},
    Verb{"volume clone", "Make a volume with the files of another", cmdVolumeClone},
    Verb{"volume empty", "Take everything out of volumes, which stay", cmdVolumeEmpty},
    Verb{"container exists", "Whether there is a container, as the exit code", cmdContainerExists},
    Verb{"image exists", "Whether there is an image, as the exit code", cmdImageExists},
    Verb{"volume exists", "Whether there is a volume, as the exit code", cmdVolumeExists},
    Verb{"secret create", "Keep a secret for containers", cmdSecretCreate},
    Verb{"secret ls|secret list", "List secrets", cmdSecretLs},
    Verb{"secret inspect", "Show what is known about secrets", cmdSecretInspect},
    Verb{"secret exists", "Whether there is a secret, as the exit code", cmdSecretExists},
    Verb{"secret rm|secret remove", "Remove one or more secrets", cmdSecretRm},
    Verb{"volume prune", "Remove unused volumes", cmdVolumePrune},
    Verb{"system prune", "Remove unused data", cmdSystemPrune},
    Verb{"system df", "Show disk usage", cmdSystemDf},
    Verb{"system check", "Compare the store with its records, and repair it", cmdSystemCheck},
    Verb{"system start-containers", "Start containers that ran when the computer went down",
         cmdSystemStartContainers},
    Verb{"system enable-restart", "Start containers again after a restart of the computer",
         cmdSystemEnableRestart},
    Verb{"system disable-restart", "Take that back", cmdSystemDisableRestart},
    Verb{"explain", "Say why a container's user does not get to a mounted file", cmdExplain},
    Verb{"undo", "Bring back what was removed", cmdUndo},
    Verb{"trash ls|trash list", "List what was removed and can be brought back", cmdTrashLs},
    Verb{"trash empty", "Delete for good what the trash keeps", cmdTrashEmpty},
    Verb{"trash tidy", "", cmdTrashTidy},
    Verb{"protect", "Keep containers, images or volumes from being removed", cmdProtect},
    Verb{"unprotect", "Let them be removed again", cmdUnprotect},
    Verb{"info|system info", "Show what this computer and this installation are", cmdInfo},
    Verb{"version", "Show the version", cmdVersion},
    Verb{"doctor|system doctor", "Check what this computer can do, with reasons and repairs", cmdDoctor},
    Verb{"events|system events", "Show what happens, as it happens", cmdEvents},
    Verb{"context ls|context list", "List contexts; there is one", cmdContextLs},
    Verb{"context use", "Choose a context; there is one", cmdContextUse},
    Verb{"context show", "Print the name of the current context", cmdContextShow},
    Verb{"completion", "Print what lets a shell complete commands", cmdCompletion},
};

struct Group {
    std::string_view name;
    const char* summary;
};

// TABLE
constexpr std::array kGroups{
    Group{"container", "Manage containers"},
    Group{"context", "Manage contexts"},
    Group{"healthcheck", "Check the health of containers"},
    Group{"image", "Manage images"},
    Group{"manifest", "Look at manifests"},
    Group{"network", "Manage networks"},
    Group{"secret", "Manage secrets"},
    Group{"system", "Manage Coracle"},
    Group{"trash", "Manage the trash"},
    Group{"volume", "Manage volumes"},
};

/// Those that people use most, as docker's overview has them in front.
constexpr std::array<std::string_view, 12> kCommon = {
    "run", "exec", "ps", "build", "pull", "push", "images", "login", "logout", "search", "version", "info"};

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
    constexpr std::size_t kColumn = 14;
    std::string text = "  " + std::string(left);
    text.resize(std::max<std::size_t>(text.size() + 1, kColumn), ' ');
    return text + std::string(right) + "\n";
}

std::string_view firstSpelling(const Verb& verb) {
    const std::string_view spellings = verb.spellings;
    return spellings.substr(0, spellings.find('|'));
}

bool isShown(const Verb& verb) {
    return *verb.summary != '\0';
}

/// The first word of `spelling` when it is one of several.
std::string_view groupOf(std::string_view spelling) {
    const std::size_t space = spelling.find(' ');
    return space == std::string_view::npos ? std::string_view() : spelling.substr(0, space);
}

/// Each verb of a group once: the word after the group's, and the verb.
std::vector<std::pair<std::string_view, const Verb*>> verbsOf(std::string_view group) {
    std::vector<std::pair<std::string_view, const Verb*>> verbs;
    for (const auto& verb : kVerbs) {
        bool taken = !isShown(verb);
        eachSpelling(verb, [&](std::string_view spelling) {
            if (!taken && groupOf(spelling) == group) {
                verbs.emplace_back(spelling.substr(group.size() + 1), &verb);
                taken = true;
            }
        });
    }
    std::sort(verbs.begin(), verbs.end());
    return verbs;
}

/// Verbs without a group, by name; the common ones or the others.
std::string topLines(bool common) {
    std::string text;
    std::vector<const Verb*> shown;
    for (const auto& verb : kVerbs) {
        const auto name = firstSpelling(verb);
        const bool isCommon = std::find(kCommon.begin(), kCommon.end(), name) != kCommon.end();
        if (isShown(verb) && groupOf(name).empty() && isCommon == common) {
            shown.push_back(&verb);
        }
    }
    std::sort(shown.begin(), shown.end(), [&](const Verb* left, const Verb* right) {
        const auto rank = [&](const Verb* verb) {
            return std::find(kCommon.begin(), kCommon.end(), firstSpelling(*verb)) - kCommon.begin();
        };
        return std::pair(rank(left), firstSpelling(*left)) < std::pair(rank(right), firstSpelling(*right));
    });
    for (const Verb* verb : shown) {
        text += line(firstSpelling(*verb), verb->summary);
    }
    return text;
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

std::span<const Verb> allVerbs() {
    return kVerbs;
}

std::vector<std::string> spellingsOf(std::string_view name) {
    constexpr std::string_view kProgram = "coracle ";
    std::vector<std::string> names;
    for (const auto& verb : kVerbs) {
        std::vector<std::string> all;
        eachSpelling(verb, [&](std::string_view spelling) {
            all.push_back(std::string(kProgram) + std::string(spelling));
        });
        if (std::find(all.begin(), all.end(), name) != all.end()) {
            names = std::move(all);
        }
    }
    return names;
}

std::vector<std::pair<std::string, std::string>> shownGroups() {
    std::vector<std::pair<std::string, std::string>> groups;
    for (const auto& group : kGroups) {
        if (!verbsOf(group.name).empty()) {
            groups.emplace_back(group.name, group.summary);
        }
    }
    return groups;
}

std::string overview() {
    std::string text =
        "Usage:  coracle [OPTIONS] COMMAND\n\n"
        "Containers without root and without a daemon\n\nCommon Commands:\n" +
        topLines(true) + "\nManagement Commands:\n";
    for (const auto& [name, summary] : shownGroups()) {
        text += line(name, summary);
    }
    text += "\nCommands:\n" + topLines(false) +
            "\nGlobal Options:\n"
            "  -h, --help             Print this help\n"
            "  -l, --log-level string debug, info, warn or error\n"
            "      --root string      Where images, containers and volumes are kept\n"
            "      --runroot string   Where sockets and locks of this login are kept\n"
            "  -v, --version          Print version information and quit\n"
            "\nRun 'coracle COMMAND --help' for more information on a command.\n";
    return text;
}

std::string groupOverview(const std::string& group) {
    const auto verbs = verbsOf(group);
    const auto found = std::find_if(kGroups.begin(), kGroups.end(),
                                    [&](const Group& candidate) { return candidate.name == group; });
    if (found == kGroups.end() || verbs.empty()) {
        return {};
    }
    std::string text = "Usage:  coracle " + group + " COMMAND\n\n" + found->summary + "\n\nCommands:\n";
    for (const auto& [word, verb] : verbs) {
        text += line(word, verb->summary);
    }
    return text + "\nRun 'coracle " + group + " COMMAND --help' for more information on a command.\n";
}

std::string suggestion(const std::string& group, const std::string& word) {
    std::vector<std::string_view> candidates;
    for (const auto& verb : kVerbs) {
        eachSpelling(verb, [&](std::string_view spelling) {
            if (isShown(verb) && groupOf(spelling) == group) {
                candidates.push_back(group.empty() ? spelling : spelling.substr(group.size() + 1));
            }
        });
    }
    if (group.empty()) {
        for (const auto& known : kGroups) {
            if (!verbsOf(known.name).empty()) {
                candidates.push_back(known.name);
            }
        }
    }
    const auto similar = types::similarWord(word, candidates);
    const std::string program = group.empty() ? "coracle" : "coracle " + group;
    return (similar ? "did you mean '" + program + " " + std::string(*similar) + "'? " : "") + "see '" +
           program + " --help'";
}

}  // namespace coracle::cli
