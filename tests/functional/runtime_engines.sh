#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Other engines with coracle-runtime in the place of theirs: podman runs, buildah builds. No network is used.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns subids overlay podman buildah

runtime=$CORACLE_BIN/coracle-runtime
mkdir -p "$HOME/.config/containers" "$work/context/bin"
cat >"$HOME/.config/containers/storage.conf" <<CONF
[storage]
driver = "overlay"
graphroot = "$work/graph"
runroot = "$run_dir/engines"
CONF
# podman asks this list which runtimes go without control groups and write a log in JSON.
cat >"$HOME/.config/containers/containers.conf" <<CONF
[engine]
runtime_supports_json = ["coracle"]
runtime_supports_nocgroup = ["coracle"]
[engine.runtimes]
coracle = ["$runtime"]
CONF
echo '{"default":[{"type":"insecureAcceptAnything"}]}' >"$HOME/.config/containers/policy.json"
unset XDG_CONFIG_HOME DOCKER_CONFIG
cp /bin/busybox "$work/context/bin/busybox"
for applet in sh cat echo id ls mount sleep test; do
    ln -s busybox "$work/context/bin/$applet"
done
cat >"$work/context/Dockerfile" <<FILE
FROM scratch
COPY bin /bin
RUN echo built >/file && id -u >>/file
CMD ["cat", "/file"]
FILE

engine() { podman --runtime coracle --cgroup-manager cgroupfs --events-backend file "$@"; }
quiet=(--cgroups=disabled --network none)

# gives WHAT CODE OUTPUT: the last command ended so and printed that.
gives() {
    if [ "$status" = "$2" ] && [ "$out" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "exit $status, wanted $2: $out $err"
    fi
}

capture buildah --runtime "$runtime" bud --isolation oci --network none -q -t localhost/engines "$work/context"
gives "buildah builds, with RUN" 0 "$out"
# It asks for ambient capabilities that are not inheritable; what is not granted is to be told (config.md), once.
is "and hears once what it cannot have" "$(grep -v '^coracle-runtime: warning: ambient capabilities ' <<<"$err")" ""
is "in one line" "$(wc -l <<<"$err")" 1
capture podman --runtime "$runtime" --cgroup-manager cgroupfs run --rm --network none localhost/engines
gives "podman runs it with the runtime given by path" 0 "built
0"
capture engine run --rm "${quiet[@]}" localhost/engines
gives "podman runs what it built" 0 "built
0"
capture engine run --rm "${quiet[@]}" localhost/engines sh -c 'exit 7'
gives "podman gets the exit code" 7 ""
capture engine run --rm "${quiet[@]}" localhost/engines nosuch
gives "podman gets 127 for a command that is not there" 127 ""
capture engine run --rm "${quiet[@]}" localhost/engines /file
gives "podman gets 126 for a file that is no program" 126 ""
capture engine run --rm "${quiet[@]}" --read-only --user 5:6 -e X=y localhost/engines sh -c 'id -u; id -g; echo $X'
gives "podman passes user and variables" 0 "5
6
y"
capture engine run --rm "${quiet[@]}" --privileged localhost/engines mount -t tmpfs none /bin
gives "podman --privileged may mount" 0 ""
capture engine run -d --name one "${quiet[@]}" localhost/engines sleep 1000
gives "podman runs in the background" 0 "$out"
capture engine exec one sh -c 'echo inside; exit 3'
gives "podman execs" 3 "inside"
# It ends when its output has come: podman is not always in time for the last words of a program in a terminal.
in_terminal() {
    local command="podman --runtime coracle --cgroup-manager cgroupfs exec -it one sh -c"
    { eventually 20 grep -qs '^terminal' "$work/typescript"; echo; } |
        script -qefc "$command 'test -t 0 && echo terminal && read -r line'" "$work/typescript"
}
capture in_terminal
is "podman execs with a terminal" "$status" 0
like "and has its output" "$(tr -d '\r' <"$work/typescript")" '^terminal$'
capture engine kill one
gives "podman kills" 0 "$out"
capture engine wait one
gives "podman learns the exit code" 0 "137"
capture engine rm one
gives "podman removes" 0 "$out"
podman --runtime coracle system reset --force >/dev/null 2>&1
podman unshare sh -c "umount -l '$work/graph/overlay'; rm -rf '$work/graph' '$run_dir/engines'" 2>/dev/null
podman system migrate >/dev/null 2>&1
check_nothing_runs
finish keep
