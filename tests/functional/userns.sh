#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# User namespaces: who a file belongs to inside and outside under each mapping, and that no image is copied for it.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns subids fuse tun slirp4netns

me=$(id -u)
group=$(id -g)
first_sub=$(sed -n "s/^$(id -un):\([0-9]*\):.*/\1/p" /etc/subuid | head -n 1)
share=$work/share
mkdir -p "$share"
echo mine >"$share/mine"

# inside OPTIONS... -- SCRIPT: run the script with the shared folder on /share.
inside() {
    local options=()
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    capture coracle run --rm --network none -v "$share:/share" "${options[@]}" welcome sh -c "$2"
}
owner() { stat -c %u:%g "$share/$1"; }

# --- default: root inside is the user
inside -- 'id -u; stat -c %u:%g /share/mine; touch /share/root; stat -c %u:%g /bin/busybox'
is "default: root, whose folder it is, and who owns the image" "$out" $'0\n0:0\n0:0'
is "what root makes belongs to the user" "$(owner root)" "$me:$group"
inside -u 7:7 -- 'touch /share/no 2>&1; mkdir -p /tmp/x && stat -c %u /tmp/x'
like "another user inside may not write there" "$out" 'Permission denied'
inside -- 'touch /share/seven; chown 7:8 /share/seven; stat -c %u:%g /share/seven'
is "an id of the container is a subordinate id outside" "$(owner seven)" "$((first_sub + 6)):$((first_sub + 7))"

# --- keep-id
inside --userns keep-id -- 'id -u; id -g; stat -c %u:%g /share/mine; touch /share/kept; stat -c %u:%g /bin/busybox'
is "keep-id: the same ids, the user's file, root's image" "$out" "$me"$'\n'"$group"$'\n'"$me:$group"$'\n0:0'
is "what the user makes belongs to the user" "$(owner kept)" "$me:$group"
inside --userns keep-id -- 'whoami; grep -c ^root: /etc/passwd; stat -c %u:%a /etc /etc/passwd'
is "the user is known by name, and root still is" "$out" "$(id -un)"$'\n1\n0:755\n0:644'
inside --userns keep-id -- 'touch /etc/x 2>&1; touch /usr/x 2>&1; echo new >/share/mine && cat /share/mine'
like "the user inside is not root" "$out" 'Permission denied'
like "but may change own files" "$out" '^new$'
inside --userns keep-id -u 0 -- 'id -u; touch /root-was-here /share/zero'
is "-u 0 is root of the image" "$out" 0
is "whose files are not the user's" "$(owner zero)" "$first_sub:$first_sub"
inside --userns keep-id:uid=200,gid=210 -- 'id -u; id -g; stat -c %u:%g /share/mine; touch /share/two'
is "keep-id:uid=,gid= chooses the ids inside" "$out" $'200\n210\n200:210'
inside --userns keep-id:uid=1234567,gid=765432 -- \
    'touch /tmp/mine && chmod 600 /tmp/mine && echo x >/tmp/mine && stat -c %u:%g:%a /tmp/mine'
is "keep-id with ids above all subordinate ones: its files are its own" "$out" 1234567:765432:600
is "and the files are the user's all the same" "$(owner two)" "$me:$group"
check "a container with keep-id" coracle run -d --name kept --userns keep-id --network none welcome sh -c \
    'touch /tmp/own; exec tail -f /dev/null'
check "which writes" eventually 20 coracle exec kept test -e /tmp/own
is "exec is the user, too" "$(coracle exec kept id -u)" "$me"
is "exec -u 0 is its root" "$(coracle exec -u 0 kept id -u)" 0
check "stop" coracle stop -t 0 kept
check "start again" coracle start kept
is "the writable layer keeps its owners" "$(coracle exec kept stat -c %u /tmp/own)" "$me"
check "rm" coracle rm -f kept

