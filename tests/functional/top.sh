#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# top: the processes of a container and nobody else's, in the columns of ps and in podman's.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

check "a container with several processes" coracle run -d --name c \
    welcome sh -c 'sleep 1001 & su -s /bin/sh nobody -c "sleep 1002" & wait'
# Whose programs they are by then: the shell's own words name them from the beginning.
both() { [ "$(coracle top c -o user,args | grep -cE '^(root +sleep 1001|nobody +.*sleep 1002)$')" -ge 2 ]; }
check "which run" eventually 20 both
check "top" coracle top c
like "has docker's columns" "$(head -n 1 <<<"$out")" '^UID +PID +PPID +C +STIME +TTY +TIME +CMD$'
like "and a row of the container's root" "$out" '^root +[0-9]+ +[0-9]+ .* sleep 1001$'
unlike "and nobody else's" "$out" 'coracle-monitor|bash|ps'
pid=$(coracle inspect -f '{{.State.Pid}}' c)
like "PID is this computer's" "$out" "^root +$pid "
check "-o" coracle top c -o pid,comm=NAME
is "chooses columns" "$(head -n 1 <<<"$out" | tr -s ' ')" "PID NAME"
check "aux" coracle top c aux
like "has its columns" "$(head -n 1 <<<"$out")" '^USER +PID +%CPU +%MEM +VSZ +RSS +TTY +STAT +START +TIME +COMMAND$'
check "podman's words" coracle container top c pid user comm
like "count as the container does" "$out" '^1 +root +'
like "users have the container's names" "$(coracle top c -o user,args)" '^nobody +.*sleep 1002'
refused 125 "an unknown column" "no column 'comn'" coracle top c -o comn
is "has the likely one as hint" "$(tail -n 1 <<<"$err")" "hint: did you mean 'comm'?"
refused 125 "an unknown option" "no option of ps" coracle top c -q
if coracle pause c >/dev/null 2>&1; then # needs a control group of its own
    check "it shows a paused container" coracle top c
    coracle unpause c >/dev/null
fi
check "a process with escape codes in its name" coracle exec -d c sh -c 'exec -a "$(printf "\033[31mred")" sleep 1003'
unlike "cannot write to the terminal" "$(script -qec "${cli[*]} top c" /dev/null </dev/null)" $'\033\\[31m'
coracle stop -t 0 c >/dev/null
refused 1 "a stopped container has none" "is not running" coracle top c
refused 1 "nor one that is not there" "nobody" coracle top nobody
coracle rm -f c >/dev/null
finish
