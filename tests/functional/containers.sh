#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Containers from the command line: life cycle, options, exit codes, output.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

# --- exit codes
exits 0 "true" coracle run --rm welcome true
exits 1 "false" coracle run --rm welcome false
exits 42 "the program's own exit code" coracle run --rm welcome sh -c 'exit 42'
refused 126 "a file that is no program" 'passwd' coracle run --rm welcome /etc/passwd
refused 127 "a command that is not there" 'no-such-command' coracle run --rm welcome no-such-command
refused 125 "an unknown image" 'no-such-image' coracle run --rm --pull never no-such-image true
refused 125 "an unknown option" 'no-such-option' coracle run --no-such-option welcome true
refused 125 "a network that is not there" 'no-such-net' coracle run --rm --network no-such-net welcome true
exits 0 "a failed start leaves no container" coracle ps -aq
is "none at all" "$out" ""

# --- a start that fails
state_of() { coracle inspect -f "{{.State.Status}} {{.State.ExitCode}} {{.State.StartedAt}} {{.State.Error}}" "$1"; }
refused 127 "a container that stays" 'no-such-command' coracle run --name never welcome no-such-command
like "is as it was created, but for the code and the reason" "$(state_of never)" \
    '^created 127 0001-01-01T00:00:00Z .*no-such-command'
is "wait tells the same code" "$(coracle wait never)" 127
mkdir "$work/there"
exits 3 "a container that ran" coracle run --name once -v "$work/there:/data" welcome sh -c 'exit 3'
started=$(coracle inspect -f '{{.State.StartedAt}}' once)
is "has no error" "$(state_of once)" "exited 3 $started "
rmdir "$work/there"
refused 1 "a later start that fails" 'there' coracle start once
like "is told, and the run before keeps its time" "$(state_of once)" "^exited 128 $started .*there"
mkdir "$work/there"
exits 3 "the next start" coracle start -a once
like "forgets that" "$(state_of once)" '^exited 3 [^ ]* $'
coracle rm never once >/dev/null

# --- streams
check "standard output and standard error stay apart" coracle run --rm welcome sh -c 'echo to-out; echo to-err >&2'
is "standard output" "$out" to-out
is "standard error" "$err" to-err
is "standard input reaches the program with -i" "$(printf 'a\nb\n' | coracle run --rm -i welcome wc -l)" 2
is "and is empty without it" "$(printf 'a\nb\n' | coracle run --rm welcome wc -l)" 0
is "a megabyte passes unchanged" \
    "$(head -c 1000000 /dev/zero | tr '\0' x | coracle run --rm -i welcome cat | sha256sum)" \
    "$(head -c 1000000 /dev/zero | tr '\0' x | sha256sum)"
is "output after the end of input is complete" \
    "$(coracle run --rm welcome sh -c 'i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done' | tail -n 1)" 19999

# --- options
check "-e sets a variable" coracle run --rm -e NAME='a b' -e EMPTY= welcome sh -c 'echo "$NAME-${EMPTY-unset}"'
is "as it was written" "$out" "a b-"
is "-e NAME takes it from here" "$(FROM_HERE=yes coracle run --rm -e FROM_HERE welcome sh -c 'echo $FROM_HERE')" yes
printf '# comment\nFIRST=1\nSECOND=two words\n' >"$work/env"
check "--env-file" coracle run --rm --env-file "$work/env" welcome sh -c 'echo "$FIRST $SECOND"'
is "sets each line" "$out" "1 two words"
coracle run -d --name reads welcome tail -f /dev/null >/dev/null
is "exec reads one, too" "$(coracle exec --env-file "$work/env" reads sh -c 'echo "$FIRST $SECOND"')" "$out"
coracle rm -f reads >/dev/null
is "--env-file takes a pipe, too" \
    "$(coracle run --rm --env-file <(echo FIRST=piped) welcome sh -c 'echo "$FIRST"')" piped
check "-w sets the folder" coracle run --rm -w /var/tmp welcome pwd
is "where the program starts" "$out" /var/tmp
check "-u sets the user" coracle run --rm -u 33:44 welcome sh -c 'id -u; id -g'
is "user and group" "$out" $'33\n44'
check "-u takes a name of the image" coracle run --rm -u nobody welcome id -u
is "from its passwd file" "$out" 65534
refused 125 "-u refuses a name that is not there" 'no-such-user' coracle run --rm -u no-such-user welcome id
check "--entrypoint replaces the entrypoint" coracle run --rm --entrypoint /bin/echo welcome hello
is "and takes the words" "$out" hello
check "-h sets the host name" coracle run --rm -h boat welcome hostname
is "inside" "$out" boat
exits 1 "--read-only" coracle run --rm --read-only welcome touch /file
check "--tmpfs is writable all the same" coracle run --rm --read-only --tmpfs /tmp:size=1m welcome touch /tmp/file
check "--cap-drop ALL" coracle run --rm --cap-drop ALL welcome grep CapEff /proc/self/status
like "leaves none" "$out" '^CapEff:[[:space:]]0000000000000000$'
check "--cap-add" coracle run --rm --cap-drop ALL --cap-add NET_ADMIN welcome grep CapEff /proc/self/status
like "adds one" "$out" '^CapEff:[[:space:]]0000000000001000$'
refused 125 "--cap-add refuses what does not exist" 'CAP_NONSENSE|NONSENSE' \
    coracle run --rm --cap-add NONSENSE welcome true

