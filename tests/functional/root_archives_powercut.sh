#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A power cut right after a commit, a load or a save loses nothing; at any moment of one it leaves a store that works.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
require userns strace

on_disk() { "${as_user[@]}" "$CORACLE_BIN/coracle" --root "$work/$1/store" --runroot "$run_dir/$1" "${@:2}"; }
sums() { on_disk "$1" run --rm --network none "$2" sh -c 'cat /d/* | sha256sum'; }
cut_now() { power_cut live "$1"; }

make_disk live 300
check "a container with files" on_disk live run --name c --network none welcome sh -c '
    mkdir /d; for i in $(seq 1 200); do head -c 20000 /dev/urandom >/d/$i; done'
check "commit" on_disk live commit c made:1
check "power cut" eventually 30 cut_now committed
truth=$(sums live made:1)
mount_copy committed
is "after the cut the image has each byte" "$(sums committed made:1)" "$truth"
umount -l "$work/committed"

"${as_user[@]}" mkdir "$work/live/out"
check "save" on_disk live save -o "$work/live/out/made.tar" made:1
check "power cut" eventually 30 cut_now saved
mount_copy saved
check "after the cut the archive is whole" cmp "$work/live/out/made.tar" "$work/saved/out/made.tar"
umount -l "$work/saved"
cp "$work/live/out/made.tar" "$work/made.tar"
chmod 0644 "$work/made.tar"

check "rmi" on_disk live rmi -f made:1
check "load" on_disk live load -q -i "$work/made.tar"
check "power cut" eventually 30 cut_now loaded
mount_copy loaded
is "after the cut the image has each byte" "$(sums loaded made:1)" "$truth"
umount -l "$work/loaded"

# --- at any moment
steps=rename,renameat,renameat2,fsync,fdatasync,syncfs
for verb in commit load; do
    check "rmi" on_disk live rmi -f made:1
    sync -f "$work/live"
    command=(commit c made:1)
    [ $verb = commit ] || command=(load -q -i "$work/made.tar")
    # Each step towards durability is held up a while, so that there is time for cuts between all of them.
    "${become_user[@]}" strace -f -o /dev/null -e "trace=$steps" -e "inject=$steps:delay_enter=500ms" \
        "$CORACLE_BIN/coracle" --root "$work/live/store" --runroot "$run_dir/live" "${command[@]}" >"$work/out" 2>&1 &
    client=$!
    cut_while "$client" live "$verb" 12
    wait $client
    is "the $verb itself goes on" "$?" 0
    check "there were moments to cut at ($cuts)" [ "$cuts" -gt 0 ]
    for number in $(look_at $cuts); do
        mount_copy "$verb$number"
        check "$verb cut $number: images answers" on_disk "$verb$number" images -q
        if ! on_disk "$verb$number" image inspect made:1 >/dev/null 2>&1; then
            check "$verb cut $number: again" on_disk "$verb$number" "${command[@]}"
        fi
        is "$verb cut $number: each byte" "$(sums "$verb$number" made:1)" "$truth"
        umount -l "$work/$verb$number"
        rm -f "$work/$verb$number.img"
    done
done
on_disk live rm -f c >/dev/null
umount -l "$work/live"
finish keep
