#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# image layers, image files, image diff of strangers: what is said of an image's files is what its containers see,
# whether the list was made while unpacking or afterwards.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

# Three layers: files; one of them again, a folder emptied; a folder deleted.
mkdir -p "$work/root/etc" "$work/root/cache/deep" "$work/root/opt"
head -c 300000 /dev/urandom >"$work/root/cache/deep/blob"
head -c 50000 /dev/urandom >"$work/root/etc/again"
echo keep >"$work/root/etc/keep"
echo old >"$work/root/opt/old"
cp "$CORACLE_SOURCE/tests/functional/lib.sh" "$work/root/opt/lib.sh"
cp "$(command -v busybox)" "$work/root/busybox"
ln "$work/root/busybox" "$work/root/sh"
ln -s etc/keep "$work/root/link"
tar -C "$work/root" --owner=0 --group=0 --exclude=./opt/lib.sh -cf "$work/base.tar" .
check "a base" coracle import -c 'ENTRYPOINT ["/busybox"]' "$work/base.tar" base:1
shell=(run --network none --entrypoint /busybox)
check "a second layer" coracle "${shell[@]}" --name two base:1 sh -c '
    /busybox head -c 70000 /dev/urandom >/etc/again; /busybox rm -rf /opt; /busybox mkdir /opt; echo new >/opt/new
    /busybox chmod 4711 /busybox'
check "commit" coracle commit two two:1
check "a third" coracle "${shell[@]}" --name three two:1 sh -c '/busybox rm -rf /cache'
check "commit" coracle commit three three:1

check "layers" coracle image layers --no-trunc three:1
like "the first one adds" "$out" '^1 .*\+[0-9]+ '
like "the second one changes" "$out" '^2 .*~'
like "the third one deletes one folder" "$out" '^3 .* -1 '
like "and says what is wasted" "$out" 'are deleted or written again by a later layer'
like "the folder" "$out" '^300kB +1 +3 \(deleted\) +/cache$'
like "the file" "$out" '^50kB +1 +2 \(written again\) +/etc/again$'
check "as json" coracle image layers --format '{{.Layer}} {{.Deleted}}' three:1
is "by template" "$(tail -n 1 <<<"$out")" "3 1"

# What is listed is what a container sees.
seen=$(coracle run --rm --network none --entrypoint /busybox three:1 find / -xdev \
    \( -path /proc -o -path /sys -o -path /dev -o -path /etc/hosts -o -path /etc/hostname -o -path /etc/resolv.conf \
    -o -path /.dockerenv -o -path /run \) -prune -o -print | grep -vx / | sort)
listed=$(coracle image files -q three:1 |
    grep -vxE '/(proc|sys|dev|run)(/.*)?|/etc/(hosts|hostname|resolv.conf)' | sort)
is "all files" "$listed" "$seen"
check "below a folder" coracle image files -q three:1 /opt/
is "those alone" "$out" "/opt
/opt/new"
check "with rights" coracle image files three:1 /busybox
like "owner, mode, layer" "$out" '^-rws--x--x +0:0 .* 2 +/busybox$'
check "links" coracle image files three:1 link
like "and where they lead" "$out" '/link -> etc/keep$'
check "of one layer" coracle image files --layer 2 three:1
like "added" "$out" '^A .* /opt/new$'
like "changed" "$out" '^C .* /etc/again$'
unlike "not of another" "$out" '/cache'
refused 1 "a path that is not there" "the image has no '/nothing'" coracle image files three:1 /nothing
refused 1 "a layer that is not there" 'the image has 3' coracle image files --layer 4 three:1

# --- without its list, a layer is read once more and says the same
# Which of two names is the file and which the link to it is the archive's choice.
all_of() {
    coracle image files --format '{{.Mode}} {{.Owner}} {{.Layer}} {{.Name}}' "$1"
    coracle image layers --format json "$1"
}
before=$(all_of three:1)
is "each layer has a list" "$(find "$store/layers" -name index | wc -l)" \
    "$(find "$store/layers" -mindepth 1 -maxdepth 1 | wc -l)"
find "$store/layers" -name index -delete
is "made again it is the same" "$(all_of three:1)" "$before"
for list in "$store"/layers/*/index; do
    head -c 100 "$list" >"$work/part"
    cp "$work/part" "$list"
done
is "a damaged one, too" "$(all_of three:1)" "$before"
check "nothing is left behind" is_empty "$store/staging"

# --- a name that is not Docker Hub's but ours
check "an image of this computer" coracle tag base:1 localhost/base-of-ours
refused 1 "is not found by half its name" "there is an image 'localhost/base-of-ours'" \
    coracle image files base-of-ours
refused 125 "nor run" "there is an image 'localhost/base-of-ours'; " coracle run --rm --pull never base-of-ours true

# --- two images that share nothing
tar -C "$work/root" --owner=0 --group=0 -cf "$work/other.tar" .
check "another image" coracle import --platform "linux/$(dpkg --print-architecture)" "$work/other.tar" other:1
check "they can be compared" coracle image diff other:1 base:1
is "what differs" "$out" "A /opt/lib.sh"
like "as a document" "$(coracle image diff --format json other:1 base:1)" '"/opt/lib.sh"'
check "and with what was built on it" coracle image diff three:1 other:1
like "deleted" "$out" '^D /cache$'
like "changed" "$out" '^C /etc/again$'
unlike "not what is the same" "$out" '/etc/keep'
coracle rm -f two three >/dev/null
finish
