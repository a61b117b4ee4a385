// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_command.h"

#include <string>

/// Options of `run` about names and addresses, as rows of the table in run_options.cpp.
namespace coracle::types {

/// `--link CONTAINER[:ALIAS]`. Errors: InvalidArgument.
Result<> addLink(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);
/// `--add-host NAME:ADDRESS`; host-gateway stands for this computer. Errors: InvalidArgument.
Result<> addHost(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);
/// `--dns`. Errors: InvalidArgument for what is no address.
Result<> addDns(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);
/// `--dns-search`. Errors: InvalidArgument.
Result<> addDnsSearch(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);
/// `--dns-option`. Errors: InvalidArgument.
Result<> addDnsOption(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);
/// `--domainname`; empty takes it back. Errors: InvalidArgument.
Result<> setDomainname(ParsedRunCommand& parsed, const std::string& value, const RunCommandContext& context);

}  // namespace coracle::types
