#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# system check names what is damaged, repairs what can be, and leaves the rest to the next pull.
keeps_trash=yes
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns overlay registry images

as_root() { unshare --map-root-user --map-auto "$@"; }
whole() {
    check "the store is whole" coracle system check
    like "and says so" "$out" "^The store is whole"
}
start_registry "$work/registry"
push_image python
image=$registry_address/python
check "pull" coracle pull -q "$image"
check "a container" coracle run --name c -v data:/data "$image" -c 'print("fine")'
whole
check "quickly, too" coracle system check --quick

# --- a file of a layer, altered without changing its size
layer=$(for one in "$store"/layers/*; do du -s "$one"; done | sort -n | tail -n 1 | cut -f2)
file=$(as_root find "$layer/diff" -type f -size +4k | sort | head -n 1)
chain=$(basename "$layer")
before=$(as_root sha256sum "$file")
alter() { printf XX | as_root dd of="$1" bs=1 seek="${2:-0}" conv=notrunc status=none; }
alter "$file"
exits 1 "an altered file is found" coracle system check
like "its layer is named" "$out" "^layer sha256:$chain: its files were altered \(used by .*python"
check "--repair" coracle system check --repair
like "unpacks it again" "$out" "unpacked again"
is "the file is as it was" "$(as_root sha256sum "$file")" "$before"
whole
check "the image runs" coracle run --rm "$image" -c 'import json'
as_root rm -rf "$layer/diff/usr"
exits 1 "a missing folder is found" coracle system check
check "--repair" coracle system check --repair
whole
as_root rm -rf "$layer"
exits 1 "a missing layer is found quickly" coracle system check --quick
like "by its name" "$out" "^layer sha256:$chain: its folder is missing"
check "--repair --quick" coracle system check --quick --repair
whole

# --- while a container runs on it
check "a container that runs" coracle run -d --name busy "$image" -c 'import signal; signal.pause()'
alter "$file"
exits 1 "--repair" coracle system check --repair
like "waits for it" "$out" "a running container uses it"
check "rm -f" coracle rm -f busy
check "--repair" coracle system check --repair
whole

# --- a layer and its archive: fetched again by a pull
blob=$(for one in "$store"/blobs/sha256/*; do stat -c '%s %n' "$one"; done | sort -n | tail -n 1 | cut -d' ' -f2)
alter "$blob" 1000
as_root rm -rf "$layer"
exits 1 "both are found" coracle system check
like "the archive" "$out" "^blob sha256:$(basename "$blob"): its content was altered"
like "and the layer" "$out" "^layer sha256:$chain: its folder is missing"
check "--repair" coracle system check --repair
like "removes it" "$out" "layer .*: removed; 'coracle pull .*python"
check "pull" coracle pull -q "$image"
whole
check "the image runs" coracle run --rm "$image" -c 'import json'

# --- the configuration
id=$(coracle images -q --no-trunc | head -n 1)
alter "$store/blobs/sha256/${id#sha256:}"
exits 1 "an altered configuration is found" coracle system check
check "--repair" coracle system check --repair
check "pull" coracle pull -q "$image"
whole

# --- rows without data, data without rows
container=$(coracle inspect -f '{{.Id}}' c)
as_root mv "$store/containers/$container" "$work/taken"
as_root rm -rf "$store/volumes/data"
mkdir -p "$store/layers/$(printf '%064d' 1)/diff" "$store/containers/$(printf '%064d' 2)" "$store/volumes/lost/data"
exits 1 "each is found" coracle system check
like "the container" "$out" "^container 'c': its folder is missing"
like "the volume" "$out" "^volume 'data': its data is missing"
like "the layer" "$out" "layers/0+1'?: it has no record"
like "the folder" "$out" "containers/0+2'?: it has no record"
like "the lost volume" "$out" "^volume 'lost': it has data and no record"
exits 1 "--repair" coracle system check --repair
like "leaves data alone" "$out" "^1 of 5 are left"
check "volume create" coracle volume create lost
whole
refused 1 "the container is gone" "no container" coracle inspect c
remove_tree "$work/taken"

# --- the trash
check "a volume in the trash" coracle volume rm lost
as_root rm -rf "$store"/removed/*
exits 1 "its data is missed" coracle system check
like "by name" "$out" "^volume 'lost' in the trash: its data is missing"
refused 1 "undo says so" "data of volume 'lost' is gone" coracle undo
check "--repair" coracle system check --repair
whole
check "volume rm" coracle volume rm data
finish
