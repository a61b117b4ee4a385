#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The desktop app: time to the first paint and memory (PSS). Targets: 250 ms, 60 MB.
# The app prints `first-paint <ms>` when CORACLE_TRACE_START is set.
# shellcheck source=tests/bench/bench_lib.sh
. "$(dirname "$0")/bench_lib.sh"

rounds=${1:-5}
[ -x "$CORACLE_BIN/coracle-desktop" ] || stop "no coracle-desktop"
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} CORACLE_TRACE_START=1
for _ in $(seq "$rounds"); do
    "$CORACLE_BIN/coracle-desktop" --root "$bench/store" --runroot "$bench_run" 2>"$bench/trace" &
    app=$!
    timeout 10 sh -c 'until grep -q first-paint "$0"; do sleep 0.02; done' "$bench/trace" || # UNAVOIDABLE: polls a log
        stop "no first paint within ten seconds"
    printf '%s, PSS %s kB\n' "$(grep first-paint "$bench/trace")" \
        "$(awk '/^Pss:/ {print $2}' "/proc/$app/smaps_rollup")"
    kill "$app"
    wait "$app" 2>/dev/null
done
