// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <vector>

/// `--link`: a cable of its own from one container's network to another's. Pure.
///
/// Each link has a number that no other link of the user has. It makes the interface's name, the same on both
/// sides, and the two addresses, so that both are known before either container runs: they stand in
/// /etc/hosts and in variables. The addresses are of 198.18.0.0/15, which nobody routes (RFC 2544), so that
/// nothing that the container could reach is hidden behind them.
namespace coracle::container {

/// The two addresses of a link.
struct LinkAddresses {
    std::string own;    ///< of the container that has the link
    std::string other;  ///< of the one that it leads to
};
LinkAddresses linkAddresses(std::uint32_t number);

/// The interface on either side: "link7".
std::string linkInterface(std::uint32_t number);

/// The lowest number that is free. Errors: Unavailable when all are taken.
Result<std::uint32_t> chooseLinkNumber(const std::vector<std::uint32_t>& taken);

/// What the other container is and says, for docker's variables.
struct LinkedContainer {
    std::string name;  ///< of the container that has the link
    std::string alias;
    std::string address;
    std::vector<std::string> exposed;  ///< "5432/tcp", by number
    std::vector<std::string> env;      ///< "K=V"
};
/// docker's variables of a link: DB_NAME, DB_PORT, DB_PORT_5432_TCP with _ADDR, _PORT and _PROTO, and
/// DB_ENV_* with those of the other container but its PATH, HOME, HOSTNAME and TERM. Source: docs.docker.com,
/// "Legacy container links", "Environment variables".
std::vector<std::string> linkVariables(const LinkedContainer& linked);

}  // namespace coracle::container
