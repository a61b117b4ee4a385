// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/records.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::store {

struct StoreContext;

/// Something that is not as the records say.
struct Finding {
    std::string object;   ///< "layer sha256:...", "blob sha256:...", "volume 'x'"
    std::string problem;  ///< "its folder is missing"
    std::string usedBy;   ///< names of images that have it; may be empty
    /// What was done about it, or can be.
    std::string remedy;
    bool repaired = false;
};

/// What is looked at.
struct CheckOptions {
    bool repair = false;
    bool contents = true;  ///< read all of it, and not only look whether it is there
    /// Top layers of containers that run: what they use is not replaced under them.
    std::set<std::string> runningLayers;
};

/// Compares the store with its records. All methods may be called from any thread.
class Check {
public:
    explicit Check(const StoreContext& context) : m_context(context) {}

    /// Blobs are hashed; layers are unpacked once more from their blobs and compared, each file of them. What
    /// can be repaired from what is here is repaired; a layer, a manifest or a configuration that cannot is
    /// removed, so that the next pull of the image fetches it again. `told` gets each finding at once.
    /// Errors: Corrupt for a database that cannot be read; Cancelled.
    Result<> run(const CheckOptions& options, const std::function<void(const Finding&)>& told,
                 const std::stop_token& stop) const;

private:
    const StoreContext& m_context;
};

}  // namespace coracle::store
