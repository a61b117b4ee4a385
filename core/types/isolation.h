// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the options of `run` about ids, devices and hardening mean, as values. The texts are kept in RunSpec
/// as they were typed; these functions read them, for the parser of the command line (which only wants to
/// know whether they can be read) and for the spec builder.
namespace coracle::types {

/// `--userns`. Source: podman-run(1), "--userns".
struct UserNamespace {
    enum class Mode : std::uint8_t {
        Default,  ///< "", "private": container 0 is the user
        KeepId,   ///< the user keeps the id, or has `uid`:`gid`
        NoMap,    ///< the user does not exist inside
        Host,     ///< no namespace of the container's own
        Auto,     ///< subordinate ids that no other container has
    };
    Mode mode = Mode::Default;
    /// For KeepId: the id inside that the user has; none: the same as outside. As `gid` for the group.
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
    std::uint32_t size = 0;  ///< number of ids; 0: as many as there are, or as the image needs (Auto)

    friend bool operator==(const UserNamespace&, const UserNamespace&) = default;
};

/// Errors: InvalidArgument; Unsupported for the namespaces of others (`container:`, `ns:`).
Result<UserNamespace> parseUserNamespace(std::string_view text);

/// One `--uidmap` or `--gidmap`: `[FLAGS]INSIDE:[@]OUTSIDE[:COUNT]`. Source: podman-run(1), "--uidmap".
struct IdMapping {
    /// First id inside the container; `count` ids follow each other on both sides.
    std::uint32_t inside = 0;
    std::uint32_t outside = 0;  ///< 0 is the user, 1 and up are the subordinate ids
    std::uint32_t count = 1;
    bool ofHost = false;     ///< '@': `outside` is an id of the host
    bool extend = false;     ///< '+': the default map stays where the mappings say nothing
    bool forUsers = false;   ///< 'u'
    bool forGroups = false;  ///< 'g'

    friend bool operator==(const IdMapping&, const IdMapping&) = default;
};

/// Only the form; whether the ids are the user's to map is decided by /etc/subuid and /etc/subgid when
/// the container is made, and in the end by newuidmap(1). Errors: InvalidArgument.
Result<IdMapping> parseIdMapping(std::string_view text);

/// What all of them say about users and about groups: without a flag a mapping is for its option's kind, and
/// for both when the other option is not given.
struct IdMappings {
    std::vector<IdMapping> users;
    std::vector<IdMapping> groups;
};
/// Errors: InvalidArgument of the first text that cannot be read. Overlaps are not looked for here: the
/// kernel refuses them (user_namespaces(7)).
Result<IdMappings> combineIdMappings(const std::vector<std::string>& uidMap,
                                     const std::vector<std::string>& gidMap);

/// `--device HOST[:CONTAINER][:PERMISSIONS]`.
struct DeviceSpec {
    std::string source;
    std::string target;
    std::string permissions = "rwm";

    friend bool operator==(const DeviceSpec&, const DeviceSpec&) = default;
};

/// Only the form: whether the device exists and the user may open it shows when it is bound into the
/// container, by the kernel's own permission check. The permissions are checked for their form and not
/// applied: they are the user's own on that device. Names of devices are cdi_text.h's. Errors:
/// InvalidArgument.
Result<DeviceSpec> parseDevice(std::string_view text);

/// One `--security-opt`, split at its first '=' or ':' as docker does: "label:disable", "seccomp=FILE".
struct SecurityOption {
    std::string name;
    std::string value;
};
/// Never fails; an option without a separator has an empty value.
SecurityOption splitSecurityOption(const std::string& text);

/// Names of the profiles that `--security-opt profile=` selects, with what they say.
struct ProfileHelp {
    std::string_view name;
    std::string_view help;
};
/// In the order in which help shows them; the names are those that checkSecurityOption() accepts.
const std::vector<ProfileHelp>& securityProfiles();

/// Whether the option can be understood; what it needs of the host is found when the container is made.
/// Errors: InvalidArgument.
Result<> checkSecurityOption(const std::string& text);

}  // namespace coracle::types
