#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The monitor is killed or does not answer: the container goes on, the next command puts a new monitor in its place.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

id_of() { coracle inspect -f '{{.Id}}' "$1"; }
pid_of() { coracle inspect -f '{{.State.Pid}}' "$1"; }
# The lock names its holder; asking through the product would put a new monitor in place.
monitor_of() { sed -n 's/^pid \([0-9]*\) .*/\1/p' "$run_dir/containers/$1/lock"; }
# Ended or a zombie; it may go while we look.
ended() {
    local process
    for process in "$@"; do
        ! grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$process/status" || return 1
    done
}
kill_monitor() {
    local monitor
    monitor=$(monitor_of "$1")
    kill -KILL "$monitor"
    check "its monitor is killed" eventually 20 ended "$monitor"
}
lines_in_log() { [ "$(wc -l <"$store/containers/$1/container.log")" -ge "$2" ]; }

ticker='i=0; while :; do echo tick $i; i=$((i+1)); usleep 20000; done'

# --- the container goes on, and each command works the first time
for verb in ps exec logs attach stop restart kill rm; do
    check "a container that writes" coracle run -d --name goes welcome sh -c "$ticker"
    id=$out
    process=$(pid_of goes)
    check "it writes" eventually 20 lines_in_log "$id" 3
    kill_monitor "$id"
    sleep 0.2 # UNAVOIDABLE: it is to write while nobody reads
    if ended "$process"; then not_ok "the container lives on"; else ok "the container lives on"; fi
    case $verb in
        ps)
            like "ps shows it up" "$(coracle ps -f name=goes)" ' Up '
            check "a new monitor holds it" test "$(monitor_of "$id")" != "$process"
            ;;
        exec)
            check "exec" coracle exec goes echo inside
            is "works" "$out" inside
            ;;
        logs)
            check "logs" coracle logs goes
            seen=$(wc -l <<<"$out")
            check "more comes" eventually 20 lines_in_log "$id" $((seen < 15 ? 20 : seen + 5))
            is "and no line is missing or there twice" "$(coracle logs --tail all goes | head -n 20)" \
                "$(for i in $(seq 0 19); do echo "tick $i"; done)"
            ;;
        attach)
            rm -f "$work/attached" # that of the other kill
            "${cli[@]}" attach goes >"$work/attached" 2>/dev/null </dev/null &
            client=$!
            check "attach shows what it writes" eventually 20 grep -qxE 'tick [0-9]+' "$work/attached"
            kill -KILL "$client"
            wait "$client" 2>/dev/null
            ;;
        stop)
            check "stop" coracle stop -t 0 goes
            check "ends it" ended "$process"
            check "start" coracle start goes
            check "it runs" state_is goes running
            ;;
        restart) check "restart" coracle restart -t 0 goes ;;
        kill)
            check "kill" coracle kill goes
            check "ends it" eventually 20 stopped goes
            ;;
    esac
    check "rm -f" coracle rm -f goes
    check "its process is gone" eventually 20 ended "$process"
done

# --- its end is seen by the new monitor
check "a container that ends when it is told" coracle run -d --name code welcome \
    sh -c 'trap "exit 9" USR1; echo ready; while :; do usleep 20000; done'
id=$out
check "ready" eventually 20 lines_in_log "$id" 1
kill_monitor "$id"
check "ps" coracle ps
check "kill -s USR1" coracle kill -s USR1 code
check "it has ended" eventually 20 stopped code
like "its exit code is right or unknown, never wrong" "$(coracle ps -a -f name=code)" 'Exited \((9|unknown)\)'
check "rm" coracle rm code

# --- killed while it was being stopped
check "a container that takes its time" coracle run -d --name slow welcome \
    sh -c 'trap "" TERM; echo ready; while :; do usleep 20000; done'
id=$out
check "ready" eventually 20 lines_in_log "$id" 1
"${cli[@]}" stop -t 100 slow >/dev/null 2>&1 &
stopper=$!
check "stop is under way" eventually 20 test -e "$run_dir/containers/$id/stop"
kill -KILL "$stopper"
wait "$stopper" 2>/dev/null
kill_monitor "$id"
check "stop works the first time" coracle stop -t 0 slow
check "it is exited" stopped slow
check "start works" coracle start slow
check "it runs" state_is slow running
check "rm -f" coracle rm -f slow

# --- the first process is killed
check "a container" coracle run -d --name init welcome tail -f /dev/null
kill -KILL "$(pid_of init)"
check "kill -9 of its first process" eventually 20 stopped init
is "is exit code 137" "$(coracle inspect -f '{{.State.ExitCode}}' init)" 137
check "rm" coracle rm init

