// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace coracle::container {

/// Names of a container's files; looks at nothing. Those the monitor shares are described in
/// rootless/oci/monitor_protocol.h; the rest are the engine's own. Both folders are the user's alone
/// (mode 0700), which is what keeps other users of the computer from the sockets and records in them.
struct ContainerPaths {
    std::string data;        ///< durable, root/containers/<id>: what it writes
    std::string bundle;      ///< its documents: `data`, or runDir/bundle when it is removed at its end
    std::string runDir;      ///< volatile, runRoot/containers/<id>
    std::string runRoot;     ///< volatile, of the whole engine
    std::string eventsPath;  ///< runRoot/events

    std::string config() const { return bundle + "/config.json"; }
    std::string overlay() const { return bundle + "/coracle.json"; }
    std::string monitor() const { return bundle + "/monitor.json"; }
    std::string healthProcess() const { return bundle + "/health-process.json"; }
    std::string rootfs() const { return bundle + "/rootfs"; }
    std::string upper() const { return data + "/upper"; }
    std::string work() const { return data + "/work"; }
    /// What a container changes in a folder that it has an overlay over (-v ...:O).
    std::string changes(const std::string& name) const { return data + "/mounts/" + name; }
    std::string log() const { return data + "/container.log"; }
    std::string exitRecord() const { return bundle + "/exit.json"; }
    std::string hosts() const { return bundle + "/hosts"; }
    std::string hostname() const { return bundle + "/hostname"; }
    std::string resolvConf() const { return bundle + "/resolv.conf"; }
    /// Its copies of secrets, in the order of its options.
    std::string secrets() const { return bundle + "/secrets"; }
    std::string secret(std::size_t number) const { return secrets() + "/" + std::to_string(number); }
    std::string stopMark() const { return runDir + "/stop"; }
    std::string monitorLock() const { return runDir + "/lock"; }
    /// Held by whoever starts, stops or removes the container.
    std::string operationLock() const { return runDir + "/operation.lock"; }
    /// Host ports that were chosen at the start, for `ps` and `port`.
    std::string ports() const { return runDir + "/ports.json"; }
    /// Processes that carry its network.
    std::string networkHelpers() const { return runDir + "/network-helpers.json"; }
    /// Files with the ids of containers that have made a link to this one since the computer's start.
    std::string linkedBy() const { return runDir + "/linked-by"; }
    /// Exists while somebody restarts it by hand: its end removes nothing.
    std::string keepMark() const { return runDir + "/keep"; }
    std::string runtimeRoot() const { return runRoot + "/runtime"; }
    /// What the runtime knows of this container; its file "cgroup" names the control group.
    std::string runtimeFolder() const { return runtimeRoot() + data.substr(data.rfind('/')); }
    std::string keeperDir() const { return runRoot + "/userns"; }
};

}  // namespace coracle::container
