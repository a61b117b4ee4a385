#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Logins in the desktop's keyring: a real gnome-keyring on a bus of its own, exchange with docker's helper for it, and a
# keyring that is locked, lies, is silent or dies.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
require userns registry images keyring

keyring=$CORACLE_LIBEXEC/coracle-keyring
fake=$CORACLE_BIN/../tests/bin/fake_keyring
auth=$XDG_CONFIG_HOME/coracle/auth.json
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export XDG_RUNTIME_DIR=$work/session XDG_DATA_HOME=$work/home/share
mkdir -m 700 "$XDG_RUNTIME_DIR"
# Short: a socket's path has a limit.
cat >"$work/bus.conf" <<XML
<busconfig>
  <type>session</type>
  <listen>unix:path=$work/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
XML
start_bus() {
    dbus-daemon --config-file="$work/bus.conf" --nofork --nopidfile >"$work/bus.log" 2>&1 &
    helpers+=($!)
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/bus
    eventually 20 dbus-send --session --dest=org.freedesktop.DBus --print-reply / org.freedesktop.DBus.GetId
}
has_keyring() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets | grep -q 'boolean true'
}
has_no_keyring() { ! has_keyring; }
start_keyring() {
    printf 'master' | gnome-keyring-daemon --unlock --foreground --components=secrets >"$work/keyring.log" 2>&1 &
    keyring_process=$!
    helpers+=("$keyring_process")
    eventually 20 has_keyring || bail "no keyring: $(cat "$work/keyring.log")"
}
lock_keyring() {
    dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
        org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
}
stop_keyring() {
    kill "$keyring_process"
    wait "$keyring_process" 2>/dev/null
    eventually 20 has_no_keyring
}
# shellcheck disable=SC2120 # `check` passes the arguments
login() { coracle login -u "$registry_user" --password-stdin "$@" "$address" <"$work/password" >"$work/login" 2>&1; }
pull() { coracle rmi -f "$address/busybox" >/dev/null 2>&1; coracle pull -q "$address/busybox"; }
password_places() {
    grep -rlF -e "$registry_password" -e "$(printf '%s:%s' "$registry_user" "$registry_password" | base64)" \
        "$store" "$run_dir" "$work/home" "$work/outputs" 2>/dev/null
}
docker_get() { docker-credential-secretservice get <<<"$1"; }
members() { python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1])), sort_keys=True))' "$auth"; }

start_registry "$work/images"
push_image busybox
start_registry "$work/images" auth
address=$registry_address
printf '%s' "$registry_password" >"$work/password"

# --- no keyring
refused 1 "no session bus" 'no session bus' coracle login -u x --keep keyring "$address"
like "with what to do" "$err" '^hint: log in at the desktop, or keep the password in a file: coracle login --keep file$'
start_bus || bail "no bus: $(cat "$work/bus.log")"
refused 1 "nobody has the name" 'no program of this session keeps passwords' \
    coracle login -u x --keep keyring "$address"
like "with what to do" "$err" '^hint: install gnome-keyring, KWallet or KeePassXC'
refused 1 "another place" "'--keep pocket' is no place" coracle login -u x --keep pocket "$address"
check "and nothing was written" test ! -e "$auth"

# --- a login in the keyring
start_keyring
check "login" login --keep keyring
like "says where the password is" "$(cat "$work/login")" "kept in the desktop's keyring"
cat "$work/login" >>"$work/outputs"
is "the file says where, and no more" "$(members)" "{\"credHelpers\": {\"$address\": \"coracle-keyring\"}}"
is "the file is the person's alone" "$(stat -c %a "$auth")" 600
is "the password is in no file" "$(password_places)" ""
check "pull with it" pull
is "login --get-login" "$(coracle login --get-login "$address")" "$registry_user"
is "docker's helper has it" "$(docker_get "$address")" \
    "{\"ServerURL\":\"$address\",\"Username\":\"$registry_user\",\"Secret\":\"$registry_password\"}"
like "and lists it" "$(docker-credential-secretservice list)" "\"$address\":\"$registry_user\""
check "a second login stays there" login
is "in one item" "$("$keyring" list)" "{\"$address\":\"$registry_user\"}"
is "and in no file" "$(password_places)" ""
check "logout" coracle logout "$address"
like "docker's helper has none" "$(docker_get "$address" 2>&1)" 'credentials not found'
is "the file says nothing" "$(members)" "{}"
refused 1 "pull without it" 'wants a login' pull
refused 1 "a second logout" 'not logged in' coracle logout "$address"

# --- what docker's helper stores
docker_store() {
    printf '{"ServerURL":"%s","Username":"%s","Secret":"%s"}' "$@" | docker-credential-secretservice store
}
docker_store "$address" "$registry_user" "$registry_password"
docker_store https://index.docker.io/v1/ '<token>' canary-token
is "its logins are seen" "$("$keyring" list)" \
    "{\"$address\":\"$registry_user\",\"https://index.docker.io/v1/\":\"<token>\"}"
is "tokens, too" "$("$keyring" get <<<https://index.docker.io/v1/)" \
    '{"Secret":"canary-token","ServerURL":"https://index.docker.io/v1/","Username":"<token>"}'
echo '{"credsStore":"coracle-keyring"}' >"$auth"
check "pull with the keyring for all" pull
docker_store "$address" somebody wrong
check "login, where there are two now" login
is "one is left" "$("$keyring" list)" \
    "{\"$address\":\"$registry_user\",\"https://index.docker.io/v1/\":\"<token>\"}"
check "logout of everything" coracle logout --all
is "nothing is left" "$(docker-credential-secretservice list) $(members)" \
    '{} {"credsStore": "coracle-keyring"}'