# --- life cycle
check "run -d" coracle run -d --name sailor -l role=crew welcome sh -c 'echo ready; exec tail -f /dev/null'
id=$out
like "prints the full id" "$id" '^[0-9a-f]{64}$'
check "ps" coracle ps
like "shows it" "$out" 'sailor'
like "as up" "$out" ' Up '
check "inspect -f with a Go template" coracle inspect -f '{{.State.Status}} {{index .Config.Labels "role"}}' sailor
is "prints the fields" "$out" "running crew"
check "a unique prefix of the id is enough" coracle inspect -f '{{.Name}}' "${id:0:6}"
like "for the same container" "$out" '^/?sailor$'
refused 1 "a name that is not there" 'nobody-here' coracle inspect nobody-here
refused 125 "a name that is taken" 'sailor' coracle run -d --name sailor welcome true
check "exec" coracle exec sailor sh -c 'echo in-$(hostname); exit 0'
like "runs in the container" "$out" '^in-'
exits 3 "exec returns the command's exit code" coracle exec sailor sh -c 'exit 3'
exits 127 "exec of a command that is not there" coracle exec sailor no-such-command
refused 127 "exec -w of a folder that is not there" "working directory '/missing'" coracle exec -w /missing sailor true
refused 126 "exec -w of a file" "working directory '/etc/passwd'" coracle exec -w /etc/passwd sailor true
check "exec -u -w -e" coracle exec -u 5 -w /tmp -e X=y sailor sh -c 'echo $(id -u) $PWD $X'
is "sets all three" "$out" "5 /tmp y"
is "exec -i passes standard input" "$(printf 'one\n' | coracle exec -i sailor cat)" one
prints_ready() { [ "$(coracle logs "$1")" = ready ]; }
check "logs has what it printed" eventually 20 prints_ready sailor
refused 1 "rm refuses a running container" 'running' coracle rm sailor
check "stop ends it" coracle stop -t 1 sailor
check "its state" coracle inspect -f '{{.State.Status}} {{.State.ExitCode}}' sailor
is "is exited by SIGKILL, for process 1 has no default for SIGTERM" "$out" "exited 137"
refused 1 "exec in a stopped container" 'not running' coracle exec sailor true
check "ps hides it" coracle ps -q
is "without -a" "$out" ""
check "start runs it again" coracle start sailor
check "it is up" eventually 20 state_is sailor running
check "kill -s" coracle kill -s KILL sailor
check "ends it" eventually 20 state_is sailor exited
check "rm" coracle rm sailor
refused 1 "and it is gone" 'sailor' coracle rm sailor

check "create" coracle create --name waiting welcome sh -c 'echo started; exit 9'
check "inspect" coracle inspect -f '{{.State.Status}}' waiting
is "shows it as created" "$out" created
exits 9 "start -a attaches and returns its exit code" coracle start -a waiting
is "its output" "$out" started
check "rm -f of a stopped container" coracle rm -f waiting

# --- signals
"${cli[@]}" run --name trapper welcome \
    sh -c 'trap "echo caught; exit 5" TERM; echo ready; while :; do usleep 50000; done' \
    >"$work/trapper" 2>&1 &
client=$!
check "a foreground container starts" eventually 20 grep -q ready "$work/trapper"
kill -TERM $client
wait $client
is "a signal to the client reaches the program" "$?" 5
like "which handles it" "$(cat "$work/trapper")" '^caught'
"${cli[@]}" run --sig-proxy=false --name quiet welcome sh -c 'echo ready; exec tail -f /dev/null' >"$work/quiet" 2>&1 &
client=$!
check "another one starts" eventually 20 grep -q ready "$work/quiet"
kill -TERM $client
wait $client
is "without sig-proxy a signal ends the client" "$?" 143
check "and the container runs on" state_is quiet running
check "rm -f" coracle rm -f quiet
check "logs -f of an ended container ends" timeout 60 "${cli[@]}" logs -f trapper
like "with all lines" "$out" 'caught'
check "logs --tail" coracle logs --tail 1 trapper
is "gives the last line" "$out" caught
check "rm" coracle rm trapper

# Process 1 of a pid namespace ignores signals without a handler from inside, so this one comes from outside.
"${cli[@]}" run --rm --name victim welcome tail -f /dev/null &
client=$!
check "another one starts" eventually 20 state_is victim running
check "kill without a signal" coracle kill victim
wait $client
is "is SIGKILL: the client's exit code is 128 + 9" "$?" 137

coracle run -d --name follower welcome sh -c 'echo one; usleep 300000; echo two' >/dev/null
check "logs -f follows to the end" timeout 60 "${cli[@]}" logs -f follower
is "and has each line once" "$out" $'one\ntwo'
check "rm" coracle rm -f follower

# --- terminal
printf 'stty size\nexit\n' |
    script -qec "stty rows 33 cols 101; ${cli[*]} run --rm -it welcome sh" /dev/null >"$work/terminal"
like "the terminal inside has the size of the one outside" "$(cat "$work/terminal")" '33 101'

# --- two at once
for n in 1 2 3 4; do
    "${cli[@]}" create --name same welcome true >"$work/same.$n" 2>&1 &
    pids[n]=$!
done
won=0
for n in 1 2 3 4; do
    wait "${pids[n]}" && won=$((won + 1))
done
is "of four creators of one name one wins" "$won" 1
check "and the name is usable" coracle start -a same
finish
