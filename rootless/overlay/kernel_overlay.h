// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/overlay/driver.h"

namespace coracle::overlay {

/// The kernel's overlay file system with `userxattr`.
class KernelOverlay final : public Driver {
public:
    std::string_view name() const override { return "overlay"; }
    Place place() const override { return Place::Container; }
    Result<> mount(const MountRequest& request) const override;
};

}  // namespace coracle::overlay
