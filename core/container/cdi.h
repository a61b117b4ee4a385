// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/hook_files.h"
#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Descriptions of devices that vendors install: what a container needs beside the device's file. Pure.
///
/// A description names host paths and programs that run as the user (hooks), so it is the word of whoever may
/// write it: only files of root's and of the user's own are read (engine/creator_cdi.cpp). It is parsed as a
/// stranger's all the same: sizes are limited, what is not known is an error and not left out.
/// Source: Container Device Interface Specification 1.0, "CDI JSON Specification".
namespace coracle::container {

/// Nvidia's for eight GPUs has some 100 kB.
inline constexpr std::size_t kMaxCdiBytes = 4U << 20U;
/// Of one folder, by far more than there are vendors.
inline constexpr std::size_t kMaxCdiFiles = 256;

/// A device's file; bound, as nobody without root can make one.
struct CdiNode {
    std::string path;
    std::string hostPath;
    std::string type;  ///< "c", "u", "b", "p"; empty: as it is
    std::optional<std::int64_t> major;
    std::optional<std::int64_t> minor;
    bool ownerOrMode = false;  ///< others than it has are asked for
};

/// A folder or file that is bound.
struct CdiMount {
    std::string hostPath;
    std::string path;
    std::vector<std::string> options;
};

/// What is done to a container.
struct CdiEdits {
    std::vector<std::string> env;
    std::vector<CdiNode> nodes;
    std::vector<CdiMount> mounts;
    std::vector<Hook> hooks;
    std::vector<std::int64_t> gids;
    std::string refused;  ///< why it cannot be done without root; empty: it can
};

/// A device and what it needs.
struct CdiDevice {
    std::string name;
    CdiEdits edits;
};

/// One file.
struct CdiDocument {
    std::string file;
    int priority = 0;  ///< of its folder: the greater one wins
    std::string kind;
    std::vector<CdiDevice> devices;
    CdiEdits edits;  ///< for each of its devices
};

/// JSON, or YAML where the name says so or the text does not begin as JSON does. Errors: Corrupt, Unsupported
/// for a version that is not known; naming the file and the place in it.
Result<CdiDocument> parseCdiDocument(const std::string& file, std::string_view text);

/// A device that was asked for, with the edits of its file before its own.
struct ChosenDevice {
    std::string name;
    std::string file;
    CdiEdits edits;
};
/// Find devices by their names. What a file says for all its devices comes once. Errors: NotFound with the
/// names that there are, and with the first of `failures` (of files that could not be read); Conflict for a
/// device that two files of one priority describe; Unsupported for what needs root; InvalidArgument.
Result<std::vector<ChosenDevice>> chooseCdiDevices(const std::vector<CdiDocument>& documents,
                                                   const std::vector<Error>& failures,
                                                   const std::vector<std::string>& names);

/// The member `hooks` of config.json: those of the devices, and `more` behind them. Empty: there are none.
nlohmann::json hooksDocument(const std::vector<ChosenDevice>& devices, const std::vector<Hook>& more = {});

/// `env` with the variables of the devices, which replace those of the same name.
std::vector<std::string> withCdiEnv(std::vector<std::string> env, const std::vector<ChosenDevice>& devices);

}  // namespace coracle::container
