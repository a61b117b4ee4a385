#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the command line prints: lists, filters, templates, both spellings, events, and nothing that moves the cursor.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

coracle run -d --name first --network none -l role=crew -v data:/data -v /anonymous welcome tail -f /dev/null >/dev/null
coracle create --name second --network none -l role=guest welcome sh -c 'exit 7' >/dev/null

# --- lists
check "ps" coracle ps
like "has docker's columns" "$out" '^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES'
like "and one row" "$out" '[0-9a-f]{12} +welcome +"tail -f /dev/null" +.* ago +Up .* +first'
is "ps -aq prints both" "$(coracle ps -aq | wc -l)" 2
is "container ls is ps" "$(coracle container ls -q)" "$(coracle ps -q)"
is "the newest alone" "$(coracle ps -l --format '{{.Names}}')" second
is "a filter by name" "$(coracle ps -a --filter name=sec --format '{{.Names}}')" second
is "by label" "$(coracle ps -a --filter label=role=crew --format '{{.Names}}')" first
is "by status" "$(coracle ps --filter status=created --format '{{.Names}}')" second
is "by volume" "$(coracle ps -a --filter volume=data --format '{{.Names}}')" first
refused 1 "not by what is unknown" 'nonsense' coracle ps --filter nonsense=1
is "a table of one's own" "$(coracle ps --format 'table {{.Names}}\t{{.State}}')" $'NAMES     STATE\nfirst     running'
names_of='import json,sys; print(json.load(sys.stdin)["Names"])'
is "one document a row" "$(coracle ps --format json | python3 -c "$names_of")" first
refused 1 "a template that is none" 'template|unexpected|unclosed' coracle ps --format '{{.Names'
check "images" coracle images
like "has docker's columns" "$out" '^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE'
is "image ls is images" "$(coracle image ls -q)" "$(coracle images -q)"
check "images --tree" coracle images --tree
like "has docker's columns" "$out" '^IMAGE +ID +DISK USAGE +CONTENT SIZE +EXTRA$'
like "marks what is used" "$out" '^welcome:latest +[0-9a-f]{12} +[0-9.]+[kM]?B +[0-9.]+[kM]?B +U$'
like "and shows its platform" "$out" '─ linux/[a-z0-9]+ +[0-9a-f]{12} '
refused 1 "a tree has no format" "tree and --format exclude" coracle images --tree --format json
check "tag" coracle tag welcome example.com/team/app:1
check "tag by several names" coracle tag welcome more:1 more:2
check "which can go again" coracle rmi more:1 more:2
refused 1 "a name that reads as an id" "'sha256:1' would be taken for an image's id" coracle tag welcome sha256:1
is "a filter by reference" "$(coracle images --filter 'reference=example.com/*/app' --format '{{.Tag}}')" 1
full() { "$@" >/dev/full; }
refused 1 "a list that cannot be written" 'standard output: write: No space left' full coracle images -q
refused 1 "nor can a document" 'output: write: No space left' full coracle image inspect welcome
refused 1 "a failure keeps its own word" '^coracle: no container' full coracle inspect --type container none
mkfifo "$work/pipe"
exec 7<>"$work/pipe"
exec 8>"$work/pipe"
exec 7<&-
gone() { "$@" >&8; }
check "a reader that has gone is no failure" gone coracle images
exec 8>&-
closed() { "$@" >&-; }
check "nor is an output that was closed" closed coracle images
check "rmi of one name" coracle rmi example.com/team/app:1
is "says that the image stays" "$out" "Untagged: example.com/team/app:1"
refused 1 "rmi of an image in use" 'first|second' coracle rmi welcome
is "volume ls" "$(coracle volume ls --filter name=data --format '{{.Driver}} {{.Name}}')" "local data"
is "counts the anonymous one too" "$(coracle volume ls -q | wc -l)" 2
refused 1 "volume rm of one in use" 'first' coracle volume rm data

# --- inspect
is "inspect of a container" "$(coracle inspect -f '{{.Name}} {{.Config.Image}} {{.HostConfig.NetworkMode}}' first)" \
    "/first welcome none"
source_of='{{range .Mounts}}{{if eq .Destination "/data"}}{{.Source}}{{end}}{{end}}'
is "its volume" "$(coracle inspect -f "$source_of" first)" \
    "$store/volumes/data/data"
