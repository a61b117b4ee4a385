#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Volumes, bind mounts and tmpfs.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

mkdir "$work/shared"
echo outside >"$work/shared/file"
check "a bind mount shows the folder" coracle run --rm -v "$work/shared:/data" welcome cat /data/file
is "with its content" "$out" outside
check "root inside writes into it" coracle run --rm -v "$work/shared:/data" welcome sh -c 'echo new >/data/new'
is "and the file belongs to the user outside" "$(stat -c %u "$work/shared/new")" "$(id -u)"
exits 1 "a read-only bind mount refuses" coracle run --rm -v "$work/shared:/data:ro" welcome touch /data/file
like "because it is read only" "$err" 'Read-only'
refused 125 "a source that is missing" "$work/nothing" coracle run --rm -v "$work/nothing:/data" welcome true
refused 125 "a target that is relative" 'data' coracle run --rm -v "$work/shared:data" welcome true
check "a single file can be mounted" coracle run --rm -v "$work/shared/file:/etc/one:ro" welcome cat /etc/one
is "and read" "$out" outside

check "volume create" coracle volume create site
is "prints the name" "$out" site
check "a new volume is filled from the image" coracle run --rm -v site:/etc welcome sh -c 'echo kept >/etc/kept'
check "another container sees both" coracle run --rm -v site:/data welcome cat /data/kept /data/os-release
like "the file" "$out" '^kept'
like "and what was copied from the image" "$out" 'coracle-welcome'
check "volume ls" coracle volume ls
like "lists it" "$out" 'site'
check "volume inspect" coracle volume inspect site
mountpoint=$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])[0]["Mountpoint"])' "$out")
is "names its folder, which the user can read" "$(cat "$mountpoint/kept")" kept
check "a volume that does not exist is made" coracle run -d --name user -v fresh:/data welcome tail -f /dev/null
refused 1 "volume rm refuses one in use" 'user|use' coracle volume rm fresh
check "rm -f" coracle rm -f user
check "then it goes" coracle volume rm fresh
check "volume rm" coracle volume rm site
refused 1 "volume rm of what is gone" 'site' coracle volume rm site

# --- a part of a volume, whose links are a stranger's
check "a volume with folders" coracle run --rm -v whole:/v welcome sh -c 'mkdir -p /v/a/b; echo deep >/v/a/b/file
    ln -s /etc /v/out; ln -s ../../../../../../../../etc /v/a/up; ln -s /a/b /v/in'
part=type=volume,src=whole,dst=/etc/part
check "a folder of it" coracle run --rm --mount "$part,volume-subpath=a/b" welcome \
    sh -c 'cat /etc/part/file; echo more >/etc/part/new'
is "is what is mounted" "$out" deep
check "what is written is in the volume" coracle run --rm -v whole:/v welcome cat /v/a/b/new
check "a file of it" coracle run --rm --mount "$part,volume-subpath=a/b/file,readonly" welcome cat /etc/part
is "can be mounted" "$out" deep
check "a link that stays inside" coracle run --rm --mount "$part,volume-subpath=in" welcome cat /etc/part/file
for way in out a/up out/passwd; do
    refused 125 "a link that leads out: $way" "there is no '$way'" \
        coracle run --rm --mount "$part,volume-subpath=$way" welcome ls /etc/part
done
refused 125 "what is not there" "there is no 'none'" coracle run --rm --mount "$part,subpath=none" welcome true
refused 125 "a part with U" 'options U or O' coracle run --rm --mount "$part,volume-subpath=a,U" welcome true
check "ids of its own" coracle run --rm --userns keep-id --mount "$part,volume-subpath=a/b" welcome cat /etc/part/file
check "a container with a part" coracle create --name parted --mount "$part,volume-subpath=a" welcome \
    cat /etc/part/b/file
check "starts" coracle start -a parted
check "inspect" coracle inspect -f '{{json .HostConfig.Mounts}}' parted
like "says which" "$out" '"VolumeOptions":\{[^}]*"Subpath":"a"'
check "rm" coracle rm parted
check "volume rm" coracle volume rm whole

check "an anonymous volume" coracle run --name anonymous -v /data welcome touch /data/file
check "is listed" coracle volume ls -q
like "under an id" "$out" '^[0-9a-f]{64}$'
check "rm -v takes it along" coracle rm -v anonymous
check "volume ls" coracle volume ls -q
is "is empty" "$out" ""
check "run --rm with an anonymous volume" coracle run --rm -v /data welcome true
check "volume ls" coracle volume ls -q
is "is empty again" "$out" ""

