#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two commands that want the same layers: they come once; a killed one is no loss to the other. An unchanged image costs
# one request, also where a login is wanted.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry

port=$(free_port)
python3 "$CORACLE_SOURCE/tests/support/lying_registry.py" "$port" >"$work/liar.log" 2>&1 &
helpers+=($!)
check "the registry starts" eventually 20 curl -s -o /dev/null "http://127.0.0.1:$port/v2/"
# slow_line: a new one, at which the large layer takes half a minute, until the line is made fast.
slow_line() {
    rm -f "$work/slow"
    python3 "$CORACLE_SOURCE/tests/support/slow_proxy.py" "$port" 100000 >"$work/slow" &
    helpers+=($!)
    check "a slow line" eventually 20 test -s "$work/slow"
    image=127.0.0.1:$(cat "$work/slow")/lie/honest:1
}
make_fast() { kill -USR1 "${helpers[-1]}"; }
blobs() { grep -c '^GET /v2/lie/honest/blobs/' "$work/liar.log"; }
has_part() { [ -n "$(find "$store/staging" -type f -size +100k -print -quit 2>/dev/null)" ]; }
waits() { grep -q 'another command' "$1"; }

# --- one fetches, the other waits and finds everything
slow_line
"${cli[@]}" pull "$image" >"$work/one" 2>&1 &
one=$!
check "the first is under way" eventually 60 has_part
"${cli[@]}" pull "$image" >"$work/two" 2>&1 &
two=$!
check "the second waits" eventually 60 waits "$work/two"
make_fast
wait $one
is "the first one ends well" "$?" 0
wait $two
is "and the second" "$?" 0
like "which waited" "$(cat "$work/two")" '^layer 1 is being fetched by another command, waiting for it$'
like "and found the layers" "$(cat "$work/two")" '^[0-9a-f]{12}: Already exists$'
unlike "without fetching any" "$(cat "$work/two")" 'Downloading'
# The configuration is small and not waited for: who comes second may ask for it as well.
is "each layer came once" "$(grep -o '^GET /v2/lie/honest/blobs/[^ ]*' "$work/liar.log" | sort | uniq -d | wc -l)" \
    "$(($(blobs) - 3))"

# --- the first one is killed in the middle: the second goes on by itself
coracle rmi -f "$image" >/dev/null
rm "$work/one" "$work/two" # what they say is waited for again
slow_line
before=$(blobs)
"${cli[@]}" pull "$image" >"$work/one" 2>&1 &
one=$!
check "the first is under way" eventually 60 has_part
"${cli[@]}" pull "$image" >"$work/two" 2>&1 &
two=$!
check "the second waits" eventually 60 waits "$work/two"
kill -KILL $one
wait $one 2>/dev/null
make_fast
wait $two
is "the second one ends well" "$?" 0
like "by fetching the layers itself" "$(cat "$work/two")" '^[0-9a-f]{12}: Downloading$'
is "once" "$((before + 6 - $(blobs) >= 0))" 1
check "the image is complete" coracle inspect "$image"

# --- unchanged: one request where none is refused
requests=$(grep -cE '^(GET|HEAD) ' "$work/liar.log")
check "pull it again" coracle pull -q "$image"
is "with one request" "$(grep -E '^(GET|HEAD) ' "$work/liar.log" | tail -n +$((requests + 1)))" \
    "HEAD /v2/lie/honest/manifests/1"
finish
