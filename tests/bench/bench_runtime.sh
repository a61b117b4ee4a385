#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The runtime alone on a prepared bundle with podman's default seccomp profile. Targets: four times faster than crun,
# seven times faster than runc. `kept` is the bundle as the engine writes it: its ids come from the kept user namespace,
# and the filter is the built-in one; `plain` is the very bundle that the peers get.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-30}
runtime=$CORACLE_BIN/coracle-runtime
python3 "$here/make_bundle.py" "$bench/bundle" "$bench_run/userns" "$runtime" || stop "no bundle"
bundle() { echo "$1 --root $bench_run/$2 run --bundle $bench/bundle/$3 $2"; }
commands=()
for peer in kept plain crun runc; do
    case $peer in
        kept | plain) program=$runtime; folder=$peer ;;
        *) program=$peer; folder=plain; has "$peer" || continue ;;
    esac
    read -ra words <<<"$(bundle "$program" "$peer" "$folder")"
    "${words[@]}" >"$bench/first.log" 2>&1 || {
        echo "without $peer: $(tail -n 1 "$bench/first.log")"
        continue
    }
    commands+=("$peer" "$(bundle "$program" "$peer" "$folder")")
done
alternate "$rounds" "${commands[@]}"
