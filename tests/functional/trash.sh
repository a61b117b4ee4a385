#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What rm, rmi and volume rm removed can be brought back until it is purged; names and ids are free at once.
keeps_trash=yes
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns overlay

numbers() { coracle trash ls -q | wc -l; }
disk() {
    unshare --map-root-user --map-auto \
        du -s --block-size=1 "$store"/{blobs,layers,containers,volumes,removed,trash} |
        awk '{sum += $1} END {print sum}'
}
restored() { like "undo says so" "$out" "^Restored $1"; }

# --- a container with what it wrote, its log and its exit code
exits 3 "a container" coracle run --name web welcome sh -c 'echo hello; echo kept >/file; exit 3'
id=$(coracle inspect -f '{{.Id}}' web)
check "rm" coracle rm web
is "prints its name" "$out" web
is "ps -a does not show it" "$(coracle ps -aq)" ""
refused 1 "nobody knows its name" "web" coracle inspect web
refused 1 "nor its id" "no container" coracle inspect "$id"
check "its folder was moved" test ! -e "$store/containers/$id"
check "into removed/" test -d "$store/removed/$id"
check "trash ls" coracle trash ls
like "lists it" "$out" "container +web +${id:0:12} +.*(kB|MB)"
check "trash ls --no-trunc" coracle trash ls --no-trunc
like "has the whole id" "$out" "$id"
check "undo" coracle undo
restored "container 'web'"
check "it has its log" coracle logs web
is "of then" "$out" hello
is "its exit code" "$(coracle inspect -f '{{.State.ExitCode}} {{.State.Status}} {{.Id}}' web)" "3 exited $id"
check "what it wrote" coracle diff web
like "is there" "$out" "A /file"
exits 3 "it can be started again" coracle start -a web
check "rm -f of one that runs" coracle run -d --name runs welcome tail -f /dev/null
check "removes it" coracle rm -f runs web
refused 1 "the trash has" "no container" coracle inspect runs
check "undo brings back the whole command" coracle undo
like "the one" "$out" "^Restored container 'web'"
like "and the other" "$out" "^Restored container 'runs'"
is "which is stopped" "$(coracle inspect -f '{{.State.Status}} {{.State.ExitCode}}' runs)" "exited 137"
check "start" coracle start runs
check "works" coracle exec runs true
check "rm -f" coracle rm -f runs web
refused 1 "undo of what is not there" "no 'nothing'" coracle undo nothing

# --- a name that was taken meanwhile
check "a new one of the same name" coracle run --name web welcome true
refused 1 "undo says who has it" "'web' stays in the trash: the name 'web' belongs to" coracle undo web
like "and what to do" "$err" "^hint: .*--name NEW"
check "under another name" coracle undo --name web2 web
restored "container 'web2', which was 'web'"
check "both" coracle rm web web2
check "go together" coracle undo
is "and come back together" "$(coracle ps -a --format '{{.Names}}' | sort | tr '\n' ' ')" "web web2 "
check "the rest is emptied" coracle trash empty -f
like "and named" "$out" "^Deleted: container 'runs'"
is "nothing is left" "$(numbers)" 0
refused 1 "undo has nothing" "nothing in the trash" coracle undo
check "rm" coracle rm web web2

# --- volumes: the name is free at once, and its data is not mixed up
check "a volume with data" coracle run --rm -v data:/data welcome sh -c 'echo one >/data/file'
check "volume rm" coracle volume rm data
is "volume ls does not show it" "$(coracle volume ls -q)" ""
check "a new one" coracle volume create data
check "is empty" coracle run --rm -v data:/data welcome sh -c 'test ! -e /data/file && echo two >/data/file'
refused 1 "undo" "volume 'data' exists" coracle undo data
check "volume rm" coracle volume rm data
check "undo of the last" coracle undo
check "has the second data" coracle run --rm -v data:/data welcome cat /data/file
is "and no other" "$out" two
check "the first" coracle undo --name first data
check "has its own" coracle run --rm -v first:/data welcome cat /data/file
is "data" "$out" one
check "volume empty" coracle volume empty -f data
like "trash ls has what was in it" "$(coracle trash ls)" '[0-9]+ +content +data +data '
check "it is empty" coracle run --rm -v data:/data welcome sh -c 'test ! -e /data/file && echo three >/data/file'
refused 1 "undo does not run over new files" \
    "what was in volume 'data' stays in the trash: .*has files again" coracle undo
like "and says what to do" "$err" "^hint: .*--name NEW [0-9]+, or empty the volume first"
check "volume empty" coracle volume empty -f data first
check "undo brings both back" coracle undo
is "and says so" "$(sort <<<"$out" | tr '\n' ' ')" \
    "Restored what was in volume 'data' Restored what was in volume 'first' "
is "as they were" "$(coracle run --rm -v data:/a -v first:/b welcome cat /a/file /b/file | tr '\n' ' ')" "three one "
check "the older one" coracle undo --name older data
restored "volume 'older', which was 'data'"
is "is a volume of its own" "$(coracle run --rm -v older:/a welcome cat /a/file)" two
check "protect" coracle protect data
refused 1 "volume empty leaves what is protected" "protected" coracle volume empty -f data
check "volume export takes what is protected" coracle volume export data -o "$work/protected.tar"
refused 1 "volume import writes over nothing that is protected" "volume 'data' is protected" \
    coracle volume import data "$work/protected.tar"
