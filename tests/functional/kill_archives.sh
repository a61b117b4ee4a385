#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill -9 of save, load and commit at each step towards the disk: the image is there whole or not at all, nothing is
# left over, and the next try works.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns strace

killed_at() {
    local call=$1 number=$2
    shift 2
    { strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$number" "$@"; } >/dev/null 2>&1
}
sha_of() { coracle run --rm --network none "$1" sha256sum /big 2>/dev/null | cut -d ' ' -f 1; }
# Blobs and layers that no image names are garbage for a day; work in progress is swept by the next command.
swept() { coracle images -q >/dev/null && is_empty "$store/staging"; }

coracle run --name c --network none welcome sh -c 'head -c 3000000 /dev/urandom >/big; rm -f /etc/profile' >/dev/null
check "commit" coracle commit c whole:1
truth=$(sha_of whole:1)
check "save" coracle save -o "$work/good.tar" whole:1
check "rmi" coracle rmi -f whole:1
calls=("rename,renameat,renameat2" "fsync,fdatasync,syncfs" "mkdir,mkdirat" "openat" "write")

whole_or_absent() { # whole_or_absent NAME WHAT: what is listed is complete
    if coracle image inspect "$1" >/dev/null 2>&1; then
        is "$2: what is listed is whole" "$(sha_of "$1")" "$truth"
    else
        ok "$2: it is not there"
    fi
    check "$2: nothing is left over" swept
}

for call in "${calls[@]}"; do
    numbers=(1 2 4 8)
    [ "$call" != write ] || numbers=(3 20)
    [ "$call" != openat ] || numbers=(10 40)
    for number in "${numbers[@]}"; do
        what="at $call number $number"
        killed_at "$call" "$number" "${cli[@]}" load -q -i "$work/good.tar"
        whole_or_absent whole:1 "load killed $what"
        exits 0 "load again" timeout 60 "${cli[@]}" load -q -i "$work/good.tar"
        is "is whole" "$(sha_of whole:1)" "$truth"
        coracle rmi -f whole:1 >/dev/null 2>&1

        killed_at "$call" "$number" "${cli[@]}" commit c made:1
        whole_or_absent made:1 "commit killed $what"
        exits 0 "commit again" timeout 60 "${cli[@]}" commit c made:1
        is "is whole" "$(sha_of made:1)" "$truth"

        rm -f "$work/saved.tar"
        killed_at "$call" "$number" "${cli[@]}" save -o "$work/saved.tar" made:1
        if [ -e "$work/saved.tar" ]; then
            check "save killed $what: the file is whole" tar -tf "$work/saved.tar"
        else
            ok "save killed $what: there is no file"
        fi
        rm -f "$work"/.saved.tar.*
        coracle rmi -f made:1 >/dev/null 2>&1
    done
done

# --- the helper alone
for verb in pack unpack index; do
    if [ $verb = pack ]; then
        command=("${cli[@]}" commit c made:1)
    else
        command=("${cli[@]}" load -q -i "$work/good.tar")
    fi
    "${command[@]}" >"$work/killed" 2>&1 &
    client=$!
    helper=""
    while [ -z "$helper" ] && kill -0 $client 2>/dev/null; do
        helper=$(pgrep -P $client -f "^$CORACLE_BIN/coracle-store .* $verb" | head -n 1)
    done
    [ -z "$helper" ] || kill -KILL "$helper" 2>/dev/null
    wait $client
    like "a $verb that is killed fails its command or has been quicker" "$?" '^[01]$'
    exits 0 "the next one works" timeout 60 "${command[@]}"
    check "and leaves nothing" swept
    coracle rmi -f made:1 whole:1 >/dev/null 2>&1
done

# --- the terminal's Ctrl+C reaches the helper before the command has noticed
mkfifo "$work/fifo"
"${cli[@]}" export c >"$work/fifo" 2>"$work/killed" &
client=$!
exec 9<"$work/fifo"
helper() { pgrep -P $client -f "^$CORACLE_BIN/coracle-store .* flatten" | head -n 1 | grep .; }
check "export waits for its reader" eventually 20 helper
kill -INT "$(helper)"
cat <&9 >/dev/null
exec 9<&-
wait $client
is "Ctrl+C has its exit code" "$?" 130
like "and its word" "$(cat "$work/killed")" ': cancelled$'
coracle rm -f c >/dev/null
finish
