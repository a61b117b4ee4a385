#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# --init: a first process that passes signals on, collects orphans and ends as the program does.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

tools=$(cd "$CORACLE_BIN/../tests/bin" && pwd)
run=("${cli[@]}" run --rm --network none --init)
exits 0 "the exit code is the program's" "${run[@]}" welcome true
exits 42 "whatever it is" "${run[@]}" welcome sh -c 'exit 42'
exits 137 "or 128 and its signal" "${run[@]}" welcome sh -c 'kill -9 $$'
exits 127 "a command that is not there" "${run[@]}" welcome no-such-command
like "is said" "$err" "coracle-init: run 'no-such-command': No such file"
exits 126 "one that cannot be run" "${run[@]}" welcome /etc/passwd
check "the program is not process 1" "${run[@]}" welcome sh -c 'echo $$; tr "\0" " " </proc/1/cmdline'
like "which is ours" "$(tr '\n' ' ' <<<"$out")" '^2 /run/.coracle-init sh -c'
exits 1 "its file cannot be written" "${run[@]}" welcome sh -c ': >>/proc/1/exe'
like "being read-only, or not the container's" "$err" 'Read-only|busy|denied'
check "the mount" "${run[@]}" welcome grep ' /run/.coracle-init ro' /proc/self/mountinfo
exits 1 "by its name neither" "${run[@]}" welcome sh -c ': >>/run/.coracle-init'
check "a program without handlers ends by SIGTERM" coracle run -d --name idle --init --network none welcome \
    tail -f /dev/null
check "at once" timeout 30 "${cli[@]}" stop -t 60 idle
is "and tells" "$(coracle inspect -f '{{.State.ExitCode}}' idle)" 143
check "rm" coracle rm idle
check "other signals are passed on, too" coracle run -d --name hup --init --network none welcome \
    sh -c 'trap "exit 7" HUP; echo ready; while :; do usleep 20000; done'
eventually 20 sh -c "'${cli[0]}' ${cli[*]:1} logs hup | grep -q ready"
check "kill -s HUP" coracle kill -s HUP hup
check "ends it" eventually 20 state_is hup exited
is "as its handler says" "$(coracle inspect -f '{{.State.ExitCode}}' hup)" 7
check "rm" coracle rm hup

# An orphan belongs to process 1. Without --init that is a program that never asks for it, and a zombie stays.
zombies() { coracle exec "$1" sh -c 'grep -ls "State:.Z" /proc/[0-9]*/status | wc -l'; }
no_zombies() { [ "$(zombies "$1")" = 0 ]; }
some_zombies() { [ "$(zombies "$1")" = 1 ]; }
for name in without with; do
    option=()
    [ $name = without ] || option=(--init)
    check "a container $name --init" coracle run -d --name $name "${option[@]}" --network none \
        -v "$tools:/t:ro,exec" welcome tail -f /dev/null
    check "leaves an orphan to process 1" coracle exec $name /t/probe orphan
done
check "which stays a zombie without it" eventually 20 some_zombies without
check "and is collected by it" eventually 20 no_zombies with
exits 3 "exec returns the command's exit code" coracle exec with sh -c 'exit 3'
check "rm" coracle rm -f with without

# In a terminal Ctrl+C is for the program.
mkfifo "$work/keys"
caught='trap "echo caught; exit 9" INT; echo ready; while :; do usleep 20000; done'
script -qec "${run[*]} -it welcome sh -c '$caught'" "$work/typescript" <"$work/keys" >"$work/screen" 2>&1 &
helpers+=($!)
exec 9>"$work/keys"
check "a program in a terminal" eventually 20 grep -q ready "$work/screen"
printf '\003' >&9
check "gets Ctrl+C" eventually 20 grep -q caught "$work/screen"
exec 9>&-
wait "${helpers[-1]}" # it removes its container
is "whose exit code is the command's" "$?" 9
finish
