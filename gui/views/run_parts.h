// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coracle::gui {

struct PageRegistry;

/// Add the pages Images, Volumes and System, and the run and pull dialogs.
void addRunParts(PageRegistry& registry);

}  // namespace coracle::gui
