#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A container must not reach what listens on the host's loopback interface, nor abstract sockets.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns slirp4netns tun

port=$(free_port)
echo secret >"$work/home/secret"
python3 -m http.server --bind 127.0.0.1 --directory "$work/home" "$port" >/dev/null 2>&1 &
helpers+=($!)
check "a service listens on the host's loopback" eventually 10 curl -sf -o /dev/null "http://127.0.0.1:$port/secret"
for address in 127.0.0.1 10.0.2.2 localhost 0.0.0.0; do
    capture coracle run --rm welcome wget -q -T 3 -O - "http://$address:$port/secret"
    unlike "the container does not get it by $address" "$out$err" secret$
    is "wget at $address fails" "$((status != 0))" 1
done

python3 - <<'PYTHON' &
import socket
s = socket.socket(socket.AF_UNIX)
s.bind("\0coracle-test-abstract")
s.listen()
s.accept()
PYTHON
helpers+=($!)
check "an abstract socket is open on the host" eventually 5 grep -q coracle-test-abstract /proc/net/unix
check "the container's list of sockets" coracle run --rm welcome cat /proc/net/unix
unlike "does not have it" "$out" coracle-test-abstract
finish