check "--tmpfs with a size" coracle run --rm --tmpfs /scratch:size=64k welcome sh -c 'df -k /scratch | tail -n 1'
like "has it" "$out" ' 64 '

# --- of a container that exists
check "a container with a volume" coracle run -d --name moves -v old:/old -v "$work/shared:/shared" welcome sh -c '
    [ -e /own ] || echo kept >/own; echo old >/old/file; exec sleep 1000'
check "is written to" eventually 20 coracle exec moves test -f /own -a -f /old/file
check "update --volume" coracle update -v "$work/shared:/other:ro" -v site:/etc \
    --volume-rm /old --volume-rm /shared moves
like "says what it takes" "$err" "when 'moves' is started again: coracle restart moves"
like "and what becomes of the volume" "$err" "volume 'old' stays"
is "inspect knows it" "$(coracle inspect -f '{{range .Mounts}}{{.Destination}} {{end}}' moves)" "/other /etc "
refused 1 "a place that is taken" "/other' already" coracle update -v fresh:/other moves
refused 1 "one with nothing" "nothing at|no folder or volume at '/none'" coracle update --volume-rm /none moves
refused 1 "a folder that is missing" "$work/nothing" coracle update -v "$work/nothing:/data" moves
refused 1 "volume rm of the new one" "use" coracle volume rm site
check "update --env" coracle update -e LEVEL=debug --unsetenv HOSTNAME moves
like "says when, too" "$err" "variables change.* when 'moves' is started again"
refused 125 "a variable without a name" "'=x' has no name" coracle update -e =x moves
check "restart" coracle restart -t 0 moves
is "has other variables" "$(tr '\0' '\n' <"/proc/$(coracle inspect -f '{{.State.Pid}}' moves)/environ" |
    grep -E '^(LEVEL|HOSTNAME)=')" LEVEL=debug
check "its own file stays, the folder is there" coracle exec moves cat /own /other/file
is "with its content" "$out" "kept
outside"
check "a volume is filled from the image" coracle exec moves cat /etc/os-release
exits 1 "what was removed is not there" coracle exec moves test -e /shared/file
check "rm -f" coracle rm -f moves
check "the volume that it had is free, with its file" coracle run --rm -v old:/old welcome cat /old/file
check "volume rm" coracle volume rm old site

# --- archives and copies
check "a volume with owners, modes and links" coracle run --rm -v full:/data welcome sh -c '
    chown 5:6 /data; chmod 1750 /data; echo text >/data/file; chown 7:8 /data/file; chmod 4751 /data/file
    ln /data/file /data/hard; ln -s file /data/soft; mkdir /data/dir; echo kept >/data/.wh.name'
listing="cd /data; find . -exec stat -c '%n %u:%g %a %h' {} + | sort; cat .wh.name; readlink soft"
before=$(coracle run --rm -v full:/data welcome sh -c "$listing")
check "volume export" coracle volume export full -o "$work/full.tar"
like "is a tar with the folder itself" "$(tar tvf "$work/full.tar" --numeric-owner)" '^drwxr-x--T 5/6 .* \./$'
check "volume create" coracle volume create copy
check "volume import" sh -c "gzip -c '$work/full.tar' | ${cli[*]@Q} volume import copy -"
volume_events() {
    coracle events --since 1h --until 0s --filter type=volume --format '{{.Action}} {{.Actor.ID}}'
}
like "is told" "$(volume_events)" '^import copy$'
like "as is one that a container brings along" "$(volume_events)" '^create full$'
is "once" "$(volume_events | grep -c ' full$')" 1
is "brings everything back" "$(coracle run --rm -v copy:/data welcome sh -c "$listing")" "$before"
echo junk >"$work/junk"
refused 1 "an archive that is none" "copy" coracle volume import copy "$work/junk"
head -c 2000 "$work/full.tar" >"$work/cut.tar"
refused 1 "one that is cut off" "copy" coracle volume import copy "$work/cut.tar"
is "changes nothing" "$(coracle run --rm -v copy:/data welcome sh -c "$listing")" "$before"
refused 1 "volume import of what is not there" "nobody" coracle volume import nobody "$work/full.tar"
check "a user of the volume" coracle run -d --name uses -v copy:/data welcome sleep 1000
refused 1 "volume import under a running container" "running container 'uses'" \
    coracle volume import copy "$work/full.tar"
