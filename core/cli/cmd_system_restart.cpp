// SPDX-License-Identifier: Apache-2.0
#include "core/cli/restart_unit.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/upkeep.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/user_name.h"

#include <cstdlib>

#include <unistd.h>

namespace coracle::cli {
namespace {

constexpr std::size_t kMaxAnswerBytes = 64U << 10U;

/// Where the user's units are. Source: systemd.unit(5), "User Unit Search Path".
Result<std::string> unitFolder() {
    const auto config = environment("XDG_CONFIG_HOME");
    if (config && config->starts_with('/')) {
        return *config + "/systemd/user";
    }
    const auto home = environment("HOME");
    if (!home || !home->starts_with('/')) {
        return Error(ErrorKind::Unavailable, "there is no home directory to put the unit in")
            .withHint("set HOME");
    }
    return *home + "/.config/systemd/user";
}

/// Of this program and this store; places that are the default are left to be found then.
Result<std::vector<std::string>> startCommand(const GlobalOptions& global) {
    TRY_ASSIGN(std::string program, sys::findHelper("coracle"));
    std::vector<std::string> command{std::move(program)};
    if (!global.root.empty()) {
        command.insert(command.end(), {"--root", global.root});
    }
    if (!global.runRoot.empty()) {
        command.insert(command.end(), {"--runroot", global.runRoot});
    }
    command.insert(command.end(), {"system", "start-containers"});
    return command;
}

/// Whether the user's manager heard of the change; without one the files count from the next login on.
bool reloadManager() {
    const auto program = sys::findProgram("systemctl");
    if (!program) {
        return false;
    }
    sys::SpawnOptions options;
    options.argv = {*program, "--user", "daemon-reload"};
    const auto answer = sys::runAndCapture(std::move(options), {}, kMaxAnswerBytes);
    return answer && answer->status.success();
}

/// What `systemctl --user enable` does.
Result<> linkUnit(const std::string& folder) {
    const std::string wants = folder + "/default.target.wants";
    TRY(sys::makeDirectories(wants, 0755));
    const std::string link = wants + "/" + kRestartUnit;
    const std::string target = std::string("../") + kRestartUnit;
    if (::symlink(target.c_str(), link.c_str()) != 0 && errno != EEXIST) {
        return Error::fromErrno("link '" + link + "'");
    }
    return {};
}

std::string lingeringText() {
    const std::string user = sys::userName(::getuid()).value_or("");
    if (!user.empty() && sys::pathExists("/var/lib/systemd/linger/" + user)) {
        return "Lingering is enabled for you: they start with the computer and go on after a logout.\n";
    }
    return "They start at your first login after a start of the computer, and end at your last logout.\n"
           "To have them start with the computer and go on after a logout, enable lingering, once:\n"
           "  loginctl enable-linger\n";
}

}  // namespace

int cmdSystemStartContainers(Context& context, const std::string& name, const Words& arguments) {
    Words none;
    VerbParser parser(name, "",
                      "Start the containers that have a restart policy and ran when the computer went down");
    parser.words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    int code = 0;
    const auto done =
        engine.upkeep().startContainers([&](const std::string& container, const Result<>& started) {
            if (started) {
                context.console().out(container + "\n");
            } else {
                code = reportError(context.console(), started.error());
            }
        });
    return done ? code : reportError(context.console(), done.error());
}

int cmdSystemEnableRestart(Context& context, const std::string& name, const Words& arguments) {
    bool print = false;
    Words none;
    VerbParser parser(name, "[OPTIONS]",
                      "Let containers with a restart policy start again after a restart of the computer,\n"
                      "by a unit of systemd's user manager");
    parser.flag("--print", print, "Only print the unit").words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    Console& console = context.console();
    const auto command = startCommand(context.global());
    if (!command) {
        return reportError(console, command.error());
    }
    const std::string text = restartUnitText(*command);
    if (print) {
        console.out(text);
        return 0;
    }
    const auto enable = [&]() -> Result<std::string> {
        TRY_ASSIGN(const std::string folder, unitFolder());
        TRY(sys::makeDirectories(folder, 0755));
        const std::string path = folder + "/" + kRestartUnit;
        TRY(sys::replaceFile(path, text, 0644, sys::Durability::Disk));
        TRY(linkUnit(folder));
        return path;
    };
    const auto path = enable();
    if (!path) {
        return reportError(console, path.error());
    }
    console.out("Wrote " + text::escapeForTerminal(*path) + "\n");
    if (!reloadManager()) {
        console.out("No user manager of systemd answers here; one reads the unit when it starts.\n");
    }
    console.out("Containers with --restart always, unless-stopped or on-failure are started by it.\n" +
                lingeringText());
    return 0;
}

int cmdSystemDisableRestart(Context& context, const std::string& name, const Words& arguments) {
    Words none;
    VerbParser parser(name, "", "Take back 'system enable-restart'; what runs goes on");
    parser.words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto disable = [&]() -> Result<std::string> {
        TRY_ASSIGN(const std::string folder, unitFolder());
        std::string path = folder + "/" + kRestartUnit;
        if (!sys::pathExists(path)) {
            return std::string();
        }
        TRY(sys::removeFile(folder + "/default.target.wants/" + kRestartUnit));
        TRY(sys::removeFile(path));
        return path;
    };
    const auto path = disable();
    if (!path) {
        return reportError(context.console(), path.error());
    }
    if (path->empty()) {
        context.console().out("It was not enabled.\n");
        return 0;
    }
    (void)reloadManager();  // without a manager there is nothing to be told
    context.console().out("Removed " + text::escapeForTerminal(*path) + "\n");
    return 0;
}

}  // namespace coracle::cli
