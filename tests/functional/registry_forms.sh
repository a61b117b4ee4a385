#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Images of real registries: plain, with a password, with TLS and an own authority, and with both.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images

start_registry "$work/plain"
plain=$registry_address
push_image busybox
push_image multi
push_image python
push_image busybox:schema2 --format v2s2
push_image busybox:zstd --dest-compress-format zstd --format oci

# --- forms of images
check "pull from a plain registry on loopback" coracle pull "$plain/busybox"
like "names what it pulled" "$out" "$plain/busybox"
check "run it" coracle run --rm "$plain/busybox" echo works
is "works" "$out" works

# --- an image that is not here: the command goes on as the program that asks registries
check "away with it" coracle rmi "$plain/busybox"
check "run without a pull" coracle run --rm --network none --oom-kill-disable "$plain/busybox" \
    sh -c 'echo $$ inside; cat' <<<"from outside"
is "works" "$out" '1 inside'
is "warns once" "$(grep -c 'oom-kill-disable' <<<"$err")" 1
check "away with it" coracle rmi "$plain/busybox"
capture "${cli[@]}" run --network none --name pulled "$plain/busybox" \
    tail -f /dev/null & # one process from the beginning: no child of it may be left that nobody waits for
running=$!
nothing_left() { ! pgrep -r Z -P "$(pgrep -P "$running" || echo "$running")"; }
if eventually 20 coracle top pulled && eventually 20 nothing_left; then
    ok "nothing is left of the monitor that had been started ahead"
else
    not_ok "nothing is left of the monitor that had been started ahead" "$(ps -ef --forest | tail -n 20)"
fi
check "it is removed" coracle rm -f pulled
wait "$running"
check "create without a pull" coracle rmi "$plain/busybox"
check "creates" coracle create --name made "$plain/busybox" true
check "and it starts" coracle start -a made
check "away" coracle rm made
for tag in schema2 zstd; do
    check "pull the $tag form" coracle pull -q "$plain/busybox:$tag"
    check "run it" coracle run --rm "$plain/busybox:$tag" echo "$tag"
    is "works" "$out" "$tag"
done
check "manifest inspect of what is not here" coracle manifest inspect "$plain/multi"
is "shows the registry's index" "$(python3 -c 'import json, sys
print(len(json.load(sys.stdin)["manifests"]) > 1)' <<<"$out")" True
exits 1 "and pulls nothing" coracle image inspect "$plain/multi"
check "pull one platform of an index" coracle pull -q "$plain/multi"
check "it is this machine's" coracle inspect -f '{{.Architecture}}' "$plain/multi"
is "by name" "$out" "$(dpkg --print-architecture)"
refused 1 "another platform that is not there" 'plan9' coracle pull --platform plan9/amd64 "$plain/multi"
refused 125 "nor is it run" 'plan9' coracle run --rm --platform plan9/amd64 --pull always "$plain/multi" true
check "pull by digest" coracle pull -q "$plain/busybox@$(skopeo inspect --tls-verify=false \
    --format '{{.Digest}}' "docker://$plain/busybox:latest")"
check "several layers" coracle pull -q "$plain/python"
check "run it" coracle run --rm --network none "$plain/python" -c 'import json; print(json.dumps({"a": 1}))'
is "works" "$out" '{"a": 1}'

# --- images, tag, rmi, inspect
check "images" coracle images
like "lists them" "$out" "$plain/busybox +schema2"
check "tag" coracle tag "$plain/busybox" mine:1
check "run by the new name" coracle run --rm mine:1 true
check "rmi of one name" coracle rmi mine:1
like "untags it" "$out" '^Untagged: .*mine:1'
check "the image is still there" coracle run --rm "$plain/busybox" true
check "inspect -f" coracle inspect -f '{{json .Config.Cmd}}' "$plain/busybox"
is "prints JSON" "$out" '["sh"]'
coracle create --name user "$plain/python" >/dev/null
refused 1 "rmi refuses an image in use and names the container" 'user' coracle rmi "$plain/python"
check "rm" coracle rm user
check "rmi" coracle rmi "$plain/python"
like "deletes it" "$out" '^Deleted: sha256:'
refused 125 "what is not there" 'no-such' coracle run --pull never "$plain/no-such" true
refused 1 "an image the registry does not have" 'no-such' coracle pull "$plain/no-such"
refused 1 "a tag it does not have" 'no-such' coracle pull "$plain/busybox:no-such"

# --- password
start_registry "$work/plain" auth
refused 1 "without login" 'login|unauthori[sz]ed|authentication|credentials' coracle pull "$registry_address/busybox"
printf 'wrong' >"$work/wrong"
if coracle login -u "$registry_user" --password-stdin "$registry_address" <"$work/wrong" >/dev/null 2>&1; then
    not_ok "login with a wrong password"
