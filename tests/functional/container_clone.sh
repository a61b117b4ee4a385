#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A container with the options of another.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

check "a container" coracle run -d --name web -e A=b -l k=v -v data:/data -v /own --restart always \
    welcome sh -c 'touch /file /data/file; exec sleep 1000'
check "writes" eventually 20 coracle exec web test -e /data/file
check "container clone" coracle container clone web
id=$(coracle inspect -f '{{.Id}}' web-clone)
is "prints the id of the new one" "$out" "$id"
command() { coracle inspect -f '{{index .Config.Env 3}} {{.Config.Cmd}} {{.HostConfig.RestartPolicy.Name}}' "$1"; }
is "which has the same options" "$(command web-clone)" "$(command web)"
is "has not run" "$(coracle inspect -f '{{.State.Status}}' web-clone)" created
is "has its label" "$(coracle inspect -f '{{.Config.Labels.k}}' web-clone)" v
is "the same volume" "$(coracle volume ls -q -f name=data -f dangling=false)" data
is "and an anonymous one of its own" "$(coracle volume ls -q | wc -l)" 3
check "a second one, started" coracle container clone --run web-clone
check "runs" eventually 20 coracle exec web-clone1 test -e /file
refused 125 "limits that are none" "option '--memory': .*'much'" coracle container clone -m much web
refused 125 "every limit is read" "option '--device-write-iops': 'x'" coracle container clone --memory 32m \
    --memory-reservation 16m --memory-swap 64m --cpu-shares 100 --cpu-period 50000 --cpu-quota 25000 --cpuset-cpus 0 \
    --cpuset-mems 0 --pids-limit 50 --blkio-weight 300 --blkio-weight-device /dev/sda:5 --device-read-bps /dev/sda:1m \
    --device-write-bps /dev/sda:1m --device-read-iops /dev/sda:5 --device-write-iops x web
refused 125 "two limits in one" "cannot be set together" coracle container clone --cpus 1 --cpu-quota 5000 web
capture coracle container clone -m 32m --name small web
if [ "$status" = 0 ]; then
    is "one with other limits has them" "$(coracle inspect -f '{{.HostConfig.Memory}}' small)" 33554432
    check "rm" coracle rm small
else
    like "limits that cannot be held here are refused" "$err" "memory.max"
fi
refused 1 "destroying one that runs" "'web' is running" coracle container clone --destroy --name web web
check "by force, under the same name" coracle container clone --destroy -f --run --name web web
is "it is the one that runs" "$(coracle ps -q --no-trunc -f name=^web$)" "$out"
is "nothing else came of it" "$(coracle ps -a --format '{{.Names}}' | sort | tr '\n' ' ')" "web web-clone web-clone1 "
refused 1 "a name that is taken" "web-clone" coracle container clone web web-clone
refused 125 "two names" "two names" coracle container clone --name a web b
refused 125 "force without what it is for" "destroy" coracle container clone -f web
refused 125 "a pod" "no pods" coracle container clone --pod p web
refused 1 "of nobody" "nobody" coracle container clone nobody
check "of another image" coracle tag welcome other
check "by name and image" coracle container clone web new other
is "has it" "$(coracle inspect -f '{{.Config.Image}}' new)" other
finish
