#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Restart policies, stop in all its forms, kill, wait: what ends a container and what starts it again.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

count_of() { coracle inspect -f '{{.RestartCount}}' "$1"; }
pid_of() { coracle inspect -f '{{.State.Pid}}' "$1"; }
restarted() { [ "$(count_of "$1")" -ge "$2" ]; }
in_pause() { state_is "$1" restarting; }
in_long_pause() { in_pause "$1" && restarted "$1" 4; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }
# in_one_pause NAME COMMAND...: capture the command in a pause that lasts longer than it does. A pause may be over
# before the command has looked; then the next one, which is twice as long, serves.
in_one_pause() {
    local name=$1 pause
    shift
    until
        eventually 70 in_long_pause "$name"
        pause=$(coracle inspect -f '{{.State.Status}} {{.RestartCount}}' "$name")
        capture "$@"
        [ "${pause% *}" = restarting ] &&
            [ "$(coracle inspect -f '{{.State.Status}} {{.RestartCount}}' "$name")" = "$pause" ]
    do :; done
}
# refused_in_pause DESCRIPTION PATTERN NAME COMMAND...
refused_in_pause() {
    in_one_pause "${@:3}"
    local said=$status
    cp "$work/stdout" "$work/said.out"
    cp "$work/stderr" "$work/said.err"
    say_again() { cat "$work/said.out"; cat "$work/said.err" >&2; return "$said"; }
    refused 1 "$1" "$2" say_again
}
# stop_in_pause NAME: that no run was begun meanwhile says that neither the pause nor a time was waited for.
stop_in_pause() {
    local count
    for _ in 1 2 3 4 5; do
        eventually 70 in_long_pause "$1" || return 1
        count=$(count_of "$1")
        timeout 60 "${cli[@]}" stop -t 100 "$1" || return 1
        [ "$(count_of "$1")" != "$count" ] || return 0
        coracle start "$1" || return 1
    done
    return 1
}

# --- words
refused 125 "--rm and a policy conflict" 'conflicting options.*--rm' \
    coracle run -d --rm --restart always welcome true
refused 125 "an unknown policy" "'sometimes' is unknown" coracle run -d --restart sometimes welcome true
refused 125 "a number goes with on-failure only" "on-failure" coracle run -d --restart always:3 welcome true
refused 125 "a number has to be one" "number" coracle run -d --restart on-failure:x welcome true
exits 0 "nothing was made" coracle ps -aq
is "by any of them" "$out" ""

# --- on-failure
check "on-failure:2" coracle run -d --name twice --restart on-failure:2 welcome sh -c 'echo run; exit 3'
check "ends for good" eventually 20 stopped twice
is "after two restarts" "$(count_of twice)" 2
is "with the exit code of the last" "$(coracle inspect -f '{{.State.ExitCode}}' twice)" 3
is "inspect shows the policy" \
    "$(coracle inspect -f '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}' twice)" \
    "on-failure 2"
is "the log has all runs" "$(coracle logs twice)" $'run\nrun\nrun'
check "start begins to count anew" coracle start twice
check "and ends again" eventually 20 stopped twice
is "after two more" "$(coracle logs twice | wc -l)" 6
check "rm" coracle rm twice
exits 0 "a success is left alone" coracle run --name fine --restart on-failure welcome true
check "it has ended" stopped fine
is "without a restart" "$(count_of fine)" 0
check "rm" coracle rm fine

# --- update
check "a container without a policy" \
    coracle run -d --name later welcome sh -c 'trap "exit 4" USR1; echo ready; while :; do sleep 0.1; done'
check "gets one while it runs" coracle update --restart on-failure:1 later
is "inspect shows it" "$(coracle inspect -f '{{.HostConfig.RestartPolicy.Name}}' later)" on-failure
is_ready() { [ "$(coracle logs later | wc -l)" = "$1" ]; }  # its trap is set, for that many times
check "runs" eventually 20 is_ready 1
check "fails" coracle kill -s USR1 later
check "and is restarted" eventually 20 is_ready 2
check "the policy can go again" coracle update --restart no later
check "a failure is the end then" coracle kill -s USR1 later
check "for good" eventually 20 stopped later
check "start" coracle start later
is "the policy stays away" "$(coracle inspect -f '{{.HostConfig.RestartPolicy.Name}}' later)" no
check "in a pause" coracle run -d --name pausing --restart always welcome false
check "it waits" eventually 20 in_pause pausing
check "no policy any more" coracle update --restart no pausing
check "ends the pause" eventually 70 stopped pausing
refused 125 "an unknown policy" "'sometimes' is unknown" coracle update --restart sometimes later
check "a container that is removed at its end" coracle run -d --rm --name gone welcome sleep 1000
refused 1 "gets none" "removed at its end" coracle update --restart always gone
refused 125 "update of nothing" "nothing to change" coracle update later
check "rm" coracle rm -f later pausing gone