rm "$auth"
# docker's settings name docker's helper: without that program ours serves them.
mkdir -p "$DOCKER_CONFIG" "$work/bin"
echo '{"credsStore":"secretservice"}' >"$DOCKER_CONFIG/config.json"
check "login by docker's settings" login
like "names its helper" "$(cat "$work/login")" "kept by 'docker-credential-secretservice'"
for program in newuidmap newgidmap; do ln -s "$(command -v "$program")" "$work/bin/"; done
without_helper() { PATH=$work/bin coracle "$@"; }
coracle rmi -f "$address/busybox" >/dev/null
check "pull without that helper" without_helper pull -q "$address/busybox"
check "logout without it" without_helper logout "$address"
like "docker's helper has none" "$(docker_get "$address" 2>&1)" 'credentials not found'
rm "$DOCKER_CONFIG/config.json"

# --- somebody else removes it
check "login" login --keep keyring
docker-credential-secretservice erase <<<"$address"
refused 1 "the login is gone" 'wants a login' pull
like "with what to do" "$err" "^hint: coracle login $address\$"
is "nobody is logged in" "$(coracle login --get-login "$address" 2>&1 | head -n 1)" \
    "coracle: not logged in to '$address'"
check "which logout mends" coracle logout "$address"

# --- from the keyring to the file, and back
check "login" login --keep keyring
check "login into the file" login --keep file
is "the file has it" "$(members | grep -c auths) $(members | grep -c credHelpers)" "1 0"
is "the keyring has not" "$("$keyring" list)" "{}"
check "login into the keyring" login --keep keyring
is "and in no file" "$(password_places)" ""
REGISTRY_AUTH_FILE=$work/shared.json refused 1 "a file that podman reads, too" 'REGISTRY_AUTH_FILE names' \
    coracle login -u x --keep keyring "$address"

# --- locked, and nobody to ask
lock_keyring
refused 1 "pull with a locked keyring" 'the keyring is locked, and there is no screen here' pull
like "with what to do" "$err" \
    '^hint: unlock it on the desktop, or keep the password in a file: coracle login --keep file$'
refused 1 "logout" 'the keyring is locked' coracle logout "$address"
check "it is still known" grep -q coracle-keyring "$auth"
refused 125 "login --get-login cannot know the name" "the user name for '$address' is in the desktop's keyring" \
    coracle login --get-login "$address"
DISPLAY=:99 refused 1 "a prompt that cannot be shown" 'the keyring is locked, and it was not opened' pull
if login; then
    not_ok "login cannot keep it"
else
    like "login says that the password is right" "$(cat "$work/login")" 'the password is right and was not kept'
fi
check "login into the file works" login --keep file
check "and so does pull" pull
check "logout of the file" coracle logout "$address"
stop_keyring || bail "the keyring does not end"

# --- keyrings that do what real ones do rarely
mkdir -p "$(dirname "$auth")"
echo '{"credHelpers":{"'"$address"'":"coracle-keyring"}}' >"$auth"
start_fake() {
    rm -f "$work/fake.log" # the one before said "ready", too
    "$fake" "$1" >"$work/fake.log" 2>&1 &
    keyring_process=$!
    helpers+=("$keyring_process")
    eventually 20 grep -q ready "$work/fake.log" || bail "no keyring: $(cat "$work/fake.log")"
}
# fake MODE PATTERN: what pull says
fake() {
    start_fake "$1"
    DISPLAY=:99 refused 1 "keyring '$1'" "$2" pull
    kill "$keyring_process" 2>/dev/null
    wait "$keyring_process" 2>/dev/null
    eventually 20 has_no_keyring
}
fake dismissed "the desktop's keyring: the keyring is locked, and it was not opened"
fake dies 'its program ended while it asked for the password'
fake ends 'the keyring ended while it was asked'
fake long "answer to GetSecret cannot be read, or is too long"
fake many "answer to SearchItems cannot be read, or is too long"
fake silent 'the keyring does not answer within 20 s'
fake types "answer to SearchItems cannot be read"
fake vanished 'wants a login'
fake names 'wants a login'

# A prompt that nobody answers: Ctrl+C ends the wait, and the helper with it; the password is where nobody can look.
start_fake waits
DISPLAY=:99 "${cli[@]}" login -u "$registry_user" --password-stdin --keep keyring "$address" <"$work/password" \
    >"$work/waiting" 2>&1 &
waiting=$!
check "a prompt is shown" eventually 20 grep -q prompt "$work/fake.log"
asked=$(pgrep -P "$waiting" -x coracle-keyring)
for process in "$waiting" "$asked"; do
    unlike "no password in the arguments" "$(tr '\0' ' ' <"/proc/$process/cmdline")" "w0rd"
done
unlike "nor in the environment" "$(tr '\0' ' ' <"/proc/$waiting/environ")" "w0rd"
exits 1 "nobody can look into the helper" cat "/proc/$asked/environ"
started=$(date +%s%N)
kill -INT "$waiting"
wait "$waiting"
is "Ctrl+C ends it" "$?" 130
diagnose "$((($(date +%s%N) - started) / 1000000)) ms to end"
check "and the helper" eventually 20 test ! -d "/proc/$asked"
is "nothing was changed" "$(members)" "{\"credHelpers\": {\"$address\": \"coracle-keyring\"}}"
kill "$keyring_process"
wait "$keyring_process" 2>/dev/null
rm "$auth"
cat "$work/waiting" "$work/login" >>"$work/outputs"
is "no password was printed or kept" "$(password_places)" ""
finish
