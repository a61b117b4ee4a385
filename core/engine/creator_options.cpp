// SPDX-License-Identifier: Apache-2.0
// What a new container takes from files and from other containers.
#include "core/engine/access_facts.h"
#include "core/engine/container_creator.h"
#include "core/engine/local_images.h"
#include "core/store/secrets.h"
#include "core/types/mount_text.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace coracle::engine {
namespace {

constexpr std::size_t kMaxLabelFileBytes = 1U << 20U;
constexpr const char* kZoneFolder = "/usr/share/zoneinfo/";

struct FreeText {
    void operator()(char* text) const noexcept { std::free(text); }  // NOLINT(cppcoreguidelines-no-malloc)
};

}  // namespace

/// Those of the options come later and win.
Result<> ContainerCreator::addLabelFiles(types::RunSpec& spec) const {
    std::vector<std::pair<std::string, std::string>> labels;
    for (const auto& path : spec.labelFiles) {
        auto text = sys::readNamedInput(path, kMaxLabelFileBytes);
        if (!text) {
            return std::move(text).error().context("label file '" + path + "'");
        }
        auto list = container::parseEnvFile(*text, [](const std::string&) { return std::string(); });
        if (!list) {
            return std::move(list).error().context("label file '" + path + "'");
        }
        labels.insert(labels.end(), list->begin(), list->end());
    }
    spec.labels.insert(spec.labels.begin(), labels.begin(), labels.end());
    return {};
}

/// The name of an image may be another's by now; then its id says which one is meant.
Result<> ContainerCreator::followImage(const container::RecordDetails& other, types::MountSpec& mount) const {
    for (const auto& use : other.images) {
        if (mount.kind == types::MountSpec::Kind::Image && use.target == mount.target) {
            TRY_ASSIGN(const auto named, LocalImages(m_context).find(mount.source));
            if (!named || named->id.text() != use.imageId) {
                mount.source = use.imageId;
            }
        }
    }
    return {};
}

/// They become mounts of this container's own, so that it starts when the other one is gone. What the person
/// mounts at the same place counts more.
Result<> ContainerCreator::takeVolumesFrom() {
    for (const auto& text : m_spec.volumesFrom) {
        const auto colon = text.find(':');
        const bool readOnly = colon != std::string::npos && text.substr(colon + 1) == "ro";
        TRY_ASSIGN(auto record, m_store.containers().load(text.substr(0, colon)));
        const KnownContainer known = understand(m_context, std::move(record));
        const types::ContainerSummary other = summarise(known);
        for (types::MountSpec mount : other.mounts) {
            const bool taken = std::any_of(m_spec.mounts.begin(), m_spec.mounts.end(), [&](const auto& own) {
                return types::isSamePlace(own.target, mount.target);
            });
            if (taken || mount.kind == types::MountSpec::Kind::Tmpfs) {
                continue;
            }
            mount.readOnly = mount.readOnly || readOnly;
            TRY(followImage(known.details, mount));
            m_spec.mounts.push_back(std::move(mount));
        }
    }
    return {};
}

/// A program that is not root of the container is a stranger to the person's folders; what it will not get to
/// is said before it fails.
void ContainerCreator::warnOfMounts(const container::ResolvedUser& user) {
    if (user.uid == 0) {
        return;
    }
    const auto facts =
        accessFactsOf(idsOf(), user, m_process.security.capabilities, m_sliceFirst, m_sliceSize);
    for (const auto& planned : m_mounts) {
        const auto& options = planned.mount.options;
        const bool given = std::find(options.begin(), options.end(), "U") != options.end();
        const bool bind =
            planned.mount.kind == types::MountSpec::Kind::Bind && planned.volumeName.empty() && !given;
        auto steps = facts && bind ? accessSteps(planned.hostPath, planned.mount.target, "")
                                   : Result<std::vector<types::AccessStep>>(std::vector<types::AccessStep>());
        if (!steps || steps->empty()) {
            continue;
        }
        types::AccessReport report;
        report.steps = *std::move(steps);
        container::explainAccess(report, facts->subject, facts->remedies);
        if (report.blocked >= 0) {
            m_warnings.push_back(
                "user " + std::to_string(user.uid) + " of the container does not get to '" +
                planned.mount.target + "': " + report.reason +
                (report.fixes.empty() ? "" : "; what helps: " + container::fixText(report.fixes.front())));
        }
    }
}

/// Now and not at each start, as with podman: the container keeps what it was made with.
Result<> ContainerCreator::readSecrets() {
    const store::Secrets secrets(m_store.layout());
    for (const auto& text : m_spec.secrets) {
        Secret secret;
        TRY_ASSIGN(secret.use, types::parseSecretUse(text));
        TRY_ASSIGN(secret.content, secrets.read(secret.use.name));
        if (secret.use.asEnvironment && secret.content.find('\0') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument,
                         "secret '" + secret.use.name + "' holds a NUL byte, which no variable can have");
        }
        const bool twice = std::any_of(m_secrets.begin(), m_secrets.end(), [&](const Secret& other) {
            return other.use.target == secret.use.target &&
                   other.use.asEnvironment == secret.use.asEnvironment;
        });
        if (twice) {
            return Error(ErrorKind::InvalidArgument,
                         "two secrets have the target '" + secret.use.target + "'");
        }
        m_secrets.push_back(std::move(secret));
    }
    return {};
}

Result<> ContainerCreator::writeSecrets() const {
    if (m_secrets.empty()) {
        return {};
    }
    TRY(sys::makeDirectories(m_paths.secrets(), 0700));
    for (std::size_t i = 0; i < m_secrets.size(); ++i) {
        TRY(sys::replaceFile(m_paths.secret(i), m_secrets[i].content, 0600, sys::Durability::Process));
    }
    return {};
}

/// A file of this computer, so that it is there in every image; links are followed here, for what is mounted
/// is the file.
Result<container::PlannedMount> ContainerCreator::planTimeZone() const {
    const std::string path =
        *m_spec.timeZone == "local" ? std::string("/etc/localtime") : kZoneFolder + *m_spec.timeZone;
    const std::unique_ptr<char, FreeText> real(::realpath(path.c_str(), nullptr));
    if (!real || !sys::readFile(real.get())) {
        return Error(ErrorKind::InvalidArgument, "there is no time zone '" + *m_spec.timeZone + "'")
            .withHint("zones are the files below " + std::string(kZoneFolder) + ", such as Europe/Vienna");
    }
    container::PlannedMount planned;
    planned.mount = {types::MountSpec::Kind::Bind, real.get(), "/etc/localtime", true, {}};
    planned.hostPath = real.get();
    return planned;
}

}  // namespace coracle::engine
