// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/driver.h"
#include "rootless/runtime/probe_host.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/kernel.h"
#include "rootless/sys/namespaces.h"
#include "rootless/userns/keeper.h"

#include <nlohmann/json.hpp>

#include <array>

#include <sched.h>

namespace coracle::runtime {
namespace {

using Document = nlohmann::ordered_json;

Document toDocument(const overlay::ProbeResult& result) {
    Document document{{"works", result.works}};
    if (!result.works) {
        document["reason"] = result.reason;
        document["hint"] = result.hint;
    }
    return document;
}

/// Try both overlay drivers in a folder of the store, in namespaces as a container start has them, and
/// print what works:
/// {"userNamespace":{"single":..,"reason":..},"overlay":{"works":..},"fuse-overlayfs":{..},"choice":".."}.
/// The folder matters: the kernel refuses an upper layer on some file systems (no d_type, no user xattrs),
/// so a probe in another place would prove nothing. The mount namespace is this process's own and ends
/// with it.
Result<int> probeOverlay(const Invocation& invocation) {
    static constexpr std::array kOptions = std::to_array<OptionSpec>(
        {{"--folder", '\0', true}, {"--keeper-dir", '\0', true}, {"--fuse-program", '\0', true}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    const std::string folder = arguments.value("--folder");
    const std::string keeperDir = arguments.value("--keeper-dir");
    if (folder.empty() || keeperDir.empty()) {
        return Error(ErrorKind::InvalidArgument,
                     "usage: coracle-runtime probe --folder DIR --keeper-dir DIR");
    }
    TRY_ASSIGN(const userns::KeeperState keeper, userns::ensureKeeper(keeperDir));
    TRY(userns::enterKeptNamespace(keeperDir));
    TRY(sys::unshareNamespaces(CLONE_NEWNS));
    TRY(sys::makeMountsSlave());
    const auto kernel = overlay::probe(*overlay::makeDriver(oci::OverlayDriver::Kernel), folder);
    const auto fuse = overlay::probe(
        *overlay::makeDriver(oci::OverlayDriver::Fuse, arguments.value("--fuse-program", "fuse-overlayfs")),
        folder);
    Document document{{"userNamespace", {{"single", keeper.single}, {"reason", keeper.reason}}},
                      {"overlay", toDocument(kernel)},
                      {"fuse-overlayfs", toDocument(fuse)},
                      {"choice", kernel.works ? "overlay" : (fuse.works ? "fuse-overlayfs" : "")}};
    TRY(print(document.dump() + "\n"));
    return 0;
}

/// `probe NAME`: one check of the doctor.
Result<int> probeOne(const std::vector<std::string>& words) {
    TRY_ASSIGN(const HostProbe found, probeHost(words));
    const Document document{{"works", found.works}, {"reason", found.reason}, {"hint", found.hint}};
    TRY(print(document.dump() + "\n"));
    return 0;
}

}  // namespace

/// A word asks for one probe of the host, options or nothing for those of the overlay drivers. A probe
/// that fails is an answer and no failure of this program.
Outcome probeVerb(const Invocation& invocation) {
    if (!invocation.words.empty() && invocation.words[0].rfind('-', 0) != 0) {
        return toOutcome(probeOne(invocation.words));
    }
    return toOutcome(probeOverlay(invocation));
}

}  // namespace coracle::runtime
