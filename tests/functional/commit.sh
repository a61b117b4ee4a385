#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# commit, export, import, diff, history, untag, image tree: with both overlay drivers, what a container changed is what
# the new image shows.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

id_of() { coracle inspect -f '{{.Id}}' "$1"; }
top_layer() { coracle image inspect -f '{{json .RootFS.Layers}}' "$1" | grep -o 'sha256:[0-9a-f]*' | tail -n 1; }
# Names of the extended attributes below a folder, whose files belong to subordinate ids.
attributes() {
    unshare --map-root-user --map-auto python3 - "$1" <<'PY'
import os, sys
for folder, names, files in os.walk(sys.argv[1]):
    for path in [folder] + [os.path.join(folder, name) for name in names + files]:
        print(path, *os.listxattr(path, follow_symlinks=False))
PY
}
in_image() { coracle run --rm --network none "$@"; }

changes='set -e
mkdir -p /data/sub
echo one >/data/first; ln /data/first /data/second; ln -s first /data/link
chown 33:44 /data/first; chmod 4750 /data/first
echo gone >/data/sub/x
dd if=/dev/zero of=/data/sparse bs=1 count=1 seek=8388607 2>/dev/null
rm -rf /etc/replaced; mkdir -p /etc/replaced; echo new >/etc/replaced/new
rm -f /etc/removed
mkfifo /data/pipe
touch -h -d @1600000000 /data/link /data/pipe
touch -d @1600000000 /data/first /data/sub/x /data/sub /data /data/sparse /etc/replaced/new /etc/replaced /etc'

# An image of our own to start from, with files to change.
mkdir -p "$work/base/etc/replaced"
echo old >"$work/base/etc/replaced/old"
echo old >"$work/base/etc/removed"
coracle run --name seed --network none welcome true >/dev/null
check "export" coracle export -o "$work/welcome.tar" seed
check "it holds the files" bash -c 'tar -tf "$0" | grep -qx "bin/.*"' "$work/welcome.tar"
check "export to a stream" bash -c '"$@" >"$0"' "$work/stream.tar" "${cli[@]}" export seed
check "has the same bytes" cmp "$work/welcome.tar" "$work/stream.tar"
exits 125 "not to a terminal" script -qec "${cli[*]} export seed" /dev/null
mkdir "$work/root"
tar -C "$work/root" -xf "$work/welcome.tar"
cp -r "$work/base/." "$work/root/"
tar -C "$work/root" --owner=0 --group=0 -cJf "$work/base.tar.xz" .
check "import a compressed tar" coracle import -m 'the base' -c 'ENV PATH=/bin' -c 'CMD ["sh"]' \
    "$work/base.tar.xz" base:1
is "prints the id" "$out" "$(id_of base:1)"
is "the change is there" "$(coracle image inspect -f '{{json .Config.Cmd}}' base:1)" '["sh"]'
is "and the message" "$(coracle image inspect -f '{{.Comment}}' base:1)" "the base"
check "import from a stream" bash -c 'xz -dc "$0" | "$@"' "$work/base.tar.xz" "${cli[@]}" import - base:2
is "has the same layer" "$(top_layer base:2)" "$(top_layer base:1)"
is "it runs" "$(in_image base:1 cat /etc/removed)" old
refused 1 "an address where nobody listens" 'Connection refused' coracle import http://127.0.0.1:9/x.tar
refused 1 "no archive" 'import ' coracle import "$here/commit.sh" bad:1
refused 125 "no such change" 'cannot be changed' coracle import -c 'RUN x' "$work/base.tar.xz" bad:1
check "none of them is an image" bash -c '! "$@"' - "${cli[@]}" image inspect bad:1
coracle rm -f seed >/dev/null

