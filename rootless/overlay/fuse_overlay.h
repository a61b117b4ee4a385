// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/overlay/driver.h"

namespace coracle::overlay {

/// The program fuse-overlayfs.
class FuseOverlay final : public Driver {
public:
    explicit FuseOverlay(std::string program) : m_program(std::move(program)) {}
    std::string_view name() const override { return "fuse-overlayfs"; }
    Place place() const override { return Place::Parent; }
    Result<> mount(const MountRequest& request) const override;

private:
    std::string m_program;
};

}  // namespace coracle::overlay
