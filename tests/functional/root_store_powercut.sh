#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The store alone, without the rest of the engine: an image that was put survives a power cut at once, and a cut at any
# moment while it is put leaves it out or whole.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
require userns strace
driver=$CORACLE_BIN/../tests/bin/store_driver

on_disk() { "${as_user[@]}" "$driver" "$work/$1/store" "$run_dir/$1" "${@:2}"; }

# Files of the layers that rows name, as "digest path" below the layer folder.
contents() {
    on_disk "$1" check >"$work/layers" 2>"$work/problem" || { cat "$work/problem"; return 1; }
    while IFS= read -r layer; do
        (cd "$layer" && find . -type f -exec sha256sum {} + | sort -k 2)
    done <"$work/layers"
}

mkdir "$work/tree"
for index in $(seq 1 2000); do
    head -c "$((index % 50 * 200 + 1))" /dev/urandom >"$work/tree/f$index"
done
tar -C "$work/tree" -cf "$work/layer.tar" .
diff_id=sha256:$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
gzip -1 "$work/layer.tar"
chmod 0644 "$work/layer.tar.gz"
make_disk live 120

check "put" on_disk live put test:1 "$diff_id=gzip=$work/layer.tar.gz"
cut_now() { power_cut live cut; }
check "power cut" eventually 30 cut_now
truth=$(contents live)
is "the layer has its files" "$(wc -l <<<"$truth")" 2000
mount_copy cut
is "after the cut each file has its content" "$(contents cut)" "$truth"

check "remove" on_disk live remove test:1
sync -f "$work/live"
# Each step towards durability is held up a while, so that there is time for cuts between all of them.
steps=rename,fsync,fdatasync,syncfs
"${become_user[@]}" strace -f -o /dev/null -e "trace=$steps" -e "inject=$steps:delay_enter=1s" \
    "$driver" "$work/live/store" "$run_dir/live" put test:1 "$diff_id=gzip=$work/layer.tar.gz" >/dev/null 2>&1 &
client=$!
cut_while "$client" live during 20
wait $client
is "the put itself goes on" "$?" 0
check "there were moments to cut at ($cuts)" [ "$cuts" -gt 0 ]
for number in $(seq 1 $cuts); do
    mount_copy "during$number"
    found=$(contents "during$number")
    case $found in
        "" | "$truth") ok "cut $number: not there, or whole ($(grep -c . <<<"$found") files)" ;;
        *) not_ok "cut $number: not there, or whole" "$(diff <(echo "$truth") <(echo "$found") | head -n 5)" ;;
    esac
    check "cut $number: put again" on_disk "during$number" put test:1 "$diff_id=gzip=$work/layer.tar.gz"
    is "cut $number: each file has its content" "$(contents "during$number")" "$truth"
    umount -l "$work/during$number"
    rm "$work/during$number.img"
done
for disk in live cut; do
    umount -l "$work/$disk"
done
finish keep
