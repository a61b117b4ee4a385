#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is set for registries: mirrors, other places, blocks, authorities, client certificates, proxies; where logins are
# kept; search.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images

settings=$XDG_CONFIG_HOME/coracle/registries.json
mkdir -p "${settings%/*}"
set_registries() { cat >"$settings"; }
forget_images() {
    coracle images -q | sort -u | xargs -r "${cli[@]}" rmi -f >/dev/null
    rm -f "$settings"
}

start_registry "$work/origin"
origin=$registry_address
push_image busybox
push_image busybox:only-here
start_registry "$work/mirror"
mirror=$registry_address
push_from "$(test_images):busybox:latest" hub/busybox
dead=127.0.0.1:$(free_port)

# --- mirrors, in order, with the registry itself at the end
set_registries <<JSON
{"$origin": {"mirrors": ["$dead", "$mirror/hub"]}}
JSON
check "pull by mirrors" coracle pull "$origin/busybox"
like "the first one is dead" "$err" "mirror '$dead' did not help: .*refused"
is "the name is the registry's" "$(coracle images --format '{{.Repository}}')" "$origin/busybox"
check "what no mirror has" coracle pull "$origin/busybox:only-here"
like "comes from the registry" "$err" "mirror '$mirror' did not help: .*not found"
coracle tag "$origin/busybox" "$origin/pushed:1"
check "a push" coracle push -q "$origin/pushed:1"
check "goes past the mirrors" curl -sf -o /dev/null "http://$origin/v2/pushed/manifests/1" \
    -H 'Accept: application/vnd.oci.image.manifest.v1+json'
forget_images

# --- another place for a part of a registry, and blocks
set_registries <<JSON
{"registry.test/team": {"location": "$mirror/hub"},
 "registry.test/team/secret": {"blocked": true},
 "docker.io": {
   "blocked": true}}
JSON
check "a name that stands for another place" coracle pull -q registry.test/team/busybox
is "stays the image's name" "$(coracle images --format '{{.Repository}}')" "registry.test/team/busybox"
check "push to it" coracle push -q registry.test/team/busybox
refused 1 "a blocked part" "'registry.test/team/secret' is blocked" coracle pull registry.test/team/secret/busybox
refused 1 "a blocked registry" "'docker.io' is blocked" coracle pull alpine
like "says by what" "$err" "^hint: by line 3 of '$settings'"
refused 1 "nor is anything searched there" "'docker.io' is blocked" coracle search alpine
printf x >"$work/password"
coracle login -u x --password-stdin <"$work/password" >/dev/null 2>"$work/err"
is "nor may one log in" "$?" 1
set_registries <<JSON
{"$mirror": {
  "insecure": true,
  "mirrorss": []}}
JSON
refused 1 "a wrong setting" "registries.json': line 3, '$mirror': there is no setting 'mirrorss'" \
    coracle pull "$mirror/x"
echo '{' | set_registries
refused 1 "no JSON" "registries.json': .*not valid JSON .*line 2" coracle pull "$mirror/x"
forget_images

# --- an authority of our own, and a certificate that says who we are
start_registry "$work/mirror" tls
refused 1 "an authority that nobody trusts" certificate coracle pull "$registry_address/hub/busybox"
set_registries <<JSON
{"$registry_address": {"ca": "$work/tls/ca.crt"}}
JSON
check "the authority of one host" coracle pull -q "$registry_address/hub/busybox"
forget_images
set_registries <<JSON
{"$registry_address": {"insecure": true}}
JSON
check "no check at all, for one host" coracle pull -q "$registry_address/hub/busybox"
forget_images
(
    cd "$work/tls" || exit 1
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=sailor -keyout me.key -out me.csr
    openssl x509 -req -in me.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out me.crt
) >>"$work/tls.log" 2>&1
registry_client_authority=$work/tls/ca.crt
start_registry "$work/mirror" tls
unset registry_client_authority
set_registries <<JSON
{"$registry_address": {"ca": "$work/tls/ca.crt"}}
JSON
exits 1 "a registry that wants to know who we are" coracle pull "$registry_address/hub/busybox"
set_registries <<JSON
{"$registry_address": {"ca": "$work/tls/ca.crt",
  "clientCertificate": "$work/tls/me.crt", "clientKey": "$work/tls/me.key"}}