# --- nomap: the user does not exist inside
chmod 700 "$share"
inside --userns nomap -- 'ls /share 2>&1; id -u'
like "nomap: a private folder of the user's cannot be entered" "$out" 'Permission denied'
chmod 755 "$share"
inside --userns nomap -- 'id -u; stat -c %u:%g /share/mine; stat -c %u:%g /bin/busybox; echo bad 2>&1 >/share/mine
    rm -f /share/mine 2>&1; chown 0:0 /share/mine 2>&1; chmod 777 /share/mine 2>&1; touch /share/x 2>&1'
like "root, and the user's files are nobody's" "$(tr '\n' ' ' <<<"$out")" '^0 65534:65534 0:0 '
is "none of five ways to change them works" "$(grep -cE 'ermi' <<<"$out")" 5
is "the file is as it was" "$(cat "$share/mine")$(stat -c %a "$share/mine")" "new644"
inside --userns nomap -- 'cat /share/mine'
is "reading is what the mode says" "$out" new

# --- host: the user's own kept namespace
inside --userns host -- 'id -u; tr -s " " </proc/self/uid_map; touch /share/host; readlink /proc/self/ns/user'
keeper=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$run_dir/userns/keeper.json")
like "host: the map of the kept namespace" "$(tr '\n' ' ' <<<"$out")" "^0 +0 $me 1 +1 $first_sub "
is "and no namespace below it" "$(tail -n 1 <<<"$out")" "$(readlink "/proc/$keeper/ns/user")"
is "files are the user's" "$(owner host)" "$me:$group"

# --- auto: ids that no other container has
for n in 1 2; do
    coracle run -d --name "auto$n" --userns auto:size=2000 --network none -v "auto$n:/data" welcome \
        sh -c 'touch /data/file; exec tail -f /dev/null' >/dev/null
    check "auto: container $n writes" eventually 20 coracle exec "auto$n" test -e /data/file
    is "auto: container $n has its slice" "$(coracle exec "auto$n" cat /proc/self/uid_map | tr -s ' ')" \
        " 0 $((1 + (n - 1) * 2000)) 2000"
    is "whose root is none of the others'" \
        "$(stat -c %u "$(coracle volume inspect -f '{{.Mountpoint}}' "auto$n")/file")" "$((first_sub + (n - 1) * 2000))"
done
check "stop" coracle stop -t 0 auto1
check "start" coracle start auto1
is "the slice stays for the container's life" "$(coracle exec auto1 stat -c %u /data/file)" 0
check "rm" coracle rm -f auto1
check "a new one" coracle run --rm --userns auto --network none welcome cat /proc/self/uid_map
is "gets what is free again, as much as the image needs" "$(tr -s ' ' <<<"$out")" " 0 1 1024"
# What can come back from the trash keeps its ids.
echo '{"trash": {"days": 7}}' >"$HOME/config/coracle/store.json"
check "a container with ids of its own" coracle create --name back --userns auto:size=500 --network none welcome true
check "rm" coracle rm back
check "another one" coracle run --rm --userns auto:size=500 --network none welcome cat /proc/self/uid_map
is "has others" "$(tr -s ' ' <<<"$out")" " 0 501 500"
check "trash empty" coracle trash empty -f
echo '{"trash": {"days": 0}}' >"$HOME/config/coracle/store.json"
refused 125 "auto says when there are too few" 'are free' \
    coracle run --rm --userns auto:size=65000 --network none welcome true
check "rm" coracle rm -f auto2
check "volumes go" coracle volume rm auto1 auto2

# --- maps of one's own
map_of() {
    coracle run --rm --network none "$@" welcome cat /proc/self/uid_map /proc/self/gid_map | tr -s ' ' | tr '\n' ';'
}
is "--uidmap is for groups, too" "$(map_of --uidmap 0:1:100 --uidmap 500:0:1)" \
    " 0 1 100; 500 0 1; 0 1 100; 500 0 1;"
is "--gidmap is for itself" "$(map_of --uidmap 0:1:100 --gidmap 0:11:10)" " 0 1 100; 0 11 10;"
is "flag + adds to the default map, @ is an id of the host" "$(map_of -u "$me" --uidmap "+u$me:@$me:1")" \
    " 1 1 $((me - 1)); $me 0 1; $((me + 1)) $((me + 1)) $((65536 - me)); 0 0 1; 1 1 65536;"
