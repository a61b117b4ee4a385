#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A push to a registry that breaks off, forgets, refuses or lies: either the image arrives, or one clear line says what
# is wrong; nobody but the registry gets the credentials.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images

have_image busybox
port=$(free_port)
python3 "$CORACLE_SOURCE/tests/support/lying_uploads.py" "$port" >"$work/liar.log" 2>&1 &
helpers+=($!)
liar=127.0.0.1:$port
check "the registry starts" eventually 20 curl -s -o /dev/null "http://$liar/v2/"
# A layer that does not fit into one small request: busybox with 6 MB more, put together by hand.
python3 "$CORACLE_SOURCE/tests/support/large_image.py" "$work/layout" 6000000 || bail "no image"
push_from "$work/layout:large" large:1 --preserve-digests
check "an image of a large layer" coracle pull -q "$registry_address/large:1"

# As 'login' would, for a registry that has no login of its own.
mkdir -p "$XDG_CONFIG_HOME/coracle"
printf '{"auths":{"%s":{"auth":"%s"}}}' "$liar" "$(printf 'sailor:canary-password' | base64)" \
    >"$XDG_CONFIG_HOME/coracle/auth.json"
output=""
while read -r name expected; do
    target=$liar/lie/$name:1
    coracle tag "$registry_address/large:1" "$target"
    if [ "$name" = stall ]; then
        "${cli[@]}" push "$target" >"$work/push" 2>&1 &
        client=$!
        check "stall: a push is under way" eventually 60 grep -q stalled "$work/liar.log"
        pressed=$(date +%s%N)
        kill -INT $client
        wait $client
        is "stall: Ctrl+C ends it with 130" "$?" 130
        took=$((($(date +%s%N) - pressed) / 1000000))
        echo "# after $took ms"
        is "stall: and not the end of the push's patience, which is 30 s" "$((took < 25000))" 1
        is "stall: with one word" "$(tail -n 1 "$work/push")" "coracle: push '$target': cancelled"
        unlike "stall: no layer failed" "$(cat "$work/push")" 'Failed'
    elif [ -z "$expected" ]; then
        check "$name: push" timeout 120 "${cli[@]}" push "$target"
        output+=$out$err
        like "$name: it is there" "$(cat "$work/liar.log")" "^COMPLETE $name\$"
    else
        refused 1 "$name: one clear line" "lie/$name.*$expected" timeout 120 "${cli[@]}" push -q "$target"
        output+=$out$err
        unlike "$name: no tag" "$(cat "$work/liar.log")" "^COMPLETE $name\$"
    fi
    coracle rmi "$target" >/dev/null
done < <(python3 "$CORACLE_SOURCE/tests/support/lying_uploads.py" --list)
unlike "the stranger gets no credentials" "$(cat "$work/liar.log")" LEAKED
unlike "no secret is printed" "$output" 'canary|c2FpbG9y'
unlike "no control characters" "$output" $'\x1b'
finish
