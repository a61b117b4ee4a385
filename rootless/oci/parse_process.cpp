// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <sched.h>
#include <sys/resource.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

// TABLE. Source: setrlimit(2); OCI runtime-spec 1.1, config.md, "POSIX process", "rlimits": a type that
/// cannot be mapped and one that appears twice are errors.
constexpr std::array<std::pair<const char*, int>, 16> kLimitNames{{{"RLIMIT_AS", RLIMIT_AS},
                                                                   {"RLIMIT_CORE", RLIMIT_CORE},
                                                                   {"RLIMIT_CPU", RLIMIT_CPU},
                                                                   {"RLIMIT_DATA", RLIMIT_DATA},
                                                                   {"RLIMIT_FSIZE", RLIMIT_FSIZE},
                                                                   {"RLIMIT_LOCKS", RLIMIT_LOCKS},
                                                                   {"RLIMIT_MEMLOCK", RLIMIT_MEMLOCK},
                                                                   {"RLIMIT_MSGQUEUE", RLIMIT_MSGQUEUE},
                                                                   {"RLIMIT_NICE", RLIMIT_NICE},
                                                                   {"RLIMIT_NOFILE", RLIMIT_NOFILE},
                                                                   {"RLIMIT_NPROC", RLIMIT_NPROC},
                                                                   {"RLIMIT_RSS", RLIMIT_RSS},
                                                                   {"RLIMIT_RTPRIO", RLIMIT_RTPRIO},
                                                                   {"RLIMIT_RTTIME", RLIMIT_RTTIME},
                                                                   {"RLIMIT_SIGPENDING", RLIMIT_SIGPENDING},
                                                                   {"RLIMIT_STACK", RLIMIT_STACK}}};

/// 2^32-1 is no id: it means "leave it" to the set*id calls, so a container would keep the runtime's.
Result<std::uint32_t> toId(std::int64_t number, const char* what) {
    if (number < 0 || number >= std::numeric_limits<std::uint32_t>::max()) {
        return Error(ErrorKind::Corrupt, std::string("member '") + what + "' is not an id");
    }
    return static_cast<std::uint32_t>(number);
}

/// Numbers only, as the format has it: names are resolved by the engine when it makes the bundle.
Result<User> parseUser(const Document& process) {
    User user;
    TRY_ASSIGN(const Document* object, json::loadObjectIfAny(process, "user"));
    if (object == nullptr) {
        return user;
    }
    TRY_ASSIGN(const auto uid, json::findInteger(*object, "uid"));
    TRY_ASSIGN(const auto gid, json::findInteger(*object, "gid"));
    TRY_ASSIGN(const auto umask, json::findInteger(*object, "umask"));
    TRY_ASSIGN(user.uid, toId(uid.value_or(0), "uid"));
    TRY_ASSIGN(user.gid, toId(gid.value_or(0), "gid"));
    if (umask && (*umask < 0 || *umask > std::numeric_limits<std::uint32_t>::max())) {
        return Error(ErrorKind::Corrupt, "member 'umask' is out of range");
    }
    if (umask) {
        user.umask =
            static_cast<std::uint32_t>(*umask) & 0777U;  // of more, the kernel takes these (umask(2))
    }
    TRY_ASSIGN(const Document* gids, json::loadArrayIfAny(*object, "additionalGids"));
    if (gids != nullptr) {
        for (const Document& gid_ : *gids) {
            const auto* number = gid_.get_ptr<const Document::number_unsigned_t*>();
            if (number == nullptr || *number >= std::numeric_limits<std::uint32_t>::max()) {
                return Error(ErrorKind::Corrupt, "member 'additionalGids' is not an array of ids");
            }
            user.additionalGids.push_back(static_cast<std::uint32_t>(*number));
        }
    }
    return user;
}