JSON
check "is told" coracle pull -q "$registry_address/hub/busybox"
forget_images

# --- proxies: the name is one that only the proxy can resolve
start_proxy() {
    rm -f "$work/proxy.log"  # that of the one before would count as this one's
    python3 "$CORACLE_SOURCE/tests/support/http_proxy.py" "$@" >"$work/proxy.log" 2>&1 &
    helpers+=($!)
    eventually 20 test -s "$work/proxy.log"
    proxy=127.0.0.1:$(head -n 1 "$work/proxy.log")
}
named=registry.test:${mirror#*:}
set_registries <<JSON
{"$named": {"insecure": true}}
JSON
check "a proxy" start_proxy
by_proxy=(env HTTP_PROXY="http://$proxy" HTTPS_PROXY="http://$proxy")
check "pull through it" "${by_proxy[@]}" "${cli[@]}" pull -q "$named/hub/busybox"
like "TLS is tried by a tunnel" "$(cat "$work/proxy.log")" "^CONNECT $named\$"
like "plain requests go to the proxy" "$(cat "$work/proxy.log")" "^GET http://$named/v2/hub/busybox/manifests/latest\$"
coracle tag "$named/hub/busybox" "$named/by-proxy:1"
check "push through it" env http_proxy="http://$proxy" https_proxy="http://$proxy" \
    "${cli[@]}" push -q "$named/by-proxy:1"
refused 1 "NO_PROXY" "cannot be resolved" "${by_proxy[@]}" \
    NO_PROXY=.corp,registry.test "${cli[@]}" pull "$named/hub/busybox:x"
check "loopback needs no proxy" env HTTP_PROXY="http://$dead" HTTPS_PROXY="http://$dead" \
    "${cli[@]}" pull -q "$mirror/hub/busybox"
refused 1 "a proxy that is down" "nobody answers at the proxy '$dead'" \
    env HTTP_PROXY="http://user:canary@$dead" HTTPS_PROXY="http://user:canary@$dead" "${cli[@]}" pull "$named/hub/busybox:x"
unlike "its password stays secret" "$err" canary
check "a proxy with a login" start_proxy sailor:canary
refused 1 "without it" "the proxy '$proxy' refuses with status 407" \
    env HTTPS_PROXY="http://$proxy" "${cli[@]}" pull "$named/hub/busybox:x"
check "with it" env HTTP_PROXY="http://sailor:canary@$proxy" HTTPS_PROXY="http://sailor:canary@$proxy" \
    "${cli[@]}" pull -q "$named/by-proxy:1"
forget_images

# --- where logins are kept
start_registry "$work/origin" auth
printf '%s' "$registry_password" >"$work/password"
login() { coracle login -u "$registry_user" --password-stdin "$registry_address" <"$work/password" 2>&1; }
mkdir -p "$work/bin" "$DOCKER_CONFIG"
cat >"$work/bin/docker-credential-file" <<'SH'
#!/bin/sh
kept=$(dirname "$0")/kept
case $1 in
store) cat >"$kept" ;;
get) cat "$kept" 2>/dev/null || { echo credentials not found in native keychain; exit 1; } ;;
erase) rm -f "$kept" ;;
list) echo '{}' ;;
esac
SH
chmod +x "$work/bin/docker-credential-file"
export PATH=$work/bin:$PATH
echo '{"credsStore":"file"}' >"$DOCKER_CONFIG/config.json"
like "a login goes to the helper of docker's configuration" "$(login)" "kept by 'docker-credential-file'"
is "and to no file" "$(grep -rl "$(printf '%s:%s' "$registry_user" "$registry_password" | base64)" "$work/home")" ""
check "pull with it" coracle pull -q "$registry_address/busybox"
check "logout" coracle logout "$registry_address"
is "takes it away" "$(find "$work/bin" -name kept)" ""
forget_images
refused 1 "pull without it" 'wants a login' coracle pull "$registry_address/busybox"
echo '{}' >"$DOCKER_CONFIG/config.json"
REGISTRY_AUTH_FILE=$work/auth.json
export REGISTRY_AUTH_FILE
like "REGISTRY_AUTH_FILE" "$(login)" "stored as plain text in $work/auth.json"
is "is the person's alone" "$(stat -c %a "$work/auth.json")" 600
check "pull with it" coracle pull -q "$registry_address/busybox"
unset REGISTRY_AUTH_FILE
forget_images
refused 1 "pull without it" 'wants a login' coracle pull "$registry_address/busybox"
cp "$work/auth.json" "$DOCKER_CONFIG/config.json"
check "docker's own login is used" coracle pull -q "$registry_address/busybox"
refused 1 "and is not ours to forget" "is another program's" coracle logout "$registry_address"
rm "$DOCKER_CONFIG/config.json"
if [ -n "${XDG_RUNTIME_DIR:-}" ]; then
    (
        export XDG_RUNTIME_DIR=$run_dir
        mkdir -p "$run_dir/containers"
        cp "$work/auth.json" "$run_dir/containers/auth.json"
        coracle pull -q "$registry_address/busybox:only-here" >/dev/null
    )
    is "podman's own login is used" "$?" 0
    rm -r "$run_dir/containers"
