// SPDX-License-Identifier: Apache-2.0
#include "core/cli/inspect_shape.h"

#include <nlohmann/json.hpp>

namespace coracle::cli {
namespace {

using nlohmann::json;

// Functions, so that nothing is made when the program starts.
json pointer() {
    return {};
}  // a pointer
json texts() {
    return json::array({""});
}  // a slice of strings
json textMap() {
    return {{"*", ""}};
}  // map[string]string
json unknown() {
    return json::array();
}  // not described
json keys() {
    return {{"*", json::object()}};
}  // a set

json configShape() {
    return {
        {"Hostname", ""},
        {"Domainname", ""},
        {"User", ""},
        {"AttachStdin", false},
        {"AttachStdout", false},
        {"AttachStderr", false},
        {"ExposedPorts", keys()},
        {"Tty", false},
        {"OpenStdin", false},
        {"StdinOnce", false},
        {"Env", texts()},
        {"Cmd", texts()},
        {"Healthcheck", pointer()},
        {"ArgsEscaped", false},
        {"Image", ""},
        {"Volumes", keys()},
        {"WorkingDir", ""},
        {"Entrypoint", texts()},
        {"NetworkDisabled", false},
        {"OnBuild", texts()},
        {"Labels", textMap()},
        {"StopSignal", ""},
        {"StopTimeout", pointer()},
        {"Shell", texts()},
    };
}

json stateShape() {
    return {
        {"Status", ""},       {"Running", false}, {"Paused", false},  {"Restarting", false},
        {"OOMKilled", false}, {"Dead", false},    {"Pid", 0},         {"ExitCode", 0},
        {"Error", ""},        {"StartedAt", ""},  {"FinishedAt", ""}, {"Health", pointer()},
    };
}

json resourcesShape() {
    json shape = json::object();
    for (const char* number :
         {"CpuShares", "Memory", "NanoCpus", "BlkioWeight", "CpuPeriod", "CpuQuota", "CpuRealtimePeriod",
          "CpuRealtimeRuntime", "MemoryReservation", "MemorySwap", "CpuCount", "CpuPercent", "IOMaximumIOps",
          "IOMaximumBandwidth", "OomScoreAdj", "ShmSize"}) {
        shape[number] = 0;
    }
    for (const char* name : {"MemorySwappiness", "OomKillDisable", "PidsLimit", "Init"}) {
        shape[name] = pointer();
    }
    for (const char* list :
         {"BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps",
          "BlkioDeviceWriteIOps", "Devices", "DeviceRequests", "Ulimits", "Mounts", "ConsoleSize"}) {
        shape[list] = json::array({json::object()});
    }
    for (const char* text : {"CgroupParent", "CpusetCpus", "CpusetMems", "CgroupnsMode"}) {
        shape[text] = "";
    }
    return shape;
}

json hostConfigShape() {
    json shape = resourcesShape();
    for (const char* text : {"ContainerIDFile", "NetworkMode", "VolumeDriver", "IpcMode", "Cgroup", "PidMode",
                             "UTSMode", "UsernsMode", "Runtime", "Isolation"}) {
        shape[text] = "";
    }
    for (const char* flag : {"AutoRemove", "Privileged", "PublishAllPorts", "ReadonlyRootfs"}) {
        shape[flag] = false;
    }
    for (const char* list :
         {"Binds", "VolumesFrom", "CapAdd", "CapDrop", "Dns", "DnsOptions", "DnsSearch", "ExtraHosts",
          "GroupAdd", "Links", "SecurityOpt", "MaskedPaths", "ReadonlyPaths", "DeviceCgroupRules"}) {
        shape[list] = texts();
    }
    for (const char* map : {"Annotations", "StorageOpt", "Tmpfs", "Sysctls"}) {
        shape[map] = textMap();
    }
    shape["LogConfig"] = {{"Type", ""}, {"Config", textMap()}};
    shape["PortBindings"] = {{"*", unknown()}};
    shape["RestartPolicy"] = {{"Name", ""}, {"MaximumRetryCount", 0}};
    return shape;
}

json endpointShape() {
    json shape{{"IPAMConfig", pointer()}, {"Links", texts()},        {"Aliases", texts()},
               {"DNSNames", texts()},     {"DriverOpts", textMap()}, {"IPPrefixLen", 0},
               {"GwPriority", 0},         {"GlobalIPv6PrefixLen", 0}};
    for (const char* text : {"MacAddress", "NetworkID", "EndpointID", "Gateway", "IPAddress", "IPv6Gateway",
                             "GlobalIPv6Address"}) {
        shape[text] = "";
    }
    return shape;
}

json networkSettingsShape() {
    json shape = endpointShape();
    for (const char* notHere :
         {"IPAMConfig", "Links", "Aliases", "DNSNames", "DriverOpts", "GwPriority", "NetworkID"}) {
        shape.erase(notHere);
    }
    for (const char* text : {"Bridge", "SandboxID", "SandboxKey", "LinkLocalIPv6Address"}) {
        shape[text] = "";
    }
    shape["HairpinMode"] = false;
    shape["LinkLocalIPv6PrefixLen"] = 0;
    shape["SecondaryIPAddresses"] = json::array({json::object()});
    shape["SecondaryIPv6Addresses"] = json::array({json::object()});
    shape["Ports"] = {{"*", unknown()}};
    shape["Networks"] = {{"*", endpointShape()}};
    return shape;
}

json mountShape() {
    return {{"Type", ""},   {"Name", ""}, {"Source", ""}, {"Destination", ""},
            {"Driver", ""}, {"Mode", ""}, {"RW", false},  {"Propagation", ""}};
}

json makeContainerShape() {
    json shape = json::object();
    for (const char* text :
         {"Id", "Created", "Path", "Image", "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath", "Name",
          "Driver", "Platform", "MountLabel", "ProcessLabel", "AppArmorProfile"}) {
        shape[text] = "";
    }
    shape["Args"] = texts();
    shape["ExecIDs"] = texts();
    shape["RestartCount"] = 0;
    shape["SizeRw"] = pointer();
    shape["SizeRootFs"] = pointer();
    shape["State"] = stateShape();
    shape["HostConfig"] = hostConfigShape();
    shape["Config"] = configShape();
    shape["NetworkSettings"] = networkSettingsShape();
    shape["Mounts"] = json::array({mountShape()});
    return shape;
}

json makeImageShape() {
    json shape = json::object();
    for (const char* text : {"Id", "Parent", "Comment", "Created", "DockerVersion", "Author", "Architecture",
                             "Variant", "Os", "OsVersion"}) {
        shape[text] = "";
    }
    shape["RepoTags"] = texts();
    shape["RepoDigests"] = texts();
    shape["Size"] = 0;
    shape["VirtualSize"] = 0;
    shape["Config"] = configShape();
    shape["RootFS"] = {{"Type", ""}, {"Layers", texts()}};
    shape["GraphDriver"] = {{"Name", ""}, {"Data", textMap()}};
    shape["Metadata"] = {{"LastTagTime", ""}};
    return shape;
}

}  // namespace

const json& containerShape() {
    static const json kShape = makeContainerShape();
    return kShape;
}

const json& imageShape() {
    static const json kShape = makeImageShape();
    return kShape;
}

const json& volumeShape() {
    static const json kShape{{"CreatedAt", ""},
                             {"Driver", ""},
                             {"Labels", textMap()},
                             {"Mountpoint", ""},
                             {"Name", ""},
                             {"Options", textMap()},
                             {"Scope", ""},
                             {"Status", {{"*", unknown()}}},
                             {"UsageData", pointer()},
                             {"ClusterVolume", pointer()}};
    return kShape;
}

}  // namespace coracle::cli