like "and says the ways out" "$err" "coracle unprotect data.*new volume"
check "unprotect" coracle unprotect data
check "after that it does" coracle volume import data "$work/protected.tar"
check "volume rm" coracle volume rm data first older

# --- anonymous volumes go and come with their container, those of --rm do not stay
check "an anonymous volume" coracle run --name anonymous -v /data welcome sh -c 'echo mine >/data/file'
check "rm -v" coracle rm -v anonymous
is "takes it along" "$(coracle volume ls -q)" ""
check "undo" coracle undo
check "brings back both" coracle start anonymous
like "under its id" "$(coracle volume ls -q)" '^[0-9a-f]{64}$'
check "rm -v" coracle rm -v anonymous
before=$(numbers)
check "run --rm with an anonymous volume" coracle run --rm -v /data welcome true
check "run --rm -d" coracle run --rm -d --name gone -v /data welcome tail -f /dev/null
check "rm -f" coracle rm -f gone
is "keeps nothing" "$(numbers)" "$before"
check "trash empty" coracle trash empty -f

# --- images: layers stay as long as the trash has them, and go with it
check "an image" coracle tag welcome copy:1
check "untag" coracle rmi copy:1
is "is a removal" "$out" "Untagged: copy:1"
check "undo" coracle undo
restored "name 'copy:1'"
coracle rmi copy:1 >/dev/null
layers=$(find "$store/layers" -mindepth 1 -maxdepth 1 | wc -l)
check "rmi" coracle rmi welcome
like "says what docker says" "$out" "^Deleted: sha256:"
is "images is empty" "$(coracle images -q)" ""
refused 125 "it cannot be run" "no image" coracle run --rm --pull never welcome true
is "its layers are there" "$(find "$store/layers" -mindepth 1 -maxdepth 1 | wc -l)" "$layers"
check "undo" coracle undo
restored "image 'welcome"
check "it runs" coracle run --rm --pull never welcome true
check "a container of it" coracle run --name keeps welcome true
check "rm" coracle rm keeps
check "rmi" coracle rmi welcome
check "undo of the container alone" coracle undo keeps
check "it starts without its image" coracle start -a keeps
check "rm" coracle rm keeps

# --- empty says exactly what and how much, and asks
check "nothing is under way any more" eventually 20 is_empty "$store/trash"
freed=$(coracle trash ls --format '{{.Bytes}}' | awk '{sum += $1} END {print sum}')
taken=$(disk)
kept=$(numbers)
exits 1 "empty without a yes" coracle trash empty
like "names each" "$out" "container 'keeps'"
like "and asks" "$out" "\[y/N\]"
is "and leaves all" "$(numbers)" "$kept"
capture sh -c 'echo y | "$@"' empty "${cli[@]}" trash empty
like "empty with a yes" "$out" "^Total reclaimed space: "
check "the background is done" eventually 20 is_empty "$store/trash"
is "what was announced is what the disk has back" "$((taken - $(disk)))" "$freed"
check "no layer is left" is_empty "$store/layers"
check "nor anything removed" is_empty "$store/removed"

# --- protected things
check "a container" coracle run --name dear -v precious:/data welcome true
check "protect" coracle protect dear precious welcome
refused 1 "rm -f refuses" "container 'dear' is protected" coracle rm -f dear
like "and says how" "$err" "coracle unprotect dear"
refused 1 "rmi refuses" "protected" coracle rmi -f welcome
check "unprotect" coracle unprotect dear
check "rm" coracle rm dear
refused 1 "volume rm refuses" "volume 'precious' is protected" coracle volume rm precious
check "unprotect" coracle unprotect precious welcome
check "volume rm" coracle volume rm precious
refused 1 "protect what is not there" "no container, volume or image" coracle protect nothing

# --- settings
mkdir -p "$XDG_CONFIG_HOME/coracle"
echo '{"trash": {"days": 0}}' >"$XDG_CONFIG_HOME/coracle/store.json"
check "with no days" coracle trash empty -f
check "a container" coracle run --name none welcome true
check "rm" coracle rm none
is "nothing is kept" "$(numbers)" 0
echo '{"trash": {"days": 7, "percent": 200}}' >"$XDG_CONFIG_HOME/coracle/store.json"
check "a container" coracle run --name bad welcome true
refused 1 "a wrong setting is told" "store.json.*line 1.*'percent'" coracle rm bad
rm "$XDG_CONFIG_HOME/coracle/store.json"
check "rm" coracle rm bad
# What is too old goes with the next removal.
python3 -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=60) as database:
    database.execute("UPDATE removals SET removedAt = removedAt - 8 * 86400 * 1000000000")' "$store/state.db"
check "a container" coracle run --name young welcome true
check "rm" coracle rm young
one() { [ "$(coracle trash ls --format '{{.Name}}')" = young ]; }
check "the old one goes, the young one stays" eventually 20 one
finish