like "inspect of an image" "$(coracle inspect -f '{{.Os}} {{json .Config.Cmd}}' welcome)" '^linux \["/bin/welcome"\]$'
is "inspect of a volume" "$(coracle inspect -f '{{.Name}}' data)" data
refused 1 "--type decides" 'welcome' coracle inspect --type container welcome
check "without a template" coracle inspect first second
is "it is one list" "$(python3 -c 'import json,sys; print(len(json.load(sys.stdin)))' <<<"$out")" 2

# --- life cycle
check "rename" coracle rename second renamed
like "the command of it has the new name" "$(coracle inspect -f '{{join .CreateCommand " "}}' renamed)" \
    ' --name renamed '
is "wait prints the exit code" "$(coracle start renamed >/dev/null; coracle wait renamed)" 7
like "which ps shows" "$(coracle ps -a --filter name=renamed --format '{{.Status}}')" '^Exited \(7\) '
is "a filter by exit code" "$(coracle ps --filter exited=7 --format '{{.Names}}')" renamed

# --- events
"${cli[@]}" events --format '{{.Action}} {{index .Actor.Attributes "name"}}' >"$work/events" &
helpers+=($!)
watches() { coracle tag welcome example.com/probe:1 && grep -q '^tag' "$work/events"; }
check "events are watched" eventually 20 watches
coracle start renamed >/dev/null
coracle wait renamed >/dev/null
check "a start is told" eventually 20 grep -qx 'start renamed' "$work/events"
check "and the end" eventually 20 grep -qx 'die renamed' "$work/events"
stop_helpers

# --- after a restart of the computer the run folder is empty
pid=$(coracle inspect -f '{{.State.Pid}}' first)
monitor=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
kill -KILL "$monitor" "$pid"
check "the processes go" eventually 20 test ! -d "/proc/$pid"
rm -rf "$run_dir/containers" "$run_dir/runtime"
like "a container that ran has ended, nobody knows how" "$(coracle ps -a --filter name=first --format '{{.Status}}')" \
    '^Exited \(unknown\)'
check "and starts again" coracle start first
check "it is up" eventually 20 state_is first running
check "rm -f -v" coracle rm -f -v first
is "takes the anonymous volume along and leaves the other" "$(coracle volume ls -q)" data
check "volume rm" coracle volume rm data

# --- what people mistype
check "rm -f of what is not there goes on" coracle rm -f nobody
like "and tells of it" "$out$err" "^coracle: no container 'nobody'"
is "without saying that it was removed" "$out" ""
refused 127 "run with a line as its program" "leave out the quotes" coracle run --rm welcome 'ls -l'
refused 127 "an entrypoint of two words" "is one program" coracle run --rm --entrypoint 'sh -c' welcome
refused 125 "a user that is not there" "a number needs no entry" coracle run --rm -u me welcome true
refused 1 "a status that is none" "running, paused" coracle ps --filter status=up

# --- containers that podman's options choose
for each in one two three; do
    coracle run -d --name "$each" --network none -l "group=$each" welcome tail -f /dev/null >/dev/null
done
refused 1 "rename to what is no name" "'a b' is not allowed" coracle rename one 'a b'
refused 127 "exec with the options at the end" "options come before the container" coracle exec one -it sh
names() { coracle ps -a --sort names --noheading --format 'table {{.Names}}' "$@" | xargs; }
is "ps --sort and --noheading" "$(names)" "$(names | tr ' ' '\n' | sort | xargs)"
is "exec --latest" "$(coracle exec --latest hostname)" "$(coracle ps -lq)"
check "top -l" coracle top -l comm
check "port --latest" coracle port --latest
check "inspect --latest" coracle inspect --latest -f '{{.Name}}'
is "is the third" "$out" /three
check "container inspect --latest" coracle container inspect --latest -f '{{.Name}}'
check "diff --latest" coracle diff --latest
check "stats --latest" coracle stats --latest --no-stream --interval 1
coracle inspect -f '{{.Id}}' one >"$work/one.id"
if "${cli[@]}" pause one >/dev/null 2>&1; then # where there are control groups
    check "unpause" coracle unpause one
    check "pause --cidfile" coracle pause --cidfile "$work/one.id"
    check "pause --filter" coracle pause --filter label=group=two
    is "pauses these" "$(names --filter status=paused)" "one two"
    check "unpause --cidfile" coracle unpause --cidfile "$work/one.id"
    check "unpause --filter and more" coracle unpause --filter status=paused
    check "pause --latest" coracle pause --latest
    check "unpause --all" coracle unpause --all
    is "lets all go on" "$(names --filter status=paused)" ""
    check "pause --all" coracle pause --all
    check "unpause --latest" coracle unpause --latest
    check "unpause --all" coracle unpause --all