check "rm -f" coracle rm -f uses
check "volume clone" coracle volume clone full twin
is "prints the name" "$out" twin
is "has the same files" "$(coracle run --rm -v twin:/data welcome sh -c "$listing")" "$before"
refused 1 "volume clone onto another" "exists" coracle volume clone full copy
is "volume inspect -s measures" "$(coracle volume inspect -s -f '{{.UsageData.RefCount}}' full)" 0
is "nothing is left in staging" "$(ls "$store/staging")" ""

# --- a file that is mostly a hole
check "a sparse file of 1 GiB" coracle run --rm -v sparse:/data welcome \
    sh -c 'echo begin >/data/f; dd if=/dev/zero of=/data/f bs=1 count=1 seek=1073741823 conv=notrunc'
costs() { # FILE: its size, and whether it takes little room
    stat -c '%s %b' "$1" | { read -r size blocks && echo "$size $((blocks < 256))"; }
}
data() { coracle volume inspect -f '{{.Mountpoint}}' "$1"; }
is "which takes a few kB" "$(costs "$(data sparse)/f")" "1073741824 1"
check "volume export" coracle volume export sparse -o "$work/sparse.tar"
is "is short" "$(($(stat -c %s "$work/sparse.tar") < 65536))" 1
check "tar reads it" tar -C "$work" -xSf "$work/sparse.tar" f
check "as it was" cmp "$work/f" "$(data sparse)/f"
check "so does Python" \
    python3 -c "import sys, tarfile; assert tarfile.open(sys.argv[1]).getmember('f').size == 1 << 30" \
    "$work/sparse.tar"
check "volume clone" coracle volume clone sparse thin
is "has the hole" "$(costs "$(data thin)/f")" "1073741824 1"
coracle volume create back >/dev/null
check "volume import" coracle volume import back "$work/sparse.tar"
is "has the hole" "$(costs "$(data back)/f")" "1073741824 1"
check "a container with the file" coracle create --name holds -v sparse:/data welcome true
check "cp to here" coracle cp holds:/data/f "$work/here"
is "has the hole" "$(costs "$work/here")" "1073741824 1"
check "cp from here" coracle cp "$work/here" holds:/data/again
is "has the hole" "$(costs "$(data sparse)/again")" "1073741824 1"
check "rm" coracle rm holds
check "volume rm" coracle volume rm sparse thin back
rm -f "$work/here" "$work/f"

# --- emptied
check "a container of a volume" coracle run -d --name writes -v full:/data welcome sleep 1000
refused 1 "volume empty under a running container" "running container 'writes'" coracle volume empty -f full
check "stop" coracle stop -t 0 writes
capture "${cli[@]}" volume empty full
is "volume empty asks first" "$status" 1
like "says what goes" "$out" "volume 'full': 4 files, .*; of container 'writes'"
is "no answer is no" "$(coracle run --rm -v full:/data welcome sh -c "$listing")" "$before"
check "volume empty with a yes" sh -c "echo y | ${cli[*]@Q} volume empty full"
like "prints the name" "$out" 'full$'
check "nothing is left in it, but the folder's owner and mode" \
    coracle run --rm -v full:/data welcome sh -c 'ls -A /data; stat -c %u:%g:%a /data'
is "as they were" "$out" "5:6:1750"
check "rm" coracle rm writes
check "volume import" coracle volume import full "$work/full.tar"
refused 1 "volume empty of what is not there" "nobody" coracle volume empty nobody
refused 1 "the same by force" "nobody" coracle volume empty -f nobody

# --- given up by Ctrl+C: nothing half
given_up() { # DESCRIPTION WHEN UNDO ARGUMENT...: interrupt the verb once WHEN is true
    local what=$1 when=$2 undo=$3 client code
    shift 3
    # One that was done before the signal came is undone, and is no answer.
    for _ in $(seq 20); do
        "${cli[@]}" volume "$@" >"$work/stdout" 2>"$work/stderr" </dev/null &
        client=$!
        while kill -0 $client 2>/dev/null && ! eval "$when"; do :; done
        kill -INT $client 2>/dev/null
        wait $client
        code=$?
        [ $code = 0 ] || break
        eval "$undo"
    done
    is "$what fails" "$code" 130
    like "and says so" "$(cat "$work/stderr")" cancelled
    is "nothing is left in staging" "$(ls "$store/staging")" ""
}
check "a large volume" coracle run --rm -v large:/data welcome sh -c 'head -c 400000000 /dev/zero >/data/file'
given_up "volume export" '[ -n "$(compgen -G "$work/.half.tar.*")" ]' 'rm "$work/half.tar"' \
    export large -o "$work/half.tar"
