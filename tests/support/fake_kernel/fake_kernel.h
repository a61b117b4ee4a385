// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/kernel.h"

#include <set>
#include <string>
#include <vector>

namespace coracle::test {

/// Records the calls that build a file tree and can fail any of them. Files exist by path; a descriptor only
/// stands for a name.
class FakeKernel final : public sys::Kernel {
public:
    std::vector<std::string> calls;   ///< in order: "attach proc on /proc"
    std::vector<std::string> opened;  ///< paths in the root, in order; these are no calls
    std::set<std::string> links;      ///< paths in the root that are symbolic links
    std::set<std::string> missing;    ///< paths that do not exist until they are created
    std::set<std::string> files;      ///< paths and sources that are regular files
    std::set<std::string> present;    ///< paths that cannot be created because they exist
    std::set<std::string> forbidden;  ///< paths that cannot be opened
    int failAt = -1;                  ///< index of the call that fails with EIO

    Result<sys::UniqueFd> openInRoot(int rootFd, const std::string& path, int flags) override;
    Result<sys::UniqueFd> openChild(int dirFd, const std::string& name, int flags) override;
    Result<> makeDirectory(int dirFd, const std::string& name, mode_t mode) override;
    Result<> makeFile(int dirFd, const std::string& name, mode_t mode) override;
    Result<> makeFifo(int dirFd, const std::string& name, mode_t mode) override;
    Result<> makeSymlink(const std::string& target, int dirFd, const std::string& name) override;
    Result<std::string> readLink(int dirFd, const std::string& name) override;
    Result<struct stat> status(int fd) override;
    Result<sys::UniqueFd> newFilesystem(const std::string& type, const std::string& source,
                                        const sys::FilesystemOptions& options,
                                        std::uint64_t attributes) override;
    Result<sys::UniqueFd> cloneTree(int fd, const std::string& path, sys::Recursive recursive) override;
    Result<> setAttributes(int mountFd, const sys::MountAttributes& attributes,
                           sys::Recursive recursive) override;
    Result<> mapIds(int mountFd, int userNamespaceFd, sys::Recursive recursive) override;
    Result<> attach(int mountFd, int targetFd) override;
    Result<std::uint64_t> filesystemMagic(int fd) override;

private:
    Result<> record(std::string call);
    Result<sys::UniqueFd> descriptorOf(const std::string& name);
    std::string nameOf(int fd) const;

    std::vector<std::string> m_names;  ///< by descriptor number
};

}  // namespace coracle::test
