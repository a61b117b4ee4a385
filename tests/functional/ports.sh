#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Published ports: forms, conflicts, both directions of traffic.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns slirp4netns tun registry images
have_image python

# A small server in the image: answers each connection with one line.
serve() { echo "nc -ll -p $1 -e echo answer-$1"; }
ask() { timeout 5 bash -c "exec 3<>/dev/tcp/$1/$2 && head -n 1 <&3"; }
answers() { [ "$(ask "$1" "$2")" = "answer-$3" ]; }

is_free() {
    python3 - "$1" <<'PYTHON'
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))
PYTHON
}

# --- a socket for echo requests, without a capability
# shellcheck disable=SC2016 # for python
ping_socket='from socket import *
socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP).sendto(b"\x08" + bytes(7), ("10.0.2.2", 0))'
check "anybody may ping" coracle run --rm -u 1000:1000 python -c "$ping_socket"
check "also with ids of its own" coracle run --rm --userns auto python -c "$ping_socket"
exits 1 "but not against the person's word" \
    coracle run --rm --sysctl 'net.ipv4.ping_group_range=1 0' python -c "$ping_socket"

port=$(free_port)
check "run with a published port" coracle run -d --name one -p "127.0.0.1:$port:80" welcome sh -c "$(serve 80)"
check "it answers on loopback" eventually 20 answers 127.0.0.1 "$port" 80
check "ps" coracle ps
like "shows the mapping" "$out" "127\.0\.0\.1:$port->80/tcp"
refused 125 "a port that is taken by a container names it" 'one' \
    coracle run -d --name two -p "127.0.0.1:$port:80" welcome true
refused 1 "no container was made" "two" coracle inspect two
check "rm -f" coracle rm -f one
check "frees the port at once" coracle run -d --name one -p "127.0.0.1:$port:80" welcome sh -c "$(serve 80)"
check "for the next" eventually 20 answers 127.0.0.1 "$port" 80
check "rm -f" coracle rm -f one

check "which frees it for other programs, too" is_free "$port"
# --- a program of the network that is slow to end
pid_of() { coracle inspect -f '{{.State.Pid}}' "$1"; }
network_of() { pgrep -u "$(id -u)" -f "slirp4netns .* $1 tap0"; }
# shellcheck disable=SC2010 # what the links say, not names
waits_for_a_process() { ls -l "/proc/$1/fd" 2>/dev/null | grep -q 'pidfd'; }
port=$(free_port)
check "a container with a port" coracle run -d --name slow -p "127.0.0.1:$port:80" welcome sh -c "$(serve 80)"
program=$(network_of "$(pid_of slow)")
kill -STOP "$program"
"${cli[@]}" restart -t 0 slow >"$work/restarted" 2>&1 &
helpers+=($!)
check "its end is waited for" eventually 20 state_is slow exited
kill -CONT "$program"
check "restart has its port" wait "${helpers[-1]}"
check "and it answers" eventually 20 answers 127.0.0.1 "$port" 80
program=$(network_of "$(pid_of slow)")
kill -STOP "$program"
check "one that ends by itself" coracle kill slow
check "has ended" eventually 20 state_is slow exited
"${cli[@]}" run -d --name next -p "127.0.0.1:$port:80" welcome sh -c "$(serve 80)" >"$work/next" 2>&1 &
helpers+=($!)
check "the next one for its port" eventually 20 waits_for_a_process "${helpers[-1]}"
kill -CONT "$program"
check "gets it" wait "${helpers[-1]}"
check "and answers" eventually 20 answers 127.0.0.1 "$port" 80
check "rm -f" coracle rm -f slow next

python3 -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
helpers+=($!)
check "a program takes the port" eventually 20 curl -s -o /dev/null "http://127.0.0.1:$port/"
refused 125 "a port that is taken by a program says so" "$port" \
    coracle run -d --name two -p "127.0.0.1:$port:80" welcome true
refused 1 "no container was made" "two" coracle inspect two
kill "${helpers[-1]}"

check "an automatic port" coracle run -d --name auto -p 80 welcome sh -c "$(serve 80)"
check "inspect" coracle inspect -f '{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}' auto
automatic=$out
like "names it" "$automatic" '^[0-9]+$'
check "it answers" eventually 20 answers 127.0.0.1 "$automatic" 80
check "rm -f" coracle rm -f auto

# --- of a container that runs
first=$(free_port 3)
second=$((first + 1))
taken=$((first + 2))
check "a container without ports" coracle run -d --name live welcome sh -c "$(serve 80) & $(serve 81)"
check "update --publish" coracle update -p "127.0.0.1:$first:80" live
check "makes it reachable at once" eventually 20 answers 127.0.0.1 "$first" 80
is "port knows it" "$(coracle port live)" "80/tcp -> 127.0.0.1:$first"
refused 1 "a port that it has" "$first.*published already" coracle update -p "127.0.0.1:$first:81" live
python3 -m http.server --bind 127.0.0.1 "$taken" >/dev/null 2>&1 &
helpers+=($!)
check "a program takes a port" eventually 20 curl -s -o /dev/null "http://127.0.0.1:$taken/"
refused 1 "one that another program has" "$taken" \
    coracle update -p "127.0.0.1:$second:81" -p "127.0.0.1:$taken:81" live
