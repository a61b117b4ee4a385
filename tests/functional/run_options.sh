#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Options of run about names, time, labels, other containers and files of the command line itself.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

# --- names and resolvers
check "--add-host" coracle run --rm --add-host db:10.1.2.3 --add-host 'six=[fd00::1]' welcome cat /etc/hosts
like "adds a line" "$out" $'^10.1.2.3\tdb$'
like "also with an IPv6 address" "$out" $'^fd00::1\tsix$'
check "host-gateway" coracle run --rm --add-host me:host-gateway welcome cat /etc/hosts
like "is an address of this computer" "$out" $'^[0-9]+\\.[0-9.]+\tme$'
unlike "and not the word" "$out" 'host-gateway'
check "--add-host with the host's network" coracle run --rm --network host --add-host me:host-gateway \
    welcome cat /etc/hosts
like "adds to the host's names" "$out" $'^127.0.0.1\tme$'
refused 125 "--add-host without an address" "NAME:ADDRESS" coracle run --rm --add-host db welcome true
check "--dns, --dns-search, --dns-option" \
    coracle run --rm --dns 10.9.8.7 --dns-search a.test --dns-search b.test --dns-option ndots:3 \
    welcome cat /etc/resolv.conf
is "are what it asks" "$out" $'nameserver 10.9.8.7\nsearch a.test b.test\noptions ndots:3'
check "--dns without a network" coracle run --rm --network none --dns 10.9.8.7 welcome cat /etc/resolv.conf
like "too" "$out" '^nameserver 10.9.8.7$'
refused 125 "--dns with a name" "no address" coracle run --rm --dns resolver welcome true
check "--dns-search ." coracle run --rm --dns-search . welcome cat /etc/resolv.conf
unlike "looks nothing up elsewhere" "$out" '^search'
check "--domainname" coracle run --rm -h boat --domainname example.test \
    welcome sh -c 'cat /proc/sys/kernel/domainname; cat /etc/hosts'
like "is set" "$out" '^example.test$'
like "and in /etc/hosts" "$out" $'\tboat.example.test boat'
coracle create --name names --add-host db:10.1.2.3 --dns 10.9.8.7 --domainname example.test --annotation a.b=c \
    welcome true >/dev/null
host='{{.HostConfig.ExtraHosts}} {{.HostConfig.Dns}} {{.Config.Domainname}} {{json .HostConfig.Annotations}}'
is "inspect has them" "$(coracle inspect -f "$host" names)" \
    '[db:10.1.2.3] [10.9.8.7] example.test {"a.b":"c"}'
like "and the command that makes it again" "$(coracle inspect -f '{{.CreateCommand}}' names)" \
    '--annotation a.b=c --add-host db:10.1.2.3 --domainname example.test --dns 10.9.8.7'
bundle=$(coracle inspect -f '{{.BundlePath}}' names)
like "annotations are in the bundle" "$(cat "$bundle/config.json")" '"a.b": ?"c"'
refused 125 "--annotation without a name" "no name" coracle run --rm --annotation =x welcome true

# --- time
if [ -e /usr/share/zoneinfo/Asia/Tokyo ]; then
    coracle run --rm --tz Asia/Tokyo welcome cat /etc/localtime >"$work/zone"
    check "--tz" cmp "$work/zone" /usr/share/zoneinfo/Asia/Tokyo
fi
refused 125 "--tz of no zone" "no time zone" coracle run --rm --tz Nowhere/Else welcome true
refused 125 "--tz that leaves the folder" "no time zone" coracle run --rm --tz ../../etc/passwd welcome true

# --- labels
printf '# comment\nfrom=file\nboth=file\nalone\n' >"$work/labels"
check "--label-file" coracle create --name labels --label-file "$work/labels" -l both=option welcome true
is "gives labels, options win" \
    "$(coracle inspect -f '{{with .Config.Labels}}{{.from}} {{.both}} {{.alone}}.{{end}}' labels)" \
    "file option ."
refused 125 "a label file that is not there" "label file" coracle create --label-file "$work/none" welcome true

# --- other containers
check "a container with volumes" coracle create --name one -v data:/data -v "$work:/here:ro" -v /anonymous welcome true
check "--volumes-from" coracle run --rm --volumes-from one \
    welcome sh -c 'echo x >/data/file; test -e /here/labels && test -d /anonymous'
check "its volumes are the same" coracle run --rm -v data:/data welcome cat /data/file
refused 1 "what is read-only stays so" "read-only|Read-only" coracle run --rm --volumes-from one welcome touch /here/x
refused 1 ":ro makes all of it read-only" "read-only|Read-only" coracle run --rm --volumes-from one:ro \
    welcome touch /data/x
