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

show() { umount "$1"; }

# make_disk NAME MEGABYTES: an ext4 file system in $work/NAME.img, mounted on $work/NAME and owned by the user.
make_disk() {
    mkdir "$work/$1"
    truncate -s "$2M" "$work/$1.img"
    mkfs.ext4 -q -F -m 0 "$work/$1.img" || bail "mkfs.ext4 '$1' failed"
    mount -o loop "$work/$1.img" "$work/$1" || bail "mount '$1' failed"
    chown "$CORACLE_TEST_USER:" "$work/$1"
}

# After a power cut a disk holds what had been written to it, no more: copy it as it is; mounting the copy replays the
# journal. power_cut NAME COPY fails when the disk was written meanwhile: such a copy mixes several moments.
power_cut() {
    cp --sparse=always "$work/$1.img" "$work/$2.img"
    cmp -s "$work/$1.img" "$work/$2.img"
}

mount_copy() {
    mkdir "$work/$1"
    mount -o loop "$work/$1.img" "$work/$1" || bail "mount '$1' failed"
}
