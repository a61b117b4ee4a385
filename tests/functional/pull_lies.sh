#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The command line facing a registry that lies: one clear line, exit code 1, a store that is unchanged. registry_lies.py
# holds the puller alone to every case; here the real store is below it.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

port=$(free_port)
python3 "$CORACLE_SOURCE/tests/support/lying_registry.py" "$port" >"$work/liar.log" 2>&1 &
helpers+=($!)
check "the registry starts" eventually 20 curl -s -o /dev/null "http://127.0.0.1:$port/v2/"
check "an embedded image is in the store" coracle run --rm --network none welcome true
contents() { (cd "$store" && find blobs layers staging -mindepth 1 -maxdepth 2 2>/dev/null | sort); }
images() { coracle images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}'; } # not their age, which goes on
before=$(contents)
listed=$(images)

for lie in bothtypes dupkeys typemismatch baddigest shortdigest hugesize negsize toosmall toobig deepjson manylayers \
    hugeman fewdiffids wrongconfig wrongbytes wrongdcd longer truncated loop401 redirloop denied garbage; do
    refused 1 "$lie: one clear line" "lie/$lie" timeout 60 "${cli[@]}" pull -q "127.0.0.1:$port/lie/$lie:1"
    is "$lie: no image more" "$(images)" "$listed"
done
check "an honest image of the same registry" coracle pull -q "127.0.0.1:$port/lie/honest:1"
# --- an unchanged image costs one request
asked() { grep -E '^[A-Z]+ /v2/' "$work/liar.log"; }
before_second=$(asked | wc -l)
id=$(coracle inspect -f '{{.Id}}' "127.0.0.1:$port/lie/honest:1")
check "pull it again" coracle pull "127.0.0.1:$port/lie/honest:1"
is "with one request" "$(asked | tail -n +$((before_second + 1)))" "HEAD /v2/lie/honest/manifests/1"
is "and it is the same image" "$(coracle inspect -f '{{.Id}}' "127.0.0.1:$port/lie/honest:1")" "$id"
before_second=$(asked | wc -l)
digest=$(coracle inspect -f '{{index .RepoDigests 0}}' "127.0.0.1:$port/lie/honest:1")
check "pull it by its digest" coracle pull -q "$digest"
is "with none" "$(asked | tail -n +$((before_second + 1)))" ""
check "can be removed" coracle rmi "127.0.0.1:$port/lie/honest:1"
same_contents() { [ "$(contents)" = "$before" ]; }
check "and the store holds what it held before" eventually 20 same_contents
is "byte for byte" "$(diff <(echo "$before") <(contents))" ""
finish
