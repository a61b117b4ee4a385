// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/registry/http.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace coracle::engine {

/// Whether the process that opens the engine goes on after its operation.
enum class Lifetime : std::uint8_t {
    OneCommand,  ///< the command line: children may be left to init when it ends
    LongLived,   ///< the desktop app, the API: no child may stay behind as a zombie
};

/// Makes what talks to registries. Called from any thread, once for an operation.
using MakeHttp = std::unique_ptr<registry::Http> (*)();

/// Where the store is and who asks.
struct LocalEngineOptions {
    std::string root;     ///< empty: $CORACLE_ROOT, else $XDG_DATA_HOME/coracle
    std::string runRoot;  ///< empty: $CORACLE_RUNROOT, else $XDG_RUNTIME_DIR/coracle
    Lifetime lifetime = Lifetime::LongLived;
    /// Null: the program has no HTTP client, so what needs one ends with Unavailable (core/README.md, "Two
    /// programs for one command line"). openOnlineEngine() sets it.
    MakeHttp makeHttp = nullptr;
};

/// The engine on this computer. Opening it looks at nothing but the environment: the store is opened by the
/// first call that needs it, so that `doctor` works when the store does not.
/// Errors: Unavailable when there is no place for the run root, InvalidArgument for a relative path.
Result<std::unique_ptr<Engine>> openLocalEngine(const LocalEngineOptions& options);

}  // namespace coracle::engine