# --- the pause
check "always" coracle run -d --name loop --restart always welcome sh -c 'exit 1'
check "comes to a pause" eventually 20 in_long_pause loop
in_one_pause loop coracle ps -f name=loop
like "ps shows it" "$out" 'Restarting \(1\) .* ago'
in_one_pause loop coracle inspect -f '{{.State.Restarting}} {{.State.Running}} {{.State.ExitCode}}' loop
is "inspect too" "$out" "true true 1"
in_one_pause loop coracle ps -q -f status=restarting
is "ps finds it by its status" "$(wc -w <<<"$out")" 1
refused_in_pause "exec says why not" 'restarting' loop coracle exec loop true
refused_in_pause "attach says why not" 'restarting' loop coracle attach loop
refused_in_pause "rm wants force" 'running|restarting' loop coracle rm loop
in_one_pause loop coracle start loop
is "start is content" "$status" 0
check "stop in a pause works at once" stop_in_pause loop
check "it is exited" stopped loop
is "with the last exit code" "$(coracle inspect -f '{{.State.ExitCode}}' loop)" 1
check "start works" coracle start loop
check "it pauses again" eventually 20 in_pause loop
check "rm -f in a pause" coracle rm -f loop

# --- what ends it for good
check "a container that would go on" coracle run -d --name stays --restart unless-stopped welcome tail -f /dev/null
check "stop" coracle stop -t 0 stays
check "it rests" stopped stays
check "start" coracle start stays
check "kill" coracle kill stays
check "rests as well" eventually 20 stopped stays
check "start" coracle start stays
first=$(pid_of stays)
kill -KILL "$first"
check "an end from outside is no stop" eventually 20 restarted stays 1
check "it runs again" eventually 20 state_is stays running
check "restart" coracle restart -t 0 stays
check "it runs" state_is stays running
is "and counts anew" "$(count_of stays)" 0
check "rm -f" coracle rm -f stays

# --- restart of a container that is removed at its end
check "run -d --rm" coracle run -d --rm --name brief welcome tail -f /dev/null
first=$(pid_of brief)
check "restart" coracle restart -t 0 brief
check "it runs" state_is brief running
if [ "$(pid_of brief)" != "$first" ]; then ok "as another process"; else not_ok "as another process"; fi
check "stop" coracle stop -t 0 brief
check "removes it" eventually 20 bash -c "! ${cli[*]} inspect brief"
check "a stopped container" coracle create --name still welcome tail -f /dev/null
check "restart starts it" coracle restart still
check "it runs" state_is still running
check "rm -f" coracle rm -f still

# --- logs -f goes on from run to run
coracle run -d --name talk --restart on-failure:3 welcome sh -c 'echo begin; usleep 100000; echo end; exit 1' >/dev/null
check "logs -f" timeout 30 "${cli[@]}" logs -f talk
is "has the lines of all runs, each once" "$(sort <<<"$out" | uniq -c | tr -s ' ')" $' 4 begin\n 4 end'
check "rm" coracle rm -f talk

# --- stop
trapper='trap "echo caught; exit 7" USR1; echo ready; while :; do usleep 20000; done'
check "--stop-signal" coracle run -d --name usr --stop-signal USR1 welcome sh -c "$trapper"
check "ready" eventually 20 bash -c "${cli[*]} logs usr | grep -q ready"
check "stop sends it" coracle stop -t 60 usr
is "and its handler runs" "$(coracle inspect -f '{{.State.ExitCode}}' usr)" 7
check "start" coracle start usr
check "ready again" eventually 20 bash -c "[ \$(${cli[*]} logs usr | grep -c ready) = 2 ]"
check "stop -s takes another" coracle stop -s KILL usr
is "instead" "$(coracle inspect -f '{{.State.ExitCode}}' usr)" 137
check "rm" coracle rm usr
deaf='trap "" TERM; echo ready; while :; do usleep 20000; done'
# Longer than what counts where nothing is said, for the other way round a busy computer would be late.
check "--stop-timeout" coracle run -d --name deaf --stop-timeout 11 welcome sh -c "$deaf"
check "ready" eventually 20 bash -c "${cli[*]} logs deaf | grep -q ready"
began=$(now_ms)
check "stop" coracle stop deaf
took=$(($(now_ms) - began))
if [ "$took" -ge 11000 ]; then ok "kills after its time"; else not_ok "kills after its time" "$took ms"; fi
check "start" coracle start deaf
check "ready again" eventually 20 bash -c "[ \$(${cli[*]} logs deaf | grep -c ready) = 2 ]"
timeout 3 "${cli[@]}" stop -t -1 deaf >/dev/null 2>&1
is "stop -t -1 waits for ever" "$?" 124
check "it runs on" state_is deaf running
check "rm -f" coracle rm -f deaf

# --- kill
check "a container with a handler" coracle run -d --name hup --restart always welcome \
    sh -c 'trap "echo hup; ! rm /last 2>/dev/null || exit 0" HUP; echo ready; while :; do usleep 20000; done'
