// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/process_setup.h"

#include "rootless/caps/capability.h"
#include "rootless/oci/defaults.h"
#include "rootless/runtime/seccomp_agent.h"
#include "rootless/seccomp/filter.h"
#include "rootless/sys/file.h"
#include "rootless/sys/self.h"
#include "rootless/sys/tuning.h"

#include <algorithm>
#include <array>
#include <set>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// Far above any real file; the image decides what is there.
constexpr std::size_t kMaxPasswdBytes = 1U << 20U;

/// A bundle that says nothing about capabilities gets the default ones, not all of the namespace's.
oci::Capabilities capabilitiesOf(const oci::Process& process) {
    if (process.capabilities) {
        return *process.capabilities;
    }
    const std::uint64_t mask = process.user.uid == 0 ? caps::defaultMask() : 0;
    return {mask, mask, mask, 0, 0};
}

/// Security: the image or an exec names the folder. /proc/self/fd/N as a working directory leads to
/// whatever a descriptor of the runtime that leaked stands for, a folder of the host in the worst case
/// (CVE-2024-21626). Where no descriptor leaks, this finds nothing; it is here for the day one does.
Result<> checkWorkingDirectory(const std::string& wanted) {
    if (::chdir(wanted.c_str()) != 0) {
        return Error::fromErrno("enter working directory '" + wanted + "'");
    }
    // A directory outside of the root, reached through a descriptor that leaked, has no path from here:
    // getcwd(2) then answers "(unreachable)".
    std::array<char, 4096> here{};
    if (::getcwd(here.data(), here.size()) == nullptr || here.front() != '/') {
        return Error(ErrorKind::PermissionDenied,
                     "working directory '" + wanted + "' is outside of the container");
    }
    return {};
}

/// The first entry of that name, as getenv(3) of the container's libc will find it; empty when there is
/// none.
std::string valueOf(const std::vector<std::string>& env, std::string_view name) {
    for (const std::string& entry : env) {
        if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=') {
            return entry.substr(name.size() + 1);
        }
    }
    return {};
}

/// What execve(2) would answer, asked before, because after the filters are loaded there is nobody left
/// who could tell a missing command (127) from one that may not be run (126). faccessat(2) with AT_EACCESS
/// asks for the effective user, the one that will execute. Errors: NotFound, PermissionDenied for
/// something that is no executable file.
Result<> checkExecutable(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const int err = errno == ENOTDIR ? ENOENT : errno;
        return Error::fromErrno("run '" + path + "'", err);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error(ErrorKind::PermissionDenied,
                     "run '" + path + "': " + (S_ISDIR(status.st_mode) ? "is a folder" : "is not a program"),
                     EACCES);
    }
    if (::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) != 0) {
        return Error::fromErrno("run '" + path + "'").withHint("the file is not executable for this user");
    }
    return {};
}

std::string homeOf(std::uint32_t uid) {
    // Regular files only and without blocking: an image may put a FIFO there.
    const auto text = sys::readFile("/etc/passwd", kMaxPasswdBytes);
    const std::string wanted = std::to_string(uid);
    for (std::size_t at = 0; text && at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        std::array<std::string, 7> fields;
        std::size_t start = at;
        for (std::string& field : fields) {
            const std::size_t stop = std::min(text->find(':', start), end);
            field = start <= end ? text->substr(start, stop - start) : std::string();
            start = stop + 1;
        }
        if (fields[2] == wanted && fields[5].starts_with('/')) {
            return fields[5];
        }
        at = end + 1;
    }
    return uid == 0 ? "/root" : "/";
}

}  // namespace

Result<Filters> prepareFilters(const SeccompSettings& settings, const oci::Process& first,
                               const std::string& cacheFolder) {
    Filters filters;
    if (settings.word == oci::kUnconfined) {
        filters.always = seccomp::denyFilter({.allow32Bit = true, .keysAbsent = false});
        return filters;
    }
    const auto names = caps::namesOf(capabilitiesOf(first).bounding);
    const std::set<std::string> capabilities(names.begin(), names.end());
    auto program = settings.profile.empty()
                       ? seccomp::builtInProfile(settings.word, capabilities, cacheFolder)
                       : seccomp::loadProfile(settings.profile, {capabilities, {}}, cacheFolder);
    if (!program) {
        return std::move(program).error().context("apply the seccomp profile");
    }
    const bool nested = settings.word.find("nested") != std::string::npos;
    filters.always = seccomp::denyFilter({program->allows32Bit, nested});
    filters.profile = std::move(program->rows);
    if (!settings.profile.empty()) {
        TRY_ASSIGN(filters.use, oci::parseSeccompUse(settings.profile));
    }
    return filters;
}

Result<> adjustOomScore(const oci::Process& process) {
    if (!process.oomScoreAdj) {
        return {};
    }
    const std::string value = std::to_string(*process.oomScoreAdj);
    auto written = sys::writeControlFile("/proc/self/oom_score_adj", value);
    if (written) {
        return {};
    }
    const bool isLow = written.error().kind() == ErrorKind::PermissionDenied;
    return std::move(written)
        .error()
        .context("set oomScoreAdj " + value)
        .withHint(isLow ? "without root a process can only make itself more likely to be killed"
                        : "values are -1000 to 1000");
}

