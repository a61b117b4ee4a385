// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/extension.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <vector>

/// Secrets of a container: texts that its program finds as files in memory, or in its environment. They are
/// read by the parent, as the user whose files they are, and never become a part of the bundle, of the state
/// or of the container's writable layer; in a layer stays an empty file or folder as mount point at most.
namespace coracle::runtime {

/// A file that is to be, with its content.
struct OpenSecret {
    oci::SecretFile file;
    std::string content;
};

/// What was read.
struct Secrets {
    std::vector<OpenSecret> files;
    std::vector<std::string> variables;  ///< "NAME=content"
};

/// Read them. Errors: by errno; InvalidArgument for one that is too large or no variable's value.
Result<Secrets> openSecrets(const std::vector<oci::SecretFile>& wanted);

/// Put variables into an environment, in the place of others of the same name, and take them out again.
void addVariables(std::vector<std::string>& env, const Secrets& secrets);
void removeVariables(std::vector<std::string>& env, const Secrets& secrets);

/// Mount them in the container's tree: one file system in memory at /run/secrets, read-only in the end, and a
/// bind of one of its files where another place was asked for. The caller acts for the container. Errors: by
/// errno; InvalidArgument for an owner that does not exist inside.
Result<> placeSecrets(sys::Kernel& kernel, const std::vector<OpenSecret>& secrets, int rootFd);

}  // namespace coracle::runtime
