#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What scripts read: templates of --format, filters, inspect of several objects, events of the past, and text that
# cannot move the cursor. What docker prints for the same templates is in tests/data/formats (test_formats).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

coracle run -d --name web --network none -l build_version='1.2 <x>' -l tier=front -v data:/data -v /anonymous \
    -e MODE=a welcome tail -f /dev/null >/dev/null
coracle create --name job --network none -l tier=back welcome sh -c 'exit 3' >/dev/null
id=$(coracle inspect -f '{{.Id}}' web)

# --- templates seen in the wild
is "a label with a dash or dot" "$(coracle inspect -f '{{ index .Config.Labels "build_version" }}' web)" "1.2 <x>"
is "a label that is not there" "$(coracle inspect -f '<{{ index .Config.Labels "nope" }}>' web)" "<>"
is "the address of what has none" "$(coracle inspect --format '{{ .NetworkSettings.IPAddress }}' web)" ""
check "json of everything" coracle inspect -f '{{json .}}' web
is "is one document" "$(python3 -c 'import json,sys; print(json.load(sys.stdin)["Name"])' <<<"$out")" /web
# shellcheck disable=SC2016 # the dollars are the template's
is "ports of a container without any" "$(coracle inspect \
    --format='{{range $p, $conf := .NetworkSettings.Ports}} {{$p}} -> {{(index $conf 0).HostPort}} {{end}}' web)" ""
is "addresses of networks" "$(coracle inspect -f '{{range .NetworkSettings.Networks}}<{{.IPAddress}}>{{end}}' web)" "<>"
is "len" "$(coracle inspect -f '{{len .Mounts}} {{len .Name}}' web)" "2 4"
# shellcheck disable=SC2016
is "with and a variable" "$(coracle inspect -f '{{with $m := index .Mounts 0}}{{$m.Name}}{{end}}' web)" data
is "a member that may be left out" "$(coracle inspect -f '{{if .State.Health}}x{{end}}{{.State.Status}}' web)" running
is "a number that is not set" "$(coracle inspect -f '{{.HostConfig.PidsLimit}} {{.HostConfig.Memory}}' web)" "<nil> 0"
is "lists" "$(coracle inspect -f '{{.Config.Cmd}} {{join .Args " "}}' web)" "[tail -f /dev/null] -f /dev/null"
is "a table" "$(coracle ps --format 'table {{.ID}}\t{{.Names}}')" "$(printf 'CONTAINER ID   NAMES\n%.12s   web' "$id")"
is "a label of a row" "$(coracle ps --format '{{.Label "tier"}}/{{.Label "nope"}}')" front/
is "json of rows" "$(coracle ps -a --format json | python3 -c '
import json, sys
print(sorted(json.loads(line)["Names"] for line in sys.stdin))')" "['job', 'web']"
is "what a script asks of state" "$(coracle container inspect -f '{{.State.Running}} {{.State.ExitCode}}' web)" "true 0"
host='{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.LogConfig.Type}} {{.HostConfig.NetworkMode}}'
is "restart policy, log driver, network" "$(coracle inspect -f "$host" web)" "no json-file none"

# --- mistakes
refused 64 "a template that cannot be parsed" 'template parsing error: template: :1: unclosed action' \
    coracle inspect -f '{{.Id' web
refused 1 "a member that is not there" \
    'template parsing error: template: :1:2: executing "" at <.Nmae>: map has no entry for key "Nmae"' \
    coracle inspect -f '{{.Nmae}}' web
refused 1 "of a row" \
    'failed to execute template: .*<.Nmae>: can.t evaluate field Nmae in type \*formatter.ContainerContext' \
    coracle ps --format '{{.Nmae}}'
refused 1 "a template without an end" 'steps' coracle inspect -f '{{range 1000000000}}{{end}}' web

# --- inspect of several objects
capture coracle inspect -f '{{.Name}}' web nobody job nothing
is "what is found is printed" "$out" $'/web\n/job'
is "the rest is told" "$(grep -c 'no such object' <<<"$err")" 2
is "and the exit code" "$status" 1
capture coracle inspect nobody
is "nothing found is an empty list" "$out $status" "[] 1"
check "containers, images and volumes together" coracle inspect web welcome data
is "in their order" "$(python3 -c '
import json, sys
a, b, c = json.load(sys.stdin)
print(a["Name"], b["Os"], c["Mountpoint"].endswith("/data/data"))' <<<"$out")" "/web linux True"
is "--type image" "$(coracle inspect --type image -f '{{.Os}}' welcome)" linux
is "--type volume" "$(coracle inspect --type volume -f '{{.Scope}}' data)" local
refused 1 "--type container of an image" 'welcome' coracle inspect --type container welcome
refused 1 "--type of nothing" 'not a valid value' coracle inspect --type frob web
is "sizes are not measured unasked" "$(coracle inspect -f '{{.SizeRw}}' web)" '<nil>'
coracle exec web sh -c 'head -c 300000 /dev/zero >/zeros'
like "inspect -s" "$(coracle inspect -s -f '{{.SizeRw}} {{.SizeRootFs}}' web)" '^[3-9][0-9]{5} [0-9]{6,}$'

