#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill -9 of removals, of their undoing and of emptying the trash, at each system call after which something differs on
# the disk. Whatever is left is the truth: a thing is there with its data, or in the trash with its data, or gone.
keeps_trash=yes
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns overlay strace

# killed_at CALL NUMBER COMMAND...: end the program at that call; nothing that it starts.
killed_at() {
    local call=$1 number=$2
    shift 2
    { strace -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$number" "$@"; } >/dev/null 2>&1
}
numbers() { coracle trash ls -q | wc -l; }
content() { cat "$store/volumes/$1/data/file" 2>/dev/null; }
fill() { coracle volume create "$1" >/dev/null && echo "$2" >"$store/volumes/$1/data/file"; }
calls=(rename 1 rename 2 pwrite64 1 pwrite64 3 pwrite64 5 pwrite64 8 "fsync,fdatasync" 1 "fsync,fdatasync" 2 unlink 1)

# each COMMAND...: run the function for every point.
each() {
    local i
    for ((i = 0; i < ${#calls[@]}; i += 2)); do
        "$@" "${calls[i]}" "${calls[i + 1]}"
    done
}

volume_rm() {
    fill v one || return
    killed_at "$1" "$2" "${cli[@]}" volume rm v
    local title="volume rm killed at $1 $2"
    if coracle volume inspect v >/dev/null 2>&1; then
        is "$title: it is there with its data" "$(content v)" one
        check "$title: volume rm" coracle volume rm v
    fi
    # A new one of the name must not get the data of the one that was removed.
    check "$title: a new one" coracle volume create v
    is "$title: is empty" "$(content v)" ""
    check "$title: and goes" coracle volume rm v
    coracle trash empty -f "$(coracle trash ls -q | head -n 1)" >/dev/null
    check "$title: undo" coracle undo v
    is "$title: has the data" "$(content v)" one
    check "$title: volume rm" coracle volume rm v
    check "$title: trash empty" coracle trash empty -f
}
each volume_rm

volume_undo() {
    fill v one || return
    coracle volume rm v >/dev/null
    killed_at "$1" "$2" "${cli[@]}" undo v
    local title="undo killed at $1 $2"
    if ! coracle volume inspect v >/dev/null 2>&1; then
        is "$title: it is in the trash" "$(numbers)" 1
        check "$title: undo" coracle undo v
    fi
    is "$title: it has its data" "$(content v)" one
    is "$title: and is no removal" "$(numbers)" 0
    check "$title: volume rm" coracle volume rm v
    check "$title: trash empty" coracle trash empty -f
}
each volume_undo

empty_trash() {
    fill v one || return
    coracle volume rm v >/dev/null
    killed_at "$1" "$2" "${cli[@]}" trash empty -f
    local title="trash empty killed at $1 $2"
    if [ "$(numbers)" = 1 ]; then
        check "$title: undo" coracle undo v
        is "$title: has the data" "$(content v)" one
        check "$title: volume rm" coracle volume rm v
        check "$title: trash empty" coracle trash empty -f
    fi
    refused 1 "$title: undo has nothing" "nothing in the trash" coracle undo
    check "$title: check" coracle system check --quick --repair
    check "$title: nothing is left" eventually 20 is_empty "$store/removed"
    check "$title: for good" eventually 20 is_empty "$store/trash"
}
each empty_trash

container_rm() {
    check "a container" coracle run --name c --network none welcome sh -c 'echo kept >/file'
    killed_at "$1" "$2" "${cli[@]}" rm c
    local title="rm killed at $1 $2"
    coracle inspect c >/dev/null 2>&1 || check "$title: undo" coracle undo c
    check "$title: it is there" coracle diff c
    like "$title: with its files" "$out" "A /file"
    coracle rm c >/dev/null
    killed_at "$1" "$2" "${cli[@]}" undo c
    title="undo killed at $1 $2"
    coracle inspect c >/dev/null 2>&1 || check "$title: undo" coracle undo c
    check "$title: it starts" coracle start -a c
    check "$title: rm" coracle rm c
    check "$title: trash empty" coracle trash empty -f
}
each container_rm

image_rm() {
    check "the image" coracle pull -q welcome
    killed_at "$1" "$2" "${cli[@]}" rmi welcome
    local title="rmi killed at $1 $2"
    [ -n "$(coracle images -q)" ] || check "$title: undo" coracle undo
    check "$title: it runs" coracle run --rm --network none --pull never welcome true
    coracle rmi welcome >/dev/null
    killed_at "$1" "$2" "${cli[@]}" undo
    title="undo killed at $1 $2"
    [ -n "$(coracle images -q)" ] || check "$title: undo" coracle undo
    check "$title: it runs" coracle run --rm --network none --pull never welcome true
    coracle rmi welcome >/dev/null
    killed_at "$1" "$2" "${cli[@]}" trash empty -f
    title="trash empty killed at $1 $2"
    check "$title: check" coracle system check --quick --repair
    check "$title: trash empty" coracle trash empty -f
}
each image_rm
finish
