// SPDX-License-Identifier: Apache-2.0
#include "core/engine/access_facts.h"

#include "core/types/isolation.h"
#include "rootless/userns/id_map.h"
#include "rootless/userns/map_writer.h"

#include <algorithm>
#include <array>
#include <optional>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

userns::MapRules rulesOf(const std::vector<types::IdMapping>& mappings) {
    userns::MapRules rules;
    for (const auto& mapping : mappings) {
        rules.rules.push_back({mapping.inside, mapping.outside, mapping.count, mapping.ofHost});
        rules.extend = rules.extend || mapping.extend;
    }
    return rules;
}

Result<userns::MapRequest> requestOf(const types::RunSpec& spec, std::uint32_t sliceFirst,
                                     std::uint32_t sliceSize) {
    using Mode = types::UserNamespace::Mode;
    userns::MapRequest request;
    if (!spec.uidMap.empty() || !spec.gidMap.empty()) {
        TRY_ASSIGN(const auto mappings, types::combineIdMappings(spec.uidMap, spec.gidMap));
        request.mode = userns::Mode::Custom;
        request.uidRules = rulesOf(mappings.users);
        request.gidRules = rulesOf(mappings.groups);
        return request;
    }
    TRY_ASSIGN(const auto space, types::parseUserNamespace(spec.userns));
    request.mode = space.mode == Mode::KeepId  ? userns::Mode::KeepId
                   : space.mode == Mode::NoMap ? userns::Mode::NoMap
                   : space.mode == Mode::Host  ? userns::Mode::Host
                   : space.mode == Mode::Auto  ? userns::Mode::Slice
                                               : userns::Mode::Default;
    request.uid = space.uid;
    request.gid = space.gid;
    request.size = request.mode == userns::Mode::Slice ? sliceSize : space.size;
    request.first = sliceFirst;
    return request;
}

std::optional<std::uint32_t> outsideOf(const userns::IdMap& map, std::uint32_t inside) {
    for (const auto& range : map) {
        if (inside >= range.inside && inside - range.inside < range.count) {
            return range.outside + (inside - range.inside);
        }
    }
    return std::nullopt;
}

/// From the container through the kept namespace to this computer.
std::optional<std::uint32_t> hostId(const userns::IdMap& container, const userns::IdMap& kept,
                                    std::uint32_t inside) {
    const auto middle = container.empty() ? std::optional(inside) : outsideOf(container, inside);
    return middle ? outsideOf(kept, *middle) : std::nullopt;
}

/// Both ways through the two maps are ranges; the pieces need not be joined.
std::vector<std::pair<std::uint32_t, std::uint32_t>> hostRanges(const userns::IdMap& container,
                                                                const userns::IdMap& kept) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    for (const auto& outer : kept) {
        if (container.empty()) {
            ranges.emplace_back(outer.outside, outer.count);
        }
        for (const auto& inner : container) {
            const std::uint64_t first = std::max<std::uint64_t>(inner.outside, outer.inside);
            const std::uint64_t end = std::min<std::uint64_t>(std::uint64_t{inner.outside} + inner.count,
                                                              std::uint64_t{outer.inside} + outer.count);
            if (first < end) {
                ranges.emplace_back(static_cast<std::uint32_t>(outer.outside + (first - outer.inside)),
                                    static_cast<std::uint32_t>(end - first));
            }
        }
    }
    return ranges;
}

std::vector<std::uint32_t> ownGroups() {
    std::array<gid_t, 256> groups{};
    const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
    return {groups.begin(), groups.begin() + std::max(count, 0)};
}

}  // namespace

Result<AccessFacts> accessFactsOf(const types::RunSpec& spec, const container::ResolvedUser& user,
                                  const std::vector<std::string>& capabilities, std::uint32_t sliceFirst,
                                  std::uint32_t sliceSize) {
    TRY_ASSIGN(const auto available, userns::findAvailableMaps());
    const auto& kept = available.maps;
    AccessFacts facts;
    facts.remedies = {static_cast<std::uint32_t>(::geteuid()), static_cast<std::uint32_t>(::getegid()),
                      user.uid, user.gid, spec.userns.empty() && spec.uidMap.empty() && spec.gidMap.empty()};
    TRY_ASSIGN(const auto request, requestOf(spec, sliceFirst, sliceSize));
    TRY_ASSIGN(const auto maps,
               userns::containerMaps(request, kept, {facts.remedies.ownUid, facts.remedies.ownGid}));
    const auto uid = hostId(maps.uids, kept.uids, user.uid);
    const auto gid = hostId(maps.gids, kept.gids, user.gid);
    if (!uid || !gid) {
        return Error(ErrorKind::InvalidArgument, "user " + std::to_string(user.uid) + ":" +
                                                     std::to_string(user.gid) +
                                                     " does not exist in the container");
    }
    auto& subject = facts.subject;
    subject.uid = *uid;
    subject.gid = *gid;
    for (const std::uint32_t group : user.additionalGids) {
        if (const auto outside = hostId(maps.gids, kept.gids, group)) {
            subject.groups.push_back(*outside);
        }
    }
    if (spec.groupAdd == std::vector<std::string>{"keep-groups"}) {
        subject.groups = ownGroups();
    }
    subject.overrides = user.uid == 0 && std::find(capabilities.begin(), capabilities.end(),
                                                   "CAP_DAC_OVERRIDE") != capabilities.end();
    subject.mappedUids = hostRanges(maps.uids, kept.uids);
    subject.mappedGids = hostRanges(maps.gids, kept.gids);
    facts.text = "user " + std::to_string(user.uid) + (user.name.empty() ? "" : " (" + user.name + ")") +
                 " of the container, who is user " + std::to_string(*uid) + " of this computer";
    return facts;
}

Result<std::vector<types::AccessStep>> accessSteps(const std::string& source, const std::string& target,
                                                   const std::string& rest) {
    std::vector<types::AccessStep> steps;
    std::string path = source;
    std::string inside = target;
    std::size_t from = 0;
    while (true) {
        struct stat status {};
        const bool first = steps.empty();  // the mount itself followed the links of the person's
        if ((first ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status)) != 0) {
            return Error::fromErrno("look at '" + path + "'");
        }
        if (S_ISLNK(status.st_mode)) {
            return Error(ErrorKind::Unsupported, "'" + inside + "' is a symbolic link")
                .withHint("ask about the path that it leads to in the container");
        }
        types::AccessStep step;
        step.path = path;
        step.inside = inside;
        step.folder = S_ISDIR(status.st_mode);
        step.uid = status.st_uid;
        step.gid = status.st_gid;
        step.mode = status.st_mode & 07777U;
        step.hasAcl = ::lgetxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0;
        steps.push_back(std::move(step));
        from = rest.find_first_not_of('/', from);
        if (from == std::string::npos) {
            return steps;
        }
        const std::size_t end = std::min(rest.find('/', from), rest.size());
        const std::string name = "/" + rest.substr(from, end - from);
        path += name;
        inside += name;
        from = end;
    }
}

}  // namespace coracle::engine