/// "Any value which cannot be mapped to a relevant kernel interface, or cannot be granted otherwise, MUST be
/// logged as a warning by the runtime. Runtimes SHOULD NOT fail". Less than was asked for is never a danger.
/// Source: OCI runtime-spec 1.1, config.md, "Linux Process".
Result<std::uint64_t> capabilitySet(const Document& object, const char* key,
                                    std::vector<std::string>& warnings) {
    TRY_ASSIGN(const auto names, json::findStrings(object, key));
    std::uint64_t mask = 0;
    for (const std::string& name : names) {
        if (const auto number = caps::parse(name)) {
            mask |= std::uint64_t{1} << static_cast<unsigned>(*number);
        } else {
            warnings.push_back(std::string(key) + " capability '" + name + "' is unknown and is left out");
        }
    }
    return mask;
}

Result<> parseCapabilities(const Document& object, Process& process) {
    Capabilities sets;
    TRY_ASSIGN(sets.bounding, capabilitySet(object, "bounding", process.warnings));
    TRY_ASSIGN(sets.effective, capabilitySet(object, "effective", process.warnings));
    TRY_ASSIGN(sets.permitted, capabilitySet(object, "permitted", process.warnings));
    TRY_ASSIGN(sets.inheritable, capabilitySet(object, "inheritable", process.warnings));
    TRY_ASSIGN(sets.ambient, capabilitySet(object, "ambient", process.warnings));
    process.capabilities = sets;
    return {};
}

/// The kernel raises into the ambient set only what is permitted and inheritable; other engines ask for more
/// as a matter of course (buildah for eleven in each RUN), so it is one warning: crun and runc leave out the
/// one that the specification wants. Source: capabilities(7); capabilitySet().
void limitAmbient(Process& process) {
    Capabilities& sets = *process.capabilities;
    const std::uint64_t possible = sets.ambient & sets.permitted & sets.inheritable;
    std::string names;
    for (const std::string& name : caps::namesOf(sets.ambient & ~possible)) {
        names += (names.empty() ? "" : ", ") + name;
    }
    if (!names.empty()) {
        process.warnings.push_back("ambient capabilities that are not inheritable are left out: " + names);
    }
    sets.ambient = possible;
}

Result<std::uint64_t> limitValue(const Document& object, const char* key) {
    // An unlimited value is written as 2^64-1, which a signed getter refuses.
    const auto found = object.find(key);
    if (found != object.end()) {
        if (const auto* number = found->get_ptr<const Document::number_unsigned_t*>()) {
            return std::uint64_t{*number};
        }
        if (const auto* number = found->get_ptr<const Document::number_integer_t*>();
            number != nullptr && *number == -1) {
            return std::numeric_limits<std::uint64_t>::max();
        }
    }
    return Error(ErrorKind::Corrupt, std::string("member '") + key + "' of a resource limit is not a number");
}

/// "The runtime MUST generate an error for any values which cannot be mapped to a relevant kernel
/// interface", and duplicates are an error too (runtime-spec config.md, "POSIX process").
Result<std::vector<ResourceLimit>> parseLimits(const Document& array) {
    std::vector<ResourceLimit> limits;
    for (const Document& item : array) {
        ResourceLimit limit;
        TRY_ASSIGN(limit.name, json::loadString(item, "type"));
        TRY_ASSIGN(limit.soft, limitValue(item, "soft"));
        TRY_ASSIGN(limit.hard, limitValue(item, "hard"));
        bool known = false;
        for (const auto& [name, number] : kLimitNames) {
            if (limit.name == name) {
                limit.resource = number;
                known = true;
            }
        }
        if (!known) {
            return Error(ErrorKind::Corrupt, "unknown resource limit '" + limit.name + "'");
        }
        for (const ResourceLimit& other : limits) {
            if (other.resource == limit.resource) {
                return Error(ErrorKind::Corrupt, "resource limit '" + limit.name + "' appears twice");
            }
        }
        limits.push_back(std::move(limit));
    }
    return limits;
}

