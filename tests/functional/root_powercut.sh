#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A power cut right after a pull loses nothing; at any moment of a pull it leaves a store that works.
# shellcheck source=tests/functional/root_lib.sh
. "$(dirname "$0")/root_lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images strace

run_dir_of() { echo "$run_dir/$1"; }
on_disk() { "${as_user[@]}" "$CORACLE_BIN/coracle" --root "$work/$1/store" --runroot "$(run_dir_of "$1")" "${@:2}"; }
hash_all='import hashlib, os
total = hashlib.sha256()
for folder, _, files in sorted(os.walk("/usr/lib/python3.11")):
    for name in sorted(files):
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        total.update(name.encode() + hashlib.sha256(data).digest())
print(total.hexdigest())'

start_registry "$work/registry"
push_image python
image=$registry_address/python
# Room for the image, and for what a cut leaves of it until it counts as garbage.
make_disk live 560

# --- right after the pull returns
check "pull" on_disk live pull -q "$image"
cut_now() { power_cut live cut; }
check "power cut" eventually 30 cut_now
check "every file of the image" on_disk live run --rm --network none "$image" -c "$hash_all"
truth=$out
mount_copy cut
check "after the cut the image is listed" on_disk cut images -q
unlike "by its id" "$out" '^$'
check "it runs" on_disk cut run --rm --network none "$image" -c "$hash_all"
is "and each file has its content" "$out" "$truth"

# --- at any moment of a pull
check "rmi" on_disk live rmi -f "$image"
sync -f "$work/live"
# Each step towards durability is held up a while, so that there is time for cuts between all of them.
steps=rename,renameat,renameat2,fsync,fdatasync,syncfs
"${become_user[@]}" strace -f -o /dev/null -e "trace=$steps" -e "inject=$steps:delay_enter=500ms" \
    "$CORACLE_BIN/coracle" --root "$work/live/store" --runroot "$(run_dir_of live)" \
        pull -q "$image" >"$work/pull" 2>&1 &
client=$!
cut_while "$client" live during 15
wait $client
is "the pull itself goes on" "$?" 0
check "there were moments to cut at ($cuts)" [ "$cuts" -gt 0 ]
for number in $(look_at $cuts); do
    mount_copy "during$number"
    check "cut $number: images answers" on_disk "during$number" images -q
    if [ -n "$out" ]; then
        check "cut $number: what is listed runs" on_disk "during$number" run --rm --network none "$image" -c "$hash_all"
    else
        check "cut $number: pull again" on_disk "during$number" pull -q "$image"
        check "cut $number: run" on_disk "during$number" run --rm --network none "$image" -c "$hash_all"
    fi
    is "cut $number: each file has its content" "$out" "$truth"
    umount -l "$work/during$number"
    rm "$work/during$number.img"
done

# --- a container that was created, and a tag
check "create" on_disk live create --name kept "$image" -c 'print(1)'
check "tag" on_disk live tag "$image" other:name
cut_names() { power_cut live names; }
check "power cut" eventually 30 cut_names
mount_copy names
check "ps after the cut" on_disk names ps -a
check "images after the cut" on_disk names images
for disk in live cut names; do
    on_disk $disk ps -aq | xargs -r "${as_user[@]}" "$CORACLE_BIN/coracle" --root "$work/$disk/store" \
        --runroot "$(run_dir_of $disk)" rm -f >/dev/null
    umount -l "$work/$disk"
done
finish keep