fi
login >/dev/null
check "logout of everything" coracle logout --all
like "names what it forgot" "$out" "$registry_address"
refused 1 "nothing is left" "not logged in" coracle logout "$registry_address"
forget_images

# --- search
port=$(free_port)
python3 "$CORACLE_SOURCE/tests/support/search_server.py" "$port" >"$work/search.log" 2>&1 &
helpers+=($!)
searched=127.0.0.1:$port
check "a registry that can be searched" eventually 20 curl -s -o /dev/null "http://$searched/"
check "search" coracle search "$searched/nginx"
like "docker's columns" "$out" '^NAME +DESCRIPTION +STARS +OFFICIAL$'
like "an official image" "$out" '^nginx +Official build of Nginx. +20000 +\[OK\]$'
like "long words are cut" "$out" '^team/nginx +A second line, .*… +7'
like "or not" "$(coracle search --no-trunc "$searched/nginx")" '^team/nginx +A second line, [^…]* +7'
script -qec "${cli[*]} search $searched/nginx" /dev/null >"$work/terminal"
unlike "nothing reaches a terminal" "$(cat "$work/terminal")" $'\x1b\\[31m'
check "the limit is passed on" coracle search --limit 2 "$searched/nginx"
is "and kept" "$(wc -l <<<"$out")" 3
like "by the registry's word" "$(cat "$work/search.log")" 'q=nginx&n=2$'
is "filters" "$(coracle search -f stars=3 -f is-official=false --format '{{.Name}}' "$searched/nginx")" team/nginx
automated=$(coracle search -f is-automated=true --format '{{.Name}} {{.StarCount}}' "$searched/nginx")
is "automated" "$automated" "team/nginx 7"
refused 1 "no such filter" "there is no filter 'x'" coracle search -f x=1 "$searched/nginx"
refused 1 "a limit that is none" "from 1 to 100" coracle search --limit 0 "$searched/nginx"
refused 1 "an answer that is none" "member 'name' is not a string" coracle search "$searched/lies"
refused 1 "an answer that does not end" "longer than" coracle search "$searched/endless"
refused 1 "a registry without search" "has no search" coracle search "$origin/busybox"
finish
