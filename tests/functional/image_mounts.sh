#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# --mount type=image: files of another image in a container, with both overlay drivers.
keeps_trash=1
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

# --- two images beside the container's own
check "an image of files" coracle run --name make welcome sh -c '
    mkdir -p /data/deep /data/closed && echo base >/data/file && echo deep >/data/deep/file
    chown 5:6 /data/deep/file && chmod 0640 /data/deep/file && chmod 0700 /data/closed && echo in >/data/closed/file
    ln -s deep /data/link && ln -s ../../../../../../etc /data/out && ln -s /etc /data/absolute
    echo image >/etc/mark'
check "commit" coracle commit -q make files
check "rm" coracle rm make
id=$(coracle image inspect -f '{{.Id}}' files)
echo host >"$work/mark"

refused 125 "without a name" "source=IMAGE" coracle run --rm --mount type=image,target=/x welcome true
refused 125 "without a place" "path inside is missing" coracle run --rm --mount type=image,source=files welcome true
refused 125 "an image that is not here, and is not to be fetched" "mount of '/x'.*no image 'nothing:1'" \
    coracle run --rm --pull never --mount type=image,source=nothing:1,target=/x welcome true
refused 125 "a word of volumes" "'nocopy' is not for an image" \
    coracle run --rm --mount type=image,source=files,target=/x,volume-nocopy=true welcome true
refused 125 "a way out of the image" "leads out of the image" \
    coracle run --rm --mount type=image,source=files,target=/x,subpath=../../etc welcome true

drivers=(overlay fuse-overlayfs)
"$CORACLE_SOURCE/tests/support/capabilities" fuse >/dev/null || drivers=(overlay)
"$CORACLE_SOURCE/tests/support/capabilities" overlay >/dev/null || drivers=(fuse-overlayfs)
for driver in "${drivers[@]}"; do
    export CORACLE_STORAGE_DRIVER=$driver
    mount=type=image,source=files,target=/opt/files
    check "$driver: run" coracle run --rm --mount "$mount" welcome \
        sh -c 'cat /opt/files/data/file /opt/files/data/link/../file; stat -c "%u:%g %a" /opt/files/data/deep/file'
    is "$driver: has the image's files, owners and modes" "$out" $'base\nbase\n5:6 640'
    exits 1 "$driver: it is read-only" coracle run --rm --mount "$mount" welcome touch /opt/files/new
    like "$driver: and says so" "$err" 'Read-only'
    like "$driver: its flags" "$(coracle run --rm --mount "$mount" welcome grep ' /opt/files ' /proc/mounts)" \
        ' ro,.*nosuid.*nodev'
    check "$driver: a part" coracle run --rm --mount "$mount,subpath=data/deep" welcome ls /opt/files
    is "$driver: is all there is" "$out" file
    check "$driver: docker's word for it, and a file" coracle run --rm \
        --mount type=image,src=files,dst=/etc/one,image-subpath=/data/file welcome cat /etc/one
    is "$driver: is mounted" "$out" base
    check "$driver: a part of a folder that is closed" coracle run --rm --mount "$mount,subpath=data/closed" welcome \
        cat /opt/files/file
    for part in out absolute; do
        check "$driver: the link '$part' out of the image" \
            coracle run --rm --mount "$mount,subpath=data/$part" welcome cat /opt/files/mark
        is "$driver: stays in it" "$out" image
    done
    refused 125 "$driver: a part that is not there" "there is no 'data/nothing'" \
        coracle run --rm --mount "$mount,subpath=data/nothing" welcome true
    check "$driver: keep-id" coracle run --rm --userns keep-id --mount "$mount" welcome \
        sh -c 'id -u; stat -c "%u:%g" /opt/files/data/deep/file /opt/files/data; cat /opt/files/data/file'
    is "$driver: has the image's owners, too" "$out" "$(id -u)"$'\n5:6\n0:0\nbase'
    check "$driver: two at once, and its own image" coracle run --rm --mount "$mount" \
        --mount type=image,source=files,target=/two --mount type=image,source=welcome,target=/self welcome \
        cat /two/data/file /self/etc/os-release
    # Written to, it begins anew with each start, as podman has it.
    check "$driver: rw=true" coracle run -d --name "w-$driver" --mount "$mount,rw=true" welcome \
        sh -c 'cat /opt/files/data/file; echo new >/opt/files/data/file; rm -r /opt/files/data/deep; exec sleep 1000'
    check "$driver: is written to" eventually 20 coracle exec "w-$driver" sh -c \
        'grep -q new /opt/files/data/file && test ! -e /opt/files/data/deep'
    check "$driver: restart" coracle restart -t 0 "w-$driver"
    check "$driver: the change is there again" eventually 20 coracle exec "w-$driver" grep -q new /opt/files/data/file
    was_base_twice() { [ "$(coracle logs "w-$driver")" = $'base\nbase' ]; }
    check "$driver: made anew" eventually 20 was_base_twice
    is "$driver: the image has its file" "$(coracle run --rm files cat /data/file)" base
    check "$driver: stop" coracle stop -t 0 "w-$driver"
    check "$driver: what a stopped one has" coracle cp "w-$driver:/opt/files/data/file" -
    like "$driver: is the image's" "$out" base
    check "$driver: rm" coracle rm "w-$driver"
