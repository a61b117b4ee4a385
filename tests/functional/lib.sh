# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Library of the functional tests: TAP, an own store, capabilities, clean-up with a check for leaks.
#
# A script sources this file, names what it needs with `require`, makes checks and ends with `finish`. The store, the
# runtime folder, HOME and the auth file are below $work, so nothing of the person's own is read or changed. `finish`
# (or a failing script, by the EXIT trap) removes every container and image through the product and then counts what is
# left: processes, mounts, files. What is left is a failure.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${CORACLE_SOURCE:=$(cd "$here/../.." && pwd)}"
: "${CORACLE_BIN:=$CORACLE_SOURCE/build/dev/bin}"
export CORACLE_SOURCE CORACLE_BIN CORACLE_LIBEXEC=$CORACLE_BIN LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

tap_count=0
tap_failed=0
status=0
out=""
err=""

bail() {
    echo "Bail out! $*"
    exit 1
}

# The product never runs as root: root_lib.sh sets `as_user` to what runs a command as the user.
declare -p as_user >/dev/null 2>&1 || as_user=()
[ "$(id -u)" != 0 ] || [ ${#as_user[@]} -gt 0 ] || bail "functional tests do not run as root"

work=$("${as_user[@]}" mktemp -d "${TMPDIR:-/var/tmp}/t.XXXXXX") || bail "no temporary folder"
store=$work/store
if [ -n "${XDG_RUNTIME_DIR:-}" ] && [ -w "$XDG_RUNTIME_DIR" ]; then
    run_dir=$("${as_user[@]}" mktemp -d "$XDG_RUNTIME_DIR/t.XXXXXX")
else
    run_dir=$work/run
fi
"${as_user[@]}" mkdir -p "$work/home/config/coracle" "$run_dir"
# What is removed is gone, so that whoever makes it again begins anew; a script about the trash sets keeps_trash first.
if [ -z "${keeps_trash:-}" ]; then
    "${as_user[@]}" tee "$work/home/config/coracle/store.json" <<<'{"trash": {"days": 0}}' >/dev/null
fi
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config DOCKER_CONFIG=$work/home/docker CORACLE_TEST_ID=$work
unset XDG_DATA_HOME
# Where there is no bus, podman would start one with dbus-launch, and it would outlive the test.
if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] && [ ! -S "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/bus" ]; then
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/no-bus
fi

# --- capabilities --------------------------------------------------------------------------------------------------

# require NAME...: skip the script when the machine lacks one; fail it when CORACLE_REQUIRE says the machine has it.
require() {
    local missing name
    missing=$("${as_user[@]}" "$CORACLE_SOURCE/tests/support/capabilities" "$@") && return 0
    for name in $missing; do
        case " ${CORACLE_REQUIRE:-} " in
            *" $name "*) bail "this machine must have '$name' and does not" ;;
        esac
    done
    echo "1..0 # SKIP missing here: $(echo "$missing" | tr '\n' ' ')"
    trap - EXIT
    rm -rf "$work" "$run_dir"
    exit 77
}

# --- TAP -------------------------------------------------------------------------------------------------------------

diagnose() {
    local line
    while IFS= read -r line; do
        echo "#   $line"
    done <<<"$1"
}

ok() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1"
}

not_ok() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $1"
    [ -z "${2:-}" ] || diagnose "$2"
}

# capture COMMAND...: run it; $status, $out and $err say what happened.
capture() {
    "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
    status=$?
    out=$(tr -d '\0' <"$work/stdout")
    err=$(tr -d '\0' <"$work/stderr")
}

report() { printf 'exit code %s\nstdout: %s\nstderr: %s' "$status" "$out" "$err"; }

# check DESCRIPTION COMMAND...: the command succeeds.
check() {
    local what=$1
    shift
    capture "$@"
    if [ "$status" = 0 ]; then
        ok "$what"
    else
        not_ok "$what" "$(printf '%q ' "$@"; report)"
    fi
}