else
    ok "login with a wrong password is refused"
fi
printf '%s' "$registry_password" >"$work/password"
coracle login -u "$registry_user" --password-stdin "$registry_address" <"$work/password" >"$work/login" 2>&1
is "login" "$?" 0
like "says so" "$(cat "$work/login")" 'Succeeded'
check "pull after login" coracle pull -q "$registry_address/busybox"
is "the auth file is only the user's" "$(find "$work/home" -name '*.json' -path '*docker*' -perm /077)" ""
check "logout" coracle logout "$registry_address"
check "a password on the command line" \
    coracle login -u "$registry_user" --password "$registry_password" "$registry_address"
like "has a warning" "$err" 'password'
check "logout" coracle logout "$registry_address"
refused 1 "then it is refused again" 'login|unauthori[sz]ed|authentication|credentials' \
    coracle pull "$registry_address/busybox:zstd"

# --- TLS
start_registry "$work/plain" tls
refused 1 "an authority that nobody trusts" 'certificate' coracle pull "$registry_address/busybox"
trust_registry
check "its certificate in certs.d" coracle pull -q "$registry_address/busybox"
start_registry "$work/plain" tls-auth
trust_registry
coracle login -u "$registry_user" --password-stdin "$registry_address" <"$work/password" >/dev/null 2>&1
is "login over TLS" "$?" 0
check "pull over TLS with a password" coracle pull -q "$registry_address/busybox"

# --- nobody there
refused 1 "a registry that is down" 'connect|refused' coracle pull "127.0.0.1:$(free_port)/busybox"

# --- Ctrl+C leaves nothing behind: in the middle of the first layers, and when some of them are complete
coracle images -q | sort -u | xargs -r "${cli[@]}" rmi -f >/dev/null
start_registry "$work/plain"
push_image postgres
# slow_line RATE: a new one, of which nothing comes to its end before it is made fast.
slow_line() {
    rm -f "$work/slow"
    python3 "$CORACLE_SOURCE/tests/support/slow_proxy.py" "$registry_port" "$1" >"$work/slow" &
    helpers+=($!)
    check "a slow line" eventually 20 test -s "$work/slow"
    slow=127.0.0.1:$(cat "$work/slow")
}
make_fast() { kill -USR1 "${helpers[-1]}"; }
slow_line 1000000
contents() { (cd "$store" && find blobs layers staging trash -type f -printf '%P %s\n' | sort); }
same_contents() { [ "$(contents)" = "$before" ]; }
has_part() { [ -n "$(find "$store/staging" -type f -size +1M -print -quit 2>/dev/null)" ]; }
has_layer() { [ -n "$(find "$store/blobs" -type f -print -quit 2>/dev/null)" ]; }
check "what was removed is gone" eventually 60 is_empty "$store/trash"
before=$(contents)
for moment in has_part has_layer; do
    "${cli[@]}" pull "$slow/postgres" >"$work/pull" 2>&1 &
    client=$!
    check "a pull is under way ($moment)" eventually 60 $moment
    pressed=$(date +%s%N)
    kill -INT $client
    wait $client
    is "Ctrl+C ends it with 130" "$?" 130
    echo "# after $((($(date +%s%N) - pressed) / 1000000)) ms"
    like "and one word" "$(tail -n 1 "$work/pull")" 'cancelled$'
    unlike "no layer failed" "$(cat "$work/pull")" 'Failed'
    check "no image is left" coracle images -q
    is "none" "$out" ""
    check "the store holds what it held before" eventually 20 same_contents
    is "byte for byte" "$(contents)" "$before"
done

# --- on a terminal there are bars with rate and time left, in a pipe one line for each step
slow_line 300000
script -qfec "stty cols 100; ${cli[*]} pull $slow/python" "$work/typescript" </dev/null >/dev/null &
terminal=$!
check "a bar, how much, how fast, how long" eventually 60 grep -qE \
    'Downloading \[=*> *\] [0-9.]+[kM]?B/[0-9.]+MB [0-9.]+[kM]B/s [0-9]{2}:[0-9]{2}' "$work/typescript"
make_fast
wait $terminal
is "and the image" "$?" 0
coracle rmi -f "$slow/python" >/dev/null
check "in a pipe" coracle pull "$slow/python"
is "the name goes to standard output" "$out" "$slow/python:latest"
unlike "no control codes" "$err" $'\x1b'
coracle rmi -f "$slow/python" >/dev/null
check "quiet" coracle pull -q "$slow/python"
is "nothing but the name" "$out$err" "$slow/python:latest"
refused 1 "a name that cannot be one" 'lower case' coracle pull UPPER/case
refused 1 "a short name is docker.io's; without network that is said" "registry-1.docker.io.*resolved" \
    unshare --map-current-user --net "${cli[@]}" pull alpine
finish