check "a mount of its own counts more" coracle run --rm --volumes-from one --tmpfs /data \
    welcome sh -c 'test ! -e /data/file'
refused 125 "--volumes-from of nobody" "nobody" coracle run --rm --volumes-from nobody welcome true

# --- namespaces of another container
check "a container that others join" coracle run -d --name first -h first-host --expose 8080 -P welcome sleep 1000
check "container exists" coracle container exists first
exits 1 "not of another name" coracle container exists nobody
is "without a word" "$err" ""
check "image exists" coracle image exists welcome
exits 1 "not of another name" coracle image exists nothing
exits 1 "nor volume exists" coracle volume exists nothing
check "--pid, --ipc, --uts and --network of it" coracle run --rm --pid container:first --ipc container:first \
    --uts container:first --network container:first welcome \
    sh -c 'hostname; cat /etc/hostname; ps; echo hi >/dev/shm/x'
like "have its name" "$out" '^first-host$'
like "and its processes" "$out" '1 root +sleep 1000'
is "and its memory" "$(coracle exec first cat /dev/shm/x)" hi
check "a container beside it" coracle run -d --name second --pid container:first welcome sleep 1000
like "which inspect tells" "$(coracle inspect -f '{{.HostConfig.PidMode}}' second)" '^container:[0-9a-f]{64}$'
check "a program beside it that forks" coracle run --rm --pid container:first welcome sh -c 'sleep 987 & true'
forked_is_gone() { coracle exec first ps >"$work/ps" && ! grep -q 'sleep 987' "$work/ps"; }
check "takes along what it forked" eventually 20 forked_is_gone
check "--publish-all" coracle port first
like "publishes what is exposed" "$out" '^8080/tcp -> 0.0.0.0:[0-9]+$'
like "which inspect tells, too" "$(coracle inspect -f '{{json .Config.ExposedPorts}}' first)" '"8080/tcp":'
check "the end of the first" coracle stop -t 0 first
is "is that of the second" "$(coracle wait second)" 137
refused 1 "it starts again only after the first" "'first', whose process namespace it shares, is not running" \
    coracle start second
check "files of it can be copied" coracle cp second:/etc/passwd "$work/copied"
coracle create --name keeps --ipc private welcome true >/dev/null
refused 125 "--ipc of one that keeps it" "does not share" coracle run --ipc container:keeps welcome true

# --- namespaces of two containers
check "one of them" coracle start first
check "a third container" coracle run -d --name third -h third-host --ipc shareable welcome sleep 1000
check "processes of one, memory and name of the other" coracle run -d --name both --pid container:first \
    --ipc container:third --uts container:third welcome sh -c 'echo hi >/dev/shm/both; exec sleep 1000'
check "it runs" eventually 20 coracle exec third test -e /dev/shm/both
like "with the processes" "$(coracle exec both ps)" '1 root +sleep 1000'
is "and the name" "$(coracle exec both hostname)" third-host
for kind in pid ipc uts; do
    with=third
    [ $kind = pid ] && with=first
    is "exec is in the same $kind namespace" "$(coracle exec both readlink /proc/self/ns/$kind)" \
        "$(coracle exec $with readlink /proc/self/ns/$kind)"
done
check "the other way round" coracle run --rm --network container:third --ipc container:third \
    --pid container:first welcome \
    sh -c 'readlink /proc/self/ns/net; cat /dev/shm/both; ls /sys/class/net; ls /dev/mqueue; ps'
is "has its network" "$(head -n 1 <<<"$out")" "$(coracle exec third readlink /proc/self/ns/net)"
like "which /sys shows" "$out" '^tap0$'
coracle run -d --name alien --userns nomap welcome sleep 1000 >/dev/null
refused 125 "of two with different ids" "'first' and 'alien' cannot be shared at once: they have different ids" \
    coracle run --pid container:first --uts container:alien welcome true
check "rm -f" coracle rm -f both third alien first second