# --- both
check "a container" coracle run -d --name both welcome tail -f /dev/null
id=$out
process=$(pid_of both)
monitor=$(monitor_of "$id")
kill -KILL "$monitor" "$process"
check "both are gone" eventually 20 ended "$monitor" "$process"
check "ps -a" coracle ps -a -f name=both
like "says that nobody knows how it ended" "$out" 'Exited \(unknown\)'
check "start works" coracle start both
check "it runs" state_is both running
check "rm -f" coracle rm -f both

# --- with a restart policy
check "a container that keeps ending" coracle run -d --name loop --restart always welcome sh -c 'exit 1'
id=$out
check "in a pause" eventually 20 bash -c \
    "[ \$(sed -n 's/.*\"delayMs\":\([0-9]*\).*/\1/p' $run_dir/containers/$id/backoff.json) -ge 400 ]"
kill_monitor "$id"
check "ps" coracle ps
before=$(coracle inspect -f '{{.RestartCount}}' loop)
check "the restarts go on" eventually 60 bash -c "[ \$(${cli[*]} inspect -f '{{.RestartCount}}' loop) -gt $before ]"
check "stop" coracle stop loop
check "ends them" stopped loop
check "rm" coracle rm loop

# --- a number that belongs to somebody else by now
check "a container" coracle run -d --name old welcome tail -f /dev/null
id=$out
process=$(pid_of old)
monitor=$(monitor_of "$id")
kill -KILL "$monitor" "$process"
check "both are gone" eventually 20 ended "$monitor" "$process"
tail -f /dev/null &
stranger=$!
helpers+=("$stranger")
for file in "$run_dir/containers/$id/state.json" "$run_dir/runtime/$id/state.json"; do
    sed -i "s/\"pid\":[0-9]*/\"pid\":$stranger/" "$file"
done
like "ps knows that it is another process" "$(coracle ps -a -f name=old)" 'Exited \(unknown\)'
check "stop has nothing to do" coracle stop old
refused 1 "kill neither" 'not running' coracle kill old
refused 1 "nor exec" 'not running' coracle exec old true
check "rm" coracle rm -f old
if ended "$stranger"; then not_ok "the stranger lives"; else ok "the stranger lives"; fi

# --- a monitor that does not go on, as behind a disk that does not answer
check "a container" coracle run -d --name stuck welcome tail -f /dev/null
id=$out
process=$(pid_of stuck)
monitor=$(monitor_of "$id")
kill -STOP "$monitor"
refused 1 "stop ends the container and says what is wrong" 'monitor does not' \
    timeout 60 "${cli[@]}" stop -t 0 stuck
check "its process is gone" eventually 20 ended "$process"
kill -CONT "$monitor"
check "when the monitor goes on the end is recorded" eventually 20 stopped stuck
is "with the right code" "$(coracle inspect -f '{{.State.ExitCode}}' stuck)" 137
check "rm" coracle rm stuck

# --- a client in the foreground
"${cli[@]}" run --name front welcome sh -c "$ticker" >"$work/front" 2>&1 &
client=$!
check "a foreground container runs" eventually 20 grep -q 'tick 2' "$work/front"
id=$(id_of front)
kill_monitor "$id"
check "its client takes the container over" eventually 20 bash -c \
    "kill -0 \$(sed -n 's/^pid \([0-9]*\) .*/\1/p' $run_dir/containers/$id/lock)"
check "the client still waits" kill -0 "$client"
check "stop" coracle stop -t 0 front
wait "$client"
like "the client ends with the container" "$?" '^(137|125)$'
check "rm" coracle rm front

# --- whose program ends well, though what it wrote may not all have come through
"${cli[@]}" run --name well welcome sh -c 'echo begun; while [ ! -e /go ]; do usleep 20000; done' >"$work/well" 2>&1 &
client=$!
check "a foreground container runs" eventually 20 grep -q begun "$work/well"
kill_monitor "$(id_of well)"
coracle exec well touch /go # which may end with its container, before its exit
wait "$client"
is "the client does not call that a success" "$?" 125
is "which it was" "$(coracle inspect -f '{{.State.ExitCode}}' well)" 0
check "rm" coracle rm well

# --- a published port
if "$CORACLE_SOURCE/tests/support/capabilities" slirp4netns tun >/dev/null; then
    port=$(free_port)
    ask() { timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port && head -n 1 <&3" | grep -q answer; }
    check "a container with a port" coracle run -d --name net -p "127.0.0.1:$port:80" welcome \
        nc -ll -p 80 -e echo answer
    id=$out
    check "it answers" eventually 20 ask
    kill_monitor "$id"
    check "ps" coracle ps
    check "it answers again" eventually 20 ask
    check "rm -f" coracle rm -f net
    # Each connection ends this one, and the policy starts it with the same port.
    check "a server for one request" coracle run -d --name once --restart always -p "127.0.0.1:$port:80" welcome \
        nc -l -p 80 -e echo answer
    for n in 1 2 3; do
        check "request $n is answered" eventually 20 ask
    done
    check "rm -f" coracle rm -f once
fi

finish