inside --uidmap 0:1:1000 --uidmap 2000:0:1 -u 2000 -- 'touch /share/map; stat -c %u /bin/busybox /share/map'
is "the image's owner and the user's" "$out" $'0\n2000'
is "outside" "$(owner map | cut -d: -f1)" "$me"
# single_ids COUNT FIRST: rules for every second id, into the array `rules`
single_ids() {
    local i
    rules=()
    for ((i = 0; i < $1; i++)); do
        rules+=(--uidmap "$(($2 + 2 * i)):$((2 * i)):1")
    done
}
single_ids 400 0
refused 125 "more lines than the kernel takes" 'user ids has 400 lines, and the kernel takes 340 at most' \
    coracle run --rm --network none "${rules[@]}" --gidmap 0:0:1000 welcome true
single_ids 300 1000000
refused 125 "more text than the kernel takes" 'user ids has [0-9]+ bytes of text, and the kernel takes 4095 at most' \
    coracle run --rm --network none "${rules[@]}" --gidmap 0:0:1000 welcome true
refused 125 "an id twice" 'overlaps' coracle run --rm --network none --uidmap 0:1:10 --uidmap 5:1:1 welcome true
refused 125 "more than the user has" 'does not have that many' \
    coracle run --rm --network none --uidmap 0:1:70000 welcome true
refused 125 "somebody else's id" "not this user's" \
    coracle run --rm --network none --uidmap "0:@$((me + 1)):1" welcome true
for mode in nomap auto; do
    check "$mode with the default network" coracle run -d --name "net-$mode" --userns "$mode" -p 127.0.0.1::80 welcome \
        sh -c 'echo served >index.html; exec httpd -f -p 80'
    check "has its address" coracle exec "net-$mode" ip -4 addr show tap0
    like "inside" "$out" '10\.0\.2\.100/24'
    check "and answers on its port" eventually 20 curl -sf "http://$(coracle port "net-$mode" 80)/index.html"
    check "rm" coracle rm -f "net-$mode"
done
refused 125 "--subgidname" 'subordinate ids of the name' coracle run --rm --subgidname other welcome true
refused 125 "--subuidname" 'subordinate ids of the name' coracle run --rm --subuidname other welcome true

# --- volumes under each map
for mode in '' keep-id nomap auto host; do
    user=0
    [ "$mode" != keep-id ] || user=$me
    check "a new volume${mode:+ with $mode}" coracle run --rm --network none ${mode:+--userns "$mode"} \
        -v "vol-$mode:/data" welcome sh -c 'touch /data/file && stat -c %u /data/file'
    is "is its user's to write" "$out" "$user"
    check "volume rm" coracle volume rm "vol-$mode"
done

# --- no copy of the image
size() { du -s "$store/layers" | cut -f1; }
before=$(size)
coracle run --rm --network none --userns keep-id welcome true
is "no map makes a second copy of a layer" "$(size)" "$before"

# --- a user without subordinate ids
check "removing is over" eventually 20 is_empty "$store/trash"
stop_keeper
mkdir "$work/none"
export CORACLE_SUBID_DIR=$work/none
check "single id: root is the user" coracle run --rm --network none welcome \
    sh -c 'id -u; cat /proc/self/uid_map | wc -l'
is "and the only one" "$out" $'0\n1'
refused 125 "nomap needs more" 'needs subordinate ids' coracle run --rm --network none --userns nomap welcome true
refused 125 "auto, too" 'needs subordinate ids' coracle run --rm --network none --userns auto welcome true
inside --userns keep-id -- 'id -u; stat -c %u /share/mine; touch /share/alone && stat -c %u /share/alone'
is "keep-id does without" "$out" "$me"$'\n'"$me"$'\n'"$me"
stop_keeper
unset CORACLE_SUBID_DIR
finish
