#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The runtime alone on a prepared bundle with podman's default seccomp profile. Targets: four times faster than crun,
# seven times faster than runc. `kept` is the bundle as the engine writes it: its ids come from the kept user namespace,
# and the filter is the built-in one. `plain` is the very bundle that the peers get, where nobody uses Coracle: its ids
# come from newuidmap. `plain, keeper` is that bundle again, where the user's keeper is alive, as it is once a container
# of Coracle's was started in the session: its ids come from the mirror that the keeper holds.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-30}
runtime=$CORACLE_BIN/coracle-runtime
python3 "$here/make_bundle.py" "$bench/bundle" "$bench_run/userns" "$runtime" || stop "no bundle"
bundle() { echo "$1 --root $bench_run/$2 run --bundle $bench/bundle/$3 $2"; }
mkdir "$bench_run/nobody"
commands=()
for peer in kept plain mirror crun runc; do
    name=$peer folder=plain program=$runtime run_root=$bench_run/nobody
    case $peer in
        kept) folder=kept ;;
        plain) ;;
        mirror) name="plain, keeper" run_root=$bench_run ;;
        *) program=$peer; has "$peer" || continue ;;
    esac
    read -ra words <<<"$(bundle "$program" "$peer" "$folder")"
    CORACLE_RUNROOT=$run_root "${words[@]}" >"$bench/first.log" 2>&1 || {
        echo "without $peer: $(tail -n 1 "$bench/first.log")"
        continue
    }
    commands+=("$name" "CORACLE_RUNROOT=$run_root ${words[*]}")
done
alternate "$rounds" "${commands[@]}"
