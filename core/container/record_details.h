// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health_check.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::container {

/// A volume of the container as it was resolved when the container was made.
struct VolumeUse {
    std::string name;
    std::string target;
    friend bool operator==(const VolumeUse&, const VolumeUse&) = default;
};

/// An image that is mounted beside the container's own, as it was resolved when the container was made.
struct ImageUse {
    std::string target;
    std::string imageId;
    std::string chainId;
    friend bool operator==(const ImageUse&, const ImageUse&) = default;
};

/// Another container that this one reaches by a name, as it was resolved when the container was made.
struct LinkUse {
    std::string id;
    std::string alias;
    std::uint32_t number = 0;  ///< of the link, which no other container's has; makes names and addresses
    std::vector<std::string> variables;  ///< names of those that it gave; the container's alone
    friend bool operator==(const LinkUse&, const LinkUse&) = default;
};

/// What came of the user's wishes and the image at creation, kept in the container's row so that `ps` reads
/// one table and nothing else.
struct RecordDetails {
    std::vector<std::string> command;  ///< entrypoint and arguments
    /// As the process gets it: the image's and the person's put together when the container was made.
    std::vector<std::string> env;
    std::map<std::string, std::string> labels;
    std::string workingDirectory;
    std::string user;
    std::string hostname;
    std::string overlayDriver;
    /// By name; always one that signalNumber() knows.
    std::string stopSignal = "SIGTERM";
    std::int64_t stopTimeoutSeconds = 10;
    /// What the process has, with CAP_; for `inspect`.
    std::vector<std::string> capabilities;
    std::vector<std::uint16_t> exposedPorts;  ///< tcp
    std::vector<std::string> exposed;         ///< all of them: "80/tcp", "53/udp"
    std::vector<VolumeUse> volumes;
    std::vector<ImageUse> images;
    std::vector<LinkUse> links;
    std::uint32_t sliceFirst =
        0;  ///< with `--userns auto`: first of the container's ids in the kept namespace
    std::uint32_t sliceSize = 0;  ///< 0: it has no ids of its own
    types::HealthPlan health;

    friend bool operator==(const RecordDetails&, const RecordDetails&) = default;
};

/// The text of the row's column. Members that a later version wrote are passed over on reading. Errors:
/// Corrupt.
std::string toJsonText(const RecordDetails& details);
Result<RecordDetails> parseRecordDetails(std::string_view text);

}  // namespace coracle::container