# exits CODE DESCRIPTION COMMAND...
exits() {
    local code=$1 what=$2
    shift 2
    capture "$@"
    if [ "$status" = "$code" ]; then
        ok "$what"
    else
        not_ok "$what" "$(printf 'expected exit code %s of: ' "$code"; printf '%q ' "$@"; report)"
    fi
}

# refused CODE DESCRIPTION PATTERN COMMAND...: exit code, and one clear line that matches, at most a hint after it.
refused() {
    local code=$1 what=$2 pattern=$3
    shift 3
    capture "$@"
    local lines
    lines=$(grep -cv '^hint: ' <<<"$err")
    if [ "$status" = "$code" ] && [ "$lines" = 1 ] && grep -qiE "$pattern" <<<"$err"; then
        ok "$what"
    else
        not_ok "$what" "$(printf 'expected exit code %s and one line like /%s/: ' "$code" "$pattern"
            printf '%q ' "$@"; report)"
    fi
}

# is DESCRIPTION GOT WANTED
is() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "$(printf 'got:    %s\nwanted: %s\n' "$2" "$3"; report)"
    fi
}

# like DESCRIPTION TEXT PATTERN (extended regular expression)
like() {
    if grep -qE -- "$3" <<<"$2"; then
        ok "$1"
    else
        not_ok "$1" "$(printf 'text:    %s\npattern: %s\n' "$2" "$3"; report)"
    fi
}

unlike() {
    if grep -qE -- "$3" <<<"$2"; then
        not_ok "$1" "$(printf 'text:      %s\nunwanted: %s\n' "$2" "$3")"
    else
        ok "$1"
    fi
}

# eventually SECONDS COMMAND...: until it succeeds, at most so long.
eventually() {
    local end=$(($(date +%s%N) + $1 * 1000000000))
    shift
    while ! "$@" >/dev/null 2>&1; do
        [ "$(date +%s%N)" -lt "$end" ] || return 1
        sleep 0.05 # UNAVOIDABLE: the condition is another program's and has no event to wait for
    done
}

# --- the product ---------------------------------------------------------------------------------------------------

# For programs that start it (timeout, script, xargs); none of the paths has a blank.
cli=("${as_user[@]}" "$CORACLE_BIN/coracle" --root "$store" --runroot "$run_dir")
coracle() { "${cli[@]}" "$@"; }

# state_is NAME running|exited|created
state_is() { [ "$(coracle inspect -f '{{.State.Status}}' "$1" 2>/dev/null)" = "$2" ]; }
stopped() { state_is "$1" exited; }

# The folder with the test images, made when it is not there yet.
test_images() { "${as_user[@]}" "$CORACLE_SOURCE/tests/support/make_images"; }

# free_port [COUNT]: the first of so many free ports in a row, below the range from which the kernel gives ports away,
# and never one that was given before.
free_port() {
    python3 - "$work/given-ports" "${1:-1}" <<'PYTHON'
import contextlib, pathlib, random, socket, sys
given = pathlib.Path(sys.argv[1])
taken = set(given.read_text().split()) if given.exists() else set()
low = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
while True:
    first = random.randrange(10000, max(low, 20000))
    row = range(first, first + int(sys.argv[2]))
    with contextlib.ExitStack() as stack:
        try:
            for port in row:
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
        except OSError:
            continue
    if taken.isdisjoint(map(str, row)):
        break
given.write_text(" ".join([*taken, *map(str, row)]))
print(first)
PYTHON
}

# --- clean-up and leaks ----------------------------------------------------------------------------------------------

# Processes that belong to this test: those that carry its name in their environment, and all in a pid namespace below
# this one that were not there at the start (a container's own environment says nothing). Those of other users of this
# computer are not ours: only the user's own id and subordinate ids count.
nested_processes() {
    awk -v own="$(id -u)" -v user="$(id -un)" '
        BEGIN { while ((getline line <"/etc/subuid") > 0) { split(line, range, ":")
                    if (range[1] == user || range[1] == own) { first = range[2]; last = first + range[3] } } }
        /^Uid:/ { ours = $2 == own || ($2 >= first && $2 < last) }
        /^NSpid:/ && NF > 2 && ours {print $2}' /proc/[0-9]*/status 2>/dev/null | sort
}

