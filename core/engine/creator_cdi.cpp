// SPDX-License-Identifier: Apache-2.0
// Devices that their vendors describe: --device vendor.com/class=name and --gpus.
#include "core/container/cdi.h"
#include "core/engine/container_creator.h"
#include "core/engine/trusted_file.h"
#include "core/types/cdi_text.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::string() : std::string(value);
}

/// The least important first. Source: Container Device Interface Specification 1.0; the user's own folders as
/// with docker without root.
std::vector<std::string> descriptionFolders() {
    std::vector<std::string> folders{"/etc/cdi", "/var/run/cdi"};
    const std::string config = environment("XDG_CONFIG_HOME");
    const std::string home = environment("HOME");
    const std::string runtime = environment("XDG_RUNTIME_DIR");
    if (!config.empty() || !home.empty()) {
        folders.push_back((config.empty() ? home + "/.config" : config) + "/cdi");
    }
    if (!runtime.empty()) {
        folders.push_back(runtime + "/cdi");
    }
    return folders;
}

/// All that can be read, and why the rest cannot: that matters only when a device is not found.
struct Descriptions {
    std::vector<container::CdiDocument> documents;
    std::vector<Error> failures;
};

void readFolder(const std::string& folder, int priority, Descriptions& all) {
    const auto files =
        filesOfFolder(folder, {".json", ".yaml", ".yml"}, container::kMaxCdiFiles, "descriptions of devices");
    if (!files) {
        if (files.error().kind() != ErrorKind::NotFound) {
            all.failures.push_back(files.error());
        }
        return;
    }
    for (const std::string& file : *files) {
        const auto text = readTrustedFile(file, container::kMaxCdiBytes, "a description");
        auto document =
            text ? container::parseCdiDocument(file, *text) : Result<container::CdiDocument>(text.error());
        if (document) {
            document->priority = priority;
            all.documents.push_back(*std::move(document));
        } else {
            all.failures.push_back(std::move(document).error());
        }
    }
}

/// Errors: InvalidArgument for a file that is missing or another kind of device than was described.
Result<> checkNode(const container::ChosenDevice& device, const container::CdiNode& node) {
    const std::string what = "device '" + device.name + "': '" + node.hostPath + "' ";
    struct stat status {};
    if (::stat(node.hostPath.c_str(), &status) != 0) {
        return Error(ErrorKind::InvalidArgument, what + "does not exist, which '" + device.file + "' names")
            .withHint("its driver may have to be loaded, or the device described anew");
    }
    const bool character = S_ISCHR(status.st_mode);
    const bool block = S_ISBLK(status.st_mode);
    const bool pipe = S_ISFIFO(status.st_mode);
    const bool fits = node.type.empty()  ? character || block || pipe
                      : node.type == "b" ? block
                      : node.type == "p" ? pipe
                                         : character;
    const bool numbers = (!node.major || *node.major == ::major(status.st_rdev)) &&
                         (!node.minor || *node.minor == ::minor(status.st_rdev));
    if (!fits || !numbers) {
        return Error(ErrorKind::InvalidArgument, what + "is another device than '" + device.file + "' says")
            .withHint("describe it anew: its type or numbers have changed");
    }
    return {};
}

}  // namespace

/// Now and not at each start: the container keeps what it was made with.
Result<> ContainerCreator::readDescribedDevices() {
    std::vector<std::string> names;
    std::copy_if(m_spec.devices.begin(), m_spec.devices.end(), std::back_inserter(names),
                 [](const std::string& text) { return types::isCdiName(text); });
    if (names.empty()) {
        return {};
    }
    Descriptions all;
    int priority = 0;
    for (const std::string& folder : descriptionFolders()) {
        readFolder(folder, priority++, all);
    }
    TRY_ASSIGN(m_described, container::chooseCdiDevices(all.documents, all.failures, names));
    for (const container::ChosenDevice& device : m_described) {
        TRY(checkDescribed(device));
    }
    m_process.env = container::withCdiEnv(std::move(m_process.env), m_described);
    return {};
}

/// What is bound keeps its owner and mode, and groups of this computer are not the user's to give.
Result<> ContainerCreator::checkDescribed(const container::ChosenDevice& device) {
    for (const container::CdiNode& node : device.edits.nodes) {
        TRY(checkNode(device, node));
        if (node.ownerOrMode) {
            m_warnings.push_back("device '" + device.name + "': '" + node.path +
                                 "' keeps the owner and mode that it has on this computer");
        }
    }
    for (const container::CdiMount& mount : device.edits.mounts) {
        if (!sys::pathExists(mount.hostPath)) {
            return Error(ErrorKind::InvalidArgument, "device '" + device.name + "': '" + mount.hostPath +
                                                         "' does not exist, which '" + device.file +
                                                         "' names")
                .withHint("the device may have to be described anew, after a change of its driver");
        }
    }
    if (!device.edits.gids.empty()) {
        m_warnings.push_back("device '" + device.name +
                             "': groups of this computer cannot be given without root; those that you are "
                             "in are kept with --group-add keep-groups");
    }
    return {};
}

}  // namespace coracle::engine