# --- devices that are described
mkdir -p "$XDG_CONFIG_HOME/cdi"
refused 125 "--gpus without a description" "no device 'nvidia.com/gpu=all'" coracle run --rm --gpus all welcome true
like "says how to get one" "$err" "nvidia-ctk cdi generate --output="
printf '#!/bin/sh\ncat >/dev/null; echo "$1 $WORD" >"%s/hooked"\n' "$work" >"$work/hook"
chmod 755 "$work/hook"
cat >"$XDG_CONFIG_HOME/cdi/nvidia.json" <<JSON
{"cdiVersion": "0.6.0", "kind": "nvidia.com/gpu",
 "containerEdits": {"env": ["DRIVER=1.2"], "hooks": [{"hookName": "createRuntime", "path": "$work/hook",
     "args": ["hook", "argument"], "env": ["WORD=word"]}],
     "mounts": [{"hostPath": "$work/hook", "containerPath": "/usr/lib/gpu/hook", "options": ["ro", "nosuid", "bind"]}]},
 "devices": [{"name": "all", "containerEdits": {"deviceNodes": [
     {"path": "/dev/gpu0", "hostPath": "/dev/zero", "type": "c", "major": 1, "minor": 5}]}},
     {"name": "gone", "containerEdits": {"deviceNodes": [{"path": "/dev/no-such-gpu"}]}},
     {"name": "other", "containerEdits": {"deviceNodes": [{"path": "/dev/null", "type": "b"}]}}]}
JSON
exits 1 "--gpus all, up to the last command," coracle run --name gpu --gpus all welcome sh -c \
    'head -c 4 /dev/gpu0 | od -An -tx1; cat /usr/lib/gpu/hook; echo "driver $DRIVER"; touch /usr/lib/gpu/hook'
like "which fails, as its mount is read-only" "$err" "Read-only"
like "gives the device" "$out" '^ 00 00 00 00'
like "the library" "$out" '^#!/bin/sh'
like "the variable" "$out" '^driver 1.2'
is "and runs the hook" "$(cat "$work/hooked")" "argument word"
is "inspect tells" "$(coracle inspect -f '{{(index .HostConfig.DeviceRequests 0).DeviceIDs}}' gpu)" \
    "[nvidia.com/gpu=all]"
refused 125 "a device that is not plugged in" "/dev/no-such-gpu' does not exist" \
    coracle run --rm --device nvidia.com/gpu=gone welcome true
refused 125 "one of another kind" "is another device than" coracle run --rm --device nvidia.com/gpu=other welcome true
refused 125 "one that is not described" "no device 'nvidia.com/gpu=5'" coracle run --rm --gpus device=5 welcome true
like "names those that are" "$err" "nvidia.com/gpu=all, nvidia.com/gpu=gone"
cat >"$XDG_CONFIG_HOME/cdi/vendor.yaml" <<YAML
cdiVersion: 0.6.0
kind: v.com/x
devices:
  - name: "1"
    containerEdits:
      env: [GIVEN=yaml]
      deviceNodes:
        - {path: /dev/one, hostPath: /dev/zero, type: c, major: 1, minor: 5}
YAML
check "YAML" coracle run --rm --device v.com/x=1 welcome sh -c 'head -c 2 /dev/one | od -An -tx1; echo $GIVEN'
is "gives the device and the variable" "$out" $' 00 00\nyaml'
echo 'kind: [' >"$XDG_CONFIG_HOME/cdi/vendor.yaml"
refused 125 "YAML that is none" "vendor.yaml': line 2" coracle run --rm --device v.com/x=1 welcome true
chmod 666 "$XDG_CONFIG_HOME/cdi/nvidia.json"
refused 125 "a file that others may write" "could have been written by somebody else" \
    coracle run --rm --gpus all welcome true
rm -r "$XDG_CONFIG_HOME/cdi"
check "rm" coracle rm gpu

check "--ipc none" coracle run --rm --ipc none welcome sh -c 'test ! -e /dev/shm'
check "--uts host" coracle run --rm --uts host welcome hostname
is "is the computer's name" "$out" "$(uname -n)"

# --- hooks of a folder
mkdir "$work/hooks"
cat >"$work/hooks/10-say.json" <<JSON
{"version": "1.0.0", "hook": {"path": "$work/hook", "args": ["hook", "said"], "env": ["WORD=hooks"]},
 "when": {"commands": ["^echo$"]}, "stages": ["createRuntime"]}
JSON
check "--hooks-dir" coracle run --rm --hooks-dir "$work/hooks" welcome echo
is "runs the hook" "$(cat "$work/hooked")" "said hooks"
rm "$work/hooked"
check "for the containers that it is for" coracle run --rm --hooks-dir "$work/hooks" welcome true
check "and for no others" test ! -e "$work/hooked"
refused 125 "a folder that is not there" "folder of hooks" coracle run --rm --hooks-dir "$work/no" welcome true

