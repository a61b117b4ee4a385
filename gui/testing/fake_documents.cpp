// SPDX-License-Identifier: Apache-2.0
// Documents of the sample data: long enough to be worth a search, in the words of the real ones.
#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {

namespace {

using std::string;

string quoted(const string& text) {
    string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

string list(const std::vector<string>& words) {
    string out;
    for (const string& word : words) {
        out += (out.empty() ? "" : ", ") + quoted(word);
    }
    return "[" + out + "]";
}

string mountsOf(const types::ContainerSummary& row) {
    string out;
    for (const types::MountSpec& mount : row.mounts) {
        const bool volume = mount.kind == types::MountSpec::Kind::Volume;
        const bool image = mount.kind == types::MountSpec::Kind::Image;
        out += string(out.empty() ? "" : ",") + R"({"Type": )" +
               quoted(volume  ? "volume"
                      : image ? "image"
                              : "bind") +
               R"(, "Source": )" + quoted(mount.source) + R"(, "Destination": )" + quoted(mount.target) +
               R"(, "RW": )" + (mount.readOnly ? "false" : "true") + "}";
    }
    return "[" + out + "]";
}

class FakeInspection : public engine::Inspection {
public:
    explicit FakeInspection(FakeState& state) : m_state(state) {}

    Result<string> runtimeConfig(const string& id) override {
        TRY(m_state.enter("inspection.runtimeConfig", id));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        return sampleRuntimeConfig(*row);
    }

    Result<types::Confinement> confinement(const string& id) override {
        TRY(m_state.enter("inspection.confinement", id));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        const auto own = m_state.confinements.find(row->name);
        types::Confinement out = own != m_state.confinements.end() ? own->second : sampleConfinement(*row);
        if (row->pid > 0) {
            out.observed = {.capabilities = out.capabilities,
                            .noNewPrivileges = out.noNewPrivileges,
                            .systemCallFilters = 2};
        }
        return out;
    }

    Result<types::AccessReport> explainAccess(const string& id, const string& path,
                                              const std::optional<string>& /*user*/) override {
        TRY(m_state.enter("inspection.explainAccess", id + " " + path));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        if (const auto own = m_state.access.find({row->name, path}); own != m_state.access.end()) {
            return own->second;
        }
        for (const types::MountSpec& mount : row->mounts) {
            if (path == mount.target || path.starts_with(mount.target + "/")) {
                return sampleAccess(mount, path);
            }
        }
        return Error(ErrorKind::NotFound, "'" + path + "' is in no mount of container '" + row->name +
                                              "': it belongs to the image")
            .withHint("choose a path in one of its mounts");
    }

    Result<> signalProcess(const std::string& id, const types::ProcessInfo& process,
                           const std::string& signal) override {
        TRY(m_state.enter("inspection.signalProcess", id + " " + std::to_string(process.pid) + " " + signal));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        const auto gone =
            row == nullptr ? 0 : std::erase_if(m_state.processes[row->id], [&](const auto& one) {
                return one.pid == process.pid && one.startedAt == process.startedAt;
            });
        return gone > 0 ? Result<>()
                        : Error(ErrorKind::NotFound, "process " + std::to_string(process.pid) + " has ended");
    }

private:
    FakeState& m_state;
};

}  // namespace

string sampleContainerDocument(const types::ContainerSummary& row) {
    const bool runs = row.pid > 0;
    return R"({
    "Id": )" +
           quoted(row.id) + R"(,
    "Name": )" +
           quoted("/" + row.name) + R"(,
    "Image": )" +
           quoted(row.imageId) + R"(,
    "State": {
        "Status": )" +
           quoted(string(types::toText(row.status))) + R"(,
        "Running": )" +
           (runs ? "true" : "false") + R"(,
        "OOMKilled": )" +
           (row.oomKilled ? "true" : "false") + R"(,
        "Pid": )" +
           std::to_string(row.pid) + R"(,
        "ExitCode": )" +
           std::to_string(row.exitCode.value_or(0)) + R"(
    },
    "Config": {
        "Cmd": )" +
           list(row.command) + R"(,
        "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "NODE_ENV=production", "PORT=9000", "LOG_LEVEL=info"],
        "WorkingDir": "/app",
        "Labels": {"com.docker.compose.project": "shop"}
    },
    "HostConfig": {
        "NetworkMode": )" +
           quoted(row.network) + R"(,
        "Memory": 512000000,
        "NanoCpus": 1000000000,
        "CapAdd": [],
        "CapDrop": [],
        "ReadonlyRootfs": false
    },
    "Mounts": )" +
           mountsOf(row) + R"(,
    "NetworkSettings": {"IPAddress": "10.0.2.100", "Gateway": "10.0.2.2"}
})";
}

