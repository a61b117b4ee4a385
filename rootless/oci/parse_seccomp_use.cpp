// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <linux/seccomp.h>

// COMPAT(linux-libc-dev < 5.19): the header lacks it. Source: seccomp(2).
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

constexpr const char* kNotify = "SCMP_ACT_NOTIFY";

/// A flag that is not known may be the one that makes the filter safe, so it is not passed over.
Result<std::uint32_t> parseFlags(const Document& document) {
    constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> kFlags{
        {{"SECCOMP_FILTER_FLAG_TSYNC", 0},  // the process has one thread: every thread gets the filter anyway
         {"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
         {"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
         {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV}}};
    std::uint32_t flags = 0;
    TRY_ASSIGN(const auto words, json::findStrings(document, "flags"));
    for (const std::string& word : words) {
        const auto* known = std::find_if(kFlags.begin(), kFlags.end(),
                                         [&](const auto& candidate) { return candidate.first == word; });
        if (known == kFlags.end()) {
            return Error(ErrorKind::Unsupported, "seccomp flag '" + word + "' is not known");
        }
        flags |= known->second;
    }
    return flags;
}

/// Whether a rule hands its calls to an agent. The call that hands the agent its descriptor must not be
/// among them: it would wait for an agent that cannot answer yet. A default action of that kind would
/// catch it, too.
Result<bool> findNotifications(const Document& document) {
    TRY_ASSIGN(const auto fallback, json::findString(document, "defaultAction"));
    if (fallback == kNotify) {
        return Error(ErrorKind::Unsupported, "seccomp default action 'SCMP_ACT_NOTIFY' cannot be applied")
            .withHint("name the calls that the agent answers");
    }
    bool found = false;
    TRY_ASSIGN(const Document* rules, json::loadArrayIfAny(document, "syscalls"));
    if (rules == nullptr) {
        return found;
    }
    for (const Document& rule : *rules) {
        TRY_ASSIGN(const auto action, json::findString(rule, "action"));
        if (action != kNotify) {
            continue;
        }
        found = true;
        TRY_ASSIGN(const auto names, json::findStrings(rule, "names"));
        if (std::find(names.begin(), names.end(), "sendmsg") != names.end()) {
            return Error(ErrorKind::Unsupported,
                         "seccomp action 'SCMP_ACT_NOTIFY' cannot be applied to sendmsg")
                .withHint("sendmsg hands the agent its descriptor");
        }
    }
    return found;
}

}  // namespace

/// Only what the runtime itself does with the profile; the rules are compiled by rootless/seccomp. Source:
/// runtime-spec config-linux.md, "Seccomp".
Result<SeccompUse> parseSeccompUse(std::string_view profile) {
    SeccompUse use;
    if (profile.empty()) {
        return use;
    }
    TRY_ASSIGN(const Document document, json::parse(profile, kMaxConfigBytes));
    TRY_ASSIGN(use.flags, parseFlags(document));
    TRY_ASSIGN(use.notifies, findNotifications(document));
    TRY_ASSIGN(const auto path, json::findString(document, "listenerPath"));
    TRY_ASSIGN(const auto metadata, json::findString(document, "listenerMetadata"));
    use.listenerPath = path.value_or("");
    use.listenerMetadata = metadata.value_or("");
    if (metadata && use.listenerPath.empty()) {
        return Error(ErrorKind::Corrupt, "member 'listenerMetadata' is set without 'listenerPath'");
    }
    if (use.notifies && use.listenerPath.empty()) {
        return Error(ErrorKind::Corrupt, "seccomp action 'SCMP_ACT_NOTIFY' is used without 'listenerPath'");
    }
    if (!use.listenerPath.empty() && use.listenerPath.front() != '/') {
        return Error(ErrorKind::Corrupt,
                     "seccomp listener '" + use.listenerPath + "' is not an absolute path");
    }
    return use;
}

}  // namespace coracle::oci