# --- descriptors that are handed on
printf handed >"$work/handed"
printf second >"$work/second"
handing() { "$@" 3<"$work/handed" 5<"$work/second"; }
check "--preserve-fds" handing coracle run --rm --preserve-fds 1 welcome sh -c 'cat <&3; test ! -e /proc/self/fd/5'
is "hands a descriptor on" "$out" handed
check "--preserve-fd" handing coracle run --rm --preserve-fd 5 welcome sh -c 'cat <&5; test ! -e /proc/self/fd/3'
is "under its number" "$out" second
check "two of them" handing coracle run --rm --preserve-fd 5,3 --network none welcome sh -c 'cat <&3; cat <&5'
is "have theirs" "$out" handedsecond
check "without it nothing" handing coracle run --rm welcome sh -c 'test ! -e /proc/self/fd/3 -a ! -e /proc/self/fd/5'
check "with a terminal" handing script -qec "${cli[*]@Q} run -t --rm --preserve-fds=1 welcome cat /proc/self/fd/3" \
    /dev/null
like "too" "$out" handed
refused 125 "one that is not open" "descriptor 4 is not open" handing coracle run --rm --preserve-fds 2 welcome true
refused 125 "of create" "run and exec" handing coracle create --preserve-fds 1 welcome true
mkfifo "$work/pipe"
cat "$work/pipe" >"$work/told" &
reader=$!
check "with -d" sh -c 'exec 3>"$1"; shift; exec "$@"' - "$work/pipe" \
    "${cli[@]}" run -d --name teller --preserve-fds 1 welcome sh -c 'echo told >&3; exec 3>&-; exec sleep 1000'
check "whoever reads sees the end, for the container alone has it" timeout 20 tail --pid="$reader" -f /dev/null
is "and what was said" "$(cat "$work/told")" told
check "a later run" coracle restart -t 0 teller
check "has none" eventually 20 sh -c "${cli[*]@Q} logs teller 2>&1 | grep -qi 'bad file descriptor'"
check "exec" handing coracle exec --preserve-fds=1 teller cat /proc/self/fd/3
is "hands on, too" "$out" handed
check "exec by number" handing coracle exec --preserve-fd=5 teller sh -c 'cat <&5; test ! -e /proc/self/fd/3'
is "as well" "$out" second
refused 125 "exec of one that is not open" "descriptor 4 is not open" \
    handing coracle exec --preserve-fds=2 teller true
check "exec -d" handing coracle exec -d --preserve-fds=1 teller sh -c 'cat <&3 >/got'
check "has it" eventually 20 coracle exec teller grep -q handed /got
refused 126 "exec as nobody that there is" "no user 'nouser'" coracle exec -u nouser teller true
check "rm" coracle rm -f teller

# --- what is empty is not given, and what is wrong
check "empty options" coracle run --rm --hostname= --workdir= --platform= --stop-signal= --pull= welcome pwd
is "are none" "$out" /root
refused 1 "run without an image" "'coracle run' takes at least 1 argument, the image" coracle run --rm
refused 1 "create without one" "'coracle create' takes at least 1 argument" coracle create
refused 125 "a host at no address" "'nonsense' is no address" coracle run --rm --add-host a:nonsense welcome true
check "a host by IPv6" coracle run --rm --add-host a:2001:db8::1 welcome grep 2001:db8::1 /etc/hosts
refused 1 "a volume with a bad name" "'bad/name' is not a volume name" coracle volume create bad/name

# --- what the image says
check "an image with a volume and a variable" coracle create --name source welcome true
coracle commit -q -c 'VOLUME /data' -c 'ENV WORD=image' source declared >/dev/null
show='echo "$WORD"; grep -c " /data " /proc/mounts; grep " /data " /proc/mounts || true'
check "--image-volume ignore" coracle run --rm --image-volume ignore declared sh -c "mkdir -p /data; $show"
is "mounts nothing" "$out" $'image\n0'
check "--image-volume tmpfs" coracle run --rm --image-volume tmpfs declared sh -c "$show"
like "is memory" "$out" '^tmpfs /data tmpfs'
check "--unsetenv" coracle run --rm --unsetenv WORD declared sh -c 'echo "${WORD-none}"'
is "leaves it out" "$out" none
check "--unsetenv-all" coracle run --rm --unsetenv-all -e ONLY=1 declared env
is "leaves all out" "$(grep -v -e '^HOME=' <<<"$out")" 'ONLY=1'
check "--no-hosts" coracle run --rm --no-hosts declared sh -c 'grep -c /etc/hosts /proc/mounts || true'
is "leaves the image's file" "$out" 0
check "--umask" coracle run --rm --umask 0027 declared sh -c 'umask; >/x; stat -c %a /x'
is "is the program's" "$out" $'0027\n640'
check "--http-proxy" env http_proxy=http://proxy.test:3128 "${cli[@]}" run --rm --http-proxy declared \
    sh -c 'echo $http_proxy'
