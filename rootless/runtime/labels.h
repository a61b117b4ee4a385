// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

/// Labels of security modules. A label that is asked for where its module is not present is an error: the
/// container would run with less confinement than its configuration says.
namespace coracle::runtime {

/// Whether the kernel has the modules whose labels are asked for. Called before anything is made. Errors:
/// Unsupported with what is missing.
Result<> checkLabels(const oci::Process& process, const std::string& mountLabel);

/// The places in the caller's /proc that take its next program's labels, opened while /proc is still the
/// host's: the container could mount something else there. Both are empty when no label is wanted.
struct LabelFiles {
    sys::UniqueFd apparmor;
    sys::UniqueFd selinux;
};
/// Open the files that the wanted labels need. procFd: the host's proc file system, in which "self" is
/// whoever asks, so this is called in the process that will execute. Errors: by errno.
Result<LabelFiles> openLabelFiles(const oci::Process& process, int procFd);

/// Name the labels that the next execve(2) takes on. Errors: by errno, also for a profile that is not
/// loaded.
Result<> applyLabels(const oci::Process& process, const LabelFiles& files);

}  // namespace coracle::runtime
