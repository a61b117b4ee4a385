// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_links.h"

#include "core/container/link_plan.h"
#include "core/engine/container_creator.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>
#include <charconv>

#include <fcntl.h>

namespace coracle::engine {
namespace {

using container::LinkUse;

constexpr std::chrono::seconds kLockTimeout{30};
constexpr std::size_t kShortIdLength = 12;

/// Nobody, when the container has been removed.
std::optional<KnownContainer> findContainer(EngineContext& context, const std::string& id) {
    const auto store = context.store();
    if (!store) {
        return std::nullopt;
    }
    auto record = (*store)->containers().find(id);
    if (!record || !*record) {
        return std::nullopt;
    }
    return understand(context, **std::move(record));
}

/// Whose network it is: a container that waits for its network has no record yet of that it runs.
sys::ProcessIdentity processOf(const KnownContainer& known) {
    if (known.facts.isAlive()) {
        return known.facts.process;
    }
    pid_t pid = 0;
    if (const auto text = sys::readFile(known.paths.runDir + "/pid"); text && known.facts.monitored) {
        (void)std::from_chars(text->data(), text->data() + text->size(), pid);  // judged by the value
    }
    if (pid < 2) {
        return {};
    }
    const auto identity = sys::identifyProcess(pid);
    return identity ? *identity : sys::ProcessIdentity();
}

std::string nameProcess(const sys::ProcessIdentity& process) {
    return std::to_string(process.pid) + ":" + std::to_string(process.startTicks);
}

/// By coracle-runtime, which may enter namespaces.
Result<> makeLink(const KnownContainer& from, const LinkUse& link, const sys::ProcessIdentity& own,
                  const sys::ProcessIdentity& other) {
    const auto addresses = container::linkAddresses(link.number);
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    sys::SpawnOptions options;
    options.argv = {runtime,
                    "link",
                    "--keeper-dir",
                    from.paths.keeperDir(),
                    "--name",
                    container::linkInterface(link.number),
                    nameProcess(other),
                    addresses.other,
                    nameProcess(own),
                    addresses.own};
    TRY_ASSIGN(const auto output, sys::runAndCapture(options));
    if (output.status.success()) {
        return {};
    }
    const std::string text = output.standardError.substr(0, output.standardError.find('\n'));
    return Error(ErrorKind::Unavailable, "link '" + link.alias + "': " + text);
}

Result<> leaveMark(const KnownContainer& other, const std::string& id) {
    TRY(sys::makeDirectories(other.paths.linkedBy()));
    TRY(sys::openAt(AT_FDCWD, other.paths.linkedBy() + "/" + id, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    return {};
}

/// What does not run yet makes the link itself when it starts.
Result<> makeOwn(EngineContext& context, const KnownContainer& known, const sys::ProcessIdentity& process) {
    for (const LinkUse& link : known.details.links) {
        const auto other = findContainer(context, link.id);
        if (!other) {
            continue;
        }
        TRY(leaveMark(*other, known.record.id));
        if (const auto theirs = processOf(*other); theirs.pid > 0) {
            TRY(makeLink(known, link, process, theirs));
        }
    }
    return {};
}

/// A link that cannot be made is the loss of the container that has it, and keeps this one from nothing.
void makeThoseOfOthers(EngineContext& context, const KnownContainer& known,
                       const sys::ProcessIdentity& process) {
    const auto marks = sys::listDirectory(known.paths.linkedBy());
    if (!marks) {
        return;  // nobody has ever made a link to it
    }
    for (const std::string& id : *marks) {
        const auto from = findContainer(context, id);
        const auto theirs = from ? processOf(*from) : sys::ProcessIdentity();
        if (theirs.pid == 0) {
            (void)sys::removeFile(known.paths.linkedBy() + "/" + id);  // it leaves a new one when it starts
            continue;
        }
        for (const LinkUse& link : from->details.links) {
            if (link.id == known.record.id) {
                (void)makeLink(*from, link, theirs, process);
            }
        }
    }
}

}  // namespace

Result<> checkLinks(EngineContext& context, const KnownContainer& known) {
    for (const LinkUse& link : known.details.links) {
        const auto other = findContainer(context, link.id);
        if (!other) {
            return Error(ErrorKind::Conflict,
                         "start '" + known.record.name + "': container " + link.id.substr(0, kShortIdLength) +
                             ", which it has a link to as '" + link.alias + "', was removed")
                .withHint("bring it back with 'coracle undo', or make '" + known.record.name +
                          "' again with another one");
        }
        if (processOf(*other).pid == 0) {
            return Error(ErrorKind::Conflict,
                         "cannot link to a container that is not running: '" + other->record.name + "'")
                .withHint("start it first: coracle start " + other->record.name);
        }
    }
    return {};
}

Result<> makeLinks(EngineContext& context, const KnownContainer& known, pid_t pid) {
    if (known.details.links.empty() && !sys::pathExists(known.paths.linkedBy())) {
        return {};
    }
    TRY_ASSIGN(const auto process, sys::identifyProcess(pid));
    TRY_ASSIGN(const auto lock, sys::FileLock::acquire(context.places().runRoot + "/links.lock",
                                                       sys::LockMode::Exclusive, kLockTimeout, "link"));
    TRY(makeOwn(context, known, process));
    makeThoseOfOthers(context, known, process);
    return {};
}

/// The names that were typed become ids. The other one's address, name and variables are known now, for the
/// link's number is chosen here; it counts once the row exists, so two creators choose one after the other.
Result<> ContainerCreator::chooseLinks() {
    std::vector<std::uint32_t> taken;
    if (!m_spec.links.empty()) {
        TRY_ASSIGN(m_linkLock,
                   sys::FileLock::acquire(m_context.places().root + "/links.lock", sys::LockMode::Exclusive,
                                          kLockTimeout, "choose links"));
        TRY_ASSIGN(const auto all, detailsOfAll());
        for (const auto& details : all) {
            for (const auto& link : details.links) {
                taken.push_back(link.number);
            }
        }
    }
    for (auto& [name, alias] : m_spec.links) {
        TRY_ASSIGN(auto record, m_store.containers().load(name));
        const KnownContainer other = understand(m_context, std::move(record));
        if (other.spec.network != "slirp4netns") {
            return Error(ErrorKind::Conflict, "container '" + other.record.name +
                                                  "' has no network of its own to link to: it was made with"
                                                  " --network " +
                                                  other.spec.network)
                .withHint("make it again without --network");
        }
        TRY_ASSIGN(const auto number, container::chooseLinkNumber(taken));
        taken.push_back(number);
        name = other.record.id;
        m_links.push_back({other.record.id, alias, number});
        m_linked.push_back({other, container::linkAddresses(number).other, alias});
    }
    return {};
}

/// Those that the person or the image set stay what they are.
void ContainerCreator::addLinkVariables() {
    for (std::size_t i = 0; i < m_linked.size(); ++i) {
        const auto& [other, address, alias] = m_linked[i];
        const auto variables = container::linkVariables(
            {m_name, alias, address, exposedBy(other), withoutLinkVariables(other.details)});
        for (const std::string& variable : variables) {
            const std::string start = variable.substr(0, variable.find('=') + 1);
            const bool set = std::any_of(m_process.env.begin(), m_process.env.end(),
                                         [&](const std::string& one) { return one.rfind(start, 0) == 0; });
            if (!set) {
                m_process.env.push_back(variable);
                m_links[i].variables.push_back(start.substr(0, start.size() - 1));
            }
        }
    }
}

/// What one container tells another, passwords among it, is not for an image.
std::vector<std::string> withoutLinkVariables(const container::RecordDetails& details) {
    std::vector<std::string> env = details.env;
    for (const LinkUse& link : details.links) {
        env.erase(std::remove_if(env.begin(), env.end(),
                                 [&](const std::string& variable) {
                                     const auto& given = link.variables;
                                     return std::find(given.begin(), given.end(),
                                                      variable.substr(0, variable.find('='))) != given.end();
                                 }),
                  env.end());
    }
    return env;
}

/// The alias first, as docker has it.
std::vector<std::pair<std::string, std::string>> ContainerCreator::linkedHosts() const {
    std::vector<std::pair<std::string, std::string>> hosts;
    for (const auto& [other, address, alias] : m_linked) {
        std::string names = alias;
        for (const std::string& name : {other.details.hostname, other.record.name}) {
            names += name.empty() || name == alias ? "" : " " + name;
        }
        hosts.emplace_back(address, names);
    }
    return hosts;
}

}  // namespace coracle::engine