like "container inspect --size" "$(coracle container inspect --size -f '{{.SizeRw}}' web)" '^[3-9][0-9]{5}$'
is "image inspect" "$(coracle image inspect --format '{{.Os}} {{.Config.Labels}}' welcome | cut -d' ' -f1)" linux

# --- ps
like "ps -s" "$(coracle ps -s --format '{{.Names}} {{.Size}}')" '^web [0-9.]+kB \(virtual [0-9.]+MB\)$'
like "a template that asks for the size" "$(coracle ps --format '{{.Size}}')" '^[0-9.]+kB \(virtual'
like "ps -s has a column" "$(coracle ps -s)" '^CONTAINER ID .* NAMES +SIZE$'
is "ps -n 1" "$(coracle ps -n 1 --format '{{.Names}}')" job
is "ps --no-trunc" "$(coracle ps --no-trunc --format '{{.ID}}')" "$id"
is "before" "$(coracle ps -a --filter before=job --format '{{.Names}}')" web
is "since" "$(coracle ps -a --filter since=web --format '{{.Names}}')" job
is "labels must all hold" "$(coracle ps -aq --filter label=tier --filter label=tier=nope)" ""
is "names are patterns" "$(coracle ps -a --filter 'name=^/w' --format '{{.Names}}')" web
is "ancestor" "$(coracle ps -a --filter ancestor=welcome:latest -q | wc -l)" 2
is "network" "$(coracle ps -a --filter network=none -q | wc -l)" 2
is "health" "$(coracle ps -a --filter health=none -q | wc -l)" 2
coracle start job >/dev/null
coracle wait job >/dev/null
is "exited" "$(coracle ps --filter exited=3 --format '{{.Names}}')" job
refused 1 "a filter that is none" "invalid filter 'frob'" coracle ps --filter frob=1
refused 1 "a state that is none" 'invalid filter' coracle ps --filter status=happy
capture coracle ps -q --format '{{.Names}}'
is "-q wins over --format" "$out" "${id:0:12}"
like "and says so" "$err" '^WARNING: Ignoring custom format'

# --- images
coracle tag welcome example.com/app:2
like "digests" "$(coracle images --digests)" '^REPOSITORY +TAG +DIGEST +IMAGE ID +CREATED +SIZE'
is "images of a name" "$(coracle images --format '{{.Repository}}:{{.Tag}}' example.com/app)" example.com/app:2
is "reference" "$(coracle images --filter reference='example.com/*' --format '{{.Tag}}')" 2
is "dangling" "$(coracle images -q --filter dangling=true)" ""
is "before" "$(coracle images -q --filter before=welcome)" ""
is "an id is printed once" "$(coracle images --all -q | wc -l)" 1
refused 125 "pull of all tags" 'not supported' coracle pull --all-tags welcome
is "image ids in full" "$(coracle images -q --no-trunc)" "$(coracle inspect -f '{{.Id}}' welcome)"
like "raw" "$(coracle images --format raw example.com/app)" '^image_id: [0-9a-f]{12}$'
refused 1 "a filter of images" "invalid filter 'frob'" coracle images --filter frob=1
coracle rmi example.com/app:2 >/dev/null

# --- volumes
is "dangling volumes" "$(coracle volume ls -q --filter dangling=true)" ""
is "a table of volumes" "$(coracle volume ls --filter name=^data$)" $'DRIVER    VOLUME NAME\nlocal     data'
is "a template for volumes" \
    "$(coracle volume ls --filter name=^data$ --format '{{.Name}} {{.Scope}} {{.Links}}')" "data local N/A"
is "labels of none" "$(coracle volume inspect -f '{{.Labels}} {{index .Labels "x"}}|' data)" "map[] |"
check "labels of a volume" coracle volume create --driver local --label owner=me --name labelled
is "are kept" "$(coracle volume inspect --format '{{.Labels.owner}}' labelled)" me
is "and found" "$(coracle volume ls -q --filter label=owner=me)" labelled
coracle volume rm labelled >/dev/null
check "volume rm --force of none" coracle volume rm --force labelled
refused 1 "file systems of root's are refused" 'root only' coracle volume create --opt type=nfs far
refused 1 "a filter of volumes" "invalid filter 'frob'" coracle volume ls --filter frob=1

