# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Library of the benchmarks: our figure and a peer's from alternating runs of one call, medians and the ratio.
# A benchmark is not a test: it prints, and fails only when a command fails. Run it as a user without root with a
# release build: CORACLE_BIN=build/release/bin tests/bench/bench_start.sh
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${CORACLE_SOURCE:=$(cd "$here/../.." && pwd)}"
: "${CORACLE_BIN:=$CORACLE_SOURCE/build/release/bin}"
export CORACLE_BIN CORACLE_LIBEXEC=$CORACLE_BIN LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

stop() {
    echo "bench: $*" >&2
    exit 1
}
[ "$(id -u)" != 0 ] || stop "the product does not run as root"
[ -x "$CORACLE_BIN/coracle" ] || stop "no coracle in '$CORACLE_BIN'; build the release preset first"

bench=$(mktemp -d "${TMPDIR:-/var/tmp}/b.XXXXXX")
bench_run=$(mktemp -d "${XDG_RUNTIME_DIR:-$bench}/b.XXXXXX")
helpers=()
cli=("$CORACLE_BIN/coracle" --root "$bench/store" --runroot "$bench_run")

# podman's default driver here copies files (vfs); kernel overlay is the fair comparison.
podman_cli=(podman --root "$bench/podman" --runroot "$bench_run/podman" --storage-driver overlay)

end_bench() {
    "${cli[@]}" ps -aq 2>/dev/null | xargs -r "${cli[@]}" rm -f >/dev/null 2>&1
    [ ${#helpers[@]} = 0 ] || kill "${helpers[@]}" 2>/dev/null
    local keeper
    keeper=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$bench_run/userns/keeper.json" 2>/dev/null)
    [ -z "$keeper" ] || kill "$keeper" 2>/dev/null
    unshare --map-root-user --map-auto rm -rf "$bench" "$bench_run"
}
trap end_bench EXIT

has() { command -v "$1" >/dev/null || { echo "without $1: not installed"; false; }; }

# Debian's docker-registry on loopback, empty, at $registry until the end.
serve_registry() {
    local program port
    for program in docker-registry skopeo curl; do
        has "$program" || stop "the registry cannot be run"
    done
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    registry=127.0.0.1:$port
    cat >"$bench/registry.yml" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $bench/registry}}
http: {addr: "$registry", secret: bench}
YAML
    docker-registry serve "$bench/registry.yml" >"$bench/registry.log" 2>&1 &
    helpers+=($!)
    curl -s --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null "http://$registry/v2/" || stop "no registry"
}

# The welcome image under the name localhost/busybox, in podman's own store.
import_for_podman() {
    skopeo copy -q "oci:$CORACLE_BIN/../share/coracle/welcome:welcome:latest" \
        "containers-storage:[overlay@$bench/podman+$bench_run/podman]localhost/busybox:latest"
}

# podman needs crun, and crun refuses a v2 tree with controllers in a hybrid set-up.
podman_works() {
    has podman || return 1
    "${podman_cli[@]}" run --rm --network none localhost/busybox true >"$bench/podman.log" 2>&1 && return 0
    echo "without podman: $(tail -n 1 "$bench/podman.log")"
    return 1
}

# alternate ROUNDS NAME COMMAND...: run the commands in turn, round after round. Commands are strings for the shell.
alternate() {
    python3 "$here/alternate.py" "$@" || stop "a command failed"
}
