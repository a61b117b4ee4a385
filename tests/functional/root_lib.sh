# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For tests whose host root has to prepare (`ctest -L root`): disk images, files hidden from the product. The test
# itself is root; the product and everything else goes through `as_user`, to the user that packaging/bootstrap made:
# CORACLE_TEST_USER, its home CORACLE_TEST_HOME and its runtime folder CORACLE_TEST_RUN.
# Each script runs in a mount namespace of its own, so what it mounts or hides ends with it.
set -u

if [ "$(id -u)" != 0 ] || [ -z "${CORACLE_TEST_USER:-}" ]; then
    echo "1..0 # SKIP root prepares the host for this test; packaging/bootstrap test as root runs it"
    exit 77
fi
if [ -z "${CORACLE_ROOT_PRIVATE:-}" ]; then
    export CORACLE_ROOT_PRIVATE=1
    exec unshare --mount --propagation private -- bash "$0" "$@"
fi
mount --make-rshared /

as_user=(runuser -u "$CORACLE_TEST_USER" --)
export XDG_RUNTIME_DIR=${CORACLE_TEST_RUN:?}
# shellcheck source=tests/functional/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
chmod 0755 "$work"

# hide FILE: an empty file without rights in its place, for this test only.
hide() {
    [ -e "$1" ] || return 0
    install -m 0000 /dev/null "$work/nothing.$RANDOM$RANDOM"
    mount --bind "$(find "$work" -maxdepth 1 -name 'nothing.*' | tail -n 1)" "$1"
}

show() { umount -l "$1"; } # also while somebody still reads it

# A script that is given xfs or btrfs makes its disks with that, and looks at fewer of the moments that it cut at: what
# differs is the file system's part.
filesystem=${1:-ext4}
most_looked_at=15
case $filesystem in
    ext4) make_filesystem=(mkfs.ext4 -q -F -m 0) mount_options=loop ;;
    # A copy has the UUID of the disk.
    xfs) make_filesystem=(mkfs.xfs -q -f) mount_options=loop,nouuid smallest_disk=320 most_looked_at=5 ;;
    btrfs) make_filesystem=(mkfs.btrfs -q -f -M) mount_options=loop most_looked_at=5 ;;
    *) bail "no file system '$filesystem' for a test" ;;
esac
[ "$filesystem" = ext4 ] || require "$filesystem"

# make_disk NAME MEGABYTES: a file system in $work/NAME.img, mounted on $work/NAME and owned by the user.
make_disk() {
    local megabytes=$2
    [ "$megabytes" -ge "${smallest_disk:-0}" ] || megabytes=$smallest_disk
    mkdir "$work/$1"
    truncate -s "${megabytes}M" "$work/$1.img"
    "${make_filesystem[@]}" "$work/$1.img" || bail "${make_filesystem[0]} '$1' failed"
    mount -o "$mount_options" "$work/$1.img" "$work/$1" || bail "mount '$1' failed"
    chown "$CORACLE_TEST_USER:" "$work/$1"
}

# After a power cut a disk holds what had been written to it, no more: copy it as it is; mounting the copy replays the
# journal or log. power_cut NAME COPY fails when the disk was written meanwhile: such a copy mixes several moments.
power_cut() {
    cp --sparse=always "$work/$1.img" "$work/$2.img"
    cmp -s "$work/$1.img" "$work/$2.img"
}

# As `as_user`, but the process becomes the command, and is not one that waits for it.
# shellcheck disable=SC2034 # for the scripts that read this one
become_user=(setpriv --reuid "$CORACLE_TEST_USER" --regid "$(id -g "$CORACLE_TEST_USER")" --init-groups)

# cut_while STRACE NAME COPY MOST: power cuts of the disk, at most so many, while that process holds up what writes to
# it; sets `cuts`. With strace all that it follows stops at its next system call, and then the kernel comes to rest.
cut_while() {
    local strace=$1 disk=$2 copy=$3 most=$4
    cuts=0
    while [ $cuts -lt "$most" ] && kill -STOP "$strace" 2>/dev/null; do
        if eventually 10 power_cut "$disk" "$copy$((cuts + 1))"; then
            cuts=$((cuts + 1))
        fi
        kill -CONT "$strace" 2>/dev/null
        sleep 0.7 # UNAVOIDABLE: any moment will do, only not the same one again
    done
}

mount_copy() {
    mkdir "$work/$1"
    mount -o "$mount_options" "$work/$1.img" "$work/$1" || bail "mount '$1' failed"
}

# look_at CUTS: the numbers of the cuts to look at, the last one among them.
look_at() {
    local step=$((($1 + most_looked_at - 1) / most_looked_at)) number
    for ((number = $1; number > 0; number -= step)); do
        echo "$number"
    done
}
