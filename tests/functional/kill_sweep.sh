#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill -9 of every process that takes part: the next command shows the truth and works.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images strace

pid_of() { coracle inspect -f '{{.State.Pid}}' "$1"; }
parent_of() { ps -o ppid= -p "$1" | tr -d ' '; }
gone() { [ ! -d "/proc/$1" ]; }
start_one() { check "a container runs" coracle run -d --name "$1" welcome tail -f /dev/null; }

# --- the container's first process
start_one init
kill -KILL "$(pid_of init)"
check "after kill -9 of its first process it is exited" eventually 20 state_is init exited
check "inspect" coracle inspect -f '{{.State.ExitCode}}' init
is "with 137" "$out" 137
check "start works" coracle start init
check "it runs" state_is init running
check "rm -f" coracle rm -f init

# --- the monitor
start_one monitor
process=$(pid_of monitor)
monitor=$(parent_of "$process")
kill -KILL "$monitor"
check "the monitor is gone" eventually 20 gone "$monitor"
check "ps answers" coracle ps -a
if [ -d "/proc/$process" ] && state_is monitor running; then
    ok "the container runs on and is shown so"
else
    check "the container has ended with its monitor" eventually 20 gone "$process"
    unlike "and is not shown as running" "$(coracle inspect -f '{{.State.Status}}' monitor)" running
fi
check "stop works" coracle stop -t 1 monitor
check "its process is gone" eventually 20 gone "$process"
check "start works" coracle start monitor
check "it runs" state_is monitor running
check "rm -f" coracle rm -f monitor

# --- both
start_one both
process=$(pid_of both)
monitor=$(parent_of "$process")
kill -KILL "$monitor" "$process"
check "both are gone" eventually 20 gone "$process"
unlike "it is not shown as running" "$(coracle inspect -f '{{.State.Status}}' both)" running
check "start works" coracle start both
check "rm -f" coracle rm -f both

# --- the client of a foreground container
"${cli[@]}" run --name client welcome tail -f /dev/null >/dev/null 2>&1 &
client=$!
check "a foreground container runs" eventually 20 state_is client running
kill -KILL $client
wait $client 2>/dev/null
check "after kill -9 of its client it runs on" state_is client running
check "exec works" coracle exec client true
check "rm -f" coracle rm -f client

# killed_at CALL NUMBER COMMAND...: end the program and all it starts at that system call; the shell's own word on it is
# not of interest.
killed_at() {
    local call=$1 number=$2
    shift 2
    { strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$number" "$@"; } >/dev/null 2>&1
}

# --- the client at each rename and mount of a start (strace ends it at the K-th call)
for call in renameat2,rename,renameat mount,move_mount clone,clone3,vfork,execve fsync,fdatasync,syncfs; do
    for number in 1 2 4 7; do
        killed_at "$call" "$number" "${cli[@]}" run --rm --name swept --network none welcome true
        coracle rm -f swept >/dev/null 2>&1
        exits 0 "killed at $call number $number, the next run works" \
            timeout 60 "${cli[@]}" run --rm --name swept --network none welcome echo fine
    done
done

# --- a pull, its helper included
start_registry "$work/registry"
push_image python
for call in renameat2,rename,renameat fsync,fdatasync,syncfs mkdir,mkdirat; do
    for number in 1 3 9; do
        killed_at "$call" "$number" "${cli[@]}" pull -q "$registry_address/python"
        exits 0 "pull killed at $call number $number: the next pull works" \
            timeout 60 "${cli[@]}" pull -q "$registry_address/python"
        exits 0 "and the image runs" coracle run --rm --network none "$registry_address/python" -c 'import json'
        coracle rmi -f "$registry_address/python" >/dev/null 2>&1
    done
done
store_helper() { pgrep -u "$(id -u)" -f "^$CORACLE_BIN/coracle-store unpack"; }
"${cli[@]}" pull -q "$registry_address/python" >"$work/pull" 2>&1 &
client=$!
if eventually 20 store_helper; then
    store_helper | xargs -r kill -KILL 2>/dev/null
fi
wait $client
like "a pull whose helper is killed fails or has been quicker" "$?" '^[01]$'
check "the next pull works" coracle pull -q "$registry_address/python"
check "the image runs" coracle run --rm --network none "$registry_address/python" -c 'import json'
finish
