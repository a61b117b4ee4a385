// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/self_protection.h"

#include "rootless/runtime/program.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/self.h"
#include "rootless/userns/keeper.h"

#include <charconv>
#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <linux/mount.h>
//
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// Set by the first of the two executions only. A user who sets it gains nothing but an error.
constexpr const char* kStageVariable = "CORACLE_RUNTIME_STAGE";
constexpr const char* kSelf = "/proc/self/exe";

/// Whether an id that the user may hand to a container could write the program's file: the owner can
/// always give itself the right back, so the mode of the owner does not count. When in doubt, yes.
bool isWritableByUser() {
    struct stat status {};
    if (::stat(kSelf, &status) != 0) {
        return true;
    }
    return status.st_uid == ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/// argv is not at hand here and may have been changed; the kernel's copy is what this program was started
/// with (proc_pid_cmdline(5)).
Result<std::vector<std::string>> ownArguments() {
    TRY_ASSIGN(const std::string text, sys::readFile("/proc/self/cmdline"));
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        words.emplace_back(text.c_str() + at);
        at += words.back().size() + 1;
    }
    return words;
}

std::vector<std::string> environmentWith(const std::string& entry) {
    std::vector<std::string> env;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        env.emplace_back(*variable);
    }
    env.push_back(entry);
    return env;
}

Error startOver(int programFd, const std::string& stage) {
    auto words = ownArguments();
    if (!words) {
        return std::move(words).error();
    }
    return sys::executeFd(programFd, *words, environmentWith(std::string(kStageVariable) + "=" + stage));
}

/// Take the variable away, so that no program started from here sees it.
std::optional<std::string> takeStage() {
    const char* value = std::getenv(kStageVariable);
    if (value == nullptr) {
        return std::nullopt;
    }
    std::string text = value;
    (void)::unsetenv(kStageVariable);  // fails for a malformed name only
    return text;
}

const std::optional<std::string>& stage() {
    static const std::optional<std::string> kStage = takeStage();
    return kStage;
}

}  // namespace

bool mayForkInto() {
    return !isWritableByUser();
}

/// The variable is this program's own. A user who sets it skips the protection of their own program and
/// gains nothing by it: the ids are used to describe who asked, and the kernel knows who it is.
std::optional<Starter> restartedBy() {
    const auto& text = stage();
    if (!text || !text->starts_with("kept ")) {
        return std::nullopt;
    }
    Starter starter;
    const char* const end = text->data() + text->size();
    const auto uid = std::from_chars(text->data() + 5, end, starter.uid);
    if (uid.ec != std::errc() || uid.ptr == end) {
        return std::nullopt;
    }
    (void)std::from_chars(uid.ptr + 1, end, starter.gid);
    return starter;
}

/// With mounts at hand, a read-only bind mount of the program does what a copy does and costs no memory.
/// The file is compared by device and inode before and after, since it is opened by path the second time.
Result<Starter> enterKeptAndProtect(const std::string& keeperDir) {
    if (const auto starter = restartedBy()) {
        return *starter;
    }
    const Starter starter{::getuid(), ::getgid()};
    const bool writable = isWritableByUser();
    TRY(userns::enterKeptNamespace(keeperDir));
    if (!writable) {
        return starter;
    }
    TRY(sys::unshareNamespaces(CLONE_NEWNS));
    TRY(sys::makeMountsSlave());
    TRY_ASSIGN(const sys::UniqueFd self, sys::openAt(AT_FDCWD, kSelf, O_PATH));
    // By path through the new namespace: a descriptor from before still belongs to the old one's mounts.
    TRY_ASSIGN(const std::string path, sys::realKernel().readLink(AT_FDCWD, kSelf));
    TRY_ASSIGN(const sys::UniqueFd program, sys::realKernel().cloneTree(AT_FDCWD, path, sys::Recursive::No));
    TRY_ASSIGN(const struct stat expected, sys::realKernel().status(self.get()));
    TRY_ASSIGN(const struct stat found, sys::realKernel().status(program.get()));
    if (expected.st_dev != found.st_dev || expected.st_ino != found.st_ino) {
        return Error(ErrorKind::Conflict, "the runtime's program file was replaced while it started");
    }
    TRY(sys::realKernel().setAttributes(program.get(), {MOUNT_ATTR_RDONLY, 0, 0}, sys::Recursive::No));
    return startOver(program.get(),
                     "kept " + std::to_string(starter.uid) + " " + std::to_string(starter.gid));
}

/// A program that its user cannot write needs no protection from that user's containers (CVE-2019-5736
/// overwrote the runtime through /proc/self/exe).
Result<> protectByCopy() {
    if (stage() || !isWritableByUser()) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd self, sys::openAt(AT_FDCWD, kSelf, O_RDONLY));
    TRY_ASSIGN(const sys::UniqueFd copy, sys::sealedCopy(self.get()));
    return startOver(copy.get(), "copy");
}

}  // namespace coracle::runtime