is "and no file appears" "$(compgen -G "$work/*half.tar*")" ""
begun='[ -n "$(compgen -G "$store/staging/*/data")" ]'
given_up "volume clone" "$begun" 'coracle volume rm half >/dev/null' clone large half
refused 1 "and no volume appears" "half" coracle volume inspect half
mkfifo "$work/pipe"
(head -c 1000 "$work/full.tar"; exec tail -f /dev/null) >"$work/pipe" 2>/dev/null &
helpers+=($!)
given_up "volume import" "$begun" false import copy "$work/pipe"
is "and the volume is as before" "$(coracle run --rm -v copy:/data welcome sh -c "$listing")" "$before"
kill "${helpers[-1]}"
mkfifo "$work/silent"
given_up "volume import of a pipe that nobody writes" '[ -n "$(find /proc/$client/fd -lname "$work/silent")" ]' false \
    import copy "$work/silent"
progress=$(script -qec "${cli[*]} volume clone large seen" /dev/null </dev/null)
like "a terminal shows how far it is" "$progress" 'Copying [0-9.]+MB'
check "volume rm" coracle volume rm large seen

# --- drivers
check "-o type=bind" coracle volume create -o type=bind -o device="$work/shared" mine
is "volume inspect has it" "$(coracle volume inspect -f '{{.Options.device}}' mine)" "$work/shared"
check "it is that folder" coracle run --rm -v mine:/data welcome cat /data/file
is "with its content" "$out" outside
refused 1 "volume empty of it" "folder '$work/shared'" coracle volume empty -f mine
refused 1 "volume export of it" "folder '$work/shared'" coracle volume export mine -o "$work/x.tar"
check "-o type=tmpfs" coracle volume create -o type=tmpfs -o o=size=64k memory
check "it is memory" coracle run --rm -v memory:/data welcome sh -c 'df -k /data | tail -n 1'
like "of that size" "$out" ' 64 '
refused 1 "a device that is missing" "$work/none" coracle volume create -o type=bind -o device="$work/none" bad
refused 1 "an option that is none" "'size'" coracle volume create -o size=1 bad
refused 1 "a file system of root's" "root only" coracle volume create -o type=nfs -o device=:/x bad
check "volume rm" coracle volume rm full copy twin mine memory

# --- as docker and podman have it
check "volume create" coracle volume create --label a=b -o type=tmpfs -o o=size=1m twice
check "once more is no error" coracle volume create -o type=tmpfs -o o=size=1m twice
is "and silent" "$out$err" twice
check "with another label, neither" coracle volume create --label c=d -o type=tmpfs -o o=size=1m twice
like "but it is said" "$err" "'twice' exists, and keeps its labels"
refused 1 "with other options it is one" "exists with the options o=size=1m,type=tmpfs, not with no options" \
    coracle volume create twice
check "unless they do not matter" coracle volume create --ignore twice
check "another one" coracle volume create --label a=c once
only() { is "volume ls -f $1" "$(coracle volume ls -q -f "$1" | tr '\n' ' ')" "$2"; }
only 'label!=a=b' "once "
only opt=type=tmpfs "twice "
only driver=loc ""
only scope=local "once twice "
only anonymous=true ""
only until=1h ""
is "volume inspect -a" "$(coracle volume inspect -a -f '{{.Name}} {{.Labels.a}}')" "once c
twice b"
refused 1 "with names, too" "exclude" coracle volume inspect -a once
refused 1 "without either" "at least 1" coracle volume inspect
check "volume prune by age" coracle volume prune -a -f --filter until=1h
only scope=local "once twice "
check "volume prune by label" coracle volume prune -a -f --filter label=a=b
only scope=local "once "
check "volume rm -a" coracle volume rm -a
is "removes all" "$out" once
refused 1 "volume rm without a name" "at least 1" coracle volume rm

