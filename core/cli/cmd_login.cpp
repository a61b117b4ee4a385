// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/registries.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <cstdlib>

#include <termios.h>
#include <unistd.h>

namespace coracle::cli {
namespace {

constexpr const char* kDefaultRegistry = "docker.io";
/// Tokens that serve as passwords are a few KiB; standard input may be anything by mistake.
constexpr std::size_t kMaxPasswordBytes = 64U << 10U;

/// Read a line without showing it. TCSAFLUSH drops what was typed before the question, which would be
/// shown already. A signal in between leaves the terminal without echo; the Interrupt is made after this.
std::string readHidden(Console& console) {
    termios before{};
    const bool changed = ::tcgetattr(STDIN_FILENO, &before) == 0;
    if (changed) {
        termios hidden = before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::string line = console.readLine().value_or("");
    if (changed) {
        (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    }
    return line;
}

/// A password does not end in a line break, but `echo` and files do.
Result<std::string> passwordFromInput() {
    TRY_ASSIGN(auto text, sys::readAll(STDIN_FILENO, kMaxPasswordBytes));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.pop_back();
    }
    if (text.empty()) {
        return Error(ErrorKind::InvalidArgument, "the password on standard input is empty");
    }
    return text;
}

/// What is missing is asked for on the terminal, with questions on standard error. Without a terminal
/// nothing is guessed at: a script that forgets a password fails and does not hang.
Result<engine::Credentials> complete(Console& console, std::string user, std::string password,
                                     bool fromInput) {
    if (fromInput) {
        if (user.empty()) {
            return Error(ErrorKind::InvalidArgument, "'--password-stdin' needs '--username'");
        }
        TRY_ASSIGN(password, passwordFromInput());
    }
    if ((user.empty() || password.empty()) && !console.inIsTerminal()) {
        return Error(ErrorKind::InvalidArgument, "there is no terminal to ask for user name and password")
            .withHint("use --username NAME --password-stdin");
    }
    if (user.empty()) {
        console.err("Username: ");
        user = console.readLine().value_or("");
    }
    if (password.empty()) {
        console.err("Password: ");
        password = readHidden(console);
        console.err("\n");
    }
    return engine::Credentials{user, password};
}

/// Empty: not given.
Result<types::KeepLogin> parseKeep(const std::string& text) {
    if (text.empty()) {
        return types::KeepLogin::Usual;
    }
    if (text == "keyring" || text == "file") {
        return text == "file" ? types::KeepLogin::File : types::KeepLogin::Keyring;
    }
    return Error(ErrorKind::InvalidArgument,
                 "'--keep " + text::excerptForTerminal(text, 60) + "' is no place")
        .withHint("use 'keyring' or 'file'");
}

/// Before the password is asked for: whether the keyring can take it at all.
Result<> checkKeyring(engine::Engine& engine, const std::string& registry, const std::stop_token& stop) {
    TRY_ASSIGN(const auto places, engine.registries().loginPlaces(registry, stop));
    if (!places.keyring()) {
        return Error(ErrorKind::Unavailable, places.whyNoKeyring).withHint(places.keyringAdvice);
    }
    return {};
}

bool hasScreen() {
    for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return true;
        }
    }
    return false;
}

/// Nobody should have to look for where a password went.
void sayWhere(Console& console, const std::string& place) {
    if (place == types::kKeyringPlace) {
        console.err("The password is kept in the desktop's keyring.\n");
    } else if (place.find('/') == std::string::npos) {
        console.err("The password is kept by '" + place + "'.\n");
    } else {
        console.err("The password is stored as plain text in " + place + ", which only you can read.\n");
        if (hasScreen()) {
            console.err("'--keep keyring' keeps it in the desktop's keyring instead.\n");
        }
    }
}

/// The name under which a registry would be logged in to. Errors: NotFound.
int printLogin(Context& context, const std::string& registry) {
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto logins = engine.registries().logins(interrupt.token());
    if (!logins) {
        return reportError(context.console(), logins.error());
    }
    const auto found = std::find_if(logins->begin(), logins->end(),
                                    [&](const auto& login) { return login.registry == registry; });
    if (found != logins->end() && found->user.empty() && found->place == types::kKeyringPlace) {
        return reportError(
            context.console(),
            Error(ErrorKind::Unavailable, "the user name for '" + registry +
                                              "' is in the desktop's keyring, which is locked or not there")
                .withHint("unlock the keyring on the desktop"),
            kEngineFailed);
    }
    if (found == logins->end() || found->user.empty()) {
        return reportError(context.console(),
                           Error(ErrorKind::NotFound, "not logged in to '" + registry + "'")
                               .withHint("log in with 'coracle login " + registry + "'"),
                           kEngineFailed);
    }
    context.console().out(text::escapeForTerminal(found->user) + "\n");
    return 0;
}

}  // namespace