drivers=(overlay fuse-overlayfs)
"$CORACLE_SOURCE/tests/support/capabilities" fuse >/dev/null || drivers=(overlay)
"$CORACLE_SOURCE/tests/support/capabilities" overlay >/dev/null || drivers=(fuse-overlayfs)
digests=()
for driver in "${drivers[@]}"; do
    export CORACLE_STORAGE_DRIVER=$driver
    for run in 1 2; do
        exits 0 "$driver: a container changes files" coracle run --name "c$run" --network none base:1 sh -c "$changes"
    done
    check "$driver: diff" coracle diff c1
    like "$driver: added" "$out" '^A /data/sub/x$'
    like "$driver: changed" "$out" '^C /etc$'
    like "$driver: deleted" "$out" '^D /etc/removed$'
    unlike "$driver: what was made for mounts is no change" "$out" '/(proc|dev|sys|etc/(hosts|hostname|resolv.conf))$'
    check "$driver: commit" coracle commit -a 'Jane <jane@example.org>' -m why c1 "made/$driver:1"
    made=$out
    is "$driver: prints the id" "$made" "$(id_of "made/$driver:1")"
    check "$driver: commit its twin" coracle commit c2 "made/$driver:2"
    is "$driver: the same changes are the same layer" "$(top_layer "made/$driver:1")" "$(top_layer "made/$driver:2")"
    digests+=("$(top_layer "made/$driver:1")")
    is "$driver: owners and modes" "$(in_image "made/$driver:1" stat -c '%u:%g %a %h' /data/first)" "33:44 4750 2"
    is "$driver: times" "$(in_image "made/$driver:1" stat -c '%Y' /data/first /data/sub | tr '\n' ' ')" \
        "1600000000 1600000000 "
    is "$driver: links" "$(in_image "made/$driver:1" sh -c 'readlink /data/link; cat /data/second')" \
        "$(printf 'first\none')"
    is "$driver: a replaced folder has only what is new" "$(in_image "made/$driver:1" ls /etc/replaced)" new
    exits 1 "$driver: what was removed is gone" in_image "made/$driver:1" test -e /etc/removed
    is "$driver: a pipe is a pipe" "$(in_image "made/$driver:1" stat -c %F /data/pipe)" fifo
    is "$driver: a sparse file takes little room" "$(in_image "made/$driver:1" \
        sh -c 'test $(stat -c %b /data/sparse) -lt 4096 && stat -c %s /data/sparse')" 8388608
    layer=$(coracle image inspect -f '{{.GraphDriver.Data.UpperDir}}' "made/$driver:1")
    unlike "$driver: no words of overlays but opaque marks" "$(attributes "$layer")" 'origin|impure|nlink|redirect|fuse'
    is "$driver: image diff is the container's diff" "$(coracle image diff "made/$driver:1")" "$(coracle diff c1)"
    is "$driver: as one document" "$(coracle diff --format json c1 | python3 -c 'import json, sys
print(sum(map(len, json.load(sys.stdin).values())))')" "$(coracle diff c1 | wc -l)"
    is "$driver: since its base" "$(coracle image diff "made/$driver:1" base:1)" "$(coracle diff c1)"
    coracle rm -f c1 c2 >/dev/null
