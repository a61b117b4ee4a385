#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What works for a container is confined: slirp4netns, coracle-portd, fuse-overlayfs, coracle-store, the keeper of the
# user namespace. Each parses what a stranger made.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns subids fuse slirp4netns tun seccomp

# status_of PID FIELD
status_of() { sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status"; }
port=$(free_port)
check "a container with a network, a udp port and translated ids" coracle run -d --name all --userns keep-id \
    -p "127.0.0.1:$port:53/udp" welcome tail -f /dev/null
pid=$(coracle inspect -f '{{.State.Pid}}' all)
slirp=$(pgrep -f "slirp4netns .* $pid tap0" | head -n 1)
portd=$(pgrep -f "coracle-portd $pid " | head -n 1)
overlay=$(pgrep -u "$(id -u)" -f "fuse-overlayfs .*$store/containers" | head -n 1)
keeper=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$run_dir/userns/keeper.json")

for name in slirp portd overlay keeper; do
    process=${!name}
    like "$name runs" "$process" '^[0-9]+$'
    is "$name gains no privileges" "$(status_of "$process" NoNewPrivs)" 1
    is "$name has a system call filter" "$(status_of "$process" Seccomp)" 2
done
# A root of its own with nothing but /etc and /run; nobody may look at it, so its words have to do.
words=$(tr '\0' ' ' <"/proc/$slirp/cmdline")
like "slirp is told to leave the files of the computer" "$words" ' --enable-sandbox --enable-seccomp '
like "and not to reach its loopback" "$words" ' --disable-host-loopback '
is "portd has no capability" "$(status_of "$portd" CapPrm)$(status_of "$portd" CapEff)" 00000000000000000000000000000000
is "the keeper has none" "$(status_of "$keeper" CapPrm)" 0000000000000000
is "fuse-overlayfs keeps what files of any owner take" "$(status_of "$overlay" CapPrm)$(status_of "$overlay" CapBnd)" \
    000000008800001f000000008800001f
is "and has all three filters" "$(status_of "$overlay" Seccomp_filters)" 3
is "its mounts are read-only but for the container's folder" \
    "$(awk '$6 !~ /(^|,)ro(,|$)/ {print $5}' "/proc/$overlay/mountinfo")" \
    "$(dirname "$(coracle inspect -f '{{.ResolvConfPath}}' all)")"

# Landlock, seen by what the program itself may still do: it has no other way to show it.
if "$CORACLE_SOURCE/tests/support/capabilities" landlock >/dev/null; then
    mkdir "$work/spy-home"
    spy=$work/spy-home/spy
    cat >"$spy" <<'SH'
#!/bin/sh
# Stands in for fuse-overlayfs: tries what a taken-over one would.
for file in "$HOME/secret" "$SPY_BUNDLE/config.json" /proc/self/environ /proc/version; do
    cat "$file" >/dev/null 2>&1 && echo "read $file"
done
for file in "$HOME/secret" "$SPY_BUNDLE/config.json" /tmp/spy; do
    ( echo x >>"$file" ) 2>/dev/null && echo "wrote $file"
done
chmod 777 "$HOME/secret" 2>/dev/null && echo "changed $HOME/secret"
mount -t tmpfs none /mnt 2>/dev/null && echo mounted
unshare -m true 2>/dev/null && echo unshared
python3 -c 'import socket; socket.socket()' 2>/dev/null && echo "made a socket"
echo "spy ended" >&2
exit 1
SH
    chmod +x "$spy"
    echo secret >"$work/home/secret"
    check "a container to spy in" coracle create --name spied --userns keep-id --network none welcome true
    bundle=$(dirname "$(coracle inspect -f '{{.ResolvConfPath}}' spied)")
    sed -i "s|\"fuseProgram\" *: *\"[^\"]*\"|\"fuseProgram\":\"$spy\"|; " "$bundle/coracle.json"
    sed -i "s|\$HOME|$work/home|g; s|\$SPY_BUNDLE|$bundle|g" "$spy"
    refused 125 "a program in place of fuse-overlayfs can do none of it" 'spy ended' coracle start -a spied
    check "rm" coracle rm spied
fi

# coracle-store waits for a layer: look at it while it does.
mkfifo "$work/layer"
mkdir -p "$work/unpack/diff"
"$CORACLE_BIN/coracle-store" --namespace kept --keeper "$run_dir/userns" unpack --compression none \
    "$work/unpack/diff" <"$work/layer" >/dev/null 2>&1 &
unpacker=$!
exec 8>"$work/layer"
confined() { [ "$(status_of "$unpacker" Seccomp)" = 2 ]; }
check "coracle-store confines itself before it reads the first byte" eventually 20 confined
is "it gains no privileges" "$(status_of $unpacker NoNewPrivs)" 1
is "keeps five capabilities" "$(status_of $unpacker CapEff)" 000000008000001b
is "has the layer for its root" "$(readlink /proc/$unpacker/root 2>/dev/null || echo hidden)" \
    "$(readlink -f "$work/unpack/diff")"
exec 8>&-
wait $unpacker

check "rm" coracle rm -f all
finish
