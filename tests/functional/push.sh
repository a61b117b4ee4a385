#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Push to real registries: plain, with a password, with TLS. What arrives is compared with what was sent, by digest.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images

digest_at() { skopeo inspect --tls-verify=false --format '{{.Digest}}' "docker://$1"; }
secret_places() { grep -rlF "$registry_password" "$store" "$run_dir" "$work/outputs" 2>/dev/null; }
# push ARGUMENT...: keeps what is printed, to look for secrets in it.
push() { capture coracle push "$@"; printf '%s\n%s\n' "$out" "$err" >>"$work/outputs"; }

start_registry "$work/first"
first=$registry_address
push_image busybox
push_image python
push_image multi
push_image busybox:zstd --dest-compress-format zstd --format oci
for name in busybox python multi busybox:zstd; do
    capture coracle pull -q "$first/$name"
    [ "$status" = 0 ] || bail "pull '$name': $(report)"
done

# --- to another repository of the same registry: nothing is sent
check "tag" coracle tag "$first/python" "$first/copy/python:1"
push "$first/copy/python:1"
is "push to the same registry" "$status" 0
like "says where" "$err" "^The push refers to repository \[$first/copy/python\]\$"
like "takes the layers from the other repository" "$err" '^[0-9a-f]{12}: Mounted from python$'
unlike "sends none" "$err" ': Pushed$'
like "the last line is docker's" "$out" '^1: digest: sha256:[0-9a-f]{64} size: [0-9]+$'
like "and says what the registry has" "$out" "$(digest_at "$first/copy/python:1")"
check "push --digestfile" coracle push -q --digestfile "$work/digest" "$first/copy/python:1"
is "it holds the digest alone" "$(cat "$work/digest")" "$(digest_at "$first/copy/python:1")"
refused 1 "one file for several digests" "is for one digest" \
    coracle push -a --digestfile "$work/digest" "$first/copy/python"
is "it is the same image" "$(digest_at "$first/copy/python:1")" "$(digest_at "$first/python")"
push "$first/copy/python:1"
is "push it again" "$status" 0
like "everything is there" "$err" 'Layer already exists$'
unlike "nothing is sent" "$err" 'Pushed|Mounted'

# --- to a registry that wants a password
start_registry "$work/second" auth
second=$registry_address
coracle tag "$first/python" "$second/team/python:a"
coracle tag "$first/python" "$second/team/python:b"
refused 1 "without a login" "wants a login" coracle push -q "$second/team/python:a"
like "with what to do" "$err" "^hint: coracle login $second\$"
capture coracle push -q --digestfile "$work/none" "$second/team/python:a"
check "which leaves no file of a digest" test ! -e "$work/none"
printf '%s' "$registry_password" >"$work/password"
coracle login -u "$registry_user" --password-stdin "$second" <"$work/password" >"$work/login" 2>&1
is "login" "$?" 0
like "says where the password is" "$(cat "$work/login")" "stored as plain text in $work/home/config/coracle/auth.json"
is "login --get-login" "$(coracle login --get-login "$second")" "$registry_user"
refused 125 "of a registry without one" "not logged in to 'nowhere.example'" coracle login --get-login nowhere.example
push "$second/team/python:a"
is "push after login" "$status" 0
like "sends the layers" "$err" '^[0-9a-f]{12}: Pushed$'
skopeo_login() { skopeo inspect --tls-verify=false --creds "$registry_user:$registry_password" "$@"; }
is "they are the same bytes" "$(skopeo_login --format '{{.Digest}}' "docker://$second/team/python:a")" \
    "$(digest_at "$first/python")"
push -a "$second/team/python"
is "all tags" "$status" 0
like "a" "$out" '^a: digest: sha256:'
like "and b" "$out" '^b: digest: sha256:'
refused 1 "all tags of one tag" 'without a tag' coracle push -a "$second/team/python:a"
push -q "$second/team/python:b"
is "quiet prints the name" "$out$err" "$second/team/python:b"
capture coracle image push -q "$second/team/python:b"
is "the other spelling" "$out" "$second/team/python:b"
push -q "$first/busybox" "docker://$second/other/busybox:x"
is "to another place" "$out" "$second/other/busybox:x"
unlike "without giving it that name" "$(coracle images)" 'other/busybox'
check "what was pushed can be pulled" coracle pull -q "$second/other/busybox:x"
check "and run" coracle run --rm "$second/other/busybox:x" true
like "its digest is known" "$(coracle inspect -f '{{json .RepoDigests}}' "$second/team/python:a")" \
    "$second/team/python@sha256:"
