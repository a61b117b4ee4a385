// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace coracle::gui {

/// What a program in a terminal of the fake engine does: it writes `greeting`, then `flood` times `line`, and
/// then answers what it is sent as a simple shell: it repeats the keys, Enter brings a new prompt, "exit"
/// ends it.
struct FakeProgram {
    std::string greeting;
    std::string prompt = "$ ";
    std::string line;
    std::size_t flood = 0;
};

/// What was seen at the other end of all terminals. Shared by tests and programs; guarded by its mutex.
struct FakeTerminalLog {
    std::mutex mutex;
    std::string input;
    std::vector<std::pair<int, int>> sizes;
    std::vector<int> signalNumbers;
};

/// A session with a program that is a thread of this process. Errors: by errno when there is no socket.
Result<std::unique_ptr<engine::Session>> openFakeTerminal(const FakeProgram& program,
                                                          std::shared_ptr<FakeTerminalLog> log);

}  // namespace coracle::gui
