// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/labels.h"

#include "rootless/sys/file.h"

#include <fcntl.h>

namespace coracle::runtime {
namespace {

bool hasAppArmor() {
    const auto enabled = sys::readFile("/sys/module/apparmor/parameters/enabled", 64);
    return enabled && enabled->starts_with('Y');
}

bool hasSelinux() {
    return sys::pathExists("/sys/fs/selinux/enforce");
}

}  // namespace

/// A label that cannot be applied ends the creation: the bundle counts on being confined by it.
Result<> checkLabels(const oci::Process& process, const std::string& mountLabel) {
    if (!process.apparmorProfile.empty() && !hasAppArmor()) {
        return Error(ErrorKind::Unsupported,
                     "apply AppArmor profile '" + process.apparmorProfile + "': this kernel has no AppArmor")
            .withHint("leave 'process.apparmorProfile' out");
    }
    const std::string& label = process.selinuxLabel.empty() ? mountLabel : process.selinuxLabel;
    if (!label.empty() && !hasSelinux()) {
        return Error(ErrorKind::Unsupported,
                     "apply SELinux label '" + label + "': this kernel has no SELinux")
            .withHint("leave 'process.selinuxLabel' and 'linux.mountLabel' out");
    }
    return {};
}

/// Opened through /proc of before the pivot, since the container may have none or one that is covered;
/// "self" is resolved at this moment to this process.
Result<LabelFiles> openLabelFiles(const oci::Process& process, int procFd) {
    LabelFiles files;
    if (!process.apparmorProfile.empty()) {
        auto file = sys::openAt(procFd, "self/attr/apparmor/exec", O_WRONLY);
        if (!file && file.error().kind() == ErrorKind::NotFound) {
            // COMPAT(kernel < 5.8): AppArmor has no folder of its own.
            file = sys::openAt(procFd, "self/attr/exec", O_WRONLY);
        }
        TRY_ASSIGN(files.apparmor, std::move(file));
    }
    if (!process.selinuxLabel.empty()) {
        TRY_ASSIGN(files.selinux, sys::openAt(procFd, "self/attr/exec", O_WRONLY));
    }
    return files;
}

/// Both kernels take the label at the next execve(2), so it is written as late as can be. AppArmor wants
/// the word "exec" before the name.
Result<> applyLabels(const oci::Process& process, const LabelFiles& files) {
    if (files.apparmor) {
        auto written = sys::writeAll(files.apparmor.get(), "exec " + process.apparmorProfile);
        if (!written) {
            return std::move(written).error().context("apply AppArmor profile '" + process.apparmorProfile +
                                                      "'");
        }
    }
    if (files.selinux) {
        auto written = sys::writeAll(files.selinux.get(), process.selinuxLabel);
        if (!written) {
            return std::move(written).error().context("apply SELinux label '" + process.selinuxLabel + "'");
        }
    }
    return {};
}

}  // namespace coracle::runtime
