// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <string>
#include <vector>

/// What the options of `run` about hardening come to, and how the choices of the form change them. All of it
/// works on RunSpec::capAdd, capDrop, securityOpt, privileged, readOnly and network. Pure.
namespace coracle::gui::security {

enum class Tightness : std::uint8_t {
    LockedDown,  ///< no capabilities, no network, nothing written outside of mounts, no new privileges
    Standard,    ///< the capabilities and the filter that a container has by itself
    Custom,
};
Tightness tightnessOf(const types::RunSpec& spec);
/// LockedDown or Standard; what makes a container tighter than either stays.
void setTightness(types::RunSpec& spec, Tightness wanted);

/// Full names, sorted; the engine comes to the same. Empty also when an option names one that is none.
std::vector<std::string> capabilitiesOf(const types::RunSpec& spec);
/// The same as "CAP_NET_RAW": the options say no more than they have to.
void addCapability(types::RunSpec& spec, const std::string& name);
void dropCapability(types::RunSpec& spec, const std::string& name);
/// The option that names no capability; empty: all do.
std::string unknownCapability(const types::RunSpec& spec);

/// Of system calls.
enum class Filter : std::uint8_t { Default, Docker, Debug, Nested, Abi32, File, None, Other };
Filter filterOf(const types::RunSpec& spec);
/// The words behind "profile=" when the filter is Other, or the path of File.
std::string filterValue(const types::RunSpec& spec);
/// `path` is for File alone. Other cannot be chosen.
void setFilter(types::RunSpec& spec, Filter filter, const std::string& path = {});

bool gainsNoPrivileges(const types::RunSpec& spec);
void setGainsNoPrivileges(types::RunSpec& spec, bool on);

/// Whether what /proc and /sys tell about the computer is covered, all of it.
bool masksPaths(const types::RunSpec& spec);
void setMasksPaths(types::RunSpec& spec, bool on);
/// A profile or --privileged shows these paths, whatever the options say.
bool cannotMask(const types::RunSpec& spec);

}  // namespace coracle::gui::security