fi
check "stop --latest" coracle stop --latest -t 0
check "wait --latest" coracle wait --latest
is "prints its code" "$out" 137
check "logs --latest" coracle logs --latest
check "stop --filter" coracle stop --filter name=two -t 0
check "stop --cidfile" coracle stop --cidfile "$work/one.id" -t 0
is "no one runs" "$(names --filter status=running)" ""
check "stop --ignore" coracle stop --ignore nobody
check "start --all of some" coracle start --all --filter name=one
check "stop --all of some" coracle stop --all --filter name=one -t 0
is "no one else" "$(names --filter status=running)" ""
check "start --latest" coracle start --latest
check "start --filter" coracle start --filter name=two
is "the chosen run" "$(names --filter status=running)" "three two"
refused 1 "two ways to choose" "exclude each other" coracle stop --all one
check "restart --running" coracle restart --running -t 0
check "restart --cidfile" coracle restart --cidfile "$work/one.id" -t 0
check "restart --latest" coracle restart --latest -t 0
check "restart --filter" coracle restart --filter name=two -t 0
check "kill --cidfile" coracle kill --cidfile "$work/one.id"
check "kill --filter" coracle kill --filter name=two
check "kill --latest" coracle kill --latest
check "wait for them" coracle wait one two three
check "rm --time" coracle rm --time 0 one
check "rm --filter" coracle rm --filter label=group=two
check "rm --latest" coracle rm --latest
check "rm --ignore" coracle rm --ignore nobody
coracle create --name four --network none --cidfile "$work/four.id" welcome true >/dev/null
check "start --all" coracle start --all
check "wait" coracle wait four
check "kill --all of none" coracle kill --all
check "stop --all of none" coracle stop --all
check "restart --all" coracle restart --all
check "commit --iidfile" coracle commit --iidfile "$work/image.id" four made:1
is "holds the id" "$(cat "$work/image.id")" "$(coracle image inspect -f '{{.Id}}' made:1)"
is "images --sort and --noheading" "$(coracle images --sort tag --noheading | awk '{ print $2 }' | xargs)" \
    "$(coracle images --format '{{.Tag}}' | sort | xargs)"
check "rm --cidfile" coracle rm -f --cidfile "$work/four.id"
check "rm --all of none" coracle rm --all
check "rmi --ignore" coracle rmi --ignore nothing
check "volume create -l" coracle volume create -l a=b labelled
is "volume ls --noheading" "$(coracle volume ls --noheading | wc -l)" 1
check "volume rm" coracle volume rm labelled
check "rmi --all" coracle rmi --all

# --- text of others
printf -v name 'l=\033[2J\033]0;title\007<b>'
check "a label with control characters" coracle create --name escape --network none -l "$name" welcome true
refused 125 "so is what cannot be understood" 'x1b' coracle run $'--\033[2J' welcome

# --- overlay drivers
for driver in overlay fuse-overlayfs; do
    if [ "$driver" = overlay ] || [ -w /dev/fuse ]; then
        is "a container on $driver" "$(CORACLE_STORAGE_DRIVER=$driver "${cli[@]}" run --rm --network none welcome \
            sh -c 'echo written >/etc/file; cat /etc/file; rm /etc/group; test ! -e /etc/group && echo gone')" \
            $'written\ngone'
    fi
done
is "keep-id keeps the id" "$(coracle run --rm --network none --userns keep-id welcome id -u)" "$(id -u)"

# --- terminal: ctrl-p ctrl-q leaves, attach comes back
check "detach and attach" python3 "$here/cli_terminal.py" "${cli[@]}"
finish
