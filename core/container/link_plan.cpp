// SPDX-License-Identifier: Apache-2.0
#include "core/container/link_plan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace coracle::container {
namespace {

constexpr std::uint32_t kFirstAddress = (198U << 24U) | (18U << 16U);
constexpr std::uint32_t kLinks = 1U << 16U;  // two addresses each, of 198.18.0.0/15

std::string addressText(std::uint32_t address) {
    return std::to_string(address >> 24U) + "." + std::to_string((address >> 16U) & 0xffU) + "." +
           std::to_string((address >> 8U) & 0xffU) + "." + std::to_string(address & 0xffU);
}

/// As docker makes a variable's prefix of an alias.
std::string prefixOf(const std::string& alias) {
    std::string prefix = alias;
    std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](unsigned char letter) {
        return letter == '-' || letter == '.' ? '_' : static_cast<char>(std::toupper(letter));
    });
    return prefix;
}

}  // namespace

LinkAddresses linkAddresses(std::uint32_t number) {
    const std::uint32_t own = kFirstAddress + 2 * (number % kLinks);
    return {addressText(own), addressText(own + 1)};
}

std::string linkInterface(std::uint32_t number) {
    return "link" + std::to_string(number);
}

Result<std::uint32_t> chooseLinkNumber(const std::vector<std::uint32_t>& taken) {
    std::vector<bool> used(kLinks, false);
    for (const std::uint32_t number : taken) {
        if (number < kLinks) {
            used[number] = true;
        }
    }
    const auto free = std::find(used.begin(), used.end(), false);
    if (free == used.end()) {
        return Error(ErrorKind::Unavailable, "all " + std::to_string(kLinks) + " links are taken")
            .withHint("remove containers that have links");
    }
    return static_cast<std::uint32_t>(free - used.begin());
}

std::vector<std::string> linkVariables(const LinkedContainer& linked) {
    const std::string prefix = prefixOf(linked.alias);
    std::vector<std::string> variables{prefix + "_NAME=/" + linked.name + "/" + linked.alias};
    bool first = true;
    for (const std::string& port : linked.exposed) {
        const std::size_t slash = port.find('/');
        const std::string number = port.substr(0, slash);
        const std::string protocol = slash == std::string::npos ? "tcp" : port.substr(slash + 1);
        std::string upper = protocol;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
        const std::string url = protocol + "://" + linked.address + ":" + number;
        if (std::exchange(first, false)) {
            variables.push_back(prefix + "_PORT=" + url);
        }
        const std::string name = prefix + "_PORT_" + number + "_" + upper;
        variables.push_back(name + "=" + url);
        variables.push_back(name + "_ADDR=" + linked.address);
        variables.push_back(name + "_PORT=" + number);
        variables.push_back(name + "_PROTO=" + protocol);
    }
    constexpr std::array<std::string_view, 4> kNotTold{"PATH", "HOME", "HOSTNAME", "TERM"};
    for (const std::string& variable : linked.env) {
        const std::string_view name = std::string_view(variable).substr(0, variable.find('='));
        if (std::find(kNotTold.begin(), kNotTold.end(), name) == kNotTold.end()) {
            variables.push_back(prefix + "_ENV_" + variable);
        }
    }
    return variables;
}

}  // namespace coracle::container
