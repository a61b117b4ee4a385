#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Layers in every compression that registries hold: plain tar, gzip of several members, zstd as zstd(1), skopeo and
# buildah write it. What the container sees is compared with what went in; what lies is refused in one line and leaves
# nothing in the store.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry zstd buildah

# image NAME: its name in the registry started last.
image() { echo "$registry_address/form/$1:1"; }
media_types() {
    skopeo inspect --raw --tls-verify=false "docker://$1" |
        python3 -c 'import json, sys; print(*(l["mediaType"] for l in json.load(sys.stdin)["layers"]))'
}
no_images() {
    coracle images -q | sort -u | xargs -r "${cli[@]}" rmi -f >/dev/null
}
left_over() { (cd "$store" && find blobs/sha256 layers staging trash -mindepth 1 -maxdepth 1); }
nothing_left() { [ -z "$(left_over)" ]; }

# --- every form, written byte by byte
python3 "$CORACLE_SOURCE/tests/support/compressed_images.py" "$work/layout" >"$work/forms" || bail "no images"
start_registry "$work/registry"
while read -r name kind expected; do
    push_from "$work/layout:$name" "form/$name:1" --preserve-digests
    if [ "$kind" = good ]; then
        check "$name: pull" coracle pull -q "$(image "$name")"
        check "$name: run" coracle run --rm --network none "$(image "$name")" \
            sh -c 'cat /data/small* | sha256sum; sha256sum /data/link /data/same; ls /data | busybox wc -l'
        is "$name: the content is the same" "$(tail -n 3 <<<"$out" | tr -s ' ')" \
            "$(printf '%s /data/link\n%s /data/same\n303' "$expected" "$expected")"
        is "$name: every small file, too" "$(head -n 1 <<<"$out")" "${small:=$(head -n 1 <<<"$out")}"
        # The next form is another blob of the same layer: it must be unpacked and not found.
        no_images
        continue
    fi
    refused 1 "$name: one clear line" "$expected" timeout 120 "${cli[@]}" pull -q "$(image "$name")"
    check "$name: nothing is left of it" eventually 20 nothing_left
done <"$work/forms"
is "every form was tried" "$(wc -l <"$work/forms")" 18

plain=$(image plain)

# --- by real tools, each into an empty registry: they take blobs that are there already instead of compressing anew
for tool in skopeo buildah buildah-chunked; do
    start_registry "$work/$tool"
    target=$(image "$tool")
    case $tool in
        skopeo)
            skopeo copy -q --dest-tls-verify=false --dest-compress --dest-compress-format zstd \
                "oci:$work/layout:plain" "docker://$target" >"$work/tool" 2>&1 ;;
        buildah | buildah-chunked)
            form=zstd
            [ "$tool" = buildah ] || form=zstd:chunked
            storage=(--root "$work/buildah" --runroot "$run_dir/buildah" --storage-driver vfs)
            unset DOCKER_CONFIG  # buildah wants the folder's file to be there
            buildah "${storage[@]}" pull -q --tls-verify=false "docker://$plain" >"$work/tool" 2>&1 &&
                id=$(buildah "${storage[@]}" images -q | head -n 1) &&
                buildah "${storage[@]}" push -q --tls-verify=false --format oci --compression-format "$form" "$id" \
                    "docker://$target" >>"$work/tool" 2>&1 ;;
    esac
    is "$tool: pushes" "$?" 0
    [ -z "$(tail -n 3 "$work/tool")" ] || diagnose "$(tail -n 3 "$work/tool")"
    types=$(media_types "$target")
    unlike "$tool: no layer is compressed in another way" "$types" 'gzip|tar( |$)'
    like "$tool: all are zstd" "$types" '\+zstd .*\+zstd$'
    check "$tool: pull" coracle pull -q "$target"
    check "$tool: run" coracle run --rm --network none "$target" sha256sum /data/big
    is "$tool: the content is the same" "${out%% *}" "$(awk '$1 == "plain" {print $3}' "$work/forms")"
    no_images
done
remove_tree "$work/buildah"
finish
