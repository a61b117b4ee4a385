// SPDX-License-Identifier: Apache-2.0
#include "core/container/user_database.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace coracle::container {
namespace {

/// (uid_t)-1 means "no change" to chown(2) and setresuid(2) and so is never an id.
constexpr std::uint64_t kLargestId = 0xFFFFFFFEU;

struct PasswdRow {
    std::string_view name;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string_view home;
};

struct GroupRow {
    std::string_view name;
    std::uint32_t gid = 0;
    std::string_view members;
};

/// The whole field has to be a number: "0x10" or "10a" would be read as something by one tool and as
/// nothing by another.
std::optional<std::uint32_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() ||
        value > kLargestId) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(value);
}

bool isDigits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

/// Malformed rows are passed over, as getpwnam(3) does.
std::vector<PasswdRow> passwdRows(std::string_view text) {
    std::vector<PasswdRow> rows;
    for (const auto line : split(text, '\n')) {
        const auto fields = split(line, ':');
        if (fields.size() < 6 || fields[0].empty() || fields[0][0] == '#') {
            continue;
        }
        const auto uid = number(fields[2]);
        const auto gid = number(fields[3]);
        if (uid && gid) {
            rows.push_back({fields[0], *uid, *gid, fields[5]});
        }
    }
    return rows;
}

std::vector<GroupRow> groupRows(std::string_view text) {
    std::vector<GroupRow> rows;
    for (const auto line : split(text, '\n')) {
        const auto fields = split(line, ':');
        if (fields.size() < 3 || fields[0].empty() || fields[0][0] == '#') {
            continue;
        }
        if (const auto gid = number(fields[2])) {
            rows.push_back({fields[0], *gid, fields.size() > 3 ? fields[3] : std::string_view()});
        }
    }
    return rows;
}

Result<std::uint32_t> parseId(std::string_view text, std::string_view spec) {
    if (const auto id = number(text)) {
        return *id;
    }
    return Error(ErrorKind::InvalidArgument, "user '" + std::string(spec) + "': id out of range");
}

Result<std::uint32_t> resolveGroup(std::string_view group, std::string_view spec,
                                   const std::vector<GroupRow>& rows) {
    for (const auto& row : rows) {
        if (row.name == group) {
            return row.gid;
        }
    }
    if (isDigits(group)) {
        return parseId(group, spec);
    }
    return Error(ErrorKind::NotFound, "user '" + std::string(spec) + "': no group '" + std::string(group) +
                                          "' in the container's /etc/group");
}

void tidy(std::vector<std::uint32_t>& gids) {
    std::sort(gids.begin(), gids.end());
    gids.erase(std::unique(gids.begin(), gids.end()), gids.end());
}

void addMemberships(ResolvedUser& user, const std::vector<GroupRow>& rows) {
    if (user.name.empty()) {
        return;
    }
    for (const auto& row : rows) {
        const auto members = split(row.members, ',');
        if (row.gid != user.gid && std::find(members.begin(), members.end(), user.name) != members.end()) {
            user.additionalGids.push_back(row.gid);
        }
    }
    tidy(user.additionalGids);
}

}  // namespace

std::vector<std::uint32_t> allGroups(const ResolvedUser& user) {
    std::vector<std::uint32_t> groups = user.additionalGids;
    groups.push_back(user.gid);
    tidy(groups);
    return groups;
}

Result<> addGroups(ResolvedUser& user, const std::vector<std::string>& groups, const UserDatabase& database) {
    const auto rows = groupRows(database.group);
    for (const auto& group : groups) {
        TRY_ASSIGN(const auto gid, resolveGroup(group, "--group-add " + group, rows));
        if (gid != user.gid) {
            user.additionalGids.push_back(gid);
        }
    }
    tidy(user.additionalGids);
    return {};
}

std::uint32_t idsNamed(const UserDatabase& database) {
    constexpr std::uint32_t kNobody = 65534;
    std::uint32_t largest = 0;
    const auto consider = [&](std::uint32_t id) {
        if (id < kNobody) {
            largest = std::max(largest, id);
        }
    };
    for (const auto& row : passwdRows(database.passwd)) {
        consider(row.uid);
        consider(row.gid);
    }
    for (const auto& row : groupRows(database.group)) {
        consider(row.gid);
    }
    return largest + 1;
}

UserDatabase withUser(const UserDatabase& database, const UserRows& user) {
    const auto append = [](std::string text, const std::string& row) {
        if (!text.empty() && text.back() != '\n') {
            text += '\n';
        }
        return text + row + "\n";
    };
    const auto users = passwdRows(database.passwd);
    const auto groups = groupRows(database.group);
    const std::string uid = std::to_string(user.uid);
    const std::string gid = std::to_string(user.gid);
    std::string name = user.name;
    const auto isUsable = [](char c) { return c > ' ' && c != ':' && c != 0x7f; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), isUsable) ||
        std::any_of(users.begin(), users.end(), [&](const auto& row) { return row.name == name; })) {
        name = "user" + uid;
    }
    UserDatabase result;
    if (std::none_of(users.begin(), users.end(), [&](const auto& row) { return row.uid == user.uid; })) {
        result.passwd =
            append(database.passwd, name + ":*:" + uid + ":" + gid + "::" + user.home + ":/bin/sh");
    }
    if (std::none_of(groups.begin(), groups.end(), [&](const auto& row) { return row.gid == user.gid; })) {
        const bool taken =
            std::any_of(groups.begin(), groups.end(), [&](const auto& row) { return row.name == name; });
        result.group = append(database.group, (taken ? "group" + gid : name) + ":x:" + gid + ":");
    }
    return result;
}

/// Names before numbers: a user may be called "1000", and docker looks for the name first.
Result<ResolvedUser> resolveUser(std::string_view spec, const UserDatabase& database) {
    const std::size_t colon = spec.find(':');
    std::string_view userPart = spec.substr(0, colon);
    const std::string_view groupPart = colon == std::string_view::npos ? "" : spec.substr(colon + 1);
    if (groupPart.find(':') != std::string_view::npos ||
        (colon != std::string_view::npos && groupPart.empty() && userPart.empty())) {
        return Error(ErrorKind::InvalidArgument, "user '" + std::string(spec) + "' is not USER[:GROUP]");
    }
    if (userPart.empty()) {
        userPart = "0";
    }
    const auto rows = passwdRows(database.passwd);
    const auto groups = groupRows(database.group);
    auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == userPart; });
    ResolvedUser user;
    if (row == rows.end()) {
        if (!isDigits(userPart)) {
            return Error(ErrorKind::NotFound, "user '" + std::string(spec) + "': no user '" +
                                                  std::string(userPart) + "' in the container's /etc/passwd")
                .withHint("a number needs no entry there, such as 1000 or 1000:1000");
        }
        TRY_ASSIGN(user.uid, parseId(userPart, spec));
        row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.uid == user.uid; });
    }
    if (row != rows.end()) {
        user.uid = row->uid;
        user.gid = row->gid;
        user.name = row->name;
        if (!row->home.empty()) {
            user.home = row->home;
        }
    } else if (user.uid == 0) {
        user.home = "/root";
    }
    if (!groupPart.empty()) {
        TRY_ASSIGN(user.gid, resolveGroup(groupPart, spec, groups));
    } else {
        addMemberships(user, groups);
    }
    return user;
}

}  // namespace coracle::container
