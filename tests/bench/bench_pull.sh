#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Pull and unpack the test image of postgres (127 MB in six layers) from a registry on loopback: ours, durable, against
# podman's, which is not. Target: 2.5x faster.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-5}
for program in docker-registry skopeo curl; do
    has "$program" || stop "the registry cannot be run"
done
images=$("$CORACLE_SOURCE/tests/support/make_images") || stop "no test images"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$bench/registry.yml" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $bench/registry}}
http: {addr: "127.0.0.1:$port", secret: bench}
YAML
docker-registry serve "$bench/registry.yml" >"$bench/registry.log" 2>&1 &
helpers+=($!)
curl -s --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null "http://127.0.0.1:$port/v2/" || stop "no registry"
image=127.0.0.1:$port/postgres
skopeo copy -q --dest-tls-verify=false "oci:$images:postgres:latest" "docker://$image" || stop "push failed"

commands=(coracle "${cli[*]} rmi -f $image || true; sync -- ${cli[*]} pull -q $image")
if has podman; then
    commands+=(podman "${podman_cli[*]} rmi -f $image || true; sync --
        ${podman_cli[*]} pull -q --tls-verify=false $image")
fi
alternate "$rounds" "${commands[@]}"
echo
echo "for scale: the same layers copied and not unpacked"
alternate "$rounds" skopeo \
    "rm -rf $bench/copy -- skopeo copy -q --src-tls-verify=false docker://$image oci:$bench/copy"
