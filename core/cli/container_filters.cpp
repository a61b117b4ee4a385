// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_rows.h"
#include "core/cli/verb_helpers.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace coracle::cli {
namespace {

using types::ContainerStatus;
using types::ContainerSummary;

constexpr std::array<std::string_view, 14> kKeys = {"ancestor", "before",  "expose", "exited", "health",
                                                    "id",       "is-task", "label",  "name",   "network",
                                                    "publish",  "since",   "status", "volume"};
constexpr std::array<std::string_view, 9> kStatuses = {
    "created", "running", "paused", "restarting", "removing", "exited", "dead", "starting", "stopping"};
constexpr std::array<std::string_view, 4> kHealth = {"starting", "healthy", "unhealthy", "none"};

template <std::size_t size>
bool isOneOf(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Error badFilter(const std::string& key, const std::string& value) {
    return {ErrorKind::InvalidArgument, "invalid filter '" + key + "=" + value + "'"};
}

/// "80", "80/udp", "8000-8010/tcp".
struct PortRange {
    unsigned first = 0;
    unsigned last = 0;
    std::string protocol = "tcp";

    bool holds(unsigned port, std::string_view word) const {
        return port >= first && port <= last && word == protocol;
    }
};

Result<PortRange> parseRange(const std::string& key, const std::string& value) {
    PortRange range;
    const std::size_t slash = std::min(value.find('/'), value.size());
    if (slash < value.size()) {
        range.protocol = value.substr(slash + 1);
    }
    const std::string ports = value.substr(0, slash);
    const std::size_t dash = std::min(ports.find('-'), ports.size());
    const auto number = [](std::string_view text, unsigned& port) {
        const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
        return ec == std::errc{} && end == text.data() + text.size() && port <= UINT16_MAX;
    };
    const std::string_view whole = ports;
    if (!number(whole.substr(0, dash), range.first) ||
        !number(dash == ports.size() ? whole : whole.substr(dash + 1), range.last)) {
        return badFilter(key, value);
    }
    return range;
}

bool matchesPort(const ContainerSummary& summary, const PortRange& range, bool published) {
    const bool mapped = std::any_of(summary.ports.begin(), summary.ports.end(), [&](const auto& port) {
        return range.holds(published ? port.hostPort : port.containerPort, net::toText(port.protocol));
    });
    return mapped || (!published && std::any_of(summary.exposedPorts.begin(), summary.exposedPorts.end(),
                                                [&](unsigned port) { return range.holds(port, "tcp"); }));
}

bool usesVolume(const ContainerSummary& summary, const std::string& wanted) {
    return std::any_of(summary.mounts.begin(), summary.mounts.end(),
                       [&](const auto& mount) { return mount.source == wanted || mount.target == wanted; });
}

bool comesFrom(const ContainerSummary& summary, const std::string& image) {
    return summary.image == image || summary.image == image + ":latest" ||
           summary.image + ":latest" == image || summary.imageId == image ||
           summary.imageId.starts_with("sha256:" + image);
}

/// The filters, understood once for all containers.
class Filter {
public:
    static Result<Filter> make(const std::vector<ContainerSummary>& containers,
                               const ContainerFilters& filters) {
        Filter filter;
        for (const auto& [key, value] : filters) {
            TRY_ASSIGN(auto test, makeTest(containers, key, value));
            filter.m_tests.emplace_back(key, std::move(test));
        }
        return filter;
    }

    bool passes(const ContainerSummary& summary) const {
        std::map<std::string_view, bool> groups;
        for (const auto& [key, test] : m_tests) {
            const bool passed = test(summary);
            if (key == "label" && !passed) {
                return false;
            }
            groups[key] = groups[key] || passed;
        }
        return std::all_of(groups.begin(), groups.end(), [](const auto& group) { return group.second; });
    }

private:
    using Test = std::function<bool(const ContainerSummary&)>;

    static Result<Test> makeTest(const std::vector<ContainerSummary>& containers, const std::string& key,
                                 const std::string& value) {
        if (key == "before" || key == "since") {
            return byAge(containers, key == "before", value);
        }
        if (key == "publish" || key == "expose") {
            TRY_ASSIGN(const auto range, parseRange(key, value));
            return Test([range, published = key == "publish"](const auto& summary) {
                return matchesPort(summary, range, published);
            });
        }
        if (key == "status" && !isOneOf(kStatuses, value)) {
            return badFilter(key, value)
                .withHint("a container is created, running, paused, restarting, removing, exited or dead");
        }
        if (key == "health" && !isOneOf(kHealth, value)) {
            return badFilter(key, value).withHint("it is starting, healthy, unhealthy or none");
        }
        if (key == "status") {
            return Test([value](const auto& summary) { return types::toText(summary.status) == value; });
        }
        if (key == "exited") {
            const bool number = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
            return number ? Result<Test>([value](const auto& summary) {
                return summary.status == ContainerStatus::Exited && summary.exitCode &&
                       std::to_string(*summary.exitCode) == value;
            })
                          : badFilter(key, value);
        }
        if (key == "health") {
            return Test(
                [value](const auto& summary) { return summary.health == (value == "none" ? "" : value); });
        }
        return byText(key, value);
    }

    static Result<Test> byText(const std::string& key, const std::string& value) {
        if (key == "id" || key == "name") {
            const Pattern pattern(value);
            return Test([pattern, id = key == "id"](const ContainerSummary& summary) {
                return id ? pattern.matches(summary.id)
                          : pattern.matches(summary.name) || pattern.matches("/" + summary.name);
            });
        }
        if (key == "label") {
            return Test([value](const auto& summary) { return hasLabel(summary.labels, value); });
        }
        if (key == "ancestor") {
            return Test([value](const auto& summary) { return comesFrom(summary, value); });
        }
        if (key == "volume") {
            return Test([value](const auto& summary) { return usesVolume(summary, value); });
        }
        if (key == "network") {
            return Test([value](const auto& summary) { return summary.network == value; });
        }
        if (key == "is-task") {  // of a swarm, which there is not
            return Test([none = value == "false" || value == "0"](const auto&) { return none; });
        }
        return unknownFilter(key, kKeys);
    }

    static Result<Test> byAge(const std::vector<ContainerSummary>& containers, bool before,
                              const std::string& name) {
        const auto found = std::find_if(containers.begin(), containers.end(), [&](const auto& summary) {
            return summary.name == name || (name.size() >= 2 && summary.id.starts_with(name));
        });
        if (found == containers.end()) {
            return Error(ErrorKind::NotFound, "no container '" + name + "'");
        }
        return Test([before, id = found->id, moment = found->createdAt](const ContainerSummary& summary) {
            return summary.id != id && (before ? summary.createdAt < moment : summary.createdAt > moment);
        });
    }

    std::vector<std::pair<std::string, Test>> m_tests;
};

}  // namespace

bool asksForAll(const ContainerFilters& filters) {
    return std::any_of(filters.begin(), filters.end(), [](const auto& filter) {
        return filter.first == "status" || filter.first == "exited";
    });
}

Result<std::vector<ContainerSummary>> filterContainers(std::vector<ContainerSummary> containers,
                                                       const ContainerFilters& filters) {
    TRY_ASSIGN(const auto filter, Filter::make(containers, filters));
    std::erase_if(containers, [&](const ContainerSummary& summary) { return !filter.passes(summary); });
    return containers;
}

}  // namespace coracle::cli
