// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/map_writer.h"

#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/user_name.h"

#include <cstdlib>

#include <unistd.h>

namespace coracle::userns {
namespace {

/// A machine with a hundred thousand users has files of some megabytes.
constexpr std::size_t kMaxDatabaseBytes = 8U << 20U;

/// A user of a directory service is found by $USER, which newuidmap(1) verifies: whoever starts a container
/// does not wait for that service.
std::string findUserName(uid_t uid) {
    if (const auto text = sys::readFile("/etc/passwd", kMaxDatabaseBytes)) {
        if (auto name = sys::nameInDatabase(*text, uid)) {
            return *std::move(name);
        }
    }
    const char* user = std::getenv("USER");
    return user != nullptr ? user : "";
}

/// A file that is missing is a host without subordinate ids and no error.
Result<std::vector<SubordinateRange>> readRanges(const std::string& path, const std::string& name,
                                                 std::uint32_t id) {
    if (!sys::pathExists(path)) {
        return std::vector<SubordinateRange>{};
    }
    TRY_ASSIGN(const std::string text, sys::readFile(path, kMaxDatabaseBytes));
    return parseSubordinateIds(text, name, id);
}

/// No shell and numbers only, so nothing of a name can become an argument.
std::vector<std::string> helperCommand(const char* program, pid_t pid, const IdMap& map) {
    std::vector<std::string> argv{program, std::to_string(pid)};
    for (const IdRange& range : map) {
        argv.push_back(std::to_string(range.inside));
        argv.push_back(std::to_string(range.outside));
        argv.push_back(std::to_string(range.count));
    }
    return argv;
}

}  // namespace

/// CORACLE_SUBID_DIR is for tests. It gives nobody ids: newuidmap reads /etc/subuid itself and refuses
/// what is not there.
Result<AvailableMaps> findAvailableMaps() {
    const char* folder = std::getenv("CORACLE_SUBID_DIR");
    const std::string base = folder != nullptr && *folder != '\0' ? folder : "/etc";
    const std::string name = findUserName(::getuid());
    TRY_ASSIGN(const auto uids, readRanges(base + "/subuid", name, ::getuid()));
    TRY_ASSIGN(const auto gids, readRanges(base + "/subgid", name, ::getuid()));
    AvailableMaps available;
    if (uids.empty() || gids.empty()) {
        available.reason = "no subordinate ids in " + base + (uids.empty() ? "/subuid" : "/subgid");
    } else if (!sys::findProgram("newuidmap") || !sys::findProgram("newgidmap")) {
        available.reason = "newuidmap or newgidmap is not installed (package uidmap)";
    }
    available.single = !available.reason.empty();
    if (available.single) {
        available.maps = {keptMap(::getuid(), {}), keptMap(::getgid(), {})};
    } else {
        available.maps = {keptMap(::getuid(), uids), keptMap(::getgid(), gids)};
    }
    return available;
}

struct MapHelpers::Helper {
    sys::Subprocess process;
    sys::UniqueFd errors;
    std::string name;

    static Result<Helper> start(const char* program, pid_t pid, const IdMap& map);
    Result<> finish();
};

/// Standard error comes back through a pipe: the helpers say there why they refuse.
Result<MapHelpers::Helper> MapHelpers::Helper::start(const char* program, pid_t pid, const IdMap& map) {
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    sys::SpawnOptions options;
    options.argv = helperCommand(program, pid, map);
    options.fds = {{pipe.writeEnd.get(), 2}};
    TRY_ASSIGN(sys::Subprocess started, sys::Subprocess::spawn(options));
    return Helper{std::move(started), std::move(pipe.readEnd), program};
}

/// Output first, then the end: a helper that says more than a pipe holds would otherwise wait for us.
Result<> MapHelpers::Helper::finish() {
    const auto text = sys::readAll(errors.get());
    TRY_ASSIGN(const sys::ExitStatus status, process.wait());
    if (status.success()) {
        return {};
    }
    std::string said = text ? *text : "";
    said = said.substr(0, said.find('\n'));
    return Error(ErrorKind::PermissionDenied, "map subordinate ids: " + (said.empty() ? name : said))
        .withHint(
            "check that newuidmap and newgidmap are setuid root (package uidmap) and that /etc/subuid and "
            "/etc/subgid name ranges of this user");
}

MapHelpers::MapHelpers() = default;
MapHelpers::MapHelpers(MapHelpers&& other) noexcept = default;
MapHelpers::~MapHelpers() = default;

/// Both at once, since each costs the start of a program.
Result<MapHelpers> MapHelpers::start(pid_t pid, const IdMaps& maps) {
    MapHelpers helpers;
    TRY_ASSIGN(Helper uids, Helper::start("newuidmap", pid, maps.uids));
    helpers.m_helpers.push_back(std::move(uids));
    TRY_ASSIGN(Helper gids, Helper::start("newgidmap", pid, maps.gids));
    helpers.m_helpers.push_back(std::move(gids));
    return helpers;
}

Result<> MapHelpers::finish() {
    for (Helper& helper : m_helpers) {
        TRY(helper.finish());
    }
    return {};
}

Result<> writeMapsByHelpers(pid_t pid, const IdMaps& maps) {
    TRY_ASSIGN(MapHelpers helpers, MapHelpers::start(pid, maps));
    return helpers.finish();
}

Result<> writeMapsDirectly(pid_t pid, const IdMaps& maps) {
    return writeMapsInto("/proc/" + std::to_string(pid), maps);
}

Result<> writeMapsInto(const std::string& processFolder, const IdMaps& maps) {
    TRY(sys::writeControlFile(processFolder + "/uid_map", toText(maps.uids)));
    auto written = sys::writeControlFile(processFolder + "/gid_map", toText(maps.gids));
    if (!written && written.error().kind() == ErrorKind::PermissionDenied) {
        // Without privilege in the parent namespace setgroups(2) has to be given up first.
        TRY(sys::writeControlFile(processFolder + "/setgroups", "deny"));
        written = sys::writeControlFile(processFolder + "/gid_map", toText(maps.gids));
    }
    return written;
}

Result<IdMaps> readOwnMaps() {
    TRY_ASSIGN(const std::string uidText, sys::readFile("/proc/self/uid_map"));
    TRY_ASSIGN(const std::string gidText, sys::readFile("/proc/self/gid_map"));
    TRY_ASSIGN(IdMap uids, parseMap(uidText));
    TRY_ASSIGN(IdMap gids, parseMap(gidText));
    return IdMaps{std::move(uids), std::move(gids)};
}

}  // namespace coracle::userns
