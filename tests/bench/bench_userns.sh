#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The first start with --userns keep-id of an image of 1.5 GB in six layers and 18,000 files, against the default map:
# time and disk. Targets: within 100 ms of the default, no disk; podman makes a second copy of the image for each map.
# Usage: bench_userns.sh [ROUNDS [MEGABYTES]]
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-10}
megabytes=${2:-1500}
for program in docker-registry skopeo curl fuse-overlayfs; do
    has "$program" || stop "it is needed"
done

python3 - "$bench/layout" "$CORACLE_SOURCE" "$megabytes" <<'PYTHON' || stop "the image cannot be made"
import pathlib
import random
import shutil
import subprocess
import sys
sys.path.insert(0, sys.argv[2] + "/resources/welcome")
from oci_layout import Layer, Layout
noise = random.Random(7)
layout = Layout(sys.argv[1], gzip_level=0)
tars = []
for number in range(6):
    layer = Layer()
    if number == 0:
        layer.folder("bin")
        layer.file("bin/busybox", pathlib.Path(shutil.which("busybox")).read_bytes(), 0o755)
        for name in ("true", "sh", "id"):
            layer.symlink("bin/" + name, "busybox")
    layer.folder(f"part{number}")
    for count in range(int(sys.argv[3]) // 6):
        layer.file(f"part{number}/big{count}", noise.randbytes(1 << 20))
    for count in range(3000):
        layer.file(f"part{number}/small{count}", noise.randbytes(64), owner=(count % 100, 0))
    tars.append(layer.finish())
machine = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
layout.add_image("big", tars, {"Env": ["PATH=/bin"]}, machine)
layout.close()
PYTHON

serve_registry
image=$registry/big
skopeo copy -q --dest-tls-verify=false "oci:$bench/layout:big" "docker://$image" || stop "push failed"
rm -rf "$bench/layout"
"${cli[@]}" pull -q "$image" >/dev/null || stop "pull failed"

# Inside the user namespace, or folders of other ids are not counted.
disk_of() { unshare --map-root-user --map-auto du -sm "$1" | cut -f1; }
milliseconds() {
    local begin end
    begin=$(date +%s%N)
    "$@" >/dev/null || stop "failed: $*"
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}

disk=$(disk_of "$bench/store")
first=$(milliseconds "${cli[@]}" run --rm --network none --userns keep-id "$image" true)
echo "coracle: the first start with keep-id took $first ms, disk before $disk MB, after $(disk_of "$bench/store") MB"
alternate "$rounds" "default map" "${cli[*]} run --rm --network none $image true" \
    "keep-id" "${cli[*]} run --rm --network none --userns keep-id $image true" \
    "nomap" "${cli[*]} run --rm --network none --userns nomap $image true" \
    "auto" "${cli[*]} run --rm --network none --userns auto $image true"

if has podman && "${podman_cli[@]}" pull -q --tls-verify=false "$image" >"$bench/podman.log" 2>&1 &&
    "${podman_cli[@]}" run --rm --network none "$image" true >"$bench/podman.log" 2>&1; then
    disk=$(disk_of "$bench/podman")
    first=$(milliseconds "${podman_cli[@]}" run --rm --network none --userns keep-id "$image" true)
    echo "podman: the first start with keep-id took $first ms, disk before $disk MB, after" \
        "$(disk_of "$bench/podman") MB"
    alternate "$((rounds / 3 + 1))" "default map" \
        "${podman_cli[*]} run --rm --network none $image true" \
        "keep-id" "${podman_cli[*]} run --rm --network none --userns keep-id $image true"
else
    echo "without podman: $(tail -n 1 "$bench/podman.log" 2>/dev/null)"
fi
