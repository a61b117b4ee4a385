#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The prunes remove what nobody uses and say exactly what and how much; system df adds up to what the disk says.
keeps_trash=yes
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns overlay

as_root() { unshare --map-root-user --map-auto "$@"; }
disk() { as_root du -s --block-size=1 "$store" | cut -f1; }
df_sum() { coracle system df --format '{{.Bytes}}' | awk '{sum += $1} END {print sum}'; }
# The trash is tidied after a command has ended, by a process of its own that writes to the store.
adds_up() { [ "$(df_sum)" = "$(disk)" ]; }
df_of() { coracle system df --format '{{.Type}} {{.Bytes}} {{.TotalCount}} {{.Active}}' | grep "^$1 "; }
# What the disk has back when the trash is emptied; records of the store are not content.
content() {
    as_root du -s --block-size=1 "$store"/{blobs,layers,containers,volumes,removed,trash} |
        awk '{sum += $1} END {print sum}'
}
human() {
    python3 -c 'import sys
size, units = float(sys.argv[1]), ["B", "kB", "MB", "GB"]
while size >= 1000:
    size, units = size / 1000, units[1:]
print(f"{size:.3g}{units[0]}")' "$1"
}
exact() { # DESCRIPTION PRUNE...: what the prune announces is what the disk has back once the trash is emptied
    local what=$1 before announced
    shift
    coracle trash empty -f >/dev/null
    eventually 20 is_empty "$store/trash"
    before=$(content)
    check "$what" coracle "$@" -f
    announced=$(sed -n 's/^Total reclaimed space: //p' <<<"$out")
    check "trash empty" coracle trash empty -f
    is "$what: the trash had as much" "$(sed -n 's/^Total reclaimed space: //p' <<<"$out")" "$announced"
    eventually 20 is_empty "$store/trash"
    local bytes=$((before - $(content)))
    is "$what: and the disk has it back" "$(human "$bytes")" "$announced"
}

check "an empty store" coracle system df
like "has docker's columns" "$out" "^TYPE +TOTAL +ACTIVE +SIZE +RECLAIMABLE"
check "and adds up" eventually 20 adds_up

# --- system df
check "a container that runs" coracle run -d --name runs -v used:/data welcome tail -f /dev/null
check "one that has ended" coracle run --name ended welcome sh -c 'head -c 300000 /dev/urandom >/file'
check "a volume" coracle run --rm -v free:/data welcome sh -c 'head -c 100000 /dev/urandom >/data/file'
check "an anonymous one" coracle volume create
anonymous=$out
check "something in the trash" coracle run --name gone welcome sh -c 'head -c 50000 /dev/urandom >/file'
check "rm" coracle rm gone
eventually 20 is_empty "$store/trash"
check "df adds up to what du says" eventually 20 adds_up
like "counts images" "$(df_of Images)" " 1 1$"
like "containers" "$(df_of Containers)" " 2 1$"
like "volumes" "$(df_of Local)" " 3 1$"
like "the trash" "$(df_of Trash)" " 1 0$"
check "df -v" coracle system df -v
like "has images" "$out" "^REPOSITORY +TAG +IMAGE ID"
like "containers" "$out" "ended$"
like "volumes" "$out" "^free +0 +[0-9.]+kB"
like "the trash" "$out" "container +gone"
check "df as JSON" coracle system df --format json
like "has docker's names" "$out" '"Type":"Local Volumes"'

# --- the question
exits 1 "container prune without a yes" coracle container prune
like "warns" "$out" "^WARNING! This will remove all stopped containers."
like "says which" "$out" "^  - container 'ended'"
unlike "and no other" "$out" "'runs'"
like "and says so" "$err" "container prune has been cancelled"
check "nothing is gone" coracle inspect ended
capture sh -c 'echo y | "$@"' prune "${cli[@]}" container prune
like "with a yes" "$out" "Deleted Containers:$"
refused 1 "it is" "no container" coracle inspect ended
check "undo" coracle undo
check "brings it back" coracle inspect ended

# --- filters, protected things
check "container prune by age" coracle container prune -f --filter until=1h
check "leaves what is young" coracle inspect ended
check "by label" coracle container prune -f --filter label=none
check "leaves the others" coracle inspect ended
check "system prune by age" coracle system prune -f --filter until=1h
check "leaves what is young" coracle inspect ended
check "volume prune -a by label" coracle volume prune -a -f --filter label=none
check "leaves the others" coracle volume inspect free
check "image prune -a by label" coracle image prune -a -f --filter label!=none
like "leaves images in use" "$out" "^Total reclaimed space: 0B"
check "nothing to remove is not asked about" coracle container prune --filter label=none </dev/null
is "and done" "$out" "Total reclaimed space: 0B"
refused 1 "an unknown filter" "invalid filter 'color'" coracle container prune -f --filter color=red
check "protect" coracle protect ended
check "container prune" coracle container prune -f
like "says what is protected" "$err" "container 'ended' is protected"
check "and leaves it" coracle inspect ended
check "unprotect" coracle unprotect ended

# --- exactly as much as announced
exact "container prune" container prune
check "volume prune" coracle volume prune -f
like "removes anonymous volumes" "$out" "$anonymous"
check "and no named one" coracle volume inspect free
exact "volume prune -a" volume prune -a
check "but not one in use" coracle volume inspect used
check "image prune -a" coracle image prune -a -f
like "leaves an image in use" "$out" "^Total reclaimed space: 0B"
check "rm -f" coracle rm -f runs
check "an image without a name" coracle commit "$(coracle create welcome true)"
is "is there" "$(coracle images -q | sort -u | wc -l)" 2
check "a container of it" coracle run --name one "$(coracle images -q --filter dangling=true)" true
check "image prune" coracle image prune -f
like "leaves it as long as they are there" "$out" "^Total reclaimed space: 0B"
exact "system prune" system prune
is "took the nameless image with its container" "$(coracle images -q | sort -u | wc -l)" 1
check "a container" coracle run --name last welcome sh -c 'head -c 70000 /dev/urandom >/file'
check "an anonymous volume" coracle volume create
exact "system prune -a --volumes" system prune -a --volumes
is "images are gone" "$(coracle images -q)" ""
check "named volumes are not" coracle volume inspect used
check "volume rm" coracle volume rm used
check "df adds up at the end" eventually 20 adds_up
finish
