// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::container {

/// Tells at little cost which of many containers were never started, since in a long list most are at rest:
/// three lookups relative to two open folders stand for the files that readFacts() opens by their whole
/// paths.
class UnstartedContainers {
public:
    /// documentsDir: folder of the containers' documents. runDir: folder of their run folders.
    UnstartedContainers(const std::string& documentsDir, const std::string& runDir);

    /// true: readFacts() of it would say "created, never started". false: ask readFacts(). Not for those that
    /// are removed at their end, whose documents are in the run folder.
    bool has(const std::string& id) const;

private:
    sys::UniqueFd m_documents;
    sys::UniqueFd m_run;
};

}  // namespace coracle::container
