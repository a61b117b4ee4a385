#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Links: one container reaches another by a name, at all its ports, whichever of the two starts again.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns slirp4netns tun veth

serve() { echo "nc -ll -p $1 -e echo $2"; }
# reaches CONTAINER ADDRESS PORT ANSWER
reaches() { [ "$(coracle exec "$1" nc -w 2 "$2" "$3" </dev/null 2>/dev/null)" = "$4" ]; }
interfaces() { coracle exec "$1" ip -o link | grep -c ': link[0-9]'; }

# --- names, variables, ports that nobody exposed
check "a server" coracle run -d --name db --hostname store-1 -e SECRET=s3 -e PATH=/bin:/usr/bin --expose 5432 \
    --expose 53/udp welcome sh -c "$(serve 5432 hello) & $(serve 7777 hidden)"
check "a client" coracle run -d --name app --link db:my-db -e MY_DB_NAME=own welcome sleep 1000
check "reaches the server" eventually 20 reaches app my-db 5432 hello
check "by its name" eventually 20 reaches app db 5432 hello
check "and host name" eventually 20 reaches app store-1 5432 hello
check "at a port that nobody exposed" eventually 20 reaches app my-db 7777 hidden
check "env" coracle exec app sh -c 'env | grep ^MY_DB | grep -v PS1 | sort'
is "docker's variables, the person's own first" "$out" "MY_DB_ENV_SECRET=s3
MY_DB_NAME=own
MY_DB_PORT=udp://198.18.0.1:53
MY_DB_PORT_53_UDP=udp://198.18.0.1:53
MY_DB_PORT_53_UDP_ADDR=198.18.0.1
MY_DB_PORT_53_UDP_PORT=53
MY_DB_PORT_53_UDP_PROTO=udp
MY_DB_PORT_5432_TCP=tcp://198.18.0.1:5432
MY_DB_PORT_5432_TCP_ADDR=198.18.0.1
MY_DB_PORT_5432_TCP_PORT=5432
MY_DB_PORT_5432_TCP_PROTO=tcp"
check "an image of the client" coracle commit -q app leaves-secrets
check "inspect" coracle inspect -f '{{json .Config.Env}}' leaves-secrets
unlike "knows nothing of what the server told it" "$out" 's3|198\.18'
like "but what the person said" "$out" 'MY_DB_NAME=own'
check "rmi" coracle rmi leaves-secrets
check "inspect" coracle inspect -f '{{json .HostConfig.Links}}' app
is "has docker's words" "$out" '["/db:/app/my-db"]'
check "the client goes out as before" coracle exec app ip route
like "by its own network" "$out" 'default via 10\.0\.2\.2'

# --- only what is linked is reached
check "another server" coracle run -d --name other welcome sh -c "$(serve 80 other)"
check "a client with two links and no other network" coracle run -d --name two --network none \
    --link db --link other:web welcome sleep 1000
check "reaches one" eventually 20 reaches two db 5432 hello
check "and the other" eventually 20 reaches two web 80 other
check "ip route" coracle exec two ip route
unlike "it has no way out" "$out" default
exits 1 "a container without a link has no name for it" coracle exec other nc -w 1 db 5432
db_address=$(coracle exec two sh -c 'grep db /etc/hosts' | cut -f1)
if reaches other "$db_address" 5432 hello; then not_ok "nor a way"; else ok "nor a way"; fi

# --- either starts again
check "restart of the server" coracle restart -t 0 db
check "is reached again" eventually 20 reaches app my-db 5432 hello
check "by all" eventually 20 reaches two db 5432 hello
check "restart of the client" coracle restart -t 0 app
check "reaches the server again" eventually 20 reaches app my-db 5432 hello
two_interfaces() { [ "$(interfaces db)" = 2 ]; }
check "old interfaces go" eventually 20 two_interfaces
check "a server with a policy" coracle run -d --name phoenix --restart always welcome sh -c "$(serve 81 risen)"
check "its client" coracle run -d --name priest --restart always --link phoenix welcome sleep 1000
check "reaches it" eventually 20 reaches priest phoenix 81 risen
kill -KILL "$(coracle inspect -f '{{.State.Pid}}' phoenix)"
check "and again when its policy has started it" eventually 20 reaches priest phoenix 81 risen
kill -KILL "$(coracle inspect -f '{{.State.Pid}}' priest)"
check "and when the client's has" eventually 20 reaches priest phoenix 81 risen
check "other mappings of ids" coracle run -d --name kept --userns keep-id welcome sh -c "$(serve 82 kept)"
check "link as well" coracle run -d --name apart --userns auto --link kept welcome sleep 1000
check "both ways of it" eventually 20 reaches apart kept 82 kept

# --- what cannot be
check "stop" coracle stop -t 0 db
refused 125 "a link to what does not run" "not running: 'db'" coracle run --rm --link db welcome true
refused 1 "a restart that would fail ends nothing" "not running: 'db'" coracle restart -t 0 app
check "the client runs on" state_is app running
check "stop it" coracle stop -t 0 app
refused 1 "its start waits for the server's" "not running: 'db'" coracle start app
check "start both" coracle start db app
check "they meet" eventually 20 reaches app my-db 5432 hello
refused 125 "a link to nobody" "no container 'nobody'" coracle run --rm --link nobody welcome true
refused 125 "to a container without a network" "no network of its own" coracle run --rm --link two welcome true
refused 125 "from the computer's network" "conflicting options" coracle run --rm --network host --link db welcome true
refused 125 "with a name that is none" 'CONTAINER\[:ALIAS\]' coracle run --rm --link 'db:a b' welcome true
# What is in the trash keeps its addresses: it may come back.
echo '{"trash": {"days": 7}}' >"$HOME/config/coracle/store.json"
check "a client" coracle run -d --name gone --link db welcome sleep 1000
check "rm -f" coracle rm -f gone
check "another one" coracle run -d --name next --link db welcome sleep 1000
check "undo" coracle undo
check "start" coracle start gone
check "one reaches the server" eventually 20 reaches gone db 5432 hello
check "the other one, too" eventually 20 reaches next db 5432 hello
echo '{"trash": {"days": 0}}' >"$HOME/config/coracle/store.json"

check "rm -f of the server" coracle rm -f db
refused 1 "the client's restart says what is missing" "as 'my-db', was removed" coracle restart -t 0 app
check "the client runs on" state_is app running

finish
