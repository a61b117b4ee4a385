// SPDX-License-Identifier: Apache-2.0
// What ContainerCreator has to ask the computer about ids, devices and profiles.
#include "core/container/id_slice.h"
#include "core/container/record_details.h"
#include "core/container/user_files.h"
#include "core/engine/container_creator.h"
#include "core/types/cdi_text.h"
#include "core/types/isolation.h"
#include "rootless/sys/file.h"
#include "rootless/sys/user_name.h"
#include "rootless/userns/map_writer.h"

#include <algorithm>
#include <chrono>

#include <sys/stat.h>

namespace coracle::engine {
namespace {

constexpr std::size_t kMaxSeccompBytes = 1U << 20U;
constexpr std::uint32_t kSmallestSlice = 1024;  // podman's
constexpr std::chrono::seconds kSliceTimeout{5};

}  // namespace

/// The text goes into the bundle: the container starts later with the profile of today, whatever becomes
/// of the file.
Result<> ContainerCreator::readSeccompProfile() {
    auto& plan = m_process.security;
    if (plan.seccompFile.empty()) {
        return {};
    }
    auto text = sys::readFile(plan.seccompFile, kMaxSeccompBytes);
    if (!text) {
        return Error(ErrorKind::InvalidArgument,
                     "seccomp profile '" + plan.seccompFile + "': " + text.error().message())
            .withHint("seccomp= takes a file of docker's JSON format, 'default' or 'unconfined'");
    }
    plan.seccompText = *std::move(text);
    return {};
}

/// Without root the container may do with a device what the user may; permissions that say less cannot be
/// held, and that is said.
Result<> ContainerCreator::checkDevices() {
    for (const auto& text : m_spec.devices) {
        if (types::isCdiName(text)) {
            continue;
        }
        TRY_ASSIGN(const auto device, types::parseDevice(text));
        struct stat status {};
        if (::stat(device.source.c_str(), &status) != 0) {
            return Error(ErrorKind::InvalidArgument, "device '" + device.source + "' does not exist")
                .withHint("its driver may have to be loaded first");
        }
        if (!S_ISCHR(status.st_mode) && !S_ISBLK(status.st_mode) && !S_ISDIR(status.st_mode)) {
            return Error(ErrorKind::InvalidArgument, "'" + device.source + "' is not a device")
                .withHint("share files and folders with -v");
        }
        if (device.permissions.find('r') == std::string::npos ||
            device.permissions.find('w') == std::string::npos) {
            m_warnings.push_back("device '" + device.source + "': the permissions '" + device.permissions +
                                 "' cannot be held without root; it may do what you may");
        }
    }
    return {};
}

/// Sizes from the image's own users unless --userns auto:size= says one: the ids that are named in it have
/// to fit in.
Result<> ContainerCreator::chooseSlice(container::BundleInput& input) {
    TRY_ASSIGN(const auto space, types::parseUserNamespace(m_spec.userns));
    if (space.mode != types::UserNamespace::Mode::Auto) {
        return {};
    }
    TRY_ASSIGN(const auto available, userns::findAvailableMaps());
    const std::uint32_t total =
        std::min(userns::sizeOf(available.maps.uids), userns::sizeOf(available.maps.gids));
    std::uint32_t size = space.size;
    if (size == 0) {
        TRY_ASSIGN(const auto database, container::readUserDatabase(m_lowerDirs));
        size =
            std::max({kSmallestSlice, container::idsNamed(database), input.user.uid + 1, input.user.gid + 1});
    }
    // The choice counts once the row exists, so two creators choose one after the other.
    TRY_ASSIGN(m_sliceLock, sys::FileLock::acquire(m_context.places().root + "/id-slices.lock",
                                                   sys::LockMode::Exclusive, kSliceTimeout, "choose ids"));
    std::vector<container::IdSlice> taken;
    TRY_ASSIGN(const auto all, detailsOfAll());
    for (const auto& details : all) {
        if (details.sliceSize > 0) {
            taken.push_back({details.sliceFirst, details.sliceSize});
        }
    }
    TRY_ASSIGN(const auto slice, container::chooseIdSlice(size, total, std::move(taken)));
    input.sliceFirst = m_sliceFirst = slice.first;
    input.sliceSize = m_sliceSize = slice.size;
    return {};
}

/// Who keeps the own id is known inside by name, as with podman: whoami, git and ssh ask. The rows go into
/// the writable layer, whose files of the user's are root's inside.
Result<> ContainerCreator::introduceUser() {
    TRY_ASSIGN(const auto space, types::parseUserNamespace(m_spec.userns));
    if (space.mode != types::UserNamespace::Mode::KeepId) {
        return {};
    }
    const auto database = container::readUserDatabase(m_lowerDirs);
    if (!database || database->passwd.empty()) {
        return {};  // an image without a database knows nobody by name
    }
    const auto files = container::withUser(
        *database, {sys::userName(m_host.uid).value_or(""), space.uid.value_or(m_host.uid),
                    space.gid.value_or(m_host.gid), m_process.workingDirectory});
    if (files.passwd.empty() && files.group.empty()) {
        return {};
    }
    const std::string folder = m_paths.upper() + "/etc";
    if (::mkdir(folder.c_str(), 0755) != 0 || ::chmod(folder.c_str(), 0755) != 0) {
        return Error::fromErrno("mkdir '" + folder + "'");
    }
    for (const auto& [name, text] : {std::pair{"/passwd", files.passwd}, {"/group", files.group}}) {
        if (!text.empty()) {
            TRY(sys::replaceFile(folder + name, text, 0644, sys::Durability::Process));
        }
    }
    return {};
}

}  // namespace coracle::engine
