// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"
#include "core/cli/verb_parser.h"
#include "core/engine/engine.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// The command line tool. main() makes the console, runCommandLine() reads the options before the verb
/// and finds the verb's row in the table, and the verb's function does the rest: it declares its options
/// to a VerbParser, asks the engine, prints, and returns the exit code. No verb knows another, and none
/// touches the store or the runtime but through the engine, so a verb that fails has nothing of its own
/// to clean up.
/// Exit codes are docker's, since scripts test them: 125 for a command line or an engine that cannot be
/// used, 126 and 127 for a program that cannot be run or is not there, else the program's own, or 1.
namespace coracle::cli {

/// Options before the verb; empty: not given. `logLevel` is one of the words that command_line.cpp knows.
struct GlobalOptions {
    std::string root;
    std::string runRoot;
    std::string logLevel;
};

/// What a verb gets. The engine is opened on first use, so that `--help` and mistakes cost nothing.
class Context {
public:
    using Open = std::function<Result<std::unique_ptr<engine::Engine>>(const GlobalOptions&)>;
    using GoOnline = std::function<Error()>;
    Context(Console& console, GlobalOptions global, Open open, GoOnline goOnline = nullptr)
        : m_console(console)
        , m_global(std::move(global))
        , m_open(std::move(open))
        , m_goOnline(std::move(goOnline)) {}

