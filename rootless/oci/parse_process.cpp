// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>

#include <sys/resource.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

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

Result<std::uint32_t> toId(std::int64_t number, const char* what) {
    if (number < 0 || number >= std::numeric_limits<std::uint32_t>::max()) {
        return Error(ErrorKind::Corrupt, std::string("member '") + what + "' is not an id");
    }
    return static_cast<std::uint32_t>(number);
}

Result<User> parseUser(const Document& process) {
    User user;
    const Document* object = json::findObject(process, "user");
    if (object == nullptr) {
        return user;
    }
    TRY_ASSIGN(const auto uid, json::findInteger(*object, "uid"));
    TRY_ASSIGN(const auto gid, json::findInteger(*object, "gid"));
    TRY_ASSIGN(const auto umask, json::findInteger(*object, "umask"));
    TRY_ASSIGN(user.uid, toId(uid.value_or(0), "uid"));
    TRY_ASSIGN(user.gid, toId(gid.value_or(0), "gid"));
    if (umask) {
        user.umask = static_cast<std::uint32_t>(*umask) & 0777U;
    }
    if (const Document* gids = json::findArray(*object, "additionalGids")) {
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

Result<std::uint64_t> capabilitySet(const Document& object, const char* key) {
    TRY_ASSIGN(const auto names, json::findStrings(object, key));
    return caps::maskOf(names);
}

Result<Capabilities> parseCapabilities(const Document& object) {
    Capabilities sets;
    TRY_ASSIGN(sets.bounding, capabilitySet(object, "bounding"));
    TRY_ASSIGN(sets.effective, capabilitySet(object, "effective"));
    TRY_ASSIGN(sets.permitted, capabilitySet(object, "permitted"));
    TRY_ASSIGN(sets.inheritable, capabilitySet(object, "inheritable"));
    TRY_ASSIGN(sets.ambient, capabilitySet(object, "ambient"));
    return sets;
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

Result<> checkProcess(const Process& process, const Document& object) {
    if (process.cwd.empty() || process.cwd.front() != '/') {
        return Error(ErrorKind::InvalidArgument, "working directory '" + process.cwd + "' is not absolute");
    }
    if (process.args.empty() || process.args.front().empty()) {
        return Error(ErrorKind::InvalidArgument, "no command to run")
            .withHint("the image names no default command; give one after the image");
    }
    for (const char* key : {"apparmorProfile", "selinuxLabel"}) {
        TRY_ASSIGN(const auto label, json::findString(object, key));
        if (label && !label->empty()) {
            return Error(ErrorKind::Unsupported,
                         std::string("process member '") + key + "' cannot be applied");
        }
    }
    return {};
}

Document maskToJson(std::uint64_t mask) {
    return caps::namesOf(mask);
}

}  // namespace

Result<Process> parseProcess(const Document& object) {
    Process process;
    TRY_ASSIGN(const auto terminal, json::findBool(object, "terminal"));
    TRY_ASSIGN(const auto nnp, json::findBool(object, "noNewPrivileges"));
    process.terminal = terminal.value_or(false);
    process.noNewPrivileges = nnp.value_or(false);
    if (const Document* size = json::findObject(object, "consoleSize")) {
        TRY_ASSIGN(const auto rows, json::findInteger(*size, "height"));
        TRY_ASSIGN(const auto columns, json::findInteger(*size, "width"));
        process.consoleRows = static_cast<std::uint16_t>(rows.value_or(0));
        process.consoleColumns = static_cast<std::uint16_t>(columns.value_or(0));
    }
    TRY_ASSIGN(process.user, parseUser(object));
    TRY_ASSIGN(process.args, json::findStrings(object, "args"));
    TRY_ASSIGN(process.env, json::findStrings(object, "env"));
    TRY_ASSIGN(process.cwd, json::loadString(object, "cwd"));
    TRY_ASSIGN(process.oomScoreAdj, json::findInteger(object, "oomScoreAdj"));
    if (const Document* sets = json::findObject(object, "capabilities")) {
        TRY_ASSIGN(process.capabilities, parseCapabilities(*sets));
    }
    if (const Document* limits = json::findArray(object, "rlimits")) {
        TRY_ASSIGN(process.limits, parseLimits(*limits));
    }
    TRY(checkProcess(process, object));
    return process;
}

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
    return object;
}

}  // namespace coracle::oci