/// An image without a command is the usual way to get here, hence the hint.
Result<> checkProcess(const Process& process) {
    if (process.cwd.empty() || process.cwd.front() != '/') {
        return Error(ErrorKind::InvalidArgument, "working directory '" + process.cwd + "' is not absolute");
    }
    if (process.args.empty() || process.args.front().empty()) {
        return Error(ErrorKind::InvalidArgument, "no command to run")
            .withHint("the image names no default command; give one after the image");
    }
    return {};
}

Result<std::uint64_t> countOf(const Document& object, const char* key) {
    TRY_ASSIGN(const auto number, json::findInteger(object, key));
    if (number.value_or(0) < 0) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is negative");
    }
    return static_cast<std::uint64_t>(number.value_or(0));
}

/// Source: ioctl_tty(2), struct winsize.
Result<std::uint16_t> consoleLength(const Document& size, const char* key) {
    TRY_ASSIGN(const std::uint64_t length, countOf(size, key));
    if (length > std::numeric_limits<std::uint16_t>::max()) {
        return Error(ErrorKind::Corrupt,
                     std::string("member '") + key + "' of 'consoleSize' is out of range");
    }
    return static_cast<std::uint16_t>(length);
}

constexpr std::array<std::pair<const char*, std::uint32_t>, 6> kPolicies{{{"SCHED_OTHER", SCHED_OTHER},
                                                                          {"SCHED_FIFO", SCHED_FIFO},
                                                                          {"SCHED_RR", SCHED_RR},
                                                                          {"SCHED_BATCH", SCHED_BATCH},
                                                                          {"SCHED_IDLE", SCHED_IDLE},
                                                                          {"SCHED_DEADLINE", 6}}};
// Source: sched_setattr(2).
constexpr std::array<std::pair<const char*, std::uint64_t>, 7> kSchedulerFlags{
    {{"SCHED_FLAG_RESET_ON_FORK", 1},
     {"SCHED_FLAG_RECLAIM", 2},
     {"SCHED_FLAG_DL_OVERRUN", 4},
     {"SCHED_FLAG_KEEP_POLICY", 8},
     {"SCHED_FLAG_KEEP_PARAMS", 16},
     {"SCHED_FLAG_UTIL_CLAMP_MIN", 32},
     {"SCHED_FLAG_UTIL_CLAMP_MAX", 64}}};

constexpr std::array<std::pair<const char*, int>, 3> kIoLevels{
    {{"IOPRIO_CLASS_RT", 1}, {"IOPRIO_CLASS_BE", 2}, {"IOPRIO_CLASS_IDLE", 3}}};

template <typename Table>
auto numberOf(const Table& table, const std::string& word, const char* what)
    -> Result<decltype(table.front().second)> {
    for (const auto& [name, number] : table) {
        if (word == name) {
            return number;
        }
    }
    return Error(ErrorKind::Corrupt, std::string("unknown ") + what + " '" + word + "'");
}

/// The members of struct sched_attr (sched_setattr(2)); whether they fit together is for the kernel to
/// say.
Result<Scheduler> parseScheduler(const Document& object) {
    Scheduler scheduler;
    TRY_ASSIGN(const std::string policy, json::loadString(object, "policy"));
    TRY_ASSIGN(scheduler.policy, numberOf(kPolicies, policy, "scheduling policy"));
    TRY_ASSIGN(const auto nice, json::findInteger(object, "nice"));
    if (nice.value_or(0) < -20 || nice.value_or(0) > 19) {
        return Error(ErrorKind::Corrupt, "member 'nice' is out of range");
    }
    scheduler.nice = static_cast<std::int32_t>(nice.value_or(0));
    TRY_ASSIGN(const std::uint64_t priority, countOf(object, "priority"));
    scheduler.priority = static_cast<std::uint32_t>(std::min<std::uint64_t>(priority, 1000));
    TRY_ASSIGN(const auto flags, json::findStrings(object, "flags"));
    for (const std::string& word : flags) {
        TRY_ASSIGN(const std::uint64_t flag, numberOf(kSchedulerFlags, word, "scheduling flag"));
        scheduler.flags |= flag;
    }
    TRY_ASSIGN(scheduler.runtime, countOf(object, "runtime"));
    TRY_ASSIGN(scheduler.deadline, countOf(object, "deadline"));
    TRY_ASSIGN(scheduler.period, countOf(object, "period"));
    return scheduler;
}