if ask 127.0.0.1 "$second" >/dev/null 2>&1; then not_ok "nothing is changed"; else ok "nothing is changed"; fi
is "port shows the same" "$(coracle port live)" "80/tcp -> 127.0.0.1:$first"
check "update --publish-rm" coracle update --publish-rm 80 -p "127.0.0.1:$first:81" -p "127.0.0.1:$second:80" live
check "another port inside" eventually 20 answers 127.0.0.1 "$first" 81
check "another one here" eventually 20 answers 127.0.0.1 "$second" 80
refused 1 "a port that is not published" "9.* is not published" coracle update --publish-rm 9 live
check "restart" coracle restart -t 0 live
check "keeps them" eventually 20 answers 127.0.0.1 "$first" 81
check "an automatic port" coracle update --publish-rm "$first:81" --publish-rm 80 -p 127.0.0.1::81 live
automatic=$(coracle port live 81 | sed 's/.*://')
check "answers" eventually 20 answers 127.0.0.1 "$automatic" 81
if ask 127.0.0.1 "$first" >/dev/null 2>&1; then not_ok "the old one is closed"; else ok "the old one is closed"; fi
check "is taken away by its number" coracle update --publish-rm "$automatic:81" live
is "and nothing is published" "$(coracle port live)" ""
check "a udp port" coracle update -p "127.0.0.1:$first:53/udp" live
like "waits for the next start" "$err" "udp ports change when 'live' is started again: coracle restart live"
check "rm -f" coracle rm -f live
check "without a network" coracle create --name closed --network none welcome true
refused 1 "there is nothing to publish" "no network of its own" coracle update -p 80 closed
check "rm" coracle rm closed

first=$(free_port 2)
check "a range" coracle run -d --name range -p "127.0.0.1:$first-$((first + 1)):8000-8001" welcome \
    sh -c "$(serve 8000) & $(serve 8001)"
check "its first port answers" eventually 20 answers 127.0.0.1 "$first" 8000
check "its last port answers" eventually 20 answers 127.0.0.1 $((first + 1)) 8001
check "rm -f" coracle rm -f range

udp=$(free_port)
check "a UDP port" coracle run -d --name datagram -p "127.0.0.1:$udp:53/udp" python -c 'import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 53))
while True:
    data, peer = s.recvfrom(2000)
    s.sendto(data, peer)'
udp_echo() {
    python3 - "$udp" <<'PYTHON'
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(2)
s.sendto(b"ping", ("127.0.0.1", int(sys.argv[1])))
sys.exit(s.recv(16) != b"ping")
PYTHON
}
check "it answers" eventually 20 udp_echo
check "rm -f" coracle rm -f datagram

refused 125 "a port out of range" '70000|65535' coracle run --rm -p 70000:80 welcome true
refused 125 "ranges of different length" 'range' coracle run --rm -p 8000-8002:80-81 welcome true

check "--network none has no way out" coracle run --rm --network none welcome sh -c 'ls /sys/class/net'
is "only lo" "$out" lo
for network in host none; do
    check "--network $network with a port" \
        coracle run -d --name apart --network "$network" -p 18080:80 welcome sleep 1000
    like "says that there is none" "$err" "published ports are discarded with --network $network"
    is "and shows none" "$(coracle ps --format '{{.Ports}}')$(coracle port apart)" ""
    is "but what was asked for" "$(coracle inspect -f '{{json .HostConfig.PortBindings}}' apart)" \
        '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"18080"}]}'
    check "rm" coracle rm -f apart
done
check "the default network has an address and a resolver" coracle run --rm welcome \
    sh -c 'ip addr show tap0; cat /etc/resolv.conf; cat /etc/hosts'
like "of slirp4netns" "$out" 'inet 10\.0\.2\.100'
like "and its resolver" "$out" 'nameserver 10\.0\.2\.3'
like "localhost is in hosts" "$out" '127\.0\.0\.1.*localhost'

# The way out, to an address of this machine that is not loopback.
address=$(ip -4 -o addr show scope global | awk '{sub("/.*", "", $4); print $4; exit}')
if [ -n "$address" ]; then
    port=$(free_port)
    python3 -m http.server --bind "$address" --directory "$work/home" "$port" >/dev/null 2>&1 &
    helpers+=($!)
    check "a server of this machine" eventually 20 curl -s -o /dev/null "http://$address:$port/"
    check "can be reached from the container" coracle run --rm welcome wget -q -O /dev/null "http://$address:$port/"
fi
finish