/// Before becomeUser(): these need the rights of the container's root, where they need any.
Result<> tuneProcess(const oci::Process& process, std::optional<unsigned long> personality) {
    if (process.scheduler) {
        const oci::Scheduler& wanted = *process.scheduler;
        TRY(sys::setScheduling({wanted.policy, wanted.flags, wanted.nice, wanted.priority, wanted.runtime,
                                wanted.deadline, wanted.period}));
    }
    if (process.ioPriority) {
        TRY(sys::setIoPriority(process.ioPriority->level, process.ioPriority->priority));
    }
    return personality ? sys::setPersonality(*personality) : Result<>();
}

sys::Groups groupsOf(const std::map<std::string, std::string>& annotations) {
    return oci::keepsGroups(annotations) ? sys::Groups::Keep : sys::Groups::Replace;
}

/// The bounding set is cut while CAP_SETPCAP is there, and the user changes after it. Limits come first:
/// raising one needs CAP_SYS_RESOURCE in the initial namespace, which nobody here has, so what is above
/// the caller's own hard limit fails with a message that names the limit.
std::optional<Failure> becomeUser(const oci::Process& process, sys::Groups groups) {
    Result<> entered;
    const auto become = [&]() -> Result<> {
        for (const oci::ResourceLimit& limit : process.limits) {
            TRY(sys::setResourceLimit(limit.resource, limit.soft, limit.hard, limit.name));
        }
        sys::ownStandardPipes(process.user.uid);
        (void)::umask(process.user.umask.value_or(022));
        TRY(sys::limitBoundingSet(capabilitiesOf(process).bounding));
        // As the container's root first: an image may start another user in /root, and docker lets it.
        entered = checkWorkingDirectory(process.cwd);
        return sys::changeUser(process.user.uid, process.user.gid,
                               {process.user.additionalGids.begin(), process.user.additionalGids.end()},
                               groups);
    };
    if (auto done = become(); !done) {
        return Failure{std::move(done).error()};
    }
    if (!entered) {
        entered = checkWorkingDirectory(process.cwd);
    }
    return entered ? std::optional<Failure>() : commandFailure(std::move(entered).error());
}

/// An empty part of PATH is the working directory, as execvp(3) has it. A file that may not be run does
/// not end the search, but it is what is reported when nothing else is found.
Result<std::string> findCommand(const oci::Process& process) {
    const std::string& name = process.args.front();
    if (name.find('/') != std::string::npos) {
        TRY(checkExecutable(name));
        return name;
    }
    std::string path = valueOf(process.env, "PATH");
    if (path.empty()) {
        path = oci::kPathVariable.substr(5);
    }
    std::optional<Error> refused;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find(':', start), path.size());
        const std::string folder = end > start ? path.substr(start, end - start) : ".";
        const std::string candidate = folder + "/" + name;
        auto usable = checkExecutable(candidate);
        if (usable) {
            return candidate;
        }
        if (usable.error().kind() != ErrorKind::NotFound && !refused) {
            refused = std::move(usable).error();
        }
        start = end + 1;
    }
    if (refused) {
        return *std::move(refused);
    }
    // Engines that start other runtimes look for these very words.
    return Error(ErrorKind::NotFound, "run '" + name + "': executable file not found in $PATH")
        .withHint("PATH is " + path);
}

/// HOME comes from the container's /etc/passwd when the bundle sets none, as docker does.
std::vector<std::string> environmentOf(const oci::Process& process) {
    std::vector<std::string> env = process.env;
    if (valueOf(env, "HOME").empty()) {
        env.push_back("HOME=" + homeOf(process.user.uid));
    }
    return env;
}

Error enterProgram(const oci::Process& process, const std::string& program,
                   const std::vector<std::string>& env, const Filters& filters, const ProgramEntry& entry) {
    // The order: the labels before a filter could forbid the write; no-new-privileges before the
    // filters, which it makes loadable; the capabilities with CAP_SYS_ADMIN for a moment; the filter for
    // all before the profile's, as a filter may forbid seccomp(2) itself; the last capabilities at the
    // end. Nothing of the container runs before the execve(2).
    const auto enter = [&]() -> Result<> {
        const oci::Capabilities sets = capabilitiesOf(process);
        // Loading a filter needs CAP_SYS_ADMIN unless no-new-privileges is set; it is given up right after.
        constexpr std::uint64_t kAdmin = std::uint64_t{1} << unsigned{CAP_SYS_ADMIN};
        const std::uint64_t extra = process.noNewPrivileges ? 0 : kAdmin;
        TRY(applyLabels(process, entry.labels));
        if (process.noNewPrivileges) {
            TRY(sys::setNoNewPrivileges());
        }
        TRY(sys::setCapabilities({sets.effective | extra, sets.permitted | extra, sets.inheritable}));
        TRY(sys::setAmbient(sets.ambient));
        TRY(sys::installFilter(filters.always));
        if (filters.use.notifies && entry.agentFd >= 0) {
            TRY(installNotifyingFilter(filters.profile, filters.use.flags, entry.agentFd));
        } else if (!filters.profile.empty()) {
            TRY(sys::installFilter(filters.profile, filters.use.flags));
        }
        if (extra != 0) {
            TRY(sys::setCapabilities({sets.effective, sets.permitted, sets.inheritable}));
        }
        return {};
    };
    if (auto entered = enter(); !entered) {
        return std::move(entered).error();
    }
    return sys::execute(program, process.args, env);
}

}  // namespace coracle::runtime