check "logout" coracle logout "$second"
refused 1 "then it is refused" "wants a login" coracle push -q "$second/team/python:a"
refused 1 "not logged in any more" "not logged in" coracle logout "$second"

# --- TLS
start_registry "$work/third" tls-auth
coracle tag "$first/busybox" "$registry_address/busybox:tls"
refused 1 "an authority that nobody trusts" "certificate" coracle push -q "$registry_address/busybox:tls"
trust_registry
coracle login -u "$registry_user" --password-stdin "$registry_address" <"$work/password" >/dev/null 2>&1
push -q "$registry_address/busybox:tls"
is "push over TLS with a password" "$out" "$registry_address/busybox:tls"

# --- indexes, platforms, and layers whose archive is another's
coracle tag "$first/multi" "$first/copy/multi:1"
push "$first/copy/multi:1"
is "an index of which one image is here" "$status" 0
like "is said" "$err" "only the image for linux/.* is on this computer"
check "it can be pulled" coracle pull -q "$first/copy/multi:1"
push -q --platform "linux/$(dpkg --print-architecture)" "$first/copy/multi:1"
is "this platform" "$status" 0
unlike "needs no word" "$err" 'only'
refused 1 "another platform" 'is for linux/.*, not for linux/s390x' \
    coracle push --platform linux/s390x "$first/copy/multi:1"
push -q "$first/busybox:zstd" "$first/copy/zstd:1"
is "layers that are here as another archive" "$status" 0
check "arrive" skopeo inspect --tls-verify=false "docker://$first/copy/zstd:1"
config=$(skopeo inspect --config --raw --tls-verify=false "docker://$first/copy/zstd:1" | sha256sum | cut -d' ' -f1)
is "as the same image" "sha256:$config" "$(coracle inspect -f '{{.Id}}' "$first/busybox:zstd")"

# --- what cannot be
refused 1 "an image that is not here" "no image 'no/such:1'" coracle push no/such:1
by_digest=$(coracle inspect -f '{{index .RepoDigests 0}}' "$first/python")
refused 1 "a digest" 'a digest cannot be chosen' coracle push "$by_digest"
refused 1 "an archive" "only registries can be pushed to" coracle push "$first/python" oci:/tmp/x
refused 1 "a registry that is down" "refused" coracle push -q "$first/python" "127.0.0.1:$(free_port)/python:1"
refused 1 "no network" "push 'no-name:latest'|no image" coracle push no-name

# --- on a terminal there are bars
python3 "$CORACLE_SOURCE/tests/support/large_image.py" "$work/layout" 6000000 || bail "no image"
registry_address=$first
push_from "$work/layout:large" large:1
coracle pull -q "$first/large:1" >/dev/null
start_registry "$work/fourth"
python3 "$CORACLE_SOURCE/tests/support/slow_proxy.py" "$registry_port" 0 300000 >"$work/slow" &
helpers+=($!)
check "a slow line" eventually 20 test -s "$work/slow"
slow=127.0.0.1:$(cat "$work/slow")
coracle tag "$first/large:1" "$slow/large:1"
script -qfec "stty cols 100; ${cli[*]} push $slow/large:1" "$work/typescript" </dev/null >/dev/null &
terminal=$!
check "a bar, how much, how fast, how long" eventually 60 grep -qE \
    'Pushing \[=*> *\] [0-9.]+[kM]?B/[0-9.]+MB [0-9.]+[kM]B/s [0-9]{2}:[0-9]{2}' "$work/typescript"
kill -USR1 "${helpers[-1]}" # the rest comes at once
wait $terminal
like "and the end" "$(tr -d '\r' <"$work/typescript")" '^1: digest: sha256:'
is "no secret is in any file or output" "$(secret_places)" ""
finish