/// Levels 0 to 7 as ioprio_set(2) has them.
Result<IoPriority> parseIoPriority(const Document& object) {
    IoPriority priority;
    TRY_ASSIGN(const std::string level, json::loadString(object, "class"));
    TRY_ASSIGN(priority.level, numberOf(kIoLevels, level, "I/O priority class"));
    TRY_ASSIGN(const auto number, json::findInteger(object, "priority"));
    if (number.value_or(0) < 0 || number.value_or(0) > 7) {
        return Error(ErrorKind::Corrupt, "member 'priority' of the I/O priority is out of range");
    }
    priority.priority = static_cast<int>(number.value_or(0));
    return priority;
}

/// "0-3,7". Source: OCI runtime-spec 1.2, config.md, "execCPUAffinity".
Result<std::vector<unsigned>> parseProcessors(const std::string& text) {
    constexpr unsigned kMaxProcessors = 8192;
    std::vector<unsigned> processors;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        unsigned first = 0;
        const char* const stop = text.data() + end;
        auto parsed = std::from_chars(text.data() + at, stop, first);
        unsigned last = first;
        if (parsed.ec == std::errc() && parsed.ptr != stop && *parsed.ptr == '-') {
            parsed = std::from_chars(parsed.ptr + 1, stop, last);
        }
        if (parsed.ec != std::errc() || parsed.ptr != stop || last < first || last >= kMaxProcessors) {
            return Error(ErrorKind::Corrupt, "'" + text + "' is not a list of processors");
        }
        for (unsigned number = first; number <= last; ++number) {
            processors.push_back(number);
        }
        at = end + 1;
    }
    return processors;
}

Result<> parseTuning(const Document& object, Process& process) {
    TRY_ASSIGN(const Document* scheduler, json::loadObjectIfAny(object, "scheduler"));
    if (scheduler != nullptr && !scheduler->empty()) {
        TRY_ASSIGN(process.scheduler, parseScheduler(*scheduler));
    }
    TRY_ASSIGN(const Document* io, json::loadObjectIfAny(object, "ioPriority"));
    if (io != nullptr && !io->empty()) {
        TRY_ASSIGN(process.ioPriority, parseIoPriority(*io));
    }
    TRY_ASSIGN(const Document* affinity, json::loadObjectIfAny(object, "execCPUAffinity"));
    if (affinity != nullptr) {
        TRY_ASSIGN(const auto initial, json::findString(*affinity, "initial"));
        TRY_ASSIGN(const auto final, json::findString(*affinity, "final"));
        TRY_ASSIGN(process.execAffinity, parseProcessors(final ? *final : initial.value_or("")));
    }
    return {};
}

Document maskToJson(std::uint64_t mask) {
    return caps::namesOf(mask);
}

template <typename Table, typename Number>
std::string wordOf(const Table& table, Number number) {
    for (const auto& [name, candidate] : table) {
        if (candidate == number) {
            return name;
        }
    }
    return {};
}

/// The inverse of parseTuning(): `exec` makes its process from the state's copy of the first one.
void tuningToJson(const Process& process, Document& object) {
    if (!process.apparmorProfile.empty()) {
        object["apparmorProfile"] = process.apparmorProfile;
    }
    if (!process.selinuxLabel.empty()) {
        object["selinuxLabel"] = process.selinuxLabel;
    }
    if (process.scheduler) {
        const Scheduler& scheduler = *process.scheduler;
        Document flags = Document::array();
        for (const auto& [name, flag] : kSchedulerFlags) {
            if ((scheduler.flags & flag) != 0) {
                flags.push_back(name);
            }
        }
        object["scheduler"] = {{"policy", wordOf(kPolicies, scheduler.policy)},
                               {"nice", scheduler.nice},
                               {"priority", scheduler.priority},
                               {"flags", flags},
                               {"runtime", scheduler.runtime},
                               {"deadline", scheduler.deadline},
                               {"period", scheduler.period}};
    }
    if (process.ioPriority) {
        object["ioPriority"] = {{"class", wordOf(kIoLevels, process.ioPriority->level)},
                                {"priority", process.ioPriority->priority}};
    }
    std::string processors;
    for (const unsigned number : process.execAffinity) {
        processors += (processors.empty() ? "" : ",") + std::to_string(number);
    }
    if (!processors.empty()) {
        object["execCPUAffinity"] = {{"final", processors}};
    }
}

}  // namespace

