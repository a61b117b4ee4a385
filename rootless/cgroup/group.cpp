// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/group.h"

#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"

#include <algorithm>
#include <charconv>

#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::cgroup {
namespace {

using std::chrono::milliseconds;
using sys::UniqueFd;

/// SIGKILL ends a process that waits for a disk when the disk answers; after ten seconds an error is worth
/// more.
constexpr milliseconds kKillLimit{10'000};

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

/// One write(2) for a value: the kernel reads each as a whole and a second one would be a new value.
Result<> writeOnce(int fd, const std::string& value) {
    if (::write(fd, value.data(), value.size()) != static_cast<ssize_t>(value.size())) {
        return Error::fromErrno("write");
    }
    return {};
}

/// rmdir(2) of each folder below and then of the group itself; files in it cannot be removed and need not
/// be. The folders may be the container's own (a writable view), so their names are a stranger's: each is
/// opened below its parent without following anything.
Result<> removeFolders(int parentFd, const std::string& name) {
    TRY_ASSIGN(const UniqueFd folder, sys::openBeneath(parentFd, name, O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const auto entries,
               sys::listDirectory("/proc/self/fd/" + std::to_string(folder.get()) + "/."));
    for (const std::string& entry : entries) {
        struct stat status {};
        if (::fstatat(folder.get(), entry.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(status.st_mode)) {
            TRY(removeFolders(folder.get(), entry));
        }
    }
    if (::unlinkat(parentFd, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
        return Error::fromErrno("remove control group '" + name + "'");
    }
    return {};
}

/// Files that were written come into `undo` with what they held before. Which errno means a bad value is
/// the kernel's habit: EINVAL and ERANGE for a number, ENODEV for a device, EBUSY for what is in use.
Result<> applyEach(const Group& group, const WritePlan& plan, Moment moment,
                   std::vector<std::pair<std::string, std::string>>& undo) {
    for (const FileWrite& planned : plan) {
        if (planned.isDefault && (moment == Moment::Start || !group.has(planned.file))) {
            continue;
        }
        const bool other = !planned.otherFile.empty() && !group.has(planned.file);
        const std::string& file = other ? planned.otherFile : planned.file;
        if (!group.has(file)) {
            if (planned.optional) {
                continue;
            }
            return Error(ErrorKind::Unsupported, "limit '" + planned.file +
                                                     "' cannot be held: this kernel has no '" + file +
                                                     "' for controller '" + planned.controller + "'");
        }
        const auto before = moment == Moment::Running ? group.read(file) : Result<std::string>(std::string());
        auto written = group.write(file, other ? planned.otherValue : planned.value);
        if (!written) {
            const int err = written.error().sysErrno();
            const bool refused = err == EINVAL || err == ERANGE || err == ENODEV || err == EBUSY;
            return refused ? Error(ErrorKind::InvalidArgument, written.error().message(), err)
                           : std::move(written).error();
        }
        if (before && !before->empty()) {
            undo.emplace_back(file, *before);
        }
    }
    return {};
}

}  // namespace

/// The mount point's file system decides and not its presence: on a host with version 1 it is a tmpfs of
/// folders.
Result<UniqueFd> openHierarchy() {
    TRY_ASSIGN(UniqueFd root, sys::openAt(AT_FDCWD, kMountPoint, O_PATH | O_DIRECTORY));
    TRY_ASSIGN(const auto magic, sys::realKernel().filesystemMagic(root.get()));
    if (magic != CGROUP2_SUPER_MAGIC) {
        return Error(ErrorKind::Unsupported, "version 2 of control groups is not mounted at /sys/fs/cgroup");
    }
    return root;
}

/// By descriptor from here on: a group that is removed and made anew under the same name is another one.
Result<Group> Group::open(int rootFd, const std::string& path) {
    TRY_ASSIGN(UniqueFd directory,
               sys::openBeneath(rootFd, path.empty() ? "." : path, O_RDONLY | O_DIRECTORY));
    return Group(std::move(directory), path);
}

/// A group of that name may be left from a container that was killed; it is used again when nobody is in
/// it. Groups on the way may be shared and are not looked into.
Result<Group> Group::makeChild(const std::string& relativePath) const {
    TRY_ASSIGN(Group group, open(m_directory.get(), ""));
    group.m_path = m_path;
    std::string_view rest = relativePath;
    while (!rest.empty()) {
        const std::string name(rest.substr(0, rest.find('/')));
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        const std::string path = group.m_path.empty() ? name : group.m_path + "/" + name;
        auto made = sys::realKernel().makeDirectory(group.m_directory.get(), name, 0755);
        if (!made && made.error().kind() != ErrorKind::AlreadyExists) {
            return std::move(made).error().context("make control group '" + path + "'");
        }
        TRY_ASSIGN(Group child, open(group.m_directory.get(), name));
        child.m_path = path;
        if (!made && rest.empty()) {
            TRY_ASSIGN(const std::string events, child.read("cgroup.events"));
            if (findKey(events, "populated") != 0U) {
                return Error(ErrorKind::Conflict, "control group '" + path + "' is in use");
            }
        }
        group = std::move(child);
    }
    return group;
}

/// By descriptor and without following links; a file that is missing means that its controller is not on
/// for this group.
Result<std::string> Group::read(const std::string& file) const {
    auto fd = sys::openBeneath(m_directory.get(), file, O_RDONLY);
    if (!fd) {
        return std::move(fd).error().context("control group '" + m_path + "'");
    }
    TRY_ASSIGN(std::string text, sys::readAll(fd->get()));
    return trimmed(std::move(text));
}

/// The kernel's errno says what was wrong with the value: EINVAL, ERANGE, ENODEV for a device that is
/// none, EBUSY.
Result<> Group::write(const std::string& file, const std::string& value) const {
    auto fd = sys::openBeneath(m_directory.get(), file, O_WRONLY);
    if (!fd) {
        return std::move(fd).error().context("control group '" + m_path + "'");
    }
    auto written = writeOnce(fd->get(), value);
    if (!written) {
        return std::move(written).error().context("'" + file + "' of control group '" + m_path +
                                                  "', value '" + value + "'");
    }
    return {};
}

/// none for a file that is missing and for "max", which is no number.
std::optional<std::uint64_t> Group::number(const std::string& file) const {
    const auto text = read(file);
    std::uint64_t value = 0;
    if (!text || text->empty()) {
        return std::nullopt;
    }
    const char* const end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, value);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(value) : std::nullopt;
}

bool Group::has(const std::string& file) const {
    return ::faccessat(m_directory.get(), file.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

std::vector<std::string> Group::controllers() const {
    const auto text = read("cgroup.controllers");
    return text ? splitWords(*text) : std::vector<std::string>();
}

/// Only what is available and not on yet, in one write: the kernel takes all or none of it. Controllers
/// that are not available are passed over, as the caller finds out by the file it then misses.
Result<> Group::enable(const std::vector<std::string>& names) const {
    TRY_ASSIGN(const std::string text, read("cgroup.subtree_control"));
    const auto enabled = splitWords(text);
    const auto available = controllers();
    std::string change;
    for (const std::string& name : names) {
        if (std::find(available.begin(), available.end(), name) != available.end() &&
            std::find(enabled.begin(), enabled.end(), name) == enabled.end()) {
            change += (change.empty() ? "+" : " +") + name;
        }
    }
    if (change.empty()) {
        return {};
    }
    auto written = write("cgroup.subtree_control", change);
    if (!written && written.error().sysErrno() == EBUSY) {
        return Error(ErrorKind::Conflict, "control group '" + m_path +
                                              "' holds processes itself and so cannot hand controllers on");
    }
    return written;
}

/// Numbers as seen from this pid namespace; 0 stands for one that is outside of it.
Result<std::vector<pid_t>> Group::processes() const {
    TRY_ASSIGN(const std::string text, read("cgroup.procs"));
    std::vector<pid_t> list;
    for (const std::string& word : splitWords(text)) {
        pid_t pid = 0;
        if (std::from_chars(word.data(), word.data() + word.size(), pid).ec == std::errc()) {
            list.push_back(pid);
        }
    }
    return list;
}

/// The whole process with all of its threads (cgroup-v2, "cgroup.procs").
Result<> Group::add(pid_t pid) const {
    return write("cgroup.procs", std::to_string(pid));
}

/// What "delegated" means: the folder, to make groups in it, and the two files that move processes and
/// hand controllers on (cgroup-v2, "Delegation"). With the effective ids, which are those that will write.
bool Group::isWritable() const {
    for (const char* name : {".", "cgroup.procs", "cgroup.subtree_control"}) {
        if (::faccessat(m_directory.get(), name, W_OK, AT_EACCESS) != 0) {
            return false;
        }
    }
    return true;
}

/// The kernel wakes pollers of cgroup.events whenever one of its lines changes. Source: cgroups(7), "Cgroups
/// v2 release notification".
Result<> Group::await(const std::string& line, milliseconds limit) const {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    TRY_ASSIGN(const UniqueFd events, sys::openBeneath(m_directory.get(), "cgroup.events", O_RDONLY));
    while (true) {
        if (::lseek(events.get(), 0, SEEK_SET) != 0) {
            return Error::fromErrno("read 'cgroup.events'");
        }
        TRY_ASSIGN(const std::string text, sys::readAll(events.get()));
        if (("\n" + text).find("\n" + line + "\n") != std::string::npos) {
            return {};
        }
        const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return Error(ErrorKind::Unavailable,
                         "control group '" + m_path + "' does not become '" + line + "'");
        }
        pollfd waiting{events.get(), POLLPRI, 0};
        if (::poll(&waiting, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) {
            return Error::fromErrno("wait for control group '" + m_path + "'");
        }
    }
}

Result<> Group::kill(milliseconds limit) const {
    auto ended = killProcesses(limit);
    // systemd removes a scope by itself as soon as its last process has ended. Source: cgroups(7), ENODEV.
    const bool gone = !ended && (ended.error().sysErrno() == ENOENT || ended.error().sysErrno() == ENODEV);
    return gone ? Result<>() : ended;
}

/// cgroup.kill (Linux 5.14) ends the whole subtree at once, forks included. Without it the group is frozen
/// first, so that no process is born while the list is read.
Result<> Group::killProcesses(milliseconds limit) const {
    TRY_ASSIGN(const std::string text, read("cgroup.events"));
    if (findKey(text, "populated") == 0U) {
        return {};
    }
    if (has("cgroup.kill")) {
        TRY(write("cgroup.kill", "1"));
    } else {  // COMPAT(kernel < 5.14): one after the other, until none is born any more
        TRY(write("cgroup.freeze", "1"));
        TRY_ASSIGN(const auto list, processes());
        for (const pid_t pid : list) {
            (void)::kill(pid, SIGKILL);  // it may have ended
        }
        TRY(write("cgroup.freeze", "0"));
    }
    return await("populated 0", limit);
}

/// The kernel says "frozen" only when every process has stopped; one in an uninterruptible sleep makes it
/// wait, hence the limit.
Result<> Group::freeze(bool frozen, milliseconds limit) const {
    TRY(write("cgroup.freeze", frozen ? "1" : "0"));
    auto reached = await(frozen ? "frozen 1" : "frozen 0", limit);
    if (!reached && frozen) {
        (void)write("cgroup.freeze", "0");  // half frozen is worse than running
    }
    return reached;
}

/// A group that is frozen by one above it counts too.
bool Group::isFrozen() const {
    const auto text = read("cgroup.events");
    return text && findKey(*text, "frozen") == 1U;
}

/// All or nothing: what was changed before a failure is put back in reverse order.
Result<> apply(const Group& group, const WritePlan& plan, Moment moment) {
    std::vector<std::pair<std::string, std::string>> undo;
    auto done = applyEach(group, plan, moment, undo);
    if (!done) {
        for (auto change = undo.rbegin(); change != undo.rend(); ++change) {
            (void)group.write(change->first, change->second);  // the first error counts
        }
    }
    return done;
}

/// The group's parent is looked up after the kill: systemd removes a scope as soon as its last process has
/// ended, and then there is nothing left to do. The walk upwards stops at the first folder that is not
/// empty.
Result<> removeGroup(int rootFd, const std::string& path, const std::string& keep) {
    auto group = Group::open(rootFd, path);
    if (!group) {
        return group.error().kind() == ErrorKind::NotFound ? Result<>() : Result<>(std::move(group).error());
    }
    TRY(group->kill(kKillLimit));
    auto slash = path.rfind('/');
    auto around = Group::open(rootFd, slash == std::string::npos ? "" : path.substr(0, slash));
    if (!around && around.error().kind() == ErrorKind::NotFound) {
        return {};  // the scope went with it
    }
    TRY_ASSIGN(Group parent, std::move(around));
    TRY(removeFolders(parent.fd(), path.substr(slash == std::string::npos ? 0 : slash + 1)));
    std::string above = parent.path();
    while (above.size() > keep.size() && (keep.empty() || above.starts_with(keep + "/"))) {
        slash = above.rfind('/');
        TRY_ASSIGN(parent, Group::open(rootFd, slash == std::string::npos ? "" : above.substr(0, slash)));
        if (::unlinkat(parent.fd(), above.c_str() + (slash == std::string::npos ? 0 : slash + 1),
                       AT_REMOVEDIR) != 0) {
            break;  // other containers are in it
        }
        above = parent.path();
    }
    return {};
}

/// Two lines: the group, and the one above it that is to stay. A record that cannot be read counts as
/// none.
std::optional<GroupRecord> readGroupRecord(const std::string& folder) {
    const auto text = sys::readFile(folder + "/cgroup", 65536);
    if (!text) {
        return std::nullopt;
    }
    const auto end = std::min(text->find('\n'), text->size());
    GroupRecord found{text->substr(0, end), trimmed(text->substr(std::min(end + 1, text->size())))};
    return found.path.empty() ? std::nullopt : std::optional(std::move(found));
}

/// The entry of hierarchy 0 is version 2's (cgroups(7), "/proc/pid/cgroup files").
std::optional<std::string> unifiedPath(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("0::/")) {
            return std::string(line.substr(4));
        }
    }
    return std::nullopt;
}

/// " (deleted)" is a group that was removed with the process still in it as a zombie; ".." means that it
/// lies outside of our cgroup namespace, where no path leads.
Result<std::string> groupOf(pid_t pid) {
    const std::string who = pid == 0 ? "self" : std::to_string(pid);
    TRY_ASSIGN(const std::string text, sys::readFile("/proc/" + who + "/cgroup", 65536));
    auto path = unifiedPath(text);
    if (!path || path->ends_with(" (deleted)") || path->starts_with("..")) {
        return Error(ErrorKind::NotFound, "process " + who + " is in no control group of version 2");
    }
    return *std::move(path);
}

std::vector<std::string> splitWords(std::string_view text) {
    constexpr std::string_view kBlanks = " \n";
    std::vector<std::string> list;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
        if (text.empty()) {
            return list;
        }
        const auto end = std::min(text.find_first_of(kBlanks), text.size());
        list.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

/// The first line "KEY NUMBER" of a flat keyed file (cgroup-v2, "Interface Files").
std::optional<std::uint64_t> findKey(std::string_view text, std::string_view key) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ' ') {
            line.remove_prefix(key.size() + 1);
            std::uint64_t value = 0;
            const auto parsed = std::from_chars(line.data(), line.data() + line.size(), value);
            return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace coracle::cgroup
