#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The embedded image: works at once, without a network and without a registry.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

exits 0 "the embedded image runs without being pulled" coracle run --rm welcome
like "it greets" "$out" '^Welcome aboard'
like "it says who you are inside" "$out" 'inside +uid 0, gid 0'
like "it says that system calls are filtered" "$out" 'seccomp +on, [0-9]+ filter'
like "its capabilities are the default eleven" "$out" 'rights +11 of 41'
for namespace in user mnt pid net ipc uts cgroup; do
    like "it has a $namespace namespace of its own" "$out" "^ +$namespace .*$namespace:\[[0-9]+\]"
done

exits 0 "a command of its busybox runs" coracle run --rm welcome sh -c 'echo $((6 * 7))'
is "and its output arrives" "$out" 42
is "the second time nothing is on standard error" "$err" ""

# With a terminal the program becomes a shell. script(1) gives the terminal.
printf 'echo inside-$(id -u)-$(tty)\nexit 7\n' |
    script -qec "${cli[*]} run --rm -it welcome" /dev/null >"$work/terminal"
is "the shell's exit code is the command's" "${PIPESTATUS[1]}" 7
like "the shell runs in a terminal" "$(cat "$work/terminal")" 'inside-0-/dev/(pts/0|console)'

exits 0 "images lists it" coracle images
like "under its name" "$out" '^welcome +latest '
exits 0 "no container is left" coracle ps -aq
is "none at all" "$out" ""

# As with a home below a link, or a store that was moved to a larger disk.
mkdir "$work/disk" "$work/links"
ln -s "$work/disk" "$work/links/store"
behind=("$CORACLE_BIN/coracle" --root "$work/links/store" --runroot "$run_dir")
exits 0 "a store behind a link works" "${behind[@]}" run --rm --network none welcome true
if [ -f "$work/disk/state.db" ]; then ok "and is where the link leads"; else not_ok "and is where the link leads"; fi
finish