/// Unlike parseLinux() this is also what `exec` reads, so what it refuses protects a running container as
/// well.
Result<Process> parseProcess(const Document& object) {
    Process process;
    TRY_ASSIGN(const auto terminal, json::findBool(object, "terminal"));
    TRY_ASSIGN(const auto nnp, json::findBool(object, "noNewPrivileges"));
    process.terminal = terminal.value_or(false);
    process.noNewPrivileges = nnp.value_or(false);
    TRY_ASSIGN(const Document* size, json::loadObjectIfAny(object, "consoleSize"));
    if (size != nullptr) {
        TRY_ASSIGN(process.consoleRows, consoleLength(*size, "height"));
        TRY_ASSIGN(process.consoleColumns, consoleLength(*size, "width"));
    }
    TRY_ASSIGN(process.user, parseUser(object));
    TRY_ASSIGN(process.args, json::findStrings(object, "args"));
    TRY_ASSIGN(process.env, json::findStrings(object, "env"));
    TRY_ASSIGN(process.cwd, json::loadString(object, "cwd"));
    TRY_ASSIGN(process.oomScoreAdj, json::findInteger(object, "oomScoreAdj"));
    TRY_ASSIGN(const Document* sets, json::loadObjectIfAny(object, "capabilities"));
    if (sets != nullptr) {
        TRY(parseCapabilities(*sets, process));
        limitAmbient(process);
    }
    TRY_ASSIGN(const Document* limits, json::loadArrayIfAny(object, "rlimits"));
    if (limits != nullptr) {
        TRY_ASSIGN(process.limits, parseLimits(*limits));
    }
    TRY_ASSIGN(const auto apparmor, json::findString(object, "apparmorProfile"));
    TRY_ASSIGN(const auto selinux, json::findString(object, "selinuxLabel"));
    process.apparmorProfile = apparmor.value_or("");
    process.selinuxLabel = selinux.value_or("");
    TRY(parseTuning(object, process));
    TRY(checkProcess(process));
    return process;
}

/// For the runtime's state: parseProcess() of it gives the same process.
Document toJson(const Process& process) {
    Document object{{"terminal", process.terminal},
                    {"user",
                     {{"uid", process.user.uid},
                      {"gid", process.user.gid},
                      {"additionalGids", process.user.additionalGids}}},
                    {"args", process.args},
                    {"env", process.env},
                    {"cwd", process.cwd},
                    {"noNewPrivileges", process.noNewPrivileges}};
    if (process.user.umask) {
        object["user"]["umask"] = *process.user.umask;
    }
    if (process.capabilities) {
        object["capabilities"] = {{"bounding", maskToJson(process.capabilities->bounding)},
                                  {"effective", maskToJson(process.capabilities->effective)},
                                  {"permitted", maskToJson(process.capabilities->permitted)},
                                  {"inheritable", maskToJson(process.capabilities->inheritable)},
                                  {"ambient", maskToJson(process.capabilities->ambient)}};
    }
    for (const ResourceLimit& limit : process.limits) {
        object["rlimits"].push_back({{"type", limit.name}, {"soft", limit.soft}, {"hard", limit.hard}});
    }
    if (process.oomScoreAdj) {
        object["oomScoreAdj"] = *process.oomScoreAdj;
    }
    tuningToJson(process, object);
    return object;
}

}  // namespace coracle::oci
