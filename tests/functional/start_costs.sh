#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What one start costs, in counts that do not depend on how busy the machine is: programs, system calls, waits for the
# disk. A ceiling that is exceeded says that something was added to the way of every start; look at it with
# `strace -f -r coracle run --rm --network none welcome true` before raising the number.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns overlay strace

# A cleaning up in the background is due every so many starts; the cheapest of three is a plain one.
rounds=3
one_start=("${cli[@]}" run --rm --network none welcome true)

# count CALLS PATTERN COMMAND...: lines of the trace that match, the least of the rounds. strace goes on until the last
# process of a start has ended.
count() {
    local calls=$1 pattern=$2 least="" round found
    shift 2
    for round in $(seq "$rounds"); do
        strace -f -qq -e "trace=$calls" -e signal=none -o "$work/trace.$round" "$@" >/dev/null 2>&1 || return 1
        found=$(grep -cE "$pattern" "$work/trace.$round")
        [ -n "$least" ] && [ "$found" -ge "$least" ] || least=$found
    done
    echo "$least"
}
begun='^[0-9]+ +[a-z0-9_]+\(' # once, though a call may be two lines

at_most() {
    local what=$1 found=$2 ceiling=$3
    if [ -n "$found" ] && [ "$found" -le "$ceiling" ]; then
        ok "$what: $found, at most $ceiling"
    else
        not_ok "$what: $found, at most $ceiling"
    fi
}

# A runtime that belongs to the user is started as a program, and once more from a mount that cannot be written.
more=0
[ ! -O "$CORACLE_BIN/coracle-monitor" ] || more=1

check "the image and the kept user namespace are there" "${one_start[@]}"
at_most "programs of one start" "$(count execve 'execve.*= 0$' "${one_start[@]}")" $((3 + 2 * more))
# The monitor, the fork that makes the container, its first process, and one that makes namespaces ahead, while nobody
# else has anything to do.
at_most "new processes" "$(count clone,clone3,vfork,fork "$begun" "${one_start[@]}")" 4
at_most "networks made by who waits for them" "$(count clone3 'CLONE_NEWNET' "${one_start[@]}")" "$more"
at_most "waits for the disk" "$(count fsync,fdatasync,syncfs,sync,msync,sync_file_range "$begun" "${one_start[@]}")" 0
at_most "files made" "$(count open,openat,openat2,creat "$begun.*O_CREAT" "${one_start[@]}")" 29
at_most "system calls" "$(count all "$begun" "${one_start[@]}")" $((1480 + 200 * more))

# What was asked a moment after a change is asked again (store/lookup_cache.h), so it takes some starts.
opens_no_database() {
    strace -f -qq -e trace=open,openat,openat2 -o "$work/opened" "${one_start[@]}" &&
        ! grep -q '"[^"]*state.db' "$work/opened"
}
check "the same image once more needs no database" eventually 100 opens_no_database
check "and a container that stays does not hinder it" "${cli[@]}" create --name stays welcome true
check "for long" eventually 100 opens_no_database
refused 125 "whose name is not given again" "stays" coracle run --rm --name stays --network none welcome true
check "it goes" "${cli[@]}" rm stays

# --- a list: what each container adds that was never started
looking=open,openat,openat2,access,faccessat,faccessat2,stat,lstat,newfstatat,statx
lookups() { count "$looking" "$begun" "${cli[@]}" ps -a; }
check "one container" "${cli[@]}" create --name first welcome true
few=$(lookups)
for _ in $(seq 20); do
    "${cli[@]}" create -l more welcome true >/dev/null || not_ok "create"
done
at_most "files that 20 more are looked up in" $(($(lookups) - few)) 60
"${cli[@]}" ps -aq -f label=more | xargs "${cli[@]}" rm first >/dev/null

# --- what the start does not leave to somebody else
check "a container that removes itself is gone at once" "${cli[@]}" run --rm --name once --network none welcome true
refused 1 "for everybody" 'once' coracle inspect once
if eventually 20 is_empty "$store/containers" && eventually 20 is_empty "$store/trash" &&
    eventually 20 is_empty "$run_dir/containers" && eventually 20 is_empty "$run_dir/runtime"; then
    ok "and nothing of it is left"
else
    not_ok "and nothing of it is left" "$(ls -A "$store/containers" "$store/trash" "$run_dir/containers" \
        "$run_dir/runtime")"
fi
check "files of other owners are removed, too" "${cli[@]}" run --rm --network none welcome \
    sh -c 'mkdir -p /data/deep && touch /data/deep/file && chown -R 33:44 /data && chmod 700 /data /data/deep'
if eventually 20 is_empty "$store/trash" && eventually 20 is_empty "$run_dir/containers"; then
    ok "by the exit command"
else
    not_ok "by the exit command" "$(ls -AR "$store/trash" "$run_dir/containers")"
fi
# The client is killed while the container runs: its monitor has to do what the client would have done.
"${cli[@]}" run --rm --name orphan --network none welcome tail -f /dev/null &
client=$!
check "a container of a client" eventually 20 state_is orphan running
kill -KILL $client
wait $client 2>/dev/null
check "is stopped after the client was killed" coracle kill orphan
gone() { ! coracle inspect orphan; }
check "and removed" eventually 20 gone

# --- after a restart of the computer nothing is there but the row and what it wrote
check "a container that removes itself" "${cli[@]}" run -d --rm --name lost --network none welcome tail -f /dev/null
lost=$("${cli[@]}" inspect -f "{{.Id}}" lost)
runs=$("${cli[@]}" inspect -f "{{.State.Pid}}" lost)
kill -KILL "$(awk '/^PPid:/ {print $2}' "/proc/$runs/status")" "$runs" # its monitor and itself
gone_process() { ! kill -0 "$runs" 2>/dev/null; }
check "is killed with its monitor" eventually 20 gone_process
remove_tree "$run_dir/containers/$lost"
refused 1 "it says why it cannot be started" "was restarted" coracle start lost
exits 0 "the list leaves it out" coracle ps -aq --no-trunc
is "altogether" "$(grep -c "$lost" <<<"$out")" 0
refused 1 "for it is removed" "lost" coracle inspect lost
finish
