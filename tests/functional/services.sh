#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real services made from Debian packages: they start, answer on a published port, log and stop.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns subids slirp4netns tun registry images
have_image nginx postgres redis python

http_says() { [ "$(curl -s --max-time 2 "http://127.0.0.1:$1/")" = "$2" ]; }

# --- nginx
port=$(free_port)
check "nginx starts" coracle run -d --name nginx -p "127.0.0.1:$port:80" nginx
check "it answers" eventually 20 http_says "$port" "nginx answers"
check "a page from a bind mount" coracle exec nginx sh -c 'echo "from the volume" >/usr/share/nginx/html/index.html'
check "is served" eventually 20 http_says "$port" "from the volume"
has_requests() { coracle logs nginx | grep 'GET / HTTP/1.1" 200'; } # a line is written after its answer
check "its log has the requests, through /dev/stdout" eventually 20 has_requests
check "it stops by its own signal" coracle stop -t 100 nginx
check "its exit code" coracle inspect -f '{{.State.ExitCode}}' nginx
is "is 0" "$out" 0
check "the port is free again" python3 -c 'import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))' "$port"
check "start brings it back" coracle start nginx
check "with the change in its writable layer" eventually 20 http_says "$port" "from the volume"

# --- postgres
port=$(free_port)
ready() { coracle exec "$1" pg_isready -q -U postgres -h 127.0.0.1; }
# A server of this protocol answers a request for TLS with one letter (PostgreSQL 15, 55.2.10).
speaks_postgres() {
    python3 - "$1" <<'PYTHON'
import socket, struct, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
s.settimeout(2)
s.sendall(struct.pack("!ii", 8, 80877103))
sys.exit(s.recv(1) not in (b"N", b"S"))
PYTHON
}
query() { coracle exec "$1" psql -U postgres -h 127.0.0.1 -tAc "$2"; }
check "postgres starts on a named volume" coracle run -d --name postgres -p "127.0.0.1:$port:5432" \
    -v base:/var/lib/postgresql/data postgres
check "it is ready" eventually 60 ready postgres
check "its port speaks its protocol" eventually 20 speaks_postgres "$port"
check "create and fill a table" query postgres 'create table t as select generate_series(1, 1000) as n'
check "query" query postgres 'select sum(n) from t'
is "gives the sum" "$out" 500500
check "it stops" coracle stop -t 100 postgres
check "by itself" coracle inspect -f '{{.State.ExitCode}}' postgres
is "with 0" "$out" 0
check "rm" coracle rm postgres
check "a second server on the same volume" coracle run -d --name again -v base:/var/lib/postgresql/data postgres
check "is ready" eventually 60 ready again
check "query" query again 'select count(*) from t'
is "finds the table" "$out" 1000

# --- redis
port=$(free_port)
redis() {
    timeout 60 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"; printf "%s\r\n" "$1" >&3; head -n 1 <&3' "$port" "$1" |
        tr -d '\r'
}
pongs() { [ "$(redis PING)" = +PONG ]; }
check "redis starts as its own user" coracle run -d --name redis -p "127.0.0.1:$port:6379" redis
check "it answers" eventually 20 pongs
is "SET" "$(redis 'SET boat coracle')" +OK
is "GET" "$(redis 'STRLEN boat')" :7
check "exec runs as the image's user" coracle exec redis id -u
is "998" "$out" 998
check "it stops on SIGTERM" coracle stop -t 100 redis
check "its exit code" coracle inspect -f '{{.State.ExitCode}}' redis
is "is 0" "$out" 0

# --- python
port=$(free_port)
check "python starts" coracle run -d --name python -p "127.0.0.1:$port:8000" -v "$work/home:/srv/home:ro" python
check "it answers" eventually 20 http_says "$port" "python answers"
echo shared >"$work/home/page"
check "a file of the host" curl -s --max-time 60 "http://127.0.0.1:$port/home/page"
is "is served from a bind mount" "$out" shared
check "all four are listed" coracle ps -aq
is "together" "$(wc -l <<<"$out")" 4
finish