    Console& console() { return m_console; }
    const GlobalOptions& global() const { return m_global; }
    /// Opened by the first call, and the same for all others of this process; belongs to the context.
    /// Errors: those of opening it, again with each call.
    Result<engine::Engine*> engine();
    /// A registry will be asked: in a program without an HTTP client this process starts over as the one that
    /// has it. So to be called while nothing was read, made or printed that must not be twice, and by the
    /// only thread. Errors: NotFound when the installation is incomplete; by errno of execve(2).
    Result<> needNetwork();

private:
    Console& m_console;
    GlobalOptions m_global;
    Open m_open;
    GoOnline m_goOnline;
    std::unique_ptr<engine::Engine> m_engine;
};

/// No: the verb asks no registry, or calls needNetwork() itself when it finds that it has to.
enum class Network : bool { No, Yes };

/// One verb. `spellings` are the word sequences that reach it ("ps", "container ls"); the first is its
/// name. `run` gets the name as it was typed, for help and messages, and the words behind it.
struct Verb {
    const char* spellings;  ///< separated by '|'
    const char* summary;    ///< one line for the overview; empty: not shown
    int (*run)(Context& context, const std::string& name, const Words& arguments);
    Network network = Network::No;
};

int cmdRun(Context&, const std::string&, const Words&);
int cmdCreate(Context&, const std::string&, const Words&);
int cmdStart(Context&, const std::string&, const Words&);
int cmdStop(Context&, const std::string&, const Words&);
int cmdRestart(Context&, const std::string&, const Words&);
int cmdKill(Context&, const std::string&, const Words&);
int cmdRm(Context&, const std::string&, const Words&);
int cmdPs(Context&, const std::string&, const Words&);
int cmdLogs(Context&, const std::string&, const Words&);
int cmdExec(Context&, const std::string&, const Words&);
int cmdAttach(Context&, const std::string&, const Words&);
int cmdWait(Context&, const std::string&, const Words&);
int cmdRename(Context&, const std::string&, const Words&);
int cmdPause(Context&, const std::string&, const Words&);
int cmdUnpause(Context&, const std::string&, const Words&);
int cmdStats(Context&, const std::string&, const Words&);
int cmdHealthcheckRun(Context&, const std::string&, const Words&);
int cmdTop(Context&, const std::string&, const Words&);
int cmdUpdate(Context&, const std::string&, const Words&);
int cmdPort(Context&, const std::string&, const Words&);
int cmdInspect(Context&, const std::string&, const Words&);
int cmdContainerInspect(Context&, const std::string&, const Words&);
int cmdContainerCleanup(Context&, const std::string&, const Words&);
int cmdContainerNetwork(Context&, const std::string&, const Words&);
int cmdPull(Context&, const std::string&, const Words&);
int cmdSearch(Context&, const std::string&, const Words&);
int cmdPush(Context&, const std::string&, const Words&);
int cmdImages(Context&, const std::string&, const Words&);
int cmdImageInspect(Context&, const std::string&, const Words&);
int cmdRmi(Context&, const std::string&, const Words&);
int cmdTag(Context&, const std::string&, const Words&);
int cmdCp(Context&, const std::string&, const Words&);
int cmdCommit(Context&, const std::string&, const Words&);
int cmdDiff(Context&, const std::string&, const Words&);
int cmdImageDiff(Context&, const std::string&, const Words&);
int cmdExport(Context&, const std::string&, const Words&);
int cmdImport(Context&, const std::string&, const Words&);
int cmdHistory(Context&, const std::string&, const Words&);
int cmdImageFiles(Context&, const std::string&, const Words&);
int cmdImageLayers(Context&, const std::string&, const Words&);
int cmdImageTree(Context&, const std::string&, const Words&);
int cmdManifestInspect(Context&, const std::string&, const Words&);
int cmdUntag(Context&, const std::string&, const Words&);
int cmdSave(Context&, const std::string&, const Words&);
int cmdLoad(Context&, const std::string&, const Words&);
int cmdLogin(Context&, const std::string&, const Words&);
int cmdLogout(Context&, const std::string&, const Words&);
int cmdContainerClone(Context&, const std::string&, const Words&);
int cmdVolumeCreate(Context&, const std::string&, const Words&);
int cmdVolumeLs(Context&, const std::string&, const Words&);
int cmdVolumeInspect(Context&, const std::string&, const Words&);
int cmdVolumeRm(Context&, const std::string&, const Words&);
int cmdContainerPrune(Context&, const std::string&, const Words&);
int cmdImagePrune(Context&, const std::string&, const Words&);
int cmdVolumeExport(Context&, const std::string&, const Words&);
int cmdVolumeImport(Context&, const std::string&, const Words&);
int cmdVolumeClone(Context&, const std::string&, const Words&);
int cmdVolumeEmpty(Context&, const std::string&, const Words&);
int cmdSecretCreate(Context&, const std::string&, const Words&);
int cmdSecretLs(Context&, const std::string&, const Words&);
int cmdSecretInspect(Context&, const std::string&, const Words&);
int cmdSecretExists(Context&, const std::string&, const Words&);
int cmdSecretRm(Context&, const std::string&, const Words&);
int cmdSystemStartContainers(Context&, const std::string&, const Words&);
int cmdSystemEnableRestart(Context&, const std::string&, const Words&);
int cmdSystemDisableRestart(Context&, const std::string&, const Words&);
int cmdExplain(Context&, const std::string&, const Words&);
int cmdVolumePrune(Context&, const std::string&, const Words&);
int cmdSystemPrune(Context&, const std::string&, const Words&);
int cmdSystemDf(Context&, const std::string&, const Words&);
int cmdSystemCheck(Context&, const std::string&, const Words&);
int cmdUndo(Context&, const std::string&, const Words&);
int cmdTrashLs(Context&, const std::string&, const Words&);
int cmdTrashEmpty(Context&, const std::string&, const Words&);
int cmdTrashTidy(Context&, const std::string&, const Words&);
int cmdProtect(Context&, const std::string&, const Words&);
int cmdUnprotect(Context&, const std::string&, const Words&);
int cmdInfo(Context&, const std::string&, const Words&);
int cmdVersion(Context&, const std::string&, const Words&);
int cmdDoctor(Context&, const std::string&, const Words&);
int cmdEvents(Context&, const std::string&, const Words&);
int cmdContextLs(Context&, const std::string&, const Words&);
int cmdContextUse(Context&, const std::string&, const Words&);
int cmdContextShow(Context&, const std::string&, const Words&);
int cmdCompletion(Context&, const std::string&, const Words&);

/// The verb that the words begin with and how many words name it.
struct FoundVerb {
    const Verb* verb = nullptr;
    std::size_t words = 0;
};
/// The row with the longest spelling that the words begin with, so a verb of two words wins over one of the
/// first word alone. verb is null when there is none.
FoundVerb findVerb(const Words& words);

/// The table, in its order.
std::span<const Verb> allVerbs();

/// Management words that have verbs, and what they are about.
std::vector<std::pair<std::string, std::string>> shownGroups();

/// What to tell about a word that is no verb (of the group, when there is one): the likeliest one, and where
/// the others are listed.
std::string suggestion(const std::string& group, const std::string& word);

/// The overview that `coracle --help` prints.
std::string overview();

/// The verbs below a management word ("container"); empty when it is none.
std::string groupOverview(const std::string& group);

/// What main() gives the command line. goOnline: see Context::needNetwork(); null in the program that has an
/// HTTP client.
struct Program {
    Context::Open open;
    Context::GoOnline goOnline = nullptr;
};

/// Everything after the program's name. Returns the exit code and never ends the process, so that tests
/// call it with a console and an engine of theirs.
int runCommandLine(Console& console, const Words& words, const Program& program);

}  // namespace coracle::cli
