// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

bool usable(const types::HostInfo& info, const char* controller) {
    return std::any_of(info.limits.begin(), info.limits.end(),
                       [&](const auto& limit) { return limit.controller == controller && limit.usable; });
}

nlohmann::json limitsOf(const types::HostInfo& info) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& limit : info.limits) {
        list.push_back({{"Controller", limit.controller},
                        {"Usable", limit.usable},
                        {"Reason", limit.reason},
                        {"Hint", limit.hint}});
    }
    return list;
}

/// "cpu, memory; not io (is not delegated ...)": those with the same reason together.
std::string limitsText(const types::HostInfo& info) {
    std::string can;
    std::vector<std::pair<std::string, std::string>> cannot;
    for (const auto& limit : info.limits) {
        if (limit.usable) {
            can += (can.empty() ? "" : ", ") + limit.controller;
            continue;
        }
        const auto same = std::find_if(cannot.begin(), cannot.end(),
                                       [&](const auto& entry) { return entry.second == limit.reason; });
        if (same == cannot.end()) {
            cannot.emplace_back(limit.controller, limit.reason);
        } else {
            same->first += ", " + limit.controller;
        }
    }
    std::string text = can.empty() ? "none" : can;
    for (const auto& [names, reason] : cannot) {
        text += "; not " + names + ": " + reason;
    }
    return text;
}

/// docker's names for what there is, so that tools which look before they run find it; members of our own
/// beside.
nlohmann::json documentOf(const types::HostInfo& info) {
    return {
        {"ServerVersion", info.version},
        {"Containers", info.containers},
        {"ContainersRunning", info.containersRunning},
        {"ContainersPaused", 0},
        {"ContainersStopped", info.containers - info.containersRunning},
        {"Images", info.images},
        {"Driver", info.overlayDriver},
        {"LoggingDriver", "json-file"},
        {"CgroupVersion", info.cgroupVersion},
        {"CgroupDriver", "cgroupfs"},
        {"MemoryLimit", usable(info, "memory")},
        {"SwapLimit", usable(info, "memory")},
        {"CpuCfsPeriod", usable(info, "cpu")},
        {"CpuCfsQuota", usable(info, "cpu")},
        {"CPUShares", usable(info, "cpu")},
        {"CPUSet", usable(info, "cpuset")},
        {"PidsLimit", usable(info, "pids")},
        {"OomKillDisable", false},
        {"Limits", limitsOf(info)},
        {"NetworkHelper", info.networkHelper},
        {"KernelVersion", info.kernel},
        {"OperatingSystem", info.operatingSystem},
        {"OSType", "linux"},
        {"Architecture", info.architecture},
        {"NCPU", info.cpus},
        {"MemTotal", info.memoryBytes},
        {"DockerRootDir", info.dataRoot},
        {"RunRoot", info.runRoot},
        {"DiskFree", info.diskFreeBytes},
        {"Name", info.userName},
        {"SecurityOptions", {"name=seccomp,profile=builtin", "name=rootless"}},
        {"Rootless", true},
    };
}

}  // namespace

int cmdInfo(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Show what this computer and this installation are");
    parser.option("-f,--format", format, "TEMPLATE", "json or a Go template").words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto info = engine.system().info();
    if (!info) {
        return reportError(context.console(), info.error());
    }
    if (!format.empty()) {
        const auto text = renderDocuments({documentOf(*info)}, format);
        if (!text) {
            return reportError(context.console(), text.error(), 1);
        }
        context.console().out(*text);
        return 0;
    }
    const auto line = [&](const char* label, const std::string& value) {
        context.console().out(std::string(label) + ": " + value + "\n");
    };
    line("Version", info->version);
    line("Containers",
         std::to_string(info->containers) + " (" + std::to_string(info->containersRunning) + " running)");
    line("Images", std::to_string(info->images));
    line("Storage driver", info->overlayDriver);
    line("Network helper", info->networkHelper);
    line("Cgroups", info->cgroupVersion);
    line("Limits", limitsText(*info));
    line("Security", "rootless, seccomp");
    line("User", info->userName + " (" + std::to_string(info->uid) + ")");
    line("Kernel", info->kernel);
    line("Operating system", info->operatingSystem);
    line("Architecture", info->architecture);
    line("CPUs", std::to_string(info->cpus));
    line("Memory", text::humanBinarySize(info->memoryBytes));
    line("Data folder", info->dataRoot + " (" + text::humanSize(info->diskFreeBytes) + " free)");
    line("Run folder", info->runRoot);
    return 0;
}

/// Opens no engine: it answers on a host where nothing else works.
int cmdVersion(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Show the version");
    parser.option("-f,--format", format, "TEMPLATE", "json or a Go template").words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (format.empty()) {
        context.console().out("coracle version " CORACLE_VERSION "\n");
        return 0;
    }
    // There is no server: the same program is both sides.
    const nlohmann::json part{{"Version", CORACLE_VERSION}, {"Os", "linux"}};
    const auto text = renderDocuments({{{"Client", part}, {"Server", part}}}, format);
    if (!text) {
        return reportError(context.console(), text.error(), 1);
    }
    context.console().out(*text);
    return 0;
}

}  // namespace coracle::cli