# --- given to the container's user, and covered by an overlay
mkdir -p "$work/given/deep"
echo mine >"$work/given/deep/file"
ln -s /etc/hostname "$work/given/link"
owners="stat -c %u:%g /g /g/deep /g/deep/file /g/link; touch /g/new"
check "-v with U" coracle run --rm -u 5:6 -v "$work/given:/g:U" welcome sh -c "$owners"
is "gives all of it to the user" "$(sort -u <<<"$out")" 5:6
check "a volume with U" coracle run --rm -u 5:6 -v given:/etc:U welcome sh -c 'stat -c %u:%g /etc /etc/os-release'
is "also what the image put there" "$(sort -u <<<"$out")" 5:6
check "back to the user outside" coracle run --rm -v "$work/given:/g:U" welcome true
is "whose it is" "$(stat -c %u "$work/given" "$work/given/deep/file" | sort -u)" "$(id -u)"
refused 125 "U of everything that the user has" "option 'U' would give all of" \
    coracle run --rm -v "$HOME:/g:U" welcome true
check "a container with an overlay" coracle run -d --name covered -v "$work/given:/g:O" -v given:/v:O,U -u 7:8 \
    welcome sh -c 'echo changed >/g/deep/file 2>/dev/null; touch /v/more; exec sleep 1000'
check "sees both" eventually 20 coracle exec covered test -e /v/more
is "the volume is its user's there" "$(coracle exec covered stat -c %u:%g /v /v/os-release | sort -u)" 7:8
is "inspect knows the options" "$(coracle inspect -f '{{(index .Mounts 1).Mode}} {{.HostConfig.Binds}}' covered)" \
    "O,U [$work/given:/g:rw,O given:/v:rw,O,U]"
check "root of it writes" coracle exec -u 0 covered sh -c 'echo changed >/g/deep/file; rm /g/link'
check "restart" coracle restart -t 0 covered
is "its changes stay as long as it does" "$(coracle exec covered sh -c 'cat /g/deep/file; ls /g')" "changed
deep
new"
check "rm -f" coracle rm -f covered
is "the folder is as it was" "$(cd "$work/given" && cat deep/file && echo *)" "mine
deep link new"
exits 1 "and the volume" coracle run --rm -v given:/v welcome test -e /v/more
for driver in overlay fuse-overlayfs; do
    if "$CORACLE_SOURCE/tests/support/capabilities" "${driver/fuse-overlayfs/fuse}" >/dev/null; then
        is "an overlay by $driver" "$(CORACLE_STORAGE_DRIVER=$driver "${cli[@]}" run --rm \
            -v "$work/given:/g:O" welcome sh -c 'echo more >>/g/deep/file; cat /g/deep/file')" "mine
more"
    fi
done
is "with the user's own id" "$(coracle run --rm --userns keep-id -v "$work/given:/g:O" welcome \
    sh -c 'echo own >/g/deep/file; cat /g/deep/file; stat -c %u /g/deep')" "own
$(id -u)"
is "and the folder is as it was" "$(cat "$work/given/deep/file")" mine
refused 125 "an overlay over a file" "no folder" coracle run --rm -v "$work/shared/file:/f:O" welcome true
check "a source that is made" coracle run --rm --mount "type=bind,bind-create-src,src=$work/made/here,dst=/m" \
    welcome touch /m/file
check "is there" test -f "$work/made/here/file"
check "a volume by --mount" coracle run --rm \
    --mount 'src=small,dst=/s,volume-label=a=b,volume-opt=type=tmpfs,"volume-opt=o=size=64k"' welcome df -k /s
like "has its options" "$out" ' 64 '
is "and its labels" "$(coracle volume inspect -f '{{.Labels.a}} {{.Options.type}}' small)" "b tmpfs"
refused 125 "with others it is another" "volume 'small' exists with the options" \
    coracle run --rm --mount 'src=small,dst=/s,volume-opt=type=bind,volume-opt=device=/tmp' welcome true
check "volume rm" coracle volume rm given small

# --- who gets to a mount
mkdir -m 700 "$work/private"
check "a mount that a user does not get to" coracle create --name blocked -u 5:6 -v "$work/private:/p" welcome true
like "is warned of" "$err" "user 5 of the container does not get to '/p'.*keep-id:uid=5,gid=6"
exits 1 "explain" coracle explain blocked:/p
like "names the folder" "$out" "^! drwx------ .* $work/private"
like "and a map" "$out" '--userns keep-id:uid=5,gid=6'
check "which helps" coracle run --rm --userns keep-id:uid=5,gid=6 -v "$work/private:/p" welcome ls /p
check "explain of root" coracle explain -u 0 blocked:/p
refused 1 "explain of the image's files" "in no mount" coracle explain blocked:/etc/passwd
check "rm" coracle rm blocked
finish
