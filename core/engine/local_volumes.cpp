// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_volumes.h"

#include "core/engine/removal_order.h"
#include "core/types/volume_text.h"

#include <sys/stat.h>

namespace coracle::engine {
namespace {

types::VolumeSummary summarise(const store::VolumeRecord& record) {
    types::VolumeSummary summary;
    summary.name = record.name;
    summary.mountpoint = record.dataPath;
    summary.createdAt = record.createdAt;
    summary.anonymous = record.anonymous;
    summary.labels = record.labels;
    summary.options = record.options;
    summary.usedBy = record.usedBy;
    return summary;
}

Result<> checkDevice(const types::VolumeDriver& driver) {
    struct stat status {};
    if (driver.kind != types::VolumeDriver::Kind::Bind) {
        return {};
    }
    if (::stat(driver.device.c_str(), &status) != 0) {
        return Error::fromErrno("device '" + driver.device + "' of the volume");
    }
    return S_ISDIR(status.st_mode) ? Result<>()
                                   : Error(ErrorKind::InvalidArgument,
                                           "device '" + driver.device + "' of the volume is not a folder");
}

std::string optionText(const std::map<std::string, std::string>& options) {
    std::string text;
    for (const auto& [key, value] : options) {
        text += (text.empty() ? "" : " ") + key + "=" + value;
    }
    return text.empty() ? "no options" : "the options " + text;
}

}  // namespace

Result<> checkVolumeOptions(const std::map<std::string, std::string>& options) {
    TRY_ASSIGN(const auto driver, types::parseVolumeOptions(options));
    return checkDevice(driver);
}

Result<> requireSameVolume(const store::VolumeRecord& there,
                           const std::map<std::string, std::string>& options) {
    if (there.options == options) {
        return {};
    }
    return Error(ErrorKind::AlreadyExists,
                 "volume '" + there.name + "' exists with " + optionText(there.options))
        .withHint("choose another name, or remove it first: coracle volume rm " + there.name);
}

/// The event comes after the record: who reads it finds the volume.
Result<types::VolumeSummary> LocalVolumes::create(const VolumeOptions& options) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(checkVolumeOptions(options.driverOptions));
    TRY_ASSIGN(const auto record,
               store->volumes().create(options.name, options.labels, options.driverOptions));
    store->events().append("volume", "create", record.name, {});
    return summarise(record);
}

Result<std::vector<types::VolumeSummary>> LocalVolumes::list() {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto records, store->volumes().list());
    std::vector<types::VolumeSummary> summaries;
    summaries.reserve(records.size());
    for (const auto& record : records) {
        summaries.push_back(summarise(record));
    }
    return summaries;
}

Result<types::VolumeSummary> LocalVolumes::inspect(const std::string& name) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto record, store->volumes().load(name));
    return summarise(record);
}

Result<> LocalVolumes::remove(const std::string& name, const RemoveVolumeOptions& options) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto order, orderFor(m_context, options.batch));
    auto removed = store->volumes().remove(name, order);
    if (!removed) {
        // docker's `--force` means "absent is fine"; a volume in use stays in use.
        const bool absent = removed.error().kind() == ErrorKind::NotFound;
        return options.force == Force::Yes && absent ? Result<>() : removed;
    }
    store->events().append("volume", "destroy", name, {});
    lookAfterTrash(m_context, order);
    return {};
}

Result<std::uint64_t> LocalVolumes::measure(const std::string& name, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    return store->volumes().measure(name, std::move(stop));
}

}  // namespace coracle::engine