own_processes() {
    local environ
    for environ in /proc/[0-9]*/environ; do
        if tr '\0' '\n' 2>/dev/null <"$environ" | grep -qx "CORACLE_TEST_ID=$work"; then
            local process=${environ#/proc/}
            process=${process%/environ}
            case " $$ $BASHPID $PPID ${helpers[*]:-} " in
                *" $process "*) ;;
                *) [ "$(ps -o ppid= -p "$process" | tr -d ' ')" = $$ ] || echo "$process" ;;
            esac
        fi
    done
}

describe_processes() {
    local process
    for process in "$@"; do
        echo "$process $(tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null)"
    done
}

nested_before=$(nested_processes)
helpers=()

stop_helpers() {
    local helper
    for helper in "${helpers[@]:-}"; do
        [ -z "$helper" ] || kill "$helper" 2>/dev/null || true
    done
    helpers=()
}

# The kept user namespace is one process; it is meant to stay, so a test ends it by its own record.
stop_keeper() {
    local record=$run_dir/userns/keeper.json process
    [ -f "$record" ] || return 0
    process=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$record")
    [ -n "$process" ] || return 0
    kill "$process" 2>/dev/null || true
    eventually 20 test ! -d "/proc/$process"
}

no_nested_processes() { [ -z "$(comm -13 <(echo "$nested_before") <(nested_processes))" ]; }
no_own_processes() { [ -z "$(own_processes)" ]; }
is_empty() { [ -z "$(ls -A "$1" 2>/dev/null)" ]; }

# Files whose owners are subordinate ids can only be removed inside a user namespace.
remove_tree() {
    rm -rf "$@" 2>/dev/null || unshare --map-root-user --map-auto rm -rf "$@"
}

check_store_empty() {
    local folder containers images
    containers=$(coracle ps -aq 2>/dev/null)
    # shellcheck disable=SC2086 # ids are words
    [ -z "$containers" ] || check "every container can be removed" coracle rm -f $containers
    images=$(coracle images -q 2>/dev/null | sort -u)
    # shellcheck disable=SC2086
    [ -z "$images" ] || check "every image can be removed" coracle rmi -f $images
    check "the trash can be emptied" coracle trash empty -f
    for folder in containers layers removed trash staging; do
        if eventually 60 is_empty "$store/$folder"; then
            ok "nothing is left in $folder/"
        else
            not_ok "nothing is left in $folder/" "$(ls -A "$store/$folder")"
        fi
    done
}

check_nothing_runs() {
    stop_keeper
    if eventually 20 no_own_processes && eventually 20 no_nested_processes; then
        ok "no process is left"
    else
        # shellcheck disable=SC2046 # process numbers are words
        not_ok "no process is left" "$(describe_processes $(own_processes) \
            $(comm -13 <(echo "$nested_before") <(nested_processes)))"
    fi
    unlike "no mount is left" "$(cat /proc/self/mountinfo)" " $work/| $run_dir/"
}

end_test() {
    local code=$?
    trap - EXIT
    if [ "$finished" = 0 ]; then
        echo "# the script ended early, exit code $code"
        coracle ps -aq 2>/dev/null | xargs -r "${cli[@]}" rm -f
        stop_keeper
        tap_failed=$((tap_failed + 1))
    fi
    stop_helpers
    remove_tree "$work" "$run_dir"
    [ "$tap_failed" = 0 ] || exit 1
    exit 0
}
finished=0
trap end_test EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# finish [keep]: the end of each script. `keep` leaves out the check for leaks (the store was damaged on purpose).
finish() {
    if [ "${1:-}" != keep ]; then
        check_store_empty
        check_nothing_runs
    fi
    finished=1
    echo "1..$tap_count"
    exit 0
}