string sampleRuntimeConfig(const types::ContainerSummary& row) {
    return R"({"ociVersion": "1.1.0",
 "process": {"terminal": false, "user": {"uid": 0, "gid": 0}, "args": )" +
           list(row.command) + R"(,
  "env": ["PATH=/usr/local/bin:/usr/bin:/bin", "NODE_ENV=production", "PORT=9000", "HOME=/root",
          "LOG_LEVEL=info", "DB_HOST=db", "TZ=UTC", "LANG=C.UTF-8", "NODE_VERSION=20.11.1"],
  "cwd": "/app", "noNewPrivileges": false,
  "capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_KILL"]}},
 "root": {"path": "rootfs", "readonly": false},
 "hostname": )" +
           quoted(row.name) +
           R"(,
 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"},
            {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["ro", "nosuid"]},
            {"destination": "/etc/hosts", "type": "bind", "source": "hosts"}],
 "linux": {
  "uidMappings": [{"containerID": 0, "hostID": 1000, "size": 1},
                  {"containerID": 1, "hostID": 100000, "size": 65535}],
  "namespaces": [{"type": "user"}, {"type": "mount"}, {"type": "pid"}, {"type": "ipc"}, {"type": "uts"},
                 {"type": "cgroup"}, {"type": "network"}],
  "resources": {"memory": {"limit": 512000000}, "cpu": {"quota": 100000, "period": 100000}},
  "maskedPaths": ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"]}})";
}

string sampleImageDocument(const types::ImageDetails& image) {
    return R"({"Id": )" + quoted(image.summary.id) + R"(, "RepoTags": )" + list(image.summary.references) +
           R"(, "Architecture": "amd64", "Os": "linux", "Config": {"Cmd": )" + list(image.command) +
           R"(, "Env": )" + list(image.env) + R"(, "WorkingDir": )" + quoted(image.workingDirectory) + "}}";
}

types::Confinement sampleConfinement(const types::ContainerSummary& row) {
    types::Confinement out;
    out.capabilities = {"CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
                        "CAP_KILL",    "CAP_NET_BIND_SERVICE", "CAP_SETFCAP",   "CAP_SETGID",
                        "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
    out.droppedCapabilities = {"CAP_SYS_ADMIN", "CAP_SYS_PTRACE", "CAP_NET_ADMIN",
                               "CAP_NET_RAW",   "CAP_MKNOD",      "CAP_SYS_MODULE"};
    out.ownNamespaces = {"user", "mount", "pid", "ipc", "uts", "cgroup", "network"};
    out.systemCallFilter = "default";
    out.maskedPaths = {"/proc/acpi", "/proc/kcore", "/proc/keys", "/sys/firmware"};
    out.readOnlyPaths = {"/proc/sys", "/proc/bus"};
    for (const types::MountSpec& mount : row.mounts) {
        if (mount.kind != types::MountSpec::Kind::Tmpfs && mount.kind != types::MountSpec::Kind::Image) {
            const bool bind = mount.kind == types::MountSpec::Kind::Bind;
            out.shared.push_back({.source = bind ? mount.source : "/store/volumes/" + mount.source + "/data",
                                  .target = mount.target,
                                  .readOnly = mount.readOnly,
                                  .device = false});
        }
    }
    return out;
}

types::AccessReport sampleAccess(const types::MountSpec& mount, const string& path) {
    const bool bind = mount.kind == types::MountSpec::Kind::Bind;
    types::AccessReport report;
    report.user = "user 999 of the container, who is user 100998 of this computer";
    report.mountTarget = mount.target;
    report.mountSource = bind ? mount.source : "/store/volumes/" + mount.source + "/data";
    report.readOnlyMount = mount.readOnly;
    const auto add = [&report](const string& place, const string& inside, std::uint32_t mode, bool open) {
        types::AccessStep step;
        step.path = place;
        step.inside = inside;
        step.folder = true;
        step.uid = step.gid = 1000;
        step.mode = mode;
        step.rights = {open, false, open};
        report.steps.push_back(step);
    };
    add(report.mountSource, mount.target, 0755, true);
    string inside = mount.target;
    for (std::size_t from = mount.target.size(); from < path.size();) {
        const std::size_t end = std::min(path.find('/', from + 1), path.size());
        inside = path.substr(0, end);
        add(report.mountSource + path.substr(mount.target.size(), end - mount.target.size()), inside,
            bind ? 0700 : 0755, !bind);
        from = end;
    }
    if (bind && report.steps.size() > 1) {
        using Kind = types::AccessFix::Kind;
        const string& closed = report.steps[1].path;
        report.blocked = 1;
        report.reason = "'" + closed +
                        "' may not be passed: it belongs to user 1000 and group 1000 of this " +
                        "computer and has the mode 0700";
        report.fixes = {{.kind = Kind::Map,
                         .text = "--userns keep-id:uid=999,gid=999",
                         .note = "user 999 of the container is then you",
                         .path = {}},
                        {.kind = Kind::Mode,
                         .text = "chmod o+x " + closed,
                         .note = "everybody on this computer may then, too",
                         .path = {}}};
    }
    return report;
}

std::unique_ptr<engine::Inspection> makeFakeInspection(FakeState& state) {
    return std::make_unique<FakeInspection>(state);
}

}  // namespace coracle::gui
