// SPDX-License-Identifier: Apache-2.0
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <sys/utsname.h>

namespace coracle::cli {
namespace {

/// Of the Docker Engine API, whose words the documents use.
constexpr const char* kApiVersion = "1.47";
constexpr const char* kOldestApiVersion = "1.24";

/// docker's "1" or "2".
std::string cgroupNumber(const types::HostInfo& info) {
    return info.cgroupVersion == "v2" ? "2" : "1";
}

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
        {"CgroupVersion", cgroupNumber(info)},
        {"CgroupSetup", info.cgroupVersion},
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
        {"ID", ""},
        {"DriverStatus", nlohmann::json::array()},
        {"Plugins",
         {{"Volume", {"local"}},
          {"Network", {"slirp4netns", "host", "none"}},
          {"Log", {"json-file", "local", "journald", "none"}}}},
        {"SystemTime", text::formatTime(std::chrono::system_clock::now())},
        {"Labels", nlohmann::json::array()},
        {"ExperimentalBuild", false},
        {"LiveRestoreEnabled", true},
        {"DefaultRuntime", "coracle-runtime"},
        {"Runtimes", {{"coracle-runtime", {{"path", "coracle-runtime"}}}}},
        {"InitBinary", "coracle-init"},
        {"RegistryConfig", nlohmann::json::object()},
        {"HttpProxy", ""},
        {"HttpsProxy", ""},
        {"NoProxy", ""},
        {"Debug", false},
        {"NFd", 0},
        {"NGoroutines", 0},
        {"NEventsListener", 0},
        {"IPv4Forwarding", true},
        {"Swarm", {{"LocalNodeState", "inactive"}, {"NodeID", ""}}},
        {"Isolation", ""},
        {"Warnings", nlohmann::json()},
        {"ClientInfo",
         {{"Debug", false},
          {"Version", CORACLE_VERSION},
          {"Context", "default"},
          {"Plugins", nlohmann::json::array()},
          {"Warnings", nlohmann::json()}}},
        {"SecurityOptions", {"name=seccomp,profile=builtin", "name=rootless"}},
        {"Rootless", true},
    };
}

/// The words in front of the colon are docker's where docker has them, since scripts look for them.
std::string overviewOf(const types::HostInfo& info) {
    std::string text;
    const auto line = [&](const char* label, const std::string& value) {
        const bool sameLine = !value.empty() && value.front() != '\n';
        text += std::string(label) + (sameLine ? ": " : ":") + value + "\n";
    };
    line("Client", "");
    line(" Version", CORACLE_VERSION);
    line(" Context", "default");
    text += "\n";
    line("Server", "");
    line(" Containers", std::to_string(info.containers));
    line("  Running", std::to_string(info.containersRunning));
    line("  Stopped", std::to_string(info.containers - info.containersRunning));
    line(" Images", std::to_string(info.images));
    line(" Server Version", info.version);
    line(" Storage Driver", info.overlayDriver);
    line(" Logging Driver", "json-file");
    line(" Cgroup Driver", "cgroupfs");
    line(" Cgroup Version", cgroupNumber(info));
    line(" Default Runtime", "coracle-runtime");
    line(" Init Binary", "coracle-init");
    line(" Security Options", "\n  seccomp\n   Profile: builtin\n  rootless");
    line(" Kernel Version", info.kernel);
    line(" Operating System", info.operatingSystem);
    line(" OSType", "linux");
    line(" Architecture", info.architecture);
    line(" CPUs", std::to_string(info.cpus));
    line(" Total Memory", text::humanBinarySize(info.memoryBytes));
    line(" Name", info.userName);
    line(" Docker Root Dir", info.dataRoot);
    line(" Run Root Dir", info.runRoot);
    line(" Disk Free", text::humanSize(info.diskFreeBytes));
    line(" Network Helper", info.networkHelper);
    line(" User", info.userName + " (" + std::to_string(info.uid) + ")");
    line(" Limits", limitsText(info));
    return text;
}

std::string alignedLabel(const char* label) {
    constexpr std::size_t kColumn = 20;
    std::string text = label;
    text.resize(std::max(text.size() + 1, kColumn), ' ');
    return text;
}

/// As Go names machines; uname(2) names them otherwise.
std::string goArchitecture(const std::string& machine) {
    return machine == "x86_64" ? "amd64" : machine == "aarch64" ? "arm64" : machine;
}

/// There is no server: the same program is both sides.
nlohmann::json versionDocument() {
    utsname names{};
    (void)::uname(&names);
    const std::string architecture = goArchitecture(names.machine);
    const nlohmann::json both{{"Version", CORACLE_VERSION},
                              {"ApiVersion", kApiVersion},
                              {"APIVersion", kApiVersion},
                              {"Os", "linux"},
                              {"Arch", architecture},
                              {"GitCommit", ""},
                              {"GoVersion", ""},
                              {"BuildTime", ""}};
    nlohmann::json client = both;
    client.update({{"DefaultAPIVersion", kApiVersion}, {"Context", "default"}});
    nlohmann::json server = both;
    server.update({{"MinAPIVersion", kOldestApiVersion},
                   {"KernelVersion", names.release},
                   {"Experimental", false},
                   {"Platform", {{"Name", "Coracle"}}},
                   {"Components", nlohmann::json::array()}});
    return {{"Client", client}, {"Server", server}};
}

}  // namespace

int cmdInfo(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Display system-wide information");
    parser.option("-f,--format", format, "string", kDocumentFormatHelp).words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto info = engine.system().info();
    if (!info) {
        return reportError(context.console(), info.error());
    }
    if (!format.empty()) {
        text::TemplateData about;
        about.typeName = "system.dockerInfo";
        return printDocument(context.console(), documentOf(*info), format, about);
    }
    context.console().out(overviewOf(*info));
    return 0;
}

/// Opens no engine: it answers on a host where nothing else works.
int cmdVersion(Context& context, const std::string& name, const Words& arguments) {
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "Show the version information");
    parser.option("-f,--format", format, "string", kDocumentFormatHelp).words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto document = versionDocument();
    if (!format.empty()) {
        text::TemplateData about;
        about.typeName = "system.versionInfo";
        return printDocument(context.console(), document, format, about);
    }
    const auto& client = document["Client"];
    const auto line = [](const char* label, const nlohmann::json& value) {
        return alignedLabel(label) + value.get<std::string>() + "\n";
    };
    const std::string platform = client["Os"].get<std::string>() + "/" + client["Arch"].get<std::string>();
    context.console().out("Client: Coracle\n" + line(" Version:", client["Version"]) +
                          line(" API version:", client["ApiVersion"]) + line(" OS/Arch:", platform) +
                          line(" Context:", client["Context"]) +
                          "\nServer: none, the same program does the work\n");
    return 0;
}

}  // namespace coracle::cli
