// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_kernel/fake_kernel.h"

#include "rootless/sys/file.h"

#include <fcntl.h>
#include <sys/sysmacros.h>

namespace coracle::test {
namespace {

struct DeviceNumber {
    const char* name;
    unsigned major;
    unsigned minor;
};
constexpr DeviceNumber kDevices[] = {{"host:/dev/null", 1, 3},    {"host:/dev/zero", 1, 5},
                                     {"host:/dev/full", 1, 7},    {"host:/dev/random", 1, 8},
                                     {"host:/dev/urandom", 1, 9}, {"host:/dev/tty", 5, 0}};

}  // namespace

Result<> FakeKernel::record(std::string call) {
    calls.push_back(std::move(call));
    if (failAt >= 0 && calls.size() == static_cast<std::size_t>(failAt) + 1) {
        return Error::fromErrno(calls.back(), EIO);
    }
    return {};
}

Result<sys::UniqueFd> FakeKernel::descriptorOf(const std::string& name) {
    TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, "/dev/null", O_PATH));
    const auto number = static_cast<std::size_t>(fd.get());
    if (m_names.size() <= number) {
        m_names.resize(number + 1);
    }
    m_names[number] = name;
    return fd;
}

std::string FakeKernel::nameOf(int fd) const {
    return fd >= 0 && static_cast<std::size_t>(fd) < m_names.size() ? m_names[static_cast<std::size_t>(fd)]
                                                                    : "";
}

Result<sys::UniqueFd> FakeKernel::openInRoot(int /*rootFd*/, const std::string& path, int /*flags*/) {
    opened.push_back(path);
    if (missing.count(path) != 0 || forbidden.count(path) != 0) {
        return Error::fromErrno("open '" + path + "'", missing.count(path) != 0 ? ENOENT : EACCES);
    }
    return descriptorOf(path == "/" ? "" : path);
}

Result<sys::UniqueFd> FakeKernel::openChild(int dirFd, const std::string& name, int /*flags*/) {
    return descriptorOf(dirFd == AT_FDCWD ? "host:" + name : nameOf(dirFd) + "/" + name);
}

Result<> FakeKernel::makeDirectory(int dirFd, const std::string& name, mode_t /*mode*/) {
    missing.erase(nameOf(dirFd) + "/" + name);
    return record("mkdir " + nameOf(dirFd) + "/" + name);
}

Result<> FakeKernel::makeFile(int dirFd, const std::string& name, mode_t /*mode*/) {
    const std::string path = nameOf(dirFd) + "/" + name;
    if (present.count(path) != 0) {
        return Error::fromErrno("create '" + path + "'", EEXIST);
    }
    missing.erase(path);
    files.insert(path);
    return record("create " + path);
}

Result<> FakeKernel::makeFifo(int dirFd, const std::string& name, mode_t /*mode*/) {
    return record("fifo " + nameOf(dirFd) + "/" + name);
}

Result<> FakeKernel::makeSymlink(const std::string& target, int dirFd, const std::string& name) {
    return record("link " + nameOf(dirFd) + "/" + name + " to " + target);
}

Result<std::string> FakeKernel::readLink(int /*dirFd*/, const std::string& name) {
    return Error::fromErrno("read link '" + name + "'", EINVAL);
}

Result<struct stat> FakeKernel::status(int fd) {
    const std::string name = nameOf(fd);
    struct stat found {};
    found.st_mode = S_IFDIR;
    if (links.count(name) != 0) {
        found.st_mode = S_IFLNK;
    } else if (files.count(name) != 0) {
        found.st_mode = S_IFREG;
    }
    for (const DeviceNumber& device : kDevices) {
        if (name == device.name) {
            found.st_mode = S_IFCHR;
            found.st_rdev = makedev(device.major, device.minor);
        }
    }
    return found;
}

Result<sys::UniqueFd> FakeKernel::newFilesystem(const std::string& type, const std::string& /*source*/,
                                                const sys::FilesystemOptions& options,
                                                std::uint64_t /*attributes*/) {
    std::string call = "new " + type;
    for (const auto& [key, value] : options) {
        call += " " + key + "=" + value;
    }
    TRY(record(call));
    return descriptorOf(type);
}

Result<sys::UniqueFd> FakeKernel::cloneTree(int fd, const std::string& path, sys::Recursive recursive) {
    const std::string source = path.empty() ? nameOf(fd) : "host:" + path;
    if (missing.count(source) != 0) {
        return Error::fromErrno("clone mount '" + path + "'", ENOENT);
    }
    TRY(record("clone " + source + (recursive == sys::Recursive::Yes ? " and below" : "")));
    return descriptorOf(source);
}

Result<> FakeKernel::setAttributes(int mountFd, const sys::MountAttributes& attributes,
                                   sys::Recursive recursive) {
    if (attributes.propagation != 0 && (attributes.set | attributes.clear) == 0) {
        return record("spread " + nameOf(mountFd) + " " + std::to_string(attributes.propagation) +
                      (recursive == sys::Recursive::Yes ? " and below" : ""));
    }
    return record("set " + nameOf(mountFd) + " " + std::to_string(attributes.set) +
                  (recursive == sys::Recursive::Yes ? " and below" : ""));
}

Result<> FakeKernel::mapIds(int mountFd, int /*userNamespaceFd*/, sys::Recursive recursive) {
    return record("map " + nameOf(mountFd) + (recursive == sys::Recursive::Yes ? " and below" : ""));
}

Result<> FakeKernel::attach(int mountFd, int targetFd) {
    return record("attach " + nameOf(mountFd) + " on " + nameOf(targetFd));
}

Result<std::uint64_t> FakeKernel::filesystemMagic(int /*fd*/) {
    return std::uint64_t{0};
}

}  // namespace coracle::test
