// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Who a container's process is: the one reader of USER directives, `--user` and `exec -u` (a second reader
/// that decides differently was CVE-2026-30892 of crun; security.md C11). Pure: the files come as text.
namespace coracle::container {

/// A user as the kernel needs it. Ids are those inside the container.
struct ResolvedUser {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> additionalGids;  ///< sorted, without gid
    std::string name;                           ///< empty when the database does not know the uid
    /// From the image's passwd file; "/" where it names none.
    std::string home = "/";

    friend bool operator==(const ResolvedUser&, const ResolvedUser&) = default;
};

/// What the image says about users; a file that is missing is an empty text.
struct UserDatabase {
    /// Text of the image's file, of limited length; a stranger's content.
    std::string passwd;
    std::string group;
};

/// What the program has as its additional groups: its own one is among them, as with docker, so that a
/// program that takes another one is still kept out of what is closed to the first. Source: CVE-2022-2989.
std::vector<std::uint32_t> allGroups(const ResolvedUser& user);

/// Add the groups of `--group-add`, by name or number, as docker does. Errors: as resolveUser.
Result<> addGroups(ResolvedUser& user, const std::vector<std::string>& groups, const UserDatabase& database);

/// The number of ids that the image's files name: one more than the largest of both files, without `nobody`.
std::uint32_t idsNamed(const UserDatabase& database);

/// The files with rows for a user they do not know, as podman adds them for `--userns keep-id`; a text that
/// needs no row stays empty. A name that is taken becomes "user" and the id.
/// A user to be introduced.
struct UserRows {
    std::string name;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string home;
};
UserDatabase withUser(const UserDatabase& database, const UserRows& user);

/// `spec` is "", "name", "uid", "name:group", "uid:gid" in any mixture; empty means root. Numbers need not be
/// in the database. With a group given there are no additional groups, as docker does it.
/// Errors: InvalidArgument for a malformed spec or a number above 2^32 - 2; NotFound for an unknown name.
Result<ResolvedUser> resolveUser(std::string_view spec, const UserDatabase& database);

}  // namespace coracle::container
