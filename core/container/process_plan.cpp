// SPDX-License-Identifier: Apache-2.0
#include "core/container/health_plan.h"
#include "core/container/spec_builder.h"
#include "core/types/exposed_ports.h"
#include "core/types/isolation.h"

#include <algorithm>
#include <charconv>

namespace coracle::container {
namespace {

constexpr std::size_t kShortIdLength = 12;
constexpr std::size_t kMaxHostname = 64;  // uname(2): __NEW_UTS_LEN
constexpr const char* kDefaultPath =
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";  // docker's

/// Environment in order of first appearance; a later value replaces an earlier one in place.
class Environment {
public:
    void set(const std::string& assignment) {
        const std::size_t equals = assignment.find('=');
        if (equals == 0 || assignment.find('\0') != std::string::npos) {
            return;  // an image may hold any text; what execve(2) could not pass on is left out
        }
        const std::string name = assignment.substr(0, equals);
        const std::string full = equals == std::string::npos ? assignment + "=" : assignment;
        for (auto& [known, text] : m_list) {
            if (known == name) {
                text = full;
                return;
            }
        }
        m_list.emplace_back(name, full);
    }
    /// What the person does not want of all that was set up to now.
    void unset(const types::RunSpec& spec) {
        std::erase_if(m_list, [&](const auto& entry) {
            return spec.unsetAllEnv ||
                   std::find(spec.unsetEnv.begin(), spec.unsetEnv.end(), entry.first) != spec.unsetEnv.end();
        });
    }
    std::vector<std::string> take() const {
        std::vector<std::string> result;
        result.reserve(m_list.size());
        for (const auto& entry : m_list) {
            result.push_back(entry.second);
        }
        return result;
    }

private:
    std::vector<std::pair<std::string, std::string>> m_list;
};

/// Later ones win: our own, the image's, files, options. Source: docker run(1), "--env".
std::vector<std::string> planEnv(const types::RunSpec& spec, const image::ImageConfig& image,
                                 const EnvList& fileEnv, const std::string& hostname) {
    Environment env;
    env.set(kDefaultPath);
    env.set("HOSTNAME=" + hostname);
    if (spec.tty) {
        env.set("TERM=xterm");
    }
    for (const auto& assignment : image.env) {
        env.set(assignment);
    }
    env.unset(spec);
    for (const auto& [name, value] : fileEnv) {
        env.set(name + "=" + value);
    }
    for (const auto& [name, value] : spec.env) {
        env.set(name + "=" + value);
    }
    return env.take();
}

/// docker: `--entrypoint` also forgets the image's arguments.
Result<std::vector<std::string>> planArguments(const types::RunSpec& spec, const image::ImageConfig& image) {
    std::vector<std::string> arguments = spec.entrypoint.value_or(image.entrypoint);
    if (!spec.command.empty()) {
        arguments.insert(arguments.end(), spec.command.begin(), spec.command.end());
    } else if (!spec.entrypoint) {
        arguments.insert(arguments.end(), image.command.begin(), image.command.end());
    }
    if (arguments.empty() || arguments[0].empty()) {
        return Error(ErrorKind::InvalidArgument, "no command specified")
            .withHint("the image names no program: add one after the image");
    }
    for (const auto& argument : arguments) {
        if (argument.find('\0') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "an argument of the program holds a NUL byte");
        }
    }
    return arguments;
}

/// The image may expose anything; what is no port is passed over, since it is only shown.
std::vector<std::uint16_t> tcpPorts(const std::vector<std::string>& exposed) {
    std::vector<std::uint16_t> ports;
    for (const auto& text : exposed) {
        std::uint16_t port = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
        const std::string rest(parsed.ptr, text.data() + text.size());
        if (parsed.ec == std::errc() && port != 0 && (rest.empty() || rest == "/tcp")) {
            ports.push_back(port);
        }
    }
    std::sort(ports.begin(), ports.end());
    return ports;
}

/// It goes into /etc/hosts and the prompt of shells.
Result<> checkHostname(const std::string& hostname) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == '_';
    };
    if (hostname.empty() || hostname.size() > kMaxHostname || hostname.front() == '-' ||
        !std::all_of(hostname.begin(), hostname.end(), allowed)) {
        return Error(ErrorKind::InvalidArgument, "'" + hostname + "' is not a host name")
            .withHint("use at most 64 letters, digits, '-' and '.'");
    }
    return {};
}

}  // namespace

