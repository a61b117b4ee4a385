#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Looking at many images, beside podman's. Targets: `images`, `history` and `system df` of 200 images below 50 ms, a
# look into an image of 100,000 files below 100 ms. bench_images.sh [COUNT [FILES [ROUNDS]]]
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

count=${1:-200}
files=${2:-100000}
rounds=${3:-11}
python3 "$here/make_many_images.py" "$bench/layout" "$count" "$files" || stop "no images"
"${cli[@]}" load -q -i "$bench/layout" >/dev/null || stop "load failed"
[ "$("${cli[@]}" images -q | wc -l)" = $((count + 1)) ] || stop "there are not $count images"
echo "$count images, and one of $files files"

image=example.test/team/image7:1.7
large=example.test/files
commands=("images" "${cli[*]} images"
    "images as json" "${cli[*]} images --format json"
    "history" "${cli[*]} history $image"
    "system df" "${cli[*]} system df"
    "a folder of the large image" "${cli[*]} image files $large /usr/share/part5"
    "its top folder" "${cli[*]} image files $large /"
    "its layers" "${cli[*]} image layers $large")
if has podman; then
    for ((i = 0; i < count; i++)); do
        name=example.test/team/image$i:1.$i
        skopeo copy -q "oci:$bench/layout:$name" "containers-storage:[overlay@$bench/podman+$bench_run/podman]$name" ||
            stop "podman has no images"
    done
    commands+=("podman images" "${podman_cli[*]} images"
        "podman history" "${podman_cli[*]} history $image"
        "podman system df" "${podman_cli[*]} system df")
fi
alternate "$rounds" "${commands[@]}"
