// SPDX-License-Identifier: Apache-2.0
#include "rootless/overlay/driver.h"

#include "rootless/overlay/fuse_overlay.h"
#include "rootless/overlay/kernel_overlay.h"
#include "rootless/sys/file.h"
#include "rootless/sys/kernel.h"

namespace coracle::overlay {
namespace {

/// A whole round: mount, write through, look where the bytes went, unmount. A mount that succeeds
/// says little about whether files can be written through it.
Result<> tryDriver(const Driver& driver, const std::string& base) {
    for (const char* name : {"/lower", "/upper", "/work", "/merged"}) {
        TRY(sys::makeDirectories(base + name, 0755));
    }
    TRY(sys::replaceFile(base + "/lower/file", "lower", 0644, sys::Durability::Process));
    TRY(driver.mount({{base + "/lower"}, base + "/upper", base + "/work", base + "/merged", false, "", ""}));
    auto used = sys::replaceFile(base + "/merged/file", "upper", 0644, sys::Durability::Process);
    const auto seen = sys::readFile(base + "/merged/file");
    const auto below = sys::readFile(base + "/lower/file");
    TRY(sys::detachMount(base + "/merged"));
    TRY(used);
    if (!seen || *seen != "upper" || !below || *below != "lower") {
        return Error(ErrorKind::Unsupported, "a write through the mount did not end in the upper folder");
    }
    return {};
}

}  // namespace

std::unique_ptr<Driver> makeDriver(oci::OverlayDriver kind, const std::string& program) {
    if (kind == oci::OverlayDriver::Kernel) {
        return std::make_unique<KernelOverlay>();
    }
    return std::make_unique<FuseOverlay>(program);
}

/// A folder with a random name, so that two probes at once do not meet.
ProbeResult probe(const Driver& driver, const std::string& folder) {
    const std::string base = folder + "/probe-" + sys::randomHex(12);
    const auto tried = tryDriver(driver, base);
    const auto removed = sys::removeTree(base);
    if (!tried) {
        return {false, tried.error().message(), tried.error().hint()};
    }
    if (!removed) {
        return {false, removed.error().message(), removed.error().hint()};
    }
    return {true, "", ""};
}

}  // namespace coracle::overlay
