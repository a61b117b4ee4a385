#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Logs: rotation, readers across it, drivers and options; several clients at once.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

has_open() { find "/proc/$1/fd" -lname "*$2*" 2>/dev/null | grep -q .; }
is_attached() { has_open "$1" socket: && has_open "$1" signalfd; }
bytes_of_log() { cat "$store/containers/$1"/container.log* | wc -c; }

# --- words
refused 125 "an unknown driver" "'syslog' is unknown" coracle run -d --log-driver syslog welcome true
refused 125 "an unknown option" "no option 'colour'" coracle run -d --log-opt colour=red welcome true
refused 125 "a size that is none" "max-size='big' is not" coracle run -d --log-opt max-size=big welcome true
refused 125 "no files at all" "max-file='0' is not" coracle run -d --log-opt max-file=0 welcome true
refused 125 "compression says what there is instead" "compress=true is not supported" \
    coracle run -d --log-opt compress=true welcome true
refused 125 "an option without a value" "NAME=VALUE" coracle run -d --log-opt max-size welcome true
refused 125 "a tag that is no template" "tag|template" coracle run -d --log-opt 'tag={{.Nonsense}}' welcome true
if [ ! -e /run/systemd/journal/socket ]; then
    refused 125 "journald where there is none" "no journal runs" coracle run -d --log-driver journald welcome true
fi
exits 0 "nothing was made" coracle ps -aq
is "by any of them" "$out" ""

# --- a log begins with the first output
check "a container that is silent" coracle run -d --name hushed welcome sh -c 'mkfifo /pipe; cat /pipe'
id=$out
check "runs" eventually 20 coracle exec hushed test -p /pipe
is "has no log" "$(find "$store/containers/$id" -maxdepth 1 -name 'container.log*')" ""
check "which is empty to read" coracle logs hushed
is "without a word" "$out$err" ""
"${cli[@]}" logs -f hushed >"$work/followed" 2>&1 &
follower=$!
has_watch() { has_open "$follower" inotify; }
check "and is followed" eventually 20 has_watch
coracle exec hushed sh -c 'echo the first line >/pipe' # which may end with its container, before its exit
wait $follower
is "the follower has it" "$(cat "$work/followed")" "the first line"
check "so has a reader" coracle logs hushed
is "it" "$out" "the first line"

# --- rotation under a reader
count=60000
# Each sixth is about one file, and waits until the one before has been read: what is rotated away is gone.
part=$((count / 6))
check "a container that writes much" coracle create --name much --log-opt max-size=1m --log-opt max-file=3 welcome \
    sh -c "i=0; while [ \$i -lt $count ]; do
        while [ ! -e /part.\$((i / $part)) ]; do usleep 20000; done
        end=\$((i + $part)); while [ \$i -lt \$end ]; do echo line \$i of a log that is rotated; i=\$((i + 1)); done
    done"
id=$out
is "inspect shows the options" "$(coracle inspect -f '{{json .HostConfig.LogConfig}}' much)" \
    '{"Config":{"max-file":"3","max-size":"1m"},"Type":"json-file"}'
check "start" coracle start much
"${cli[@]}" logs -f much >"$work/followed" 2>&1 &
follower=$!
# followed LINE: it is the last that the follower has printed.
followed() { [ "$(tail -n 1 "$work/followed")" = "line $1 of a log that is rotated" ]; }
for ((i = 0; i < 6; i++)); do
    coracle exec much touch "/part.$i"
    check "part $i is followed" eventually 60 followed $(((i + 1) * part - 1))
done
wait "$follower"
is "logs -f ends with it" "$?" 0
expected=$(for ((i = 0; i < count; i++)); do echo "line $i of a log that is rotated"; done | sha256sum)
is "each line is there once, in order" "$(sha256sum <"$work/followed")" "$expected"
if [ "$(bytes_of_log "$id")" -le 3145728 ]; then ok "the log stays within its limit"; else
    not_ok "the log stays within its limit" "$(ls -l "$store/containers/$id")"; fi
is "in three files" "$(find "$store/containers/$id" -name 'container.log*' | wc -l)" 3
is "--tail counts over files" "$(coracle logs --tail 20000 much | head -n 1)" \
    "line $((count - 20000)) of a log that is rotated"