done
unset CORACLE_STORAGE_DRIVER

# --- what uses an image, keeps it
mount=type=image,source=files,target=/opt/files
check "create" coracle create --name user --mount "$mount,subpath=data" welcome cat /opt/files/file
is "inspect shows the mount" "$(coracle inspect -f \
    '{{range .Mounts}}{{.Type}} {{.Name}} {{.Source}} {{.Destination}} {{.RW}}{{end}}' user)" \
    "image files $id /opt/files false"
asked='{{range .HostConfig.Mounts}}{{.Type}} {{.Source}} {{.Target}} {{.ReadOnly}} {{.ImageOptions.Subpath}}{{end}}'
is "and what was asked for" "$(coracle inspect -f "$asked" user)" "image files /opt/files true data"
is "ps names it" "$(coracle ps -a --format '{{.Mounts}}')" files
refused 1 "explain of a file in it" "belongs to the image 'files'" coracle explain user:/opt/files/file
refused 1 "rmi" "image 'files' is used by the containers 'user'" coracle rmi files
check "image prune -a" coracle image prune -af
check "leaves it" coracle image inspect files
is "system df counts it as used" "$(coracle system df --format '{{.Type}} {{.Active}}' | grep Images)" 'Images 2'
check "another name for it, and another image of the name" coracle tag files kept
coracle run --name other welcome sh -c 'mkdir /data && echo other >/data/file'
check "commit" coracle commit -q other files
check "rm" coracle rm other
check "start" coracle start -a user
is "has the files that it was made with" "$out" base
check "--volumes-from" coracle run --rm --volumes-from user welcome cat /opt/files/file
is "has the same" "$out" base
check "container clone" coracle container clone --name twin user
check "start" coracle start -a twin
is "is made of the name, as run would" "$out" other
check "rm" coracle rm twin
check "rm of the other image" coracle rmi files
check "rmi -f of the mounted one" coracle rmi -f kept
check "start" coracle start -a user
is "its layers are there still" "$out" base
check "rm" coracle rm user
check "undo" coracle undo
check "start" coracle start -a user
is "and after undo" "$out" base
check "rm" coracle rm user
check "trash empty" coracle trash empty -f
refused 125 "then they are gone" "no image 'files'" coracle run --rm --pull never --mount "$mount" welcome true
check "system check" coracle system check

# --- of a container that exists
check "another image" sh -c "printf more >'$work/f' && tar -C '$work' -c f | ${cli[*]@Q} import - more"
check "a container" coracle create --name later welcome cat /more/f
check "update --mount" coracle update --mount type=image,source=more,target=/more later
refused 1 "the place is taken" "at '/more/' already" coracle update --mount type=image,source=more,target=/more/ later
refused 1 "an image that is not here" "no image 'nothing:1'" \
    coracle update --mount type=image,source=nothing:1,target=/x later
check "start" coracle start -a later
is "it is there" "$out" more
refused 1 "rmi" "'later'" coracle rmi more
check "update --volume-rm" coracle update --volume-rm /more later
check "rmi" coracle rmi more
exits 1 "it is not there any more" coracle start -a later
check "rm" coracle rm later

finish
