// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/arguments.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/state.h"

#include <string>
#include <variant>
#include <vector>

/// The verbs of coracle-runtime, one file each. A verb answers with the exit code of the program or a
/// failure, which main() reports.
namespace coracle::runtime {

using Outcome = std::variant<int, Failure>;

/// Where a caller wants to read what happened.
struct Log {
    std::string path;  ///< empty: nowhere
    bool json = false;
};

/// Append one line; runc's and crun's readers understand it. A log that cannot be written is ignored: whoever
/// asked for it sees standard error as well.
void writeLog(const Log& log, const char* level, const std::string& message, const std::string& hint = "");

/// What a verb is given: the state folder, its words, and the options that stand before the verb.
struct Invocation {
    StateStore store;
    std::vector<std::string> words;  ///< after the verb
    Log log;
    bool systemdCgroup = false;  ///< --systemd-cgroup
};

/// TABLE of the verbs; each reads its own options and prints to standard output. Source: OCI runtime-spec
/// 1.1, runtime.md, "Operations"; runc(8) for those that the specification does not have.
Outcome createVerb(const Invocation& invocation);
Outcome runVerb(const Invocation& invocation);
Outcome startVerb(const Invocation& invocation);
Outcome stateVerb(const Invocation& invocation);
Outcome killVerb(const Invocation& invocation);
Outcome deleteVerb(const Invocation& invocation);
Outcome execVerb(const Invocation& invocation);
Outcome listVerb(const Invocation& invocation);
Outcome featuresVerb(const Invocation& invocation);
Outcome specVerb(const Invocation& invocation);
Outcome psVerb(const Invocation& invocation);
Outcome probeVerb(const Invocation& invocation);
Outcome linkVerb(const Invocation& invocation);
Outcome updateVerb(const Invocation& invocation);
Outcome pauseVerb(const Invocation& invocation);
Outcome resumeVerb(const Invocation& invocation);
Outcome eventsVerb(const Invocation& invocation);

/// The outcome of a verb that fails in one way only.
Outcome toOutcome(Result<int> result);

/// Wait for a process, handing on the signals that end, stop or resize a command. Gives its shell exit
/// code: 128 and the signal for one that was killed. Reaps it. Errors: by errno.
Result<int> superviseChild(pid_t pid, int pidFd);

/// The one word a verb takes. Errors: InvalidArgument.
Result<std::string> onlyWord(const Arguments& arguments, const char* usage);

/// Print to standard output. Errors: Io.
Result<> print(const std::string& text);

}  // namespace coracle::runtime
