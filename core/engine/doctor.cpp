// SPDX-License-Identifier: Apache-2.0
#include "core/engine/doctor.h"

#include "core/engine/doctor_facts.h"
#include "core/engine/storage_driver.h"
#include "net/port_check.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/thread.h"
#include "rootless/sys/user_name.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

std::string trimmed(const std::string& path) {
    auto text = sys::readFile(path);
    std::string value = text ? *std::move(text) : "";
    while (!value.empty() && (value.back() == '\n' || value.back() == ' ')) {
        value.pop_back();
    }
    return value;
}

/// 0 for what is missing or no number.
std::uint64_t numberIn(const std::string& path) {
    const std::string text = trimmed(path);
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            break;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

ProbeAnswer failed(const Error& error) {
    return {false, error.message(), error.hint()};
}

/// Ask a child process to do one thing. Source of the answer's form: rootless/runtime/cmd_probe.cpp.
ProbeAnswer probe(const std::string& runtime, std::vector<std::string> words, const std::stop_token& stop) {
    sys::SpawnOptions options;
    options.argv = {runtime, "probe"};
    options.argv.insert(options.argv.end(), std::make_move_iterator(words.begin()),
                        std::make_move_iterator(words.end()));
    const auto output = sys::runAndCapture(options, stop);
    if (!output) {
        return failed(output.error());
    }
    const auto document = json::parse(output->standardOutput);
    if (!document) {
        return {
            false, output->standardError.empty() ? document.error().message() : output->standardError, {}};
    }
    const auto works = json::findBool(*document, "works");
    const auto reason = json::findString(*document, "reason");
    const auto hint = json::findString(*document, "hint");
    return {works && works->value_or(false), reason ? reason->value_or("") : "",
            hint ? hint->value_or("") : ""};
}

std::string openProblem(const char* device) {
    const auto fd = sys::openAt(AT_FDCWD, device, O_RDWR);
    return fd ? "" : fd.error().message();
}

/// Security: who can write to the run root can put sockets and records into it, by which this user's
/// commands would talk to him. Hence its owner and mode are checked, and a link is no folder.
void checkRunRoot(const std::string& runRoot, DoctorFacts& facts) {
    facts.runRoot = runRoot;
    struct stat info {};
    if (auto made = sys::makeDirectories(runRoot); !made) {
        facts.runRootProblem = made.error().message();
    } else if (::lstat(runRoot.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        facts.runRootProblem = "'" + runRoot + "' is not a folder";
    } else if (info.st_uid != ::getuid()) {
        facts.runRootProblem = "'" + runRoot + "' belongs to another user";
    } else if ((info.st_mode & 0022U) != 0) {
        facts.runRootProblem = "'" + runRoot + "' can be written by other users";
        facts.runRootIsShared = true;
    }
}

struct FileSystem {
    std::string name;
    bool network = false;
    std::uint64_t freeBytes = 0;
};

/// Of the nearest folder that exists: the store may not have been made yet.
FileSystem describeFileSystem(std::string path) {
    struct statfs info {};
    while (::statfs(path.c_str(), &info) != 0) {
        const std::size_t slash = path.rfind('/');
        if (slash == std::string::npos || slash == 0) {
            return {"unknown", false, 0};
        }
        path.resize(slash);
    }
    constexpr long kExt4 = EXT4_SUPER_MAGIC;
    constexpr long kXfs = 0x58465342;  // XFS_SUPER_MAGIC, fs/xfs/libxfs/xfs_format.h
    constexpr long kCifs = 0xFF534D42;
    constexpr long kSmb2 = 0xFE534D42;
    FileSystem result{"other", false,
                      static_cast<std::uint64_t>(info.f_bavail) * static_cast<std::uint64_t>(info.f_bsize)};
    switch (static_cast<long>(info.f_type)) {
    case kExt4:
        return {"ext4", false, result.freeBytes};
    case kXfs:
        return {"xfs", false, result.freeBytes};
    case BTRFS_SUPER_MAGIC:
        return {"btrfs", false, result.freeBytes};
    case TMPFS_MAGIC:
        return {"tmpfs", false, result.freeBytes};
    case OVERLAYFS_SUPER_MAGIC:
        return {"overlay", false, result.freeBytes};
    case NFS_SUPER_MAGIC:
        return {"nfs", true, result.freeBytes};
    case V9FS_MAGIC:
        return {"9p", true, result.freeBytes};
    case kCifs:
    case kSmb2:
        return {"cifs", true, result.freeBytes};
    default:
        return result;
    }
}

std::optional<bool> lingers(const std::string& user) {
    if (!sys::pathExists("/run/systemd/system")) {
        return std::nullopt;
    }
    return sys::pathExists("/var/lib/systemd/linger/" + user);
}

void readSettings(const store::StorePaths& places, DoctorFacts& facts) {
    // The number when the user has no entry, as in a container of another engine.
    facts.userName = sys::userName(::getuid()).value_or(std::to_string(::getuid()));
    const auto subuid = sys::readFile("/etc/subuid");
    const auto subgid = sys::readFile("/etc/subgid");
    facts.subuid = findSubordinateRange(subuid ? *subuid : "", facts.userName, ::getuid());
    facts.subgid = findSubordinateRange(subgid ? *subgid : "", facts.userName, ::getuid());
    facts.newuidmap = sys::findProgram("newuidmap");
    facts.newgidmap = sys::findProgram("newgidmap");
    facts.maxUserNamespaces = trimmed("/proc/sys/user/max_user_namespaces");
    facts.debianSwitchOff = trimmed("/proc/sys/kernel/unprivileged_userns_clone") == "0";
    facts.appArmorRestricts = trimmed("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1";
    facts.cgroups = cgroup::gatherHostFacts();
    facts.fuseReason = openProblem("/dev/fuse");
    facts.fuseDevice = facts.fuseReason.empty();
    facts.tunDevice = openProblem("/dev/net/tun").empty();
    facts.fuseOverlayfs = sys::findProgram("fuse-overlayfs");
    facts.slirp = sys::findProgram("slirp4netns");
    facts.firstPort = net::firstUnprivilegedPort();
    facts.lingers = lingers(facts.userName);
    checkRunRoot(places.runRoot, facts);
    const FileSystem fileSystem = describeFileSystem(places.root);
    facts.freeBytes = fileSystem.freeBytes;
    facts.fileSystem = fileSystem.name;
    facts.networkFileSystem = fileSystem.network;
    facts.inotifyInstances = numberIn("/proc/sys/fs/inotify/max_user_instances");
    facts.inotifyWatches = numberIn("/proc/sys/fs/inotify/max_user_watches");
    facts.secondsSince1970 =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
}

}  // namespace

Result<std::vector<types::HealthCheck>> runDoctor(const store::StorePaths& places, std::stop_token stop) {
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    DoctorFacts facts;
    readSettings(places, facts);
    (void)sys::makeDirectories(places.root);  // the probe of the overlay says why it is missing
    struct Task {
        ProbeAnswer* answer;
        std::vector<std::string> words;
    };
    const std::array<Task, 4> tasks{{
        {&facts.userNamespace, {"userns"}},
        {&facts.namespaceAdmin, {"userns-admin"}},
        {&facts.seccomp, {"seccomp"}},
        {&facts.network, {"network", facts.slirp.value_or("slirp4netns")}},
    }};
    {
        std::vector<std::jthread> threads;
        for (const auto& task : tasks) {
            const auto ask = [&, task] { *task.answer = probe(runtime, task.words, stop); };
            if (auto thread = sys::tryStartThread(ask)) {
                threads.push_back(*std::move(thread));
            } else {
                ask();
            }
        }
        const auto drivers = probeStorageDrivers(places, stop);
        facts.mapping = drivers ? drivers->idMaps : failed(drivers.error());
        facts.kernelOverlay = drivers ? drivers->kernel : failed(drivers.error());
        facts.fuseOverlay = drivers ? drivers->fuse : failed(drivers.error());
    }
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "the checks were interrupted");
    }
    return judge(facts);
}

}  // namespace coracle::engine
