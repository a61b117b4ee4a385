#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Pull and unpack the test image of postgres (127 MB in six layers) from a registry on loopback: ours, durable, against
# podman's and against skopeo with umoci, which are not. Target: four times as fast.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-5}
images=$("$CORACLE_SOURCE/tests/support/make_images") || stop "no test images"
serve_registry
image=$registry/postgres
skopeo copy -q --dest-tls-verify=false "oci:$images:postgres:latest" "docker://$image" || stop "push failed"

# Each pull has a store of its own: ext4 does not give out an inode again for minutes after a removal and searches past
# it, so removing the image before each round would measure that.
commands=(coracle "rm -f $bench/now && ln -s \$(mktemp -d $bench/store.XXXX) $bench/now && sync --
    $CORACLE_BIN/coracle --root $bench/now --runroot $bench_run pull -q $image")
if has podman; then
    commands+=(podman "rm -f $bench/podman && ln -s \$(mktemp -d $bench/podman.XXXX) $bench/podman && sync --
        ${podman_cli[*]} pull -q --tls-verify=false $image")
fi
if has umoci; then
    commands+=("skopeo and umoci" "rm -f $bench/umoci && ln -s \$(mktemp -d $bench/umoci.XXXX) $bench/umoci && sync --
        bash -c 'skopeo copy -q --src-tls-verify=false docker://$image oci:$bench/umoci/layout:latest &&
        umoci unpack --rootless --image $bench/umoci/layout:latest $bench/umoci/bundle'")
fi
alternate "$rounds" "${commands[@]}"
echo
echo "for scale: the same layers copied and not unpacked"
alternate "$rounds" skopeo \
    "rm -rf $bench/copy -- skopeo copy -q --src-tls-verify=false docker://$image oci:$bench/copy"
