// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/secret_files.h"

#include "rootless/mounts/in_root.h"
#include "rootless/sys/file.h"

#include <algorithm>

#include <linux/mount.h>
//
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr const char* kFolder = "/run/secrets";
constexpr std::uint64_t kAttributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

std::string nameOf(const std::string& variable) {
    return variable.substr(0, variable.find('=') + 1);
}

bool isInFolder(const OpenSecret& secret) {
    return secret.file.target.starts_with(std::string(kFolder) + "/");
}

/// Below the folder in memory: where it shall be, or a name for the moment.
std::string placeOf(const OpenSecret& secret, std::size_t number) {
    return isInFolder(secret) ? secret.file.target.substr(std::string(kFolder).size() + 1)
                              : ".bound-" + std::to_string(number);
}

/// Folders on the way and the file. What is made is ours alone until it is attached: no name can be a link.
Result<> write(int folderFd, const std::string& place, const OpenSecret& secret) {
    TRY_ASSIGN(sys::UniqueFd folder, sys::duplicateFd(folderFd));
    std::size_t from = 0;
    for (auto slash = place.find('/'); slash != std::string::npos; slash = place.find('/', from)) {
        const std::string name = place.substr(from, slash - from);
        if (::mkdirat(folder.get(), name.c_str(), 0755) != 0 && errno != EEXIST) {
            return Error::fromErrno("make folder '" + name + "'");
        }
        TRY_ASSIGN(folder, sys::openAt(folder.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        from = slash + 1;
    }
    TRY_ASSIGN(const sys::UniqueFd file,
               sys::openAt(folder.get(), place.substr(from), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    TRY(sys::writeAll(file.get(), secret.content));
    if (::fchown(file.get(), secret.file.uid, secret.file.gid) != 0) {
        return errno == EINVAL ? Error(ErrorKind::InvalidArgument,
                                       "secret '" + secret.file.target + "': there is no user " +
                                           std::to_string(secret.file.uid) + " or group " +
                                           std::to_string(secret.file.gid) + " in the container")
                               : Error::fromErrno("give away secret '" + secret.file.target + "'");
    }
    return ::fchmod(file.get(), secret.file.mode) == 0
               ? Result<>()
               : Result<>(Error::fromErrno("set mode of secret '" + secret.file.target + "'"));
}

}  // namespace

Result<Secrets> openSecrets(const std::vector<oci::SecretFile>& wanted) {
    Secrets secrets;
    for (const oci::SecretFile& file : wanted) {
        auto content = sys::readFile(file.file, kMaxBytes);
        if (!content) {
            return std::move(content).error().context("read a secret of the container");
        }
        if (file.variable.empty()) {
            secrets.files.push_back({file, *std::move(content)});
        } else if (content->find('\0') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument,
                         "the secret for variable '" + file.variable + "' holds a NUL byte");
        } else {
            secrets.variables.push_back(file.variable + "=" + *content);
        }
    }
    return secrets;
}

void addVariables(std::vector<std::string>& env, const Secrets& secrets) {
    for (const std::string& variable : secrets.variables) {
        std::erase_if(env, [&](const std::string& old) { return old.starts_with(nameOf(variable)); });
        env.push_back(variable);
    }
}

void removeVariables(std::vector<std::string>& env, const Secrets& secrets) {
    for (const std::string& variable : secrets.variables) {
        std::erase(env, variable);
    }
}

/// The file system is attached before its files are bound elsewhere, because a detached one cannot be cloned
/// everywhere (open_tree(2), before Linux 6.15). A name that was only for a bind is taken away then: the bind
/// holds the file.
Result<> placeSecrets(sys::Kernel& kernel, const std::vector<OpenSecret>& secrets, int rootFd) {
    if (secrets.empty()) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd memory,
               kernel.newFilesystem("tmpfs", "secrets", {{"mode", "755"}}, kAttributes));
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        TRY(write(memory.get(), placeOf(secrets[i], i), secrets[i]));
    }
    TRY_ASSIGN(const sys::UniqueFd folder,
               mounts::openMountpoint(kernel, rootFd, kFolder, mounts::TargetKind::Directory));
    TRY(kernel.attach(memory.get(), folder.get()));
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        if (isInFolder(secrets[i])) {
            continue;
        }
        const std::string name = placeOf(secrets[i], i);
        TRY_ASSIGN(const sys::UniqueFd file, kernel.openChild(memory.get(), name, O_PATH));
        TRY_ASSIGN(const sys::UniqueFd tree, kernel.cloneTree(file.get(), "", sys::Recursive::No));
        TRY(kernel.setAttributes(tree.get(), {kAttributes | MOUNT_ATTR_RDONLY, 0, MS_PRIVATE},
                                 sys::Recursive::No));
        TRY_ASSIGN(const sys::UniqueFd target,
                   mounts::openMountpoint(kernel, rootFd, secrets[i].file.target, mounts::TargetKind::File));
        TRY(kernel.attach(tree.get(), target.get()));
        if (::unlinkat(memory.get(), name.c_str(), 0) != 0) {
            return Error::fromErrno("unlink '" + name + "'");
        }
    }
    return kernel.setAttributes(memory.get(), {kAttributes | MOUNT_ATTR_RDONLY, 0, 0}, sys::Recursive::No);
}

}  // namespace coracle::runtime
