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
check "a service listens on the host's loopback" eventually 20 curl -sf -o /dev/null "http://127.0.0.1:$port/secret"
tools=$(cd "$CORACLE_BIN/../tests/bin" && pwd)
probe=("${cli[@]}" run --rm -v "$tools:/t:ro,exec")
like "which the probe gets here" "$("$tools/probe" connect 127.0.0.1 "$port")" 'secret$'
for address in 127.0.0.1 10.0.2.2 0.0.0.0 10.0.2.100; do
    capture "${probe[@]}" welcome /t/probe connect "$address" "$port"
    is "the container does not get it by $address" "$status ${out%%:*}" "1 not reached"
done
check "inside it reaches what is its own" "${probe[@]}" welcome sh -c \
    "while :; do echo inside | nc -l -p 8000 >/dev/null; done &
    until /t/probe connect 127.0.0.1 8000 | grep inside; do :; done"

name=coracle-test-${work##*/}
python3 - "$name" <<'PYTHON' &
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind("\0" + sys.argv[1])
s.listen()
s.accept()
PYTHON
helpers+=($!)
check "an abstract socket is open on the host" eventually 20 grep -qF "$name" /proc/net/unix
check "the container's list of sockets" coracle run --rm welcome cat /proc/net/unix
unlike "does not have it" "$out" "$name"
check "with the host's network" coracle run --rm --network host welcome cat /proc/net/unix
like "it has, as the option says" "$out" "$name"
finish