# --- system
like "info" \
    "$(coracle info --format '{{.ServerVersion}} {{.OSType}} {{json .SecurityOptions}}')" \
    '^[0-9.]+ linux \["name=seccomp'
like "info for people" "$(coracle system info)" '^ Storage Driver: (overlay|fuse-overlayfs)'
like "version" \
    "$(coracle version --format '{{.Server.Version}} {{.Client.Os}}/{{.Server.Arch}}')" \
    '^[0-9.]+ linux/(amd64|arm64)$'
refused 1 "a member of version that is not there" 'Nope' coracle version -f '{{.Nope}}'
is "contexts" "$(coracle context ls --format '{{.Name}}')" default

# --- events of the past
before=$(date +%s)
coracle events --since 1h --until "$((before + 1))" --filter container=web --format '{{.Action}}' >"$work/events"
like "since and until" "$(cat "$work/events")" '^create'
like "and a start" "$(cat "$work/events")" '^start'
coracle volume create extra >/dev/null
coracle volume rm extra >/dev/null
is "by type" "$(coracle events --since 1h --until 0s --filter type=volume --format '{{.Type}}' | sort -u)" volume
is "by event" "$(coracle events --since 1h --until 0s --filter event=die --format '{{.Actor.Attributes.name}}')" job
is "those that there were" \
    "$(coracle events --stream=false --filter event=die --format '{{.Actor.Attributes.name}}' | sort -u)" job
created=(--since 1h --until 0s --filter container=web --filter event=create)
is "as documents" "$(coracle system events "${created[@]}" --format json |
    python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["Actor"]["Attributes"]["name"])')" web
refused 1 "a filter of events" "invalid filter 'frob'" coracle events --filter frob=1

# --- what others wrote
printf -v nasty 'l=\033[2J\033]0;title\007<b>'
coracle create --name escape --network none -l "$nasty" welcome true >/dev/null
is "a pipe gets it as it is" "$(coracle ps -a --filter name=escape --format '{{.Label "l"}}')" "${nasty#l=}"
on_terminal() { script -qec "$(printf '%q ' "${cli[@]}" "$@")" /dev/null; }
for words in "ps -a" "ps -a --format {{.Labels}}" "inspect escape" "inspect -f {{.Config.Labels}} escape" \
    "events --since 1h --until 0s"; do
    # shellcheck disable=SC2086 # words
    unlike "a terminal does not, with $words" "$(on_terminal $words)" $'[\033\007]'
done

# --- completion and manual
check "completion for bash" coracle completion bash
printf '%s' "$out" >"$work/coracle.bash"
complete_words() {
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _coracle; printf "%s\n" "${COMPREPLY[@]}"' \
        - "$work/coracle.bash" "$@"
}
mkdir -p "$work/bin"
printf '#!/bin/sh\nexec %s "$@"\n' "${cli[*]}" >"$work/bin/coracle"
chmod +x "$work/bin/coracle"
is "a verb" "$(complete_words coracle imag | sort | tr '\n' ' ')" "image images "
is "a verb of a group" "$(complete_words coracle volume cr)" create
is "an option" "$(complete_words coracle ps --no-t)" --no-trunc
is "a container" "$(complete_words "$work/bin/coracle" rm we)" web
# An anonymous volume may be called da39a3ee..., but never dat.
is "a volume" "$(complete_words "$work/bin/coracle" volume rm dat)" data
is "an image" "$(complete_words "$work/bin/coracle" run welc)" welcome:latest
for shell in zsh fish; do
    check "completion for $shell" coracle completion $shell
    printf '%s' "$out" >"$work/coracle.$shell"
    if command -v $shell >/dev/null; then
        check "$shell reads it" $shell -n "$work/coracle.$shell"
    fi
done
check "manual pages" coracle completion man --output "$work/man"
like "one for each verb" "$(cat "$work/man/coracle-ps.1")" '^\.TH CORACLE-PS 1'
is "and for other spellings" "$(cat "$work/man/coracle-container-ls.1")" ".so man1/coracle-ps.1"
if command -v groff >/dev/null; then
    is "without a warning of groff" "$(groff -man -Tutf8 -ww -z "$work"/man/coracle-[c-z]*.1 2>&1 |
        grep -v "can't open" | head)" ""
fi
refused 1 "a shell that is none" 'bash, zsh' coracle completion csh

# --- options that old scripts have
capture coracle create --name old --network none --kernel-memory 1g --cpu-rt-period 5 --isolation default welcome true
is "are accepted" "$status" 0
is "with a warning each" "$(grep -c '^coracle: warning: ' <<<"$err")" 3

coracle rm -f -v web job escape old >/dev/null
coracle volume rm data >/dev/null
finish