int cmdLogin(Context& context, const std::string& name, const Words& arguments) {
    std::string user;
    std::string password;
    std::string keepText;
    bool fromInput = false;
    bool getLogin = false;
    Words registries;
    VerbParser parser(name, "[OPTIONS] [REGISTRY]", "Log in to a registry");
    parser.option("-u,--username", user, "NAME", "User name")
        .option("-p,--password", password, "PASSWORD", "Password; others can see it in the process list")
        .flag("--get-login", getLogin, "Print the user name of the login that is kept")
        .option("--keep", keepText, "PLACE",
                "Where the password is kept: 'keyring' (the desktop's) or 'file'")
        .flag("--password-stdin", fromInput, "Read the password from standard input")
        .words(registries, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const std::string registry = registries.empty() ? kDefaultRegistry : registries[0];
    if (getLogin) {
        return printLogin(context, registry);
    }
    const auto keep = parseKeep(keepText);
    if (!keep) {
        return reportError(context.console(), keep.error(), 1);
    }
    if (!password.empty()) {
        context.console().err(
            "coracle: warning: '--password' can be seen by other users; use --password-stdin\n");
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (*keep == types::KeepLogin::Keyring) {
        if (const auto ready = checkKeyring(engine, registry, {}); !ready) {
            return reportError(context.console(), ready.error(), 1);
        }
    }
    const auto credentials = complete(context.console(), user, password, fromInput);
    if (!credentials) {
        return reportError(context.console(), credentials.error(), 1);
    }
    const Interrupt interrupt;
    if (auto done = engine.registries().login(registry, *credentials, *keep, interrupt.token()); !done) {
        return reportError(context.console(), done.error());
    }
    if (const auto place = engine.registries().loginPlace(registry)) {
        sayWhere(context.console(), *place);
    }
    context.console().out("Login Succeeded\n");
    return 0;
}

int cmdLogout(Context& context, const std::string& name, const Words& arguments) {
    bool all = false;
    Words registries;
    VerbParser parser(name, "[OPTIONS] [REGISTRY]", "Log out from a registry");
    parser.flag("-a,--all", all, "Forget the logins of all registries").words(registries, 0, 1);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (all && !registries.empty()) {
        return reportError(context.console(),
                           Error(ErrorKind::InvalidArgument, "'--all' goes without the name of a registry"));
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (all) {
        const Interrupt interrupt;
        const auto removed = engine.registries().logoutAll(interrupt.token());
        if (!removed) {
            return reportError(context.console(), removed.error());
        }
        for (const std::string& registry : *removed) {
            context.console().out("Removing login credentials for " + registry + "\n");
        }
        return 0;
    }
    const std::string registry = registries.empty() ? kDefaultRegistry : registries[0];
    if (auto done = engine.images().logout(registry); !done) {
        return reportError(context.console(), done.error());
    }
    context.console().out("Removing login credentials for " + registry + "\n");
    return 0;
}

}  // namespace coracle::cli
