#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The desktop app on the real engine, on an X server with a window manager: a whole session (desktop_session.cpp), and
# the program itself: driven by the keyboard alone, silent while nothing happens, one window for two starts.
keeps_trash=yes
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/functional/registry.sh
. "$here/registry.sh"
: "${CORACLE_BUILD:=$(dirname "$CORACLE_BIN")}"
[ -x "$CORACLE_BIN/coracle-desktop" ] || {
    echo "1..0 # SKIP built without the desktop app"
    rm -rf "$work" "$run_dir"
    trap - EXIT
    exit 77
}
require userns subids slirp4netns tun registry xvfb

# A display of our own: the server picks a free number and tells it. It repeats no key (-r): between press and release
# xdotool may have to wait for a processor.
mkfifo "$work/display"
Xvfb -displayfd 3 -r -screen 0 1280x800x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
helpers+=($!)
read -r number <"$work/display" || bail "no X server: $(cat "$work/xvfb.log")"
export DISPLAY=:$number QT_QPA_PLATFORM=xcb
unset WAYLAND_DISPLAY
# No session bus, and none that somebody starts because there is none (dbus-launch(1)).
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/no-bus
openbox --sm-disable >"$work/openbox.log" 2>&1 &
helpers+=($!)
check "a window manager runs" eventually 20 sh -c 'xdotool get_num_desktops'

# The store by environment, so that a command line pasted into a shell needs no options.
export CORACLE_ROOT=$store CORACLE_RUNROOT=$run_dir PATH=$CORACLE_BIN:$PATH

# --- a session
start_registry "$work/registry"
"$CORACLE_SOURCE/tests/support/make_desktop_images.py" "$work/images"
push_from "$work/images:web:latest" web
push_from "$work/images:big:latest" big
"$CORACLE_SOURCE/tests/support/slow_link.py" "$registry_port" 4000000 >"$work/slow" &
helpers+=($!)
eventually 20 test -s "$work/slow"
mkdir "$work/shared"
printf 'hello from the folder\n' >"$work/shared/hello.txt"
export SESSION_FOLDER=$work/shared SESSION_PORT
SESSION_PORT=$(free_port)
SESSION_IMAGE=$(cat "$work/slow")/web:latest
SESSION_BIG_IMAGE=$(cat "$work/slow")/big:latest
export SESSION_IMAGE SESSION_BIG_IMAGE
"$CORACLE_BUILD/tests/bin/desktop_session" -o "$work/session.tap,tap" -o "${CORACLE_SESSION_LOG:-$work/session.txt},txt"
session=$?
while IFS= read -r line; do
    case $line in
        "ok "*) ok "session: ${line#*- }" ;;
        "not ok "*) not_ok "session: ${line#*- }" ;;
        "  "*) echo "#$line" ;;
    esac
done <"$work/session.tap"
is "the session ends well" "$session" 0

# --- the program, by keyboard alone
# The window that gets the keys: the one that both the X server and the window manager call so. While the two differ,
# another one is on its way, and what is typed may still go to the one before.
focused() {
    local window
    window=$(xdotool getwindowfocus 2>/dev/null) && [ "$window" = "$(xdotool getactivewindow 2>/dev/null)" ] &&
        xdotool getwindowname "$window" 2>/dev/null | grep -q -- "$1"
}
XDG_CONFIG_HOME=$work/config coracle-desktop 2>"$work/desktop.log" &
desktop=$!
helpers+=("$desktop")
check "the first start welcomes" eventually 20 focused 'Welcome to Coracle'
xdotool key Escape
check "its window comes" eventually 20 focused 'Containers - Coracle'
xdotool key ctrl+n
check "Ctrl+N opens the run dialog" eventually 20 focused 'Run a container'
xdotool search --name '^Containers - Coracle$' windowfocus
check "the window behind it can be given the keyboard" eventually 20 focused 'Containers - Coracle'
xdotool mousemove --window "$(xdotool search --name '^Containers - Coracle$' | tail -1)" 60 500 click 1
check "a click there gives it back to the dialog" eventually 20 focused 'Run a container'
xdotool type --delay 5 welcome
xdotool key Tab
xdotool type --delay 5 typed
xdotool key Tab
xdotool type --delay 5 'sleep 1000'
xdotool key ctrl+Return
check "Ctrl+Return runs what was typed" eventually 60 state_is typed running
[ "$status" = 0 ] ||
    not_ok "what there was then" "$(xdotool getactivewindow getwindowname; coracle ps -a; cat "$work/desktop.log")"
check "its page opens" eventually 20 focused 'typed - Coracle'
xdotool key alt+1
check "Alt+1 is the list again" eventually 20 focused 'Containers - Coracle'

# --- while the window can be seen, only the usage of what runs is sampled, once a second; hidden, nothing is
wakeups() { cat /proc/"$desktop"/task/*/status | awk '/^voluntary_ctxt_switches/ {sum += $2} END {print sum}'; }
# The wake-ups of five seconds are at most this many; again, for the last picture after the page came, and for five
# seconds that took longer.
quiet() {
    local before
    for _ in 1 2 3 4; do
        before=$(wakeups)
        timeout 5 tail --pid="$desktop" -f /dev/null
        woken=$(($(wakeups) - before))
        [ "$woken" -le "$1" ] && return
    done
    return 1
}
asleep() { # description, most wake-ups
    if quiet "$2"; then
        ok "$1 ($woken)"
    else
        not_ok "$1 ($woken)"
    fi
}
asleep "five seconds in sight wake it at most sixty times" 60
xdotool getactivewindow windowminimize
asleep "five seconds out of sight wake it at most ten times" 10

# --- killing the app stops no container
kill -KILL "$desktop"
wait "$desktop" 2>/dev/null
check "the container outlives the app" state_is typed running
check "rm -f" coracle rm -f typed
unlike "the app had nothing to complain about" "$(cat "$work/desktop.log")" .
finish