is "passes it on" "$out" 'http://proxy.test:3128'
check "--read-only-tmpfs" coracle run --rm --read-only --read-only-tmpfs declared \
    sh -c '>/run/x && >/tmp/x && >/var/tmp/x'
check "a container without powers" coracle run -d --name weak --cap-drop ALL declared sleep 1000
refused 1 "exec has none" "" coracle exec weak chroot /
check "exec --privileged" coracle exec --privileged weak chroot / true
check "the end" coracle rm -f weak source
check "rmi" coracle rmi declared

# --- secrets
printf 's3cret' >"$work/secret"
check "secret create" coracle secret create token "$work/secret"
like "prints its id" "$out" '^[0-9a-f]{25}$'
refused 1 "another of the name" "exists" coracle secret create token "$work/secret"
check "from standard input" sh -c "printf other | ${cli[*]@Q} secret create second -"
refused 125 "one that is too long" "512000" sh -c "head -c 512001 /dev/zero | ${cli[*]@Q} secret create long -"
check "from a variable" env NOTE=noted "${cli[@]}" secret create --env -l a=b -d file third NOTE
refused 1 "another driver" "'file'" coracle secret create -d shell third "$work/secret"
check "--replace" coracle secret create --replace third "$work/secret"
is "--showsecret" "$(coracle secret inspect --showsecret -f '{{.SecretData}}' third)" s3cret
is "-f and --format" "$(coracle secret ls -f name=thir --format '{{.Name}}')" third
is "-q" "$(coracle secret ls -q --noheading | wc -l)" 3
check "secret rm -i" coracle secret rm -i third nobody
check "secret ls" coracle secret ls
like "lists them" "$out" '^[0-9a-f]{25} +second +file +'
is "secret inspect" "$(coracle secret inspect -f '{{.Spec.Name}}' token)" token
check "run --secret" coracle run --name holder --secret token --secret second,target=/etc/second,mode=0400,uid=5 \
    --secret token,type=env,target=TOKEN welcome sh -c '
    cat /run/secrets/token; echo " $TOKEN"; stat -c "%a %u" /run/secrets/token /etc/second
    touch /run/secrets/x 2>&1; grep -c " /run/secrets tmpfs" /proc/mounts'
is "gives files in memory and a variable" "$out" \
    $'s3cret s3cret\n444 0\n400 5\ntouch: /run/secrets/x: Read-only file system\n1'
unlike "inspect says nothing of it" "$(coracle inspect holder)" 's3cret'
coracle commit -q holder with-secret >/dev/null
unlike "nor does an image" "$(coracle save with-secret | tar xO 2>/dev/null | strings)" 's3cret'
check "rmi" coracle rmi with-secret
unlike "nor an export" "$(coracle export holder | strings)" 's3cret'
check "secret rm -a" coracle secret rm -a
like "a container keeps its copy" "$(coracle start -a holder)" '^s3cret s3cret$'
refused 125 "a secret that is not there" "no secret 'token'" coracle run --rm --secret token welcome true
refused 1 "secret exists" "" coracle secret exists token

# --- streams
check "--attach stderr" coracle run --rm -a stderr welcome sh -c 'echo out; echo err >&2'
is "shows no output" "$out" ""
is "but errors" "$err" err
check "--attach stdin" sh -c "echo fed | ${cli[*]@Q} run -i -a stdin --name fed welcome sh -c 'cat >/fed'"
like "prints the id" "$out" '^[0-9a-f]{64}$'
coracle wait fed >/dev/null
is "and passes the input on" "$(coracle cp fed:/fed - | tar xO)" fed

# --- the command line's own
check "--cidfile" coracle create --name cid --cidfile "$work/cid" welcome true
is "holds the id" "$(cat "$work/cid")" "$(coracle inspect -f '{{.Id}}' cid)"
refused 125 "--cidfile that exists" "exists" coracle create --cidfile "$work/cid" welcome true
check "--replace" coracle create --replace --name cid welcome false
unlike "takes the place" "$(cat "$work/cid")" "$(coracle inspect -f '{{.Id}}' cid)"
check "--replace of nobody" coracle create --replace --name fresh welcome true
check "-q" coracle run --rm -q welcome true

coracle ps -aq | xargs "${cli[@]}" rm -f -v >/dev/null
coracle volume ls -q | xargs "${cli[@]}" volume rm >/dev/null
finish