check "ready" eventually 20 bash -c "${cli[*]} logs hup | grep -q ready"
check "kill -s HUP" coracle kill -s HUP hup
check "reaches it" eventually 20 bash -c "${cli[*]} logs hup | grep -q '^hup'"
check "a signal that is to end it" coracle exec hup touch /last
check "restart asks by the signal one says" coracle restart --signal HUP -t 60 hup
check "which it heard" eventually 20 bash -c "[ \$(${cli[*]} logs hup | grep -c '^hup') = 2 ]"
check "and is ready again" eventually 20 bash -c "[ \$(${cli[*]} logs hup | grep -c ready) = 2 ]"
check "kill by number" coracle kill -s 1 hup
check "reaches it" eventually 20 bash -c "[ \$(${cli[*]} logs hup | grep -c '^hup') = 3 ]"
refused 1 "a signal that is none" "signal" coracle kill -s NONSENSE hup
kill -KILL "$(pid_of hup)"
check "a handled signal was no stop" eventually 20 restarted hup 1
check "rm -f" coracle rm -f hup
refused 1 "kill of a stopped container" "no container|not running" coracle kill hup

# --- wait
check "one that ends soon" coracle run -d --name soon welcome sh -c \
    'usleep 300000; [ ! -e /before ] || until [ -e /end ]; do usleep 20000; done; >/before; exit 12'
check "wait" coracle wait soon
is "prints its exit code" "$out" 12
check "wait for one that has ended" coracle wait soon
is "prints it again" "$out" 12
"${cli[@]}" wait --condition next-exit soon >"$work/next" 2>&1 &
waiter=$!
"${cli[@]}" wait --condition running soon >"$work/running" 2>&1 &
starter=$!
"${cli[@]}" wait --condition removed soon >"$work/removed" 2>&1 &
remover=$!
check "all watch" eventually 20 bash -c \
    "[ \$(ls -l /proc/{$waiter,$starter,$remover}/fd 2>/dev/null | grep -c inotify) = 3 ]"
check "start" coracle start soon
wait $starter
is "running ends with the start" "$(cat "$work/running")" 0
coracle exec soon touch /end # which may end with its container, before its exit
wait $waiter
is "next-exit ends after the run" "$(cat "$work/next")" 12
check "rm" coracle rm soon
wait $remover
is "removed ends with the removal" "$(cat "$work/removed")" 12
refused 1 "an unknown condition" "condition" coracle wait --condition nonsense soon
check "a failing container with a policy" coracle run -d --name again --restart always welcome \
    sh -c 'usleep 200000; exit 5'
check "wait" timeout 20 "${cli[@]}" wait again
is "returns at the end of one run" "$out" 5
check "rm -f" coracle rm -f again

# --- after a start of the computer
check "enable-restart --print" coracle system enable-restart --print
like "is a unit" "$out" "^ExecStart=.*coracle --root $store --runroot $run_dir system start-containers$"
check "enable-restart" coracle system enable-restart
like "explains lingering" "$out" 'loginctl enable-linger|Lingering is enabled'
units=$XDG_CONFIG_HOME/systemd/user
check "writes and enables the unit" test "$units/default.target.wants/coracle-restart.service" -ef \
    "$units/coracle-restart.service"
check "disable-restart" coracle system disable-restart
is "takes it back" "$(find "$units" -type f -o -type l)" ""
for policy in no always unless-stopped; do
    coracle run -d --name "boot-$policy" --restart "$policy" welcome sleep 1000 >/dev/null
done
coracle run -d --name boot-rest --restart unless-stopped welcome sleep 1000 >/dev/null
coracle stop -t 0 boot-rest >/dev/null
coracle run -d --name boot-join --restart always --pid container:boot-always welcome sleep 1000 >/dev/null
for name in boot-no boot-always boot-unless-stopped boot-join; do
    monitors+=("$(cut -d' ' -f4 "/proc/$(pid_of $name)/stat")")
    pids+=("$(pid_of $name)")
done
kill -STOP "${monitors[@]}" # at once: none may see what becomes of the others
kill -KILL "${monitors[@]}"
kill -KILL "${pids[@]}" 2>/dev/null
check "all have ended" eventually 20 bash -c "! kill -0 ${pids[*]} 2>/dev/null"
rm -rf "$run_dir/containers" "$run_dir/runtime"
check "after it nothing runs" coracle ps -q
is "at first" "$out" ""
check "start-containers" coracle system start-containers
is "starts what ran and has a policy, who shares comes later" "$(sort <<<"$out" | tr '\n' ' ')" \
    "boot-always boot-join boot-unless-stopped "
check "the others rest" stopped boot-no
check "also the one that was stopped" stopped boot-rest
check "again" coracle system start-containers
is "there is nothing to start" "$out" ""
check "rm -f" coracle rm -f boot-no boot-always boot-unless-stopped boot-rest boot-join
finish