is "and has all of them" "$(coracle logs --tail 20000 much | wc -l)" 20000
oldest=$(coracle logs much | head -n 1)
unlike "what was rotated away is gone" "$oldest" '^line 0 '
number=${oldest#line }
number=${number%% *}
is "the rest is complete" "$(coracle logs much | wc -l)" $((count - number))
# Lines that came at once have one time.
coracle logs -t much >"$work/much"
middle=$(tail -n 15000 "$work/much" | head -n 1 | cut -d' ' -f1)
is "--since begins in an older file" "$(coracle logs -t --since "$middle" much | md5sum)" \
    "$(awk -v from="$middle" '$1 >= from' "$work/much" | md5sum)"
is "--until ends in it" "$(coracle logs -t --until "$middle" much | md5sum)" \
    "$(awk -v to="$middle" '$1 <= to' "$work/much" | md5sum)"
check "rm" coracle rm much

# --- times and details
check "a container with labels" coracle run --name tagged -l crew=one -l other=x -e MODE=fast \
    --log-opt labels=crew --log-opt env=MODE --log-opt 'tag={{.Name}}' welcome sh -c 'echo hello; echo to-err >&2'
check "logs -t --details" coracle logs -t --details tagged
like "has time and details" "$out" '^[0-9-]{10}T[0-9:]{8}\.[0-9]{9}Z MODE=fast,crew=one,tag=tagged hello$'
like "standard error too" "$err" 'MODE=fast,crew=one,tag=tagged to-err$'
check "rm" coracle rm tagged

# --- other drivers
check "none" coracle run --name silent --log-driver none welcome echo shown
is "shows its output to who is attached" "$out" shown
refused 1 "and has no log" "cannot be read" coracle logs silent
check "rm" coracle rm silent
check "local" coracle run --name near --log-driver local --log-opt max-size=2m welcome echo kept
is "can be read" "$(coracle logs near)" kept
is "inspect names it" "$(coracle inspect -f '{{.HostConfig.LogConfig.Type}}' near)" local
check "rm" coracle rm near
check "a single file" coracle run -d --name single --log-opt max-size=64k --log-opt max-file=1 welcome \
    sh -c 'i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done'
id=$out
check "wait" coracle wait single
if [ "$(bytes_of_log "$id")" -le 65536 ]; then ok "keeps its limit"; else
    not_ok "keeps its limit" "$(bytes_of_log "$id")"; fi
is "and the end" "$(coracle logs --tail 1 single)" "line 4999"
check "rm" coracle rm single

# --- several clients
check "a container that copies" coracle run -d -i --name copy welcome cat
mkfifo "$work/in"
"${cli[@]}" attach copy <"$work/in" >"$work/first" 2>&1 &
first=$!
exec 7>"$work/in"
"${cli[@]}" attach --no-stdin copy >"$work/second" 2>&1 </dev/null 7>&- &
second=$!
"${cli[@]}" logs -f copy >"$work/third" 2>&1 7>&- &
third=$!
check "logs -f watches" eventually 20 has_open "$third" inotify
check "the first is attached" eventually 20 is_attached "$first"
check "the second too" eventually 20 is_attached "$second"
echo one >&7
check "the first gets it" eventually 20 grep -qx one "$work/first"
check "the second too" eventually 20 grep -qx one "$work/second"
check "the log as well" eventually 20 grep -qx one "$work/third"
check "exec has no part in it" coracle exec copy echo apart
kill -STOP "$second"
head -c 3000000 /dev/zero | tr '\0' 'x' | fold -w 99 >"$work/bulk"
cat "$work/bulk" >&7
echo >&7
echo last >&7
check "a client that stands still holds nobody up for long" eventually 20 grep -qx last "$work/first"
kill -CONT "$second"
wait "$second"
like "it is told that it missed something" "$(cat "$work/second")" 'not read fast enough'
exec 7>&-
wait "$first"
is "the end of input ends the container, and its client with the exit code" "$?" 0
wait "$third"
is "logs -f ends as well" "$(tail -n 1 "$work/third")" last
check "rm" coracle rm copy

# --- signals of an attached client
check "a container with a handler" coracle run -d --name proxy welcome \
    sh -c 'trap "echo caught" INT; echo ready; while :; do usleep 20000; done'
check "ready" eventually 20 bash -c "${cli[*]} logs proxy | grep -q ready"
"${cli[@]}" attach --sig-proxy=false proxy >/dev/null 2>&1 </dev/null &
client=$!
check "attached" eventually 20 is_attached "$client"
kill -TERM "$client"
wait "$client" 2>/dev/null
is "without sig-proxy a signal ends the client" "$?" 143
unlike "and only that" "$(coracle logs proxy)" caught
check "it runs on" state_is proxy running
"${cli[@]}" attach proxy >"$work/proxied" 2>&1 </dev/null &
client=$!
check "attached" eventually 20 is_attached "$client"
kill -INT "$client"
check "with it the program gets the signal" eventually 20 grep -qx caught "$work/proxied"
check "rm -f" coracle rm -f proxy
wait "$client"

finish