/// ".." at the root stays there. Only text: links are the runtime's to resolve, inside the root
/// (mounts/in_root.h).
std::string cleanPath(const std::string& path) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at < path.size()) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string part = path.substr(at, end - at);
        at = end + 1;
        if (part == "..") {
            if (!parts.empty()) {
                parts.pop_back();
            }
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string result;
    for (const auto& part : parts) {
        result += "/" + part;
    }
    return result.empty() ? "/" : result;
}

/// What the image says is a stranger's wish: it may only cover paths inside, never "/" itself.
std::vector<std::string> anonymousVolumeTargets(const types::RunSpec& spec, const image::ImageConfig& image) {
    std::vector<std::string> targets;
    for (const auto& volume : image.volumes) {
        const std::string target = cleanPath(volume);
        const bool covered = std::any_of(spec.mounts.begin(), spec.mounts.end(), [&](const auto& mount) {
            return cleanPath(mount.target) == target;
        });
        const bool seen = std::find(targets.begin(), targets.end(), target) != targets.end();
        if (target != "/" && volume.find('\0') == std::string::npos && !covered && !seen) {
            targets.push_back(target);
        }
    }
    return targets;
}

/// What the person says wins over the image's configuration, which is a stranger's: texts of it that no
/// system call takes are refused or, for the environment and the stop signal, left out.
Result<ProcessPlan> planProcess(const types::RunSpec& spec, const image::ImageConfig& image,
                                const EnvList& fileEnv, const std::string& id, const HostFacts& host) {
    ProcessPlan plan;
    TRY_ASSIGN(plan.arguments, planArguments(spec, image));
    plan.hostname =
        spec.hostname.value_or((spec.network == "host" || spec.uts == "host") && !host.hostname.empty()
                                   ? host.hostname
                                   : id.substr(0, kShortIdLength));
    TRY(checkHostname(plan.hostname));
    plan.env = planEnv(spec, image, fileEnv, plan.hostname);
    const std::string directory = spec.workingDirectory.value_or(image.workingDirectory);
    if (directory.find('\0') != std::string::npos) {
        return Error(ErrorKind::Corrupt, "the image's working directory holds a NUL byte");
    }
    plan.workingDirectory = cleanPath("/" + directory);
    TRY_ASSIGN(const auto space, types::parseUserNamespace(spec.userns));
    // podman: who keeps the id of the user runs as the user, whatever the image says.
    const std::string own =
        std::to_string(space.uid.value_or(host.uid)) + ":" + std::to_string(space.gid.value_or(host.gid));
    plan.user = spec.user.value_or(space.mode == types::UserNamespace::Mode::KeepId ? own : image.user);
    plan.stopSignal = spec.stopSignal.value_or(image.stopSignal.empty() ? "SIGTERM" : image.stopSignal);
    if (auto number = signalNumber(plan.stopSignal); !number) {
        if (spec.stopSignal) {
            return std::move(number).error().context("stop signal");
        }
        plan.stopSignal = "SIGTERM";
    }
    plan.stopTimeoutSeconds = spec.stopTimeoutSeconds.value_or(plan.stopTimeoutSeconds);
    plan.labels = image.labels;
    for (const auto& [name, value] : spec.labels) {
        plan.labels[name] = value;
    }
    TRY_ASSIGN(plan.health, planHealth(spec.health, image.health));
    plan.exposed = types::exposedPorts(image.exposedPorts, spec.expose);
    plan.exposedPorts = tcpPorts(plan.exposed);
    TRY_ASSIGN(plan.security, planSecurity(spec, host.security));
    return plan;
}

}  // namespace coracle::container
