#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A registry that lies, breaks off or fails: one clear line, exit code 1, a store that is unchanged.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

# The embedded image's layout serves as the content.
layout=$CORACLE_BIN/../share/coracle/welcome
"$CORACLE_SOURCE/tests/support/lying_registry" "$layout" "$work/port" &
helpers+=($!)
check "the registry starts" eventually 10 test -s "$work/port"
address=127.0.0.1:$(cat "$work/port")
check "its honest image can be pulled" coracle pull -q "$address/good"
check "and removed" coracle rmi -f "$address/good"
contents() { (cd "$store" && find blobs layers staging -type f 2>/dev/null | sort); }
before=$(contents)

# lie NAME PATTERN: the pull fails within 20 seconds, in one line like PATTERN, and leaves the store as it was.
lie() {
    refused 1 "$1: one clear line" "$2" timeout 20 "${cli[@]}" pull -q "$address/$1"
    exits 0 "$1: no image" coracle images -q
    is "$1: none at all" "$out" ""
}
lie negative-size 'size'
lie huge-size 'size|space|large'
lie small-size 'size|longer|digest|bytes'
lie large-size 'size|short|truncated|bytes|ended'
lie path-digest 'digest'
lie short-digest 'digest'
lie other-layer 'layer|gzip|archive|media|diff|digest'
lie both-kinds 'manifest'
lie twice-a-key 'schemaVersion|twice|duplicate'
lie no-config 'config'
lie deep 'deep|nest|json'
lie huge-manifest 'large|limit|size|bytes'
lie no-json 'json|manifest'
lie old-schema 'schema|unsupported|manifest'
lie header-digest 'digest'
lie wrong-content 'digest'
lie wrong-config 'digest'
lie longer 'size|longer|bytes|digest'
lie truncated 'truncated|ended|short|partial|transfer|closed|bytes'
lie gone 'not found|no such|unknown'
lie forbidden 'denied|forbidden|permission|403'
lie unavailable '503|unavailable'
lie teapot '418'
lie redirect-loop 'redirect'
lie login-loop 'login|unauthori[sz]ed|authentication|credentials'

check "the honest image can still be pulled" coracle pull -q "$address/good"
check "it runs" coracle run --rm --network none "$address/good" true
check "it can be removed" coracle rmi -f "$address/good"
is "and the store holds what it held before" "$(contents)" "$before"
finish
