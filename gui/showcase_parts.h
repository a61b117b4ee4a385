// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/showcase.h"

#include <functional>
#include <string>
#include <vector>

/// What the pictures are arranged with.

namespace coracle::gui {

constexpr int kSettleMs = 2000;

/// Run the event loop until `done` or the time is over.
bool settle(const std::function<bool()>& done, int milliseconds = kSettleMs);
/// Let queued work and paint events through.
void breathe(int milliseconds);
/// Id of a container of the sample data; empty: there is none of this name.
std::string idOf(MainWindow& window, const char* name);
/// Go to a page, and wait for what it measures.
void openPage(MainWindow& window, const QString& page, const char* container = nullptr,
              const QString& tab = {});

/// The dialogs that make and change containers, and that which pulls.
void addDialogShots(std::vector<Shot>& shots);

}  // namespace coracle::gui