done
unset CORACLE_STORAGE_DRIVER
[ ${#drivers[@]} -lt 2 ] || is "both drivers make the same layer" "${digests[0]}" "${digests[1]}"

# --- what the container was told is what the image says
check "a container" coracle run -d --name told --network none -e A=1 -l who=me -u 7:8 -w /data --entrypoint tail \
    "made/${drivers[0]}:1" -f /dev/null
check "commit it while it runs" coracle commit -c 'EXPOSE 80 53/udp' -c 'LABEL x="a b"' -c 'VOLUME /v' \
    -c 'ENV B=$A' -c 'STOPSIGNAL SIGINT' -c 'HEALTHCHECK --interval=5s CMD true' told told:1
say() { coracle image inspect -f "{{json $1}}" told:1; }
is "environment" "$(say .Config.Env)" '["PATH=/bin","A=1","B=1"]'
is "labels" "$(say .Config.Labels)" '{"who":"me","x":"a b"}'
is "user" "$(say .Config.User)" '"7:8"'
is "folder" "$(say .Config.WorkingDir)" '"/data"'
is "entrypoint" "$(say .Config.Entrypoint)" '["tail"]'
is "arguments" "$(say .Config.Cmd)" '["-f","/dev/null"]'
is "ports" "$(say .Config.ExposedPorts)" '{"53/udp":{},"80/tcp":{}}'
is "volumes" "$(say .Config.Volumes)" '{"/v":{}}'
is "health" "$(say .Config.Healthcheck)" '{"Interval":5000000000,"Test":["CMD-SHELL","true"]}'
check "it still runs" state_is told running
capture coracle commit -p told
if [ "$status" = 0 ]; then
    check "a pause ends with the commit" state_is told running
else
    like "a pause that cannot be says why" "$err" 'control|cgroup|pause'
fi
check "docker's manifest" coracle commit --format docker told told:2
like "is docker's" "$(coracle manifest inspect told:2)" 'vnd.docker.distribution.manifest.v2'
check "commit --squash" coracle commit --squash -m all told told:flat
is "makes one layer" "$(coracle inspect -f '{{len .RootFS.Layers}}' told:flat)" 1
is "and one line of history" "$(coracle history -q told:flat | wc -l)" 1
is "with the image's program" "$(coracle inspect -f '{{json .Config.Cmd}} {{json .Config.Env}}' told:flat)" \
    "$(coracle inspect -f '{{json .Config.Cmd}} {{json .Config.Env}}' told:2)"
files_of() { coracle run --rm --network none --entrypoint find "$1" / -xdev | sort; }
is "it has the files of all layers" "$(files_of told:flat)" "$(files_of told:2)"
check "container commit" coracle container commit told
refused 1 "no container" 'no container' coracle commit nothere
refused 125 "a name that is none" 'name|reference' coracle commit told 'Not/A Name'
refused 125 "a change that is none" 'NAME=VALUE' coracle commit -c 'ENV x' told
mkdir "$work/shared"
coracle run --name odd --network none -v "$work/shared:/mnt/host" base:1 \
    sh -c 'echo x >/mnt/host/f; touch /.wh.odd /even' >/dev/null
check "a container with a mount" coracle commit odd odd:1
is "what is mounted is not part of it" "$(in_image odd:1 sh -c 'ls /mnt/host 2>/dev/null; ls /even')" /even
check "what no layer can hold" coracle commit odd
[ "${drivers[0]}" = fuse-overlayfs ] || like "is left out and told" "$err" "'.wh.' are left out"

# --- history, tree, untag
check "history" coracle history "made/${drivers[0]}:1"
like "newest first" "$(sed -n 2p <<<"$out")" "^$(id_of "made/${drivers[0]}:1" | cut -c 8-19) .*why"
like "then what it is based on" "$(sed -n 3p <<<"$out")" '<missing> .*the base'
is "ids" "$(coracle history -q --no-trunc "made/${drivers[0]}:1" | head -n 1)" "$(id_of "made/${drivers[0]}:1")"
is "a template" "$(coracle image history --format '{{.Comment}}' "made/${drivers[0]}:1" | tr '\n' ,)" 'why,the base,'
like "bytes instead of words" "$(coracle history --human=false --format '{{.Size}}' base:1)" '^[0-9]+$'
check "image tree" coracle image tree --whatrequires base:1
like "names it" "$out" 'Top Layer of: \[base:1'
like "and who needs it" "$out" 'made/'
coracle tag base:1 extra:1
check "untag one" coracle untag base:1 extra:1
exits 1 "it is gone" coracle image inspect extra:1
base=$(id_of base:1)
check "untag all" coracle image untag base:1
check "the image stays" coracle image inspect "$base"
refused 1 "no such name" 'has no name' coracle untag "$base" base:1
check "manifest inspect" coracle manifest inspect --verbose "made/${drivers[0]}:1"
like "is the manifest" "$out" 'application/vnd.oci.image.manifest'
finish
