// SPDX-License-Identifier: Apache-2.0
#include "net/port_mapping.h"

namespace coracle::net {

std::string_view toText(Protocol protocol) {
    return protocol == Protocol::Udp ? "udp" : "tcp";
}

}  // namespace coracle::net
