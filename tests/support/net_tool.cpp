// SPDX-License-Identifier: Apache-2.0
// The network library on a command line, for functional tests.
//   net_tool start PID RUNDIR PORT...   a network that lives until standard input ends
//   net_tool add|remove RUNDIR PORT     net_tool list RUNDIR     net_tool check PORT
#include "net/port_check.h"
#include "net/port_mapping.h"
#include "net/user_net.h"
#include "rootless/sys/file.h"

#include <cstdio>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

using coracle::Error;
using coracle::ErrorKind;
using coracle::Result;
namespace net = coracle::net;

Result<net::PortMapping> onePort(const std::string& text) {
    TRY_ASSIGN(const auto ports, net::parsePortMappings(text));
    return ports.front();
}

void print(const net::PortMapping& port) {
    (void)std::printf("%s\n", net::toText(port).c_str());
    (void)std::fflush(stdout);
}

Result<> start(const std::vector<std::string>& words) {
    net::UserNetConfig config;
    config.pid = std::stoi(words.at(2));
    config.runDir = words.at(3);
    for (std::size_t i = 4; i < words.size(); ++i) {
        TRY_ASSIGN(const auto ports, net::parsePortMappings(words[i]));
        config.ports.insert(config.ports.end(), ports.begin(), ports.end());
    }
    TRY_ASSIGN(const auto exitPipe, coracle::sys::makePipe());
    config.exitFd = exitPipe.readEnd.get();
    TRY_ASSIGN(const auto running, net::makeSlirp4netns()->start(config));
    (void)std::printf("pid %d\n", static_cast<int>(running.helperPid));
    for (const auto& port : running.ports) {
        print(port);
    }
    (void)std::printf("ready\n");
    (void)std::fflush(stdout);
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    return {};
}

Result<> check(const std::string& text) {
    TRY_ASSIGN(const auto port, onePort(text));
    TRY_ASSIGN(const auto checked, net::checkPort(port));
    if (checked.state != net::PortState::Free) {
        return net::toError(port, checked);
    }
    (void)std::printf("free\n");
    return {};
}

Result<> run(const std::vector<std::string>& words) {
    const std::string& verb = words.at(1);
    const auto slirp = net::makeSlirp4netns();
    if (verb == "start") {
        return start(words);
    }
    if (verb == "check") {
        return check(words.at(2));
    }
    if (verb == "list") {
        TRY_ASSIGN(const auto ports, slirp->ports(words.at(2)));
        for (const auto& port : ports) {
            print(port);
        }
        return {};
    }
    TRY_ASSIGN(const auto port, onePort(words.at(3)));
    if (verb == "add") {
        TRY_ASSIGN(const auto added, slirp->addPort(words.at(2), port));
        print(added);
        return {};
    }
    return slirp->removePort(words.at(2), port);
}

}  // namespace

int main(int argc, char** argv) {
    const auto done = run({argv, argv + argc});
    if (!done) {
        (void)std::fprintf(stderr, "%s\n", done.error().message().c_str());
        if (!done.error().hint().empty()) {
            (void)std::fprintf(stderr, "hint: %s\n", done.error().hint().c_str());
        }
        return 1;
    }
    return 0;
}
