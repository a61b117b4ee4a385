// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_creator.h"
#include "core/engine/storage_driver.h"
#include "rootless/sys/file.h"

#include <array>

#include <sys/resource.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

std::string hostHostname() {
    std::array<char, 256> buffer{};
    return ::gethostname(buffer.data(), buffer.size() - 1) == 0 ? buffer.data() : "";
}

}  // namespace

Result<container::HostFacts> gatherHostFacts(const EngineContext& context, const types::RunSpec& spec) {
    container::HostFacts facts;
    TRY_ASSIGN(const auto driver, chooseStorageDriver(context.places(), spec.userns));
    facts.overlayDriver = driver.name;
    facts.fuseProgram = driver.fuseProgram;
    facts.uid = ::geteuid();
    facts.gid = ::getegid();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        facts.openFilesHard = limit.rlim_max;
    }
    // Without the file this computer resolves no names, and the container is right not to either.
    if (const auto resolvConf = sys::readFile("/etc/resolv.conf")) {
        facts.resolvConf = *resolvConf;
    }
    if (spec.network == "host") {
        const auto hosts = sys::readFile("/etc/hosts");
        facts.hosts = hosts ? *hosts : "127.0.0.1\tlocalhost\n";
        facts.hostname = hostHostname();
    }
    return facts;
}

}  // namespace coracle::engine
